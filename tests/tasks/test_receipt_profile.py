"""Where in the text the citations of a report lie, and when that is worth a word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.model import INFORMATION, Coverage, Document, Evidence, Source, Span, Statement
from summ.tasks.receipt import LONG, coverage, position_profile, uncited_fifths
from tests.documents import COUNTER


def citing(*starts: int) -> Statement:
    """A statement with evidence of one character at each of `starts`."""
    return Statement("Text.", tuple(Evidence(1, "x", at, at + 1) for at in starts), "supported")


def receipt(chunks: int, *starts: int, size: int = 1_000) -> Coverage:
    """The receipt for a text in so many chunks, cited at `starts`."""
    text = "x" * size
    made = Document(Source("-", "text/plain", text), (Span(0, size),), (Span(0, size),), None)
    ends = [size * n // chunks for n in range(chunks + 1)]
    spans = [Span(a, b) for a, b in pairwise(ends)]
    return coverage(made, spans, [citing(*starts)] if starts else (), COUNTER)


def test_each_citation_counts_in_the_fifth_that_it_starts_in() -> None:
    profile = position_profile(1_000, [citing(0, 199, 200), citing(999)])
    assert profile == (0.5, 0.25, 0.0, 0.0, 0.25)


def test_without_citations_there_is_no_profile() -> None:
    assert position_profile(1_000, []) == ()
    assert position_profile(0, [Statement("Text.", (), "unsupported")]) == ()
    assert list(uncited_fifths(receipt(30))) == []


@given(st.integers(1, 10_000).flatmap(
    lambda size: st.tuples(st.just(size), st.lists(st.integers(0, size - 1), min_size=1))
))  # fmt: skip
def test_the_shares_of_a_profile_are_one_together(case: tuple[int, list[int]]) -> None:
    size, starts = case
    profile = position_profile(size, [citing(at) for at in starts])
    assert len(profile) == 5
    assert all(0 <= share <= 1 for share in profile)
    assert sum(profile) == pytest.approx(1, abs=0.001)


def test_a_fifth_that_nothing_cites_is_told_of_a_long_text_with_its_place() -> None:
    found = list(uncited_fifths(receipt(LONG + 1, 10, 250, 850)))
    assert [(f.code, f.start, f.end) for f in found] == [
        ("uncited-fifth", 400, 600),
        ("uncited-fifth", 600, 800),
    ]
    assert "third fifth" in found[0].message
    assert "fourth fifth" in found[1].message
    assert list(uncited_fifths(receipt(LONG, 10))) == []


def test_it_is_information_and_no_failed_check() -> None:
    assert "uncited-fifth" in INFORMATION


@given(st.integers(6, 40), st.integers(5, 3_000), st.data())
def test_the_fifths_that_are_told_hold_no_citation_and_the_others_do(
    chunks: int, size: int, data: st.DataObject
) -> None:
    starts = data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=8))
    made = receipt(min(chunks, size), *starts, size=size)
    told = [(f.start, f.end) for f in uncited_fifths(made)]
    if len(made.chunks) <= LONG:
        assert told == []
        return
    assert len(told) == made.profile.count(0.0)
    for start, end in told:
        assert start is not None
        assert end is not None
        assert not [at for at in starts if start <= at < end], "a citation lies in it"
