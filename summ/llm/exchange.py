"""From a request to its reply: what is kept already, asked once, tried again, and asked again.

Knows how to speak to the server and what its answers mean, but not what carries them.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from summ.errors import (
    ContextTooLongError,
    MalformedReplyError,
    ReplyError,
    TruncatedReplyError,
)
from summ.llm.cache_key import request_key
from summ.llm.completion import Completion, read_completion
from summ.llm.dialect import Dialect
from summ.llm.failures import Context, read_failure
from summ.llm.narrows import Narrows
from summ.llm.port import Endpoint
from summ.llm.repair import Ask
from summ.llm.replies import parse_reply
from summ.llm.retry import Failure, Policy, Tries
from summ.llm.traffic import Traffic
from summ.model import Reply, Request, Usage


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of any status.

    Attributes:
        status: HTTP status.
        body: its text.
        wait: seconds that the server asked for; None: it did not.
        obey: the header `x-should-retry`: `true`, `false` or empty.
        cause: the foreign exception that it came as.
    """

    status: int
    body: str
    wait: float | None = None
    obey: str = ""
    cause: Exception | None = None


@dataclass
class Exchange:
    """Answers requests; one for a backend.

    Attributes:
        endpoint: who is asked.
        context: whom to name in errors, and what not to.
        dialect: how to speak to it, as far as is known.
        traffic: what all attempts go through.
        policy: how failures are tried again.
        send: carries one body there and back.
        random: draws from [0, 1), for the back-off.
        room: tokens that the model holds, as far as is known.
        spent: what all calls took, failed ones included.
    """

    endpoint: Endpoint
    context: Context
    dialect: Dialect
    traffic: Traffic
    policy: Policy
    send: Callable[[dict[str, Any]], Awaitable[Answer | Failure]]
    random: Callable[[], float]
    room: int
    spent: Usage = field(default_factory=Usage)
    _under_way: dict[bytes, asyncio.Future[Reply]] = field(default_factory=dict)
    _requests: itertools.count[int] = field(default_factory=itertools.count)
    _pass: Narrows = field(default_factory=Narrows)

    async def complete(self, request: Request) -> Reply:
        """Answer `request`, as `OpenAIBackend.complete` says.

        The same request that is under way already is not sent again: its reply is for both.
        """
        try:
            return await self._once(request)
        finally:
            if self.traffic.limiter.careful:
                await self._pass.wait()

    async def _once(self, request: Request) -> Reply:
        """Answer `request`, or wait for the reply to the same that is under way."""
        key = request_key(self.endpoint, request, 0)
        while (other := self._under_way.get(key)) is not None:
            await asyncio.wait({other})
            if not other.cancelled() and other.exception() is None:
                return self._shared(other.result())
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._under_way[key] = future
        try:
            reply = await self._ask(request, key)
        except BaseException:
            future.cancel()
            raise
        else:
            future.set_result(reply)
            return reply
        finally:
            del self._under_way[key]

    def forget(self, replies: Iterable[bytes]) -> None:
        """Let replies that came to nothing be asked for anew; see `ReplyError.replies`."""
        self.traffic.store.forget(replies)

    def _shared(self, reply: Reply) -> Reply:
        """A reply that another has paid for."""
        usage = Usage(cached_calls=reply.answers.calls if reply.answers else 1)
        self.traffic.told(usage)
        self.spent += usage
        return replace(reply, usage=usage)

    async def _ask(self, request: Request, key: bytes) -> Reply:
        """Ask, and once more if the reply is no good."""
        ask = Ask.of(request)
        while True:
            ask.keys.append(request_key(self.endpoint, request, len(ask.keys)) if ask.keys else key)
            try:
                return await self._attempt(ask)
            except ReplyError as error:
                if not ask.repair(error, self.room):
                    raise ask.blame(error) from error.__cause__
            except ContextTooLongError as error:
                # The repair made the request too long: the reply is what went wrong.
                if ask.problem is None:
                    raise
                raise ask.blame(ask.problem) from error

    async def _attempt(self, ask: Ask) -> Reply:
        """One completion, understood.

        Raises:
            EndpointError: none came.
            ReplyError: it does not count.
        """
        completion = self._kept(ask) or await self._call(ask)
        ask.prompt_tokens = completion.usage.prompt_tokens
        ask.answers += replace(completion.usage, calls=1)
        if completion.error is not None:
            if reply := _complete_part(completion, ask):
                return reply
            raise completion.error
        try:
            parsed = parse_reply(completion.text, ask.request.schema)
        except MalformedReplyError:
            # Either the server ignores the schema or can't enforce it: from now on the
            # model is told in words, too.
            self.dialect = replace(self.dialect, describe=True)
            raise
        return ask.reply(parsed)

    def _kept(self, ask: Ask) -> Completion | None:
        """The completion that is in the store."""
        body = self.traffic.store.reply(ask.keys[-1])
        completion = read_completion(body, self.context) if body is not None else None
        if not isinstance(completion, Completion):
            return None
        self._book(ask, Usage(cached_calls=1))
        return completion

    def _book(self, ask: Ask, usage: Usage) -> None:
        """Add to what the request, and the backend, took."""
        ask.usage += usage
        self.spent += usage
        self.traffic.told(usage)

    async def _call(self, ask: Ask) -> Completion:
        """Send until an answer comes: learning the server's dialect, and trying again.

        Raises:
            EndpointError: none came.
            CapReachedError: a cap allows no further attempt.
            RefusalError: the endpoint's filter.
        """
        request, tries, again = next(self._requests), self.policy.begin(self.random), False
        while True:
            result, number = await self._step(ask, request, tries, again=again)
            if result is None:
                continue
            again = True
            if isinstance(result, Completion):
                return result
            delay = tries.after(result, asyncio.get_running_loop().time())
            if delay is None:
                if not isinstance(result.error, ContextTooLongError | ReplyError):
                    self.traffic.circuit.gave_up(result, number)
                    self.traffic.look()
                raise result.error from result.cause
            if delay:
                await asyncio.sleep(delay)

    async def _step(
        self, ask: Ask, request: int, tries: Tries, *, again: bool
    ) -> tuple[Completion | Failure | None, int]:
        """Send once and see; None when the refusal taught something about the server."""
        limit = self.dialect.most(ask.limit)
        passage = await self.traffic.enter(ask.messages, limit, again=again)
        tries.sent(asyncio.get_running_loop().time())
        try:
            body = self.dialect.body(ask.request, self.endpoint.model, ask.messages, ask.limit)
            self._book(ask, Usage(calls=1))
            answer = await self.send(body)
            result = self._read(answer, ask)
        except BaseException:
            passage.abandon()
            raise
        passage.end(result, request)
        if isinstance(answer, Answer):
            if isinstance(result, Completion):
                self._book(ask, result.usage)
                self.traffic.store.keep_reply(ask.keys[-1], answer.body)
            elif changes := self.dialect.refused(answer.status, answer.body, body):
                self._learn(changes)
                return None, passage.number
        return result, passage.number

    def _learn(self, changes: dict[str, Any]) -> None:
        """Remember what a refusal taught; the ladder is only ever gone down."""
        rung = max(self.dialect.rung, changes.get("rung", 0))
        self.dialect = replace(self.dialect, **{**changes, "rung": rung})

    def _read(self, answer: Answer | Failure, ask: Ask) -> Completion | Failure:
        """What a response means."""
        if isinstance(answer, Failure):
            return answer
        context = replace(self.context, private=[m.content for m in ask.messages])
        if answer.status == 200:
            return read_completion(answer.body, context)
        failure = read_failure(
            answer.status, answer.body, context, wait=answer.wait, obey=answer.obey
        )
        return replace(failure, cause=answer.cause)


def _complete_part(completion: Completion, ask: Ask) -> Reply | None:
    """What is complete of a reply that was cut, for a request that isn't sent again.

    Whoever asked misses the rest, and has a better way to get it; None where there is nothing.
    """
    request = ask.request
    if request.again or request.schema is None:
        return None
    if not isinstance(completion.error, TruncatedReplyError):
        return None
    try:
        parsed = parse_reply(completion.text, request.schema)
    except MalformedReplyError:
        return None
    if not any(parsed.data.values()):
        return None
    return ask.reply(replace(parsed, dropped=max(1, parsed.dropped)))
