"""Articles of more than one passage: map, merge, and what is kept when a part fails."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import ReplyError
from summ.model import Claim, Evidence, Finding, Reply, Request, Span, Statement
from summ.tasks.merge import Part, claims_steps, join_same, rank_claims, summary_steps
from summ.tasks.steps import Outcome
from tests.documents import (
    COUNTER,
    Script,
    answered,
    ask,
    claim,
    claims_reply,
    opened,
    summary_reply,
    unusable,
)

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


def words(statement: Statement) -> list[str]:
    return [finding.code for finding in statement.findings]


def summarise(
    *rounds: Sequence[Outcome], length: int = 3, budget: int = 2_000
) -> tuple[Part[Statement], list[tuple[Request, ...]]]:
    script = Script(*rounds)
    part = script.run(summary_steps(ask(length=length), INDEX, PASSAGES, (budget, COUNTER)))
    return part, script.asked


# --- summaries ---------------------------------------------------------------------------


def test_every_passage_is_asked_then_the_notes_are_merged() -> None:
    merged = summary_reply(
        ([1, 2], "The place0 council heard of matter0."),
        ([10], "The place3 council heard of matter3."),
        ([18], "The place5 council heard of matter5 number 3."),
    )
    part, asked = summarise([notes(n) for n in range(PARTS)], [merged])
    assert [[request.task for request in step] for step in asked] == [
        ["summary"] * PARTS,
        ["merge"],
    ]
    assert part.seen == SPANS
    assert part.findings == ()
    starts = [passage.numbers[0] for passage in PASSAGES]
    assert [[e.sentence for e in item.evidence] for item in part.items] == [
        [starts[0], starts[0] + 1],
        [starts[3]],
        [starts[5] + 2],
    ]
    for item in part.items:
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
    part, asked = summarise([notes(n, 1) for n in range(PARTS)], length=PARTS)
    assert len(asked) == 1
    assert [item.evidence[0].sentence for item in part.items] == [p.numbers[0] for p in PASSAGES]


def babble(request: Request) -> Reply:
    """More than asked for, citing what may not be there; the surplus is cut."""
    first = int(request.messages[-1].content.partition("\n[")[2].partition("]")[0])
    numbers = [first, first + 1, first + 2, 99, -1]
    return summary_reply(*((numbers, f"The council heard {n} at length.") for n in range(9)))


def test_notes_that_do_not_fit_are_merged_in_a_tree() -> None:
    """18 notes, of about 12 tokens each."""
    steps = summary_steps(ask(length=2), INDEX, PASSAGES, (110, COUNTER))
    part, asked = answered(steps, babble)
    sizes = [len(step) for step in asked[1:]]
    assert sizes[0] > 1, "all notes were in one request"
    assert sizes[-1] == 1
    assert sizes == sorted(sizes, reverse=True)
    for step in asked[1:]:
        for request in step:
            block = request.messages[-1].content.partition("\n\nThe lines above")[0]
            assert COUNTER.count(block) <= 110
            assert request.max_tokens > 0
    assert len(part.items) == 2


@pytest.mark.parametrize("length", range(3, 9))
@pytest.mark.parametrize("budget", [1, 60, 80, 110, 150])
def test_a_tree_keeps_no_fewer_than_are_wanted(length: int, budget: int) -> None:
    steps = summary_steps(ask(length=length), INDEX, PASSAGES, (budget, COUNTER))
    part, _ = answered(steps, babble)
    assert len(part.items) == length


def test_a_merged_statement_rests_on_the_evidence_of_its_notes_only() -> None:
    """Words of part 4, but the notes cited are of part 0: not their evidence."""
    stranger = summary_reply(([1], "The place4 council heard speaker4 explain matter4."))
    first = [notes(0)] + [summary_reply(([], "Elephants migrate.")) for _ in range(PARTS - 1)]
    part, _ = summarise(first, [stranger])
    (item,) = part.items
    allowed = {PASSAGES[0].numbers[n] for n in range(3)}
    assert {evidence.sentence for evidence in item.evidence} <= allowed


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.lists(st.integers(-1, 40), max_size=4), st.integers(0, PARTS - 1)),
            min_size=1,
            max_size=4,
        ),
        min_size=PARTS,
        max_size=PARTS,
    ),
    st.lists(
        st.tuples(st.lists(st.integers(-1, 30), max_size=6), st.integers(0, PARTS - 1)),
        min_size=1,
        max_size=5,
    ),
)
def test_what_a_merge_cites_its_parts_have_cited(
    children: list[list[tuple[list[int], int]]], merged: list[tuple[list[int], int]]
) -> None:
    def said(items: list[tuple[list[int], int]]) -> Reply:
        text = "The council heard speaker{0} on matter{0}."
        return summary_reply(*((numbers, text.format(about)) for numbers, about in items))

    parts: list[Outcome] = [said(items) for items in children]
    part, _ = summarise(parts, [said(merged)], budget=5_000)
    # What the parts rest on shows where no merge follows.
    alone, _ = summarise([said(items[:3]) for items in children], length=99)
    cited = {e.sentence for item in alone.items for e in item.evidence}
    assert {e.sentence for item in part.items for e in item.evidence} <= cited
    assert 1 <= len(part.items) <= 3


def test_one_passage_that_fails_leaves_the_others() -> None:
    outcomes: list[Outcome] = [notes(n) for n in range(PARTS)]
    outcomes[2] = unusable()
    part, asked = summarise(
        outcomes, [summary_reply(([1], "The place0 council heard of matter0."))]
    )
    assert part.seen == SPANS[:2] + SPANS[3:]
    assert "place2" not in asked[1][0].messages[-1].content
    assert len(part.items) == 1


def test_all_passages_failing_raises_the_first_error() -> None:
    errors: list[Outcome] = [unusable(f"number {n}") for n in range(PARTS)]
    with pytest.raises(ReplyError, match="number 0"):
        summarise(errors)
    with pytest.raises(ReplyError, match="number 0"):
        Script(errors).run(claims_steps(ask(), INDEX, PASSAGES))


def test_after_a_merge_that_fails_the_parts_speak_for_themselves() -> None:
    part, _ = summarise([notes(n) for n in range(PARTS)], [unusable()])
    assert [finding.code for finding in part.findings] == ["merge-failed"]
    assert 1 <= len(part.items) <= 3
    places = [item.evidence[0].sentence for item in part.items]
    assert places == sorted(places)
    assert part.seen == SPANS


def test_a_merge_without_a_sentence_is_one_that_failed() -> None:
    part, _ = summarise([notes(n) for n in range(PARTS)], [summary_reply()])
    assert [finding.code for finding in part.findings] == ["merge-failed"]
    assert part.items


# --- claims ------------------------------------------------------------------------------


def claims(part: int, *importances: int) -> Reply:
    first = PASSAGES[part].numbers[0]
    return claims_reply(
        *(
            claim(
                [first + n],
                f"Speaker{part} explained matter{part} number {n + 1}.",
                f"speaker{part}",
                importance,
            )
            for n, importance in enumerate(importances)
        )
    )


def ask_claims(*outcomes: Outcome, most: int = 8) -> tuple[Part[Claim], tuple[Request, ...]]:
    script = Script(outcomes)
    part = script.run(claims_steps(ask(claims=most), INDEX, PASSAGES))
    return part, script.asked[0]


def test_the_most_important_claims_come_first_from_all_passages() -> None:
    part, asked = ask_claims(*(claims(n, 2, 2, 2) for n in range(PARTS - 1)), claims(5, 1, 3))
    assert len(asked) == PARTS
    assert len(part.items) == 8
    assert [item.speaker for item in part.items] == [
        "speaker5",
        "speaker0", "speaker1", "speaker2", "speaker3", "speaker4",
        "speaker0", "speaker1",
    ]  # fmt: skip
    assert part.seen == SPANS


def test_claims_of_a_failed_passage_are_missing_and_no_others() -> None:
    outcomes = [claims(n, 2) for n in range(PARTS)]
    part, _ = ask_claims(outcomes[0], unusable(), *outcomes[2:])
    assert [item.speaker for item in part.items] == [f"speaker{n}" for n in range(PARTS) if n != 1]
    assert SPANS[1] not in part.seen
    assert len(part.seen) == PARTS - 1


def test_a_passage_without_claims_was_still_seen() -> None:
    part, _ = ask_claims(*(claims(n) for n in range(PARTS)))
    assert (part.items, part.seen) == ((), SPANS)


def made(text: str, number: int, support: str = "supported", speaker: str | None = None) -> Claim:
    evidence = (Evidence(number, "Q", number, number + 1),) if support != "unsupported" else ()
    findings = () if support == "supported" else (Finding(support, "Something."),)
    return Claim(text, evidence, support, findings, "fact", speaker, speaker)  # type: ignore[arg-type]


def test_claims_that_say_the_same_become_one_with_the_evidence_of_all() -> None:
    text = "The harbour of Eastmere closes to cargo ships on 1 March"
    (one,) = join_same([made(text + ".", 9), made(text + "!", 2), made(text.upper(), 9)])
    assert [evidence.sentence for evidence in one.evidence] == [2, 9]
    assert one.text == text + "."


def test_different_figures_or_speakers_make_different_claims() -> None:
    text = "The repairs of the old harbour pier in Eastmere will cost {} million pounds in all"
    assert len(join_same([made(text.format(3), 1), made(text.format(5), 2)])) == 2
    assert len(join_same([made(text, 1, speaker="Calder"), made(text, 2, speaker="Ashby")])) == 2
    (one,) = join_same([made(text, 1), made(text, 2, speaker="Ashby")])
    assert one.speaker == one.speaker_as_written == "Ashby"


def test_the_better_supported_of_two_gives_the_words() -> None:
    text = "The harbour of Eastmere closes to cargo ships on 1 March"
    (one,) = join_same([made(text + ".", 9, "unsupported"), made(text + "!", 2)])
    assert (one.text, one.support, one.findings) == (text + "!", "supported", ())
    assert [evidence.sentence for evidence in one.evidence] == [2]


def test_claims_without_words_are_not_joined() -> None:
    assert len(join_same([made("!!!", 1), made("???", 2)])) == 2


def test_ranking_takes_turns_among_equals() -> None:
    groups = [[made("a1", 1), made("a2", 2), made("a3", 3)], [], [made("b1", 4), made("b2", 5)]]
    assert [c.text for c in rank_claims(groups)] == ["a1", "b1", "a2", "b2", "a3"]


def test_a_span_is_seen_once_a_passage() -> None:
    part, _ = summarise([notes(n, 1) for n in range(PARTS)], length=PARTS)
    assert part.seen[0].start == 0
    assert part.seen[-1] == Span(SPANS[-1].start, len(LONG))
