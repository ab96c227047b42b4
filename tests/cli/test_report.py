"""Reports from the command line, against the scripted endpoint."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from summ.cli.app import app
from summ.model import Claim, Finding, Statement, Translation
from tests.cli.helpers import PROGRAM, clean_env, shell
from tests.fake_endpoint import FakeEndpoint, Scripted, chat, failing
from tests.reports import report
from tests.scripted_model import shown_lines, translated

ARTICLE = (
    "The city council of Harbourton approved a budget of 40 million euros on Tuesday.\n\n"
    "Mayor Anna Berg said the money would repair the old bridge. "
    "Critics called the plan too slow.\n\n"
    "Work is expected to begin in May.\n"
)
SUMMARY = "The council of Harbourton approved a budget of 40 million euros on Tuesday."
CLAIM = "The money would repair the old bridge."
NONSENSE = "Seven purple submarines won the Eurovision contest."
KEY = "sk-planted-0123456789"


def answer(body: Any, *, summary: str = SUMMARY, cites: list[int] | None = None) -> Any:
    """What a good model would say, told from the form that the request asks for."""
    form = body["messages"][-1]["content"].rpartition("Answer with JSON of this form:")[2]
    if '"summary"' in form:
        return {"summary": [{"sentences": cites or [1], "text": summary}]}
    if '"claims"' in form:
        claim = {"sentences": [2], "speaker": "Anna Berg", "claim": CLAIM}
        return {"claims": [{**claim, "kind": "fact", "importance": 3}]}
    if '"repairs"' in form:
        return {"repairs": []}
    german = "Der Rat hat am Dienstag einen Haushalt von 40 Millionen Euro beschlossen."
    lines = shown_lines(body)
    return translated(dict.fromkeys(lines, german), lines)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def model(endpoint: FakeEndpoint) -> FakeEndpoint:
    endpoint.respond = answer
    return endpoint


def run(
    model: FakeEndpoint, *args: str | Path, stdin: str = "", env: Mapping[str, str] | None = None
) -> Result:
    words = [*map(str, args), "--base-url", model.base_url, "-m", "fake", "--retries", "0"]
    return CliRunner(env={"OPENAI_API_KEY": KEY, **(env or {})}).invoke(app, words, input=stdin)


def test_a_report_on_standard_output(model: FakeEndpoint, article: Path) -> None:
    result = run(model, article)
    assert (result.exit_code, result.stderr) == (0, "")
    assert SUMMARY in result.stdout
    assert CLAIM in result.stdout
    assert "Anna Berg" in result.stdout
    assert KEY not in result.output


@pytest.mark.parametrize("args", [[], ["-"], ["report"], ["report", "-"]])
def test_standard_input(model: FakeEndpoint, args: list[str]) -> None:
    result = run(model, *args, "--json", stdin=ARTICLE)
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["source"]["uri"] == "-"
    assert report["summary"][0]["text"] == SUMMARY
    for statement in report["summary"] + report["claims"]:
        for evidence in statement["evidence"]:
            assert ARTICLE[evidence["start"] : evidence["end"]] == evidence["quote"]


@pytest.mark.parametrize(
    ("command", "there", "absent"),
    [("summary", "summary", "claims"), ("claims", "claims", "summary")],
)
def test_one_part_alone(
    model: FakeEndpoint, article: Path, command: str, there: str, absent: str
) -> None:
    result = run(model, command, article, "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report[there]
    assert report[absent] == []
    assert len(model.requests) == 1


def test_another_language(model: FakeEndpoint, article: Path) -> None:
    result = run(model, article, "--to", "German", "--json")
    assert result.exit_code == 0
    (translation,) = json.loads(result.stdout)["translations"]
    assert translation["language"] == "de"
    assert len(translation["summary"]) == 1


@pytest.mark.parametrize(("name", "start"), [("r.md", "#"), ("r.json", "{"), ("r.ndjson", "{")])
def test_a_file_in_the_format_of_its_suffix(
    model: FakeEndpoint, article: Path, name: str, start: str
) -> None:
    path = article.parent / name
    result = run(model, article, "-o", path)
    assert (result.exit_code, result.stdout) == (0, "")
    text = path.read_text(encoding="utf-8")
    assert start in text[:80]
    assert SUMMARY in text


def test_a_folder_of_reports(model: FakeEndpoint, article: Path) -> None:
    (article.parent / "b").mkdir()
    twin = article.parent / "b" / "news.txt"
    twin.write_text(ARTICLE, encoding="utf-8")
    out = article.parent / "out"
    result = run(model, article, twin, "-o", f"{out}/", "-f", "json", "-j", "2")
    assert (result.exit_code, result.stdout) == (0, "")
    uris = {p.name: json.loads(p.read_text("utf-8"))["source"]["uri"] for p in out.glob("[!.]*")}
    assert uris == {"news.json": str(article), "news-2.json": str(twin)}


def test_several_reports_on_standard_output(model: FakeEndpoint, article: Path) -> None:
    other = article.parent / "other.txt"
    other.write_text("Yesterday " + ARTICLE, encoding="utf-8")
    lines = run(model, other, article, "-f", "ndjson").stdout.splitlines()
    assert [json.loads(line)["source"]["uri"] for line in lines] == [str(other), str(article)]
    assert run(model, other, article).stdout.count("\n\n---\n\n") == 1


def test_some_of_several_fail(model: FakeEndpoint, article: Path) -> None:
    result = run(model, article.parent / "none.txt", article, "-f", "ndjson")
    assert result.exit_code == 8
    assert json.loads(result.stdout)["source"]["uri"] == str(article)
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert "none.txt" in lines[0]
    assert "1 of 2" in lines[1]


def test_all_of_several_are_missing(model: FakeEndpoint, tmp_path: Path) -> None:
    result = run(model, tmp_path / "a.txt", tmp_path / "b.txt", "-f", "ndjson")
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 2
    assert model.requests == []


def test_all_of_several_fail_in_one_way(endpoint: FakeEndpoint, article: Path) -> None:
    other = article.parent / "other.txt"
    other.write_text(ARTICLE, encoding="utf-8")
    endpoint.respond = lambda _: chat("No.")
    result = run(endpoint, article, other, "-f", "ndjson")
    assert (result.exit_code, result.stdout) == (5, "")
    lines = result.stderr.splitlines()
    assert [line.split(":")[2].strip() for line in lines] == [str(article), str(other)]


def test_an_endpoint_that_only_fails_ends_a_batch(endpoint: FakeEndpoint, article: Path) -> None:
    others = [article.parent / f"other-{number}.txt" for number in range(20)]
    for other in others:
        other.write_text(ARTICLE, encoding="utf-8")
    endpoint.respond = lambda _: failing(500, "it broke", retry_after="0.01")
    result = run(endpoint, article, *others, "-f", "ndjson", "--retries", "1")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "it broke" in result.stderr.splitlines()[-1]
    assert len(endpoint.requests) < 20


def test_a_wrong_key_ends_a_batch_at_once(endpoint: FakeEndpoint, article: Path) -> None:
    other = article.parent / "other.txt"
    other.write_text(ARTICLE, encoding="utf-8")
    endpoint.respond = lambda _: failing(401, "no")
    result = run(endpoint, article, other, "-f", "ndjson", "-j", "1")
    assert result.exit_code == 4
    assert len(result.stderr.splitlines()) == 1


def test_a_guessed_encoding_is_told(model: FakeEndpoint, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode("utf-16-le"))
    told = run(model, path)
    assert told.exit_code == 0
    assert "UTF-16" in told.stderr
    assert run(model, path, "-q").stderr == ""
    assert run(model, path, "-v").exit_code == 0


def test_strict_is_content_with_a_good_report(model: FakeEndpoint, article: Path) -> None:
    assert run(model, article, "--strict").exit_code == 0


def test_strict_fails_after_the_report_is_written(endpoint: FakeEndpoint, article: Path) -> None:
    endpoint.respond = lambda body: answer(body, summary=NONSENSE)
    lax = run(endpoint, article)
    strict = run(endpoint, article, "--strict")
    assert (lax.exit_code, strict.exit_code) == (0, 7)
    assert "submarines" in strict.stdout
    assert strict.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (failing(401, f"Incorrect API key provided: {KEY}"), 4),
        (failing(404, "no such model"), 4),
        (failing(500, "\x1b]52;c;AAAA\x07boom"), 4),
        (Scripted(b"<html>not an API</html>"), 4),
        ("I would rather not say anything.", 5),
        (Scripted(raw=b""), 4),
    ],
)
def test_what_the_endpoint_does_wrong_is_one_line(
    endpoint: FakeEndpoint, article: Path, reply: Any, code: int
) -> None:
    endpoint.respond = lambda _: reply
    result = run(endpoint, article)
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith("summ: error: ")
    assert len(result.stderr.splitlines()) == 1
    assert not {"\x1b", "\x07"} & set(result.stderr)
    assert KEY not in result.stderr
    assert "Traceback" not in result.stderr


def test_hostile_text_never_reaches_the_terminal(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    hostile = "\x1b]52;c;AAAA\x07\x9b31m\u202e\x1bP"
    endpoint.respond = lambda body: answer(body, summary=f"{SUMMARY}{hostile}")
    path = tmp_path / f"a{hostile}.txt"
    path.write_text(ARTICLE.replace(" ", f" {hostile} ", 3), encoding="utf-8")
    for form in ("md", "json", "ndjson"):
        result = run(endpoint, path, "-f", form)
        assert result.exit_code == 0
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(result.output)


def test_local_only_sends_nothing_elsewhere(article: Path) -> None:
    runner = CliRunner(env={"OPENAI_API_KEY": KEY})
    for url in ("https://api.example.invalid/v1", "http://localhost.example.invalid/v1"):
        result = runner.invoke(app, [str(article), "--local-only", "--base-url", url])
        assert result.exit_code == 3
        assert "not on this machine" in result.stderr


def test_nothing_is_asked_when_the_result_could_not_be_written(
    model: FakeEndpoint, article: Path
) -> None:
    result = run(model, article, "-o", article.parent / "none" / "r.md")
    assert result.exit_code == 9
    assert model.requests == []


def test_nothing_is_asked_when_nothing_is_wanted(model: FakeEndpoint, article: Path) -> None:
    assert run(model, "claims", article, "--claims", "0").exit_code == 2
    assert model.requests == []


def test_nothing_is_asked_when_there_is_nothing_to_read(
    model: FakeEndpoint, tmp_path: Path
) -> None:
    assert run(model, tmp_path / "none.txt").exit_code == 3
    assert run(model, stdin=" ").exit_code == 3
    assert model.requests == []


def command(model: FakeEndpoint, article: Path) -> str:
    return f"summ '{article}' --base-url {model.base_url} -m fake --retries 0"


pipes = pytest.mark.skipif(sys.platform == "win32", reason="a shell's business")


@pipes
@pytest.mark.parametrize("where", [">&-", "> /dev/full"])
def test_nothing_is_asked_when_standard_output_is_unusable(
    model: FakeEndpoint, article: Path, where: str
) -> None:
    done = shell(f"{command(model, article)} {where}", article.parent)
    assert done.returncode == 9
    assert done.stderr.count(b"\n") == 1
    assert model.requests == []


@pipes
def test_as_a_process_in_the_c_locale(model: FakeEndpoint, article: Path) -> None:
    done = shell(f"cat '{article}' | {command(model, Path('-'))}", article.parent, {"LC_ALL": "C"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert SUMMARY in done.stdout.decode("utf-8")


@pipes
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_ends_it_at_once(
    endpoint: FakeEndpoint, article: Path, number: signal.Signals, code: int
) -> None:
    endpoint.respond = lambda _: Scripted(b"{}", delay=60)
    process = subprocess.Popen(
        [*PROGRAM, str(article), "--base-url", endpoint.base_url, "-m", "fake"],
        env=clean_env(article.parent, {"OPENAI_API_KEY": KEY}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 20
    while not endpoint.requests and time.monotonic() < deadline:
        time.sleep(0.02)
    started = time.monotonic()
    os.kill(process.pid, number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert time.monotonic() - started < 3
    assert out == b""
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({}, False),
        ({"findings": (Finding("input-notice", "It was read as UTF-16."),)}, False),
        ({"findings": (Finding("summary-failed", "There is none."),)}, True),
        ({"summary": (Statement("Text.", (), "unsupported"),)}, True),
        ({"summary": (Statement("Text.", (), "supported", (Finding("extracted", ""),)),)}, False),
        ({"claims": (Claim("Text.", (), "supported", (Finding("weak-evidence", ""),)),)}, True),
        ({"translations": (Translation("de", None, (), (), None, (Finding("x", ""),)),)}, True),
    ],
)
def test_what_strict_means(change: dict[str, Any], failed: bool) -> None:
    from summ.cli.taking import has_failed_checks

    bare = dataclasses.replace(report(), summary=(), claims=(), translations=(), findings=())
    assert has_failed_checks(dataclasses.replace(bare, **change)) is failed
