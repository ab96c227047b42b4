"""What a person sees of a run: rows that are redrawn, and what is said when it is over."""

from __future__ import annotations

import asyncio
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.batch.events import Settled, Status
from summ.batch.watchers import RunCount, Totals, Watchers
from summ.cli.console import Console
from summ.cli.run_display import RunDisplay, TimeLeft
from summ.cli.run_summary import Ending, Kept, advice, duration, ending_of, line, money, table
from summ.errors import CapReachedError, InputError, OutputError, UnreachableError
from summ.model import Price, Usage
from tests.cli.test_console import Terminal

CALL = Usage(1, 1000, 100)
ALL = Totals(
    10_000, 9_000, 500, 480, 15, 5, Usage(9_050, 12_345_678, 1_234_567, 0, 520), 12.3456, 500.2
)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Run:
    """A run that is shown, and the time in it."""

    def __init__(
        self, stream: io.StringIO, price: Price | None = None, *, quiet: bool = False
    ) -> None:
        self.stream = stream
        self.clock = Clock()
        count = RunCount(self.clock, price)
        self.console = Console(quiet=quiet, stream=stream, env={"TERM": "xterm"})
        self.display = RunDisplay(self.console, count, self.clock)
        self.tell = Watchers(count, self.display)
        self._number = 0

    def settle(self, status: Status = "done", calls: int = 1) -> None:
        self.tell.started(self._number, f"{self._number}.txt")
        for _ in range(calls):
            self.tell.spent(CALL)
        self.tell.settled(Settled(self._number, f"{self._number}.txt", status))
        self._number += 1

    def pass_time(self, seconds: float) -> None:
        self.clock.now += seconds
        self.display.tick()

    @property
    def screen(self) -> list[str]:
        return screen(self.stream.getvalue())


def screen(written: str) -> list[str]:
    """The rows of a terminal after `written`, which uses three ways to move alone."""
    rows, row, column, at = [""], 0, 0, 0
    while at < len(written):
        if written.startswith("\x1b[K", at):
            rows[row] = rows[row][:column]
            at += 3
        elif written.startswith("\x1b[A", at):
            assert row > 0
            row -= 1
            at += 3
        else:
            character = written[at]
            at += 1
            if character == "\r":
                column = 0
            elif character == "\n":
                row, column = row + 1, 0
                rows += [""] * (row == len(rows))
            else:
                assert character >= " "
                rows[row] = rows[row][:column].ljust(column) + character
                column += 1
    return [one for one in rows if one]


def test_two_rows_tell_how_a_run_goes() -> None:
    run = Run(Terminal(), Price(1.0, 0.5, 10.0))
    run.tell.expect(200)
    for _ in range(19):
        run.settle(calls=2)
    run.settle("failed")
    run.pass_time(10)
    assert run.screen == [
        "20 of 200 documents (10%) · 1 failed · about 2 min left",
        "39 calls · 39,000 tokens in, 3,900 out · $0.0780 so far",
    ]
    run.settle("incomplete", calls=0)
    run.tell.spent(Usage(cached_calls=3))
    run.pass_time(1)
    assert run.screen == [
        "21 of 200 documents (10%) · 1 failed · 1 incomplete · about 2 min left",
        "39 calls · 3 from the cache · 39,000 tokens in, 3,900 out · $0.0780 so far",
    ]


def test_nothing_is_told_that_is_not_known() -> None:
    run = Run(Terminal())
    run.tell.expect(None)
    assert run.screen == ["0 documents"]
    for _ in range(9):
        run.settle()
    run.pass_time(10)
    assert run.screen == ["9 documents", "9 calls · 9,000 tokens in, 900 out"]


def test_all_is_never_told_before_all_is_there() -> None:
    run = Run(Terminal())
    run.tell.expect(1000)
    for _ in range(999):
        run.settle(calls=0)
    run.pass_time(1)
    assert run.screen == ["999 of 1,000 documents (99%)"]


def test_a_wait_is_counted_down_and_the_longest_counts() -> None:
    run = Run(Terminal())
    run.tell.expect(5)
    run.tell.paused(0.2)
    run.pass_time(0.1)
    assert run.screen == ["0 of 5 documents (0%)"]
    run.tell.paused(12)
    run.tell.paused(3)
    run.pass_time(0.5)
    assert run.screen[1] == "waiting 12 s, as the endpoint asks"
    run.pass_time(10)
    assert run.screen[1] == "waiting 2 s, as the endpoint asks"
    run.pass_time(1.6)
    assert run.screen == ["0 of 5 documents (0%)"]


def test_rows_are_redrawn_ten_times_a_second_at_most() -> None:
    run = Run(Terminal())
    run.tell.expect(10_000)
    drawn = []
    for _ in range(1000):
        run.clock.now += 0.001
        before = run.stream.getvalue()
        run.settle()
        if run.stream.getvalue() != before:
            drawn.append(run.clock.now)
    assert 9 <= len(drawn) <= 10
    assert all(later - earlier > 0.0999 for earlier, later in pairwise(drawn))


