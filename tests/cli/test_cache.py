from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from summ.cli.app import app
from summ.llm.cache import Store
from tests.cli.test_startup import NETWORK, loaded

DAY = 86_400.0


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "kept"
    monkeypatch.setenv("SUMM_CACHE_DIR", str(place))
    return place


def fill(folder: Path, *, days_ago: float = 0.0, name: str = "a") -> None:
    """Two replies and a report that were last used then."""
    then = time.time() - days_ago * DAY
    with Store(folder, told=pytest.fail, clock=lambda: then) as store:
        for number in range(2):
            store.keep_reply(f"{name}{number}".encode(), "a reply")
        store.keep_report(name.encode(), b"a report")


@pytest.mark.parametrize("args", [("cache",), ("cache", "stats")])
def test_an_empty_cache_is_shown_and_none_is_made(args: tuple[str, ...], folder: Path) -> None:
    result = run(*args)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = dict(line.split(None, 1) for line in result.stdout.splitlines() if " at " not in line)
    assert lines["folder"] == str(folder)
    assert (lines["replies"], lines["reports"]) == ("0", "0")
    assert not folder.exists()


def test_it_is_in_the_users_cache_folder() -> None:
    data = json.loads(run("cache", "stats", "--json").stdout)
    assert data["folder"] == str(Path(os.environ["XDG_CACHE_HOME"]) / "summ" / "replies")


def test_stats_tell_what_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMM_CACHE_LIMIT", "10")
    fill(folder, days_ago=3)
    result = run("cache")
    assert result.exit_code == 0
    assert "replies        2\nreports        1\n" in result.stdout
    assert "of at most 10.5 MB\n" in result.stdout
    data = json.loads(run("cache", "stats", "--json").stdout)
    assert list(data) == [
        "folder", "replies", "reports", "bytes", "limit", "oldest", "newest", "hits",
    ]  # fmt: skip
    assert (data["replies"], data["reports"], data["limit"]) == (2, 1, 10 << 20)
    assert data["oldest"] == data["newest"]
    assert data["oldest"][:10] in result.stdout


def test_clear_removes_everything(folder: Path) -> None:
    fill(folder)
    result = run("cache", "clear")
    assert (result.exit_code, result.stdout) == (0, "removed: 3\n")
    assert run("cache", "clear").stdout == "removed: 0\n"
    assert json.loads(run("cache", "stats", "--json").stdout)["oldest"] is None


def test_clear_removes_what_was_not_used_for_days(folder: Path) -> None:
    fill(folder, days_ago=10, name="old")
    fill(folder, days_ago=1, name="new")
    assert run("cache", "clear", "--older-than", "30").stdout == "removed: 0\n"
    assert run("cache", "clear", "--older-than", "2.5").stdout == "removed: 3\n"
    with Store(folder, told=pytest.fail) as store:
        assert store.reply(b"new0") == "a reply"
        assert store.reply(b"old0") is None


@pytest.mark.parametrize("days", ["soon", "-1", "nan", "inf", "1e9", ""])
def test_a_number_of_days_that_is_none(days: str, folder: Path) -> None:
    result = run("cache", "clear", f"--older-than={days}")
    assert result.exit_code == 2
    assert "a number of days" in result.stderr
    assert result.stdout == ""


def test_a_cache_that_can_not_be_cleared_is_an_error(folder: Path) -> None:
    fill(folder)
    (folder / "replies.sqlite.old").mkdir()
    result = run("cache", "clear")
    assert result.exit_code == 9
    assert "The cache can't be cleared: " in result.stderr


def test_a_damaged_cache_is_begun_anew(folder: Path) -> None:
    fill(folder)
    (folder / "replies.sqlite").write_bytes(b"nonsense" * 1_000)
    result = run("cache")
    assert result.exit_code == 0
    assert "begun anew" in result.stderr
    assert "replies        0\n" in result.stdout
    assert run("cache", "clear").exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["lock", "replies.sqlite"]


@pytest.mark.parametrize("command", ["stats", "clear"])
def test_a_link_in_place_of_the_cache_is_refused(command: str, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    precious = folder / "precious"
    precious.write_text("dear", encoding="utf-8")
    (folder / "replies.sqlite").symlink_to(precious)
    result = run("cache", command)
    assert result.exit_code == 3
    assert "SUMM_CACHE_DIR" in result.stderr
    assert precious.read_text(encoding="utf-8") == "dear"


def test_odd_names_and_times_never_reach_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a\x1b[2J\u202eb"
    monkeypatch.setenv("SUMM_CACHE_DIR", str(folder))
    fill(folder)
    with closing(sqlite3.connect(folder / "replies.sqlite")) as connection, connection:
        connection.execute("UPDATE kept SET used = 1e300")
    for args in (["cache"], ["cache", "stats", "--json"], ["cache", "clear"]):
        result = run(*args)
        assert result.exit_code == 0
        assert not {"\x1b", "\u202e"} & set(result.output)


def test_no_client_is_loaded_for_it(tmp_path: Path) -> None:
    code, modules = loaded(tmp_path, "cache")
    assert code == 0
    assert not NETWORK & modules
