"""The arithmetic of rates: even spacing, growth after a cut, tokens per minute, reset headers.

Pure: the clock comes in as an argument, in seconds from any origin.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

LATE = 0.03
"""Seconds by which a send may be late without the ones after it being later for that.

Timers wake some milliseconds late; without this a pace of 20 per second would be one of 19.
"""

RECOVERY = 8.0
"""Seconds in which a cut is undone; from then on the limit is looked for beyond it."""

LONGEST_RESET = 3_600.0
"""Seconds: a reset that lies further ahead is none that a run could wait for."""

EARLY = 1e-6
"""Seconds by which a timer may fire too early without its purpose being missed."""

_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,9})?")
# "6m0s", "1h2m3.5s", "120ms": a unit at most once, the longest first.
_DURATION = re.compile(
    rf"(?:({_NUMBER.pattern})h)?(?:({_NUMBER.pattern})m(?!s))?"
    rf"(?:({_NUMBER.pattern})s)?(?:({_NUMBER.pattern})ms)?"
)
_UNITS = (3_600.0, 60.0, 1.0, 0.001)


class Spacing:
    """Sends one after the other, never closer than asked for (but for `LATE`)."""

    __slots__ = ("_next",)

    def __init__(self, now: float) -> None:
        """The first may go at `now`."""
        self._next = now

    def wait(self, now: float) -> float:
        """Seconds until the next may go; 0 or less: it may."""
        return self._next - now

    def take(self, now: float, rate: float) -> None:
        """One has gone; at `rate` per second the next is due."""
        self._next = max(self._next, now - LATE) + 1.0 / rate


class Growth:
    """A limit that was met, approached again and then passed, as TCP CUBIC does it.

    It starts at `share` of `best`, is back at `best` after `recovery` seconds, where it hardly
    moves, and grows ever faster from there: twice `best` after 2, nine times after 3 of these
    times. A limit that is still there is so met rarely and gently, one that is gone is left
    behind soon. (Ha, Rhee, Xu: CUBIC, 2008; RFC 9438, with a time to recover that is fixed.)

    Attributes:
        best: what is thought to be possible, above 0.
        recovery: seconds.
    """

    __slots__ = ("_cut", "_since", "best", "recovery")

    def __init__(self, best: float, share: float, now: float, recovery: float = RECOVERY) -> None:
        """Start at `share`, from 0 to 1, of `best`."""
        self.best = best
        self.recovery = recovery
        self._cut = 1.0 - share
        self._since = now

    def value(self, now: float) -> float:
        """The limit at this time."""
        away = (now - self._since) / self.recovery - 1.0
        cubed = away * away * away
        return self.best * (1.0 + (cubed * self._cut if away < 0.0 else cubed))

    def rest(self, seconds: float) -> None:
        """So long nothing was sent: nothing was learnt either, and nothing grows by it."""
        self._since += seconds


class Ramp:
    """How many may be sent at once at first: a number that doubles with time."""

    __slots__ = ("_at", "_eager", "_size", "_step")

    def __init__(self, size: int, step: float, now: float, *, eager: bool) -> None:
        """Begin at `size`; it doubles each `step` seconds. `eager`: each answer adds one, too."""
        self._size, self._step, self._at, self._eager = size, step, now, eager

    def value(self, now: float) -> int:
        """The number at this time."""
        return self._size << min(30, self._doubled(now))

    def next(self, now: float) -> float:
        """Seconds until it doubles."""
        return self._at + (self._doubled(now) + 1) * self._step - now

    def _doubled(self, now: float) -> int:
        return max(0, int((now - self._at) / self._step + EARLY))

    def answered(self) -> None:
        """An answer came."""
        self._size += self._eager


class Tokens:
    """Tokens per minute, spread evenly: what is reserved now is there again after its time.

    At any time no more than a second's worth is in store, so that a minute sees no more than
    asked for, that second and one request. A request larger than the store may go when the
    store is full; what follows then waits until the debt is paid.
    """

    __slots__ = ("_level", "_per_second", "_then")

    def __init__(self, per_minute: float, now: float) -> None:
        """Begin with a full store."""
        self._per_second = per_minute / 60.0
        self._level = self._per_second
        self._then = now

    def wait(self, now: float, tokens: int) -> float:
        """Seconds until a request of so many tokens may go; 0 or less: it may."""
        self._fill(now)
        return (min(float(tokens), self._per_second) - self._level) / self._per_second

    def take(self, now: float, tokens: int) -> None:
        """Reserve so many; negative: give them back."""
        self._fill(now)
        self._level = min(self._per_second, self._level - tokens)

    def _fill(self, now: float) -> None:
        gained = max(0.0, now - self._then) * self._per_second
        self._level = min(self._per_second, self._level + gained)
        self._then = now


def reset_in(headers: Mapping[str, str]) -> float | None:
    """Seconds until a quota that is used up is there again; None where none is used up.

    Reads `x-ratelimit-remaining-requests` and `-tokens` with their `x-ratelimit-reset-…`; of
    two that are used up the later. What is missing or makes no sense counts as not there.

    Args:
        headers: the response's, found by lower-case names.
    """
    found = []
    for kind in ("requests", "tokens"):
        if _is_zero(headers.get(f"x-ratelimit-remaining-{kind}", "")):
            seconds = duration(headers.get(f"x-ratelimit-reset-{kind}", ""))
            if seconds is not None and 0.0 < seconds <= LONGEST_RESET:
                found.append(seconds)
    return max(found, default=None)


def duration(text: str) -> float | None:
    """Seconds in a text such as `1s`, `6m0s`, `120ms` or `2.5`; None if it is none."""
    text = text.strip()
    if not text or len(text) > 40 or not text.isascii():
        return None
    if _NUMBER.fullmatch(text):
        return float(text)
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    parts = zip(match.groups(), _UNITS, strict=True)
    return math.fsum(float(part) * unit for part, unit in parts if part)


def _is_zero(text: str) -> bool:
    """Whether a header says that nothing, or less, is left."""
    try:
        return float(text[:20]) <= 0.0
    except ValueError:
        return False
