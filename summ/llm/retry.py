"""When to try again, and how long to wait: the only place that decides it.

Pure: the clock and the random number come in as arguments.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from summ.errors import SummError

Again = Literal["never", "once", "yes"]

MAX_WAIT = 120.0
"""Seconds: a server that asks for more is not waited for, the user is told."""


PATIENCE = 60.0
"""Seconds for which a request that is turned away again and again is tried."""

LEAST = 0.6
"""Share of a bound that is waited at least: of bounds that double each wait is longer, by a fifth
or more, than the one before."""

GROWTH = 1.2
"""By how much a wait is longer at least than the one before, whatever made that as long as it was:
pauses of all requests would else make the waits of one the same."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One attempt that failed.

    Attributes:
        error: what the user would be told.
        again: whether another attempt may help. `once` is for calls that ran into their
            deadline: the server has probably done the work and bills it, so that a second
            loss is the last.
        wait: seconds that the server asked for, None where it did not.
        cause: the foreign exception behind it.
        refused: it was turned away for now, without any work being done for it.
        billed: the work may have been done, and be billed, though no answer came.
    """

    error: SummError
    again: Again = "never"
    wait: float | None = None
    cause: Exception | None = None
    refused: bool = False
    billed: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """How often and how fast.

    Attributes:
        retries: attempts after the first one, 0 or more.
        first: upper bound of the first back-off, in seconds; it doubles each time.
        cap: upper bound of every back-off, in seconds.
        patience: seconds for which a request that is turned away again and again is tried.
    """

    retries: int
    first: float = 0.3
    cap: float = 20.0
    patience: float = PATIENCE

    def begin(self, random: Callable[[], float]) -> Tries:
        """The attempts of a request; `random` draws from [0, 1)."""
        return Tries(self, random)


@dataclass(slots=True)
class Tries:
    """The attempts of one request."""

    _policy: Policy
    _random: Callable[[], float]
    _failed: int = 0
    _lost: int = 0
    _refused: int = 0
    _waits: int = 0  # that the server did not ask for
    _since: float | None = None
    _from: float | None = None  # when the wait began that is under way, if it is such a one
    _waited: float = 0.0  # seconds of the last such, until the attempt was sent

    def sent(self, now: float) -> None:
        """An attempt was sent, at `now` on the clock of `after`."""
        if self._from is not None:
            self._waited, self._from = now - self._from, None

    def after(self, failure: Failure, now: float) -> float | None:
        """Seconds to wait before the next attempt; None to give up.

        Who is turned away comes back when the limiter lets him, for `PATIENCE` seconds at
        least: it is no failure to be asked to come later, and a run has many who are. Otherwise,
        and when he is turned away again without having been told for how long, the wait is drawn
        from the upper part of an exponentially growing bound: waits grow, and requests that
        failed together do not come back together.

        Args:
            failure: why the last attempt failed.
            now: seconds, on a clock that never goes back.
        """
        policy = self._policy
        if failure.again == "never" or not policy.retries:
            return None
        if failure.wait is not None and failure.wait > MAX_WAIT:
            return None
        if failure.refused:
            self._refused += 1
            self._since = now if self._since is None else self._since
            patient = now - self._since < policy.patience
            if not patient and self._refused > policy.retries:
                return None
            return self._wait(failure, now, pausing=True)
        self._failed += 1
        self._lost += failure.again == "once"
        if self._failed > policy.retries or self._lost > 1:
            return None
        return self._wait(failure, now, pausing=False)

    def _wait(self, failure: Failure, now: float, *, pausing: bool) -> float:
        """Seconds; `pausing`: the limiter lets nobody go for a while."""
        if failure.wait is not None:
            return 0.0  # the limiter waits, for all
        self._waits += 1
        self._from = now
        if pausing and self._waits == 1:
            return 0.0
        bound: float = self._policy.first * 2.0 ** min(self._waits - 1, 30)
        drawn = min(self._policy.cap, bound) * (LEAST + (1.0 - LEAST) * self._random())
        return min(self._policy.cap, max(drawn, GROWTH * self._waited))


def asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the server wants us to wait, from its headers.

    Reads `retry-after-ms`, then `Retry-After` as seconds or as a date. None where
    neither is there, makes sense, or lies ahead.

    Args:
        headers: the response's, found by lower-case names.
        now: seconds since the epoch.
    """
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        seconds = _number(headers.get(name, ""))
        if seconds is not None:
            return seconds / unit if seconds > 0 else None
    try:
        date = parsedate_to_datetime(headers.get("retry-after", ""))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    try:
        ahead = (date - datetime.fromtimestamp(now, UTC)).total_seconds()
    except OverflowError:
        return None
    return ahead if ahead > 0 else None


def _number(text: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
