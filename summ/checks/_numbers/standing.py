"""How much the numbers of a statement prove; see `Standing`."""

from __future__ import annotations

from fractions import Fraction

import regex

from summ.checks._numbers.calendar import folded
from summ.checks._numbers.lexicon import Lexicon
from summ.checks._numbers.model import Kind, Standing
from summ.checks._numbers.words import Number

RARELY_SPELLED = 20
"""Numbers above are mostly written in digits, also in a language whose words aren't known."""

JUDGED_ORDINAL = 3
"""Ordinals up to this are adverbs, units of time and much else."""

_INSIDE_NAME = regex.compile(r"(?:\p{L}|(?<!\d)\p{L}[-‑–]|[A-Z][-‑])$")
_UNIT_BEHIND = regex.compile(r"(?:kWh|[MGT]Wh?|kW|°|C|F|Mbit|[KMGT]B)(?:[²³]|(?![\p{L}\d]))")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_DOTTED_DAY = regex.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.")
_NAME_BEHIND = regex.compile(r"\p{L}")
_ARTICLE = regex.compile(r"\b(?:an?)\s$", regex.IGNORECASE)
NOUN = regex.compile(r"[\s\-]{0,2}(\p{L}+)")


class Standings:
    """Judges the numbers of one text."""

    def __init__(self, text: str, begin: int, lexicon: Lexicon) -> None:
        """Hold on to the text, where it begins behind a mark of a list, and what is known."""
        self._text = text
        self._begin = begin
        self._lexicon = lexicon

    def of(self, number: Number, kind: Kind) -> Standing:
        """How much it proves; see `Standing`."""
        value = number.readings[0].value
        if not number.digits:
            return self._of_words(number, value)
        if value == 0 and kind == "number" and number.end == number.start + 1:
            # `0 cases`, where the article has none.
            return "compared"
        if number.start < self._begin:
            return "heard"
        if self._is_named(number):
            return self._of_unspaced(number, kind)
        if not self._lexicon.known and value <= RARELY_SPELLED:
            return self._of_small(number, kind)
        return "judged"

    def _of_small(self, number: Number, kind: Kind) -> Standing:
        """How much digits prove where the article may have words that aren't known."""
        dated = _DOTTED_DAY.match(self._text, number.start)
        if dated and dated.end() == number.end + 1:
            return "compared"
        twice = 2 * number.readings[0].value
        if twice.denominator > 1:
            return "judged"
        # `one and a half million`, `five percent`: their number may be in words.
        bare = kind == "number" and twice % 2 == 0
        return "heard" if bare else "compared"

    def _of_unspaced(self, number: Number, kind: Kind) -> Standing:
        """How much digits prove that letters touch: in a script without spaces some do."""
        before = self._text[max(0, number.start - 1) : number.start]
        if self._lexicon.known or not _UNSPACED.match(before):
            return "heard"
        decimals = self._text[number.start : number.end].partition(".")[2]
        if decimals and not decimals.startswith("5"):
            return "judged"
        return "compared" if kind == "percent" else "heard"

    def _of_words(self, number: Number, value: Fraction) -> Standing:
        if number.shy:
            article = number.scaled and value >= 10**6
            front = self._text[max(0, number.start - 3) : number.start]
            return "judged" if article and _ARTICLE.search(front) else "heard"
        if number.ordinal:
            if value <= JUDGED_ORDINAL:
                return "compared"
            return "judged" if self._lexicon.words else "heard"
        if self._is_part(number):
            return "heard"
        return "compared" if value == 2 else "judged"

    def _is_part(self, number: Number) -> bool:
        """`two thirds`: a fraction."""
        found = NOUN.match(self._text, number.end)
        return found is not None and folded(found[1]) in self._lexicon.parts

    def _is_named(self, number: Number) -> bool:
        """Whether digits belong to a name, such as `A320`, `Covid-19`, `5G`, `[12]`."""
        before = self._text[max(0, number.start - 3) : number.start]
        if before.endswith("[") and self._text[number.end : number.end + 1] == "]":
            return True
        if _INSIDE_NAME.search(before):
            return True
        behind = self._text[number.end : number.end + 8]
        if _NAME_BEHIND.match(behind) is None:
            return False
        return _UNIT_BEHIND.match(behind) is None and not behind[0].islower()
