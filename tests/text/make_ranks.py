"""Pack a published `.tiktoken` file into the form that `summ.text.tokens` reads.

    python tests/text/make_ranks.py o200k_base.tiktoken[.gz] summ/text/_ranks/o200k_base.bin

The format is described in `summ/text/_ranks/__init__.py`. The line that the script
writes to standard output is the SHA-256 to state in `summ/text/tokens.py`.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import sys
import zlib
from pathlib import Path


def pack(published: bytes) -> bytes:
    """The uncompressed packed form of a `.tiktoken` file.

    Raises:
        ValueError: the ranks are not 0, 1, 2 …, or a token is longer than 255 bytes.
    """
    tokens = []
    for expected, line in enumerate(published.splitlines()):
        token, rank = line.split()
        if int(rank) != expected:
            raise ValueError(f"rank {expected} expected, {int(rank)} found")
        tokens.append(base64.b64decode(token, validate=True))
    lengths = bytes(len(token) for token in tokens)
    return len(tokens).to_bytes(4, "big") + lengths + b"".join(tokens)


def main(source: str, target: str) -> None:
    """Read `source`, write `target`, tell its SHA-256."""
    raw = Path(source).read_bytes()
    published = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
    packed = zlib.compress(pack(published), 9)
    Path(target).write_bytes(packed)
    sys.stdout.write(hashlib.sha256(packed).hexdigest() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
