"""Many documents: order, bounds, failures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from summ.batch.pool import run_batch
from summ.errors import (
    AuthError,
    ConfigError,
    InputError,
    OutputError,
    PromptError,
    ReplyError,
    SummError,
    UnknownModelError,
    UnreachableError,
)
from summ.model import Report
from tests.reports import bridge_report

SPECS = [f"{n}.txt" for n in range(8)]


class Work:
    """Makes reports slowly: the n-th takes `delays[n]` turns of the event loop."""

    def __init__(self, delays: list[int], errors: dict[str, Exception] | None = None) -> None:
        self.delays = dict(zip(SPECS, delays, strict=True))
        self.errors = errors or {}
        self.started: list[str] = []
        self.ended: list[str] = []
        self.cancelled: list[str] = []
        self.most = 0
        self.under_way = 0

    async def make(self, spec: str) -> Report:
        self.started.append(spec)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            for _ in range(self.delays[spec]):
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.cancelled.append(spec)
            raise
        finally:
            self.under_way -= 1
        if spec in self.errors:
            raise self.errors[spec]
        self.ended.append(spec)
        return REPORT


REPORT = bridge_report()


def run(
    work: Work, at_once: int, done: Callable[[str, Report], None] | None = None
) -> tuple[list[tuple[str, SummError]], list[str]]:
    finished: list[str] = []

    def note(spec: str, report: Report) -> None:
        assert report is REPORT
        finished.append(spec)

    make: Callable[[str], Awaitable[Report]] = work.make
    return asyncio.run(run_batch(SPECS, make, done or note, at_once)), finished


@pytest.mark.parametrize("at_once", [1, 2, 3, 8, 100])
def test_reports_are_done_in_order_and_few_are_under_way(at_once: int) -> None:
    work = Work([30, 1, 20, 2, 15, 3, 1, 1])
    failed, finished = run(work, at_once)
    assert (failed, finished) == ([], SPECS)
    assert work.most == min(at_once, len(SPECS))
    assert work.started == SPECS
    if at_once > 1:
        assert work.ended != SPECS, "they were not worked on side by side"


def test_finished_reports_do_not_pile_up_behind_a_slow_one() -> None:
    """Memory: no more reports exist than are under way or next in line."""
    waiting: list[int] = []
    work = Work([50, *[1] * 7])

    def note(spec: str, report: Report) -> None:
        waiting.append(len(work.started))

    run(work, 3, note)
    assert waiting[0] == 3


def test_failures_are_collected_and_the_others_done() -> None:
    errors: dict[str, Exception] = {
        "1.txt": InputError("empty"),
        "4.txt": ReplyError("cut"),
        "7.txt": UnreachableError("gone"),
    }
    failed, finished = run(Work([5, 1, 9, 1, 7, 1, 1, 1], errors), 3)
    assert failed == list(errors.items())
    assert finished == [spec for spec in SPECS if spec not in errors]


@pytest.mark.parametrize(
    "error", [AuthError("no key"), UnknownModelError("x"), ConfigError("x"), PromptError("x")]
)
def test_an_error_that_all_would_meet_ends_the_run(error: SummError) -> None:
    work = Work([1, 1, 1, 1000, 1000, 1000, 1, 1], {"2.txt": error})
    finished: list[str] = []
    with pytest.raises(type(error)) as caught:
        run(work, 4, lambda spec, _: finished.append(spec))
    assert caught.value is error
    assert finished == SPECS[:2]
    assert work.cancelled == work.started[3:]
    assert work.under_way == 0
    assert "7.txt" not in work.started


def test_a_report_that_cannot_be_written_ends_the_run() -> None:
    work = Work([1, 1, 500, 500, 1, 1, 1, 1])

    def full_disk(spec: str, report: Report) -> None:
        raise OutputError("The disk is full.")

    with pytest.raises(OutputError):
        run(work, 4, full_disk)
    assert work.under_way == 0
    assert work.ended == ["0.txt", "1.txt"]


def test_several_errors_at_once_leave_none_unheard() -> None:
    """Warnings are errors: a task whose exception nobody takes would fail this test."""
    errors: dict[str, Exception] = {spec: AuthError(spec) for spec in SPECS}
    with pytest.raises(AuthError, match=r"0\.txt"):
        run(Work([2] * 8, errors), 8)


def test_a_bug_is_not_a_failed_document() -> None:
    work = Work([1, 1, 99, 99, 99, 99, 99, 99], {"1.txt": ZeroDivisionError()})
    with pytest.raises(ZeroDivisionError):
        run(work, 4)
    assert work.under_way == 0


def test_an_interrupted_batch_cancels_what_is_under_way() -> None:
    work = Work([10_000] * 8)

    async def interrupted() -> None:
        batch = asyncio.ensure_future(run_batch(SPECS, work.make, lambda *_: None, 3))
        await asyncio.sleep(0.01)
        batch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await batch

    asyncio.run(interrupted())
    assert work.cancelled == SPECS[:3]


def test_what_is_finished_outlives_an_interruption() -> None:
    work = Work([10_000, 1, 10_000, 1, 1, 1, 1, 1])
    finished: list[str] = []

    async def interrupted() -> None:
        take = run_batch(SPECS, work.make, lambda spec, _: finished.append(spec), 4)
        batch = asyncio.ensure_future(take)
        await asyncio.sleep(0.01)
        batch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await batch

    asyncio.run(interrupted())
    assert finished == ["1.txt", "3.txt"]


def test_no_documents_are_no_work() -> None:
    assert asyncio.run(run_batch([], Work([1] * 8).make, lambda *_: None, 4)) == []
