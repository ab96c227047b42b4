"""Where a language puts no spaces."""

from __future__ import annotations

import pytest

from summ.text.spacing import has_no_spaces, needs_no_space, sentence_joint


@pytest.mark.parametrize(
    ("language", "words", "sentences"),
    [
        ("zh-Hant", True, ""),
        ("ja", True, ""),
        ("th", True, " "),
        ("my-MM", True, " "),
        ("ko", False, " "),
        ("uk", False, " "),
        ("ZH", True, ""),
    ],
)
def test_spaces_between_words_and_between_sentences(
    language: str, words: bool, sentences: str
) -> None:
    assert has_no_spaces(language) is words
    assert sentence_joint(language) == sentences


def test_letters_that_need_no_space() -> None:
    assert all(map(needs_no_space, "桥橋すスกខ다"))
    assert not any(map(needs_no_space, ["", "a", "я", "א", "ب", "7", "。"]))
