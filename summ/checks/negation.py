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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summ.checks._clauses import Clauses, Lexicon, clauses, grammar, lexicon
from summ.checks.article import Article, StatementCheck
from summ.checks.cues import cues
from summ.model import Finding, Statement

_TOPIC = "negation"
_BEFORE, _AFTER = 3, 4
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Rules:
    """The cue file of one language, made ready to be looked for."""

    hard: Lexicon
    lexical: Lexicon
    negative: Lexicon
    neutral: Lexicon
    paired: frozenset[str]
    partner: frozenset[str]
    prefixes: tuple[str, ...]
    behind: bool


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that denies, and what it stands beside.

    Attributes:
        text: its words.
        strength: 2 for a negator, 1 for a verb of denying, 0 for a word that may explain one.
        scope: stems near it in its clause, its own too when it has content.
        heads: those of them that stand nearest.
        close: words in full that stand nearest, in the order of reading.
    """

    text: str
    strength: int
    scope: frozenset[str]
    heads: frozenset[str]
    close: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denials:
    """A text with what denies in it."""

    text: Clauses
    found: tuple[Denial, ...]

    def beside(self, scope: frozenset[str]) -> bool:
        """Whether something denies near one of these stems."""
        return any(not scope.isdisjoint(denial.scope) for denial in self.found)


@lru_cache(maxsize=16)
def _rules(language: str) -> _Rules | None:
    data = cues(_TOPIC, language)
    if not data or not grammar(language).known:
        return None
    return _Rules(
        *(lexicon(_TOPIC, language, key) for key in ("hard", "lexical", "negative", "neutral")),
        paired=frozenset(data.get("paired", ())),
        partner=frozenset(data.get("partner", ())),
        prefixes=tuple(str(data.get("prefixes", "")).split()),
        behind=bool(data.get("behind", False)),
    )


def denials(text: str, language: str) -> Denials:
    """What denies in `text`; nothing where the language isn't known."""
    made = clauses(text, language)
    rules = _rules(language)
    if rules is None:
        return Denials(made, ())
    words = made.words
    taken = {at for found in rules.neutral.find(words) for at in found}
    found: list[Denial] = []
    for strength, places in (
        (2, rules.hard.find(words, frozenset(taken))),
        (2, _paired(rules, words)),
        (1, rules.lexical.find(words, frozenset(taken))),
        (0, rules.negative.find(words, frozenset(taken))),
    ):
        for place in places:
            if taken.isdisjoint(place):
                found.append(_denial(made, place, strength, rules.behind))
                taken.update(place)
    return Denials(made, tuple(found))


def _paired(rules: _Rules, words: Sequence[str]) -> Iterator[range]:
    """Words that deny only a little behind a partner: "ne … plus"."""
    partner = -9
    for at, word in enumerate(words):
        if word in rules.partner:
            partner = at
        elif word in rules.paired and at - partner <= 4:
            yield range(at, at + 1)


def _denial(made: Clauses, place: range, strength: int, behind: bool) -> Denial:
    before, after = made.around(place.start, place.stop, _BEFORE, _AFTER)
    nearest = [*before[:1], *after[:1]] if behind else (after[:1] or before[:1])
    own = {made.stems[at] for at in place if made.stems[at]} if strength < 2 else set()
    return Denial(
        text=" ".join(made.words[place.start : place.stop]),
        strength=strength,
        scope=frozenset(made.stems[at] for at in (*before, *after)) | own,
        heads=frozenset(made.stems[at] for at in nearest),
        close=tuple(
            made.words[min((*nearest, place.start)) : max((*nearest, place.stop - 1)) + 1]
        ),
    )


def checker(article: Article) -> StatementCheck:
    """Compare the negators of statements with those of their evidence."""
    language = article.language
    rules = _rules(language)
    made: dict[int, Denials] = {}

    def of(number: int) -> Denials:
        if number not in made:
            made[number] = denials(article.document.sentence(number), language)
        return made[number]

    def check(statement: Statement) -> Iterable[Finding]:
        if rules is None or not statement.evidence:
            return ()
        told = denials(statement.text, language)
        cited = [of(number) for number in sorted({e.sentence for e in statement.evidence})]
        near = [of(number) for number in article.near(statement)]
        found = [*_added(told, cited, near, rules), *_lost(told, cited, near, rules)]
        return found[:1]

    return check


def _added(
    told: Denials, cited: Sequence[Denials], near: Sequence[Denials], rules: _Rules
) -> Iterator[Finding]:
    silent = not any(sentence.found for sentence in cited)
    for denial in told.found:
        if denial.strength < 2 or any(sentence.beside(denial.scope) for sentence in cited):
            continue
        shared = max(len(denial.scope & sentence.text.terms) for sentence in cited)
        head = any(not denial.heads.isdisjoint(sentence.text.terms) for sentence in cited)
        if not (shared >= 3 or (shared == 2 and head) or (silent and shared)):
            continue
        if any(_prefixed(denial, sentence, rules) for sentence in cited):
            continue
        if any(sentence.beside(denial.scope) for sentence in near):
            continue
        yield Finding(
            "negation-added",
            f"The statement has “{_shown(denial)}”; the sentences cited deny nothing there.",
        )


def _lost(
    told: Denials, cited: Sequence[Denials], near: Sequence[Denials], rules: _Rules
) -> Iterator[Finding]:
    terms = told.text.terms
    for sentence in cited:
        for denial in sentence.found:
            shared = denial.scope & terms
            head = not denial.heads.isdisjoint(terms)
            if denial.strength < 1 or not shared or told.beside(denial.scope):
                continue
            if denial.strength < 2 and not head:
                continue
            if not (len(shared) >= 3 or (head and (len(shared) >= 2 or len(denial.scope) <= 2))):
                if told.found or len(shared) < 2:
                    continue
            if _prefixed(denial, told, rules) or any(
                shared <= other.text.terms and not other.beside(shared)
                for other in (*cited, *near)
                if other is not sentence
            ):
                continue
            yield Finding(
                "negation-lost",
                f"The sentences cited have “{_shown(denial)}”; the statement denies nothing there.",
            )


def _prefixed(denial: Denial, other: Denials, rules: _Rules) -> bool:
    """Whether the other text has a word that is denied by its prefix ("impossible")."""
    wanted = tuple(prefix + head for prefix in rules.prefixes for head in denial.heads)
    return any(other.text.words[at].startswith(wanted) for at in other.text.content)


def _shown(denial: Denial) -> str:
    shown = " ".join(denial.close)
    return shown if len(shown) <= _SHOWN else denial.text[:_SHOWN]
