"""A text as a model sees it, without the characters that a reader does not see.

Taken out are control characters and what Unicode calls default ignorable: bidirectional
controls, zero-width spaces, soft hyphens, fillers, tag characters, variation selectors in a
row. All of them can carry a hidden message. The joiners U+200C and U+200D stay where one
stands in a word of Persian, an Indic script or another that uses them, or in an emoji, and so
does a single variation selector.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import regex

from summ.model import Document, Source, Span

_BENIGN = r"\u00ad\u034f\u061c\u17b4\u17b5\u200e\u200f\ufeff"
"""Invisible, but in ordinary texts: the soft hyphen, marks of direction, a byte order mark."""

_MARKS = "\u200e\u200f\u061c"
"""Left-to-right, right-to-left and Arabic letter mark: they act on themselves alone."""

_KEPT = r"\u200c\u200d\ufe00-\ufe0f"
_ALPHABET = r"\p{Latin}\p{Cyrillic}\p{Greek}"

# Two joiners in a row, or one between letters that never need it, are no writing.
_JOINER = (
    rf"(?<![\p{{L}}\p{{M}}\p{{So}}\p{{Sk}}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![\p{{L}}\p{{M}}\p{{So}}])"
    rf"|(?<=[{_ALPHABET}])[\u200c\u200d]|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+"
)
_SUSPECT = (
    rf"(?:[[\p{{Cc}}\p{{Cs}}\p{{Default_Ignorable_Code_Point}}\u2800\ufff9-\ufffb]"
    rf"--[\s]--[{_BENIGN}]--[{_KEPT}]]|{_JOINER})"
)
_INVISIBLE = regex.compile(rf"(?:{_SUSPECT}|[{_BENIGN}])+", regex.VERSION1)
_HIDDEN = regex.compile(rf"{_SUSPECT}(?:{_SUSPECT}|[{_BENIGN}])*", regex.VERSION1)
# One class is searched for ten times as fast as what decides by the neighbours.
_ANY = regex.compile(
    rf"[[\p{{Cc}}\p{{Cs}}\p{{Default_Ignorable_Code_Point}}\u2800\ufff9-\ufffb{_BENIGN}]--[\s]]",
    regex.VERSION1,
)
_ODD_ONE = regex.compile(r"[\u02bc\u2010\u2011\t]")
_ALIKE = {0x02BC: 0x2019, 0x2010: 0x2D, 0x2011: 0x2D}
_ODD_TWO = re.compile(r"[^\S\n]{2}")
_TABS = regex.compile(r"\t")
_DOUBLE = regex.compile(r"(?<=[^\S\n])[^\S\n]+")
MARKDOWN = "text/markdown"
_LINK = regex.compile(r"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,1000}(?:\s\"[^\"\n]{0,200}\")?\)")
_EMPHASIS = regex.compile(
    r"(?<![\\\w*_])(\*{1,3}|_{1,3}|`)(?=\S)([^*_`\n]{1,300}?)(?<=\S)\1(?![*_`])"
)
_ESCAPED = regex.compile(r"\\([!-/:-@\[-`{-~])")
_SPACE = regex.compile(r"\s+")


def shown(text: str) -> str:
    """A sentence as a model sees it: one line, without invisible characters."""
    line = _SPACE.sub(" ", text)
    return _SPACE.sub(" ", _INVISIBLE.sub("", line)).strip() if _ANY.search(line) else line.strip()


def shown_whole(text: str) -> str:
    """As `shown`, with the marks of direction that right-to-left texts are set with."""
    line = _SPACE.sub(" ", text)
    if _ANY.search(line) is None:
        return line.strip()
    kept = _INVISIBLE.sub(_first_mark, line)
    return _SPACE.sub(" ", kept).strip()


def _first_mark(run: regex.Match[str]) -> str:
    """Of a run of invisible characters the first that directs the text beside it."""
    return next((char for char in run.group() if char in _MARKS), "")


def _letters(text: str) -> str:
    """Each character of a text once: what is looked for by itself is sooner found there."""
    return "".join(set(text))


def hidden_spans(text: str) -> list[Span]:
    """Where characters stand that no reader sees and no ordinary text needs."""
    if _ANY.search(_letters(text)) is None:
        return []
    return [Span(*match.span()) for match in _HIDDEN.finditer(text)]


def plain(text: str) -> str:
    """A text with one spelling where there are several that look alike, and single spaces.

    Composed letters (NFC), the typographic apostrophe for the letter U+02BC, a hyphen for
    the two hyphens that few keyboards have; what is hidden is left out. Line breaks stay.
    """
    text = _DOUBLE.sub("", _INVISIBLE.sub("", _TABS.sub(" ", text)))
    return unicodedata.normalize("NFC", text).translate(_ALIKE)


def without_markup(text: str) -> str:
    """A sentence of Markdown without emphasis, links' addresses and escapes.

    By patterns, since the sentences are to keep their numbers: what they miss stays as it is.
    """
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text)))


def as_shown(document: Document) -> Document:
    """`document` with its sentences as a model sees them, in plain spelling, numbers unchanged.

    Offsets are of the new text. The same document where nothing changes.
    """
    text = document.text
    markdown = document.source.media_type == MARKDOWN
    letters = _letters(text)
    same = _ANY.search(letters) is None and _ODD_ONE.search(letters) is None and not markdown
    if same and _ODD_TWO.search(text) is None and unicodedata.is_normalized("NFC", text):
        return document
    pieces = [plain(span.of(text)) for span in document.sentences]
    if markdown:
        pieces = [without_markup(piece) for piece in pieces]
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
