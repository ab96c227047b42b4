"""From what the user named to bytes, bounded, and on to a `Source`."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from summ.errors import InputError
from summ.model import Source
from summ.sources.decode import decode
from summ.sources.registry import READERS, media_type_of

STDIN = "-"
"""How standard input is named."""

MAX_BYTES = 64 * 2**20
"""The largest input, in bytes. Far above any article; a device that never ends meets it."""

_PIECE = 2**20  # bytes asked for at a time


def read_source(spec: str, stdin: BinaryIO | None, media_type: str | None = None) -> Source:
    """Read and decode one article.

    Args:
        spec: a path, or `-` for standard input.
        stdin: standard input as bytes; None when the process has none.
        media_type: one of `READERS`, to read it as; None: by the suffix of `spec`.

    Returns:
        The source, its `uri` being `spec`, its text ready for offsets.

    Raises:
        InputError: it can't be opened or read, is larger than `MAX_BYTES`, or holds no
            text that can be decoded.
    """
    if spec.lower().startswith(("http://", "https://")):
        raise InputError(
            f"Can't read {spec}: addresses on the web are not supported yet.",
            "Save the page as text and give that file.",
        )
    name = "Standard input" if spec == STDIN else spec
    data = read_bytes(spec, stdin)
    text, notices = decode(data, name)
    read = READERS[media_type or media_type_of(spec)]
    return read(spec, text, tuple(f"{name}: {notice}" for notice in notices))


def read_bytes(spec: str, stdin: BinaryIO | None) -> bytes:
    """All of a file, or of standard input.

    Args:
        spec: a path, or `-` for standard input.
        stdin: standard input as bytes; None when the process has none.

    Raises:
        InputError: it can't be opened or read, or is larger than `MAX_BYTES`.
    """
    return _read_stdin(stdin) if spec == STDIN else _read_file(spec)


def _read_stdin(stdin: BinaryIO | None) -> bytes:
    if stdin is None:
        raise InputError("Standard input is closed.", "Name a file, or pipe an article in.")
    try:
        return _read_bounded(stdin, "Standard input")
    except OSError as error:
        raise InputError(f"Can't read standard input: {_reason(error)}.") from error


def _read_file(path: str) -> bytes:
    try:
        with Path(path).open("rb", buffering=0) as stream:
            return _read_bounded(stream, path)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder.", "Name the files in it.") from error
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the path.
        raise InputError(f"Can't read {path}: {_reason(error)}.") from error


def _reason(error: OSError | ValueError) -> str:
    """What the system says, without the errno and the path around it."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _read_bounded(stream: BinaryIO, name: str) -> bytes:
    """Everything in `stream`, read in pieces so that a device can't fill the memory."""
    data = bytearray()
    # `read` would wait for a whole piece: at a terminal, for end-of-file twice.
    read = getattr(stream, "read1", stream.read)
    while piece := read(_PIECE):
        data += piece
        if len(data) > MAX_BYTES:
            raise InputError(
                f"{name} is larger than {MAX_BYTES // 2**20} MiB, the most that is read.",
                "Split it, or give the article alone.",
            )
    return bytes(data)
