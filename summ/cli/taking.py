"""What is done with a finished report: written, looked through, told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summ.cli.console import Console
from summ.cli.output import Sink, Written
from summ.cli.terms import TermFile
from summ.model import Item, Report
from summ.render import TEXTS


@dataclass
class Taking:
    """Takes the reports of a run.

    Attributes:
        sink: writes them.
        console: who is told.
        parts: what each should hold.
        terms: takes how terms were translated; None: nobody asked for it.
        verbose: tell each finding of a translation that is shown alone.
        doubtful: reports so far in which a check failed.
        lost: translations so far of which there is nothing, though nothing else was wanted.
    """

    sink: Sink
    console: Console
    parts: frozenset[str]
    terms: TermFile | None = None
    verbose: bool = False
    doubtful: int = 0
    lost: int = 0

    def take(self, item: Item, number: int, report: Report) -> tuple[Sequence[Written], bool]:
        """Write a report, and see whether its checks held.

        Returns:
            The files that were written, and whether a check failed.

        Raises:
            OutputError: it could not be written.
        """
        files = self.sink.take(item, number, report)
        self.end_show()
        doubtful = has_failed_checks(report)
        self.doubtful += doubtful
        if self.parts == {"text"}:
            self.lost += sum(one.code == "untranslated" for one in report.findings)
        if self.terms is not None:
            self.terms.take(report)
        form = self.sink.plan.form
        if form in TEXTS:
            from summ.cli.remarks import remarks

            for one in remarks(report, lines=form == "text", each=self.verbose):
                self.console.notice(one)
        return files, doubtful

    def show(self, piece: str) -> None:
        """Show the next piece of the one translation, which is on its way."""
        if piece:
            self.console.hold()
            self.sink.watch(piece)

    def end_show(self) -> None:
        """Let others write to the terminal again."""
        self.sink.end_line()
        self.console.release()

    def close(self, *, builtin: bool, whole: bool = True) -> None:
        """See that all is in its place; to be called however the run ends.

        Args:
            builtin: the built-in translator was at work.
            whole: the run came to its end.

        Raises:
            OutputError: it could not be put there.
        """
        self.end_show()
        self.sink.close(whole=whole)
        if self.terms is not None and self.terms.write() and builtin:
            self.console.notice(self.terms.unlearned())


def has_failed_checks(report: Report) -> bool:
    """Whether any check of any part of the report failed."""
    from summ.consistency import declared

    return any(declared(report))
