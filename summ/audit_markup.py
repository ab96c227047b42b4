"""Has a translated text the markup of its article, and no other?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

_LONE = re.compile("[\ud800-\udfff]")
_HOST = re.compile(r"(?i)(?:://|www\.)([a-z0-9.-]+)")

_INLINE = ("Emphasis", "Strong", "Strikethrough", "Link", "Image")
_IN_LINES = ("Code", "InlineHtml", "Html", "FootnoteReference")


@dataclass(frozen=True, slots=True)
class _Block:
    """The start or end of a block, and how often what is in the lines behind it.

    Attributes:
        name: what starts or ends, with all that belongs to it, such as the level of a heading.
        start: where, in bytes of UTF-8.
        inline: emphasis, links with their addresses, code, HTML …; words are left out.
    """

    name: str
    start: int
    inline: Counter[str] = field(default_factory=Counter)


def changed_markup(article: str, text: str) -> list[int]:
    """Where the markup of a Markdown text is not that of its article, in order.

    Links, code and the like may stand elsewhere in their block, as words do.

    Returns:
        Code-point offsets into `text` of the blocks; up to the first that the article has not,
        or that is missing there.
    """
    data = _encoded(text)
    wrong = []
    for mine, other in zip_longest(_blocks(text), _blocks(article)):
        if mine is None or other is None or mine.name != other.name:
            wrong.append(mine.start if mine else len(data))
            break
        if mine.inline != other.inline:
            wrong.append(mine.start)
    return [len(data[:start].decode("utf-8", "ignore")) for start in wrong]


def other_hosts(source: str, target: str) -> list[str]:
    """Hosts of addresses in a translation that its source does not name."""
    known = {host.strip(".-").lower() for host in _HOST.findall(source)}
    found = (host.strip(".-").lower() for host in _HOST.findall(target))
    return [host for host in dict.fromkeys(found) if host and host not in known]


def _encoded(text: str) -> bytes:
    return _LONE.sub("\ufffd", text).encode()


def _blocks(text: str) -> Iterator[_Block]:
    """Every start and end of a block; what is in its lines is complete when the next comes."""
    import pyromark

    options = pyromark.Options
    events = pyromark.events_with_range(
        _encoded(text).decode(),
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_TASKLISTS
        | options.ENABLE_DEFINITION_LIST
        | options.ENABLE_GFM
        | options.ENABLE_HEADING_ATTRIBUTES
        | options.ENABLE_YAML_STYLE_METADATA_BLOCKS
        | options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS,
    )
    block = _Block("", 0)
    for event, place in events:
        name, is_inline = _told(event)
        if is_inline:
            block.inline[name] += 1
        elif name:
            yield block
            block = _Block(name, place["start"])
    yield block


def _told(event: str | Mapping[str, Any]) -> tuple[str, bool]:
    """An event without the words in it, and whether it is within lines; empty for words."""
    if isinstance(event, str):
        return ("" if event == "SoftBreak" else event), event == "HardBreak"
    (kind, value), *_ = event.items()
    if kind == "Text":
        return "", False
    if kind in _IN_LINES:
        return repr((kind, value)), True
    name, *_ = value if isinstance(value, dict) else (value,)
    if name in {"Link", "Image"} and kind == "Start":
        about = value[name]
        return repr((name, about["dest_url"], about["title"])), True
    return repr((kind, value)), name in _INLINE
