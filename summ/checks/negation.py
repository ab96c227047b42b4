"""Does a statement deny what its evidence asserts, or assert what it denies?

A negator (`not`, `kein`, `ne … pas`, `не`) is compared by the words with content around
it, in its clause. On the one side it is there; on the other, the same words stand
without it, without a word that denies in another way ("refused", "impossible", "closed":
`negative` in the cue files), and without a prefix that does. Then the statement gained or
lost it. One that governs nothing of what the other side tells says nothing.

What it cannot see: a denial in words that are not listed; one that is dropped beside
another denial of the same words ("no one did not come"); whose negation it is when two
clauses share their words; and any language without a file in `cues/negation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from summ.checks._denials import Denial, Denials, Rules, denials, rules_of
from summ.checks._opposition import Groups, groups_of
from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement

_SHOWN = 60
_ALIKE = 4
"""Letters in which two words that deny are alike enough to be forms of one."""


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

        return list(_compared(_Sides(told, cited, near, rules, groups_of(language))))[:1]

    return check


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is compared: a statement, the sentences it cites, and (made when asked) those near."""

    told: Denials
    cited: Sequence[Denials]
    near: Callable[[], Sequence[Denials]]
    rules: Rules
    groups: Groups | None


def _compared(sides: _Sides) -> Iterator[Finding]:
    """Findings of negators that are left when those that answer each other are put aside."""
    mine = list(sides.told.found)
    theirs = [denial for sentence in sides.cited for denial in sentence.found]
    if len(_untwisted(mine, frozenset())) == len(mine):
        theirs = _untwisted(theirs, sides.told.text.terms)
    elif not theirs:
        mine = _untwisted(mine, frozenset())
    homes = [sentence.text.terms for sentence in sides.cited]
    hard, others = _paired_off(
        [denial for denial in mine if denial.strength == 2],
        [denial for denial in theirs if denial.strength >= 1],
        homes,
    )
    lexical, others = _paired_off([d for d in mine if d.strength == 1], others, homes)
    soft, softer = _unshared(
        [*lexical, *(denial for denial in mine if denial.strength == 0)],
        [denial for denial in theirs if denial.strength == 0],
    )
    for denial in hard:
        answered = _doubled(denial, mine, theirs)
        explaining = [other for other in (*softer, *others) if other not in answered]
        if _is_added(denial, explaining, sides):
            yield Finding(
                "negation-added",
                f"The statement has “{_shown(denial)}”; the sentences cited deny nothing there.",
            )
    for denial in others if not hard else ():
        if _is_lost(denial, soft, sides):
            yield Finding(
                "negation-lost",
                f"The sentences cited have “{_shown(denial)}”; the statement denies nothing there.",
            )


def _untwisted(found: Sequence[Denial], kept: frozenset[str]) -> list[Denial]:
    """`found` without denials that turn another round ("never doubted"), which deny nothing.

    Unless the other side has the word that is turned round, in `kept`: then it is compared.
    """
    soft = [denial for denial in found if not denial.strength and denial.own.isdisjoint(kept)]
    turned = [
        (denial, other)
        for denial in found
        if denial.strength == 2
        for other in soft
        if other.own & denial.heads
    ]
    dropped = {id(denial) for pair in turned for denial in pair}
    return [denial for denial in found if id(denial) not in dropped]


def _paired_off(
    ours: Sequence[Denial], theirs: Sequence[Denial], homes: Sequence[frozenset[str]]
) -> tuple[list[Denial], list[Denial]]:
    """Those of both sides that are left when each is paired with its likest of the other."""
    likeness = sorted(
        (
            one.scope.isdisjoint(other.scope),
            -other.strength,
            -len(one.scope & other.scope),
            -len(one.scope & other.home),
            at,
            place,
        )
        for at, one in enumerate(ours)
        for place, other in enumerate(theirs)
        if _may_answer(one, other, homes)
    )
    done: set[int] = set()
    taken: set[int] = set()
    for far, strength, _, _, at, place in likeness:
        # A verb of denying answers a negator only where they share words.
        if at not in done and place not in taken and (strength == -2 or not far):
            done.add(at)
            taken.add(place)
    return (
        [denial for at, denial in enumerate(ours) if at not in done],
        [denial for place, denial in enumerate(theirs) if place not in taken],
    )


