"""Which denials of two texts answer each other, and what of one the other text tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from summ.checks._wording.denial_rules import Rules
from summ.checks._wording.denials import Denial, Denials
from summ.checks._wording.opposition import Groups

REACH = 9
"""Words on either side that a denial may be about."""
FURTHER = 15
"""Words behind a verb of denying that it may be about."""
_NARROW = 3
"""Words on either side of one with a prefix that denies ("unpaid") that it may be about."""
_ALIKE = 4
"""Letters in which two words that deny are alike enough to be forms of one."""


@dataclass(frozen=True)
class Told:
    """A denial with the text it stands in."""

    denial: Denial
    text: Denials

    @cached_property
    def reach(self) -> tuple[int, ...]:
        """Places of what it may be about: in its clause, and beyond for a verb of denying."""
        made, denial = self.text.text, self.denial
        before, after = (_NARROW, _NARROW) if denial.narrow else (REACH, REACH)
        if denial.strength == 1:
            after = FURTHER
        clause = made.clause[denial.place.start]
        wide = denial.strength < 2 and denial.turning and not denial.narrow
        first = max(0, denial.place.start - before)
        last = min(len(made.words), denial.place.stop + after)
        return tuple(at for at in range(first, last) if wide or made.clause[at] == clause)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of what it may be about."""
        return frozenset(self.text.text.stems[at] for at in self.reach) - {""}

    @property
    def hard(self) -> bool:
        """Whether it is a negator."""
        return self.denial.strength == 2

    @property
    def denies(self) -> bool:
        """Whether it denies in itself, and not merely may say what a negator says."""
        return self.denial.strength > 0 or self.denial.turning


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of what a denial is about the other side tells; what is nearest counts double.

    Attributes:
        covered: beside something that denies there too.
        bare: beside nothing of the kind.
        head: whether what is nearest is told so, only bare.
        head_covered: whether what is nearest is covered.
        total: the weight of all.
    """

    covered: float
    bare: float
    head: bool
    head_covered: bool
    total: float


def weighed(one: Told, texts: Sequence[Denials], pool: Sequence[Told]) -> Weight:
    """Weigh what `one` is about by whether `texts` tell it beside something of `pool`."""
    under = {(id(other.text), at) for other in pool for at in other.reach}
    stems = one.stems if one.denial.double else one.stems - one.denial.own
    told: set[str] = set()
    covered: set[str] = set()
    for text in texts:
        for at in text.text.content:
            stem = text.text.stems[at]
            if stem in stems:
                told.add(stem)
                if (id(text), at) in under:
                    covered.add(stem)
    heads = one.denial.heads

    def sum_of(found: set[str] | frozenset[str]) -> float:
        return len(found) + len(found & heads)

    return Weight(
        covered=sum_of(covered),
        bare=sum_of(told - covered),
        head=not heads.isdisjoint(told - covered) and heads.isdisjoint(covered),
        head_covered=not heads.isdisjoint(covered),
        total=sum_of(stems),
    )


def unpaired(
    mine: Sequence[Told], theirs: Sequence[Told], texts: Sequence[Denials]
) -> tuple[list[Told], list[Told]]:
    """Those of both sides that are left when the likest of one kind are put aside.

    Args:
        mine: the denials of a statement.
        theirs: those of the sentences it cites.
        texts: those sentences.
    """
    pairs = sorted(
        (-likeness, at, place)
        for at, one in enumerate(mine)
        for place, other in enumerate(theirs)
        for likeness in [_likeness(one, other, texts)]
        if likeness > 0
    )
    done: set[int] = set()
    taken: set[int] = set()
    for _, at, place in pairs:
        if at not in done and place not in taken:
            done.add(at)
            taken.add(place)
    return (
        [one for at, one in enumerate(mine) if at not in done],
        [other for place, other in enumerate(theirs) if place not in taken],
    )


def _likeness(one: Told, other: Told, texts: Sequence[Denials]) -> float:
    """How alike two denials of one kind are; 0 for those that may not answer each other."""
    a, b = one.denial, other.denial
    if not one.hard or not other.hard:
        same = a.text[:_ALIKE] == b.text[:_ALIKE] or not a.own.isdisjoint(b.own)
        return 100.0 if same and not one.hard and not other.hard else 0.0
    if a.double != b.double:
        return 0.0
    shared = len(a.scope & b.scope)
    if a.double:
        return 1 + shared + 9 * len(a.own & b.own)
    together = len(one.stems & other.stems)
    if shared or together > 1:
        return 3 * shared + 2 * len(a.heads & b.heads) + together
    # A denial in another sentence than the one that is told is of something else.
    best = max(_nearness(one, text) for text in texts)
    return 0.1 if _nearness(one, other.text) > best - 1 else 0.0


def _nearness(one: Told, text: Denials) -> float:
    """How much of what a denial is about, and of its text, another text tells."""
    terms = text.text.terms
    return len(one.stems & terms) + len(one.text.text.terms & terms) / 2


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a language that answers a negator without one."""

    rules: Rules
    groups: Groups | None

    def limited(self, one: Told, other: Denials) -> bool:
        """Whether `other` has the limit that says what is denied: "at the earliest"."""
        return bool(one.denial.bounds & other.limits)

    def opposed(self, one: Told, other: Denials) -> bool:
        """Whether `other` says without a negator what is denied: "impossible", "closed"."""
        denial = one.denial
        wanted = tuple(p + head for p in self.rules.contrary for head in denial.scope)
        words = other.text.words
        if wanted and any(words[at].startswith(wanted) for at in other.text.content):
            return True
        return self.groups is not None and bool(self.groups.opposed(denial.nearest, words))

    def alike(self, one: Told, other: Told) -> bool:
        """Whether `other` says what `one` denies, and so doesn't deny it: "shut", "not close"."""
        if other.hard or self.groups is None:
            return False
        sides = {(m.group, m.side) for w in one.denial.nearest for m in self.groups.members(w)}
        return any(
            (member.group, member.side) in sides
            for word in other.denial.text.split()
            for member in self.groups.members(word)
        )

    def resumed(self, one: Told) -> bool:
        """Whether it is of those that mostly say in short what is told otherwise.

        "Without", "no longer", "not yet", and a negator with which a text ends.
        """
        made, place = one.text.text, one.denial.place
        beside = made.words[max(0, place.start - 2) : place.stop + 2]
        return (
            made.words[place.start] in self.rules.forward
            or not self.rules.lasting.isdisjoint(beside)
            or not any(made.stems[place.stop :])
        )
