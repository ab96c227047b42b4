"""Names of months and weekdays: those of the CLDR (babel), and forms that it lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from summ.checks._numbers.model import Word, WordRole

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "\u0301": None})


def folded(word: str) -> str:
    """`word` as the word lists have it: lower case, one apostrophe, accents composed."""
    word = word.casefold()
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(_APOSTROPHES))


def calendar(language: str, found: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """Months and weekdays of a language; of two with one name the first counts.

    Args:
        language: primary subtag.
        found: its word list.
    """
    ambiguous = frozenset(str(found.get("ambiguous", "")).split())
    roles: tuple[tuple[str, WordRole], ...] = (("months", "month"), ("weekdays", "weekday"))
    for table, role in roles:
        for number, forms in found.get(table, {}).items():
            for word in expanded(forms, found.get("endings", {})):
                yield word, Word(role, Fraction(number), word in ambiguous)
    locale = locale_of(language)
    if locale is not None:
        yield from _months(locale, ambiguous)
        endings = str(found.get("day_parts", {}).get("endings", "")).split()
        for word, entry in _weekdays(locale, endings):
            yield word, entry._replace(shy=word in ambiguous)


def expanded(forms: str, endings: Mapping[str, str]) -> Iterator[str]:
    """The words of a list, each with each of its endings."""
    for form in forms.split():
        stem, _, name = form.partition("@")
        for ending in endings[name].split() if name else ("-",):
            yield stem + ("" if ending == "-" else ending)


def _months(locale: Any, ambiguous: frozenset[str]) -> Iterator[tuple[str, Word]]:
    """Full names before short ones, which are other words more often."""
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in locale.months[context][width].items():
                word = folded(name).rstrip(".")
                shy = width == "abbreviated" or word in ambiguous
                yield word, Word("month", Fraction(number), shy)


def _weekdays(locale: Any, endings: list[str]) -> Iterator[tuple[str, Word]]:
    for context in ("format", "stand-alone"):
        for number, name in locale.days[context]["wide"].items():
            for ending in ("", *endings):
                yield folded(name) + ending, Word("weekday", Fraction(number + 1))


def locale_of(language: str) -> Any:
    """What the CLDR knows of a language; None where it is unknown."""
    if not language:
        return None
    # Its data are read when a text in the language is, not at the program's start.
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
