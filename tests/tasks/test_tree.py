"""Which notes are merged with which: the shape of the tree, and that a run follows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.model import Reply, Request
from summ.tasks.brief import STATEMENT_TOKENS
from summ.tasks.layout import estimate
from summ.tasks.merge import INNER, NOTES, Tree, inner_target, notes_wanted, plan_tree, room_for
from summ.tasks.reading import SUMMARY
from tests.documents import COUNTER, answered, ask, laid_out, opened, read_steps, summary_reply


def leaves(tree: Tree) -> list[int]:
    return [tree] if isinstance(tree, int) else [n for child in tree for n in leaves(child)]


def depth(tree: Tree) -> int:
    return 0 if isinstance(tree, int) else 1 + max(map(depth, tree))


def held(tree: Tree, notes: int, length: int) -> int:
    """Notes that a node hands on."""
    if isinstance(tree, int):
        return notes
    return inner_target(sum(held(child, notes, length) for child in tree), length)


def inner(tree: Tree) -> Iterator[tuple[Tree, ...]]:
    """All nodes with children, the top last."""
    if not isinstance(tree, int):
        for child in tree:
            yield from inner(child)
        yield tree


Case = tuple[int, int, int]

# Passages, room and length; the notes of each passage follow.
cases = st.tuples(st.integers(1, 700), st.integers(4, 250), st.integers(1, 50))


def planned(case: Case) -> tuple[Tree, int]:
    passages, room, length = case
    notes = notes_wanted(length, passages)
    return plan_tree(passages, notes, room, length), notes


@given(cases)
def test_every_passage_is_in_the_tree_once_and_in_order(case: Case) -> None:
    assert leaves(planned(case)[0]) == list(range(case[0]))


@given(cases)
def test_a_merge_is_of_two_at_least_and_within_the_room_if_more(case: Case) -> None:
    tree, notes = planned(case)
    for node in inner(tree):
        assert len(node) >= 2
        if len(node) > 2:
            assert sum(held(child, notes, case[2]) for child in node) <= case[1]


@given(cases)
def test_a_tree_is_as_flat_as_the_room_allows(case: Case) -> None:
    passages, room, length = case
    tree, notes = planned(case)
    if passages * notes <= room:
        assert depth(tree) == (passages > 1)
    into_one = max(2, room // max(notes, INNER, -(-length // 2)))
    levels = 0
    while into_one**levels < passages:
        levels += 1
    assert depth(tree) <= levels


@given(cases)
def test_siblings_are_of_the_same_size_to_a_passage(case: Case) -> None:
    for node in inner(planned(case)[0]):
        sizes = [len(leaves(child)) for child in node]
        assert max(sizes) - min(sizes) <= 1


@given(cases)
def test_the_top_is_shown_enough_for_the_summary(case: Case) -> None:
    tree, notes = planned(case)
    if not isinstance(tree, int):
        assert sum(held(child, notes, case[2]) for child in tree) >= case[2]


def test_one_passage_needs_no_merge() -> None:
    assert plan_tree(1, 40, 4, 3) == 0
    assert plan_tree(2, NOTES, 100, 3) == (0, 1)
    assert plan_tree(4, NOTES, 12, 3) == ((0, 1), (2, 3))


@given(st.integers(1, 50), st.integers(2, 500))
def test_passages_give_twice_as_many_notes_as_are_wanted_and_six_at_least(
    length: int, passages: int
) -> None:
    notes = notes_wanted(length, passages)
    assert notes >= NOTES
    assert notes * passages >= 2 * length
    assert notes_wanted(length, 1) == length


# --- a run follows it ------------------------------------------------------------------

TEXT = "\n\n".join(
    " ".join(f"In {year} the bridge at mile {n} was painted in tint {n * 3}." for n in range(1, 5))
    for year in range(1_900, 1_924)
)  # fmt: skip


def obedient(request: Request) -> Reply:
    """As many statements as are asked for, each citing a line that it was shown."""
    content = request.messages[-1].content
    first = int(content.partition("\n[")[2].partition("]")[0])
    wanted = next(int(w) for w, after in zip(content.split(), content.split()[1:], strict=False)
                  if w.isdigit() and after.startswith("sentences"))  # fmt: skip
    return summary_reply(
        *(([first + n % 4], f"The bridge was painted in colour {n}.") for n in range(wanted))
    )


@pytest.mark.parametrize("room", [4, 12, 20, 50, 400])
@pytest.mark.parametrize("length", [1, 5, 12, 24, 50])
def test_a_run_sends_the_merges_of_the_tree_with_as_many_notes_as_were_counted(
    room: int, length: int
) -> None:
    index, passages = opened(TEXT, 120)
    wanted = ask(length=length)
    budget = room * STATEMENT_TOKENS
    layout = laid_out(wanted, index, passages, budget)
    reading, asked = answered(
        read_steps(wanted, index, passages, (SUMMARY,), budget), obedient, most=40
    )
    merges = [request for step in asked for request in step if request.task == "merge"]
    nodes = [
        (sum(held(child, layout.notes, length) for child in node), node is layout.tree)
        for node in inner(layout.tree)
    ]
    shown = [size for size, top in nodes if size > (length if top else inner_target(size, length))]
    assert sorted(request.messages[-1].content.count("\n[") for request in merges) == sorted(shown)
    assert estimate(layout, wanted, COUNTER).calls.get("merge", 0) == len(merges)
    assert len(reading.notes) == length
    assert room_for(budget) == max(4, room)
