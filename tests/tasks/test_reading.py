"""Reading a passage: what is asked when, and what happens where the server has no room."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import ContextTooLongError, UnreachableError
from summ.model import Reply, Request, Span
from summ.tasks.passage import Passage
from summ.tasks.reading import (
    CLAIMS,
    LEAST_BUDGET,
    SUMMARY,
    Limits,
    Reader,
    Reading,
    joined,
    read_all,
)
from summ.tasks.steps import Outcome, Steps
from tests.documents import (
    COUNTER,
    Script,
    answered,
    ask,
    claim,
    claims_reply,
    laid_out,
    limits,
    lockstep,
    opened,
    reply,
    summary_reply,
    unusable,
)

TEXT = " ".join(f"Ferry number {n} left pier {n % 7} with {n * 3} people." for n in range(1, 201))
TOO_LONG = ContextTooLongError("The context is too small.")


def ready(
    budget: int, parts: tuple[str, ...] = (SUMMARY, CLAIMS), **changes: object
) -> tuple[Steps[Reading], Limits, list[Passage]]:
    """Readers of all passages of the text, side by side; with what they keep to."""
    index, passages = opened(TEXT, budget)
    wanted = ask()
    kept = limits(laid_out(wanted, index, passages, budget), **changes)
    reader = Reader(wanted, index, kept, parts)
    return read_all([reader.read(passage) for passage in passages]), kept, passages


def block_of(request: Request) -> str:
    return request.messages[-1].content.partition("\n\nThe lines above")[0]


def shown(request: Request) -> list[int]:
    """The numbers of the lines in a request."""
    lines = block_of(request).split("\n")
    return [int(line[1:].partition("]")[0]) for line in lines if line.startswith("[")]


def good(request: Request) -> Reply:
    """A statement or claim that cites the first line shown."""
    first = shown(request)[0]
    text = f"Ferry number {first} left the pier."
    if request.task == SUMMARY:
        return summary_reply(([first], text))
    return claims_reply(claim([first], text))


def holding(tokens: int) -> tuple[list[Request], list[Request], Callable[[Request], Outcome]]:
    """A server that takes blocks of so many tokens: what it answered and what it refused."""
    taken: list[Request] = []
    refused: list[Request] = []

    def answer(request: Request) -> Outcome:
        fits = COUNTER.count(block_of(request)) <= tokens
        (taken if fits else refused).append(request)
        return good(request) if fits else TOO_LONG

    return taken, refused, answer


def test_notes_then_claims_of_each_passage_of_a_long_text() -> None:
    steps, _, passages = ready(700)
    _, asked = answered(steps, good)
    count = len(passages)
    assert count > 2
    tasks = [[request.task for request in step] for step in asked]
    assert tasks == [[SUMMARY] * count, [CLAIMS] * count]
    assert [block_of(request) for request in asked[0]] == [p.block for p in passages]
    assert [block_of(request) for request in asked[1]] == [p.block for p in passages]


def test_an_article_of_one_passage_is_asked_for_both_at_once() -> None:
    steps, _, _ = ready(100_000)
    _, asked = answered(steps, good)
    assert [[request.task for request in step] for step in asked] == [[SUMMARY, CLAIMS]]


def test_what_was_read_is_in_the_articles_order_with_its_spans() -> None:
    done: list[Passage] = []
    steps, _, passages = ready(700, done=done.append)
    reading, _ = answered(steps, good)
    assert done == passages
    spans = [passage.chunk.span for passage in passages if passage.chunk]
    assert sorted(set(reading.seen), key=lambda span: span.start) == spans
    firsts = [passage.numbers[0] for passage in passages]
    assert [note.evidence[0].sentence for note in reading.notes] == firsts
    assert [claims[0].evidence[0].sentence for claims in reading.claims] == firsts


def test_a_failure_of_one_part_leaves_the_other() -> None:
    steps, _, (passage,) = ready(100_000)
    assert passage.chunk
    error = unusable()
    reading = Script([error, claims_reply(claim([1], "Ferry number 1 left pier 1."))]).run(steps)
    assert [(f.part, f.span, f.error) for f in reading.failures] == [
        (SUMMARY, passage.chunk.span, error)
    ]
    assert reading.notes == ()
    assert len(reading.claims) == 1
    assert reading.seen == (passage.chunk.span,)


def test_a_cut_reply_is_told() -> None:
    steps, _, _ = ready(100_000, (SUMMARY,))
    cut = reply({"summary": [{"sentences": [1], "text": "Ferry number 1 left."}]}, dropped=1)
    reading = Script([cut]).run(steps)
    assert [finding.code for finding in reading.findings] == ["reply-cut"]


# --- too long ---------------------------------------------------------------------------


@pytest.mark.parametrize("parts", [(SUMMARY,), (CLAIMS,), (SUMMARY, CLAIMS)])
@pytest.mark.parametrize("budget", [2_000, 3_000, 100_000])
def test_where_the_server_has_no_room_nothing_is_lost(parts: tuple[str, ...], budget: int) -> None:
    told: list[ContextTooLongError] = []
    steps, _, _ = ready(budget, parts, lowered=told.append)
    taken, refused, answer = holding(900)
    reading, _ = answered(steps, answer)
    assert refused
    assert reading.failures == ()
    for part in parts:
        lines = sorted(n for request in taken if request.task == part for n in shown(request))
        assert lines == list(range(1, 201)), "each line once, and none twice"
    covered = sorted(set(reading.seen), key=lambda span: span.start)
    assert (covered[0].start, covered[-1].end) == (0, len(TEXT))
    assert all(a.end == b.start for a, b in pairwise(covered))
    assert 1 <= len(told) <= 4


def test_all_passages_refused_together_lower_the_budget_once() -> None:
    told: list[ContextTooLongError] = []
    steps, _, passages = ready(1_500, lowered=told.append)
    assert len(passages) > 2
    _, refused, answer = holding(700)
    reading, _ = answered(steps, answer)
    assert len(refused) == len(passages)
    assert len(told) == 1
    assert reading.failures == ()


def test_passages_whose_turn_comes_later_are_made_smaller_before_they_are_sent() -> None:
    """As with one request at a time: what was learnt from the first holds for the others."""
    index, passages = opened(TEXT, 1_500)
    wanted = ask()
    kept = limits(laid_out(wanted, index, passages, 1_500))
    reader = Reader(wanted, index, kept)
    _, refused, answer = holding(700)
    readings = [answered(reader.read(passage), answer)[0] for passage in passages]
    assert len(refused) == 1
    assert joined(readings).failures == ()


def test_both_parts_refused_at_once_are_read_from_the_same_pieces() -> None:
    steps, _, (passage,) = ready(100_000)
    assert passage.chunk
    tokens = COUNTER.count(passage.block)
    taken, refused, answer = holding(tokens // 2)
    reading, asked = answered(steps, answer)
    assert len(refused) == 2
    # From then on a piece's claims follow its notes.
    assert {request.task for request in asked[1]} == {SUMMARY}
    blocks = [sorted(block_of(r) for r in taken if r.task == part) for part in (SUMMARY, CLAIMS)]
    assert blocks[0] == blocks[1]
    assert reading.failures == ()


def test_claims_that_are_refused_after_notes_were_read_leave_the_notes() -> None:
    steps, _, _ = ready(100_000, at_once=False)

    def answer(request: Request) -> Outcome:
        room = 100_000 if request.task == SUMMARY else 1_200
        return good(request) if COUNTER.count(block_of(request)) <= room else TOO_LONG

    reading, asked = answered(steps, answer)
    tasks = [request.task for step in asked for request in step]
    assert tasks.count(SUMMARY) == 1
    assert len(reading.notes) == 1
    assert tasks.count(CLAIMS) == 1 + len(reading.claims) > 2
    assert reading.failures == ()


def test_a_server_that_takes_nothing_at_all_is_given_up_with_a_reason() -> None:
    steps, _, _ = ready(1_500)
    requests: list[Request] = []

    def answer(request: Request) -> Outcome:
        requests.append(request)
        return TOO_LONG

    reading, _ = answered(steps, answer, most=40)
    assert reading.notes == ()
    assert {failure.error for failure in reading.failures} == {TOO_LONG}
    missing = sorted(((f.span for f in reading.failures)), key=lambda span: span.start)
    assert (missing[0].start, missing[-1].end) == (0, len(TEXT))
    assert all(COUNTER.count(block_of(request)) <= 1_500 for request in requests)
    # Halved a few times, then left: not a request for each sentence.
    assert len(requests) < 4 * COUNTER.count(TEXT) // LEAST_BUDGET


@settings(max_examples=40)
@given(
    st.integers(600, 4_000),
    st.integers(100, 4_000),
    st.sampled_from([(SUMMARY,), (CLAIMS,), (SUMMARY, CLAIMS)]),
)
def test_every_line_is_shown_or_told_to_be_missing(
    budget: int, room: int, parts: tuple[str, ...]
) -> None:
    steps, _, _ = ready(budget, parts)
    taken, _, answer = holding(room)
    reading = lockstep(steps, lambda requests: tuple(answer(r) for r in requests))
    index, _ = opened(TEXT)
    for part in parts:
        read = {n for request in taken if request.task == part for n in shown(request)}
        lost = {
            n
            for failure in reading.failures
            if failure.part == part
            for n in index.document.sentences_in(failure.span)
        }
        assert read | lost == set(range(1, 201))


def test_readings_are_joined_in_order() -> None:
    one, two = Reading(seen=(Span(0, 1),)), Reading(seen=(Span(1, 2),), claims=((),))
    assert joined([one, two]) == Reading(seen=(Span(0, 1), Span(1, 2)), claims=((),))
    assert joined([]) == Reading()


def test_an_endpoint_that_is_gone_is_a_reason_for_each_passage() -> None:
    steps, _, passages = ready(700)
    reading, _ = answered(steps, lambda _: UnreachableError("gone"))
    assert len(reading.failures) == 2 * len(passages)
    assert reading.seen == ()
