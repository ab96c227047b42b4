"""The file of the store: private, shared safely between processes, and begun anew when broken.

One SQLite database in a folder of ours, in WAL mode: readers and one writer do not wait for
each other, and what is committed outlives the process. (After a power loss the last commits
may be missing, which only costs money.)
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from summ.errors import ConfigError
from summ.llm.cache_tables import UnfitError, prepare

_BESIDE: Final = ("", "-wal", "-shm")
_POLL_SECONDS = 0.01


class DatabaseFile:
    """Where the database is, and this process's part in it.

    While it is open a shared lock is held, so that a damaged file is only ever replaced when
    no other process has it open: SQLite removes a log by its name, which would be that of the
    new file.

    Attributes:
        folder: of the files.
        path: of the database.
    """

    def __init__(self, folder: Path, patience: float) -> None:
        """Touch nothing yet.

        Args:
            folder: for our files alone; created when it is not there.
            patience: seconds to wait for a lock.
        """
        self.folder = folder
        self.path = folder / "replies.sqlite"
        self._patience = patience
        self._lock: BinaryIO | None = None

    def open(self, told: Callable[[str], None], *, damaged: bool = False) -> sqlite3.Connection:
        """A connection, in autocommit mode, that any one thread at a time may use.

        Args:
            told: hears that a file could not be used and a new one was begun.
            damaged: the file is known to be so, deeper than a look at it shows.

        Raises:
            ConfigError: folder or file belong to another user, or are no such thing.
            UnfitError: the file can't be used, and other processes have it open.
            OSError: the folder or the lock can't be made.
            ValueError: the folder's name is none (it holds a NUL, or half a character).
            sqlite3.Error: any other failure.
        """
        _private_folder(self.folder)
        try:
            alone = self._take_lock()
            found = UnfitError("is damaged") if damaged else self._tried()
            if isinstance(found, UnfitError):
                found = self._anew(found, alone, told)
            self._share_lock()
        except BaseException:
            self.release()
            raise
        return found

    def release(self) -> None:
        """Give up the lock; the connection must be closed by then."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def size(self) -> int:
        """Bytes on disk of everything that is the store's."""
        return sum(_size(path) for path in (*self._files(), *self._old_files()))

    def remove_old(self) -> None:
        """Remove files that were set aside.

        Raises:
            OSError: one can't be removed.
        """
        for path in self._old_files():
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return [self.path.with_name(self.path.name + end) for end in _BESIDE]

    def _old_files(self) -> list[Path]:
        return [self.path.with_name(f"{self.path.name}.old{end}") for end in _BESIDE]

    def _tried(self) -> sqlite3.Connection | UnfitError:
        """A connection to what is there, or why it is of no use."""
        try:
            return self._connect()
        except UnfitError as error:
            return error

    def _anew(
        self, why: UnfitError, alone: bool, told: Callable[[str], None]
    ) -> sqlite3.Connection:
        """A connection to a new file in place of what is there; raises `why` unless alone."""
        if not alone:
            raise why
        old = self._set_aside()
        connection = self._connect()
        told(f"The cache {why} and is begun anew; the old one is now {old}.")
        return connection

    def _connect(self) -> sqlite3.Connection:
        """Open, or create, and see that it is what it should be."""
        for path in self._files():
            _own_file(path)
        if not self.path.exists():
            # SQLite gives its log the mode of the database.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | _no_follow(), 0o600))
        connection = sqlite3.connect(
            self.path, timeout=self._patience, isolation_level=None, check_same_thread=False
        )
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self) -> Path:
        """Rename what is there; what was set aside before is gone then."""
        for path, old in zip(self._files(), self._old_files(), strict=True):
            old.unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                path.rename(old)
        return self._old_files()[0]

    def _take_lock(self) -> bool:
        """Hold the lock; whether no other process does.

        Without `fcntl` (Windows), and on file systems without locks, it is as if there were no
        other process.
        """
        try:
            import fcntl
        except ImportError:
            return True
        path = self.folder / "lock"
        _own_file(path)
        handle = os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | _no_follow(), 0o600), "r+b")
        self._lock = handle
        deadline = time.monotonic() + self._patience
        while True:
            for kind in (fcntl.LOCK_EX, fcntl.LOCK_SH):
                try:
                    fcntl.flock(handle, kind | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                except OSError:
                    return True
                return kind == fcntl.LOCK_EX
            # Another process is setting the file up, which takes milliseconds.
            if time.monotonic() > deadline:
                self.release()
                raise TimeoutError(0, "another process keeps it locked")
            time.sleep(_POLL_SECONDS)

    def _share_lock(self) -> None:
        """Let others in."""
        if self._lock is not None:
            import fcntl

            with suppress(OSError):
                fcntl.flock(self._lock, fcntl.LOCK_SH)


def _private_folder(folder: Path) -> None:
    """Create `folder` for its owner alone, and see whose it is; one that is there keeps its mode.

    Raises:
        ConfigError: it is no folder, or others can change what is in it.
        OSError: it can't be made.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    found = folder.stat()
    if not stat.S_ISDIR(found.st_mode):
        raise _refused(f"{folder} is not a folder")
    if not _is_ours(found) or (_has_owners() and found.st_mode & stat.S_IWOTH):
        raise _refused(f"the folder {folder} belongs to another user, or anyone may write in it")


def _own_file(path: Path) -> None:
    """See that `path` is an ordinary file of ours, readable by us alone, or not there.

    Raises:
        ConfigError: it is a link or of another user.
        OSError: it can't be looked at.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode) or not _is_ours(found):
        raise _refused(f"{path} is a link, not a file, or belongs to another user")
    if _has_owners() and found.st_mode & 0o077:
        path.chmod(0o600)


def _refused(what: str) -> ConfigError:
    return ConfigError(
        f"The cache can't be trusted: {what}.",
        "Name another folder in SUMM_CACHE_DIR, or use --no-cache.",
    )


def _is_ours(found: os.stat_result) -> bool:
    return not _has_owners() or found.st_uid == os.geteuid()


def _has_owners() -> bool:
    """Whether files have an owner and a mode here (not on Windows)."""
    return hasattr(os, "geteuid")


def _no_follow() -> int:
    return getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except (OSError, ValueError):
        return 0
