from __future__ import annotations

import asyncio
from typing import Any

import pytest

from summ.config import resolve
from summ.model import Source
from summ.session import Session
from tests.fake_endpoint import FakeEndpoint
from tests.local.helpers import Told


def context(endpoint: FakeEndpoint, **flags: Any) -> int:
    """What a run with these flags takes the model to hold."""
    flags = {"base_url": endpoint.base_url, "model": "fake", **flags}

    async def ask() -> int:
        try:
            return await session.tools.backend.context()
        finally:
            await session.aclose()

    with Session(resolve(flags, {}, None).settings, Told()) as session:
        return asyncio.run(ask())


@pytest.mark.parametrize(("flags", "tokens"), [({}, 8192), ({"context": "2048"}, 2048)])
def test_the_context_is_the_users_word_or_the_servers(
    endpoint: FakeEndpoint, flags: dict[str, Any], tokens: int
) -> None:
    endpoint.listing = {"data": [{"id": "fake", "max_model_len": 8192}]}
    assert context(endpoint, **flags) == tokens
    assert len(endpoint.list_requests) == (not flags)


def test_reports_of_endpoints_that_differ_in_their_query_are_told_apart() -> None:
    def key(**flags: object) -> str:
        given = {"base_url": "http://127.0.0.1:9/v1", "model": "m", "cache": False, **flags}
        with Session(resolve(given, {}, None).settings, Told()) as session:
            return session.key(Source("-", "text/plain", "The ferry is late."), frozenset({"text"}))

    assert key() == key(jobs=9, timeout=7)
    assert key() != key(base_url="http://127.0.0.1:9/v1?api-version=2")
