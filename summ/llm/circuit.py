"""When an endpoint is left alone: the requests of a whole run, and what became of them.

Pure. Tell it of every attempt; look at `open` before the next.
"""

from __future__ import annotations

from summ.errors import AuthError, FetchError, RateLimitedError, SummError, UnknownModelError
from summ.llm.retry import MAX_WAIT, Failure

LASTING = (AuthError, UnknownModelError, FetchError)
"""Errors that every other request would meet, too."""

STRIKES = 3
"""Requests in a row that gave up, with no answer between, after which the endpoint is left
alone; so many must also have lost an attempt before `LOST` counts."""

LOST = 5
"""Attempts in a row that came to nothing, with no answer between: with the limiter's pauses
between them an endpoint is away for about five seconds by then."""


class Circuit:
    """Counts failures without an answer between; those under way together count once.

    Any answer, also one of no use, begins the count anew. A refusal for too many requests is
    none of its failures unless the request gives up for it: who says "later" is there.

    Attributes:
        open: why nothing more is sent; None: go on.
    """

    def __init__(self) -> None:
        self.open: SummError | None = None
        self._lasting = False
        self._attempts = 0
        self._gave_up = _Row()
        self._lost = _Row()
        self._losers: set[int] = set()

    def attempt(self) -> int:
        """Number an attempt that is about to be sent."""
        self._attempts += 1
        return self._attempts

    def lost(self, error: SummError, attempt: int, request: int) -> None:
        """An attempt came to nothing: no connection, none in time, or a server's own failure.

        One request alone never opens the circuit in this way: the failure may be its own.

        Args:
            error: what its user would be told.
            attempt: its number.
            request: whose attempt it was: the same number for all of one request.
        """
        if len(self._losers) < STRIKES:
            self._losers.add(request)
        strikes = self._lost.add(attempt, self._attempts)
        if strikes >= LOST and len(self._losers) >= STRIKES:
            self.open = self.open or error

    def gave_up(self, failure: Failure, attempt: int) -> None:
        """A request has failed for good; `attempt`: the number of its last one."""
        strikes = self._gave_up.add(attempt, self._attempts)
        if _lasting(failure):
            if not self._lasting:
                self.open, self._lasting = failure.error, True
        elif strikes >= STRIKES:
            self.open = self.open or failure.error

    def answered(self) -> None:
        """The endpoint has answered, with whatever: it is there."""
        self._gave_up.clear()
        self._lost.clear()
        self._losers.clear()
        if not self._lasting:
            self.open = None


class _Row:
    """Failures in a row; those of attempts that were under way together are one."""

    __slots__ = ("_counted", "_strikes")

    def __init__(self) -> None:
        self._strikes = 0
        self._counted = 0  # the last attempt that was under way at the last failure counted

    def add(self, attempt: int, latest: int) -> int:
        """Count the failure of an attempt, `latest` being the last sent; how many there are."""
        if attempt > self._counted:
            self._strikes += 1
            self._counted = latest
        return self._strikes

    def clear(self) -> None:
        """The row has ended."""
        self._strikes = 0


def _lasting(failure: Failure) -> bool:
    """Whether every other request would fail as this one did.

    So it is with the key, the model, a quota that is used up (a limit that is not to be tried
    again), and a wait that is longer than anybody waits.
    """
    if isinstance(failure.error, LASTING):
        return True
    if failure.wait is not None and failure.wait > MAX_WAIT:
        return True
    return failure.again == "never" and isinstance(failure.error, RateLimitedError)
