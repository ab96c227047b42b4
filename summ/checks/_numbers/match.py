"""Does one quantity prove another? Rounding does, more precision than there is doesn't."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from summ.checks._numbers.model import Day, Quantity, Reading

_DOLLARS = frozenset({"$", "USD", "AUD", "CAD", "HKD", "NZD"})
_KRONER = frozenset({"kr", "SEK", "NOK", "DKK", "CZK"})
_FRANCS = frozenset({"F", "CHF"})
_YEN = frozenset({"¥", "JPY", "CNY"})
_FAMILIES = (_DOLLARS, _KRONER, _FRANCS, _YEN)
_MULTIPLIERS = tuple(10**power for power in (3, 5, 6, 7, 9, 12))
"""What a word behind a number may stand for, in a language whose words aren't known."""

SMALL_COINS = frozenset({"cent", "penny", "kop", "gr"})
"""Units of which a hundred are one of the currency."""


def covers(have: Quantity, want: Quantity) -> bool:
    """Whether `have`, of a text, proves `want`, said about it.

    The same kind and value, or a value rounded to what `want` gives; `want` may leave out a
    unit, but not change it. The two texts may be in different languages.
    """
    if want.kind == "date":
        return have.kind == "date" and any(
            _is_part(wanted, day) for wanted in want.days for day in have.days
        )
    if have.kind == "date":
        return _is_in_date(have, want)
    if "time" in {have.kind, want.kind}:
        return _same_time(have, want)
    if (have.unit in SMALL_COINS) != (want.unit in SMALL_COINS) and have.kind == want.kind:
        return _same_coins(have, want)
    if not _units_agree(have, want) or not _partners_agree(have, want):
        return False
    if have.lasts and want.lasts:
        if have.lasts == want.lasts:
            return True
        if have.value == want.value:
            return False  # one figure in two units: 26 miles for 26 km, 8 hours for 8 minutes
    return any(
        _same_value(has, wanted, want, have) for wanted in want.readings for has in have.readings
    )


def proven(want: Quantity, pool: Sequence[Quantity]) -> bool:
    """Whether the quantities of a text prove `want`, one by itself or a date with its year.

    A year or a weekday which stands elsewhere in the text counts for a date without one.
    """
    if any(covers(have, want) for have in pool):
        return True
    if want.kind != "date":
        return _is_sum(want, pool) or _is_elliptic(want, pool) or _is_in_coins(want, pool)
    dates = [have for have in pool if have.kind == "date"]
    years = {day.year for have in dates for day in have.days} | {
        int(reading.value)
        for have in pool
        if have.kind in {"number", "ordinal"}
        for reading in have.readings
        if reading.value.denominator == 1
    }
    weekdays = {day.weekday for have in dates for day in have.days if not day.day}
    return any(
        covers(_completed(have, wanted, years, weekdays), replace(want, days=(wanted,)))
        for wanted in want.days
        for have in dates
    )


def _is_sum(want: Quantity, pool: Sequence[Quantity]) -> bool:
    """`five and a half years` for `five years and six months`."""
    if want.lasts is None:
        return False
    unit, length = want.lasts
    spans = {have.lasts[1] for have in pool if have.lasts and have.lasts[0] == unit}
    return any(length - span in spans and 2 * span != length for span in spans)


def _is_elliptic(want: Quantity, pool: Sequence[Quantity]) -> bool:
    """`42 million` for the second number in `190 million from one, 42 from the other`."""
    if want.scale == 1 or all(have.scale != want.scale for have in pool):
        return False
    bare = {
        reading.value * want.scale
        for have in pool
        if have.scale == 1 and have.kind in {"number", "money"}
        for reading in have.readings
    }
    return any(reading.value in bare for reading in want.readings)


def _is_in_coins(want: Quantity, pool: Sequence[Quantity]) -> bool:
    """`17,40 euro` for `17 euro e 40 centesimi`, in a language whose words aren't known."""
    if want.scaled or want.value is None or want.readings[0].step != Fraction(1, 100):
        return False
    whole, hundredths = divmod(100 * want.value, 100)
    return any(
        first.value == whole and second.value == hundredths
        for first, second in itertools.pairwise(pool)
    )


def _completed(
    have: Quantity, wanted: Day, years: Iterable[int | None], weekdays: Iterable[int | None]
) -> Quantity:
    days = tuple(
        replace(
            day,
            year=wanted.year if day.year is None and wanted.year in years else day.year,
            weekday=(
                wanted.weekday
                if day.weekday is None and wanted.weekday in weekdays
                else day.weekday
            ),
        )
        for day in have.days
    )
    return replace(have, days=days)


def _is_part(wanted: Day, day: Day) -> bool:
    if wanted.weekday is not None and wanted.weekday != (day.weekday or _weekday(day)):
        return False
    return (
        wanted.day in {None, day.day}
        and wanted.month in {None, day.month}
        and wanted.year in {None, day.year}
    )


