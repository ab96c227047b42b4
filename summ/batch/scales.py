"""A bound on how much text is under way at once, so that memory is bounded by more than a count."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 8_000_000
"""Characters of the documents under way together: a report of a book takes some ten times that."""


class Scales:
    """Lets documents go on, first come, first served, while they are not too much together."""

    def __init__(self, most: int = MOST) -> None:
        """Let `most` characters be under way, 1 or more; a larger document goes alone."""
        self._most = most
        self._taken = 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def hold(self, size: int) -> AsyncIterator[None]:
        """While it lasts, so many characters are under way."""
        size = min(size, self._most)
        if self._waiting or self._taken + size > self._most:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((size, turn))
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._give_back(size)
                else:
                    self._hand_on()
                raise
        else:
            self._taken += size
        try:
            yield
        finally:
            self._give_back(size)

    def _give_back(self, size: int) -> None:
        self._taken -= size
        self._hand_on()

    def _hand_on(self) -> None:
        while self._waiting:
            size, turn = self._waiting[0]
            if not turn.done():
                if self._taken + size > self._most:
                    return
                self._taken += size
                turn.set_result(None)
            self._waiting.popleft()
