"""Where a grapheme cluster ends, found by a look at what is near."""

from __future__ import annotations

import regex

_GRAPHEME = regex.compile(r"\X")
_MAY_GLUE = regex.compile(r"[\u200d\p{M}]")
"""After these, what follows alone does not tell whether a grapheme ends here."""

_NEARBY = 256
"""Code points; a grapheme longer than this is no writing."""


def ends_grapheme(text: str, since: int, place: int) -> bool:
    """Whether a grapheme ends at `place`, where one is known to start at `since`.

    It looks only at what is near: `regex` itself goes back to the start of the text to
    tell how regional indicators pair up, which takes a minute for 100,000 flags.
    """
    if place >= len(text):
        return True
    before, after = text[place - 1], text[place]
    if before.isascii() and after.isascii():
        return before != "\r" or after != "\n"
    if _is_indicator(before) and _is_indicator(after):
        run = place
        while run > since and _is_indicator(text[run - 1]):
            run -= 1
        return (place - run) % 2 == 0
    if _first(before + after) == 2:
        return False
    if not _MAY_GLUE.match(before):
        return True
    nearby = text[max(since, place - _NEARBY) : place + 1]
    return any(match.end() == len(nearby) - 1 for match in _GRAPHEME.finditer(nearby))


def grapheme_end(text: str, start: int) -> int:
    """Where the grapheme that starts at `start` ends."""
    length = _first(text[start : start + _NEARBY])
    return start + (length if length < _NEARBY else _first(text[start:]))


def _is_indicator(character: str) -> bool:
    return (
        "\N{REGIONAL INDICATOR SYMBOL LETTER A}"
        <= character
        <= "\N{REGIONAL INDICATOR SYMBOL LETTER Z}"
    )


def _first(text: str) -> int:
    """Length of the first grapheme of `text`, which is not empty."""
    match = _GRAPHEME.match(text)
    return int(match.end()) if match else len(text)
