"""Where articles come from: bytes in, `Source` out."""

from summ.sources.listing import Choice, Listing, listing, read_item
from summ.sources.reading import MAX_BYTES, STDIN, read_source
from summ.sources.registry import MARKDOWN, MEDIA_TYPES, READERS

__all__ = [
    "MARKDOWN",
    "MAX_BYTES",
    "MEDIA_TYPES",
    "READERS",
    "STDIN",
    "Choice",
    "Listing",
    "listing",
    "read_item",
    "read_source",
]
