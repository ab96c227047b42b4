"""Segments of Markdown: the words of its blocks, and what stands around and between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from summ.model import SegmentKind, Span
from summ.text._blocks import Block, html_spans, parse
from summ.text._core import Core, core_of
from summ.text._form import Definitions, Form, joined, outline
from summ.text._inline import Read, UnclearError, read_block
from summ.text._pieces import ready
from summ.text.visible import words_of_html

_KINDS: dict[str, SegmentKind] = {"Heading": "heading", "TableCell": "cell"}
_ITEMS = frozenset({"Item", "DefinitionListTitle", "DefinitionListDefinition"})
_LINES = {"Item": "  ", "BlockQuote": "> "}
_DEFINITION = "[a]: b\n"
_LINE_END = re.compile(r"[\r\n]")
_MOST = 5_000_000
"""Characters to parse for the captions of a block, each of which is judged with all of it."""

_LETTER = re.compile(r"[^\W\d_]")


def markdown_cores(text: str) -> Iterator[tuple[SegmentKind, Core, Form]]:
    """The segments of an article of Markdown, with their kinds and forms, in order."""
    done = 0
    for kind, core, form in _found(text):
        # The parser reads some of a table twice when that lacks more than 65,536 cells.
        if core.start >= done:
            yield kind, core, form
            done = core.end


def _found(text: str) -> Iterator[tuple[SegmentKind, Core, Form]]:
    parsed = parse(text)
    for block in parsed.blocks:
        if _touches_table(text, block):
            continue
        try:
            read = read_block(text, block.events)
        except UnclearError:
            continue  # it stays as it is
        pieces = ready(read.pieces, text)
        core = core_of(pieces, text) if pieces else None
        found = list(_captions(text, block, read, parsed.definitions))
        if core:
            kind = _KINDS.get(block.tag, "item" if block.container in _ITEMS else "paragraph")
            form = _form(text, block, read, core, parsed.definitions)
            found = [one for one in found if not core.start <= one[1].start < core.end]
            found.append((kind, core, form))
        yield from sorted(found, key=lambda one: one[1].start)


def _touches_table(text: str, block: Block) -> bool:
    """Whether a paragraph begins on the line below a table, of which it could become a row."""
    if block.tag != "Paragraph" or block.table < 0:
        return False
    return not _LINE_END.search(text, block.table, block.start)


def html_with_words(text: str) -> Iterator[Span]:
    """Blocks of HTML in which words stand outside tags, comments, scripts and styles."""
    for span in html_spans(text):
        if _LETTER.search(words_of_html(span.of(text))):
            yield span


def _form(text: str, block: Block, read: Read, core: Core, definitions: Definitions) -> Form:
    """Where a segment stands in its block."""
    line = _LINES.get(block.container, "")
    opening = {"Item": "- ", "BlockQuote": "> "}.get(block.container, "")
    before, after = text[read.start : core.start], text[core.end : read.end]
    closing = ""
    bare = not before
    if block.tag == "TableCell":
        bare = bare and text[block.start - 1 : block.start] != "|"
        opening, closing = "" if bare else "|", "|x|\n|-|-|"
    elif block.tag == "Heading" and text[block.start : read.start].lstrip(" ").startswith("#"):
        bare = False
        opening += "# "
        closing = _LINE_END.split(text[read.end : block.end], maxsplit=1)[0]
    elif block.tag == "Heading":
        closing = f"\n{line}==="
    if block.tag != "TableCell" and bare and _follows_definition(text, block):
        opening += _DEFINITION + line
    return Form(
        opening=opening + joined(before, line),
        closing=joined(after, line) + closing,
        line=line,
        inline=outline(event.raw for event in block.events).inline,
        bare=bare,
        table=block.tag == "TableCell" or block.container == "DefinitionListTitle",
        strict=False,
        definitions=definitions,
    )


def _follows_definition(text: str, block: Block) -> bool:
    """Whether something that is no block, such as a definition of a link, stands just above."""
    line = text.rfind("\n", 0, block.start)
    above = text.rfind("\n", 0, max(line, 0)) + 1
    return line > 0 and block.after <= above and bool(text[above:line].strip(" \t>\r"))


def _captions(
    text: str, block: Block, read: Read, definitions: Definitions
) -> Iterator[tuple[SegmentKind, Core, Form]]:
    """What is said instead of images, where that is words and nothing else."""
    if len(read.images) * (read.end - read.start) > _MOST:
        return
    for events in read.images:
        try:
            pieces = ready(read_block(text, events).pieces, text)
        except UnclearError:
            continue
        core = core_of(pieces, text) if pieces else None
        if core and not core.marks:
            form = _form(text, block, read, core, definitions)
            yield "caption", core, replace(form, bare=False, strict=True)
