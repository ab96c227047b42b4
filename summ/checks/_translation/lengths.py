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

import regex

from summ.checks._translation.words import is_dense

_PROPORTIONAL = 2.2
_CONSTANT = 0.01
"""Squares of the spread: by the English characters, and what is there at any length."""
_UNKNOWN = 0.2
"""Spread that is added for a language whose density is not known."""
_DENSE = 0.35
"""Density of an unknown language that is written without spaces."""
_LIMIT = 3.0
_LIMIT_UNENDED = 1.3
_LIMIT_SENTENCES = 1.3

_END = regex.compile(r"[.!?…。！？؟।॥።։](?=[\p{P}\s\d]*$)")
_SENTENCES = regex.compile(
    r"[.!?…](?=[\p{Pf}\p{Pe}\"']*\s+[\p{Pi}\p{Ps}\"'¿¡]*[\p{Lu}\p{Lo}\d])|[。！？]"
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
def _densities() -> Mapping[str, float]:
    text = (files(__package__) / "lengths.toml").read_text(encoding="utf-8")
    found: dict[str, float] = tomllib.loads(text)["density"]
    return found


def density(language: str | None, text: str) -> tuple[float, bool]:
    """Characters for one of English, and whether that is known of the language."""
    known = _densities()
    code = (language or "").replace("_", "-").casefold()
    while code:
        if code in known:
            return known[code], True
        code = code.rpartition("-")[0]
    return (_DENSE if is_dense(text) else 1.0), False


def compare(source: str, target: str, languages: tuple[str | None, str]) -> Lengths:
    """The lengths of two texts, neither of them empty."""
    (first, sure), (second, sure_too) = (
        density(code, text) for code, text in zip(languages, (source, target), strict=True)
    )
    english = len(source) / first
    times = len(target) / (english * second)
    spread = math.sqrt(_PROPORTIONAL / english + _CONSTANT)
    spread += _UNKNOWN * ((not sure) + (not sure_too))
    return Lengths(times, math.log(times) / spread)


def wrong_length(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """What is wrong with the length of `target`, if anything."""
    lengths = compare(source, target, languages)
    size = f"{lengths.times:.0%} of the length expected"
    if abs(lengths.deviation) > _LIMIT:
        return size
    if lengths.deviation < -_LIMIT_UNENDED and _END.search(source) and not _END.search(target):
        return f"{size}, and no end of a sentence"
    if lengths.deviation > _LIMIT_SENTENCES and _sentences(target) > _sentences(source):
        return f"{size}, and more sentences"
    return None


def _sentences(text: str) -> int:
    return len(_SENTENCES.findall(text.rstrip("。！？"))) + 1
