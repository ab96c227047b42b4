"""The chunkers that are compared: summ's and, each as its own documentation sets it up, others.

All count with o200k_base, and none lets chunks overlap, so that what they lose or repeat of
a text can be seen. Nothing is fetched: the encoding is built from the tables shipped with
summ, and peers that ask tiktoken for it by name find it in a cache folder (`offline`).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import summ
from summ.text.tokens import load_encoding

if TYPE_CHECKING:
    from tiktoken import Encoding  # noqa: TID251 (named in types only)

ENCODING = "o200k_base"
_PUBLISHED_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
# tiktoken names a file in its cache by the SHA-1 of where it was published.
_CACHE_NAME = "fb374d419588a4632f3f557e76b4b70aebbca790"

Split = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Chunker:
    """A chunker to be measured.

    Attributes:
        label: how tables call it.
        package: its distribution.
        build: makes the function that cuts a text, for a budget in tokens. It is called
            anew before each measurement, outside of the time taken, since some chunkers
            remember what they counted: a text is always new to them.
        compiled: it works outside of Python's allocator, which `tracemalloc` does not see.
    """

    label: str
    package: str
    build: Callable[[int], Split]
    compiled: bool = False

    @property
    def version(self) -> str | None:
        """Of the distribution; None where it is not installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return None


def encoding() -> Encoding:
    """The encoding that all chunkers count with."""
    return load_encoding(ENCODING)


@contextmanager
def offline() -> Iterator[None]:
    """Let peers find the encoding, and nothing that they would have to fetch.

    Raises:
        RuntimeError: what was rebuilt is not the file that is published; tiktoken would
            throw it away and fetch another.
    """
    ours = encoding()
    ranks = range(len(ours.token_byte_values()))
    published = b"".join(
        b64encode(ours.decode_single_token_bytes(rank)) + b" %d\n" % rank for rank in ranks
    )
    if hashlib.sha256(published).hexdigest() != _PUBLISHED_SHA256:
        raise RuntimeError("the rebuilt o200k_base is not the published one")
    with tempfile.TemporaryDirectory(prefix="summ-bench-") as folder:
        Path(folder, _CACHE_NAME).write_bytes(published)
        # Set for good: the processes started meanwhile need it, and nothing after does.
        os.environ |= {"TIKTOKEN_CACHE_DIR": folder, "HF_HUB_OFFLINE": "1"}
        yield


def _summ(budget: int) -> Split:
    return lambda text: [chunk.text for chunk in summ.chunk_text(text, budget)]


def _semchunk(budget: int) -> Split:
    # Its README: `chunkerify(tokenizer, chunk_size)` with any tiktoken encoding.
    import semchunk

    # Token counts are memoised in a table of the module, which only grows.
    semchunk.semchunk._memoized_token_counters.clear()
    chunker = semchunk.chunkerify(encoding(), budget)
    return lambda text: list(chunker(text))


def _chonkie_recursive(budget: int) -> Split:
    # Its page on RecursiveChunker: the default rules; `tokenizer` may be a tokenizer itself
    # (a name would be looked for on a model hub first).
    from chonkie import RecursiveChunker

    chunker = RecursiveChunker(tokenizer=encoding(), chunk_size=budget)
    return lambda text: [chunk.text for chunk in chunker(text)]


def _chonkie_sentence(budget: int) -> Split:
    # Its page on SentenceChunker, but without its overlap of 128.
    from chonkie import SentenceChunker

    chunker = SentenceChunker(tokenizer=encoding(), chunk_size=budget, chunk_overlap=0)
    return lambda text: [chunk.text for chunk in chunker(text)]


def _semantic(budget: int, *, trim: bool = True) -> Split:
    # Its README, "Using a Tiktoken Tokenizer"; GPT-4o's is o200k_base, and it brings its own.
    from semantic_text_splitter import TextSplitter

    splitter = TextSplitter.from_tiktoken_model("gpt-4o", budget, trim=trim)
    return lambda text: list(splitter.chunks(text))


def _langchain_recursive(budget: int, *, separators: list[str] | None = None) -> Split:
    # "Split by tokens" in its documentation, for text that need not fit to the token. By
    # default it refuses text that looks like a special token; that is left as it is.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter.from_tiktoken_encoder(
        encoding_name=ENCODING, chunk_size=budget, chunk_overlap=0, separators=separators
    )
    return lambda text: list(splitter.split_text(text))


_EVERY_SCRIPT = [
    "\n\n", "\n", " ", ".", ",", "\u200b", "\uff0c", "\u3001", "\uff0e", "\u3002", "",
]  # fmt: skip
"""What langchain's page on recursive splitting advises for languages without spaces."""


def _langchain_token(budget: int) -> Split:
    # "Split by tokens" again: what it names for a hard limit.
    from langchain_text_splitters import TokenTextSplitter

    splitter = TokenTextSplitter(encoding_name=ENCODING, chunk_size=budget, chunk_overlap=0)
    return lambda text: list(splitter.split_text(text))


def _llama_index(budget: int) -> Split:
    # Its module guide on node parsers, without the overlap. The tokenizer is made as its own
    # `get_tokenizer` makes it, from another encoding.
    from llama_index.core.node_parser import SentenceSplitter

    tokenizer = partial(encoding().encode, allowed_special="all")
    splitter = SentenceSplitter(chunk_size=budget, chunk_overlap=0, tokenizer=tokenizer)
    return lambda text: list(splitter.split_text(text))


OURS = "summ"
CHUNKERS = {
    OURS: Chunker("summ", "summ", _summ),
    "semchunk": Chunker("semchunk", "semchunk", _semchunk),
    "chonkie-recursive": Chunker("chonkie Recursive", "chonkie", _chonkie_recursive),
    "chonkie-sentence": Chunker("chonkie Sentence", "chonkie", _chonkie_sentence),
    "semantic": Chunker(
        "semantic-text-splitter", "semantic-text-splitter", _semantic, compiled=True
    ),
    "langchain": Chunker("langchain Recursive", "langchain-text-splitters", _langchain_recursive),
    "langchain-token": Chunker("langchain Token", "langchain-text-splitters", _langchain_token),
    "llama-index": Chunker("llama-index Sentence", "llama-index-core", _llama_index),
    # Set-ups that the documentation names beside its first one.
    "semantic-untrimmed": Chunker(
        "semantic-text-splitter, trim=False",
        "semantic-text-splitter",
        partial(_semantic, trim=False),
        compiled=True,
    ),
    "langchain-scripts": Chunker(
        "langchain Recursive, its separators for CJK",
        "langchain-text-splitters",
        partial(_langchain_recursive, separators=_EVERY_SCRIPT),
    ),
}
USUAL = [name for name in CHUNKERS if name not in {"semantic-untrimmed", "langchain-scripts"}]
"""Those that are compared unless others are asked for."""

_WARM_UP = "A short text to load what is loaded late. It has two sentences.\n\n" * 3


def ready(name: str, budget: int) -> Split:
    """A new chunker that has loaded all it needs."""
    build = CHUNKERS[name].build
    build(16)(_WARM_UP)
    return build(budget)
