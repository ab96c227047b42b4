"""The faster loop over langdetect's profiles says what langdetect says."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect.detector_factory import DetectorFactory  # noqa: TID251 (what is compared with)
from langdetect.lang_detect_exception import (  # noqa: TID251 (what is compared with)
    LangDetectException,
)

from summ.text._likeliest import likeliest, profiles_of

LATIN, CYRILLIC, ARABIC = "cs de en fi fr hr it nl no pl ro tr vi", "bg mk ru uk", "ar fa ur"

TEXTS = {
    "prose": ("The ferry was late again, and nobody on the quay knew why it had not left.", LATIN),
    "two languages": ("der Rat sagt nein — the council says no — le conseil dit non", LATIN),
    "vietnamese marks": ("mo\u0323t ha\u0301i ba\u0300 bốn năm sáu bảy tám chín mười", LATIN),
    "romanian": ("consiliul a hotărât închiderea podului și a străzii, după ședință", LATIN),
    "addresses": ("see https://example.org/a?b=c or write to a.b@example.org today", LATIN),
    "latin in cyrillic": ("рада [міста] схвалила kilometre новий_міст", CYRILLIC),
    "arabic letters": ("قال المجلس إن الجسر سیغلق یوم الأحد", ARABIC),
    "long word": ("ab" * 60 + " the bridge", LATIN),
    "no end": ("word", LATIN),
    "spaces": ("  a  bc   def  ", LATIN),
    "nothing known": ("12 — 34", LATIN),
}


@lru_cache(maxsize=4)
def factory(codes: str) -> Any:
    made = DetectorFactory()
    folder = files("langdetect") / "profiles"
    made.load_json_profile([(folder / code).read_text("utf-8") for code in codes.split()])
    made.set_seed(0)
    return made


def by_langdetect(text: str, codes: str) -> list[tuple[str, float]]:
    detector = factory(codes).create()
    detector.append(text)
    try:
        return [(one.lang, one.prob) for one in detector.get_probabilities()]
    except LangDetectException:
        return []


@pytest.mark.parametrize("name", TEXTS)
def test_the_answer_is_that_of_langdetect_to_the_last_digit(name: str) -> None:
    text, codes = TEXTS[name]
    assert likeliest(text, profiles_of(codes)) == by_langdetect(text, codes)
    assert likeliest(text * 9, profiles_of(codes)) == by_langdetect(text * 9, codes)


@given(
    text=st.text(st.sampled_from("aeñ ßșểọ\u0301\u0323жыіيیپ二ひカ각“—. \u00a0\n@:/_[\ud800\x00")),
    codes=st.sampled_from([LATIN, CYRILLIC, ARABIC]),
)
@settings(max_examples=150, deadline=None)
def test_odd_text_has_the_answer_of_langdetect(text: str, codes: str) -> None:
    lower = text.lower()
    assert likeliest(lower, profiles_of(codes)) == by_langdetect(lower, codes)


def test_words_that_are_kept_change_no_answer() -> None:
    text, codes = TEXTS["two languages"]
    first = likeliest(text, profiles_of(codes))
    for word in range(6000):
        profiles_of(codes).features(f"w{word}", True)
    assert likeliest(text, profiles_of(codes)) == first
