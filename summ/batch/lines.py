"""Lines added to a file one by one, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_AT_ONCE = 4096  # what a pipe that poll() calls ready takes without waiting: PIPE_BUF
_BACKLOG = 1 << 20


class LineFile:
    """Adds lines at the end of an ordinary file that no one else writes to."""

    def __init__(self, descriptor: int) -> None:
        """Write to `descriptor`, opened to append, which is closed by `finish` and `drop`."""
        self._descriptor = descriptor

    def add(self, line: bytes) -> None:
        r"""Write a line, its `\n` included, with one write.

        Raises:
            OSError: it could not be written, or not all of it; no part of it is left.
        """
        written = os.write(self._descriptor, line)
        if written == len(line):
            return
        # A disk that is nearly full takes what there is room for, and calls that a success.
        with suppress(OSError):
            end = os.lseek(self._descriptor, 0, os.SEEK_END)
            os.ftruncate(self._descriptor, end - written)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def finish(self) -> None:
        """Close it; all lines are there.

        Raises:
            OSError: its file system says only now that they are not.
        """
        os.close(self._descriptor)

    def drop(self) -> None:
        """Close it, whatever is the matter with it."""
        with suppress(OSError):
            os.close(self._descriptor)


class LineStream:
    """Sends lines to a pipe, a socket or a device, and never waits for who reads them.

    What the reader has not taken yet is held, up to a megabyte.
    """

    def __init__(self, descriptor: int) -> None:
        """Write to `descriptor`, which is closed by `finish` and `drop`."""
        self._descriptor = descriptor
        self._held = bytearray()

    def add(self, line: bytes) -> None:
        r"""Send a line, its `\n` included, now or when there is room.

        Raises:
            OSError: nobody reads any more, or not fast enough.
        """
        self._held += line
        self._send(0)
        if len(self._held) > _BACKLOG:
            raise OSError(errno.EAGAIN, "its reader takes nothing more")

    def finish(self, patience: float = 1.0) -> None:
        """Send what is held while the reader takes some of it every `patience` seconds; close.

        Raises:
            OSError: not all of it was taken.
        """
        try:
            self._send(patience)
            if self._held:
                raise OSError(errno.EAGAIN, "its reader has not taken all")
        finally:
            self.drop()

    def drop(self) -> None:
        """Close it; what is held is lost."""
        with suppress(OSError):
            os.close(self._descriptor)

    def _send(self, patience: float) -> None:
        # Not by O_NONBLOCK: the descriptor may be shared with those who do not expect it.
        while self._held and _has_room(self._descriptor, patience):
            sent = os.write(self._descriptor, self._held[:_AT_ONCE])
            del self._held[:sent]


def open_lines(path: Path, waiting: Callable[[], None]) -> LineFile | LineStream:
    """Open what is at `path` to add lines; a file that is not there is made for its owner alone.

    An ordinary file that ends within a line gets that line ended first, so that what was torn
    once spoils nothing after it.

    Args:
        path: a file, a pipe, a device, or `/dev/fd/N`.
        waiting: is called when it is a pipe without a reader, before one is waited for.

    Raises:
        OSError: it can't be opened.
    """
    descriptor = _open(path, waiting)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return LineStream(descriptor)
        file = LineFile(descriptor)
        if _is_torn(path):
            file.add(b"\n")
    except BaseException:
        os.close(descriptor)
        raise
    return file


def _open(path: Path, waiting: Callable[[], None]) -> int:
    number = path.name
    if str(path.parent) in {"/dev/fd", "/proc/self/fd"} and number.isascii() and number.isdigit():
        # A socket can't be opened by its name.
        with suppress(FileNotFoundError):
            if stat.S_ISSOCK(path.stat().st_mode):
                return os.dup(int(number))
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOCTTY
    try:
        descriptor = os.open(path, flags | os.O_NONBLOCK, 0o600)
    except OSError as error:
        if error.errno != errno.ENXIO or not stat.S_ISFIFO(path.stat().st_mode):
            raise
        waiting()
        return os.open(path, flags, 0o600)
    os.set_blocking(descriptor, True)
    return descriptor


def _is_torn(path: Path) -> bool:
    """Whether a file ends within a line; False where it may not be read."""
    with suppress(OSError), path.open("rb") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"
    return False


def _has_room(descriptor: int, seconds: float) -> bool:
    """Whether a write would not wait, within so many seconds; True where that can't be told."""
    import select

    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    return bool(poll.poll(seconds * 1000))
