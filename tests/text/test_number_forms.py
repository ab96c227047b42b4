"""Figures in the form of another language, with the same digits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.text.number_forms import in_own_form, with_own_separators, without_groups


@pytest.mark.parametrize(
    ("figure", "source", "target", "result"),
    [
        ("412,600", "en", "pt", "412.600"),
        ("1,234,567.5", "en", "de", "1.234.567,5"),
        ("412.600", "pt", "en-GB", "412,600"),
        ("412 600", "en", "de", "412.600"),
        ("14,000", "en", "hi", "14,000"),
        ("3.5", "en", "pt", "3,5"),
        ("42.195", "en", "pt", "42,195"),
        ("42.195", "de", "en", "42,195"),
        # no numbers with separators
        ("2024", "en", "pt", "2024"),
        ("1.2.3", "en", "pt", "1.2.3"),
        ("5:30", "en", "pt", "5:30"),
        ("012,345", "en", "pt", "012,345"),
        ("12,34,567", "en", "pt", "12,34,567"),
        ("412,600", "en", "tlh", "412,600"),
        ("412,600", "?", "pt", "412,600"),
    ],
)
def test_a_figure_takes_the_form_of_the_language(
    figure: str, source: str, target: str, result: str
) -> None:
    assert in_own_form(figure, source, target) == result


@pytest.mark.parametrize(
    ("figure", "result"),
    [("412,600", "412600"), ("412,600.5", "412,600.5"), ("3.5", "3.5"), ("2024", "2024")],
)
def test_whole_numbers_alone_lose_their_separators(figure: str, result: str) -> None:
    assert without_groups(figure, "en") == result


@pytest.mark.parametrize(
    ("text", "out", "result"),
    [
        ("To 17,300 people.", "A 17,300 pessoas.", "A 17.300 pessoas."),
        ("It owes 3,480,000.", "Deve 3,480.000.", "Deve 3.480.000."),
        ("To 17,300 people.", "A 17.300 pessoas.", "A 17.300 pessoas."),
        ("To 17,300 people.", "A 17,400 pessoas.", "A 17,400 pessoas."),
        ("He ran 42.195 km.", "Correu 42.195 km.", "Correu 42,195 km."),
        ("Version 3.5.", "Versão 3.5.", "Versão 3.5."),
        ("In 2024.", "Em 2024.", "Em 2024."),
    ],
)
def test_thousands_are_parted_as_the_language_does(text: str, out: str, result: str) -> None:
    assert with_own_separators(text, out, "en", "pt") == result


@given(st.text("0123456789.,: \u00a0", max_size=60), st.sampled_from(["en", "de", "fr", "hi"]))
def test_no_digit_is_made_up(figure: str, target: str) -> None:
    digits = re.sub("[^0-9]", "", figure)
    assert re.sub("[^0-9]", "", in_own_form(figure, "en", target)) == digits
    assert re.sub("[^0-9]", "", without_groups(figure, "en")) == digits
    out = with_own_separators(figure, figure, "en", target)
    assert re.sub("[^0-9]", "", out) == digits
