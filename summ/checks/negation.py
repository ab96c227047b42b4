"""Does a statement deny what its evidence asserts, or assert what it denies?

Each negator (`not`, `kein`, `ne … pas`, `не`) is paired with its likest on the other side.
One that is left over is answered by a word that denies in itself ("refused", "impossible"),
by one that may say the same in another way ("remained"), by the opposite of what it denies,
or by a limit ("not before": "at the earliest"), when that stands where the other side tells
what is denied here. A negator that turns such a word round ("did not refuse") denies
nothing, and is answered where nothing is denied. One without an answer was gained or lost,
if the other side tells what it stands beside.

What it cannot see: a denial in words that are not listed; one that is dropped beside
another denial of the same words ("no one did not come"); whose negation it is when two
clauses share their words; one that is added to a statement whose evidence denies something
else among the same words; and any language without a file in `cues/negation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from summ.checks._wording.denial_pairs import FURTHER, Answers, Told, Weight, unpaired, weighed
from summ.checks._wording.denial_rules import rules_of
from summ.checks._wording.denials import Denial, Denials, denials
from summ.checks._wording.opposition import groups_of
from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement

_SHOWN = 60
_PLAIN = 5
"""Weight of words told undenied that leaves no doubt that a negator denies them."""


def checker(article: Article) -> StatementCheck:
    """Compare the negators of statements with those of their evidence."""
    language = article.language
    rules = rules_of(language)
    made: dict[int, Denials] = {}

    def of(number: int) -> Denials:
        if number not in made:
            made[number] = denials(article.document.sentence(number), language)
        return made[number]

    def check(statement: Statement) -> Iterable[Finding]:
        if rules is None or not statement.evidence:
            return ()
        cited = [of(number) for number in sorted({e.sentence for e in statement.evidence})]
        told = denials(statement.text, language)
        if any(sentence.countless or sentence.text.words == told.text.words for sentence in cited):
            return ()
        if told.countless or not (told.found or any(sentence.found for sentence in cited)):
            return ()

        def near() -> Sequence[Denials]:
            return [of(number) for number in article.near(statement)]

        sides = _Sides(told, cited, near, Answers(rules, groups_of(language)))
        return list(_compared(sides))[:1]

    return check


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is compared: a statement, the sentences it cites, and (made when asked) those near."""

    told: Denials
    cited: Sequence[Denials]
    near: Callable[[], Sequence[Denials]]
    answers: Answers


def _compared(sides: _Sides) -> Iterator[Finding]:
    """Findings of negators that are left when those that answer each other are put aside."""
    mine, theirs = unpaired(
        [Told(denial, sides.told) for denial in sides.told.found],
        [Told(denial, text) for text in sides.cited for denial in text.found],
        sides.cited,
    )
    for one in mine:
        if one.hard and _is_added(one, theirs, sides):
            yield Finding(
                "negation-added",
                f"The statement has “{_shown(one.denial)}”; "
                "the sentences cited deny nothing there.",
            )
    for one in theirs:
        if one.denial.strength and _is_lost(one, mine, sides):
            yield Finding(
                "negation-lost",
                f"The sentences cited have “{_shown(one.denial)}”; "
                "the statement denies nothing there.",
            )


def _is_added(one: Told, theirs: Sequence[Told], sides: _Sides) -> bool:
    """Whether the sentences cited tell what a negator of the statement is about, undenied."""
    pool = [
        other for other in theirs if not other.denial.double and not sides.answers.alike(one, other)
    ]
    strong = [
        other
        for other in pool
        # "An unknown species" answers nothing but what is said of the same word.
        if other.denies and (one.denial.double or not other.denial.narrow)
    ]
    weight = weighed(one, sides.cited, strong)
    if _is_answered(one, weight, sides.cited, sides.answers):
        return False
    if one.denial.double:
        return _is_doubled(one, strong, weight) if pool else weight.bare >= 2
    if strong and 2 * weight.covered >= weight.bare:
        return False
    if weight.bare < _PLAIN and sides.answers.resumed(one):
        return False
    weak = weighed(one, sides.cited, pool)
    if weak.covered and not weak.bare and not weak.head_covered:
        return False
    terms = one.text.text.terms
    if not any(terms & text.text.terms for text in sides.cited):
        return False
    return not any(
        other.strength == 2 and len(one.denial.scope & other.scope) >= 2
        for sentence in sides.near()
        for other in sentence.found
    )


def _is_answered(one: Told, weight: Weight, texts: Sequence[Denials], answers: Answers) -> bool:
    """Whether `texts` say without a negator, as a limit or an opposite, what `one` denies."""
    if any(answers.limited(one, text) for text in texts):
        return True
    return not weight.head and any(answers.opposed(one, text) for text in texts)


def _is_doubled(one: Told, strong: Sequence[Told], weight: Weight) -> bool:
    """Whether the sentences cited deny, once, what the statement denies twice."""
    for other in strong:
        start = other.denial.place.start
        # "Denied that it opposed" denies twice as well.
        if other.denial.strength == 1 and any(
            0 < inner.denial.place.start - start <= FURTHER and inner.text is other.text
            for inner in strong
        ):
            return False
    if any(not one.denial.own.isdisjoint(other.denial.own) for other in strong):
        return True
    return weight.covered > 0 and not one.denial.loose


def _is_lost(one: Told, mine: Sequence[Told], sides: _Sides) -> bool:
    """Whether the statement tells what a denial of its evidence is about, undenied."""
    if one.denial.double:
        return False
    pool = [other for other in mine if not other.denial.double]
    strong = [other for other in pool if other.denies]
    texts = [sides.told]
    weight = weighed(one, texts, strong)
    if _is_answered(one, weight, texts, sides.answers):
        return False
    weak = weighed(one, texts, pool)
    if strong or (pool and weak.covered >= weak.bare):
        return False
    if not one.hard:
        # "Refused to publish" is lost only when all but the refusal is told.
        return weight.head and 4 * weight.bare >= 3 * weight.total
    return _is_told(one, weight, sides)


def _is_told(one: Told, weight: Weight, sides: _Sides) -> bool:
    """Whether the statement is about what a negator of its evidence is about."""
    terms = sides.told.text.terms
    home = len(terms & one.text.text.terms)
    others = [text for text in sides.cited if text is not one.text]
    away = max((len(terms & text.text.terms) for text in others), default=0)
    if weight.bare >= 2 and weight.head:
        return home >= away or 2 * weight.bare >= weight.total
    if one.text.text.words[one.denial.place.start] in sides.answers.rules.forward:
        return False
    # Other words than its own may tell it, when little else of the sentence is told.
    reach = frozenset(one.reach)
    beside = {
        text.text.stems[at]
        for text in sides.cited
        for at in text.text.content
        if text is not one.text or at not in reach
    }
    return home > max(1, away) and 2 * len(terms & beside) < len(terms)


def _shown(denial: Denial) -> str:
    shown = " ".join(denial.close)
    return shown if len(shown) <= _SHOWN else denial.text[:_SHOWN]
