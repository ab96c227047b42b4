"""Is a translated segment in its language? What its words tell beside `text.language`."""

from __future__ import annotations

from summ.checks._translation.words import WORD, words_of
from summ.text.language import is_in_language, is_in_script

_LETTERS = 15
"""Letters of words in a foreign script, from which on they are no accident."""
_LETTERS_DENSE = 5
_SHARE = 0.5


def is_foreign(source: str, target: str, language: str) -> bool:
    """Whether `target` is clearly not in `language`; names of the source are no sign."""
    if _foreign_script(source, target, language):
        return True
    if words_of(target).only_names and target == source:
        return False
    if is_in_language(target, language) is not False:
        return False
    return not _kept_names(source, target, language)


def _foreign_script(source: str, target: str, language: str) -> bool:
    """Whether half of the letters are of another script, in words that are no kept names."""
    names = set(words_of(source).capital)
    own = foreign = 0
    for word in WORD.findall(target):
        there = is_in_script(word, language)
        if there:
            own += len(word)
        elif there is False and not (word in names and word[0].isupper()):
            foreign += len(word) * (1 if word[0].islower() or word[0].isupper() else 3)
    return foreign >= _LETTERS and foreign >= _SHARE * (own + foreign)


def _kept_names(source: str, target: str, language: str) -> bool:
    """Whether all that is in another script are names as the source has them."""
    names = set(words_of(source).capital)
    words = [word for word in WORD.findall(target) if is_in_script(word, language) is False]
    return bool(words) and words_of(target).longest < 5 and all(word in names for word in words)
