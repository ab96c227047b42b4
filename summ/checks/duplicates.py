"""Statements that say what another one says, in the same words.

Words are compared, not meaning: two sentences that say one thing in other words are not
seen. A figure, a short word ("not") or a capital letter makes two statements different.
"""

from __future__ import annotations

from collections.abc import Sequence

from summ.checks.grounding import content_terms
from summ.model import Claim, Finding, Statement

SAME = 0.9
"""Share of the longer one's terms that two statements have in common, in order."""

_SMALL = 4
"""Letters of words whose loss may turn a sentence round."""


def repeated(statements: Sequence[Statement]) -> dict[int, Finding]:
    """A finding for each place (from 0) whose statement repeats an earlier one of the list."""
    found: dict[int, Finding] = {}
    seen: list[tuple[int, str | None, list[str]]] = []
    for place, statement in enumerate(statements):
        speaker = statement.speaker if isinstance(statement, Claim) else None
        terms = content_terms(statement.text)
        first = next((at for at, who, had in seen if who == speaker and _same(had, terms)), None)
        if first is None:
            seen.append((place, speaker, terms))
        else:
            what = f"It says what item {first + 1} of the same list says, in the same words."
            found[place] = Finding("duplicate", what)
    return found


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one has the terms of the other in their order, and a few harmless ones more."""
    short, long = sorted((one, other), key=len)
    if not short or len(short) < SAME * len(long):
        return False
    at, extra = 0, []
    for term in long:
        if at < len(short) and short[at] == term:
            at += 1
        else:
            extra.append(term)
    return at == len(short) and all(len(term) > _SMALL and term.isalpha() for term in extra)
