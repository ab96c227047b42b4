"""What must agree inside a report, whatever its article is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from summ.checks.translations import WARNINGS
from summ.model import INFORMATION, Claim, Report, Segment, Statement, Tally
from summ.tasks.repair import is_doubtful
from summ.text.shown import shown


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that does not hold.

    Attributes:
        pointer: JSON Pointer (RFC 6901) to the place in the report; empty for all of it.
        code: of a finding, or what differs, such as `quote-differs`.
        message: one sentence; says what was compared.
    """

    pointer: str
    code: str
    message: str


def places(report: Report) -> Iterator[tuple[str, Statement]]:
    """Every statement with its pointer."""
    for at, statement in enumerate(report.summary):
        yield f"/summary/{at}", statement
    for at, claim in enumerate(report.claims):
        yield f"/claims/{at}", claim


def declared(report: Report) -> Iterator[Failure]:
    """Checks that the report says have failed; none for a report without a fault."""
    for pointer, statement in places(report):
        for finding in statement.findings:
            if finding.code not in INFORMATION:
                yield Failure(pointer, finding.code, finding.message)
        if is_doubtful(statement) and not statement.findings:
            yield Failure(pointer, statement.support, f"The report calls it {statement.support}.")
    holders = [("", report.findings)]
    holders += [(f"/translations/{at}", t.findings) for at, t in enumerate(report.translations)]
    for pointer, findings in holders:
        for at, finding in enumerate(findings):
            if finding.code not in INFORMATION:
                yield Failure(f"{pointer}/findings/{at}", finding.code, finding.message)
    for at, translation in enumerate(report.translations):
        for place, segment in enumerate(translation.segments):
            yield from _segment(f"/translations/{at}/segments/{place}", segment)


def _segment(pointer: str, segment: Segment) -> Iterator[Failure]:
    """What failed in a segment; where it was translated, a figure may differ for good reason."""
    kept = segment.state == "kept"
    for finding in segment.findings:
        if finding.code not in INFORMATION and (kept or finding.code not in WARNINGS):
            yield Failure(pointer, finding.code, finding.message)
    if kept and not segment.findings:
        yield Failure(pointer, "untranslated", "The report could not translate it.")


def forms(report: Report) -> Iterator[Failure]:
    """What no report that summ wrote has, whatever the article is."""
    for pointer, statement in places(report):
        if statement.text != shown(statement.text):
            what = "It is not one line of visible characters."
            yield Failure(f"{pointer}/text", "text-not-plain", what)
        if isinstance(statement, Claim) and not statement.speaker and statement.speaker_as_written:
            what = "There are words for a speaker, and no speaker."
            yield Failure(f"{pointer}/speaker_as_written", "speaker-not-in-source", what)
    for at, finding in enumerate(report.findings):
        start, end = finding.start or 0, finding.end or 0
        if start > end or end > report.source.characters:
            what = "Its offsets are not in the article."
            yield Failure(f"/findings/{at}", "offsets-differ", what)


def sums(report: Report) -> Iterator[Failure]:
    """What must agree inside a report, whatever the article is."""
    for pointer, statement in places(report):
        for at, one in enumerate(statement.evidence):
            place = f"{pointer}/evidence/{at}"
            if one.end - one.start != len(one.quote) or one.end > report.source.characters:
                yield Failure(place, "offsets-differ", "Its offsets do not fit its quotation.")
            if one.sentence > report.source.sentences:
                what = f"The article has {report.source.sentences} sentences by the report."
                yield Failure(place, "sentence-differs", what)
    yield from coverage_sums(report)
    yield from tally(report)


def coverage_sums(report: Report) -> Iterator[Failure]:
    """Whether the pieces of the receipt add up to what it says."""
    receipt = report.coverage
    spans = [(one.start, one.end) for one in receipt.chunks]
    spans = sorted([*spans, *((gap.start, gap.end) for gap in receipt.missing)])
    overlap = any(one[1] > other[0] for one, other in pairwise(spans))
    outside = any(start > end or end > receipt.characters for start, end in spans)
    sent = sum(chunk.end - chunk.start for chunk in receipt.chunks)
    if overlap or outside or sent != receipt.sent:
        what = "Chunks, gaps and sums of the receipt do not agree with each other."
        yield Failure("/coverage", "coverage-differs", what)
    if receipt.characters != report.source.characters:
        what = "The receipt and the source have different numbers of characters."
        yield Failure("/coverage/characters", "coverage-differs", what)


def tally(report: Report) -> Iterator[Failure]:
    """Whether the statements are counted as they stand there."""
    statements = (*report.summary, *report.claims)
    doubtful = sum(map(is_doubtful, statements))
    have = report.run.statements
    want = Tally(len(statements), have.doubtful_before_repair, doubtful)
    if have != want or not doubtful <= have.doubtful_before_repair <= len(statements):
        what = f"The report has {want.total} statements, {want.doubtful} of them doubtful."
        yield Failure("/run/statements", "tally-differs", what)
