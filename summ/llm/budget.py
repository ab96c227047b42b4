"""Caps on what a run may take: reserved before each attempt, settled after it.

What is under way counts as if it took all it may, so that neither concurrency nor retries can
go beyond a cap. An attempt that was given up on counts whole, too: the server has probably done
the work, and bills it.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from summ.errors import CapReachedError
from summ.model import Price, Usage

_MOST_TOKENS: Final = 10**9  # as for replies: beyond it a count is a lie
_MILLION: Final = 1_000_000

_Charge = tuple[int, int, int]
"""Calls, tokens, and cost in units of a tariff (0 without one)."""

_NOTHING: Final[_Charge] = (0, 0, 0)
_CALLS, _TOKENS, _COST = range(3)


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a run may take; None: as much as it needs.

    Attributes:
        cost: US dollars, finite, 0 or more.
        calls: requests that are sent, retries included.
        tokens: read and written, together.
    """

    cost: float | None = None
    calls: int | None = None
    tokens: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reservation:
    """What is set aside for one attempt; each is another, whatever it holds.

    Attributes:
        most: an upper bound of what the attempt takes.
    """

    most: Usage


@dataclass(frozen=True, slots=True)
class _Waiter:
    """Somebody whose attempt does not fit while those of others are under way."""

    most: Usage
    charge: _Charge
    granted: asyncio.Future[Reservation]


class Budget:
    """What a run has taken, and what it may take yet.

    For one event loop. Whoever holds a reservation ends it (`settle`, `release`) without
    waiting for another: then nobody waits for ever. It ends once, and to end it again changes
    nothing, so that `settle(reservation, None)` may stand in a `finally`.
    """

    def __init__(self, caps: Caps, price: Price | None) -> None:
        """Start with nothing spent.

        Args:
            caps: the most of each.
            price: the model's, of finite numbers; None where it is not known.

        Raises:
            ValueError: the cost is capped and there is no price. To tell the user so, with
                what to do about it, is the caller's.
        """
        if caps.cost is not None and price is None:
            raise ValueError("a cap on the cost needs a price")
        self._tariff = _Tariff.of(price) if price is not None else None
        cost = self._tariff.within(caps.cost) if self._tariff and caps.cost is not None else None
        self._caps = caps
        self._limits = tuple(
            (part, most)
            for part, most in enumerate((caps.calls, caps.tokens, cost))
            if most is not None
        )
        self._spent = Usage()
        self._taken = self._reserved = _NOTHING
        self._open: dict[Reservation, _Charge] = {}
        self._waiting: deque[_Waiter] = deque()

    @property
    def spent(self) -> Usage:
        """What the attempts that have ended took: their upper bounds where nobody counted."""
        return self._spent

    @property
    def cost(self) -> float | None:
        """US dollars of `spent`; None when no price is known."""
        return self._tariff.dollars(self._taken[_COST]) if self._tariff else None

    async def reserve(self, most: Usage) -> Reservation:
        """Set aside what one attempt may take, as soon as it fits beside what is under way.

        First come, first served. A wait that is cancelled leaves nothing behind.

        Args:
            most: the calls, one of them, and upper bounds of the tokens read and written.

        Raises:
            CapReachedError: it does not fit, however those under way end. A smaller one may.
        """
        most = Usage(most.calls, most.prompt_tokens, most.completion_tokens)
        charge = self._bound(most)
        if (part := self._over(charge)) is not None:
            raise self._reached(part, charge)
        if not self._waiting and self._over(charge, self._reserved) is None:
            return self._grant(most, charge)
        waiter = _Waiter(most, charge, asyncio.get_running_loop().create_future())
        self._waiting.append(waiter)
        try:
            return await waiter.granted
        except asyncio.CancelledError:
            self._withdraw(waiter.granted)
            raise

    def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """End an attempt that was sent.

        Args:
            reservation: of this budget.
            usage: the server's own counts, which hold also above the bound; its `calls` do
                not matter. None: they are not known (the deadline has passed, the connection
                broke), and the whole reservation is spent. So it is with counts below zero,
                and where no token was read, since no request is empty.
        """
        most = reservation.most
        counts = usage is not None and usage.prompt_tokens > 0 and usage.completion_tokens >= 0
        self._end(reservation, _counted(usage, most.calls) if usage and counts else most)

    def release(self, reservation: Reservation, *, sent: bool) -> None:
        """End an attempt that took no tokens.

        Args:
            reservation: of this budget.
            sent: it was refused before any work (429, connection refused), and is a call;
                else nothing left this machine.
        """
        self._end(reservation, Usage(reservation.most.calls if sent else 0))

    def _end(self, reservation: Reservation, took: Usage) -> None:
        """Book what an attempt took, and see who fits now."""
        reserved = self._open.pop(reservation, None)
        if reserved is None:
            return
        charge = reserved if took is reservation.most else self._charge(took)
        self._spent += took
        self._taken = _plus(self._taken, charge)
        self._reserved = _plus(self._reserved, reserved, -1)
        self._serve()

    def _grant(self, most: Usage, charge: _Charge) -> Reservation:
        reservation = Reservation(most)
        self._open[reservation] = charge
        self._reserved = _plus(self._reserved, charge)
        return reservation

    def _serve(self) -> None:
        """Let those go on who fit now, in turn, and those who never will."""
        waiting, self._waiting = self._waiting, deque()
        for waiter in waiting:
            if waiter.granted.done():  # cancelled
                continue
            if (part := self._over(waiter.charge)) is not None:
                waiter.granted.set_exception(self._reached(part, waiter.charge))
            elif not self._waiting and self._over(waiter.charge, self._reserved) is None:
                waiter.granted.set_result(self._grant(waiter.most, waiter.charge))
            else:
                self._waiting.append(waiter)

    def _withdraw(self, granted: asyncio.Future[Reservation]) -> None:
        """Undo a wait: it may have ended in the moment in which it was cancelled."""
        granted.cancel()
        if granted.cancelled():
            self._serve()
        elif granted.exception() is None:
            self.release(granted.result(), sent=False)

    def _charge(self, took: Usage) -> _Charge:
        cost = self._tariff.units(took) if self._tariff else 0
        return took.calls, took.prompt_tokens + took.completion_tokens, cost

    def _bound(self, most: Usage) -> _Charge:
        cost = self._tariff.most(most) if self._tariff else 0
        return most.calls, most.prompt_tokens + most.completion_tokens, cost

    def _over(self, charge: _Charge, beside: _Charge = _NOTHING) -> int | None:
        """The first cap that `charge` would break with what is taken; None: it fits."""
        for part, most in self._limits:
            if self._taken[part] + beside[part] + charge[part] > most:
                return part
        return None

    def _reached(self, part: int, charge: _Charge) -> CapReachedError:
        """What to tell the user."""
        caps, taken = self._caps, self._taken
        if part == _CALLS:
            flag = "--max-calls"
            why = f"{flag} allows no further call: {taken[part]:,} of {caps.calls:,} are made."
        elif part == _TOKENS:
            flag = "--max-tokens"
            why = (
                f"{flag} does not allow the next call: {taken[part]:,} of {caps.tokens:,} tokens "
                f"are spent, and it may take {charge[part]:,}."
            )
        else:
            flag = "--max-cost"
            spent, may = (self._dollars(units) for units in (taken[part], charge[part]))
            why = (
                f"{flag} does not allow the next call: {spent} of {_shown(caps.cost or 0.0)} are "
                f"spent, and it may cost {may}."
            )
        return CapReachedError(why, f"Run the same command with a larger {flag} to go on.")

    def _dollars(self, units: int) -> str:
        return _shown(self._tariff.dollars(units) if self._tariff else 0.0)


