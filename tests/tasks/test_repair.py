"""Statements with findings go back once, and only they."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from summ.checks.article import Article
from summ.checks.grounding import evidence_for
from summ.checks.registry import Auditor
from summ.errors import UnreachableError
from summ.model import Claim, Finding, Reply, Request, Statement, Tally
from summ.tasks.repair import GROUP, Audited, Repairer, audit_steps
from summ.tasks.steps import Outcome
from tests.documents import COUNTER, EN, PROMPTS, answered, ask, document, reply
from tests.scripted_model import shown_lines

DOCUMENT = document(EN)
LEAK = "You work from the quoted article alone and add nothing to it."
GOOD = "The harbour of Eastmere closes to cargo ships on 1 March."


def statement(text: str, *numbers: int) -> Statement:
    evidence = tuple(evidence_for(DOCUMENT, number) for number in numbers)
    return Statement(text, evidence, "supported" if numbers else "unsupported")


def repairs(*items: dict[str, Any]) -> Reply:
    return reply({"repairs": list(items)})


def item(number: int, text: str, *sentences: int, speaker: str | None = None) -> dict[str, Any]:
    return {"number": number, "sentences": list(sentences), "speaker": speaker, "text": text}


def run(
    summary: Sequence[Statement],
    claims: Sequence[Claim] = (),
    answer: Outcome | None = None,
    budget: int = 2_000,
) -> tuple[Audited, list[Request]]:
    auditor = Auditor(Article(DOCUMENT, prompts=PROMPTS.texts))
    repairer = Repairer(ask(), auditor, COUNTER, budget)
    steps = audit_steps(repairer, summary, claims)
    audited, asked = answered(steps, lambda _: answer or repairs())
    return audited, [request for step in asked for request in step]


def words(request: Request) -> str:
    return request.messages[-1].content


def test_statements_that_pass_ask_for_nothing() -> None:
    audited, asked = run([statement(GOOD, 1)])
    assert asked == []
    assert audited.summary == (statement(GOOD, 1),)
    assert audited.tally == Tally(1, 0, 0)


def test_only_what_is_doubtful_goes_back_with_its_finding_and_the_sentences_around_it() -> None:
    _, asked = run([statement(GOOD, 1), statement(LEAK, 5)])
    (request,) = asked
    assert request.task == "repair"
    assert sorted(shown_lines({"messages": [{"content": words(request)}]})) == [4, 5, 6]
    assert "[1] " + LEAK in words(request)
    assert "Words of the prompt are in the output" in words(request)
    assert GOOD not in words(request)


def test_what_then_passes_takes_its_place() -> None:
    better = "Fishing boats may use the eastern pier."
    audited, _ = run([statement(LEAK, 5)], answer=repairs(item(1, better, 5)))
    (mended,) = audited.summary
    assert (mended.text, mended.support, mended.findings) == (better, "supported", ())
    assert [evidence.sentence for evidence in mended.evidence] == [5]
    assert audited.tally == Tally(1, 1, 0)


@pytest.mark.parametrize(
    "answer",
    [
        repairs(),
        repairs(item(2, "Fishing boats may use the eastern pier.", 5)),  # no such statement
        repairs(item(1, "", 5)),
        repairs(item(1, LEAK, 5)),
        repairs(item(1, "Trams were painted green in another century.", 5)),
        repairs(item(1, LEAK, 5), item(1, "Fishing boats may use the eastern pier.", 5)),
    ],
)
def test_what_does_not_pass_keeps_its_finding(answer: Reply) -> None:
    audited, _ = run([statement(LEAK, 5)], answer=answer)
    (kept,) = audited.summary
    assert (kept.text, kept.support) == (LEAK, "unsupported")
    assert [finding.code for finding in kept.findings] == ["prompt-leak"]
    assert audited.tally == Tally(1, 1, 1)


def test_a_repair_may_cite_only_what_was_shown() -> None:
    text = "Opposition councillor Tom Ashby called the vote a betrayal."
    audited, _ = run([statement(LEAK, 1)], answer=repairs(item(1, text, 6)))
    assert [e.sentence for one in audited.summary for e in one.evidence] == [1]


def test_a_claim_keeps_its_kind_and_gets_the_speaker_of_the_repair() -> None:
    wrong = Claim(
        LEAK,
        (evidence_for(DOCUMENT, 4),),
        "supported",
        kind="opinion",
        speaker="Tom Ashby",
        speaker_as_written="Tom Ashby",
        importance=3,
    )
    better = item(1, "The town can no longer pay for dredging.", 4, speaker="Ruth Calder")
    audited, asked = run([], [wrong], repairs(better))
    assert "(speaker: Tom Ashby)" in words(asked[0])
    (claim,) = audited.claims
    assert (claim.speaker, claim.kind, claim.importance) == ("Ruth Calder", "opinion", 3)


def test_an_endpoint_that_fails_loses_nothing() -> None:
    audited, _ = run([statement(LEAK, 5)], answer=UnreachableError("No answer."))
    assert [one.text for one in audited.summary] == [LEAK]
    assert audited.findings == (
        Finding("repair-failed", "1 statements could not be put right: No answer."),
    )


def test_a_repetition_is_marked_and_not_sent_back() -> None:
    audited, asked = run([statement(GOOD, 1), statement(GOOD, 1)])
    assert asked == []
    assert [finding.code for finding in audited.summary[1].findings] == ["duplicate"]
    assert audited.summary[1].support == "partial"


def test_a_repair_that_repeats_another_statement_is_marked() -> None:
    audited, _ = run([statement(GOOD, 1), statement(LEAK, 1)], answer=repairs(item(1, GOOD, 1)))
    assert [finding.code for finding in audited.summary[1].findings] == ["duplicate"]


def test_many_statements_go_in_groups_that_fit() -> None:
    many = [statement(f"{LEAK} {n}", 1 + n % 7) for n in range(2 * GROUP + 1)]
    _, asked = run(many)
    assert len(asked) == 3
    _, small = run(many, budget=80)
    assert len(small) > 3
    auditor_block = [words(request).split("\n\nThe lines above")[0] for request in small]
    assert all(COUNTER.count(block) < 80 + 60 for block in auditor_block)


def test_sentences_that_no_model_has_room_for_are_not_sent() -> None:
    audited, asked = run([statement(LEAK, 5)], budget=10)
    assert asked == []
    assert [one.text for one in audited.summary] == [LEAK]
