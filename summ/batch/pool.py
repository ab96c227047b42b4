"""Many documents: a few at a time, finished in the order they were given."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

from summ.errors import AuthError, ConfigError, PromptError, SummError, UnknownModelError
from summ.model import Report

HOPELESS = (AuthError, UnknownModelError, ConfigError, PromptError)
"""Errors that every document would meet: the run ends at the first."""


async def run_batch(
    specs: Sequence[str],
    make: Callable[[str], Awaitable[Report]],
    done: Callable[[str, Report], None],
    at_once: int,
) -> list[tuple[str, SummError]]:
    """Make a report of each source.

    Args:
        specs: what `make` takes, such as paths.
        make: reads one source and reports on it.
        done: takes a finished report, in the order of `specs`.
        at_once: documents under way together, at least 1; memory is bounded by it.

    Returns:
        The sources that failed, each with its error; the others are done.

    Raises:
        SummError: of a kind that every other document would meet too. Then, and when it is
            cancelled, `done` has been given all that is finished.
    """
    failed: list[tuple[str, SummError]] = []
    waiting: deque[tuple[str, asyncio.Task[Report]]] = deque()

    async def finish_first() -> None:
        spec, task = waiting[0]
        try:
            report = await task
        except HOPELESS:
            raise
        except SummError as error:
            failed.append((spec, error))
        else:
            done(spec, report)
        waiting.popleft()

    try:
        for spec in specs:
            if len(waiting) >= at_once:
                await finish_first()
            waiting.append((spec, asyncio.ensure_future(make(spec))))
        while waiting:
            await finish_first()
    except (asyncio.CancelledError, *HOPELESS):
        # What is finished is not lost behind what never will be.
        for spec, report in _finished(waiting):
            done(spec, report)
        raise
    finally:
        await _cancel([task for _, task in waiting])
    return failed


def _finished(tasks: Iterable[tuple[str, asyncio.Task[Report]]]) -> Iterator[tuple[str, Report]]:
    """The reports that are there already."""
    for spec, task in tasks:
        if task.done() and not task.cancelled() and task.exception() is None:
            yield spec, task.result()


async def _cancel(tasks: Iterable[asyncio.Task[Report]]) -> None:
    """End what is under way, and wait until it has."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
