"""Whether a text that is about to be read as plain text was written as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOST = 200_000
"""Characters that are looked at: whoever writes Markdown does so from the start."""

_HEADING = re.compile(r"^(#{1,6})[ \t]+[^\s#]", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_LINK = re.compile(r"\]\([^\s()]|^ {0,3}\[[^\]\n^][^\]\n]{0,99}\]:[ \t]+\S", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_STRONG = re.compile(r"\*\*(?![\s*])[^*\n]{1,300}(?<!\s)\*\*(?!\*)")
_FRONT = re.compile(r"---[ \t]*\n[A-Za-z][\w-]{0,40}:[ \t\n]")
_RULE = re.compile(r"^[ \t]*[|:-][|: \t-]+$", re.MULTILINE)


def looks_like_markdown(text: str) -> bool:
    """Whether a text has marks of at least two kinds that ordinary text doesn't have by chance.

    Kinds are: headings (of two levels they are two), fenced code, links, rules of tables, notes,
    strong words, and a block of settings before the text. Lists and quotations are none.
    """
    return sum(_marks(text[:_MOST])) > 1


def _marks(text: str) -> Iterator[int]:
    """How many kinds there are, of one kind after the other."""
    levels = {len(match[1]) for match in _HEADING.finditer(text)}
    yield min(len(levels), 2)
    fences = _FENCE.finditer(text)
    yield next(fences, None) is not None and next(fences, None) is not None
    yield from (bool(kind.search(text)) for kind in (_LINK, _NOTE, _STRONG))
    yield bool(_FRONT.match(text))
    yield any(_divides(match[0]) for match in _RULE.finditer(text))


def _divides(line: str) -> bool:
    """Whether a line of bars, dashes, colons and blanks divides a table's head from its rows."""
    return "|" in line and "--" in line
