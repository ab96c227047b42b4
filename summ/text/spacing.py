"""Where a language puts no spaces."""

from __future__ import annotations

import unicodedata

_FIRST = "\u0e00"
"""From here on letters without case are of scripts that put no spaces, nearly all."""

_BETWEEN_WORDS = frozenset({"zh", "yue", "wuu", "ja", "th", "lo", "km", "my"})
_BETWEEN_SENTENCES = frozenset({"zh", "yue", "wuu", "ja"})


def has_no_spaces(language: str) -> bool:
    """Whether a language, by its BCP 47 code, puts no spaces between words."""
    return _base(language) in _BETWEEN_WORDS


def sentence_joint(language: str) -> str:
    """What stands between two sentences of a language, by its BCP 47 code.

    Thai and its neighbours have spaces there, though they have none between words.
    """
    return "" if _base(language) in _BETWEEN_SENTENCES else " "


def needs_no_space(char: str) -> bool:
    """Whether a word may begin or end next to a letter without a space, as in Chinese or Thai.

    Korean is among them: endings are written onto any word.

    Args:
        char: one character, or none.
    """
    return bool(char) and unicodedata.category(char) == "Lo" and char >= _FIRST


def _base(language: str) -> str:
    return language.lower().partition("-")[0]
