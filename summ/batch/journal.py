"""What is finished in an output folder, so that a run can be taken up where it stopped.

A hidden file in the folder has a line for every document that is finished: a hash of what its
output is made from (source, settings, name), and of each of its files. A document is finished
when it is so noted and its files are as they were written; so power that was lost between a
file and its line, or before the file reached the disk, costs no more than making it again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summ.batch.lines import LineFile
from summ.errors import OutputError
from summ.render.safe import dump_json
from summ.sources.folders import JOURNAL

LOCK = ".summ.lock"

_BYTES = 16  # of a hash that is kept in memory; a mistake of one in 2^64 is none


def digest(data: bytes) -> str:
    """The hash of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class _Noted:
    """The hashes of what a file was made from and of its bytes, and whether checks failed."""

    key: bytes
    content: bytes
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that is finished; `doubtful`: checks of it failed."""

    doubtful: bool


class Journal:
    """The journal of one folder, which this process alone writes to while it is open.

    Attributes:
        failed: names of the documents that failed when they were last tried.
    """

    def __init__(self, folder: Path) -> None:
        """Of `folder`, which is there already."""
        self._folder = folder
        self._path = folder / JOURNAL
        self._files: dict[str, _Noted] = {}
        self.failed: set[str] = set()
        self._log: LineFile | None = None

    def __enter__(self) -> Self:
        """Take the folder, and read what is noted.

        Raises:
            OutputError: another process works in it, or the journal can't be written.
        """
        import filelock

        self._lock = filelock.FileLock(self._folder / LOCK, timeout=0, mode=0o600)
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise OutputError(
                f"Another summ{self._other()} is writing to {self._folder}.",
                "Wait until it is done, or use another folder.",
            ) from None
        except OSError as error:
            raise self._unwritable(error, LOCK) from error
        try:
            self._open()
        except OSError as error:
            self._lock.release()
            raise self._unwritable(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the folder."""
        if self._log is not None:
            self._log.drop()
        self._lock.release()

    def find(self, key: str, files: Sequence[str]) -> Kept | None:
        """A document, if it is finished.

        Args:
            key: hash, in hex, of all that it is made from.
            files: its files, relative to the folder; at least one.
        """
        noted = [self._files.get(name) for name in files]
        wanted = bytes.fromhex(key)[:_BYTES]
        whole = all(
            one is not None and one.key == wanted and self._content(name) == one.content
            for name, one in zip(files, noted, strict=True)
        )
        return Kept(any(one is not None and one.doubtful for one in noted)) if whole else None

    def _content(self, name: str) -> bytes | None:
        """The hash of a file; None when it can't be read."""
        try:
            data = (self._folder / name).read_bytes()
        except (OSError, ValueError):
            return None
        return hashlib.sha256(data).digest()[:_BYTES]

    def note(self, name: str, key: str, files: Mapping[str, str], *, doubtful: bool) -> None:
        """Note a document that is finished.

        Args:
            name: see `Item.name`.
            key: of what it was made from.
            files: each of its files, relative to the folder, with the hash of its bytes.
            doubtful: checks of it failed.

        Raises:
            OutputError: the disk is full, or worse.
        """
        self._add({"done": name, "key": key, "doubtful": doubtful, "files": dict(files)})

    def note_failure(self, name: str) -> None:
        """Note a document that failed; raises as `note` does."""
        self._add({"failed": name})

    def _add(self, data: Mapping[str, Any]) -> None:
        assert self._log is not None, "the journal is not open"
        try:
            self._log.add((dump_json(data) + "\n").encode())
        except OSError as error:
            raise self._unwritable(error) from error

    def _open(self) -> None:
        """Read the journal, drop a line that was torn, and open it to be continued."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self._path, flags, 0o600)
        try:
            _check_file(descriptor)
            with open(descriptor, "rb", closefd=False) as file:
                end = 0
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    end += len(line)
                    self._read(line)
            os.ftruncate(descriptor, end)
            self._log = LineFile(descriptor)
            self._add({"process": os.getpid()})
        except BaseException:
            os.close(descriptor)
            raise

    def _read(self, line: bytes) -> None:
        """Take in a line; one that is none of ours is passed over."""
        with suppress(ValueError, TypeError, AttributeError, RecursionError):
            data = json.loads(line)
            if isinstance(name := data.get("failed"), str):
                self.failed.add(name)
            if isinstance(name := data.get("done"), str):
                self.failed.discard(name)
                key = bytes.fromhex(data["key"])[:_BYTES]
                doubtful = bool(data.get("doubtful"))
                for path, content in data["files"].items():
                    hashed = bytes.fromhex(content)[:_BYTES]
                    self._files[str(path)] = _Noted(key, hashed, doubtful)

    def _other(self) -> str:
        """The process that has the folder, in words, if it can be told."""
        with suppress(OSError, ValueError, AttributeError):
            for line in reversed(self._path.read_bytes().splitlines()):
                if isinstance(number := json.loads(line).get("process"), int):
                    return f" (process {number})"
        return ""

    def _unwritable(self, error: OSError, name: str = JOURNAL) -> OutputError:
        return OutputError(f"Can't write {self._folder / name}: {error.strerror or error}.")


def _check_file(descriptor: int) -> None:
    """Raise OSError unless it is of an ordinary file: of a pipe nothing would ever come."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise OSError(errno.EEXIST, "something else has its place")
