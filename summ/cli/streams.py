"""The process's three streams: UTF-8, watched, and quiet on the way out.

A write that fails is an `OutputError`; a reader that went away is `ReaderGoneError`, and
is no one's fault. SIGPIPE keeps the handling that Python gives it: its default would end
the process when a *server* hangs up.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn, TextIO

from summ.errors import OutputError

INTERRUPTED, TERMINATED, READER_GONE = 130, 143, 141
"""Exit codes of processes that were told to stop."""


class ReaderGoneError(Exception):
    """Nobody reads our standard output any more."""


class _ClosedStdout(io.TextIOBase):
    """Stands where Python leaves None, which print() takes for "say nothing, succeed"."""

    def write(self, _text: str, /) -> int:
        raise OutputError("Standard output is closed.", "Send it somewhere, or use -o FILE.")


def prepare() -> None:
    """Make the process's streams fit for use; for the console script, once, first."""
    _plug_closed_descriptors()
    # Whoever starts us with it ignored (nohup and the like) means that.
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:
        signal.signal(signal.SIGTERM, _terminate)


def _terminate(_number: int, _frame: object) -> NoReturn:
    # SystemExit passes through asyncio, which cancels its tasks and cleans up on the way.
    raise SystemExit(TERMINATED)


def _plug_closed_descriptors() -> None:
    """Open the null device where 0, 1 or 2 is closed.

    Otherwise the next file or socket gets that number, and a library that writes to
    "standard output" writes into it.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest free number is the one that was found closed.
            os.open(os.devnull, os.O_RDWR)


def use_utf8() -> None:
    """Let stdout and stderr write UTF-8 whatever the locale, and LF whatever the system."""
    if sys.stdout is None:
        sys.stdout = _ClosedStdout()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def write(text: str) -> None:
    """Write a result to standard output, and see that it got there.

    Raises:
        OutputError: standard output is closed, or its disk is full.
        ReaderGoneError: nobody reads it any more.
    """
    with _watched():
        sys.stdout.write(text)
        sys.stdout.flush()


def flush() -> None:
    """See that everything written so far got there; raises as `write` does."""
    with _watched():
        sys.stdout.flush()


def probe() -> None:
    """Find out, before anything is paid for, whether a result could be written at all.

    Raises:
        OutputError: standard output is closed, or writes to it fail.
        ReaderGoneError: nobody reads it any more.
    """
    with _watched():
        sys.stdout.write("")
        descriptor = _descriptor(sys.stdout)
        if descriptor is None:
            return
        os.write(descriptor, b"")
        if _reader_is_gone(descriptor):
            raise ReaderGoneError


def on_terminal() -> bool:
    """Whether a person watches standard output."""
    with suppress(OSError, ValueError):
        return sys.stdout.isatty()
    return False


def _reader_is_gone(descriptor: int) -> bool:
    """Whether `descriptor` is a pipe or socket whose other end is closed."""
    import select

    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(descriptor, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _descriptor(stream: TextIO | None) -> int | None:
    """The file descriptor under `stream`; None for a stream in memory."""
    try:
        return stream.fileno() if stream is not None else None
    except (OSError, ValueError):
        return None


@contextmanager
def _watched() -> Iterator[None]:
    """Turn what goes wrong with standard output into our errors."""
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError from error
    except OSError as error:
        raise unwritable(error) from error


def unwritable(error: OSError) -> OutputError:
    """What to say when standard output took no more."""
    return OutputError(f"Can't write to standard output: {error.strerror or error}.")


def tell(text: str) -> None:
    """Write lines for people to standard error; if that fails there is no one to tell."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(text)
        sys.stderr.flush()


def as_utf8(text: str) -> str:
    """`text` with the bytes of file names that Python could not decode read as UTF-8.

    With the C locale every letter beyond ASCII in an argument is such a byte. To be called
    before `text` is cleaned for a terminal.
    """
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text


def silence_stdout() -> None:
    """After a failed write: let what is still buffered go nowhere.

    Python flushes standard output once more at exit, fails again, says "Exception
    ignored" and turns the exit code into 120.
    """
    descriptor = _descriptor(sys.stdout)
    if descriptor is None:
        return
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, descriptor)
        os.close(null)


def leave(code: int) -> NoReturn:
    """End the process.

    When it was told to stop it ends at once: a model's thread may be deep in a
    computation that nothing can interrupt, and Python would wait for it.
    """
    if code in {INTERRUPTED, TERMINATED, READER_GONE}:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def leave_now(code: int) -> NoReturn:
    """End the process, though a write to one of its streams may be waiting: nothing is flushed."""
    os._exit(code)
