"""Lines with tags cut into sentences, and sentences into pieces; joined, they are the line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from summ.text.sentences import split_sentences
from summ.text.tagged import (
    Tag,
    Tagged,
    closing,
    hangs,
    is_tag,
    opening,
    parents,
    read,
    split_at_tags,
    stand_in,
)
from summ.text.tags import tags_of, without_tags

_DEEPEST = 12
"""Pairs in each other from which on a line is cut at its tags: no article has as many."""


def sentences_of(line: str) -> list[str]:
    """Cut a line into sentences with their markup in balance, and the tags between them.

    Joined, they are the line. A pair that reaches over the end of a sentence stands between
    what is before, in and behind it. A line whose tags are not in balance, or too deep in each
    other, is cut at each tag.
    """
    if parents(line) is None or _depth(line) > _DEEPEST:
        return split_at_tags(line)
    tagged = read(line)
    ends = _ends(tagged)
    loose = _loose(tagged, sorted(ends))
    return _cut_at(ends, tagged, loose | {tag.text for tag in tagged.tags if tag.role == "break"})


def whole_sentences(line: str) -> list[str]:
    """Cut a line into sentences with their markup in balance, none of them without a word.

    Joined by `summ.text.spacing.sentence_joint`, they are the line but for its white space.
    Sentences that a pair reaches over are one piece. A line whose tags are not in balance is
    one, too.
    """
    if parents(line) is None:
        return [line]
    tagged = read(line)
    found: list[str] = []
    for piece in _cut_at(_ends(tagged), tagged, set()):
        if found and not (_has_words(piece) and _has_words(found[-1])):
            found[-1] += piece
        else:
            found.append(piece)
    return [piece.strip() for piece in found]


def _has_words(piece: str) -> bool:
    return any(map(str.isalnum, without_tags(piece)))


def _ends(tagged: Tagged) -> set[int]:
    """Where sentences end in the words of a line."""
    return {span.end for span in split_sentences(tagged.words)}


def _cut_at(ends: set[int], tagged: Tagged, loose: set[str]) -> list[str]:
    """Cut a line at ends that no pair reaches over, and around loose tags; joined, it is it."""
    found = [""]
    at = depth = 0
    tags = iter(tagged.tags)
    for part in tagged.parts:
        tag = next(tags) if is_tag(part) else None
        if tag is None or tag.role == "word":
            width = len(part) if tag is None else len(stand_in(part, tagged.letter))
            pieces = _cut(part, at, ends) if tag is None else [part]
            for piece in pieces:
                if at in ends and not depth:
                    found.append("")
                found[-1] += piece
                at += len(piece) if tag is None else width
        elif tag.text in loose:
            found += [part, ""]
        else:
            if at in ends and not depth and not _hangs(tag, tagged.words):
                found.append("")
            found[-1] += part
            depth += (tag.role == "open") - (tag.role == "close")
    return [piece for piece in found if piece]


def _depth(line: str) -> int:
    """Pairs in each other, at most."""
    deepest = depth = 0
    for tag in tags_of(line):
        depth += tag.startswith("<g") - tag.startswith("</")
        deepest = max(deepest, depth)
    return deepest


def _cut(text: str, start: int, ends: set[int]) -> list[str]:
    """A text that starts at `start`, cut at the ends within it."""
    places = [end - start for end in range(start + 1, start + len(text)) if end in ends]
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def _hangs(tag: Tag, words: str) -> bool:
    """Whether a tag belongs to what is before it, rather than to what follows."""
    return tag.role == "close" or (
        tag.role == "mark" and tag.at > 0 and not words[tag.at - 1].isspace()
    )


def _loose(tagged: Tagged, ends: Sequence[int]) -> set[str]:
    """The tags of pairs that are not within one sentence, or hold what is cut."""
    starts = {tag.text: tag for tag in tagged.tags if tag.role == "open"}
    found: set[str] = set()
    for tag in tagged.tags:
        pair = opening(tag.text)
        if tag.role == "break":
            pair = tag.parent
        elif tag.role != "close" or _is_within(tagged.words, starts[pair].at, tag.at, ends):
            continue
        while pair and pair not in found:
            found |= {pair, closing(pair)}
            pair = starts[pair].parent
    return found


def _is_within(words: str, start: int, end: int, ends: Sequence[int]) -> bool:
    """Whether a stretch has words, all in one sentence."""
    last = start + len(words[start:end].rstrip()) - 1
    return last >= start and bisect_right(ends, start) == bisect_right(ends, last)


def peeled(piece: str) -> tuple[str, str, str]:
    """A sentence without what is at its edges: before, core, behind; joined, the sentence.

    Taken off are white space, marks that hang on the end, and pairs around the whole.
    """
    before, behind = "", ""
    while True:
        core = piece.strip()
        start = piece.find(core) if core else len(piece)
        before, behind = before + piece[:start], piece[start + len(core) :] + behind
        first, last = _edge(core)
        if not (first or last):
            return before, core, behind
        before, behind = before + first, last + behind
        piece = core[len(first) : len(core) - len(last)]


def _edge(core: str) -> tuple[str, str]:
    """The tags to take off the edges of a piece: a pair around it, or one hanging mark."""
    parts = split_at_tags(core)
    if len(parts) < 2:
        return "", ""
    first, last = parts[0], parts[-1]
    # The numbers of a balanced piece are unique: equal ones at both edges are one pair.
    if first.startswith("<g") and last == closing(first):
        return first, last
    return "", last if not is_tag(parts[-2]) and hangs(parts[-2], last) else ""


def by_tags(core: str) -> list[str]:
    """Cut a balanced piece at the tags that stand in no other pair; joined, it is the piece.

    A pair gives its opening tag, what is in it, and its closing tag.
    """
    found = [""]
    stack: list[str] = []
    for part in split_at_tags(core):
        if is_tag(part) and part.startswith("</"):
            stack.pop()
        if is_tag(part) and not stack:
            found += [part, ""]
        else:
            found[-1] += part
        if is_tag(part) and part.startswith("<g"):
            stack.append(part)
    return [piece for piece in found if piece]
