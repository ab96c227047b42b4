"""Glossaries as files: the terms that a user wants kept to, and those that a run has found.

A row is a term: what it is in the source, what in the target, a note for the translator, and
the language that it is for. Cells are parted by commas, tabs or semicolons, whichever the
first row has. Blank lines, lines that begin with `#` and a row of headings do not count.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from summ.errors import ConfigError, InputError, UsageError
from summ.model import Term
from summ.text.language_names import parse_language
from summ.text.shown import shown

MAX_BYTES = 2**20
_COLUMNS = ("source", "target", "note", "language")
_LONGEST = 200
"""Characters of a term; of its note five times as many."""
_FORMULA = ("=", "+", "-", "@", "#", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula, and what we take for a comment."""
_ADVICE = "Each row is: source,target (then, if you like, a note and a language)."


def read_glossary(path: Path) -> tuple[Term, ...]:
    """The terms of a file, all binding, in its order.

    Args:
        path: CSV or the like, in UTF-8.

    Raises:
        InputError: it can't be read, or is no text.
        ConfigError: a row can't be used; the message has its line number.
    """
    text = _text(path)
    terms: list[Term] = []
    lines: dict[tuple[str, str | None], int] = {}
    for line, cells in _rows(text, path):
        term = _term(cells, f"Line {line} of {path}")
        known = lines.setdefault((term.source, term.language), len(terms))
        if known == len(terms):
            terms.append(term)
        elif terms[known].target != term.target:
            raise ConfigError(
                f"Line {line} of {path} has another translation of “{term.source}” than a row "
                "before it.",
                "Leave one of them, or name the language of each in the fourth column.",
            )
    return tuple(terms)


def glossary_text(terms: Sequence[Term]) -> str:
    """Terms as CSV with a row of headings, which `read_glossary` reads back.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for term in terms:
        cells = (term.source, term.target, term.note, term.language or "")
        writer.writerow([_guarded(cell) for cell in cells])
    return lines.getvalue()


def _text(path: Path) -> str:
    """The whole file, decoded."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder.", "Name a glossary: a CSV or TSV file.") from error
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the path.
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise InputError(f"Can't read {path}: {reason}.") from error
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{path} is larger than {MAX_BYTES // 2**20} MiB, the most that a glossary may have.",
            "Keep the terms of this article only.",
        )
    if b"\0" in data:
        raise InputError(f"{path} is not text.", "Save the glossary as CSV in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path} is not in UTF-8 (line {line}).", "Save the glossary as CSV in UTF-8."
        ) from error


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows that count, with the numbers of their lines; a cell is within its line."""
    lines = [
        (number, line)
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    delimiter = _delimiter([line for _, line in lines], path.suffix.lower())
    for place, (number, line) in enumerate(lines):
        try:
            cells = [_unguarded(shown(cell)) for cell in _cells(line, delimiter)]
        except csv.Error as error:
            raise ConfigError(
                f"Line {number} of {path} can't be read: its quotation marks do not match.",
                'A cell with quotation marks is written "so ""here"" and closed".',
            ) from error
        heading = tuple(cell.lower() for cell in cells[:2]) == _COLUMNS[:2]
        if any(cells) and not (place == 0 and heading):
            yield number, cells


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, strict=True, skipinitialspace=True))


def _delimiter(lines: Sequence[str], suffix: str) -> str:
    """What parts the cells: what all of the first rows have, the first of them if several."""
    if suffix in {".tsv", ".tab"} or not lines:
        return "\t"
    first = lines[0]
    found = [mark for mark in sorted(",;\t", key=first.find) if mark in first]
    return next((mark for mark in found if _parts_all(lines[:50], mark)), (found or [","])[0])


def _parts_all(lines: Iterable[str], mark: str) -> bool:
    try:
        return all(len(_cells(line, mark)) > 1 for line in lines)
    except csv.Error:
        return False


def _term(cells: Sequence[str], where: str) -> Term:
    """The term of a row, whose place in the file is `where`."""
    source, target, note, language = (*cells[:4], *[""] * (4 - len(cells)))[:4]
    if len(cells) < 2:
        raise ConfigError(f"{where} has one column only.", _ADVICE)
    if not source or not target:
        raise ConfigError(f"{where} has no {'target' if source else 'source'}.", _ADVICE)
    if any(cells[4:]):
        raise ConfigError(
            f"{where} has more than four columns.", "Put quotation marks around cells with commas."
        )
    if max(len(source), len(target), len(note) // 5) > _LONGEST:
        raise ConfigError(
            f"{where} is too long for a term.",
            f"A term may have {_LONGEST} characters, a note {5 * _LONGEST}.",
        )
    return Term(source, target, note, _language(language, where) if language else None)


def _language(name: str, where: str) -> str:
    try:
        return parse_language(name)
    except UsageError as error:
        raise ConfigError(f"{where}: {error.message}", error.hint) from error


def _guarded(cell: str) -> str:
    line = " ".join(cell.split())
    return f"'{line}" if line.lstrip("'").startswith(_FORMULA) else line


def _unguarded(cell: str) -> str:
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if guarded else cell