@dataclass(frozen=True, slots=True)
class _Tariff:
    """A price in whole numbers, so that sums are exact.

    Attributes:
        scale: units in a millionth of a US dollar.
        read: units per token.
        cached: units per token read that came from the server's cache.
        written: units per token.
    """

    scale: int
    read: int
    cached: int
    written: int

    @classmethod
    def of(cls, price: Price) -> _Tariff:
        """The tariff of a price; its numbers are taken as they are written, in decimals."""
        exact = [Fraction(repr(one)) for one in (price.prompt, price.cached, price.completion)]
        scale = math.lcm(*(one.denominator for one in exact))
        return cls(scale, *(int(one * scale) for one in exact))

    def units(self, took: Usage) -> int:
        """What `took` costs; see `Price.cost`."""
        cached = min(took.cached_tokens, took.prompt_tokens)
        read = (took.prompt_tokens - cached) * self.read + cached * self.cached
        return read + took.completion_tokens * self.written

    def most(self, bound: Usage) -> int:
        """The most that something within `bound` costs."""
        dearer = max(self.read, self.cached)
        return bound.prompt_tokens * dearer + bound.completion_tokens * self.written

    def within(self, dollars: float) -> int:
        """The units that so much pays for."""
        return math.floor(Fraction(repr(dollars)) * _MILLION * self.scale)

    def dollars(self, units: int) -> float:
        """So many units in US dollars."""
        return units / (_MILLION * self.scale)


def _counted(usage: Usage, calls: int) -> Usage:
    """A server's counts of some calls, without what can't be."""
    prompt = min(usage.prompt_tokens, _MOST_TOKENS)
    completion = min(usage.completion_tokens, _MOST_TOKENS)
    return Usage(calls, prompt, completion, min(max(usage.cached_tokens, 0), prompt))


def _plus(one: _Charge, other: _Charge, times: int = 1) -> _Charge:
    return one[0] + times * other[0], one[1] + times * other[1], one[2] + times * other[2]


def _shown(dollars: float) -> str:
    """An amount with the digits that tell it from nothing, cents at least."""
    places = 4 if dollars >= 0.01 or not dollars else min(12, 2 - math.floor(math.log10(dollars)))
    whole, _, rest = f"{dollars:,.{places}f}".partition(".")
    return f"${whole}.{rest.rstrip('0'):0<2}"
