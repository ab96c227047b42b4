"""What a run needs, opened once: prompts, the model, the translator."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from summ.analysis import Tools, Wanted
from summ.builtin import BuiltInBackend, builtin_profile
from summ.by_sentence import BySentence
from summ.config import DEFAULT_BASE_URL, Settings, refuse_remote
from summ.drive import Meter, Slots
from summ.errors import ConfigError
from summ.glossary import read_glossary
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import Backend, Endpoint
from summ.llm.profiles import profile_of
from summ.local.store import gguf_at
from summ.local.translator import BuiltInTranslator, service_code
from summ.model import Plan, Report, Source, Ui
from summ.pipeline import make_report
from summ.planning import Planned, make_plan
from summ.prompts import load_prompts
from summ.tasks.translation_job import JobTranslator
from summ.tasks.translation_request import Style
from summ.text.tokens import counter_for
from summ.text.writing import has_region
from summ.translators import BuiltInTranslation, ModelTranslator
from summ.whole_text import Show

LARGE_COMFORT = 24_000
"""Prompt tokens up to which a large model is given an article in one piece."""


class Session:
    """Makes reports; all reports of a run share its model.

    Opening is synchronous, because it may fetch and load a model for minutes, and Ctrl-C
    ends that at once only outside an event loop:

        with Session(settings, ui) as session:
            asyncio.run(session.report(source, parts))
    """

    def __init__(self, settings: Settings, ui: Ui) -> None:
        """Keep the settings; nothing is opened yet."""
        self._settings = settings
        self._ui = ui
        self._local: BuiltInBackend | None = None
        self._tools: Tools | None = None

    def __enter__(self) -> Self:
        """Check all that can be checked before an article is sent.

        Raises:
            PromptError: a prompt can't be used.
            ConfigError: the model can't be run here, or the endpoint may not be used, or the
                built-in translator can't do what is wanted.
            InputError: the glossary can't be used.
        """
        settings = self._settings
        refuse_remote(settings)
        style = _style(settings)
        terms = read_glossary(settings.glossary) if settings.glossary else ()
        prompts = load_prompts(settings.prompts_dir)
        backend: Backend
        if settings.builtin:
            self._tell_of_regions()
            backend = self._local = BuiltInBackend(settings, self._ui)
        else:
            backend = OpenAIBackend(_remote(settings))
        self._translator = BuiltInTranslator(settings.model_dir, self._ui)
        built_in = BuiltInTranslation(BySentence(self._translator))

        def translator(meter: Meter) -> JobTranslator:
            if settings.builtin:
                return built_in
            return ModelTranslator(backend, prompts, meter, style)

        counter = counter_for(settings.model)
        slots = Slots(1 if settings.builtin else settings.jobs)
        self._tools = Tools(backend, translator, prompts, counter, self._ui, slots, terms)
        return self

    def _tell_of_regions(self) -> None:
        """The built-in translator has one model for all regions of a language."""
        for code in self._settings.to:
            plain = service_code(code)
            if has_region(code) and plain != code:
                what = f"The built-in translator knows no regions: {code} is {plain} to it."
                self._ui.notice(what)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the built-in model, if it runs."""
        if self._local is not None:
            self._local.stop()

    async def aclose(self) -> None:
        """Let go of connections; in the event loop that used them."""
        if self._tools is not None:
            await self._tools.backend.aclose()
            await self._translator.aclose()

    @property
    def tools(self) -> Tools:
        """What reports are made with, while the session is open."""
        assert self._tools is not None, "the session is not open"
        return self._tools

    @property
    def at_once(self) -> int:
        """Documents worth working on together."""
        return 1 if self._settings.builtin else self._settings.jobs

    async def report(
        self, source: Source, parts: frozenset[str], show: Show | None = None
    ) -> Report:
        """A report of `source` with the parts asked for (`summary`, `claims`, `text`).

        Args:
            source: the article.
            parts: what the report should hold.
            show: is shown the translated text as it grows; for one language.
        """
        return await make_report(source, _wanted(self._settings, parts), self.tools, show)


def plan(settings: Settings, source: Source, parts: frozenset[str]) -> Plan:
    """What a report of `source` would take; opens nothing, and needs no key.

    Raises:
        SummError: what a run would raise before its first request.
    """
    refuse_remote(settings)
    if settings.builtin:
        path = settings.model_path
        profile = builtin_profile(gguf_at(path) if path is not None else None)
    else:
        profile = profile_of(_remote(settings))
    prompts = load_prompts(settings.prompts_dir)
    terms = read_glossary(settings.glossary) if settings.glossary else ()
    means = Planned(profile, prompts, counter_for(settings.model), _style(settings), terms)
    return make_plan(source, _wanted(settings, parts), means)


def _wanted(settings: Settings, parts: frozenset[str]) -> Wanted:
    return Wanted(
        parts=parts,
        to=settings.to,
        language=settings.from_language,
        length=settings.length,
        claims=settings.claims,
    )


def _style(settings: Settings) -> Style:
    """How translations should be.

    Raises:
        ConfigError: the built-in translator can't be told.
    """
    style = Style(settings.formality, settings.instructions or "")
    if settings.builtin and style != Style():
        raise ConfigError(
            "The built-in translator can't be told how to translate.",
            "Leave out --formality and --instructions, or use a larger model: -m MODEL.",
        )
    return style


def _remote(settings: Settings) -> Endpoint:
    return Endpoint(
        base_url=settings.base_url or DEFAULT_BASE_URL,
        api_key=settings.api_key or "",
        model=settings.model,
        timeout=settings.timeout,
        retries=settings.retries,
        comfortable=LARGE_COMFORT,
        context=settings.context,
        jobs=settings.jobs,
        local_only=settings.local_only,
    )
