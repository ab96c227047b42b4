"""A translation on a terminal: it grows before one's eyes, and nothing else disturbs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.render.safe import clean
from tests.cli.helpers import PROGRAM, clean_env
from tests.cli.test_translate import PLAIN, answer, but
from tests.fake_endpoint import Answer, FakeEndpoint
from tests.pseudo import to_ukrainian

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")


class Screen:
    """summ on a terminal of its own, for standard output and standard error."""

    def __init__(self, home: Path, *args: str, stderr: bool = True) -> None:
        pty = pytest.importorskip("pty")
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *args],
            cwd=home,
            env=clean_env(home, {"OPENAI_API_KEY": "sk-test", "TERM": "xterm"}),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs if stderr else subprocess.PIPE,
        )
        os.close(theirs)
        self._shown = b""

    @property
    def text(self) -> str:
        """All that has been shown so far."""
        return self._shown.decode("utf-8", "replace").replace("\r\n", "\n")

    def read(self, until: str | None = None) -> str:
        """What has been shown when `until` is there, or at the end."""
        while until is None or until not in self.text:
            try:
                data = os.read(self._ours, 4096)
            except OSError:  # what Linux says at the end
                break
            if not data:
                break
            self._shown += data
        return self.text

    def close(self) -> int:
        """Wait for the end; the exit code."""
        self.read()
        os.close(self._ours)
        return self.process.wait(20)


LONG = "\n\n".join(
    f"Paragraph {number}: the ferry left the pier at noon with lorries and with walkers on board."
    for number in range(120)
)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What a model waits for before it translates the end of `LONG`."""
    event = threading.Event()
    yield event
    event.set()


def gated(gate: threading.Event, behind: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
    def respond(body: Any) -> Answer:
        if "Paragraph 119:" in body["messages"][-1]["content"]:
            assert gate.wait(20)
            return behind(body)
        return answer(body)

    return respond


def test_a_terminal_shows_the_text_as_it_grows(
    endpoint: FakeEndpoint, tmp_path: Path, gate: threading.Event
) -> None:
    endpoint.respond = gated(gate, answer)
    (tmp_path / "long.txt").write_text(LONG, encoding="utf-8")
    words = ["translate", "long.txt", "--to", "uk", "--base-url", endpoint.base_url, "-m", "fake"]
    screen = Screen(tmp_path, *words, "-j", "1")
    start = to_ukrainian("Paragraph 3: the ferry")
    assert start in screen.read(until=start)
    gate.set()
    assert screen.close() == 0
    # The progress line is gone before the text starts, and never comes back.
    assert re.sub(r"^(?:[^\n]*\r\x1b\[K)?", "", screen.text) == to_ukrainian(LONG) + "\n"


def test_a_text_that_breaks_off_ends_its_line(
    endpoint: FakeEndpoint, tmp_path: Path, gate: threading.Event
) -> None:
    endpoint.respond = gated(gate, answer)
    (tmp_path / "long.txt").write_text(LONG, encoding="utf-8")
    words = ["translate", "long.txt", "--to", "uk", "--base-url", endpoint.base_url, "-m", "fake"]
    screen = Screen(tmp_path, *words, "-j", "1")
    screen.read(until=to_ukrainian("Paragraph 3: the ferry"))
    screen.process.send_signal(signal.SIGINT)
    assert screen.close() == 130
    shown, _, told = screen.text.partition("\nsumm: ")
    assert re.sub(r"^(?:[^\n]*\r\x1b\[K)?", "", shown).rstrip("\n") in to_ukrainian(LONG)
    assert told == "interrupted\n"


def test_nothing_hostile_reaches_a_terminal(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    endpoint.respond = answer
    hostile = "\x1b]52;c;AAAA\x07\x9b31m\u202e"
    text = PLAIN.replace("Tuesday.", f"Tuesday. {hostile}").replace("\n\n", f"\n{hostile}\n\n")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    words = ["translate", "a.txt", "--base-url", endpoint.base_url, "-m", "fake"]
    for languages in (["--to", "uk"], ["--to", "uk", "--to", "el"]):
        screen = Screen(tmp_path, *words, *languages, "-q")
        assert screen.close() == 0
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(screen.text)
        assert to_ukrainian("Mayor Anna Berg") in screen.text


def test_notices_wait_until_the_text_is_there(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    endpoint.respond = but(lambda line: "Mayor" in line)
    (tmp_path / "news.txt").write_text(PLAIN, encoding="utf-8")
    words = ["translate", "news.txt", "--to", "uk", "--base-url", endpoint.base_url, "-m", "fake"]
    screen = Screen(tmp_path, *words)
    assert screen.close() == 0
    *_, last, notice, end = screen.text.split("\n")
    assert last == to_ukrainian(PLAIN.split("\n\n")[-1])
    assert "could not be translated" in notice
    assert end == ""


@given(st.lists(st.text(max_size=9) | st.sampled_from(["\x1b", "\x1b]52;", "\x9b", "AA\x07"])))
def test_pieces_cleaned_one_by_one_are_clean_together(pieces: list[str]) -> None:
    shown = "".join(map(clean, pieces))
    assert clean(shown) == shown
