"""Attempts, what becomes of them, and what those between two pauses have in common.

Pure values; `summ.llm.throttle` draws the conclusions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """A completion came; `tokens`: prompt and reply, None where the server did not say."""

    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Too many requests, or the server is busy (429, 503); `wait`: seconds it asked for."""

    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The server failed (5xx), or no answer came: broken, unreachable, too late."""


@dataclass(frozen=True, slots=True)
class Other:
    """Any other answer, such as 400 or 401: the server is there."""


Outcome = Answered | Refused | Failed | Other


@dataclass(slots=True)
class Ticket:
    """One attempt under way.

    Attributes:
        stretch: the number of the stretch it was sent in.
        number: its own within that, from 1.
        level: requests in flight when it was sent, itself included.
        at: when that was.
        tokens: reserved for it.
        open: whether it is still under way.
    """

    stretch: int
    number: int
    level: int
    at: float
    tokens: int
    open: bool = True


@dataclass(slots=True)
class Stretch:
    """What happened since the last pause.

    Attributes:
        number: of the stretch, from 1.
        began: when its first request was sent.
        sent: requests sent in it, but for those of which nobody will know.
        live: of these, how many are under way.
        refused: how many were refused.
        failed: how many came to nothing.
        first: the first sent of those refused.
        level: the most in flight when one was sent that failed; 0: none did.
        asked: the longest wait that the server asked for, in seconds; 0: none.
    """

    number: int
    began: float
    sent: int = 0
    live: int = 0
    refused: int = 0
    failed: int = 0
    first: Ticket | None = None
    level: int = 0
    asked: float = 0.0

    def refuse(self, ticket: Ticket, asked: float) -> None:
        """One of its requests was refused, and so many seconds asked for."""
        self.refused += 1
        if self.first is None or ticket.number < self.first.number:
            self.first = ticket
        self.asked = max(self.asked, asked)

    def fail(self, ticket: Ticket) -> None:
        """One of its requests came to nothing."""
        self.failed += 1
        self.level = max(self.level, ticket.level)

    @property
    def accepted(self) -> int:
        """How many were not refused; those under way count."""
        return self.sent - self.refused

    @property
    def in_vain(self) -> bool:
        """Whether nothing came of any of them, nor can."""
        return self.accepted <= self.failed
