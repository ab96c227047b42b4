"""What denies in a text, and what it stands beside: for the checks that compare denials.

Negators (`hard` in the cue files), verbs of denying (`lexical`) and words that may merely
say in another way what a negator says (`negative`) are looked for, each with the words
with content around it in its clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summ.checks._clauses import Clauses, Lexicon, clauses, grammar, lexicon
from summ.checks.cues import cues

MOST = 24
"""Denials of one text that are told apart: no sentence that can be judged has more."""

_TOPIC = "negation"
_BEFORE, _AFTER = 3, 4


@dataclass(frozen=True, slots=True)
class Rules:
    """The cue file of one language, made ready to be looked for.

    Attributes:
        hard: negators.
        lexical: verbs of denying and the like.
        negative: words that may say in another way what a negator says.
        neutral: phrases with a negator that deny nothing ("not only").
        forward: negators that deny only what follows ("without").
        determining: negators that deny the noun behind them ("no").
        paired: words that deny only near one of `partner` ("ne … plus").
        partner: those.
        prefixes: beginnings that turn a word round ("un").
        behind: a negator may stand behind what it denies.
        concord: several negators of a clause are one.
        bounds: words of measure, and the limits that say the same without a negator.
        parted: verbs of denying in two words that stand apart.
    """

    hard: Lexicon
    lexical: Lexicon
    negative: Lexicon
    neutral: Lexicon
    forward: frozenset[str]
    determining: frozenset[str]
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
        nearest: the words in full that are the heads.
        close: words in full that stand nearest, in the order of reading.
        bounds: which kinds of measure stand right beside: what isn't more is at most.
        home: all stems of its text.
        repeated: those that stand in it more than once.
        own: the stems of its own words.
    """

    text: str
    strength: int
    scope: frozenset[str]
    heads: frozenset[str]
    nearest: tuple[str, ...]
    close: tuple[str, ...]
    bounds: frozenset[int]
    home: frozenset[str]
    repeated: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Denials:
    """A text with what denies in it, and which kinds of limits ("at most", "after")."""

    text: Clauses
    found: tuple[Denial, ...]
    limits: frozenset[int] = frozenset()

    @property
    def countless(self) -> bool:
        """Whether more denies than can be compared."""
        return len(self.found) > MOST

    def beside(self, scope: frozenset[str]) -> bool:
        """Whether something denies near one of these stems."""
        return any(not scope.isdisjoint(denial.scope) for denial in self.found)

    def turns_round(self, denial: Denial, rules: Rules) -> bool:
        """Whether a word here is one that `denial` denies, with a prefix ("impossible")."""
        wanted = tuple(prefix + head for prefix in rules.prefixes for head in denial.scope)
        return any(self.text.words[at].startswith(wanted) for at in self.text.content)


@lru_cache(maxsize=16)
def rules_of(language: str) -> Rules | None:
    data = cues(_TOPIC, language)
    if not data or not grammar(language).known:
        return None
    return Rules(
        hard=lexicon(_TOPIC, language, "hard"),
        lexical=lexicon(_TOPIC, language, "lexical"),
        negative=lexicon(_TOPIC, language, "negative"),
        neutral=lexicon(_TOPIC, language, "neutral"),
        bounds=tuple(
            (Lexicon.of(bounds), Lexicon.of(limits)) for bounds, limits in data.get("bounds", ())
        ),
        parted=frozenset(tuple(entry.casefold().split()) for entry in data.get("parted", ())),
        forward=frozenset(str(data.get("forward", "")).split()),
        determining=frozenset(str(data.get("determining", "")).split()),
        paired=frozenset(data.get("paired", ())),
        partner=frozenset(data.get("partner", ())),
        prefixes=tuple(str(data.get("prefixes", "")).split()),
        behind=bool(data.get("behind", False)),
        concord=bool(data.get("concord", False)),
    )


def denials(text: str, language: str) -> Denials:
    """What denies in `text`; nothing where the language isn't known."""
    made = clauses(text, language)
    rules = rules_of(language)
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
            if len(found) > MOST:
                break
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


def _paired(rules: Rules, words: Sequence[str]) -> Iterator[range]:
    """Words that deny only a little behind a partner: "ne … plus"."""
    partner = -9
    for at, word in enumerate(words):
        if word in rules.partner:
            partner = at
        followed = at + 1 < len(words) and words[at + 1] in rules.partner
        if word in rules.paired and (at - partner <= 4 or followed):
            yield range(at, at + 1)


def _parted(rules: Rules, made: Clauses) -> Iterator[range]:
    """Verbs of denying in two parts: "schloss … aus"."""
    firsts = {first for first, _ in rules.parted}
    for at, word in enumerate(made.words):
        if word in firsts and any(
            (word, last) in rules.parted for last in made.words[at + 1 : at + 20]
        ):
            yield range(at, at + 1)


def _denial(made: Clauses, place: range, strength: int, rules: Rules) -> Denial:
    if strength == 1:
        # What is denied is told in the next clause: "denied that …".
        before, after = made.across(place.start, place.stop, _BEFORE, 2 * _AFTER)
    else:
        before, after = made.around(place.start, place.stop, _BEFORE, _AFTER)
        if not before and not after:
            before, after = made.across(place.start, place.stop, 2, 2)
    if made.words[place.start] in rules.forward and after:
        before = []
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
        nearest=tuple(made.words[at] for at in nearest),
        close=tuple(made.words[min((*nearest, place.start)) : max((*nearest, place.stop - 1)) + 1]),
        bounds=frozenset(
            at
            for at, (bounds, _) in enumerate(rules.bounds)
            if strength == 2 and bounds.find(beside)
        ),
        home=made.terms,
        repeated=made.repeated,
        own=own,
    )
