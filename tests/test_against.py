"""A summary that something else wrote, checked sentence by sentence."""

from __future__ import annotations

import time

import pytest

import summ
from summ.against import check_summary
from summ.model import Source, Support
from summ.text.document import annotate
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
        "1. The council voted for the plan\n2. Fishing boats may use the pier",
        "The council voted\nfor the plan. Fishing boats may\nuse the pier.",
        "## Key points\n\n• The council voted for the plan.\n• Fishing boats may use the pier.",
        "Key points:\n\n**The council** voted for the [plan](https://x.org).[^1] "
        "Fishing boats may use the pier.[^2]\n\n[^1]: “The council” (characters 266–400).\n\n"
        "[^2]: “Fishing boats”.",
        "Here is a summary of the article:\n\n    The council voted for the plan.\n    "
        "Fishing boats may use the pier.",
        "- Key points:\n  - The council voted for the plan.\n\n    - Fishing boats may use\n"
        "      the pier.",
        "<details>\n<p>The council voted for the plan.</p></details>\n\n"
        "- [x] Fishing boats may <b>use</b> the pier. <!-- Nobody sees this. -->",
    ],
)
def test_markdown_and_wrapped_lines(summary: str) -> None:
    assert [text.rstrip(".") for text in texts(summary)] == [
        "The council voted for the plan",
        "Fishing boats may use the pier",
    ]


def test_a_heading_that_says_something_is_checked() -> None:
    found = check_summary("# Eastmere bridge falls on 40 people\n\nShort.", document(EN))
    assert [one.text for one in found] == ["Eastmere bridge falls on 40 people", "Short."]
    assert found[0].support == "unsupported"


def test_a_row_of_a_table_is_checked_with_what_it_is_about() -> None:
    summary = (
        "| What | How much | Who |\n|---|---|---|\n| Vote | 9 to 4 | council |\n"
        "| Jobs lost within two years | 250 | Tom Ashby |\n"
    )
    first, second = check_summary(summary, document(EN))
    assert (first.text, first.findings) == ("Vote | 9 to 4 | council", ())
    assert "number-not-in-source" in [finding.code for finding in second.findings]


@pytest.mark.parametrize(
    "summary",
    [
        "# Bridge falls | on 40 people",
        "| A bridge falls on forty people | When |\n|---|---|\n| | |",
        "<p>Bridge falls on 40 people</p>",
    ],
)
def test_no_markup_hides_what_is_said(summary: str) -> None:
    assert supports(f"The council voted for the plan.\n\n{summary}")[1:] == ["unsupported"]


@pytest.mark.parametrize(
    "summary",
    [
        "The harbour of Eastmere will be closed to cargo ships on\n2 March, the council said.",
        "The harbour of Eastmere will be closed to cargo ships in the year\n1975. Boats may stay.",
    ],
)
def test_a_number_that_opens_a_line_is_not_lost(summary: str) -> None:
    found = check_summary(summary, document(EN))
    assert "number-not-in-source" in [f.code for one in found for f in one.findings]


def test_a_number_of_something_else_is_no_evidence() -> None:
    (found,) = check_summary("Repairs of the eastern pier take 140 weeks.", document(EN))
    assert [e.sentence for e in found.evidence] == [5]
    assert "number-not-in-evidence" in [f.code for f in found.findings]


def test_a_summary_in_another_language_is_told_once_for_each_sentence() -> None:
    summary = "Die Gemeinde schließt den Hafen am 1. März. Der Rat stimmte am Dienstagabend ab."
    found = check_summary(summary, document(EN))
    assert [[f.code for f in one.findings] for one in found] == [["wrong-language"]] * 2


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


@pytest.mark.parametrize(
    "summary",
    [
        'Calder said: "We made a mistake on this harbour. We ignored the council. All knew it."',
        "“We can no longer pay for dredging. Nor can we pay for fish,” said Ruth Calder.",
    ],
)
def test_a_quotation_of_several_sentences_is_checked_as_one(summary: str) -> None:
    (found,) = check_summary(summary, document(EN))
    assert found.text == summary
    assert "quotation-not-in-source" in [finding.code for finding in found.findings]


def test_an_open_quotation_swallows_nothing() -> None:
    summary = "“We can no longer pay for dredging, said Calder. The council voted for the plan."
    assert len(texts(summary)) >= 1
    assert " ".join(texts(summary)) == summary


def test_facts_about_the_text_and_front_matter_are_passed_over() -> None:
    summary = (
        "---\ntitle: Harbour\n---\nLanguage: English · Sentences: 7 · Tokens: 90\n\n"
        "**Key points**\n\nThe council voted for the plan."
    )
    assert texts(summary) == ["The council voted for the plan."]


def test_what_is_said_is_looked_for_and_not_who_says_it() -> None:
    (found,) = check_summary(
        "Tom Ashby said the town can no longer pay for dredging.", document(EN)
    )
    assert not {6, 7} & {e.sentence for e in found.evidence}, "what Ashby says elsewhere"
    assert [finding.code for finding in found.findings] == ["speaker-differs"]
    (right,) = check_summary("Ruth Calder said the town can no longer pay.", document(EN))
    assert right.findings == ()


def test_an_article_in_markdown_is_read_without_its_markup() -> None:
    text = "The fee rose by **5** percent, [Calder](https://x.org/c) said.\n\nNothing else.\n"
    made = annotate(Source("a.md", "text/markdown", text), "en")
    (found,) = check_summary("The fee rose by 5 percent, Calder said.", made)
    assert (found.support, found.findings) == ("supported", ())
    (evidence,) = found.evidence
    assert text[evidence.start : evidence.end] == evidence.quote
