"""Many connections in small pools: spread evenly, given back, and no more than allowed."""

from __future__ import annotations

import asyncio
import json
import ssl

import httpx2

from summ.llm.openai_backend import OpenAIBackend
from summ.llm.pools import FEW, Pools
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
    good = chat("fine")
    kinds = [good.but(drop_after=5), failing(500), good.but(delay=30.0), good]
    count = iter(range(10_000))
    endpoint.respond = lambda _: kinds[next(count) % 4]

    async def main() -> None:
        pools = Pools(2 * FEW, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        async with httpx2.AsyncClient(transport=pools, trust_env=False) as client:

            async def post(seconds: float) -> int:
                url = f"{endpoint.base_url}/chat/completions"
                async with asyncio.timeout(seconds):
                    response = await client.post(url, json={}, timeout=60.0)
                    return len(response.text)

            first = await asyncio.gather(*(post(0.5) for _ in range(60)), return_exceptions=True)
            assert 10 < sum(isinstance(one, Exception) for one in first) < 60
            endpoint.respond = lambda _: good
            # More than that at once would wait for a connection that nobody gives back.
            assert all(await asyncio.gather(*(post(20.0) for _ in range(2 * FEW))))

    asyncio.run(main())
