"""Times out of the tokens of a text: `6 a.m.`, `18.30 Uhr`, `18h30`, `halb sieben`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import regex

from summ.checks._numbers.model import Quantity, Reading
from summ.checks._numbers.words import Composer, Number

_HOUR = regex.compile(r"\d{1,2}")
_HOUR_MINUTE = regex.compile(r"(\d{1,2})[.:](\d{2})")
_FRENCH = regex.compile(r"\s?(?:h|heures?)\s?(\d{2})(?!\d)", regex.IGNORECASE)
_FRENCH_HALF = regex.compile(r"\s?heures?\set\sdemie\b", regex.IGNORECASE)


class Clock:
    """Reads times from the tokens of one text."""

    def __init__(self, composer: Composer) -> None:
        """Read what `composer` reads numbers from."""
        self._text = composer.text
        self._tokens = composer.tokens
        self._lexicon = composer.lexicon
        self._composer = composer

    def time(self, at: int) -> tuple[Quantity, int] | None:
        """The time that begins at token `at`, and the index behind it; None for none."""
        token = self._tokens[at]
        if token.minutes is not None:
            end, shift = self._half_day(token.end)
            return _time(token.start, end, token.minutes, shift), at + 1
        number = self._hour_number(at)
        if number is None:
            return None
        hour = number.readings[0].value
        written = _HOUR_MINUTE.fullmatch(token.text) if number.digits else None
        minutes = 60 * int(written[1]) + int(written[2]) if written else 60 * int(hour)
        before, length = self._lexicon.before_hour(
            self._text[max(0, number.start - 16) : number.start]
        )
        more, end = self._behind_hour(number) if not written else (None, number.end)
        oclock = self._lexicon.behind("oclock").match(self._text, end) if more is None else None
        end, shift = self._half_day(oclock.end() if oclock else end)
        at_time = (oclock or written) and self._at_time(token.start)
        shown = more is not None or length or shift is not None
        if not (shown or at_time or (oclock and self._lexicon.language == "de")):
            return None
        minutes += (more or 0) + before
        return _time(token.start - length, end, minutes, shift), self._index_behind(
            number.after, end
        )

    def _behind_hour(self, number: Number) -> tuple[int | None, int]:
        """Minutes of `18h30` and `six heures et demie`, and where they end."""
        half = _FRENCH_HALF.match(self._text, number.end)
        if half and self._lexicon.language == "fr":
            return 30, half.end()
        found = _FRENCH.match(self._text, number.end) if number.digits else None
        if found and int(found[1]) < 60:
            return int(found[1]), found.end()
        return None, number.end

    def _hour_number(self, at: int) -> Number | None:
        number = self._composer.number(at)
        if number is None or number.scaled:
            return None
        if number.digits:
            text = self._tokens[at].text
            written = _HOUR_MINUTE.fullmatch(text)
            if written:
                fits = int(written[1]) <= 24 and int(written[2]) < 60
                return number if fits and number.after == at + 1 else None
            return number if _HOUR.fullmatch(text) and int(text) <= 24 else None
        value = number.readings[0].value
        return number if 0 <= value <= 24 and value.denominator == 1 else None

    def _index_behind(self, index: int, end: int) -> int:
        while index < len(self._tokens) and self._tokens[index].start < end:
            index += 1
        return index

    def _half_day(self, end: int) -> tuple[int, int | None]:
        """Where `a.m.` or `p.m.` ends, and the minutes that it adds; None without one."""
        for key, shift in (("am", 0), ("pm", 720)):
            found = self._lexicon.behind(key).match(self._text, end)
            if found:
                return found.end(), shift
        return end, None

    def _at_time(self, start: int) -> bool:
        before = self._text[max(0, start - 14) : start]
        return self._lexicon.at_time.search(before) is not None


def _time(start: int, end: int, minutes: int, shift: int | None) -> Quantity:
    readings = tuple(Reading(Fraction(m), Fraction(1)) for m in _minutes(minutes, shift))
    return Quantity("time", start, end, readings)


def _minutes(minutes: int, shift: int | None) -> Iterator[int]:
    """What a time on a clock may be in a day: 6:00 by itself may be in the evening, too."""
    if shift is None:
        yield minutes % 1440
        if 0 < minutes < 780:
            yield (minutes + 720) % 1440
    elif minutes >= 780:
        yield minutes % 1440
    else:
        yield minutes % 720 + shift
