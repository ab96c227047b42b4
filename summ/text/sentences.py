"""Sentences and paragraphs: spans that tile a text exactly.

The rules are our own (`_scanner`). The best library tried (`sentencex`) loses white space,
takes quadratic time on repeated quotation marks, and gets 88 of the 198 hard cases in the
tests right; there it serves as an oracle on plain prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summ.model import Span
from summ.text import _abbreviations as known
from summ.text._lines import BREAK, count_breaks, measure
from summ.text._scanner import Scanner

_THAI = re.compile("[ก-๛]")
_THAI_GAP = re.compile("(?<=[ก-๛]) +(?=[ก-๛])")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Find the sentences of a text.

    The spans tile the text; white space after a sentence belongs to it, that before the
    first to the first. None is white space only, unless the whole text is. A blank line
    always ends a sentence, a single line break as `summ.text._lines` says. A quotation of
    several sentences is split inside; what follows its closing mark in lower case stays
    with its last sentence. No grapheme cluster is divided.

    Returns:
        The spans in order; none for an empty text.
    """
    if not text:
        return ()
    ends = list(Scanner(text).ends())
    if _THAI.search(text):
        ends = list(_with_thai_gaps(text, ends))
    starts = [0, *ends]
    return tuple(map(Span, starts, [*ends, len(text)]))


def split_paragraphs(text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Gather sentences into paragraphs.

    A paragraph ends at a blank line, and at a line break that `summ.text._lines` does not
    take for a space: in news text with a paragraph a line, at each of them; in hard-wrapped
    text, only after a line that is not full.

    Args:
        text: the text.
        sentences: what `split_sentences` says of it.

    Returns:
        Spans of whole sentences that tile the text.
    """
    layout = measure(text)
    paragraphs: list[Span] = []
    start = line = 0
    for sentence in sentences[:-1]:
        words = sentence.of(text).rstrip()
        end = sentence.start + len(words)
        breaks = list(BREAK.finditer(words))
        line = sentence.start + breaks[-1].end() if breaks else line
        gap = text[end : sentence.end]
        kind = count_breaks(gap)
        if kind > 1 or (kind and not layout.continues(text, line, end, sentence.end)):
            paragraphs.append(Span(start, sentence.end))
            start = sentence.end
        line = sentence.end if kind else line
    if sentences:
        paragraphs.append(Span(start, len(text)))
    return tuple(paragraphs)


def _with_thai_gaps(text: str, ends: Sequence[int]) -> Iterator[int]:
    """Add the spaces between Thai letters that end a sentence.

    Thai has no full stop, and a space may as well stand in a sentence: one counts only
    after a final particle, before a word that opens a sentence, or when the sentence has
    become longer than 400 characters.
    """
    start = 0
    for end in [*ends, len(text)]:
        for gap in _THAI_GAP.finditer(text, start, end):
            ended = text.endswith(known.THAI_PARTICLES, start, gap.start())
            opens = text.startswith(known.THAI_STARTERS, gap.end())
            if ended or (opens and gap.start() - start > 20) or gap.start() - start > 400:
                yield gap.end()
                start = gap.end()
        if end < len(text):
            yield end
        start = end
