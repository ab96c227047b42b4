"""Chunks cover the text, in order, within a hard budget, and split no grapheme."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import UsageError
from summ.model import Chunk, Span
from summ.text.chunking import chunk_text
from summ.text.tokens import TokenCounter, counter_for

EXACT = TokenCounter("o200k_base")
WORDS = st.sampled_from(
    [
        "A word ", "and one more. ", "Слово за словом. ", "річка, ", "河流很长。", "これは川です。",
        "नदी लंबी है। ", "النهر طويل. ", "แม่น้ำยาว ", "강이 길다. ", "\n\n", "\n", "\r\n", "   ", "\t",
        "e\u0301\u0302", "👩‍👩‍👧‍👦", "🇺🇦", "🇬🇧🇫🇷", "क्‍ष", "각", "<|endoftext|>", "<|fim_prefix|>",
        "x" * 40, "QUJD/+=" * 9, "!!!", "\ud800", "\udc00", "\u200d", " \u0301", "12,345.67 ",
    ]
)  # fmt: skip
MIXED = st.lists(WORDS | st.text(max_size=8), max_size=40).map("".join)


@st.composite
def tiled(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text, and spans that tile it anyhow."""
    text = draw(MIXED.filter(bool))
    cuts = sorted(draw(st.sets(st.integers(1, len(text)), max_size=12)) | {0, len(text)})
    return text, [Span(a, b) for a, b in pairwise(cuts)]


def check(text: str, chunks: list[Chunk], budget: int, counter: TokenCounter = EXACT) -> None:
    """Every promise of `chunk_text`."""
    assert "".join(chunk.text for chunk in chunks) == text
    place = 0
    for chunk in chunks:
        assert chunk.start == place < chunk.end
        assert text[chunk.start : chunk.end] == chunk.text
        assert counter.count(chunk.text) == chunk.tokens <= budget
        place = chunk.end
    assert place == len(text)
    cuts = {chunk.end for chunk in chunks}
    for grapheme in regex.finditer(r"\X", text):
        if any(grapheme.start() < cut < grapheme.end() for cut in cuts):
            assert counter.count(grapheme.group()) > budget


@given(text=MIXED, budget=st.integers(4, 60))
@settings(max_examples=200, deadline=None)
def test_promises_hold_with_our_own_sentences(text: str, budget: int) -> None:
    check(text, chunk_text(text, budget), budget)


@given(pair=tiled(), budget=st.integers(4, 40))
@settings(max_examples=150, deadline=None)
def test_promises_hold_with_any_sentences(pair: tuple[str, list[Span]], budget: int) -> None:
    text, sentences = pair
    check(text, chunk_text(text, budget, sentences=sentences), budget)


@given(text=MIXED, budget=st.integers(20, 80))
@settings(max_examples=100, deadline=None)
def test_promises_hold_for_a_model_with_a_margin(text: str, budget: int) -> None:
    counter = counter_for("llama3")
    check(text, chunk_text(text, budget, counter=counter), budget, counter)


@given(pair=tiled())
@settings(max_examples=100, deadline=None)
def test_the_smallest_budgets_hold_or_are_refused(pair: tuple[str, list[Span]]) -> None:
    text, sentences = pair
    for budget in (1, 2, 3):
        try:
            chunks = chunk_text(text, budget, sentences=sentences)
        except UsageError as error:
            assert "budget" in str(error)  # noqa: PT017 (either outcome is right)
            assert max(EXACT.count(character) for character in text) > budget
        else:
            check(text, chunks, budget)


def test_an_empty_text_has_no_chunks() -> None:
    assert chunk_text("", 10) == []


def test_a_text_within_the_budget_is_one_chunk() -> None:
    text = "One. Two. Three."
    assert chunk_text(text, 100) == [Chunk(text, 0, 16, 6)]


@pytest.mark.parametrize("budget", [0, -3])
def test_a_budget_below_one_is_refused(budget: int) -> None:
    with pytest.raises(UsageError):
        chunk_text("text", budget)


def test_a_character_above_the_budget_is_refused() -> None:
    with pytest.raises(UsageError, match="budget"):
        chunk_text("𒀀𒀁", 1)


@pytest.mark.parametrize(
    "sentences", [[], [Span(0, 5)], [Span(1, 30)], [Span(0, 10), Span(11, 30)], [Span(0, 40)]]
)
def test_sentences_that_do_not_tile_are_refused(sentences: list[Span]) -> None:
    with pytest.raises(UsageError):
        chunk_text("abcdefghi " * 3, 2, sentences=sentences)


def test_chunks_end_at_sentences_and_are_well_filled() -> None:
    text = "The river rose by two metres overnight. Nobody was hurt, said the mayor. " * 60
    chunks = chunk_text(text, 100)
    assert all(chunk.text.endswith((". ", ".")) for chunk in chunks)
    assert sum(chunk.tokens for chunk in chunks[:-1]) / (len(chunks) - 1) > 85


def test_a_paragraph_end_is_preferred_where_it_costs_little() -> None:
    sentence = "The river rose by two metres in a night. "
    paragraph = sentence * 9 + "\n\n"
    chunks = chunk_text(paragraph * 4, EXACT.count(paragraph + sentence * 2))
    assert [chunk.text for chunk in chunks] == [paragraph] * 4


def test_a_far_paragraph_end_is_not_worth_half_a_chunk() -> None:
    sentence = "The river rose by two metres in a night. "
    text = sentence * 2 + "\n\n" + sentence * 40
    chunks = chunk_text(text, EXACT.count(sentence * 10))
    assert len(chunks[0].text) > len(sentence) * 8


def test_a_long_sentence_is_cut_at_words() -> None:
    text = " ".join(f"word{number}" for number in range(400))
    chunks = chunk_text(text, 50, sentences=[Span(0, len(text))])
    assert len(chunks) > 10
    assert all(chunk.text.endswith(" ") for chunk in chunks[:-1])


def test_a_giant_grapheme_is_cut_only_as_far_as_it_must() -> None:
    giant = "e" + "\u0301" * 500
    text = f"Before it. {giant} After it, quite a while."
    chunks = chunk_text(text, 30)
    check(text, chunks, 30)
    assert chunks[0].text == "Before it. "


@pytest.mark.parametrize(
    "text",
    [
        "a" * 150_000, "QUJDREVG/+" * 15_000, "河流很长的是不我" * 15_000, "\n" * 150_000,
        " " * 300_000, "👩‍👩‍👧‍👦" * 20_000, "e\u0301\u0302" * 60_000, "e" + "\u0301" * 200_000,
        "แม่น้ำยาว" * 20_000, "!" * 150_000, "🇺🇦" * 50_000, " " * 200_000 + "a" * 100_000,
    ],
    ids=lambda text: ascii(text[:4]),
)  # fmt: skip
def test_no_input_hangs_or_crashes(text: str) -> None:
    start = time.process_time()
    chunks = chunk_text(text, 2_000)
    assert time.process_time() - start < 15
    assert "".join(chunk.text for chunk in chunks) == text
    assert max(chunk.tokens for chunk in chunks) <= 2_000


def test_a_megabyte_takes_seconds_not_minutes() -> None:
    text = "The river rose by two metres overnight. “Nobody was hurt,” said the mayor.\n\n" * 13_000
    start = time.process_time()
    chunks = chunk_text(text, 2_000)
    assert time.process_time() - start < 10
    assert max(chunk.tokens for chunk in chunks) <= 2_000
