"""Runs of words that may be names by how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summ.checks._names.words import Word

_NUMBERED = re.compile(r"[^\W\d_]{1,12}[-‐‑]?\d{1,5}[^\W\d_]?|\d[GD]")
_PARTICLES = frozenset(
    {"von", "van", "de", "du", "la", "le", "da", "di", "del", "della", "dos", "al", "el", "bin"}
    | {"ibn", "ter", "ten", "af", "av"}
)

MOST_WORDS = 12
"""Words that one name has at most."""


def runs_of(sentence: Sequence[Word]) -> Iterator[range]:
    """Stretches of capitalised words, particles (van, de) between them included."""
    at = 0
    while at < len(sentence):
        if not _is_name_like(sentence[at]):
            at += 1
            continue
        end = at + 1
        while end < len(sentence) and end - at < MOST_WORDS:
            word = sentence[end]
            if not word.adjoins or sentence[end - 1].owned:
                break
            if _is_name_like(word):
                end += 1
            elif (
                word.text in _PARTICLES
                and end + 1 < len(sentence)
                and sentence[end + 1].adjoins
                and _is_name_like(sentence[end + 1])
            ):
                end += 2
            else:
                break
        yield range(at, end)
        at = end


def _is_name_like(word: Word) -> bool:
    """Whether a word of a cased script has a capital, or letters and figures of a product."""
    text = word.text
    if not any("A" <= char <= "\u052f" or "Ḁ" <= char <= "\u1fff" for char in text[:3]):
        return False
    if text[0].isupper():
        return len(text) > 1
    if text[0].isdigit():
        return is_numbered(text)
    return text[1:2].isupper() and text[2:3].islower()  # iPhone, eBay


def is_numbered(text: str) -> bool:
    return (
        text[-1] <= "я" and _NUMBERED.fullmatch(text) is not None and text[:1].upper() == text[:1]
    )
