"""All checks of statements, and what their findings mean for a statement's support."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from summ.checks import (
    hedges,
    languages,
    leaks,
    links,
    names,
    negation,
    numbers,
    opposites,
    quotations,
    speakers,
)
from summ.checks.article import Article, Check
from summ.checks.grounding import evidence_for
from summ.model import Finding, Statement, Support
from summ.text.shown import plain

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "leaks": leaks.checker,
        "links": links.checker,
        "numbers": numbers.checker,
        "names": names.checker,
        "quotations": quotations.checker,
        "speakers": speakers.checker,
        "negation": negation.checker,
        "hedges": hedges.checker,
        "opposites": opposites.checker,
    }
)
"""Every check of a statement in the article's language, in the order of their findings."""

NOWHERE = frozenset(
    {
        "unsupported",
        "number-not-in-source",
        "name-not-in-source",
        "quotation-not-in-source",
        "address-not-in-source",
        "prompt-leak",
    }
)
"""Codes of what is nowhere in the article: a statement with one is `unsupported`."""

SUPPORTS: Sequence[Support] = ("supported", "partial", "unsupported")
"""From the best to the worst."""

ALIGNED = frozenset({"negation", "hedges", "opposites"})
"""Checks that lay a statement beside its evidence: where few words are shared, as
`weak-evidence` says, they would compare what does not belong together."""

StatementT = TypeVar("StatementT", bound=Statement)


class Auditor:
    """Every check of statements, made ready for one article."""

    def __init__(self, article: Article) -> None:
        """Make the checks ready."""
        self.article = article
        self._language = languages.checker(article)
        self._checks = {name: check(article) for name, check in CHECKS.items()}

    def findings(
        self, statement: Statement, names: Collection[str] = tuple(CHECKS)
    ) -> tuple[Finding, ...]:
        """What checks find, each finding once.

        Args:
            statement: its evidence is of this article.
            names: of the checks to ask; all by default.
        """
        document = self.article.document
        shown = tuple(evidence_for(document, one.sentence) for one in statement.evidence)
        seen = replace(statement, text=plain(statement.text), evidence=shown)
        other = tuple(self._language(seen))
        if other:
            return other  # words of another language are not in the article, whatever they say
        weak = any(finding.code == "weak-evidence" for finding in statement.findings)
        asked = (name for name in CHECKS if name in names and not (weak and name in ALIGNED))
        return tuple(dict.fromkeys(f for name in asked for f in self._checks[name](seen)))

    def checked(self, statement: StatementT) -> StatementT:
        """`statement` with what the checks find added, and its support lowered for it."""
        findings = tuple(dict.fromkeys((*statement.findings, *self.findings(statement))))
        support = support_of(statement.support, findings)
        return replace(statement, findings=findings, support=support)


def support_of(support: Support, findings: Sequence[Finding]) -> Support:
    """What is left of a statement's support when checks found something."""
    if support == "unsupported" or any(finding.code in NOWHERE for finding in findings):
        return "unsupported"
    return "partial" if findings else support
