"""Pure work on the other cores, so that one event loop keeps up with a fast endpoint.

What is checked and counted for a document takes several times what sending its requests does.
"""

from __future__ import annotations

import asyncio
import os
import pickle  # between processes of ours, over a socket that nobody else has
import signal
import socket
import struct
import sys
from collections import deque
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST = 4
"""Processes at most: one event loop does not keep more of them busy."""

FEW_JOBS, MANY = 8, 100
"""Requests in flight, and documents, from which on processes are worth starting."""

_LENGTH = struct.Struct("!Q")


class Compute(Protocol):
    """Calls a pure function of values, here or elsewhere."""

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function returns, or raises."""
        ...


async def here(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call it in this process."""
    return function(*args, **kwargs)


def worth(jobs: int, documents: int | None) -> int:
    """How many processes are worth having; none where a fork is not safe.

    Args:
        jobs: requests in flight.
        documents: of the run; None: nobody knows.
    """
    if sys.platform != "linux" or jobs < FEW_JOBS or (documents or MANY) < MANY:
        return 0
    cores = len(os.sched_getaffinity(0))
    return min(cores, MOST) if cores > 1 else 0


class Processes:
    """A `Compute` with processes of its own, which have all that is loaded already.

    To be made before there is an event loop, a thread, or a file that they should not have, and
    used in one event loop. They end when this process does, however that ends.
    """

    def __init__(self, count: int, warm_up: Callable[[], None]) -> None:
        """Start processes.

        Args:
            count: how many, 1 or more.
            warm_up: is called in each at once, while others have things to do.
        """
        import multiprocessing

        context = multiprocessing.get_context("fork")
        pairs = [socket.socketpair() for _ in range(count)]
        self._processes: list[BaseProcess] = []
        for number, (_, theirs) in enumerate(pairs):
            # As long as one has our end of another's, that one does not see us end.
            others = [end for at, pair in enumerate(pairs) for end in pair if end is not theirs]
            arguments = (theirs, others, warm_up)
            process = context.Process(target=_serve, args=arguments, daemon=True)
            process.name = f"compute-{number}"
            process.start()
            self._processes.append(process)
        for _, theirs in pairs:
            theirs.close()
        self._ends = [ours for ours, _ in pairs]
        self._lines: list[_Line] = []
        self._connecting: asyncio.Future[None] | None = None

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call it in the process that has the least to do; here when that fails."""
        if self._ends:
            if self._connecting is None:
                self._connecting = asyncio.ensure_future(self._connect())
            await asyncio.shield(self._connecting)
        line = min((one for one in self._lines if one.open), key=len, default=None)
        found = await line.ask((function, args, kwargs)) if line is not None else None
        # What it raised, or why there is no answer, is best found out where it can be told.
        return function(*args, **kwargs) if found is None else found[0]

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        lines = [_Line() for _ in self._ends]
        for line, end in zip(lines, self._ends, strict=True):
            await loop.connect_accepted_socket(lambda line=line: line, end)  # type: ignore[misc]
        self._lines, self._ends = lines, []

    def close(self) -> None:
        """End them; what they are at is of no use any more. Safe to call twice.

        In the event loop that they were used in.
        """
        for end in self._ends:
            end.close()
        for line in self._lines:
            line.close()
        for process in self._processes:
            process.kill()
            process.join()
        self._ends, self._lines, self._processes = [], [], []


class _Line(asyncio.Protocol):
    """Questions to one process, and its answers, which come in their order."""

    def __init__(self) -> None:
        self.open = True
        self._transport: asyncio.Transport | None = None
        self._waiting: deque[asyncio.Future[tuple[Any] | None]] = deque()
        self._data = bytearray()

    def __len__(self) -> int:
        return len(self._waiting)

    async def ask(self, question: object) -> tuple[Any] | None:
        """The answer in a tuple; None: there is none."""
        assert self._transport is not None
        try:
            data = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError):
            return None
        future: asyncio.Future[tuple[Any] | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._transport.write(_LENGTH.pack(len(data)) + data)
        return await future

    def close(self) -> None:
        self.open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            end = _LENGTH.size + length
            if len(self._data) < end:
                return
            answer = pickle.loads(self._data[_LENGTH.size : end])  # noqa: S301  see the import
            del self._data[:end]
            self._put(answer)

    def connection_lost(self, _error: Exception | None) -> None:
        self.open = False
        while self._waiting:
            self._put(None)

    def _put(self, answer: tuple[Any] | None) -> None:
        future = self._waiting.popleft()
        if not future.done():  # else its document was given up
            future.set_result(answer)


def _serve(line: socket.socket, others: list[socket.socket], warm_up: Callable[[], None]) -> None:
    """Answer questions until nobody can ask any more."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for other in others:
        other.close()
    # Whoever reads our standard output is not to wait for this process.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    warm_up()
    with line.makefile("rb") as questions:
        while head := questions.read(_LENGTH.size):
            data = questions.read(*_LENGTH.unpack(head))
            try:
                function, args, kwargs = pickle.loads(data)  # noqa: S301  see the import
                answer = pickle.dumps((function(*args, **kwargs),), pickle.HIGHEST_PROTOCOL)
            except Exception:  # noqa: BLE001  told where the function is called again
                answer = pickle.dumps(None)
            line.sendall(_LENGTH.pack(len(answer)) + answer)
