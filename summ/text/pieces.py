"""A text with tags in sentences, where no pair of tags is torn."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from summ.text.sentences import split_sentences
from summ.text.tags import TAG


def sentence_pieces(text: str) -> list[str]:
    """The sentences of a line; those that a pair of tags runs over as one piece.

    Joined by spaces (by nothing, in scripts without), they are the line.
    """
    spans = _open_spans(text)
    starts = [start for start, _ in spans]

    def is_torn(end: int) -> bool:
        at = bisect_left(starts, end) - 1
        return at >= 0 and end < spans[at][1]

    ends = [span.end for span in split_sentences(text)]
    kept = [0, *(end for end in ends if not is_torn(end)), len(text)]
    return [piece for a, b in pairwise(dict.fromkeys(kept)) if (piece := text[a:b].strip())]


def _open_spans(text: str) -> list[tuple[int, int]]:
    """Where a pair of tags is open, outermost pairs only; and each tag itself."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for tag in TAG.finditer(text):
        words = tag.group()
        if words.startswith("</"):
            depth -= 1
            if depth == 0:
                spans.append((start, tag.end()))
        elif not words.endswith("/>"):
            start = tag.start() if depth == 0 else start
            depth += 1
        elif depth == 0:
            spans.append(tag.span())
    return spans