def test_rows_stay_below_what_is_said_and_go_in_the_end() -> None:
    run = Run(Terminal())
    run.tell.expect(3)
    run.settle()
    run.pass_time(1)
    run.console.notice("a.txt is guessed\nto be Latin-1.")
    assert run.screen == [
        "summ: a.txt is guessed to be Latin-1.",
        "1 of 3 documents (33%)",
        "1 call · 1,000 tokens in, 100 out",
    ]
    # Documents that show how far they are would draw over the rows.
    run.console.progress("asking the model", 1, 2)
    assert "asking" not in run.stream.getvalue()
    run.tell.stopping("Interrupted; press Ctrl-C again to leave at once.")
    run.pass_time(1)
    assert run.screen[:2] == [
        "summ: a.txt is guessed to be Latin-1.",
        "summ: Interrupted; press Ctrl-C again to leave at once.",
    ]
    assert run.screen[2] == "1 of 3 documents (33%) · finishing what is under way"
    run.tell.ended()
    run.pass_time(1)
    assert len(run.screen) == 2


def test_rows_are_cut_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    run = Run(Terminal())
    run.tell.expect(1_000_000)
    run.settle()
    run.pass_time(1)
    assert run.screen == ["1 of 1,000,000 docu", "1 call · 1,000 toke"]


def test_a_pipe_gets_one_line_and_only_in_the_end() -> None:
    run = Run(io.StringIO(), Price(1.0, 0.5, 10.0))
    run.tell.expect(3)
    run.settle()
    run.settle("kept", calls=0)
    run.settle("stored", calls=0)
    run.pass_time(4)
    run.tell.ended()
    assert run.stream.getvalue() == ""
    run.pass_time(4)
    run.display.conclude("finished", "folder")
    assert run.stream.getvalue() == (
        "summ: 3 of 3 documents: 1 done, 1 from the store, 1 already there; calls 1; "
        "tokens 1,000 in, 100 out; cost $0.0020; 4.0 s (0.5 documents/s).\n"
    )


def test_quiet_is_quiet() -> None:
    run = Run(Terminal(), quiet=True)
    run.tell.expect(3)
    run.settle("failed")
    run.tell.stopping("That was all.")
    run.tell.ended()
    run.display.conclude("interrupted", "folder")
    assert run.stream.getvalue() == ""


def test_a_terminal_gets_a_table_and_how_to_go_on() -> None:
    run = Run(Terminal())
    run.tell.expect(2)
    run.settle()
    run.settle("failed")
    run.pass_time(2)
    run.tell.ended()
    run.display.conclude("finished", "folder", "out/errors\x1b[31m.ndjson")
    assert run.screen == [
        "  documents      2 of 2",
        "  done           1",
        "  failed         1",
        "  calls          2",
        "  tokens         2,000 in, 200 out",
        "  cost           unknown",
        "  time           2.0 s (1.0 documents/s)",
        "summ: 1 document failed; out/errors.ndjson tells why. "
        "Run the same command again: what is done is not asked for again.",
    ]


def test_the_table_of_all_there_can_be() -> None:
    assert table(ALL) == [
        "  documents      10,000 of 10,000",
        "  done           9,000",
        "  from the store 500",
        "  already there  480",
        "  incomplete     15",
        "  failed         5",
        "  calls          9,050 (520 answers from the cache)",
        "  tokens         12,345,678 in, 1,234,567 out",
        "  cost           $12.35",
        "  time           8 min 20 s (19.0 documents/s)",
    ]
    assert line(ALL) == (
        "10,000 of 10,000 documents: 9,000 done, 500 from the store, 480 already there, "
        "15 incomplete, 5 failed; calls 9,050 (520 answers from the cache); "
        "tokens 12,345,678 in, 1,234,567 out; cost $12.35; 8 min 20 s (19.0 documents/s)."
    )


def test_the_line_of_a_run_without_work() -> None:
    assert line(Totals(2, kept=2, seconds=0.3)) == (
        "2 of 2 documents: 0 done, 2 already there; calls 0; tokens 0 in, 0 out; 0.3 s."
    )


FOLDER = "what is done is not asked for again."


