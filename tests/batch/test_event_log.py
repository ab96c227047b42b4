"""`--events`: lines for machines, that never hold up the run they are about."""

from __future__ import annotations

import json
import os
import socket
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.batch.event_log import EventLog
from summ.batch.events import Settled
from summ.batch.watchers import RunCount, Watchers
from summ.errors import OutputError, UnreachableError, UsageError
from summ.model import Price, Usage
from summ.render.safe import clean

NOON = datetime(2026, 11, 24, 12, 0, 0, 123_456, tzinfo=UTC)
GONE = UnreachableError("The endpoint can't be reached.", "Is it running?")

needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


class Run:
    """A run whose events are written down."""

    def __init__(self, path: Path, now: datetime = NOON, price: Price | None = None) -> None:
        self.told: list[str] = []
        self.time = 50.0
        count = RunCount(lambda: self.time, price)
        self.tell = Watchers(count, EventLog(path, count, lambda: now, self.told.append))

    def go(self, documents: int = 1, name: str = "a.txt") -> None:
        """All of a short run."""
        self.tell.expect(documents)
        for number in range(documents):
            self.tell.started(number, name)
            self.tell.spent(Usage(1, 1000, 100, 10))
            self.tell.settled(Settled(number, name, "done", Usage(1, 1000, 100, 10), 0.25, 1.5))
        self.tell.ended()


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_events_are_as_documented(tmp_path: Path) -> None:
    path = tmp_path / "events"
    run = Run(path, price=Price(1.0, 1.0, 10.0))
    run.tell.expect(None)
    run.tell.started(0, "a.txt")
    run.tell.spent(Usage(1, 1000, 100, 10, 2))
    run.tell.paused(12.0)
    took = Usage(1, 1000, 100, 10, 2)
    run.tell.settled(Settled(0, "a.txt", "done", took, 0.25, 1.5, None, ("out/a.md",)))
    run.tell.settled(Settled(1, "b.txt", "failed", error=GONE))
    run.tell.stopping("Interrupted.")
    run.tell.expect(2)
    run.time += 4
    run.tell.ended()
    at = {"time": "2026-11-24T12:00:00.123Z"}
    spent = {
        "calls": 1,
        "cached_calls": 2,
        "prompt_tokens": 1000,
        "completion_tokens": 100,
        "cached_tokens": 10,
    }
    nothing = dict.fromkeys(spent, 0)
    fine = {"error": None, "message": None, "hint": None, "exit_code": None}
    wrong = {
        "error": "unreachable",
        "message": "The endpoint can't be reached.",
        "hint": "Is it running?",
        "exit_code": 4,
    }
    first = {"number": 0, "input": "a.txt", "status": "done", "outputs": ["out/a.md"]}
    second = {"number": 1, "input": "b.txt", "status": "failed", "outputs": []}
    ways = {"documents": 2, "done": 1, "stored": 0, "kept": 0, "incomplete": 0, "failed": 1}
    assert read(path) == [
        {"event": "start", **at, "documents": None},
        {"event": "pause", **at, "seconds": 12.0},
        {"event": "document", **at, **first, **spent, "cost_usd": 0.25, "seconds": 1.5, **fine},
        {"event": "document", **at, **second, **nothing, "cost_usd": None, "seconds": 0, **wrong},
        {"event": "stopping", **at, "why": "Interrupted."},
        {"event": "end", **at, **ways, **spent, "cost_usd": 0.002, "seconds": 4.0},
    ]
    assert run.told == []


def test_times_are_told_in_utc(tmp_path: Path) -> None:
    Run(tmp_path / "e", NOON.astimezone(timezone(timedelta(hours=-9)))).go()
    assert {one["time"] for one in read(tmp_path / "e")} == {"2026-11-24T12:00:00.123Z"}


@needs_posix
def test_the_file_is_its_owners_alone_and_grows_from_run_to_run(tmp_path: Path) -> None:
    path = tmp_path / "e"
    Run(path).go()
    assert path.stat().st_mode & 0o777 == 0o600
    Run(path).go()
    assert [one["event"] for one in read(path)] == ["start", "document", "end"] * 2


def test_a_line_torn_in_an_earlier_run_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "e"
    path.write_bytes(b'{"event":"docu')
    Run(path).go()
    torn, *lines = path.read_bytes().splitlines()
    assert torn == b'{"event":"docu'
    assert [json.loads(line)["event"] for line in lines] == ["start", "document", "end"]


