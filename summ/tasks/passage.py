"""What a model is shown of an article: numbered sentences under a delimiter.

The block of a passage is byte-identical in every request about it, and comes first, so
that a server's prefix cache serves every request after the first.
"""

from __future__ import annotations

import hashlib
import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summ.errors import UsageError
from summ.model import Chunk, Document, Span
from summ.text.chunking import chunk_text
from summ.text.shown import shown
from summ.text.tokens import TokenCounter

_OVER = 0.1
"""Share of passages that may be over the budget before the text's share of it is lowered."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Numbered lines and the block that shows them.

    Attributes:
        numbers: the line numbers, which a model may cite, in order.
        block: the lines between their delimiters.
        chunk: the piece of the article that it shows; None for notes.
    """

    numbers: tuple[int, ...]
    block: str
    chunk: Chunk | None = None


def numbered_block(paragraphs: Iterable[Sequence[tuple[int, str]]]) -> str:
    """Numbered lines, a blank line between paragraphs, in a delimiter made from their hash.

    The delimiter can't be written into an article: it is the first of the hashes of its
    lines that they do not hold.
    """
    body = "\n\n".join(
        "\n".join(f"[{number}] {shown(text)}" for number, text in paragraph)
        for paragraph in paragraphs
        if paragraph
    )
    folded = body.casefold()
    tag = next(tag for n in itertools.count() if (tag := _tag(f"{n} {body}")) not in folded)
    return f"<article-{tag}>\n{body}\n</article-{tag}>"


def _tag(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def document_passage(document: Document, chunk: Chunk) -> Passage:
    """The sentences of `chunk`, numbered as in the whole article."""
    paragraphs: list[list[tuple[int, str]]] = []
    numbers = []
    for number in document.sentences_in(chunk.span):
        span = document.sentences[number - 1]
        # A sentence larger than the budget was cut: show only this chunk's part of it.
        part = Span(max(span.start, chunk.start), min(span.end, chunk.end))
        if not paragraphs or _opens_paragraph(document, span.start):
            paragraphs.append([])
        paragraphs[-1].append((number, part.of(document.text)))
        numbers.append(number)
    return Passage(tuple(numbers), numbered_block(paragraphs), chunk)


def _opens_paragraph(document: Document, start: int) -> bool:
    place = bisect_left(document.paragraphs, start, key=lambda paragraph: paragraph.start)
    return place < len(document.paragraphs) and document.paragraphs[place].start == start


def notes_passage(notes: Sequence[str]) -> Passage:
    """Notes as lines numbered from 1, each a paragraph of its own."""
    return Passage(
        tuple(range(1, len(notes) + 1)),
        numbered_block([(number, note)] for number, note in enumerate(notes, 1)),
    )


def document_passages(document: Document, budget: int, counter: TokenCounter) -> list[Passage]:
    """The whole article as passages whose blocks are at most `budget` tokens each.

    As few as can be, of even size.

    Raises:
        UsageError: the budget is too small for any text.
    """
    return passages_within(document, Span(0, len(document.text)), budget, counter)


def passages_within(
    document: Document, span: Span, budget: int, counter: TokenCounter
) -> list[Passage]:
    """A piece of the article, whose ends are those of passages, as `document_passages`.

    Numbers and delimiters cost tokens too, more where sentences are short: the text's share
    of the budget is lowered until nine passages in ten fit, and the others are cut again.
    """
    text = span.of(document.text)
    whole = document_passage(document, Chunk(text, span.start, span.end, 0))
    if counter.fits(whole.block, budget):
        return [_counted(whole, counter)]
    share = budget
    while share > 0:
        passages = [document_passage(document, c) for c in _chunks(document, span, share, counter)]
        over = [passage for passage in passages if not counter.fits(passage.block, budget)]
        if len(over) <= len(passages) * _OVER:
            break
        # Of those alone: in a short one the delimiters weigh more than they will.
        shares = sorted(_text_share(passage, counter) for passage in over)
        # What is left for text beside numbers and delimiters in all but the worst of them.
        share = min(share - 1, int(budget * shares[int(len(shares) * _OVER)] * 0.99))
    else:
        raise UsageError(
            f"A budget of {budget} tokens is too small for this article.",
            "Use a model with a larger context.",
        )
    if over:
        cut = (
            passages_within(document, one.chunk.span, budget, counter) if one in over else [one]
            for one in passages
            if one.chunk
        )
        passages = [piece for pieces in cut for piece in pieces]
    return passages


def _text_share(passage: Passage, counter: TokenCounter) -> float:
    """Share of a block's tokens that its text would have by itself."""
    assert passage.chunk is not None, "it shows a piece of the article"
    return passage.chunk.tokens / counter.count(passage.block)


def _chunks(document: Document, span: Span, share: int, counter: TokenCounter) -> list[Chunk]:
    """The piece in chunks of whole sentences, with their places in the article."""
    start, end = span.start, span.end
    sentences = [
        Span(max(one.start, start) - start, min(one.end, end) - start)
        for one in (document.sentences[n - 1] for n in document.sentences_in(span))
    ]
    chunks = chunk_text(
        span.of(document.text), share, counter=counter, sentences=sentences, balanced=True
    )
    return [Chunk(c.text, c.start + start, c.end + start, c.tokens) for c in chunks]


def _counted(passage: Passage, counter: TokenCounter) -> Passage:
    """The passage, whose chunk knows its tokens."""
    assert passage.chunk is not None, "it shows a piece of the article"
    chunk = replace(passage.chunk, tokens=counter.count(passage.chunk.text))
    return replace(passage, chunk=chunk)
