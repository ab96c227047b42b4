"""What every `Backend` must do. Another one joins by a fixture parameter of its own."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from summ.errors import EndpointError, ReplyError
from summ.llm.port import Backend
from summ.model import Message, Profile, Request
from tests.fake_endpoint import FakeEndpoint, chat, failing
from tests.llm.helpers import GOOD, SCHEMA, backend, request

Make = Callable[[], Backend]


@pytest.fixture(params=["openai"])
def make(endpoint: FakeEndpoint) -> Iterator[Make]:
    """Makes a backend behind which a model answers `GOOD`, or `fine` to free text."""
    endpoint.respond = lambda body: GOOD if "response_format" in body else "fine"
    yield lambda: backend(endpoint.base_url)
    # Whatever a test did: no request without a limit.
    for received in endpoint.requests:
        limits = [received.body.get(k) for k in ("max_tokens", "max_completion_tokens")]
        assert any(isinstance(limit, int) and limit > 0 for limit in limits)


def test_the_profile_is_known_before_a_call(make: Make) -> None:
    one = make()
    assert isinstance(one.profile, Profile)
    assert one.profile.model
    assert one.profile.endpoint
    assert one.profile.context > one.profile.comfortable > 0
    asyncio.run(one.aclose())


def test_the_context_is_told_from_the_profile_alone_or_by_asking(make: Make) -> None:
    async def run() -> None:
        one = make()
        assert one.profile.context > 0
        found = await one.context()
        assert found == await one.context() == one.profile.context
        await one.aclose()

    asyncio.run(run())


def test_data_meets_the_schema(make: Make) -> None:
    async def run() -> None:
        one = make()
        reply = await one.complete(request())
        assert set(reply.data) == set(SCHEMA["properties"])
        assert reply.text
        assert reply.usage.calls >= 1
        await one.aclose()

    asyncio.run(run())


def test_free_text(make: Make) -> None:
    async def run() -> None:
        one = make()
        reply = await one.complete(request(schema=None))
        assert reply.data is None
        assert reply.text.strip() == reply.text != ""
        await one.aclose()

    asyncio.run(run())


def test_calls_may_overlap_and_closing_twice_is_fine(make: Make) -> None:
    async def run() -> None:
        one = make()
        replies = await asyncio.gather(*(one.complete(request()) for _ in range(8)))
        assert all(reply.data for reply in replies)
        await one.aclose()
        await one.aclose()

    asyncio.run(run())


def test_cancelling_a_call_leaves_the_backend_usable(make: Make) -> None:
    async def run() -> None:
        one = make()
        task = asyncio.create_task(one.complete(request()))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await one.complete(request())).data
        await one.aclose()

    asyncio.run(run())


def test_a_limit_of_nothing_is_still_a_limit(make: Make) -> None:
    async def run() -> None:
        one = make()
        await one.complete(Request("t", (Message("user", "x"),), max_tokens=0))
        await one.aclose()

    asyncio.run(run())


def test_importing_the_room_is_cheap() -> None:
    # The pools are a part of the client, and come with it.
    heavy = {"openai", "httpx2", "pydantic", "fastjsonschema", "anyio"}
    code = (
        "import sys, pkgutil, importlib, summ.llm\n"
        "for module in pkgutil.iter_modules(summ.llm.__path__, 'summ.llm.'):\n"
        "    module.name.endswith('.pools') or importlib.import_module(module.name)\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_many_calls_leak_nothing(endpoint: FakeEndpoint) -> None:
    """200 at once, a part of which fail in every way; unclosed sockets would warn, and fail."""
    answers = [
        chat("{}"),
        chat("fine"),
        failing(500),
        failing(400),
        chat("", "length"),
        chat("x").but(drop_after=9),
    ]
    count = iter(range(10**6))
    endpoint.respond = lambda _: answers[next(count) % len(answers)]

    async def run() -> None:
        one = backend(endpoint.base_url, jobs=16, retries=2)
        asked = [request(schema=None, task=f"task-{number}") for number in range(200)]
        results = await asyncio.gather(*map(one.complete, asked), return_exceptions=True)
        assert all(
            not isinstance(r, BaseException) or isinstance(r, EndpointError | ReplyError)
            for r in results
        )
        assert one.spent.calls == len(endpoint.requests)
        await one.aclose()

    asyncio.run(run())
    gc.collect()
    assert 2 <= endpoint.peak <= 16
