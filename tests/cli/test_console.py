from __future__ import annotations

import asyncio
import io
import os
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.cli.console import Console, Named


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Broken(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError("gone")


@given(st.text(), st.text(), st.integers(), st.one_of(st.none(), st.integers()))
def test_nothing_hostile_gets_through(text: str, label: str, done: int, total: int | None) -> None:
    stream = Terminal()
    console = Console(stream=stream, env={"TERM": "xterm"})
    console.notice(text)
    console.progress(label, done, total)
    console.close()
    written = stream.getvalue().replace("\r\x1b[K", "")
    assert "\x1b" not in written
    assert written.count("\n") == 1


def test_a_notice_is_one_line() -> None:
    stream = io.StringIO()
    Console(stream=stream).notice("two\nlines\x1b[31m")
    assert stream.getvalue() == "summ: two lines\n"


def test_progress_is_for_terminals() -> None:
    for stream, env in [(io.StringIO(), {"TERM": "xterm"}), (Terminal(), {"TERM": "dumb"})]:
        Console(stream=stream, env=env).progress("fetching", 1, 2)
        assert stream.getvalue() == ""


def test_progress_is_redrawn_and_taken_away() -> None:
    stream = Terminal()
    console = Console(stream=stream, env={"TERM": "xterm"})
    console.progress("claims", 1, 4)
    assert stream.getvalue() == "\r\x1b[Kclaims …  25% 1/4"
    console.notice("listen")
    assert stream.getvalue().endswith("\r\x1b[Ksumm: listen\n")
    console.progress("claims", 4, 4)
    console.close()
    assert stream.getvalue().endswith("listen\n")


def test_progress_without_a_total_and_in_bytes() -> None:
    stream = Terminal()
    Console(stream=stream, env={"TERM": "xterm"}).progress("loading", 0, None)
    assert stream.getvalue() == "\r\x1b[Kloading …"
    stream = Terminal()
    Console(stream=stream, env={"TERM": "xterm"}).progress("fetching", 500_000, 1_000_000)
    assert stream.getvalue() == "\r\x1b[Kfetching …  50%"


def test_progress_fits_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    stream = Terminal()
    Console(stream=stream, env={"TERM": "xterm"}).progress("記事" * 20, 1, 2)
    assert stream.getvalue() == "\r\x1b[K" + "記事" * 4 + "記"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_the_terminal_that_is_written_to_tells_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl
    import struct
    import termios

    monkeypatch.delenv("COLUMNS", raising=False)
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 30, 0, 0))
    with (
        os.fdopen(ours, "rb", 0) as reader,
        os.fdopen(theirs, "w", encoding="utf-8") as stream,
    ):
        Console(stream=stream, env={"TERM": "xterm"}).show(["a" * 50])
        assert reader.read(100) == b"\r\x1b[K" + b"a" * 29


def test_rows_give_way_to_what_is_said_and_to_a_text_that_grows() -> None:
    stream = Terminal()
    console = Console(stream=stream, env={"TERM": "xterm"})
    console.show(["one", "two\nand \x1b[2Jtwo"])
    rows = "one\ntwo and two"
    away = "\r\x1b[K\x1b[A\x1b[K"
    shown = f"\r\x1b[K{rows}"
    assert stream.getvalue() == shown
    console.notice("listen")
    console.table(["  a  1", "\x1b[31m  b  2"])
    shown += f"{away}summ: listen\n{rows}{away}  a  1\n  b  2\n{rows}"
    assert stream.getvalue() == shown
    console.hold()
    console.show(["three"])
    assert stream.getvalue() == shown + away
    console.release()
    assert stream.getvalue() == f"{shown}{away}three"
    console.close()
    assert stream.getvalue() == f"{shown}{away}three\r\x1b[K"


def test_quiet_is_quiet() -> None:
    stream = Terminal()
    console = Console(quiet=True, stream=stream, env={"TERM": "xterm"})
    console.notice("x")
    console.progress("x", 1, 2)
    console.show(["x"])
    console.table(["x"])
    console.close()
    assert stream.getvalue() == ""


def test_what_is_held_back_is_said_later() -> None:
    stream = Terminal()
    console = Console(stream=stream, env={"TERM": "xterm"})
    console.progress("translation", 1, 4)
    console.hold()
    shown = stream.getvalue()
    assert shown.endswith("\r\x1b[K")
    console.progress("translation", 2, 4)
    console.hold()
    console.notice("listen")
    assert stream.getvalue() == shown
    console.release()
    assert stream.getvalue() == f"{shown}summ: listen\n"
    console.notice("again")
    console.hold()
    console.notice("the end")
    console.close()
    assert stream.getvalue() == f"{shown}summ: listen\nsumm: again\nsumm: the end\n"


def test_a_broken_or_closed_stream_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    Console(stream=Broken()).notice("x")
    monkeypatch.setattr("sys.stderr", None)
    console = Console()
    console.notice("x")
    console.progress("x", 1, 2)
    console.close()


def test_notices_are_about_the_input_of_their_task_and_of_no_other_thread() -> None:
    stream = io.StringIO()
    ui = Named(Console(stream=stream))

    async def work(name: str, turns: int) -> None:
        with ui.about(name):
            for _ in range(turns):
                await asyncio.sleep(0)
            await asyncio.gather(*[asyncio.create_task(tell(f"{name} is read."))])
            other = threading.Thread(target=ui.notice, args=("A model is fetched.",))
            other.start()
            other.join()
        ui.notice("Done.")

    async def tell(text: str) -> None:
        ui.notice(text)

    async def all_of_them() -> None:
        await asyncio.gather(work("a.md", 4), work("b.md", 0))

    asyncio.run(all_of_them())
    assert sorted(stream.getvalue().splitlines()) == [
        *["summ: A model is fetched."] * 2,
        *["summ: Done."] * 2,
        "summ: a.md: a.md is read.",
        "summ: b.md: b.md is read.",
    ]


def test_progress_of_named_inputs_is_shown_as_it_is() -> None:
    stream = Terminal()
    ui = Named(Console(stream=stream, env={"TERM": "xterm"}))
    with ui.about("a.md"):
        ui.progress("asking", 1, 2)
    assert "a.md" not in stream.getvalue()
    assert "asking" in stream.getvalue()
