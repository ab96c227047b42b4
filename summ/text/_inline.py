"""Inline events of a block of Markdown as pieces that tile its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from summ.text._blocks import Event
from summ.text._pieces import Piece, html_piece, part

_LENGTHS = {"Emphasis": 1, "Strong": 2, "Link": 1}
_OWN_WORDS = frozenset({"Shortcut", "Collapsed"})
_AUTOMATIC = frozenset({"Autolink", "Email"})


class UnclearError(Exception):
    """Between the parser's events stands what is not known to stand there."""


@dataclass(frozen=True, slots=True)
class Read:
    """A block that was read.

    Attributes:
        start: half-open code-point offset into the article, of all that is inline.
        end: half-open code-point offset into the article.
        pieces: they tile it.
        images: what the parser found in each image.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    images: tuple[tuple[Event, ...], ...]


def read_block(article: str, events: Sequence[Event]) -> Read:
    """Turn events into pieces; none for no events.

    Raises:
        UnclearError: the events don't account for every character.
    """
    if not events:
        return Read(0, 0, (), ())
    first = events[0]
    escaped = first.name == "Text" and article[max(0, first.start - 1) : first.start] == "\\"
    reader = _Reader(article, first.start - escaped)
    for event in events:
        reader.take(event)
    images = tuple(map(tuple, reader.images))
    return Read(first.start - escaped, reader.cursor, tuple(reader.pieces), images)


@dataclass(slots=True)
class _Reader:
    """Pieces in the making: the article is accounted for up to `cursor`.

    Attributes:
        opened: what started and has not ended.
        hidden: how much of that is an image, an automatic link, or inside one.
        image: the events in the image that is open, if its words may be translated.
        texts: what a reader sees of what is hidden.
    """

    article: str
    cursor: int
    pieces: list[Piece] = field(default_factory=list)
    images: list[list[Event]] = field(default_factory=list)
    opened: list[Event] = field(default_factory=list)
    hidden: int = 0
    image: list[Event] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def take(self, event: Event) -> None:
        if event.name == "Start":
            self._start(event)
        elif event.name == "End":
            self._end(event)
        elif self.hidden:
            self.image.append(event)
            self.texts += [event.value] if event.name == "Text" else []
        elif event.name == "Text":
            self._text(event)
        else:
            self._single(event)

    def _start(self, event: Event) -> None:
        self.opened.append(event)
        if self.hidden or event.tag == "Image" or _link_type(event) in _AUTOMATIC:
            if self.hidden == 0:
                self._gap(event.start)
            self.image.append(event)
            self.hidden += 1
            return
        self._gap(event.start)
        kind = "emphasis" if event.tag != "Link" else _link_kind(event)
        self._add(Piece("open", event.start, event.start + self._length(event), kind=kind))

    def _end(self, event: Event) -> None:
        start = self.opened.pop()
        if self.hidden:
            self.hidden -= 1
            if self.hidden == 0:
                self._hidden(start)
            return
        if start.tag == "Link":
            close = self.article.find("]", self.cursor, event.end)
            if close < 0:
                raise UnclearError
        else:
            close = event.end - self._length(start)
        self._gap(close)
        kind = "emphasis" if start.tag != "Link" else _link_kind(start)
        name = " ".join(start.value["id"].split()) if kind == "label" else ""
        self._add(Piece("close", close, event.end, kind=kind, name=name))

    def _hidden(self, start: Event) -> None:
        """Add an image or an automatic link as one piece."""
        image = start.tag == "Image"
        if image and _link_type(start) not in _OWN_WORDS:
            self.images.append(self.image[1:])
        text, kind = "".join(self.texts), "image" if image else "address"
        self._add(Piece("single", start.start, start.end, text, kind, edge=image))
        self.image, self.texts = [], []

    def _text(self, event: Event) -> None:
        start = event.start
        escaped = self._gap(start, escapes=True)
        source = self.article[start : event.end]
        if escaped:
            if len(event.value) != len(source):
                raise UnclearError
            self._add(Piece("words", start - 1, start + 1, source[0]))
            start += 1
            source = source[1:]
        if not source:
            return
        if escaped or len(event.value) == len(source):
            self._add(Piece("words", start, event.end, source))
        elif len(event.value) == 1:
            self._add(Piece("words", start, event.end, event.value))
        else:
            self._add(Piece("single", start, event.end, event.value, "code"))

    def _single(self, event: Event) -> None:
        self._gap(event.start)
        start, end = self.cursor, event.end
        if event.name == "SoftBreak":
            self._add(Piece("break", start, end))
        elif event.name == "HardBreak":
            self._trim()
            start = self.cursor
            self._add(Piece("single", start, end, kind="hard", edge=True))
        elif event.name == "InlineHtml":
            self._add(html_piece(self.article[start:end], start))
        else:
            note = event.name == "FootnoteReference"
            self._add(Piece("single", start, end, kind="note" if note else "code", edge=note))

    def _trim(self) -> None:
        """Take white space off the end of the words read last."""
        last = self.pieces[-1] if self.pieces else None
        while last and last.role == "words" and last.text[-1:].isspace():
            self.pieces.pop()
            rest = part(last, 0, len(last.text.rstrip()))
            self.cursor = rest.end if rest.text else last.start
            if rest.text:
                self.pieces.append(rest)
            last = self.pieces[-1] if self.pieces else None

    def _add(self, piece: Piece) -> None:
        if piece.start != self.cursor or piece.end < piece.start:
            raise UnclearError
        self.pieces.append(piece)
        self.cursor = piece.end

    def _gap(self, start: int, *, escapes: bool = False) -> bool:
        """Account for what stands before an event; whether that ends in an escape."""
        gap = self.article[self.cursor : start]
        escaped = escapes and gap.endswith("\\")
        end = start - escaped
        if self.cursor >= end:
            return escaped
        gap = gap[: end - self.cursor]
        last = self.pieces[-1] if self.pieces else None
        if last and (last.role == "break" or last.kind == "hard") and not gap.strip(" \t>"):
            self.pieces[-1] = replace(last, end=end)
        elif gap.isspace():
            self.pieces.append(Piece("words", self.cursor, end, gap))
        else:
            raise UnclearError
        self.cursor = end
        return escaped

    def _length(self, event: Event) -> int:
        """Characters that open markup."""
        if event.tag != "Strikethrough":
            return _LENGTHS[event.tag]
        ends = self.article[event.start : event.start + 2] + self.article[event.end - 2 : event.end]
        return 2 if ends == "~~~~" else 1


def _link_type(event: Event) -> str:
    return str(event.value["link_type"]) if event.tag in {"Link", "Image"} else ""


def _link_kind(event: Event) -> str:
    return "label" if _link_type(event) in _OWN_WORDS else "link"
