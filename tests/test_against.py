"""A summary that something else wrote, checked sentence by sentence."""

from __future__ import annotations

import time

import pytest

import summ
from summ.against import check_summary
from summ.model import Support
from tests.documents import EN, UK, ZH, article, document


def supports(summary: str) -> list[Support]:
    return [one.support for one in check_summary(summary, document(EN))]


def texts(summary: str) -> list[str]:
    return [one.text for one in check_summary(summary, document(EN))]


def test_each_sentence_finds_its_evidence() -> None:
    summary = "Eastmere will close its harbour to cargo ships. The council voted 9 to 4."
    first, second = check_summary(summary, document(EN))
    assert [e.sentence for e in first.evidence] == [1]
    assert [e.sentence for e in second.evidence] == [2]
    assert all(EN[e.start : e.end] == e.quote for one in (first, second) for e in one.evidence)
    assert (first.support, second.support) == ("supported", "supported")


def test_what_the_article_does_not_say_is_marked() -> None:
    assert supports("Purple submarines won the contest.") == ["unsupported"]


@pytest.mark.parametrize(
    "summary",
    [
        "The council voted for the plan.\nFishing boats may use the pier.",
        "# Summary\n\n- The council voted for the plan.\n- Fishing boats may use the pier.",
        "1. The council voted for the plan\n2) Fishing boats may use the pier",
        "The council voted for the plan. Fishing boats may use\nthe pier.",
        "## Points\n\n• The council voted for the plan.\n***\n\n• Fishing boats may use the pier.",
    ],
)
def test_lists_headings_and_wrapped_lines(summary: str) -> None:
    assert [text.rstrip(".") for text in texts(summary)] == [
        "The council voted for the plan",
        "Fishing boats may use the pier",
    ]


@pytest.mark.parametrize(("language", "text"), [("uk", UK), ("zh", ZH), ("en", EN)])
def test_an_article_supports_itself(language: str, text: str) -> None:
    found = check_summary(text, article(language))
    assert [one.findings for one in found] == [()] * len(found)


def test_nothing_is_no_statement() -> None:
    assert texts("") == texts("\n\n***\n# Title\n") == []


def test_a_sentence_said_twice_is_marked_once() -> None:
    sentence = "The council voted for the plan."
    assert supports(f"{sentence} {sentence}") == ["supported", "partial"]


def test_it_is_public() -> None:
    (found,) = summ.verify("The council voted 9 to 4 for the plan.", against=EN)
    assert (found.support, [e.sentence for e in found.evidence]) == ("supported", [2])
    with pytest.raises(summ.SummError):
        summ.verify("The council voted.", against="")


def test_a_hostile_summary_takes_linear_time() -> None:
    for summary in ("- " * 50_000, "#" * 100_000, "“" * 50_000, "1. " * 50_000, "a" * 100_000):
        started = time.process_time()
        check_summary(summary, document(EN))
        assert time.process_time() - started < 5
