"""`--dry-run`: the plan as text and JSON; nothing is opened, sent or even loaded for it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from summ.cli.app import app
from tests.cli.helpers import clean_env
from tests.cli.test_startup import NETWORK
from tests.documents import EN
from tests.long_texts import harbour

NOWHERE = "http://nowhere.invalid/v1"


@pytest.fixture(autouse=True)
def _no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even on loopback."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a dry run opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "news.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "book.txt").write_text(harbour(250), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, stdin: str = "", model: str = "gpt-4o", base_url: str = NOWHERE) -> Result:
    words = ["-n", *args, "--base-url", base_url, "-m", model]
    return CliRunner().invoke(app, words, input=stdin)


NEWS = """\
Model gpt-4o at http://nowhere.invalid/v1, with a context of 128,000 tokens as far as is known.

news.txt
  text        94 tokens, 7 sentences
  chunks      1, the largest of 94 tokens
  calls       2 (summary 1, claims 1)
  prompt      792 tokens
  completion  288 to 2,240 tokens
  cost        unknown: no price is known for this model there

Nothing was sent. Retries, and what has to be asked again, come on top.
"""


def without_prompts(text: str) -> str:
    """The text without the size of the prompts: their words may change."""
    return re.sub(r"(?m)^(  prompt +)\d+", r"\1…", text)


def test_the_plan_as_text(folder: Path) -> None:
    result = run("news.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert without_prompts(result.stdout) == without_prompts(NEWS)


@pytest.mark.parametrize("flag", ["-n", "--dry-run"])
def test_standard_input_and_the_other_commands(folder: Path, flag: str) -> None:
    for command, calls in [("report", 2), ("summary", 1), ("claims", 1)]:
        words = [command, "-", flag, "--json", "--base-url", NOWHERE, "-m", "gpt-4o"]
        result = CliRunner().invoke(app, words, input=EN)
        assert result.exit_code == 0
        data = json.loads(result.stdout)
        assert data["uri"] == "-"
        assert sum(data["calls"].values()) == calls


def test_the_plan_as_json(folder: Path) -> None:
    result = run("book.txt", "--json", "--context", "3000", "--to", "uk")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    text = harbour(250)
    assert data["characters"] == len(text)
    assert data["sentences"] == 500
    assert data["context"] == 3_000
    assert (data["chunks"][0]["start"], data["chunks"][-1]["end"]) == (0, len(text))
    tokens = sum(chunk["tokens"] for chunk in data["chunks"])
    assert tokens == pytest.approx(data["tokens"], rel=0.01)
    assert list(data["calls"]) == ["summary", "claims", "merge", "translate"]
    for name in ("prompt_tokens", "completion_tokens"):
        assert 0 < data[name]["least"] < data[name]["most"]
    assert data["cost_usd"] is None
    assert list(data) == [
        "uri", "language", "characters", "tokens", "sentences", "model", "endpoint", "context",
        "targets", "by_program", "chunks", "calls", "repairs", "prompt_tokens",
        "completion_tokens", "cost_usd",
    ]  # fmt: skip


def test_several_inputs_have_a_total(folder: Path) -> None:
    both = ["news.txt", "book.txt", "--context", "3000"]
    result = run(*both)
    assert result.exit_code == 0
    together = result.stdout.partition("2 inputs together\n")[2]
    assert "\nnews.txt\n" in result.stdout
    assert "\nbook.txt\n" in result.stdout
    data = [json.loads(line) for line in run(*both, "-f", "ndjson").stdout.splitlines()]
    assert [one["uri"] for one in data] == ["news.txt", "book.txt"]
    total = sum(count for one in data for count in one["calls"].values())
    assert f"  calls       {total} (" in together
    for name in ("prompt", "completion"):
        least, most = (sum(one[f"{name}_tokens"][end] for one in data) for end in ("least", "most"))
        assert f"{least:,} to {most:,} tokens" in together


@pytest.mark.parametrize(
    ("model", "base_url", "words"),
    [
        ("gpt-4o", "https://api.openai.com/v1", "  cost        $0.0"),
        ("gpt-4o", NOWHERE, "unknown"),
        ("some-model", "https://api.openai.com/v1", "unknown"),
    ],
)
def test_what_it_would_cost(folder: Path, model: str, base_url: str, words: str) -> None:
    assert words in run("news.txt", model=model, base_url=base_url).stdout
    data = json.loads(run("news.txt", "--json", model=model, base_url=base_url).stdout)
    if words == "unknown":
        assert data["cost_usd"] is None
    else:
        assert 0 < data["cost_usd"]["least"] < data["cost_usd"]["most"] < 0.1


def test_the_built_in_model_costs_nothing(folder: Path) -> None:
    result = CliRunner().invoke(app, ["-n", "news.txt", "-m", "local"])
    assert result.exit_code == 0
    assert "at built-in" in result.stdout
    assert "  cost        none\n" in result.stdout


def test_an_input_that_cannot_be_read_among_others(folder: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    result = run("news.txt", "missing.txt", "empty.txt", "book.txt")
    assert result.exit_code == 8
    assert "2 inputs together" in result.stdout
    assert "missing.txt" in result.stderr
    assert "empty" in result.stderr
    assert "2 of 4 inputs" in result.stderr
    data = run("news.txt", "missing.txt", "-f", "ndjson")
    assert data.exit_code == 8
    assert json.loads(data.stdout)["uri"] == "news.txt"


def test_folders_lists_and_records_are_planned_like_files(folder: Path) -> None:
    (folder / "in" / "sub").mkdir(parents=True)
    for name in ("in/b.txt", "in/sub/a.md", "in/sub/x.rst"):
        (folder / name).write_text(EN, encoding="utf-8")
    (folder / "list").write_text("in\nnews.txt\n", encoding="utf-8")
    records = "".join(
        json.dumps(one) + "\n"
        for one in ({"id": 7, "text": EN}, {"id": "b", "path": "in/b.txt"}, {"text": ""}, {"id": 7})
    )
    (folder / "all.jsonl").write_text(records, encoding="utf-8")

    def uris(*args: str, stdin: str = "", code: int = 0) -> list[str]:
        result = run(*args, "-f", "ndjson", stdin=stdin)
        assert result.exit_code == code, result.stderr
        return [json.loads(line)["uri"] for line in result.stdout.splitlines()]

    assert uris("in") == ["in/b.txt", "in/sub/a.md"]
    assert uris("in", "--glob", "**/x.*") == ["in/sub/x.rst"]
    assert uris("--from-file", "list") == ["in/b.txt", "in/sub/a.md", "news.txt"]
    assert uris("--from-file", "-", stdin="news.txt\n") == ["news.txt"]
    assert uris("--records", stdin=records, code=8) == ["7", "b"]
    assert uris("all.jsonl", code=8) == ["7", "b"]
    told = run("all.jsonl")
    assert "line 3 is empty." in told.stderr
    assert "Can't use line 4 of all.jsonl: another record has the same id." in told.stderr
    assert "2 of 4 inputs failed; the others are planned." in told.stderr
    assert "2 inputs together" in told.stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["news.txt", "--records"], "--records is for standard input"),
        (["--records", "--markdown"], "--records and --markdown"),
        (["--from-file", "list", "--markdown"], "--markdown is for standard input"),
        (["--from-file", "list", "--records"], "--records is for standard input"),
        (["news.txt", "--glob", "*.md"], "--glob is for folders"),
        (["-", "--from-file", "-"], "only once"),
        ([".", "-o", "./"], "the next run would read them"),
    ],
)
def test_inputs_that_contradict_each_other(folder: Path, args: list[str], told: str) -> None:
    (folder / "list").write_text("news.txt\n", encoding="utf-8")
    result = run(*args, stdin="news.txt\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_folder_without_articles_is_told_of(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("empty")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "There is nothing to read in empty" in result.stderr
    both = run("empty", "news.txt")
    assert both.exit_code == 0
    assert "empty: nothing in it is read." in both.stderr


def test_no_input_that_can_be_read(folder: Path) -> None:
    result = run("missing.txt", "gone.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "missing.txt" in result.stderr
    assert "gone.txt" in result.stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["news.txt", "--context", "600"], 3),
        (["news.txt", "--local-only"], 3),
        (["claims", "news.txt", "--claims", "0"], 2),
        (["news.txt", "--prompts", "none"], 3),
    ],
)
def test_what_a_run_would_complain_of(folder: Path, args: list[str], code: int) -> None:
    result = CliRunner().invoke(app, [*args, "-n", "--base-url", NOWHERE, "-m", "gpt-4o"])
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("summ: error: ")
    assert result.stderr.count("\n") == 1


def test_nothing_is_written_where_the_report_would_be(folder: Path) -> None:
    result = run("news.txt", "-o", "out.md")
    assert result.exit_code == 0
    assert result.stdout.startswith("Model gpt-4o")
    assert not (folder / "out.md").exists()
    run("news.txt", "book.txt", "-o", "out/")
    assert not (folder / "out").exists()


def test_a_hostile_name_does_not_reach_the_terminal(folder: Path) -> None:
    (folder / "a\x1b[31m.txt").write_text(EN, encoding="utf-8")
    for args in (["a\x1b[31m.txt"], ["a\x1b[31m.txt", "--json"], ["b\x1b[2J.txt"]):
        result = run(*args, model="m\x1b[31m")
        assert "\x1b" not in result.stdout + result.stderr


def test_no_client_is_loaded_for_it(folder: Path) -> None:
    code = (
        "import sys\nfrom summ.cli.app import main\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n"
        "    print(leaving.code, *sys.modules, file=sys.stderr)\n"
    )
    for more in (["--base-url", NOWHERE, "-m", "gpt-4o", "--to", "de"], ["-m", "local"]):
        done = subprocess.run(
            [sys.executable, "-c", code, "-n", "book.txt", *more],
            env=clean_env(folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=True,
        )
        number, *modules = done.stderr.decode().splitlines()[-1].split()
        assert number == "0"
        assert not (NETWORK | {"xllamacpp", "fxtranslate"}) & set(modules)
