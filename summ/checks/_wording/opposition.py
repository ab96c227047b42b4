"""Groups of words that exclude each other, from the cue files `opposites`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summ.checks._wording.clauses import grammar
from summ.checks.cues import cues

_TOPIC = "opposites"
_SECTIONS = ("opposite", "adjoining", "counted", "beside", "converse")
_ENDING = 6
"""Letters that may follow a listed beginning: more make another word."""


@dataclass(frozen=True, slots=True)
class Member:
    """A word's place in a group.

    Attributes:
        group: number of the group.
        side: number of its side.
        section: of the cue file: how what is around must be the same.
        counts: words that count, for units of measure.
    """

    group: int
    side: int
    section: str
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one language by their words and beginnings of words."""

    words: dict[str, tuple[Member, ...]]
    beginnings: dict[str, tuple[Member, ...]]
    shortest: int

    def opposed(self, words: Iterable[str], others: Sequence[str]) -> list[int]:
        """Places among `others` of words that exclude one of `words`."""
        sides: dict[int, set[int]] = {}
        for word in words:
            for member in self.members(word):
                sides.setdefault(member.group, set()).add(member.side)
        if not sides:
            return []
        return [
            at
            for at, word in enumerate(others)
            if any(m.side not in sides.get(m.group, {m.side}) for m in self.members(word))
        ]

    def members(self, word: str) -> tuple[Member, ...]:
        """The places that a word has in groups."""
        found = self.words.get(word, ())
        for length in range(min(len(word), 24), max(self.shortest, len(word) - _ENDING) - 1, -1):
            found += self.beginnings.get(word[:length], ())
        return found


@lru_cache(maxsize=16)
def groups_of(language: str) -> Groups | None:
    data = cues(_TOPIC, language)
    if not data or not grammar(language).known:
        return None
    words: dict[str, tuple[Member, ...]] = {}
    beginnings: dict[str, tuple[Member, ...]] = {}
    counts = frozenset(str(data.get("counts", "")).casefold().split())
    group = 0
    for section in _SECTIONS:
        for line in str(data.get(section, "")).casefold().splitlines():
            group += 1
            for side, entries in enumerate(line.split("|")):
                for entry in entries.split():
                    into = beginnings if entry.endswith("*") else words
                    key = entry.rstrip("*")
                    into[key] = (*into.get(key, ()), Member(group, side, section, counts))
    return Groups(words, beginnings, min(map(len, beginnings), default=1))
