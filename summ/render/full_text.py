"""A whole translated article as a section of a Markdown report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from summ.model import KEPT_MARK, Segment, Translation
from summ.render.found import found_in
from summ.render.headings import Headings
from summ.render.markdown_escape import escape
from summ.render.words import plain_words

_JOINTS = {"item": "\n", "cell": " | "}
"""Kinds that are one block where they follow each other, and what is between them."""

_BLANK = re.compile(r"\n[ \t]*\n")


def full_text(translation: Translation, media_type: str, words: Headings) -> Iterator[str]:
    """The blocks of a text that has segments: what was found in how many, then all of the text.

    Segments are plain words, escaped: headings, items, rows of cells and captions look like
    such, and nothing else does. What stands between segments and has letters or figures (code,
    a row of figures) is shown as it is.

    Args:
        translation: it.
        media_type: of the article.
        words: in the language of the translation.
    """
    found = _counts(translation, words)
    if found:
        yield "\n".join(f"- ⚠ {line}" for line in found)
    for kind, group in groupby(_pieces(translation, media_type, words), key=lambda pair: pair[0]):
        pieces = [piece for _, piece in group]
        if kind in _JOINTS:
            yield _JOINTS[kind].join(pieces)
        else:
            yield from filter(None, pieces)


def _counts(translation: Translation, words: Headings) -> list[str]:
    """In how many segments something was found."""
    segments = translation.segments
    kept = sum(segment.state == "kept" for segment in segments)
    found = found_in(segments).items()
    counts = [
        (words.kept, kept),
        *((f"{what[0].upper()}{what[1:]}", len(at)) for what, at in found),
    ]
    return [f"{label}{words.colon}{count} / {len(segments)}" for label, count in counts if count]


def _pieces(
    translation: Translation, media_type: str, words: Headings
) -> Iterator[tuple[str, str]]:
    """All of the text: each piece with its kind, which is empty for what is in no segment."""
    text = translation.text or ""
    end, before = 0, ""
    for segment, at in zip(translation.segments, translation.starts, strict=True):
        yield from _between(text[end:at], before, segment.kind)
        yield segment.kind, _shown(segment, media_type, words)
        end, before = at + len(segment.target), segment.kind
    yield from _between(text[end:], before, "")


def _between(gap: str, before: str, after: str) -> Iterator[tuple[str, str]]:
    """What stands between two segments of these kinds, an empty one being the text's edge."""
    lines = gap.split("\n")
    one_row = len(lines) == 1
    if before == "cell":
        yield from _cells(lines[0].split("|")[1 : -1 if one_row else None])
    if one_row:
        return
    # The first line ends what is before, the last one begins what is after.
    whole = lines[1 if before else 0 : -1 if after else None]
    if before == "cell":
        yield "", ""  # the row ends
    yield from (("", escape(part)) for part in _BLANK.split("\n".join(whole)) if _says(part))
    if after == "cell":
        yield from _cells(lines[-1].split("|")[:-1])


def _cells(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The cells of a row that are no segments, such as figures."""
    return (("cell", escape(part)) for part in parts if _says(part))


def _says(part: str) -> bool:
    """Whether there is more in it than marks."""
    return any(map(str.isalnum, part))


def _shown(segment: Segment, media_type: str, words: Headings) -> str:
    """A segment as what it is, with a sign and the reason where something was found."""
    text = escape(plain_words(segment.target, media_type)) or "—"
    if segment.kind == "caption":
        text = f"*{text}*"
    reasons = "; ".join(escape(finding.message) or "—" for finding in segment.findings)
    if segment.state == "kept":
        because = f"{words.kept}{words.colon}{reasons}" if reasons else words.kept
        text = f"{KEPT_MARK}{text} *({because})*"
    elif reasons:
        text = f"{KEPT_MARK if segment.marked else ''}{text} ⚠ *({reasons})*"
    return {"heading": "#### ", "item": "- "}.get(segment.kind, "") + text
