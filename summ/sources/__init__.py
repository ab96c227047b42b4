"""Where articles come from: bytes in, `Source` out."""

from summ.sources.reading import MAX_BYTES, STDIN, read_source
from summ.sources.registry import MARKDOWN, MEDIA_TYPES, READERS

__all__ = ["MARKDOWN", "MAX_BYTES", "MEDIA_TYPES", "READERS", "STDIN", "read_source"]
