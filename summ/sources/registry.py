"""Which reader serves which kind of file.

A new kind of input is one module in this folder with a reader, a line in `READERS`, and
its suffixes in `MEDIA_TYPES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from summ.model import Source
from summ.sources.markdown import read_markdown
from summ.sources.plain import read_plain

Reader = Callable[[str, str, tuple[str, ...]], Source]
"""`(uri, decoded text, notices) -> Source`; raises `InputError`."""

DEFAULT_MEDIA_TYPE = "text/plain"
MARKDOWN = "text/markdown"

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": DEFAULT_MEDIA_TYPE,
        ".text": DEFAULT_MEDIA_TYPE,
        ".md": MARKDOWN,
        ".markdown": MARKDOWN,
    }
)
"""Suffix of a path, in lower case, to media type; of a folder, files with these are read. A file
that is named is plain text whatever else its suffix is."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {DEFAULT_MEDIA_TYPE: read_plain, MARKDOWN: read_markdown}
)
"""Media type to reader; has a reader for every media type that can come up."""


def media_type_of(spec: str) -> str:
    """The media type that the suffix of `spec` stands for."""
    return MEDIA_TYPES.get(PurePath(spec).suffix.lower(), DEFAULT_MEDIA_TYPE)
