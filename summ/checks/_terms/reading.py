"""A text ready to be asked for terms, and a term ready to be looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from summ.checks._terms.inflection import in_compound, term_stems, text_stems
from summ.checks._terms.words import Word, is_unspaced, squeezed, words

_STRAY = 4
"""Words that may stand between those of a term in a translation."""
_SMALL = 3
"""Letters of a small word ("of the") that another language may do without."""
_MOST_WORDS = 12
_SHORT = 4
"""Letters of a term that may be another word's form by chance (Рок, році): capitals count."""


@dataclass(frozen=True, slots=True)
class Needle:
    """A term to look for.

    Attributes:
        words: its words; empty where it is looked for letter by letter.
        stems: of each word, the forms by which it is found.
        letters: the whole, squeezed, for a script without spaces; else empty.
    """

    words: tuple[Word, ...]
    stems: tuple[frozenset[str], ...]
    letters: str


_ENOUGH = 2
"""Words of a term that must be left to do without its small ones, such as "of"."""


@lru_cache(maxsize=8192)
def needle(term: str, language: str, *, loose: bool) -> Needle:
    """A term as it is looked for in texts of a language."""
    if is_unspaced(term):
        return Needle((), (), squeezed(term))
    found = tuple(words(term, language)[:_MOST_WORDS])
    return Needle(found, tuple(term_stems(w.form, language, loose=loose) for w in found), "")


class Reading:
    """A text, by the stems of its words."""

    def __init__(self, text: str, language: str, *, loose: bool) -> None:
        """Read `text`; time is linear in its length."""
        self.words = words(text, language)
        self._text = text
        self._language = language
        self._letters: str | None = None
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            for stem in text_stems(word.form, language, loose=loose):
                self._places[stem].append(place)

    @property
    def stems(self) -> Collection[str]:
        """What its words may be found by."""
        return self._places.keys()

    @property
    def letters(self) -> str:
        """The text squeezed, for scripts without spaces."""
        if self._letters is None:
            self._letters = squeezed(self._text) if is_unspaced(self._text) else ""
        return self._letters

    def runs(self, term: Needle) -> Iterator[range]:
        """Where the term's words stand side by side, in their order, with its capitals."""
        if not term.words or any(stems.isdisjoint(self._places) for stems in term.stems):
            return
        size = len(term.words)
        later = [self._at(stems) for stems in term.stems[1:]]
        for start in sorted(self._at(term.stems[0])):
            run = range(start, start + size)
            if run.stop > len(self.words):
                return
            if all(
                start + n in places and self.words[start + n].adjoins
                for n, places in enumerate(later, 1)
            ) and all(
                has_case_of(word.text, self.words[place].text)
                for word, place in zip(term.words, run, strict=True)
            ):
                yield run

    def first(self, term: Needle) -> int:
        """The place of the term's first occurrence, comparable within this text; -1 for none."""
        if term.letters:
            return self.letters.find(term.letters)
        return next((run.start for run in self.runs(term)), -1)

    def has_near(self, term: Needle) -> bool:
        """Whether the term's words are close together, in any order and case."""
        if term.letters:
            return term.letters in self.letters
        every = list(zip(term.words, term.stems, strict=True))
        wanted = [one for one in every if len(one[0].form) > _SMALL or not one[0].text.islower()]
        if len(wanted) < _ENOUGH:
            wanted = every  # of "rio Tarrow" too little would be left
        cased = len(wanted) == 1 and len(wanted[0][0].form) <= _SHORT
        places = [self._loosely_at(word, stems, cased=cased) for word, stems in wanted]
        return bool(places) and all(places) and _meet(places, len(term.words) + _STRAY)

    def _at(self, stems: frozenset[str]) -> set[int]:
        return {place for stem in stems for place in self._places.get(stem, ())}

    def _loosely_at(self, word: Word, stems: frozenset[str], *, cased: bool) -> set[int]:
        found = self._at(stems)
        if cased:
            found = {at for at in found if has_case_of(word.text, self.words[at].text)}
        return found or {
            at
            for at, other in enumerate(self.words)
            if in_compound(word.form, other.form, self._language)
        }


def has_case_of(term: str, text: str) -> bool:
    """Whether a word of a text has the capitals that one of a term asks for."""
    if term.islower() or not any(char.isupper() for char in term):
        return True
    if len(term) > 1 and term.isupper():
        return text[:2].isupper() or text.isupper()
    return text[:1].isupper() if term[:1].isupper() else any(char.isupper() for char in text)


def _meet(places: list[set[int]], width: int) -> bool:
    """Whether one of each set is within some `width` places."""
    if len(places) == 1:
        return True
    events = sorted((at, which) for which, found in enumerate(places) for at in found)
    last = [-width] * len(places)
    for at, which in events:
        last[which] = at
        if at - min(last) < width and min(last) >= 0:
            return True
    return False


@lru_cache(maxsize=64)
def reading(text: str, language: str, *, loose: bool) -> Reading:
    """`Reading`, kept for the terms that are asked for next."""
    return Reading(text, language, loose=loose)
