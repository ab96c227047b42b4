"""The words of one language that make numbers, units, dates and times.

They come from `cues/numbers/LANGUAGE.toml`, months, weekdays and the decimal sign from the
CLDR (babel). `@X` at the end of a word in a file stands for each of the endings `X`.

Keys of a file, besides the tables of words by value:
    and: joins the parts of one number (`one hundred and five`).
    article, half_before, half_after: `a million`, `half a million`, `two and a half`.
    range, list: `10 to 12`, `2 or 3 million`.
    pieces: numbers are written in one word, as in German.
    vigesimal: 80 is four times twenty, as in French.
    month_first: `November 3`.
    ambiguous: months that are other words, too; `of_month`: what shows that they're months.
    compared: ordinals that are other words, too.
    compounds: what a number word is joined with (`zwölfjährig`).
    over, under, about: words before a rounded number.
    of: between a number and the currency (`deux millions d'euros`).
    percent, points, currencies: units; `*` for any ending.
    at, oclock, am, pm: words around a time.
    before_hour: words before an hour, by the minutes that they add to it.
Tables:
    cardinals, ordinals, multipliers (those from 100 on).
    shy: cardinals that are other words, too: by themselves they prove nothing.
    loose: words that hold a number (`both`), and are never part of a longer one.
    parts: `thirds`, behind a number.
    minutes, months_long: units of time by how many minutes or months they are, by the first
        five letters of their names.
    months, weekdays: forms that the CLDR lacks; `day_parts.endings`: `Montagabend`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import regex

from summ.checks._numbers.calendar import calendar, expanded, locale_of
from summ.checks._numbers.model import Word, WordRole
from summ.checks.cues import cues


@dataclass(frozen=True)
class Lexicon:
    """What is known of a language; made by `lexicon`.

    Attributes:
        language: primary subtag, empty for an unknown one.
        cues: its data file; empty where there is none.
        words: every known word by its folded form.
        parts: names of fractions by their folded form.
    """

    language: str
    cues: Mapping[str, Any]
    words: Mapping[str, Word]
    parts: Mapping[str, int]

    @property
    def known(self) -> bool:
        """Whether number words are known."""
        return bool(self.cues)

    @cached_property
    def decimal(self) -> str:
        """The decimal sign; empty where it isn't known."""
        locale = locale_of(self.language)
        return str(locale.number_symbols["latn"]["decimal"]) if locale else ""

    @cached_property
    def joined(self) -> regex.Pattern[str]:
        """A word; in some languages an apostrophe is a letter."""
        letter = r"[\p{L}\p{M}]"
        if self.language in {"uk", "be"}:
            return regex.compile(rf"{letter}+(?:['’ʼ]{letter}+)*+")
        return regex.compile(rf"{letter}+")

    def phrases(self, key: str) -> str:
        """The phrases of a list as an alternation of a pattern, longest first."""
        return alternation(self.cues.get(key, ()))

    @cached_property
    def units(self) -> regex.Pattern[str]:
        """A unit behind a number; the group that matched is named after its kind."""
        of = rf"(?:\s{{1,2}}(?:{self.phrases('of')}))?[\s\-‑]{{0,2}}"
        others = [
            rf"(?P<points>{alternation((*self.cues.get('points', ()), 'pp'))})",
            rf"(?P<percent>[%٪]|{alternation(self.cues.get('percent', ()))})",
            r"(?P<degree>°)",
        ]
        money = [
            r"(?P<sign>(?:US|A|C|HK|NZ)?[$]|[€£¥₴₽₹₩₺₪]|元|円)",
            r"(?P<code>(?-i:EUR|USD|GBP|UAH|RUB|PLN|CHF|JPY|CNY|SEK|NOK|DKK|CZK|HUF)\b)",
        ]
        currencies = self.cues.get("currencies", {})
        money += [
            rf"(?P<c{at}>{alternation(phrases)})" for at, phrases in enumerate(currencies.values())
        ]
        return regex.compile(
            rf"\.?(?:[\s\-‑]{{0,2}}(?:{'|'.join(others)})|{of}(?:{'|'.join(money)}))",
            regex.IGNORECASE,
        )

    @cached_property
    def currencies(self) -> tuple[str, ...]:
        """Units of the groups `c0`, `c1` … of `units`."""
        return tuple(self.cues.get("currencies", {}))

    @cached_property
    def hedges(self) -> regex.Pattern[str] | None:
        """What ends with a word that says that the number behind it is rounded."""
        if not self.known:
            return None
        kinds = (rf"(?P<{kind}>{self.phrases(kind)})" for kind in ("over", "under", "about"))
        return regex.compile(
            rf"\b(?:{'|'.join(kinds)})['’]?\s?[\p{{Sc}}]?(?:\w{{2,3}}\s)?$", regex.IGNORECASE
        )

    @cached_property
    def half_after(self) -> regex.Pattern[str]:
        """`and a half` behind a number."""
        return regex.compile(
            rf"[\s\-]?(?:{self.phrases('half_after')}|[½])(?!\p{{L}})", regex.IGNORECASE
        )

    @cached_property
    def between(self) -> regex.Pattern[str]:
        """What may stand between the two numbers of a range."""
        return regex.compile(rf"\s?[-–—‑−]\s?|\s+(?:{self._words('range')})\s+", regex.IGNORECASE)

    @cached_property
    def listing(self) -> regex.Pattern[str]:
        """What may stand between two numbers that share a unit or a month."""
        words = f"{self._words('range')}|{self.phrases('list')}"
        return regex.compile(
            rf"\s?[-–—‑−/]\s?|\s*,\s+(?:(?:{words})\s+)?|\s+(?:{words})\s+", regex.IGNORECASE
        )

    @cached_property
    def of_month(self) -> regex.Pattern[str]:
        """What ends with a word that shows a month."""
        return regex.compile(rf"\b(?:{self.phrases('of_month')})\W{{1,2}}$", regex.IGNORECASE)

    @cached_property
    def at_time(self) -> regex.Pattern[str]:
        """What ends with a word that stands before a time."""
        return regex.compile(rf"\b(?:{self.phrases('at')})\s{{1,2}}$", regex.IGNORECASE)

    def before_hour(self, text: str) -> tuple[int, int]:
        """Minutes that the end of `text` adds to the hour behind it, and its length.

        `half past`, `halb`; nothing is no minutes of no length.
        """
        found = self._before_hour.search(text) if text else None
        if found is None:
            return 0, 0
        return int(str(found.lastgroup)[1:].replace("_", "-")), len(found[0])

    @cached_property
    def _before_hour(self) -> regex.Pattern[str]:
        table = self.cues.get("before_hour", {})
        phrases = (
            rf"(?P<m{minutes.replace('-', '_')}>{alternation(words)})"
            for minutes, words in table.items()
        )
        return regex.compile(rf"\b(?:{'|'.join(phrases) or '(?!)'})\s$", regex.IGNORECASE)

    def behind(self, key: str) -> regex.Pattern[str]:
        """The phrases `key` behind a number."""
        return _behind(self.language, key)

    @cached_property
    def compounds(self) -> tuple[str, ...]:
        """What a number word is joined with."""
        return tuple(str(self.cues.get("compounds", "")).split())

    @cached_property
    def durations(self) -> Mapping[str, tuple[str, int]]:
        """Units of time by the beginning of their names: what they are measured in, how many."""
        return self._units((("min", "minutes"), ("month", "months_long")))

    @cached_property
    def measures(self) -> Mapping[str, tuple[str, int]]:
        """Units of time, length and weight, likewise."""
        return {**self._units((("mm", "millimetres"), ("g", "grams"))), **self.durations}

    def _units(self, tables: Iterable[tuple[str, str]]) -> dict[str, tuple[str, int]]:
        return {
            name: (base, int(count))
            for base, table in tables
            for count, names in self.cues.get(table, {}).items()
            for name in names.split()
        }

    @cached_property
    def articles(self) -> frozenset[str]:
        """The indefinite article."""
        return frozenset(str(self.cues.get("article", "")).split())

    def _words(self, key: str) -> str:
        return alternation(str(self.cues.get(key, "")).split())


