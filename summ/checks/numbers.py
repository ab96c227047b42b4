"""Are a statement's numbers, dates and times in the sentences that it cites?

Values are compared, not digits: `1.5 million` is `1,500,000` and `1,5 Mio.`, `twelve` is 12,
`6 a.m.` is `6:00`. A value may be rounded to what the statement gives, and a unit left out,
not changed (26 miles for 26 km); a percentage must be a percentage.

What it cannot see: whether a number counts the same thing as in the article, numbers that
are left out, a minus that was dropped, a moved weekday or hour where the other one is cited,
too. It doesn't judge "one", fractions in words ("a third"), vague words ("dozens"), "first"
to "third" and "two" unless the evidence counts the same thing otherwise, nor digits in names
(`A320`). A count or a share which a statement computes is not in the article for it. Number
words are known in the languages of `cues/numbers`; in others, and where the language isn't
known, whole numbers up to 20 and lone months and weekdays are not judged (a share or an
amount up to 20, or a half such as 2.5, only beside another one), and multipliers such as
"million" count for nothing. In Chinese and Japanese, of digits that follow a letter only
decimals and shares are judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from summ.checks._numbers.match import covers, proven
from summ.checks._numbers.model import Day, Quantity, Reading
from summ.checks._numbers.reader import quantities
from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement

__all__ = ["Day", "Quantity", "Reading", "checker", "covers", "proven", "quantities"]

_SHOWN = 80
_BEHIND = re.compile(r"[\s\-]{0,2}[^\W\d_]+")


def checker(article: Article) -> StatementCheck:
    """Compare the numbers, dates and times of statements with those of the article."""
    return _Numbers(article).findings


class _Numbers:
    """An article's numbers, read sentence by sentence when a statement needs them."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._document = article.document
        self._known: dict[int, tuple[Quantity, ...]] = {}

    def findings(self, statement: Statement) -> Iterator[Finding]:
        """What of a statement's numbers is not in its evidence."""
        wanted = quantities(statement.text, self._article.language)
        if not statement.evidence or all(quantity.standing == "heard" for quantity in wanted):
            return
        cited = sorted({evidence.sentence for evidence in statement.evidence})
        evidence = self._pool(cited)
        before = partial(self._said_before, cited[-1])
        told: set[str] = set()
        for quantity in wanted:
            words = statement.text[quantity.start : quantity.end]
            if words in told or not _is_missing(quantity, evidence):
                continue
            # "26" stands in "26 kilometres"; "26 miles" does not.
            measured = (
                words + _noun_behind(statement.text, quantity.end) if quantity.lasts else words
            )
            if _is_context(quantity, evidence, before) or self._stands(measured, cited):
                continue
            told.add(words)
            yield self._finding(quantity, measured, statement)

    def _finding(self, quantity: Quantity, words: str, statement: Statement) -> Finding:
        """Say where else a missing number is."""
        what = f"The {_NAMES[quantity.kind]} {_short(words)} is not in"
        cited = [evidence.sentence for evidence in statement.evidence]
        for number in self._article.near(statement):
            if proven(quantity, self._pool([*cited, number])):
                return self._elsewhere("number-in-neighbour", what, number)
        numbers = range(1, len(self._document.sentences) + 1)
        for number in numbers:
            if proven(quantity, self._pool([number])):
                return self._elsewhere("number-not-in-evidence", what, number)
        if quantity.kind == "date" and proven(quantity, self._pool(numbers)):
            return Finding(
                "number-not-in-evidence", f"{what} the sentences cited, but elsewhere in parts."
            )
        return Finding("number-not-in-source", f"{what} the article.")

    def _elsewhere(self, code: str, what: str, number: int) -> Finding:
        """A number that is in another sentence, with the place of that."""
        message = f"{what} the sentences cited; it is in sentence {number}."
        return Finding(code, message, *self._article.place(number))

    def _said_before(self, number: int, quantity: Quantity) -> bool:
        """Whether a sentence before that one proves a quantity; the nearest is read first."""
        return any(proven(quantity, self._of(at)) for at in range(number - 1, 0, -1))

    def _pool(self, numbers: Iterable[int]) -> list[Quantity]:
        """The quantities of those sentences."""
        return [quantity for number in numbers for quantity in self._of(number)]

    def _of(self, number: int) -> tuple[Quantity, ...]:
        if number not in self._known:
            sentence = self._document.sentence(number)
            self._known[number] = quantities(sentence, self._article.language)
        return self._known[number]

    def _stands(self, words: str, cited: Iterable[int]) -> bool:
        """Whether a cited sentence has the very words, with nothing joined to them."""
        return any(_has_word(self._document.sentence(number), words) for number in cited)


_NAMES = {
    "number": "number", "ordinal": "number", "percent": "share", "points": "number",
    "money": "amount", "date": "date", "time": "time",
}  # fmt: skip


def _noun_behind(text: str, end: int) -> str:
    """The word behind a number, with the space or hyphen before it."""
    found = _BEHIND.match(text, end)
    return found[0] if found else ""


def _is_missing(quantity: Quantity, evidence: list[Quantity]) -> bool:
    """Whether the evidence should prove a quantity of a statement and doesn't."""
    if quantity.standing == "heard" or proven(quantity, evidence):
        return False
    if quantity.standing == "judged":
        return True
    return any(_counts_alike(have, quantity) for have in evidence if have.standing != "heard")


def _counts_alike(have: Quantity, quantity: Quantity) -> bool:
    """Whether two numbers count the same thing; amounts in an unknown language by the unit."""
    if have.kind != quantity.kind:
        return False
    same_noun = bool(quantity.noun) and have.noun == quantity.noun
    return same_noun or (not quantity.scaled and quantity.kind in {"percent", "money"})


def _is_context(
    quantity: Quantity, evidence: Iterable[Quantity], before: Callable[[Quantity], bool]
) -> bool:
    """Whether a lone weekday or year is carried on from before, and the evidence has none."""
    part = _dated(quantity)
    if part is None or any(_dated(have) == part for have in evidence):
        return False
    return before(quantity)


def _dated(quantity: Quantity) -> str | None:
    """`weekday` or `year` for what holds one."""
    if quantity.kind == "date":
        day = quantity.days[0]
        return "weekday" if day.weekday else "year" if day.year else None
    value = quantity.value
    if quantity.kind == "number" and value and 1900 <= value < 2200 and quantity.scale == 1:
        return "year"
    return None


def _has_word(sentence: str, words: str) -> bool:
    at = sentence.find(words)
    while at >= 0:
        end = at + len(words)
        before, after = sentence[max(0, at - 2) : at], sentence[end : end + 2]
        if not _joins(before[::-1]) and not _joins(after):
            return True
        at = sentence.find(words, end)
    return False


def _joins(beside: str) -> bool:
    """Whether what is beside a number (outwards) makes it another one."""
    first, second = beside[:1], beside[1:2]
    return first.isalnum() or (first in {".", ",", "-", "–", ":"} and second.isdigit())


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
