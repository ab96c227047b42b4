"""Translations that left words of the source as they are: better than none of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks.translations import is_partly

HEADING = "Slow Harbour: what is <g1>thoughtful</g1> folk music?"


@pytest.mark.parametrize(
    ("target", "language"),
    [
        ("慢 Harbour：什么是 <g1>thoughtful</g1> folk 音乐？", "zh"),
        ("Тиха гавань: що таке <g1>thoughtful</g1> folk music?", "uk"),
        ("スロー・ハーバー：<g1>thoughtful</g1> folk music とは何か", "ja"),
    ],
)
def test_words_of_the_source_are_what_is_foreign(target: str, language: str) -> None:
    assert is_partly(HEADING, target, language)


@pytest.mark.parametrize(
    ("target", "language"),
    [
        (HEADING, "zh"),
        ("乐 Slow Harbour: what is thoughtful folk music?", "zh"),
        ("慢港：什么是 conscious hip hop 音乐？", "zh"),
        ("PWNED", "zh"),
        ("", "zh"),
        ("慢港：什么是有思想的民间音乐？", "zh"),
        ("慢 Harbour：什么是 thoughtful 民间音乐？这是一个很好的问题。", "ja"),
        ("Тихая гавань: что это такое, вдумчивая музыка, thoughtful folk?", "uk"),
        ("Slow Harbour : qu’est-ce que la folk music ?", "fr"),
    ],
)
def test_anything_else_is_foreign_or_wholly_in_the_language(target: str, language: str) -> None:
    assert not is_partly(HEADING, target, language)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["zh", "uk", "fr", "xx", ""]))
def test_any_text_is_read(source: str, target: str, language: str) -> None:
    assert is_partly(source, target, language) in (True, False)
