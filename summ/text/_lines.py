"""What a single line break means: the end of a line of prose, or the end of a paragraph.

A text is *hard-wrapped* when its lines were cut to fit a width W: nearly every line is
full (the first word of the next line would have brought it to nine tenths of W or more),
most end mid-sentence, and not nearly all of the next lines start with a capital. W must
be 40 to 130 characters (20 to 130 in Chinese and Japanese); longer lines are paragraphs.

In hard-wrapped text a line break is a space, except after a line that ends with a full
stop and had room for the next word, or that is short and ends without one. Everywhere
else a line break ends a sentence and a paragraph, except before a line that starts in
lower case, or after a comma, when the line above is at least 40 characters long. A list
item, heading, table row, quotation or dialogue dash starts anew; a number or a dash does
not where a full line of hard-wrapped text ran on to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_SAMPLE = 100_000  # characters looked at; a text is wrapped throughout or not at all
_LONGEST, _SHORTEST, _SHORTEST_CJK = 130, 40, 20
_BULLET = re.compile(r"[-*+•◦‣▪●·][ \t]|#{1,6} |[>|]|```")
_NUMBER = re.compile(r"[—–―] ?\w|\(?(?:\d{1,3}|[^\W\d_]|[ivx]{1,4})[.)][ \t]")
_HEADING = re.compile(r"#{1,6} ")
_SYMBOLS = re.compile(r"[^\w\s]{2,100}+[ \t]*+(?![^\n\r])")
_FIRST_WORD = re.compile(r"\S{1,60}")
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_STOPPED = re.compile(r"[.!?…。！？।۔؟:;][\"'”’“»«›)\]」』]{0,3}\Z")
_GOES_ON = frozenset(",;:.!?)]}%»”’，。、；：！？）」』")


def is_lower(char: str) -> bool:
    """Whether a character is a small letter of a script that starts sentences with capitals.

    Georgian letters count as small ones in Unicode, but Georgian has no capitals in prose.
    """
    return char.islower() and not "\u10d0" <= char <= "\u10ff"


def is_cjk(char: str) -> bool:
    """Whether a character is Chinese or Japanese, wide punctuation included."""
    return _CJK.match(char) is not None


def count_breaks(gap: str) -> int:
    """Line breaks in white space: 0, 1, or 2 for a blank line and anything above."""
    if gap.isascii() and "\r" not in gap and "\x0b" not in gap and "\x0c" not in gap:
        return min(2, gap.count("\n"))
    return 2 if "\u2029" in gap else min(2, sum(1 for _ in BREAK.finditer(gap)))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set.

    Attributes:
        width: characters its lines were cut to fit; 0 when it is not hard-wrapped.
    """

    width: int

    def continues(self, text: str, line: int, end: int, after: int) -> bool:
        """Whether a single line break is no more than a space.

        Args:
            text: the text.
            line: where the line above starts.
            end: where its last character ends.
            after: where the words of the next line start.
        """
        if _BULLET.match(text, after) or _HEADING.match(text, line):
            return False
        if _SYMBOLS.match(text, line):  # a rule, such as an underline
            return False
        char, length = text[after], end - line
        stopped = _STOPPED.search(text[max(line, end - 4) : end]) is not None
        if self.width and not stopped and length > 0.7 * self.width:
            return True
        if _NUMBER.match(text, after):
            return False
        if char in _GOES_ON or _SYMBOLS.match(text, after):
            return True
        if self.width:
            return is_lower(char) or length + _room(text, after) > self.width
        if length < _SHORTEST:
            return False
        if is_lower(char):
            return not stopped
        return text[end - 1] == "," and length <= _LONGEST


def _room(text: str, at: int) -> int:
    """Characters that the first word at `at` and the space before it would have taken."""
    if is_cjk(text[at]):
        return 3  # a line may be two short, so as not to start with punctuation
    word = _FIRST_WORD.match(text, at)
    return 1 + len(word[0]) if word else 1


def measure(text: str) -> Layout:
    """Find out whether a text is hard-wrapped, and to what width."""
    lines = [line.strip() for line in BREAK.split(text[:_SAMPLE])]
    pairs = [
        (above, below)
        for above, below in pairwise(lines)
        if above and below and not _BULLET.match(below)
    ]
    if len(pairs) < 3:
        return Layout(0)
    lengths = sorted(len(above) for above, _ in pairs)
    width = lengths[len(lengths) - 1 - len(lengths) // 20]
    cjk = sum(is_cjk(below[0]) for _, below in pairs) * 2 > len(pairs)
    if not (_SHORTEST_CJK if cjk else _SHORTEST) <= width <= _LONGEST:
        return Layout(0)
    full = sum(len(above) + _room(below, 0) > 0.9 * width for above, below in pairs)
    running = [below[0] for above, below in pairs if not _STOPPED.search(above[-4:])]
    upper = sum(char.isupper() for char in running)
    wrapped = full * 10 >= len(pairs) * 7 and len(running) * 2 >= len(pairs)
    return Layout(width if wrapped and upper * 4 <= len(running) * 3 else 0)
