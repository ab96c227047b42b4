"""The file that `--save-glossary` writes: how terms and names were translated."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summ.cli.files import identity, probe_files, write_file
from summ.cli.naming import is_input
from summ.errors import UsageError

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.model import Report, Term


class TermFile:
    """Takes the terms of finished reports, each source and language once, the first."""

    def __init__(self, path: Path, known: Iterable[Term] = ()) -> None:
        """Write to `path`, and `known` before all that is found."""
        self.path = path
        self._terms = {(one.source, one.language): one for one in known}
        self._taken = False

    def take(self, report: Report) -> None:
        """Keep the terms of a report's translations."""
        self._taken = True
        for translation in report.translations:
            for one in translation.glossary:
                # What the user said may hold for any language; what was found, for this one.
                language = one.language if one.binding else translation.language
                self._terms.setdefault((one.source, language), replace(one, language=language))

    def unlearned(self) -> str:
        """What to say to those who wait for names here, of a translator that learns none."""
        what = "your own terms alone" if self._terms else "no terms"
        return f"The built-in translator learns no names; {self.path} has {what}."

    def write(self) -> bool:
        """Write the terms, the user's own first, if there was any report; whether there was.

        Raises:
            OutputError: they could not be written; what was there is unchanged.
        """
        if not self._taken:
            return False
        from summ.glossary import glossary_text

        terms = sorted(self._terms.values(), key=lambda one: not one.binding)
        write_file(self.path, glossary_text(terms))
        return True


def term_file(
    settings: Settings, specs: Iterable[str], outputs: Collection[Path]
) -> TermFile | None:
    """The file that terms are saved in, known to be writable; None: none is wanted.

    A file that is also the glossary keeps what is in it.

    Raises:
        UsageError: something else has its place there.
        OutputError: it can't be written.
        SummError: it is the glossary, and can't be read.
    """
    path = settings.save_glossary
    if path is None:
        return None
    if is_input(path, specs) or identity(path) in {identity(one) for one in outputs}:
        raise UsageError(
            "--save-glossary would write over an article or a result.", "Name another file."
        )
    probe_files([path])
    if settings.glossary is None or identity(path) != identity(settings.glossary):
        return TermFile(path)
    from summ.glossary import read_glossary

    return TermFile(path, read_glossary(path))
