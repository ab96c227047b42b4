"""The best place to end a chunk, at or before a limit.

In this order: before a heading or after two blank lines, after a paragraph, a sentence, a
line, a clause, a word, a grapheme. The coarser ones count only where they cost little, all
but the last only in the second half of the chunk.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import regex

from summ.text._graphemes import ends_grapheme, grapheme_end
from summ.text._sentence_ends import SentenceEnds

SECTION_SHARE = 1 / 3
"""A chunk ends at a section if that costs at most this share of it."""

PARAGRAPH_SHARE = 1 / 5
"""A chunk ends at a paragraph if that costs at most this share of it."""

_GAP = 100  # characters looked at for the full stop before a sentence's end
_HEADING = 80  # characters that a heading has at most
_NO_HEADING = frozenset(".!?…。！？।؟:;,\"'”’»)")
_BLANK = regex.compile(r"\s*")
_WORDS = regex.compile(r"(?r)\S")
_LINE = regex.compile(r"(?r)[\n\r\x0b\x0c\x85\u2028\u2029](?!\n)")
_CLAUSE = regex.compile(r"(?r)[,;:–—،؛][\"'”’»)\]]{0,3}\s{1,4}(?!\s)|[、，；：](?!\s)")
_WORD = regex.compile(r"(?r)\s(?=\S)")
_GRAPHEMES_TRIED = 64


class Boundaries:
    """Finds the ends of chunks in one text.

    Attributes:
        coarse: chunks may end at sections and paragraphs though sentences end later.
    """

    def __init__(self, text: str, ends: Sequence[int] | None = None) -> None:
        """Prepare to cut `text`; `ends` of its sentences in order, found when None."""
        self._text = text
        self._ends = ends
        self._sentences = SentenceEnds(text)
        self._break = self._paragraph_break()
        self.coarse = True  # chunks may end at sections and paragraphs at a cost
        self._solid = range(0)  # one grapheme, larger than a chunk may have been

    def _paragraph_break(self) -> str:
        """What stands between paragraphs; empty where nothing does."""
        text = self._text
        if "\n" not in text:
            return ""
        for blank_line in ("\n\n", "\n\r\n"):
            if blank_line in text:
                return blank_line
        # A paragraph a line, as in much news text, unless lines are only cut to a width.
        return "" if self._sentences.layout.width else "\n"

    def last(self, start: int, limit: int) -> int:
        """The best place after `start`, at most `limit`; 0 where no grapheme ends there.

        Args:
            start: where the chunk starts, which is the start of a grapheme.
            limit: above `start`.
        """
        if limit >= len(self._text):
            return len(self._text)
        if start in self._solid and limit < self._solid.stop:
            return 0
        half = limit - (limit - start) // 2
        if self._text[limit - 1].isspace() and not _WORDS.search(self._text, half, limit):
            # White space without end: one place in it is as good as another.
            place = self._sentence(half, limit) if self._ends is not None else 0
            ended = place and ends_grapheme(self._text, start, place)
            return place if ended else self._grapheme(start, limit)
        place = 0
        if self.coarse and self._break:
            place = self._section(start, limit) or self._paragraph(start, limit)
        place = place or self._sentence(half, limit)
        if place:
            place = self._before_heading(half, place)
        else:
            place = next(
                (p for p in self._finer(half, limit) if ends_grapheme(self._text, start, p)), 0
            )
        if place and ends_grapheme(self._text, start, place):
            return place
        return self._grapheme(start, limit)

    def _section(self, start: int, limit: int) -> int:
        """Before a heading, or after at least two blank lines."""
        text, least = self._text, limit - int((limit - start) * SECTION_SHARE)
        place = text.rfind("\n#", least, limit) + 1
        gap = text.rfind("\n\n\n", least, limit)
        if gap >= place:
            place = self._after_blank(gap, limit)
        return place if place and self._ends_here(place) else 0

    def _paragraph(self, start: int, limit: int) -> int:
        """After a paragraph."""
        least = limit - int((limit - start) * PARAGRAPH_SHARE)
        while (found := self._text.rfind(self._break, least, limit)) >= 0:
            place = self._after_blank(found, limit)
            if place and self._ends_here(place):
                return place
            limit = found
        return 0

    def _after_blank(self, found: int, limit: int) -> int:
        """Where the white space from `found` on ends; 0 if that is beyond the limit."""
        match = _BLANK.match(self._text, found, limit + 1)
        end = match.end() if match else found
        return end if end <= limit else 0

    def ends_sentence(self, place: int) -> bool:
        """Whether a sentence, or the text, ends at `place`."""
        if self._ends is not None or place >= len(self._text):
            return self._ends_here(place)
        # The full stop stands before the place, with white space between.
        return self._sentences.last(max(1, place - _GAP), place) == place

    def _ends_here(self, place: int) -> bool:
        """Whether the given sentences, if any are, have an end here."""
        if self._ends is None:
            return True
        at = bisect_right(self._ends, place)
        return at > 0 and self._ends[at - 1] == place

    def _sentence(self, least: int, limit: int) -> int:
        """After a sentence."""
        if self._ends is not None:
            at = bisect_right(self._ends, limit)
            return self._ends[at - 1] if at and self._ends[at - 1] >= least else 0
        return self._sentences.last(least, limit)

    def _before_heading(self, least: int, place: int) -> int:
        """`place`, or that before the heading which would else end the chunk."""
        text = self._text
        if text[place - 1] != "\n":
            return place
        words = text[max(least, place - 2 * _HEADING) : place].rstrip()
        line = words.rpartition("\n")[2]
        marked = line.startswith("#")
        plain = 0 < len(line) <= _HEADING and line[-1] not in _NO_HEADING and self._break == "\n\n"
        before = max(least, place - 2 * _HEADING) + len(words) - len(line)
        alone = text[before - 2 : before] == "\n\n" and text[place - 2 : place] == "\n\n"
        if (marked or (plain and alone)) and before > least and self._ends_here(before):
            return before
        return place

    def _finer(self, least: int, limit: int) -> list[int]:
        """Places that end a line, a clause or a word, the best first."""
        found = (p.search(self._text, least, limit) for p in (_LINE, _CLAUSE))
        places = [match.end() for match in found if match]
        word = _WORD.search(self._text, least, limit + 1)
        return [*places, word.end()] if word else places

    def _grapheme(self, start: int, limit: int) -> int:
        """Between two graphemes."""
        text = self._text
        for place in range(limit, max(start, limit - _GRAPHEMES_TRIED), -1):
            if ends_grapheme(text, start, place):
                return place
        last, end = 0, grapheme_end(text, start)
        while end <= limit:
            last, end = end, grapheme_end(text, end)
        if not last:
            self._solid = range(start, end)
        return last

    def whole(self, start: int) -> int:
        """Where the grapheme that begins at `start` ends, of which `last` said 0; 0: none does."""
        return self._solid.stop if start == self._solid.start else 0
