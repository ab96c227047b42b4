"""Many connections in small pools: spread evenly, given back, and no more than allowed."""

from __future__ import annotations

import asyncio
import json

from summ.llm.openai_backend import OpenAIBackend
from tests.fake_endpoint import FakeEndpoint, chat, failing
from tests.llm.helpers import GOOD, at, request


def test_requests_beyond_one_pool_are_all_answered(endpoint: FakeEndpoint) -> None:
    good = chat(json.dumps(GOOD))
    endpoint.respond = lambda _: good.but(delay=0.02)

    async def main() -> None:
        backend = OpenAIBackend(at(endpoint.base_url, jobs=20))
        asked = [request(task=f"task-{number}") for number in range(60)]
        replies = await asyncio.gather(*map(backend.complete, asked))
        assert all(reply.data == GOOD for reply in replies)
        await backend.aclose()

    asyncio.run(main())
    assert len(endpoint.requests) == 60
    assert endpoint.peak <= 20


def test_connections_that_break_or_are_given_up_are_given_back(endpoint: FakeEndpoint) -> None:
    good = chat(json.dumps(GOOD))
    kinds = [good.but(drop_after=5), failing(500), good.but(delay=30.0), good]
    count = iter(range(10_000))
    endpoint.respond = lambda _: kinds[next(count) % 4] if len(endpoint.requests) < 60 else good

    async def main() -> None:
        backend = OpenAIBackend(at(endpoint.base_url, jobs=16, timeout=0.3, retries=0))
        asked = [request(task=f"task-{number}") for number in range(60)]
        await asyncio.gather(*map(backend.complete, asked), return_exceptions=True)
        later = [request(task=f"later-{number}") for number in range(16)]
        replies = await asyncio.gather(*map(backend.complete, later), return_exceptions=True)
        assert any(getattr(reply, "data", None) == GOOD for reply in replies)
        transport = backend._client._client._transport
        assert transport._busy == [0] * 2
        await backend.aclose()

    asyncio.run(main())
