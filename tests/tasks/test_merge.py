"""Articles of more than one passage: notes of each, merged in a tree with their citations."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import ContextTooLongError, UnreachableError
from summ.model import Reply, Request, Span, Statement
from summ.tasks.brief import STATEMENT_TOKENS
from summ.tasks.merge import NOTES
from summ.tasks.reading import SUMMARY, Failure, Reading
from summ.tasks.steps import Outcome
from tests.documents import COUNTER, Script, answered, ask, opened, read_steps, summary_reply
from tests.documents import unusable as unusable_reply

PARTS = 6
LONG = "\n\n".join(
    " ".join(
        f"The place{part} council heard speaker{part} explain matter{part} number {n} at length."
        for n in range(1, 7)
    )
    for part in range(PARTS)
)
INDEX, PASSAGES = opened(LONG, 160)
SPANS = tuple(passage.chunk.span for passage in PASSAGES if passage.chunk)


def test_the_article_has_as_many_passages_as_parts() -> None:
    assert len(PASSAGES) == len(SPANS) == PARTS


def notes(part: int, count: int = 3) -> Reply:
    """Statements about one part, each citing one of its sentences."""
    first = PASSAGES[part].numbers[0]
    return summary_reply(
        *(
            ([first + n], f"The place{part} council heard of matter{part} number {n + 1}.")
            for n in range(count)
        )
    )


def words(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def summarise(
    *rounds: Sequence[Outcome], length: int = 3, budget: int = 24_000
) -> tuple[Reading, list[tuple[Request, ...]]]:
    script = Script(*rounds)
    steps = read_steps(ask(length=length), INDEX, PASSAGES, (SUMMARY,), budget)
    return script.run(steps), script.asked


def by_rules(
    length: int, room: int, answer: object = None
) -> tuple[Reading, list[tuple[Request, ...]]]:
    """The summary where a merge takes `room` notes, and a model answers by `babble`."""
    budget = room * STATEMENT_TOKENS
    steps = read_steps(ask(length=length), INDEX, PASSAGES, (SUMMARY,), budget)
    return answered(steps, babble)


def test_every_passage_is_asked_then_the_notes_are_merged() -> None:
    merged = summary_reply(
        ([1, 2], "The place0 council heard of matter0."),
        ([10], "The place3 council heard of matter3."),
        ([18], "The place5 council heard of matter5 number 3."),
    )
    reading, asked = summarise([notes(n) for n in range(PARTS)], [merged])
    assert [[request.task for request in step] for step in asked] == [
        ["summary"] * PARTS,
        ["merge"],
    ]
    assert reading.seen == SPANS
    assert (reading.findings, reading.failures) == ((), ())
    starts = [passage.numbers[0] for passage in PASSAGES]
    assert [[e.sentence for e in item.evidence] for item in reading.notes] == [
        [starts[0], starts[0] + 1],
        [starts[3]],
        [starts[5] + 2],
    ]
    for item in reading.notes:
        assert item.support == "supported"
        for evidence in item.evidence:
            assert LONG[evidence.start : evidence.end] == evidence.quote


def test_the_notes_are_shown_as_numbered_lines() -> None:
    _, asked = summarise(
        [notes(n) for n in range(PARTS)], [summary_reply(([1], "The place0 council met."))]
    )
    shown = asked[1][0].messages[-1].content
    assert "[1] The place0 council heard of matter0 number 1.\n\n[2] " in shown
    assert "[18] The place5 council heard of matter5 number 3." in shown


def test_notes_that_are_few_enough_are_the_summary() -> None:
    reading, asked = summarise([notes(n, 1) for n in range(PARTS)], length=PARTS)
    assert len(asked) == 1
    assert [item.evidence[0].sentence for item in reading.notes] == [p.numbers[0] for p in PASSAGES]


def babble(request: Request) -> Reply:
    """More than asked for, citing what may not be there; the surplus is cut."""
    first = int(request.messages[-1].content.partition("\n[")[2].partition("]")[0])
    numbers = [first, first + 1, first + 2, 99, -1]
    return summary_reply(*((numbers, f"The council heard {n} at length.") for n in range(40)))


def lines(request: Request) -> int:
    """How many numbered lines a request shows."""
    return request.messages[-1].content.partition("\n</article-")[0].count("\n[")


@pytest.mark.parametrize("room", [12, 16, 20])
def test_notes_that_do_not_fit_are_merged_in_a_tree(room: int) -> None:
    """36 notes, in groups of those that fit; each group as soon as it is read."""
    reading, asked = by_rules(2, room)
    merges = [request for step in asked for request in step if request.task == "merge"]
    assert len(merges) > 2
    assert [request.task for request in asked[-1]] == ["merge"]
    for request in merges:
        assert 0 < lines(request) <= room
        assert request.max_tokens > 0
    assert len(reading.notes) == 2


@pytest.mark.parametrize("length", range(3, 9))
@pytest.mark.parametrize("room", [1, 6, 12, 17, 30])
def test_a_tree_keeps_no_fewer_than_are_wanted(length: int, room: int) -> None:
    reading, _ = by_rules(length, room)
    assert len(reading.notes) == length


def test_a_merged_statement_rests_on_the_evidence_of_its_notes_only() -> None:
    """Words of part 4, but the notes cited are of part 0: not their evidence."""
    stranger = summary_reply(([1], "The place4 council heard speaker4 explain matter4."))
    first = [notes(0)] + [summary_reply(([], "Elephants migrate.")) for _ in range(PARTS - 1)]
    reading, _ = summarise(first, [stranger])
    (item,) = reading.notes
    allowed = {PASSAGES[0].numbers[n] for n in range(3)}
    assert {evidence.sentence for evidence in item.evidence} <= allowed


Said = list[tuple[list[int], int]]


def said(items: Said) -> Reply:
    """A summary about parts by number, citing what it likes."""
    text = "The council heard speaker{0} on matter{0}."
    return summary_reply(*((numbers, text.format(about)) for numbers, about in items))


def cited(statements: Sequence[Statement]) -> set[int]:
    return {e.sentence for item in statements for e in item.evidence}


def wording(last: int, most: int) -> st.SearchStrategy[Said]:
    citing = st.lists(st.integers(-1, last), max_size=most)
    return st.lists(st.tuples(citing, st.integers(0, PARTS - 1)), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(wording(40, 4), min_size=PARTS, max_size=PARTS), wording(40, 6))
def test_what_a_merge_cites_its_parts_have_cited(children: list[Said], merged: Said) -> None:
    parts: list[Outcome] = [said(items) for items in children]
    enough = sum(map(len, children)) <= 3
    reading, _ = summarise(parts, *([] if enough else [[said(merged)]]))
    # What the parts rest on shows where no merge follows.
    alone, _ = summarise(parts, length=99)
    assert cited(reading.notes) <= cited(alone.notes)
    assert 1 <= len(reading.notes) <= 3


@settings(max_examples=60, deadline=None)
@given(st.lists(wording(40, 6), min_size=20, max_size=20), st.integers(4, 14))
def test_in_a_tree_of_any_depth_nothing_is_cited_that_no_passage_cited(
    replies: list[Said], room: int
) -> None:
    turn = iter(replies * 3)
    by_first: dict[int, Said] = {}

    def answer(request: Request) -> Reply:
        items = next(turn)
        if request.task == "summary":
            by_first[int(request.messages[-1].content.partition("\n[")[2].partition("]")[0])] = (
                items
            )
        return said(items)

    budget = room * STATEMENT_TOKENS
    reading, _ = answered(
        read_steps(ask(length=2), INDEX, PASSAGES, (SUMMARY,), budget), answer, most=30
    )
    alone, _ = summarise([said(by_first[p.numbers[0]]) for p in PASSAGES], length=99)
    assert cited(reading.notes) <= cited(alone.notes)


# --- what fails ----------------------------------------------------------------------------


@pytest.mark.parametrize("error", [unusable_reply(), UnreachableError("gone")])
def test_one_passage_that_fails_leaves_the_others(error: Outcome) -> None:
    outcomes: list[Outcome] = [notes(n) for n in range(PARTS)]
    outcomes[2] = error
    reading, asked = summarise(
        outcomes, [summary_reply(([1], "The place0 council heard of matter0."))]
    )
    assert reading.seen == SPANS[:2] + SPANS[3:]
    assert reading.failures == (Failure(SUMMARY, SPANS[2], error),)  # type: ignore[arg-type]
    assert "place2" not in asked[1][0].messages[-1].content
    assert len(reading.notes) == 1


def test_all_passages_failing_leaves_nothing_but_the_reasons() -> None:
    errors = [unusable_reply(f"number {n}") for n in range(PARTS)]
    reading, asked = summarise(errors)
    assert len(asked) == 1
    assert [failure.error for failure in reading.failures] == errors
    assert [failure.span for failure in reading.failures] == list(SPANS)
    assert (reading.seen, reading.notes) == ((), ())


@pytest.mark.parametrize("error", [unusable_reply(), UnreachableError("gone"), summary_reply()])
def test_after_a_merge_that_fails_the_parts_speak_for_themselves(error: Outcome) -> None:
    reading, _ = summarise([notes(n) for n in range(PARTS)], [error])
    assert words(reading) == ["merge-failed"]
    assert len(reading.notes) == 3
    places = [item.evidence[0].sentence for item in reading.notes]
    assert places == sorted(places)
    assert places[0] in PASSAGES[0].numbers
    assert places[-1] in PASSAGES[4].numbers
    assert reading.seen == SPANS


def test_notes_that_are_too_long_for_the_server_are_merged_in_halves() -> None:
    too_long = ContextTooLongError("The context is too small.")
    all_notes = [notes(n) for n in range(PARTS)]
    reading, asked = summarise(all_notes, [too_long], [notes(0), notes(3)], [notes(1)])
    assert [[lines(request) for request in step] for step in asked[1:]] == [[18], [9, 9], [6]]
    assert len(reading.notes) == 3
    assert reading.findings == ()


def test_notes_that_no_merge_is_small_enough_for_still_come_to_an_end() -> None:
    def answer(request: Request) -> Outcome:
        first = int(request.messages[-1].content.partition("\n[")[2].partition("]")[0])
        if request.task == "merge":
            return ContextTooLongError("The context is too small.")
        return notes(next(n for n, p in enumerate(PASSAGES) if p.numbers[0] == first))

    steps = read_steps(ask(length=3), INDEX, PASSAGES, (SUMMARY,))
    reading, asked = answered(steps, answer, most=30)
    assert set(words(reading)) == {"merge-failed"}
    assert len(reading.notes) == 3
    assert sum(map(len, asked)) < 40


def test_a_span_is_seen_once_a_passage() -> None:
    reading, _ = summarise([notes(n, 1) for n in range(PARTS)], length=PARTS)
    assert reading.seen[0].start == 0
    assert reading.seen[-1] == Span(SPANS[-1].start, len(LONG))


def test_each_passage_of_a_long_article_gives_a_page_of_notes() -> None:
    _, asked = by_rules(3, 200)
    assert all(f"{NOTES} sentences" in request.messages[-1].content for request in asked[0])
    assert COUNTER.count(PASSAGES[0].block) <= 160