def _weekday(day: Day) -> int | None:
    if day.day is None or day.month is None or day.year is None:
        return None
    try:
        return datetime.date(day.year, day.month, day.day).isoweekday()
    except ValueError:
        return None


def _is_in_date(have: Quantity, want: Quantity) -> bool:
    """A year by itself, or `the 3rd`, of a date."""
    if want.kind not in {"number", "ordinal"}:
        return False
    wanted = {reading.value for reading in want.readings}
    return any(
        day.year in wanted or (want.kind == "ordinal" and day.day in wanted) for day in have.days
    )


def _same_time(have: Quantity, want: Quantity) -> bool:
    if have.kind == want.kind:
        first, second = ({r.value for r in q.readings} for q in (have, want))
        return not first.isdisjoint(second)
    time, number = (have, want) if have.kind == "time" else (want, have)
    if number.kind not in {"number", "ordinal"}:
        return False
    # `at 6`: the hour alone.
    hours = {60 * reading.value for reading in number.readings}
    # `18.30`, in a language where that isn't known to be a time.
    hours |= {100 * r.value - 40 * int(r.value) for r in number.readings if 100 * r.step == 1}
    hours |= {hour + 720 for hour in hours if hour <= 720}
    if number.partner is not None:
        hours |= {h + number.partner for h in hours}
    return any(reading.value in hours for reading in time.readings)


def _units_agree(have: Quantity, want: Quantity) -> bool:
    kinds = {have.kind, want.kind}
    if kinds == {"money"}:
        return _same_currency(have.unit, want.unit)
    if kinds in ({"percent", "points"}, {"percent", "money"}, {"points", "money"}):
        return have.shared or want.shared
    if want.kind == "percent" and have.kind in {"number", "ordinal"}:
        # `5 per cento`, where the words for it aren't known.
        return want.shared or not want.scaled
    return True


def _same_coins(have: Quantity, want: Quantity) -> bool:
    """`99 cents` for `$0.99`."""
    coins, money = (have, want) if have.unit in SMALL_COINS else (want, have)
    values = {reading.value / 100 for reading in coins.readings}
    return any(reading.value in values for reading in money.readings)


def _same_currency(first: str, second: str) -> bool:
    if first == second:
        return True
    if first in SMALL_COINS or second in SMALL_COINS:
        return False
    for family in _FAMILIES:
        if first in family and second in family:
            # `$` may be any of them, two named ones are two.
            return first in {"$", "kr", "F", "¥"} or second in {"$", "kr", "F", "¥"}
    return False


def _partners_agree(have: Quantity, want: Quantity) -> bool:
    return have.partner is None or want.partner is None or have.partner == want.partner


def _same_value(has: Reading, wanted: Reading, want: Quantity, have: Quantity) -> bool:
    if has.value == wanted.value:
        return True
    if not (want.scaled and have.scaled) and _same_digits(has, wanted):
        return True
    if has.value < wanted.step or (want.kind == "ordinal" and have.kind == "ordinal"):
        return False
    return any(
        _rounds(has.value, wanted.value, step, want.hedge)
        for step in _steps(wanted, want.hedge)
        if step > has.step
    )


def _steps(wanted: Reading, hedge: str) -> tuple[Fraction, ...]:
    """What a value may have been rounded to: its last digit, or its last that isn't zero."""
    value, zeros = wanted.value, Fraction(1)
    if value.denominator > 1 or not value:
        return (wanted.step,)
    while value % 10 == 0:
        value, zeros = value / 10, zeros * 10
    plain = zeros if hedge or (zeros >= 1000 and wanted.value / zeros >= 10) else wanted.step
    return (wanted.step,) if plain <= wanted.step else (wanted.step, plain)


def _rounds(value: Fraction, wanted: Fraction, step: Fraction, hedge: str) -> bool:
    if 2 * abs(value - wanted) <= step:
        return True
    if hedge == "over":
        return wanted <= value < wanted + step
    return hedge == "under" and wanted - step < value <= wanted


def _same_digits(has: Reading, wanted: Reading) -> bool:
    """Whether two values are the same, or rounded, but for a multiplier not understood."""
    if _mantissa(has.value) == _mantissa(wanted.value):
        return True
    return any(
        has.step < wanted.step * times
        and 2 * abs(has.value - wanted.value * times) <= times * wanted.step
        for times in _MULTIPLIERS
    )


def _mantissa(value: Fraction) -> Fraction:
    """The value without its power of ten."""
    if value == 0:
        return value
    for _ in range(40):
        if value.denominator > 1:
            value *= 10
        elif value % 10 == 0:
            value /= 10
        else:
            break
    return value
