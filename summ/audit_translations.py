"""The translations of a report, checked again.

Summary and claims are compared item by item. A whole text must be its article with the
segments in their places, each of them with the markup of its source, and none missing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summ.audit_markup import changed_markup, other_hosts
from summ.checks.terms import findings as term_findings
from summ.checks.translations import WARNINGS, SegmentAuditor
from summ.consistency import Failure, places
from summ.model import Document, Finding, Report, Segment, Translation
from summ.text.language import is_in_language
from summ.text.segments import Prose, addresses, left_as_is, rebuild, segments
from summ.text.shown import MARKDOWN, hidden_spans, shown
from summ.text.tags import without_tags


def translation_failures(
    report: Report, document: Document | None, prompts: Sequence[str]
) -> Iterator[Failure]:
    """Everything in the translations of `report` that does not hold.

    Args:
        report: it.
        document: the article that the report was made of; None to compare the report with
            itself alone.
        prompts: the texts that the model may have been given.
    """
    source = document.language if document else report.source.language
    for at, translation in enumerate(report.translations):
        pointer = f"/translations/{at}"
        auditor = SegmentAuditor((source, translation.language), tuple(prompts))
        yield from _items(pointer, report, translation, auditor)
        own = list(_sums(pointer, report, translation))
        yield from own
        if document is not None and translation.text is not None and not own:
            whole = _Whole(pointer, report.source.media_type, document, translation, auditor)
            yield from whole.failures()


# --- summary and claims ------------------------------------------------------------


def _items(
    pointer: str, report: Report, translation: Translation, auditor: SegmentAuditor
) -> Iterator[Failure]:
    """What is wrong with title, summary and claims; nothing where only the text was wanted."""
    statements = [one.text for _, one in places(report)]
    translated = [*translation.summary, *translation.claims]
    if not statements and not translated and translation.title is None:
        return
    if len(translation.summary) != len(report.summary) or len(statements) != len(translated):
        what = "It does not have as many items as the report has statements."
        yield Failure(pointer, "items-differ", what)
        return
    names = [one for one, _ in places(report)]
    if report.source.title:
        names.insert(0, "/title")
        statements.insert(0, report.source.title)
        translated.insert(0, translation.title or "")
    for name, item, text in zip(names, statements, translated, strict=True):
        for finding in auditor.findings(item, text):
            yield Failure(pointer + name, finding.code, finding.message)


def _unseen(text: str) -> Counter[str]:
    """The characters that no reader sees and no ordinary text needs, how often each."""
    return Counter("".join(span.of(text) for span in hidden_spans(text)))


# --- the whole text ----------------------------------------------------------------


def _sums(pointer: str, report: Report, translation: Translation) -> Iterator[Failure]:
    """What must agree between a text and its segments, whatever the article is."""
    if translation.text is None:
        if translation.segments:
            what = "There are segments of a text, and there is no text."
            yield Failure(f"{pointer}/text", "text-differs", what)
        return
    before = 0
    shift = 0
    for at, segment in enumerate(translation.segments):
        start, end, place = segment.start, segment.end, f"{pointer}/segments/{at}"
        if end - start != len(segment.source) or end > report.source.characters or start == end:
            yield Failure(place, "offsets-differ", "Its offsets do not fit its words.")
        elif start < before:
            yield Failure(place, "segments-differ", "It does not come after the one before it.")
        if segment.state != "translated" and segment.target != segment.source:
            what = f"The report calls it {segment.state}, and it is not its source."
            yield Failure(place, "target-differs", what)
        if not translation.text.startswith(segment.target, start + shift):
            yield Failure(place, "text-differs", "The text does not have it at its place.")
        before, shift = end, shift + len(segment.target) - len(segment.source)
    if len(translation.text) != report.source.characters + shift:
        what = "The text is not as long as the article with the segments in their places."
        yield Failure(f"{pointer}/text", "text-differs", what)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A text that agrees with its segments, and the article.

    Attributes:
        pointer: of the translation.
        media_type: what the article was read as.
        document: the article.
        translation: it, with a text.
        auditor: checks its segments.
    """

    pointer: str
    media_type: str
    document: Document
    translation: Translation
    auditor: SegmentAuditor

    def failures(self) -> Iterator[Failure]:
        """What does not hold; the words are looked at once the places are right."""
        article, found = self.document.text, self.translation.segments
        wrong = [
            Failure(self._at(at), "quote-differs", "The article does not have this there.")
            for at, one in enumerate(found)
            if article[one.start : one.end] != one.source
        ]
        yield from wrong
        if wrong:
            return
        proses = segments(article, self.media_type)
        if [(p.kind, p.span.start, p.span.end) for p in proses] != [
            (one.kind, one.start, one.end) for one in found
        ]:
            what = "The segments of the report are not those of the article."
            if len(proses) != len(found):
                what = f"The report has {len(found)} segments, the article {len(proses)}."
            yield Failure(f"{self.pointer}/segments", "segments-differ", what)
            return
        if rebuild(article, proses, [one.target for one in found]) != self.translation.text:
            what = "Between the segments the text is not the article's."
            yield Failure(f"{self.pointer}/text", "text-differs", what)
            return
        yield from self._left()
        yield from self._markup()
        yield from self._words(proses)

    def _at(self, place: int) -> str:
        return f"{self.pointer}/segments/{place}"

    def _left(self) -> Iterator[Failure]:
        """Words that no segment holds, of which the report should tell."""
        told = {(one.code, one.start, one.end) for one in self.translation.findings}
        for span in left_as_is(self.document.text, self.media_type):
            if ("markup-kept", span.start, span.end) not in told:
                what = "The report leaves out that HTML with words in it stands as it is."
                yield Failure(f"{self.pointer}/findings", "finding-missing", what)
                return

    def _markup(self) -> Iterator[Failure]:
        """Segments that have not the markup of their source, or addresses of their own."""
        found = self.translation.segments
        wrong = {
            at: "There is an address in it that its source has not."
            for at, one in enumerate(found)
            if other_hosts(one.source, one.target) or self._has_others(one)
        }
        wrong |= {
            at: "It has more lines than its source."
            for at, one in enumerate(found)
            if one.target.count("\n") > one.source.count("\n")
        }
        if self.media_type == MARKDOWN:
            starts = self.translation.starts
            for offset in changed_markup(self.document.text, self.translation.text or ""):
                # A block starts with its marks, which are before its first segment.
                at = min(bisect_left(starts, offset), max(len(starts) - 1, 0))
                wrong.setdefault(at, "The markup here is not that of the article.")
        for at in sorted(wrong):
            yield Failure(self._at(at), "markup-differs", wrong[at])
        for at, one in enumerate(found):
            if _unseen(one.target) - _unseen(one.source):
                what = "There are characters in it that no reader sees and its source has not."
                yield Failure(self._at(at), "hidden-characters", what)

    def _has_others(self, segment: Segment) -> bool:
        """Whether a reader sees addresses beyond those of the source."""
        source, target = (
            Counter(addresses(text, self.media_type)) for text in (segment.source, segment.target)
        )
        return bool(target - source)

    def _words(self, proses: Sequence[Prose]) -> Iterator[Failure]:
        """What the checks find in each segment that the report calls translated, or the same."""
        found = self.translation.segments
        unchanged = all(one.state == "same" for one in found)
        if unchanged and is_in_language(self.document.text, self.translation.language) is False:
            what = "Nothing is translated, and the article is not in the language asked for."
            yield Failure(f"{self.pointer}/segments", "untranslated", what)
        for at, (prose, segment, line) in enumerate(zip(proses, found, self._lines(), strict=True)):
            source = without_tags(prose.text)
            if segment.state == "translated":
                for finding in self._findings(segment, source, line):
                    yield Failure(self._at(at), finding.code, finding.message)
            elif segment.state == "same" and not (unchanged or self._is_in_language(source)):
                what = "It was not translated, and does not read as the language asked for."
                yield Failure(self._at(at), "untranslated", what)

    def _is_in_language(self, text: str) -> bool:
        """Whether a text is surely in the language asked for."""
        return is_in_language(text, self.translation.language) is True

    def _findings(self, segment: Segment, source: str, line: str) -> Iterator[Finding]:
        """What is wrong, and what the report should have told."""
        terms, languages = self.translation.glossary, self.auditor.languages
        told = {finding.code for finding in segment.findings}
        # A figure at an edge of a plain text may have been taken for the number of an item.
        raw = {
            finding.code
            for finding in self.auditor.findings(shown(segment.source), shown(segment.target))
        }
        for finding in self.auditor.findings(source, line):
            if finding.code == "address-not-in-source" and finding.code not in raw:
                continue  # right behind a letter it is not known for one, in the line
            if finding.code not in WARNINGS:
                yield finding
            elif finding.code not in told and finding.code in raw:
                what = f"The report leaves out what was found: {finding.message}"
                yield replace(finding, code="finding-missing", message=what)
        for finding in term_findings(terms, source, line, languages):
            # A name may have been learnt from a later segment.
            if finding.code == "term-not-kept":
                yield finding

    def _lines(self) -> Iterator[str]:
        """The words of each target, as a reader of the text sees them."""
        read = segments(self.translation.text or "", self.media_type)
        at = 0
        for segment, start in zip(self.translation.segments, self.translation.starts, strict=True):
            end = start + len(segment.target)
            first = at
            while at < len(read) and read[at].span.end <= end:
                at += 1
            inside = read[first:at]
            runs_on = at < len(read) and read[at].span.start < end
            if not inside or runs_on or inside[0].span.start < start:
                # No letters are left in it, or its lines read as those of its neighbour.
                inside = segments(segment.target, self.media_type)
            # The words of a picture that has moved to an edge are a caption of their own.
            is_caption = segment.kind == "caption"
            alike = [one for one in inside if (one.kind == "caption") == is_caption] or inside
            yield without_tags(" ".join(one.text for one in alike)) or shown(segment.target)
