"""Numbers in figures, of any script."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ’']\d+)*")
_SIGNS = re.compile(r"\D")
_DIGIT = re.compile(r"\d")


def figures(text: str) -> list[int]:
    """The numbers in figures, without their separators: 412,600 and 412.600 are one."""
    if not _DIGIT.search(text):
        return []
    plain = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
    # Python refuses numbers of thousands of digits: such a run is no figure of news.
    joined = (_SIGNS.sub("", number) for number in _NUMBER.findall(plain))
    return [int(number) for number in joined if len(number) <= 40]
