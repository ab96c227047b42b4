"""A source with its structure: sentences, paragraphs, language."""

from __future__ import annotations

from dataclasses import dataclass

from summ.model import Document, Source, Span
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


@dataclass(frozen=True, slots=True)
class Packed:
    """A document as it goes from process to process: its spans tile the text, so ends will do.

    Attributes:
        source: what was read.
        sentences: where each sentence ends.
        paragraphs: where each paragraph ends.
        language: of the document.
    """

    source: Source
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    language: str | None

    @classmethod
    def of(cls, document: Document) -> Packed:
        """Pack a document."""
        sentences, paragraphs = (
            tuple(span.end for span in spans) for spans in (document.sentences, document.paragraphs)
        )
        return cls(document.source, sentences, paragraphs, document.language)

    def document(self) -> Document:
        """The document that was packed."""
        sentences, paragraphs = (
            tuple(Span(start, end) for start, end in zip((0, *ends), ends, strict=False))
            for ends in (self.sentences, self.paragraphs)
        )
        return Document(self.source, sentences, paragraphs, self.language)
