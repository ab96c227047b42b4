"""Whether Markdown reads a restored segment as it read the article's own.

Both are parsed by themselves, in the same kind of block and between the same neighbours;
their markup must be the same but for its order, and the words what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    from pyromark import Options
    from pyromark.event import BrokenLink

_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:>[ \t]*)*")
_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = regex.compile(r"[^\p{L}\p{N}\p{P}\p{S}]+|\ufffd|\p{Default_Ignorable_Code_Point}")
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})


def options() -> Options:
    """What of Markdown is read: CommonMark, and GitHub's additions, and lists of definitions."""
    from pyromark import Options

    return (
        Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_HEADING_ATTRIBUTES
        | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options.ENABLE_DEFINITION_LIST
        | Options.ENABLE_GFM
    )


def parseable(text: str) -> str:
    """The text with a replacement for each lone surrogate, which no UTF-8 can hold."""
    return _SURROGATE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Definitions:
    """What references of an article lead to.

    Attributes:
        links: destination and title by label, see `label_of`.
        notes: labels of footnotes.
    """

    links: Mapping[str, tuple[str, str]]
    notes: frozenset[str]


def label_of(reference: str) -> str:
    """A label as references to it are compared."""
    return " ".join(reference.split()).casefold()


@dataclass(frozen=True, slots=True)
class Outline:
    """Markup of a text.

    Attributes:
        blocks: its blocks in order.
        inline: one line for all inline markup, whatever the order in which it stands.
        text: what a reader sees, without white space.
    """

    blocks: tuple[str, ...]
    inline: str
    text: str


def outline(events: Iterable[Any]) -> Outline:
    """The markup that events of the parser tell of."""
    blocks: list[str] = []
    texts: list[str] = []
    heads: list[str] = []
    levels: list[list[str]] = [[]]
    for event in events:
        name, value = named(event)
        tag, data = named(value) if name in {"Start", "End"} else ("", None)
        if name == "Text":
            texts.append(value)
        elif name == "Start" and tag in _INLINE:
            target = f" {data['dest_url']} {_squeezed(data['title'])}" if data else ""
            heads.append(tag + target)
            levels.append([])
        elif name == "End" and tag in _INLINE:
            children = levels.pop()
            levels[-1].append(_digest(heads.pop(), children))
        elif name in {"Code", "InlineHtml", "FootnoteReference", "HardBreak"}:
            levels[-1].append(f"{name} {_squeezed(value or '')}")
        elif name not in {"SoftBreak", "End"}:
            blocks.append(f"{tag or name} {data or value}" if name != "Rule" else name)
    return Outline(tuple(blocks), _digest("", levels[0]), seen("".join(texts)))


def named(value: Any) -> tuple[str, Any]:
    """An event or tag of the parser: its name, and what it adds, or None."""
    if isinstance(value, str):
        return value, None
    name, data = next(iter(value.items()))
    return str(name), data


def _squeezed(value: str) -> str:
    return re.sub(r"[\s>]+", " ", value)


def _digest(head: str, children: list[str]) -> str:
    whole = "\n".join([head, *sorted(children)])
    return blake2b(whole.encode("utf-8", "replace"), digest_size=16).hexdigest()


def seen(text: str) -> str:
    """Characters that a reader sees, without white space."""
    return _UNSEEN.sub("", text)


@dataclass(frozen=True, slots=True)
class Form:
    """Where a segment stands.

    Attributes:
        opening: what stands before it in its block, the mark of the block included.
        closing: what stands behind it.
        line: what a further line of the block starts with.
        inline: see `Outline`, of the block in the article; None when it is not known.
        bare: a block can begin where the segment begins.
        table: a `|` ends it, or could make a table of it.
        strict: it is inside what is markup for another segment of its block, and must not
            meet that one's words.
        definitions: those of the article.
    """

    opening: str
    closing: str
    line: str
    inline: str | None
    bare: bool
    table: bool
    strict: bool
    definitions: Definitions = field(repr=False)

    def judge(self, source: str, visible: str) -> Callable[[str, str], bool] | None:
        """A judge of what may stand in place of `source`, of which a reader sees `visible`.

        It is asked with a text and what a reader should see of it. None when the segment is
        read in another way here than in the article, so that nothing can be told.
        """
        notes = self._notes(source)
        theirs = self._outline(source, notes)
        if self.inline not in {None, theirs.inline}:
            return None

        def judge(text: str, words: str) -> bool:
            more = notes | self._notes(text)
            original = theirs if more == notes else self._outline(source, more)
            ours = self._outline(text, more)
            around = len(original.text) - len(seen(visible))
            return (
                (ours.blocks, ours.inline) == (original.blocks, original.inline)
                and len(ours.text) - len(seen(words)) == around
                and seen(words) in ours.text
            )

        return judge

    def _notes(self, text: str) -> frozenset[str]:
        """Labels of footnotes in a text that are defined in the article."""
        return frozenset(_NOTE.findall(self.opening + text + self.closing)) & self.definitions.notes

    def _outline(self, content: str, notes: frozenset[str]) -> Outline:
        """The outline of `content` in its place, where `notes` are defined."""
        from pyromark import events

        defined = "".join(f"\n\n[^{label}]: x" for label in sorted(notes))
        text = self.opening + joined(content, self.line) + self.closing + defined
        found = events(
            parseable(text), options=options(), merge_text=False, broken_link_callback=self._link
        )
        return outline(found)

    def _link(self, link: BrokenLink) -> tuple[str, str] | None:
        return self.definitions.links.get(label_of(link["reference"]))


def joined(content: str, line: str) -> str:
    """Lines of an article with what stands before them in their block replaced by `line`."""
    return _LINE.sub(lambda _: f"\n{line}", content)
