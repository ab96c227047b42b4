"""UTF-16 and UTF-32 without a byte order mark, told by where their NUL bytes lie."""

from __future__ import annotations

import unicodedata

_WIDE = (
    ("utf-32-le", "UTF-32 (little-endian)"),
    ("utf-32-be", "UTF-32 (big-endian)"),
    ("utf-16-le", "UTF-16 (little-endian)"),
    ("utf-16-be", "UTF-16 (big-endian)"),
)
# Control, private use, unassigned, surrogate: none of them is met in an article.
_STRANGE = frozenset({"Cc", "Co", "Cn", "Cs"})
_SAMPLE = 20_000  # characters looked at


def guess_wide(data: bytes) -> tuple[str, str] | None:
    """Decode bytes that hold NULs, when they are convincingly UTF-32 or UTF-16.

    Returns:
        The text and the encoding's name for people, or None.
    """
    for encoding, label in _WIDE:
        width = int(encoding[4:6]) // 8
        if len(data) % width or len(data) < 2 * width or not _fits(data, encoding, width):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_article(text):
            return text, label
    return None


def _fits(data: bytes, encoding: str, width: int) -> bool:
    """Whether the NULs lie where this encoding puts them."""
    little = encoding.endswith("le")
    if width == 4:
        # No code point needs the highest byte, and next to none the second highest.
        highest, second = data[3 if little else 0 :: 4], data[2 if little else 1 :: 4]
        return not highest.strip(b"\0") and second.count(0) * 2 >= len(second)
    high, low = data[int(little) :: 2], data[int(not little) :: 2]
    if 0 in low:
        return False
    if max(data) < 0x80 and min(data.replace(b"\0", b"") or b"\0") >= 0x20:
        # Printable ASCII and NULs: strings of a binary file look like this, too, and
        # would be read as rare Chinese; only text that is ASCII nearly throughout passes.
        return high.count(0) * 10 >= 9 * len(high)
    # Blanks, line feeds and digits are in every script's text.
    return high.count(0) * 50 >= len(high)


def _is_article(text: str) -> bool:
    sample = text[:_SAMPLE]
    return all(
        character in "\t\n\r\f\v" or unicodedata.category(character) not in _STRANGE
        for character in sample.removeprefix("\ufeff")
    )
