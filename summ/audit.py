"""A report checked again: no model, no key, no network.

A report is compared with its article as if nobody had checked it before: its hash, the
place and words of every quotation, the receipt for what was read, and every check of
every statement. What the report itself says against a statement counts as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from summ.audit_translations import translation_failures
from summ.checks.article import Article
from summ.checks.grounding import evidence_for, ground, is_unspaced
from summ.checks.hidden import hidden_findings
from summ.checks.instructions import instruction_findings
from summ.checks.registry import SUPPORTS, Auditor, StatementT
from summ.checks.speakers import speaker_as_written
from summ.consistency import Failure, coverage_sums, declared, forms, places, sums, tally
from summ.model import (
    Claim,
    Document,
    Evidence,
    Report,
    Source,
    SourceInfo,
    Span,
)
from summ.tasks.receipt import left_out, position_profile, uncited_fifths
from summ.tasks.repair import audited
from summ.tasks.salience import headline
from summ.text.document import annotate
from summ.text.language import is_in_language
from summ.text.language_names import english_name
from summ.text.shown import shown

PROFILE_STEP = 0.0001
"""To what the shares of `coverage.profile` are rounded."""


def audit_report(
    report: Report,
    source: Source | None,
    prompts: Sequence[str] = (),
    language: str | None = None,
) -> tuple[Failure, ...]:
    """Everything in `report` that does not hold, in its order, each once.

    Args:
        report: it, of a valid form.
        source: the article; None to check the report by itself: sums, lengths, and what it
            says of its own statements.
        prompts: the texts that the model may have been given.
        language: BCP 47 code of the article's language, where the report's is not to decide.
    """
    document = annotate(source, language or report.source.language) if source else None
    same = document if document and _digest(document.text) == report.source.sha256 else None
    translated = list(translation_failures(report, same, prompts))
    failures = [*_declared(report, translated), *forms(report), *translated]
    failures += sums(report) if document is None else _against(report, document, prompts)
    # A check that the report tells of itself was not passed twice.
    kept: dict[tuple[str, str], Failure] = {}
    for failure in failures:
        kept.setdefault((failure.pointer, failure.code), failure)
    return tuple(sorted(kept.values(), key=lambda one: _order(one.pointer)))


def _declared(report: Report, again: Sequence[Failure]) -> list[Failure]:
    """What the report says against itself, but what is `again` found at the very item."""
    found = {(_translation(one.pointer), one.code) for one in again}
    return [
        one
        for one in declared(report)
        if "/findings/" not in one.pointer or (_translation(one.pointer), one.code) not in found
    ]


def _translation(pointer: str) -> str:
    """The pointer to the translation that a place is in; empty elsewhere."""
    return "/".join(pointer.split("/")[:3]) if pointer.startswith("/translations/") else ""


def _order(pointer: str) -> tuple[int, list[tuple[int, str]]]:
    """Sorts pointers as the report has its parts, numbers as numbers."""
    parts = ("source", "summary", "claims", "translations", "coverage", "findings", "run")
    steps = pointer.split("/")[1:]
    first = parts.index(steps[0]) if steps and steps[0] in parts else -1
    return first, [(int(step), "") if step.isdecimal() else (-1, step) for step in steps[1:]]


# --- what the article says ---------------------------------------------------------


def _against(report: Report, document: Document, prompts: Sequence[str]) -> Iterator[Failure]:
    """What does not agree with the article."""
    same = list(_source(report.source, document))
    yield from same
    for pointer, statement in places(report):
        for at, evidence in enumerate(statement.evidence):
            yield from _evidence(f"{pointer}/evidence/{at}", evidence, document)
    if any(failure.code == "hash-differs" for failure in same):
        return  # of another text, the rest says nothing
    yield from coverage_sums(report)
    yield from tally(report)
    yield from _receipt(report, document)
    yield from _told(report, document)
    yield from _statements(report, document, prompts)


def _source(info: SourceInfo, document: Document) -> Iterator[Failure]:
    text = document.text
    if _digest(text) != info.sha256:
        what = "The report was made of another text: the SHA-256 of this one is not the same."
        yield Failure("/source/sha256", "hash-differs", what)
        return
    for name, count in (("characters", len(text)), ("sentences", len(document.sentences))):
        if getattr(info, name) != count:
            yield Failure(f"/source/{name}", "count-differs", f"The article has {count} {name}.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _told(report: Report, document: Document) -> Iterator[Failure]:
    """What the report should say of the article itself: language, title, oddities."""
    language = document.language
    if language and is_in_language(document.text, language) is False:
        what = f"The article does not read as {english_name(language)}, whose checks were made."
        yield Failure("/source/language", "language-differs", what)
    title = shown(report.source.title or "")
    if title and title not in {shown(headline(document) or ""), shown(document.source.title or "")}:
        yield Failure("/source/title", "title-differs", "The article has another title.")
    told = {(one.code, one.start, one.end) for one in report.findings}
    for one in (
        *hidden_findings(document),
        *instruction_findings(document),
        *uncited_fifths(report.coverage),
    ):
        if (one.code, one.start, one.end) not in told:
            what = f"The report leaves out what was found: {one.message}"
            yield Failure("/findings", "finding-missing", what)


def _evidence(pointer: str, evidence: Evidence, document: Document) -> Iterator[Failure]:
    text = document.text
    if text[evidence.start : evidence.end] != evidence.quote or not evidence.quote:
        elsewhere = evidence.quote and evidence.quote in text
        what = "stands elsewhere in it" if elsewhere else "is not in it"
        yield Failure(
            pointer, "quote-differs", f"The article does not have this there; the quotation {what}."
        )
    elif not 1 <= evidence.sentence <= len(document.sentences) or evidence != evidence_for(
        document, evidence.sentence
    ):
        what = "The quotation is not the sentence of that number."
        yield Failure(pointer, "sentence-differs", what)


def _receipt(report: Report, document: Document) -> Iterator[Failure]:
    """Whether gaps and profile follow from chunks and citations."""
    have, text = report.coverage, document.text
    spans = [Span(min(c.start, len(text)), min(c.end, len(text))) for c in have.chunks]
    if have.missing != left_out(text, spans):
        what = "What is missing by the receipt is not what its chunks leave out."
        yield Failure("/coverage/missing", "coverage-differs", what)
    statements = (*report.summary, *report.claims)
    if any(one.start >= len(text) for statement in statements for one in statement.evidence):
        return  # it has been said where they are outside
    profile = position_profile(len(text), statements)
    if len(have.profile) != len(profile) or any(
        abs(a - b) > PROFILE_STEP for a, b in zip(have.profile, profile, strict=True)
    ):
        what = "The profile is not that of the citations."
        yield Failure("/coverage/profile", "coverage-differs", what)


def _statements(report: Report, document: Document, prompts: Sequence[str]) -> Iterator[Failure]:
    """All checks of all statements, again."""
    auditor = Auditor(Article(document, prompts=prompts))
    again = audited(
        auditor,
        [_unchecked(one, auditor) for one in report.summary],
        [_unchecked(one, auditor) for one in report.claims],
    )
    found = (*again.summary, *again.claims)
    for (pointer, statement), one in zip(places(report), found, strict=True):
        for finding in one.findings:
            yield Failure(pointer, finding.code, finding.message)
        if SUPPORTS.index(one.support) > SUPPORTS.index(statement.support):
            what = f"The report calls it {statement.support}; by these checks it is {one.support}."
            yield Failure(f"{pointer}/support", "support-differs", what)
        if isinstance(statement, Claim):
            yield from _speaker(pointer, statement, auditor)


def _unchecked(statement: StatementT, auditor: Auditor) -> StatementT:
    """The statement as its evidence alone supports it, without any finding."""
    index = auditor.article.index
    known = range(1, len(index.document.sentences) + 1)
    cited = {one.sentence for one in statement.evidence if one.sentence in known}
    grounding = ground(index, statement.text, cited)
    return replace(
        statement,
        evidence=index.evidence(cited),
        support=grounding.support,
        findings=grounding.findings,
    )


def _speaker(pointer: str, claim: Claim, auditor: Auditor) -> Iterator[Failure]:
    """Whether the article names the speaker, and in the words that the report gives."""
    if claim.speaker is None:
        return
    index = auditor.article.index
    if speaker_as_written(index, claim.speaker, claim) is None:
        what = "The speaker is not in the article."
        yield Failure(f"{pointer}/speaker", "speaker-not-in-source", what)
    written = shown(claim.speaker_as_written or "")
    whole = regex.compile(rf"(?<!\w){regex.escape(written)}(?!\w)")
    unspaced = bool(written) and is_unspaced(written[0]) and written in shown(index.document.text)
    if not written or not (unspaced or whole.search(shown(index.document.text))):
        what = "The article does not name the speaker in these words."
        yield Failure(f"{pointer}/speaker_as_written", "speaker-not-in-source", what)
