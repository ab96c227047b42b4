"""The commonest words of languages, which tell one that was meant from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from summ.checks._translation.words import WORD
from summ.checks.cues import cues

_NEAR = tuple(
    frozenset(group.split())
    for group in (
        "sv da no",
        "cs sk",
        "hr sr sl",
        "es pt gl ca",
        "uk be",
        "ru bg",
        "de nl af",
        "ms id",
    )
)
"""Languages of which one has many of the commonest words of the other."""
_SAME = {"nb": "no", "nn": "no", "bs": "hr", "sh": "hr", "cnr": "hr", "iw": "he", "in": "id"}
_OWN = 3
"""Commonest words of the language meant, from which on it is that language …"""
_MORE = 2
"""… when they are so many times those of any other."""
_FOREIGN = 2
"""Commonest words of another language beyond those of the one meant."""


def base_of(code: str | None) -> str:
    """The primary subtag of a BCP 47 code, in the form that the data has."""
    base = (code or "").replace("_", "-").casefold().partition("-")[0]
    return _SAME.get(base, base)


@lru_cache(maxsize=1)
def _languages_of() -> Mapping[str, tuple[str, ...]]:
    """The languages of which a word is one of the commonest."""
    found: dict[str, list[str]] = {}
    for file in files("summ.checks.cues").joinpath("translation").iterdir():
        language, _, suffix = file.name.partition(".")
        if suffix == "toml":
            for word in str(cues("translation", language).get("common", "")).split():
                found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def common_words(text: str) -> Counter[str]:
    """How many words of `text` are among the commonest, by language."""
    languages_of = _languages_of()
    count: Counter[str] = Counter()
    for word in WORD.findall(text.casefold()):
        count.update(languages_of.get(word, ()))
    return count


def is_surely(count: Mapping[str, int], language: str) -> bool:
    """Whether the words of a text are those of `language` beyond doubt."""
    base = base_of(language)
    own = count.get(base, 0)
    others = (times for other, times in count.items() if other != base and not _near(base, other))
    return own >= _OWN and own >= _MORE * max(others, default=0)


def is_another(count: Mapping[str, int], language: str, found: str, *, sure: bool = False) -> bool:
    """Whether common words bear out that a text is in `found` and not in `language`.

    They must where the one that was meant is little known: a detector takes languages that it
    does not know for some other. Elsewhere they must not gainsay it.

    Args:
        count: what `common_words` says of the text.
        language: the one that was meant.
        found: the one that was detected.
        sure: whether the detector was. Otherwise the common words of both must be known, and
            those of `found` be more by two.
    """
    base, other = base_of(language), base_of(found)
    if base == other or _near(base, other):
        return False
    own, others = count.get(base, 0), count.get(other, 0)
    if not sure:
        return _is_known(base) and others >= own + _FOREIGN
    if _is_known(base):
        return others >= own if _is_known(other) else not own
    return _is_known(other) and others >= _FOREIGN


def _is_known(base: str) -> bool:
    return "common" in cues("translation", base)


def _near(base: str, other: str) -> bool:
    return any(base in group and other in group for group in _NEAR)
