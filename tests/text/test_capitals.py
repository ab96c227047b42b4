"""Sentences in capitals, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.text.capitals import in_capitals, in_sentence_case, is_in_capitals


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("THE LIGHTHOUSE AT THE END", True),
        ("BREAKING NEWS: MAYOR QUITS!", True),
        ("МІСТ ЗАЧИНЕНО НА 14 ДНІВ", True),
        ("“STOP THE BRIDGE”", True),
        ("NATO", False),
        ("EU, UN", False),
        ("BBC TV 4", False),
        ("LIGHTHOUSE", False),
        ("G7 U.S. WARNING", False),
        ("The lighthouse", False),
        ("THE LIGHTHOUSE at the end", False),
        ("4 + 5", False),
        ("桥已关闭", False),
        ("", False),
    ],
)
def test_two_words_in_capitals_are_a_sentence_in_capitals(text: str, told: bool) -> None:
    assert is_in_capitals(text) is told


@pytest.mark.parametrize(
    ("text", "language", "result"),
    [
        ("THE LIGHTHOUSE AT THE END", "en", "The lighthouse at the end"),
        ("“NATO AND BBC AGREE ON G7 PLAN”", "en", "“NATO and BBC agree on G7 plan”"),
        ("WHAT I SAW, I'LL TELL", "en-GB", "What I saw, I'll tell"),
        ("14 PEOPLE, X1 AND U.S. MEN", "en", "14 People, X1 and U.S. men"),
        ("IŞIK VE İYİ", "tr", "Işık ve iyi"),
        ("МІСТ ЗАЧИНЕНО", "uk", "Міст зачинено"),
    ],
)
def test_a_sentence_in_capitals_is_written_as_sentences_are(
    text: str, language: str, result: str
) -> None:
    assert in_sentence_case(text, language) == result


@pytest.mark.parametrize(
    ("text", "language", "result"),
    [
        ("O farol no fim", "pt", "O FAROL NO FIM"),
        ("iyi ışık", "tr", "İYİ IŞIK"),
        ("Η γέφυρα έκλεισε", "el", "Η ΓΕΦΥΡΑ ΕΚΛΕΙΣΕ"),
        ("ხიდი დაიკეტა", "ka", "ხიდი დაიკეტა"),
        ("桥已关闭", "zh-Hant", "桥已关闭"),
    ],
)
def test_capitals_are_those_of_the_language(text: str, language: str, result: str) -> None:
    assert in_capitals(text, language) == result


@given(st.text(), st.sampled_from(["en", "tr", "el", "ka", "zh"]))
def test_any_text_has_some_case(text: str, language: str) -> None:
    is_in_capitals(text)
    in_sentence_case(text, language)
    in_capitals(text, language)
