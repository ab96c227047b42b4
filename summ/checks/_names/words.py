"""Words of a text as names need them: capitals, joints and comparable forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MARKS = "\u0300-\u036f"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,8}}(?!\w)|[^\W_][\w{_MARKS}]*(?:[’'ʼ`´‘&\-‐‑][^\W_][\w{_MARKS}]*)*"
)
_APOSTROPHES = "’'ʼ`´‘"
_HYPHENS = re.compile("[-‐‑]")
_ELISION = re.compile(
    r"^(?:[ldjnsmtc]|qu|lorsqu|puisqu|jusqu|quoiqu|dell|all|nell|sull|dall|un)[’'ʼ`´‘](?=.)",
    re.IGNORECASE,
)
_OWNED = re.compile(r"[’'ʼ`´‘](?:s|ve|re|ll|m|d)$", re.IGNORECASE)
_ACCENTS = re.compile(f"[{_MARKS}]")
_CYRILLIC = str.maketrans("ёґѐѝ", "егеи", _APOSTROPHES + "-‐‑.&")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ"}
)
_CLOSED = re.compile(r"[.!?…‼⁇]+[»”’\"')\]]*\s+[«»„“”‘\"'(\[—–-]*\s*$")
_OPENED = re.compile(r"[«„“”\"‹‚‘:•|]\s*$|\n\s*$")
_LAST = re.compile(r"[yij]{1,2}$")
_LAST_OF_TWO = re.compile(r"(?:i[yij]?|[yj])a$")

LONGEST = 60
"""Characters of a word that are looked at; what is longer is no name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a statement or an article.

    Attributes:
        text: as written, without an elided article before it and a possessive 's behind.
        start: where it begins in its text.
        end: where it ends, the possessive included.
        form: as it is compared (`folded`).
        opens: whether a capital may be there only because a sentence, a quotation or
            the like begins with it.
        gap: what stands between it and the word before.
    """

    text: str
    start: int
    end: int
    form: str
    opens: bool
    gap: str

    @property
    def capital(self) -> bool:
        """Whether its first letter is large."""
        return self.text[0].isupper()

    @property
    def owned(self) -> bool:
        """Whether a possessive was cut off."""
        return self.end - self.start > len(self.text)

    @property
    def adjoins(self) -> bool:
        """Whether only a space parts it from the word before."""
        return self.gap in {" ", "\xa0", "\u202f"}


def words(text: str) -> list[Word]:
    """The words of a text, in their order; time is linear in its length."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    end = 0
    short = True
    for match in _WORD.finditer(text):
        start = match.start()
        gap = text[end:start] if start - end <= LONGEST else text[end : end + 8] + "\n"
        raw = match[0]
        own = bare(raw)
        start = match.end() - len(raw) + raw.index(own)
        opens = (
            end == 0
            or _OPENED.search(gap) is not None
            or (not short and _CLOSED.match(gap) is not None)
        )
        end = match.end()
        short = raw[0].isupper() and (len(raw) == 1 or (len(raw) < 4 and not raw.isupper()))
        yield Word(own, start, end, folded(own), opens, gap)


def bare(raw: str) -> str:
    """A word without an elided article before it and a possessive 's behind."""
    if raw.isalnum():
        return raw
    if elided := _ELISION.match(raw):
        raw = raw[elided.end() :]
    if owned := _OWNED.search(raw[-3:]):
        raw = raw[: len(raw) - len(owned[0])] or raw
    return raw


def distinct(text: str) -> set[str]:
    """The words of a text, `bare`, each once."""
    return {bare(raw) for raw in set(_WORD.findall(text))}


def folded(text: str) -> str:
    """A word without case, accents, apostrophes, hyphens and full stops.

    Cyrillic keeps its letters (й is not и); only ё and ґ are written е and г.
    """
    return _folded(text[:LONGEST])


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_BARE)
    text = unicodedata.normalize("NFKC", text).casefold()
    if "Ѐ" <= text[:1] <= "ӿ":
        return text.translate(_CYRILLIC)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return plain.translate(_LETTERS).translate(_BARE)


_BARE = str.maketrans("", "", _APOSTROPHES + "-‐‑.&")


def variants(word: str) -> tuple[str, ...]:
    """`folded` and what else it may be written as: Müller is Mueller too."""
    form = folded(word)
    if word.isascii() or word[:1] > "ɏ":
        return (form,)
    spelled = folded(word[:LONGEST].lower().translate(_UMLAUTS))
    return (form,) if spelled == form else (form, spelled)


def loose(form: str) -> str:
    """A form whose last -y is the same as -yy, -iy, -ij and -i, and -ia as -ya and -iya."""
    if len(form) < 5:
        return form
    if form[-1] == "a":
        return _LAST_OF_TWO.sub("ia", form)
    return _LAST.sub("y", form) if form[-1] in "yij" else form


def parts(text: str) -> list[str]:
    """What hyphens part in a word."""
    return [part for part in _HYPHENS.split(text[:LONGEST]) if part]


def is_acronym(text: str) -> bool:
    """Whether it is letters, nearly all of them large: NATO, U.S., BBVA, ЗСУ, CDUs."""
    if text[1:].islower():
        return False
    letters = [char for char in text.rstrip("s") if char.isalpha()]
    return 2 <= len(letters) <= 8 and all(char.isupper() for char in letters)
