"""Signals while many documents are under way, heard whatever the event loop is at."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import pytest

from summ.cli.stopping import Stopping


class Ways:
    """What a run does with signals; `left` is the exit code that it was left with at once."""

    def __init__(self, held: threading.Lock | None = None, patience: float = 60.0) -> None:
        self.held = held or threading.Lock()
        self.said: list[str] = []
        self.left: int | None = None
        self.gone = threading.Event()
        self.stopped = asyncio.Event()
        self.stopping = Stopping(self._stop, self._last, self._leave, patience)

    def _stop(self) -> None:
        self.said.append("stop")
        self.stopped.set()

    def _last(self) -> None:
        with self.held:
            self.said.append("last")

    def _leave(self, code: int) -> None:
        self.left = code
        self.gone.set()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_first_signal_stops_kindly(number: int, code: int) -> None:
    before = signal.getsignal(number)

    async def main() -> Ways:
        ways = Ways()
        with ways.stopping.listening():
            os.kill(os.getpid(), number)
            await asyncio.wait_for(ways.stopped.wait(), 5)
        return ways

    ways = asyncio.run(main())
    assert (ways.said, ways.left, ways.stopping.code) == (["stop"], None, code)
    assert signal.getsignal(number) == before


def test_the_second_signal_ends_it_at_once_even_while_the_loop_waits_for_something_else() -> None:
    async def main() -> Ways:
        ways = Ways()
        with ways.stopping.listening():
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGINT)
            assert ways.gone.wait(5)
        return ways

    ways = asyncio.run(main())
    assert ways.said[0] == "last"
    assert ways.left == 143


def test_a_loop_that_is_deaf_is_not_waited_for_for_ever() -> None:
    async def main() -> Ways:
        ways = Ways(patience=0.05)
        with ways.stopping.listening():
            os.kill(os.getpid(), signal.SIGTERM)
            assert ways.gone.wait(5)
        return ways

    assert asyncio.run(main()).left == 143


def test_a_loop_that_listens_may_take_its_time() -> None:
    async def main() -> Ways:
        ways = Ways(patience=0.05)
        with ways.stopping.listening():
            os.kill(os.getpid(), signal.SIGTERM)
            for _ in range(20):
                await asyncio.sleep(0.01)
        return ways

    assert asyncio.run(main()).left is None


def test_a_farewell_that_hangs_holds_nothing_up() -> None:
    async def main() -> Ways:
        held = threading.Lock()
        ways = Ways(held)
        with held, ways.stopping.listening():
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            assert ways.gone.wait(5)
        return ways

    assert asyncio.run(main()).left == 130
