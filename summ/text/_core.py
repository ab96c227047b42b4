"""What a segment is made of: a line with tags, and all that is needed to spell it again.

The line shows characters as a reader sees them. Escapes, entities, odd spaces, characters
that nobody sees, and line breaks are remembered by their places in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from summ.text._lines import is_cjk
from summ.text._pieces import Piece, without_literal_tags
from summ.text.shown import shown
from summ.text.tags import TAG

_LINE_START = re.compile(
    r"[#>=|•◦‣▪●·]|[-+*](?=[-+*\s:|]|\Z)|_{2}|[—–―]|(?:[0-9]{1,9}|[^\W\d_])[.)](?=\s|\Z)"
    r"|`{3}|~{3}|<[A-Za-z/!?]|\[\^|:|\.{3}"
)
"""What may make of the line that starts with it something else than more of a paragraph."""

_LONGEST_START = 12


def line_start(text: str) -> str:
    """What `_LINE_START` matches of a line, any letter in it as `a`; empty when it does not."""
    match = _LINE_START.match(text[:_LONGEST_START])
    return re.sub(r"[^\W\d_]", "a", match[0]) if match else ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Markup behind a tag.

    Attributes:
        tag: as in the line, such as `<g1>` or `</g1>`.
        source: its characters in the article.
        text: what a reader sees of it.
        kind: see `Piece`.
        name: of a link that is named by its own words, these as in the article.
        label: of its end, the same as in the line.
    """

    tag: str
    source: str
    text: str = ""
    kind: str = ""
    name: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Odd:
    """A character that is not written as itself.

    Attributes:
        at: its place in the words of the line.
        char: the character.
        spelling: how the article has it.
        trail: characters that nobody sees, behind it.
    """

    at: int
    char: str
    spelling: str
    trail: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that is not one for a reader.

    Attributes:
        at: the place in the words where its space is, or would be.
        source: the break with all that stands around it at the ends of the lines.
        start: `line_start` of what stands behind it.
    """

    at: int
    source: str
    start: str


@dataclass(frozen=True, slots=True)
class Core:
    """A segment.

    Attributes:
        start: half-open code-point offset into the article.
        end: half-open code-point offset into the article.
        line: one line with tags, nothing around those of line breaks.
        marks: behind its tags, in its order.
        odd: in the order of their places, which are those of `words`.
        breaks: likewise.
    """

    start: int
    end: int
    line: str
    marks: tuple[Mark, ...]
    odd: tuple[Odd, ...]
    breaks: tuple[Break, ...]

    @property
    def words(self) -> str:
        """The line without its tags."""
        return TAG.sub("", self.line)

    @property
    def shown(self) -> str:
        """The line as it is translated: line breaks that a reader sees stand between spaces."""
        hard = {mark.tag for mark in self.marks if mark.kind == "hard"}
        if not hard:
            return self.line
        return TAG.sub(lambda tag: f" {tag[0]} " if tag[0] in hard else tag[0], self.line)

    @property
    def visible(self) -> str:
        """What a reader sees of the line, addresses and the like included."""
        texts = {mark.tag: mark.text for mark in self.marks}
        return TAG.sub(lambda match: texts[match[0]], self.line)


def core_of(pieces: Sequence[Piece], article: str) -> Core | None:
    """The segment made of `pieces`, which are not empty; None when it can't be told apart."""
    core = _write(pieces, article)
    if core and TAG.findall(core.line) != [mark.tag for mark in core.marks]:
        core = _write(without_literal_tags(pieces), article)
    if core is None or not any(map(str.isalpha, core.words)):
        return None
    return replace(core, marks=tuple(_labelled(core)))


def _labelled(core: Core) -> list[Mark]:
    """The marks, those that name a link by its words with these."""
    places = {match[0]: match.span() for match in TAG.finditer(core.line)}
    marks = list(core.marks)
    for place, mark in enumerate(marks):
        if mark.kind == "label" and mark.tag.startswith("</"):
            opened = places[mark.tag.replace("/", "")]
            marks[place] = replace(mark, label=core.line[opened[1] : places[mark.tag][0]])
    return marks


