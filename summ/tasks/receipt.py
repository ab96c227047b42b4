"""The coverage receipt: which of the article's characters a model was shown."""

from __future__ import annotations

from collections.abc import Sequence

from summ.model import ChunkReceipt, Coverage, Document, Span
from summ.text.tokens import TokenCounter


def coverage(document: Document, seen: Sequence[Span], counter: TokenCounter) -> Coverage:
    """The receipt for spans that were in answered requests; they may overlap.

    White space that no chunk needs to hold does not count as missing.
    """
    text = document.text
    merged: list[Span] = []
    for span in sorted(set(seen), key=lambda s: (s.start, s.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    edges = [0, *(edge for span in merged for edge in (span.start, span.end)), len(text)]
    gaps = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return Coverage(
        characters=len(text),
        sent=sum(span.end - span.start for span in merged),
        chunks=tuple(
            ChunkReceipt(span.start, span.end, counter.count(span.of(text))) for span in merged
        ),
        missing=tuple(gap for gap in gaps if gap.of(text).strip()),
    )
