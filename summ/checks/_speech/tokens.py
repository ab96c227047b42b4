"""The words of each sentence outside quotations: one pass, linear on any input."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summ.checks._speech.cues import Cues
from summ.checks._speech.quotes import DOUBLE, LONGEST, Quotation, quotations
from summ.model import Document, Span

_SCARE = 3
"""Words up to which a quotation inside a clause is a term, not somebody's speech."""

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*[\w%]*(?:-\w+)*"
    r"|(?:[ldnsjmtcLDNSJMTC]|[Qq]u|[Ll]orsqu|[Jj]usqu|[Pp]uisqu)[’'](?=[^\W\d_]{2})"  # French
    r"|[^\W_]+(?:[’'ʼ‑-][^\W_]+)*(?:(?<=s)[’'](?=\s))?|[^\w\s]"
)
_APOSTROPHES = frozenset("'’‘ʼ")
_DOUBLE = frozenset(DOUBLE)
_LEFT_OUT = re.compile(f"[({DOUBLE}]")

Kind = Literal["word", "quote", "stop"]


class Token:
    """A word, a mark, or a whole quotation; not to be changed.

    Attributes:
        text: as the article has it; a quotation's is empty.
        start: half-open code-point offset into the article.
        end: half-open code-point offset into the article.
        kind: which of the three it is.
        low: in lower case; not case-folded, which would turn ß into ss.
        capital: whether it is a word that begins with a capital.
    """

    __slots__ = ("capital", "end", "kind", "low", "start", "text")

    def __init__(self, text: str, start: int, end: int, kind: Kind) -> None:
        """A token; what the rules ask of each word many times is found out once."""
        self.text = text
        self.start = start
        self.end = end
        self.kind = kind
        self.low = text.lower()
        self.capital = kind == "word" and text[0].isupper()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, as the rules see it.

    Attributes:
        tokens: its words outside quotations; a quotation is one token.
        groups: the quotations it has a part in.
        bare: there is nothing but quotation.
        running: it begins inside a quotation that was opened before.
        open: it ends inside a quotation that goes on.
        opens: it begins with a quotation.
        paragraph: number of its paragraph.
    """

    tokens: tuple[Token, ...]
    groups: tuple[int, ...]
    bare: bool
    running: bool
    open: bool
    opens: bool
    paragraph: int

    @property
    def quoted(self) -> bool:
        """Whether it has speech in quotation marks."""
        return any(token.kind == "quote" for token in self.tokens)


def lines(document: Document, cues: Cues) -> tuple[Line, ...]:
    """Every sentence of the document with its quotations found."""
    spoken = quotations(document, cues)
    starts = [quotation.start for quotation in spoken]
    ends = [quotation.end for quotation in spoken]
    openings = [paragraph.start for paragraph in document.paragraphs]
    made = []
    for span in document.sentences:
        piece = span.of(document.text)
        begin = span.start + len(piece) - len(piece.lstrip())
        stop = span.start + len(piece.rstrip())
        inside = spoken[bisect_right(ends, begin) : bisect_left(starts, stop)]
        tokens = _tokens(document.text, Span(begin, max(begin, stop)), inside)
        last = inside[-1] if inside else None
        made.append(
            Line(
                tokens=tokens,
                groups=tuple(quotation.group for quotation in inside),
                bare=bool(inside) and not any(token.kind == "word" for token in tokens),
                running=bool(inside) and inside[0].start < begin,
                open=last is not None and last.end > stop,
                opens=bool(inside) and inside[0].start <= begin,
                paragraph=bisect_right(openings, span.start),
            )
        )
    return tuple(made)


def _tokens(text: str, span: Span, inside: Sequence[Quotation]) -> tuple[Token, ...]:
    """The sentence's words outside quotations, brackets and their content left out."""
    end = min(span.end, span.start + LONGEST)
    found: list[Token] = []
    at = span.start
    for quotation in inside:
        if quotation.start >= end:
            break
        found.extend(_words(text, at, max(at, quotation.start), span.end))
        if _is_term(text, quotation, found):
            found.extend(_lowered(text, quotation, span.end))
        else:
            found.append(Token("", max(at, quotation.start), min(quotation.end, end), "quote"))
        at = max(at, quotation.end)
    found.extend(_words(text, at, end, span.end))
    plain = _LEFT_OUT.search(text, span.start, end) is None
    return tuple(found if plain else _unbracketed(found))


def _is_term(text: str, quotation: Quotation, before: Sequence[Token]) -> bool:
    """Whether the quoted words are part of the clause around them: `the "Wu" report`."""
    if quotation.end - quotation.start > 60 or not before or before[-1].kind != "word":
        return False
    return len(text[quotation.start : quotation.end].split()) <= _SCARE


def _lowered(text: str, quotation: Quotation, end: int) -> Iterator[Token]:
    """Words of a quoted term; they are no names to the rules. The comma inside counts."""
    for token in _words(text, quotation.start, quotation.end, end):
        yield (
            token
            if token.kind == "stop"
            else Token(token.text.casefold(), token.start, token.end, "word")
        )


def _words(text: str, start: int, end: int, sentence_end: int) -> list[Token]:
    """Words and marks; a full stop inside a sentence belongs to the word before it."""
    found: list[Token] = []
    behind = start
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        at, after = match.span()
        if at < behind or word in _APOSTROPHES:
            continue
        if not word[0].isalnum():
            found.append(Token(word, at, after, "stop"))
            continue
        if after + 1 < end and text[after] == "." and word[0].isalpha():
            rest = text[after + 1 : min(sentence_end, after + 4)].strip()
            if rest and rest[0] not in '"”»’)—–':
                word, after = word + ".", after + 1
        behind = after
        found.append(Token(word, at, after, "word"))
    return found


def _unbracketed(tokens: Sequence[Token]) -> Iterator[Token]:
    """Without round brackets and what they hold, and without stray quotation marks."""
    closing = [at for at, token in enumerate(tokens) if token.text == ")"]
    behind = 0
    for at, token in enumerate(tokens):
        text = token.text
        if at < behind or text in _DOUBLE:
            continue
        if text == "(":
            later = bisect_left(closing, at)
            behind = closing[later] + 1 if later < len(closing) else at + 1
            continue
        yield token
