"""Reading one passage: its notes, its claims, and what to do when it is too long.

The requests about a passage follow each other, so that a server which keeps the prompt of
the first has read the passage when the second comes. Only an article of one passage is
asked for both at once: there is nothing else to do meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from summ.checks.grounding import SentenceIndex
from summ.errors import ContextTooLongError, EndpointError, ReplyError
from summ.model import Claim, Finding, Reply, Request, Span, Statement
from summ.tasks.brief import (
    Ask,
    claims_request,
    read_claims,
    read_summary,
    sentence_sources,
    summary_request,
)
from summ.tasks.passage import Passage, passages_within
from summ.tasks.steps import Fork, Outcome, Steps
from summ.text.tokens import TokenCounter

SUMMARY, CLAIMS = "summary", "claims"

FRAME = 400
"""Tokens of a request beside the passage; they are not halved with it."""

LEAST_BUDGET = 200
"""Tokens of a passage that every model has room for; what is refused then is hopeless."""


@dataclass
class Limits:
    """What requests about passages keep to; shared by all passages of an article.

    Attributes:
        budget: most tokens of a passage's block; lowered when the server takes no more.
        notes: most notes of a passage.
        claims: most claims of a passage.
        at_once: the passage is the whole article: its notes are the summary, and it is asked
            for both together.
        counter: gives what counts tokens, as well as is known by then.
        lowered: is told when the budget is lowered, and why.
        done: is told of each passage that has been read, or lost for good.
    """

    budget: int
    notes: int
    claims: int
    at_once: bool
    counter: Callable[[], TokenCounter]
    lowered: Callable[[ContextTooLongError], None] = lambda _: None
    done: Callable[[Passage], None] = lambda _: None
    _met: bool = False  # the server has said what it takes

    def too_long(self, passage: Passage) -> bool:
        """Whether a passage is over the budget by now."""
        return self._met and not self.counter().fits(passage.block, self.budget)

    def lower(self, passage: Passage, error: ContextTooLongError) -> bool:
        """Allow half of what that request had; False when that would be next to nothing."""
        tokens = self.counter().count(passage.block)
        if self._met and tokens > self.budget:
            return True  # another request was refused meanwhile
        half = (tokens - FRAME) // 2
        if half < LEAST_BUDGET:
            return False
        if half < self.budget:
            self.budget, self._met = half, True
            self.lowered(error)
        return True


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a part (`summary`, `claims`) knows nothing of a passage."""

    part: str
    span: Span
    error: ReplyError | EndpointError


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in passages that follow each other.

    Attributes:
        seen: spans of the article that were in a request which got its answer.
        notes: statements for the summary, in order.
        claims: claims of each passage, the most important first.
        failures: what could not be had.
        findings: what was noticed on the way.
    """

    seen: tuple[Span, ...] = ()
    notes: tuple[Statement, ...] = ()
    claims: tuple[tuple[Claim, ...], ...] = ()
    failures: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __add__(self, other: Reading) -> Reading:
        """Both, one after the other."""
        return Reading(
            self.seen + other.seen,
            self.notes + other.notes,
            self.claims + other.claims,
            self.failures + other.failures,
            self.findings + other.findings,
        )


def joined(readings: Sequence[Reading]) -> Reading:
    """All of them, one after the other."""
    total = Reading()
    for reading in readings:
        total += reading
    return total


def read_all(readers: Sequence[Steps[Reading]]) -> Steps[Reading]:
    """Run all readers, side by side."""
    readings = yield Fork(tuple(readers))
    return joined(readings)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads passages of one article.

    Attributes:
        ask: what is wanted of the article.
        index: the article.
        limits: what requests keep to.
        parts: `summary`, `claims` or both.
    """

    ask: Ask
    index: SentenceIndex
    limits: Limits
    parts: tuple[str, ...] = field(default=(SUMMARY, CLAIMS))

    def read(self, passage: Passage) -> Steps[Reading]:
        """Read one passage; in halves where the server has no room for it."""
        reading = yield from self._read(passage, self.parts)
        self.limits.done(passage)
        return reading

    def _read(self, passage: Passage, parts: Sequence[str]) -> Steps[Reading]:
        limits, reading = self.limits, Reading()
        left = list(parts)
        while left:
            asked = left if limits.at_once else left[:1]
            left = left[len(asked) :]
            outcomes = yield tuple(partial(self._due, part, passage) for part in asked)
            refused = []
            for part, outcome in zip(asked, outcomes, strict=True):
                too_long = isinstance(outcome, ContextTooLongError)
                if outcome is None or (too_long and limits.lower(passage, outcome)):
                    refused.append(part)
                else:
                    reading += self._found(part, passage, outcome)
            if refused:
                # What would come next is no shorter: the pieces are read for that, too.
                return reading + (yield from self._in_pieces(passage, [*refused, *left]))
        return reading

    def _due(self, part: str, passage: Passage) -> Request | None:
        """The request, unless others have shown meanwhile that it would be too long."""
        return None if self.limits.too_long(passage) else self.request(part, passage)

    def _in_pieces(self, passage: Passage, parts: Sequence[str]) -> Steps[Reading]:
        """Read the pieces that are within the budget, side by side."""
        assert passage.chunk is not None, "notes are merged, not read"
        limits, document = self.limits, self.index.document
        limits.at_once = False
        pieces = passages_within(document, passage.chunk.span, limits.budget, limits.counter())
        readings = yield Fork(tuple(self._read(piece, parts) for piece in pieces))
        return joined(readings)

    def request(self, part: str, passage: Passage) -> Request:
        """What asks for a part of a passage."""
        if part == CLAIMS:
            return claims_request(self.ask, passage, self.limits.claims)
        prompt = "summary" if self.limits.at_once else "notes"
        return summary_request(self.ask, passage, self.limits.notes, prompt)

    def _found(self, part: str, passage: Passage, outcome: Outcome) -> Reading:
        """What an outcome holds."""
        assert passage.chunk is not None, "notes are merged, not read"
        span = passage.chunk.span
        if not isinstance(outcome, Reply):
            return Reading(failures=(Failure(part, span, outcome),))
        sources = sentence_sources(passage)
        reading = Reading(seen=(span,), findings=cut_findings(outcome))
        if part == SUMMARY:
            notes = read_summary(outcome, self.index, sources, self.limits.notes)
            return reading + Reading(notes=tuple(notes))
        claims = read_claims(outcome, self.index, sources, self.limits.claims)
        return reading + Reading(claims=(tuple(claims),))


def cut_findings(reply: Reply) -> tuple[Finding, ...]:
    """What to say of a reply whose end was left off."""
    if not reply.dropped:
        return ()
    what = f"A reply was cut; {reply.dropped} incomplete item left off."
    return (Finding("reply-cut", what),)
