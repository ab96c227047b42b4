"""Where those who have their answers pass one by one, with time to look for further answers."""

from __future__ import annotations

import asyncio

TURNS = 3
"""Turns of the loop in which a response that has come is read from the socket to its end."""


class Narrows:
    """Lets one go on at a time, and the loop turn some times before the next.

    Who has an answer goes on with work of some milliseconds. Done for all answers that came
    together, it would keep the refusal of a request unread for a tenth of a second and longer,
    and others would be sent meanwhile.
    """

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        """Nobody has passed yet."""
        self._lock = asyncio.Lock()

    async def wait(self) -> None:
        """Come by; first come, first served."""
        async with self._lock:
            for _ in range(TURNS):
                await asyncio.sleep(0)
