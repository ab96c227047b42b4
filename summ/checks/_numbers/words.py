"""One number out of digits and number words that stand together.

`1.2 million`, `two hundred and five`, `quatre-vingt-dix-sept`, `2 млн 300 тис.`, `half a
million`, `deux millions et demi`. What is added must fit into what is there: after `twenty`
there's room for a number below ten, after `three hundred` for one below a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import regex

from summ.checks._numbers.calendar import folded
from summ.checks._numbers.lexicon import Lexicon
from summ.checks._numbers.model import Reading
from summ.checks._numbers.sum import Sum
from summ.checks._numbers.tokens import Token

_TOGETHER = regex.compile(r"(?:\s?[-‑]\s?|\.?\s{1,2}|\.|)")
_APART = regex.compile(r"(?:\s{1,2}|\s?[-‑–]\s?|)")
_ATTACHED = regex.compile(
    r"(?|(k|m|mn|mln|bn|b|tn|tr|mio|mrd)(?![\p{L}\d])|\s((?-i:[kM]))(?=\s?[$€£¥]))",
    regex.IGNORECASE,
)
_SHORT = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "bn": 10**9, "b": 10**9,
    "mrd": 10**9, "tn": 10**12, "tr": 10**12,
}  # fmt: skip
_EAST = regex.compile(r"\s?([千万萬億亿兆만억조])")
_EASTERN = {
    "千": 10**3, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8,
    "兆": 10**12, "조": 10**12,
}  # fmt: skip
_ARTICLE = regex.compile(r"\s(?:an?|un|une)(?=\s)")
_NAME = regex.compile(r"[\s\-]{0,2}(\p{L}+)")
_MOST_PARTS = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read.

    Attributes:
        readings: what it may be.
        start: half-open offset into the text.
        end: half-open offset into the text.
        after: index of the token behind it.
        ordinal: whether it's a rank.
        shy: whether it may be another word.
        digits: whether it holds digits.
        scale: the multiplier that stands last, such as a million; else 1.
    """

    readings: tuple[Reading, ...]
    start: int
    end: int
    after: int
    ordinal: bool = False
    shy: bool = False
    digits: bool = False
    scale: Fraction = Fraction(1)

    @property
    def scaled(self) -> bool:
        """Whether a word such as `million` is in it."""
        return self.scale > 1


