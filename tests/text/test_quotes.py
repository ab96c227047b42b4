"""Quotation marks: counted, made straight, and shaped as a language has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.text.quotes import SHAPED, quotes, quotes_words, shaped, straight


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“We won,” he said.", '"We won," he said.'),
        ("„Wir siegten“, sagte er.", '"Wir siegten", sagte er.'),
        ("«\u00a0Gagné\u00a0», dit-il.", '"Gagné", dit-il.'),
        ("It’s ‘fine’.", "It’s ‘fine’."),
    ],
)
def test_double_marks_become_straight_and_single_ones_stay(text: str, plain: str) -> None:
    assert straight(text) == plain


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt-BR", "“Sim”, disse (“talvez”)."),
        ("de", "„Sim“, disse („talvez“)."),
        ("uk", "«Sim», disse («talvez»)."),
        ("fr", "«\u00a0Sim\u00a0», disse («\u00a0talvez\u00a0»)."),
        ("ja", "「Sim」, disse (「talvez」)."),
        ("xx", "“Sim”, disse (“talvez”)."),
    ],
)
def test_marks_open_and_close_as_the_language_has_them(language: str, text: str) -> None:
    assert shaped('"Sim", disse ("talvez").', language) == text


def test_a_mark_behind_a_tag_opens_as_without_it() -> None:
    assert shaped('<g1>"Sim"</g1>, e "<g2>não</g2>".', "en") == "<g1>“Sim”</g1>, e “<g2>não</g2>”."


def test_a_name_in_marks_is_no_quotation() -> None:
    assert quotes_words("“We will not close it,” she said.")
    assert not quotes_words("The paper “Harbour News” said so.")
    assert not quotes_words('They left, 24" or not.')


def test_single_marks_are_marks_and_apostrophes_are_not() -> None:
    assert quotes("He said ‘yes’.")
    assert quotes("'Yes,' he said.")
    assert not quotes("It’s the mayor's, isn't it")


@given(st.text(alphabet=list('ab "(«»“”„ \u00a0<g1>/')))
def test_no_mark_is_lost_or_made(text: str) -> None:
    plain = straight(text)
    assert not set(plain) & set(SHAPED)
    marks = [char for char in text if char in {'"', *SHAPED}]
    assert plain.count('"') == len(marks)
    assert sum(char in "“”" for char in shaped(plain, "en")) == len(marks)


def test_a_hundred_thousand_marks_take_no_time() -> None:
    assert quotes(shaped('"' * 100_000, "fr"))
    assert not quotes_words('"' * 100_000)
