"""Where chunks end: at sections, paragraphs and sentences first, and how full that leaves them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.model import Span
from summ.text._sentence_ends import SentenceEnds
from summ.text.chunking import chunk_text
from summ.text.sentences import split_sentences
from tests.text.chunk_cases import COUNTERS, EXACT, PROSE, articles, check, tiled
from tests.text.sentence_cases import CASES, read
from tests.text.test_sentences import PLAIN

SENTENCE = "The river rose by two metres in a night. "
CLEAN = st.lists(st.sampled_from(PROSE), max_size=60).map("".join)


def test_chunks_end_at_sentences_and_are_well_filled() -> None:
    text = "The river rose by two metres overnight. Nobody was hurt, said the mayor. " * 60
    chunks = chunk_text(text, 100)
    assert all(chunk.text.endswith((". ", ".")) for chunk in chunks)
    assert sum(chunk.tokens for chunk in chunks[:-1]) / (len(chunks) - 1) > 85


@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base"])
@given(pair=tiled(CLEAN), budget=st.integers(16, 60))
@settings(max_examples=100, deadline=None)
def test_given_sentences_are_not_cut_where_one_ends_in_the_second_half(
    name: str, pair: tuple[str, list[Span]], budget: int
) -> None:
    text, sentences = pair
    counter, ends = COUNTERS[name], {span.end for span in sentences}
    for chunk in chunk_text(text, budget, counter=counter, sentences=sentences):
        if chunk.end not in ends:
            room = counter.prefix(text[chunk.start :], budget)
            places = range(chunk.start + (room + 1) // 2, chunk.start + room + 1)
            late = [text[chunk.start : end] for end in ends.intersection(places)]
            assert all(counter.count(piece) > budget for piece in late)


def test_given_sentences_hold_in_white_space() -> None:
    text = "One." + " \n" * 300 + "Two."
    sentences = [Span(0, 100), Span(100, len(text))]
    ends = [chunk.end for chunk in chunk_text(text, 40, sentences=sentences)]
    assert 100 in ends


def test_a_long_sentence_is_cut_at_words() -> None:
    text = " ".join(f"word{number}" for number in range(400))
    chunks = chunk_text(text, 50, sentences=[Span(0, len(text))])
    assert len(chunks) > 10
    assert all(chunk.text.endswith(" ") for chunk in chunks[:-1])


@pytest.mark.parametrize(
    ("unit", "end"),
    [("one two three four\n", "\n"), ("one two, three four ", ", "), ("河流很长，山很高", "，")],
    ids=["line", "clause", "clause in Chinese"],
)
def test_without_sentences_it_ends_after_a_line_or_clause(unit: str, end: str) -> None:
    text = unit * 60
    chunks = chunk_text(text, 40, sentences=[Span(0, len(text))])
    assert all(chunk.text.endswith(end) for chunk in chunks[:-1])


@pytest.mark.parametrize("line", ["\r\n", "\n"])
def test_a_line_end_is_whole(line: str) -> None:
    text = f"one two three four{line}" * 100
    for budget in range(5, 40):
        for chunk in chunk_text(text, budget):
            assert not (chunk.text.endswith("\r") and text[chunk.end : chunk.end + 1] == "\n")


def test_a_giant_grapheme_is_cut_only_as_far_as_it_must() -> None:
    giant = "e" + "\u0301" * 500
    text = f"Before it. {giant} After it, quite a while."
    chunks = chunk_text(text, 30)
    check(text, chunks, 30)
    assert chunks[0].text == "Before it. "


class TestParagraphsAndSections:
    def test_a_paragraph_end_is_preferred_where_it_costs_little(self) -> None:
        paragraph = SENTENCE * 9 + "\n\n"
        chunks = chunk_text(paragraph * 4, EXACT.count(paragraph + SENTENCE * 2))
        assert [chunk.text for chunk in chunks] == [paragraph] * 4

    def test_a_far_paragraph_end_is_not_worth_half_a_chunk(self) -> None:
        text = SENTENCE * 2 + "\n\n" + SENTENCE * 40
        chunks = chunk_text(text, EXACT.count(SENTENCE * 10))
        assert len(chunks[0].text) > len(SENTENCE) * 8

    @pytest.mark.parametrize("gap", ["\n\n## Another one\n\n", "\n\n\n"])
    def test_a_section_is_worth_a_third(self, gap: str) -> None:
        first, rest = SENTENCE * 15, SENTENCE * 30
        text = first + gap + rest
        (chunk, *_) = chunk_text(text, EXACT.count(SENTENCE * 20))
        assert chunk.text == first + gap[: len(gap) - len(gap.lstrip())]

    @pytest.mark.parametrize("gap", ["\n\n## Another one\n\n", "\n\n\n"])
    def test_a_section_is_not_worth_a_half(self, gap: str) -> None:
        first, rest = SENTENCE * 10, SENTENCE * 30
        text = first + gap + rest
        (chunk, *_) = chunk_text(text, EXACT.count(SENTENCE * 20))
        assert len(chunk.text) > len(SENTENCE) * 18

    @pytest.mark.parametrize("heading", ["## What the river did", "What the river did"])
    def test_no_chunk_ends_with_a_heading(self, heading: str) -> None:
        text = f"{SENTENCE * 3}\n\n{heading}\n\n" * 40
        for budget in range(40, 140, 7):
            for balanced in (False, True):
                for chunk in chunk_text(text, budget, balanced=balanced)[:-1]:
                    assert not chunk.text.rstrip().endswith(heading)

    def test_a_paragraph_a_line(self) -> None:
        paragraph = SENTENCE * 9 + "\n"
        chunks = chunk_text(paragraph * 4, EXACT.count(paragraph + SENTENCE * 2))
        assert [chunk.text for chunk in chunks] == [paragraph] * 4


def ends_both_ways(text: str) -> tuple[set[int], set[int]]:
    """The ends of sentences, looked for one by one from the right, and in one pass."""
    ends, found, most = SentenceEnds(text), set(), len(text) - 1
    while place := ends.last(1, most):
        found.add(place)
        most = place - 1
    return found, {span.end for span in split_sentences(text)[:-1]}


class TestSentenceEnds:
    """A single end, looked for from the right, is one that the whole pass finds."""

    @pytest.mark.parametrize("language", PLAIN)
    def test_on_plain_prose(self, language: str) -> None:
        space = "" if language in {"zh", "ja"} else " "
        found, expected = ends_both_ways(space.join([PLAIN[language]] * 3))
        assert found == expected
        assert len(found) > 10

    @pytest.mark.parametrize("name", articles())
    @pytest.mark.parametrize("flat", [False, True])
    def test_on_articles(self, name: str, flat: bool) -> None:
        text = articles()[name].strip()
        found, expected = ends_both_ways(" ".join(text.split()) if flat else text)
        assert found <= expected
        assert len(expected - found) <= 1

    def test_on_hard_cases(self) -> None:
        # The only ones where it may be wrong: what stands before a sentence is guessed.
        both = [ends_both_ways(read(case)[0]) for cases in CASES.values() for case in cases]
        wrong = sum(len(found - expected) for found, expected in both)
        missed = sum(len(expected - found) for found, expected in both)
        right = sum(len(found & expected) for found, expected in both)
        assert wrong <= 0.01 * right
        assert missed <= 0.05 * right
