"""What is known of each language's inflection, read from `endings.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from summ.checks.cues import cues


@dataclass(frozen=True, slots=True)
class Inflection:
    """What is put behind and before the words of a language, and how their sounds change.

    Attributes:
        endings: of nouns and adjectives; none where they are not known or too many.
        derived: those, and what names are derived with (лондонський).
        alternations: last letters of a stem, and what they are in other forms.
        fleeting: vowels before the last consonant that are gone in other forms.
        changing: vowels there that are another one in other forms.
        prefixes: what is written together with the next word.
        article: that of them which is an article.
        agglutinative: whether nearly any letters may follow a stem.
        compounding: whether a noun is written together with the next.
    """

    endings: frozenset[str]
    derived: frozenset[str]
    alternations: tuple[tuple[str, str], ...]
    fleeting: str
    changing: str
    prefixes: tuple[str, ...]
    article: str
    agglutinative: bool
    compounding: bool


@lru_cache(maxsize=128)
def inflection(language: str) -> Inflection:
    """What is known of a language (a primary subtag); every field empty for nothing."""
    data = _data()
    found: Mapping[str, Any] = next(
        (group for group in data["group"] if language in group["languages"].split()), {}
    )
    endings = frozenset(found.get("endings", "").split())
    names = cues("names", language) if endings else {}
    keys = ("endings", "place_endings", "demonyms")
    return Inflection(
        endings=endings,
        derived=endings.union(*(names.get(key, "").split() for key in keys)),
        alternations=tuple((one, other) for one, other in found.get("alternations", ())),
        fleeting=found.get("fleeting", ""),
        changing=found.get("changing", ""),
        prefixes=tuple(found.get("prefixes", "").split()),
        article=found.get("article", ""),
        agglutinative=language in data["agglutinative"].split(),
        compounding=language in data["compounding"].split(),
    )


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    path = files("summ.checks._terms") / "endings.toml"
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))
