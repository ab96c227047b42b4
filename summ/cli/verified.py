"""What `summ verify` says of a report, for its reader: what was compared, and where faults are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from summ.consistency import Failure
from summ.model import Report, Segment, Source, Translation
from summ.render.safe import one_line
from summ.text.language_names import english_name

_SEGMENT = re.compile(r"/translations/(\d+)/segments/(\d+)")


def praise(report: Report, source: Source | None) -> str:
    """What was compared in a report without a fault, and holds; ends with a line break.

    Args:
        report: without a fault.
        source: its article; None where it was compared with itself alone.
    """
    if source is None:
        return "The report agrees with itself; nothing was compared with an article.\n"
    told = [*_statements(report)]
    ends = _line_ends(source.text)
    for translation in report.translations:
        told += _translation(translation, ends)
    if not told:
        told = ["The report has no statements; what else it says of the article holds."]
    return "\n".join(told) + "\n"


def _statements(report: Report) -> Iterator[str]:
    statements = (*report.summary, *report.claims)
    if not statements:
        return
    hold = "holds up: no check finds anything against it"
    if len(statements) > 1:
        hold = "hold up: no check finds anything against them"
    quotations = sum(len(one.evidence) for one in statements)
    each = "it is" if quotations == 1 else "each is"
    yield (
        f"{_count(len(statements), 'statement')} {hold}. "
        f"{_count(quotations, 'quotation')}: {each} the article's, word for word."
    )


def _translation(one: Translation, ends: Sequence[int]) -> Iterator[str]:
    """What of a translation was compared, and each thing that the report itself tells of it."""
    name = english_name(one.language)
    items = len(one.summary) + len(one.claims) + (one.title is not None)
    if items:
        yield f"{_count(items, 'item')} in {name} compared with the report's own."
    if one.text is None:
        return
    segments = one.segments
    same = sum(segment.state == "same" for segment in segments)
    if same == len(segments):
        yield f"Nothing is translated into {name}: the text is the article's own."
        return
    already = f" In {name} already: {same}." if same else ""
    found = [
        f"  line {_line(ends, segment.start)} of the article: {one_line(finding.message)}"
        for segment in segments
        for finding in segment.findings
    ]
    end = " beyond what the report itself tells:" if found else "."
    yield (
        f"{_count(len(segments), 'segment')} of the translation into {name} compared with the "
        f"article.{already} Markup and addresses are the same, and no check finds anything "
        f"against the words{end}"
    )
    yield from found


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def rows(
    failures: Iterable[Failure], report: Report | None, source: Source | None
) -> Iterator[tuple[str, str, str]]:
    """Failures as rows of a table: pointer, code, and what is wrong, with the article's line.

    Args:
        failures: what does not hold.
        report: it; None where it is of no valid form.
        source: its article; None where there is none.
    """
    text = source.text if source else ""
    ends = _line_ends(text)
    for one in failures:
        segment = _segment(one.pointer, report)
        where = ""
        if segment and text.startswith(segment.source, segment.start):
            where = f"Line {_line(ends, segment.start)} of the article: "
        yield one.pointer or "/", one.code, where + one.message


def _segment(pointer: str, report: Report | None) -> Segment | None:
    """The segment that a pointer leads to, or into."""
    match = _SEGMENT.match(pointer)
    if match is None or report is None:
        return None
    return report.translations[int(match[1])].segments[int(match[2])]


def _line_ends(text: str) -> list[int]:
    """Where the lines of a text end, in code points."""
    return [match.start() for match in re.finditer("\n", text)]


def _line(ends: Sequence[int], at: int) -> int:
    """The line, from 1, that an offset is in."""
    return bisect_left(ends, at) + 1
