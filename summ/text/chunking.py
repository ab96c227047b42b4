"""Cutting a text into chunks of whole sentences within a hard token budget.

A budget is kept by counting the very string that is emitted; sums over sentences only
guide where to try. Chunks are slices of the text, so joined they are the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import regex

from summ.errors import UsageError
from summ.model import Chunk, Span
from summ.text.tokens import TokenCounter

_GRAPHEME = regex.compile(r"\X")
_WORD_END = regex.compile(r"(?r)\s(?=\S)")
_MAY_GLUE = regex.compile(r"[\u200d\p{M}]")
"""After these, what follows alone does not tell whether a grapheme ends here."""

_PARAGRAPH_SHARE = 0.75
"""A chunk ends at a paragraph if that keeps at least this share of it."""
_WORD_SHARE = 0.5
"""A piece of a sentence ends at a word if that keeps at least this share of it."""
_FIRST_WIDTH = 8
"""Code points per token of budget looked at first when a sentence has to be cut."""
_LEAST_WIDTH = 64
_NEARBY = 256
"""Code points; a grapheme longer than this is no writing."""


def chunk_text(
    text: str,
    max_tokens: int,
    *,
    counter: TokenCounter | None = None,
    sentences: Sequence[Span] | None = None,
) -> list[Chunk]:
    """Cut `text` into chunks of whole sentences, each within `max_tokens`.

    Chunks are filled greedily, and end at a paragraph where that costs little. A sentence
    above the budget is cut at a word, failing that between two graphemes; a grapheme
    above the budget, between two code points.

    Args:
        text: anything; nothing in it is a special token.
        max_tokens: the budget, at least 1; no chunk's own count is above it.
        counter: how tokens are counted; by default as GPT-4o and later do.
        sentences: spans that tile the text; found by `split_sentences` by default.

    Returns:
        Chunks in order with `"".join(c.text for c in chunks) == text`; none for an empty
        text. `tokens` is `counter.count` of the chunk's text; only where the length alone
        proves that the whole text fits, it is that upper bound (`counter.upper_bound`),
        and the tokenizer is never loaded.

    Raises:
        UsageError: the budget is below 1 or below a single character, or `sentences` do
            not tile the text.
    """
    if max_tokens < 1:
        raise UsageError("the budget of a chunk must be at least 1 token.")
    if not text:
        return []
    counter = counter or TokenCounter("o200k_base")
    if counter.surely_fits(text, max_tokens):
        return [Chunk(text, 0, len(text), counter.upper_bound(text))]
    if sentences is None:
        from summ.text.sentences import split_sentences

        sentences = split_sentences(text)
    cutter = _Cutter(text, max_tokens, counter)
    return list(cutter.pack(list(cutter.units(_bounds(text, sentences)))))


def _bounds(text: str, sentences: Sequence[Span]) -> list[int]:
    """0, the ends of the sentences that split no grapheme, and `len(text)`."""
    bounds, last = [0], 0
    for span in sentences:
        if span.start != last or span.end < last:
            raise UsageError("the sentences do not tile the text.")
        last = span.end
        if last > bounds[-1] and _ends_grapheme(text, bounds[-1], last):
            bounds.append(last)
    if last != len(text):
        raise UsageError("the sentences do not tile the text.")
    return bounds


def _ends_grapheme(text: str, since: int, place: int) -> bool:
    """Whether a grapheme ends at `place`, where one is known to start at `since`.

    It looks only at what is near: `regex` itself goes back to the start of the text to
    tell how regional indicators pair up, which takes a minute for 100,000 flags.
    """
    if place >= len(text):
        return True
    before, after = text[place - 1], text[place]
    if _is_indicator(before) and _is_indicator(after):
        run = place
        while run > since and _is_indicator(text[run - 1]):
            run -= 1
        return (place - run) % 2 == 0
    if _first_grapheme(before + after) == 2:
        return False
    if not _MAY_GLUE.match(before):
        return True
    nearby = text[max(since, place - _NEARBY) : place + 1]
    return any(match.end() == len(nearby) - 1 for match in _GRAPHEME.finditer(nearby))


def _is_indicator(character: str) -> bool:
    return (
        "\N{REGIONAL INDICATOR SYMBOL LETTER A}"
        <= character
        <= ("\N{REGIONAL INDICATOR SYMBOL LETTER Z}")
    )


def _grapheme_end(text: str, start: int, end: int) -> int:
    """Where the grapheme that starts at `start` ends, at most `end`."""
    length = _first_grapheme(text[start : min(end, start + _NEARBY)])
    return start + (length if length < _NEARBY else _first_grapheme(text[start:end]))


def _first_grapheme(text: str) -> int:
    """Length of the first grapheme of `text`, which is not empty."""
    match = _GRAPHEME.match(text)
    return int(match.end()) if match else len(text)


@dataclass(frozen=True, slots=True)
class _Cutter:
    """One text, one budget, one counter.

    A *unit* is the end of a sentence, or of a piece of one that is above the budget, with
    its token count; each unit fits by itself.
    """

    text: str
    budget: int
    counter: TokenCounter

    def count(self, start: int, end: int) -> int:
        """Tokens of `text[start:end]` by itself."""
        return self.counter.count(self.text[start:end])

    def units(self, bounds: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The units between `bounds`."""
        for start, end in pairwise(bounds):
            tokens = self.count(start, end)
            if tokens <= self.budget:
                yield end, tokens
            else:
                yield from self._cut(start, end)

    def pack(self, units: Sequence[tuple[int, int]]) -> Iterator[Chunk]:
        """Chunks of as many units as fit, or up to the last paragraph end near there."""
        ends = [end for end, _ in units]
        sums = list(accumulate((tokens for _, tokens in units), initial=0))
        newlines = 2 if "\n\n" in self.text else 1
        start = first = 0
        while first < len(units):
            last, tokens = self._fill(start, first, ends, sums)
            if last < len(units):
                last, tokens = self._at_paragraph((start, last, tokens), ends, newlines)
            end = ends[last - 1]
            yield Chunk(self.text[start:end], start, end, tokens)
            start, first = end, last

    def _fill(
        self, start: int, first: int, ends: Sequence[int], sums: Sequence[int]
    ) -> tuple[int, int]:
        """The unit after the last that fits with those from `first` on, and their count.

        A sum of counts is near the count of the whole, mostly above it: so a few counts
        of real strings find the place, whichever way the sum errs.
        """
        last, tokens = first + 1, sums[first + 1] - sums[first]
        too_far = len(ends) + 1
        guess = bisect_right(sums, sums[first] + self.budget) - 1
        while guess > last:
            counted = self.count(start, ends[guess - 1])
            if counted <= self.budget:
                last, tokens = guess, counted
                aim = sums[last] + self.budget - counted
            else:
                too_far = guess
                aim = sums[first] + self.budget * self.budget // counted
            guess = min(too_far - 1, bisect_right(sums, aim) - 1)
        return last, tokens

    def _at_paragraph(
        self, filled: tuple[int, int, int], ends: Sequence[int], newlines: int
    ) -> tuple[int, int]:
        """The unit after the last paragraph end in the filled part's end, with its count."""
        start, last, tokens = filled
        least = start + (ends[last - 1] - start) * _PARAGRAPH_SHARE
        for unit in range(last - 1, -1, -1):
            if ends[unit] < least:
                break
            piece = self.text[max(start, ends[unit - 1] if unit else 0) : ends[unit]]
            if piece[len(piece.rstrip()) :].count("\n") >= newlines:
                counted = tokens if unit == last - 1 else self.count(start, ends[unit])
                return (unit + 1, counted) if counted <= self.budget else (last, tokens)
        return last, tokens

    def _cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Units of a sentence that is above the budget."""
        width = _FIRST_WIDTH * self.budget + _LEAST_WIDTH
        while start < end:
            window = self.text[start : min(end, start + width)]
            length = self.counter.prefix(window, self.budget)
            if length == len(window) and start + length < end:
                width *= 2
                continue
            # Spaces and letters differ a hundredfold in size: follow what is there.
            width = 2 * length + _LEAST_WIDTH
            unit = self._piece(start, start + length, end)
            if unit:
                start = unit[0]
                yield unit
                continue
            stop = _grapheme_end(self.text, start, end)
            yield from self._cut_grapheme(start, stop)
            start = stop

    def _piece(self, start: int, limit: int, end: int) -> tuple[int, int] | None:
        """The longest unit from `start` up to about `limit`; None if no grapheme fits."""
        while limit > start:
            stop = self._place(start, limit, end)
            if stop is None:
                return None
            tokens = self.count(start, stop)
            if tokens <= self.budget:
                return stop, tokens
            length = stop - start
            limit = start + min(length - 1, length * self.budget // tokens)
        return None

    def _place(self, start: int, limit: int, end: int) -> int | None:
        """The best place to cut at or before `limit`: a word's end, else a grapheme's."""
        if limit >= end:
            return end
        least = start + 1 + int((limit - start) * _WORD_SHARE)
        word = _WORD_END.search(self.text, least, limit + 1)
        if word and _ends_grapheme(self.text, start, word.end()):
            return int(word.end())
        places = range(limit, start, -1)
        return next((place for place in places if _ends_grapheme(self.text, start, place)), None)

    def _cut_grapheme(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Units of a grapheme: the whole, or pieces of it cut between code points."""
        width = end - start
        while start < end:
            stop = min(end, start + width)
            tokens = self.count(start, stop)
            while tokens > self.budget:
                length = stop - start
                if length == 1:
                    raise UsageError(
                        f"the budget of {self.budget} tokens is less than one character needs.",
                        "Allow more tokens a chunk.",
                    )
                stop = start + max(1, min(length - 1, length * self.budget // tokens))
                tokens = self.count(start, stop)
            yield stop, tokens
            width = 2 * (stop - start) + _LEAST_WIDTH
            start = stop
