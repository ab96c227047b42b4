"""One article in, what was found in it out: in its own language, before translation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summ.checks.article import Article
from summ.checks.grounding import SentenceIndex
from summ.checks.hidden import hidden_findings
from summ.checks.instructions import instruction_findings
from summ.checks.registry import Auditor
from summ.compute import Compute, here
from summ.drive import ALWAYS_WHOLE, Meter, Slots, drive
from summ.errors import (
    ConfigError,
    ContextTooLongError,
    EndpointError,
    InputError,
    MalformedReplyError,
    ReplyError,
)
from summ.llm.port import Backend
from summ.model import (
    Claim,
    Coverage,
    Document,
    Finding,
    Profile,
    Span,
    Statement,
    Tally,
    Term,
    Ui,
)
from summ.progress import DocumentProgress
from summ.tasks.brief import Ask
from summ.tasks.glossary import Glossary
from summ.tasks.guided import Choice, choose, guided_findings, guided_steps
from summ.tasks.layout import Layout, lay_out, passage_budget
from summ.tasks.merge import Merger
from summ.tasks.passage import Passage
from summ.tasks.pooling import pool_claims
from summ.tasks.prompting import PromptSet
from summ.tasks.reading import CLAIMS, SUMMARY, Failure, Limits, Reader, Reading, read_all
from summ.tasks.receipt import coverage, uncited_fifths
from summ.tasks.repair import Audited, Repairer, audited, repair_steps
from summ.tasks.translation_job import JobTranslator
from summ.text.language_names import english_name
from summ.text.segments import segments
from summ.text.tokens import TokenCounter
from summ.text.writing import is_written_in

TEXT = "text"
"""The part of a report that is the whole article, translated."""

_NONE = {SUMMARY: "There is no summary", CLAIMS: "There are no claims"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one report should hold.

    Attributes:
        parts: of `summary`, `claims` and `text` (the whole article in the other languages).
        to: BCP 47 codes of the languages to translate into.
        language: BCP 47 code of the article's language; None to detect it.
        length: sentences of the summary.
        claims: key claims at most.
    """

    parts: frozenset[str]
    to: tuple[str, ...]
    language: str | None
    length: int
    claims: int


@dataclass
class Tools:
    """What reports are made with; one for a whole run.

    Attributes:
        backend: the model.
        translator: who translates; given the meter of the document's calls.
        prompts: all prompts.
        counter: counts tokens as the model does, as far as is known before it is asked.
        ui: who is told.
        slots: bound the requests in flight, of all documents together.
        terms: of the user's glossary.
        compute: calls pure functions, on this core or another.
        turn: numbers the documents: the requests of the first go first.
    """

    # Nothing here learns from one document for the next: what is asked about a document would
    # depend on which others are done, and a run that is taken up again would pay twice.

    backend: Backend
    translator: Callable[[Meter], JobTranslator]
    prompts: PromptSet
    counter: TokenCounter
    ui: Ui
    slots: Slots
    terms: tuple[Term, ...] = ()
    compute: Compute = here
    turn: Iterator[int] = field(default_factory=itertools.count)

    def glossary(self, source: str, target: str) -> Glossary:
        """The user's terms between two languages, by their codes; learns names."""
        return Glossary(self.terms, (source, target))


