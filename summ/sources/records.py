"""NDJSON: an article a line, with its name, and with fields that are passed through.

    {"id": "a-17", "text": "The ferry is back.", "media_type": "text/markdown", "desk": "local"}
    {"id": 18, "path": "news/ferry.txt"}

A line that can't be used is an input with a problem: the lines after it are read all the same.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import PurePath
from typing import Any, BinaryIO, NoReturn

from summ.errors import InputError
from summ.model import Item
from summ.sources.reading import MAX_BYTES, STDIN
from summ.sources.registry import DEFAULT_MEDIA_TYPE, MARKDOWN, READERS

SUFFIXES = (".ndjson", ".jsonl")
"""A file named like this holds records; in lower case."""

MAX_LINE = MAX_BYTES
"""The longest line, in bytes."""

_MAX_DEPTH = 64  # of a record: far below what writing it as JSON again can take
_MAX_ID = 500  # code points: it is shown to people
_LINE_BREAK = b"\n"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ARTICLE = ("text", "path", "url")


@dataclass(frozen=True, slots=True)
class Records:
    """Reads the records of one stream.

    Attributes:
        name: how people know the stream.
        folder: what the paths in it are relative to; empty: the working directory.
    """

    name: str
    folder: str = ""
    _ids: set[bytes] = field(default_factory=set)

    def read(self, stream: BinaryIO) -> Iterator[Item]:
        """An input for each line that is not blank, as it is read; memory holds one at a time.

        Never fails: what is wrong with a line, or with the stream, is the problem of an input.
        """
        number = 0
        try:
            for number, line in _lines(stream):
                if number == 1 and line is not None and line.startswith(_WIDE_MARKS):
                    yield self._problem(1, "it is not UTF-8", None)
                    return
                if line is None:
                    yield self._problem(number, f"it is longer than {MAX_LINE // 2**20} MiB", None)
                elif line.strip():
                    yield self._item(number, line)
        except OSError as error:
            yield self._problem(number + 1, error.strerror or str(error), None)

    def _item(self, number: int, line: bytes) -> Item:
        record = None
        try:
            record = _parsed(line)
            record["id"] = self._id(record, number)
            return self._of_record(record)
        except _UnfitError as error:
            return self._problem(number, str(error), record)

    def _id(self, record: Mapping[str, Any], number: int) -> str | int | float:
        """What the record is called: by its line, if it does not say.

        Raises:
            _UnfitError: it can't be called that, or another record is.
        """
        given = record.get("id")
        if given is None:
            return f"line {number}"
        if isinstance(given, bool) or not isinstance(given, str | int | float):
            raise _UnfitError("its id is neither a text nor a number")
        if given == "" or len(str(given)) > _MAX_ID:
            raise _UnfitError(f"its id has no character, or more than {_MAX_ID}")
        # Of any length in 16 bytes: there may be millions.
        key = blake2b(json.dumps(given).encode(), digest_size=16).digest()
        if key in self._ids:
            raise _UnfitError("another record has the same id")
        self._ids.add(key)
        return given

    def _of_record(self, record: dict[str, Any]) -> Item:
        given = {name: record[name] for name in _ARTICLE if record.get(name) is not None}
        for name, value in given.items():
            if not isinstance(value, str):
                raise _UnfitError(f"its {name} is no text")
        text, path = given.get("text"), given.get("path")
        if text is not None and path is not None:
            raise _UnfitError("it has a text and a path")
        if text is None and path is None:
            if "url" in given:
                raise _UnfitError("addresses are not fetched: it needs the text")
            raise _UnfitError("it has neither a text nor a path")
        media_type = _media_type(record.get("media_type"))
        passed = {name: value for name, value in record.items() if name != "text"}
        suffix = ".md" if media_type == MARKDOWN else ".txt"
        if path is not None:
            path = str(PurePath(self.folder, path))
            # A file like any other here, not standard input.
            path = f"{os.curdir}/{STDIN}" if path == STDIN else path
            suffix = PurePath(path).suffix if media_type is None else suffix
        return Item(str(record["id"]), _place(record["id"], suffix), path, text, media_type, passed)

    def _problem(self, number: int, reason: str, record: dict[str, Any] | None) -> Item:
        """The input that a line stands for, if it can't be read."""
        name, passed = f"line {number}", None
        if record is not None:
            passed = {name: value for name, value in record.items() if name != "text"}
            name = str(_id_or(record.get("id"), name))
            passed["id"] = _id_or(record.get("id"), name)
        problem = InputError(f"Can't use line {number} of {self.name}: {reason}.")
        return Item(name, _place(name, ".txt"), record=passed or {"id": name}, problem=problem)


class _UnfitError(Exception):
    """A line can't be used; the message is the reason, as part of a sentence."""


def _id_or(given: object, name: str) -> str | int | float:
    """What was given as an id, if it is fit to be shown."""
    fit = isinstance(given, str | int | float) and not isinstance(given, bool)
    return given if fit and 0 < len(str(given)) <= _MAX_ID else name  # type: ignore[return-value]


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines, numbered from 1, without what marks the start of UTF-8; None: too long."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) <= MAX_LINE or line.endswith(_LINE_BREAK):
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            continue
        while line and not line.endswith(_LINE_BREAK):
            line = stream.readline(MAX_LINE)
        yield number, None


def _parsed(line: bytes) -> dict[str, Any]:
    """The JSON object on a line.

    Raises:
        _UnfitError: there is none, or one that could not be written as JSON again.
    """
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError:
        raise _UnfitError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _UnfitError(f"it is not JSON ({error.msg}, column {error.colno})") from None
    except ValueError:
        # More digits than Python reads.
        raise _UnfitError("a number in it is too long") from None
    except RecursionError:
        raise _UnfitError("it is nested too deeply") from None
    if not isinstance(value, dict):
        raise _UnfitError("it is no JSON object")
    _check_depth(value)
    return value


def _refuse(constant: str) -> NoReturn:
    raise _UnfitError(f"{constant} is not JSON")


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise _UnfitError("a number in it is too large")
    return value


def _check_depth(value: object) -> None:
    """See that a value is not nested too deeply to be written.

    Raises:
        _UnfitError: it is.
    """
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            below
            for one in level
            if isinstance(one, dict | list)
            for below in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return
    raise _UnfitError("it is nested too deeply")


def _media_type(given: object) -> str | None:
    """A media type that can be read, without its parameters; None: none is given.

    Raises:
        _UnfitError: it can't be read.
    """
    if given is None:
        return None
    name = given.partition(";")[0].strip().lower() if isinstance(given, str) else ""
    if name not in READERS:
        known = ", ".join((DEFAULT_MEDIA_TYPE, *sorted(set(READERS) - {DEFAULT_MEDIA_TYPE})))
        raise _UnfitError(f"its media_type is none of {known}")
    return name


def _place(name: object, suffix: str) -> str:
    """Where the output of a record goes: no folder, whatever the id has in it."""
    return str(name).replace("/", "_").replace("\\", "_") + suffix
