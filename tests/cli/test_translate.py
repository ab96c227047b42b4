"""Whole articles in other languages from the command line, against the scripted endpoint."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from summ.cli.app import app
from summ.glossary import read_glossary
from summ.model import KEPT_MARK
from tests.fake_endpoint import Answer, FakeEndpoint, failing
from tests.pseudo import to_greek, to_ukrainian
from tests.scripted_model import Lines, ScriptedModel, task_of, translated

PLAIN = (
    "The council of Harbourton approved the new ferry on Tuesday.\n\n"
    "Mayor Anna Berg said that the boats would carry lorries again before the summer.\n\n"
    "Critics called the plan too slow, and asked for a second pier."
)
MARKDOWN = """\
# The ferry *returns*

The council of Harbourton approved the new ferry, [the mayor](https://town.example/m) said.

- Boats for lorries and for walkers
- A pier for all of them

```
keep this
```
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the articles are, and the working directory."""
    place = tmp_path / "articles"
    place.mkdir()
    (place / "news.txt").write_text(PLAIN, encoding="utf-8")
    (place / "a.md").write_text(MARKDOWN, encoding="utf-8")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def model(endpoint: FakeEndpoint) -> FakeEndpoint:
    endpoint.respond = answer
    return endpoint


def answer(body: Any) -> Answer:
    """A model that writes Ukrainian, Greek and everything else in letters of theirs."""
    into = to_greek if "into Greek" in body["messages"][-1]["content"] else to_ukrainian

    def translate(lines: Lines) -> dict[str, Any]:
        return translated({number: into(line) for number, line in lines.items()}, lines)

    return ScriptedModel(translate=translate)(body)


def but(wrong: Callable[[str], bool]) -> Callable[[Any], Answer]:
    """The same model, which copies the lines for which `wrong` holds."""

    def translate(lines: Lines) -> dict[str, Any]:
        texts = {
            number: line if wrong(line) else to_ukrainian(line) for number, line in lines.items()
        }
        return translated(texts, lines)

    return ScriptedModel(translate=translate)


def run(
    model: FakeEndpoint, *args: str | Path, stdin: str = "", env: Mapping[str, str] | None = None
) -> Result:
    words = [*map(str, args), "--base-url", model.base_url, "-m", "fake", "--retries", "0"]
    return CliRunner(env={"OPENAI_API_KEY": "sk-test", **(env or {})}).invoke(
        app, words, input=stdin
    )


# --- the text ----------------------------------------------------------------------


def test_standard_output_has_the_text_alone(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "translate", "news.txt", "--to", "uk")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == to_ukrainian(PLAIN)
    assert {task_of(one.body) for one in model.requests} == {"translate"}


def test_markdown_keeps_its_structure(model: FakeEndpoint, folder: Path) -> None:
    text = run(model, "translate", "a.md", "--to", "uk").stdout
    assert text.startswith(f"# {to_ukrainian('The ferry')} *{to_ukrainian('returns')}*\n\n")
    assert f"[{to_ukrainian('the mayor')}](https://town.example/m)" in text
    assert text.endswith("```\nkeep this\n```\n")


def test_the_language_may_come_from_the_environment(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "translate", "-", stdin=PLAIN, env={"SUMM_TO": "Ukrainian"})
    assert result.stdout == to_ukrainian(PLAIN)


def test_an_article_in_that_language_already_stands_as_it_is(
    model: FakeEndpoint, folder: Path
) -> None:
    result = run(model, "translate", "news.txt", "--to", "en")
    assert (result.exit_code, result.stdout) == (0, PLAIN)
    assert "in English already" in result.stderr
    assert model.requests == []


def test_of_several_inputs_notices_name_the_one_that_they_are_about(
    model: FakeEndpoint, folder: Path
) -> None:
    words = ["translate", "news.txt", "-", "--to", "en", "-o", "out/", "-j", "2"]
    assert run(model, *words, stdin=PLAIN).stderr.splitlines() == [
        "summ: news.txt: The article is in English already; nothing to translate.",
        "summ: standard input: The article is in English already; nothing to translate.",
    ]
    assert run(model, "translate", "news.txt", "--to", "en").stderr == (
        "summ: The article is in English already; nothing to translate.\n"
    )


def test_several_languages_follow_each_other(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "translate", "news.txt", "--to", "uk", "--to", "el")
    assert result.exit_code == 0
    assert result.stdout == f"{to_ukrainian(PLAIN)}\n\n---\n\n{to_greek(PLAIN)}"


def test_each_language_of_each_input_has_a_file(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "translate", "news.txt", "a.md", "--to", "uk", "--to", "el", "-o", "out/")
    assert (result.exit_code, result.stdout) == (0, "")
    texts = {path.name: path.read_text(encoding="utf-8") for path in Path("out").glob("[!.]*")}
    assert sorted(texts) == ["a.el.md", "a.uk.md", "news.el.txt", "news.uk.txt"]
    assert texts["news.el.txt"] == to_greek(PLAIN)


def test_json_has_all_languages_and_segments(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "translate", "news.txt", "--to", "uk", "--to", "el", "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert [one["language"] for one in data["translations"]] == ["uk", "el"]
    assert data["summary"] == data["claims"] == []
    for segment in data["translations"][0]["segments"]:
        assert PLAIN[segment["start"] : segment["end"]] == segment["source"]


def test_two_columns(model: FakeEndpoint, folder: Path) -> None:
    for words in (["--bilingual", "news.txt"], ["--bilingual=table", "news.txt"]):
        result = run(model, "translate", *words, "--to", "uk")
        assert result.exit_code == 0
        assert result.stdout.startswith("| English | Українська |\n| --- | --- |\n| The council")
    stacked = run(model, "translate", "news.txt", "--bilingual=stack", "--to", "uk").stdout
    assert stacked.index("The council") < stacked.index(to_ukrainian("The council"))


def test_a_report_with_the_whole_text(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "news.txt", "--to", "uk", "--full-text", "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["summary"]
    assert data["claims"]
    assert data["translations"][0]["text"] == to_ukrainian(PLAIN)
    short = json.loads(run(model, "summary", "news.txt", "--to", "uk", "--json").stdout)
    assert short["translations"][0]["text"] is None


def test_a_switch_in_the_environment_waits_for_a_language(
    model: FakeEndpoint, folder: Path
) -> None:
    assert run(model, "news.txt", env={"SUMM_FULL_TEXT": "yes"}).exit_code == 0
    result = run(model, "news.txt", "--to", "uk", "--json", env={"SUMM_FULL_TEXT": "yes"})
    assert json.loads(result.stdout)["translations"][0]["text"]


def test_a_plan_sends_nothing(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "translate", "-n", "news.txt", "--to", "uk", "--save-glossary", "g.csv")
    assert result.exit_code == 0
    assert "translate 1" in result.stdout
    assert model.requests == []
    assert not Path("g.csv").exists()


# --- what can't be meant -----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["translate", "news.txt"], "--to"),
        (["news.txt", "--full-text"], "--full-text needs a language"),
        (["summary", "news.txt", "--glossary", "g.csv"], "--glossary needs a language"),
        (["news.txt", "--save-glossary", "g.csv"], "--save-glossary needs a language"),
        (["news.txt", "--to", "uk", "--bilingual"], "--bilingual"),
        (["translate", "news.txt", "--to", "uk", "--bilingual", "--json"], "-f md"),
        (["translate", "news.txt", "--to", "uk", "--bilingual=side"], "table or stack"),
        (["translate", "news.txt", "--to", "uk", "--claims", "3"], "--claims"),
        (["translate", "news.txt", "--to", "uk", "--full-text"], "always translates the whole"),
        (["translate", "--no-full-text", "news.txt", "--to", "uk"], "Leave out --no-full-text"),
        (["translate", "news.txt", "--to", "pt,fr"], "Repeat --to for several languages"),
        (["news.txt", "--to", "uk", "--to", "pt, fr"], "Repeat --to for several languages"),
        (["translate", "news.txt", "--to", "uk", "--length", "3"], "--length"),
        (["translate", "news.txt", "--to", "uk", "--to", "el", "-o", "all.txt"], "-o DIR/"),
        (["translate", "news.txt", "a.md", "--to", "uk", "--json"], "-f ndjson"),
        (["translate", "news.txt", "--to", "uk", "--save-glossary", "news.txt"], "write over"),
    ],
)
def test_usage_errors_are_one_line(
    model: FakeEndpoint, folder: Path, words: list[str], told: str
) -> None:
    result = run(model, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert told in result.stderr
    assert model.requests == []


def test_after_a_double_dash_there_are_files(model: FakeEndpoint, folder: Path) -> None:
    result = run(model, "translate", "--to", "uk", "--base-url", "x", "--", "--bilingual")
    assert "table" not in result.stderr


# --- what went wrong ---------------------------------------------------------------


def test_what_stands_in_the_source_language_is_marked_and_told(
    endpoint: FakeEndpoint, folder: Path
) -> None:
    endpoint.respond = but(lambda line: "Mayor" in line)
    result = run(endpoint, "translate", "news.txt", "--to", "uk")
    assert result.exit_code == 0
    assert f"\n{KEPT_MARK}Mayor Anna Berg" in result.stdout
    assert result.stderr == (
        "summ: news.txt → uk: 1 of 3 segments could not be translated and stands in the source "
        "language, marked ⚠ (line 3).\n"
    )
    assert run(endpoint, "translate", "-q", "news.txt", "--to", "uk").stderr == ""
    strict = run(endpoint, "translate", "news.txt", "--to", "uk", "--strict")
    assert (strict.exit_code, strict.stdout) == (7, result.stdout)
    loud = run(endpoint, "translate", "-v", "news.txt", "--to", "uk")
    assert "summ: news.txt → uk, line 3: " in loud.stderr


def test_no_translation_at_all_is_the_error_that_it_is(
    endpoint: FakeEndpoint, folder: Path
) -> None:
    endpoint.respond = lambda _: failing(500, "it broke")
    result = run(endpoint, "translate", "news.txt", "--to", "uk", "--to", "el")
    assert (result.exit_code, result.stdout) == (4, "")


@pytest.mark.parametrize("more", [[], ["--json"], ["-o", "out/"]])
def test_one_of_two_languages_fails(endpoint: FakeEndpoint, folder: Path, more: list[str]) -> None:
    endpoint.respond = lambda body: (
        failing(500, "it broke") if "Greek" in body["messages"][-1]["content"] else answer(body)
    )
    result = run(endpoint, "translate", "news.txt", "--to", "el", "--to", "uk", *more)
    assert result.exit_code == 8
    assert "No translation into Greek" in result.stderr
    assert "1 translation(s) failed" in result.stderr
    if not more:
        assert result.stdout == to_ukrainian(PLAIN)
    if more == ["-o", "out/"]:
        assert [path.name for path in Path("out").iterdir()] == ["news.uk.txt"]


# --- terms -------------------------------------------------------------------------


def test_terms_are_kept_for_the_next_time(model: FakeEndpoint, folder: Path) -> None:
    Path("g.csv").write_text(f"ferry,{to_ukrainian('ferry')},the boat\n", encoding="utf-8")
    words = ["--to", "uk", "--glossary", "g.csv", "--save-glossary", "new.csv"]
    for command in (["translate", "news.txt", "-o", "x.txt"], ["summary", "news.txt"]):
        assert run(model, *command, *words).exit_code == 0
        (term, *_) = read_glossary(Path("new.csv"))
        assert (term.source, term.target, term.note) == ("ferry", to_ukrainian("ferry"), "the boat")
        Path("new.csv").unlink()


@pytest.mark.parametrize(
    ("name", "data"), [("none.csv", None), ("bad.csv", b"one cell\n"), ("bin.csv", b"\0\1")]
)
def test_a_glossary_that_can_not_be_used(
    model: FakeEndpoint, folder: Path, name: str, data: bytes | None
) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    result = run(model, "translate", "news.txt", "--to", "uk", "--glossary", name)
    assert result.exit_code == 3
    assert name in result.stderr
    assert result.stderr.count("\n") == 1
    assert model.requests == []
