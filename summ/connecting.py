"""From settings to what requests are sent to, and what they go through on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summ.builtin import FREE
from summ.config import DEFAULT_BASE_URL, Settings
from summ.errors import ConfigError
from summ.llm.budget import Budget, Caps
from summ.llm.cache import Store
from summ.llm.cache_port import NoStore
from summ.llm.known_models import own_price
from summ.llm.limits import Limiter
from summ.llm.port import Endpoint
from summ.llm.profiles import profile_of
from summ.llm.traffic import Traffic
from summ.model import Message, Ui, Usage
from summ.text.tokens import counter_for

LARGE_COMFORT = 24_000
"""Prompt tokens up to which a large model is given an article in one piece."""

_ENVELOPE = 600
"""Tokens of a request besides its texts: the schema, and what a chat template adds."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears of calls.

    Attributes:
        spent: what one took, or that an answer came from the store.
        paused: for so many seconds nothing is sent, since the endpoint asked for it.
    """

    spent: Callable[[Usage], None]
    paused: Callable[[float], None]


UNTOLD = Told(lambda _usage: None, lambda _seconds: None)


def endpoint_of(settings: Settings) -> Endpoint:
    """The endpoint that is asked; not for the built-in model."""
    read, written = settings.price_in, settings.price_out
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
        price=None if read is None or written is None else own_price(read, written),
    )


def store_of(settings: Settings, ui: Ui) -> Store | NoStore:
    """The store of replies and reports, open.

    Raises:
        ConfigError: it is another user's.
    """
    if not settings.cache:
        return NoStore()
    store = Store(
        settings.cache_dir, told=ui.notice, limit=settings.cache_limit, refresh=settings.refresh
    )
    store.open()
    return store


def jobs_of(settings: Settings) -> int:
    """Requests in flight, at most."""
    return 1 if settings.builtin else settings.jobs


def traffic_of(settings: Settings, store: Store | NoStore, told: Told) -> Traffic:
    """What all requests of a run go through.

    Raises:
        ConfigError: a cap needs a price that is not known.
    """
    caps = Caps(settings.max_cost, settings.max_calls, settings.max_tokens)
    price = FREE if settings.builtin else profile_of(endpoint_of(settings)).price
    if caps.cost is not None and price is None:
        raise ConfigError(
            "--max-cost needs a price, and none is known for this model there.",
            "Name it with --price-in and --price-out, or use --max-calls or --max-tokens.",
        )
    counter = counter_for(settings.model)

    def measure(messages: Sequence[Message]) -> int:
        text = "\n".join(message.content for message in messages)
        return counter.count(text) + _ENVELOPE

    counted = any(one is not None for one in (caps.cost, caps.tokens, settings.tpm))
    return Traffic(
        Limiter(jobs_of(settings), settings.rpm, settings.tpm, told=told.paused),
        Budget(caps, price),
        store,
        measure=measure if counted else None,
        told=told.spent,
    )
