"""Is a translated segment in its language? What its words tell beside `text.language`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import regex

from summ.checks._translation.common import base_of, common_words, is_another, is_surely
from summ.checks._translation.words import PLAIN_RUN, WORD, words_of
from summ.text.language import detect_language, is_in_language, is_in_script

_LETTERS = 15
"""Letters of words in a foreign script, from which on they are no accident."""
_DENSE = 3
"""Letters that a character counts for in a script without cases (most of them are dense)."""
_SHARE = 0.5
_SHORT = 25
_TELLING = 60
"""Characters from which on `is_in_language` judges by itself; below, common words must agree."""
_HAN = regex.compile(r"\p{Han}")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}--[・ー]]", regex.VERSION1)
_HAN_ALONE = 8
"""Chinese characters without a kana, from which on a text is not Japanese."""
_KANA_MANY = 4
_UKRAINIAN, _RUSSIAN = regex.compile(r"[іїєґ]"), regex.compile(r"[ыэёъ]")
_EAST = MappingProxyType({"uk": (_UKRAINIAN, _RUSSIAN), "ru": (_RUSSIAN, _UKRAINIAN)})
"""Letters of a language, and of the neighbour it may be taken for."""
_NEIGHBOUR = MappingProxyType({"uk": "ru", "ru": "uk"})
_LETTERS_EAST = 2


def is_foreign(source: str, target: str, language: str) -> bool:
    """Whether `target` is clearly not in `language`; names of the source are no sign."""
    count = common_words(target)
    if _foreign_script(source, target, language) or _foreign_letters(target, language, count):
        return True
    if is_surely(count, language):
        return False
    verdict = is_in_language(target, language)
    if verdict is not False and (verdict or not _SHORT <= len(target) < _TELLING):
        return False
    found = detect_language(target)
    if found is None and verdict is not False:
        return False
    borne_out = found is None or is_another(count, language, found, sure=verdict is False)
    return borne_out and not _kept_names(source, target, language)


def _foreign_script(source: str, target: str, language: str) -> bool:
    """Whether half of the letters are of another script, in words that are no kept names."""
    names = set(words_of(source).capital)
    own = foreign = 0
    for word in WORD.findall(target):
        there = is_in_script(word, language)
        weight = len(word) * (1 if word[0].islower() or word[0].isupper() else _DENSE)
        if there:
            own += weight
        elif there is False and not (word in names and word[0].isupper()):
            foreign += weight
    return foreign >= _LETTERS and foreign >= _SHARE * (own + foreign)


def _foreign_letters(target: str, language: str, count: Mapping[str, int]) -> bool:
    """Whether letters show a neighbour that shares the script: Chinese, Japanese, Russian."""
    base = base_of(language)
    if base == "ja":
        return len(_HAN.findall(target)) >= _HAN_ALONE and not _KANA.search(target)
    if base == "zh":
        kana, han = len(_KANA.findall(target)), len(_HAN.findall(target))
        return kana >= _KANA_MANY and kana * 3 > han
    if base not in _EAST or len(target) < _SHORT:
        return False
    (own, other), neighbour = _EAST[base], _NEIGHBOUR[base]
    if own.search(target):
        return False
    # A Russian sentence may well lack its own letters, a Ukrainian one hardly.
    words = base == "uk" and count.get(neighbour, 0) > count.get(base, 0)
    return words or len(other.findall(target)) >= _LETTERS_EAST


def _kept_names(source: str, target: str, language: str) -> bool:
    """Whether all that is in another script are names as the source has them."""
    names = set(words_of(source).capital)
    words = [word for word in WORD.findall(target) if is_in_script(word, language) is False]
    short = words_of(target).longest < PLAIN_RUN
    return bool(words) and short and all(word in names for word in words)
