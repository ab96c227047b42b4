"""Which words are derived from one another, where the names of persons have one form only.

In languages without cases a name stays as it is, but for the plural of a family (the
Kellers), and for what is derived from a place (Lyon, lyonnais). The endings of the latter
are also those that tell one person's name from another's (Keller, Kelly; Julia, Julian), so
a short one counts only behind a place that is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from summ.checks._names.cues import NameCues, places

_LEAST = 3
_LEAST_SMALL = 4
_LONG = 3
_LONGEST = 7
_PLURALS = ("ses", "xes", "zes", "ches", "shes")


class Derivations:
    """The words of an article with one first letter, by what they are derived from."""

    def __init__(self, forms: Iterable[str], capital: frozenset[str], cues: NameCues) -> None:
        """Look for derivations of `forms`, of which those in `capital` have a capital."""
        self._capital = capital
        self._cues = cues
        self._places = places(cues.language)
        self._place_endings = cues.place_endings | {""}
        self._singulars: set[str] = set()
        self._bases: dict[str, set[str]] = defaultdict(set)
        self._derived: dict[str, set[str]] = defaultdict(set)
        for form in forms:
            if form not in capital and len(form) <= _LEAST_SMALL:
                continue
            self._singulars.update(self._singular(form))
            if form not in capital and not cues.small_demonyms:
                continue
            for stem in self._without(form, self._place_endings):
                self._bases[stem].add(form)
            for stem in self._without(form, cues.demonyms):
                self._derived[stem].add(form)

    def has(self, form: str) -> bool:
        """Whether the name is that of a word of the article, in its plural or derived."""
        if not self._singulars.isdisjoint(self._singular(form)):
            return True
        cues = self._cues
        for stem in self._without(form, self._place_endings):
            if any(self._fits(form, other, stem, other) for other in self._derived.get(stem, ())):
                return True
        for stem in self._without(form, cues.demonyms):
            if any(self._fits(other, form, stem, other) for other in self._bases.get(stem, ())):
                return True
            if any(self._are_of_one(stem, other) for other in self._derived.get(stem, ())):
                return True
        return False

    def _fits(self, base: str, derived: str, stem: str, own: str) -> bool:
        """Whether `derived` is of the place `base`; `own` is the one the article has."""
        if derived[-1] == "n" and derived[:-1] in self._places:
            return base == derived[:-1]  # Nigerian is of Nigeria, not of Niger
        if base in self._places or (own == derived and own not in self._capital):
            return True
        first = self._cues.first
        return len(derived) - len(stem) >= _LONG and base not in first and derived not in first

    def _are_of_one(self, stem: str, own: str) -> bool:
        """Whether two words derived of the stem are of a place."""
        if own not in self._capital:
            return True
        return any(stem + ending in self._places for ending in self._place_endings)

    def _singular(self, form: str) -> set[str]:
        """The form, and what it may be the plural of."""
        found = {form}
        if len(form) > _LEAST and form[-1] == "s" and form not in self._cues.first:
            found.add(form[:-1])
            if form.endswith("ies"):
                found.add(form[:-3] + "y")
            elif form.endswith(_PLURALS):
                found.add(form[:-2])
        return found

    def _without(self, form: str, endings: frozenset[str]) -> list[str]:
        """What is left of the form without each of the endings it has."""
        return [
            form[: len(form) - size]
            for size in range(min(len(form) - _LEAST, _LONGEST) + 1)
            if form[len(form) - size :] in endings
        ]
