"""Quotations of a text, and the words of a sentence outside them.

Everything is one pass, or a bounded look ahead from each mark: linear on any input.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summ.checks._speech_cues import Cues
from summ.model import Document, Span

LONGEST = 1000
"""Characters of a sentence that are looked at."""

CARRIED = 2000
"""Characters over which a quotation may run on beyond its paragraph."""

_SCARE = 3
"""Words up to which a quotation inside a clause is a term, not somebody's speech."""

_CLOSES = {"“": '”"', "„": '“”"', "«": "»", "»": "«", "”": "”", '"': '"'}
_MARK = re.compile('[“”„«»"]')
_DASH = "—–-"
_INSERTED = re.compile(rf"(?:[,!?…;.]|(?<=\S))\s{{0,3}}[{_DASH}](?:\s{{1,3}}|(?=\w))")
_INSERT_ENDS = re.compile(rf"(?:[.,:;!?]\s{{0,3}}|\s)[{_DASH}](?=[\s\w])")
_INSERT = 300
_INDENT = 8
_FIRST_WORDS = re.compile(r"\w+")
_WORD = re.compile(
    r"\d+(?:[.,]\d+)*[\w%]*(?:-\w+)*"
    r"|(?:[ldnsjmtcLDNSJMTC]|[Qq]u|[Ll]orsqu|[Jj]usqu|[Pp]uisqu)[’'](?=[^\W\d_]{2})"  # French
    r"|[^\W_]+(?:[’'ʼ‑-][^\W_]+)*(?:(?<=s)[’'](?=\s))?|[^\w\s]"
)
_APOSTROPHES = frozenset("'’‘ʼ")

Kind = Literal["word", "quote", "stop"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of direct speech: offsets with its marks, and the group it belongs to.

    A quotation that is opened anew in each paragraph is one group.
    """

    start: int
    end: int
    group: int


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


def quotations(document: Document, cues: Cues) -> tuple[Quotation, ...]:
    """The quotations of a text, in order, without what a reporter puts between dashes."""
    found: list[Quotation] = []
    group = 0
    pending = False
    for span, carries in _marked(document):
        group += not pending
        pending = carries
        found.extend(
            Quotation(piece.start, piece.end, group) for piece in _spoken(document.text, span, cues)
        )
    marked = [quotation.start for quotation in found]
    for paragraph in document.paragraphs:
        at = bisect_left(marked, paragraph.start)
        if at < len(marked) and marked[at] < paragraph.end:
            continue
        group += 1
        found.extend(_dashed(document.text, paragraph, cues, group))
    return tuple(sorted(found, key=lambda quotation: quotation.start))


def _marked(document: Document) -> Iterator[tuple[Span, bool]]:
    """Stretches between marks; with each, whether the next is the same speech opened anew."""
    text = document.text
    ends = [paragraph.end for paragraph in document.paragraphs]
    begin: int | None = None
    for position in (match.start() for match in _MARK.finditer(text)):
        opening = _opening(text, position)
        if begin is None:
            if opening:
                begin = position
            elif (start := _orphaned(document, position)) is not None:
                yield Span(start, position + 1), False
            continue
        closing = text[position] in _CLOSES[text[begin]] and not opening
        limit = _limit(text, begin, ends)
        if closing and (position < limit or position - begin <= CARRIED):
            yield Span(begin, position + 1), False
            begin = None
        elif position >= limit:
            again = opening and text[position] == text[begin]
            yield Span(begin, limit), again and position - limit < _INDENT
            begin = position if opening else None
        elif opening and text[position] == text[begin]:
            yield Span(begin, position), False
            begin = position
    if begin is not None:
        yield Span(begin, _limit(text, begin, ends)), False


def _limit(text: str, start: int, ends: Sequence[int]) -> int:
    """Where the paragraph of `start` ends."""
    at = bisect_right(ends, start)
    return ends[at] if at < len(ends) else len(text)


def _opening(text: str, position: int) -> bool:
    """Whether the mark stands where one opens: space before it, a word behind."""
    mark = text[position]
    before = text[max(0, position - 1) : position]
    after = text[position + 1 : position + 2]
    outer = not before or before.isspace() or before in "([{—–-:'‘’,"
    if mark in "„«":  # French puts a space inside
        return outer
    return outer and (after.isalnum() or (bool(after) and after in "‘'’([…¿¡.„"))


def _orphaned(document: Document, position: int) -> int | None:
    """Where the speech begins that a closing mark without an opening one ends."""
    text = document.text
    if text[position] not in '”"»' or text[max(0, position - 1) : position] not in set(",.!?…"):
        return None
    at = bisect_right(document.sentences, position, key=lambda span: span.start) - 1
    start = document.sentences[at].start if at >= 0 else 0
    if position - start > LONGEST or _MARK.search(text, start, position):
        return None
    return start


def _spoken(text: str, span: Span, cues: Cues) -> Iterator[Span]:
    """The parts of a quotation that are speech: `«…, — сказав він. — …»` has two."""
    at = begin = span.start
    while match := _INSERTED.search(text, at, span.end):
        at = max(match.end(), at + 1)
        words = _FIRST_WORDS.findall(text[match.end() : min(span.end, match.end() + 60)])[:4]
        if not any(word.casefold() in cues.verbs | cues.quoting for word in words):
            continue
        stop = _INSERT_ENDS.search(text, match.end(), min(span.end, match.end() + _INSERT))
        yield Span(begin, match.start())
        begin = at = stop.end() if stop else span.end
    if begin < span.end:
        yield Span(begin, span.end)


def _dashed(text: str, paragraph: Span, cues: Cues, group: int) -> Iterator[Quotation]:
    """A paragraph of speech that opens with a dash, if a reporter's words prove it is one."""
    start = paragraph.start + len(paragraph.of(text)) - len(paragraph.of(text).lstrip())
    if text[start : start + 1] not in set(_DASH):
        return
    end = min(paragraph.end, start + 2 * CARRIED)
    pieces = list(_spoken(text, Span(start, end), cues))
    first = Span(start, end)
    if pieces and pieces[0].end < first.end:
        yield from (Quotation(piece.start, piece.end, group) for piece in pieces)


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
    return tuple(_unbracketed(found))


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


def _words(text: str, start: int, end: int, sentence_end: int) -> Iterator[Token]:
    """Words and marks; a full stop inside a sentence belongs to the word before it."""
    at = start
    while match := _WORD.search(text, at, end):
        at = match.end()
        word = match.group()
        if word in _APOSTROPHES:
            continue
        if word[0].isalpha() and text[at : at + 1] == "." and at + 1 < end:
            rest = text[at + 1 : min(sentence_end, at + 4)].strip()
            if rest and rest[0] not in '"”»’)—–':
                at += 1
                word += "."
        yield Token(word, match.start(), at, "word" if word[0].isalnum() else "stop")


def _unbracketed(tokens: Sequence[Token]) -> Iterator[Token]:
    """Without round brackets and what they hold."""
    closing = [at for at, token in enumerate(tokens) if token.text == ")"]
    at = 0
    while at < len(tokens):
        if tokens[at].text == "(":
            later = bisect_left(closing, at)
            at = closing[later] + 1 if later < len(closing) else at + 1
            continue
        if _MARK.fullmatch(tokens[at].text) is None:
            yield tokens[at]
        at += 1
