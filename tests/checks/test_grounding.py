"""Statements and the sentences they rest on."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks.grounding import (
    MATCH,
    MOST_CITED,
    OWN,
    SHARED,
    SentenceIndex,
    content_terms,
    evidence_for,
    ground,
)
from summ.model import Document, Source, Span
from tests.documents import EN, article, document, texts

INDEX = SentenceIndex(document(EN))


def codes(language: str, text: str, cited: list[int] | None) -> tuple[str, list[int], list[str]]:
    found = ground(SentenceIndex(article(language)), text, cited)
    return (
        found.support,
        [evidence.sentence for evidence in found.evidence],
        [finding.code for finding in found.findings],
    )


# --- terms -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbours", "HARBOUR"),
        ("Коваленко", "коваленком"),
        ("трамвайний", "Трамвайного"),
        ("Bürgermeisterin", "Bürgermeister"),
        ("Straßenbahn", "STRASSENBAHN"),
        ("café", unicodedata.normalize("NFD", "café")),
        ("їжак", unicodedata.normalize("NFD", "їжак")),
        ("１２", "12"),
        ("图书馆", "图书馆"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert content_terms(one) == content_terms(other)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("2.3 million, 9:30, 1,000.", ["2.3", "millio", "9:30", "1,000"]),
        ("图书馆", ["图书", "书馆"]),
        ("馆", ["馆"]),
        ("東京タワー", ["東京", "京タ", "タワ"]),
        ("… – !", []),
        ("", []),
    ],
)
def test_terms_are_stems_numbers_and_pairs_of_characters(text: str, terms: list[str]) -> None:
    assert content_terms(text)[: len(terms)] == terms
    assert bool(content_terms(text)) == bool(terms)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_terms_without_an_error(text: str) -> None:
    assert all(content_terms(text))


# --- scores ------------------------------------------------------------------------------


def test_a_sentence_shares_all_with_itself_and_nothing_with_a_stranger() -> None:
    for number in range(1, 8):
        assert INDEX.score(INDEX.document.sentence(number), (number,)) == pytest.approx(1)
    assert INDEX.score("Elephants migrate yearly.", range(1, 8)) == 0
    assert INDEX.score("", (1,)) == INDEX.score("!?", (1,)) == INDEX.score("harbour", ()) == 0


@settings(deadline=None)
@given(st.lists(st.integers(-2, 12)), st.text(max_size=40) | st.sampled_from(EN.split()))
def test_a_score_is_a_share_and_grows_with_the_sentences(numbers: list[int], text: str) -> None:
    score = INDEX.score(text, numbers)
    assert 0 <= score <= 1 + 1e-9
    assert score <= INDEX.score(text, range(1, 8)) + 1e-9


def test_rare_words_weigh_more_and_unknown_ones_most() -> None:
    assert INDEX.weight("the") < INDEX.weight("harbou") <= INDEX.weight("elepha")


def test_the_best_sentences_cover_a_statement_in_the_articles_order() -> None:
    both = "Mayor Ruth Calder can no longer pay for dredging and 140 jobs would be lost."
    assert INDEX.best(both) == (4, 7)
    assert INDEX.best(both, most=1) in {(4,), (7,)}
    assert INDEX.best(both, allowed=(7, 99, -1)) == (7,)
    assert INDEX.best(both, allowed=()) == ()
    assert INDEX.best("Elephants migrate.") == INDEX.best("") == ()


def test_of_equal_sentences_the_earliest_is_best() -> None:
    index = SentenceIndex(document("Pigs fly. The council met. Pigs fly. Pigs fly."))
    assert index.best("Pigs fly.") == (1,)


def test_sentences_that_add_nothing_are_not_best() -> None:
    assert INDEX.best("The council voted 9 to 4 for the plan on Tuesday night.") == (2,)


# --- grounding ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Councillors voted 9 to 4 for the plan.", 2),
        ("uk", "Будівництво коштувало 310 мільйонів гривень.", 2),
        ("de", "Die Sanierung kostet 4,8 Millionen Euro.", 2),
        ("zh", "图书馆工程历时十四个月。", 2),
    ],
)
def test_right_wrong_and_no_citations(language: str, text: str, number: int) -> None:
    last = len(article(language).sentences)
    assert codes(language, text, [number]) == ("supported", [number], [])
    support, found, findings = codes(language, text, [last])
    assert (support, findings) == ("partial", ["citation-replaced"])
    assert number in found
    assert codes(language, text, None)[0] == "supported"


def test_japanese_is_compared_by_pairs_of_characters() -> None:
    made = document(
        "市は五月に新しい図書館を開く。工事費は三億円だった。館長は古い本を守ると話した。", "ja"
    )
    index = SentenceIndex(made)
    assert ground(index, "新しい図書館が五月に開く。", [1]).support == "supported"
    assert [e.sentence for e in ground(index, "工事費は三億円。", [3]).evidence] == [2]
    assert ground(index, "猫がピアノを弾いた。", [1]).support == "unsupported"


@pytest.mark.parametrize("text", ["Elephants migrate through Botswana.", "", "!!!", "🐘"])
@pytest.mark.parametrize("cited", [None, [], [1], [99]])
def test_what_shares_nothing_is_unsupported(text: str, cited: list[int] | None) -> None:
    assert codes("en", text, cited) == ("unsupported", [], ["unsupported"])


def test_a_weak_best_match_says_so() -> None:
    text = "The harbour festival will bring elephants, dancers and fireworks to Eastmere."
    support, found, findings = codes("en", text, [])
    score = INDEX.score(text, INDEX.best(text))
    assert SHARED <= score < MATCH
    assert (support, findings) == ("partial", ["weak-evidence"])
    assert found


def test_a_citation_outside_what_is_allowed_does_not_count() -> None:
    found = ground(INDEX, "The council voted 9 to 4 for the plan.", [2], allowed=(1, 3))
    assert 2 not in [evidence.sentence for evidence in found.evidence]
    assert found.support != "supported"
    assert ground(INDEX, "The council voted.", [2], allowed=()).support == "unsupported"


def test_function_words_alone_are_no_content() -> None:
    made = document(" ".join(f"The Thing{n} of the Place{n} is on the List{n}." for n in range(80)))
    index = SentenceIndex(made)
    assert index.sharing("The Thing3 of the Place3 is here.", range(1, 81), OWN) == {4}


@settings(max_examples=150, deadline=None)
@given(
    texts(1, 20),
    texts(0, 10),
    st.none() | st.lists(st.integers(-3, 30) | st.just(10**50), max_size=6),
    st.none() | st.sets(st.integers(-3, 30), max_size=6),
)
def test_evidence_is_word_for_word_and_only_what_is_allowed(
    text: str, statement: str, cited: list[int] | None, allowed: set[int] | None
) -> None:
    made = document(text)
    found = ground(SentenceIndex(made), statement, cited, allowed)
    numbers = [evidence.sentence for evidence in found.evidence]
    assert numbers == sorted(set(numbers))
    assert allowed is None or set(numbers) <= allowed
    for evidence in found.evidence:
        assert made.text[evidence.start : evidence.end] == evidence.quote
    assert bool(found.evidence) == (found.support != "unsupported")
    assert bool(found.findings) == (found.support != "supported")


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_sentence_as_evidence_has_no_space_around_it(text: str) -> None:
    span = (Span(0, len(text)),)
    evidence = evidence_for(Document(Source("-", "text/plain", text), span, span, None), 1)
    assert text[evidence.start : evidence.end] == evidence.quote == text.strip()
    assert 0 <= evidence.start <= evidence.end <= len(text)


# --- time --------------------------------------------------------------------------------


def long_article(sentences: int) -> Document:
    parts = [
        f"The council of ward{n % 97} heard case{n} and sent it to office{n % 13}. "
        for n in range(sentences)
    ]
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part))
    spans = tuple(Span(a, b) for a, b in pairwise(ends))
    return Document(Source("-", "text/plain", "".join(parts)), spans, spans, "en")


def seconds(sentences: int) -> float:
    made = long_article(sentences)
    started = time.process_time()
    index = SentenceIndex(made)
    for number in range(1, 21):
        ground(index, made.sentence(number * sentences // 20), range(1, sentences, 3))
        ground(index, made.sentence(number * sentences // 20), None)
    return time.process_time() - started


def test_time_is_linear_in_the_article_even_if_all_of_it_is_cited() -> None:
    seconds(100)
    small = min(seconds(1_000) for _ in range(2))
    assert seconds(8_000) < 24 * small + 0.1


@pytest.mark.parametrize("text", ["a" + "\u0301\u0316" * 100_000, "中" * 200_000, "1." * 100_000])
def test_hostile_words_take_no_time(text: str) -> None:
    started = time.process_time()
    content_terms(text)
    assert time.process_time() - started < 2


def test_of_many_citations_those_that_carry_the_words_are_kept() -> None:
    text = " ".join(
        f"Ferry {word} sailed to pier {n} with {n} boxes of {word} fruit."
        for n, word in enumerate(("apple", "berry", "cherry", "damson", "elder", "fig", "grape"), 1)
    )
    index = SentenceIndex(document(text))
    grounding = ground(index, "The ferry sailed with damson fruit.", range(1, 8))
    assert grounding.support == "supported"
    assert len(grounding.evidence) <= MOST_CITED
    assert 4 in [evidence.sentence for evidence in grounding.evidence]
