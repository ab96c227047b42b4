"""A line with tags, cut where its markup can be kept: sentences, and the tags between them.

A translator that takes sentences knows nothing of tags. A single tag that stands for a word
(code, an address) gets a stand-in; pairs are found again in the translation (`placing`); what
reaches over the end of a sentence is cut there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summ.text.sentences import split_sentences
from summ.text.tags import TAG, tags_of

_SPLIT = re.compile(f"({TAG.pattern})")
_DEEPEST = 12
"""Pairs in each other from which on a line is cut at its tags: no article has as many."""

_LETTERS = "XZQKWVJY"
_EMPTY = ""

Role = Literal["open", "close", "word", "mark", "break"]
"""Of a tag: of a pair; or a single one that is a word, hangs on one, or parts two."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a line.

    Attributes:
        text: the tag itself.
        role: what it is to the words around it.
        at: where it stands in the words (`Tagged.words`), before this character.
        parent: the opening tag of the innermost pair around it; empty at the top.
    """

    text: str
    role: Role
    at: int
    parent: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """A line as words and tags.

    Attributes:
        words: the text without tags, with a stand-in for each single tag that is a word.
        tags: in the order of the line.
        parts: the line's texts and tags, in order; none is empty, joined they are the line.
        letter: of the stand-ins: `X3` stands for `<x3/>`.
    """

    words: str
    tags: tuple[Tag, ...]
    parts: tuple[str, ...]
    letter: str


def is_tag(part: str) -> bool:
    """Whether a part of a line is a tag."""
    return TAG.fullmatch(part) is not None


def untagged(text: str) -> str:
    """A text from elsewhere without what would be read as a tag."""
    # A space, so that what stood around a tag can't make another.
    return TAG.sub(" ", text)


def split_at_tags(line: str) -> list[str]:
    """The texts and tags of a line, in order; none is empty."""
    return [part for part in _SPLIT.split(line) if part]


def parents(line: str) -> dict[str, str] | None:
    """The innermost pair around each pair and single tag; None when tags are not in balance.

    Two lines have the same markup where this is the same, whatever the order.
    """
    found: dict[str, str] = {}
    stack = [_EMPTY]
    for tag in tags_of(line):
        if tag.startswith("</"):
            if stack[-1] != opening(tag):
                return None
            stack.pop()
            continue
        if tag in found:
            return None
        found[tag] = stack[-1]
        if tag.startswith("<g"):
            stack.append(tag)
    return found if len(stack) == 1 else None


def opening(tag: str) -> str:
    """The opening tag of a closing one."""
    return tag.replace("</", "<", 1)


def closing(tag: str) -> str:
    """The closing tag of an opening one."""
    return tag.replace("<", "</", 1)


def read(line: str) -> Tagged:
    """Read a line; its pairs must be in balance."""
    parts = tuple(split_at_tags(line))
    letter = next((one for one in _LETTERS if not re.search(f"(?i){one}[0-9]", line)), _LETTERS[0])
    words: list[str] = []
    tags: list[Tag] = []
    stack = [_EMPTY]
    at, before = 0, ""
    following = _following(parts)
    for part, after in zip(parts, following, strict=True):
        if not is_tag(part):
            words.append(part)
            at, before = at + len(part), part[-1]
            continue
        role = _role(part, before, after)
        if role == "close":
            stack.pop()
        tags.append(Tag(part, role, at, stack[-1]))
        if role == "open":
            stack.append(part)
        if role == "word":
            words.append(stand_in(part, letter))
            at, before = at + len(words[-1]), words[-1][-1]
    return Tagged("".join(words), tuple(tags), parts, letter)


def stand_in(tag: str, letter: str) -> str:
    """The word that a translator is shown for a single tag."""
    return letter + tag.strip("<x/>")


def _following(parts: Sequence[str]) -> list[str]:
    """For each part the character that comes after it, whatever tags stand between."""
    found = []
    after = ""
    for part in reversed(parts):
        found.append(after)
        if not is_tag(part):
            after = part[0]
    return found[::-1]


def _role(tag: str, before: str, after: str) -> Role:
    """What a tag is, by the characters around it."""
    if tag.startswith("<g"):
        return "open"
    if tag.startswith("</"):
        return "close"
    if _unspaced(before) or _unspaced(after):
        return "word"
    if before.isalnum() and after.isalnum():
        return "break"
    apart = not before or before.isspace() or unicodedata.category(before) in {"Ps", "Pi", "Pd"}
    return "word" if (apart or before in "\"'/=") and not after.isalnum() else "mark"


def _unspaced(char: str) -> bool:
    """Whether a letter's script writes no spaces between words."""
    return bool(char) and char.isalpha() and unicodedata.category(char) == "Lo" and char >= "\u0e00"


# --- cutting ---------------------------------------------------------------------------


def sentences_of(line: str) -> list[str]:
    """Cut a line into sentences with their markup in balance, and the tags between them.

    Joined, they are the line. A pair that reaches over the end of a sentence stands between
    what is before, in and behind it. A line whose tags are not in balance, or too deep in each
    other, is cut at each tag.
    """
    if parents(line) is None or _depth(line) > _DEEPEST:
        return split_at_tags(line)
    tagged = read(line)
    spans = split_sentences(tagged.words)
    ends = {span.end for span in spans}
    loose = _loose(tagged, sorted(ends))
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
        elif tag.text in loose or tag.role == "break":
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
    """The tags of the pairs that are not within one sentence."""
    starts = {tag.text: tag.at for tag in tagged.tags if tag.role == "open"}
    found: set[str] = set()
    for tag in tagged.tags:
        if tag.role != "close":
            continue
        start = starts[opening(tag.text)]
        inside = tagged.words[start : tag.at]
        last = start + len(inside.rstrip())
        if not inside.strip() or _index(ends, start) != _index(ends, max(start, last - 1)):
            found |= {tag.text, opening(tag.text)}
    return found


def _index(ends: Sequence[int], at: int) -> int:
    """The sentence that a character is in."""
    return bisect_right(ends, at)


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
    if last.startswith("<x") and not is_tag(parts[-2]):
        return "", last if _role(last, parts[-2][-1], "") == "mark" else ""
    return "", ""


def by_tags(core: str) -> list[str]:
    """Cut a balanced piece at the tags that stand in no other pair; joined, it is the piece.

    A pair gives its opening tag, what is in it, and its closing tag.
    """
    found = [""]
    stack: list[str] = []
    for part in _SPLIT.split(core):
        if is_tag(part) and part.startswith("</"):
            stack.pop()
        if is_tag(part) and not stack:
            found += [part, ""]
        else:
            found[-1] += part
        if is_tag(part) and part.startswith("<g"):
            stack.append(part)
    return [piece for piece in found if piece]


def has_letters(text: str) -> bool:
    """Whether there is something to translate in a piece."""
    return any(char.isalpha() for char in TAG.sub("", text))
