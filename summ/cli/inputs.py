"""What a command reads: the sources that were named, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summ.cli import streams
from summ.errors import UsageError

if TYPE_CHECKING:
    from summ.model import Source, Ui

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
        raise UsageError(
            "--markdown is for standard input, which is not read.",
            "Name a file .md, and it is read as Markdown.",
        )
    return list(sources)


def called(spec: str) -> str:
    """What an input is called when people are told of it."""
    return "standard input" if spec == STDIN else spec


def read_article(spec: str, ui: Ui, *, markdown: bool = False) -> Source:
    """Read an article as `read` does; tell of Markdown that is taken for plain text, too."""
    from summ.cli.looks import looks_like_markdown
    from summ.sources import MARKDOWN

    source = read(spec, ui, markdown=markdown)
    if source.media_type != MARKDOWN and looks_like_markdown(source.text):
        how = "--markdown reads it" if spec == STDIN else "named .md, it is read"
        ui.notice(f"{called(spec)} looks like Markdown; {how} as such.")
    return source


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

    stdin = sys.stdin.buffer if sys.stdin is not None else None
    source = read_source(spec, stdin, MARKDOWN if markdown and spec == STDIN else None)
    for notice in source.notices:
        ui.notice(notice)
    return source


def read_as(source: Source, media_type: str) -> Source:
    """The article as one of another kind; as it is where nothing reads that kind."""
    from summ.sources import READERS

    reader = READERS.get(media_type)
    return reader(source.uri, source.text, source.notices) if reader else source
