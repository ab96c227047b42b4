"""Folders, lists and records from the command line, against the scripted endpoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_report import ARTICLE, SUMMARY, answer, run
from tests.fake_endpoint import FakeEndpoint, chat, failing

RECORDS = [
    {"id": "a/1", "text": ARTICLE, "desk": "local", "tags": ["x", None]},
    {"id": 2, "path": "in/2024/b.md"},
    {"text": "# Ferry\n\n" + ARTICLE, "media_type": "text/markdown"},
]


@pytest.fixture
def model(endpoint: FakeEndpoint) -> FakeEndpoint:
    endpoint.respond = answer
    return endpoint


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.txt", "in/2024/b.md", "in/2024/a.txt", "in/.hidden/c.txt", "in/note.rst"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def made(folder: str) -> list[str]:
    """The results in a folder, without what a run keeps there for itself."""
    paths = (path for path in Path(folder).rglob("*") if path.is_file())
    return sorted(
        path.relative_to(folder).as_posix() for path in paths if not path.name.startswith(".")
    )


def lines(*records: Any) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_folder_is_mirrored(model: FakeEndpoint) -> None:
    result = run(model, "in", "-o", "in/out", "-f", "md", "-f", "json", "-j", "3")
    assert result.exit_code == 0, result.stderr
    expected = [
        "2024/a.json", "2024/a.md", "2024/b.json", "2024/b.md", "a.json", "a.md",
    ]  # fmt: skip
    assert made("in/out") == expected
    report = json.loads(Path("in/out/2024/b.json").read_text("utf-8"))
    assert report["source"]["uri"] == "in/2024/b.md"
    assert "input" not in report
    assert SUMMARY in Path("in/out/2024/a.md").read_text("utf-8")
    assert run(model, "in", "-o", "in/out", "-f", "md,json").exit_code == 0
    assert made("in/out") == expected


def test_translations_mirror_a_folder(model: FakeEndpoint) -> None:
    Path("list").write_text("in/note.rst\nin/2024\n", encoding="utf-8")
    result = run(model, "translate", "--from-file", "list", "--to", "de", "-o", "out/")
    assert made("out") == ["a.de.txt", "b.de.md", "note.de.rst"], result.stderr


def test_records_become_lines_in_their_order_with_their_fields(model: FakeEndpoint) -> None:
    result = run(model, "--records", "-f", "ndjson", stdin=lines(*RECORDS))
    assert result.exit_code == 0, result.stderr
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    assert [next(iter(report)) for report in reports] == ["input"] * 3
    assert [report["input"] for report in reports] == [
        {"id": "a/1", "desk": "local", "tags": ["x", None]},
        {"id": 2, "path": "in/2024/b.md"},
        {"id": "line 3", "media_type": "text/markdown"},
    ]
    assert [report["source"]["uri"] for report in reports] == ["a/1", "2", "line 3"]
    assert reports[2]["source"]["title"] == "Ferry"


def test_a_file_of_records_becomes_a_file_of_lines(model: FakeEndpoint) -> None:
    Path("all.jsonl").write_text(lines(*RECORDS), encoding="utf-8")
    result = run(model, "all.jsonl", "-o", "reports.ndjson")
    assert (result.exit_code, result.stdout) == (0, "")
    reports = Path("reports.ndjson").read_text("utf-8").splitlines()
    assert [json.loads(line)["input"]["id"] for line in reports] == ["a/1", 2, "line 3"]
    assert not [path for path in Path().iterdir() if path.name.startswith(".summ")]


def test_records_have_files_of_their_ids(model: FakeEndpoint) -> None:
    result = run(model, "-", "--records", "-o", "out/", "-f", "json", stdin=lines(*RECORDS))
    assert result.exit_code == 0, result.stderr
    assert made("out") == ["2.json", "a_1.json", "line 3.json"]


def test_a_bad_record_fails_alone(model: FakeEndpoint) -> None:
    bad = lines({"id": 9}, RECORDS[0], RECORDS[0])
    result = run(model, "--records", "-f", "ndjson", stdin=bad)
    assert result.exit_code == 8
    assert [json.loads(line)["input"]["id"] for line in result.stdout.splitlines()] == ["a/1"]
    assert "line 1 of standard input: it has neither a text nor a path" in result.stderr
    assert "line 3 of standard input: another record has the same id" in result.stderr


def test_a_link_in_the_folder_of_results_is_not_followed_out(
    model: FakeEndpoint, folder: Path
) -> None:
    Path("out").mkdir()
    Path("aside").mkdir()
    Path("out/a.md").symlink_to(folder / "aside" / "a.md")
    assert run(model, "in/a.txt", "-o", "out/").exit_code == 0
    assert not Path("out/a.md").is_symlink()
    assert made("aside") == []


def test_a_retry_that_ends_early_forgets_no_failure(model: FakeEndpoint) -> None:
    model.respond = lambda _: failing(500)
    args = ("in/a.txt", "in/2024/b.md", "-f", "ndjson", "--errors", "e.ndjson")
    assert run(model, *args).exit_code == 4
    before = Path("e.ndjson").read_text("utf-8")
    failed = before.count("\n")
    assert failed
    model.respond = lambda _: failing(401)
    assert run(model, *args, "--retry-failed").exit_code == 4
    assert Path("e.ndjson").read_text("utf-8") == before
    model.respond = answer
    done = run(model, *args, "--retry-failed")
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) == failed
    assert not Path("e.ndjson").exists()


def test_standard_input_can_fail_and_be_tried_again(model: FakeEndpoint) -> None:
    model.respond = lambda _: chat("No.")
    args = ("-", "in/a.txt", "-f", "ndjson", "--errors", "e.ndjson", "--retry-failed")
    assert run(model, *args[:-1], stdin=ARTICLE).exit_code == 5
    model.respond = answer
    assert len(run(model, *args, stdin=ARTICLE).stdout.splitlines()) == 2


@pytest.mark.parametrize("name", [".summ-journal.ndjson", ".summ.lock", "errors.ndjson"])
def test_events_do_not_go_where_the_run_keeps_its_own(model: FakeEndpoint, name: str) -> None:
    result = run(model, "in", "-o", "out/", "--events", f"out/{name}")
    assert result.exit_code == 2
    assert "the run keeps itself" in result.stderr
    assert not model.requests


def test_a_report_with_a_part_missing_counts_as_failed_and_is_tried_again(
    model: FakeEndpoint,
) -> None:
    model.respond = lambda body: chat("No.") if "key claims" in str(body) else answer(body)
    first = run(model, "in", "-o", "out/", "--glob", "*.txt")
    assert first.exit_code in {5, 8}
    assert "incomplete" in first.stderr
    assert len(made("out")) == 3, "what there is has been written, and errors.ndjson"
    model.respond = answer
    assert run(model, "in", "-o", "out/", "--glob", "*.txt", "--retry-failed").exit_code == 0
    before = len(model.requests)
    assert run(model, "in", "-o", "out/", "--glob", "*.txt").exit_code == 0
    assert len(model.requests) == before


def test_refreshing_asks_anew_about_what_is_finished(model: FakeEndpoint) -> None:
    args = ("in", "-o", "out/", "--glob", "*.txt")
    assert run(model, *args).exit_code == 0
    before = len(model.requests)
    assert run(model, *args, "--force").exit_code == 0
    assert len(model.requests) == before, "made anew from what is kept"
    assert run(model, *args, "--refresh").exit_code == 0
    assert len(model.requests) > before


def test_a_file_of_lines_is_not_replaced_by_a_part_of_them(model: FakeEndpoint) -> None:
    args = ("in", "-f", "ndjson", "-o", "all.ndjson", "-j", "1", "--refresh")
    assert run(model, *args).exit_code == 0
    whole = Path("all.ndjson").read_text(encoding="utf-8")
    assert run(model, *args, "--max-calls", "2").exit_code == 6
    assert Path("all.ndjson").read_text(encoding="utf-8") == whole
    assert [path.name for path in Path().glob(".summ*")] == []
