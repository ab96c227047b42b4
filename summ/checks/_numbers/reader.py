"""All quantities of a text, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import regex

from summ.checks._numbers.calendar import folded
from summ.checks._numbers.clock import Clock
from summ.checks._numbers.dates import Calendar
from summ.checks._numbers.lexicon import Lexicon, lexicon
from summ.checks._numbers.match import SMALL_COINS
from summ.checks._numbers.model import Kind, Quantity, Reading
from summ.checks._numbers.standing import NOUN, Standings
from summ.checks._numbers.tokens import Token, plain_digits, tokens
from summ.checks._numbers.words import Composer, Number

_SIGNS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NZ$": "NZD", "€": "EUR", "£": "GBP",
    "¥": "¥", "₴": "UAH", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₪": "ILS", "$": "$",
    "元": "¥", "円": "JPY",
}  # fmt: skip
_CODES = regex.compile(
    "EUR|USD|GBP|UAH|RUB|PLN|CHF|JPY|CNY|SEK|NOK|DKK|CZK|HUF|AUD|CAD|INR|KRW|TRY"
)
_FRONT = regex.compile(r"(?:((?:US|A|C|HK|NZ)?[$]|[€£¥₴₽₹₩₺₪])|\b([A-Z]{3}))[\s\u00a0]?$")
_MARKER = regex.compile(r"\s*(?:\d{1,3}[.)]|\(\d{1,3}\))\s", regex.IGNORECASE)
_ROMAN = regex.compile(
    r"(?<!\p{L})(?=[XVI]{2,})X{0,3}(?:IX|IV|V?I{0,3})(?=(?:e|ème|er|ème)?(?!\p{L}))"
)
_DASH = regex.compile(r"\s?[-–—‑−]\s?|\s?:\s?|/")
_STEM = 5
_LISTED = 1000
_YEARS = 1000
_LONGEST = 80
_DECADES = frozenset({20, 30, 40, 50, 60, 70, 80, 90})


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Every number, date and time of a text.

    Args:
        text: any text; time is linear in its length.
        language: primary subtag of its language; of one without a word list, and of the
            empty one, what is in digits is read.

    Returns:
        What was found, in the text's order. Values are free of the language: the same fact
        in two languages has equal ones (`covers`).
    """
    return tuple(_Reader(text, lexicon(language)).read())


@dataclass(frozen=True, slots=True)
class _Found:
    """A number, and what stands around it."""

    number: Number
    kind: Kind
    unit: str
    start: int
    end: int


