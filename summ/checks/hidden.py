"""Characters in an article that a model would read and a reader would not see.

They are kept from the model (`text.shown`), and reported with their places: a text that
somebody hid there is worth knowing of. What ordinary texts hold unseen, such as soft
hyphens and marks of direction, is not reported.
"""

from __future__ import annotations

import unicodedata

from summ.model import Document, Finding
from summ.text.shown import hidden_spans

MOST = 20
"""Findings per article: a person reads no more."""


def hidden_findings(document: Document) -> tuple[Finding, ...]:
    """A finding for each run of hidden characters, at most `MOST`; the last one counts on."""
    spans = hidden_spans(document.text)
    found = []
    for place, span in enumerate(spans[:MOST], 1):
        piece = span.of(document.text)
        what = f"{len(piece)} characters" if len(piece) > 1 else "A character"
        more = f" {len(spans) - MOST} more places." if place == MOST < len(spans) else ""
        first = unicodedata.name(piece[0], "a control character").lower()
        message = (
            f"{what} that no reader sees, from U+{ord(piece[0]):04X} ({first}) on;"
            f" the model was not shown them.{more}"
        )
        found.append(Finding("hidden-characters", message, span.start, span.end))
    return tuple(found)
