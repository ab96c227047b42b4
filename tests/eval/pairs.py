"""The checks on (document, sentence) pairs that people have labelled; the file is no part of summ.

Rows are JSON objects with `set`, `doc_id`, `claim`, `supported` ("0" or "1") and, in the first
row of each document, `document`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from summ.against import check_summary
from summ.model import Document, Source, Statement
from summ.text.document import annotate

WEAK = frozenset({"weak-evidence", "citation-replaced"})
"""Codes that doubt where the evidence was found, not the statement."""


@dataclass
class Score:
    """Labels and what was said of them; "positive" is a sentence called unsupported.

    Attributes:
        hit: unsupported, and called so.
        alarm: supported, and called unsupported.
        missed: unsupported, and not called so.
        passed: supported, and not called unsupported.
    """

    hit: int = 0
    alarm: int = 0
    missed: int = 0
    passed: int = 0

    @property
    def total(self) -> int:
        """All pairs."""
        return self.hit + self.alarm + self.missed + self.passed

    @property
    def precision(self) -> float:
        """Of what was called unsupported, the share that is."""
        return self.hit / max(1, self.hit + self.alarm)

    @property
    def recall(self) -> float:
        """Of what is unsupported, the share that was called so."""
        return self.hit / max(1, self.hit + self.missed)

    @property
    def balanced(self) -> float:
        """Balanced accuracy: the mean of the shares of both labels that were told right."""
        return (self.recall + self.passed / max(1, self.passed + self.alarm)) / 2


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled sentence: its set, itself, the label, and what the checks say of it."""

    set_name: str
    claim: str
    supported: bool
    statements: tuple[Statement, ...]


def pairs(path: Path) -> Iterator[Pair]:
    """Every pair of the file, checked as `summ verify --against` would."""
    documents: dict[str, Document] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "document" in row:
            source = Source("-", "text/plain", row["document"])
            documents[row["doc_id"]] = annotate(source, "en")
        found = check_summary(row["claim"], documents[row["doc_id"]])
        yield Pair(row["set"], row["claim"], str(row["supported"]) == "1", found)


def is_called_unsupported(pair: Pair, codes: Callable[[str], bool] = lambda _: True) -> bool:
    """Whether any check found something in the sentence itself."""
    return any(
        finding.code not in WEAK and codes(finding.code)
        for statement in pair.statements
        for finding in statement.findings
    )


def scores(all_pairs: list[Pair]) -> dict[str, Score]:
    """How well the checks tell, by set."""
    table: dict[str, Score] = defaultdict(Score)
    for pair in all_pairs:
        called = is_called_unsupported(pair)
        score = table[pair.set_name]
        if pair.supported:
            score.alarm += called
            score.passed += not called
        else:
            score.hit += called
            score.missed += not called
    return table
