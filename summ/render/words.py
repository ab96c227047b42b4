"""The words of a piece of an article, without its markup, for readers of a table or list."""

from __future__ import annotations

import re

from summ.render.markdown_escape import escape
from summ.render.safe import clean, one_line

MARKDOWN = "text/markdown"

# On one line and behind a letter nothing is the beginning of a block, as nothing is in the
# article, where a mark stands before the piece or other text.
_LEAD = "x"
_BREAK = re.compile(r"\\?\n[ \t>]*")
_LINK = re.compile(r"(?<=\w)\.(?=[^\W\d_])|:(?=//)|@")


def plain_words(text: str, media_type: str) -> str:
    """What a reader sees of a piece of an article, cleaned and on one line.

    Args:
        text: a paragraph, a cell or the like, as it stands in the article.
        media_type: of the article; only `text/markdown` has markup.
    """
    if media_type != MARKDOWN:
        return one_line(text)
    import pyromark

    line = f"{_LEAD} " + _BREAK.sub(" ", clean(text))
    events = pyromark.events(line, options=pyromark.Options.ENABLE_STRIKETHROUGH)
    seen = (
        value
        for event in events
        if not isinstance(event, str)
        for kind, value in event.items()
        if kind in {"Text", "Code"}
    )
    return one_line("".join(map(str, seen)).removeprefix(_LEAD))


def without_links(text: str) -> str:
    """`text` for Markdown, cleaned and on one line, where no address becomes a link.

    As `escape`, and addresses of the web, which many sites make links of; some sites do so
    with a bare e-mail address whatever stands there.
    """
    return _LINK.sub(r"\\\g<0>", escape(text))
