"""What a run needs, opened once: prompts, the model, the translator."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from summ.builtin import BuiltInBackend
from summ.config import DEFAULT_BASE_URL, Settings, refuse_remote
from summ.drive import Meter
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import Backend, Endpoint
from summ.local.translator import BuiltInTranslator
from summ.model import Report, Source, Translator, Ui
from summ.pipeline import Tools, Wanted, make_report
from summ.prompts import load_prompts
from summ.text.tokens import counter_for
from summ.translators import BySentence, ModelTranslator

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
            ConfigError: the model can't be run here, or the endpoint may not be used.
        """
        settings = self._settings
        refuse_remote(settings)
        prompts = load_prompts(settings.prompts_dir)
        backend: Backend
        if settings.builtin:
            backend = self._local = BuiltInBackend(settings, self._ui)
        else:
            backend = OpenAIBackend(self._remote())
        self._translator = BuiltInTranslator(settings.model_dir, self._ui)
        by_sentence = BySentence(self._translator)

        def translator(meter: Meter) -> Translator:
            return by_sentence if settings.builtin else ModelTranslator(backend, prompts, meter)

        counter = counter_for(settings.model)
        self._tools = Tools(backend, translator, prompts, counter, self._ui)
        return self

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

    async def report(self, source: Source, parts: frozenset[str]) -> Report:
        """A report of `source` with the parts asked for (`summary`, `claims`)."""
        settings = self._settings
        wanted = Wanted(
            parts=parts,
            to=settings.to,
            language=settings.from_language,
            length=settings.length,
            claims=settings.claims,
        )
        return await make_report(source, wanted, self.tools)

    def _remote(self) -> Endpoint:
        settings = self._settings
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
