"""Did the figures of a text come through its translation?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from summ.checks.cues import cues
from summ.checks.numbers import proven, quantities
from summ.model import Finding

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ’']\d+)*")
_SHOWN = 80
_SIGNS = re.compile(r"\D")


def changed_numbers(
    items: Sequence[str], translated: Sequence[str], languages: tuple[str | None, str]
) -> dict[int, Finding]:
    """Items with figures that their translation lacks, or has beyond theirs.

    Digits are compared without their separators: 412,600 is 412.600 and not 42.600. Where
    numbers are known in both languages (`cues/numbers`), values are, too: "1.5 million" may be
    1 500 000, "6 a.m." 18:00 may not, a billion is no million, and a figure that was added is
    seen. Elsewhere a number in words is not seen, and a lone weekday or month nowhere: titles
    have them.

    Args:
        items: the originals.
        translated: as many translations.
        languages: BCP 47 codes of both; None for one that is not known.

    Returns:
        A finding for each place (from 0).
    """
    source, target = ((code or "").lower().partition("-")[0] for code in languages)
    known = bool(cues("numbers", source) and cues("numbers", target))
    found: dict[int, Finding] = {}
    for place, (item, text) in enumerate(zip(items, translated, strict=True)):
        if text == item:
            continue
        lost = _lost_values(item, text, source, target) if known else _lost_figures(item, text)
        added = _lost_values(text, item, target, source) if known and not lost else []
        if lost or added:
            where = "translation" if lost else "original"
            what = ", ".join(dict.fromkeys(lost or added))[:_SHOWN]
            found[place] = Finding(
                "number-changed", f"Item {place + 1}: not in the {where}: {what}."
            )
    return found


def _lost_figures(item: str, text: str) -> list[str]:
    """Figures that a translation lacks, by their digits."""
    have = set(_figures(text))
    return [str(number) for number in _figures(item) if number not in have]


def _lost_values(item: str, text: str, source: str, target: str) -> list[str]:
    """Numbers, amounts, dates and times that a translation lacks, as the original has them."""
    pool = quantities(text, target)
    figures = _lost_figures(item, text)
    return [
        item[one.start : one.end]
        for one in quantities(item, source)
        if one.standing == "judged"
        and (figures or one.scale != 1 or one.kind == "money")
        and not (one.kind == "date" and not figures)
        and not proven(one, pool)
    ]


def _figures(text: str) -> list[int]:
    """The numbers in figures, of any script, without their separators."""
    plain = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
    # Python refuses numbers of thousands of digits: such a run is no figure of news.
    joined = (_SIGNS.sub("", number) for number in _NUMBER.findall(plain))
    return [int(number) for number in joined if len(number) <= 40]
