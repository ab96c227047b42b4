"""What is shown of the work on a long article while it goes on."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from summ.progress import DocumentProgress
from tests.cli.helpers import PROGRAM, clean_env, here
from tests.fake_endpoint import FakeEndpoint, Scripted
from tests.long_texts import harbour
from tests.scripted_model import ObedientModel

ROW = re.compile(
    r"read ([\d,]+) of [\d,]+ tokens(, about \d+ (?:s|min) left)?; passages … +\d+% (\d+)/(\d+)"
)


class Shown:
    """A `Ui` that keeps what it is shown, and a clock that is set by hand."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, int, int | None]] = []
        self.now = 100.0

    def notice(self, text: str) -> None:
        raise AssertionError("progress is no notice")

    def progress(self, label: str, done: int, total: int | None) -> None:
        self.rows.append((label, done, total))

    def clock(self) -> float:
        return self.now


def started(passages: int, tokens: int) -> tuple[Shown, DocumentProgress]:
    shown = Shown()
    progress = DocumentProgress(shown, shown.clock)
    progress.expect(passages, tokens)
    return shown, progress


def test_a_short_article_shows_its_requests() -> None:
    shown, progress = started(1, 900)
    progress.asked(2)
    progress.answered()
    progress.answered()
    assert shown.rows == [
        ("asking the model", 0, 2),
        ("asking the model", 1, 2),
        ("asking the model", 2, 2),
    ]


def test_a_long_one_shows_passages_and_tokens_and_when_all_is_read() -> None:
    shown, progress = started(4, 80_000)
    progress.asked(4)
    assert shown.rows[-1] == ("read 0 of 80,000 tokens; passages", 0, 4)
    shown.now += 30
    progress.answered()
    assert shown.rows[-1] == ("read 0 of 80,000 tokens; passages", 0, 4)
    progress.read(20_000)
    assert shown.rows[-1] == ("read 20,000 of 80,000 tokens, about 2 min left; passages", 1, 4)
    shown.now += 30
    progress.read(20_000)
    assert shown.rows[-1] == ("read 40,000 of 80,000 tokens, about 1 min left; passages", 2, 4)
    shown.now += 6
    progress.read(30_000)
    assert shown.rows[-1] == ("read 70,000 of 80,000 tokens, about 9 s left; passages", 3, 4)


def test_what_is_left_is_never_no_time_at_all() -> None:
    shown, progress = started(3, 3_000)
    shown.now += 0.001
    progress.read(2_999)
    assert ", about 1 s left" in shown.rows[-1][0]


def test_when_all_is_read_requests_are_shown_until_the_last_merge() -> None:
    shown, progress = started(2, 2_000)
    progress.asked(4)
    for _ in range(4):
        progress.answered()
    progress.read(1_000)
    progress.read(1_000)
    progress.asked(1)
    assert shown.rows[-1] == ("asking the model", 4, 5)
    progress.answered()
    _, done, total = shown.rows[-1]
    assert done == total, "which takes the line away"


def test_the_time_counts_from_when_reading_begins() -> None:
    shown = Shown()
    progress = DocumentProgress(shown, shown.clock)
    shown.now += 3_600  # translators are fetched, and the like
    progress.expect(5, 5_000)
    shown.now += 10
    progress.read(1_000)
    assert "about 40 s left" in shown.rows[-1][0]


# --- through the whole program ----------------------------------------------------------------


def at_work(endpoint: FakeEndpoint, tmp_path: Path, *more: str, delay: float = 0.0) -> list[str]:
    """Arguments for work on a text of many passages, whose model takes its time."""
    model = ObedientModel()

    def slow(body: object) -> Scripted:
        reply = model(body)
        assert isinstance(reply, Scripted)
        return reply.but(delay=delay)

    endpoint.respond = slow
    article = tmp_path / "book.txt"
    article.write_text(harbour(120), encoding="utf-8")
    words = ["--base-url", endpoint.base_url, "-m", "m", "--context", "3200", "-j", "1"]
    return [str(article), *words, *more]


def run(
    endpoint: FakeEndpoint, tmp_path: Path, *more: str, stderr: int, delay: float
) -> subprocess.Popen[bytes]:
    """The program at it, as a process."""
    return subprocess.Popen(
        [*PROGRAM, *at_work(endpoint, tmp_path, *more, delay=delay)],
        env=clean_env(tmp_path, {"TERM": "xterm", "COLUMNS": "120"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


def on_terminal(
    endpoint: FakeEndpoint, tmp_path: Path, *more: str, delay: float = 0.0
) -> tuple[str, bytes]:
    """What a terminal shows on standard error, and standard output."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    try:
        with run(endpoint, tmp_path, *more, stderr=theirs, delay=delay) as program:
            os.close(theirs)
            written = b""
            with suppress(OSError):  # how Linux says that the other end has gone
                while data := os.read(ours, 65_536):
                    written += data
            assert program.stdout is not None
            output = program.stdout.read()
        assert program.returncode == 0
        return written.decode(), output
    finally:
        os.close(ours)


def test_on_a_terminal_the_chunks_done_are_shown_and_taken_away(
    endpoint: FakeEndpoint, tmp_path: Path
) -> None:
    written, output = on_terminal(endpoint, tmp_path, delay=0.03)
    rows = [match.groups() for match in ROW.finditer(written)]
    assert len(rows) >= 4
    read = [int(tokens.replace(",", "")) for tokens, *_ in rows]
    done = [int(count) for _, _, count, _ in rows]
    assert read == sorted(read)
    assert done == sorted(done)
    assert len(set(done)) >= 3
    assert all(0 <= count < int(total) for count, (*_, total) in zip(done, rows, strict=True))
    assert any(left for _, left, *_ in rows)
    # The last thing on the line is its removal.
    assert written.endswith("\r\x1b[K")
    assert "read" not in output.decode()


def test_who_wants_quiet_is_shown_nothing(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    written, output = on_terminal(endpoint, tmp_path, "--quiet")
    assert written == ""
    assert b"## Summary" in output


def test_elsewhere_nothing_is_shown(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    done = here(*at_work(endpoint, tmp_path))
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"## Summary" in done.stdout
