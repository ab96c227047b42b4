"""The documents that failed, one line of JSON each: `errors.ndjson` in an output folder."""

from __future__ import annotations

import json
import math
import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from summ import errors
from summ.batch.lines import LineFile, LineStream, open_lines
from summ.errors import OutputError, SummError
from summ.render.safe import dump_json

RecordId = str | int | float
"""The `id` of a record, as far as it is told again."""

CODES: Mapping[type[SummError], str] = MappingProxyType(
    {
        errors.SummError: "other",
        errors.UsageError: "usage",
        errors.InputError: "input",
        errors.NotAReportError: "not-a-report",
        errors.ConfigError: "config",
        errors.PromptError: "prompt",
        errors.EndpointError: "endpoint",
        errors.AuthError: "auth",
        errors.UnknownModelError: "unknown-model",
        errors.ContextTooLongError: "context-too-long",
        errors.RateLimitedError: "rate-limited",
        errors.EndpointTimeoutError: "timeout",
        errors.UnreachableError: "unreachable",
        errors.EndpointDownError: "endpoint-down",
        errors.FetchError: "fetch",
        errors.ReplyError: "reply",
        errors.RefusalError: "refusal",
        errors.EmptyReplyError: "empty-reply",
        errors.TruncatedReplyError: "truncated-reply",
        errors.MalformedReplyError: "malformed-reply",
        errors.CapReachedError: "cap-reached",
        errors.ChecksFailedError: "checks-failed",
        errors.PartFailedError: "part-failed",
        errors.OutputError: "output",
    }
)
"""Each class of error to the word that machines know it by, which stays."""


_FIELDS: Mapping[str, type] = MappingProxyType(
    {"input": str, "number": int, "error": str, "message": str, "hint": str, "exit_code": int}
)
"""What every line has, in this order."""

_OURS = b'{"input":'
"""How the lines of `failure_line` begin."""


