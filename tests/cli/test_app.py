from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from summ import __version__
from summ.cli.app import COMMANDS, app
from summ.cli.options import OPTIONS
from summ.config import config_path
from summ.config_fields import FIELDS
from summ.llm.urls import public_url
from summ.render.schema import schema

HOSTILE = "\x1b]52;c;AAAA\x07\x9b31m\u202e"


def run(*args: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(app, list(args), input=stdin)


def test_the_version() -> None:
    for flag in ("--version", "-V"):
        result = run(flag)
        assert (result.exit_code, result.stdout, result.stderr) == (0, f"summ {__version__}\n", "")


def test_help_names_every_command_and_every_option() -> None:
    text = run("--help").stdout
    assert all(f"  {name} " in text for name in COMMANDS)
    names = {name.replace("_", "-") for name in OPTIONS} - {
        "from-language",
        "prompts-dir",
        "formats",
    }
    assert all(f"--{name}" in text for name in names)
    assert "--from " in text
    assert "--prompts " in text


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_says_what_they_say(name: str) -> None:
    command = typer.main.get_command(import_module(f"summ.cli.{name}").app)
    text = run(name, "--help").stdout
    assert f"Usage: summ {name}" in text.replace("root", "summ")
    assert (command.help or "").splitlines()[0] == COMMANDS[name]


def test_every_option_is_a_setting() -> None:
    # What is no setting: another name of `format`, and what is wanted only now.
    assert set(OPTIONS) - {"json", "dry_run"} <= {one.name for one in FIELDS}
    for one in FIELDS:
        assert bool(one.flag) == (one.name in OPTIONS)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--nope"], "--nope"),
        (["report", "--nope"], "--nope"),
        (["a.txt", "--length"], "--length"),
        (["a.txt", "--length", "endless"], "short, medium, long"),
        (["a.txt", "--json", "-f", "md"], "contradict"),
        (["a.txt", "b.txt", "--json"], "-f ndjson"),
        (["a.txt", "b.txt", "-o", "all.md"], "-o DIR/"),
        (["-", "-"], "only once"),
        (["-m", "local", "--base-url", "http://localhost/v1"], "--base-url"),
        (["schema", "extra"], "extra"),
        (["prompts", "show"], "NAME"),
        (["chunk", "--max-tokens", "0"], "--max-tokens"),
        (["models", "pull", "../../x-y"], "no model"),
    ],
)
def test_usage_errors_are_one_line_on_stderr(args: list[str], words: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("summ: error: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        [f"--{HOSTILE}"],
        [f"{HOSTILE}.txt"],
        ["chunk", HOSTILE],
        ["models", HOSTILE],
        ["prompts", "show", HOSTILE],
    ],
)
def test_hostile_arguments_never_reach_the_terminal(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code in {2, 3}
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(result.stdout + result.stderr)


def test_a_word_that_is_no_command_is_a_source() -> None:
    result = run("articles.txt", "--claims", "3")
    assert result.exit_code == 3
    assert "no file articles.txt" in result.stderr


def test_a_source_after_a_double_dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "no file chunk" in run("--", "chunk").stderr
    assert "no file chunk" in run("report", "chunk").stderr
    assert "no file ./chunk" in run("./chunk").stderr


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b" \n", "white space"), (b"%PDF-1.4", "PDF"), (b"a\0b", "NUL")],
)
def test_unreadable_standard_input(data: bytes, words: str) -> None:
    result = run("-", stdin=data)
    assert result.exit_code == 3
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_addresses_are_refused() -> None:
    result = run("https://example.org/a")
    assert result.exit_code == 3
    assert "Save the page" in result.stderr


def test_a_broken_config_file() -> None:
    path = config_path(os.environ)
    path.parent.mkdir(parents=True)
    path.write_text("modle = 1\n", encoding="utf-8")
    result = run("config")
    assert result.exit_code == 3
    assert "Did you mean model" in result.stderr


