"""What a user types for a language becomes its code; what is unknown is explained."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import UsageError
from summ.text.language_names import display_name, english_name, parse_language


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("uk", "uk"), ("UK", "uk"), (" uk ", "uk"), ("ukr", "uk"), ("ger", "de"), ("deu", "de"),
        ("pt-BR", "pt-BR"), ("pt_br", "pt-BR"), ("PT-br", "pt-BR"), ("zh-Hant", "zh-Hant"),
        ("zh_hant_tw", "zh-Hant-TW"), ("zh-CN", "zh-CN"), ("es-419", "es-419"), ("iw", "he"),
        ("en-UK", "en-GB"), ("sr-latn", "sr-Latn"), ("sh", "sr-Latn"), ("yue", "yue"),
    ],
)  # fmt: skip
def test_codes(name: str, code: str) -> None:
    assert parse_language(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ukrainian", "uk"), ("ukrainian", "uk"), ("GERMAN", "de"),
        ("Brazilian Portuguese", "pt-BR"),
        ("Portuguese (Brazil)", "pt-BR"), ("Simplified Chinese", "zh-Hans"),
        ("Chinese (Simplified)", "zh-Hans"), ("Serbian, Latin", "sr-Latn"),
        ("English (US)", "en-US"),
        ("Farsi", "fa"), ("Mandarin", "zh"), ("Norwegian", "no"), ("Latin", "la"),
        ("Norwegian  Bokmal", "nb"),
    ],
)  # fmt: skip
def test_names_in_english(name: str, code: str) -> None:
    assert parse_language(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("українська", "uk"), ("УКРАЇНСЬКА", "uk"), ("Deutsch", "de"), ("français", "fr"),
        ("Francais", "fr"), ("español", "es"), ("Español (México)", "es-MX"), ("polski", "pl"),
        ("čeština", "cs"), ("cestina", "cs"), ("Türkçe", "tr"), ("TÜRKÇE", "tr"),
        ("Tiếng Việt", "vi"),
        ("português (Brasil)", "pt-BR"), ("中文", "zh"), ("简体中文", "zh-Hans"),
        ("繁體中文", "zh-Hant"),
        ("中文（简体）", "zh-Hans"), ("日本語", "ja"), ("한국어", "ko"), ("العربية", "ar"),
        ("فارسی", "fa"),
        ("עברית", "he"), ("हिन्दी", "hi"), ("ไทย", "th"), ("Ελληνικά", "el"), ("ქართული", "ka"),
        ("русский", "ru"), ("српски", "sr"), ("Gaeilge", "ga"), ("Euskara", "eu"),
        ("kurdî", "ku"),
    ],
)  # fmt: skip
def test_names_in_the_language_itself(name: str, code: str) -> None:
    assert parse_language(name) == code


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ua", "uk (Ukrainian)"), ("cz", "cs (Czech)"), ("jp", "ja (Japanese)"),
        ("CN", "zh (Chinese)"),
        ("gr", "el (Greek)"), ("Ukranian", "Ukrainian (uk)"), ("Germn", "German (de)"),
    ],
)  # fmt: skip
def test_slips_are_explained(name: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_language(name)
    assert meant in caught.value.hint


@pytest.mark.parametrize(
    "name", ["", "  ", "xx", "und", "mul", "zxx", "pt-QQ", "pt-ZZ", "--help", "日本", "12", "uk-"]
)
def test_what_is_no_language_is_refused(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_language(name)
    assert caught.value.hint


@pytest.mark.parametrize(
    "name", ["\x1b]52;c;QUJD\x07", "a\u202eb", "x\ny", "z" * 100_000, "\ud800"]
)
def test_a_hostile_name_is_shown_harmless(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_language(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 250


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_name_is_a_language_or_a_usage_error(name: str) -> None:
    try:
        code = parse_language(name)
    except UsageError:
        return
    assert parse_language(code) == code


@pytest.mark.parametrize("code", ["uk", "de", "pt-BR", "zh-Hant", "sr-Latn", "en-GB", "es-419"])
def test_what_is_shown_can_be_typed(code: str) -> None:
    assert parse_language(english_name(code)) == code
    assert parse_language(display_name(code, code)) == code


def test_display_names() -> None:
    assert display_name("uk", "uk") == "українська"
    assert display_name("uk", "de") == "Ukrainisch"
    assert display_name("de", "zh-Hant") == "德文"
    assert display_name("pt-BR", "uk") == "португальська (Бразилія)"
    assert display_name("uk-UA", "en") == "Ukrainian (Ukraine)"


def test_display_names_fall_back() -> None:
    assert display_name("uk", "xx") == "Ukrainian"
    assert display_name("uk", "") == "Ukrainian"
    assert display_name("qqq", "uk") == "qqq"
    assert english_name("en-US") == "American English"


def test_a_code_looks_at_english_only() -> None:
    program = (
        "from summ.text.language_names import _locale, parse_language\n"
        "parse_language('uk'), parse_language('pt_br')\n"
        "from babel import localedata\n"
        "print(sorted(localedata._cache))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "['en', 'root']"
