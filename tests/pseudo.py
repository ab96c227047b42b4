"""Stand-ins for a translation that pass every check: another alphabet, letter by letter.

    to_ukrainian("The bridge <g1>opens</g1> at 6.")   # "Тхе брідге <g1>опенс</g1> ат 6."
    from_greek(to_greek(text)) == text                # for any text without Greek letters

Tags, figures and everything else stay; so does the length.
"""

from __future__ import annotations

import re
import string

_TAG = re.compile(r"(</?g\d+>|<x\d+/>)")

_UKRAINIAN = "абцдефгхійклмнопярстувшщиз"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωάέ"
_GREEK_CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈ"

_TO_UKRAINIAN = str.maketrans(string.ascii_letters, _UKRAINIAN + _UKRAINIAN.upper())
_TO_GREEK = str.maketrans(string.ascii_letters, _GREEK + _GREEK_CAPITALS)
_FROM_GREEK = str.maketrans(_GREEK + _GREEK_CAPITALS, string.ascii_letters)


def _outside_tags(text: str, table: dict[int, int]) -> str:
    return "".join(
        part if _TAG.fullmatch(part) else part.translate(table) for part in _TAG.split(text)
    )


def to_ukrainian(text: str) -> str:
    """`text` in letters that read as Ukrainian to a program."""
    return _outside_tags(text, _TO_UKRAINIAN)


def to_greek(text: str) -> str:
    """`text` in Greek letters."""
    return _outside_tags(text, _TO_GREEK)


def from_greek(text: str) -> str:
    """What `to_greek` made it from."""
    return text.translate(_FROM_GREEK)
