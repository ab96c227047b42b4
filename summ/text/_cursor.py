"""Which of a text's tokens lie before a place, and how many there are up to it."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from summ.text._seams import first_seam, is_seam, last_seam
from summ.text._windows import Window, Windows
from summ.text.tokens import Codec

_HEAD, _HEADS = 16, 1_000  # characters and number of the beginnings that are remembered


class Cursor:
    """Stands where a chunk begins, and knows the tokens of the text from there on.

    They are those of a *head*, from the start to the first seam, and of windows after it.

    Attributes:
        start: where the chunk begins.
        total: tokens of the head and the windows taken so far.
        end: where these end.
    """

    def __init__(self, windows: Windows, codec: Codec) -> None:
        """Begin at the start of the text of `windows`."""
        self._text = windows.text
        self._windows = windows
        self._codec = codec
        self._heads: dict[str, list[int]] = {}
        self.go_to(0)

    def go_to(self, place: int) -> None:
        """Begin at `place`, knowing nothing."""
        self._windows.go_to(place)
        self.start = self.end = place
        self.total = 0
        self._head: Sequence[int] = ()
        self._parts: list[Window] = []
        self._ended = False  # there is no window more
        # Of the first window only the tokens from here on belong to the chunk.
        self._index, self._seam = 0, place
        # The last place whose token is known: window, index, place, and bytes beyond it.
        self._known: tuple[Window | None, int, int, int] = (None, 0, 0, 0)

    def reach(self, budget: int) -> None:
        """Take windows until they hold more than `budget` tokens, or none is left."""
        while self.total <= budget and not self._ended:
            window = self._windows.take()
            if window is None:
                self._ended = True
            else:
                self._parts.append(window)
                self.total += len(window.tokens)
                self.end = window.end

    def limit(self, budget: int) -> int:
        """Where the first `budget` tokens end; the end of the windows if there are no more."""
        before = self.total
        if before <= budget:
            return self.end
        for part in reversed(self._parts):
            first, place = self._first(part)
            before -= len(part.tokens) - first
            if before <= budget:
                return self._locate(part, first, place, first + budget - before)
        decoded = self._codec.decode(list(self._head[:budget]))
        return self.start + len(decoded.decode("utf-8", "ignore"))

    def _first(self, part: Window) -> tuple[int, int]:
        """The first token of a window that belongs to the chunk, and its place."""
        return (self._index, self._seam) if part is self._parts[0] else (0, part.start)

    def _locate(self, part: Window, first: int, place: int, index: int) -> int:
        """Where token `index` of a window begins; within a character, where that begins.

        Counted are the bytes to the nearer end: from `place`, where token `first` begins, or
        from the end of the window.
        """
        tokens, lengths, end, beyond = part.tokens, part.lengths, part.end, 0
        if index - first <= len(tokens) - index:
            length = _sum(tokens[first:index], lengths)
            if not part.ascii:
                encoded = self._text[place : min(end, place + length)].encode()[:length]
                beyond = _unfinished(encoded)
                length = len(encoded[: length - beyond].decode())
            place += length
        else:
            length = _sum(tokens[index:], lengths)
            if part.ascii:
                place = end - length
            else:
                encoded = self._text[max(place, end - length) : end].encode()[-length:]
                rest = _unbegun(encoded)
                place = end - len(encoded[rest:].decode())
                if rest:
                    place -= 1
                    beyond = len(self._text[place].encode()) - rest
        self._known = part, index, place, beyond
        return place

    def count(self, place: int) -> int:
        """Tokens of the text from the start to `place` by themselves."""
        text, encode = self._text, self._codec.encode
        if place == self.end:
            return self.total
        seam, rest = place, 0
        if not is_seam(text, place):
            if text[place - 1] == " " and is_seam(text, place - 1):
                seam, rest = place - 1, 1  # a space by itself is one token
            else:
                seam = last_seam(text, self.start + 1, place)
                rest = len(encode(text[seam:place])) if seam else 0
        before = self._before(seam) if seam and seam >= self._seam else None
        return len(encode(text[self.start : place])) if before is None else before + rest

    def _before(self, seam: int) -> int | None:
        """Tokens before a seam; None if one reaches across it, which none should."""
        before = self.total
        for part in reversed(self._parts):
            first, _ = self._first(part)
            before -= len(part.tokens) - first
            if part.start <= seam:
                index = self._token(part, seam)
                return None if index is None else before + index - first
        return None

    def _token(self, part: Window, seam: int) -> int | None:
        """The token of a window that begins at `seam`; None if none does."""
        known, index, place, beyond = self._known
        if known is not part:
            beyond = 0
            index, place = self._first(part)
            if seam - place > part.end - seam:
                index, place = len(part.tokens), part.end
        tokens, lengths = part.tokens, part.lengths
        back = seam <= place
        left = abs(place - seam)
        if not part.ascii:
            left = len(self._text[min(place, seam) : max(place, seam)].encode())
        left += beyond if back else -beyond
        if back:
            while left > 0:
                index -= 1
                left -= lengths[tokens[index]]
        else:
            while left > 0:
                left -= lengths[tokens[index]]
                index += 1
        if left:
            return None
        self._known = part, index, seam, 0
        return index

    def _remember(self, head: str) -> list[int]:
        """The tokens of a head; sentences begin with the same words again and again."""
        tokens = self._codec.encode(head)
        if len(head) <= _HEAD and len(self._heads) < _HEADS:
            self._heads[head] = tokens
        return tokens

    def advance(self, place: int) -> None:
        """Begin at `place`, which is within the windows, or at their end."""
        text = self._text
        seam = place
        self._head = ()
        if place < self._seam:
            seam = self._seam  # within the old head, of which nothing more is known
        elif place < self.end and not is_seam(text, place):
            seam = first_seam(text, place + 1, self.end) or self.end
        if seam > place:
            head = text[place:seam]
            tokens = self._heads.get(head)
            self._head = tokens if tokens is not None else self._remember(head)
        parts = self._parts
        while parts and parts[0].end <= seam:
            del parts[0]
            self._index, self._seam = 0, parts[0].start if parts else seam
        self.start = place
        self.total = len(self._head)
        if parts:
            index = self._token(parts[0], seam) if parts[0].start < seam else 0
            if index is None:
                part, codec = parts[0], self._codec
                tokens = codec.encode(text[seam : part.end])
                parts[0] = Window(seam, part.end, tokens, codec.lengths, part.ascii)
                index = 0
            self._index, self._seam = index, seam
            self.total -= index
            for part in parts:
                self.total += len(part.tokens)
        else:
            self._index, self._seam = 0, seam


def _unfinished(encoded: bytes) -> int:
    """Bytes at the end of `encoded` that begin a character and do not end it."""
    for count, byte in enumerate(encoded[:-5:-1], 1):
        if byte < 0x80:
            return 0
        if byte >= 0xC0:
            whole = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return count if count < whole else 0
    return 0


def _unbegun(encoded: bytes) -> int:
    """Bytes at the start of `encoded` that end a character and do not begin it."""
    return next(
        (count for count, byte in enumerate(encoded[:4]) if byte & 0xC0 != 0x80), len(encoded)
    )


def _sum(tokens: Sequence[int], lengths: bytes) -> int:
    """Bytes of the tokens; `itemgetter` is half the time of a loop."""
    if len(tokens) < 2:
        return sum(lengths[token] for token in tokens)
    return sum(itemgetter(*tokens)(lengths))
