"""Places where a text may be cut and counted in parts: the parts' tokens add up exactly.

Both encodings split a text into pieces by a pattern before they look for tokens, and no
token crosses the edge of a piece. The patterns read from left to right and look ahead in
one case only (white space before what is none), so where an edge is certain from the two
characters beside it, the left part alone and the right part alone have the same pieces as
the whole. Such a place is called a *seam* here:

- before white space that is no line break, after anything that is no white space;
- after a line break, before anything but white space and `/` (which o200k_base takes into
  the piece of a sign before it);
- after an ASCII letter or digit, before an ASCII sign but the apostrophe ("it's" is special);
- after a letter of an unspaced script, before one of its punctuation marks.
"""

from __future__ import annotations

import regex

_UNSPACED = r"\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fef\uac00-\ud7a3\u0e01-\u0e30"
_MARKS = (
    r"\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff06\uff08-\uff0f\uff1a\uff1b\uff1f"
    r"\u201c\u201d"
)
_SIGNS = r"!-&(-/:-@\[-`{-~"
# White space but for line breaks, and for \x1c to \x1f, which are signs to the encodings.
_SPACES = r"\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# What follows a seam is looked for first, and before it second: that is many times as fast.
_SEAM = regex.compile(
    rf"[{_SPACES}{_SIGNS}{_MARKS}]"
    rf"(?:(?<=\S[{_SPACES}])|(?<=[A-Za-z0-9][{_SIGNS}])|(?<=[{_UNSPACED}][{_MARKS}]))"
)
_LAST = regex.compile(
    rf"(?r)(?:(?<=\S)[{_SPACES}]|(?<=[A-Za-z0-9])[{_SIGNS}]|(?<=[{_UNSPACED}])[{_MARKS}])"
)
_NEAR = 24


def last_seam(text: str, least: int, most: int) -> int:
    """The last seam from `least` to `most`, or one near it; 0 where there is none."""
    space = text.rfind(" ", max(1, most - _NEAR, least), most)
    if space > 0 and not text[space - 1].isspace():
        return space
    found = _LAST.search(text, least, most + 1)
    return found.start() if found else 0


def first_seam(text: str, least: int, most: int) -> int:
    """The first seam from `least` to `most`, or one near it; 0 where there is none."""
    space = text.find(" ", least, min(most, least + _NEAR))
    if space > 0 and not text[space - 1].isspace():
        return space
    found = _SEAM.search(text, least, most + 1)
    return found.start() if found and found.start() <= most else 0


def is_seam(text: str, place: int) -> bool:
    """Whether a place in the text is a seam of the two most common kinds.

    Those are before a space, and after a line break; False may be wrong.
    """
    before, after = text[place - 1], text[place]
    if after == " ":
        return not before.isspace()
    return before == "\n" and after != "/" and not after.isspace()