class _Reader:
    def __init__(self, text: str, known: Lexicon) -> None:
        self._text = plain_digits(text)
        self._lexicon = known
        self._tokens: Sequence[Token] = tuple(tokens(self._text, known))
        self._composer = Composer(self._text, self._tokens, known)
        self._calendar = Calendar(self._composer)
        self._clock = Clock(self._composer)
        marker = _MARKER.match(self._text)
        self._standings = Standings(self._text, marker.end() if marker else 0, known)

    def read(self) -> Iterator[Quantity]:
        found = tuple(self._numbers())
        yield from found
        yield from self._shares(found)
        yield from self._romans()

    def _numbers(self) -> Iterator[Quantity]:
        row: list[_Found] = []
        at = 0
        while at < len(self._tokens):
            dated = self._dated(at)
            if dated is not None:
                yield from self._row(row)
                row = []
                found, at = dated
                yield from found
                continue
            number = self._composer.number(at)
            if number is None:
                at += 1
                continue
            at = number.after
            here = self._with_unit(number)
            while at < len(self._tokens) and self._tokens[at].start < here.end:
                at += 1
            if row and not (self._is_small_change(row[-1], here) or self._linked(row[-1], here)):
                yield from self._row(row)
                row = []
            if row and self._is_small_change(row[-1], here):
                row[-1] = _with_change(row[-1], here)
            else:
                row.append(here)
        yield from self._row(row)

    def _dated(self, at: int) -> tuple[tuple[Quantity, ...], int] | None:
        dated = self._calendar.dates(at)
        if dated is not None:
            return dated
        time = self._clock.time(at)
        return None if time is None else ((time[0],), time[1])

    def _with_unit(self, number: Number) -> _Found:
        start, end = number.start, number.end
        front = _FRONT.search(self._text, max(0, start - 5), start)
        unit = ""
        if front and (front[1] or _CODES.fullmatch(front[2])):
            unit, start = _SIGNS.get(front[1] or "", front[2] or ""), front.start()
        found = self._lexicon.units.match(self._text, end)
        if found and "." in found[0][:1] and not number.scaled:
            found = None
        if not found:
            return _Found(number, "money" if unit else "number", unit, start, end)
        name = str(found.lastgroup)
        end = found.end()
        if name == "percent":
            return _Found(number, "percent", "", start, end)
        if name == "points":
            return _Found(number, "points", "", start, end)
        if name == "degree":
            return _Found(number, "number", "°", start, end)
        return _Found(number, "money", unit or self._currency(name, found), start, end)

    def _currency(self, name: str, found: regex.Match[str]) -> str:
        if name == "sign":
            return _SIGNS.get(found["sign"].upper(), "$")
        if name == "code":
            return found["code"]
        return self._lexicon.currencies[int(name[1:])]

    def _linked(self, before: _Found, here: _Found) -> bool:
        gap = self._text[before.end : here.start]
        return len(gap) < 12 and (
            self._lexicon.listing.fullmatch(gap) is not None or _DASH.fullmatch(gap) is not None
        )

    def _is_small_change(self, before: _Found, here: _Found) -> bool:
        """Whether `here` is the cents of `before`: `17 гривень 40 копійок`."""
        if here.unit not in SMALL_COINS or before.kind != "money" or before.unit in SMALL_COINS:
            return False
        gap = self._text[before.end : here.start]
        whole = before.number.readings[0].value.denominator == 1
        return whole and len(gap) < 6 and self._small_gap(gap)

    def _small_gap(self, gap: str) -> bool:
        return gap.isspace() or self._lexicon.listing.fullmatch(gap) is not None

    def _row(self, row: list[_Found]) -> Iterator[Quantity]:
        """Numbers that are listed together: what stands behind the last may hold for all."""
        paired = len(row) == 2 and _DASH.fullmatch(self._text, row[0].end, row[1].start)
        last = row[-1] if row else None
        for found in row:
            assert last is not None
            made = self._quantity(found)
            if found is not last:
                made = _sharing(made, found, last)
            if paired:
                other = row[1] if found is row[0] else row[0]
                made = _paired(made, other)
                made = replace(made, start=row[0].start, end=row[1].end)
            yield made

    def _quantity(self, found: _Found) -> Quantity:
        number = found.number
        kind: Kind = "ordinal" if number.ordinal and found.kind == "number" else found.kind
        return Quantity(
            kind,
            found.start,
            found.end,
            tuple(self._decades(number)),
            unit=found.unit,
            hedge=self._hedge(number.start),
            noun=self._noun(found.end),
            lasts=self._lasts(found),
            scale=number.scale,
            standing=self._standings.of(number, kind),
            scaled=self._lexicon.known or number.scaled,
        )

    def _decades(self, number: Number) -> Iterator[Reading]:
        yield from number.readings
        first = number.readings[0].value
        if (number.digits or number.ordinal) and first in _DECADES:
            # `the '80s`, `les années 80`, `lata osiemdziesiąte`.
            yield Reading(1900 + first, Fraction(1))

    def _hedge(self, start: int) -> str:
        if self._lexicon.hedges is None:
            return ""
        found = self._lexicon.hedges.search(self._text[max(0, start - 28) : start])
        return str(found.lastgroup) if found else ""

    def _noun(self, end: int) -> str:
        found = NOUN.match(self._text, end)
        return folded(found[1][:_STEM]) if found else ""

    def _lasts(self, found: _Found) -> tuple[str, Fraction] | None:
        if found.kind != "number" or found.number.ordinal:
            return None
        unit = self._lexicon.measures.get(self._noun(found.end))
        return (unit[0], found.number.readings[0].value * unit[1]) if unit else None

    def _shares(self, found: Sequence[Quantity]) -> Iterator[Quantity]:
        """Fractions in words, which prove a share of a hundred: `half`, `two thirds`."""
        taken = {
            start
            for quantity in found
            if len(self._text[quantity.start : quantity.end].split()) > 1
            for start in range(quantity.start, min(quantity.end, quantity.start + _LONGEST))
        }
        for at, token in enumerate(self._tokens):
            parts = self._lexicon.parts.get(token.text)
            if parts is None or token.start in taken:
                continue
            before = self._composer.number(at - 1) if at else None
            count = before.readings[0].value if before and before.after == at else Fraction(1)
            if not 0 < count < parts:
                count = Fraction(1)
            share = Reading(100 * count / parts, Fraction(1, 100))
            yield Quantity("percent", token.start, token.end, (share,), standing="heard")

    def _romans(self) -> Iterator[Quantity]:
        """Roman numbers, which prove what is said of a `21st century`."""
        for found in _ROMAN.finditer(self._text):
            value = Fraction(_roman(found[0]))
            yield Quantity(
                "ordinal", found.start(), found.end(), (Reading(value, Fraction(1)),),
                standing="heard",
            )  # fmt: skip


def _paired(made: Quantity, other: _Found) -> Quantity:
    """`4-1`, `10-12`; a number of `2020/21` is that of a year, too."""
    value, mine = other.number.readings[0].value, made.readings[0].value
    if max(value, mine) < _YEARS:
        return replace(made, partner=value)
    if mine < 100:
        century = Reading(value - value % 100 + mine, Fraction(1))
        return replace(made, readings=(*made.readings, century))
    return made


def _sharing(made: Quantity, found: _Found, last: _Found) -> Quantity:
    """A number of a list, with what may hold for it of the last one's unit and multiplier."""
    readings = made.readings
    scale = last.number.scale
    if found.number.scaled or found.number.ordinal:
        return made
    if scale > 1 and made.readings[0].value < _LISTED:
        readings += tuple(Reading(r.value * scale, r.step * scale) for r in made.readings)
    kind, unit = made.kind, made.unit
    if kind == "number" and last.kind in {"percent", "points", "money"}:
        kind, unit = last.kind, last.unit
    return replace(made, readings=readings, kind=kind, unit=unit, shared=kind != made.kind)


def _with_change(money: _Found, coins: _Found) -> _Found:
    value = money.number.readings[0].value + coins.number.readings[0].value / 100
    number = replace(money.number, readings=(Reading(value, Fraction(1, 100)),))
    return replace(money, number=number, end=coins.end)


def _roman(written: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for at, char in enumerate(written):
        value = values[char]
        larger = at + 1 < len(written) and values[written[at + 1]] > value
        total += -value if larger else value
    return total
