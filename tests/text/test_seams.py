"""Tokens add up at seams, for any text; and what is counted from them is what a chunk counts."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.text import _windows
from summ.text._cursor import Cursor
from summ.text._seams import first_seam, is_seam, last_seam
from summ.text._windows import SharedWindows, Windows
from summ.text.chunking import chunk_text
from summ.text.tokens import load_codec
from tests.text.chunk_cases import MIXED, articles, check

CODECS = [load_codec("o200k_base"), load_codec("cl100k_base")]
# What the encodings' patterns tell apart, and what might be taken for something else.
TELLING = st.sampled_from(
    "aZéßǅʰªñ1２٣½ \t\n\r\x0b\x0c\x1c\x1f\x85\xa0\u2028\u3000/'’\"!.,-_(（。、，“”「」？ー々〆"
    "中文かナ한ไทยะ\u0e31\u0e33हि्\u094dשلעם\u0301\u200d\u200c\ufe0f👩🇺🏽\u0378\U00010380\U000e0041"
    "\U0001fb99\U000f0000\uffff\ue000sStTdDlLrReEvVmMIİſK"
)
TEXTS = st.lists(TELLING | st.characters(exclude_categories=["Cs"]), min_size=2, max_size=30)


def seams(text: str) -> set[int]:
    """All seams that one of the three ways to find one says there are."""
    inner = range(1, len(text))
    found = {last_seam(text, 1, at) for at in inner}
    found |= {first_seam(text, at, len(text) - 1) for at in inner}
    return found - {0} | {at for at in inner if is_seam(text, at)}


@given(text=TEXTS.map("".join))
@settings(max_examples=500, deadline=None)
def test_tokens_add_up_at_seams(text: str) -> None:
    for codec in CODECS:
        whole = codec.encode(text)
        for place in seams(text):
            assert codec.encode(text[:place]) + codec.encode(text[place:]) == whole


@pytest.mark.parametrize("name", articles())
def test_prose_has_many_seams_and_tokens_add_up_at_all_together(name: str) -> None:
    text = articles()[name]
    places = sorted(seams(text))
    assert len(places) > len(text) / 8
    for codec in CODECS:
        parts = [text[a:b] for a, b in pairwise([0, *places, len(text)])]
        assert [token for part in parts for token in codec.encode(part)] == codec.encode(text)


@pytest.fixture(scope="module")
def helper() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.mark.parametrize("shared", [False, True])
@given(
    text=MIXED.filter(lambda text: len(text) > 1),
    size=st.integers(4, 80),
    steps=st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=1, max_size=8),
)
@settings(max_examples=200, deadline=None)
def test_a_cursor_counts_what_is_there(
    helper: Executor, shared: bool, text: str, size: int, steps: list[tuple[int, float]]
) -> None:
    text = text.encode("utf-8", "ignore").decode()
    for codec in CODECS:
        make = SharedWindows(text, codec, helper, size) if shared else Windows(text, codec, size)
        cursor = Cursor(make, codec)
        for budget, share in steps:
            cursor.reach(budget)
            start, end = cursor.start, cursor.end
            tokens = codec.encode(text[start:end])
            assert cursor.total == len(tokens)
            held = codec.decode(tokens[:budget]).decode("utf-8", "ignore")
            assert cursor.limit(budget) == start + len(held)
            place = start + round(share * (end - start))
            if place == start:  # no window is left, or no seam is near
                place = min(start + 1, len(text))
                cursor.go_to(place)
                continue
            assert cursor.count(place) == len(codec.encode(text[start:place]))
            assert cursor.limit(budget) == start + len(held)
            cursor.advance(place)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> int:
    """Characters from which other threads encode, here: fewer than usual."""
    monkeypatch.setattr(_windows, "LARGE", 700_000)
    return 700_000


def test_a_large_text_is_cut_as_its_beginning_is(large: int) -> None:
    part = "\n\n".join(articles().values())
    text = part * (large // len(part) + 1)
    for budget in (512, 3000):
        small = chunk_text(text[: large - 1], budget)[:-1]
        assert chunk_text(text, budget)[: len(small)] == small


def test_a_large_text_with_long_words_keeps_the_promises(large: int) -> None:
    part = "\n\n".join(articles().values()) * 8 + "a" * 50_000 + "\n\n" + "中" * 100_000
    text = part * (large // len(part) + 1)
    check(text, chunk_text(text, 5000), 5000)
