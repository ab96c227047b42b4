"""Many documents, a bounded number of them under way: pulled by those who are free."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from summ.drive import StoppedError
from summ.errors import (
    AuthError,
    CapReachedError,
    ConfigError,
    EndpointDownError,
    OutputError,
    PromptError,
    SummError,
    UnknownModelError,
)

T = TypeVar("T")
Input = TypeVar("Input")

HOPELESS = (AuthError, UnknownModelError, ConfigError, PromptError)
"""Errors that every document would meet: the run ends at the first."""

ENDING = (*HOPELESS, EndpointDownError, CapReachedError, OutputError)
"""Errors after which no other document is begun."""

AHEAD = 4
"""Documents that may be done before the oldest that is under way, as a multiple of those that
are under way together: their reports wait, in memory, to be written in order."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How a pool works.

    Attributes:
        open: documents under way together, at least 1; memory is bounded by it.
        ordered: outcomes are handed on in the order of inputs, else as they come.
        fail_fast: the first document that fails ends the run.
    """

    open: int
    ordered: bool = False
    fail_fast: bool = False


@dataclass
class Pool(Generic[Input, T]):
    """Works on inputs until they are used up, or until it is told to stop.

    A worker pulls the next input when it is free; there is no task for an input that waits.

    Attributes:
        work: makes what is wanted of the input with that number, from 0.
        done: is told what came of each, an error among it.
        bounds: how it works.
        freeze: sees to it that no further request is sent: who waits to send one is turned away
            with `StoppedError` when the others have their answers.
        ended_by: the error that ended the run; None: none did.
    """

    work: Callable[[int, Input], Awaitable[T]]
    done: Callable[[int, Input, T | SummError], None]
    bounds: Bounds
    freeze: Callable[[], None]
    ended_by: SummError | None = None
    _grace: float | None = None
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[int, tuple[Input, T | SummError]] = field(default_factory=dict)
    _next: int = 0
    _begun: int = 0
    _under_way: int = 0
    _none: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self, grace: float | None = None) -> None:
        """Begin nothing more.

        What is under way may use the answers that come within `grace` seconds, else all that
        have been asked for; documents that need no more than that are finished.
        """
        self._grace = grace
        self._stopped.set()
        self._moved.set()
        self.freeze()

    async def run(self, inputs: AsyncIterator[Input]) -> None:
        """Work on all inputs.

        Raises:
            SummError: of a kind that ends a run; what was finished has been handed on.
        """
        pull = asyncio.Lock()
        workers = [asyncio.create_task(self._worker(inputs, pull)) for _ in range(self.bounds.open)]
        at_work: asyncio.Future[Any] = asyncio.gather(*workers)
        stopped: asyncio.Future[Any] = asyncio.ensure_future(self._stopped.wait())
        none: asyncio.Future[Any] = asyncio.ensure_future(self._none.wait())
        first = asyncio.FIRST_COMPLETED
        try:
            await asyncio.wait({at_work, stopped}, return_when=first)
            if self._under_way and not at_work.done():
                await asyncio.wait({at_work, none}, timeout=self._grace, return_when=first)
            if at_work.done():
                at_work.result()
        finally:
            for one in (*workers, stopped, none):
                one.cancel()
            await asyncio.gather(*workers, at_work, stopped, none, return_exceptions=True)
            self._hand_on_rest()
        if self.ended_by is not None:
            raise self.ended_by

    async def _worker(self, inputs: AsyncIterator[Input], pull: asyncio.Lock) -> None:
        while not self._stopped.is_set():
            await self._room()
            async with pull:
                if self._stopped.is_set():
                    return
                try:
                    one = await anext(inputs)
                except StopAsyncIteration:
                    return
                number = self._begun
                self._begun += 1
            self._under_way += 1
            try:
                await self._settle(number, one)
            finally:
                self._under_way -= 1
                if self._stopped.is_set() and not self._under_way:
                    self._none.set()

    async def _settle(self, number: int, one: Input) -> None:
        """Work on an input to its end."""
        try:
            outcome: T | SummError = await self.work(number, one)
        except SummError as error:
            outcome = error
        except StoppedError:
            return
        self._take(number, one, outcome)

    async def _room(self) -> None:
        """Wait, where order matters, until the oldest under way is not too far behind."""
        if not self.bounds.ordered:
            return
        while self._begun - self._next >= AHEAD * self.bounds.open and not self._stopped.is_set():
            self._moved.clear()
            await self._moved.wait()

    def _take(self, number: int, one: Input, outcome: T | SummError) -> None:
        """Hand on what came of an input, when it is its turn; see whether that is the end."""
        failed = isinstance(outcome, SummError)
        if isinstance(outcome, ENDING) or (failed and self.bounds.fail_fast):
            assert isinstance(outcome, SummError)
            self._end(outcome)
        # What met an error that has nothing to do with it has not failed: it is not done.
        if failed and isinstance(outcome, ENDING):
            return
        if not self.bounds.ordered:
            self._hand_on(number, one, outcome)
            return
        self._waiting[number] = (one, outcome)
        while self._next in self._waiting:
            ready = self._waiting.pop(self._next)
            self._next += 1
            self._hand_on(self._next - 1, *ready)
        self._moved.set()

    def _hand_on(self, number: int, one: Input, outcome: T | SummError) -> None:
        try:
            self.done(number, one, outcome)
        except OutputError as error:
            self._end(error)

    def _hand_on_rest(self) -> None:
        """What is finished is not lost behind what never will be."""
        for number in sorted(self._waiting):
            one, outcome = self._waiting.pop(number)
            if not isinstance(self.ended_by, OutputError):
                self._hand_on(number, one, outcome)

    def _end(self, error: SummError) -> None:
        if self.ended_by is None:
            self.ended_by = error
            # Calls that a cap let through are paid for: they are waited for.
            self.stop(None if isinstance(error, CapReachedError) else _GRACE)


_GRACE = 5.0
"""Seconds for what is under way when an error ends the run."""


async def at_hand(inputs: Iterator[Input]) -> AsyncIterator[Input]:
    """Inputs that can be had at once."""
    for one in inputs:
        yield one


async def as_they_come(inputs: Iterator[Input]) -> AsyncIterator[Input]:
    """Inputs that may be waited for: read by a thread of their own, a few ahead.

    The thread does not keep the process from ending: nothing can wake one that reads a pipe.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Any] = asyncio.Queue()
    room = threading.Semaphore(2)
    end = object()

    def read() -> None:
        def put(one: object) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody wants it any more
                loop.call_soon_threadsafe(queue.put_nowait, one)

        try:
            for one in inputs:
                room.acquire()
                put(one)
        except Exception as error:  # noqa: BLE001  raised where the inputs are used
            put(error)
        put(end)

    threading.Thread(target=read, daemon=True, name="inputs").start()
    while (one := await queue.get()) is not end:
        room.release()
        if isinstance(one, Exception):
            raise one
        yield one
