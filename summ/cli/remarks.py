"""What a report says against its whole translations, in lines for standard error.

A translated text has no room for it: for each language a line tells how much stands as it
was. What checks found follows, each with its line while there is little, else counted by kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summ.cli.inputs import called
from summ.model import INFORMATION, Finding, Report, Segment, Translation
from summ.render.found import found_in

_MOST_LINES = 10
_FEW = 6
"""Findings of a translation up to which each is told."""
_FIRST = 3
"""Findings about figures that are told with their line where there are many of any kind."""
_OF_THE_ARTICLE = frozenset({"instruction-like-text", "hidden-characters", "markup-kept"})


def remarks(report: Report, *, lines: bool = True, each: bool = False) -> Iterator[str]:
    """What there is to say about a report whose translations are shown alone.

    Args:
        report: with its whole translations.
        lines: tell the lines of the translation; those of the article where its segments are
            laid out anew.
        each: tell every finding, however many there are.
    """
    name = called(report.source.uri)
    article = next((_article(one) for one in report.translations if one.text is not None), "")
    # Of a language without a translation people are told when it fails.
    counted = [one for one in report.findings if one.code != "untranslated"]
    yield from (f"{name}: {what}" for what in _grouped(counted, article))
    for one in report.translations:
        where = f"{name} → {one.language}"
        yield from (f"{where}: {what}" for what in _grouped(one.findings, article))
        text, starts = one.text or "", one.starts
        if not lines:
            text, starts = article, [segment.start for segment in one.segments]
        numbers = _Numbers(tuple(_lines_at(text, starts)), "" if lines else " of the article")
        yield from (f"{where}{what}" for what in _of_segments(one.segments, numbers, each=each))


def _grouped(findings: Sequence[Finding], article: str) -> Iterator[str]:
    """The first message of each code, how many others there are, and their lines if known."""
    by_code: dict[str, list[Finding]] = {}
    for one in findings:
        if one.code not in INFORMATION or one.code in _OF_THE_ARTICLE:
            by_code.setdefault(one.code, []).append(one)
    for group in by_code.values():
        first, others = group[0].message, len({one.message for one in group}) - 1
        starts = [one.start for one in group if one.start is not None]
        if article and group[0].code in _OF_THE_ARTICLE and len(starts) == len(group):
            lines = _listed([*_lines_at(article, sorted(starts))])
            first = f"{first.rstrip('.')} ({lines} of the article)."
        elif len(group) > 1:
            others = len(group) - 1
        yield first + (f" (And {others} more.)" if others else "")


# --- segments ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The line that each segment starts in, from 1, and whose lines they are, if it matters."""

    lines: tuple[int, ...]
    of: str

    def at(self, segments: Sequence[int]) -> str:
        """Where segments start."""
        return _listed([self.lines[at] for at in segments]) + self.of


def _of_segments(segments: Sequence[Segment], numbers: _Numbers, *, each: bool) -> Iterator[str]:
    """What was kept, and what was found in the others, each to stand behind a name."""
    told = [*_kept(segments, numbers)]
    found = [*_found(segments, numbers, of_kept=each)]
    many = len(found) > _FEW
    if each or many:
        counts = found_in(segments).items()
        told += [f"{what} in {len(at)} ({numbers.at(at)})" for what, at in counts]
    if told:
        yield f": {'; '.join(told)}." + (" -v tells each." if many and not each else "")
    if many and not each:
        found = [one for one in found if one[0] == "number-changed"][:_FIRST]
    yield from (what for _, what in found)


def _kept(segments: Sequence[Segment], numbers: _Numbers) -> Iterator[str]:
    """How many segments stand as they were, if any does."""
    kept = [at for at, one in enumerate(segments) if one.state == "kept"]
    if kept:
        stand = "stands" if len(kept) == 1 else "stand"
        yield (
            f"{len(kept)} of {len(segments)} segments could not be translated and {stand} in "
            f"the source language, marked ⚠ ({numbers.at(kept)})"
        )


def _found(
    segments: Sequence[Segment], numbers: _Numbers, *, of_kept: bool
) -> Iterator[tuple[str, str]]:
    """The code of each finding, and what it says behind the line of its segment."""
    for at, segment in enumerate(segments):
        if segment.state == "kept" and not of_kept:
            continue
        mark = ", marked ⚠" if segment.marked and segment.state != "kept" else ""
        for finding in segment.findings:
            yield finding.code, f", {numbers.at([at])}{mark}: {finding.message}"


# --- lines -------------------------------------------------------------------------


def _article(translation: Translation) -> str:
    """The article, as what its translation was made of."""
    text = translation.text or ""
    pieces: list[str] = []
    done = 0
    for segment, at in zip(translation.segments, translation.starts, strict=True):
        pieces += [text[done:at], segment.source]
        done = at + len(segment.target)
    return "".join([*pieces, text[done:]])


def _lines_at(text: str, starts: Sequence[int]) -> Iterator[int]:
    """The line of `text`, from 1, in which each of the ascending offsets is."""
    line, done = 1, 0
    for at in starts:
        line += text.count("\n", done, at)
        done = max(done, at)
        yield line


def _listed(lines: Sequence[int]) -> str:
    """Lines in words, the first of many."""
    told = [str(line) for line in dict.fromkeys(lines)]
    more = len(told) - _MOST_LINES
    shown = ", ".join(told[:_MOST_LINES]) + (f" and {more} more" if more > 0 else "")
    return f"line{'s' if len(told) > 1 else ''} {shown}"
