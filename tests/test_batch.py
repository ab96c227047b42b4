"""Many documents: order, bounds, failures, stopping."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from summ.batch.pool import AHEAD, Bounds, Pool, as_they_come, at_hand
from summ.drive import Slots, StoppedError
from summ.errors import (
    AuthError,
    CapReachedError,
    ConfigError,
    InputError,
    OutputError,
    PromptError,
    ReplyError,
    SummError,
    UnknownModelError,
    UnreachableError,
)

NAMES = [f"{n}.txt" for n in range(8)]

Outcome = str | SummError


class Work:
    """Works on inputs slowly: on the n-th for `delays[n]` turns of the event loop."""

    def __init__(self, delays: list[int], errors: dict[str, Exception] | None = None) -> None:
        self.delays = dict(zip(NAMES, delays, strict=True))
        self.errors = errors or {}
        self.started: list[str] = []
        self.ended: list[str] = []
        self.cancelled: list[str] = []
        self.most = 0
        self.under_way = 0

    async def __call__(self, number: int, name: str) -> str:
        assert NAMES[number] == name
        self.started.append(name)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            for _ in range(self.delays[name]):
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        finally:
            self.under_way -= 1
        if name in self.errors:
            raise self.errors[name]
        self.ended.append(name)
        return f"report of {name}"


class Run:
    """What became of a run."""

    def __init__(
        self,
        work: Work,
        bounds: Bounds,
        done: Callable[[str, Outcome], None] = lambda _name, _outcome: None,
    ) -> None:
        self.finished: list[str] = []
        self.failed: dict[str, SummError] = {}
        self.error: SummError | None = None
        self._done = done
        asyncio.run(self._run(work, bounds))

    async def _run(self, work: Work, bounds: Bounds) -> None:
        pool = Pool(work, self._take, bounds, lambda: None)
        try:
            await pool.run(at_hand(iter(NAMES)))
        except SummError as error:
            self.error = error

    def _take(self, number: int, name: str, outcome: Outcome) -> None:
        assert NAMES[number] == name
        self._done(name, outcome)
        if isinstance(outcome, SummError):
            self.failed[name] = outcome
        else:
            assert outcome == f"report of {name}"
            self.finished.append(name)


@pytest.mark.parametrize("open_", [1, 2, 3, 8, 100])
def test_in_order_reports_are_done_in_order_and_few_are_under_way(open_: int) -> None:
    work = Work([30, 1, 20, 2, 15, 3, 1, 1])
    run = Run(work, Bounds(open_, ordered=True))
    assert (run.failed, run.finished) == ({}, NAMES)
    assert work.most == min(open_, len(NAMES))
    assert work.started == NAMES
    if open_ > 1:
        assert work.ended != NAMES, "they were not worked on side by side"


def test_out_of_order_nobody_waits_for_the_slow_one() -> None:
    work = Work([50, *[1] * 7])
    run = Run(work, Bounds(2))
    assert run.finished == [*NAMES[1:], NAMES[0]]


def test_finished_reports_do_not_pile_up_behind_a_slow_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Memory: the others go ahead of the oldest so far and no farther."""
    started: list[int] = []
    work = Work([500, *[1] * 7])
    monkeypatch.setattr("summ.batch.pool.AHEAD", 2)
    run = Run(work, Bounds(2, ordered=True), lambda _n, _o: started.append(len(work.started)))
    assert AHEAD > 2
    assert started[0] == 4
    assert run.finished == NAMES


def test_failures_are_told_and_the_others_done() -> None:
    errors: dict[str, Exception] = {
        "1.txt": InputError("empty"),
        "4.txt": ReplyError("cut"),
        "7.txt": UnreachableError("gone"),
    }
    run = Run(Work([5, 1, 9, 1, 7, 1, 1, 1], errors), Bounds(3))
    assert run.failed == errors
    assert sorted(run.finished) == [name for name in NAMES if name not in errors]
    assert run.error is None


def test_the_first_failure_ends_a_run_that_wants_it() -> None:
    work = Work([1, 3, 1, 1, 1, 1, 1, 1], {"2.txt": InputError("empty")})
    run = Run(work, Bounds(2, fail_fast=True))
    assert isinstance(run.error, InputError)
    assert list(run.failed) == ["2.txt"]
    assert run.finished == ["0.txt", "1.txt"], "what was under way is finished"
    assert "4.txt" not in work.started


@pytest.mark.parametrize(
    "error", [AuthError("no key"), UnknownModelError("x"), ConfigError("x"), PromptError("x"),
              CapReachedError("enough")],
)  # fmt: skip
def test_an_error_that_all_would_meet_ends_the_run_and_is_nobodys(error: SummError) -> None:
    work = Work([1, 1, 1, 9, 9, 9, 1, 1], {"2.txt": error})
    run = Run(work, Bounds(4))
    assert run.error is error
    assert run.failed == {}
    assert sorted(run.finished) == ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt"]
    assert "7.txt" not in work.started


