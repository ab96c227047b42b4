"""Terms and names occur, and are kept, in any form of them and in no other word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks.terms import TermIndex, findings, first_place, is_kept, occurring, occurs
from summ.model import Term


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "harbour", "Two harbours were closed."),
        ("en", "company", "The companies’ books"),
        ("en", "church", "churches"),
        ("en", "Olha Koval", "said Olha Koval’s office"),
        ("en", "NATO", "NATO's fleet"),
        ("en", "US", "the U.S. fleet"),
        ("en", "central bank", "Central banks agreed."),
        ("en", "St Martin", "the bells of St. Martin"),
        ("en", "New York", "a New\u00a0York firm"),
        ("en", "well-being", "well‑being"),
        ("de", "Haus", "die Häuser"),
        ("uk", "Ольга Коваль", "президентки Ольги Коваль"),
        ("uk", "рука", "у руці"),
        ("pl", "wrzesień", "we wrześniu"),
        ("fr", "ONU", "le plan de l’ONU"),
        ("tr", "Ankara", "Ankara’da"),
        ("zh", "央行", "欧洲央行今天说"),
        ("ja", "NATO", "NATOの橋"),
        ("th", "สะพาน", "ข้ามสะพานใหม่"),
        ("he", "ירושלים", "בירושלים"),
        (None, "Zorvan", "Zorvana"),
    ],
)
def test_a_term_occurs_in_its_forms(language: str | None, term: str, text: str) -> None:
    assert occurs(term, text, language)


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "bank", "She was banking on it."),
        ("en", "plan", "Planes landed."),
        ("en", "Apple", "an apple a day"),
        ("en", "US", "They told us."),
        ("en", "WHO", "Who came?"),
        ("en", "central bank", "The bank is central."),
        ("en", "central bank", "It was central.\nBank holidays were not."),
        ("en", "12", "In 123 days"),
        ("uk", "Коваль", "сказав Ковальчук"),
        ("ru", "кот", "который"),
        ("zh", "央行", "中央的行人"),
        ("en", "", "Anything"),
        ("en", "…", "Well…"),
    ],
)
def test_another_word_is_no_term(language: str, term: str, text: str) -> None:
    assert not occurs(term, text, language)


@pytest.mark.parametrize(
    ("language", "target", "text"),
    [
        ("uk", "Прага", "переговори в Празі"),
        ("uk", "Київ", "мер Києва"),
        ("uk", "вересень", "на початку вересня"),
        ("uk", "жінка", "десять жінок"),
        ("uk", "центральний банк", "голова Центрального банку"),
        ("uk", "Ольга Коваль", "з Коваль, Ольгою"),
        ("uk", "Лондон", "лондонський порт"),
        ("uk", "Нью-Йорк", "з Нью‑Йорка"),
        ("uk", "О'Браєн", "слова О’Браєна"),
        ("uk", "Sainsbury's", "магазин Sainsbury"),
        ("ru", "Воронцов", "Воронцовым"),
        ("ru", "Чехия", "в Чехии"),
        ("pl", "ręka", "w ręce"),
        ("pl", "miasto", "w mieście"),
        ("pl", "Warszawa", "Warszawie"),
        ("cs", "Praha", "v Praze"),
        ("hr", "knjiga", "u knjizi"),
        ("de", "Zentralbank", "im Zentralbankrat"),
        ("de", "Haus", "Häusern"),
        ("de", "Straße", "Strassen"),
        ("de", "Weihnachten", "am Weihnachtstag"),
        ("fr", "journal", "les journaux"),
        ("es", "voz", "las voces"),
        ("it", "banca", "le banche"),
        ("tr", "kitap", "kitabını"),
        ("fi", "Helsinki", "Helsingissä"),
        ("hu", "Budapest", "budapesti"),
        ("ar", "كتاب", "وبالكتاب"),
        ("ar", "مدينة", "مدينتها"),
        ("he", "ממשלה", "שהממשלה"),
        ("hi", "लड़का", "लड़के"),
        ("el", "Αθήνα", "της Αθήνας"),
        ("ko", "서울", "서울에서"),
        ("ja", "コワリ", "オルハ・コワリ氏"),
        ("zh", "让·雷诺", "让雷诺"),
        ("en", "the Board of Trade", "Board of Trade's"),
        ("en", "Netherlands", "a Dutch port"),
    ],
)
def test_a_translation_is_kept_in_its_forms(language: str, target: str, text: str) -> None:
    assert is_kept(target, text, language)


@pytest.mark.parametrize(
    ("language", "target", "text"),
    [
        ("uk", "Коваль", "Кравець і Ковальчук"),
        ("uk", "Олена Ткач", "Ольга Ткач"),
        ("uk", "центральний банк", "банк"),
        ("uk", "Рок", "у цьому році"),
        ("de", "Bank", "eine bange Frage"),
        ("en", "May", "It may be."),
        ("fi", "Turku", "Tampereella"),
        ("zh", "央行", "银行"),
        ("uk", "центральний банк", "центральний " + "слово " * 40 + "банк"),
    ],
)
def test_another_translation_is_not_the_term(language: str, target: str, text: str) -> None:
    assert not is_kept(target, text, language)


def _codes(terms: list[Term], source: str, target: str) -> list[str]:
    return [finding.code for finding in findings(terms, source, target, ("en", "uk"))]


def test_what_is_lost_is_found_by_its_kind() -> None:
    bank = Term("central bank", "центробанк")
    name = Term("Olha Koval", "Ольга Коваль", binding=False)
    found = list(findings([bank, name], "Olha Koval left the central bank.", "Ні.", ("en", "uk")))
    assert [one.code for one in found] == ["term-not-kept", "name-differs"]
    assert "“центробанк” for “central bank”" in found[0].message
    assert "Ольга Коваль" in found[1].message


def test_tags_part_no_words() -> None:
    terms = [Term("New York", "Нью-Йорк")]
    source = "<g1>New</g1> York<x2/>"
    assert _codes(terms, source, "<g1>Нью</g1>-<g2>Йорк</g2>") == []
    assert _codes(terms, source, "Йорк") == ["term-not-kept"]


def test_a_term_counts_by_itself_and_not_within_a_longer_one() -> None:
    terms = [Term("bank", "банк"), Term("central bank", "НБУ")]
    assert _codes(terms, "The central bank rose.", "НБУ зріс.") == []
    assert _codes(terms, "The central bank and a bank.", "НБУ зріс.") == ["term-not-kept"]
    found = occurring([Term("行", "x"), Term("央行", "y")], "央行说", ("zh", "en"))
    assert [term.source for term in found] == ["央行"]


def test_of_terms_that_differ_in_capitals_the_fitting_one_counts() -> None:
    terms = [Term("apple", "яблуко"), Term("Apple", "Apple")]
    assert _codes(terms, "Apple grows.", "Apple росте.") == []
    assert _codes(terms, "An apple grows.", "Apple росте.") == ["term-not-kept"]


def test_a_binding_term_counts_within_a_name() -> None:
    terms = [Term("Koval", "Коваль"), Term("Olha Koval", "Ольга Ковел", binding=False)]
    assert _codes(terms, "Olha Koval", "Ольга Ковел") == ["term-not-kept"]


def test_a_name_is_looked_for_only_where_all_of_it_occurs() -> None:
    name = Term("Olha Koval", "Ольга Коваль", binding=False)
    assert _codes([name], "Koval left.", "Вона пішла.") == []


@pytest.mark.parametrize(
    ("code", "target", "counts"),
    [
        ("pt", "pt-BR", True),
        ("pt-BR", "pt", True),
        ("zh-Hans", "zh-Hant", False),
        (None, "x", True),
    ],
)
def test_a_term_is_for_its_language(code: str | None, target: str, counts: bool) -> None:
    found = list(findings([Term("dock", "doca", language=code)], "A dock.", "-", ("en", target)))
    assert bool(found) is counts


def test_an_index_finds_all_that_occurs() -> None:
    phrases = ["central bank", "Koval", "of", "央行", "New York"]
    index = TermIndex("en")
    for phrase in phrases:
        index.add(phrase)
    text = "Koval of 央行 met the central banks."
    assert {p for p in phrases if occurs(p, text, "en")} <= index.may_have(text)
    assert "New York" not in index.may_have(text)
    other = index.copy()
    other.add("met")
    assert "met" not in index.may_have(text)


_ANY = st.text(st.characters(), max_size=40)


@given(_ANY, _ANY, st.sampled_from(["en", "uk", "ar", "fi", "zh", "xx", "", None, "ä-1"]))
def test_nothing_breaks_on_odd_characters(term: str, text: str, language: str | None) -> None:
    occurs(term, text, language)
    is_kept(term, text, language)
    list(findings([Term(term, text)], text, term, (language, language or "uk")))


@given(st.lists(st.sampled_from(["Koval", "met", "Ткач", "央行", "a"]), min_size=1, max_size=4))
def test_what_stands_in_a_text_word_for_word_occurs(parts: list[str]) -> None:
    term = " ".join(parts)
    assert occurs(term, f"So {term}.", "en")
    assert is_kept(term, f"So {term}.", "en")


_HOSTILE = ("a ", "a", "а\u0301", "'", "-a", "央", "A.", "\u0301", "\ud800", "<g1>")


@pytest.mark.parametrize("piece", _HOSTILE)
def test_time_is_linear_in_a_hostile_text(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    for language in ("de", "he"):
        first_place("a a a a a a a a b", text, language)
        is_kept("a b a c", text, language)
        occurs("央央央a", text, language)
    assert time.perf_counter() - started < 3


def test_hundreds_of_terms_and_segments_take_little_time() -> None:
    terms = [Term(f"Nam{chr(97 + n % 26)}{n} Koval", f"Нам{n} Коваль") for n in range(500)]
    texts = [f"Nama{n} Koval met the board of the central bank. " * 4 for n in range(200)]
    started = time.perf_counter()
    for text in texts:
        list(findings(terms, text, text, ("en", "uk")))
    assert time.perf_counter() - started < 3
