"""What a person sees of a run: two live rows on a terminal, and its totals in the end."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

from summ.batch.events import Settled
from summ.batch.watchers import RunCount, Totals
from summ.cli.console import REDRAW_SECONDS, Console
from summ.cli.run_summary import Ending, Kept, advice, documents, line, many, money, table
from summ.model import Usage

_TICK_SECONDS = 0.5
_LOOK_BACK = 30.0  # seconds of the past that tell how fast it goes
_ENOUGH = 5  # documents that tell it
_SOON = 3.0  # seconds before which it is not told


class RunDisplay:
    """A `Watcher` that shows how a run goes: redrawn on a terminal, else nothing until the end."""

    def __init__(self, console: Console, count: RunCount, clock: Callable[[], float]) -> None:
        """Show nothing yet.

        Args:
            console: where; what is quiet there is quiet.
            count: is told of everything before this is.
            clock: seconds; never goes back.
        """
        self._console = console
        self._count = count
        self._clock = clock
        self._time_left = TimeLeft()
        self._next = -math.inf
        self._paused_until = -math.inf
        self._stopping = self._over = False

    def expect(self, total: int | None) -> None:
        """Show of how many."""
        self.tick()

    def started(self, number: int, name: str) -> None:
        """Begin to see how fast it goes."""
        self._time_left.started(number, self._clock())
        self.tick()

    def spent(self, usage: Usage) -> None:
        """Show what has been spent."""
        self.tick()

    def paused(self, seconds: float) -> None:
        """Show that it waits, where that is long enough to be seen."""
        if seconds >= 1:
            self._paused_until = max(self._paused_until, self._clock() + seconds)
        self.tick()

    def settled(self, one: Settled) -> None:
        """Show how many are finished with."""
        self._time_left.settled(one, self._clock())
        self.tick()

    def stopping(self, why: str) -> None:
        """Say why, and show that it ends."""
        self._stopping = True
        self._console.notice(why)
        self.tick()

    def ended(self) -> None:
        """Take the rows away, for good."""
        self._over = True
        self._console.show(())

    def conclude(self, ending: Ending, kept: Kept, failures: str | None = None) -> None:
        """Say what came of it, and how to go on; for once, after `ended`.

        Args:
            ending: how it ended.
            kept: what the same command will not pay for again.
            failures: name of the file that lists what failed; None: there is none.
        """
        totals = self._count.totals()
        if self._console.live:
            self._console.table(table(totals))
        else:
            self._console.notice(line(totals))
        how = advice(totals, ending, kept, failures)
        if how:
            self._console.notice(how)

    def tick(self) -> None:
        """Redraw, unless that was done a moment ago."""
        if self._over or not self._console.live:
            return
        now = self._clock()
        if now >= self._next:
            self._next = now + REDRAW_SECONDS
            self._console.show(self._rows(now))

    async def keep_current(self) -> None:
        """Redraw as time goes by, until it is cancelled: waits are counted down so."""
        import asyncio

        while self._console.live and not self._over:
            await asyncio.sleep(_TICK_SECONDS)
            self.tick()

    def _rows(self, now: float) -> list[str]:
        totals = self._count.totals()
        left = None
        if totals.total is not None and not self._stopping:
            left = self._time_left.guess(totals.total - totals.settled, now)
        end = "finishing what is under way" if self._stopping else _left(left)
        rows = [_first_row(totals, end), _second_row(totals, self._paused_until - now)]
        return [row for row in rows if row]


class TimeLeft:
    """How long the rest will take, at the pace of the last half minute.

    Documents that were there already tell nothing of it. Nothing is told of it before as many are
    done as are under way together: the first to be done are the quick ones.
    """

    def __init__(self) -> None:
        """Know nothing."""
        self._under_way: set[int] = set()
        self._done = 0
        # Times, at least a second apart, each with the number that were done by then.
        self._marks: deque[tuple[float, int]] = deque()

    def started(self, number: int, now: float) -> None:
        """A document has been begun."""
        self._under_way.add(number)
        if not self._marks:
            self._marks.append((now, 0))

    def settled(self, one: Settled, now: float) -> None:
        """A document is finished with."""
        self._under_way.discard(one.number)
        if one.status == "kept":
            return
        if not self._marks:
            self._marks.append((now, 0))
        self._done += 1
        marks = self._marks
        if now - marks[-1][0] >= 1:
            marks.append((now, self._done))
        while len(marks) > 1 and now - marks[1][0] >= _LOOK_BACK:
            if self._done - marks[1][1] < max(_ENOUGH, len(self._under_way)):
                break
            marks.popleft()

    def guess(self, documents: int, now: float) -> float | None:
        """Seconds that so many more will take; None when there is no telling."""
        if not self._marks or documents <= 0:
            return None
        since, before = self._marks[0]
        done, seconds = self._done - before, now - since
        if done < max(_ENOUGH, len(self._under_way)) or seconds < _SOON:
            return None
        return documents * seconds / done


def _first_row(totals: Totals, end: str) -> str:
    share = ""
    if totals.total:
        # Never all of them before all of them are there.
        share = f" ({totals.settled * 100 // totals.total}%)"
    parts = [documents(totals) + share]
    if totals.failed:
        parts.append(f"{totals.failed:,} failed")
    if totals.incomplete:
        parts.append(f"{totals.incomplete:,} incomplete")
    return " · ".join([*parts, end] if end else parts)


def _second_row(totals: Totals, waiting: float) -> str:
    usage = totals.usage
    parts = []
    if waiting > 0:
        parts.append(f"waiting {math.ceil(waiting):,} s, as the endpoint asks")
    if usage.calls or usage.cached_calls:
        parts.append(many(usage.calls, "call"))
    if usage.cached_calls:
        parts.append(f"{usage.cached_calls:,} from the cache")
    if usage.prompt_tokens:
        tokens = f"{usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out"
        parts.append(tokens)
    if totals.cost:
        parts.append(f"{money(totals.cost)} so far")
    return " · ".join(parts)


def _left(seconds: float | None) -> str:
    """About how long it will take."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"about {max(1, round(seconds))} s left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} min left"
    return f"about {round(minutes / 60):,} h left"
