"""The digits and the known words of a text, in its order; everything else is passed over.

One pass, linear in the text. Digits of any script are read as those from 0 to 9.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import regex

from summ.checks._numbers.calendar import folded
from summ.checks._numbers.lexicon import Lexicon
from summ.checks._numbers.lexicon import lexicon as lexicon_of
from summ.checks._numbers.model import Day, Reading, Word
from summ.checks._numbers.pieces import compound

LONGEST = 32
"""A longer row of digits is no number that anybody reads."""

LONGEST_WORD = 80
"""Letters of a longer word are no number, even in German."""

_OTHER_DIGIT = regex.compile(r"(?![0-9])\p{Nd}")
_WIDE = str.maketrans("．，：％／－٫٬", ".,:%/-.'")
_GROUPED = " \u00a0\u202f\u2009'’"

# What is no digit need not be tried as each kind of number.
_SHAPES = r"""
(?=[\d½¼¾])(?:(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))
|(?P<cjk>(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일])?)
|(?P<dmy>(?<![\d.,])\d{1,2}(?:\.\s?\d{1,2}\.\s?\d{4}|\.\d{1,2}\.\d{2}|/\d{1,2}/(?:\d{4}|\d{2}))(?![\d]))
|(?P<dm>(?<![\d.,])\d{1,2}\.\d{1,2}\.(?=\s+[\p{Ll}(]|[,;)–-]))
|(?P<clock>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
|(?P<number>\d++(?:[.,]\d++|[ \u00a0\u202f\u2009'’]\d{3}(?!\d))*+[½¼¾]?|[½¼¾]))
|(?P<word>%s)
"""

_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


@dataclass(frozen=True, slots=True)
class Token:
    """Digits, or a known word.

    Attributes:
        start: half-open offset into the text.
        end: half-open offset into the text.
        text: as written, with plain digits.
        readings: of digits, what they may be; none where they're a date or no number.
        days: of a date in digits, what it may be.
        minutes: of a time in digits, since midnight.
        word: of a word, what is known of it.
    """

    start: int
    end: int
    text: str
    readings: tuple[Reading, ...] = ()
    days: tuple[Day, ...] = ()
    minutes: int | None = None
    word: Word | None = None

    @property
    def plain(self) -> int | None:
        """The value of digits without any sign between them, of at most four; else None."""
        if self.readings and self.text.isdigit() and len(self.text) <= 4:
            return int(self.text)
        return None


def plain_digits(text: str) -> str:
    """`text` with the digits and signs of other scripts replaced, character by character."""
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda found: _plain(found[0]), text.translate(_WIDE))


def _plain(digit: str) -> str:
    """The digit from 0 to 9 that one of another script is."""
    value = unicodedata.decimal(digit, None)
    if value is not None:
        return str(value)
    # The two libraries know different versions of Unicode.
    known = (str(of) for of in range(10) if regex.match(rf"\p{{Numeric_Value={of}}}", digit))
    return next(known, "\ufffd")


def tokens(text: str, lexicon: Lexicon) -> Iterator[Token]:
    """The tokens of a text whose digits are plain."""
    for found in _pattern(lexicon.joined.pattern).finditer(text):
        kind = found.lastgroup
        start, end = found.span()
        if kind == "word":
            if end - start > LONGEST_WORD:
                continue
            word, entry = _entry(found[0], lexicon.language)
            if entry is not None:
                yield Token(start, end, word, word=entry)
        elif kind == "number":
            yield from _number(start, found[0], lexicon)
        else:
            yield from _dated(kind or "", start, found[0], lexicon)


@lru_cache(maxsize=8192)
def _entry(written: str, language: str) -> tuple[str, Word | None]:
    """A word as the lists have it, and what is known of it."""
    known = lexicon_of(language)
    word = folded(written)
    entry = known.words.get(word)
    if entry is None and (known.cues.get("pieces") or known.compounds):
        entry = compound(word, known)
    return word, entry


@lru_cache(maxsize=4)
def _pattern(word: str) -> regex.Pattern[str]:
    return regex.compile(_SHAPES % word, regex.VERBOSE)


def _number(start: int, written: str, lexicon: Lexicon) -> Iterator[Token]:
    if len(written) > LONGEST:
        return
    first = next((at for at, char in enumerate(written) if char in _GROUPED), None)
    if first is not None and (first > 3 or not _groups(written, first)):
        # `2024 300`: a year and another number. `1,5 300`: two numbers.
        yield from _number(start, written[:first], lexicon)
        yield from _number(start + first + 1, written[first + 1 :], lexicon)
        return
    readings = read(written, lexicon.decimal)
    if readings:
        yield Token(start, start + len(written), written, readings)
        return
    # `1.2.3`, `3,11,15`: each of them by itself.
    at = 0
    for part in regex.split(r"[.,]", written):
        if part:
            yield Token(start + at, start + at + len(part), part, read(part, ""))
        at += len(part) + 1


def _groups(written: str, first: int) -> bool:
    """Whether the digits before the first gap, and between the gaps, make one number."""
    return written[:first].isdigit()


def read(written: str, decimal: str) -> tuple[Reading, ...]:
    """What a row of digits may be; nothing where it is no number.

    Args:
        written: digits, with signs between them.
        decimal: the decimal sign of the language, empty for an unknown one.
    """
    extra = _VULGAR.get(written[-1:], Fraction(0))
    bare = "".join(char for char in written if char not in _GROUPED and char not in _VULGAR)
    if not bare:
        return (Reading(extra, Fraction(1, 4)),)
    signs = [char for char in bare if char in ".,"]
    if not signs:
        return (Reading(int(bare) + extra, Fraction(1, 4) if extra else Fraction(1)),)
    head, _, tail = bare.rpartition(signs[-1])
    if len(set(signs)) == 2:
        return (_decimal(head, tail),) if signs.count(signs[-1]) == 1 else ()
    groups = regex.split(r"[.,]", bare)
    grouped = 0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    whole = Reading(Fraction(int("".join(groups))), Fraction(1))
    if len(signs) > 1:
        return (whole,) if grouped else ()
    if not grouped or groups[0] == "0" or len(bare) != len(written.rstrip("½¼¾")):
        return (_decimal(head, tail),)
    if signs[0] == decimal:
        return (_decimal(head, tail),)
    # Where the language isn't known, or has neither sign (1.234 in French), both may be.
    return (whole,) if decimal in {".", ","} and signs[0] in ".," else (whole, _decimal(head, tail))


def _decimal(head: str, tail: str) -> Reading:
    digits = head.replace(".", "").replace(",", "")
    step = Fraction(1, 10 ** len(tail))
    return Reading(Fraction(int(digits + tail)) * step, step)


def _dated(kind: str, start: int, written: str, lexicon: Lexicon) -> Iterator[Token]:
    """A date or a time in digits; just numbers where it can't be one."""
    parts = [int(part) for part in regex.findall(r"\d+", written)]
    end = start + len(written)
    if kind == "clock":
        hour, minute = parts[:2]
        if hour <= 24 and minute < 60:
            yield Token(start, end, written, minutes=60 * hour + minute)
            return
    else:
        days = tuple(day for day in _days(kind, parts, written, lexicon) if _real(day))
        if days:
            yield Token(start, end, written, days=days)
            return
        if kind == "dm":
            # `(The rate is 3.5.)`: the last point ends the sentence.
            yield from _number(start, written[:-1], lexicon)
            return
    for found in regex.finditer(r"\d+", written):
        at = start + found.start()
        yield Token(at, at + len(found[0]), found[0], read(found[0], ""))


def _days(kind: str, parts: list[int], written: str, lexicon: Lexicon) -> Iterator[Day]:
    if kind == "iso":
        yield Day(parts[2], parts[1], parts[0])
    elif kind == "cjk":
        year = parts.pop(0) if regex.search("[年년]", written) else None
        yield Day(parts[1] if len(parts) > 1 else None, parts[0], year)
    elif kind == "dm":
        if lexicon.decimal == ",":
            yield Day(parts[0], parts[1])
    else:
        year = parts[2] if parts[2] > 99 else 2000 + parts[2] - (100 if parts[2] > 69 else 0)
        if "/" in written and lexicon.cues.get("month_first"):
            yield Day(parts[1], parts[0], year)
        yield Day(parts[0], parts[1], year)


def _real(day: Day) -> bool:
    return 1 <= (day.day or 1) <= 31 and 1 <= (day.month or 1) <= 12
