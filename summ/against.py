"""A summary that something else wrote, checked against its article, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from summ.checks.article import Article
from summ.checks.grounding import evidence_for, ground
from summ.checks.registry import Auditor
from summ.model import Document, Source, Span, Statement
from summ.tasks.repair import audited
from summ.text.document import annotate
from summ.text.shown import shown

CITED_WRONGLY = frozenset(
    {"number-in-neighbour", "number-not-in-evidence", "quotation-not-in-evidence"}
)
"""Codes of what the article has in other sentences than those cited; a place is with them."""

_LIST_MARK = regex.compile(r"^\s{0,20}(?:[-*•–—]|\d{1,3}[.)]|\(\d{1,3}\)|>)\s+")
_HEADING = regex.compile(r"^\s{0,3}#{1,6}\s")
_LETTER = regex.compile(r"\p{L}")


def check_summary(
    summary: str, document: Document, prompts: Sequence[str] = ()
) -> tuple[Statement, ...]:
    """The sentences of a summary that something else wrote, each with its best evidence.

    Marks of lists are taken off, headings are passed over.

    Args:
        summary: plain text or simple Markdown, in the article's language.
        document: the article.
        prompts: see `audit_report`.
    """
    auditor = Auditor(Article(document, prompts=prompts))
    sentences = _sentences(summary, document.language)
    return audited(auditor, [_grounded(text, auditor) for text in sentences], ()).summary


def _grounded(text: str, auditor: Auditor) -> Statement:
    """A sentence with its best evidence, and where else the article has its numbers."""
    document = auditor.article.original
    grounding = ground(auditor.article.index, text, None)
    numbers = {one.sentence for one in grounding.evidence}
    evidence = tuple(evidence_for(document, number) for number in sorted(numbers))
    statement = Statement(text, evidence, grounding.support, grounding.findings)
    # Nobody has cited these sentences: a number that stands in another one is no wrong citation.
    found = {f.start for f in auditor.findings(statement) if f.code in CITED_WRONGLY}
    numbers |= {
        n
        for start in found
        if start is not None
        for n in document.sentences_in(Span(start, start + 1))
    }
    evidence = tuple(evidence_for(document, number) for number in sorted(numbers))
    return replace(statement, evidence=evidence)


def _sentences(summary: str, language: str | None) -> Iterator[str]:
    """The sentences of a text, without headings and the marks of lists."""
    lines = []
    for line in summary.splitlines():
        if _HEADING.match(line):
            lines.append("")
        elif _LIST_MARK.match(line):
            # An item is a paragraph; other lines may be one sentence that was wrapped.
            lines += ["", _LIST_MARK.sub("", line)]
        else:
            lines.append(line)
    document = annotate(Source("-", "text/plain", "\n".join(lines)), language)
    for number in range(1, len(document.sentences) + 1):
        text = shown(document.sentence(number))
        if _LETTER.search(text):
            yield text
