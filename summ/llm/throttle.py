"""How many requests may be sent, and when: what a run learns from the answers to them.

Pure: the clock and the random numbers come in as arguments. `summ.llm.limits` is its shell.

Time is cut into *stretches* by pauses. A stretch ends with the first refusal of a request that
was sent in it; refusals of the others that were under way then belong to the same *episode*.
When the pause is over the episode is judged by what was accepted in the stretch: nothing at all
is an outage, and one request after the other tries whether it has passed; else the refusals
tell the pace, or the number at once, that the server can bear.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from summ.llm.attempts import Answered, Failed, Outcome, Refused, Stretch, Ticket
from summ.llm.chance import Chance
from summ.llm.pace import EARLY, RECOVERY, Growth, Ramp, Spacing, Tokens
from summ.llm.retry import MAX_WAIT

START = 8
"""Requests in flight before the server has said anything."""

CAREFUL = 4
"""Requests at once at the beginning of a stretch at a pace that is thought to be good."""

STEP = 0.1
"""Seconds in which the number allowed doubles at the start. A refusal comes back within a network
round trip, long before an answer: waiting for it costs nothing."""

SHORTEST_TRIAL, LONGEST_TRIAL = 0.02, 30.0
"""Bounds in seconds of the time after which a request that was not refused counts as accepted."""

FIRST_BACKOFF, LONGEST_BACKOFF = 0.5, 20.0
"""Seconds of a pause that the server did not ask for; each outage in a row doubles it."""

MASS = 5
"""Failures in a row, with no answer between, that are no chance any more: of servers that fail
one time in ten at random, one in 100,000 rows of five is such."""

NEAR = 0.97
"""Share of a sustainable pace that is kept to until its time to recover is over: at a limit of 20
in a second, the 21st may come 30 ms early."""

SHARE_KEPT, SHARE_KEPT_SOON, SHARE_KEPT_FAILING = 0.9, 0.7, 0.6
"""Share of the number in flight that is kept: when it was refused, when it was refused again soon,
when requests failed in a row."""

OFTEN, LEAK = 3, 2
"""After so many stretches in a row that ended before a cut was undone, or with fewer requests than
`START`, slower has not helped; another makes up for so many of them."""

AGREE, LONGEST_RECOVERY = 0.1, 24.0
"""An estimate within this share of the one before confirms it, unless the stretch was short: the
limit is looked for half as often, down to once in about so many seconds."""

CALM = 0.5
"""Seconds after which a server that has refused nothing is not expected to at any moment."""

LONGEST_HOLD = 10.0
"""Seconds for which a header is believed that nothing is left. Some servers give the time until
their whole quota is there, of which a part is there much earlier."""


class Throttle:
    """Decides when the next request may go; see the module.

    Attributes:
        live: requests in flight.
    """

    def __init__(
        self,
        jobs: int,
        *,
        now: float,
        rpm: float | None = None,
        tpm: float | None = None,
        random: Callable[[], float],
    ) -> None:
        """Nothing has been sent yet.

        Args:
            jobs: most requests in flight, 1 or more.
            now: the time.
            rpm: most requests per minute, above 0, evenly spaced; None: no limit.
            tpm: most tokens per minute, above 0; None: no limit.
            random: draws from [0, 1), for pauses that the server did not ask for.
        """
        self.live = 0
        self._jobs = jobs
        self._random = random
        self._fixed = rpm / 60.0 if rpm else None
        self._fixed_spacing = Spacing(now)
        self._tokens = Tokens(tpm, now) if tpm else None
        self._stretch = Stretch(1, now)
        self._ramp = Ramp(min(START, jobs), STEP, now, eager=False)
        self._pace: Growth | None = None
        self._spacing = Spacing(now)
        self._window: Growth | None = None
        self._until = now  # nothing is sent before
        self._opened = now
        self._paused_at: float | None = None  # a pause whose episode is still to be judged
        self._outages = 0  # stretches in a row in which nothing was accepted
        self._failures = 0  # in a row, with no answer between
        self._echo = 0.0  # seconds after which the last refusal came
        self._rested = 0.0  # seconds of the last pause
        self._short = 0  # stretches in a row that were short
        self._chance = Chance()

    def wait(self, now: float, tokens: int) -> float:
        """Seconds until a request may go; 0 or less: now; infinity: when one has come back."""
        if now < self._until - EARLY:
            return self._until - now
        if self._paused_at is not None:
            self._judge(now)
        if (full := self._full(now)) > 0.0:
            return full
        wait = 0.0
        if self._pace is not None:
            wait = self._spacing.wait(now)
        if self._fixed is not None:
            wait = max(wait, self._fixed_spacing.wait(now))
        if self._tokens is not None:
            wait = max(wait, self._tokens.wait(now, tokens))
        return wait if wait > EARLY else 0.0

    def send(self, now: float, tokens: int) -> Ticket:
        """One goes; only when `wait` says so."""
        if not self._stretch.sent:
            self._stretch.began = now
        self.live += 1
        self._stretch.live += 1
        self._stretch.sent += 1
        if self._pace is not None:
            self._spacing.take(now, self._pace.value(now))
        if self._fixed is not None:
            self._fixed_spacing.take(now, self._fixed)
        if self._tokens is not None:
            self._tokens.take(now, tokens)
        return Ticket(self._stretch.number, self._stretch.sent, self.live, now, tokens)

    def came(self, now: float, ticket: Ticket, outcome: Outcome | None) -> None:
        """What has become of a request; None: it was not sent after all, or given up.

        Raises:
            ValueError: that has been told before.
        """
        if not ticket.open:
            raise ValueError("a ticket is left once")
        ticket.open = False
        self.live -= 1
        mine = ticket.stretch == self._stretch.number
        if mine:
            self._stretch.live -= 1
            self._stretch.sent -= outcome is None
        self._settle(now, ticket, outcome)
        if isinstance(outcome, Refused):
            self._refused(now, ticket, outcome.wait, mine)
        elif isinstance(outcome, Failed):
            self._failed(now, ticket, mine)
        elif outcome is not None:
            self._failures = 0
            if mine:
                self._outages = 0
                self._ramp.answered()

    def hold(self, now: float, seconds: float) -> None:
        """The server says that its quota is used up, and there again after so many seconds.

        Once a pace is known this says nothing new, and servers round: it is not heeded then.
        """
        if self._pace is None and self._paused_at is None and self._stretch.sent:
            self._stretch.asked = seconds
            self._pause(now, min(seconds, LONGEST_HOLD))

    def careful(self, now: float) -> bool:
        """Whether a refusal may be on its way: at the start, and once there has been one."""
        known = self._pace is not None or self._window is not None or self._paused_at is not None
        return known or now - self._opened < CALM

    def paused(self, now: float) -> float:
        """Seconds until the pause is over; 0: there is none."""
        return max(0.0, self._until - now)

    def _settle(self, now: float, ticket: Ticket, outcome: Outcome | None) -> None:
        """Give back what was reserved and not used. What failed may have been billed."""
        if self._tokens is None or isinstance(outcome, Failed):
            return
        used = 0
        if isinstance(outcome, Answered):
            used = ticket.tokens if outcome.tokens is None else outcome.tokens
        self._tokens.take(now, used - ticket.tokens)

    def _full(self, now: float) -> float:
        """Seconds until more may be in flight; 0 if more may be now."""
        if self.live >= self._jobs:
            return math.inf
        if self._stretch.live >= self._ramp.value(now):
            return self._ramp.next(now)
        if self._window is not None and self.live >= max(1, int(self._window.value(now))):
            return STEP
        return 0.0

    def _refused(self, now: float, ticket: Ticket, wait: float | None, mine: bool) -> None:
        asked = wait if wait is not None and 0.0 < wait <= MAX_WAIT else None
        if mine:
            self._stretch.refuse(ticket, asked or 0.0)
            self._echo = now - ticket.at
            if self._paused_at is None:
                # What was sent together is refused together, and is to be judged together.
                self._pause(now, max(asked or self._backoff(), min(1.0, self._echo)))
        if asked is not None:
            self._until = max(self._until, now + asked)

    def _failed(self, now: float, ticket: Ticket, mine: bool) -> None:
        self._failures += 1
        if not mine:
            return
        self._stretch.fail(ticket)
        if self._failures >= (1 if self._outages else MASS) and self._paused_at is None:
            self._echo = now - ticket.at
            self._pause(now, self._backoff())

    def _backoff(self) -> float:
        """Seconds, when the server has not asked for any."""
        bound: float = FIRST_BACKOFF * 2.0 ** min(self._outages, 30)
        return min(LONGEST_BACKOFF, bound) * (0.5 + 0.5 * self._random())

    def _pause(self, now: float, seconds: float) -> None:
        self._paused_at = now
        self._until = max(self._until, now + seconds)

    def _judge(self, now: float) -> None:
        """The pause is over: learn from the stretch before it, and begin another."""
        stretch, began = self._stretch, self._paused_at or now
        for growth in (self._pace, self._window):
            if growth is not None:
                growth.rest(now - began)
        trial = min(LONGEST_TRIAL, max(SHORTEST_TRIAL, 2.0 * self._echo))
        size = 1
        if stretch.in_vain:
            self._outages += 1
            size = max(1, self._chance.size // 2)
        else:
            self._outages = 0
            size = self._learn(stretch, began, now)
        self._rested = now - began
        self._ramp = Ramp(size, trial, now, eager=True)
        self._spacing = Spacing(now)
        self._stretch = Stretch(stretch.number + 1, now)
        self._paused_at = None

    def _learn(self, stretch: Stretch, ended: float, now: float) -> int:
        """Set pace or window by a stretch in which something was accepted.

        Returns:
            How many may be sent at once at the beginning of the next.
        """
        first = stretch.first
        if first is None and not stretch.asked:
            self._window = Growth(
                stretch.level or max(1, self.live), SHARE_KEPT_FAILING, now, RECOVERY
            )
            return 1
        short = ended - stretch.began < RECOVERY or stretch.accepted < START
        self._short = self._short + 1 if short else max(0, self._short - LEAK)
        if self._moody(stretch):
            return self._chance.size
        if stretch.asked:
            until = first.at if first is not None else ended
            self._set_pace(stretch, until - stretch.began, now)
            return CAREFUL
        elif first is not None:
            kept = SHARE_KEPT_SOON if self._short else SHARE_KEPT
            self._window = Growth(max(1, first.level - 1), kept, now, RECOVERY)
        return 1

    def _moody(self, stretch: Stretch) -> bool:
        """Whether refusals have nothing to do with how much is sent.

        So it seems when one short stretch follows the other though the pace is less and less.
        """
        if self._chance.suspected:
            if not self._chance.confirmed(stretch.accepted, self._jobs):
                self._short = 0
        elif self._short > OFTEN and self._pace is not None:
            self._pace = None
            self._chance.suspect(min(START, self._jobs))
        return self._chance.suspected

    def _set_pace(self, stretch: Stretch, lasted: float, now: float) -> None:
        """Go at what was accepted per second, or so: never at once less than half as fast.

        A stretch may have been short of work, and its estimate low for that. Where one after the
        other ends soon though none is faster than the one before, they live of what the pauses
        save up: then half of the pause counts, too.
        """
        seconds, accepted = max(lasted, stretch.asked), stretch.accepted
        estimate, recovery, old = accepted / seconds, RECOVERY, self._pace
        if old is not None:
            before = old.best / NEAR
            if abs(estimate - before) > AGREE * before:
                estimate = max(estimate, 0.5 * before)
            elif self._short > 2:
                estimate = 0.5 * (estimate + accepted / (seconds + self._rested))
            else:
                recovery = min(2.0 * old.recovery, LONGEST_RECOVERY)
        # Who asks for long waits counts in long windows, and is tried rarely.
        recovery = max(recovery, stretch.asked)
        self._pace = Growth(NEAR * estimate, 1.0, now, recovery)
