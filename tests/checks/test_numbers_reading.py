"""What is read as a number, a date or a time, and how, in many notations and languages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks.numbers import Day, Quantity, covers, quantities


def one(text: str, language: str) -> Quantity:
    (found,) = quantities(text, language)
    return found


VALUES = [
    ("en", "1.5 million", 1_500_000),
    ("en", "1,500,000", 1_500_000),
    ("en", "two hundred and five", 205),
    ("en", "twenty-two thousand", 22_000),
    ("en", "half a million", 500_000),
    ("en", "two and a half million", 2_500_000),
    ("en", "3 lakh", 300_000),
    ("en", "2½", Fraction(5, 2)),
    ("de", "1.500.000", 1_500_000),
    ("de", "1,5 Mio.", 1_500_000),
    ("de", "zweiundzwanzigtausend", 22_000),
    ("de", "dreihundertfünf", 305),
    ("de", "anderthalb", Fraction(3, 2)),
    ("de", "eineinhalb Millionen", 1_500_000),
    ("de", "1'500'000", 1_500_000),
    ("fr", "1 500 000", 1_500_000),
    ("fr", "1\u202f500\u202f000", 1_500_000),
    ("fr", "quatre-vingt-dix-neuf", 99),
    ("fr", "quatre-vingts", 80),
    ("fr", "soixante-quinze", 75),
    ("fr", "vingt et un", 21),
    ("fr", "mille cent", 1100),
    ("fr", "deux millions et demi", 2_500_000),
    ("es", "treinta y dos", 32),
    ("es", "dos mil millones", 2_000_000_000),
    ("uk", "п’ятдесяти двох", 52),
    ("uk", "2 млн 300 тис.", 2_300_000),
    ("uk", "два з половиною мільйони", 2_500_000),
    ("uk", "1,5 млрд", 1_500_000_000),
    ("ru", "двухсот тридцати пяти тысяч", 235_000),
    ("pl", "dwudziestu dwóch", 22),
    ("zh", "3万", 30_000),
    ("ja", "1億2000万", 120_000_000),
    ("ar", "١٢٬٥٠٠", 12_500),
    ("hi", "१२", 12),
    ("ja", "１２３", 123),
    ("id", "\U00011f53\U00011f54", 34),
]


@pytest.mark.parametrize(("language", "text", "value"), VALUES)
def test_a_number_is_read_as_its_value(language: str, text: str, value: int | Fraction) -> None:
    assert one(text, language).value == value


DATES = [
    ("en", "3 November 2026", Day(3, 11, 2026)),
    ("en", "Tuesday, November 3rd, 2026", Day(3, 11, 2026, 2)),
    ("en", "the third of November", Day(3, 11)),
    ("en", "2026-11-03", Day(3, 11, 2026)),
    ("de", "3. November", Day(3, 11)),
    ("de", "Dienstag, den 3. November 2026", Day(3, 11, 2026, 2)),
    ("de", "03.11.2026", Day(3, 11, 2026)),
    ("fr", "le 1er mars", Day(1, 3)),
    ("fr", "mardi 3 novembre 2026", Day(3, 11, 2026, 2)),
    ("es", "3 de noviembre de 2026", Day(3, 11, 2026)),
    ("uk", "3 листопада 2026 року", Day(3, 11, 2026)),
    ("uk", "перше листопада", Day(1, 11)),
    ("uk", "у п'ятницю", Day(weekday=5)),
    ("uk", "листопадові", Day(month=11)),
    ("pl", "3 listopada", Day(3, 11)),
    ("it", "3 novembre 2026", Day(3, 11, 2026)),
    ("cs", "3. listopadu", Day(3, 11)),
    ("ja", "2026年11月3日", Day(3, 11, 2026)),
]


@pytest.mark.parametrize(("language", "text", "day"), DATES)
def test_a_date_is_read_by_its_parts(language: str, text: str, day: Day) -> None:
    assert one(text, language).days[0] == day


def test_days_of_a_list_share_their_month() -> None:
    found = quantities("am 3., 4. und 5. November", "de")
    assert [quantity.days[0] for quantity in found] == [Day(day, 11) for day in (3, 4, 5)]


TIMES = [
    ("en", "6 a.m.", 360),
    ("en", "6pm", 1080),
    ("en", "18:30", 1110),
    ("de", "18.30 Uhr", 1110),
    ("de", "sechs Uhr abends", 1080),
    ("fr", "18h30", 1110),
    ("fr", "18 heures 30", 1110),
    ("uk", "о 18:30", 1110),
    ("uk", "шостій вечора", 1080),
    ("es", "6 de la tarde", 1080),
    ("pl", "6 rano", 360),
    ("en", "half past six", 390),
    ("en", "quarter to seven", 405),
    ("de", "halb sieben", 390),
    ("fr", "six heures et demie", 390),
    ("uk", "о пів на сьому", 390),
]


@pytest.mark.parametrize(("language", "text", "minutes"), TIMES)
def test_a_time_is_read_in_minutes(language: str, text: str, minutes: int) -> None:
    found = one(text, language)
    assert found.kind == "time"
    assert found.value == minutes


UNITS = [
    ("en", "$5", "money", "$"),
    ("en", "US$5", "money", "USD"),
    ("en", "5 euros", "money", "EUR"),
    ("en", "SEK 5", "money", "SEK"),
    ("de", "5 Mrd. Euro", "money", "EUR"),
    ("uk", "5 млн грн", "money", "UAH"),
    ("uk", "5 гривень", "money", "UAH"),
    ("pl", "5 złotych", "money", "PLN"),
    ("en", "5 per cent", "percent", ""),
    ("de", "5 Prozent", "percent", ""),
    ("fr", "5 %", "percent", ""),
    ("uk", "5 відсотків", "percent", ""),
    ("en", "5 percentage points", "points", ""),
    ("de", "5 Prozentpunkte", "points", ""),
    ("uk", "5 відсоткових пунктів", "points", ""),
    ("en", "5 °C", "number", "°"),
]


@pytest.mark.parametrize(("language", "text", "kind", "unit"), UNITS)
def test_a_unit_is_read(language: str, text: str, kind: str, unit: str) -> None:
    found = one(text, language)
    assert (found.kind, found.unit) == (kind, unit)


@pytest.mark.parametrize(
    "text", ["A320", "Covid-19", "a 5G mast", "note [12]", "1. The plan", "one day", "a pair"]
)
def test_what_may_be_no_quantity_is_heard_only(text: str) -> None:
    assert {quantity.standing for quantity in quantities(text, "en")} <= {"heard"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "He may march."), ("uk", "Сім'я живе там."), ("de", "Sie achten darauf."),
     ("fr", "un bâtiment neuf"), ("ru", "его семью"), ("en", "Theresa May said so.")],
)  # fmt: skip
def test_words_that_look_like_numbers_are_not_judged(language: str, text: str) -> None:
    assert all(quantity.standing != "judged" for quantity in quantities(text, language))


def test_digits_with_a_multiplier_do_not_swallow_the_next_number() -> None:
    found = quantities("up from 1.7 million four years ago", "en")
    assert [quantity.value for quantity in found] == [1_700_000, 4]


def test_offsets_hold_the_number_and_its_unit() -> None:
    text = "It cost €1.2 million, or ４２ percent."
    assert [text[q.start : q.end] for q in quantities(text, "en")] == [
        "€1.2 million", "４２ percent",
    ]  # fmt: skip


def test_the_same_fact_in_two_languages_is_covered() -> None:
    english = quantities("On 3 November it paid $1.2 billion, 5 percent more, at 6 p.m.", "en")
    ukrainian = quantities("3 листопада о 18:00 заплатили 1,2 млрд доларів, на 5 % більше.", "uk")
    for want in english:
        assert any(covers(have, want) for have in ukrainian)
    for want in ukrainian:
        assert any(covers(have, want) for have in english)


@given(st.text(max_size=60), st.sampled_from(["en", "de", "fr", "uk", "zh", ""]))
def test_any_text_is_read_and_each_quantity_covers_itself(text: str, language: str) -> None:
    for quantity in quantities(text, language):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert covers(quantity, quantity)


@given(st.integers(min_value=2, max_value=10**9), st.integers(min_value=0, max_value=9))
def test_a_changed_digit_is_not_covered(value: int, digit: int) -> None:
    written = f"{value:,}"
    changed = str(digit or 1) + written[1:]
    if changed != written:
        assert not covers(one(f"x {written} y", "en"), one(f"x {changed} y", "en"))


def spelled(engine: Any, value: int) -> dict[str, str]:
    """`value` in words by the rules of the CLDR, by the name of the rule."""
    forms: dict[str, str] = engine.format_number(
        value, ruleset_names=[name for name in engine.rulesets if name.startswith(_CARDINALS)]
    ).text_by_ruleset
    return {name: text.replace("\xad", "") for name, text in forms.items()}


_CARDINALS = ("spellout-numbering", "spellout-cardinal")
_NOT_WHOLE = ("-year", "-tens", "-verbose")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "uk", "ru", "pl"])
def test_number_words_of_the_cldr_are_read_in_each_case_and_gender(language: str) -> None:
    rbnf: Any = pytest.importorskip("unicode_rbnf")
    engine = rbnf.RbnfEngine.for_language(language)
    numbers = [*range(2, 101), 115, 121, 200, 342, 999, 1001, 2345, 12_000, 345_678, 7_000_021]
    for value in numbers:
        forms = spelled(engine, value).items()
        # Many cases and genders are written alike.
        for text in {text for name, text in forms if not name.endswith(_NOT_WHOLE)}:
            found = quantities(f"x {text} y", language)
            assert [quantity.value for quantity in found] == [value], text
