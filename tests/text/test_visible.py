"""Markdown as its reader sees it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.text.visible import visible_blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One *fact*,\nand `more` of it.", [("One fact,\nand more of it.", "prose")]),
        ("# A title\n\nAnother\n===", [("A title", "title"), ("Another", "title")]),
        ("**All** __bold__\n\n**Not** all", [("All bold", "title"), ("Not all", "prose")]),
        (
            "- one\n  - two\n\n    three\n- [x] four",
            [("one", "prose"), ("two", "prose"), ("three", "prose"), ("four", "prose")],
        ),
        ("- one\n  # Two", [("one", "prose"), ("Two", "title")]),
        ("> [!NOTE]\n> a ~~b~~ c", [("a b c", "prose")]),
        (
            "| a | b |\n|---|---|\n| c *d* | **e** |\n| | f |\n",
            [("a | b", "head"), ("c d | e", "prose"), ("f", "prose")],
        ),
        ("```py\ncode\n```\n\n    more", [("code\n", "verbatim"), ("more", "verbatim")]),
        ("![not *seen*](x.png) seen [too](y) <b>here</b>&amp;\\*", [(" seen too here&*", "prose")]),
        ("Read <https://x.example/a>.", [("Read https://x.example/a.", "prose")]),
        ("<!-- hidden\n\nhidden -->\n\n<script>\nhidden\n</script>", []),
        ("text\ud800\n\n***\n", [("text", "prose")]),
    ],
)
def test_blocks_show_words(text: str, blocks: list[tuple[str, str]]) -> None:
    assert [(one.words, one.look) for one in visible_blocks(text)] == blocks


def test_words_in_html_are_seen() -> None:
    (block,) = visible_blocks("<div class='x'>\nThe pier &amp; the <i>bridge</i>\n</div>\n")
    assert (" ".join(block.words.split()), block.look) == ("The pier & the bridge", "verbatim")


@pytest.mark.parametrize("text", ["---\nkey: words\n---", "Say.\n\n---\nwords\n---"])
def test_nothing_hides_words_that_a_reader_may_see(text: str) -> None:
    assert "words" in visible_blocks(text)[-1].words


@given(st.text(st.characters(codec=None)) | st.text("#*_`>-|[]()!<&;\\ \nab1.~"))
def test_whatever_comes_no_block_is_blank(text: str) -> None:
    assert all(one.words.strip() for one in visible_blocks(text))


@pytest.mark.parametrize("text", ["- " * 50_000, "<" * 100_000, "**a" * 40_000, "|a" * 50_000])
def test_hostile_markdown_takes_linear_time(text: str) -> None:
    started = time.process_time()
    visible_blocks(text)
    assert time.process_time() - started < 3
