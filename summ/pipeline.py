"""One document in, one report out."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summ._version import __version__
from summ.checks.grounding import SentenceIndex
from summ.checks.languages import output_language, wrong_items
from summ.checks.translations import changed_numbers
from summ.drive import Meter, drive, together
from summ.errors import ConfigError, ContextTooLongError, EndpointError, InputError, ReplyError
from summ.llm.port import Backend
from summ.model import (
    Claim,
    Coverage,
    Document,
    Finding,
    Report,
    Run,
    Source,
    SourceInfo,
    Statement,
    Translation,
    Translator,
    Ui,
    Usage,
)
from summ.tasks.brief import BASE_TOKENS, CLAIM_TOKENS, STATEMENT_TOKENS, Ask
from summ.tasks.guided import (
    choose,
    guided_claims_steps,
    guided_findings,
    guided_summary_steps,
)
from summ.tasks.merge import Part, claims_steps, summary_steps
from summ.tasks.passage import Passage, document_passages
from summ.tasks.prompting import PromptSet
from summ.tasks.receipt import coverage
from summ.tasks.salience import headline
from summ.tasks.steps import Steps
from summ.text.document import annotate
from summ.text.language import same_language
from summ.text.language_names import english_name
from summ.text.tokens import TokenCounter

PROMPT_OVERHEAD = 700
"""Tokens kept free for the system text, the task and the chat template."""

HALVINGS = 4
"""How often the budget is halved when the server says that a prompt is too long."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one report should hold.

    Attributes:
        parts: `summary`, `claims`, or both.
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
        counter: counts tokens as the model does; learns from what the server reports.
        ui: who is told.
    """

    backend: Backend
    translator: Callable[[Meter], Translator]
    prompts: PromptSet
    counter: TokenCounter
    ui: Ui


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in an article, in its own language."""

    summary: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    coverage: Coverage
    findings: tuple[Finding, ...]


async def make_report(source: Source, wanted: Wanted, tools: Tools) -> Report:
    """Analyse `source` in its own language, then translate what was found.

    Raises:
        SummError: any of its kinds; nothing else for a bad input, endpoint or reply.
    """
    started = time.monotonic()
    document = annotate(source, wanted.language)
    title = headline(document)
    meter = Meter(tools.counter, tools.ui)
    targets = _targets(document, wanted, tools)
    translator = tools.translator(meter)
    for target in targets:
        await translator.prepare(document.language or "", target)
    analysis = await _analyse(document, wanted, tools, meter)
    translations: list[Translation] = []
    failed: list[Finding] = []
    for target in targets:
        try:
            translations.append(await _translate(document, title, analysis, translator, target))
        except (ReplyError, EndpointError) as error:
            # What is there already has been paid for.
            tools.ui.notice(f"No translation into {english_name(target)}: {error}")
            what = f"There is no translation into {english_name(target)}: {error.message}"
            failed.append(Finding("untranslated", what))
    # Documents under way together learn apart: the largest margin is the safe one.
    tools.counter = max(tools.counter, meter.counter, key=lambda counter: counter.margin)
    return Report(
        source=_source_info(document, title, tools.counter),
        summary=analysis.summary,
        claims=analysis.claims,
        translations=tuple(translations),
        coverage=analysis.coverage,
        findings=(*analysis.findings, *failed),
        run=_run(tools, meter.usage, time.monotonic() - started),
    )


