"""Did the figures of a text come through its translation?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from summ.model import Finding

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ’']\d+)*")
_SIGNS = re.compile(r"\D")


def changed_numbers(items: Sequence[str], translated: Sequence[str]) -> dict[int, Finding]:
    """Items with figures that their translation lacks.

    Only digits are compared, not separators, words or units, which languages write in
    their own ways: 412,600 is 412.600 and not 42.600. A figure that is written out in
    words on either side is not seen, and "6 a.m." as "18:00" would be reported.

    Args:
        items: the originals.
        translated: as many translations.

    Returns:
        A finding for each place (from 0).
    """
    found: dict[int, Finding] = {}
    for place, (item, text) in enumerate(zip(items, translated, strict=True)):
        have = set(_figures(text))
        lost = [number for number in dict.fromkeys(_figures(item)) if number not in have]
        if lost and text != item:
            found[place] = Finding(
                "number-changed",
                f"Item {place + 1}: not in the translation: {', '.join(map(str, lost))}.",
            )
    return found


def _figures(text: str) -> list[int]:
    """The numbers in figures, of any script, without their separators."""
    plain = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
    # Python refuses numbers of thousands of digits: such a run is no figure of news.
    joined = (_SIGNS.sub("", number) for number in _NUMBER.findall(plain))
    return [int(number) for number in joined if len(number) <= 40]
