"""How often the checks see what was changed, and how often they cry wolf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summ.checks.article import Article
from summ.checks.registry import Auditor
from tests.eval.corpus_files import CorpusArticle
from tests.eval.mutations import KINDS, mutations

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "numbers": ("number-",),
    "names": ("name-",),
    "hedges": ("hedge-",),
    "negation": ("negation-",),
    "opposites": ("opposite-",),
    "hedges, negation, opposites": ("hedge-", "negation-", "opposite-"),
    "speakers": ("speaker-",),
    "quotations": ("quotation-",),
    "any check": ("",),
}
"""Checks → beginnings of the codes of their findings."""


@dataclass
class Count:
    """Cases counted: how many, in how many something was found, and which are of note.

    Attributes:
        total: cases.
        found: those with a finding.
        notable: misses of mutations, or false alarms, for people to read.
    """

    total: int = 0
    found: int = 0
    notable: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the cases, those with a finding; 0 where there are none."""
        return self.found / self.total if self.total else 0.0

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.total + other.total, self.found + other.found, self.notable + other.notable
        )


Table = dict[str, dict[str, Count]]
"""What is counted → language → how many."""


def caught(articles: Sequence[CorpusArticle]) -> Table:
    """Mutations that the check for their kind finds."""
    auditors = _auditors(articles)
    table: Table = defaultdict(lambda: defaultdict(Count))
    for kind, (_, codes) in KINDS.items():
        for article, mutation in mutations(kind, articles):
            findings = auditors[article.name].findings(mutation.statement)
            hit = any(finding.code.startswith(codes) for finding in findings)
            count = table[kind][article.language]
            count.total += 1
            count.found += hit
            if not hit:
                count.notable.append(f"{article.name}: {mutation.what}")
    return table


def alarms(articles: Sequence[CorpusArticle]) -> Table:
    """Untouched statements in which a check finds something."""
    auditors = _auditors(articles)
    table: Table = defaultdict(lambda: defaultdict(Count))
    for article in articles:
        for case in article.cases:
            findings = auditors[article.name].findings(article.claim(case))
            for family, codes in FAMILIES.items():
                found = [f for f in findings if f.code.startswith(codes)]
                count = table[family][article.language]
                count.total += 1
                count.found += bool(found)
                count.notable += [
                    f"{article.name}: {f.code}: {f.message} | {case.text}" for f in found
                ]
    return table


def rows(found: Table, false: Table) -> dict[str, float]:
    """Every share by its name, the greater the better: `caught/…` and `clean/…`."""
    shares: dict[str, float] = {}
    for name, row in found.items():
        shares |= {f"caught/{name}/{lang}": one.share for lang, one in row.items() if one.total}
    for name, row in false.items():
        shares |= {f"clean/{name}/{language}": 1 - count.share for language, count in row.items()}
    return shares


def _auditors(articles: Sequence[CorpusArticle]) -> dict[str, Auditor]:
    return {article.name: Auditor(Article(article.document)) for article in articles}