def _may_answer(one: Denial, other: Denial, homes: Sequence[frozenset[str]]) -> bool:
    """Whether two denials may be of one thing: near the same words, or at least in a text of them.

    A denial in another sentence than the one that tells what is denied here is of its own.
    """
    if not one.scope.isdisjoint(other.scope):
        return True
    best = max(len(one.scope & home) for home in homes)
    if len(one.scope & other.home) < best - 1:
        return False
    return not one.home.isdisjoint(other.home)


def _unshared(
    ours: Sequence[Denial], theirs: Sequence[Denial]
) -> tuple[list[Denial], list[Denial]]:
    """Those of both sides that the other has in no such word and near no such words."""
    mine, yours = ({denial.text[:_ALIKE] for denial in side} for side in (ours, theirs))
    ours = [denial for denial in ours if denial.text[:_ALIKE] not in yours]
    theirs = [denial for denial in theirs if denial.text[:_ALIKE] not in mine]
    for one in tuple(ours):
        other = max(theirs, key=lambda other: len(one.scope & other.scope), default=None)
        if other is not None and not one.scope.isdisjoint(other.scope):
            ours.remove(one)
            theirs.remove(other)
    return ours, theirs


def _doubled(denial: Denial, mine: Sequence[Denial], theirs: Sequence[Denial]) -> list[Denial]:
    """What answers the word that `denial` turns round: "not closed" is not said by "shut"."""
    if not any(not other.strength and other.own & denial.heads for other in mine):
        return []
    return [other for other in theirs if not other.strength]


def _is_added(denial: Denial, explaining: Sequence[Denial], sides: _Sides) -> bool:
    """Whether the sentences cited tell what the statement's `denial` stands beside, undenied."""
    shared = max(len(denial.scope & sentence.text.terms) for sentence in sides.cited)
    if any(_said_otherwise(denial, sentence, sides) for sentence in sides.cited):
        return False
    # What denies in another sentence than the one that is told explains nothing here.
    local = [other for other in explaining if not denial.scope.isdisjoint(other.home)]
    if not explaining and not shared:
        return any(sides.told.text.terms & sentence.text.terms for sentence in sides.cited)
    if not shared or any(not denial.scope.isdisjoint(other.scope) for other in local):
        return False
    head = any(not denial.heads.isdisjoint(sentence.text.terms) for sentence in sides.cited)
    if local and not (head or shared >= 2):
        return False
    if any(denial.bounds & sentence.limits for sentence in sides.cited):
        return False
    return not any(
        other.strength == 2 and len(denial.scope & other.scope) >= 2
        for sentence in sides.near()
        for other in sentence.found
    )


def _is_lost(denial: Denial, explaining: Sequence[Denial], sides: _Sides) -> bool:
    """Whether the statement tells what `denial` of a cited sentence stands beside, undenied."""
    terms = sides.told.text.terms
    shared = (denial.scope & terms) - denial.repeated
    head = not denial.heads.isdisjoint(shared)
    if not shared or any(not denial.scope.isdisjoint(other.scope) for other in explaining):
        return False
    if len(shared) < 2 and 2 * len(shared) < len(denial.scope):
        named = head and denial.text in sides.rules.determining
        here = len(denial.home & terms)
        elsewhere = any(
            len(other.text.terms & terms) >= here and not other.found for other in sides.cited
        )
        if sides.told.found or (elsewhere and not named):
            return False
    if denial.bounds & sides.told.limits:
        return False
    if denial.strength < 2 and not head:
        return False
    return not (
        _said_otherwise(denial, sides.told, sides)
        or any(
            shared <= other.text.terms and not other.beside(shared)
            for other in (*sides.cited, *sides.near())
        )
    )


def _said_otherwise(denial: Denial, other: Denials, sides: _Sides) -> bool:
    """Whether the other text says without a negator what is denied: "impossible", "closed"."""
    if other.turns_round(denial, sides.rules):
        return True
    if sides.groups is None:
        return False
    return any(
        not denial.scope.isdisjoint(other.text.stems[near] for side in around for near in side)
        for at in sides.groups.opposed(denial.nearest, other.text.words)
        for around in [other.text.around(at, at + 1, 3, 4)]
    )


def _shown(denial: Denial) -> str:
    shown = " ".join(denial.close)
    return shown if len(shown) <= _SHOWN else denial.text[:_SHOWN]
