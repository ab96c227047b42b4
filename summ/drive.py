"""Runs tasks against a backend: the one place where steps and calls meet."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from summ.errors import ContextTooLongError, ReplyError
from summ.llm.port import Backend
from summ.model import Reply, Request, Ui, Usage
from summ.tasks.steps import Outcome, Steps
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


@dataclass
class Meter:
    """What the calls for one document took, and what they told about token counts.

    Attributes:
        usage: sum over all replies.
        counter: counts tokens; corrected whenever the server reports more.
        ui: is shown how far the requests have come; None: nobody is.
        asked: requests so far.
        answered: those of them that have their answer.
    """

    counter: TokenCounter
    ui: Ui | None = None
    usage: Usage = field(default_factory=Usage)
    asked: int = 0
    answered: int = 0

    def ask(self, requests: int) -> None:
        """Count requests that are about to be sent."""
        self.asked += requests
        self._show()

    def answer(self) -> None:
        """Count an answer, of whatever kind."""
        self.answered += 1
        self._show()

    def _show(self) -> None:
        if self.ui is not None:
            self.ui.progress("asking the model", self.answered, self.asked)

    def record(self, request: Request, reply: Reply) -> None:
        """Add a reply.

        Raises:
            ContextTooLongError: the server evidently read only a part of the prompt.
        """
        self.usage = self.usage + reply.usage
        reported = reply.usage.prompt_tokens
        if reply.usage.calls == 0 or reported == 0:
            return
        prompt = "\n".join(message.content for message in request.messages)
        counted = self.counter.count(prompt)
        if self._was_cut(prompt, counted, reported):
            raise ContextTooLongError(
                "The server read only a part of the prompt: its context is smaller than that.",
                "Raise the context size of the server (for Ollama: num_ctx).",
            )
        # Of several calls the sum is reported, which tells a cut, but not the true count.
        if reply.usage.calls == 1:
            self.counter = self.counter.corrected(counted, reported)

    def _was_cut(self, prompt: str, counted: int, reported: int) -> bool:
        """Whether a server that reports so few tokens can't have read the whole prompt."""
        if counted <= ALWAYS_WHOLE or reported >= SHORT_OF * counted:
            return False
        # The count may lie far above the truth on purpose; the encoding's own does not.
        plain = self.counter.plain.count(prompt)
        share = CUT_BELOW if reported % ROUND else SHORT_OF
        return plain > ALWAYS_WHOLE and reported < share * plain


async def drive(steps: Steps[T], backend: Backend, meter: Meter) -> T:
    """Run a task to its end.

    The requests of one step are sent together; the backend bounds how many are in flight.

    Raises:
        EndpointError: the endpoint failed; the other requests of the step are cancelled.
        ReplyError: the task could not do without a reply that can't be used.
    """

    async def answer(request: Request) -> Outcome:
        try:
            reply = await backend.complete(request)
        except ReplyError as error:
            if isinstance(error.usage, Usage):
                meter.usage += error.usage
            meter.answer()
            return error
        meter.record(request, reply)
        meter.answer()
        return reply

    try:
        requests = next(steps)
        while True:
            meter.ask(len(requests))
            outcomes = await together(answer(request) for request in requests)
            requests = steps.send(tuple(outcomes))
    except StopIteration as end:
        result: T = end.value
        return result


async def together(jobs: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Run `jobs` side by side; the first failure cancels the others and is raised itself."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(job) for job in jobs]
    except BaseExceptionGroup as errors:
        # One failure is the failure of all; a group would hide its kind and exit code.
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]
