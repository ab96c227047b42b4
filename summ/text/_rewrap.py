"""Line breaks of the source, at the places of a translation that are nearest to theirs."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from summ.text._core import Break, Core, line_start
from summ.text._lines import is_cjk

_AHEAD = 12  # cells, and characters of each, that tell what a line starts with


class Cell(NamedTuple):
    """A character, or markup, of what is written.

    Attributes:
        text: how it is written.
        char: what a reader sees; empty for markup.
        at: its place in the words; of markup, that of the next character.
        kind: of markup, see `Piece`.
        opening: of markup, that it opens a pair.
    """

    text: str
    char: str
    at: int
    kind: str = ""
    opening: bool = False


class _Places(NamedTuple):
    """Where a line may break.

    Attributes:
        ats: places in the words, ascending.
        cells: which cells they are; a space there is replaced, else the break goes before.
        held: places where the next line would start like a block, with that start.
    """

    ats: list[int]
    cells: list[int]
    held: dict[int, tuple[int, str]]


def wrapped(cells: Sequence[Cell], core: Core) -> list[str]:
    """The cells' text, with the line breaks of `core` where there are places for them."""
    parts = [cell.text for cell in cells]
    if not core.breaks:
        return parts
    places = _places(cells)
    length = sum(1 for cell in cells if cell.char)
    share = length / max(1, len(core.words))
    last = -1  # the place in the words of the last break
    for one in core.breaks:
        found = _nearest(one, one.at * share, places, last)
        if found is None:
            continue
        last, number = found
        if cells[number].char == " ":
            parts[number] = one.source
        else:
            parts[number] = one.source + parts[number]
    return parts


def _nearest(one: Break, ideal: float, places: _Places, last: int) -> tuple[int, int] | None:
    """The place after `last` nearest to `ideal`: in the words and in the cells."""
    held = places.held.get(round(ideal))
    if held and held[1] == one.start and ideal == round(ideal) > last:
        return round(ideal), held[0]
    low = bisect_right(places.ats, last)
    above = max(low, bisect_left(places.ats, ideal))
    near = [number for number in (above - 1, above) if low <= number < len(places.ats)]
    if not near:
        return None
    best = min(near, key=lambda number: abs(places.ats[number] - ideal))
    return places.ats[best], places.cells[best]


def _places(cells: Sequence[Cell]) -> _Places:
    wide = sum(is_cjk(cell.char) for cell in cells if cell.char)
    anywhere = wide * 2 > sum(cell.char.isalpha() for cell in cells)
    places = _Places([], [], {})
    for number in range(1, len(cells) - 1):
        cell = cells[number]
        if cell.text == cell.char == " ":
            after = number + 1
        elif anywhere and _may_part(cells[number - 1].char, cell.char):
            after = number
        else:
            continue
        start = line_start("".join(one.text[:_AHEAD] for one in cells[after : after + _AHEAD]))
        if start:
            places.held[cell.at] = (number, start)
        else:
            places.ats.append(cell.at)
            places.cells.append(number)
    return places


def _may_part(before: str, after: str) -> bool:
    """Whether a line of Chinese or Japanese may end between two characters."""
    return (
        bool(before and after)
        and is_cjk(before)
        and is_cjk(after)
        and unicodedata.category(before) not in {"Ps", "Pi"}
        and unicodedata.category(after) not in {"Pe", "Pf", "Po", "Lm", "Mn"}
    )
