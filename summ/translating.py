"""What was found in an article, and the article itself, into other languages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summ.analysis import TEXT, Analysis, Tools, Wanted
from summ.checks.terms import findings as term_findings
from summ.checks.terms import occurring
from summ.checks.translations import SegmentAuditor
from summ.errors import (
    CapReachedError,
    ConfigError,
    EndpointError,
    FetchError,
    MalformedReplyError,
    ReplyError,
    SummError,
)
from summ.model import Coverage, Document, Finding, Term, Translation
from summ.tasks.glossary import Glossary
from summ.tasks.receipt import coverage
from summ.tasks.translation_job import Job, JobTranslator, Rendering
from summ.text.language_names import english_name
from summ.text.tokens import TokenCounter
from summ.whole_text import Show, WholeText, spans_read


@dataclass(frozen=True, slots=True)
class Translating:
    """What the translations of one report are made from, and with.

    Attributes:
        document: the article.
        title: its title; None: it has none.
        wanted: what the report should hold.
        analysis: what was found in it.
        tools: of the run.
        translator: who translates.
        targets: the languages to translate into.
        show: see `make_report`.
    """

    document: Document
    title: str | None
    wanted: Wanted
    analysis: Analysis
    tools: Tools
    translator: JobTranslator
    targets: Sequence[str]
    show: Show | None = None


Outcome = Translation | SummError


async def translate_all(
    work: Translating, refused: Mapping[str, SummError]
) -> tuple[tuple[Translation, ...], tuple[Finding, ...]]:
    """Translations into all languages wanted, and why there is none into some.

    Languages are worked on side by side. Of an article that is in one of them already only
    segments in others are translated.

    Args:
        work: what is translated, and with what.
        refused: the languages that nobody here translates into, and why.

    Raises:
        SummError: nothing but the text was wanted, and there is none in any language.
        CapReachedError: a request was not allowed; what is paid for has been waited for.
    """
    outcomes: dict[str, Outcome] = dict(refused)
    capped: list[CapReachedError] = []

    async def translate(target: str) -> None:
        try:
            outcomes[target] = await _Language(work, target).translate()
        except (ReplyError, EndpointError) as error:
            # What is there already has been paid for.
            outcomes[target] = error
        except CapReachedError as error:
            capped.append(error)

    try:
        async with asyncio.TaskGroup() as group:
            for target in work.targets:
                if target not in refused:
                    group.create_task(translate(target))
    except BaseExceptionGroup as errors:
        # One failure is the failure of all; a group would hide its kind and exit code.
        raise errors.exceptions[0] from None
    if capped:
        raise capped[0]
    ordered = [(to, outcomes[to]) for to in work.targets]
    failed = [(to, one) for to, one in ordered if isinstance(one, SummError)]
    translations = tuple(one for _, one in ordered if isinstance(one, Translation))
    if failed and not translations and work.wanted.parts == {TEXT}:
        raise failed[0][1]
    for target, error in failed:
        work.tools.ui.notice(f"No translation into {english_name(target)}: {error}")
    return translations, tuple(
        Finding("untranslated", f"There is no translation into {english_name(to)}: {error.message}")
        for to, error in failed
    )


class _Language:
    """One language to translate into."""

    def __init__(self, work: Translating, target: str) -> None:
        self._work = work
        self._target = target
        self._source = work.document.language or ""  # known, or there would be no target
        self._prompts = work.tools.prompts.texts

    async def translate(self) -> Translation:
        """Title, summary and claims; then the whole text, if it is wanted."""
        work = self._work
        glossary = work.tools.glossary(self._source, self._target)
        translation = Translation(self._target, None, (), ())
        if work.wanted.parts - {TEXT}:
            translation = await self._items(glossary)
        if TEXT in work.wanted.parts:
            translation = await self._with_text(translation, glossary)
        languages = (self._source, self._target)
        terms = occurring(glossary.terms, work.document.text, languages)
        return replace(translation, glossary=terms)

    async def _items(self, glossary: Glossary) -> Translation:
        """Title, summary and claims, checked item by item."""
        work = self._work
        titles = [work.title] if work.title else []
        summary, claims = work.analysis.summary, work.analysis.claims
        items = [*titles, *(s.text for s in summary), *(c.text for c in claims)]
        languages = (self._source, self._target)
        auditor = SegmentAuditor(languages, self._prompts)

        def audit(at: int, text: str, terms: Sequence[Term]) -> Sequence[Finding]:
            found = auditor.findings(items[at], text)
            return (*found, *term_findings(terms, items[at], text, languages))

        translated = list(items)
        findings: list[Finding] = []
        job = Job(items, languages, audit, glossary)
        for at, one in enumerate(await work.translator.translate(job) if items else []):
            if one.text is None:
                what = f"Item {at + 1} was not translated; the original is shown."
                findings.append(Finding("untranslated", what))
                continue
            translated[at] = one.text
            findings += [replace(f, message=f"Item {at + 1}: {f.message}") for f in one.findings]
        first, second = len(titles), len(titles) + len(summary)
        return Translation(
            language=self._target,
            title=translated[0] if titles else None,
            summary=tuple(translated[first:second]),
            claims=tuple(translated[second:]),
            findings=tuple(findings),
        )

    async def _with_text(self, translation: Translation, glossary: Glossary) -> Translation:
        """The same with the whole text."""
        work = self._work
        whole = WholeText(work.document, self._target, self._prompts, work.show)
        self._tell(whole)
        failed: list[SummError] = []
        found: list[Rendering] = []
        for language in whole.places:
            own = glossary if language == self._source else self._glossary(language)
            try:
                if language != self._source:
                    await work.translator.prepare(language, self._target)
                found += await work.translator.translate(whole.job(language, own))
            except (ReplyError, EndpointError, ConfigError, FetchError) as error:
                failed.append(error)
                whole.give_up(language, error)
        if whole.places and all(one.text is None for one in found):
            nothing = MalformedReplyError("Not one segment of the text could be translated.")
            why = failed[0] if failed else nothing
            if not work.wanted.parts - {TEXT}:
                raise why
            what = f"The text itself is not translated: {why.message}"
            finding = Finding("untranslated", what)
            return replace(translation, findings=(*translation.findings, finding))
        text = whole.translation()
        return replace(
            translation,
            text=text.text,
            segments=text.segments,
            findings=(*translation.findings, *text.findings),
        )

    def _glossary(self, language: str) -> Glossary:
        """Terms and names from another language than the article's; what is learnt is let go."""
        return self._work.tools.glossary(language, self._target)

    def _tell(self, whole: WholeText) -> None:
        """Say why little or nothing is to be translated, where it is so."""
        others = sum(len(places) for language, places in whole.places.items())
        if self._source in whole.places:
            return
        if others:
            name = english_name(self._source)
            what = f"The article is in {name} already; segments in other languages: {others}."
        elif whole.proses and self._source:
            what = f"The article is in {english_name(self._source)} already; nothing to translate."
        else:
            what = "There is nothing to translate in the article."
        self._work.tools.ui.notice(what)


def text_coverage(
    document: Document, translations: Sequence[Translation], counter: TokenCounter
) -> Coverage:
    """The receipt of an article that was only translated."""
    return coverage(document, spans_read(document, translations), (), counter)
