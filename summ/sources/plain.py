"""Plain text: the decoded file is the article."""

from __future__ import annotations

from summ.model import Source


def read_plain(uri: str, text: str, notices: tuple[str, ...]) -> Source:
    """Take the text as it is; plain text has no title of its own."""
    return Source(uri, "text/plain", text, notices=notices)
