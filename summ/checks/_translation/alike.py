"""The same translation at two places whose sources differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summ.checks._translation.words import units_of

_FEW = 4
"""Units below which two sources may well have one translation ("Photo", "Picture")."""
_DIFFER = 0.5
"""Share of two sources' units in common, below which they clearly differ."""


def same_places(sources: Sequence[str], targets: Sequence[str]) -> set[int]:
    """Places of equal targets, at least two of whose sources clearly differ."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, target in enumerate(targets):
        units = tuple(units_of(target))
        if len(units) >= _FEW:
            places[units].append(place)
    found: set[int] = set()
    for group in places.values():
        first, *others = (set(units_of(sources[place])) for place in group)
        if any(_differ(first, other) for other in others):
            found.update(group)
    return found


def _differ(one: set[str], other: set[str]) -> bool:
    if max(len(one), len(other)) < _FEW:
        return False
    return len(one & other) < _DIFFER * len(one | other)
