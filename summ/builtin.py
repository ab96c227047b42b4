"""The built-in model as a backend: fetched and loaded when it is first asked.

Of an article in a language that it is not trusted to rewrite it is asked nothing, and
then there is no reason to fetch a gigabyte.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from pathlib import Path

from summ.config import Settings
from summ.errors import SummError
from summ.llm.limits import Limiter
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import Endpoint
from summ.llm.traffic import Traffic
from summ.local.engine import LocalEngine
from summ.local.store import BUILT_IN, fetch, gguf_at
from summ.model import Price, Profile, Reply, Request, Ui

CONTEXT = 8_192
"""Tokens of its context: far more than a sentence and its examples, at little memory."""

COMFORT = 3_000
"""Prompt tokens that it is trusted with at most; what it is asked is a tenth of that."""

LABEL = "built-in"

FREE = Price(0.0, 0.0, 0.0)
"""It runs on the user's own machine."""


def builtin_profile(path: Path | None) -> Profile:
    """A small model, given one sentence at a time: `path` if given, else the one fetched."""
    return Profile(
        model=path.stem if path else BUILT_IN.name,
        endpoint=LABEL,
        context=CONTEXT,
        comfortable=COMFORT,
        group=1,
        small=True,
        price=FREE,
    )


class BuiltInBackend:
    """A `Backend` that starts llama.cpp in this process, once, on the first request."""

    def __init__(self, settings: Settings, ui: Ui, traffic: Traffic | None = None) -> None:
        """Check what can be checked without loading anything.

        Args:
            settings: of the run.
            ui: is told of what is fetched and loaded.
            traffic: what the requests go through; by default without caps and store.

        Raises:
            ConfigError: the extra or a library is missing, or the file is no model.
            InputError: there is no such file.
        """
        LocalEngine.require_library(settings.model_dir)
        self._settings = settings
        self._ui = ui
        self._traffic = traffic or Traffic(Limiter(1))
        own = settings.model_path
        self._path = gguf_at(own) if own is not None else None
        self._gate = asyncio.Lock()
        self._engine: LocalEngine | None = None
        self._backend: OpenAIBackend | None = None
        self._failed: SummError | None = None

    @property
    def profile(self) -> Profile:
        """See `builtin_profile`."""
        return builtin_profile(self._path)

    @property
    def fingerprint(self) -> str:
        """What tells a model file of the user's own from another of the same name."""
        if self._path is None:
            return ""
        state = self._path.stat()
        return f"{self._path.resolve()} {state.st_size} {state.st_mtime_ns}"

    async def context(self) -> int:
        """`CONTEXT`: it is started with this much, whatever the setting `context` says."""
        return CONTEXT

    async def complete(self, request: Request) -> Reply:
        """Answer `request`; see `Backend`.

        Raises:
            FetchError: the model could not be fetched.
            ConfigError: it can't be run here.
        """
        return await (await self._ready()).complete(request)

    async def _ready(self) -> OpenAIBackend:
        """The model, started once; what could not be fetched once is not fetched for the next."""
        async with self._gate:
            if self._failed is not None:
                raise self._failed
            if self._backend is None:
                try:
                    self._backend = OpenAIBackend(await self._start(), traffic=self._traffic)
                except SummError as error:
                    self._failed = error
                    raise
        return self._backend

    def forget(self, replies: Iterable[bytes]) -> None:
        """See `Backend`."""
        self._traffic.store.forget(replies)

    async def aclose(self) -> None:
        """Close the connections. Safe to call twice."""
        if self._backend is not None:
            await self._backend.aclose()

    def stop(self) -> None:
        """Stop the engine, if it runs. Safe to call twice."""
        if self._engine is not None:
            self._engine.close()

    async def _start(self) -> Endpoint:
        """Fetch and load in a thread, which stops soon when the caller is cancelled."""
        cancel = threading.Event()
        try:
            return await asyncio.to_thread(self._load, cancel)
        except asyncio.CancelledError:
            cancel.set()
            self.stop()
            raise

    def _load(self, cancel: threading.Event) -> Endpoint:
        settings = self._settings
        path: Path = self._path or fetch(BUILT_IN, settings.model_dir, self._ui, cancel=cancel)
        engine = LocalEngine(path, context=CONTEXT, root=settings.model_dir, ui=self._ui)
        self._engine = engine
        self._ui.progress("loading the model", 0, None)
        engine.start()
        profile = self.profile
        return Endpoint(
            base_url=engine.base_url,
            api_key=engine.api_key,
            model=profile.model,
            timeout=settings.timeout,
            retries=0,
            context=profile.context,
            comfortable=profile.comfortable,
            group=profile.group,
            small=profile.small,
            label=LABEL,
            jobs=1,  # one slot, so that all requests share one prefix cache
            local_only=True,
            fingerprint=self.fingerprint,
        )
