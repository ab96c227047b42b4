"""A server that exists in simulated time only, and documents that are sent to it through a limiter.

The event loop's clock jumps to the next timer instead of waiting for it: minutes pass in
milliseconds, and always in the same way.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, Protocol, TypeVar

from summ.errors import EndpointError, RateLimitedError, SummError, UnreachableError
from summ.llm.circuit import Circuit
from summ.llm.limits import Answered, Failed, Limiter, Outcome, Refused
from summ.llm.retry import Failure, Policy

T = TypeVar("T")

Counting = Literal["sliding", "fixed", "bucket"]


class _Jumping(selectors.SelectSelector):
    """Selects nothing, and lets the clock jump."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        self.now += max(0.0, timeout)
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is simulated; no sockets, no threads."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def simulate(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end in simulated time."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(main)


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass(frozen=True)
class Reply:
    """What a server makes of a request: after `seconds` this."""

    seconds: float
    outcome: Outcome


class Server(Protocol):
    def take(self, time: float) -> Reply:
        """A request arrives."""
        ...


@dataclass
class RateServer:
    """So many requests per second, in one of the ways in which servers count them."""

    kind: Counting
    rate: float = 20.0
    retry_after: float | None = 1.0
    latency: float = 0.05
    errors: float = 0.05
    seed: int = 0
    _recent: deque[float] = field(default_factory=deque)
    _level: float = -1.0
    _then: float = 0.0

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._phase = self._random.random()

    def take(self, time: float) -> Reply:
        if not getattr(self, f"_{self.kind}")(time):
            return Reply(self.latency, Refused(self.retry_after))
        failed = self._random.random() < self.errors
        return Reply(self.latency, Failed() if failed else Answered())

    def _sliding(self, time: float) -> bool:
        while self._recent and self._recent[0] <= time - 1.0:
            self._recent.popleft()
        return self._counted(time)

    def _fixed(self, time: float) -> bool:
        window = int(time + self._phase)
        if window != self._then:
            self._recent.clear()
            self._then = window
        return self._counted(time)

    def _counted(self, time: float) -> bool:
        if len(self._recent) >= self.rate:
            return False
        self._recent.append(time)
        return True

    def _bucket(self, time: float) -> bool:
        if self._level < 0.0:
            self._level = self.rate
        else:
            self._level = min(self.rate, self._level + (time - self._then) * self.rate)
        self._then = time
        if self._level < 1.0:
            return False
        self._level -= 1.0
        return True


@dataclass
class Scripted:
    """Answers as a function says, of the time since the first request."""

    answer: Callable[[float], Reply]
    _began: float | None = None

    def take(self, time: float) -> Reply:
        if self._began is None:
            self._began = time
        return self.answer(time - self._began)


@dataclass
class Narrow:
    """Serves so many at once, and says 503 beyond."""

    places: int
    latency: float = 0.2
    retry_after: float | None = None
    _ends: list[float] = field(default_factory=list)

    def take(self, time: float) -> Reply:
        self._ends = [end for end in self._ends if end > time]
        if len(self._ends) >= self.places:
            return Reply(0.01, Refused(self.retry_after))
        self._ends.append(time + self.latency)
        return Reply(self.latency, Answered())


@dataclass
class Run:
    """What came of a run.

    Attributes:
        seconds: how long it took.
        sent: when each request was sent, since the start.
        answered: when each answer came.
        refused: when each refusal came.
        failed: how many attempts failed.
        gave_up: how many documents failed.
        early: requests sent before what `Retry-After` said to the client had passed.
        told: the pauses that were told of.
        stopped: why it was stopped.
    """

    seconds: float = 0.0
    sent: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    failed: int = 0
    gave_up: int = 0
    early: int = 0
    told: list[float] = field(default_factory=list)
    stopped: SummError | None = None

    def rate(self, start: float, end: float) -> float:
        """Answers per second between two times."""
        return sum(start <= time < end for time in self.answered) / (end - start)


class Client:
    """Sends documents of one request each, as the backend does."""

    jitter = 0.0  # seconds that the network takes at most, each way

    def __init__(self, server: Server, limiter: Limiter, seed: int, retries: int) -> None:
        self.server, self.limiter, self.random = server, limiter, Random(seed)
        self.policy = Policy(retries)
        self.circuit = Circuit()
        self.run = Run()
        self.began = now()
        self._quiet_until = 0.0

    async def document(self, number: int) -> None:
        tries = self.policy.begin(self.random.random)
        again = False
        while True:
            failure, last = await self.attempt(number, again)
            again = True
            if failure is None:
                return
            delay = tries.after(failure, now())
            if delay is None:
                self.run.gave_up += 1
                self.circuit.gave_up(failure, last)
                self.look()
                return
            if delay:
                await asyncio.sleep(delay)

    async def attempt(self, number: int, again: bool) -> tuple[Failure | None, int]:
        ticket = await self.limiter.enter(again=again)
        run, last = self.run, self.circuit.attempt()
        run.sent.append(now() - self.began)
        run.early += now() < self._quiet_until - 1e-3
        await asyncio.sleep(self.random.random() * self.jitter)
        reply = self.server.take(now())
        await asyncio.sleep(reply.seconds + self.random.random() * self.jitter)
        failure = self.note(reply.outcome, number, last)
        self.limiter.leave(ticket, reply.outcome)
        return failure, last

    def note(self, outcome: Outcome, number: int, last: int) -> Failure | None:
        run, at = self.run, now()
        if isinstance(outcome, Refused):
            run.refused.append(at - self.began)
            if outcome.wait is not None:
                self._quiet_until = max(self._quiet_until, at + outcome.wait)
            return Failure(RateLimitedError("slow down"), "yes", outcome.wait, refused=True)
        if isinstance(outcome, Failed):
            run.failed += 1
            error: EndpointError = UnreachableError("gone")
            self.circuit.lost(error, last, number)
            self.look()
            return Failure(error, "yes")
        run.answered.append(at - self.began)
        self.circuit.answered()
        return None

    def look(self) -> None:
        """Stop if the circuit is open."""
        if self.circuit.open is not None:
            self.limiter.stop(self.circuit.open)


def run(
    server: Server,
    documents: int,
    jobs: int,
    *,
    seed: int = 0,
    retries: int = 100,
    wide: bool = False,
    jitter: float = 0.0,
) -> Run:
    """Send so many documents, `jobs` at a time (`wide`: all wait at once), and see."""

    async def main() -> Run:
        told: list[float] = []
        limiter = Limiter(jobs, told=told.append, random=Random(seed + 1).random)
        client = Client(server, limiter, seed, retries)
        client.jitter = jitter
        numbers = iter(range(documents))

        async def worker() -> None:
            for number in numbers:
                try:
                    await client.document(number)
                except SummError as error:
                    client.run.stopped = error
                    return

        workers = (worker() for _ in range(documents if wide else jobs))
        await asyncio.gather(*workers)
        assert limiter.in_flight == 0
        client.run.seconds = now() - client.began
        client.run.told = told
        return client.run

    return simulate(main())
