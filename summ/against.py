"""A summary that something else wrote, checked against its article, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from summ.checks.article import Article
from summ.checks.grounding import evidence_for, ground
from summ.checks.registry import Auditor
from summ.model import Document, Source, Statement
from summ.tasks.repair import audited
from summ.text.document import annotate
from summ.text.shown import shown

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
    statements = []
    for text in _sentences(summary, document.language):
        grounding = ground(auditor.article.index, text, None)
        evidence = tuple(evidence_for(document, one.sentence) for one in grounding.evidence)
        statements.append(Statement(text, evidence, grounding.support, grounding.findings))
    return audited(auditor, statements, ()).summary


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
