"""Segments of plain text: paragraphs without what stands before and after their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summ.model import SegmentKind
from summ.text._core import Core, core_of
from summ.text._lines import BREAK
from summ.text._pieces import Piece, ready
from summ.text.sentences import split_paragraphs, split_sentences

_LEAD = re.compile(r"\s*(?:>[ \t]?)*")
_BULLET = re.compile(
    r"(?:[-*+•◦‣▪●·][ \t]+|\(?[0-9]{1,3}[.)][ \t]+|\(?(?:[^\W\d_]|[ivxIVX]{1,4})\)[ \t]+)(?=\S)"
)
_WHITE = re.compile(r"\s+")
_UNDERLINE = re.compile(r"([=\-~*_^\"#])\1{2,200}")
_STOPPED = re.compile(r"[.!?…。！？।:;,][\"'”’»)\]]{0,3}\Z")
_TITLE = 100
"""Characters that the line at the head of a text may have and be its title."""


def plain_cores(text: str) -> Iterator[tuple[SegmentKind, Core]]:
    """The segments of a plain text with their kinds, in order."""
    first = True
    for paragraph in split_paragraphs(text, split_sentences(text)):
        lead = _LEAD.match(text, paragraph.start, paragraph.end)
        start = lead.end() if lead else paragraph.start
        bullet = _BULLET.match(text, start, paragraph.end)
        pieces = _pieces(text, bullet.end() if bullet else start, paragraph.end)
        underlined = _is_underlined(pieces)
        done = ready(pieces[:-2] if underlined else pieces, text)
        core = core_of(done, text) if done else None
        if core is None:
            continue
        alone = first and len(BREAK.findall(text, core.end, paragraph.end)) > 1
        titled = underlined or (alone and not _STOPPED.search(core.words))
        fits = not core.breaks and core.end - core.start <= _TITLE
        yield "item" if bullet else "heading" if titled and fits else "paragraph", core
        first = False


def _is_underlined(pieces: Sequence[Piece]) -> bool:
    """Whether the last line of a paragraph, and not its only one, is a rule."""
    return len(pieces) > 2 and _UNDERLINE.fullmatch(pieces[-1].text) is not None


def _pieces(text: str, start: int, end: int) -> list[Piece]:
    """Words and line breaks of a paragraph."""
    pieces: list[Piece] = []
    end = start + len(text[start:end].rstrip())
    for white in _WHITE.finditer(text, start, end):
        if BREAK.search(text, white.start(), white.end()):
            pieces.append(Piece("words", start, white.start(), text[start : white.start()]))
            pieces.append(Piece("break", white.start(), white.end()))
            start = white.end()
    return [*pieces, Piece("words", start, end, text[start:end])] if start < end else pieces
