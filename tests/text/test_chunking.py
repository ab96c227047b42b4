"""Chunks cover the text, in order, within a hard budget, and split no grapheme."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import UsageError
from summ.model import Chunk, Span
from summ.text.chunking import chunk_text
from tests.text.chunk_cases import COUNTERS, EXACT, MIXED, articles, check, tiled

any_counter = pytest.mark.parametrize("name", COUNTERS)


@any_counter
@given(text=MIXED, budget=st.integers(16, 80))
@settings(max_examples=100, deadline=None)
def test_promises_hold_with_our_own_sentences(name: str, text: str, budget: int) -> None:
    counter = COUNTERS[name]
    check(text, chunk_text(text, budget, counter=counter), budget, counter)


@any_counter
@given(pair=tiled(), budget=st.integers(16, 60))
@settings(max_examples=100, deadline=None)
def test_promises_hold_with_any_sentences(
    name: str, pair: tuple[str, list[Span]], budget: int
) -> None:
    text, sentences = pair
    counter = COUNTERS[name]
    check(text, chunk_text(text, budget, counter=counter, sentences=sentences), budget, counter)


@any_counter
@given(pair=tiled(), budget=st.integers(16, 60), ours=st.booleans())
@settings(max_examples=100, deadline=None)
def test_promises_hold_when_balanced(
    name: str, pair: tuple[str, list[Span]], budget: int, ours: bool
) -> None:
    text, sentences = pair
    counter, given_ = COUNTERS[name], None if ours else sentences
    chunks = chunk_text(text, budget, counter=counter, sentences=given_, balanced=True)
    check(text, chunks, budget, counter)


@any_counter
@given(pair=tiled(), ours=st.booleans(), balanced=st.booleans(), budget=st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_the_smallest_budgets_hold_or_are_refused(
    name: str, pair: tuple[str, list[Span]], ours: bool, balanced: bool, budget: int
) -> None:
    text, sentences = pair
    counter, given_ = COUNTERS[name], None if ours else sentences
    try:
        chunks = chunk_text(text, budget, counter=counter, sentences=given_, balanced=balanced)
    except UsageError as error:
        assert "budget" in str(error)  # noqa: PT017 (either outcome is right)
        assert max(counter.count(character) for character in text) > budget
    else:
        check(text, chunks, budget, counter)


@any_counter
@pytest.mark.parametrize("balanced", [False, True])
def test_promises_hold_on_prose(name: str, balanced: bool) -> None:
    text, counter = "\n\n\n".join(articles().values()), COUNTERS[name]
    for budget in (60, 300, 1500):
        check(text, chunk_text(text, budget, counter=counter, balanced=balanced), budget, counter)


def test_an_empty_text_has_no_chunks() -> None:
    assert chunk_text("", 10) == []
    assert chunk_text("", 10, sentences=[], balanced=True) == []


@pytest.mark.parametrize("budget", [0, -3])
@pytest.mark.parametrize("text", ["text", ""])
def test_a_budget_below_one_is_refused(text: str, budget: int) -> None:
    with pytest.raises(UsageError):
        chunk_text(text, budget)


def test_a_character_above_the_budget_is_refused() -> None:
    with pytest.raises(UsageError, match="budget"):
        chunk_text("𒀀𒀁", 1)


@pytest.mark.parametrize("budget", [2, 1000])
@pytest.mark.parametrize(
    "sentences", [[], [Span(0, 5)], [Span(1, 30)], [Span(0, 10), Span(11, 30)], [Span(0, 40)]]
)
def test_sentences_that_do_not_tile_are_refused(sentences: list[Span], budget: int) -> None:
    with pytest.raises(UsageError, match="tile"):
        chunk_text("abcdefghi " * 3, budget, sentences=sentences)


def test_sentences_of_an_empty_text_are_none() -> None:
    with pytest.raises(UsageError, match="tile"):
        chunk_text("", 10, sentences=[Span(0, 1)])


def test_what_looks_like_a_special_token_is_text() -> None:
    text = "Before it. <|endoftext|> <|fim_prefix|> <|endofprompt|> After it. " * 20
    for counter in COUNTERS.values():
        check(text, chunk_text(text, 50, counter=counter), 50, counter)


def pickled(chunk: Chunk) -> Chunk:
    return pickle.loads(pickle.dumps(chunk))  # type: ignore[no-any-return]


class TestATextThatSurelyFits:
    """Its one chunk is counted when `tokens` is looked at, and is like any other."""

    TEXT = "One. Two. Three."
    COUNTED = Chunk(TEXT, 0, 16, 6)

    def test_is_one_chunk(self) -> None:
        assert chunk_text(self.TEXT, 100) == [self.COUNTED]
        assert chunk_text(self.TEXT, 100, balanced=True, sentences=[Span(0, 16)]) == [self.COUNTED]
        assert chunk_text(self.TEXT, 100)[0].span == Span(0, 16)

    @pytest.mark.parametrize("name", COUNTERS)
    def test_its_count_is_exact(self, name: str) -> None:
        counter = COUNTERS[name]
        (chunk,) = chunk_text(self.TEXT, 100, counter=counter)
        assert chunk.tokens == counter.count(self.TEXT)

    def test_is_equal_and_hashes_alike(self) -> None:
        (chunk,) = chunk_text(self.TEXT, 100)
        assert chunk == self.COUNTED
        assert hash(chunk) == hash(self.COUNTED)
        assert chunk != replace(self.COUNTED, tokens=5)

    @pytest.mark.parametrize("made_of", [pickled, copy.copy, copy.deepcopy, replace])
    def test_is_copied_and_kept_as_any_other(self, made_of: Callable[[Chunk], Chunk]) -> None:
        (chunk,) = chunk_text(self.TEXT, 100)
        assert made_of(chunk) == self.COUNTED

    def test_is_shown_and_replaced_as_any_other(self) -> None:
        assert repr(chunk_text(self.TEXT, 100)[0]) == repr(self.COUNTED)
        (chunk,) = chunk_text(self.TEXT, 100)
        assert replace(chunk, text="One. ", end=5, tokens=3) == Chunk("One. ", 0, 5, 3)

    def test_can_not_be_changed(self) -> None:
        (chunk,) = chunk_text(self.TEXT, 100)
        with pytest.raises(AttributeError):
            chunk.tokens = 3  # type: ignore[misc]
        with pytest.raises(AttributeError):
            chunk.colour  # type: ignore[attr-defined]  # noqa: B018

    def test_does_not_load_the_tokenizer_before(self) -> None:
        program = (
            "import sys\n"
            "import summ\n"
            "from summ.text.tokens import counter_for\n"
            "chunks = summ.chunk_text('A text. Another one.', 20)\n"
            "more = summ.chunk_text('Привіт.', 60, counter=counter_for('llama3'), balanced=True)\n"
            "assert len(chunks) == len(more) == 1\n"
            "print('tiktoken' in sys.modules, chunks[0].tokens, 'tiktoken' in sys.modules)\n"
        )
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert run.stdout.split() == ["False", str(EXACT.count("A text. Another one.")), "True"]
