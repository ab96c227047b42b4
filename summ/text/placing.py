"""Where a phrase stands in a translation: word for word, or nearly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from summ.text.spacing import needs_no_space

_LETTER_WORDS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(
    rf"[{_LETTER_WORDS}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{_LETTER_WORDS}]]+", regex.VERSION1
)
_BREAK = regex.compile(r"[,;:()!?–—،؛，；：、。]")
_LIKE = 0.7
"""From which likeness on a stretch is the phrase in another form."""

_SAME_STEM = 0.5
"""Share of a word's letters, from its first, that its forms have in common."""

_PHRASE, _TEXT = 30, 120
"""Words of the longest phrase, and of the longest text, that is searched for what is like it."""

_MORE = 2
"""Words that a stretch may have more, or fewer, than the phrase."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look for a phrase.

    Attributes:
        start: half-open code-point offset into the text.
        end: half-open code-point offset into the text.
        near: about where in the text the phrase should be; the nearest is taken.
        taken: stretches that it must not touch.
    """

    start: int
    end: int
    near: float
    taken: Sequence[tuple[int, int]] = ()

    def is_free(self, start: int, end: int) -> bool:
        """Whether a stretch is within the place and touches nothing that is taken."""
        inside = self.start <= start and end <= self.end
        return inside and not any(start < b and a < end for a, b in self.taken)


def folded(text: str) -> str:
    """As `text`, letter for letter, without the difference of capitals."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def word_for_word(phrases: Sequence[str], text: str, place: Place) -> tuple[int, int] | None:
    """Find a phrase as whole words, whatever its capitals.

    Returns:
        Of the first of the phrases that is there, the occurrence nearest to `place.near`.
    """
    low = folded(text)
    for wanted in map(folded, phrases):
        found = [
            (abs(start - place.near), start, start + len(wanted))
            for start in _occurrences(wanted, low, place)
            if place.is_free(start, start + len(wanted))
            and not (_in_word(text, start) or _in_word(text, start + len(wanted)))
        ]
        if found:
            return min(found)[1:]
    return None


def nearly(phrases: Sequence[str], text: str, place: Place) -> tuple[int, int] | None:
    """Find the stretch of whole words that is most like one of the phrases, in any order.

    Returns:
        None where nothing is like any of them, or the text is too long to look.
    """
    spans = [match.span() for match in _WORD.finditer(text, place.start, place.end)]
    if len(spans) > _TEXT:
        return None
    words = [folded(text[start:end]) for start, end in spans]
    best: tuple[float, float, int, int] | None = None
    for phrase in phrases:
        wanted: list[str] = _WORD.findall(folded(phrase))
        if not 0 < len(wanted) <= _PHRASE:
            continue
        table = [[_likeness(one, word) for word in words] for one in wanted]
        for first, last in _stretches(len(words), len(wanted)):
            start, end = spans[first][0], spans[last - 1][1]
            if not place.is_free(start, end) or _breaks(text[start:end]) > _breaks(phrase):
                continue
            share = _share(wanted, words[first:last], [row[first:last] for row in table])
            found = (-share, abs(start - place.near), start, end)
            best = min(best, found) if best else found
    return best[2:] if best and -best[0] >= _LIKE else None


def inflected(
    phrases: Sequence[str], text: str, place: Place, least: float = 0.7
) -> tuple[int, int] | None:
    """Find as many words as a phrase has, in its order, each a form of its word.

    Args:
        phrases: any of them.
        text: where to look.
        place: see `Place`.
        least: how like the words have to be, all together, from 0 to 1.

    Returns:
        The stretch that is most like one of them.
    """
    spans = [match.span() for match in _WORD.finditer(text, place.start, place.end)]
    words = [folded(text[start:end]) for start, end in spans]
    best: tuple[float, float, int, int] | None = None
    for wanted in (_WORD.findall(folded(phrase)) for phrase in phrases):
        if not 0 < len(wanted) <= _PHRASE:
            continue
        for first in range(len(words) - len(wanted) + 1):
            pairs = zip(wanted, words[first : first + len(wanted)], strict=True)
            likes = [_likeness(*pair) for pair in pairs]
            start, end = spans[first][0], spans[first + len(wanted) - 1][1]
            share = sum(likes) / len(likes)
            if min(likes) and share >= least and place.is_free(start, end):
                found = (-share, abs(start - place.near), start, end)
                best = min(best, found) if best else found
    return best[2:] if best else None


def _breaks(text: str) -> int:
    """How many clauses end in a text."""
    return len(_BREAK.findall(text))


def _stretches(words: int, size: int) -> Iterator[tuple[int, int]]:
    for first in range(words):
        for last in range(first + max(1, size - _MORE), min(words, first + size + _MORE) + 1):
            yield first, last


def _share(wanted: Sequence[str], found: Sequence[str], table: Sequence[Sequence[float]]) -> float:
    """How like two phrases are: the letters of words that the other has, and the length."""
    ours: float = sum(len(word) * max(row) for word, row in zip(wanted, table, strict=True))
    columns = zip(*table, strict=True)
    theirs: float = sum(
        len(word) * max(column) for word, column in zip(found, columns, strict=True)
    )
    short, long = sorted((sum(map(len, wanted)), sum(map(len, found))))
    # A word at the edge that is put otherwise still belongs to the phrase: hence the length.
    return (ours + theirs) / (short + long) * short / long


def _likeness(one: str, other: str) -> float:
    """1 for the same word, less for forms of one, 0 for others."""
    if one == other:
        return 1.0
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    share = (min(len(one), len(other)) if same is None else same) / max(len(one), len(other))
    return share if share >= _SAME_STEM else 0.0


def _occurrences(wanted: str, text: str, place: Place) -> Iterator[int]:
    at = text.find(wanted, place.start, place.end) if wanted.strip() else -1
    while at >= 0:
        yield at
        # Behind it, so that a run of one letter is not searched anew at each of them.
        at = text.find(wanted, at + len(wanted), place.end)


def _in_word(text: str, at: int) -> bool:
    """Whether a place is between two letters of one word, where words have spaces."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M"):
        return True
    return before.isalnum() and after.isalnum() and not any(map(needs_no_space, (before, after)))