async def _analyse(document: Document, wanted: Wanted, tools: Tools, meter: Meter) -> Analysis:
    """Summary and claims; passages are made smaller when the server takes no more."""
    profile = tools.backend.profile
    if profile.group is not None:
        return await _guided(document, wanted, tools, meter)
    reply = BASE_TOKENS + max(STATEMENT_TOKENS * wanted.length, CLAIM_TOKENS * wanted.claims)
    budget = min(profile.comfortable, profile.context - reply - PROMPT_OVERHEAD)
    if budget < 1:
        raise ConfigError(
            f"The model's context of {profile.context} tokens has no room for an article.",
            "Ask for less with --length and --claims, or use another model.",
        )
    for _ in range(HALVINGS):
        try:
            return await _attempt(document, wanted, tools, meter, budget)
        except ContextTooLongError as error:
            tools.ui.notice(f"{error.message} Going on with smaller passages.")
            # Half of what was sent: of a short text the budget itself was never in use.
            budget = max(1, min(budget, meter.counter.count(document.text)) // 2)
    return await _attempt(document, wanted, tools, meter, budget)


async def _guided(document: Document, wanted: Wanted, tools: Tools, meter: Meter) -> Analysis:
    """Summary and claims where code chooses and a small model only shortens."""
    summary = wanted.length if "summary" in wanted.parts else 0
    claims = wanted.claims if "claims" in wanted.parts else 0
    choice = choose(document, summary, claims)
    jobs: dict[str, Steps[Part[Any]]] = {}
    if summary:
        jobs["summary"] = guided_summary_steps(tools.prompts, choice)
    if claims:
        jobs["claims"] = guided_claims_steps(tools.prompts, choice)
    parts, findings = await _all_parts(jobs, tools.backend, meter)
    sent = [span for part in parts.values() for span in part.seen]
    return _analysis(document, parts, [*findings, *guided_findings(document, sent)], meter)


async def _attempt(
    document: Document, wanted: Wanted, tools: Tools, meter: Meter, budget: int
) -> Analysis:
    """Summary and claims from passages of at most `budget` tokens."""
    index = SentenceIndex(document)
    language = english_name(document.language) if document.language else None
    ask = Ask(tools.prompts, language, wanted.length, wanted.claims)
    passages = document_passages(document, budget, meter.counter)
    jobs: dict[str, Steps[Part[Any]]] = {}
    if "summary" in wanted.parts:
        jobs["summary"] = summary_steps(ask, index, passages, (budget, meter.counter))
    if "claims" in wanted.parts and wanted.claims:
        jobs["claims"] = claims_steps(ask, index, passages)
    parts, findings = await _all_parts(jobs, tools.backend, meter)
    return _analysis(document, parts, [*findings, *_left_out(parts, passages)], meter)


def _analysis(
    document: Document, parts: Mapping[str, Part[Any]], findings: Sequence[Finding], meter: Meter
) -> Analysis:
    """What the parts found, with its receipt and what there is to say about it."""
    summary: tuple[Statement, ...] = parts["summary"].items if "summary" in parts else ()
    claims: tuple[Claim, ...] = parts["claims"].items if "claims" in parts else ()
    seen = [span for part in parts.values() for span in part.seen]
    return Analysis(
        summary=summary,
        claims=claims,
        coverage=coverage(document, seen, meter.counter.plain),
        findings=(
            *(Finding("input-notice", notice) for notice in document.source.notices),
            *findings,
            *(finding for part in parts.values() for finding in part.findings),
            *output_language([s.text for s in (*summary, *claims)], document.language),
        ),
    )


def _left_out(parts: Mapping[str, Part[Any]], passages: Sequence[Passage]) -> Iterator[Finding]:
    """The passages that a part knows nothing of, though another part may: coverage is of all."""
    for name, part in parts.items():
        for passage in passages:
            if passage.chunk is not None and passage.chunk.span not in part.seen:
                start, end = passage.chunk.start, passage.chunk.end
                what = f"There is no {name} of a passage: no reply about it could be used."
                yield Finding(f"{name}-failed", what, start, end)


async def _all_parts(
    jobs: Mapping[str, Steps[Part[Any]]], backend: Backend, meter: Meter
) -> tuple[dict[str, Part[Any]], list[Finding]]:
    """Run the parts; one that fails is a finding as long as another succeeds.

    Raises:
        ReplyError: no part succeeded.
        EndpointError: the endpoint failed.
    """

    async def run(steps: Steps[Part[Any]]) -> Part[Any] | ReplyError:
        try:
            return await drive(steps, backend, meter)
        except ReplyError as error:
            return error

    if backend.profile.group is None:
        results = await together(run(steps) for steps in jobs.values())
    else:
        # One after the other: the prefix cache of a small server holds one prompt.
        results = [await run(steps) for steps in jobs.values()]
    named = dict(zip(jobs, results, strict=True))
    parts = {name: part for name, part in named.items() if isinstance(part, Part)}
    errors = {name: part for name, part in named.items() if isinstance(part, ReplyError)}
    if errors and not parts:
        raise next(iter(errors.values()))
    return parts, [
        Finding(f"{name}-failed", f"There is no {name}: {error.message}")
        for name, error in errors.items()
    ]


def _targets(document: Document, wanted: Wanted, tools: Tools) -> list[str]:
    """The languages to translate into: each once, and not the article's own."""
    targets = list(dict.fromkeys(wanted.to))
    if targets and document.language is None:
        raise InputError(
            "The language of the article can't be told.", "Name it with --from, such as --from en."
        )
    own = [code for code in targets if same_language(code, document.language)]
    for code in own:
        tools.ui.notice(f"The article is in {english_name(code)} already; nothing to translate.")
    return [code for code in targets if code not in own]


async def _translate(
    document: Document,
    title: str | None,
    analysis: Analysis,
    translator: Translator,
    target: str,
) -> Translation:
    """Title, summary and claims in another language, checked item by item."""
    language = document.language or ""  # known, or there would be no target
    titles = [title] if title else []
    items = [*titles, *(s.text for s in analysis.summary), *(c.text for c in analysis.claims)]
    translated = await translator.translate(items, language, target) if items else []
    wrong = changed_numbers(items, translated) | wrong_items(items, translated, target)
    first, second = len(titles), len(titles) + len(analysis.summary)
    return Translation(
        language=target,
        title=translated[0] if titles else None,
        summary=tuple(translated[first:second]),
        claims=tuple(translated[second:]),
        findings=tuple(wrong[place] for place in sorted(wrong)),
    )


def _source_info(document: Document, title: str | None, counter: TokenCounter) -> SourceInfo:
    source = document.source
    return SourceInfo(
        uri=source.uri,
        media_type=source.media_type,
        title=title,
        language=document.language,
        characters=len(source.text),
        tokens=counter.plain.count(source.text),
        sentences=len(document.sentences),
        sha256=hashlib.sha256(source.text.encode("utf-8", "replace")).hexdigest(),
    )


def _run(tools: Tools, usage: Usage, seconds: float) -> Run:
    profile = tools.backend.profile
    return Run(
        summ=__version__,
        model=profile.model,
        endpoint=profile.endpoint,
        prompts_sha256=tools.prompts.sha256,
        calls=usage.calls,
        cached_calls=0,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cached_tokens=usage.cached_tokens,
        cost_usd=None,
        seconds=round(seconds, 3),
        small=profile.small and usage.calls > 0,
    )