@dataclass(frozen=True, slots=True)
class Work:
    """What goes along with the calls for one document: their count, who sees it, its turn."""

    meter: Meter
    progress: DocumentProgress
    turn: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in an article, in its own language; without coverage: nothing was sought."""

    summary: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    tally: Tally
    coverage: Coverage | None
    findings: tuple[Finding, ...]


def not_analysed(document: Document) -> Analysis:
    """Of an article that is only translated: what there is to say of the article itself."""
    return Analysis((), (), Tally(), None, _told(document, instruction_findings(document)))


async def analyse(document: Document, wanted: Wanted, tools: Tools, work: Work) -> Analysis:
    """Summary and claims, in the article's own language."""
    if tools.backend.profile.group is not None:
        return await _guided(document, wanted, tools, work)
    ask = ask_for(document, wanted, tools.prompts)
    profile = tools.backend.profile
    context = profile.context
    if not work.meter.counter.fits(document.text, ALWAYS_WHOLE):
        # Every server takes less than that; it need not be asked.
        context = await tools.backend.context()
    layout = layout_for(document, wanted, ask, profile, context, work.meter.counter)
    index = SentenceIndex(document)
    limits = _limits(layout, tools, work)
    reading = await _read(Reader(ask, index, limits, layout.parts), layout, tools, work)
    parts = layout.parts
    missing = [part for part in parts if not _has(part, reading)]
    if len(missing) == len(parts):
        raise _reason(parts[0], reading)
    findings = [
        Finding(f"{part}-failed", f"{_NONE[part]}: {_reason(part, reading).message}")
        for part in missing
    ]
    lost = [failure for failure in reading.failures if failure.part not in missing]
    claims = pool_claims(reading.claims, wanted.claims)
    texts = tools.prompts.texts
    found, orders = await tools.compute(look_through, index, texts, reading.notes, claims)
    if found.tally.doubtful:
        auditor = Auditor(Article(document, index, texts))
        repairer = Repairer(ask, auditor, work.meter.counter, limits.budget)
        steps = repair_steps(repairer, found)
        found = await drive(steps, tools.backend, work.meter, (work.turn,))
    told = [*findings, *_lost(lost), *dict.fromkeys((*reading.findings, *found.findings))]
    return _analysis(document, found, reading.seen, [*told, *orders], work.meter)


def look_through(
    index: SentenceIndex,
    prompts: Sequence[str],
    summary: Sequence[Statement],
    claims: Sequence[Claim],
) -> tuple[Audited, tuple[Finding, ...]]:
    """What all checks find in what a model wrote, and orders to a model in the article."""
    auditor = Auditor(Article(index.document, index, prompts))
    return audited(auditor, summary, claims), instruction_findings(index.document)


def layout_for(
    document: Document,
    wanted: Wanted,
    ask: Ask,
    profile: Profile,
    context: int,
    counter: TokenCounter,
) -> Layout:
    """How to read the article.

    Raises:
        ConfigError: the model has no room for any article.
        ContextTooLongError: it has none, as its server says now.
    """
    parts = [part for part in (SUMMARY, CLAIMS) if part in wanted.parts]
    if not wanted.claims and len(parts) > 1:
        parts.remove(CLAIMS)

    def room(passages: int) -> int:
        return passage_budget(profile, context, ask, parts, passages)

    layout = lay_out(document, ask, parts, counter, room)
    if layout is None:
        # What is known beforehand every document would meet; a short one need not meet this.
        kind = ConfigError if context >= profile.context else ContextTooLongError
        raise kind(
            f"The model's context of {context} tokens has no room for an article.",
            "Ask for less with --length and --claims, use another model, or correct --context.",
        )
    return layout


def _limits(layout: Layout, tools: Tools, work: Work) -> Limits:
    """What requests about the passages of `layout` keep to."""

    def lowered(error: ContextTooLongError) -> None:
        tools.ui.notice(f"{error.message} Going on with smaller passages.")

    def done(passage: Passage) -> None:
        work.progress.read(passage.chunk.tokens if passage.chunk else 0)

    return Limits(
        budget=layout.budget,
        notes=layout.notes,
        claims=layout.claims,
        at_once=len(layout.passages) == 1,
        counter=lambda: work.meter.counter,
        lowered=lowered,
        done=done,
    )


async def _read(reader: Reader, layout: Layout, tools: Tools, work: Work) -> Reading:
    """All passages read, and their notes merged."""
    passages = layout.passages
    work.progress.expect(len(passages), sum(p.chunk.tokens for p in passages if p.chunk))
    readers = [reader.read(passage) for passage in passages]
    if SUMMARY in layout.parts:
        merger = Merger(reader.ask, reader.index, reader.limits)
        steps = merger.summarise(layout.tree, readers)
    else:
        steps = read_all(readers)
    return await drive(steps, tools.backend, work.meter, (work.turn,))


