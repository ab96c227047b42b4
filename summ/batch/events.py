"""What happens in a run, as whoever watches it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from summ.errors import SummError
from summ.model import Usage

Status = Literal["done", "stored", "kept", "incomplete", "failed"]
"""How a document ended: a report was made; it came from the store, without a call; its output was
there already, from an earlier run; it was made, and the endpoint gave no answer to a part of it;
there is none."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A document is finished with.

    Attributes:
        number: of the input, from 0, in the order of inputs.
        name: see `Item.name`.
        status: how it ended.
        usage: what it took in this run.
        cost: US dollars in this run; None when no price is known.
        seconds: wall time from its start to its end.
        error: why there is no report, or none that is complete.
        outputs: the files that were written, as people know them; none with standard output.
    """

    number: int
    name: str
    status: Status
    usage: Usage = field(default_factory=Usage)
    cost: float | None = None
    seconds: float = 0.0
    error: SummError | None = None
    outputs: tuple[str, ...] = ()


class Watcher(Protocol):
    """Is told how a run goes; called from the event loop, and quick."""

    def expect(self, total: int | None) -> None:
        """There are so many inputs; None: their number will only be known at the end."""
        ...

    def started(self, number: int, name: str) -> None:
        """A document has been begun."""
        ...

    def spent(self, usage: Usage) -> None:
        """A call has ended, or an answer came from the store: what that took."""
        ...

    def paused(self, seconds: float) -> None:
        """Nothing is sent for so many seconds, since the endpoint asked for it."""
        ...

    def settled(self, one: Settled) -> None:
        """A document is finished with."""
        ...

    def stopping(self, why: str) -> None:
        """Nothing new is begun any more; one sentence."""
        ...

    def ended(self) -> None:
        """The run is over, in whatever way."""
        ...
