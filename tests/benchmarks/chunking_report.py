"""What the sections of the chunking benchmark share: settings, tables, bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.chunking_quality import Text

MIDDLE = 2000
"""The budget, in tokens, where only one is looked at."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    cells = ([cell.replace("|", "\\|") for cell in row] for row in (head, *rows))
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    lines.insert(1, "|" + "---|" * len(head))
    return "\n".join(lines) + "\n"


def show(value: float | None, form: str = ".2f") -> str:
    """A number, or a dash where there is none."""
    return "–" if value is None else format(value, form)


def percent(value: float | None) -> str:
    """A share in per cent, rounded down: 100.0 means all."""
    return "–" if value is None else f"{int(value * 1000) / 10:.1f}"


@dataclass
class Verdict:
    """The bars, as they are met or missed."""

    lines: list[tuple[bool, str]] = field(default_factory=list)

    def add(self, met: bool, what: str) -> None:
        """Note one figure and whether it is within its bar."""
        self.lines.append((met, what))

    def __str__(self) -> str:
        missed = [what for met, what in self.lines if not met]
        if not self.lines:
            return "verdict: nothing was measured that has a bar"
        head = f"verdict: {len(self.lines) - len(missed)} of {len(self.lines)} bars met"
        return head + ("; MISSED: " + "; ".join(missed) if missed else "")


@dataclass(frozen=True)
class Settings:
    """What is measured, on what.

    Attributes:
        names: keys of `CHUNKERS`.
        texts: by name; a name that ends with " flat" is a text without line breaks.
        budgets: in tokens.
        rounds: of the fast chunkers.
    """

    names: tuple[str, ...]
    texts: dict[str, Text]
    budgets: tuple[int, ...]
    rounds: int
    verdict: Verdict = field(default_factory=Verdict)
