"""Pure work on other cores: the same answers, and nobody left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from summ.compute import FEW_JOBS, MANY, Processes, here, worth
from summ.errors import InputError

T = TypeVar("T")

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="there are no processes elsewhere"),
    # The tests' own workers have threads; the program has none yet when it forks.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def double(number: int) -> int:
    return 2 * number


def where() -> int:
    return os.getpid()


def fail(message: str) -> None:
    raise InputError(message, "Do something.")


def die(parent: int) -> str:
    if os.getpid() != parent:
        os._exit(1)
    return "here"


def nothing() -> None:
    return None


def using(main: Callable[[Processes], Awaitable[T]]) -> T:
    """What comes of `main` with two processes, which are ended where they were used."""
    made = Processes(2, nothing)

    async def run() -> T:
        try:
            return await main(made)
        finally:
            made.close()
            await asyncio.sleep(0)

    return asyncio.run(run())


def test_answers_are_those_of_their_questions() -> None:
    async def main(processes: Processes) -> list[int]:
        return list(await asyncio.gather(*(processes(double, n) for n in range(500))))

    assert using(main) == [double(n) for n in range(500)]


def test_work_is_spread_over_the_processes() -> None:
    async def main(processes: Processes) -> set[int]:
        return set(await asyncio.gather(*(processes(where) for _ in range(20))))

    found = using(main)
    assert len(found) == 2
    assert os.getpid() not in found


def test_large_values_go_there_and_back() -> None:
    text = "дім " * 500_000
    assert using(lambda processes: processes(str.upper, text)) == text.upper()


def test_what_a_function_raises_is_raised() -> None:
    async def main(processes: Processes) -> int:
        with pytest.raises(InputError, match=r"It is wrong. Do something."):
            await processes(fail, "It is wrong.")
        return await processes(double, 4)

    assert using(main) == 8


def test_what_cannot_be_sent_is_done_here() -> None:
    assert using(lambda processes: processes(lambda: "here")) == "here"


def test_an_answer_that_nobody_waits_for_is_nobody_elses() -> None:
    async def main(processes: Processes) -> list[int]:
        given_up = [asyncio.ensure_future(processes(double, n)) for n in range(10)]
        await asyncio.sleep(0)
        for one in given_up[::2]:
            one.cancel()
        later = await asyncio.gather(*(processes(double, n) for n in range(100, 110)))
        kept = await asyncio.gather(*given_up[1::2])
        return [*kept, *later]

    assert using(main) == [double(n) for n in [*range(1, 10, 2), *range(100, 110)]]


def test_a_process_that_dies_loses_nothing() -> None:
    async def main(processes: Processes) -> list[object]:
        first = await asyncio.gather(*(processes(die, os.getpid()) for _ in range(4)))
        return [*first, await processes(double, 3)]

    assert using(main) == ["here"] * 4 + [6]


def test_here_is_here() -> None:
    assert asyncio.run(here(where)) == os.getpid()


def test_the_processes_end_with_their_parent_even_if_it_is_killed() -> None:
    code = """if True:
        import asyncio, os, time
        from summ.compute import Processes

        async def main():
            print(*await asyncio.gather(*(made(os.getpid) for _ in range(8))), flush=True)
            time.sleep(60)

        made = Processes(2, int)
        asyncio.run(main())
    """
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        numbers = sorted({int(word) for word in one.stdout.readline().split()})
        assert len(numbers) == 2
        for number in numbers:
            os.kill(number, signal.SIGINT)  # Ctrl-C goes to all: they leave it to the parent
        assert all(map(_lives, numbers))
        one.kill()
        one.wait()
        until = time.monotonic() + 10
        while any(map(_lives, numbers)) and time.monotonic() < until:
            time.sleep(0.01)
        assert not any(map(_lives, numbers))


def _lives(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat", encoding="ascii") as state:  # noqa: PTH123
            return state.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_few_documents_or_requests_are_not_worth_it() -> None:
    assert worth(FEW_JOBS - 1, 10_000) == worth(64, MANY - 1) == 0
    assert (worth(64, None) > 0) == (worth(64, MANY) > 0) == (len(os.sched_getaffinity(0)) > 1)
