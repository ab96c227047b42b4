"""What a report says against its whole translations, in lines for standard error.

A translated text has no room for it: for each language one line tells how much stands as
it was and what checks found, and in which lines of the translation.
"""

from __future__ import annotations

from collections.abc import Iterator

from summ.model import INFORMATION, Finding, Report, Segment, Translation
from summ.render.translated import places

_MOST_LINES = 10
_PARTLY = "words of the original are left in"
_FOUND = {
    "number-changed": "figures may differ in",
    "untranslated": _PARTLY,
    "wrong-language": _PARTLY,
    "length-unusual": "a part may be missing, or added, in",
    "quotation-lost": "quotation marks may be missing in",
    "term-not-kept": "terms of the glossary may be missing in",
    "name-differs": "names may differ in",
}
_OTHERS = "checks found something in"
_OF_THE_ARTICLE = frozenset({"instruction-like-text", "hidden-characters", "markup-kept"})


def remarks(report: Report, *, lines: bool = True, each: bool = False) -> Iterator[str]:
    """What there is to say about a report whose translations are shown alone.

    Args:
        report: with its whole translations.
        lines: tell the lines of the translation; not where its segments are laid out anew.
        each: tell every finding as well.
    """
    name = "standard input" if report.source.uri == "-" else report.source.uri
    # Of a language without a translation people are told when it fails.
    counted = [one for one in report.findings if one.code != "untranslated"]
    yield from (f"{name}: {what}" for what in _grouped(counted))
    for one in report.translations:
        where = f"{name} → {one.language}"
        yield from (f"{where}: {what}" for what in _grouped(one.findings))
        numbers = _line_numbers(one) if lines else []
        if told := "; ".join(_told(one.segments, numbers)):
            yield f"{where}: {told}."
        if each:
            yield from (f"{where}, {what}" for what in _every(one))


def _grouped(findings: list[Finding] | tuple[Finding, ...]) -> Iterator[str]:
    """The first message of each code, and how many more there are."""
    by_code: dict[str, list[str]] = {}
    for one in findings:
        if one.code not in INFORMATION or one.code in _OF_THE_ARTICLE:
            by_code.setdefault(one.code, []).append(one.message)
    for first, *others in by_code.values():
        yield first + (f" (And {len(others)} more.)" if others else "")


def _told(segments: tuple[Segment, ...], numbers: list[int]) -> Iterator[str]:
    """How many segments were kept, and what was found in how many others."""
    kept = [at for at, one in enumerate(segments) if one.state == "kept"]
    if kept:
        stand = "stands" if len(kept) == 1 else "stand"
        yield (
            f"{len(kept)} of {len(segments)} segments could not be translated and {stand} in "
            f"the source language, marked ⚠{_lines(kept, numbers)}"
        )
    found: dict[str, list[int]] = {}
    for at, one in enumerate(segments):
        if one.state != "kept":
            for what in {_FOUND.get(finding.code, _OTHERS) for finding in one.findings}:
                found.setdefault(what, []).append(at)
    for what in dict.fromkeys((*_FOUND.values(), _OTHERS)):
        if what in found:
            yield f"{what} {len(found[what])}{_lines(found[what], numbers)}"


def _lines(segments: list[int], numbers: list[int]) -> str:
    """Where segments start, in brackets; nothing where lines are not told."""
    if not numbers:
        return ""
    lines = [str(number) for number in dict.fromkeys(numbers[at] for at in segments)]
    more = len(lines) - _MOST_LINES
    shown = ", ".join(lines[:_MOST_LINES]) + (f" and {more} more" if more > 0 else "")
    return f" (line{'s' if len(lines) > 1 else ''} {shown})"


def _line_numbers(translation: Translation) -> list[int]:
    """The line of the translated text that each segment starts in, from 1."""
    text = translation.text or ""
    numbers, line, done = [], 1, 0
    for at in places(translation.segments):
        line += text.count("\n", done, at)
        done = max(done, at)
        numbers.append(line)
    return numbers


def _every(translation: Translation) -> Iterator[str]:
    """Each finding of a segment, with its line."""
    for segment, line in zip(translation.segments, _line_numbers(translation), strict=True):
        for finding in segment.findings:
            yield f"line {line}: {finding.message}"
