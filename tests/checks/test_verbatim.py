"""What an article says is not doubted when a statement says it word for word."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks import hedges, negation, opposites
from summ.checks.article import Check
from tests.checks.cases import verbatim_codes
from tests.documents import ARTICLES, texts

CHECKS: Mapping[str, Check] = {
    "hedges": hedges.checker,
    "negation": negation.checker,
    "opposites": opposites.checker,
}

# What each of them looks for, beside words that it does not.
WORDS: Mapping[str, list[str]] = {
    "hedges": [
        "may", "allegedly", "according", "to", "said", "the", "port", ",", ".", "closed", "aurait",
        "soll",
    ],
    "negation": [
        "not", "never", "no", "without", "the", "port", "mayor", "closed", ",", ";", ".", "refused",
        "un", "impossible", "deny", "but", "neither", "nor", "who", "only",
    ],
    "opposites": [
        "rise", "fell", "north", "south", "not", "the", "pier", ",", ".", "before", "after", "5",
        "years",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(ARTICLES))
@pytest.mark.parametrize("name", CHECKS)
def test_sentences_of_an_article_hold_as_they_are(name: str, language: str) -> None:
    assert verbatim_codes(CHECKS[name], ARTICLES[language], language) == []


@pytest.mark.parametrize("name", CHECKS)
@given(data=st.data(), language=st.sampled_from(["en", "de", "fr", "uk"]))
def test_whatever_a_sentence_says_it_holds_word_for_word(
    name: str, data: st.DataObject, language: str
) -> None:
    words = st.lists(st.sampled_from(WORDS[name]), max_size=30).map(" ".join)
    text = data.draw(words | texts())
    assert verbatim_codes(CHECKS[name], text or "x", language) == []
