"""Tags that stand for inline markup in a line that is translated.

`<g1>…</g1>` is markup around words, such as emphasis or a link; `<x2/>` is a thing that is not
translated, such as code or an address. A translation has each tag of its source once.
"""

from __future__ import annotations

import re
from collections import Counter

TAG = re.compile(r"</?g[0-9]{1,6}>|<x[0-9]{1,6}/>")
"""One tag. None can arise where a tag meets other characters."""

_SPACE = re.compile(r"\s+")
_THING = "\0"
_PARTS = re.compile(rf"(?<=\w){_THING}+(?=\w)")


def without_tags(text: str) -> str:
    """The words a reader sees, with single spaces and none at the ends.

    What is not translated parts the words that it stands between, as a break does.
    """
    bare = TAG.sub(lambda tag: _THING if tag[0].startswith("<x") else "", text)
    return _SPACE.sub(" ", _PARTS.sub(" ", bare).replace(_THING, "")).strip()


def untagged(text: str) -> str:
    """A text from elsewhere without what would be read as a tag, its spaces as they are."""
    # A space, so that what stood around a tag can't make another.
    return TAG.sub(" ", text)


def tags_of(text: str) -> list[str]:
    """The tags of a line, in its order."""
    return TAG.findall(text)


def is_balanced(source: str, target: str) -> bool:
    """Whether `target` has each tag of `source` once and no other, properly nested.

    The order may be another, as the order of words is.
    """
    tags = tags_of(target)
    if Counter(tags) != Counter(tags_of(source)):
        return False
    open_pairs: list[str] = []
    for tag in tags:
        if tag.startswith("<g"):
            open_pairs.append(tag[1:])
        elif tag.startswith("</") and (not open_pairs or open_pairs.pop() != tag[2:]):
            return False
    return not open_pairs
