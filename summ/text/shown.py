"""A text as a model sees it, without the characters that a reader does not see.

Taken out are control characters, bidirectional controls, zero-width spaces and joiners of
words, soft hyphens, tag characters and the supplementary variation selectors, which can
carry a hidden message. The joiners U+200C and U+200D stay, for Persian, Indic scripts and
emoji, and so do the sixteen common variation selectors.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from summ.model import Document, Source, Span

_BENIGN = "\u00ad\u200e\u200f\u061c\ufeff"
"""Invisible, but in ordinary texts: the soft hyphen, marks of direction, a byte order mark."""

_SUSPECT = (
    r"[[\p{Cc}\p{Cs}\u180e\u200b\u202a-\u202e\u2060-\u206f\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff]--[\s]]"
)
_INVISIBLE = regex.compile(rf"[{_SUSPECT}||[{_BENIGN}]]+", regex.VERSION1)
_HIDDEN = regex.compile(rf"{_SUSPECT}[{_SUSPECT}||[{_BENIGN}]]*", regex.VERSION1)
_SPACE = regex.compile(r"\s+")


def shown(text: str) -> str:
    """A sentence as a model sees it: one line, without invisible characters."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", _SPACE.sub(" ", text))).strip()


def hidden_spans(text: str) -> list[Span]:
    """Where characters stand that no reader sees and no ordinary text needs."""
    return [Span(*match.span()) for match in _HIDDEN.finditer(text)]


def as_shown(document: Document) -> Document:
    """`document` with the text of its sentences as a model sees them, numbers unchanged.

    Offsets are of the new text. The same document where nothing is invisible.
    """
    text = document.text
    if _INVISIBLE.search(text) is None:
        return document
    pieces = [_INVISIBLE.sub("", _SPACE.sub(" ", span.of(text))) for span in document.sentences]
    ends = [0]
    for piece in pieces:
        ends.append(ends[-1] + len(piece))
    starts = {span.start: new for span, new in zip(document.sentences, ends, strict=False)}
    starts[len(text)] = ends[-1]
    source = Source("-", document.source.media_type, "".join(pieces), document.source.title)
    return Document(
        source=source,
        sentences=tuple(Span(a, b) for a, b in pairwise(ends)),
        paragraphs=tuple(Span(starts[p.start], starts[p.end]) for p in document.paragraphs),
        language=document.language,
    )
