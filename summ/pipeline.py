"""One document in, one report out."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

from summ._version import __version__
from summ.analysis import TEXT, Tools, Wanted, Work, analyse, not_analysed, targets_for
from summ.drive import Meter
from summ.errors import ConfigError, FetchError, SummError
from summ.model import Document, Price, Report, Run, Source, SourceInfo, Tally, Ui, Usage
from summ.progress import DocumentProgress
from summ.tasks.salience import headline
from summ.tasks.translation_job import JobTranslator
from summ.text.document import annotate
from summ.text.language_names import english_name
from summ.text.tokens import TokenCounter
from summ.text.writing import is_written_in
from summ.translating import Translating, text_coverage, translate_all
from summ.whole_text import Show


async def make_report(
    source: Source, wanted: Wanted, tools: Tools, show: Show | None = None
) -> Report:
    """Analyse `source` in its own language, then translate what was found, or all of it.

    Args:
        source: the article.
        wanted: what the report should hold.
        tools: what it is made with.
        show: is shown the translated text as it grows, in its order; for one language.

    Raises:
        SummError: any of its kinds; nothing else for a bad input, endpoint or reply.
    """
    started = time.monotonic()
    document = annotate(source, wanted.language)
    title = headline(document)
    progress = DocumentProgress(tools.ui, time.monotonic)
    meter = Meter(tools.counter, progress, slots=tools.slots)
    targets = _targets(document, wanted, tools.ui)
    translator = tools.translator(meter)
    refused = await _refused(document, targets, translator)
    turn = next(tools.turn)
    if wanted.parts - {TEXT}:
        analysis = await analyse(document, wanted, tools, Work(meter, progress, turn))
    else:
        analysis = not_analysed(document)
    work = Translating(document, title, wanted, analysis, tools, translator, targets, show)
    translations, failed = await translate_all(work, refused)
    only_text = not wanted.parts - {TEXT}
    writer = (translator.name if only_text else None) or tools.backend.profile.model
    coverage = analysis.coverage or text_coverage(document, translations, meter.counter.plain)
    return Report(
        source=_source_info(document, title, tools.counter),
        summary=analysis.summary,
        claims=analysis.claims,
        translations=translations,
        coverage=coverage,
        findings=(*analysis.findings, *failed),
        run=_run(tools, writer, meter.usage, analysis.tally, time.monotonic() - started),
    )


def _targets(document: Document, wanted: Wanted, ui: Ui) -> list[str]:
    """The languages to translate into; says which need no translation."""
    targets = targets_for(document, wanted)
    for code in dict.fromkeys(wanted.to):
        if code not in targets:
            name = english_name(document.language or code)
            ui.notice(f"The article is in {name} already; nothing to translate.")
    return targets


async def _refused(
    document: Document, targets: Sequence[str], translator: JobTranslator
) -> dict[str, SummError]:
    """The languages that can't be translated into here, found before any other work is done.

    Raises:
        SummError: that is so of all of them.
    """
    refused: dict[str, SummError] = {}
    for target in targets:
        if document.language is None or is_written_in(document.text, document.language, target):
            continue  # there may be nothing to translate
        try:
            await translator.prepare(document.language or "", target)
        except (ConfigError, FetchError) as error:
            refused[target] = error
    if refused and len(refused) == len(targets):
        raise refused[targets[0]]
    return refused


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


def _run(tools: Tools, model: str, usage: Usage, tally: Tally, seconds: float) -> Run:
    profile = tools.backend.profile
    return Run(
        summ=__version__,
        model=model,
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
