"""Writing results: to standard output, one file, or a folder with files for each input.

A report is one text in each format, or, where translations alone are wanted, one for each
language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summ.cli import streams
from summ.cli.files import check_free, make_folder, probe_beside, probe_files, write_file
from summ.cli.folder_files import LineFile, write_below
from summ.cli.naming import Namer, own_suffix
from summ.render import FORMATS, SUFFIXES, TEXTS

if TYPE_CHECKING:
    from summ.model import Item, Report

Slot = tuple[str, str | None]
"""A text that there is of each input: its format, and the language of its translation; None: it is
a report, with them all."""

_RULE = "---\n\n"
LINES = "ndjson"
"""The format of which one file has room for many."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each text goes; made, and checked, before any model is asked.

    Attributes:
        slots: the texts of each input, the same for all.
        file: the one file that all texts go to; None: there is none.
        folder: the folder that they go to, a file for each; None: there is none, and without
            `file` they go to standard output.
        lines: the file gets a line for each of several inputs.
        live: one translation alone goes to a terminal, where it can be watched.
        inputs: gives the files that are read, as far as they are known.
        kept: other files that nothing in the folder is written over.
        foreseen: files that there will be, of the first inputs; all, if there are few.
    """

    slots: tuple[Slot, ...]
    file: Path | None = None
    folder: Path | None = None
    lines: bool = False
    live: bool = False
    inputs: Callable[[], Iterable[str]] = tuple
    kept: tuple[str, ...] = ()
    foreseen: tuple[Path, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Names of the formats: of `FORMATS` for reports, of `TEXTS` for translations."""
        return tuple(dict.fromkeys(form for form, _ in self.slots))

    @property
    def form(self) -> str:
        """Name of the first format."""
        return self.slots[0][0]

    def probe(self) -> None:
        """Find out whether the texts could be written.

        Raises:
            OutputError: they could not.
            ReaderGoneError: nobody reads standard output any more.
        """
        if self.file is not None:
            probe_files([self.file])
        elif self.folder is None:
            streams.probe()
        else:
            make_folder(self.folder)
            check_free(self.foreseen)
            probe_beside(self.folder / ".summ-probe")

    def namer(self) -> Namer:
        """What names the files in the folder; only if there is one."""
        return Namer(self.folder or Path(), self.inputs, self.kept)

    def names(self, namer: Namer, item: Item) -> list[str]:
        """The names of the files of the next input, one for each slot."""
        own = own_suffix(item.place)
        return namer.names(item.place, [_suffix(form, own, to) for form, to in self.slots])

    def texts(self, report: Report, item: Item) -> Iterator[tuple[int, str]]:
        """What is to be written of a report, each with the number of its slot."""
        by_language = {one.language: one for one in report.translations}
        for number, (form, language) in enumerate(self.slots):
            if form in FORMATS:
                yield number, FORMATS[form](report, item.record)
            elif language in by_language:
                alone = replace(report, translations=(by_language[language],))
                yield number, TEXTS[form](alone)


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a result.

    Attributes:
        path: where it is.
        name: its path below the folder, with `/`; its name where there is no folder.
        data: what is in it.
    """

    path: Path
    name: str
    data: bytes


class Sink:
    """Takes finished reports.

    Into a folder they may come in any order; elsewhere in the order that they shall stand in.
    """

    def __init__(self, plan: Plan) -> None:
        """Write reports as `plan` says."""
        self.plan = plan
        self._namer = plan.namer() if plan.folder is not None else None
        self._names: dict[int, list[str]] = {}
        self._lines = LineFile(plan.file) if plan.file is not None and plan.lines else None
        self._last = ""
        self._watched = False

    def names(self, item: Item, number: int) -> Sequence[str]:
        """The files in the folder that there will be of an input; empty where there is none.

        To be asked once of each input, in their order, since names depend on those before;
        `take` or `drop` ends that.

        Args:
            item: the input.
            number: of the input.

        Returns:
            Paths below the folder, with `/`. A translation that fails has no file in the end.
        """
        if self._namer is None:
            return ()
        if number not in self._names:
            if item.record is not None and item.path is not None:
                self._namer.keep(item.path)
            self._names[number] = self.plan.names(self._namer, item)
        return self._names[number]

    def drop(self, number: int) -> None:
        """There will be no report of an input; it keeps its names."""
        self._names.pop(number, None)

    def take(self, item: Item, number: int, report: Report) -> list[Written]:
        """Write the report of an input; the files that were written.

        Raises:
            BlockedError: of this input's files one can't be where it should be.
            OutputError: it could not be written.
            ReaderGoneError: nobody reads standard output any more.
        """
        if self._watched:
            return []
        names = self.names(item, number)
        self.drop(number)
        return [
            one
            for slot, text in self.plan.texts(report, item)
            if (one := self._put(text, names[slot] if names else ""))
        ]

    def _put(self, text: str, name: str) -> Written | None:
        folder, file = self.plan.folder, self.plan.file
        if folder is not None:
            return Written(folder / name, name, write_below(folder, name, text))
        if self._lines is not None and file is not None:
            return Written(file, file.name, self._lines.add(text))
        if file is not None:
            return Written(file, file.name, write_file(file, text))
        self._print(text)
        return None

    def close(self, *, whole: bool = True) -> None:
        """See that all that was taken is in its place; to be called however the run ends.

        Args:
            whole: it came to its end; else a file of lines that is there stays as it is.

        Raises:
            OutputError: it could not be put there.
        """
        if self._lines is not None:
            self._lines.close(whole=whole)

    def watch(self, piece: str) -> None:
        """Show the next piece of a translation that is not finished; raises as `take` does.

        What is shown so is not written again.
        """
        self._watched = True
        self._write(piece)

    def end_line(self) -> None:
        """See that what a terminal shows next starts a line; raises as `take` does."""
        if self._last and not self._last.endswith("\n") and streams.on_terminal():
            self._write("\n")

    def _print(self, text: str) -> None:
        """Write to standard output, apart from what is there."""
        if self._last and self.plan.form not in {"json", LINES}:
            text = ("\n" if self._last.endswith("\n") else "\n\n") + _RULE + text
        self._write(text)

    def _write(self, text: str) -> None:
        # Translations are exact, which is not for a terminal.
        if self.plan.form in TEXTS and streams.on_terminal():
            from summ.render.safe import clean

            text = clean(text)
        streams.write(text)
        self._last = text or self._last


def _suffix(form: str, own: str, language: str | None) -> str:
    """How the name of a text in a folder ends, `own` being the suffix of its article."""
    if form == "text":
        return f".{language}{own}"
    return SUFFIXES[form] if form in SUFFIXES else f".{language}.bilingual{SUFFIXES['md']}"
