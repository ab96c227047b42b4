"""A whole article in another language: cut in segments, translated, set in their places."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from summ.audit_markup import changed_markup
from summ.checks.terms import findings as term_findings
from summ.checks.translations import WARNINGS, SegmentAuditor
from summ.errors import SummError
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
from summ.text.language import detect_language, is_in_language
from summ.text.segments import Prose, left_as_is, rebuild, segments
from summ.text.shown import MARKDOWN
from summ.text.tags import without_tags
from summ.text.writing import is_written_in

_ROUNDS = 3

_TELLING = 24  # characters

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
        show: is shown the text as it grows; None: nobody is.
        proses: the segments of the article.
        places: of those that are to be translated, by the language that they are in: a segment
            that is surely not in the article's has its own. The article's comes last.
    """

    document: Document
    target: str
    prompts: tuple[str, ...]
    show: Show | None = None
    proses: tuple[Prose, ...] = field(init=False)
    places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Cut the article."""
        document = self.document
        self.proses = segments(document.text, document.source.media_type)
        self.places = self._by_language()
        self._done: dict[int, Segment] = {
            at: _segment(document, prose, prose.span.of(document.text), "same")
            for at, prose in enumerate(self.proses)
        }
        self._waiting = {place for places in self.places.values() for place in places}
        self._shown = self._position = 0
        self._held: list[str] | None = [] if self._waiting else None
        self._show_on()

    def _by_language(self) -> dict[str, list[int]]:
        """Places of what is not in the language wanted already."""
        home = self.document.language or ""
        found: dict[str, list[int]] = {}
        for place, prose in enumerate(self.proses):
            text = without_tags(prose.text)
            # A few words don't tell, and a table has thousands of such cells.
            other = len(text) >= _TELLING and is_in_language(text, home) is False
            language = (other and detect_language(text)) or home
            if not is_written_in(text, language, self.target):
                found.setdefault(language, []).append(place)
        return dict(sorted(found.items(), key=lambda one: one[0] == home))

    def texts(self, language: str) -> list[str]:
        """What is to be translated from a language."""
        return [self.proses[place].text for place in self.places[language]]

    def job(self, language: str, glossary: Glossary) -> Job:
        """The segments in one language, to be translated."""
        languages = (language, self.target)
        auditor = SegmentAuditor(languages, self.prompts)
        places = self.places[language]
        proses = [self.proses[place] for place in places]

        def audit(at: int, text: str, terms: Sequence[Term]) -> Sequence[Finding]:
            prose = proses[at]
            found = [*auditor.findings(prose.text, text)]
            found += term_findings(terms, prose.text, text, languages)
            balanced = all(finding.code != UNPLACED.code for finding in found)
            if balanced and prose.restore(text) is None:
                found.append(UNPLACED)
            return found

        def done(at: int, rendering: Rendering) -> None:
            self._take(places[at], rendering)

        return Job(self.texts(language), languages, audit, glossary, done)

    def give_up(self, language: str, error: SummError) -> None:
        """What is in a language, and has not been translated, stays as it is."""
        why = Rendering(None, (Finding(NOT_ANSWERED, error.message),))
        for place in self.places[language]:
            if place in self._waiting:
                self._take(place, why)

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
        if segment.state == "translated":
            self._release()
        self._show_on()

    def _show_on(self) -> None:
        """Show what of the text is there from where it has been shown to."""
        if self.show is None:
            return
        text = self.document.text
        while self._shown < len(self.proses) and self._shown not in self._waiting:
            segment = self._done[self._shown]
            mark = KEPT_MARK if segment.marked else ""
            self._say(text[self._position : segment.start] + mark + segment.target)
            self._position = segment.end
            self._shown += 1
        if self._shown == len(self.proses) and self._position < len(text):
            self._say(text[self._position :])
            self._position = len(text)

    def _say(self, piece: str) -> None:
        """Show a piece; hold it back as long as it may be that nothing can be translated."""
        if self._held is not None:
            self._held.append(piece)
        elif self.show is not None:
            self.show(piece)

    def _release(self) -> None:
        """Show what has been held back, and from now on everything at once."""
        held, self._held = self._held, None
        if held and self.show is not None:
            self.show("".join(held))

    def translation(self) -> Translation:
        """All of it, once everything has been translated or given up."""
        if self.document.source.media_type == MARKDOWN:
            self._keep_structure()
        return self._translation()

    def _translation(self) -> Translation:
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

    def _keep_structure(self) -> None:
        """Take back what has changed the markup of the whole, though each segment kept its own.

        Every segment is parsed by itself when its markup is put back; next to each other two of
        them may still read as something else. In the last round everything is taken back.
        """
        for last in (False,) * _ROUNDS + (True,):
            now = self._translation()
            wrong = changed_markup(self.document.text, now.text or "")
            if not wrong:
                return
            starts = now.starts
            for offset in wrong:
                at = bisect_right(starts, offset)
                within = at and offset < starts[at - 1] + len(self._done[at - 1].target)
                # A block starts with its marks, which are before its first segment.
                near = range(at - 1, at) if within else range(at - 1, at + 1)
                for place in range(len(starts)) if last else near:
                    if 0 <= place < len(starts) and self._done[place].state == "translated":
                        self._take(place, Rendering(None, (UNPLACED,)))


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
