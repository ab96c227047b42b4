"""Markdown on standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import summ
from summ.cli.app import app
from summ.cli.naming import own_suffix
from tests.cli.test_translate import MARKDOWN, PLAIN, answer, run
from tests.fake_endpoint import FakeEndpoint
from tests.pseudo import to_ukrainian


@pytest.fixture
def model(endpoint: FakeEndpoint) -> FakeEndpoint:
    endpoint.respond = answer
    return endpoint


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_its_structure_is_kept(model: FakeEndpoint) -> None:
    result = run(model, "translate", "--markdown", "--to", "uk", stdin=MARKDOWN)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"# {to_ukrainian('The ferry')} *")
    assert result.stdout.endswith("```\nkeep this\n```\n")
    as_plain = run(model, "translate", "--to", "uk", stdin=MARKDOWN).stdout
    assert to_ukrainian("keep this") in as_plain


def test_its_translation_has_the_suffix_of_markdown(model: FakeEndpoint, folder: Path) -> None:
    (folder / "b.txt").write_text(PLAIN, encoding="utf-8")
    words = ["translate", "--markdown", "-", "b.txt", "--to", "uk", "-o", "out/"]
    assert run(model, *words, stdin=MARKDOWN).exit_code == 0
    assert sorted(path.name for path in Path("out").glob("[!.]*")) == ["b.uk.txt", "stdin.uk.md"]
    assert (own_suffix("stdin.md"), own_suffix("README"), own_suffix("a.?")) == (
        ".md",
        ".txt",
        ".txt",
    )


@pytest.mark.parametrize("command", ["report", "summary", "claims"])
def test_reports_know_what_they_read(model: FakeEndpoint, command: str) -> None:
    result = run(model, command, "-", "--markdown", "--json", stdin=MARKDOWN)
    source = json.loads(result.stdout)["source"]
    assert (source["media_type"], source["title"]) == ("text/markdown", "The ferry *returns*")


def test_plans_and_chunks_know_what_they_read(model: FakeEndpoint) -> None:
    words = ["translate", "--to", "uk", "-n", "--json"]
    markdown, plain = (
        json.loads(run(model, *words, *more, stdin=MARKDOWN).stdout)
        for more in (["--markdown"], [])
    )
    assert markdown["prompt_tokens"]["most"] < plain["prompt_tokens"]["most"], "without the code"
    assert model.requests == []
    chunks = CliRunner().invoke(app, ["chunk", "--markdown", "--json"], input=MARKDOWN)
    assert json.loads(chunks.stdout)["source"]["media_type"] == "text/markdown"


@pytest.mark.parametrize("words", [["translate", "--to", "uk"], ["report"], ["summary"]])
def test_it_says_nothing_of_files(model: FakeEndpoint, folder: Path, words: list[str]) -> None:
    (folder / "b.txt").write_text(PLAIN, encoding="utf-8")
    result = run(model, *words, "--markdown", "b.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "standard input" in result.stderr
    assert "Name a file .md" in result.stderr
    assert result.stderr.count("\n") == 1
    assert model.requests == []


@pytest.mark.parametrize(("made_of", "checked_with"), [("-", "a.md"), ("a.md", "-")])
def test_a_report_is_checked_as_it_read_its_article(
    model: FakeEndpoint, folder: Path, made_of: str, checked_with: str
) -> None:
    (folder / "a.md").write_text(MARKDOWN, encoding="utf-8")
    more = ["--markdown"] if made_of == "-" else []
    words = ["translate", made_of, *more, "--to", "uk", "--json", "-o", "r.json"]
    assert run(model, *words, stdin=MARKDOWN).exit_code == 0
    done = CliRunner().invoke(app, ["verify", "r.json", checked_with], input=MARKDOWN)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "4 segments of the translation into Ukrainian" in done.stdout


def test_python_reads_markdown_of_a_text(model: FakeEndpoint) -> None:
    report = summ.summarize(MARKDOWN, markdown=True, base_url=model.base_url, model="m")
    assert (report.source.media_type, report.source.title) == (
        "text/markdown",
        "The ferry *returns*",
    )
