"""Names of speakers: as given, as written, and whether two are forms of one."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from summ.checks._speech.cues import Cues
from summ.checks.grounding import STEM, is_unspaced

LONGEST_NAME = 200
"""Characters of a speaker that are looked for; nobody's name is longer."""

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[’'ʼ‑-][\p{L}\p{M}\p{N}]+)*")
_MOST_WORDS = 12


def name_patterns(name: str) -> Iterator[regex.Pattern[str]]:
    """What finds a name: all of it, then its last word, with another ending maybe."""
    # Where words are not set apart by spaces, anything may stand beside a name.
    before, after = (
        "" if is_unspaced(end) else edge
        for end, edge in zip((name[0], name[-1]), (r"(?<!\w)", r"(?!\w)"), strict=True)
    )
    full = r"\s+".join(map(regex.escape, name.split()))
    yield regex.compile(before + full + after, regex.IGNORECASE)
    words = regex.findall(r"\w+", name)
    last = words[-1] if len(words) > 1 else ""
    if len(last) > 2:
        yield regex.compile(rf"(?<!\w){_inflected(last)}(?!\w)", regex.IGNORECASE)


def _inflected(word: str) -> str:
    """A pattern of a word and its other endings."""
    stem = word[: min(STEM, len(word) - 1)] if len(word) > 4 else word
    ending = len(word) - len(stem) + 2 if len(word) > 4 else 0
    return rf"{regex.escape(stem)}\w{{0,{ending}}}"


def own_words(name: str, cues: Cues) -> tuple[str, ...]:
    """The words of a name, without titles, roles, articles and words that are not capitalised."""
    words = _WORDS.findall(name[:LONGEST_NAME])[:_MOST_WORDS]
    return tuple(
        word
        for word in words
        if word[0].isupper()
        and len(word) > 1
        and word.lower() not in cues.titles | cues.articles | cues.particles_of_names
        and not cues.roles.fits(word)
    )


def is_person(words: tuple[str, ...], cues: Cues) -> bool:
    """Whether own words are surely a person's full name: no organisation, place or acronym."""
    return (
        2 <= len(words) <= 5
        and not any(cues.organisations.fits(word) or word.isupper() for word in words)
        and not any(cues.things.fits(word) for word in words)
        and not cues.places.fits(words[0])
    )


def mentions(words: tuple[str, ...]) -> regex.Pattern[str]:
    """What finds any of the words of a name as a word with a capital, other endings too."""
    parts = "|".join(_inflected(word) for word in words)
    return regex.compile(rf"(?<!\w)(?:{parts})(?!\w)")


def akin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: the last word of either is a word of the other."""
    if not one or not other:
        return True
    return any(_alike(one[-1], word) for word in other) or any(
        _alike(other[-1], word) for word in one
    )


def _alike(one: str, other: str) -> bool:
    """Whether two words may be forms of one: they differ in the last few letters only."""
    one, other = one.lower(), other.lower()
    shorter = min(len(one), len(other))
    shared = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return shared >= max(2, shorter - 2) and max(len(one), len(other)) - shared <= 4
