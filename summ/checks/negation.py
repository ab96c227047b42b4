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
_ALIKE = 4
"""Letters in which two words that deny are alike enough to be forms of one."""
_MOST = 20
"""Negators of one side that are paired: nobody writes more, and pairing is quadratic."""


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
    concord: bool
    bounds: tuple[tuple[Lexicon, Lexicon], ...]
    parted: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that denies, and what it stands beside.

    Attributes:
        text: its words.
        strength: 2 for a negator, 1 for a verb of denying, 0 for a word that may explain one.
        scope: stems near it in its clause, its own too when it has content.
        heads: those of them that stand nearest.
        close: words in full that stand nearest, in the order of reading.
        bounds: which kinds of measure stand right beside: what isn't more is at most.
        home: all stems of its text.
        own: the stems of its own words.
    """

    text: str
    strength: int
    scope: frozenset[str]
    heads: frozenset[str]
    close: tuple[str, ...]
    bounds: frozenset[int]
    home: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Denials:
    """A text with what denies in it, and which kinds of limits ("at most", "after")."""

    text: Clauses
    found: tuple[Denial, ...]
    limits: frozenset[int] = frozenset()

    def beside(self, scope: frozenset[str]) -> bool:
        """Whether something denies near one of these stems."""
        return any(not scope.isdisjoint(denial.scope) for denial in self.found)


@lru_cache(maxsize=16)
def _rules(language: str) -> _Rules | None:
    data = cues(_TOPIC, language)
    if not data or not grammar(language).known:
        return None
    return _Rules(
        hard=lexicon(_TOPIC, language, "hard"),
        lexical=lexicon(_TOPIC, language, "lexical"),
        negative=lexicon(_TOPIC, language, "negative"),
        neutral=lexicon(_TOPIC, language, "neutral"),
        bounds=tuple(
            (Lexicon.of(bounds), Lexicon.of(limits)) for bounds, limits in data.get("bounds", ())
        ),
        parted=frozenset(tuple(entry.casefold().split()) for entry in data.get("parted", ())),
        paired=frozenset(data.get("paired", ())),
        partner=frozenset(data.get("partner", ())),
        prefixes=tuple(str(data.get("prefixes", "")).split()),
        behind=bool(data.get("behind", False)),
        concord=bool(data.get("concord", False)),
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
    denied: set[int] = set()
    for strength, places in (
        (2, rules.hard.find(words, frozenset(taken))),
        (2, _paired(rules, words)),
        (1, [*rules.lexical.find(words, frozenset(taken)), *_parted(rules, made)]),
        (0, rules.negative.find(words, frozenset(taken))),
    ):
        for place in places:
            clause = made.clause[place.start]
            if taken.isdisjoint(place) and not (strength == 2 and clause in denied):
                found.append(_denial(made, place, strength, rules))
                if strength == 2 and rules.concord:
                    denied.add(clause)
            taken.update(place)
    return Denials(
        made,
        tuple(found),
        frozenset(at for at, (_, limits) in enumerate(rules.bounds) if limits.find(words)),
    )


def _paired(rules: _Rules, words: Sequence[str]) -> Iterator[range]:
    """Words that deny only a little behind a partner: "ne … plus"."""
    partner = -9
    for at, word in enumerate(words):
        if word in rules.partner:
            partner = at
        followed = at + 1 < len(words) and words[at + 1] in rules.partner
        if word in rules.paired and (at - partner <= 4 or followed):
            yield range(at, at + 1)


def _parted(rules: _Rules, made: Clauses) -> Iterator[range]:
    """Verbs of denying in two parts: "schloss … aus"."""
    firsts = {first for first, _ in rules.parted}
    for at, word in enumerate(made.words):
        if word in firsts and any(
            (word, last) in rules.parted for last in made.words[at + 1 : at + 20]
        ):
            yield range(at, at + 1)


def _denial(made: Clauses, place: range, strength: int, rules: _Rules) -> Denial:
    if strength == 1:
        # What is denied is told in the next clause: "denied that …".
        before, after = made.across(place.start, place.stop, _BEFORE, 2 * _AFTER)
    else:
        before, after = made.around(place.start, place.stop, _BEFORE, _AFTER)
        if not before and not after:
            before, after = made.across(place.start, place.stop, 2, 2)
    nearest = [*before[:1], *after[:1]] if rules.behind else (after[:1] or before[:1])
    own = frozenset(made.stems[at] for at in place if made.stems[at] and strength < 2)
    beside = (
        *made.words[max(0, place.start - 12) : place.start],
        *(word for word in made.words[place.start : place.stop] if word not in rules.paired),
        *made.words[place.stop : place.stop + 5],
    )
    return Denial(
        text=" ".join(made.words[place.start : place.stop]),
        strength=strength,
        scope=frozenset(made.stems[at] for at in (*before, *after)) | own,
        heads=frozenset(made.stems[at] for at in nearest),
        close=tuple(made.words[min((*nearest, place.start)) : max((*nearest, place.stop - 1)) + 1]),
        bounds=frozenset(at for at, (bounds, _) in enumerate(rules.bounds) if bounds.find(beside)),
        home=made.terms,
        own=own,
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
        cited = [of(number) for number in sorted({e.sentence for e in statement.evidence})]
        told = denials(statement.text, language)
        if not told.found and not any(sentence.found for sentence in cited):
            return ()
        near = [of(number) for number in article.near(statement)]
        return list(_compared(_Sides(told, cited, near, rules)))[:1]

    return check


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is compared: a statement, the sentences it cites, and their neighbours."""

    told: Denials
    cited: Sequence[Denials]
    near: Sequence[Denials]
    rules: _Rules


