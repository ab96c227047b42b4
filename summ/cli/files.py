"""Files appear whole.

A file is written beside its place and renamed into it, so that a reader sees the old one
or the new one and a full disk destroys nothing.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from summ.errors import OutputError


def identity(path: Path) -> str:
    """The same for all names of a file, as far as links and case go."""
    try:
        return os.path.realpath(path).casefold()
    except (OSError, ValueError):
        return str(path).casefold()


def found(path: Path) -> os.stat_result | None:
    """What is at `path`, through links; None where that is nothing, or can't be told."""
    try:
        return path.stat()
    except (OSError, ValueError):
        return None


def is_folder(path: Path) -> bool:
    """Whether a folder is at `path`."""
    there = found(path)
    return there is not None and stat.S_ISDIR(there.st_mode)


def probe_files(paths: Sequence[Path]) -> None:
    """Find out whether files could be written at `paths`, all in one folder.

    Raises:
        OutputError: they could not.
    """
    check_free(paths)
    probe_beside(paths[0])


def check_free(paths: Sequence[Path]) -> None:
    """See that files may be where they shall be: no folder is there, and the path can be had.

    Raises:
        OutputError: one may not.
    """
    for path in paths:
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            continue
        except OSError as error:
            raise unwritable(path, error) from error
        if stat.S_ISDIR(mode):
            raise OutputError(f"Can't write {path}: it is a folder.")


def make_folder(path: Path) -> None:
    """Make a folder, and those it is in, unless they are there.

    Raises:
        OutputError: it can't be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def write_file(path: Path, text: str, *, follow: bool = True, sync: bool = True) -> bytes:
    """Put `text` at `path`, whole or not at all.

    Args:
        path: an ordinary file, new or old; a device or a pipe is written to as it is.
        text: what is to be in it.
        follow: write through a symbolic link; else replace the link.
        sync: see that it is on the disk, which takes milliseconds; else it is whole unless the
            power fails.

    Returns:
        The bytes that were written.

    Raises:
        OutputError: it could not be written; what was there is unchanged.
    """
    data = text.encode("utf-8", errors="replace")
    try:
        if is_special(path, follow=follow):
            path.write_bytes(data)
            return data
        target = Path(os.path.realpath(path)) if follow else path
        replace_file(str(target), data, sync=sync)
    except OSError as error:
        raise unwritable(path, error) from error
    return data


def is_special(path: Path, *, follow: bool = True) -> bool:
    """Whether a device or a pipe is at `path`, which may have no other name (`/dev/stdout`)."""
    try:
        mode = path.stat(follow_symlinks=follow).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISLNK(mode)


def _mode_of(path: str, folder: int | None = None) -> int | None:
    """Type and permissions of what is at `path`; None when nothing is."""
    try:
        return os.stat(path, dir_fd=folder, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return None


def replace_file(target: str, data: bytes, *, sync: bool, folder: int | None = None) -> None:
    """Write beside `target`, then rename: there is always a whole file.

    Args:
        target: its path, or, with `folder`, its name.
        data: what is to be in it.
        sync: see that it is on the disk.
        folder: descriptor of the folder that it is in.
    """
    start, separator, _ = target.rpartition(os.sep)
    temporary = f"{start}{separator}{_new_name()}"
    try:
        descriptor = open_new(temporary, target, folder)
        try:
            write_all(descriptor, data)
            if sync:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, target, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise


def open_new(path: str, target: str, folder: int | None = None) -> int:
    """Make a file at `path` with the permissions of `target`, if that is there; its descriptor."""
    mode = _mode_of(target, folder)
    # The mode is what open() would give a new file: the umask applies.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666, dir_fd=folder)
    if mode is not None and stat.S_ISREG(mode) and hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(mode))
    return descriptor


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`.

    Raises:
        OSError: not all of it could be written; a full disk takes a part first, and says nothing.
    """
    left = memoryview(data)
    while left:
        written = os.write(descriptor, left)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left = left[written:]


def _new_name() -> str:
    return f".summ-{os.urandom(8).hex()}.tmp"


def new_beside(path: Path) -> Path:
    """A path in the same folder at which nothing is."""
    return path.with_name(_new_name())


def probe_beside(path: Path) -> None:
    """See that a file can be made beside `path`, by making one.

    Raises:
        OutputError: it can't.
    """
    if is_special(path):
        return
    beside = new_beside(Path(os.path.realpath(path)))
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        beside.unlink()
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> OutputError:
    """What to say when a file could not be written."""
    return OutputError(f"Can't write {path}: {error.strerror or error}.")
