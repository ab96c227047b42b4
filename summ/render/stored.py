"""A report as bytes for a store, and back: exact, typed, and nothing but data."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from summ.model import Report

if TYPE_CHECKING:
    from msgspec.msgpack import Decoder, Encoder

_MARK = 8  # bytes in front that tell the shape


def encode(report: Report) -> bytes | None:
    """`report` as bytes that `decode` makes it from again, with all that it holds.

    None: it holds what these bytes have no way to say: a lone surrogate, or a whole number
    beyond 64 bits.
    """
    mark, encoder, _ = _codec()
    try:
        return mark + encoder.encode(report)
    except (UnicodeEncodeError, OverflowError):
        return None


def decode(data: bytes) -> Report | None:
    """The report that `encode` made `data` from; None where no report of this version can be.

    Types and shape are checked, and that translations are item by item as the report; not
    whether offsets, quotes and counts agree.
    """
    import msgspec

    mark, _, decoder = _codec()
    if data[:_MARK] != mark:
        return None
    try:
        report = decoder.decode(memoryview(data)[_MARK:])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return report if _fits(report) else None


def _fits(report: Report) -> bool:
    """Whether each translation has as many items as the report."""
    count = (len(report.summary), len(report.claims))
    return report.schema_version == 1 and all(
        (len(one.summary), len(one.claims)) == count for one in report.translations
    )


@lru_cache(maxsize=1)
def _codec() -> tuple[bytes, Encoder, Decoder[Report]]:
    """The mark of the shape of a report, and what writes and reads that shape."""
    import msgspec

    # A field more or less is another mark: what an older summ has kept is made anew.
    shape = msgspec.json.encode(msgspec.json.schema(Report), order="deterministic")
    mark = hashlib.sha256(shape).digest()[:_MARK]
    return mark, msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Report)
