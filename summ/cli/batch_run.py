"""A run over many inputs from its beginning to its end: what is opened, heard and told for it."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summ.batch.failures import FailureLog, read_failures, written
from summ.batch.journal import LOCK, Journal, Kept
from summ.batch.pool import Bounds, Pool, as_they_come, at_hand
from summ.batch.watchers import RunCount, Watchers
from summ.cli.console import Console, Named
from summ.cli.inputs import called
from summ.cli.many import Made, Many, Numbered
from summ.cli.naming import is_input
from summ.cli.run_display import RunDisplay
from summ.cli.run_summary import Kept as KeptFor
from summ.cli.run_summary import ending_of
from summ.cli.stopping import GRACE, Stopping
from summ.cli.taking import Taking
from summ.compute import Processes, here, worth
from summ.errors import SummError, UsageError
from summ.sources.folders import ERRORS, JOURNAL

if TYPE_CHECKING:
    from summ.batch.event_log import EventLog
    from summ.config import Settings
    from summ.session import Session
    from summ.sources import Listing

STOPPING = "Stopping: nothing new is begun. (Once more ends it at once.)"

FEW = 3
"""Inputs below which totals are not worth a line, unless a signal ended the run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run over many inputs ended.

    Attributes:
        total: the inputs that it came to.
        failed: those that failed, by number: their names, and why.
        listed: the file that lists them; None: there is none.
    """

    total: int
    failed: Mapping[int, tuple[str, SummError]]
    listed: Path | None


def run_many(inputs: Listing, settings: Settings, taking: Taking, console: Console) -> Outcome:
    """Make the reports of many inputs.

    Raises:
        SummError: of a kind that ends a run; what is finished is written.
        typer.Exit: a signal came; with the exit code for it.
    """
    return _Run(inputs, settings, taking, console).run()


class _Run:
    """What there is once for a run."""

    def __init__(
        self, inputs: Listing, settings: Settings, taking: Taking, console: Console
    ) -> None:
        self._inputs = inputs
        self._settings = settings
        self._taking = taking
        self._console = console
        self._count = RunCount(time.monotonic)
        self._display = RunDisplay(console, self._count, time.monotonic)
        self._watch = Watchers(self._count, self._display)
        self._failures_at = self._failures_path()
        self._code: int | None = None
        self._processes: Processes | None = None

    def run(self) -> Outcome:
        settings, folder = self._settings, self._taking.sink.plan.folder
        self._check_files()
        # They are to have nothing that is opened from here on: neither locks nor sockets.
        if not settings.builtin and (count := worth(settings.jobs, self._inputs.total)):
            from summ.pipeline import warm_up

            # What is loaded by now stays: there is no use in looking for garbage in it.
            gc.collect()
            gc.freeze()
            self._processes = Processes(count, warm_up)
        ended_by: BaseException | None = None
        with Journal(folder) if folder is not None else nullcontext() as journal:
            only = self._only(journal)
            failures = (
                FailureLog(path, follow=settings.errors is not None)
                if (path := self._failures_at)
                else None
            )
            if settings.events is not None:
                self._watch = Watchers(self._count, self._display, self._event_log())
            many = Many(
                self._inputs, settings, self._taking, Named(self._console), self._watch,
                journal, failures, only,
            )  # fmt: skip
            try:
                if many.read_first():
                    self._with_session(many)
            except BaseException as error:
                ended_by = error
                raise
            finally:
                if self._processes is not None:
                    self._processes.close()
                self._end(many, ended_by)
                if failures is not None:
                    stopped = ended_by is not None or self._code is not None
                    failures.close(whole=not stopped and only is None)
        if self._code is not None:
            raise typer.Exit(self._code)
        failed = {
            number: (called(item.name), error)
            for number, (item, error) in sorted(many.failed.items())
        }
        return Outcome(many.settled, failed, self._failures_at)

    def _with_session(self, many: Many) -> None:
        from summ.connecting import Told
        from summ.session import Session

        told = Told(self._watch.spent, self._watch.paused)
        compute = self._processes or here
        with Session(self._settings, many.ui, told, compute) as session:
            self._count.price = session.price
            asyncio.run(self._work(many, session))

    async def _work(self, many: Many, session: Session) -> None:
        """Go through the inputs, until they are used up or something ends it."""

        async def make(_: int, one: Numbered) -> Made | Kept:
            return await many.make(one, session)

        def done(_: int, one: Numbered, outcome: Made | Kept | SummError) -> None:
            many.done(one, outcome)

        # Into a folder reports may come as they like; what terms are told first must not depend
        # on who is faster.
        folder = self._taking.sink.plan.folder is not None
        ordered = not (folder or self._settings.unordered) or self._taking.terms is not None
        bounds = Bounds(session.open_documents, ordered, self._settings.fail_fast)
        pool: Pool[Numbered, Made | Kept] = Pool(make, done, bounds, session.tools.slots.freeze)

        def stop() -> None:
            self._watch.stopping(STOPPING)
            pool.stop(GRACE)

        signals = Stopping(stop, self._console.close)
        chosen, total = many.chosen(), self._inputs.total
        self._watch.expect(total if many.only is None else None)
        ticking = asyncio.create_task(self._display.keep_current())
        try:
            with signals.listening():
                await pool.run(at_hand(chosen) if total is not None else as_they_come(chosen))
        finally:
            ticking.cancel()
            self._code = signals.code
            if self._processes is not None:
                self._processes.close()
            await session.aclose()

    def _end(self, many: Many, ended_by: BaseException | None) -> None:
        """See that all is in its place, and say what came of the run."""
        ending = "interrupted" if self._code is not None else ending_of(ended_by)
        if ending == "endpoint" and self._settings.fail_fast and many.failed:
            ending = "stopped"
        try:
            self._taking.close(builtin=self._settings.builtin, whole=ending == "finished")
        finally:
            self._watch.ended()
            total = self._inputs.total
            several = (many.settled if total is None else total) >= FEW
            # Where nothing was begun, there is an error, which says all.
            if many.begun and (several or ending == "interrupted"):
                listed = str(self._failures_at) if self._failures_at and many.failed else None
                self._display.conclude(ending, self._kept(), listed)

    def _kept(self) -> KeptFor:
        """What the same command will not pay for again."""
        if self._taking.sink.plan.folder is not None:
            return "folder"
        return "cache" if self._settings.cache else "nothing"

    def _only(self, journal: Journal | None) -> set[str] | None:
        """The names of the inputs that are meant; None: all are.

        Raises:
            UsageError: nobody knows what failed.
        """
        if not self._settings.retry_failed:
            return None
        path = self._failures_at
        if path is None:
            raise UsageError(
                "--retry-failed needs to know what failed.",
                "Name the folder of that run with -o DIR/, or its list with --errors FILE.",
            )
        failed = journal.failed if journal is not None else ()
        names = {written(called(name)) for name in failed}
        if path.is_file():
            names |= {one.input for one in read_failures(path.read_bytes())}
        if not names:
            self._console.notice("Nothing failed last time.")
        return names

    def _failures_path(self) -> Path | None:
        """The file that lists what failed; None: there is none."""
        folder = self._taking.sink.plan.folder
        return self._settings.errors or (folder / ERRORS if folder is not None else None)

    def _check_files(self) -> None:
        """Raise UsageError where a file for machines would be written over an article."""
        settings, plan = self._settings, self._taking.sink.plan
        kept = [str(one) for one in (settings.glossary, plan.file) if one is not None]
        for flag, path in (("--events", settings.events), ("--errors", settings.errors)):
            if path is not None and is_input(path, [*self._inputs.files(), *kept]):
                what = f"{flag} would write over an article, a glossary or a result."
                raise UsageError(what, "Name another file.")
        ours = [plan.folder / name for name in (JOURNAL, LOCK)] if plan.folder else []
        for flag, path, others in (
            ("--events", settings.events, [*ours, self._failures_at]),
            ("--errors", settings.errors, ours),
        ):
            if path is not None and is_input(path, [str(one) for one in others if one]):
                raise UsageError(f"{flag} is a file that the run keeps itself.", "Name another.")

    def _event_log(self) -> EventLog:
        from summ.batch.event_log import EventLog

        assert self._settings.events is not None
        return EventLog(
            self._settings.events, self._count, lambda: datetime.now(UTC), self._console.notice
        )
