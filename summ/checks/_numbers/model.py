"""What a number, a date or a time in a text is, whatever its language and notation."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

Kind = Literal["number", "ordinal", "percent", "points", "money", "date", "time"]

Standing = Literal["judged", "compared", "heard"]
"""How much a quantity of a statement proves: `judged` ones must be in the evidence;
`compared` ones only where the evidence counts the same thing otherwise (`second round`
beside `third round`); `heard` ones ("one", "a pair", "5G") count for the evidence alone."""


class Reading(NamedTuple):
    """One way to read a number.

    Attributes:
        value: exact; of a time, minutes since midnight.
        step: worth of the last digit given: 100000 in `1.2 million`, 1 in `1,200,000`.
    """

    value: Fraction
    step: Fraction


@dataclass(frozen=True, slots=True)
class Day:
    """What is said of a date; None for what isn't. Monday is weekday 1."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date or time in a text; all but its place is free of the language.

    Attributes:
        kind: what it counts; a year by itself is a number.
        start: half-open code-point offset into the text.
        end: half-open code-point offset; the unit is inside.
        readings: what it may be, the likeliest first; none for a date.
        days: of a date, what it may be, the likeliest first.
        unit: of money the ISO 4217 code, or a sign that several currencies share (`$`,
            `kr`); `°` of a temperature; else empty.
        partner: the other number of `4-1` and `10-12`.
        hedge: `over`, `under` or `about`, where a word before says that it is rounded.
        noun: the beginning of the word behind it, in lower case.
        lasts: of a time span, a length or a weight, the unit that all of its kind are
            counted in (`min`, `month`, `mm`, `g`) and how many of them it is.
        standing: how much it proves.
        shared: whether kind and unit are those of a number listed behind it.
        scale: the multiplier in it, such as a million; else 1.
        scaled: whether words such as "million" would have been understood.
    """

    kind: Kind
    start: int
    end: int
    readings: tuple[Reading, ...] = ()
    days: tuple[Day, ...] = ()
    unit: str = ""
    partner: Fraction | None = None
    hedge: str = ""
    noun: str = ""
    lasts: tuple[str, Fraction] | None = None
    standing: Standing = "judged"
    shared: bool = False
    scale: Fraction = Fraction(1)
    scaled: bool = True

    @property
    def value(self) -> Fraction | None:
        """The likeliest value; None for a date."""
        return self.readings[0].value if self.readings else None


WordRole = Literal[
    "cardinal", "ordinal", "multiplier", "loose", "part", "half", "month", "weekday", "join"
]  # fmt: skip


class Word(NamedTuple):
    """A known word: what it does, and its value.

    Attributes:
        role: what it does in a number or a date.
        value: its number; a month's or weekday's from 1.
        shy: by itself, or without more around it, it may be another word.
    """

    role: WordRole
    value: Fraction
    shy: bool = False