def test_a_result_that_cannot_be_written_ends_the_run() -> None:
    def done(name: str, _outcome: Outcome) -> None:
        if name == "1.txt":
            raise OutputError("disk full")

    work = Work([1] * 8)
    run = Run(work, Bounds(1), done)
    assert isinstance(run.error, OutputError)
    assert (run.finished, work.started) == (["0.txt"], ["0.txt", "1.txt"])


def test_an_error_that_nobody_knows_comes_out_and_the_others_are_cancelled() -> None:
    work = Work([1, 1, 999, 999, 1, 1, 1, 1], {"1.txt": ZeroDivisionError()})
    with pytest.raises(ZeroDivisionError):
        Run(work, Bounds(3))
    assert work.under_way == 0
    assert "2.txt" in work.cancelled


# --- being told to stop ----------------------------------------------------------------


class Asking:
    """Works on inputs by two requests each, which are answered when the test says so."""

    def __init__(self, count: int) -> None:
        self.slots = Slots(count)
        self.sent: list[str] = []
        self._answers: dict[str, asyncio.Event] = {}
        self.finished: list[str] = []

    async def __call__(self, number: int, name: str) -> str:
        for part in "ab":
            turn = self.slots.queue((number,))
            try:
                await turn
                self.sent.append(name + part)
                await self._of(name + part).wait()
            finally:
                self.slots.leave(turn)
        return name

    def _of(self, request: str) -> asyncio.Event:
        return self._answers.setdefault(request, asyncio.Event())

    def answer(self, *requests: str) -> None:
        for one in requests:
            self._of(one).set()

    def take(self, number: int, name: str, outcome: Outcome) -> None:
        assert outcome == name
        self.finished.append(name)


def pool_of(asking: Asking, open_: int = 4) -> Pool[str, str]:
    return Pool(asking, asking.take, Bounds(open_), asking.slots.freeze)


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def test_stopping_sends_nothing_more_and_uses_the_answers_that_come() -> None:
    async def main() -> Asking:
        asking = Asking(2)
        pool = pool_of(asking)
        running = asyncio.create_task(pool.run(at_hand(iter("stuvw"))))
        await turns()
        assert asking.sent == ["sa", "ta"]
        pool.stop(grace=60)
        await turns()
        assert not running.done(), "it waits for answers that are coming"
        asking.answer("sa", "ta")
        await running
        return asking

    asking = asyncio.run(main())
    assert asking.sent == ["sa", "ta"]
    assert asking.finished == [], "both need another answer"


def test_a_document_that_has_all_its_answers_is_finished() -> None:
    async def main() -> Asking:
        asking = Asking(1)
        pool = pool_of(asking, 1)
        running = asyncio.create_task(pool.run(at_hand(iter("st"))))
        await turns()
        asking.answer("sa")
        await turns()
        assert asking.sent == ["sa", "sb"]
        pool.stop(grace=60)
        asking.answer("sb")
        await running
        return asking

    asking = asyncio.run(main())
    assert (asking.sent, asking.finished) == (["sa", "sb"], ["s"])


def test_answers_that_do_not_come_are_waited_for_no_longer_than_the_grace() -> None:
    async def main() -> tuple[Asking, float]:
        asking = Asking(2)
        pool = pool_of(asking)
        running = asyncio.create_task(pool.run(at_hand(iter("stuvw"))))
        await turns()
        clock = asyncio.get_running_loop().time
        before = clock()
        pool.stop(grace=0.05)
        await running
        return asking, clock() - before

    asking, seconds = asyncio.run(main())
    assert asking.finished == []
    assert 0.04 < seconds < 5


def test_slots_that_are_frozen_turn_everybody_away() -> None:
    async def main() -> None:
        slots = Slots(1)
        first, second = slots.queue((0,)), slots.queue((1,))
        await first
        slots.freeze()
        assert not second.done()
        slots.leave(first)
        for turn in (second, slots.queue((2,))):
            with pytest.raises(StoppedError):
                await turn
            slots.leave(turn)

    asyncio.run(main())


# --- inputs that are waited for --------------------------------------------------------


def test_inputs_that_are_waited_for_hold_nobody_up() -> None:
    wait = threading.Event()

    def slowly() -> Iterator[str]:
        yield "first"
        wait.wait(10)
        yield "second"

    async def main() -> list[str]:
        source: AsyncIterator[str] = as_they_come(slowly())
        found = [await anext(source)]
        coming = asyncio.ensure_future(anext(source))
        await turns()  # the loop goes on
        assert not coming.done()
        wait.set()
        found.append(await coming)
        with pytest.raises(StopAsyncIteration):
            await anext(source)
        return found

    assert asyncio.run(main()) == ["first", "second"]


def test_an_error_of_inputs_comes_out_where_they_are_used() -> None:
    def broken() -> Iterator[str]:
        yield "first"
        raise InputError("the pipe broke")

    async def main() -> None:
        source = as_they_come(broken())
        assert await anext(source) == "first"
        with pytest.raises(InputError):
            await anext(source)

    asyncio.run(main())


def test_inputs_are_read_only_a_little_ahead() -> None:
    read: list[int] = []

    def many() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    async def main() -> None:
        source = as_they_come(many())
        for _ in range(5):
            await anext(source)
        await asyncio.sleep(0.05)

    asyncio.run(main())
    assert len(read) <= 9
