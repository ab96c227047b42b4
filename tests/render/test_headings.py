"""The words of a report in each language."""

from __future__ import annotations

import string
from dataclasses import asdict

import pytest

from summ.model import KINDS
from summ.render.headings import HEADINGS, headings_for
from summ.render.languages import language_name
from summ.render.markdown_escape import escape
from summ.render.safe import clean


def test_the_promised_languages_are_there() -> None:
    assert set(HEADINGS) >= {"en", "uk", "de", "fr", "es", "pl", "ru", "zh", "ja", "ar"}


@pytest.mark.parametrize("code", HEADINGS)
def test_every_word_is_there_and_plain(code: str) -> None:
    words = asdict(HEADINGS[code])
    for name, word in words.items():
        assert word.strip(), name
        assert clean(word) == word, name
        assert escape(word) == word.strip(), name
    fields = {f for _, f, _, _ in string.Formatter().parse(words["receipt"]) if f}
    assert fields == {"sentence", "start", "end"}
    assert {f for _, f, _, _ in string.Formatter().parse(words["characters"]) if f} == {
        "start", "end",
    }  # fmt: skip
    shown = [HEADINGS[code].kind(kind) for kind in KINDS]
    assert shown[0] == ""
    assert len({*shown, words["partial"], words["unsupported"]}) == len(KINDS) + 2


@pytest.mark.parametrize("code", [code for code in HEADINGS if code not in {"en", "zh-hant"}])
def test_no_language_was_left_in_english(code: str) -> None:
    ours, english = asdict(HEADINGS[code]), asdict(HEADINGS["en"])
    same = {name for name in ours if ours[name] == english[name]}
    # Marks, and words that some languages share with English.
    assert same <= {"opening", "closing", "colon", "tokens", "model", "article", "opinion"}


@pytest.mark.parametrize(
    ("language", "key"),
    [
        ("uk", "uk"), ("pt-BR", "pt"), ("DE", "de"), ("zh-Hans", "zh"), ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"), ("tlh", "en"), ("", "en"), (None, "en"), ("en_GB", "en"),
    ],
)  # fmt: skip
def test_which_words_a_language_gets(language: str | None, key: str) -> None:
    assert headings_for(language) is HEADINGS[key]


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("uk", None, "українська"),
        ("uk", "en", "Ukrainian"),
        ("de", "uk", "німецька"),
        ("zh-Hant", None, "繁體中文"),
        ("pt-BR", "en", "Brazilian Portuguese"),
        ("ja", "tlh", "Japanese"),
        ("tlh", None, "tlh"),
        ("und", "en", "und"),
        ("", None, ""),
        ("not a code", None, "not a code"),
    ],
)
def test_names_of_languages(code: str, reader: str | None, name: str) -> None:
    assert language_name(code, reader) == name
