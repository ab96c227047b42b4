"""The coverage receipt: what of the article a model was shown, and what the report cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summ.model import ChunkReceipt, Coverage, Document, Finding, Span, Statement
from summ.text.tokens import TokenCounter

FIFTHS = ("first", "second", "third", "fourth", "last")

LONG = 5
"""Chunks above which a fifth of the text that nothing cites is worth a word."""


def coverage(
    document: Document,
    seen: Sequence[Span],
    statements: Sequence[Statement],
    counter: TokenCounter,
) -> Coverage:
    """The receipt for spans that were in answered requests; they may overlap.

    White space that no chunk needs to hold does not count as missing.
    """
    text = document.text
    merged = _merged(seen)
    return Coverage(
        characters=len(text),
        sent=sum(span.end - span.start for span in merged),
        chunks=tuple(
            ChunkReceipt(span.start, span.end, counter.count(span.of(text))) for span in merged
        ),
        missing=left_out(text, merged),
        profile=position_profile(len(text), statements),
    )


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, s.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def left_out(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """What of `text` is in none of the spans, gaps of white space apart.

    Args:
        text: the article.
        spans: within the text; they may overlap.
    """
    merged = _merged(spans)
    edges = [0, *(edge for span in merged for edge in (span.start, span.end)), len(text)]
    gaps = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(gap for gap in gaps if gap.of(text).strip())


def position_profile(characters: int, statements: Sequence[Statement]) -> tuple[float, ...]:
    """Share of the citations of `statements` in each fifth of a text; empty if there are none.

    Args:
        characters: code points of the text, above 0 if there are citations.
        statements: each citation of each of them counts.
    """
    starts = [evidence.start for one in statements for evidence in one.evidence]
    counts = [0] * len(FIFTHS)
    for start in starts:
        counts[start * len(FIFTHS) // characters] += 1
    return tuple(round(count / len(starts), 4) for count in counts) if starts else ()


def uncited_fifths(receipt: Coverage) -> Iterator[Finding]:
    """The fifths of a long text that a report cites nothing of."""
    if len(receipt.chunks) <= LONG:
        return
    count = len(FIFTHS)
    for place, share in enumerate(receipt.profile):
        if not share:
            # Rounded up: `position_profile` counts the character on the edge with what ends there.
            start, end = (-(-receipt.characters * n // count) for n in (place, place + 1))
            what = f"Nothing in the report cites the {FIFTHS[place]} fifth of the text."
            yield Finding("uncited-fifth", what, start, end)
