"""Addresses of statements must be in the article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks.article import Article
from summ.checks.links import checker
from summ.model import Source, Statement
from summ.text.document import annotate

ARTICLE = (
    "The ferry line sells tickets at https://www.Larn-Ferries.example.com/tickets/ (open daily). "
    "Ask at help@larn-ferries.example.com, or write to @LarnFerries. "
    "The plan is on harbour.larn.gov.uk, said Ruiz."
)


def _found(statement: str, article: str = ARTICLE) -> list[str]:
    document = annotate(Source("-", "text/plain", article), "en")
    findings = list(checker(Article(document))(Statement(statement, (), "supported")))
    assert {finding.code for finding in findings} <= {"address-not-in-source"}
    return [finding.message for finding in findings]


@pytest.mark.parametrize(
    "statement",
    [
        "Tickets are sold at larn-ferries.example.com/tickets.",
        "Tickets are sold at (http://larn-ferries.example.com/tickets/).",
        "Tickets: HTTPS://LARN-FERRIES.EXAMPLE.COM/tickets!",
        "The line's site is larn-ferries.example.com.",
        "Questions go to Help@Larn-Ferries.example.com.",
        "Its handle is @larnferries.",
        "The plan is at http://harbour.larn.gov.uk/.",
    ],
)
def test_addresses_of_the_article_pass_however_they_are_written(statement: str) -> None:
    assert _found(statement) == []


@pytest.mark.parametrize(
    ("statement", "address"),
    [
        ("Tickets are sold at larn-ferries.example.org.", "larn-ferries.example.org"),
        (
            "Tickets: https://larn-ferries.example.com/offers.",
            "https://larn-ferries.example.com/offers",
        ),
        ("Write to office@larn-ferries.example.com.", "office@larn-ferries.example.com"),
        ("Write to @LarnFerry, it says.", "@LarnFerry"),
        ("The site x.com has the plan.", "x.com"),
        ("Das steht auf www.hafen-larn.de.", "www.hafen-larn.de"),
        ("Про це пише порт.укр.", "порт.укр"),
    ],
)
def test_another_address_is_found_and_named(statement: str, address: str) -> None:
    assert _found(statement) == [f"The address “{address}” is not in the article."]


@pytest.mark.parametrize(
    "statement",
    [
        "The U.S. paid 3.5 million at 6 p.m. on the 3.11.2026.",
        "It came to an end.In May it began again.It was late.",
        "Das gilt z.B. für die Fähre, d.h. ab 6.30 Uhr.",
        "Ruiz et al. wrote No.10 about it, i.e. on Monday.",
        "Rates rose to 4.2%@noon, version 2.0.1.",
        "Wait...no, the end.",
    ],
)
def test_full_stops_of_other_kinds_are_no_addresses(statement: str) -> None:
    assert _found(statement) == []


def test_each_address_is_named_once_and_shortened() -> None:
    long = "https://other.example.com/" + "a" * 300
    assert len(_found(f"See {long} or {long} again.")) == 1
    assert len(_found(f"See {long}.")[0]) < 110


@given(st.integers(1, 3))
def test_a_sentence_of_the_article_never_gets_a_finding(number: int) -> None:
    document = annotate(Source("-", "text/plain", ARTICLE), "en")
    sentence = document.sentence(min(number, len(document.sentences)))
    assert _found(sentence) == []


@given(st.text("ab.@/:-()com%é ", max_size=120))
def test_the_same_addresses_pass_in_other_words(text: str) -> None:
    assert _found(f"Note: {text}", article=f"{text} ") == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_texts_are_taken(statement: str, article: str) -> None:
    _found(statement, article)


@pytest.mark.parametrize(
    "piece", ["a", "a.", "a-", "@", "a@", "http://", "a.com/", "(", ".com", "é"]
)
def test_long_hostile_texts_take_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    _found(f"x {text}", article="Nothing is here. ")
    assert time.process_time() - started < 2
