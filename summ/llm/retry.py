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
    """

    error: SummError
    again: Again = "never"
    wait: float | None = None
    cause: Exception | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """How often and how fast.

    Attributes:
        retries: attempts after the first one, 0 or more.
        first: upper bound of the first back-off, in seconds; it doubles each time.
        cap: upper bound of every back-off, in seconds.
    """

    retries: int
    first: float = 0.5
    cap: float = 20.0

    def delay(
        self, attempt: int, failure: Failure, *, lost: int, random: Callable[[], float]
    ) -> float | None:
        """Seconds to wait before the next attempt; None to give up.

        The server's own wish counts as it is. Otherwise the wait is drawn evenly from
        zero to an exponentially growing bound ("full jitter"), so that requests which
        failed together do not come back together.

        Args:
            attempt: attempts made so far, from 1.
            failure: why the last one failed.
            lost: how many of them ran into their deadline, the last one included.
            random: draws from [0, 1).
        """
        if failure.again == "never" or attempt > self.retries:
            return None
        if failure.again == "once" and lost > 1:
            return None
        if failure.wait is not None:
            return failure.wait if failure.wait <= MAX_WAIT else None
        bound: float = self.first * 2.0 ** min(attempt - 1, 30)
        return min(self.cap, bound) * random()


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
