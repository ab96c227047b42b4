"""Lines with tags cut into sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from summ.text.cutting import sentences_of, whole_sentences
from summ.text.tagged import has_letters, parents
from tests.test_by_sentence import NESTED, tagged_lines


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("One fact. Another! No stop", ["One fact.", "Another!", "No stop"]),
        ("A <g1>first. A second.</g1> A third.", ["A <g1>first. A second.</g1>", "A third."]),
        ("see <g1>First. Second</g1> and third", ["see <g1>First. Second</g1> and third"]),
        ("<g1>One.</g1> <g2>Two.</g2>", ["<g1>One.</g1>", "<g2>Two.</g2>"]),
        ("It was cold.<x1/> It rained.<x2/>", ["It was cold.<x1/>", "It rained.<x2/>"]),
        ("It ended. <x1/> began. <x2/>", ["It ended.", "<x1/> began. <x2/>"]),
        ("Town Hall<x1/>High Street. Next.", ["Town Hall<x1/>High Street.", "Next."]),
        ("第一句。<g1>第二句。</g1>第三句。", ["第一句。", "<g1>第二句。</g1>", "第三句。"]),
        ("<g1>torn. Apart.", ["<g1>torn. Apart."]),
        ("<x1/>", ["<x1/>"]),
        ("", []),
    ],
)
def test_a_sentence_is_whole_with_its_markup(line: str, sentences: list[str]) -> None:
    assert whole_sentences(line) == sentences


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("One. <g1>Two. Three.</g1>", ["One. ", "<g1>", "Two. ", "Three.", "</g1>"]),
        ("It <g1>is</g1>. Two.", ["It <g1>is</g1>. ", "Two."]),
        ("Hall<x1/>Street", ["Hall", "<x1/>", "Street"]),
        ("<g1>torn", ["<g1>", "torn"]),
    ],
)
def test_a_pair_over_several_sentences_is_opened(line: str, pieces: list[str]) -> None:
    assert sentences_of(line) == pieces


@given(tagged_lines())
def test_nothing_is_lost_and_no_pair_is_torn(line: str) -> None:
    assert "".join(sentences_of(line)) == line
    pieces = whole_sentences(line)
    assert "".join("".join(pieces).split()) == "".join(line.split())
    assert all(parents(piece) is not None for piece in pieces)
    if len(pieces) > 1 and has_letters(line):
        assert all(any(map(str.isalnum, piece)) for piece in pieces)


@pytest.mark.parametrize(
    "line",
    [NESTED, "<g1>" * 50_000, "a. " * 40_000, "".join(f"<x{n}/>. " for n in range(20_000))],
)  # fmt: skip
def test_hostile_lines_take_linear_time(line: str) -> None:
    started = time.process_time()
    sentences_of(line)
    whole_sentences(line)
    assert time.process_time() - started < 4
