"""Markdown that is about to be read as plain text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from summ.cli.app import app
from summ.cli.looks import looks_like_markdown
from tests.cli.test_translate import MARKDOWN, PLAIN, run
from tests.cli.test_translate import model as model
from tests.fake_endpoint import FakeEndpoint

KINDS = {
    "heading": "# The ferry\n",
    "code": "```\nkeep\n```\n",
    "link": "So [the mayor](https://town.example/m) said.\n",
    "definition": "[town]: https://town.example\n",
    "table": "| Room | Price |\n|------|------:|\n| Loft | 30 |\n",
    "note": "It was late.[^1]\n",
    "strong": "It was **very late** again.\n",
    "settings": "---\ntitle: The ferry\n---\n",
}
ORDINARY = {
    "news": PLAIN,
    "a hash": "# 1 in the charts, for the third week.\n\nShe is #1, he wrote. #ferry #pier\n",
    "stars": "Prices rose.* The old ** and new ** are both meant. 2 ** 3 is 8.\n\n* Without tax.\n",
    "a divider": "One.\n\n* * *\n\n***\n\n-----\n\nTwo.\n\n=====\n",
    "a dialogue": "- Who is there?\n- I am.\n- Come in!\n",
    "a mail": "> On Monday you wrote:\n>> Where is it?\n\nHere.\n\n-- \nAnna\n",
    "brackets": "He [the mayor] (born 1960) left. See [1] and [2](and 3).\n\n[1] The first.\n",
    "a bare table": "Room | Price\n-----+------\nLoft | 30\n",
    "one kind": "It was **very late**, and **very dark**.\n",
    "headings of one level": "# One\n\nText.\n\n# Two\n\nText.\n",
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "settings"])
def test_marks_of_two_kinds_are_markdown_and_of_one_are_not(kind: str) -> None:
    assert not looks_like_markdown(KINDS[kind])
    for other in KINDS:
        if other != kind and {kind, other} != {"link", "definition"}:
            assert looks_like_markdown(f"{KINDS[other]}\n{PLAIN}\n\n{KINDS[kind]}"), other


def test_headings_of_two_levels_are_markdown() -> None:
    assert looks_like_markdown(f"# The ferry\n\n{PLAIN}\n\n## The pier\n\n{PLAIN}\n")


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_text_is_not(kind: str) -> None:
    assert not looks_like_markdown(ORDINARY[kind])


@given(st.text(alphabet="#*[]()^|-:`~ \na\ud800\u202e\x00"))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(looks_like_markdown(text), bool)


RUNS = "# | # |* | **a|**a |[ |[^|]( | - | \n[a|--- \n|`|:-\n|\t|a\t"


@pytest.mark.parametrize("piece", [*RUNS.split("|"), "|", "-|", "|-\n"])
def test_long_runs_take_no_time(piece: str) -> None:
    start = time.perf_counter()
    looks_like_markdown(piece * 100_000)
    assert time.perf_counter() - start < 1


# --- where it is told --------------------------------------------------------------

OF_STDIN = "summ: standard input looks like Markdown; --markdown reads it as such.\n"


@pytest.mark.parametrize("words", [["translate", "--to", "uk"], ["translate", "-n", "--to", "uk"]])
def test_standard_input_is_told_once(model: FakeEndpoint, words: list[str]) -> None:
    assert run(model, *words, stdin=MARKDOWN).stderr == OF_STDIN
    assert run(model, *words, "--markdown", stdin=MARKDOWN).stderr == ""
    assert run(model, *words, "-q", stdin=MARKDOWN).stderr == ""
    assert run(model, *words, stdin=PLAIN).stderr == ""


def test_a_file_can_be_named_for_what_it_is(
    model: FakeEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "a.md"):
        Path(name).write_text(MARKDOWN, encoding="utf-8")
    told = "summ: a.txt looks like Markdown; named .md, it is read as such.\n"
    assert run(model, "translate", "a.txt", "a.md", "--to", "uk").stderr == told
    assert run(model, "translate", "a.txt", "--markdown", "--to", "uk").exit_code == 2


def test_chunks_tell_it_too() -> None:
    result = CliRunner().invoke(app, ["chunk"], input=MARKDOWN)
    assert (result.exit_code, result.stderr) == (0, OF_STDIN)
