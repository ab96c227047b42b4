"""Answers that come together are worked on one by one, and the loop looks for others between."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from summ.llm.narrows import TURNS, Narrows
from tests.llm.simulated_server import simulate


async def passing(narrows: Narrows, count: int, cancelled: int = -1) -> list[int]:
    """In which turn of the loop each of `count` who come together goes on."""
    turn, passed = 0, list[int]()

    async def one() -> None:
        await narrows.wait()
        passed.append(turn)

    tasks = [asyncio.create_task(one()) for _ in range(count)]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0)
        turn += 1
        if turn == 2 and cancelled >= 0:
            tasks[cancelled].cancel()
    return passed


def test_those_who_come_together_pass_turns_apart() -> None:
    passed = simulate(passing(Narrows(), 8))
    assert len(passed) == 8
    assert all(b - a >= TURNS for a, b in itertools.pairwise(passed))


@pytest.mark.parametrize("which", [0, 1, 4])
def test_who_is_cancelled_there_holds_up_nobody(which: int) -> None:
    assert len(simulate(passing(Narrows(), 5, cancelled=which))) == 4