@lru_cache(maxsize=64)
def _behind(language: str, key: str) -> regex.Pattern[str]:
    phrases = alternation(cues("numbers", language).get(key, ()))
    return regex.compile(rf"[\s\-]{{0,2}}(?:{phrases})", regex.IGNORECASE)


def alternation(phrases: Iterable[str]) -> str:
    """A pattern for any of `phrases` as whole words; for nothing where there are none."""
    ordered = sorted(phrases, key=len, reverse=True)
    if not ordered:
        return r"(?!)"
    return "|".join(map(_phrase, ordered))


def _phrase(phrase: str) -> str:
    words = (
        regex.escape(word.removesuffix("*")) + (r"\p{L}{0,12}" if word.endswith("*") else "")
        for word in phrase.split(" ")
    )
    pattern = r"\s{1,2}".join(words)
    return pattern + (r"(?!\p{L})" if phrase[-1].isalpha() or phrase[-1] == "*" else "")


@lru_cache(maxsize=32)
def lexicon(language: str) -> Lexicon:
    """What is known of `language`, a primary subtag; of others only digits are."""
    found = cues("numbers", language)
    words: dict[str, Word] = {}
    for word, entry in calendar(language, found):
        words.setdefault(word, entry)
    for word, entry in _numerals(found):
        words[word] = entry
    for word in str(found.get("and", "")).split():
        words[word] = Word("join", Fraction(0))
    for word in str(found.get("half_before", "")).split():
        words[word] = Word("half", Fraction(1, 2))
    parts = {
        word: int(value)
        for value, forms in found.get("parts", {}).items()
        for word in forms.split()
    }
    for word, value in parts.items():
        words.setdefault(word, Word("part", Fraction(value)))
    return Lexicon(language, found, words, parts)


def _numerals(found: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    tables: tuple[tuple[str, WordRole, bool], ...] = (
        ("multipliers", "multiplier", False),
        ("loose", "loose", True),
        ("cardinals", "cardinal", False),
        ("shy", "cardinal", True),
        ("ordinals", "ordinal", False),
    )
    compared = frozenset(str(found.get("compared", "")).split())
    for table, role, shy in tables:
        for value, forms in found.get(table, {}).items():
            for word in expanded(forms, found.get("endings", {})):
                yield word, Word(role, Fraction(value), shy or word in compared)
