"""A text's tokens, found window by window.

The text is cut into windows at seams (see `_seams`), so that the windows' tokens are those
of the whole; each is encoded once, by two threads where there are many, and forgotten as
soon as it is behind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from summ.text._seams import first_seam, last_seam
from summ.text.tokens import Codec

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

LARGE = 3_000_000
"""Characters from which a second thread pays; the tokenizer lets go of Python's lock."""

FARTHEST = 2
"""Windows' sizes without a seam that are no prose, and are not encoded as one window."""

LEAST_SHARED = 1_000
"""Characters of a window below which the work is not shared: small chunks that have to be cut
without seams would each throw away large windows that the other thread has encoded."""

SHARED = 32_768  # characters of a window that may go to the other thread: half a millisecond
_AHEAD = 4  # such windows at once: they bound the memory
_THEMSELVES = bytes(range(256))
_STEP = 1 << 18  # characters looked at together


@dataclass(slots=True)  # not frozen: made thousands of times, that would cost as much again
class Window:
    """A piece of the text between two seams, and its tokens; never changed.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        tokens: of the piece, in order: numbers that `lengths` has an entry for.
        lengths: bytes of a token, by its number.
        ascii: a character is a byte in it.
    """

    start: int
    end: int
    tokens: Sequence[int]
    lengths: bytes
    ascii: bool


class Windows:
    """The windows of a text from any place on, in order.

    Attributes:
        text: the text.
    """

    def __init__(self, text: str, codec: Codec, size: int) -> None:
        """Cut `text` into windows of about `size` characters, at most `FARTHEST` times that.

        Of a text with lone surrogates there are none: their bytes can't be told.
        """
        self.text = text
        self._farthest = size * FARTHEST if _is_utf8(text) else 0
        self._codec = codec
        self._size = size
        self._next = 0
        self._barren = range(0)  # known to hold no seam; not to be searched twice

    def go_to(self, place: int) -> None:
        """Go on from `place`, whatever came before."""
        self._next = place

    def take(self) -> Window | None:
        """The next window; None at the end, and where there is no seam for too long."""
        start = self._next
        end = self._next = self._end(start)
        return self._window(start, end) if end > start else None

    def _window(self, start: int, end: int) -> Window:
        piece = self.text[start:end]
        codec = self._codec
        return Window(start, end, codec.encode(piece), codec.lengths, piece.isascii())

    def _end(self, start: int) -> int:
        """Where the window from `start` ends; `start` where there is none."""
        text, size, last = self.text, self._size, len(self.text)
        if not self._farthest:
            return start
        if last - start <= size:
            return last
        least = start + 1
        if self._barren.start <= start < self._barren.stop:
            least = self._barren.stop
        end = last_seam(text, least, start + size) if least < start + size else 0
        if end:
            return end
        farthest = min(start + self._farthest, last)
        end = first_seam(text, max(least, start + size), farthest)
        if end:
            return end
        self._barren = range(start, farthest)
        return last if farthest == last else start


class SharedWindows(Windows):
    """The same, encoded by other threads while this one finds where the chunks end."""

    def __init__(self, text: str, codec: Codec, helper: Executor, size: int = SHARED) -> None:
        """Cut `text` likewise, and let `helper` encode the windows ahead of their use."""
        super().__init__(text, codec, size)
        self._helper = helper
        self._tasks: deque[Future[Window]] = deque()

    def go_to(self, place: int) -> None:
        """Go on from `place`, whatever came before."""
        super().go_to(place)
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()

    def take(self) -> Window | None:
        """The next window; None at the end, and where there is no seam for too long."""
        while len(self._tasks) < _AHEAD:
            start = self._next
            end = self._next = self._end(start)
            if end == start:
                break
            self._tasks.append(self._helper.submit(self._window, start, end))
        if not self._tasks:
            return None
        return self._tasks.popleft().result()

    def _window(self, start: int, end: int) -> Window:
        """Only how long the tokens are is handed to the other thread, a byte for each.

        The numbers themselves are as many objects, and memory that one core fills and the
        other frees costs both of them half of their speed.
        """
        window = super()._window(start, end)
        if len(window.tokens) > 1:
            window.tokens = bytes(itemgetter(*window.tokens)(window.lengths))
            window.lengths = _THEMSELVES
        return window


def _is_utf8(text: str) -> bool:
    """Whether there are no lone surrogates."""
    try:
        for start in range(0, len(text), _STEP):
            text[start : start + _STEP].encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def windows_of(text: str, codec: Codec, size: int) -> Iterator[Windows]:
    """The windows of `text`, of about `size` characters where that is not much."""
    if len(text) < LARGE or size < LEAST_SHARED:
        yield Windows(text, codec, size)
        return
    from concurrent.futures import ThreadPoolExecutor

    helper = ThreadPoolExecutor(2)
    try:
        yield SharedWindows(text, codec, helper)
    finally:
        helper.shutdown(wait=True, cancel_futures=True)
