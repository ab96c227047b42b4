"""Markdown as its reader sees it, block by block: whoever wrote it, however odd."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from summ.text._form import named

if TYPE_CHECKING:
    from pyromark import Options

Look = Literal["prose", "title", "head", "verbatim"]
"""Words to read; words over them, in a heading or all in bold; a table's head; code, HTML."""

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*+>", re.DOTALL | re.IGNORECASE
)
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
_LOOKS: dict[str, Look] = {
    "CodeBlock": "verbatim",
    "HtmlBlock": "verbatim",
    "Heading": "title",
    "TableHead": "head",
}
_CELLS = " | "


@dataclass(frozen=True, slots=True)
class Visible:
    """A paragraph, a heading, an item of a list, a row of a table, or a block of code or HTML.

    Attributes:
        words: what a reader sees of it, with its line breaks; not blank. `|` parts cells.
        look: what it looks like.
    """

    words: str
    look: Look


def visible_blocks(text: str) -> list[Visible]:
    """Read Markdown in linear time; images, comments and scripts show no words."""
    import pyromark

    reader = _Reader()
    # A lone surrogate is no character that anyone sees, and none that the parser takes.
    encodable = text.encode("utf-8", "ignore").decode()
    for event in pyromark.events(encodable, options=_options()):
        reader.take(*named(event))
    return reader.blocks


def words_of_html(html: str) -> str:
    """What stands outside tags, comments, scripts and styles."""
    from html import unescape

    return unescape(_HIDDEN.sub(" ", html))


def _options() -> Options:
    """GitHub's additions, but nothing that keeps words from being read: no metadata, no notes."""
    from pyromark import Options

    return (
        Options.ENABLE_TABLES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_GFM
    )


@dataclass
class _Reader:
    """Blocks in the making.

    Attributes:
        blocks: those that have ended.
        parts: words of the block that is open.
        images: images that are open.
        bold: strong emphasis that is open.
        plain: whether something of the block stands outside strong emphasis.
    """

    blocks: list[Visible] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    images: int = 0
    bold: int = 0
    plain: bool = False

    def take(self, name: str, value: Any) -> None:
        """Read one event of the parser."""
        if name in {"Start", "End"}:
            self._mark(named(value)[0], name == "Start")
        elif self.images:
            return
        elif name in {"Text", "Code", "Html"}:
            self.parts.append(value)
            self.plain = self.plain or not (self.bold or value.isspace())
        elif name in {"SoftBreak", "HardBreak"}:
            self.parts.append("\n")

    def _mark(self, tag: str, starts: bool) -> None:
        """Something starts or ends; whatever is no inline markup ends the block before it."""
        if tag in _INLINE:
            step = 1 if starts else -1
            self.images += step * (tag == "Image")
            self.bold += step * (tag == "Strong")
        elif tag != "TableCell":
            self._end("" if starts else tag)
        elif starts and self.parts:
            self.parts.append(_CELLS)

    def _end(self, tag: str) -> None:
        words = "".join(self.parts)
        if tag == "HtmlBlock":
            words = words_of_html(words)
        if words.strip():
            look = _LOOKS.get(tag, "prose" if self.plain else "title")
            self.blocks.append(Visible(words, look))
        self.parts, self.plain = [], False
