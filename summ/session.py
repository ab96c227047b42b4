"""What a run needs, opened once: prompts, the model, the translator."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from types import TracebackType
from typing import Self

from summ._version import __version__
from summ.analysis import Tools, Wanted
from summ.builtin import BuiltInBackend, builtin_profile
from summ.by_sentence import BySentence
from summ.compute import Compute, here
from summ.config import Settings, refuse_remote
from summ.connecting import UNTOLD, Told, endpoint_of, jobs_of, store_of, traffic_of
from summ.drive import Meter, Slots
from summ.errors import ConfigError, EndpointDownError
from summ.finished import Finished, hash_of
from summ.glossary import read_glossary
from summ.llm.cache import Store
from summ.llm.cache_port import NoStore
from summ.llm.circuit import Circuit
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import Backend
from summ.llm.profiles import profile_of
from summ.local.store import gguf_at
from summ.local.translator import BuiltInTranslator, service_code
from summ.model import Plan, Price, Report, Source, Ui, Usage
from summ.pipeline import make_report
from summ.planning import Planned, make_plan
from summ.prompts import load_prompts
from summ.tasks.translation_job import JobTranslator
from summ.tasks.translation_request import Style
from summ.text.tokens import counter_for
from summ.text.writing import has_region
from summ.translators import BuiltInTranslation, ModelTranslator
from summ.whole_text import Show


class Session:
    """Makes reports; all reports of a run share its model.

    Opening is synchronous, because it may fetch and load a model for minutes, and Ctrl-C
    ends that at once only outside an event loop:

        with Session(settings, ui) as session:
            asyncio.run(session.report(source, parts))
    """

    def __init__(
        self, settings: Settings, ui: Ui, told: Told = UNTOLD, compute: Compute = here
    ) -> None:
        """Keep the settings; nothing is opened yet.

        Args:
            settings: of the run.
            ui: is told what people should know.
            told: is told what calls take, and when they have to wait.
            compute: calls pure functions, on this core or another.
        """
        self._compute = compute
        self._hashes: dict[frozenset[str], str] = {}
        self._settings = settings
        self._ui = ui
        self._told = told
        self._local: BuiltInBackend | None = None
        self._tools: Tools | None = None
        self._store: Store | NoStore = NoStore()
        self._circuit = Circuit()

    def __enter__(self) -> Self:
        """Check all that can be checked before an article is sent.

        Raises:
            PromptError: a prompt can't be used.
            ConfigError: the model can't be run here, or the endpoint may not be used, or the
                built-in translator can't do what is wanted, or a cap needs a price that is not
                known, or the store is another user's.
            InputError: the glossary can't be used.
        """
        settings = self._settings
        refuse_remote(settings)
        style = _style(settings)
        terms = read_glossary(settings.glossary) if settings.glossary else ()
        prompts = load_prompts(settings.prompts_dir)
        self._store = store_of(settings, self._ui)
        traffic = traffic_of(settings, self._store, self._told)
        self._circuit = traffic.circuit
        backend: Backend
        if settings.builtin:
            self._tell_of_regions()
            backend = self._local = BuiltInBackend(settings, self._ui, traffic)
        else:
            backend = OpenAIBackend(endpoint_of(settings), traffic=traffic)
        self._translator = BuiltInTranslator(settings.model_dir, self._ui)
        built_in = BuiltInTranslation(BySentence(self._translator))

        def translator(meter: Meter) -> JobTranslator:
            if settings.builtin:
                return built_in
            return ModelTranslator(backend, prompts, meter, style)

        counter = counter_for(settings.model)
        slots = Slots(jobs_of(settings))
        self._tools = Tools(
            backend, translator, prompts, counter, self._ui, slots, terms, self._compute
        )
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
        self._store.close()

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
    def open_documents(self) -> int:
        """Documents worth working on together.

        More than requests, so that there is always one whose turn it is to be asked about.
        """
        jobs = jobs_of(self._settings)
        return 1 if self._settings.builtin else jobs + min(jobs, 32)

    @property
    def down(self) -> EndpointDownError | None:
        """Why nothing more is sent to the endpoint; None: it is there."""
        error = self._circuit.open
        if error is None:
            return None
        return EndpointDownError(error.message, error.hint)

    @property
    def price(self) -> Price | None:
        """What tokens cost, as far as is known."""
        return self.tools.backend.profile.price

    def key(self, source: Source, parts: frozenset[str]) -> str:
        """The hash, in hex, of all that a report depends on; the name of the article is not."""
        if parts not in self._hashes:
            self._hashes[parts] = self._hash_settings(parts)
        read = [source.media_type, source.text, source.title, source.notices]
        return hash_of([self._hashes[parts], *read])

    def _hash_settings(self, parts: frozenset[str]) -> str:
        settings, tools = self._settings, self.tools
        profile = tools.backend.profile
        return hash_of(
            {
                "summ": __version__,
                "prompts": tools.prompts.sha256,
                # With its query, which a server may choose a model by.
                "model": [profile.model, settings.base_url, settings.context],
                "file": self._local.fingerprint if self._local else None,
                "parts": sorted(parts),
                "to": settings.to,
                "from": settings.from_language,
                "size": [settings.length, settings.claims],
                "style": [settings.formality, settings.instructions],
                "terms": [asdict(term) for term in tools.terms],
            }
        )

    async def report(
        self, source: Source, parts: frozenset[str], show: Show | None = None
    ) -> Report:
        """A report of `source` with the parts asked for (`summary`, `claims`, `text`).

        Args:
            source: the article.
            parts: what the report should hold.
            show: is shown the translated text as it grows; for one language.
        """
        started = time.monotonic()
        languages = len(dict.fromkeys(self._settings.to))
        key, finished = self.key(source, parts), Finished(self._store, languages)
        if (report := finished.find(key, source)) is not None:
            self._told.spent(Usage(cached_calls=report.run.cached_calls))
            seconds = round(time.monotonic() - started, 3)
            return replace(report, run=replace(report.run, seconds=seconds))
        report = await make_report(source, _wanted(self._settings, parts), self.tools, show)
        finished.keep(key, report)
        return report


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
        profile = profile_of(endpoint_of(settings))
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
