"""Every way a command can end, and the exit code that goes with it."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from typing import Any, cast

import typer

from summ.cli import streams
from summ.errors import OutputError, SummError
from summ.render.safe import clean, one_line

# The parser's own errors. Their home differs between releases of typer; their family does not.
_ParserError = cast("type[Any]", typer.BadParameter.__mro__[2])

_OUT_OF_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}


def run(action: Callable[[], None], state: Mapping[str, bool]) -> int:
    """Do `action` and say how it ended; only the end of the process passes through.

    Args:
        action: what to do.
        state: `verbose` in it, once the arguments are read, asks for tracebacks.

    Returns:
        The exit code.
    """
    try:
        code = _finish(action)
    except SystemExit as leaving:
        return code_of(leaving)
    except BaseException as error:  # noqa: BLE001 - this is where the last resort lives
        code = _report(error, verbose=state.get("verbose", False))
    if code in {OutputError.exit_code, streams.READER_GONE}:
        streams.silence_stdout()
    return code


def code_of(leaving: SystemExit) -> int:
    """The number that `sys.exit` was called with."""
    if leaving.code is None:
        return 0
    return leaving.code if isinstance(leaving.code, int) else 1


def _finish(action: Callable[[], None]) -> int:
    """Do it, and see its output off."""
    code = 0
    try:
        action()
    except typer.Exit as leaving:
        code = leaving.exit_code
    streams.flush()
    return code


def _report(error: BaseException, *, verbose: bool) -> int:
    """Say what happened; the exit code for it."""
    if isinstance(error, streams.ReaderGoneError | BrokenPipeError):
        return streams.READER_GONE
    if isinstance(error, KeyboardInterrupt):
        streams.tell("\nsumm: interrupted\n")
        return streams.INTERRUPTED
    if isinstance(error, OSError) and error.errno in _OUT_OF_ROOM and error.filename is None:
        # Help is written by the parser; all files of ours have a boundary of their own.
        error = streams.unwritable(error)
    if isinstance(error, SummError):
        complain(error)
        return error.exit_code
    if isinstance(error, _ParserError):
        streams.tell(f"summ: error: {one_line(streams.as_utf8(_parser_sentence(error)))}\n")
        return 2
    streams.tell(_bug(error, verbose=verbose))
    return 1


def complain(error: SummError, about: str = "") -> None:
    """Print an error as one line, `about` (a source) in front."""
    where = f"{about}: " if about else ""
    streams.tell(f"summ: error: {one_line(streams.as_utf8(where + str(error)))}\n")


def _parser_sentence(error: Any) -> str:
    """The parser's message, as a sentence, and where to look."""
    message = str(error.format_message()).rstrip(".")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "summ"
    return f"{message}. Try '{path} --help'."


def _bug(error: BaseException, *, verbose: bool) -> str:
    """What to say about an exception that nobody expected.

    Its message and the values of variables stay out: they may hold the article.
    """
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    line = f"summ: a bug in summ: {type(error).__name__}{place}"
    if not verbose:
        return f"{one_line(line)} (-v shows the traceback)\n"
    return clean("".join(traceback.format_list(frames))) + f"{one_line(line)}\n"
