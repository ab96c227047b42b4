"""The rules for where a sentence ends, applied from the start of a text to its end.

One pass over the places where a sentence could end, a bounded look to the left and right of
each, so time is linear on any input.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

import regex

from summ.text import _abbreviations as known
from summ.text._full_stop import DASHES, OPENERS, WORD, ends_sentence, word_before
from summ.text._lines import BREAKS, Layout, count_breaks, is_cjk, is_lower, measure

WIDE = "。！？｡"  # end a sentence without a space
_STOPS = "।॥۔؟։።။៕"  # end one before a letter, too
_MARKS = "!?…‼⁇⁈⁉‽"
_GREEK = ";\u037e"
TERMS = "." + _MARKS + WIDE + _STOPS + _GREEK
_QUOTES = frozenset("\"'”’“»«›‹」』")
# A sentence may end after a match: a terminator, what closes with it (quotation marks,
# brackets, footnote markers, emoji), white space; or a line break and white space.
# Every part always matches, so the scan never goes back.
CANDIDATE = re.compile(
    rf"[{TERMS}{BREAKS}](?:(?<=[{BREAKS}])(\s*+)|"
    rf"[{TERMS}]*+"
    r"((?:[\"'”’“)\]}»›」』〉》】）*_~`]|[ \u00a0\u202f][»›](?!\w)|[«‹](?!\w)){0,12}+)"
    r"(?:\[[^\[\]\s]{1,4}\]){0,8}+[⁰¹²³⁴-⁹]{0,4}+"
    r"(?:[ \u00a0]?[\u2764\ufe0f\u200d\U0001f1e6-\U0001faff\U000e0020-\U000e007f]){0,16}+"
    r"(\s*+))"
)
_CAPITAL = regex.compile(r"\p{Lu}")
_OPEN = f"[{re.escape(OPENERS)}]{{0,6}}"
_LEAD = re.compile(rf"{_OPEN}(?:[{DASHES}•]\s?)?{_OPEN}")
NOT_A_START = frozenset(",;:)]}%&/=.!?…”’、，。；：）」』")
_SAID = re.compile(
    r"(?:[A-Z][\w.'’-]{0,30} ){1,4}(?:said|says|asked|asks|added|replied|cried|shouted|wrote"
    r"|wondered|answered|exclaimed|whispered|told)\b"
)
_SAID_CJK = re.compile(
    "[^，。！？：；、“”「」\\s]{0,8}?(?:说|說|道|问|問|喊|答|叫|表示|指出|称|稱)[，。,]|"
    "[^，。！？、「」\\s]{1,12}?(?:聞いた|言った|尋ねた|答えた|叫んだ|話した|語った|語る|述べた)。"
)
_PARTICLE_JA = re.compile(
    "(?!でも|もう|もし|はい|とても|ところ|やはり|やっと|はじめ|では)[とがはをにのでもへや]|って|など"
)
BRANDS = frozenset({"yahoo", "jeopardy"})
SHORT_FORMS = known.NEVER | known.MAYBE | known.BEFORE_NUMBER | known.BEFORE_SMALL


class Scanner:
    """One pass over a text; `start` and `line` are where sentence and line began."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start = 0
        self.line = 0
        self.quotes = self.counted = 0  # straight quotation marks of the line, up to where

    @cached_property
    def layout(self) -> Layout:
        """How the text is set."""
        return measure(self.text)

    @cached_property
    def no_capitals(self) -> bool:
        """Whether sentences start with small letters, too."""
        sample = self.text[:20_000]
        # Nearly always there are too many capitals already in the first lines.
        if next(islice(_CAPITAL.finditer(sample), len(sample) // 300, None), None):
            return False
        lower = sum(map(is_lower, sample))
        return lower >= 40 and sum(map(str.isupper, sample)) * 300 < lower

    def ends(self) -> Iterator[int]:
        """Where sentences end, but for the last."""
        text = self.text
        first = self.line = len(text) - len(text.lstrip())
        for match in CANDIDATE.finditer(text, first):
            end = self._end(match)
            if end:
                yield end
                self.start = end
            if match.group(1) is not None or count_breaks(match.group(3)):
                self.line = self.counted = match.end()
                self.quotes = 0

    def _end(self, match: re.Match[str]) -> int:
        """Where a sentence ends at a candidate; 0 when it does not."""
        end = match.end()
        if end == len(self.text):
            return 0
        plain = match.group(1) is not None
        gap = match.group() if plain else match.group(3)
        if extends(self.text[end]) and self.text[end - 1] not in BREAKS:
            return 0
        kind = count_breaks(gap)
        if kind > 1 or (kind and self._line_ends(match, end - len(gap))):
            return end
        if plain:
            return 0
        if not gap:
            return self._unspaced(match)
        return end if self._spaced(match) else 0

    def _line_ends(self, match: re.Match[str], words_end: int) -> bool:
        if self.layout.continues(self.text, self.line, words_end, match.end()):
            return False
        # "Dr." at the end of a line of prose, too little of which is there to measure.
        return not (
            self.text[match.start()] == "."
            and 40 <= words_end - self.line <= 130
            and word_before(self.text, self.start, match.start())[0].casefold() in known.NEVER
        )

    def _unspaced(self, match: re.Match[str]) -> int:
        """An end with no white space after it: Chinese, Japanese, and some full stops."""
        text, end = self.text, match.end()
        run_end, closing = match.start(2), match.group(2)
        last, after = text[run_end - 1], text[end]
        if last in WIDE:
            opened = self._opening(closing, run_end)
            if opened >= 0 and self._has_words(run_end):
                return run_end + opened
            if after in NOT_A_START or "》" in closing or "〉" in closing or after in TERMS:
                return 0
            if not self._has_words(run_end) or self._says_cjk(last, closing, end):
                return 0
            return end
        if last in _STOPS:
            return end if after.isalpha() and not closing else 0
        asian = last in "!?" and is_cjk(text[match.start() - 1]) and is_cjk(after)
        return end if asian and after not in NOT_A_START and not closing else 0

    def _opening(self, closing: str, run_end: int) -> int:
        """Which of the marks after a full stop opens a quotation; -1 for none.

        A straight mark opens when an even number of them came before it in the line.
        """
        self.quotes += self.text.count('"', self.counted, run_end)
        self.counted = max(self.counted, run_end)
        if closing[:1] == '"' and self.quotes % 2 == 0:
            return 0
        return closing.find("“")

    def _says_cjk(self, last: str, closing: str, end: int) -> bool:
        """Whether words after a closing quotation mark say who spoke."""
        if not closing:
            return False
        if _PARTICLE_JA.match(self.text, end):
            return True
        said = _SAID_CJK.match(self.text, end, end + 24)
        if said is None:
            return False
        # After a plain full stop, "他说，" begins the next sentence, unless the quotation
        # goes on.
        after = self.text[said.end() : said.end() + 1]
        return last in "！？" or said.group()[-1] == "。" or after in set('“「"')

    def _has_words(self, end: int) -> bool:
        """Whether the sentence so far holds more than punctuation (looked at when short)."""
        if end - self.start > 16:
            return True
        return any(map(str.isalnum, self.text[self.start : end]))

    def _spaced(self, match: re.Match[str]) -> bool:
        """Whether a terminator with white space after it ends the sentence."""
        text, run_end, closing = self.text, match.start(2), match.group(2)
        lead = _LEAD.match(text, match.end())
        at = lead.end() if lead else match.end()
        char = text[at] if at < len(text) else ""
        if char in NOT_A_START or not self._has_words(run_end):
            return False
        quoted = not _QUOTES.isdisjoint(closing)
        dash = lead is not None and not set(DASHES).isdisjoint(lead.group())
        if quoted and dash:
            return False
        run = text[match.start() : run_end]
        if is_lower(char):
            return self._lower_start(match.start(), at, run, closing)
        if (quoted or text[match.start() - 1] in _QUOTES) and self._goes_on(at, run):
            return False
        if run == ".":
            return ends_sentence(text, self.start, match.start(), at)
        if run[0] in _GREEK:
            return "Ͱ" <= text[match.start() - 1] <= "Ͽ" and not char.isascii()
        if run[0] in _MARKS + ".":
            return self._mark(match.start(), closing)
        return not self._says_cjk(run[-1], closing, at)

    def _lower_start(self, dot: int, at: int, run: str, closing: str) -> bool:
        """A small letter starts a sentence as in `iPhone`, or where there are no capitals."""
        if self.text[at + 1 : at + 2].isupper():
            return run != "." or ends_sentence(self.text, self.start, dot, at)
        if not self.no_capitals or closing or run[0] in _GREEK:
            return False
        word, joined = word_before(self.text, self.start, dot)
        return run in "!?" or (run == "." and len(word) > 1 and joined not in SHORT_FORMS)

    def _goes_on(self, at: int, run: str) -> bool:
        """Whether words after a closing quotation mark say who spoke.

        After a full stop only Korean does so.
        """
        word = WORD.match(self.text, at)
        marked = run[-1] in _MARKS + "؟"
        if word is not None and word.group() in known.SAYS:
            return marked or "가" <= word.group()[0] <= "힣"
        return marked and _SAID.match(self.text, at, at + 120) is not None

    def _mark(self, mark: int, closing: str) -> bool:
        """Whether `!`, `?`, an ellipsis or the like ends the sentence."""
        text = self.text
        if text[mark - 1] in "([{（":
            return False  # "(?)", "[…]"
        if closing[:1] in {")", "]"}:  # a remark in brackets, or a sentence in brackets
            far = max(self.start, mark - 400)
            opening = max(text.rfind("(", far, mark), text.rfind("[", far, mark))
            return opening < 0 or not text[self.start : opening][:8].strip()
        if text[mark] != "!":
            return True
        return word_before(text, self.start, mark)[0].casefold() not in BRANDS


def extends(char: str) -> bool:
    """Whether a character belongs to the grapheme cluster before it."""
    return (
        unicodedata.category(char)[0] == "M"
        or char in "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )
