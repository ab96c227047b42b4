"""Direct speech of a text, by its marks and dashes, in the styles of many languages.

Everything is one pass, or a bounded look ahead from each mark: linear on any input.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge

from summ.checks._speech.cues import Cues
from summ.checks.grounding import is_unspaced
from summ.model import Document, Span

LONGEST = 1000
"""Characters of a sentence that are looked at."""

CARRIED = 2000
"""Characters over which a quotation may run on beyond its paragraph."""

DOUBLE = '“”„«»‹›「」『』"'
"""Marks that are nothing but quotation marks."""
_DOUBLE = re.compile(f"[{DOUBLE}]")

_CLOSES = {
    **{"“": '”"', "„": '“”"', "«": "»", "»": "«", "”": "”", '"': '"”'},
    **{"‹": "›", "›": "‹", "「": "」", "『": "』"},
}
_SINGLE_CLOSES = {"‘": "’", "‚": "‘’", "'": "'"}
_SINGLE = re.compile(
    r"(?<!\w)[‘‚'](?=[^\W\d_])(?!(?:tis|twas|twere|em|till?|cause|n|bout|round|cos|s|t)\b)",
    re.IGNORECASE,
)
_SINGLE_END = {
    mark: re.compile(rf"(?<=\S)[{closing}](?!\w)") for mark, closing in _SINGLE_CLOSES.items()
}
_OWNERS = re.compile(r"[sS]['’]\s+[^\W\d_A-Z]")
_FULL_WIDTH = frozenset("：，。、；！？（《")

_DASH = "—–-"
_INSERTED = re.compile(
    r"(?:[,!?…;.]\s{0,3}[—–-]|(?<=\S)\s{0,3}[—–]|(?<=\S)\s{1,3}-)(?:\s{1,3}|(?=\w))"
)
_INSERT_ENDS = re.compile(rf"(?:[.,:;!?]\s{{0,3}}|\s)[{_DASH}](?=[\s\w])")
_INSERT = 300
_INDENT = 8
_FIRST_WORDS = re.compile(r"\w+")
_COMMA = re.compile(r"[,!?…]\s{1,3}(?=[^\W\d_])")
_COMMA_ENDS = re.compile(r",(?=\s)|(?<![ \u00a0][MD])(?<!Dr)(?<!M[gm]r)\.\s(?=[^\W\d_a-z])")
_INVERTED = re.compile(
    r"(?:(?:(?:m|l|nous|vous)['’]?)?(?:a|ont|avait|avaient)(?P<asked>-t-(?:il|elle|on)|-(?:il|elle)s)?\s)?"
    r"(?P<verb>[^\W\d_]{2,20})(?P<tail>-(?:t-)?(?:il|elle)s?)?(?!\w)(?:\s(?P<next>[^\s,]{1,30}))?"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of direct speech: offsets with its marks, and the group it belongs to.

    A quotation that is opened anew in each paragraph is one group.
    """

    start: int
    end: int
    group: int


def quotations(document: Document, cues: Cues) -> tuple[Quotation, ...]:
    """The quotations of a text, in order, without what a reporter puts between dashes."""
    found: list[Quotation] = []
    group = 0
    pending = False
    text = document.text
    for span, carries in marked(text, document.paragraphs, document.sentences):
        group += not pending
        pending = carries
        found.extend(Quotation(piece.start, piece.end, group) for piece in spoken(text, span, cues))
    starts = [quotation.start for quotation in found]
    for paragraph in document.paragraphs:
        at = bisect_left(starts, paragraph.start)
        if at < len(starts) and starts[at] < paragraph.end:
            continue
        group += 1
        found.extend(_dashed(text, paragraph, cues, group))
    return tuple(sorted(found, key=lambda quotation: quotation.start))


def marked(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span]
) -> Iterator[tuple[Span, bool]]:
    """Stretches between marks; with each, whether the next is the same speech opened anew."""
    ends = [paragraph.end for paragraph in paragraphs]
    singles = ((span, False) for span in _singles(text, ends))
    behind = 0
    for span, carries in merge(
        _doubles(text, ends, sentences), singles, key=lambda found: found[0].start
    ):
        # Inside other marks they are nested.
        if span.start >= behind:
            yield span, carries
            behind = span.end


def _doubles(
    text: str, ends: Sequence[int], sentences: Sequence[Span]
) -> Iterator[tuple[Span, bool]]:
    """The same for marks that are nothing else."""
    begin: int | None = None
    passed = -1
    positions = [match.start() for match in _DOUBLE.finditer(text)]
    for at, position in enumerate(positions):
        opening = _opening(text, position)
        if position <= passed:
            continue
        if begin is None:
            if opening:
                begin = position
            else:
                yield from _orphaned(text, sentences, position)
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
        elif opening and _is_nested(text, positions[at : at + 3], begin, limit):
            passed = positions[at + 1]
        elif opening and text[position] == text[begin]:
            yield Span(begin, position), False
            begin = position
    if begin is not None:
        yield Span(begin, _limit(text, begin, ends)), False


def _is_nested(text: str, marks: Sequence[int], begin: int, limit: int) -> bool:
    """Whether the first mark opens a term inside the quotation from `begin`, and it goes on.

    Then the second closes the term, and where both open with the same mark, the third
    closes the quotation: without it, the quotation was only left open.
    """
    same = text[marks[0]] == text[begin]
    if text[marks[0]] not in _CLOSES or len(marks) < (3 if same else 2) or marks[-1] >= limit:
        return False
    inner = marks[1 : 3 if same else 2]
    return all(text[mark] in _CLOSES[text[marks[0]]] and not _opening(text, mark) for mark in inner)


def _singles(text: str, ends: Sequence[int]) -> Iterator[Span]:
    """Stretches between single marks within a paragraph, where they are surely no apostrophes."""
    barren: dict[str, int] = {}
    behind = 0
    for position in (match.start() for match in _SINGLE.finditer(text)):
        mark, limit = text[position], _limit(text, position, ends)
        if position < behind or barren.get(mark, 0) >= limit:
            continue
        stop = _single_end(text, position, limit)
        if stop is None:
            barren[mark] = limit
        else:
            yield Span(position, stop)
            behind = stop


def _single_end(text: str, position: int, limit: int) -> int | None:
    """Behind the mark that closes the one at `position`, owners' apostrophes passed over."""
    mark = text[position]
    pattern = _SINGLE_END[mark]
    end = pattern.search(text, position + 1, limit)
    while end and _OWNERS.match(text, end.start() - 1):
        later = pattern.search(text, end.end(), limit)
        if later is None or text.find(mark, end.end(), later.start()) >= 0:
            break
        end = later
    return end.end() if end else None


def is_closed(text: str, span: Span) -> bool:
    """Whether a stretch between marks has both of them, one of a pair."""
    first, last = text[span.start], text[span.end - 1]
    return span.end - span.start > 1 and last in {**_CLOSES, **_SINGLE_CLOSES}.get(first, "")


def has_owner(text: str, span: Span) -> bool:
    """Whether a mark inside may be an owner's apostrophe ("the boys’ club"), or the close."""
    return (
        text[span.start] in _SINGLE_CLOSES
        and _OWNERS.search(text, span.start, span.end) is not None
    )


def _limit(text: str, start: int, ends: Sequence[int]) -> int:
    """Where the paragraph of `start` ends."""
    at = bisect_right(ends, start)
    return ends[at] if at < len(ends) else len(text)


def _opening(text: str, position: int) -> bool:
    """Whether the mark stands where one opens: space before it, a word behind."""
    mark = text[position]
    before = text[max(0, position - 1) : position]
    after = text[position + 1 : position + 2]
    if mark in "「『":
        return True
    if mark not in _CLOSES:
        return False  # 」 and 』 close, whatever stands around them
    outer = not before or before.isspace() or before in "([{—–-:'‘’,"
    if mark in "„«‹":  # French puts a space inside
        return outer
    if mark == "“":
        outer = outer or before in _FULL_WIDTH or is_unspaced(before)
        return outer and bool(after) and not after.isspace()
    # "... and then" opens with three full stops; with one, a sentence ends behind the mark.
    dots = text.startswith("...", position + 1)
    return outer and (after.isalnum() or dots or (bool(after) and after in "‘'’([…¿¡„$€£¥₴#@"))


def _orphaned(text: str, sentences: Sequence[Span], position: int) -> Iterator[tuple[Span, bool]]:
    """The speech up to a closing mark, from the sentence's start, where none opened it."""
    if text[position] not in '”"»' or text[max(0, position - 1) : position] not in set(",.!?…"):
        return
    at = bisect_right(sentences, position, key=lambda span: span.start) - 1
    start = sentences[at].start if at >= 0 else 0
    if position - start <= LONGEST and _DOUBLE.search(text, start, position) is None:
        yield Span(start, position + 1), False


def spoken(text: str, span: Span, cues: Cues) -> Iterator[Span]:
    """The parts of a quotation that are speech: `«…, — сказав він. — …»` has two."""
    at = begin = span.start
    while match := _INSERTED.search(text, at, span.end):
        at = max(match.end(), at + 1)
        words = _FIRST_WORDS.findall(text[match.end() : min(span.end, match.end() + 60)])[:4]
        telling = cues.verbs | cues.quoting
        if not any(word.casefold() in telling for word in words):
            continue
        stop = _INSERT_ENDS.search(text, match.end(), min(span.end, match.end() + _INSERT))
        yield from _between_commas(text, Span(begin, match.start()), cues)
        begin = at = stop.end() if stop else span.end
    if begin < span.end:
        yield from _between_commas(text, Span(begin, span.end), cues)


def _between_commas(text: str, span: Span, cues: Cues) -> Iterator[Span]:
    """The parts that are speech where French inserts: `« …, a-t-il dit, … »`."""
    begin = at = span.start
    while cues.comma_inserts and (match := _COMMA.search(text, at, span.end)):
        at = match.end()
        if not _is_inserted(text[at : min(span.end, at + 90)], cues):
            continue
        stop = _COMMA_ENDS.search(text, at, min(span.end, at + _INSERT))
        if stop is None:
            continue
        yield Span(begin, match.start())
        begin = at = stop.end()
    if begin < span.end:
        yield Span(begin, span.end)


def _is_inserted(text: str, cues: Cues) -> bool:
    """Whether the words are a verb of saying before its subject: `a prévenu M. Roux`."""
    match = _INVERTED.match(text)
    if match is None or match["verb"].lower() not in cues.verbs | cues.quoting:
        return False
    if match["asked"] or match["tail"]:
        return True
    after = match["next"] or ""
    return after[:1].isupper() or after.lower().rstrip(".") in cues.articles | cues.titles


def _dashed(text: str, paragraph: Span, cues: Cues, group: int) -> Iterator[Quotation]:
    """A paragraph of speech that opens with a dash, if a reporter's words prove it is one."""
    start = paragraph.start + len(paragraph.of(text)) - len(paragraph.of(text).lstrip())
    if text[start : start + 1] not in set(_DASH):
        return
    end = min(paragraph.end, start + 2 * CARRIED)
    pieces = list(spoken(text, Span(start, end), cues))
    first = Span(start, end)
    if pieces and pieces[0].end < first.end:
        yield from (Quotation(piece.start, piece.end, group) for piece in pieces)
