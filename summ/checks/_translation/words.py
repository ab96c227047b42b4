"""The words of a segment: which are names, which must change with the language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import regex

WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’ʼ\-·][\p{L}\p{M}]+)*")
_CODE = regex.compile(r"://|@|[\p{L}\d][._/\\][\p{L}\d]|\d")
_UNCASED = regex.compile(r"\p{Lo}")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_BREAK = regex.compile(r"[.!?…,;:|/()\[\]–—«»“”\"、，。；：]")
_UNIT = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{M}\d]+"
)

PLAIN_RUN = 5
"""Capitalised words in a row, from which on they are a headline and no name."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a text are.

    Attributes:
        plain: words in lower case, of two letters or more, or of a script without cases, in
            order; addresses, file names and what holds a digit are left out.
        capital: words with a capital letter first, as they are written.
        longest: words in the longest stretch without a punctuation mark that parts names.
    """

    plain: tuple[str, ...]
    capital: tuple[str, ...]
    longest: int

    @property
    def only_names(self) -> bool:
        """Whether nothing in it need change with the language, as far as can be seen."""
        return not self.plain and self.longest < PLAIN_RUN


@lru_cache(maxsize=64)
def words_of(text: str) -> Words:
    """The words of one line."""
    prose = " ".join("," if _is_code(token) else token for token in text.split())
    found = WORD.findall(prose)
    plain = [word for word in found if len(word) > 1 and not word[0].isupper()]
    capital = [word for word in found if word[0].isupper()]
    longest = max((len(WORD.findall(part)) for part in _BREAK.split(prose)), default=0)
    return Words(tuple(plain), tuple(capital), longest)


def _is_code(token: str) -> bool:
    return _CODE.search(token) is not None and _UNCASED.search(token) is None


def units_of(text: str) -> list[str]:
    """Its words in lower case; in a script without spaces, its characters."""
    return _UNIT.findall(text.casefold())


def is_dense(text: str) -> bool:
    """Whether it is written mainly without spaces between words."""
    return len(_DENSE.findall(text)) * 3 > len(text)


def longest_repeat(units: Sequence[str]) -> int:
    """How often the unit repeated most stands in a row; 0 for none."""
    return max((sum(1 for _ in group) for _, group in groupby(units)), default=0)
