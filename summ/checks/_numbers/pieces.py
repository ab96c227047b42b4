"""Numbers that are written in one word: `zweiundzwanzig`, `zwölfjährig`, `двадцятирічний`."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import regex

from summ.checks._numbers.lexicon import Lexicon, lexicon
from summ.checks._numbers.model import Word

_ENDING = regex.compile(r"s?te[rnms]?$")
_LEAST_ORDINAL = 4


@lru_cache(maxsize=4)
def _pieces(language: str) -> tuple[regex.Pattern[str], dict[str, Fraction]]:
    known = {
        word: entry.value
        for word, entry in lexicon(language).words.items()
        if entry.role in {"cardinal", "multiplier"} and entry.value.denominator == 1
        if entry.value < 100 or word in {"hundert", "tausend"}
    }
    words = "|".join(sorted([*known, "und"], key=len, reverse=True))
    return regex.compile(rf"(?:({words}))++"), known


@lru_cache(maxsize=8)
def _openings(language: str) -> regex.Pattern[str]:
    known = lexicon(language)
    forms = (
        word
        for word, entry in known.words.items()
        if entry.role == "cardinal"
        and len(word) > 2
        and (not entry.shy or known.cues.get("pieces"))
    )
    ends = "|".join(sorted(known.compounds, key=len, reverse=True))
    return regex.compile(rf"({'|'.join(sorted(forms, key=len, reverse=True))})(?:{ends})")


def compound(word: str, known: Lexicon) -> Word | None:
    """What a word is that is made of number words, alone or with one of another kind."""
    if known.cues.get("pieces"):
        pattern, values = _pieces(known.language)
        found = pattern.match(word)
        if found is None:
            return _dated(word, known)
        value = _composed(found.captures(1), values)
        return None if value is None else _with_rest(word, found.end(), value, known)
    found = _openings(known.language).match(word) if known.compounds else None
    if found is None:
        return None
    return Word("cardinal", known.words[found[1]].value, known.words[found[1]].shy)


@lru_cache(maxsize=4)
def _names(language: str) -> regex.Pattern[str]:
    words = lexicon(language).words.items()
    names = [word for word, entry in words if entry.role in {"month", "weekday"} and len(word) > 3]
    return regex.compile("|".join(sorted(names, key=len, reverse=True)))


def _dated(word: str, known: Lexicon) -> Word | None:
    """`Novemberwahl`, `Sonntagsspiel`; shy, because of `Julia`."""
    found = _names(known.language).match(word)
    return known.words[found[0]]._replace(shy=True) if found else None


def _with_rest(word: str, end: int, value: Fraction, known: Lexicon) -> Word | None:
    rest = word[end:]
    if not rest:
        return Word("cardinal", value)
    if _ENDING.fullmatch(rest):
        return Word("ordinal", value) if value >= _LEAST_ORDINAL else None
    if rest.startswith(known.compounds):
        # `einfach`, `achtjährig`: of numbers that are other words, too, the first is mostly one.
        return Word("cardinal", value, shy=value <= 1 or rest.startswith(("fach", "mal")))
    return None


def _composed(pieces: list[str], values: dict[str, Fraction]) -> Fraction | None:
    """`zwei und zwanzig`, `drei hundert`: units come before tens."""
    total = group = Fraction(0)
    unit: Fraction | None = None
    for piece in pieces:
        if piece == "und":
            continue
        value = values[piece]
        if value == 1000:
            total += (group + (unit or 0) or 1) * 1000
            group, unit = Fraction(0), None
        elif value == 100:
            group += (unit or 1) * 100
            unit = None
        elif unit is None:
            unit = value
        elif unit < 10 and value >= 20 and value % 10 == 0:
            unit += value
        else:
            return None
    return None if set(pieces) <= {"und"} else total + group + (unit or 0)
