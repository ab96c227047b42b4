"""Bytes to text: exactly where the bytes say how, with a notice where it is a guess.

The order: a byte order mark; UTF-16 or UTF-32 by the pattern of their NULs; UTF-8; UTF-8
with a few broken bytes; a guess by `charset-normalizer`. Everything with a NUL left in
it, or that starts like a known binary format, is refused.
"""

from __future__ import annotations

import codecs

from summ.errors import InputError
from summ.sources.formats import binary_format, looks_like_html
from summ.sources.wide import guess_wide

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE = 2**18  # bytes that the guess is made from: it takes seconds per MiB
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode an article.

    Args:
        data: the whole file.
        name: how to call it in an error.

    Returns:
        The text (no byte order mark, CRLF and CR turned into LF, no NUL, not only white
        space, encodable as UTF-8) and sentences for the user about how it was decoded.

    Raises:
        InputError: it is empty, binary, or in no encoding that can be told.
    """
    if not data:
        raise InputError(f"{name} is empty.")
    if advice := binary_format(data):
        raise InputError(f"{name} is not text: it looks like {advice[0]}.", advice[1])
    text, notices = _decode(data, name)
    if "\0" in text:
        raise InputError(f"{name} is not text: it holds NUL characters.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip().strip(_INVISIBLE).strip():
        raise InputError(f"{name} holds only white space.")
    if looks_like_html(text):
        notices.append(
            "this looks like HTML; its tags are read as text (save the page as text for a "
            "better result)."
        )
    return text, tuple(notices)


def _decode(data: bytes, name: str) -> tuple[str, list[str]]:
    text = _marked(data, name)
    if text is not None:
        return text, []
    if b"\0" in data:
        wide = guess_wide(data)
        if wide is None:
            raise InputError(
                f"{name} is not text: it holds NUL bytes.", "Save the article as UTF-8 text."
            )
        return wide[0], [f"no byte order mark; read as {wide[1]} by the pattern of its bytes."]
    if b"\x1b$" in data and (text := _attempt(data, "iso2022_jp")) is not None:
        return text, ["read as iso2022_jp, by its escape sequences."]
    if (text := _attempt(data, "utf-8")) is not None:
        return text, []
    if sum(map(data.count, (bytes([byte]) for byte in _CONTROLS))) * 100 > len(data):
        raise InputError(f"{name} is not text: it holds control bytes.")
    return _damaged_utf8(data) or _guessed(data, name)


def _attempt(data: bytes, encoding: str) -> str | None:
    """The text, if all of it decodes and it is text that can be written as UTF-8 again."""
    try:
        text = data.decode(encoding)
        text.encode("utf-8")
    except (UnicodeError, LookupError):
        return None
    return text


def _marked(data: bytes, name: str) -> str | None:
    """The text after a byte order mark; None when there is no mark."""
    for mark, encoding, label in _MARKS:
        if not data.startswith(mark):
            continue
        if (text := _attempt(data[len(mark) :], encoding)) is not None:
            return text
        # FF FE 00 00 that is not UTF-32 may be UTF-16 that starts with a NUL: go on.
        if label != "UTF-32":
            raise InputError(
                f"{name} is marked as {label} and can't be decoded as that.",
                "It may be cut off or damaged: save it again as UTF-8.",
            )
    return None


def _damaged_utf8(data: bytes) -> tuple[str, list[str]] | None:
    """UTF-8 with a few broken bytes; None when it is more likely something else.

    A guess would read the whole article as another encoding because of one byte. Runs of
    valid multi-byte sequences hardly ever come up by chance, so four good ones to each
    bad one are taken as proof.
    """
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - broken
    if good < 4 * broken:
        return None
    return text, [f"{broken} broken UTF-8 sequence(s) were replaced by \ufffd."]


def _guessed(data: bytes, name: str) -> tuple[str, list[str]]:
    import charset_normalizer  # tens of milliseconds, seldom needed

    sample = data
    if len(data) > _SAMPLE:
        # Cut after a line feed, so that no character is cut in any usual encoding.
        sample = data[: data.rfind(b"\n", 0, _SAMPLE) + 1] or data[:_SAMPLE]
    for match in charset_normalizer.from_bytes(sample):
        text = _attempt(data, match.encoding)
        if text is not None:
            return text.removeprefix("\ufeff"), [
                f"not UTF-8; the encoding was guessed to be {match.encoding}."
            ]
    raise InputError(
        f"{name} is in no text encoding that can be told.", "Save the article as UTF-8 text."
    )
