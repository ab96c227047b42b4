"""Loops: a model that writes the same thing again and again."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from summ.checks._translation.words import units_of

_GRAM = 3
_SUSPECT = 0.12
"""Share of repeated trigrams from which on a text is looked at for periods."""
_LONGEST = 40
"""Units in the longest phrase whose repetition is looked for."""
_MOST = 4_000
"""Units looked at, from the end: a loop, once begun, does not end."""
_RUN = regex.compile(r"([^\s\d])\1{7,}+")
_WITHIN = regex.compile(r"\b(\w{1,6}?)\1{5,}+")
_TIMES = {1: 4, 2: 4}
_TIMES_MORE = 3


def loop(source: str, target: str) -> str | None:
    """The phrase that `target` repeats in a row beyond anything `source` repeats, if any."""
    for pattern in (_RUN, _WITHIN):
        found = pattern.search(target[-_MOST:])
        if found and not pattern.search(source):
            return str(found[1])
    units = units_of(target)[-_MOST:]
    if not _repeats(units):
        return None
    phrase, times = _longest_loop(units)
    if not times or times <= _longest_loop(units_of(source)[-_MOST:])[1]:
        return None
    return " ".join(phrase)


def _repeats(units: Sequence[str]) -> bool:
    grams = list(zip(*(units[start:] for start in range(_GRAM)), strict=False))
    short = len(units) >= _TIMES[1] and len(set(units[-_TIMES[1] :])) == 1
    return short or (bool(grams) and 1 - len(set(grams)) / len(grams) >= _SUSPECT)


def _longest_loop(units: Sequence[str]) -> tuple[Sequence[str], int]:
    """The phrase that stands most often in a row, and how often; nothing below a loop."""
    best: tuple[Sequence[str], int] = ((), 0)
    for period in range(1, min(_LONGEST, len(units) // 2) + 1):
        run = 0
        for place in range(period, len(units)):
            run = run + 1 if units[place] == units[place - period] else 0
            times = run // period + 1
            if times >= _TIMES.get(period, _TIMES_MORE) and times > best[1]:
                best = (units[place - period + 1 : place + 1], times)
    return best
