"""Statements of short invented articles, for checks of what a statement says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summ.checks.article import Article, Check
from summ.checks.grounding import evidence_for
from summ.model import Claim, Statement
from tests.documents import document


def codes(
    check: Check, text: str, statement: str, cited: Sequence[int] = (1,), language: str = "en"
) -> list[str]:
    """Codes of what `check` finds in a statement about `text` that cites those sentences."""
    made = document(text, language)
    evidence = tuple(evidence_for(made, number) for number in cited)
    findings = check(Article(made))(Statement(statement, evidence, "supported"))
    return [finding.code for finding in findings]


def messages(check: Check, text: str, statement: str, language: str = "en") -> list[str]:
    """What `check` says of a statement about the first sentence of `text`."""
    made = document(text, language)
    stated = Statement(statement, (evidence_for(made, 1),), "supported")
    return [finding.message for finding in check(Article(made))(stated)]


def claim_codes(check: Check, text: str, statement: str, **fields: Any) -> list[str]:
    """As `codes`, for a claim with these fields that cites the first sentence."""
    made = document(text, "en")
    claim = Claim(statement, (evidence_for(made, 1),), "supported", **fields)
    return [finding.code for finding in check(Article(made))(claim)]


def verbatim_codes(check: Check, text: str, language: str) -> list[str]:
    """What `check` finds when each sentence of `text` is a statement that cites itself."""
    made = document(text, language)
    ready = check(Article(made))
    return [
        finding.code
        for number in range(1, len(made.sentences) + 1)
        for finding in ready(
            Statement(made.sentence(number), (evidence_for(made, number),), "supported")
        )
    ]
