"""Tags that stand for inline markup."""

from __future__ import annotations

import time

import pytest

from summ.text.tags import is_balanced, tags_of, without_tags


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No tags at all", "No tags at all"),
        ("See <g1>the manual</g1>, or <x2/> for more", "See the manual, or for more"),
        ("<x1/> alone at the edge <x2/>", "alone at the edge"),
        ("<b>bold</b> is no tag of ours", "<b>bold</b> is no tag of ours"),
        ("Town Hall<x1/>High <g2>Street</g2><x3/>.", "Town Hall High Street."),
        ("re<g1>open</g1>ed<x2/><g3><x4/>today</g3>", "reopened today"),
        ("", ""),
    ],
)
def test_words_are_what_stands_outside_tags(text: str, words: str) -> None:
    assert without_tags(text) == words


def test_tags_are_found_in_their_order() -> None:
    assert tags_of("<g2>a<x1/></g2> <g> <x/> <x3>") == ["<g2>", "<x1/>", "</g2>"]


@pytest.mark.parametrize(
    ("source", "target", "balanced"),
    [
        ("plain", "einfach", True),
        ("<g1>a</g1> <x2/>", "<x2/> <g1>b</g1>", True),  # another order of words
        ("<g1>a</g1> <g2>b</g2>", "<g2>b <g1>a</g1></g2>", True),
        ("<g1>a</g1> <g2>b</g2>", "<g2>b <g1>a</g2></g1>", False),  # crossed
        ("<g1>a</g1>", "</g1>a<g1>", False),
        ("<g1>a</g1>", "<g1>a", False),
        ("<x1/>", "", False),
        ("<x1/>", "<x1/> <x1/>", False),
        ("plain", "<x1/>", False),
        ("<x1/>", "<x2/>", False),
    ],
)
def test_a_target_has_each_tag_once_and_nested(source: str, target: str, balanced: bool) -> None:
    assert is_balanced(source, target) is balanced


def test_many_tags_take_linear_time() -> None:
    text = "".join(f"<g{n}>" for n in range(1, 50_000)) + "<g" * 50_000
    start = time.perf_counter()
    assert not is_balanced(text, text)
    assert time.perf_counter() - start < 2