@given(st.text(st.characters(categories=None)), st.floats(), st.floats())
def test_nothing_hostile_gets_into_a_line(name: str, seconds: float, cost: float) -> None:
    reader, writer = os.pipe()
    run = Run(Path(f"/dev/fd/{writer}"))
    os.close(writer)
    run.tell.paused(seconds)
    run.tell.settled(Settled(0, name, "done", Usage(), cost, seconds, None, (name,)))
    run.tell.stopping(name)
    run.tell.ended()
    with os.fdopen(reader, "rb") as stream:
        data = stream.read().decode()
    assert clean(data) == data
    assert [json.loads(line)["event"] for line in data.splitlines()] == [
        *("pause", "document", "stopping", "end")
    ]


def test_every_line_is_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[bytes] = []
    write = os.write

    def note(number: int, data: bytes) -> int:
        writes.append(bytes(data))
        return write(number, data)

    monkeypatch.setattr(os, "write", note)
    Run(tmp_path / "e").go(3)
    assert len(writes) == 5
    assert all(one.endswith(b"\n") and one.count(b"\n") == 1 for one in writes)


def test_a_disk_that_fills_up_ends_the_events_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "e"
    run = Run(path)
    run.tell.expect(5)
    whole = path.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda number, data: write(number, data[:20]))
    run.go(5)
    assert path.read_bytes() == whole
    assert run.told == [f"Not all events are in {path}: No space left on device."]


def test_a_device_that_is_full_ends_the_events_and_not_the_run() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no such device")
    run = Run(Path("/dev/full"))
    run.go(5)
    assert run.told == ["Not all events are in /dev/full: No space left on device."]


@needs_posix
def test_a_reader_that_goes_ends_the_events_and_not_the_run() -> None:
    reader, writer = os.pipe()
    run = Run(Path(f"/dev/fd/{writer}"))
    run.tell.expect(5)
    os.close(reader)
    run.go(5)
    os.close(writer)
    assert run.told == [f"Not all events are in /dev/fd/{writer}: Broken pipe."]


@needs_posix
def test_a_reader_that_sleeps_is_not_waited_for() -> None:
    reader, writer = os.pipe()
    run = Run(Path(f"/dev/fd/{writer}"))
    run.go(10, "x" * 200_000)
    os.close(writer)
    assert len(run.told) == 1
    assert "takes nothing more" in run.told[0]
    os.close(reader)


@needs_posix
def test_a_slow_reader_gets_all_there_is() -> None:
    reader, writer = os.pipe()
    run = Run(Path(f"/dev/fd/{writer}"))
    os.close(writer)
    run.tell.expect(40)
    for number in range(40):
        run.tell.settled(Settled(number, "x" * 10_000, "done"))
    found: list[bytes] = []

    def take() -> None:
        with os.fdopen(reader, "rb") as stream:
            found.extend(stream)

    thread = threading.Thread(target=take)
    thread.start()
    run.tell.ended()
    thread.join()
    numbers = [json.loads(line).get("number") for line in found]
    assert numbers == [None, *range(40), None]
    assert run.told == []


@needs_posix
def test_a_named_pipe_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    found: list[bytes] = []

    def take() -> None:
        with path.open("rb") as stream:
            found.extend(stream)

    thread = threading.Thread(target=take)

    class Told(list[str]):
        def append(self, text: str) -> None:
            super().append(text)
            thread.start()

    told = Told()
    count = RunCount(lambda: 0.0)
    log = EventLog(path, count, lambda: NOON, told.append)
    log.expect(1)
    log.ended()
    thread.join()
    assert [json.loads(line)["event"] for line in found] == ["start", "end"]
    assert told == [f"Nobody reads {path} yet: waiting for a reader."]


@needs_posix
def test_a_socket_that_was_handed_over_gets_the_events() -> None:
    ours, theirs = socket.socketpair()
    run = Run(Path(f"/dev/fd/{theirs.fileno()}"))
    theirs.close()
    run.go()
    with ours, ours.makefile("rb") as stream:
        assert [json.loads(line)["event"] for line in stream] == ["start", "document", "end"]


def test_what_can_not_be_opened_is_told_before_anything_is_paid(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "such"):
        with pytest.raises(OutputError, match="Can't write"):
            Run(path)


def test_standard_output_is_for_results() -> None:
    with pytest.raises(UsageError, match="for results"):
        Run(Path("-"))
