"""One document in, one report out."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

from summ._version import __version__
from summ.analysis import (
    TEXT,
    Tools,
    Wanted,
    Work,
    analyse,
    look_through,
    not_analysed,
    targets_for,
)
from summ.checks.grounding import SentenceIndex, evidence_for
from summ.drive import Meter
from summ.errors import ConfigError, FetchError, ReplyError, SummError
from summ.model import (
    Document,
    Price,
    Report,
    Run,
    Source,
    SourceInfo,
    Statement,
    Tally,
    Ui,
    Usage,
)
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
    progress = DocumentProgress(tools.ui, time.monotonic)
    work = Work(Meter(tools.counter, progress, slots=tools.slots), progress, next(tools.turn))
    try:
        report = await _make(source, wanted, tools, work, show)
    except ReplyError:
        _forget(work.meter, tools)
        raise
    if not work.meter.unanswered:
        _forget(work.meter, tools)
    return report


def _forget(meter: Meter, tools: Tools) -> None:
    """Let go of replies that came to nothing, now that the article is done with.

    Until then they are kept, so that an article whose run was killed comes to where it was at
    no cost; a new attempt at it is to ask anew.
    """
    tools.backend.forget(meter.useless)


async def _make(
    source: Source, wanted: Wanted, tools: Tools, work: Work, show: Show | None
) -> Report:
    started = time.monotonic()
    document, title = await tools.compute(read_through, source, wanted.language)
    meter = work.meter
    targets = _targets(document, wanted, tools.ui)
    translator = tools.translator(meter)
    refused = await _refused(document, targets, translator)
    analysis = not_analysed(document)
    if wanted.parts - {TEXT}:
        analysis = await analyse(document, wanted, tools, work)
    translating = Translating(document, title, wanted, analysis, tools, translator, targets, show)
    translations, failed = await translate_all(translating, refused)
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
        run=_run(tools, writer, meter, analysis.tally, time.monotonic() - started),
    )


def read_through(source: Source, language: str | None) -> tuple[Document, str | None]:
    """An article with its structure, and its title; `language` None: it is detected."""
    document = annotate(source, language)
    return document, headline(document)


def warm_up() -> None:
    """Load what the first article would wait for: profiles of languages, cues of checks."""
    text = "The ferry was late on Monday, the mayor said. It will not sail again before May."
    document, _ = read_through(Source("-", "text/plain", text), None)
    statement = Statement(document.sentence(1), (evidence_for(document, 1),), "supported")
    look_through(SentenceIndex(document), (), (statement,), ())


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


def _run(tools: Tools, model: str, meter: Meter, tally: Tally, seconds: float) -> Run:
    profile, usage = tools.backend.profile, meter.usage
    return Run(
        summ=__version__,
        model=model,
        endpoint=profile.endpoint,
        prompts_sha256=tools.prompts.sha256,
        calls=usage.calls,
        cached_calls=usage.cached_calls,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cached_tokens=usage.cached_tokens,
        cost_usd=_cost(profile.price, usage),
        seconds=round(seconds, 3),
        statements=tally,
        small=profile.small and usage.calls + usage.cached_calls > 0,
        unanswered=meter.unanswered,
    )


def _cost(price: Price | None, usage: Usage) -> float | None:
    """US dollars, to a millionth; None when no price is known, or the server counts nothing."""
    if price is None or (usage.calls and not usage.prompt_tokens):
        return None
    cost = price.cost(usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens)
    return round(cost, 6)
