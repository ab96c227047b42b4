"""What is known of a model at an endpoint without asking it."""

from __future__ import annotations

from urllib.parse import urlsplit

from summ.llm.known_models import known, price_at
from summ.llm.port import DEFAULT_CONTEXT, Endpoint
from summ.llm.urls import public_url
from summ.model import Profile


def profile_of(endpoint: Endpoint) -> Profile:
    """What the model can do; `context` is the user's word, the table's, or the default."""
    row = known(endpoint.model)
    usual = row.context if row is not None and row.context else DEFAULT_CONTEXT
    return Profile(
        model=endpoint.model,
        endpoint=endpoint.label or public_url(endpoint.base_url),
        context=endpoint.context or usual,
        comfortable=endpoint.comfortable,
        group=endpoint.group,
        small=endpoint.small,
        price=endpoint.price
        or price_at(urlsplit(endpoint.base_url).hostname or "", endpoint.model),
    )
