"""Blocks of Markdown that hold prose, with what the parser says is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from summ.model import Span
from summ.text._form import Definitions, label_of, named, options, parseable

_LEAVES = frozenset({"Paragraph", "Heading", "TableCell"})
_CLOSED = frozenset({"CodeBlock", "HtmlBlock", "MetadataBlock"})
_LOOSE = frozenset({"Item", "DefinitionListTitle", "DefinitionListDefinition"})
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})


class Event(NamedTuple):
    """An event of the parser.

    Attributes:
        name: such as `Text` or `Start`.
        tag: of `Start` and `End`, what starts or ends, such as `Link`; else empty.
        value: what the parser adds: the text, or the data of the tag.
        start: half-open code-point offset into the article.
        end: half-open code-point offset into the article.
    """

    name: str
    tag: str
    value: Any
    start: int
    end: int

    @property
    def raw(self) -> Any:
        """The event as the parser gave it."""
        if not self.tag:
            return {self.name: self.value} if self.value is not None else self.name
        return {self.name: self.tag if self.value is None else {self.tag: self.value}}


@dataclass(slots=True)
class Block:
    """A block of prose.

    Attributes:
        tag: `Paragraph`, `Heading`, `TableCell`, or `Item` for text that stands in one,
            or in a list of definitions, without a paragraph.
        container: the innermost block around it, such as `Item`; empty when there is none.
        start: half-open code-point offset into the article, of the block with its marks.
        end: half-open code-point offset into the article.
        after: where the block before it ends.
        table: where the table before it ends; -1 when there is none.
        events: the inline ones, in order.
    """

    tag: str
    container: str
    start: int
    end: int
    after: int
    table: int
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article of Markdown.

    Attributes:
        blocks: those with prose, in order.
        definitions: what its references lead to.
    """

    blocks: tuple[Block, ...]
    definitions: Definitions


def parse(text: str) -> Parsed:
    """Read an article, in linear time."""
    import pyromark

    encodable = parseable(text)
    found = list(pyromark.events_with_range(encodable, options=options()))
    events = list(_events(encodable, found))
    links = pyromark.reference_definitions(encodable, options=options())
    notes = frozenset(
        event.value
        for event in events
        if (event.name, event.tag) == ("Start", "FootnoteDefinition")
    )
    definitions = Definitions(
        {label_of(label): (one["dest"], one["title"] or "") for label, one in links.items()}, notes
    )
    return Parsed(tuple(_blocks(events)), definitions)


def html_spans(text: str) -> list[Span]:
    """Where blocks of HTML stand, in linear time."""
    import pyromark

    if "<" not in text:
        return []
    encodable = parseable(text)
    found = pyromark.events_with_range(encodable, options=options())
    blocks = [one for one in found if one[0] == {"Start": "HtmlBlock"}]
    return [Span(event.start, event.end) for event in _events(encodable, blocks)]


def _events(text: str, found: Sequence[tuple[Any, Any]]) -> Iterator[Event]:
    places = _code_points(text, ((one["start"], one["end"]) for _, one in found))
    for event, place in found:
        start, end = place["start"], place["end"]
        if places is not None:
            start, end = places[start], places[end]
        name, value = named(event)
        tag = ""
        if name in {"Start", "End"}:
            tag, value = named(value)
        yield Event(name, tag, value, start, end)


def _code_points(text: str, spans: Iterable[tuple[int, int]]) -> dict[int, int] | None:
    """Code-point offsets by offsets in UTF-8; None when they are the same."""
    if text.isascii():
        return None
    data = text.encode()
    places = {}
    byte = point = 0
    for offset in sorted({offset for span in spans for offset in span}):
        point += len(data[byte:offset].decode())
        byte = offset
        places[offset] = point
    return places


def _blocks(events: Iterable[Event]) -> Iterator[Block]:
    containers: list[str] = []
    block: Block | None = None
    after, table = 0, -1
    for event in events:
        start = event.name == "Start"
        if event.tag and event.tag not in _INLINE:
            if block and (start or event.tag in _LOOSE or event.tag == block.tag):
                yield block
                after = block.end
                block = None
            container = containers[-1] if containers else ""
            if start and event.tag in _LEAVES:
                block = Block(event.tag, container, event.start, event.end, after, table)
            elif start:
                containers.append(event.tag)
            elif event.tag not in _LEAVES:
                containers.pop()
                after = event.end if event.tag in _CLOSED else after
                table = event.end if event.tag == "Table" else table
        elif event.name == "Rule":
            after = event.end
        elif event.name != "TaskListMarker" and not (containers and containers[-1] in _CLOSED):
            if block is None:
                container = containers[-1] if containers else ""
                block = Block("Item", container, event.start, event.end, after, table)
            block.events.append(event)
            block.end = max(block.end, event.end)
