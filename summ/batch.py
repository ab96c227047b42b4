"""Many documents: a few at a time, finished in the order they were given."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

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
        SummError: of a kind that every other document would meet too.
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
    finally:
        for _, task in waiting:
            task.cancel()
        await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)
    return failed
