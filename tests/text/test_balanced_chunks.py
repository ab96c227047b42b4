"""Balanced chunks: no more of them than are needed, and none of them a stub."""

from __future__ import annotations

import pytest

from summ.model import Span
from summ.text.chunking import chunk_text
from summ.text.sentences import split_sentences
from summ.text.tokens import TokenCounter
from tests.text.chunk_cases import COUNTERS, articles, check
from tests.text.test_sentences import PLAIN

TEXTS = {
    **articles(),
    "flat": " ".join(" ".join(articles().values()).split()),
    **{
        language: ("" if language in {"zh", "ja"} else " ").join([text] * 40)
        for language, text in PLAIN.items()
    },
}


def fewest(text: str, sentences: tuple[Span, ...], budget: int, counter: TokenCounter) -> int:
    """Chunks when each takes as many whole sentences as fit: no way needs fewer."""
    number, start, end = 1, 0, 0
    for sentence in sentences:
        if counter.count(text[start : sentence.end]) > budget:
            number, start = number + 1, end
        end = sentence.end
    return number


@pytest.mark.parametrize("budget", [150, 230, 400, 1100])
@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base"])
def test_there_are_as_many_as_must_be_and_the_last_is_no_stub(name: str, budget: int) -> None:
    counter = COUNTERS[name]
    for text in TEXTS.values():
        sentences = split_sentences(text)
        number = fewest(text, sentences, budget, counter)
        for spans in (None, sentences):
            chunks = chunk_text(text, budget, counter=counter, sentences=spans, balanced=True)
            check(text, chunks, budget, counter)
            assert len(chunks) == number
            mean = sum(chunk.tokens for chunk in chunks) / number
            assert chunks[-1].tokens > 0.6 * mean


def test_all_are_even_where_the_budget_has_room() -> None:
    text = "The river rose by two metres in a night. " * 100
    whole = COUNTERS["o200k_base"].count(text)
    sizes = [chunk.tokens for chunk in chunk_text(text, whole // 3, balanced=True)]
    assert len(sizes) == 4
    assert max(sizes) - min(sizes) < 0.25 * whole / 4


def test_chunks_end_at_paragraphs_where_that_leaves_them_even() -> None:
    paragraph = "The river rose by two metres in a night. " * 5 + "\n\n"
    budget = COUNTERS["o200k_base"].count(paragraph * 5)
    chunks = chunk_text(paragraph * 12, budget, balanced=True)
    assert [chunk.text for chunk in chunks] == [paragraph * 4] * 3


def test_a_text_of_one_chunk_is_left_whole() -> None:
    text = articles()["battery-plant"]
    assert [chunk.text for chunk in chunk_text(text, 4000, balanced=True)] == [text]


@pytest.mark.parametrize("ours", [False, True])
def test_no_sentence_is_cut_to_make_chunks_even(ours: bool) -> None:
    part = "the river rose by two metres in a night and "
    short, long = (f"Then {part * times}it fell. " for times in (3, 8))
    text = short + long + short
    sentences = None if ours else split_sentences(text)
    budget = COUNTERS["o200k_base"].count(short + long)
    chunks = chunk_text(text, budget, sentences=sentences, balanced=True)
    assert [chunk.text for chunk in chunks] == [short + long, short]
