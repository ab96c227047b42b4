"""Whoever translates: a language model, or the built-in translator.

Both are given the same jobs, and what they write passes the same checks.
"""

from __future__ import annotations

from summ.by_sentence import BySentence
from summ.drive import ALWAYS_WHOLE, Meter, drive
from summ.llm.port import Backend
from summ.tasks.prompting import PromptSet
from summ.tasks.translation import Means, budget_within, translation_steps
from summ.tasks.translation_job import SOFT, Job, Rendering
from summ.tasks.translation_request import Manner, Style, growth_into
from summ.text.language_names import english_name
from summ.text.tags import without_tags

BUILT_IN = "firefox-translations"
"""What a report calls the built-in translator."""


class ModelTranslator:
    """Translates through a language model; its calls are counted by the meter."""

    name: str | None = None

    def __init__(self, backend: Backend, prompts: PromptSet, meter: Meter, style: Style) -> None:
        """Hold on to what calls need."""
        self._backend = backend
        self._prompts = prompts
        self._meter = meter
        self._style = style

    async def prepare(self, source: str, target: str) -> None:
        """See `JobTranslator`; a language model takes every pair."""

    async def translate(self, job: Job) -> list[Rendering]:
        """See `JobTranslator`."""
        source, target = map(english_name, job.languages)
        counter, context = self._meter.counter, self._backend.profile.context
        if not counter.fits("\n".join(job.texts), ALWAYS_WHOLE // 4):
            # Every server takes less than that; it need not be asked.
            context = await self._backend.context()
        manner = Manner(source, target, self._style, growth_into(job.languages[1]))
        means = Means(self._prompts, manner, counter, budget_within(context))
        return await drive(translation_steps(job, means), self._backend, self._meter)


class BuiltInTranslation:
    """Translates by the built-in translator, which says the same however often it is asked."""

    name: str | None = BUILT_IN

    def __init__(self, sentences: BySentence) -> None:
        """Wrap it."""
        self._sentences = sentences

    async def prepare(self, source: str, target: str) -> None:
        """See `JobTranslator`."""
        await self._sentences.prepare(source, target)

    async def translate(self, job: Job) -> list[Rendering]:
        """See `JobTranslator`."""
        found: list[Rendering] = []

        def done(place: int, text: str | None) -> None:
            rendering = _judged(job, place, text)
            found.append(rendering)
            job.done(place, rendering)

        await self._sentences.translate(job.texts, *job.languages, job.glossary.terms, done)
        return found


def _judged(job: Job, place: int, text: str | None) -> Rendering:
    """A translation that can't be asked for again: it stands, or there is none."""
    if not text:
        return Rendering(None)
    terms = job.glossary.relevant([without_tags(job.texts[place])])
    findings = tuple(job.audit(place, text, terms))
    stands = all(finding.code in SOFT for finding in findings)
    return Rendering(text if stands else None, findings)
