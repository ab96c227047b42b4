"""Sentences all in capitals, as headlines and warnings are, for translators that know none."""

from __future__ import annotations

import unicodedata

import regex

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}\p{N}.'’&-]*")
_I = regex.compile(r"I(?!\w)")
_LETTER = regex.compile(r"\p{L}")
_VOWELS = frozenset("AEIOUYАЕИОУЫЭЮЯІЄΑΕΗΙΟΥΩ")
_WITH_VOWELS = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{M}]+")
_SHORT_FORMS = frozenset({"AI", "EU", "NASA", "NATO", "OECD", "OPEC", "UK", "UN", "UNESCO", "USA"})
_TURKIC = frozenset({"tr", "az"})
_ACUTE = "\u0301"


def is_in_capitals(text: str) -> bool:
    """Whether two words or more are written, and all their letters capitals."""
    if text != text.upper() or text == text.lower():
        return False
    return len([word for word in _WORD.findall(text) if not _stays(word)]) > 1


def in_sentence_case(text: str, language: str) -> str:
    """A sentence in capitals in small letters, but the first and those of short forms.

    Args:
        text: see `is_in_capitals`.
        language: BCP 47 code of what it is in.
    """
    base = language.split("-")[0]

    def lowered(match: regex.Match[str]) -> str:
        word = match[0]
        if _stays(word):
            return word
        if base == "en" and _I.match(word):
            return word[0] + word[1:].lower()
        return _lower(word, base)

    small = _WORD.sub(lowered, text)
    first = _LETTER.search(small)
    if first is None:
        return small
    at = first.start()
    return small[:at] + _upper(small[at], base) + small[at + 1 :]


def in_capitals(text: str, language: str) -> str:
    """A text with capitals for all letters, by the custom of the language."""
    return _upper(text, language.split("-")[0])


def _stays(word: str) -> bool:
    """Whether a word is a short form by its looks: BBC, G7, U.S., NATO."""
    bare = word.strip(".'’&-")
    if bare in _SHORT_FORMS or any(map(str.isdecimal, bare)) or regex.search(r"\w\.\w", word):
        return True
    if not _WITH_VOWELS.fullmatch(bare):
        return False
    return _VOWELS.isdisjoint(unicodedata.normalize("NFD", bare))


def _lower(text: str, base: str) -> str:
    if base in _TURKIC:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def _upper(text: str, base: str) -> str:
    if base == "ka":  # its capitals are for inscriptions
        return text
    if base in _TURKIC:
        text = text.replace("i", "İ")
    if base == "el":  # which has no accents on capitals
        plain = unicodedata.normalize("NFD", text).replace(_ACUTE, "")
        text = unicodedata.normalize("NFC", plain)
    return text.upper()
