"""A whole article in another language: cut in segments, translated, set in their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from summ.checks.terms import findings as term_findings
from summ.checks.translations import WARNINGS, SegmentAuditor
from summ.model import (
    KEPT_MARK,
    Document,
    Finding,
    Segment,
    SegmentState,
    Span,
    Term,
    Translation,
)
from summ.tasks.glossary import Glossary
from summ.tasks.translation_job import NOT_ANSWERED, Job, Rendering
from summ.text.language import is_in_language
from summ.text.segments import Prose, left_as_is, rebuild, segments
from summ.text.tags import without_tags

Show = Callable[[str], None]
"""Is shown the translated text, piece by piece in its order."""

UNPLACED = Finding("placeholder-lost", "The markup of the segment could not be put around it.")
KEPT = Finding("untranslated", "It could not be translated; the article's own words stand here.")


@dataclass
class WholeText:
    """The prose of an article on its way into another language.

    Attributes:
        document: the article.
        target: BCP 47 code of the language wanted.
        prompts: the texts of the prompts, to find them in replies.
        proses: the segments of the article.
        places: of those that are to be translated.
        show: is shown the text as it grows; None: nobody is.
    """

    document: Document
    target: str
    prompts: tuple[str, ...]
    show: Show | None = None
    proses: tuple[Prose, ...] = field(init=False)
    places: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Cut the article."""
        document = self.document
        self.proses = segments(document.text, document.source.media_type)
        self.places = [at for at, prose in enumerate(self.proses) if self._is_foreign(prose)]
        self._done: dict[int, Segment] = {
            at: _segment(document, prose, prose.span.of(document.text), "same")
            for at, prose in enumerate(self.proses)
        }
        self._waiting = set(self.places)
        self._shown = self._position = 0
        self._show_on()

    def _is_foreign(self, prose: Prose) -> bool:
        """Whether a segment is not surely in the language wanted already, whatever the rest is."""
        text, language = without_tags(prose.text), self.document.language
        return not (
            is_in_language(text, self.target) is True
            and language is not None
            and is_in_language(text, language) is False
        )

    def job(self, glossary: Glossary) -> Job:
        """What is to be translated."""
        language = self.document.language
        auditor = SegmentAuditor((language, self.target), self.prompts)
        languages = (language, self.target)
        proses = [self.proses[place] for place in self.places]

        def audit(at: int, text: str, terms: Sequence[Term]) -> Sequence[Finding]:
            prose = proses[at]
            found = [*auditor.findings(prose.text, text)]
            found += term_findings(terms, prose.text, text, languages)
            balanced = all(finding.code != UNPLACED.code for finding in found)
            if balanced and prose.restore(text) is None:
                found.append(UNPLACED)
            return found

        def done(at: int, rendering: Rendering) -> None:
            self._take(self.places[at], rendering)

        return Job(
            [prose.text for prose in proses], (language or "", self.target), audit, glossary, done
        )

    def _take(self, place: int, rendering: Rendering) -> None:
        """Note what became of a segment."""
        prose, text = self.proses[place], rendering.text
        target = prose.restore(text) if text is not None else None
        if target is None:
            source = prose.span.of(self.document.text)
            segment = _segment(self.document, prose, source, "kept")
            why = [finding for finding in rendering.findings if finding.code not in WARNINGS]
            segment = replace(segment, findings=(KEPT, *why))
        else:
            segment = _segment(self.document, prose, target, "translated")
            segment = replace(segment, findings=rendering.findings)
        self._done[place] = segment
        self._waiting.discard(place)
        self._show_on()

    def _show_on(self) -> None:
        """Show what of the text is there from where it has been shown to."""
        if self.show is None:
            return
        text = self.document.text
        while self._shown < len(self.proses) and self._shown not in self._waiting:
            segment = self._done[self._shown]
            mark = KEPT_MARK if segment.marked else ""
            self.show(text[self._position : segment.start] + mark + segment.target)
            self._position = segment.end
            self._shown += 1
        if self._shown == len(self.proses) and self._position < len(text):
            self.show(text[self._position :])
            self._position = len(text)

    def translation(self) -> Translation:
        """All of it, once everything has been translated or given up."""
        found = [self._done[at] for at in range(len(self.proses))]
        return Translation(
            language=self.target,
            title=None,
            summary=(),
            claims=(),
            text=rebuild(self.document.text, self.proses, [one.target for one in found]),
            findings=(*_unanswered(found), *_left(self.document)),
            segments=tuple(found),
        )


def unchanged(document: Document, target: str) -> Translation:
    """The "translation" of an article that is in the language already."""
    found = tuple(
        _segment(document, prose, prose.span.of(document.text), "same")
        for prose in segments(document.text, document.source.media_type)
    )
    return Translation(target, None, (), (), document.text, segments=found)


def spans_read(document: Document, translations: Sequence[Translation]) -> list[Span]:
    """The stretches of the article that were read in every language.

    Segments with nothing but marks and white space between them are one stretch.
    """
    text = document.text
    segments = [segment for one in translations for segment in one.segments]
    kept = {segment.start for segment in segments if segment.state == "kept"}
    spans: list[Span] = []
    for segment in translations[0].segments if translations else ():
        if segment.start in kept:
            continue
        start = spans[-1].end if spans else 0
        if spans and not any(map(str.isalnum, text[start : segment.start])):
            spans[-1] = Span(spans[-1].start, segment.end)
        else:
            spans.append(Span(segment.start, segment.end))
    return spans


def _segment(document: Document, prose: Prose, target: str, state: SegmentState) -> Segment:
    start, end = prose.span.start, prose.span.end
    return Segment(prose.kind, start, end, document.text[start:end], target, state)


def _unanswered(found: Sequence[Segment]) -> Iterator[Finding]:
    """For each reason why the endpoint gave no answer, how many segments lack one."""
    findings = [one for segment in found for one in segment.findings]
    reasons = Counter(one.message for one in findings if one.code == NOT_ANSWERED)
    for reason, count in reasons.items():
        yield Finding(NOT_ANSWERED, f"Segments without an answer: {count}. {reason}")


def _left(document: Document) -> tuple[Finding, ...]:
    """What no segment holds though it has words."""
    return tuple(
        Finding("markup-kept", "HTML with words in it stands as it is.", span.start, span.end)
        for span in left_as_is(document.text, document.source.media_type)
    )
