"""Dates out of the tokens of a text.

`3 November`, `Monday, November 3rd, 2026`, `3.–5. November`, `перше листопада`, `in May`.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from summ.checks._numbers.model import Day, Quantity, Standing, Word
from summ.checks._numbers.tokens import Token
from summ.checks._numbers.words import Composer

_BEFORE_MONTH = regex.compile(
    r"(?:st|nd|rd|th|er|º|ª|°)?\.?(?:[-‑]\p{L}{1,3})?\s{0,2}"
    r"(?:(?:of|de|del)\s{1,2}|d['’])?(?:the\s)?",
    regex.IGNORECASE,
)
_BEFORE_DAY = regex.compile(r"\.?\s{1,2}(?:the\s)?")
_BEFORE_YEAR = regex.compile(r"(?:st|nd|rd|th)?[.,]?\s{1,2}(?:(?:of|de|del)\s{1,2})?")
_BEHIND_WEEKDAY = regex.compile(r"\.?,?\s{0,2}(?:(?:the|den|dem|der|le|el|,)\s{1,2})?")
_DAY_SUFFIX = regex.compile(r"(?:st|nd|rd|th)\b")
_MOST_DAYS = 6


class Calendar:
    """Reads dates from the tokens of one text."""

    def __init__(self, composer: Composer) -> None:
        """Read what `composer` reads numbers from."""
        self._text = composer.text
        self._tokens = composer.tokens
        self._lexicon = composer.lexicon
        self._composer = composer

    def dates(self, at: int) -> tuple[tuple[Quantity, ...], int] | None:
        """The dates that begin at token `at`, and the index behind them; None for none."""
        token = self._tokens[at]
        if token.days:
            return (Quantity("date", token.start, token.end, days=token.days),), at + 1
        role = token.word.role if token.word else None
        if role == "weekday":
            return self._weekday(at)
        if role == "month":
            return self._from_month(at)
        if token.readings or role in {"cardinal", "ordinal"}:
            return self._from_days(at)
        return None

    def _weekday(self, at: int) -> tuple[tuple[Quantity, ...], int]:
        token = self._tokens[at]
        assert token.word is not None
        weekday = int(token.word.value)
        if self._may_be_dated(at + 1) and self._gap(_BEHIND_WEEKDAY, token.end, at + 1):
            found = self.dates(at + 1)
            if found and found[0][0].days[0].weekday is None and found[0][0].days[0].day:
                first, *rest = found[0]
                days = tuple(replace(day, weekday=weekday) for day in first.days)
                return (replace(first, start=token.start, days=days), *rest), found[1]
        day = Day(weekday=weekday)
        unclear = (token.word.shy and not self._shown(token)) or self._in_title(token)
        standing: Standing = "judged" if self._lexicon.known and not unclear else "heard"
        return (Quantity("date", token.start, token.end, days=(day,), standing=standing),), at + 1

    def _may_be_dated(self, at: int) -> bool:
        """Whether the rest of a date may begin at token `at`."""
        if at == len(self._tokens):
            return False
        word = self._tokens[at].word
        return word is None or word.role != "weekday"

    def _in_title(self, token: Token) -> bool:
        """`The Sunday Times`."""
        before = self._text[max(0, token.start - 4) : token.start]
        return self._lexicon.language == "en" and before == "The "

    def _from_month(self, at: int) -> tuple[tuple[Quantity, ...], int]:
        token = self._tokens[at]
        assert token.word is not None
        month, end, after = int(token.word.value), token.end, at + 1
        days: list[int | None] = []
        if self._lexicon.cues.get("month_first"):
            while after < len(self._tokens) and len(days) < _MOST_DAYS:
                if not self._gap(self._lexicon.listing if days else _BEFORE_DAY, end, after):
                    break
                day = self._day_digits(after)
                if day is None:
                    break
                days.append(day)
                end = self._suffixed(self._tokens[after].end)
                after += 1
        year, end, after = self._year(end, after)
        lone = not days and year is None
        unclear = token.word.shy and not self._shown(token)
        standing: Standing = "judged"
        if lone and (unclear or not self._lexicon.known):
            standing = "heard"
        found = tuple(
            Quantity("date", token.start, end, days=(Day(day, month, year),), standing=standing)
            for day in days or [None]
        )
        return found, after

    def _shown(self, token: Token) -> bool:
        """Whether a word that is a month's name among others is one here."""
        if self._lexicon.language == "en" and not self._text[token.start].isupper():
            return False
        if len(token.text) <= 4 and self._text[token.end : token.end + 1] == ".":
            return True
        before = self._text[max(0, token.start - 16) : token.start]
        return self._lexicon.of_month.search(before) is not None

    def _from_days(self, at: int) -> tuple[tuple[Quantity, ...], int] | None:
        """`3 November`, `3 and 5 November`, `перше листопада`."""
        days: list[tuple[int, int]] = []
        after = at
        while after < len(self._tokens) and len(days) < _MOST_DAYS:
            found = self._day(after)
            if found is None:
                return None
            days.append((found[0], self._tokens[after].start))
            end, after = found[1], found[2]
            if after == len(self._tokens):
                return None
            word = self._tokens[after].word
            if word and word.role == "month" and self._gap(_BEFORE_MONTH, end, after):
                return self._with_month(days, after)
            while after < len(self._tokens) and self._is_link(self._tokens[after].word):
                after += 1
            if after == len(self._tokens):
                return None
            gap = self._text[self._skip_suffix(end) : self._tokens[after].start]
            if not self._lexicon.listing.fullmatch(gap):
                return None
        return None

    def _is_link(self, word: Word | None) -> bool:
        return word is not None and word.role == "join"

    def _skip_suffix(self, end: int) -> int:
        found = regex.compile(r"\.|(?:st|nd|rd|th|er)\b|[-‑]\p{L}{1,3}\b").match(self._text, end)
        return found.end() if found else end

    def _with_month(self, days: list[tuple[int, int]], at: int) -> tuple[tuple[Quantity, ...], int]:
        token = self._tokens[at]
        assert token.word is not None
        month = int(token.word.value)
        year, end, after = self._year(token.end, at + 1)
        return tuple(
            Quantity("date", start, end, days=(Day(day, month, year),)) for day, start in days
        ), after

    def _day(self, at: int) -> tuple[int, int, int] | None:
        """Day of a month at `at`, offset and index behind it."""
        day = self._day_digits(at)
        if day is not None:
            return day, self._tokens[at].end, at + 1
        if self._tokens[at].readings:
            return None
        number = self._composer.number(at)
        if number is None or number.shy or not 1 <= number.readings[0].value <= 31:
            return None
        value = number.readings[0].value
        return (int(value), number.end, number.after) if value.denominator == 1 else None

    def _day_digits(self, at: int) -> int | None:
        plain = self._tokens[at].plain
        if plain is None or not 1 <= plain <= 31 or len(self._tokens[at].text) > 2:
            return None
        return plain

    def _suffixed(self, end: int) -> int:
        found = _DAY_SUFFIX.match(self._text, end)
        return found.end() if found else end

    def _year(self, end: int, at: int) -> tuple[int | None, int, int]:
        """A year behind a date, and where it ends."""
        if at < len(self._tokens) and self._gap(_BEFORE_YEAR, end, at):
            token = self._tokens[at]
            year = token.plain
            if year is not None and 1000 <= year < 2200 and len(token.text) == 4:
                return year, token.end, at + 1
        return None, end, at

    def _gap(self, pattern: regex.Pattern[str], end: int, at: int) -> bool:
        return pattern.fullmatch(self._text, end, self._tokens[at].start) is not None
