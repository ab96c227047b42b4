"""Can what an engine gave for a sentence be its translation at all?"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_REPEATS = 4
"""A phrase as often in a row, which the source has not, is an engine that does not end."""

_PHRASE = 8
"""Words of the longest phrase that is looked for."""

_LETTERS = 24
"""Letters of a run of one or a few that no word has."""

_GROWTH = 4
_SHARE = 0.12
_LONG = 60
_COPIED = 3


def is_usable(source: str, output: str) -> bool:
    """Whether an engine's answer is neither empty, cut off, a loop nor the sentence itself.

    Args:
        source: the sentence.
        output: what the engine gave for it.
    """
    if not output.strip():
        return False
    if len(output) > _GROWTH * len(source) + _LONG:
        return False
    if len(source) >= _LONG and len(output) < _SHARE * len(source):
        return False
    return not _is_copy(source, output) and not _loops(source, output)


def _is_copy(source: str, output: str) -> bool:
    """Whether common words of the source came back as they were; names alone may."""
    if source.split() != output.split():
        return False
    words: list[str] = _WORD.findall(source)
    return sum(word.islower() and len(word) > 1 for word in words) >= _COPIED


def _loops(source: str, output: str) -> bool:
    ours, theirs = _WORD.findall(output.casefold()), _WORD.findall(source.casefold())
    if _most_repeats(ours, _PHRASE) >= _REPEATS > _most_repeats(theirs, _PHRASE):
        return True
    return _longest_run(output) >= _LETTERS > _longest_run(source)


def _most_repeats(parts: Sequence[str], longest: int) -> int:
    """How often a phrase of at most `longest` parts stands in a row."""
    most = 1
    for size in range(1, longest + 1):
        run = 0
        for at in range(size, len(parts)):
            run = run + 1 if parts[at] == parts[at - size] else 0
            most = max(most, run // size + 1)
    return most


def _longest_run(text: str) -> int:
    """Characters of the longest run of a syllable of at most four letters."""
    longest = 0
    for size in range(1, 5):
        run = 0
        for at in range(size, len(text)):
            run = run + 1 if text[at].isalpha() and text[at] == text[at - size] else 0
            longest = max(longest, run + size if run else 0)
    return longest