def code_of(error: SummError) -> str:
    """The word for an error: that of the nearest class that has one."""
    return next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no report of a document, or none that is complete.

    Attributes:
        input: name of the input, see `written`.
        number: of the input, from 0, in the order of inputs.
        error: one of `CODES`.
        message: one sentence.
        hint: what to do about it; may be empty.
        exit_code: that of the error.
        record: the `id` of the record that the input was; None: of none.
    """

    input: str
    number: int
    error: str
    message: str
    hint: str
    exit_code: int
    record: RecordId | None = None


def failure_of(number: int, name: str, error: SummError, record: object = None) -> Failure:
    """An error as it is noted; a `record` that is neither text nor a number is left out."""
    return Failure(
        written(name),
        number,
        code_of(error),
        written(error.message),
        written(error.hint),
        error.exit_code,
        _record_id(record),
    )


def written(name: str) -> str:
    """A name as it is in a line of JSON, where bytes that are no UTF-8 can't be told.

    With the C locale Python takes every letter beyond ASCII for such bytes: they are read here.
    """
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def failure_line(failure: Failure) -> bytes:
    r"""One line of JSON in UTF-8, `\n` included, that is safe to print."""
    data: dict[str, Any] = {name: getattr(failure, name) for name in _FIELDS}
    if failure.record is not None:
        data["record"] = failure.record
    return (dump_json(data) + "\n").encode()


def read_failures(data: bytes) -> list[Failure]:
    """The failures in the lines of a file, in their order.

    A line that is torn, or that is none of ours, is passed over.
    """
    found = (_read(line) for line in data.split(b"\n") if line.strip())
    return [one for one in found if one is not None]


def _read(line: bytes) -> Failure | None:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    fields = {name: data.get(name) for name in _FIELDS}
    if any(type(fields[name]) is not kind for name, kind in _FIELDS.items()):
        return None
    clean: dict[str, Any] = {
        name: written(v) if isinstance(v, str) else v for name, v in fields.items()
    }
    return Failure(**clean, record=_record_id(data.get("record")))


def _record_id(value: object) -> RecordId | None:
    if isinstance(value, str):
        return written(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


class FailureLog:
    """`errors.ndjson` of one run, which starts anew and is there only if something failed.

    What an earlier run noted stays until this one has come to its end, so that a run that is
    killed forgets nothing; and where this one came to no end, as far as it did not come to it.
    A pipe or a device takes the lines as they come.
    """

    def __init__(self, path: Path, *, follow: bool = False) -> None:
        """Take up what an earlier run left at `path`.

        Args:
            path: the file.
            follow: what a symbolic link there leads to is meant; else the link is replaced.

        Raises:
            OutputError: it can't be written, or is no list of failures.
        """
        self.path = path
        self._file: LineFile | LineStream | None = None
        self._target = path
        self._left: dict[str, Failure] = {}
        self._start = 0
        try:
            if follow and _is_special(path):
                self._file = open_lines(path, lambda: None)
                return
            self._target = Path(os.path.realpath(path)) if follow else path
            self._take_up()
        except OSError as error:
            raise self._unwritable(error) from error

    def _take_up(self) -> None:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(self._target.lstat().st_mode):
                self._target.unlink()
                return
            # What the user named by mistake, such as an article, is not to be lost.
            if not _lists_failures(self._target):
                raise OutputError(
                    f"Can't write {self.path}: there is a file that lists no failures.",
                    "Move it away, or name another file with --errors.",
                )
            self._left = {one.input: one for one in read_failures(self._target.read_bytes())}
            if not self._left:
                self._target.unlink()
                return
            self._file = open_lines(self._target, lambda: None)
            self._start = self._target.stat().st_size

    def settled(self, name: str) -> None:
        """An input came to a good end: what was noted of it before is forgotten."""
        self._left.pop(written(name), None)

    def add(self, failure: Failure) -> None:
        """Note a failure, at once.

        Raises:
            OutputError: it could not be written; the failures before it are there, whole.
        """
        try:
            if self._file is None:
                # Whatever has come to stand there meanwhile is not ours to write to.
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
                self._file = LineFile(os.open(self._target, flags, 0o666))
            self._file.add(failure_line(failure))
            self._left.pop(failure.input, None)
        except OSError as error:
            raise self._unwritable(error) from error

    def close(self, *, whole: bool = True) -> None:
        """End it.

        Args:
            whole: the run came to all inputs: what it says nothing of is no more.

        Raises:
            OutputError: not all of it was written.
        """
        file, self._file = self._file, None
        try:
            if file is not None:
                file.finish()
            if self._start:
                self._renew([] if whole else [*self._left.values()])
        except OSError as error:
            raise self._unwritable(error) from error

    def _renew(self, kept: Sequence[Failure]) -> None:
        """Leave those that are kept, and those of this run."""
        with self._target.open("rb") as file:
            file.seek(self._start)
            data = b"".join(failure_line(one) for one in kept) + file.read()
        if not data:
            self._target.unlink()
            return
        # In one step: there is never less than there was.
        beside = self._target.with_name(f".summ-{os.urandom(8).hex()}.tmp")
        try:
            new = LineFile(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            try:
                new.add(data)
            finally:
                new.finish()
            beside.replace(self._target)
        except OSError:
            beside.unlink(missing_ok=True)
            raise

    def _unwritable(self, error: OSError) -> OutputError:
        return OutputError(f"Can't write {self.path}: {error.strerror or error}.")


def _is_special(path: Path) -> bool:
    """Whether a pipe or a device is meant by `path`, which may have no other name."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def _lists_failures(path: Path) -> bool:
    """Whether a file is empty, or its first line notes a failure."""
    with path.open("rb") as file:
        start = file.read(len(_OURS))
    # Lines are written whole, but after a loss of power there may be less of one.
    return _OURS.startswith(start)