def _compared(sides: _Sides) -> Iterator[Finding]:
    """Findings of negators that are left when those that answer each other are put aside."""
    mine = list(sides.told.found)
    theirs = [denial for sentence in sides.cited for denial in sentence.found]
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
        for at, one in enumerate(ours[:_MOST])
        for place, other in enumerate(theirs[:_MOST])
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
    ours = [denial for denial in ours if denial.text[:_ALIKE] not in yours][:_MOST]
    theirs = [denial for denial in theirs if denial.text[:_ALIKE] not in mine][:_MOST]
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
    if any(_prefixed(denial, sentence, sides.rules) for sentence in sides.cited):
        return False
    if not explaining and not shared:
        return any(
            len(sides.told.text.terms & sentence.text.terms) >= 2 for sentence in sides.cited
        )
    if not shared or any(not denial.scope.isdisjoint(other.scope) for other in explaining):
        return False
    head = any(not denial.heads.isdisjoint(sentence.text.terms) for sentence in sides.cited)
    if explaining and not (head or shared >= 2):
        return False
    if any(denial.bounds & sentence.limits for sentence in sides.cited):
        return False
    return not any(
        other.strength == 2 and len(denial.scope & other.scope) >= 2
        for sentence in sides.near
        for other in sentence.found
    )


def _is_lost(denial: Denial, explaining: Sequence[Denial], sides: _Sides) -> bool:
    """Whether the statement tells what `denial` of a cited sentence stands beside, undenied."""
    terms = sides.told.text.terms
    shared = denial.scope & terms
    head = not denial.heads.isdisjoint(terms)
    if not shared or any(not denial.scope.isdisjoint(other.scope) for other in explaining):
        return False
    if len(shared) < 2 and 2 * len(shared) < len(denial.scope):
        return False
    if denial.bounds & sides.told.limits:
        return False
    if denial.strength < 2 and not head:
        return False
    return not (
        _prefixed(denial, sides.told, sides.rules)
        or any(
            shared <= other.text.terms and not other.beside(shared)
            for other in (*sides.cited, *sides.near)
        )
    )


def _prefixed(denial: Denial, other: Denials, rules: _Rules) -> bool:
    """Whether the other text has a word that is denied by its prefix ("impossible")."""
    wanted = tuple(prefix + head for prefix in rules.prefixes for head in denial.heads)
    return any(other.text.words[at].startswith(wanted) for at in other.text.content)


def _shown(denial: Denial) -> str:
    shown = " ".join(denial.close)
    return shown if len(shown) <= _SHOWN else denial.text[:_SHOWN]
