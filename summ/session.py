"""What a run needs, opened once: prompts, the model, the translator."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from summ.config import DEFAULT_BASE_URL, Settings, refuse_remote
from summ.drive import Meter
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import Endpoint
from summ.local.engine import LocalEngine
from summ.local.store import BUILT_IN, fetch, gguf_at
from summ.local.translator import BuiltInTranslator
from summ.model import Report, Source, Translator, Ui
from summ.pipeline import Tools, Wanted, make_report
from summ.prompts import load_prompts
from summ.text.tokens import counter_for
from summ.translators import BySentence, ModelTranslator

LARGE_CONTEXT = 128_000
"""Tokens that a model behind an endpoint is taken to hold until it says otherwise."""

LARGE_COMFORT = 24_000
"""Prompt tokens up to which a large model is given an article in one piece."""

LOCAL_CONTEXT = 8_192
"""Tokens of the built-in model's context: beyond it memory grows and patience ends."""

LOCAL_COMFORT = 3_000
"""Prompt tokens it is given in one piece: reading more alone takes over a minute."""

LOCAL_LABEL = "built-in"


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
        self._engine: LocalEngine | None = None
        self._tools: Tools | None = None

    def __enter__(self) -> Self:
        """Check all that can be checked before an article is sent; load the built-in model.

        Raises:
            PromptError: a prompt can't be used.
            ConfigError: the model can't be run here, or the endpoint may not be used.
            FetchError: the model could not be fetched.
        """
        refuse_remote(self._settings)
        prompts = load_prompts(self._settings.prompts_dir)
        endpoint = self._start_engine() if self._settings.builtin else self._remote()
        try:
            backend = OpenAIBackend(endpoint)
            self._built_in = BuiltInTranslator(self._settings.model_dir, self._ui)
        except BaseException:
            self._stop_engine()
            raise
        by_sentence = BySentence(self._built_in)

        def translator(meter: Meter) -> Translator:
            if self._settings.builtin:
                return by_sentence
            return ModelTranslator(backend, prompts, meter)

        counter = counter_for(self._settings.model)
        self._tools = Tools(backend, translator, prompts, counter, self._ui)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the built-in model, if it runs."""
        self._stop_engine()

    async def aclose(self) -> None:
        """Let go of connections; in the event loop that used them."""
        if self._tools is not None:
            await self._tools.backend.aclose()
            await self._built_in.aclose()

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
            context=LARGE_CONTEXT,
            comfortable=LARGE_COMFORT,
            jobs=settings.jobs,
            local_only=settings.local_only,
        )

    def _start_engine(self) -> Endpoint:
        settings = self._settings
        path = settings.model_path
        if path is None:
            LocalEngine.require_library(settings.model_dir)
            path = fetch(BUILT_IN, settings.model_dir, self._ui)
            name = BUILT_IN.name
        else:
            path = gguf_at(path)
            name = path.stem
        self._engine = LocalEngine(
            path, context=LOCAL_CONTEXT, root=settings.model_dir, ui=self._ui
        )
        self._engine.start()
        return Endpoint(
            base_url=self._engine.base_url,
            api_key=self._engine.api_key,
            model=name,
            timeout=settings.timeout,
            retries=0,
            context=LOCAL_CONTEXT,
            comfortable=LOCAL_COMFORT,
            group=1,
            small=True,
            label=LOCAL_LABEL,
            jobs=1,
            local_only=True,
        )

    def _stop_engine(self) -> None:
        if self._engine is not None:
            self._engine.close()
            self._engine = None