@pytest.mark.parametrize(
    ("totals", "ending", "kept", "said"),
    [
        (Totals(5, 5), "finished", "folder", ""),
        (
            Totals(5, 3, failed=1, incomplete=1),
            "finished",
            "folder",
            "1 document failed and 1 is incomplete; E tells why. "
            f"Run the same command again: {FOLDER}",
        ),
        (
            Totals(5, 3, incomplete=2),
            "finished",
            "cache",
            "2 documents are incomplete; E tells why. Run the same command again: "
            "answers that are there come from the cache.",
        ),
        (
            Totals(100, 50, 4, 3),
            "interrupted",
            "folder",
            f"Interrupted: 57 of 100 documents are done. Run the same command again: {FOLDER}",
        ),
        (
            Totals(None, 1),
            "interrupted",
            "nothing",
            "Interrupted: 1 document is done. Run the same command again.",
        ),
        (
            Totals(100, 50),
            "cap",
            "folder",
            "A cap is reached: 50 of 100 documents are done. "
            f"Run the same command with a larger cap: {FOLDER}",
        ),
        (
            Totals(100, 50, failed=2),
            "endpoint",
            "folder",
            "The endpoint gives no answers that can be used: 50 of 100 documents are done. "
            "2 documents failed; E tells why. "
            f"When it answers, run the same command again: {FOLDER}",
        ),
        (
            Totals(100, 1),
            "stopped",
            "folder",
            f"Stopped: 1 of 100 documents is done. Run the same command again: {FOLDER}",
        ),
    ],
)
def test_every_end_tells_how_to_go_on(
    totals: Totals, ending: Ending, kept: Kept, said: str
) -> None:
    assert advice(totals, ending, kept, "E") == said


def test_how_a_run_ended_is_told_by_its_error() -> None:
    assert ending_of(None) == "finished"
    assert ending_of(CapReachedError("x")) == "cap"
    assert ending_of(UnreachableError("x")) == "endpoint"
    assert ending_of(OutputError("x")) == ending_of(InputError("x")) == "stopped"
    for signalled in (KeyboardInterrupt(), SystemExit(143), asyncio.CancelledError()):
        assert ending_of(signalled) == "interrupted"


def test_sums_of_money_and_time_in_words() -> None:
    assert [money(one) for one in (0, 0.00001, 0.0123, 1.239, 1234.5)] == [
        *("none", "under $0.0001", "$0.0123", "$1.24", "$1,234.50")
    ]
    assert [duration(one) for one in (0.04, 9.94, 9.96, 59.4, 59.6, 3599.6, 86_400)] == [
        *("0.0 s", "9.9 s", "10 s", "59 s", "1 min 0 s", "1 h 0 min", "24 h 0 min")
    ]


def test_cost_is_unknown_where_the_server_counts_nothing() -> None:
    count = RunCount(Clock(), Price(1.0, 1.0, 1.0))
    count.spent(Usage(calls=3))
    assert count.totals().cost is None
    count.spent(Usage(1, 1_000_000, 0))
    assert count.totals().cost == 1.0


def _left(pace: list[tuple[float, int, Status]], under_way: int = 0) -> float | None:
    """What is guessed of 100 more after so many settled at each second."""
    left, number = TimeLeft(), 0
    for other in range(under_way):
        left.started(10_000 + other, 0.0)
    left.started(0, 0.0)
    for now, documents, status in pace:
        for _ in range(documents):
            left.started(number, now)
            left.settled(Settled(number, "x", status), now)
            number += 1
    return left.guess(100, pace[-1][0])


def test_the_time_left_follows_the_pace_of_late() -> None:
    fast: list[tuple[float, int, Status]] = [(float(at), 10, "done") for at in range(1, 31)]
    slow: list[tuple[float, int, Status]] = [(float(at), 1, "done") for at in range(31, 70)]
    assert _left(fast) == pytest.approx(10)
    assert _left(fast + slow) == pytest.approx(100, rel=0.1)
    # What is found there already is no work, and tells nothing of it.
    assert _left([(1.0, 500, "kept"), *fast[3:]]) == pytest.approx(11, rel=0.1)


def test_the_time_left_is_not_told_too_early() -> None:
    assert _left([(10.0, 4, "done")]) is None
    assert _left([(1.0, 40, "done")]) is None
    assert _left([(10.0, 20, "done")], under_way=64) is None
    assert _left([(10.0, 64, "done")], under_way=64) is not None


def test_a_stall_makes_the_time_left_longer() -> None:
    left = TimeLeft()
    left.started(0, 0.0)
    for number in range(10):
        left.settled(Settled(number, "x", "done"), 5.0)
    assert left.guess(10, 5.0) == 5.0
    assert left.guess(10, 50.0) == 50.0


@given(st.lists(st.tuples(st.floats(0, 1e6), st.sampled_from(["done", "kept", "failed"]))))
def test_the_time_left_is_no_nonsense(steps: list[tuple[float, Status]]) -> None:
    left, now = TimeLeft(), 0.0
    for number, (seconds, status) in enumerate(steps):
        now += seconds
        left.started(number, now)
        left.settled(Settled(number, "x", status), now)
        guess = left.guess(10, now)
        assert guess is None or 0 < guess < 1e9


def test_rows_are_kept_current_while_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(Terminal())
    run.tell.expect(1)
    run.tell.paused(30)
    sleep = asyncio.sleep

    async def pass_time(seconds: float) -> None:
        run.clock.now += seconds
        if run.clock.now > 105:
            run.tell.ended()
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", pass_time)
    asyncio.run(run.display.keep_current())
    assert "waiting 27 s" in run.stream.getvalue()
    assert run.screen == []