def _has(part: str, reading: Reading) -> bool:
    """Whether a part was found: a summary has a sentence, claims an answer at least."""
    return bool(reading.notes if part == SUMMARY else reading.claims)


def _reason(part: str, reading: Reading) -> ReplyError | EndpointError:
    """Why a part was not found."""
    errors = [failure.error for failure in reading.failures if failure.part == part]
    nothing = MalformedReplyError("The model gave a summary without a sentence.")
    return errors[0] if errors else nothing


def _lost(failures: Sequence[Failure]) -> Iterator[Finding]:
    """The passages that a part knows nothing of; neighbours lost for one reason are one."""

    def kind(failure: Failure) -> tuple[str, str]:
        return failure.part, failure.error.message

    ordered = sorted(failures, key=lambda one: (one.part, one.span.start))
    start = 0
    for at, failure in enumerate(ordered):
        after = ordered[at + 1] if at + 1 < len(ordered) else None
        if after and kind(after) == kind(failure) and after.span.start == failure.span.end:
            continue
        place = (ordered[start].span.start, failure.span.end)
        what = f"{_NONE[failure.part]} of a passage: {failure.error.message}"
        yield Finding(f"{failure.part}-failed", what, *place)
        start = at + 1


async def _guided(document: Document, wanted: Wanted, tools: Tools, work: Work) -> Analysis:
    """Summary and claims where code chooses and a small model only shortens."""
    auditor = Auditor(Article(document, prompts=tools.prompts.texts))
    guided = await drive(
        guided_steps(tools.prompts, choice_for(document, wanted), auditor),
        tools.backend,
        work.meter,
        (work.turn,),
    )
    return _analysis(
        document,
        guided.audited,
        guided.seen,
        guided_findings(document, guided.seen),
        work.meter,
    )


def choice_for(document: Document, wanted: Wanted) -> Choice:
    """The sentences that code chooses for a small model."""
    summary = wanted.length if SUMMARY in wanted.parts else 0
    claims = wanted.claims if CLAIMS in wanted.parts else 0
    return choose(document, summary, claims)


def _analysis(
    document: Document,
    found: Audited,
    seen: Sequence[Span],
    findings: Sequence[Finding],
    meter: Meter,
) -> Analysis:
    """What was found, with its receipt and what there is to say about it."""
    statements = (*found.summary, *found.claims)
    receipt = coverage(document, seen, statements, meter.counter.plain)
    return Analysis(
        summary=found.summary,
        claims=found.claims,
        tally=found.tally,
        coverage=receipt,
        findings=(*_told(document, findings), *uncited_fifths(receipt)),
    )


def _told(document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was found, between what reading the article told and what nobody sees in it."""
    notices = (Finding("input-notice", notice) for notice in document.source.notices)
    return (*notices, *findings, *hidden_findings(document))


def targets_for(document: Document, wanted: Wanted) -> list[str]:
    """The languages to translate into, each once.

    Summary and claims are not translated into the language that the article is in; of the text
    alone, segments in other languages are.

    Raises:
        InputError: the article's language can't be told.
    """
    targets = list(dict.fromkeys(wanted.to))
    only_text = wanted.parts == {TEXT}
    if targets and document.language is None:
        if only_text and not segments(document.text, document.source.media_type):
            return targets
        raise InputError(
            "The language of the article can't be told.", "Name it with --from, such as --from en."
        )
    if only_text:
        return targets
    return [code for code in targets if not is_written_in(document.text, document.language, code)]


def ask_for(document: Document, wanted: Wanted, prompts: PromptSet) -> Ask:
    """What is wanted of an article."""
    language = english_name(document.language) if document.language else None
    return Ask(prompts, language, wanted.length, wanted.claims)