def test_schema_prints_the_schema() -> None:
    result = run("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == schema()


def test_config_tells_origins_and_keeps_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-verysecret")
    monkeypatch.setenv("SUMM_BASE_URL", "http://localhost:9/v1?token=verysecret")
    for args in (["config", "--length", "long"], ["config", "--json", "--length", "long"]):
        result = run(*args)
        assert result.exit_code == 0
        assert "verysecret" not in result.output
        assert "set (environment OPENAI_API_KEY)" in result.stdout
        assert "flag --length" in result.stdout
        assert "environment SUMM_BASE_URL" in result.stdout
    data = json.loads(run("config", "--json").stdout)
    assert data["base_url"]["value"] == public_url("http://localhost:9/v1")
    assert data["claims"] == {"value": 8, "origin": "default"}
    assert list(data) == [one.name for one in FIELDS]


def test_a_table_of_chunks() -> None:
    result = run(
        "chunk", "--max-tokens", "8", stdin=f"One sentence. {HOSTILE}Another one here. The third.\n"
    )
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].split() == ["start", "end", "tokens", "first", "words"]
    assert not {"\x1b", "\u202e"} & set(result.output)


def test_chunks_as_json_are_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "# Title\n\nOne sentence. Another one here.\n\nThe third.\n"
    path.write_text(text, encoding="utf-8")
    data = json.loads(run("chunk", "--json", "--max-tokens", "6", str(path)).stdout)
    assert data["source"]["uri"] == str(path)
    assert data["source"]["title"] == "Title"
    assert "".join(one["text"] for one in data["chunks"]) == text
    assert all(text[one["start"] : one["end"]] == one["text"] for one in data["chunks"])
    assert all(0 < one["tokens"] <= 6 for one in data["chunks"])


def test_balanced_chunks_are_as_few_and_of_even_size() -> None:
    text = " ".join(f"The ferry number {n} left the pier {n % 7} at noon." for n in range(70))
    sizes = []
    for more in ([], ["--balanced"]):
        result = run("chunk", "--json", "--max-tokens", "200", *more, stdin=text)
        chunks = json.loads(result.stdout)["chunks"]
        assert "".join(one["text"] for one in chunks) == text
        sizes.append([one["tokens"] for one in chunks])
    plain, balanced = sizes
    assert len(balanced) == len(plain) > 2
    assert max(balanced) - min(balanced) < max(plain) - min(plain)
    assert max(balanced) <= 200


def test_an_empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Never the store of whoever runs the tests: something is removed here.
    monkeypatch.setenv("SUMM_MODEL_DIR", str(tmp_path / "store"))
    assert run("models").stdout == run("models", "list").stdout
    result = run("models", "path")
    assert result.exit_code == 3
    assert "summ models pull" in result.stderr
    assert run("models", "rm", "local").exit_code == 3
    assert run("models", "rm", "nonsense").exit_code == 3


def test_a_pair_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "own" / "en-pt"
    folder.mkdir(parents=True)
    for name in ("model.enpt.bin", "vocab.enpt.spm"):
        (folder / name).write_bytes(b"x")
    monkeypatch.setenv("SUMM_TRANSLATOR_DIR", str(folder.parent))
    result = run("models", "pull", "en-pt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "SUMM_TRANSLATOR_DIR" in result.stderr


def test_a_stored_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMM_MODEL_DIR", str(tmp_path))
    folder = tmp_path / "pairs" / "en-pt"
    folder.mkdir(parents=True)
    (folder / "pair.json").write_bytes(b"{}")
    assert "en-pt" in run("models").stdout
    assert run("models", "path", "en-pt").stdout == f"{folder}\n"
    assert run("models", "rm", "en-pt").exit_code == 0
    assert not folder.exists()


def test_prompts() -> None:
    lines = run("prompts", "list").stdout.splitlines()
    assert lines == run("prompts").stdout.splitlines()
    assert "summary" in [line.split()[0] for line in lines]
    assert all(line.endswith(".") for line in lines), "each with its description"
    assert run("prompts", "show", "summary").stdout.strip()
    result = run("prompts", "show", "nonsense")
    assert result.exit_code == 2
    assert "summary" in result.stderr


def test_prompts_of_ones_own(tmp_path: Path) -> None:
    result = run("prompts", "list", "--prompts", str(tmp_path / "none"))
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
