"""The words of a text as terms need them: one spelling, and where one stands next to another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

from summ.checks._names.words import folded

LONGEST = 60
"""Characters of a word that are looked at."""

_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Bopomofo}"
)
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]"
_WORD = regex.compile(
    rf"(?:\p{{L}}\.){{2,8}}(?!{_LETTER})"
    rf"|{_LETTER}++(?:(?:[’'ʼ`´‘&]|(?<=\p{{Hebrew}})[\"״](?=\p{{Hebrew}})){_LETTER}++)*+",
    regex.VERSION1,
)
_SCRIPT_WITHOUT_SPACES = regex.compile(rf"[{_UNSPACED}]", regex.VERSION1)
_ELIDED = re.compile(
    r"^(?:[ldjnsmtc]|qu|lorsqu|puisqu|jusqu|quoiqu|dell|all|nell|sull|dall|un)[’'ʼ`´‘](?=.)",
    re.IGNORECASE,
)
_OWNED = re.compile(r"[’'ʼ`´‘]s$", re.IGNORECASE)
_APOSTROPHE = re.compile(r"[’'ʼ`´‘]")
_PARTED_BY_APOSTROPHE = frozenset({"tr", "az", "crh", "tk"})
_ELIDING = frozenset({"fr", "it", "ca", "oc", "pt"})

# What is written or left out at will: vowel signs, the joiner, nuktas, gershayim, dashes.
_OPTIONAL = regex.compile(
    r"[\u0591-\u05c7\u05f3\u05f4\"\u0610-\u061a\u0640\u064b-\u065f\u0670\u093c\u200c\u200d]+"
)
_ALIKE = str.maketrans("أإآٱىةؤئیکہہۃأँ" + "ךםןףץ", "اااايهوييكهههاं" + "כמנפצ")
_BLANK = regex.compile(r"[\s\p{Cf}・･·‧•=＝‐‑\-]+")
_BETWEEN = " \u00a0\u202f\u2009-‐‑–'’ʼ\"“”„«».&/"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        text: as written.
        form: as it is compared.
        adjoins: whether only a space, a hyphen or the like parts it from the word before.
    """

    text: str
    form: str
    adjoins: bool


def is_unspaced(text: str) -> bool:
    """Whether it has letters of a script that puts no spaces between words."""
    return _SCRIPT_WITHOUT_SPACES.search(text) is not None


def squeezed(text: str) -> str:
    """A text without spaces, hyphens and middle dots, in one case and width."""
    return _BLANK.sub("", _normal(text)).casefold()


def words(text: str, language: str) -> list[Word]:
    """The words of a text, split at hyphens; those of unspaced scripts are left out.

    Args:
        text: of any length; time is linear in it.
        language: primary subtag, or empty when it is not known.
    """
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(_normal(text)):
        gap = match.string[end : match.start()] if match.start() - end <= 4 else "\n"
        end = match.end()
        for place, raw in enumerate(_bare(match[0], language)):
            form = comparable(raw)
            if form:
                found.append(Word(raw, form, place > 0 or not gap.strip(_BETWEEN)))
    return found


def _normal(text: str) -> str:
    # Ordering many accents on one letter takes quadratic time.
    return text if text.isascii() else unicodedata.normalize("NFKC", _thinned(text))


_PILED = regex.compile(r"(\p{M}{4})\p{M}+")


def _thinned(text: str) -> str:
    return _PILED.sub(r"\1", text)


def _bare(raw: str, language: str) -> list[str]:
    """A word without an elided article before it and a possessive behind, or its two parts."""
    if raw.isalnum():
        return [raw]
    if language in _PARTED_BY_APOSTROPHE:
        return [part for part in _APOSTROPHE.split(raw) if part]
    if (not language or language in _ELIDING) and (elided := _ELIDED.match(raw)):
        raw = raw[elided.end() :]
    # Of an English name in any language: Sainsbury's.
    owned = _OWNED.search(raw)
    return [raw[: owned.start()] if owned else raw]


@lru_cache(maxsize=32_768)
def comparable(word: str) -> str:
    """A word without case, accents, apostrophes and what its script may leave out."""
    form = folded(word[:LONGEST])
    if form.isascii():
        return form
    return _OPTIONAL.sub("", form).translate(_ALIKE)
