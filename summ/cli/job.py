"""The work behind a report: articles in, reports out.

What talks to models is imported when there is an article to talk about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summ.cli import guard
from summ.cli.console import Console, Named
from summ.cli.inputs import called, read_input
from summ.cli.output import Sink
from summ.cli.terms import TermFile
from summ.config import Settings
from summ.errors import InputError, SummError
from summ.model import Item, Report, Source
from summ.render import TEXTS

if TYPE_CHECKING:
    from summ.session import Session


@dataclass
class Job:
    """The inputs of one run on their way to reports.

    Attributes:
        items: the inputs.
        parts: what each report should hold.
        console: who is told.
        sink: takes the reports.
        ready: inputs that have been read already, by number.
        terms: takes how terms were translated; None: nobody asked for it.
        verbose: tell each finding of a translation that is shown alone.
        doubtful: reports so far in which a check failed.
        lost: translations so far of which there is nothing, though nothing else was wanted.
    """

    items: Sequence[Item]
    parts: frozenset[str]
    console: Console
    sink: Sink
    ready: dict[int, Source] = field(default_factory=dict)
    terms: TermFile | None = None
    verbose: bool = False
    doubtful: int = 0
    lost: int = 0
    _ui: Named = field(init=False)

    def __post_init__(self) -> None:
        """Let people know which of several inputs is spoken of."""
        self._ui = Named(self.console)

    def run(self, settings: Settings) -> list[tuple[str, SummError]]:
        """Make the reports; the inputs that failed, each with its error.

        Raises:
            SummError: nothing can be read, the model can't be used, or the one input failed.
        """
        # Before a model is fetched and loaded there should be something to read.
        self.read_first()
        import asyncio

        from summ.session import Session

        try:
            with Session(settings, self._ui) as session:
                return asyncio.run(self.work(session))
        finally:
            self._end_show()
            self.sink.close()
            if self.terms is not None and self.terms.write() and settings.builtin:
                self.console.notice(self.terms.unlearned())

    def read_first(self) -> None:
        """Read the first input that can be read.

        Raises:
            InputError: there is none; the others' errors have been told.
        """
        errors: list[InputError] = []
        for number, item in enumerate(self.items):
            try:
                self.ready[number] = read_input(item, self.console)
            except InputError as error:
                errors.append(error)
            else:
                return
        for one in errors[:-1]:
            guard.complain(one)
        raise errors[-1]

    def take(self, number: int, report: Report) -> None:
        """Write a report, and see whether its checks held."""
        self.sink.take(self.items[number], number, report)
        self._end_show()
        self.doubtful += has_failed_checks(report)
        if self.parts == {"text"}:
            self.lost += sum(one.code == "untranslated" for one in report.findings)
        if self.terms is not None:
            self.terms.take(report)
        form = self.sink.plan.form
        if form in TEXTS:
            from summ.cli.remarks import remarks

            for one in remarks(report, lines=form == "text", each=self.verbose):
                self.console.notice(one)

    def show(self, piece: str) -> None:
        """Show the next piece of the one translation, which is on its way."""
        if piece:
            self.console.hold()
            self.sink.watch(piece)

    def _end_show(self) -> None:
        """Let others write to the terminal again."""
        self.sink.end_line()
        self.console.release()

    async def work(self, session: Session) -> list[tuple[str, SummError]]:
        """Make one report or many; the inputs that failed, each with its error."""

        async def make(number: str) -> Report:
            item = self.items[int(number)]
            source = self.ready.pop(int(number), None) or read_input(item, self.console)
            show = self.show if self.sink.plan.live else None
            with self._ui.about(called(item.name) if len(self.items) > 1 else ""):
                return await session.report(source, self.parts, show)

        from summ.batch.pool import run_batch

        try:
            if len(self.items) == 1:
                self.take(0, await make("0"))
                return []
            for number, item in enumerate(self.items):
                self.sink.names(item, number)
            numbers = [str(number) for number in range(len(self.items))]
            failed = await run_batch(
                numbers,
                make,
                lambda number, report: self.take(int(number), report),
                session.at_once,
            )
            return [(self.items[int(number)].name, error) for number, error in failed]
        finally:
            await session.aclose()


def has_failed_checks(report: Report) -> bool:
    """Whether any check of any part of the report failed."""
    from summ.consistency import declared

    return any(declared(report))
