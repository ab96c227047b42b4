"""Files of the model store: private, locked, verified, and put in place in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summ.errors import ConfigError, FetchError

if TYPE_CHECKING:
    from summ.model import Ui

_BLOCK = 1 << 20
_POLL_SECONDS = 0.1
# Room that is left on the disk for everything else.
_SPARE_BYTES = 64 << 20


class Silent:
    """A `Ui` for callers that have none."""

    def notice(self, text: str) -> None:
        """Say nothing."""

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Show nothing."""


def model_dir(env: Mapping[str, str]) -> Path:
    """Where models are kept: `SUMM_MODEL_DIR`, else the user's cache folder.

    Nothing is created.
    """
    named = env.get("SUMM_MODEL_DIR")
    if named:
        return Path(named).expanduser()
    xdg = env.get("XDG_CACHE_HOME")
    if xdg and Path(xdg).is_absolute():
        return Path(xdg) / "summ" / "models"
    import platformdirs

    return platformdirs.user_cache_path("summ", appauthor=False) / "models"


def private_dir(path: Path) -> Path:
    """Create `path` for its owner alone; one that is there keeps its mode.

    Raises:
        ConfigError: it can't be created, or is not a folder.
    """
    try:
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not path.is_dir():
            raise NotADirectoryError
    except OSError as error:
        raise ConfigError(
            f"The model folder {path} can't be used: {reason(error)}.",
            "Name another one in SUMM_MODEL_DIR.",
        ) from error
    return path


def reason(error: OSError) -> str:
    """Why the system refused, in its own words and without a path."""
    return (error.strerror or type(error).__name__).lower()


def open_private(path: Path, *, append: bool = False) -> BinaryIO:
    """Open a file of ours for writing bytes, mode 0600, never through a symbolic link.

    With `append`, what is there is kept and writing goes on behind it.
    """
    flags = os.O_CREAT | (os.O_RDWR if append else os.O_WRONLY | os.O_TRUNC)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.fdopen(os.open(path, flags, 0o600), "r+b" if append else "wb")
    if append:
        handle.seek(0, os.SEEK_END)
    return handle


def write_private(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step: a reader sees the old file or the new one."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open_private(fresh) as handle:
            handle.write(data)
            sync(handle)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def sync(handle: BinaryIO) -> None:
    """Bring what was written to the disk."""
    handle.flush()
    os.fsync(handle.fileno())


def put_in_place(fresh: Path, path: Path) -> None:
    """Rename, and make the rename itself last (where folders can be synced)."""
    fresh.replace(path)
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sha256_of(path: Path, cancel: threading.Event | None = None) -> str:
    """SHA-256 of a file, in hex. Stops with FetchError when `cancel` is set."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
            stop_if(cancel)
    return digest.hexdigest()


def stop_if(cancel: threading.Event | None) -> None:
    """Raise FetchError when the caller no longer wants the result."""
    if cancel is not None and cancel.is_set():
        raise FetchError("The fetch was stopped.", "What has arrived is kept for next time.")


def is_verified(path: Path, size: int, sha256: str) -> bool:
    """Whether `path` is exactly the file it should be.

    A stamp beside it remembers size and time of change of the bytes that were hashed,
    so that a gigabyte is not read at every start; where the stamp does not match the
    file, the file is hashed.
    """
    try:
        found = path.stat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_size != size:
        return False
    if _stamp_of(path) == [found.st_size, found.st_mtime_ns, sha256]:
        return True
    if sha256_of(path) != sha256:
        return False
    stamp(path, sha256)
    return True


def stamp(path: Path, sha256: str) -> None:
    """Remember that the bytes at `path` have this hash; a read-only store does without."""
    found = path.stat()
    text = json.dumps([found.st_size, found.st_mtime_ns, sha256])
    with suppress(OSError):
        write_private(stamp_path(path), text.encode())


def stamp_path(path: Path) -> Path:
    """Where the stamp of `path` is."""
    return path.with_name(path.name + ".ok")


def _stamp_of(path: Path) -> object:
    try:
        return json.loads(stamp_path(path).read_bytes())
    except (OSError, ValueError):
        return None


def require_space(folder: Path, needed: int) -> None:
    """Raise FetchError when the disk of `folder` has no room for `needed` bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise FetchError(
            f"Not enough disk space in {folder}: {size_text(needed)} needed, "
            f"{size_text(free)} free.",
            "Make room, or name a folder on another disk in SUMM_MODEL_DIR.",
        )


def size_text(size: int) -> str:
    """A number of bytes for people: `1.12 GB`, `23 MB`, `4 kB`."""
    if size >= 10**9:
        return f"{size / 10**9:.2f} GB"
    if size >= 10**6:
        return f"{size / 10**6:.0f} MB"
    return f"{max(1, round(size / 1000))} kB"


@contextmanager
def locked(
    path: Path, ui: Ui, waiting: str, cancel: threading.Event | None = None
) -> Iterator[None]:
    """Hold the lock file `path`; wait for whoever holds it, and say so once.

    The wait ends at Ctrl-C, and with FetchError when `cancel` is set. The system
    releases the lock of a process that dies. Without `fcntl` (Windows), or where the
    folder can't be written, there is no lock.
    """
    try:
        import fcntl

        handle = open_private(path, append=True)
    except (ImportError, OSError):
        yield
        return
    with handle:
        told = False
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    ui.notice(waiting)
                    told = True
                stop_if(cancel)
                time.sleep(_POLL_SECONDS)
            except OSError:  # a file system without locks
                break
        yield
