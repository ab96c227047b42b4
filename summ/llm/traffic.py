"""What all requests of a run go through: the limiter, the caps, the circuit and the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from summ.errors import ContextTooLongError, ReplyError
from summ.llm.budget import Budget, Caps, Reservation
from summ.llm.cache_port import NoStore, ReplyStore
from summ.llm.circuit import Circuit
from summ.llm.completion import Completion
from summ.llm.limits import Answered, Failed, Limiter, Other, Outcome, Refused, Ticket
from summ.llm.retry import Failure
from summ.model import Message, Usage


def _nobody(_usage: Usage) -> None:
    """Is told, and does nothing."""


@dataclass
class Traffic:
    """One for a run.

    Attributes:
        limiter: when a request may be sent.
        budget: whether it may be sent at all.
        store: replies that are there already.
        circuit: whether the endpoint is left alone.
        measure: an upper bound of the tokens of a chat; None: nobody needs to know.
        told: is told what each attempt took, and of each answer from the store.
    """

    limiter: Limiter
    budget: Budget = field(default_factory=lambda: Budget(Caps(), None))
    store: ReplyStore = field(default_factory=NoStore)
    circuit: Circuit = field(default_factory=Circuit)
    measure: Callable[[Sequence[Message]], int] | None = None
    told: Callable[[Usage], None] = _nobody

    async def enter(self, messages: Sequence[Message], limit: int, *, again: bool) -> Passage:
        """Wait until an attempt may be sent.

        Args:
            messages: the chat.
            limit: tokens that may be written at most.
            again: an attempt at the same request has failed: it goes before those of others.

        Raises:
            CapReachedError: a cap of the user's does not allow it.
            SummError: the endpoint is left alone, for this reason.
        """
        most = Usage(1, self.measure(messages), limit) if self.measure else Usage(1)
        reservation = await self.budget.reserve(most)
        try:
            tokens = most.prompt_tokens + most.completion_tokens
            ticket = await self.limiter.enter(tokens, again=again)
        except BaseException:
            self.budget.release(reservation, sent=False)
            raise
        if self.circuit.open is not None:
            self.limiter.leave(ticket, None)
            self.budget.release(reservation, sent=False)
            raise self.circuit.open
        return Passage(self, reservation, ticket, self.circuit.attempt())

    def look(self) -> None:
        """See whether the endpoint is to be left alone: then nobody waits for it any more."""
        if self.circuit.open is not None:
            self.limiter.stop(self.circuit.open)


@dataclass
class Passage:
    """An attempt on its way.

    Attributes:
        number: of the attempt.
    """

    _traffic: Traffic
    _reservation: Reservation
    _ticket: Ticket
    number: int

    def end(self, result: Completion | Failure, request: int) -> None:
        """Say what has become of it.

        Args:
            result: what came.
            request: the number of the request whose attempt it was.
        """
        traffic, outcome = self._traffic, _outcome(result)
        traffic.limiter.leave(self._ticket, outcome)
        if isinstance(result, Completion):
            traffic.budget.settle(self._reservation, result.usage)
            traffic.circuit.answered()
            return
        if result.billed:
            traffic.budget.settle(self._reservation, None)
        else:
            traffic.budget.release(self._reservation, sent=True)
        if isinstance(result.error, ContextTooLongError | ReplyError):
            traffic.circuit.answered()
        elif isinstance(outcome, Failed):
            traffic.circuit.lost(result.error, self.number, request)
            traffic.look()

    def abandon(self) -> None:
        """It was cancelled: nobody will know what it took."""
        self._traffic.limiter.leave(self._ticket, None)
        self._traffic.budget.settle(self._reservation, None)


def _outcome(result: Completion | Failure) -> Outcome:
    """What a result says of the endpoint's state."""
    if isinstance(result, Completion):
        usage = result.usage
        return Answered(usage.prompt_tokens + usage.completion_tokens or None)
    if result.refused or (result.wait is not None and result.again != "never"):
        return Refused(result.wait)
    return Failed() if result.again != "never" else Other()
