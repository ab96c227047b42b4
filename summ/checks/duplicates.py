"""Statements that say what another one says, word for word.

Case, punctuation and white space do not count; everything else does, since one word more
or less ("not", "barely") may turn a sentence round. Two sentences that say one thing in
other words are not seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from summ.model import Claim, Finding, Statement

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|[%‰\p{Sc}]")


def repeated(statements: Sequence[Statement]) -> dict[int, Finding]:
    """A finding for each place (from 0) whose statement repeats an earlier one of the list."""
    found: dict[int, Finding] = {}
    seen: dict[tuple[str | None, tuple[str, ...]], int] = {}
    for place, statement in enumerate(statements):
        speaker = statement.speaker if isinstance(statement, Claim) else None
        words = tuple(_WORD.findall(statement.text.casefold()))
        first = seen.setdefault((speaker, words), place)
        if words and first != place:
            what = f"It says what item {first + 1} of the same list says, in the same words."
            found[place] = Finding("duplicate", what)
    return found
