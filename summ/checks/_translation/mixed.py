"""Translations that are half done: in their language, but for words of the source."""

from __future__ import annotations

from summ.checks._translation.foreign import is_foreign
from summ.checks._translation.words import WORD
from summ.text.language import is_in_script

_SHARE = 1 / 3
"""Of the letters those in the script of the language, at least."""
_DENSE = 3
"""Letters that a character counts for in a script without cases (most of them are dense)."""


def is_mixed(source: str, target: str, language: str) -> bool:
    """Whether words of the source, in their own script, are all that is foreign in `target`."""
    known = {word.casefold() for word in WORD.findall(source)}
    rest = []
    own = foreign = 0
    for word in WORD.findall(target):
        if is_in_script(word, language) is not False:
            cased = word[0].islower() or word[0].isupper()
            own += len(word) * (1 if cased else _DENSE)
            rest.append(word)
        elif word.casefold() in known:
            foreign += len(word)
        else:
            return False
    if not foreign or own < _SHARE * (own + foreign):
        return False
    return not is_foreign(source, " ".join(rest), language)
