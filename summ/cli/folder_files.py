"""Files of results: many in a folder, none outside it; or one that takes a line for each."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from summ.cli.files import is_special, new_beside, open_new, replace_file, unwritable, write_all
from summ.errors import OutputError


class BlockedError(OutputError):
    """A file can't be where it should be; others can."""


_OF_ITS_PLACE = {errno.EISDIR, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOTEMPTY}
_BY_DESCRIPTOR = {os.open, os.mkdir, os.stat, os.unlink, os.rename} <= os.supports_dir_fd
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def write_below(folder: Path, name: str, text: str) -> bytes:
    """Put `text` into a file in a folder, whole or not at all, and make the folders between.

    A link between is an error, whatever it leads to; one in place of the file is replaced. Nobody
    waits until it is on the disk: that takes milliseconds, and there are many files.

    Args:
        folder: it is there; may be a link itself.
        name: path below it, with `/`, of parts that are names.
        text: what is to be in it.

    Returns:
        The bytes that were written.

    Raises:
        BlockedError: something else has its place, or a link is on the way to it.
        OutputError: it could not be written; what was there is unchanged.
    """
    data = text.encode("utf-8", errors="replace")
    *between, last = name.split("/")
    try:
        with _inside(folder, between) as (start, descriptor):
            replace_file(start + last, data, sync=False, folder=descriptor)
    except OSError as error:
        failed = unwritable(folder / name, error)
        if error.errno in _OF_ITS_PLACE:
            raise BlockedError(failed.message) from error
        raise failed from error
    return data


@contextmanager
def _inside(folder: Path, between: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    """What the name of a file starts with, and the descriptor of the folder that it is for.

    Raises:
        BlockedError: there is a link on the way.
        OSError: a folder can't be made or opened.
    """
    if not _BY_DESCRIPTOR:
        yield _made(folder, between), None
        return
    descriptor = os.open(folder, _FOLDER)
    try:
        for place, part in enumerate(between):
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=descriptor)
            try:
                below = os.open(part, _FOLDER | _NO_LINK, dir_fd=descriptor)
            except OSError as error:
                if error.errno in {errno.ELOOP, errno.ENOTDIR}:
                    _refuse_link(folder.joinpath(*between[: place + 1]))
                raise
            os.close(descriptor)
            descriptor = below
        yield "", descriptor
    finally:
        os.close(descriptor)


def _made(folder: Path, between: Sequence[str]) -> str:
    """The same where the system has no descriptors of folders: a path, looked at step by step."""
    for part in between:
        folder /= part
        folder.mkdir(exist_ok=True)
        _refuse_link(folder)
    return str(folder) + os.sep


def _refuse_link(path: Path) -> None:
    """Fail if a link is there.

    Raises:
        BlockedError: it is one.
    """
    if stat.S_ISLNK(path.lstat().st_mode):
        raise BlockedError(
            f"Can't write into {path}: it is a symbolic link, and could lead anywhere.",
            "Remove it, or name the folder that it leads to with -o.",
        )


class LineFile:
    """A file that gets a line for each result, and is there, whole, when it is closed.

    Until then they are in a file beside it. A device or a pipe gets each line at once.
    """

    def __init__(self, path: Path) -> None:
        """Write to `path`, through a symbolic link."""
        self._path = path
        self._special = is_special(path)
        self._target = Path(os.path.realpath(path))
        self._temporary = new_beside(self._target)
        self._descriptor: int | None = None

    def add(self, text: str) -> bytes:
        """Write whole lines; the bytes that were written.

        Raises:
            OutputError: they could not be written; those before are kept.
        """
        data = text.encode("utf-8", errors="replace")
        try:
            if self._descriptor is None:
                self._descriptor = self._open()
            end = 0 if self._special else os.lseek(self._descriptor, 0, os.SEEK_CUR)
            try:
                write_all(self._descriptor, data)
            except BaseException:
                if not self._special:
                    os.ftruncate(self._descriptor, end)
                    os.lseek(self._descriptor, end, os.SEEK_SET)
                raise
        except OSError as error:
            raise unwritable(self._path, error) from error
        return data

    def _open(self) -> int:
        if self._special:
            return os.open(self._path, os.O_WRONLY)
        return open_new(str(self._temporary), str(self._target))

    def close(self, *, whole: bool = True) -> None:
        """Put the file in its place with the lines so far; without any, what is there stays.

        Args:
            whole: the run came to its end; else what is there stays, too.

        Raises:
            OutputError: it could not be put there.
        """
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        try:
            try:
                if not self._special:
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if not self._special:
                if whole or not self._target.exists():
                    self._temporary.replace(self._target)
                else:
                    self._temporary.unlink()
        except OSError as error:
            failed = unwritable(self._path, error)
            failed.hint = f"What is finished is in {self._temporary}."
            raise failed from error
