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


def sources_or_stdin(sources: Sequence[str] | None) -> list[str]:
    """The sources; standard input where none is named, if something can come from there.

    Raises:
        UsageError: nothing is named and standard input is a terminal, or it is named twice.
    """
    if not sources:
        if sys.stdin is not None and sys.stdin.isatty():
            streams.tell(_SHORT_HELP)
            raise UsageError("Nothing to read: name a file, or pipe an article in.")
        return [STDIN]
    if sources.count(STDIN) > 1:
        raise UsageError("Standard input can be read only once.")
    return list(sources)


def read(spec: str, ui: Ui) -> Source:
    """Read an article, and pass on what there is to say about how that went.

    Raises:
        InputError: it can't be read.
    """
    from summ.sources import read_source

    source = read_source(spec, sys.stdin.buffer if sys.stdin is not None else None)
    for notice in source.notices:
        ui.notice(notice)
    return source
