"""The process as a shell sees it: pipes, closed and full outputs, locales, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import PROGRAM, clean_env, shell, summ

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell's business")
LONG = "The mayor spoke to the council about it. " * 4000


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(LONG, encoding="utf-8")
    return path


def test_a_pipe_in(tmp_path: Path) -> None:
    done = summ("chunk", home=tmp_path, input="Їжак спав. Він хропів.".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Їжак спав.".encode() in done.stdout


@pytest.mark.parametrize("command", ["chunk --json --max-tokens 5 a.txt", "schema", "--help"])
def test_a_reader_that_goes_away_is_no_error(article: Path, command: str) -> None:
    done = shell(
        f"cd '{article.parent}'; summ {command} | head -1; echo ${{PIPESTATUS[0]}}", article.parent
    )
    assert done.stderr.decode() == ""
    # A short output may be written before the reader leaves.
    assert done.stdout.splitlines()[-1] in {b"141", b"0"}


def test_a_reader_that_was_never_there(article: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = summ(
            "chunk", "--json", article, home=article.parent, stdout=write, stderr=subprocess.PIPE
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("command", ["--version", "--help", "chunk a.txt", "a.txt"])
def test_a_closed_output_is_noticed(article: Path, command: str) -> None:
    done = shell(f"cd '{article.parent}'; summ {command} >&-", article.parent)
    assert done.returncode == 9
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.startswith(b"summ: error: Standard output is closed.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("command", ["--version", "--help", "chunk a.txt", "a.txt"])
def test_a_full_disk_is_noticed(article: Path, command: str) -> None:
    done = shell(f"cd '{article.parent}'; summ {command} > /dev/full", article.parent)
    assert done.returncode == 9
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_an_unusable_stderr_changes_nothing_else(article: Path, where: str) -> None:
    done = shell(f"summ chunk '{article}' {where}", article.parent)
    assert done.returncode == 0
    assert shell(f"summ missing.txt {where}", article.parent).returncode == 3


def test_a_closed_input(tmp_path: Path) -> None:
    done = shell("summ - <&-", tmp_path)
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_output_is_utf8_whatever_the_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    done = summ("chunk", home=tmp_path, env=locale, input="Їжак спав.".encode())
    assert done.returncode == 0
    assert "Їжак спав." in done.stdout.decode("utf-8")
    done = summ("відсутній.txt", home=tmp_path, env=locale)
    assert done.returncode == 3
    assert "відсутній.txt" in done.stderr.decode("utf-8")


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff.txt")
    done = summ(name, home=tmp_path)
    assert done.returncode == 3
    done.stderr.decode("utf-8")


def test_a_terminal_without_an_article_gets_short_help(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            PROGRAM,
            env=clean_env(tmp_path),
            stdin=theirs,
            capture_output=True,
            timeout=30,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Usage: summ FILE" in done.stderr
    assert b"Nothing to read" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_while_waiting_for_input(tmp_path: Path, number: signal.Signals, code: int) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "chunk"],
        env=clean_env(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # More than a pipe holds: when it is gone, summ is reading.
    assert process.stdin is not None
    process.stdin.write(b"x" * 2**20)
    process.stdin.flush()
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert process.returncode == code
    assert out == b""
    assert b"Traceback" not in err