class Composer:
    """Reads numbers from the tokens of one text."""

    def __init__(self, text: str, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        """Hold on to all three."""
        self.text = text
        self.tokens = tokens
        self.lexicon = lexicon
        self._known: dict[int, Number | None] = {}

    def number(self, at: int) -> Number | None:
        """The number that begins at token `at`; None where none does."""
        if at not in self._known:
            self._known[at] = self._read(at)
        return self._known[at]

    def _read(self, at: int) -> Number | None:
        token = self.tokens[at]
        if token.readings:
            return self._from_digits(at)
        if token.word is None:
            return None
        if token.word.role == "half":
            return self._half(at)
        if token.word.role == "loose":
            return self._loose(at)
        if token.word.role in {"cardinal", "ordinal", "multiplier"}:
            return self._from_words(at)
        return None

    def _from_digits(self, at: int) -> Number:
        token = self.tokens[at]
        state = Sum(bool(self.lexicon.cues.get("vigesimal")))
        first, *others = token.readings
        state.group, state.group_step, state.room = first.value, first.step, Fraction(0)
        state.others = others
        end = token.end
        attached = _ATTACHED.match(self.text, end)
        if attached and self._multiplies(attached[1]):
            end = attached.end()
            value = Fraction(_SHORT[attached[1].casefold()])
            if attached[1] == "m" and first.step == 1:
                # `100m`: metres, or millions.
                state.others.append(first)
                whole = Reading(first.value * value, value)
                return Number((first, whole), token.start, end, at + 1, digits=True)
            state.multiply(value)
            return self._finished(state, token.start, end, at + 1, digits=True)
        eastern = _EAST.match(self.text, end)
        if eastern:
            return self._eastern(at, eastern)
        return self._more(state, at, at + 1, end, digits=True)

    def _multiplies(self, suffix: str) -> bool:
        return suffix.casefold() not in {"b", "tr"} or self.lexicon.language == "en"

    def _eastern(self, at: int, found: regex.Match[str]) -> Number:
        """`3万`, `1億2000万`."""
        value, step, start, after = Fraction(0), Fraction(1), self.tokens[at].start, at
        times = 1
        for _ in range(_MOST_PARTS):
            times, end = _EASTERN[found[1]], found.end()
            first = self.tokens[after].readings[0]
            value, step, after = value + first.value * times, first.step * times, after + 1
            following = self.tokens[after] if after < len(self.tokens) else None
            if following is None or following.start != end or not following.readings:
                break
            more = _EAST.match(self.text, following.end)
            if more is None:
                break
            found = more
        readings = (Reading(value, step),)
        return Number(readings, start, end, after, digits=True, scale=Fraction(times))

    def _from_words(self, at: int) -> Number | None:
        state = Sum(bool(self.lexicon.cues.get("vigesimal")))
        token = self.tokens[at]
        assert token.word is not None
        if token.word.role == "multiplier":
            state.multiply(token.word.value)
        else:
            state.add(token.word.value)
        if token.word.role == "ordinal":
            return self._rank(at)
        found = self._more(state, at, at + 1, token.end, digits=False)
        alone = found.after == at + 1 and found.end == token.end
        shy = alone and (token.word.shy or token.word.role == "multiplier")
        return replace(found, shy=True) if shy else found

    def _rank(self, at: int) -> Number:
        """An ordinal, in some languages of two: `trzydziesty czwarty`."""
        token = self.tokens[at]
        assert token.word is not None
        value, end, shy = token.word.value, token.end, token.word.shy
        after = at + 1
        if value >= 20 and value < 100 and after < len(self.tokens):
            word = self.tokens[after].word
            second = word is not None and word.role == "ordinal" and word.value < 10
            if word and second and self._spaced(end, after):
                value, end, shy = value + word.value, self.tokens[after].end, False
                after += 1
        return Number((Reading(value, Fraction(1)),), token.start, end, after, True, shy)

    def _more(self, state: Sum, first: int, at: int, end: int, *, digits: bool) -> Number:
        """Take what belongs to the number behind its first token."""
        start = self.tokens[first].start
        for _ in range(_MOST_PARTS):
            half = None if state.ordinal else self.lexicon.half_after.match(self.text, end)
            if half:
                state.add_half()
                end = half.end()
                at = self._first_behind(at, end)
                continue
            taken = self._take(state, first, at, end)
            if taken == at:
                break
            at, end = taken, self.tokens[taken - 1].end
        return self._finished(state, start, end, at, digits=digits)

    def _first_behind(self, at: int, end: int) -> int:
        while at < len(self.tokens) and self.tokens[at].start < end:
            at += 1
        return at

    def _take(self, state: Sum, first: int, at: int, end: int) -> int:
        """Index behind what was taken; `at` where nothing was."""
        if at == len(self.tokens) or state.ordinal:
            return at
        token = self.tokens[at]
        if not _TOGETHER.fullmatch(self.text, end, token.start):
            return at
        before = self.tokens[at - 1].word
        if "." in self.text[end : token.start] and not (before and before.role == "multiplier"):
            return at
        word = token.word
        if word is None:
            return at + 2 if self._smaller(state, at) else at
        if word.role == "multiplier":
            return at + 1 if state.multiply(word.value) else at
        # `1.7 million four years ago`: in digits it ends with its multiplier.
        return at if self.tokens[first].readings else self._take_word(state, at, end)

    def _take_word(self, state: Sum, at: int, end: int) -> int:
        word = self.tokens[at].word
        assert word is not None
        if word.role == "cardinal" and word.value.denominator == 1:
            return at + 1 if state.add(word.value) else at
        if word.role == "ordinal" and state.room and self._spaced(end, at):
            state.ordinal = state.add(word.value)
            return at + 1 if state.ordinal else at
        return self._joined(state, at) if word.role == "join" and state.room else at

    def _spaced(self, end: int, at: int) -> bool:
        return _APART.fullmatch(self.text, end, self.tokens[at].start) is not None

    def _joined(self, state: Sum, at: int) -> int:
        """`and` between two parts: `one hundred and five`, `treinta y dos`, `vingt et un`."""
        if at + 1 >= len(self.tokens):
            return at
        token = self.tokens[at + 1]
        gap = self.text[self.tokens[at].end : token.start]
        if token.word is None or token.word.role not in {"cardinal", "ordinal"}:
            return at
        if len(gap) != 1 or not (gap.isspace() or gap == "-"):
            return at
        if not self._joinable(state, token.word.value, at):
            return at
        if state.add(token.word.value):
            state.ordinal = token.word.role == "ordinal"
            return at + 2
        return at

    def _joinable(self, state: Sum, value: Fraction, at: int) -> bool:
        language = self.lexicon.language
        if language == "fr":
            return value in {1, 11} and state.group % 100 >= 20
        if language == "es":
            return value < 10 and state.group % 100 >= 30
        # `between two hundred and five hundred`: two numbers.
        after = self.tokens[at + 2].word if at + 2 < len(self.tokens) else None
        adjacent = at + 2 < len(self.tokens) and _TOGETHER.fullmatch(
            self.text, self.tokens[at + 1].end, self.tokens[at + 2].start
        )
        multiplied = bool(adjacent and after and after.role == "multiplier")
        return not multiplied and state.room is not None and state.room >= 100

    def _smaller(self, state: Sum, at: int) -> bool:
        """`300 тис.` behind `2 млн`: digits that a smaller multiplier follows."""
        if not state.least or state.group or at + 1 >= len(self.tokens):
            return False
        digits, after = self.tokens[at], self.tokens[at + 1]
        word = after.word
        if not digits.readings or word is None or word.role != "multiplier":
            return False
        if word.value >= state.least or not self._spaced(digits.end, at + 1):
            return False
        first = digits.readings[0]
        if first.value * word.value >= state.least:
            return False
        state.group, state.group_step, state.others = first.value, first.step, []
        return state.multiply(word.value)

    def _half(self, at: int) -> Number | None:
        """`half a million`, `eine halbe Million`, `un demi-million`."""
        end = self.tokens[at].end
        after = at + 1
        if after < len(self.tokens) and self._is_article(self.tokens[after], end):
            end = self.tokens[after].end
            after += 1
        found = _ARTICLE.match(self.text, end)
        if found:
            end = found.end()
        if after >= len(self.tokens):
            return self._half_span(at, end)
        token = self.tokens[after]
        if token.word is None or token.word.role != "multiplier":
            return self._half_span(at, end)
        if not _APART.fullmatch(self.text, end, token.start):
            return None
        value = token.word.value / 2
        return Number(
            (Reading(value, value),),
            self.tokens[at].start,
            token.end,
            after + 1,
            scale=token.word.value,
        )

    def _half_span(self, at: int, end: int) -> Number | None:
        """`half an hour`."""
        found = _NAME.match(self.text, end)
        if found is None or folded(found[1][:5]) not in self.lexicon.durations:
            return None
        reading = Reading(Fraction(1, 2), Fraction(1, 2))
        return Number((reading,), self.tokens[at].start, end, at + 1, shy=True)

    def _is_article(self, token: Token, end: int) -> bool:
        return token.text in self.lexicon.articles and self.text[end : token.start].isspace()

    def _loose(self, at: int) -> Number:
        token = self.tokens[at]
        assert token.word is not None
        reading = Reading(token.word.value, Fraction(1))
        return Number((reading,), token.start, token.end, at + 1, shy=True)

    def _finished(self, state: Sum, start: int, end: int, after: int, *, digits: bool) -> Number:
        readings = (state.reading, *state.others)
        return Number(
            readings,
            start,
            end,
            after,
            state.ordinal,
            digits=digits,
            scale=state.least or Fraction(1),
        )
