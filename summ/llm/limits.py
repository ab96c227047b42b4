"""One limiter for all requests of a run: they wait here until they may be sent.

The shell around `summ.llm.throttle`, which decides; here is who waits, in which order, and the
one timer that wakes the first of them.
"""

from __future__ import annotations

import asyncio
import math
import random as random_module
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial

from summ.errors import SummError
from summ.llm.attempts import Answered, Failed, Other, Outcome, Refused, Ticket
from summ.llm.pace import reset_in
from summ.llm.throttle import Throttle

__all__ = ["Answered", "Failed", "Limiter", "Other", "Outcome", "Refused", "Ticket"]

_SHORTEST_NAP = 1e-4  # seconds: no rounding of times makes the loop turn for nothing

_Waiter = tuple[int, asyncio.Future[Ticket]]


def _nobody(_seconds: float) -> None:
    """Is told, and does nothing."""


class Limiter:
    """Lets requests go: first come, first served, as many and as fast as the server bears.

    It belongs to the event loop that is running when it is first used, and to no other.
    """

    def __init__(
        self,
        jobs: int,
        rpm: float | None = None,
        tpm: float | None = None,
        *,
        told: Callable[[float], None] = _nobody,
        random: Callable[[], float] = random_module.random,  # noqa: S311  no secret hangs on it
    ) -> None:
        """Open; no loop need run yet.

        Args:
            jobs: most requests in flight, 1 or more.
            rpm: most requests per minute; None: no limit but the server's.
            tpm: most tokens per minute; None: no limit but the server's.
            told: is called with the seconds for which nothing is sent, when a pause begins
                and when it becomes longer by a second or more.
            random: draws from [0, 1), for pauses that the server did not ask for.
        """
        self._make = partial(Throttle, jobs, rpm=rpm, tpm=tpm, random=random)
        self._told = told
        self._told_until = -math.inf
        self._again: deque[_Waiter] = deque()
        self._waiting: deque[_Waiter] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._went = False  # one has gone in this turn of the loop
        self._loop: asyncio.AbstractEventLoop | None = None
        self._throttle: Throttle | None = None
        self._stopped: SummError | None = None

    async def enter(self, tokens: int = 0, *, again: bool = False) -> Ticket:
        """Wait until a request may be sent; it counts as in flight from then on.

        Cancelled, it leaves nothing behind.

        Args:
            tokens: reserved for it, prompt and reply together, where these are limited.
            again: it was sent before, and comes before those that were not: what it belongs to
                is nearer to its end.

        Raises:
            SummError: the limiter was stopped with it.
        """
        if self._stopped is not None:
            raise self._stopped
        throttle, loop = self._state()
        now = loop.time()
        queue = self._again if again else self._waiting
        if not (self._went or self._again or self._waiting) and throttle.wait(now, tokens) <= 0.0:
            return self._go(now, tokens)
        ticket = await self._turn(tokens, queue.append)
        while throttle.paused(loop.time()):
            # A refusal came in the very moment between its turn and now.
            self.leave(ticket, None)
            ticket = await self._turn(tokens, queue.appendleft)
        return ticket

    async def _turn(self, tokens: int, queue: Callable[[_Waiter], None]) -> Ticket:
        """Wait until its turn has come.

        Args:
            tokens: as for `enter`.
            queue: puts it among those that wait.
        """
        _, loop = self._state()
        turn: asyncio.Future[Ticket] = loop.create_future()
        queue((tokens, turn))
        if self._timer is None and not self._went:
            self._hand_on()
        try:
            return await turn
        except asyncio.CancelledError:
            # Its turn may have come in the very moment that it was cancelled.
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.leave(turn.result(), None)
            else:
                self._hand_on()
            raise

    def leave(self, ticket: Ticket, outcome: Outcome | None) -> None:
        """Say what has become of a request; None: it was not sent, or was given up.

        Raises:
            ValueError: that has been said before.
        """
        throttle, loop = self._state()
        now = loop.time()
        throttle.came(now, ticket, outcome)
        self._tell(now)
        self._hand_on()

    def heed(self, headers: Mapping[str, str]) -> None:
        """Take in what the headers of a response, of any status, say of quotas.

        Args:
            headers: found by lower-case names.
        """
        seconds = reset_in(headers)
        if seconds is not None:
            throttle, loop = self._state()
            throttle.hold(loop.time(), seconds)
            self._tell(loop.time())

    def stop(self, error: SummError) -> None:
        """Send nothing more: whoever waits, or comes to wait, is given `error`."""
        self._stopped = self._stopped or error
        self._set_timer(None)
        while queue := self._again or self._waiting:
            _, turn = queue.popleft()
            if not turn.done():
                turn.set_exception(self._stopped)

    @property
    def careful(self) -> bool:
        """Whether a refusal may be on its way, which should be read soon."""
        return self._throttle is not None and self._throttle.careful(self._state()[1].time())

    @property
    def in_flight(self) -> int:
        """Requests that have entered and not left."""
        return self._throttle.live if self._throttle is not None else 0

    def _state(self) -> tuple[Throttle, asyncio.AbstractEventLoop]:
        if self._throttle is None or self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._throttle = self._make(now=self._loop.time())
        return self._throttle, self._loop

    def _tell(self, now: float) -> None:
        """Say that a pause has begun or become longer."""
        left = self._throttle.paused(now) if self._throttle is not None else 0.0
        if left and (self._told_until <= now or now + left >= self._told_until + 1.0):
            self._told_until = now + left
            self._told(left)

    def _go(self, now: float, tokens: int) -> Ticket:
        """Let one go, and nobody else before the loop has looked for answers.

        What they send would else lie in a row with a refusal that has come already.
        """
        throttle, loop = self._state()
        self._went = True
        loop.call_soon(self._turned)
        return throttle.send(now, tokens)

    def _turned(self) -> None:
        self._went = False
        self._hand_on()

    def _hand_on(self) -> None:
        """Let go the first who waits, if he may, or set the timer for him."""
        if self._went:
            return
        throttle, loop = self._state()
        wait: float | None = None
        while queue := self._again or self._waiting:
            tokens, turn = queue[0]
            if not turn.done():
                now = loop.time()
                wait = throttle.wait(now, tokens)
                if wait <= 0.0:
                    queue.popleft()
                    turn.set_result(self._go(now, tokens))
                    wait = None
                break
            queue.popleft()
        self._set_timer(wait)

    def _set_timer(self, wait: float | None) -> None:
        """Wake after so many seconds; None or infinity: somebody who leaves will."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if wait is not None and wait != math.inf and self._loop is not None:
            self._timer = self._loop.call_later(max(wait, _SHORTEST_NAP), self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._hand_on()
