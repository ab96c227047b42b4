"""What denies in a text, and what it stands beside: for the checks that compare denials.

Negators (`hard` in the cue files), words that deny in themselves (`lexical`, `denying`,
and those with a prefix or suffix that does) and words that may merely say in another way
what a negator says (`light`) are looked for, each with the words with content around it.
A negator that turns round a word which denies ("did not refuse") is one denial with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summ.checks._wording.clauses import Clauses, clauses
from summ.checks._wording.denial_rules import Rules, rules_of

MOST = 24
"""Denials of one text that are told apart: no sentence that can be judged has more."""

_BEFORE, _AFTER = 3, 4
_TOGETHER = 6
"""Words that are shown of a negator and what it turns round."""
_LEAST = 4
"""Letters that a prefix or suffix which denies must leave of a word."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that denies, and what it stands beside.

    Attributes:
        text: its words.
        place: where they stand.
        strength: 2 for a negator, 1 for a verb of denying, 0 for a word that may explain one.
        turning: whether it denies in itself: "refused", and not just "remained".
        double: whether a negator turns it round: "did not refuse".
        scope: stems near it in its clause, its own too when it has content.
        heads: those of them that stand nearest.
        nearest: the words in full that are the heads.
        close: words in full that stand nearest, in the order of reading.
        bounds: which kinds of measure stand right beside: what isn't more is at most.
        own: the stems of its own words.
        narrow: whether it is a prefix or suffix that denies.
        loose: for a double one, whether a word with content parts the two.
    """

    text: str
    place: range
    strength: int
    turning: bool
    double: bool
    scope: frozenset[str]
    heads: frozenset[str]
    nearest: tuple[str, ...]
    close: tuple[str, ...]
    bounds: frozenset[int]
    own: frozenset[str]
    narrow: bool = False
    loose: bool = False


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
    for strength, turning, narrow, places in (
        (2, False, False, rules.hard.find(words, frozenset(taken))),
        (2, False, False, _paired(rules, words)),
        (1, True, False, rules.lexical.find(words, frozenset(taken))),
        (1, True, False, _parted(rules, made)),
        (0, True, False, rules.denying.find(words, frozenset(taken))),
        (0, True, True, _affixed(rules, made)),
        (0, False, False, rules.light.find(words, frozenset(taken))),
    ):
        for place in places:
            clause = made.clause[place.start]
            if len(found) > MOST:
                break
            if taken.isdisjoint(place) and not (strength == 2 and clause in denied):
                made_one = _denial(made, place, strength, turning, rules)
                found.append(replace(made_one, narrow=narrow) if narrow else made_one)
                if strength == 2 and rules.concord:
                    denied.add(clause)
            taken.update(place)
    return Denials(
        made,
        tuple(_turned(made, found, rules)),
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


def _affixed(rules: Rules, made: Clauses) -> Iterator[range]:
    """Words that a prefix or a suffix turns round: "unharmed", "homeless"."""
    for at in made.content:
        word = made.words[at]
        begins = next((p for p in rules.prefixes if word.startswith(p)), "")
        ends = next((s for s in rules.suffixes if word.endswith(s)), "")
        long = len(word) - len(begins or ends) >= _LEAST
        if (begins or ends) and long and not rules.plain.find((word,)):
            yield range(at, at + 1)


def _turned(made: Clauses, found: Sequence[Denial], rules: Rules) -> list[Denial]:
    """`found`, with negators and the words that they turn round made one."""
    hard = sorted((d for d in found if d.strength == 2), key=lambda d: d.place.start)
    turning = {d.place.start: d for d in found if d.turning}
    made_one: list[Denial] = []
    gone: set[int] = set()
    for denial in hard:
        if denial.place.start in gone:
            continue
        at = next(
            (at for at in _governed(made, denial, rules) if at in turning and at not in gone), -1
        )
        other = turning.get(at)
        if other is None:
            made_one.append(denial)
            continue
        gone.add(other.place.start)
        made_one.append(_doubled(made, denial, other))
    rest = [d for d in found if d.strength < 2 and d.place.start not in gone]
    return [*made_one, *rest]


def _doubled(made: Clauses, denial: Denial, other: Denial) -> Denial:
    """A negator and the word that it turns round, as one."""
    first, second = sorted((denial.place, other.place), key=lambda place: place.start)
    words = made.words[first.start : second.stop]
    return replace(
        denial,
        double=True,
        loose=any(made.stems[first.stop : second.start]),
        scope=denial.scope | other.scope,
        own=other.own,
        close=words if len(words) <= _TOGETHER else (*denial.text.split(), other.text),
        heads=denial.heads | other.heads,
    )


def _governed(made: Clauses, denial: Denial, rules: Rules) -> Iterator[int]:
    """Places of what a negator may turn round, the likeliest first."""
    start, stop = denial.place.start, denial.place.stop
    clause = made.clause[start]
    reach = 3 if denial.text.split()[0] in rules.determining else 2
    last = min(len(made.words), stop + 8)
    counted = 0
    for at in range(stop, last):
        if made.clause[at] != clause or counted == reach:
            break
        yield at
        counted += bool(made.stems[at])
    if rules.behind and denial.text not in rules.determining:
        for at in range(start - 1, max(-1, start - 9), -1):
            if made.clause[at] != clause:
                break
            yield at
            if made.words[at] in rules.partner:
                break


def _denial(made: Clauses, place: range, strength: int, turning: bool, rules: Rules) -> Denial:
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
        place=place,
        strength=strength,
        turning=turning,
        double=False,
        scope=frozenset(made.stems[at] for at in (*before, *after)) | own,
        heads=frozenset(made.stems[at] for at in nearest),
        nearest=tuple(made.words[at] for at in nearest),
        close=tuple(made.words[min((*nearest, place.start)) : max((*nearest, place.stop - 1)) + 1]),
        bounds=frozenset(
            at
            for at, (bounds, _) in enumerate(rules.bounds)
            if strength == 2 and bounds.find(beside)
        ),
        own=own,
    )
