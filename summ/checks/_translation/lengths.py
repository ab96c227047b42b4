"""How long a translation is, beside what its source and both languages let expect.

The logarithm of the ratio of characters is taken to spread around the one of the two
languages' densities, the less the longer the segment. The densities are those of
`lengths.toml`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import regex

from summ.checks._translation.common import base_of
from summ.checks._translation.figures import figures
from summ.checks._translation.words import is_dense

_PROPORTIONAL = 2.3
_CONSTANT = 0.012
"""Squares of the spread: by the English characters, and what is there at any length."""
_DOUBT = MappingProxyType({"news": 0.0, "catalogues": 0.05, "declaration": 0.12})
"""How far off a density may be, by what it was measured on: a spread of its own."""
_UNKNOWN = 0.2
"""The same for a language that was not measured."""
_SAME = MappingProxyType({"nb": "no", "fil": "tl", "iw": "he", "in": "id", "cmn": "zh", "mo": "ro"})
_DENSE = 0.35
"""Density of an unknown language that is written without spaces."""
_DENSEST = 0.6
"""Density from which on downwards a language is written in characters for syllables or words."""
_UNSPACED = frozenset({"th", "lo", "km", "my", "bo", "dz"})
_DENSER = 1.25
"""How much wider lengths spread for a language that is written so, or without spaces."""
_NOT_ENGLISH = 1.25
"""The same between languages neither of which is the one that the densities are beside."""
_TERSE = 4.0
"""Short texts, most of them headings, grow in translation: in characters for the whole."""
_USUAL = 0.01
_SHORTEST = 30

_TOO_SHORT, _TOO_LONG = 2.75, 3.05
"""Deviations, with what else speaks for them, from which on a part is missing or too much."""
_NOBODYS = 4.5
"""Deviation that 3 of 6,435 human translations exceed, two of which are none."""
_UNENDED = 1.7
_MORE_SENTENCES = 1.4
_FIGURE_LOST, _FIGURE_ADDED = 0.35, 0.5
_MOST = 2
_LAST = 12
_END = regex.compile(r"[.!?…。！？؟।॥۔։።](?=[\p{P}\s\d]*$)")
_SENTENCES = regex.compile(
    r"[.!?…؟।॥۔։።](?=[\p{Pf}\p{Pi}\p{Pe}\"']*\s+[\p{Pi}\p{Pf}\p{Ps}\"'¿¡–—-]*\s?[\p{Lu}\p{Lo}\d])"
    r"|[。！？](?!$)"
)


@dataclass(frozen=True, slots=True)
class Lengths:
    """One comparison.

    Attributes:
        times: length of the translation, in those expected.
        deviation: logarithm of that, in spreads.
    """

    times: float
    deviation: float


@lru_cache(maxsize=1)
def _densities() -> Mapping[str, tuple[float, float]]:
    """Density and doubt of each language that was measured."""
    text = (files(__package__) / "lengths.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, float]] = tomllib.loads(text)
    return {
        language: (density, _DOUBT[table])
        for table, densities in tables.items()
        for language, density in densities.items()
    }


@lru_cache(maxsize=64)
def _density(language: str) -> tuple[float, float] | None:
    """What is known of a BCP 47 code, or of it without its last subtags."""
    code = language.replace("_", "-").casefold()
    while code:
        base, _, rest = code.partition("-")
        for one in (code, f"{_SAME.get(base, base)}-{rest}".rstrip("-")):
            if one in _densities():
                return _densities()[one]
        code = code.rpartition("-")[0]
    return None


def compare(source: str, target: str, languages: tuple[str | None, str]) -> Lengths:
    """The lengths of two texts, neither of them empty."""
    (first, doubt), (second, doubt_too) = (
        _density(code or "") or ((_DENSE if is_dense(text) else 1.0), _UNKNOWN)
        for code, text in zip(languages, (source, target), strict=True)
    )
    english = len(source) / first
    terse = _TERSE * (1 / max(english, _SHORTEST) - _USUAL)
    times = len(target) / (english * second * math.exp(terse))
    spread = math.sqrt(_PROPORTIONAL / english + _CONSTANT + doubt**2 + doubt_too**2)
    bases = [base_of(code) for code in languages]
    if (first <= _DENSEST) != (second <= _DENSEST) or not _UNSPACED.isdisjoint(bases):
        spread *= _DENSER
    if "en" not in bases:
        spread *= _NOT_ENGLISH
    return Lengths(times, math.log(times) / spread)


def wrong_length(
    source: str, target: str, languages: tuple[str | None, str]
) -> tuple[str, bool] | None:
    """What is wrong with the length of `target`, and whether no person's is so far off.

    A missing end of the sentence or figure adds to what a short text tells by itself, a
    sentence or figure more to what a long one does.
    """
    lengths = compare(source, target, languages)
    have, want = set(figures(target)), set(figures(source))
    more = _sentences(target) - _sentences(source)
    unended = _ends(source) and not _ends(target)
    short = _UNENDED * unended + _FIGURE_LOST * min(_MOST, len(want - have))
    long = _MORE_SENTENCES * max(0, min(_MOST, more)) + _FIGURE_ADDED * min(_MOST, len(have - want))
    extreme = abs(lengths.deviation) > _NOBODYS
    if lengths.deviation + long > _TOO_LONG and lengths.deviation > 0:
        return f"{lengths.times:.1f} times the length expected", extreme
    if short - lengths.deviation > _TOO_SHORT and lengths.deviation < 0:
        return f"{lengths.times:.0%} of the length expected", extreme
    return None


def _ends(text: str) -> bool:
    return _END.search(text[-_LAST:]) is not None


def _sentences(text: str) -> int:
    return len(_SENTENCES.findall(text)) + 1
