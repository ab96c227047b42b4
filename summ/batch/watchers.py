"""Watchers of a run: several told as one, and one that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from summ.batch.events import Settled, Status, Watcher
from summ.model import Price, Usage


@dataclass(frozen=True, slots=True)
class Totals:
    """What has come of a run, so far or in the end.

    Attributes:
        total: inputs; None while their number is not known.
        done: documents whose report was made; this and the next four as in `Status`.
        stored: those whose report came from the store.
        kept: those whose output was there already.
        incomplete: those with a report that lacks a part.
        failed: those without a report.
        usage: what all calls of the run took, those of documents that never settled included.
        cost: US dollars for that; None when no price is known, or the server counts nothing.
        seconds: wall time so far.
    """

    total: int | None = None
    done: int = 0
    stored: int = 0
    kept: int = 0
    incomplete: int = 0
    failed: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: float | None = None
    seconds: float = 0.0

    @property
    def worked(self) -> int:
        """Documents finished with that were not there already."""
        return self.done + self.stored + self.incomplete + self.failed

    @property
    def settled(self) -> int:
        """Documents finished with, in whatever way."""
        return self.worked + self.kept

    @property
    def there(self) -> int:
        """Documents whose report is there and whole."""
        return self.done + self.stored + self.kept

    @property
    def pace(self) -> float | None:
        """Documents a second, of those that were not there already; None when there is none."""
        return self.worked / self.seconds if self.worked and self.seconds > 0 else None


class RunCount:
    """A `Watcher` that counts; to be told before those that read its totals.

    Attributes:
        price: of the model's tokens; may be set when it is known.
    """

    def __init__(self, clock: Callable[[], float], price: Price | None = None) -> None:
        """Start the run's time; `clock` gives seconds and never goes back."""
        self.price = price
        self._clock = clock
        self._began = clock()
        self._total: int | None = None
        self._ways: dict[Status, int] = dict.fromkeys(
            ("done", "stored", "kept", "incomplete", "failed"), 0
        )
        self._usage = Usage()
        self._seconds: float | None = None

    def totals(self) -> Totals:
        """How the run stands; after `ended` its time stands still."""
        now = self._clock() - self._began if self._seconds is None else self._seconds
        return Totals(self._total, **self._ways, usage=self._usage, cost=self._cost(), seconds=now)

    def _cost(self) -> float | None:
        usage = self._usage
        if self.price is None or (usage.calls and not usage.prompt_tokens):
            return None
        return self.price.cost(usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens)

    def expect(self, total: int | None) -> None:
        """Know how many there will be."""
        self._total = total

    def started(self, number: int, name: str) -> None:
        """Count nothing: what is begun may never settle."""

    def spent(self, usage: Usage) -> None:
        """Add up."""
        self._usage += usage

    def paused(self, seconds: float) -> None:
        """Count nothing."""

    def settled(self, one: Settled) -> None:
        """Count a document by how it ended."""
        self._ways[one.status] += 1

    def stopping(self, why: str) -> None:
        """Count nothing."""

    def ended(self) -> None:
        """Stop the run's time."""
        if self._seconds is None:
            self._seconds = self._clock() - self._began


class Watchers:
    """A `Watcher` that tells several, in the order given."""

    def __init__(self, *watchers: Watcher) -> None:
        """Pass everything on to `watchers`."""
        self._all = watchers

    def expect(self, total: int | None) -> None:
        """Tell each."""
        for one in self._all:
            one.expect(total)

    def started(self, number: int, name: str) -> None:
        """Tell each."""
        for one in self._all:
            one.started(number, name)

    def spent(self, usage: Usage) -> None:
        """Tell each."""
        for one in self._all:
            one.spent(usage)

    def paused(self, seconds: float) -> None:
        """Tell each."""
        for one in self._all:
            one.paused(seconds)

    def settled(self, one: Settled) -> None:
        """Tell each."""
        for watcher in self._all:
            watcher.settled(one)

    def stopping(self, why: str) -> None:
        """Tell each."""
        for one in self._all:
            one.stopping(why)

    def ended(self) -> None:
        """Tell each."""
        for one in self._all:
            one.ended()
