"""What checks found in a translated segment, in words for those who read the translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from summ.model import Finding, Segment

_PARTLY = "words of the original are left"

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "number-changed": "figures may differ",
        "untranslated": _PARTLY,
        "wrong-language": _PARTLY,
        "length-unusual": "a part may be missing, or added",
        "quotation-lost": "quotation marks may be missing",
        "term-not-kept": "terms of the glossary may be missing",
        "name-differs": "names may differ",
    }
)
"""Code to words that go before `in 3 segments`, the weightiest first."""

_OTHERS = "checks found something"


def found_in(segments: Iterable[Segment]) -> dict[str, list[int]]:
    """What was found in translated segments, in words, and their places (from 0).

    The weightiest comes first. Segments that stand in the article's language are left out.
    """
    places: dict[str, list[int]] = {what: [] for what in (*_WORDS.values(), _OTHERS)}
    for at, segment in enumerate(segments):
        if segment.state != "kept":
            for what in {_words(finding) for finding in segment.findings}:
                places[what].append(at)
    return {what: found for what, found in places.items() if found}


def _words(finding: Finding) -> str:
    return _WORDS.get(finding.code, _OTHERS)
