"""One document in, one report out."""

from __future__ import annotations

import hashlib
import time

from summ._version import __version__
from summ.analysis import Analysis, Tools, Wanted, Work, analyse, targets_for
from summ.checks.languages import wrong_items
from summ.checks.translations import changed_numbers
from summ.drive import Meter
from summ.errors import EndpointError, ReplyError
from summ.model import (
    Document,
    Finding,
    Price,
    Report,
    Run,
    Source,
    SourceInfo,
    Tally,
    Translation,
    Translator,
    Usage,
)
from summ.progress import DocumentProgress
from summ.tasks.salience import headline
from summ.text.document import annotate
from summ.text.language_names import english_name
from summ.text.tokens import TokenCounter


async def make_report(source: Source, wanted: Wanted, tools: Tools) -> Report:
    """Analyse `source` in its own language, then translate what was found.

    Raises:
        SummError: any of its kinds; nothing else for a bad input, endpoint or reply.
    """
    started = time.monotonic()
    document = annotate(source, wanted.language)
    title = headline(document)
    progress = DocumentProgress(tools.ui, time.monotonic)
    meter = Meter(tools.counter, progress, slots=tools.slots)
    targets = _targets(document, wanted, tools)
    translator = tools.translator(meter)
    for target in targets:
        await translator.prepare(document.language or "", target)
    analysis = await analyse(document, wanted, tools, Work(meter, progress, next(tools.turn)))
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
        run=_run(tools, meter.usage, analysis.tally, time.monotonic() - started),
    )


def _targets(document: Document, wanted: Wanted, tools: Tools) -> list[str]:
    """The languages to translate into; says which need no translation."""
    targets = targets_for(document, wanted)
    for code in dict.fromkeys(wanted.to):
        if code not in targets:
            name = english_name(code)
            tools.ui.notice(f"The article is in {name} already; nothing to translate.")
    return targets


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
    wrong = changed_numbers(items, translated, (language, target)) | wrong_items(
        items, translated, target
    )
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


def _run(tools: Tools, usage: Usage, tally: Tally, seconds: float) -> Run:
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
        cost_usd=_cost(profile.price, usage),
        seconds=round(seconds, 3),
        statements=tally,
        small=profile.small and usage.calls > 0,
    )


def _cost(price: Price | None, usage: Usage) -> float | None:
    """US dollars, to a millionth; None when no price is known, or the server counts nothing."""
    if price is None or (usage.calls and not usage.prompt_tokens):
        return None
    cost = price.cost(usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens)
    return round(cost, 6)
