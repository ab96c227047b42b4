"""What a command reads: the sources that were named, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summ.cli import streams
from summ.errors import UsageError

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.model import Item, Source, Ui
    from summ.sources import Listing

STDIN = "-"
"""How standard input is named, here as in `summ.sources`, which is loaded only to read."""

_SHORT_HELP = """\
Usage: summ FILE…                    summary and key claims, as Markdown
       … | summ                      the same of standard input
       summ FILE --to uk             in Ukrainian, too
       summ translate FILE --to uk   the article itself in Ukrainian
       summ --help                   everything else
"""


def sources_or_stdin(sources: Sequence[str] | None, *, markdown: bool = False) -> list[str]:
    """The sources; standard input where none is named, if something can come from there.

    Args:
        sources: as they were given.
        markdown: standard input is said to be Markdown.

    Raises:
        UsageError: nothing is named and standard input is a terminal, or it is named twice, or
            something is said of it and it is not read.
    """
    if not sources:
        if sys.stdin is not None and sys.stdin.isatty():
            streams.tell(_SHORT_HELP)
            raise UsageError("Nothing to read: name a file, or pipe an article in.")
        return [STDIN]
    if sources.count(STDIN) > 1:
        raise UsageError("Standard input can be read only once.")
    if markdown and STDIN not in sources:
        raise _no_markdown()
    return list(sources)


def _no_markdown() -> UsageError:
    return UsageError(
        "--markdown is for standard input, which is not read.",
        "Name a file .md, and it is read as Markdown.",
    )


def inputs_of(sources: Sequence[str] | None, settings: Settings) -> Listing:
    """What a run reads.

    Args:
        sources: as they were given; none, and no list: standard input.
        settings: of the run.

    Raises:
        UsageError: nothing is named and standard input is a terminal, or what was said contradicts
            itself.
        InputError: there is nothing to read.
    """
    from summ.sources import Choice, listing

    specs: list[str] = []
    if sources or settings.from_file is None:
        specs = sources_or_stdin(sources, markdown=settings.markdown)
    elif settings.markdown:
        raise _no_markdown()
    if settings.records and STDIN not in specs:
        raise UsageError(
            "--records is for standard input, which is not read.",
            "Name a file .ndjson, and its lines are read as records.",
        )
    if settings.records and settings.markdown:
        raise UsageError(
            "--records and --markdown contradict each other.",
            'A record says of itself: "media_type": "text/markdown".',
        )
    output = settings.output
    choice = Choice(
        settings.glob,
        str(settings.from_file) if settings.from_file is not None else None,
        settings.records,
        settings.markdown,
        str(Path(output).expanduser()) if output is not None else None,
    )
    return listing(specs, choice, _stdin())


def read_input(item: Item, ui: Ui) -> Source:
    """Read an input of a run, and pass on what there is to say about how that went.

    Raises:
        InputError: it can't be read.
    """
    from summ.sources import read_item

    source = read_item(item, _stdin())
    for notice in source.notices:
        ui.notice(notice)
    how = "--markdown reads it" if item.path == STDIN else _BY_NAME
    if item.record is not None:
        how = 'with "media_type": "text/markdown" it is read'
    _tell_of_markdown(source, ui, how)
    return source


def _stdin() -> BinaryIO | None:
    """Standard input as bytes; None when the process has none."""
    return sys.stdin.buffer if sys.stdin is not None else None


def called(spec: str) -> str:
    """What an input is called when people are told of it."""
    return "standard input" if spec == STDIN else spec


def read_article(spec: str, ui: Ui, *, markdown: bool = False) -> Source:
    """Read an article as `read` does; tell of Markdown that is taken for plain text, too."""
    source = read(spec, ui, markdown=markdown)
    _tell_of_markdown(source, ui, "--markdown reads it" if spec == STDIN else _BY_NAME)
    return source


_BY_NAME = "named .md, it is read"


def _tell_of_markdown(source: Source, ui: Ui, how: str) -> None:
    """Tell of Markdown that is taken for plain text, and how it is read as what it is."""
    from summ.cli.looks import looks_like_markdown
    from summ.sources import MARKDOWN

    if source.media_type != MARKDOWN and looks_like_markdown(source.text):
        ui.notice(f"{called(source.uri)} looks like Markdown; {how} as such.")


def read(spec: str, ui: Ui, *, markdown: bool = False) -> Source:
    """Read an article, and pass on what there is to say about how that went.

    Args:
        spec: a path, or `-` for standard input.
        ui: is told.
        markdown: standard input is Markdown; of files their suffix tells.

    Raises:
        InputError: it can't be read.
    """
    from summ.sources import MARKDOWN, read_source

    source = read_source(spec, _stdin(), MARKDOWN if markdown and spec == STDIN else None)
    for notice in source.notices:
        ui.notice(notice)
    return source


def read_as(source: Source, media_type: str) -> Source:
    """The article as one of another kind; as it is where nothing reads that kind."""
    from summ.sources import READERS

    reader = READERS.get(media_type)
    return reader(source.uri, source.text, source.notices) if reader else source