@dataclass(slots=True)
class _Writer:
    """A segment in the making; `at` is the number of words' characters so far."""

    article: str
    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    open_pairs: list[int] = field(default_factory=list)
    at: int = 0
    number: int = 0

    def mark(self, piece: Piece) -> None:
        if piece.role == "close":
            tag = f"</g{self.open_pairs.pop()}>"
        else:
            self.number += 1
            tag = f"<x{self.number}/>" if piece.role == "single" else f"<g{self.number}>"
        if piece.role == "open":
            self.open_pairs.append(self.number)
        source = self.article[piece.start : piece.end]
        self.marks.append(Mark(tag, source, piece.text, piece.kind, piece.name))
        self.parts.append(tag)

    def words(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def character(self, char: str, spelling: str, trail: str) -> None:
        if spelling != char or trail:
            self.odd.append(Odd(self.at, char, spelling, trail))
        self.words(char)

    def line_break(self, source: str, end: int, *, wide: bool) -> None:
        start = line_start(self.article[end : end + _LONGEST_START])
        self.breaks.append(Break(self.at, source, start))
        if wide:
            self.words(" ")

    def lead(self, unseen: str) -> bool:
        """Put what nobody sees, at the start of words, behind what stands before them."""
        if self.breaks and self.breaks[-1].at == self.at:
            self.breaks[-1] = replace(self.breaks[-1], source=self.breaks[-1].source + unseen)
        elif self.parts and self.marks and self.parts[-1] == self.marks[-1].tag:
            self.marks[-1] = replace(self.marks[-1], source=self.marks[-1].source + unseen)
        else:
            return False
        return True


def _write(pieces: Sequence[Piece], article: str) -> Core | None:
    writer = _Writer(article)
    for wordy, group in groupby(pieces, lambda piece: piece.role in {"words", "break"}):
        if not wordy:
            for piece in group:
                writer.mark(piece)
        elif not _write_run(writer, list(group)):
            return None
    start, end = pieces[0].start, pieces[-1].end
    marks, odd, breaks = tuple(writer.marks), tuple(writer.odd), tuple(writer.breaks)
    return Core(start, end, "".join(writer.parts), marks, odd, breaks)


def _write_run(writer: _Writer, run: Sequence[Piece]) -> bool:
    """Write words and line breaks; a break between two wide characters is not seen at all."""
    since = 0
    for place in range(1, len(run) - 1):
        around = run[place - 1].text[-1:], run[place + 1].text[:1]
        if run[place].role == "break" and all(char and is_cjk(char) for char in around):
            if not _write_words(writer, run[since:place]):
                return False
            piece = run[place]
            source = writer.article[piece.start : piece.end]
            writer.line_break(source, piece.end, wide=False)
            since = place + 1
    return _write_words(writer, run[since:])


def _clean(text: str) -> str:
    """Text as a reader sees it, with a space at an end where it has one."""
    return shown(f".{text}.")[1:-1]


def _write_words(writer: _Writer, run: Sequence[Piece]) -> bool:
    text = "".join(" " if piece.role == "break" else piece.text for piece in run)
    clean = _clean(text)
    if clean != text:
        return _align(writer, run, clean)
    for piece in run:
        source = writer.article[piece.start : piece.end]
        if piece.role == "break":
            writer.line_break(source, piece.end, wide=True)
        elif len(piece.text) == 1:
            writer.character(piece.text, source, "")
        else:
            writer.words(piece.text)
    return True


def _align(writer: _Writer, run: Sequence[Piece], clean: str) -> bool:
    """Write words of which not all is seen, or not as it is: `clean` is."""
    place = 0  # in `clean`
    held = _Held()
    for char, spelling, end, breaking in _characters(run, writer.article):
        blank = char.isspace()
        if blank and held.char == " ":
            held.add(spelling, end, breaking=breaking, seen=True)
        elif place < len(clean) and (char == clean[place] or (blank and clean[place] == " ")):
            held.write(writer)
            held = _Held(clean[place], spelling, "", end, breaking)
            place += 1
        elif held.char:
            held.add(spelling, end, breaking=breaking, seen=False)
        elif not writer.lead(spelling):
            return False
    held.write(writer)
    return place == len(clean)


def _characters(run: Sequence[Piece], article: str) -> Iterator[tuple[str, str, int, bool]]:
    """Each character: as decoded, its spelling, where that ends, whether it breaks the line."""
    for piece in run:
        if piece.role == "break":
            yield " ", article[piece.start : piece.end], piece.end, True
        elif len(piece.text) == 1:
            yield piece.text, article[piece.start : piece.end], piece.end, False
        else:
            for place, char in enumerate(piece.text, piece.start):
                yield char, article[place], place + 1, False


@dataclass(slots=True)
class _Held:
    """A character that is not written yet: what nobody sees may follow it."""

    char: str = ""
    spelling: str = ""
    trail: str = ""
    end: int = 0
    breaking: bool = False

    def add(self, source: str, end: int, *, breaking: bool, seen: bool) -> None:
        if seen and not self.trail:
            self.spelling += source
        else:
            self.trail += source
        self.end = end
        self.breaking |= breaking

    def write(self, writer: _Writer) -> None:
        if self.breaking:
            writer.line_break(self.spelling + self.trail, self.end, wide=True)
        elif self.char:
            writer.character(self.char, self.spelling, self.trail)
