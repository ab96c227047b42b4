"""The one re-ask after a reply that can't be used: whether, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field

from summ.errors import (
    EmptyReplyError,
    MalformedReplyError,
    ReplyError,
    TruncatedReplyError,
)
from summ.llm.replies import Parsed
from summ.model import Message, Reply, Request, Usage

QUOTED_REPLY = 2_000
"""Characters of a bad reply that the model is shown again."""


@dataclass(slots=True)
class Ask:
    """One request on its way: what is sent now, and what it took so far.

    Attributes:
        request: what was asked for.
        messages: the chat, grown by a re-ask.
        limit: tokens of the answer, grown after a cut.
        usage: what all calls took so far.
        answers: what all answers so far took, whenever that was.
        keys: of the answers in the store, the one that is waited for last.
        prompt_tokens: of the last answer, 0 where the server said nothing.
        problem: what was wrong with the last answer.
    """

    request: Request
    messages: tuple[Message, ...]
    limit: int
    usage: Usage = field(default_factory=Usage)
    answers: Usage = field(default_factory=Usage)
    keys: list[bytes] = field(default_factory=list)
    prompt_tokens: int = 0
    problem: ReplyError | None = None
    _reworded: bool = False
    _grown: bool = False

    @classmethod
    def of(cls, request: Request) -> Ask:
        """The first attempt at `request`; no answer may be without a limit."""
        return cls(request, request.messages, max(1, request.max_tokens))

    def reply(self, parsed: Parsed) -> Reply:
        """The reply that an answer comes to."""
        return Reply(parsed.text, parsed.data, self.usage, parsed.dropped, self.answers)

    def blame(self, error: ReplyError) -> ReplyError:
        """The error with what it took, and which answers came to nothing."""
        error.usage, error.replies = self.usage, tuple(self.keys)
        return error

    def repair(self, error: ReplyError, context: int) -> bool:
        """Prepare another attempt after `error`; False when there is none to make.

        An empty or malformed reply is asked for once more, a cut one once more with
        twice the limit, as far as the context has room; none where the request says so.

        Args:
            error: why the last answer does not count.
            context: tokens of prompt and reply together.
        """
        self.problem = error
        if not self.request.again:
            return False
        if isinstance(error, TruncatedReplyError):
            limit = min(2 * self.limit, context - self.prompt_tokens)
            if self._grown or limit <= self.limit:
                return False
            self.limit, self._grown = limit, True
            return True
        # A malformed reply without text: the server's envelope is at fault, and no
        # remark to the model helps.
        hopeless = not isinstance(error, EmptyReplyError | MalformedReplyError) or (
            isinstance(error, MalformedReplyError) and not error.text
        )
        if self._reworded or hopeless:
            return False
        self.messages, self._reworded = self._remark(error), True
        return True

    def _remark(self, error: ReplyError) -> tuple[Message, ...]:
        """The chat with what was wrong.

        It stays in turns of user and assistant, as many chat templates demand: without
        text to quote, the remark goes into the last message.
        """
        if isinstance(error, EmptyReplyError):
            *earlier, last = self.messages
            remark = "Your last answer was empty. Write the answer now."
            return (*earlier, Message(last.role, f"{last.content}\n\n{remark}"))
        return (
            *self.messages,
            Message("assistant", error.text[:QUOTED_REPLY]),
            Message("user", f"{error.message} Give the whole answer again, corrected."),
        )
