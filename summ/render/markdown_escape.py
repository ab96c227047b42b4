"""Plain text as CommonMark that shows exactly that text."""

from __future__ import annotations

import re

from summ.render.safe import one_line

_MARKUP = re.compile(
    r"""
      [\\`*\[\]<~|]                      # opens markup anywhere
    | (?<![^\W_])_ | _(?![^\W_])         # so does _, but not between letters: my_file.txt
    | &(?=\#?[0-9A-Za-z]{1,32}(?:;|\Z))  # an entity, or one if a ; should follow; R&D is none
    | ^[\#>=] | ^[-+](?=[\s+-]|\Z)       # opens a heading, quotation, rule or list
    | [!\#]\Z                            # an image with [^1] after it; a heading's closing #
    """,
    re.VERBOSE,
)
# The number of a list item: here the backslash goes behind the digits.
_NUMBER = re.compile(r"[0-9]{1,9}(?=[.)](?:\s|\Z))")


def escape(text: str) -> str:
    """`text`, cleaned and on one line, for a paragraph, a heading or a list item.

    A CommonMark reader shows `one_line(text)`, and a `[^1]` may follow directly.
    """
    line = _MARKUP.sub(r"\\\g<0>", one_line(text))
    number = _NUMBER.match(line)
    return f"{number.group()}\\{line[number.end() :]}" if number else line
