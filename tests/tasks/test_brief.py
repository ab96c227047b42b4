"""Summary and claims of one passage: whatever a model answers, the receipts are right."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks.grounding import SentenceIndex
from summ.model import KINDS, Claim, Document, Span, Statement
from summ.tasks.brief import (
    CLAIMS_SCHEMA,
    SUMMARY_SCHEMA,
    claims_request,
    read_claims,
    read_summary,
    summary_request,
)
from summ.tasks.passage import document_passages
from summ.tasks.reading import CLAIMS, SUMMARY, Failure
from summ.text.shown import shown
from tests.documents import (
    COUNTER,
    EN,
    WORDS,
    Script,
    article,
    ask,
    claim,
    claims_reply,
    document,
    opened,
    read_steps,
    reply,
    summary_reply,
    texts,
    unusable,
)


def summarise(text: str, *items: tuple[list[int], str], length: int = 3) -> tuple[Statement, ...]:
    index, passages = opened(text)
    script = Script([summary_reply(*items)])
    return script.run(read_steps(ask(length=length), index, passages, (SUMMARY,))).notes


def claims_of(text: str, *items: dict[str, Any], most: int = 8) -> tuple[Claim, ...]:
    index, passages = opened(text)
    script = Script([claims_reply(*items)])
    (claims,) = script.run(read_steps(ask(claims=most), index, passages, (CLAIMS,))).claims
    return claims


def codes(statement: Statement) -> list[str]:
    return [finding.code for finding in statement.findings]


# --- what is asked ---------------------------------------------------------------------


def test_requests_have_a_limit_and_a_schema_and_ask_for_the_number() -> None:
    _, (passage,) = opened(EN)
    summary = summary_request(ask(), passage, 5)
    claims = claims_request(ask(), passage, 7)
    assert (summary.schema, claims.schema) == (SUMMARY_SCHEMA, CLAIMS_SCHEMA)
    assert 0 < summary.max_tokens < summary_request(ask(), passage, 6).max_tokens
    assert 0 < claims.max_tokens < claims_request(ask(), passage, 8).max_tokens
    assert "5 sentences" in summary.messages[-1].content
    assert "at most 7" in claims.messages[-1].content
    assert (summary.temperature, claims.temperature) == (0.0, 0.0)


# --- citations --------------------------------------------------------------------------


def test_a_good_citation_becomes_the_sentence_word_for_word() -> None:
    (statement,) = summarise(EN, ([2], "The council voted 9 to 4 for the plan."))
    (evidence,) = statement.evidence
    assert evidence.quote == "The council voted 9 to 4 for the plan on Tuesday night."
    assert EN[evidence.start : evidence.end] == evidence.quote
    assert (statement.support, statement.findings) == ("supported", ())


def test_numbers_may_be_repeated_in_any_order_and_out_of_range() -> None:
    text = "The harbour closes on 1 March after the council voted 9 to 4."
    (statement,) = summarise(EN, ([2, 1, 2, 0, -1, 99, 10**30, 1], text))
    assert [evidence.sentence for evidence in statement.evidence] == [1, 2]
    assert statement.support == "supported"


@pytest.mark.parametrize("cited", [[], [0], [-3], [99], [5], [10**400]])
def test_a_wrong_citation_is_replaced_visibly(cited: list[int]) -> None:
    (statement,) = summarise(EN, (cited, "The council voted 9 to 4 for the plan on Tuesday."))
    assert [evidence.sentence for evidence in statement.evidence] == [2]
    assert statement.support == "partial"
    assert codes(statement) == ["citation-replaced"]


def test_what_the_article_does_not_say_is_unsupported() -> None:
    (statement,) = summarise(EN, ([1, 2], "Elephants migrate through northern Botswana yearly."))
    assert (statement.evidence, statement.support) == ((), "unsupported")
    assert codes(statement) == ["unsupported"]


def test_a_cited_sentence_that_shares_no_content_is_left_off() -> None:
    (statement,) = summarise(EN, ([2, 7], "The council voted 9 to 4 for the plan on Tuesday."))
    assert [evidence.sentence for evidence in statement.evidence] == [2]


def test_citing_everything_does_not_make_everything_evidence() -> None:
    text = " ".join(f"The town of Place{n} has the Thing{n} of the year." for n in range(60))
    (statement,) = summarise(text, (list(range(1, 61)), "The Thing7 is of the town of Place7."))
    assert [evidence.sentence for evidence in statement.evidence] == [8]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("uk", "Будівництво трамвайної лінії коштувало 310 мільйонів гривень.", 2),
        ("de", "Die Sanierung des Bads kostet 4,8 Millionen Euro.", 2),
        ("zh", "图书馆工程耗资三亿二千万元。", 2),
    ],
)
def test_citations_are_checked_in_other_languages(language: str, text: str, number: int) -> None:
    made = article(language)
    passages = document_passages(made, 10_000, COUNTER)
    for cited, support in (([number], "supported"), ([], "partial")):
        script = Script([summary_reply((cited, text))])
        steps = read_steps(ask(), SentenceIndex(made), passages, (SUMMARY,))
        (statement,) = script.run(steps).notes
        assert statement.support == support
        assert number in [evidence.sentence for evidence in statement.evidence]


# --- hostile and clumsy replies ---------------------------------------------------------


def test_more_items_than_asked_for_are_cut() -> None:
    items = [([n], EN.split(". ")[0]) for n in range(1, 8)]
    assert len(summarise(EN, *items, length=3)) == 3
    many = [claim([n], f"Claim{n} about ships{n}") for n in range(1, 30)]
    assert len(claims_of(EN, *many, most=5)) == 5


def test_empty_items_are_left_off_and_take_no_place() -> None:
    kept = summarise(
        EN, ([1], ""), ([1], " \n\x00 "), ([2], "The council voted."), ([1], "It closes."), length=2
    )
    assert [statement.text for statement in kept] == ["The council voted.", "It closes."]
    (one,) = claims_of(EN, claim([1], "\u2028"), claim([2], "The council voted."))
    assert one.text == "The council voted."


def test_a_summary_without_a_sentence_is_no_summary() -> None:
    assert summarise(EN) == ()
    assert summarise(EN, ([1], " ")) == ()


def test_an_article_may_have_no_claims() -> None:
    assert claims_of(EN) == ()


def test_text_comes_out_as_one_clean_line() -> None:
    (statement,) = summarise(EN, ([2], "The council\nvoted\x1b[31m \ud800\u202e 9 to 4\x00."))
    assert statement.text == "The council voted[31m 9 to 4."


def test_a_reply_of_a_megabyte_is_read_in_seconds() -> None:
    long = "council harbour " * 70_000
    kept = summarise(EN, *[([1, 2, 3] * 1_000, long)] * 3, length=2)
    assert len(kept) == 2
    (one,) = claims_of(EN, claim([1], "The council voted.", "x" * 1_000_000))
    assert one.speaker is None


@pytest.mark.parametrize(
    ("given_importance", "kept"),
    [(-5, 1), (0, 1), (1, 1), (3, 3), (4, 3), (10**300, 3), (2.0, 2)],
)
def test_importance_is_within_its_bounds(given_importance: int, kept: int) -> None:
    (one,) = claims_of(EN, claim([2], "The council voted.", importance=given_importance))
    assert one.importance == kept
    assert isinstance(one.importance, int)


def test_a_cut_reply_is_told() -> None:
    index, passages = opened(EN)
    cut = reply({"claims": [claim([2], "The council voted 9 to 4.")]}, dropped=1)
    reading = Script([cut]).run(read_steps(ask(), index, passages, (CLAIMS,)))
    assert [finding.code for finding in reading.findings] == ["reply-cut"]
    assert len(reading.claims[0]) == 1


@pytest.mark.parametrize("part", [SUMMARY, CLAIMS])
def test_a_reply_that_cannot_be_used_is_kept_as_the_reason(part: str) -> None:
    index, passages = opened(EN)
    error = unusable()
    reading = Script([error]).run(read_steps(ask(), index, passages, (part,)))
    (failure,) = reading.failures
    assert failure == Failure(part, Span(0, len(EN)), error)
    assert failure.error is error
    assert (reading.seen, reading.notes, reading.claims) == ((), (), ())


# --- speakers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speaker", "written"),
    [
        ("Ruth Calder", "Ruth Calder"),
        ("ruth calder", "Ruth Calder"),
        ("Mayor Ruth Calder", "Mayor Ruth Calder"),
        ("Mrs Calder", "Calder"),
        ("Tom Ashby", "Tom Ashby"),
        ("R. Calder", "Calder"),
    ],
)
def test_a_speaker_is_given_as_the_article_writes_them(speaker: str, written: str) -> None:
    (one,) = claims_of(EN, claim([4], "We can no longer pay for dredging.", speaker))
    assert (one.speaker, one.speaker_as_written) == (speaker, written)
    assert one.support == "supported"


@pytest.mark.parametrize(
    "speaker", ["Jane Doe", "Ruth Smith", "the unicorn", "Ann", "Ru", "Tom Cal", "article", "."]
)
def test_a_speaker_whom_the_article_does_not_name_is_dropped(speaker: str) -> None:
    (one,) = claims_of(EN, claim([4], "We can no longer pay for dredging.", speaker))
    assert (one.speaker, one.speaker_as_written) == (None, None)
    assert one.support == "partial"
    assert codes(one) == ["speaker-not-in-source"]


@pytest.mark.parametrize("nobody", [None, "", "  ", "\x00"])
def test_no_speaker_is_no_finding(nobody: str | None) -> None:
    (one,) = claims_of(EN, claim([4], "We can no longer pay for dredging.", nobody))
    assert (one.speaker, one.findings) == (None, ())


def test_a_name_over_a_line_break_or_inflected_is_found() -> None:
    text = (
        "Рішення схвалили одноголосно, повідомили Олені\u00a0Коваленко вчора. "
        "Рахунки вимагали в Петра Гнатюка двічі."
    )
    one, other = claims_of(
        text,
        claim([1], "Рішення схвалили одноголосно.", "Олені Коваленко"),
        claim([2], "Рахунки вимагали двічі.", "Петро Гнатюк"),
    )
    assert one.speaker_as_written == "Олені Коваленко"
    assert other.speaker_as_written == "Гнатюка"


def test_a_name_is_found_where_words_are_not_set_apart() -> None:
    text = "馆长林晓梅说：“我们保留了每一块旧砖。”市议员陈国栋要求公布全部账目。"
    (one,) = claims_of(text, claim([1], "我们保留了每一块旧砖。", "林晓梅"))
    assert one.speaker_as_written == "林晓梅"
    (one,) = claims_of(text, claim([1], "我们保留了每一块旧砖。", "王大明"))
    assert one.speaker is None


# --- the bar: every evidence of every report ---------------------------------------------

NUMBERS = [*range(-3, 30), 0, 10**25, -(10**25), 2**63]


class Babbler:
    """Writes replies at random: copies sentences, jumbles words, cites what it likes.

    By a generator of its own: hypothesis takes ten times as long for so many choices.
    """

    def __init__(self, made: Document, seed: int) -> None:
        self.made = made
        self.random = Random(seed)

    def numbers(self) -> list[int]:
        return self.random.choices(NUMBERS, k=self.random.randrange(6))

    def text(self) -> str:
        if self.made.sentences and self.random.random() < 0.5:
            return self.made.sentence(self.random.randint(1, len(self.made.sentences)))
        return " ".join(self.random.choices(WORDS, k=self.random.randrange(9)))

    def summary(self) -> list[tuple[list[int], str]]:
        return [(self.numbers(), self.text()) for _ in range(self.random.randrange(6))]

    def claims(self) -> list[dict[str, Any]]:
        made = []
        for _ in range(self.random.randrange(5)):
            speaker = self.random.choice([None, self.text()])
            item = claim(self.numbers(), self.text(), speaker, self.random.randint(-1, 5))
            made.append(item | {"kind": self.random.choice(KINDS)})
        return made


@settings(max_examples=1_000, deadline=None)
@given(texts(1, 14), st.integers(0, 2**32))
def test_every_evidence_of_every_statement_is_word_for_word(text: str, seed: int) -> None:
    made = document(text)
    if not text:
        return
    babbler = Babbler(made, seed)
    index = SentenceIndex(made)
    passages = document_passages(made, 100_000, COUNTER)
    said = babbler.summary()
    script = Script([summary_reply(*said), claims_reply(*babbler.claims())])
    reading = script.run(read_steps(ask(length=4), index, passages, (SUMMARY, CLAIMS)))
    statements = [*reading.notes, *(claim for claims in reading.claims for claim in claims)]
    assert bool(reading.notes) == any(shown(text) for _, text in said)
    for statement in statements:
        check(made, statement)


def check(made: Document, statement: Statement) -> None:
    """What holds for any statement about `made`."""
    assert statement.text == statement.text.strip() != ""
    found = [evidence.sentence for evidence in statement.evidence]
    assert found == sorted(set(found))
    for evidence in statement.evidence:
        assert made.text[evidence.start : evidence.end] == evidence.quote == evidence.quote.strip()
        assert evidence.quote == made.sentence(evidence.sentence)
        span = made.sentences[evidence.sentence - 1]
        assert span.start <= evidence.start < evidence.end <= span.end
    if statement.support == "supported":
        assert statement.evidence
        assert not statement.findings
    else:
        assert statement.findings
    if not statement.evidence:
        assert statement.support == "unsupported"
    if isinstance(statement, Claim):
        assert 1 <= statement.importance <= 3
        assert (statement.speaker is None) == (statement.speaker_as_written is None)


def test_the_examples_of_a_prompt_are_no_findings() -> None:
    index, (passage,) = opened(EN)
    sources = {number: (number,) for number in passage.numbers}
    echo = summary_reply(([4], "One sentence."), ([1], "The town of Eastmere closes its harbour."))
    assert len(read_summary(echo, index, sources, 5)) == 1
    echo = claims_reply(claim([4], "One short sentence.", "Full Name", 3))
    assert read_claims(echo, index, sources, 5) == []
