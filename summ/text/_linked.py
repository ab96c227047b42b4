"""Addresses as sites find them in a text and make links of them, with or without markup.

Translated words must not make one, nor go on where one of the article ends: `b.org` and
`.example` are another host together. This is looser than what segments are cut by
(`_verbatim.verbatim`): what any reader might take for an address counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from summ.text._core import Mark

# Browsers take the full stops of Chinese and Japanese for dots of a host's name.
_LINKED = re.compile(
    r"(?i)(?:://(?=\S)|www\.)"
    r"(?:[^\s<>\"'`|^{}\\«»“”„‘’\u3000-\u303f\uff00-\uffef]|[。．｡](?=[a-z0-9]))*"
    r"|(?<=[a-z0-9._+-])@[a-z0-9-]+(?:\.[a-z0-9_-]+)+"
)
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_DOTTED = re.compile(r"(?i)[.。．｡@:][a-z0-9]")
_LOCAL = re.compile(r"(?i)[a-z0-9._+-]*\Z")
_RUNS_ON = re.compile(r"(?i)[a-z0-9._+:/@-]\Z")
_BEFORE, _AHEAD = 64, 100  # characters of a name before its @, and behind an address


def apart(marks: Mapping[str, Mark], source: Sequence[str], tokens: list[str]) -> list[str] | None:
    """A translation with a space wherever its words would run on from an address, or into it.

    Args:
        marks: those of the segment by their tags.
        source: the segment: words and tags by turns, words first and last.
        tokens: its translation, likewise.

    Returns:
        Tokens like those given; None when they have an address that the segment has not.
    """
    known = [_addresses(marks, source, written=written) for written in (True, False)]
    if not _has_others(marks, known, tokens):
        return tokens
    done = list(tokens)
    for place in range(1, len(done), 2):
        if any(linked(marks[done[place]].text)):
            _set_off(marks, done, place)
    return None if _has_others(marks, known, done) else done


def _has_others(
    marks: Mapping[str, Mark], known: Sequence[Counter[str]], tokens: Sequence[str]
) -> bool:
    """Whether there are addresses beyond those known, in the markup or without it."""
    return any(
        _addresses(marks, tokens, written=written) - theirs
        for written, theirs in zip((True, False), known, strict=True)
    )


def _addresses(marks: Mapping[str, Mark], tokens: Sequence[str], *, written: bool) -> Counter[str]:
    """The addresses of a line, written with its markup, or without."""
    return Counter(linked("".join(_shown(marks, tokens, written=written))))


def _shown(marks: Mapping[str, Mark], tokens: Sequence[str], *, written: bool) -> Iterator[str]:
    """Words and markup of a line: as far as an address might run into it, or as it is seen."""
    for token in tokens:
        mark = marks.get(token)
        if mark is None:
            yield token
        else:
            yield _written(mark, token) if written else mark.text


def linked(text: str) -> Iterator[str]:
    """What may be linked, without the scheme and the punctuation behind it."""
    for match in _LINKED.finditer(text):
        found, end = match[0], len(match[0])
        if found.startswith("@"):
            name = _LOCAL.search(text[max(0, match.start() - _BEFORE) : match.start()])
            yield (name[0] if name else "") + found
            continue
        wide = _WIDE.search(found)
        if wide and not _DOTTED.search(found, wide.start()):
            end = wide.start()  # Chinese and its neighbours put words right behind an address
        while end and not found[end - 1].isalnum():
            end -= 1
        yield found[:end] or found[:1]


def _written(mark: Mark, tag: str) -> str:
    """What of markup an address might run into."""
    if mark.kind in {"link", "label"}:
        return "[" if tag.startswith("<g") else "]\n"
    if mark.kind == "hard":
        return "\n"
    return {"<": "<", "[": "x", "`": "x", "!": "x"}.get(mark.source[:1], mark.source)


def _set_off(marks: Mapping[str, Mark], tokens: list[str], place: int) -> None:
    """Put spaces around the address at a place, where it would not begin and end there."""
    if _RUNS_ON.search(tokens[place - 1]):
        tokens[place - 1] += " "
    own = marks[tokens[place]].text
    alone = next(linked(own), "")
    behind = tokens[place + 1 : place + _AHEAD]
    for written in (True, False):
        ahead = "".join(_shown(marks, behind, written=written))
        if next(linked(own + ahead[:_AHEAD]), "") != alone:
            break
    else:
        return
    at = place + 1
    while at + 2 < len(tokens) and not tokens[at] and tokens[at + 1].startswith("</"):
        at += 2
    tokens[at] = " " + tokens[at]
