"""`--events FILE`: what happens in a run, for machines, one line of JSON each.

Every line is an object with `event` and `time` (ISO 8601, UTC), and by `event` with:

- `start`: `documents`: number of inputs, null while it is not known.
- `document`: one is finished with. `number` (from 0), `input`, `status` (`done`, `stored`, `kept`,
  `incomplete` or `failed`), `calls`, `cached_calls`, `prompt_tokens`, `completion_tokens`,
  `cached_tokens`, `cost_usd` (null when no price is known), `seconds`, `outputs`; and `error`,
  `message`, `hint` and `exit_code` as in `errors.ndjson`, null when nothing went wrong.
- `pause`: nothing is sent for so many `seconds`, as the endpoint asked.
- `stopping`: nothing new is begun; `why`.
- `end`: the last of a run. `documents`, the number of them that ended in each `status`, and what
  the run took, in the words of `document`.

Fields may be added; none is taken away or changes what it means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from summ.batch.events import Settled
from summ.batch.failures import Failure, failure_of, written
from summ.batch.lines import LineFile, LineStream, open_lines
from summ.batch.watchers import RunCount
from summ.errors import OutputError, UsageError
from summ.model import Usage
from summ.render.safe import dump_json

_NO_ERROR = dict.fromkeys(("error", "message", "hint", "exit_code"))


class EventLog:
    """A `Watcher` that writes each event down as it comes, and never holds up the run.

    When its file takes no more, or who reads it is gone or asleep, that is told once and no more
    events are written.
    """

    def __init__(
        self,
        path: Path,
        count: RunCount,
        now: Callable[[], datetime],
        told: Callable[[str], None],
    ) -> None:
        """Open `path` to add to it.

        Args:
            path: a file, a named pipe, or `/dev/fd/N`; a new file is its owner's alone.
            count: is told of everything before this is.
            now: the time, with its time zone.
            told: takes a sentence for the user.

        Raises:
            UsageError: it is standard output.
            OutputError: it can't be written to.
        """
        if str(path) == "-":
            raise UsageError(
                "Events don't go to standard output, which is for results.",
                "Name a file, or use --events /dev/fd/3 and 3>FILE.",
            )
        self._path = path
        self._count = count
        self._now = now
        self._told = told
        self._started = False
        try:
            self._file: LineFile | LineStream | None = open_lines(
                path, lambda: told(f"Nobody reads {self._path} yet: waiting for a reader.")
            )
        except OSError as error:
            raise OutputError(f"Can't write {self._path}: {error.strerror or error}.") from error

    def expect(self, total: int | None) -> None:
        """Write `start`, the first time."""
        if not self._started:
            self._started = True
            self._write("start", {"documents": total})

    def started(self, number: int, name: str) -> None:
        """Write nothing."""

    def spent(self, usage: Usage) -> None:
        """Write nothing: what was spent is told with its document and at the end."""

    def paused(self, seconds: float) -> None:
        """Write `pause`."""
        self._write("pause", {"seconds": _finite(seconds)})

    def settled(self, one: Settled) -> None:
        """Write `document`."""
        failure = None if one.error is None else failure_of(one.number, one.name, one.error)
        self._write(
            "document",
            {
                "number": one.number,
                "input": written(one.name),
                "status": one.status,
                **_took(one.usage, one.cost, one.seconds),
                "outputs": [written(name) for name in one.outputs],
                **_error(failure),
            },
        )

    def stopping(self, why: str) -> None:
        """Write `stopping`."""
        self._write("stopping", {"why": why})

    def ended(self) -> None:
        """Write `end`, and close the file."""
        totals = self._count.totals()
        statuses = ("done", "stored", "kept", "incomplete", "failed")
        self._write(
            "end",
            {
                "documents": totals.total,
                **{status: getattr(totals, status) for status in statuses},
                **_took(totals.usage, totals.cost, totals.seconds),
            },
        )
        file, self._file = self._file, None
        if file is not None:
            try:
                file.finish()
            except OSError as error:
                self._complain(error)

    def _write(self, event: str, fields: Mapping[str, Any]) -> None:
        if self._file is None:
            return
        line = dump_json({"event": event, "time": _iso(self._now()), **fields}) + "\n"
        try:
            self._file.add(line.encode())
        except OSError as error:
            # The run is worth more than its log.
            self._file.drop()
            self._file = None
            self._complain(error)

    def _complain(self, error: OSError) -> None:
        self._told(f"Not all events are in {self._path}: {error.strerror or error}.")


def _took(usage: Usage, cost: float | None, seconds: float) -> dict[str, Any]:
    return {
        "calls": usage.calls,
        "cached_calls": usage.cached_calls,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost_usd": None if cost is None else _finite(cost),
        "seconds": _finite(seconds),
    }


def _error(failure: Failure | None) -> Mapping[str, Any]:
    """What went wrong, in the words of `errors.ndjson`."""
    if failure is None:
        return _NO_ERROR
    return {name: getattr(failure, name) for name in _NO_ERROR}


def _finite(number: float) -> float | None:
    """A number as JSON can hold it, to a thousandth of a thousandth."""
    return round(number, 6) if math.isfinite(number) else None


def _iso(time: datetime) -> str:
    """`2026-11-24T15:29:57.123Z`."""
    from datetime import UTC

    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
