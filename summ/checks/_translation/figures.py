"""Numbers in figures, of any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ’']\d+)*")
_SIGNS = re.compile(r"\D")
_DIGIT = re.compile(r"\d")


class Figure(NamedTuple):
    """A number in figures.

    Attributes:
        value: its digits, without their separators: 412,600 and 412.600 are one.
        start: half-open code-point offset into the text.
        end: half-open code-point offset into the text.
    """

    value: int
    start: int
    end: int


def figures(text: str) -> list[int]:
    """The numbers in figures, without their separators."""
    return [one.value for one in placed_figures(text)]


def placed_figures(text: str) -> Iterator[Figure]:
    """The numbers in figures, in their order."""
    if not _DIGIT.search(text):
        return
    plain = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
    for match in _NUMBER.finditer(plain):
        digits = _SIGNS.sub("", match[0])
        # Python refuses numbers of thousands of digits: such a run is no figure of news.
        if len(digits) <= 40:
            yield Figure(int(digits), *match.span())
