"""A source with its structure: sentences, paragraphs, language."""

from __future__ import annotations

from summ.model import Document, Source
from summ.text.language import detect_language
from summ.text.sentences import split_paragraphs, split_sentences


def annotate(source: Source, language: str | None = None) -> Document:
    """Number the sentences of `source`; its language is `language`, else detected."""
    sentences = split_sentences(source.text)
    return Document(
        source=source,
        sentences=sentences,
        paragraphs=split_paragraphs(source.text, sentences),
        language=language or detect_language(source.text),
    )
