"""Where results go: standard output, one file, or a folder with a file for each of them.

A report is one text, or, where translations alone are wanted, one for each language.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summ.cli import streams
from summ.cli.files import make_folder, probe_files, write_file
from summ.cli.naming import file_names, is_input, own_suffix
from summ.errors import UsageError
from summ.render import FORMATS, SUFFIXES, TEXTS

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.model import Report

Slot = tuple[int, str | None]
"""Place of an input, and the language of its translation; None: a report, with them all."""

_RULE = "---\n\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each text goes; made, and checked, before any model is asked.

    Attributes:
        form: name of the format: of `FORMATS` for reports, of `TEXTS` for translations.
        paths: a file for each text; None: all go to standard output.
        folder: the folder that has to be there first; None: none has.
        live: one translation alone goes to a terminal, where it can be watched.
    """

    form: str
    paths: Mapping[Slot, Path] | None
    folder: Path | None = None
    live: bool = False

    def probe(self) -> None:
        """Find out whether the texts could be written.

        Raises:
            OutputError: they could not.
            ReaderGoneError: nobody reads standard output any more.
        """
        if self.paths is None:
            streams.probe()
            return
        if self.folder is not None:
            make_folder(self.folder)
        probe_files([*self.paths.values()])

    def texts(self, report: Report) -> Iterator[tuple[str | None, str]]:
        """What is to be written of a report, each with its language where it has one."""
        if self.form in FORMATS:
            yield None, FORMATS[self.form](report)
            return
        for one in report.translations:
            yield one.language, TEXTS[self.form](replace(report, translations=(one,)))


class Sink:
    """Takes finished reports, in the order of the inputs, some of which may fail."""

    def __init__(self, plan: Plan, specs: Sequence[str]) -> None:
        """Write reports of `specs` as `plan` says."""
        self.plan = plan
        self._specs = specs
        self._next = 0
        self._last = ""
        self._watched = False

    def take(self, spec: str, report: Report) -> None:
        """Write the report of the next input that is named `spec`.

        Raises:
            OutputError: it could not be written.
            ReaderGoneError: nobody reads standard output any more.
        """
        index = self._specs.index(spec, self._next)
        self._next = index + 1
        if self._watched:
            return
        paths = self.plan.paths
        for language, text in self.plan.texts(report):
            if paths is None:
                self._print(text)
            else:
                write_file(paths[index, language], text, follow=self.plan.folder is None)

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
        if self._last and self.plan.form not in {"json", "ndjson"}:
            text = ("\n" if self._last.endswith("\n") else "\n\n") + _RULE + text
        self._write(text)

    def _write(self, text: str) -> None:
        # Translations are exact, which is not for a terminal.
        if self.plan.form in TEXTS and streams.on_terminal():
            from summ.render.safe import clean

            text = clean(text)
        streams.write(text)
        self._last = text or self._last


def plan(settings: Settings, specs: Sequence[str], *, texts: bool = False) -> Plan:
    """Decide where the results of `specs` go.

    Args:
        settings: of the run.
        specs: the inputs, as they were given.
        texts: translations alone are wanted, unless the format is JSON.

    Raises:
        UsageError: the flags contradict each other.
    """
    output = settings.output
    if output is None:
        form = _form(settings, None, texts)
        if len(specs) > 1 and form == "json":
            raise UsageError(
                "Several inputs make several JSON documents.",
                "Use -f ndjson for one a line, or -o DIR/ for one file each.",
            )
        slots = _slots(settings, specs, form)
        live = form == "text" and len(slots) == 1 and streams.on_terminal()
        return Plan(form, None, live=live)
    own = [own_suffix(spec, markdown=settings.markdown) for spec in specs]
    path = Path(output).expanduser()
    suffix = path.suffix.lower()
    of_format = {suffix: form for form, suffix in SUFFIXES.items()}.get(suffix)
    as_folder = output.endswith(("/", os.sep)) or path.is_dir()
    form = _form(settings, None if as_folder or len(specs) > 1 else of_format, texts)
    slots = _slots(settings, specs, form)
    if not as_folder and len(slots) > 1:
        is_file = of_format or (texts and suffix in {one.lower() for one in own})
        if path.exists() or is_file:
            raise _too_many(len(specs))
        as_folder = True
    if as_folder:
        wanted = [(specs[index], _suffix(form, own[index], to)) for index, to in slots]
        paths = [path / name for name in file_names(wanted, path, _glossary(settings))]
        return Plan(form, dict(zip(slots, paths, strict=True)), path)
    if is_input(path, specs):
        raise UsageError("The result would be written over the article itself.")
    if is_input(path, _glossary(settings)):
        raise UsageError("The result would be written over the glossary.", "Name another file.")
    return Plan(form, {slots[0]: path})


def _glossary(settings: Settings) -> list[str]:
    """The glossary's file, if there is one: it is read, and is not to be written over."""
    return [str(settings.glossary)] if settings.glossary is not None else []


def _form(settings: Settings, of_suffix: str | None, texts: bool) -> str:
    """Name of the format, of `TEXTS` where translations alone are wanted.

    Raises:
        UsageError: a report as JSON can't have two columns.
    """
    form = (settings.formats[0] if settings.formats else None) or of_suffix or "md"
    if not texts:
        return form
    if form == "md":
        return settings.bilingual or "text"
    if settings.bilingual:
        raise UsageError(
            f"--bilingual is for people to read, not for {form}, which has both texts.",
            "Leave one of them out, or use -f md.",
        )
    return form


def _slots(settings: Settings, specs: Sequence[str], form: str) -> list[Slot]:
    """The texts that there may be."""
    languages = settings.to if form in TEXTS else (None,)
    return [(index, language) for index in range(len(specs)) for language in languages]


def _suffix(form: str, own: str, language: str | None) -> str:
    """How the name of a text in a folder ends, `own` being the suffix of its article."""
    if form == "text":
        return f".{language}{own}"
    return SUFFIXES[form] if form in SUFFIXES else f".{language}.bilingual{SUFFIXES['md']}"


def _too_many(inputs: int) -> UsageError:
    """What to say about several texts for one file."""
    if inputs > 1:
        return UsageError(
            "Several inputs don't go into one file.",
            "Use -o DIR/ for one file each, or -f ndjson and `> FILE`.",
        )
    return UsageError(
        "Translations into several languages don't go into one file.",
        "Use -o DIR/ for one file each, or -f json.",
    )
