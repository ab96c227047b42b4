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
from summ.tasks.repair import Audited, Repairer, audited, repair_steps
from summ.tasks.steps import Outcome
from tests.documents import COUNTER, EN, PROMPTS, answered, ask, document, reply
from tests.scripted_model import shown_lines

DOCUMENT = document(EN)
WRONG = "The council expects to save 3.2 million pounds a year."
BETTER = "The council expects to save 2.3 million pounds a year."
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
    steps = repair_steps(repairer, audited(auditor, summary, claims))
    done, asked = answered(steps, lambda _: answer or repairs())
    return done, [request for step in asked for request in step]


def words(request: Request) -> str:
    return request.messages[-1].content


def test_statements_that_pass_ask_for_nothing() -> None:
    audited, asked = run([statement(GOOD, 1)])
    assert asked == []
    assert audited.summary == (statement(GOOD, 1),)
    assert audited.tally == Tally(1, 0, 0)


def test_only_what_is_doubtful_goes_back_with_its_finding_and_the_sentences_around_it() -> None:
    _, asked = run([statement(GOOD, 1), statement(WRONG, 3)])
    (request,) = asked
    assert request.task == "repair"
    assert sorted(shown_lines({"messages": [{"content": words(request)}]})) == [2, 3, 4]
    assert f"[1] {WRONG} (cites 3) | found: The amount 3.2 million" in words(request)
    assert GOOD not in words(request)


def test_what_then_passes_takes_its_place() -> None:
    audited, _ = run([statement(WRONG, 3)], answer=repairs(item(1, BETTER, 3)))
    (mended,) = audited.summary
    assert (mended.text, mended.support, mended.findings) == (BETTER, "supported", ())
    assert [evidence.sentence for evidence in mended.evidence] == [3]
    assert audited.tally == Tally(1, 1, 0)


@pytest.mark.parametrize(
    "answer",
    [
        repairs(),
        repairs(item(2, BETTER, 3)),  # no such statement
        repairs(item(1, "", 3)),
        repairs(item(1, WRONG, 3)),
        repairs(item(1, "The council.", 3)),
        repairs(item(1, "One sentence.", 3)),
        repairs(item(1, "Fishing boats may use the eastern pier.", 5)),  # another statement
        repairs(item(1, f"{BETTER} Fishing boats may use the eastern pier.", 3)),
        repairs(item(1, f"<b>{BETTER}</b>", 3)),
        repairs(item(1, f"Put right, with care and with attention to detail: {BETTER}" * 2, 3)),
    ],
)
def test_what_does_not_pass_or_says_something_else_keeps_its_finding(answer: Reply) -> None:
    audited, _ = run([statement(WRONG, 3)], answer=answer)
    (kept,) = audited.summary
    assert (kept.text, kept.support) == (WRONG, "unsupported")
    assert [finding.code for finding in kept.findings] == ["number-not-in-source"]
    assert audited.tally == Tally(1, 1, 1)


def test_a_second_try_in_the_same_reply_may_pass() -> None:
    answer = repairs(item(1, WRONG, 3), item(1, BETTER, 3))
    audited, _ = run([statement(WRONG, 3)], answer=answer)
    assert [one.text for one in audited.summary] == [BETTER]


def test_the_sentence_that_a_finding_names_is_shown_and_may_be_cited() -> None:
    text = "Opposition councillor Tom Ashby said the harbour would close on 1 March."
    _, asked = run([statement(text, 6)])
    assert "it is in sentence 1" in words(asked[0])
    assert sorted(shown_lines({"messages": [{"content": words(asked[0])}]})) == [1, 5, 6, 7]
    better = "The harbour would close on 1 March."
    audited, _ = run([statement(text, 6)], answer=repairs(item(1, better, 1)))
    assert [e.sentence for one in audited.summary for e in one.evidence] == [1]


def test_hidden_characters_move_no_offset_of_a_repair() -> None:
    hidden = document(EN.replace("million", "mil\u00adlion").replace("Tuesday", "Tues\u200bday"))
    auditor = Auditor(Article(hidden))
    old = Statement(WRONG, (evidence_for(hidden, 3),), "supported")
    repairer = Repairer(ask(), auditor, COUNTER, 2_000)
    steps = repair_steps(repairer, audited(auditor, [old], []))
    done, _ = answered(steps, lambda _: repairs(item(1, BETTER, 3)))
    (evidence,) = done.summary[0].evidence
    assert done.summary[0].support == "supported"
    assert hidden.text[evidence.start : evidence.end] == evidence.quote


def test_a_repair_may_cite_only_what_was_shown() -> None:
    audited, _ = run([statement(WRONG, 3)], answer=repairs(item(1, BETTER, 7)))
    assert all(e.sentence < 5 for one in audited.summary for e in one.evidence)


def test_a_claim_keeps_its_kind_and_gets_the_speaker_of_the_repair() -> None:
    wrong = claim("The town can pay for 3 more years of dredging.", "Tom Ashby")
    better = item(1, "The town can no longer pay for dredging.", 4, speaker="Ruth Calder")
    audited, asked = run([], [wrong], repairs(better))
    assert "(speaker: Tom Ashby)" in words(asked[0])
    (mended,) = audited.claims
    assert (mended.speaker, mended.kind, mended.importance) == ("Ruth Calder", "opinion", 3)


def test_a_claim_does_not_lose_its_speaker() -> None:
    wrong = claim("The town can pay for 3 more years of dredging.", "Ruth Calder")
    better = item(1, "The town can no longer pay for dredging.", 4)
    audited, _ = run([], [wrong], repairs(better))
    assert audited.claims[0].speaker == "Ruth Calder"
    assert audited.tally.doubtful == 1


def claim(text: str, speaker: str) -> Claim:
    return Claim(
        text,
        (evidence_for(DOCUMENT, 4),),
        "supported",
        kind="opinion",
        speaker=speaker,
        speaker_as_written=speaker,
        importance=3,
    )


def test_an_endpoint_that_fails_loses_nothing() -> None:
    audited, _ = run([statement(WRONG, 3)], answer=UnreachableError("No answer."))
    assert [one.text for one in audited.summary] == [WRONG]
    assert audited.findings == (
        Finding("repair-failed", "Statements that could not be put right: 1. No answer."),
    )


def test_a_repetition_is_marked_and_not_sent_back() -> None:
    audited, asked = run([statement(GOOD, 1), statement(GOOD, 1)])
    assert asked == []
    assert [finding.code for finding in audited.summary[1].findings] == ["duplicate"]
    assert audited.summary[1].support == "partial"


def test_a_repair_that_repeats_another_statement_is_none() -> None:
    both = [statement(BETTER, 3), statement(WRONG, 3)]
    audited, _ = run(both, answer=repairs(item(1, BETTER, 3)))
    assert [one.text for one in audited.summary] == [BETTER, WRONG]


def test_many_statements_go_in_groups_that_fit() -> None:
    many = [statement(f"{WRONG[:-1]} or {n} more.", 1 + n % 7) for n in range(30, 51)]
    _, asked = run(many)
    assert len(asked) == 3
    _, small = run(many, budget=100)
    assert len(small) > 3
    blocks = [words(request).split("\n\nThe lines above")[0] for request in small]
    assert all(COUNTER.count(block) < 100 + 60 for block in blocks)


def test_sentences_that_no_model_has_room_for_are_not_sent_and_that_is_told() -> None:
    audited, asked = run([statement(WRONG, 3)], budget=10)
    assert asked == []
    assert [one.text for one in audited.summary] == [WRONG]
    assert [finding.code for finding in audited.findings] == ["repair-failed"]
