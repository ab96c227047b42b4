"""Whether a full stop ends a sentence: abbreviations, initials, ordinals, list numbers.

Each look goes a bounded number of characters to either side.
"""

from __future__ import annotations

import re

from summ.text import _abbreviations as known
from summ.text._lines import is_cjk

OPENERS = "\"'“„‟«»‹›‘‚([{<¿¡「『《〈【（*_~`|"
DASHES = "—–―−‒-"
WORD = re.compile(r"[^\s.,;:!?…。，！？।॥۔؟()\[\]{}\"“”„«»‹›]{1,40}")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
_ROMAN = re.compile(r"(?=.)(?:X{0,3}(?:IX|IV|V?I{0,3})|[ХІ]{1,4})")
_NUMBERING = re.compile(r"\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVX]{1,5}|[ivx]{1,4}")
_WORD_LETTERS = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff]")  # CJK, Hangul
_CLOCK = re.compile(r"[ap]\.?m")
_GERMAN = re.compile(r"\b(?:der|das|und|von|des|im|dem|zum|wurde|ist|nicht|mit|für|ein|eine)\b")
_BACK = 40  # characters looked at before a full stop


def word_before(text: str, start: int, dot: int) -> tuple[str, str]:
    """The word before a full stop, and the same with the short dotted ones before it.

    `z. B` gives `("B", "z.b")`: the second is case-folded. Both are empty when there is
    white space before the full stop.

    Args:
        text: the text.
        start: where the sentence starts; nothing before it is looked at.
        dot: where the full stop is.
    """
    window = text[max(start, dot - _BACK) : dot]
    parts = window.split()
    if not parts or window[-1].isspace():
        return "", ""
    word = parts.pop().lstrip(OPENERS + DASHES)
    head, mark, tail = word.replace("'", "’").rpartition("’")
    if mark and tail and len(head) < 3:  # an elided article: "l’art. 5"
        word = tail
    joined = word
    while parts and len(joined) < 9 and parts[-1].endswith(".") and len(parts[-1]) < 5:
        joined = parts.pop().lstrip(OPENERS) + joined
    return word, joined.casefold()


def ends_sentence(text: str, start: int, dot: int, at: int) -> bool:
    """Whether one full stop, with white space after it, ends the sentence.

    Args:
        text: the text.
        start: where the sentence starts.
        dot: where the full stop is.
        at: where the next word is, not in lower case.
    """
    word, joined = word_before(text, start, dot)
    if not word or joined in known.ENDS:
        return True
    if _is_numbering(text, start, dot, word):
        return False
    following = WORD.match(text, at)
    after = following.group() if following else ""
    if word[-1].isdigit():
        return not _is_ordinal(text, start, dot, word, after)
    key = word.casefold()
    if not known.NEVER.isdisjoint((joined, key)) or word in known.NEVER_AS_WRITTEN:
        return False
    if after and _needs_number(key) and (after[0].isdigit() or _ROMAN.fullmatch(after)):
        return False
    if _CLOCK.fullmatch(joined):
        return after.casefold() not in known.TIME_ZONES
    if not known.MAYBE.isdisjoint((joined, key)) or _is_initial(word):
        return _is_starter(text, at, after)
    if _ROMAN.fullmatch(word) and _GERMAN.search(text, max(0, dot - 120), dot + 60):
        return _is_starter(text, at, after)
    return True


def _is_numbering(text: str, start: int, dot: int, word: str) -> bool:
    """Whether a word is the number of a list item or heading: `1.`, `A.`, `iv.`."""
    if dot - start > 24 or not _NUMBERING.fullmatch(word) or _WORD_LETTERS.match(word):
        return False
    return not any(map(str.isalnum, text[start : dot - len(word)]))


def _is_ordinal(text: str, start: int, dot: int, word: str, after: str) -> bool:
    """Whether a number with a full stop is an ordinal or part of a date."""
    if not word.isdigit() or len(word) > 2:
        return False
    if after[:1].isdigit() or after.casefold() in known.AFTER_ORDINAL:
        return True
    if after.casefold() in known.STARTERS:
        return False
    parts = text[max(start, dot - _BACK) : dot].split()
    return len(parts) > 1 and parts[-2].casefold() in known.BEFORE_ORDINAL


def _needs_number(key: str) -> bool:
    return key in known.BEFORE_NUMBER or len(key) == 1 or key.endswith(("str", "straße"))


def _is_initial(word: str) -> bool:
    """Whether a word is an initial or dotted letters (`U.S`), in any script but CJK."""
    if len(word) == 1:
        is_word = word in known.ONE_LETTER_WORDS or _WORD_LETTERS.match(word)
        return word.isalpha() and not is_word
    if "\u0900" <= word[0] <= "\u0e7f":  # Indic and Thai: their full stop is another sign
        return "." in word or word in known.HINDI_INITIALS or "ก" <= word[-1] <= "๛"
    if "." in word and "\u0590" <= word[0] <= "\u06ff":  # Hebrew and Arabic
        return True
    return _DOTTED.fullmatch(word) is not None and not is_cjk(word[-1])


def _is_starter(text: str, at: int, after: str) -> bool:
    """Whether the next word is one that starts sentences, and no initial."""
    if after.casefold() not in known.STARTERS:
        return False
    return not (len(after) == 1 and text[at + 1 : at + 2] == ".")
