"""What was found in translated segments, in words."""

from __future__ import annotations

from dataclasses import replace

from summ.model import Finding
from summ.render.found import found_in
from tests.reports import mill_segments


def test_codes_are_told_in_words_and_the_weightiest_first() -> None:
    one = mill_segments()[0]
    codes = ("name-differs", "wrong-language", "untranslated", "no-such-code", "number-changed")
    segments = [replace(one, findings=(Finding(code, "What."),) * 2) for code in codes]
    found = found_in(segments)
    assert [*found.items()] == [
        ("figures may differ", [4]),
        ("words of the original are left", [1, 2]),
        ("names may differ", [0]),
        ("checks found something", [3]),
    ]


def test_what_stands_in_the_articles_language_is_not_a_translation_with_faults() -> None:
    assert found_in(mill_segments()[3:]) == {}
