"""Files appear whole.

A file is written beside its place and renamed into it, so that a reader sees the old one
or the new one and a full disk destroys nothing.
"""

from __future__ import annotations

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


def probe_files(paths: Sequence[Path]) -> None:
    """Find out whether files could be written at `paths`, all in one folder.

    Raises:
        OutputError: they could not.
    """
    for path in paths:
        if path.is_dir():
            raise OutputError(f"Can't write {path}: it is a folder.")
    _probe_folder(paths[0])


def make_folder(path: Path) -> None:
    """Make a folder, and those it is in, unless they are there.

    Raises:
        OutputError: it can't be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def write_file(path: Path, text: str, *, follow: bool = True) -> None:
    """Put `text` at `path`, whole or not at all.

    Args:
        path: an ordinary file, new or old; a device or a pipe is written to as it is.
        text: what is to be in it.
        follow: write through a symbolic link; else replace the link.

    Raises:
        OutputError: it could not be written; what was there is unchanged.
    """
    data = text.encode("utf-8", errors="replace")
    try:
        if _is_special(path, follow=follow):
            path.write_bytes(data)
            return
        target = Path(os.path.realpath(path)) if follow else path
        _replace(target, data, _mode_of(target))
    except OSError as error:
        raise _unwritable(path, error) from error


def _is_special(path: Path, *, follow: bool = True) -> bool:
    """Whether a device or a pipe is at `path`, which may have no other name (`/dev/stdout`)."""
    try:
        mode = path.stat(follow_symlinks=follow).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISLNK(mode)


def _mode_of(path: Path) -> int | None:
    """Type and permissions of what is at `path`; None when nothing is."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Write beside `target`, then rename: there is always a whole file."""
    temporary = _new_beside(target)
    try:
        # The mode is what open() would give a new file: the umask applies.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None and stat.S_ISREG(mode):
                temporary.chmod(stat.S_IMODE(mode))
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _new_beside(path: Path) -> Path:
    return path.with_name(f".summ-{os.urandom(8).hex()}.tmp")


def _probe_folder(path: Path) -> None:
    """See that a file can be made beside `path`, by making one."""
    if _is_special(path):
        return
    beside = _new_beside(Path(os.path.realpath(path)))
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        beside.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"Can't write {path}: {error.strerror or error}.")
