"""The floors: what the checks have reached, kept with its history.

A floor is the last entry of its name in `floors.toml`. Entries are only ever added; one
that is lower than the one before it carries the reason, and `test_eval.py` refuses a file
in which one does not. Rows of labelled pairs have none: their file is no part of summ.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "floors.toml"

_HEAD = (
    "# What the checks reach, as shares of 1; the last entry of a name counts.\n"
    "# Written by `python -m tests.eval --raise`, or `--lower ROW WHY`: entries are only added.\n"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One floor at one time.

    Attributes:
        name: what is measured, such as `caught/digit/en`, or `clean/names/uk` for the share
            of untouched statements without a false alarm.
        at_least: share, 0 to 1.
        date: when it was set.
        reason: why it is lower than the one before; empty where it is not.
    """

    name: str
    at_least: float
    date: datetime.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Floors:
    """All entries, oldest first."""

    entries: tuple[Entry, ...]

    @classmethod
    def load(cls) -> Floors:
        """The entries of the file; none where there is no file."""
        if not FILE.exists():
            return cls(())
        table = tomllib.loads(FILE.read_text(encoding="utf-8"))
        return cls(tuple(Entry(**entry) for entry in table.get("floor", [])))

    def save(self) -> None:
        """Write the file."""
        blocks = [_HEAD]
        for entry in self.entries:
            lines = [f"name = {json.dumps(entry.name)}", f"at_least = {entry.at_least:.4f}"]
            lines.append(f"date = {entry.date.isoformat()}")
            if entry.reason:
                lines.append(f"reason = {json.dumps(entry.reason, ensure_ascii=False)}")
            blocks.append("\n[[floor]]\n" + "\n".join(lines) + "\n")
        FILE.write_text("".join(blocks), encoding="utf-8")

    @property
    def current(self) -> Mapping[str, float]:
        """Name to floor."""
        return {entry.name: entry.at_least for entry in self.entries}

    def below(self, measured: Mapping[str, float]) -> list[str]:
        """A sentence for each row that is under its floor, or has none, or is gone."""
        gone = (name for name in self.current if name not in measured)
        lines = [f"{name} has a floor, and is not measured." for name in sorted(gone)]
        for name, share in measured.items():
            floor = self.current.get(name)
            if floor is None:
                lines.append(f"{name} has no floor yet: python -m tests.eval --raise")
            elif share < floor - 0.00005:
                lines.append(f"{name} is {share:.4f}, below its floor of {floor:.4f}.")
        return lines

    def raised(self, measured: Mapping[str, float], today: datetime.date) -> Floors:
        """With an entry for each row that is above its floor; none is lowered."""
        floors = self.current
        better = {
            name: share
            for name, share in measured.items()
            if name not in floors or _down(share) > floors[name]
        }
        added = (Entry(name, _down(share), today) for name, share in sorted(better.items()))
        return Floors((*self.entries, *added))

    def lowered(self, name: str, share: float, reason: str, today: datetime.date) -> Floors:
        """With one floor lowered, for a reason.

        Raises:
            ValueError: there is no reason, or nothing to lower.
        """
        if not reason.strip():
            raise ValueError("A floor is lowered for a reason only.")
        if name not in self.current:
            raise ValueError(f"There is no floor named {name}.")
        return Floors((*self.entries, Entry(name, _down(share), today, reason)))

    def silent(self) -> list[str]:
        """Names that were lowered without a reason."""
        last: dict[str, float] = {}
        found = []
        for entry in self.entries:
            if entry.at_least < last.get(entry.name, 0) and not entry.reason.strip():
                found.append(entry.name)
            last[entry.name] = entry.at_least
        return found


def _down(share: float) -> float:
    """Rounded down to four digits: what is written must be reached."""
    return int(share * 10_000) / 10_000
