"""Single sentence ends near a place, without a pass over the whole text."""

from __future__ import annotations

import re

import regex

from summ.text import _abbreviations as known
from summ.text._full_stop import OPENERS
from summ.text._lines import BREAKS, is_lower
from summ.text._scanner import (
    BRANDS,
    CANDIDATE,
    NOT_A_START,
    SHORT_FORMS,
    TERMS,
    WIDE,
    Scanner,
    extends,
)

# From right to left: the first character of each run of terminators, and line breaks.
_TERMINATOR = regex.compile(rf"(?r)(?<![{TERMS}])[{TERMS}]|[{BREAKS}]")
_NO_SPACE = regex.compile(r"(?r)\S")
_FIRST_BREAK = re.compile(f"[{BREAKS}]")
_LOOKS = 32  # terminators looked at before it is given up: no prose has as many and no end
_LOOK_BACK = 400  # characters looked at before a single end
_BACK = 24  # the same for the word before it
_NUMBER_BACK = 30  # the same for the end of the sentence before: a list item is that short
_NOT_PLAIN = SHORT_FORMS | BRANDS | set(map(str.casefold, known.NEVER_AS_WRITTEN))
_CLOSING = frozenset('"”’)')
_PLAIN_MARKS = "?!" + WIDE
_GOES_ON = frozenset(",;:")
_NO_START = NOT_A_START - {"”", "’"}  # these open quotations in some languages
_OPENING = frozenset('"“‘([')


class SentenceEnds(Scanner):
    """Finds the last sentence end before a place.

    The same rules as `split_sentences`, looking a bounded way back for where sentence and
    line began: on prose nearly always the same ends.
    """

    def last(self, least: int, most: int) -> int:
        """The last sentence end from `least` to `most`; 0 where none was found."""
        text, before = self.text, most
        for _ in range(_LOOKS):
            found = _TERMINATOR.search(text, least, before)
            if found is None:
                break
            before = place = found.start()
            if text[place] in BREAKS:
                # Of a gap the first break decides; and no gap is to be looked at twice.
                word = _NO_SPACE.search(text, least, place)
                before = word.end() if word else least
                place = _FIRST_BREAK.search(text, before, place + 1).start()  # type: ignore[union-attr]
            end = self._plain_end(place)
            if not end:
                self._look_back(place)
                match = CANDIDATE.match(text, place)
                end = self._end(match) if match else 0
            if least <= end <= most:
                return end
        return 0

    def _plain_end(self, place: int) -> int:
        """The end at a terminator in the plainest of ways: -1 for none, 0: the rules decide.

        A word, the terminator, at most one closing mark, one space, a capital, and the like:
        nine in ten of all ends in prose, for a tenth of the work. It says nothing else than
        the rules.
        """
        text = self.text
        mark, after = text[place], text[place + 1 : place + 2]
        if mark in WIDE and after != " ":
            plain = after.isalpha() and text[place - 1].isalpha() and not extends(after)
            return place + 1 if plain else 0
        if mark != ".":
            return self._plain_mark(place) if after == " " and mark in _PLAIN_MARKS else 0
        if after.isalnum() or after in _GOES_ON:
            return -1
        end = place + 1
        if after in _CLOSING:
            end += 1
            after = text[end : end + 1]
        if after != " ":
            return 0
        start = text[end + 1 : end + 2]
        if start in _NO_START:
            return -1
        if is_lower(start):
            return 0 if text[end + 2 : end + 3].isupper() or self.no_capitals else -1
        return self._plain_stop(place, end + 1)

    def _plain_mark(self, place: int) -> int:
        """The same at a question or exclamation mark with a space behind it."""
        text = self.text
        if not (text[place - 1].isalpha() and _starts(text[place + 2 : place + 3])):
            return 0
        word = text[max(0, place - _BACK) : place].split()[-1]
        return 0 if text[place] == "!" and word.casefold() in BRANDS else place + 2

    def _plain_stop(self, place: int, end: int) -> int:
        """The same at a full stop after which a sentence might begin at `end`."""
        text = self.text
        before = text.rfind(" ", max(0, place - _BACK), place)
        if before < 0:
            return 0
        word, start = text[before + 1 : place], text[end : end + 1]
        if not (word.isalpha() and _starts(start)):
            word = word.lstrip(OPENERS)
            key = word.casefold()
            if key in known.NEVER or (key in known.BEFORE_NUMBER and start.isdigit()):
                return -1
            word = word.replace("-", "").rstrip('"”’)')
            if start in _OPENING:
                start = text[end + 1 : end + 2]
            if not (word.isalpha() and start.isupper()):
                return 0
        key = word.casefold()
        common = len(word) > (1 if key == word else 3) and not word.isupper()
        return end if common and key not in _NOT_PLAIN else 0

    def _look_back(self, place: int) -> None:
        """Guess where the sentence and line before `place` began."""
        text = self.text
        far = max(0, place - _LOOK_BACK)
        self.line = max(far, text.rfind("\n", far, place) + 1)
        stop = text.rfind(". ", max(self.line, place - _NUMBER_BACK), place - 1)
        self.start = self.line if stop < 0 else stop + 2
        self.counted, self.quotes = self.line, 0


def _starts(char: str) -> bool:
    """Whether a sentence may begin with a letter: a capital, or of a script without them.

    Of Indic and Thai letters the rules decide: their initials are words.
    """
    return char.isupper() or (
        char.isalpha() and not char.islower() and not "\u0900" <= char <= "\u0e7f"
    )
