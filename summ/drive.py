"""Runs tasks against a backend: the one place where steps and calls meet."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar

from summ.errors import CapReachedError, ContextTooLongError, EndpointError, ReplyError
from summ.llm.port import Backend
from summ.model import Reply, Request, Usage
from summ.tasks.steps import Fork, Outcome, Steps, Wanted
from summ.text.tokens import TokenCounter

T = TypeVar("T")

CUT_BELOW = 0.5
"""A server that reports less than this share of the tokens that we count has cut the prompt.

No tokenizer tried needs half as many tokens as o200k_base for any language, but servers
that shorten a prompt to their context without a word exist.
"""

ROUND = 1_024
"""Contexts are multiples of it: a count of such a size, and below ours, is a cut prompt's.

Ollama shortens a prompt to its context to the token and reports that. A whole prompt comes
out at one once in a thousand times, and is then only sent again in smaller pieces.
"""

SHORT_OF = 0.95
"""Share of our count below which `ROUND` is looked at; above it tokenizers just differ."""

ALWAYS_WHOLE = 2_000
"""Tokens up to which a prompt is not checked: every server takes that much."""


class StoppedError(Exception):
    """The run is stopping: the request was not sent, and no other will be."""


class Slots:
    """Lets so many requests be under way at once, the first in the text before the others.

    The second request about a passage so comes right after the first, while the server still
    knows the passage, and a group is merged as soon as it can be.
    """

    def __init__(self, count: int) -> None:
        """Offer `count` slots, 1 or more."""
        self._count = self._free = count
        self._frozen = False
        self._waiting: list[tuple[tuple[int, ...], int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def queue(self, place: tuple[int, ...]) -> asyncio.Future[None]:
        """What is done when it is the turn of `place`: of all that wait, the smallest is next.

        It ends in `StoppedError` when its turn will never come.
        """
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (place, next(self._order), turn))
        self._hand_on()
        return turn

    def leave(self, turn: asyncio.Future[None]) -> None:
        """Give back what `queue` gave: the slot, or the place among those that wait."""
        if not turn.cancel() and not turn.cancelled() and turn.exception() is None:
            self._free += 1
            self._hand_on()

    def freeze(self) -> None:
        """Let nobody have a slot any more; when all are free, turn away those that wait."""
        self._frozen = True
        self._hand_on()

    def _hand_on(self) -> None:
        if self._frozen and self._free < self._count:
            return
        while self._free and self._waiting:
            *_, first = heapq.heappop(self._waiting)
            if first.done():
                continue
            if self._frozen:
                first.set_exception(StoppedError())
                continue
            first.set_result(None)
            self._free -= 1


class Progress(Protocol):
    """Is shown how far the requests of a document have come."""

    def asked(self, requests: int) -> None:
        """So many more are on their way."""
        ...

    def answered(self) -> None:
        """One more has its answer, of whatever kind."""
        ...


@dataclass
class Meter:
    """What the calls for one document took, and what they told about token counts.

    Attributes:
        usage: sum over all replies.
        counter: counts tokens; corrected whenever the server reports more.
        progress: is shown how far the requests have come; None: nobody is.
        slots: bound the requests in flight.
        useless: keys of replies that came to nothing; see `ReplyError.replies`.
        unanswered: requests that got no answer, retries included.
    """

    counter: TokenCounter
    progress: Progress | None = None
    usage: Usage = field(default_factory=Usage)
    slots: Slots = field(default_factory=lambda: Slots(1))
    useless: list[bytes] = field(default_factory=list)
    unanswered: int = 0

    def ask(self, requests: int) -> None:
        """Count requests that are about to be sent."""
        if self.progress is not None:
            self.progress.asked(requests)

    def answer(self) -> None:
        """Count an answer, of whatever kind."""
        if self.progress is not None:
            self.progress.answered()

    def record(self, request: Request, reply: Reply) -> None:
        """Add a reply.

        Raises:
            ContextTooLongError: the server evidently read only a part of the prompt.
        """
        self.usage = self.usage + reply.usage
        # What the answers took, also those from a store: what is learnt is the same each time.
        answers = reply.answers or reply.usage
        reported = answers.prompt_tokens
        if answers.calls == 0 or reported == 0:
            return
        prompt = "\n".join(message.content for message in request.messages)
        counted = self.counter.count(prompt)
        if self._was_cut(prompt, counted, reported):
            raise ContextTooLongError(
                "The server read only a part of the prompt: its context is smaller than that.",
                "Raise the context size of the server (for Ollama: num_ctx).",
            )
        # Of several calls the sum is reported, which tells a cut, but not the true count.
        if answers.calls == 1:
            self.counter = self.counter.corrected(counted, reported)

    def _was_cut(self, prompt: str, counted: int, reported: int) -> bool:
        """Whether a server that reports so few tokens can't have read the whole prompt."""
        if counted <= ALWAYS_WHOLE or reported >= SHORT_OF * counted:
            return False
        # The count may lie far above the truth on purpose; the encoding's own does not.
        plain = self.counter.plain.count(prompt)
        share = CUT_BELOW if reported % ROUND else SHORT_OF
        return plain > ALWAYS_WHOLE and reported < share * plain


async def drive(steps: Steps[T], backend: Backend, meter: Meter, place: tuple[int, ...] = ()) -> T:
    """Run a task to its end.

    The requests of one step are sent together, and the branches of a fork run side by
    side; the meter's slots bound how many requests are in flight.

    Args:
        steps: the task.
        backend: answers its requests.
        meter: counts them.
        place: the number of the branch, of the branch in that, and so on.

    Raises:
        SummError: what the task, or a branch of it, raises; the others are cancelled.
        CapReachedError: a request was not allowed; those that were have their replies, since
            they are paid for.
    """
    found: list[T] = []
    try:
        async with asyncio.TaskGroup() as group:
            under_way = _Run(backend, meter, group)
            under_way.go_on(steps, place, None, found.append)
    except BaseExceptionGroup as errors:
        # One failure is the failure of all; a group would hide its kind and exit code.
        raise errors.exceptions[0] from None
    if under_way.capped is not None:
        raise under_way.capped
    (result,) = found
    return result


class _Run:
    """A task under way, with its branches.

    Who is given an answer goes on at once, before the slot is free again: what it wants next
    stands in the queue by then, and comes first if its place does.

    Attributes:
        capped: why a request was not allowed; None: all were so far.
    """

    def __init__(self, backend: Backend, meter: Meter, group: asyncio.TaskGroup) -> None:
        self.capped: CapReachedError | None = None
        self._backend, self._meter, self._group = backend, meter, group

    def go_on(
        self,
        steps: Steps[T],
        place: tuple[int, ...],
        sent: tuple[Any, ...] | None,
        ended: Callable[[T], None],
    ) -> None:
        """Run `steps` to what they want next, and ask for it; `ended` is given their result."""
        try:
            wanted = next(steps) if sent is None else steps.send(sent)
        except StopIteration as end:
            ended(end.value)
            return
        parts = wanted.branches if isinstance(wanted, Fork) else wanted
        results = _Results(len(parts), lambda got: self.go_on(steps, place, got, ended))
        if isinstance(wanted, Fork):
            for number, branch in enumerate(wanted.branches):
                self.go_on(branch, (*place, number), None, partial(results.put, number))
            return
        self._meter.ask(len(wanted))
        for number, one in enumerate(wanted):
            self._ask(one, place, partial(results.put, number))

    def _ask(self, wanted: Wanted, place: tuple[int, ...], then: Callable[[Any], None]) -> None:
        slots = self._meter.slots
        turn = slots.queue(place)
        task = self._group.create_task(self._answer(wanted, turn, then))
        # Not in the task: one that is cancelled early never runs.
        task.add_done_callback(lambda _: slots.leave(turn))

    async def _answer(
        self, wanted: Wanted, turn: asyncio.Future[None], then: Callable[[Any], None]
    ) -> None:
        """Hand on what comes of one request; None when it was not made."""
        await turn
        meter = self._meter
        outcome: Outcome | None = None
        request = wanted if isinstance(wanted, Request) else wanted()
        if request is not None:
            try:
                outcome = await _complete(request, self._backend, meter)
            except CapReachedError as error:
                # Nothing follows from it; what else is under way goes on.
                self.capped = self.capped or error
                return
        meter.answer()
        then(outcome)


class _Results:
    """Collects so many results; `then` is given them all when the last is there."""

    def __init__(self, count: int, then: Callable[[tuple[Any, ...]], None]) -> None:
        self._results: list[Any] = [None] * count
        self._left = count
        self._then = then
        if not count:
            then(())

    def put(self, number: int, result: Any) -> None:
        """Take the result with that number."""
        self._results[number] = result
        self._left -= 1
        if not self._left:
            self._then(tuple(self._results))


async def _complete(request: Request, backend: Backend, meter: Meter) -> Outcome:
    """What comes of sending a request."""
    try:
        reply = await backend.complete(request)
        meter.record(request, reply)
    except ContextTooLongError as error:
        return error
    except EndpointError as error:
        meter.unanswered += 1
        return error
    except ReplyError as error:
        meter.useless += error.replies
        if isinstance(error.usage, Usage):
            meter.usage += error.usage
        return error
    return reply
