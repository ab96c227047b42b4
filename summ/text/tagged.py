"""A line with tags, read: its words, and what each tag is to them.

A translator that takes sentences knows nothing of tags. A single tag that stands for a word
(code, an address) gets a stand-in; pairs are found again in the translation (`placed`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summ.text.spacing import needs_no_space
from summ.text.tags import TAG, tags_of

_SPLIT = re.compile(f"({TAG.pattern})")
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
    letter = free_letter(TAG.sub("\n", line))
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


def free_letter(text: str) -> str:
    """A letter for stand-ins, that no word of a text has before a digit; else the first."""
    found = (one for one in _LETTERS if not re.search(f"(?i){one}[0-9]", text))
    return next(found, _LETTERS[0])


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
    if needs_no_space(before) or needs_no_space(after):
        return "word"
    if before.isalnum() and after.isalnum():
        return "break"
    apart = not before or before.isspace() or unicodedata.category(before) in {"Ps", "Pi", "Pd"}
    return "word" if (apart or before in "\"'/=") and not after.isalnum() else "mark"


def has_letters(text: str) -> bool:
    """Whether there is something to translate in a piece."""
    return any(char.isalpha() for char in TAG.sub("", text))


def hangs(before: str, tag: str) -> bool:
    """Whether a single tag at the end of a text hangs on its last word."""
    return tag.startswith("<x") and _role(tag, before[-1:], "") == "mark"
