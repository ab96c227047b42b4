"""The parts of an article: headline, captions, furniture, quotations, and the rest.

Only what the layout and a few words give away; what is overlooked is a sentence like any
other. One pass over the text, whatever it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from summ.checks.grounding import content_terms, is_unspaced
from summ.checks.instructions import addresses_model
from summ.model import Document
from summ.tasks import _salience_cues as cues

CLIPPED = 2_000
"""Characters of a sentence in which hints are looked for."""

CAPTIONS = 4
"""Paragraphs among which a caption stands over its credit."""

_FEWEST, _MOST, _HEADLINE = 6, 90, 20  # words
_THAI = range(0x0E00, 0x0F00)  # Thai and Lao have no full stop


class Article:
    """What is known of each sentence before any is scored.

    Attributes:
        texts: the sentences, without white space around them; number n is `texts[n - 1]`.
        title: the headline, or an empty string.
        headed: whether more paragraphs than these could not change the headline.
        openings: numbers of those that open a paragraph.
    """

    def __init__(self, document: Document) -> None:
        """Read the parts of `document`."""
        self.texts = [document.sentence(n) for n in range(1, len(document.sentences) + 1)]
        self._terms: dict[int, list[str]] = {}
        self.openings: set[int] = set()
        self._inside: set[int] = set()
        self._furniture: set[int] = set()
        self._headings: set[int] = set()
        self.title = document.source.title or ""
        self._read_paragraphs(list(_numbers_by_paragraph(document)))

    # For its headline alone, an article need not be read as closely.
    @cached_property
    def terms(self) -> list[list[str]]:
        """The terms of each sentence."""
        return [self._terms_of(number) for number in range(1, len(self.texts) + 1)]

    @cached_property
    def fit(self) -> list[int]:
        """Numbers of the sentences that could stand in a summary, in order."""
        return [number for number in range(1, len(self.texts) + 1) if self._fit(number)]

    def _terms_of(self, number: int) -> list[str]:
        if number not in self._terms:
            self._terms[number] = content_terms(self.texts[number - 1])
        return self._terms[number]

    def _read_paragraphs(self, paragraphs: Sequence[range]) -> None:
        """Find captions, credits, headings; what opens a paragraph or goes on quoting."""
        real = False  # whether a line of the article itself was seen
        for place, numbers in enumerate(paragraphs):
            texts = [self.texts[n - 1] for n in numbers]
            if not any(_has_letters(text) for text in texts):
                self._furniture.update(numbers)
                continue
            self.openings.add(numbers[0])
            self._inside.update(_inside_quotation(numbers, texts))
            furniture = [n for n, text in zip(numbers, texts, strict=True) if _is_furniture(text)]
            self._furniture.update(furniture)
            credit = cues.CREDIT.match(texts[-1]) is not None
            if credit and len(numbers) <= 3:
                self._furniture.update(numbers)
                if (
                    len(numbers) == 1
                    and 0 < place < CAPTIONS
                    and self._is_caption(paragraphs[place - 1])
                ):
                    self._furniture.add(numbers[0] - 1)
                    real = False
                continue
            if len(furniture) == len(numbers):
                continue
            if self._is_heading(numbers):
                self._headings.add(numbers[0])
                self.title = self.title or ("" if real else texts[0])
            real = True
        self.headed = bool(self.title) or (real and len(paragraphs) >= CAPTIONS)

    def _is_caption(self, numbers: range) -> bool:
        """The line over a credit near the top is a caption, unless it reports something."""
        text = self.texts[numbers[0] - 1]
        return len(numbers) == 1 and (numbers[0] == 1 or not cues.SAYING.search(text))

    def _is_heading(self, numbers: range) -> bool:
        """One short line without a full stop, or a line marked as a heading."""
        text = self.texts[numbers[0] - 1]
        if len(numbers) > 1:
            return False
        marked = cues.HEADING.match(text) is not None
        return marked or (not self.stopped(numbers[0]) and self.size(numbers[0]) <= _HEADLINE)

    def size(self, number: int) -> float:
        """Length in words."""
        return _words(self._terms_of(number))

    def stopped(self, number: int) -> bool:
        """Whether it ends like a sentence; in Thai, whether it is as long as one."""
        last = self.texts[number - 1].rstrip(cues.AFTER_STOPS)[-1:]
        if last and ord(last) in _THAI:
            return self.size(number) > _HEADLINE
        return bool(last) and last in cues.STOPS

    def _fit(self, number: int) -> bool:
        """Could stand in a summary: no fragment, question, heading, caption or order."""
        text = self.texts[number - 1]
        size = self.size(number)
        if number in self._furniture or number in self._headings or not _has_letters(text):
            return False
        if not _FEWEST <= size <= _MOST or (size < 12 and not self.stopped(number)):
            return False
        asks = text.rstrip(cues.AFTER_STOPS)[-1:] in cues.QUESTIONS
        return not asks and not addresses_model(text)

    def leans(self, number: int) -> bool:
        """Whether it needs the sentence before it: a pronoun, a piece of a quotation."""
        text = self.texts[number - 1][:CLIPPED]
        outside = cues.QUOTATION.sub(" ", text)
        spoken = cues.SAYING.search(outside) is not None
        # A quotation without its speaker, and first-person words outside of one.
        bare = (self.quoted(number) and not spoken) or cues.FIRST_PERSON.search(outside)
        pointing = cues.LEANING.match(text) or cues.SAID_THEY.search(text)
        return bool(number in self._inside or bare or pointing)

    def quoted(self, number: int) -> bool:
        """Whether it opens with a quotation mark."""
        return self.texts[number - 1][:1] in cues.OPENING_QUOTES

    def fallback(self, limit: int, avoid: Collection[int]) -> list[int]:
        """The first sentences of an article in which none is fit: a poem, a list."""
        filled = [n for n, text in enumerate(self.texts, 1) if text]
        worded = [n for n in filled if _has_letters(self.texts[n - 1])]
        plain = [n for n in worded if n not in self._furniture]
        body = [n for n in plain if n not in self._headings] or plain[1:] or plain
        safe = [n for n in body if not addresses_model(self.texts[n - 1])]
        found = safe or body or worded or filled
        return ([n for n in found if n not in avoid] or found)[:limit]


def _numbers_by_paragraph(document: Document) -> Iterator[range]:
    """Numbers of the sentences of each paragraph; both tile the text, so one pass does."""
    first = number = 1
    for paragraph in document.paragraphs:
        while (
            number <= len(document.sentences)
            and document.sentences[number - 1].start < paragraph.end
        ):
            number += 1
        if number > first:
            yield range(first, number)
        first = number


def _words(terms: Sequence[str]) -> float:
    """Length in words; two characters make one in a script without spaces."""
    return sum(1.0 if term.isascii() or not is_unspaced(term[0]) else 0.5 for term in terms)


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _is_furniture(text: str) -> bool:
    """A caption, credit, byline, link or advertisement."""
    head, tail = text[:CLIPPED], text[-200:]
    return bool(
        cues.FURNITURE.match(head)
        or cues.CREDIT.match(head)
        or cues.CREDIT_INSIDE.search(tail)
        or cues.CAPTION.search(head)
    )


def _inside_quotation(numbers: range, texts: Sequence[str]) -> Iterator[int]:
    """The sentences of a paragraph that begin or end while a quotation is open."""
    closers = ""
    for number, text in zip(numbers, texts, strict=True):
        begins_inside = bool(closers)
        for char in cues.QUOTES.findall(text):
            if closers:
                closers = "" if char in closers else closers
            else:
                closers = cues.CLOSERS.get(char, "")
        if begins_inside or closers:
            yield number
