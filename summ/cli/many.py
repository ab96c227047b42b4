"""Many inputs: their reports made side by side, written, noted and told of.

What talks to models is imported when there is an article to talk about.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summ.batch.events import Settled, Status, Watcher
from summ.batch.failures import FailureLog, failure_of, written
from summ.batch.journal import Journal, Kept, digest
from summ.batch.scales import Scales
from summ.cli.console import Named
from summ.cli.folder_files import BlockedError
from summ.cli.inputs import called, read_input
from summ.cli.taking import Taking
from summ.errors import ConfigError, EndpointError, InputError, ReplyError, SummError
from summ.finished import hash_of, missing_in
from summ.model import Item, Report, Source, Usage

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.session import Session
    from summ.sources import Listing

Numbered = tuple[int, Item]


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and the hash of all that its output is made from."""

    report: Report
    key: str


@dataclass
class Many:
    """The inputs of one run on their way to reports.

    Attributes:
        inputs: what is read.
        settings: of the run.
        taking: takes the reports.
        ui: who is told, of which input.
        watch: is told how the run goes.
        journal: of the output folder; None: there is none, or what is in it is not to count.
        failures: takes what failed; None: nobody keeps it.
        only: names of the inputs that are meant, as `errors.ndjson` has them; None: all are.
        clock: seconds; never goes back.
        failed: the inputs that failed, each with its error, by number.
        settled: inputs that are finished with.
        begun: whether any input was.
    """

    inputs: Listing
    settings: Settings
    taking: Taking
    ui: Named
    watch: Watcher
    journal: Journal | None
    failures: FailureLog | None
    only: set[str] | None
    clock: Callable[[], float] = time.monotonic
    failed: dict[int, tuple[Item, SummError]] = field(default_factory=dict)
    settled: int = 0
    begun: bool = False
    _ready: dict[int, Source] = field(default_factory=dict)
    _began: dict[int, float] = field(default_factory=dict)
    _scales: Scales = field(default_factory=Scales)

    def read_first(self) -> bool:
        """Read the first input that can be read, before a model is fetched and loaded.

        Of records and of standard input, which come once, nothing is read yet.

        Returns:
            Whether there is one, as far as can be told. If not, all inputs have failed.
        """
        if self.inputs.total is None:
            return True
        errors: list[tuple[int, Item, InputError]] = []
        for number, item in enumerate(self.inputs):
            try:
                self._ready[number] = read_input(item, self.ui)
            except InputError as error:
                errors.append((number, item, error))
            else:
                return True
        for number, item, why in errors:
            self.done((number, item), why)
        return False

    def chosen(self) -> Iterator[Numbered]:
        """The inputs that are meant, in order; each has the names of its files by then."""
        for number, item in enumerate(self.inputs):
            self.taking.sink.names(item, number)
            if self.only is not None and written(called(item.name)) not in self.only:
                self.taking.sink.drop(number)
                continue
            yield number, item

    async def make(self, one: Numbered, session: Session) -> Made | Kept:
        """The report of an input, or word that it is finished already.

        Raises:
            SummError: there is none; why.
        """
        number, item = one
        self.begun = True
        self._began[number] = self.clock()
        self.watch.started(number, called(item.name))
        source = self._ready.pop(number, None) or read_input(item, self.ui)
        key = self._key(item, source, session)
        anew = self.settings.force or self.settings.refresh or self.taking.terms is not None
        if self.journal is not None and not anew:
            names = self.taking.sink.names(item, number)
            if kept := self.journal.find(key, names):
                return kept
        with self.ui.about(called(item.name)):
            async with self._scales.hold(len(source.text)):
                try:
                    report = await session.report(source, self.taking.parts)
                except EndpointError as error:
                    raise session.down or error from error
                except ConfigError as error:
                    # What is wrong with the set-up for all is found before the first article.
                    raise InputError(error.message, error.hint) from error
        if report.run.unanswered and session.down is not None:
            raise session.down
        return Made(report, key)

    def _key(self, item: Item, source: Source, session: Session) -> str:
        """The hash of all that the output of an input is made from."""
        report = session.key(source, self.taking.parts)
        return hash_of([report, source.uri, self.taking.sink.plan.slots, item.record])

    def done(self, one: Numbered, outcome: Made | Kept | SummError) -> None:
        """Write, note and tell what came of an input.

        Raises:
            OutputError: something could not be written.
        """
        number, item = one
        if isinstance(outcome, Kept):
            self.taking.sink.drop(number)
            self.taking.doubtful += outcome.doubtful
            self._tell(number, item, "kept")
        elif isinstance(outcome, SummError):
            self._fail(number, item, outcome)
        else:
            self._take(number, item, outcome)

    def _take(self, number: int, item: Item, made: Made) -> None:
        report, run = made.report, made.report.run
        try:
            files, doubtful = self.taking.take(item, number, report)
        except BlockedError as error:
            self._fail(number, item, error)
            return
        names = tuple(str(one.path) for one in files)
        if missing := missing_in(report):
            # It is there, for what it is worth; the next run tries to make it whole.
            kind = EndpointError if run.unanswered else ReplyError
            what = f"The report is incomplete: {missing[0]}"
            self._fail(number, item, kind(what, "Run the same command again."), report, names)
            return
        if self.journal is not None and files:
            hashes = {one.name: digest(one.data) for one in files}
            self.journal.note(item.name, made.key, hashes, doubtful=doubtful)
        stored = not run.calls and run.cached_calls
        self._tell(number, item, "stored" if stored else "done", report=report, outputs=names)

    def _fail(
        self,
        number: int,
        item: Item,
        error: SummError,
        report: Report | None = None,
        outputs: tuple[str, ...] = (),
    ) -> None:
        self.taking.sink.drop(number)
        self.failed[number] = (item, error)
        if self.journal is not None:
            self.journal.note_failure(item.name)
        if self.failures is not None:
            record = item.record.get("id") if item.record is not None else None
            self.failures.add(failure_of(number, called(item.name), error, record))
        status: Status = "failed" if report is None else "incomplete"
        self._tell(number, item, status, report=report, error=error, outputs=outputs)

    def _tell(
        self,
        number: int,
        item: Item,
        status: Status,
        *,
        report: Report | None = None,
        error: SummError | None = None,
        outputs: tuple[str, ...] = (),
    ) -> None:
        if self.failures is not None and error is None:
            self.failures.settled(called(item.name))
        now = self.clock()
        usage, cost = Usage(), None
        if report is not None:
            run = report.run
            usage = Usage(
                run.calls, run.prompt_tokens, run.completion_tokens, run.cached_tokens,
                run.cached_calls,
            )  # fmt: skip
            cost = run.cost_usd
        seconds = now - self._began.pop(number, now)
        name = called(item.name)
        self.settled += 1
        self.watch.settled(Settled(number, name, status, usage, cost, seconds, error, outputs))
