"""Cutting a text into chunks within a hard token budget, as fast as it can be tokenized.

Each token is found once: windows of the text are encoded as they are needed, and what a
window holds beyond the end of a chunk belongs to the next. Counts are exact, since tokens
are added up at seams only (`_seams`), and what lies between the last seam and the end of a
chunk is counted by itself. Chunks are slices of the text, so joined they are the text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from summ.errors import UsageError
from summ.model import Chunk, Span
from summ.text._boundaries import Boundaries
from summ.text._cursor import Cursor
from summ.text._windows import Windows, windows_of
from summ.text.tokens import WINDOW, Codec, TokenCounter, load_codec

_WINDOW_SHARE = 3
"""Characters of a window for a token of budget: more than half a chunk of English."""
_LEAST_WINDOW, _MOST_WINDOW = 64, 8_000
_CARE = 0.985
"""Share of the budget that is aimed at where counts have to be guessed."""
_TRIES = 3
"""Attempts that may come out too small."""
_SLACKS = ((True, 16), (False, 64), (False, 16))
"""How balanced chunks are sought, one way after another: whether they may end at paragraphs,
and by which part of the budget they may exceed an even share."""
_LAST_SLACKS = (64, 16, 8, 4)
"""The same for the last two chunks alone, where that is not to be had of all."""


def chunk_text(
    text: str,
    max_tokens: int,
    *,
    counter: TokenCounter | None = None,
    sentences: Sequence[Span] | None = None,
    balanced: bool = False,
) -> list[Chunk]:
    """Cut `text` into chunks that end well, each within `max_tokens`.

    A chunk takes as many whole sentences as fit. It ends earlier at a paragraph where that
    costs at most a fifth of it, before a heading or after two blank lines where at most a
    third, and not right after a heading. Where no sentence ends in the second half of what
    fits, it ends there after a line, a clause or a word, failing these between two
    graphemes; within a grapheme that is above the budget, between two code points. Text
    without spaces or punctuation, whose counts do not add up, is cut by trying, into at
    most 65,536 code points.

    Args:
        text: anything; nothing in it is a special token.
        max_tokens: the budget, at least 1; no chunk's own count is above it.
        counter: how tokens are counted; by default as GPT-4o and later do.
        sentences: spans that tile the text, if they are known already; they are then the
            only sentences there are.
        balanced: the fewest chunks that whole sentences allow, evened out as far as these
            allow: all where that can be, else the last two, so that the last is no stub.

    Returns:
        Chunks in order with `"".join(c.text for c in chunks) == text`; none for an empty
        text. `tokens` is `counter.count` of the chunk's text. Of a text whose length alone
        proves that it fits, that count is made when it is first looked at, and the
        tokenizer is not loaded before.

    Raises:
        UsageError: the budget is below 1 or below a single character, or `sentences` do
            not tile the text.
    """
    if max_tokens < 1:
        raise UsageError("the budget of a chunk must be at least 1 token.")
    ends = None if sentences is None else _ends(text, sentences)
    if not text:
        return []
    counter = counter or TokenCounter("o200k_base")
    if counter.surely_fits(text, max_tokens):
        return [_Uncounted.of(text, counter)]
    boundaries = Boundaries(text, ends)
    size = min(max(max_tokens * _WINDOW_SHARE, _LEAST_WINDOW), _MOST_WINDOW)
    codec = load_codec(counter.encoding)
    with windows_of(text, codec, size) as windows:
        cutter = _Cutter(windows, codec, max_tokens, counter, boundaries)
        return cutter.balanced() if balanced else list(cutter.cut())


class _Uncounted(Chunk):
    """The one chunk of a text that surely fits; counted when `tokens` is looked at."""

    __slots__ = ("_counter",)
    _counter: TokenCounter

    @classmethod
    def of(cls, text: str, counter: TokenCounter) -> Chunk:
        """The whole text, which `counter` will count."""
        chunk = cls.__new__(cls)
        values = {"text": text, "start": 0, "end": len(text), "_counter": counter}
        for name, value in values.items():
            object.__setattr__(chunk, name, value)
        return chunk

    def __getattr__(self, name: str) -> int:
        # Only asked for what is not there yet.
        if name != "tokens":
            raise AttributeError(f"a chunk has no {name!r}")
        tokens = self._counter.count(self.text)
        object.__setattr__(self, "tokens", tokens)
        return tokens

    def __reduce__(self) -> tuple[object, ...]:
        # What is kept or sent elsewhere is a plain chunk.
        return Chunk, (self.text, self.start, self.end, self.tokens)

    def __repr__(self) -> str:
        """As of the plain chunk that it equals."""
        return repr(Chunk(self.text, self.start, self.end, self.tokens))


def _ends(text: str, sentences: Sequence[Span]) -> list[int]:
    """Where the sentences end.

    Raises:
        UsageError: they do not tile the text.
    """
    last = 0
    for span in sentences:
        if span.start != last or span.end < last:
            break
        last = span.end
    else:
        if last == len(text):
            return [span.end for span in sentences]
    raise UsageError("the sentences do not tile the text.")


class _Cutter:
    """One text, one budget, one counter."""

    def __init__(
        self,
        windows: Windows,
        codec: Codec,
        budget: int,
        counter: TokenCounter,
        boundaries: Boundaries,
    ) -> None:
        self._text = windows.text
        self._windows = windows
        self._codec = codec
        self._budget = budget
        self._counter = counter
        self._boundaries = boundaries
        self._plain = counter == counter.plain
        self._length = 0  # of the next chunk where there are no seams; 0: unknown

    def cut(self, aim: Callable[[int], int] | None = None, start: int = 0) -> Iterator[Chunk]:
        """Chunks from `start` on; `aim` gives a smaller budget, knowing the tokens so far."""
        used = 0
        cursor = Cursor(self._windows, self._codec)
        cursor.go_to(start)
        while cursor.start < len(self._text):
            chunk = self._next(cursor, aim(used) if aim else self._budget)
            yield chunk
            used += chunk.tokens

    def balanced(self) -> list[Chunk]:
        """The fewest chunks that fit, evened out."""
        self._boundaries.coarse = False
        fewest = list(self.cut())
        if len(fewest) == 1:
            return fewest
        for coarse, slack in _SLACKS:
            self._boundaries.coarse = coarse
            evened = self._evened(fewest, slack)
            if evened:
                return evened
        for slack in _LAST_SLACKS:
            evened = self._evened(fewest[-2:], slack)
            if evened:
                return fewest[:-2] + evened
        return fewest

    def _evened(self, chunks: list[Chunk], slack: int) -> list[Chunk] | None:
        """As many chunks of the same text up to its end, of about the same size."""
        total, count = sum(chunk.tokens for chunk in chunks), len(chunks)
        aim = _Aim(total, count, self._budget, slack)
        evened = list(islice(self.cut(aim, chunks[0].start), count + 1))
        # A sentence that the budget leaves whole is not cut for the sake of a smaller one.
        whole = len(evened) == count and self._cuts(evened) <= self._cuts(chunks)
        return evened if whole else None

    def _cuts(self, chunks: list[Chunk]) -> int:
        """How many of the chunks end within a sentence."""
        return sum(not self._boundaries.ends_sentence(chunk.end) for chunk in chunks)

    def _next(self, cursor: Cursor, aim: int) -> Chunk:
        """The chunk that begins at the cursor, which goes on behind it."""
        text, start = self._text, cursor.start
        most = aim if self._plain else self._most(cursor, aim)
        cursor.reach(most)
        if cursor.total <= most // 2 and cursor.end < len(text):
            return self._seamless(cursor, aim)
        limit = cursor.limit(most)
        while limit > start:
            place = self._boundaries.last(start, limit)
            if not place:
                break
            piece = text[start:place]
            tokens = cursor.count(place)
            if not self._plain:
                tokens = self._counter.scaled(tokens, piece)
            if tokens <= aim:
                cursor.advance(place)
                return Chunk(piece, start, place, tokens)
            limit = start + min(len(piece) - 1, len(piece) * aim // tokens)
        return self._seamless(cursor, self._budget)

    def _seamless(self, cursor: Cursor, aim: int) -> Chunk:
        """The next chunk, where counts can't be added up: found by trying.

        Raises:
            UsageError: not even a code point fits.
        """
        start, best, tries = cursor.start, None, _TRIES
        length = self._length or self._counter.prefix(self._text[start : start + WINDOW], aim)
        while tries:
            chunk = self._attempt(start, min(length, WINDOW))
            # After what this attempt has told, and a little more careful.
            wanted = int(length * aim * _CARE / chunk.tokens)
            # A grapheme, or a code point, may be above the aim: only the budget is hard.
            whole = chunk.end - start == 1 or chunk.end - start > length
            if chunk.tokens <= (self._budget if whole else aim):
                best, tries = chunk, tries - 1
                if wanted <= length or length >= WINDOW or chunk.end == len(self._text):
                    break
                length = wanted
            elif best:
                break
            elif chunk.end - start == 1:
                raise UsageError(
                    f"the budget of {self._budget} tokens is less than one character needs.",
                    "Allow more tokens a chunk.",
                )
            else:
                length = max(1, min(chunk.end - start - 1, wanted))
        assert best is not None, "there is an attempt that fits, or an error"
        self._length = int(len(best.text) * aim * _CARE / best.tokens)
        cursor.go_to(best.end)
        return best

    def _attempt(self, start: int, length: int) -> Chunk:
        """A chunk of about `length` characters, whatever it costs."""
        limit = min(start + length, len(self._text))
        place = self._boundaries.last(start, limit)
        if not place:
            # One grapheme is longer than that: whole if it can be, else cut anywhere.
            end = self._boundaries.whole(start)
            fits = start < end <= start + WINDOW
            fits = fits and self._counter.fits(self._text[start:end], self._budget)
            place = end if fits else limit
        piece = self._text[start:place]
        return Chunk(piece, start, place, self._counter.count(piece))

    def _most(self, cursor: Cursor, aim: int) -> int:
        """Tokens of the encoding that cost about `aim`, in a text like that at the cursor."""
        text, start, counter = self._text, cursor.start, self._counter
        most = counter.most_tokens(aim, text[start : start + 4 * aim])
        # That may be the text of the next chunks, too, and in another script.
        cursor.reach(most)
        return max(most, counter.most_tokens(aim, text[start : cursor.limit(most)]))


@dataclass(frozen=True, slots=True)
class _Aim:
    """An even share of what is left for each of the chunks that are left, and some slack."""

    total: int
    count: int
    budget: int
    slack: int

    def __call__(self, used: int) -> int:
        share = self.total / self.count
        left = max(1, self.count - round(used / share))
        even = max(0, self.total - used) / left
        return max(1, min(self.budget, math.ceil(even) + self.budget // self.slack))
