"""How a backend finds out what its model holds."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from summ.llm import openai_backend
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import DEFAULT_CONTEXT
from summ.model import Price, Usage
from tests.fake_endpoint import FakeEndpoint, Scripted, chat, failing, redirect
from tests.llm.helpers import GOOD, at, backend, request


def found(endpoint: FakeEndpoint, **fields: Any) -> int:
    """What a backend says that did not hear of it from the user."""

    async def run() -> int:
        one = backend(endpoint.base_url, **{"context": None, **fields})
        try:
            before = one.profile
            context = await one.context()
            assert one.profile is before, "what is known beforehand does not change"
            assert one.spent == Usage()
            return context
        finally:
            await one.aclose()

    return asyncio.run(run())


def list_of(**entry: Any) -> dict[str, Any]:
    return {"object": "list", "data": [{"id": "x"}, {"id": "fake-1", "object": "model", **entry}]}


def test_the_server_is_asked_as_for_a_call(endpoint: FakeEndpoint) -> None:
    endpoint.listing = list_of(max_model_len=8192)
    assert found(endpoint) == 8192
    (asked,) = endpoint.list_requests
    assert (asked.method, asked.path) == ("GET", "/v1/models")
    assert asked.headers["authorization"] == "Bearer sk-secret-42"
    assert "openai-organization" not in asked.headers
    assert endpoint.requests == []


def test_without_a_key_none_is_sent(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    found(endpoint, api_key="")
    assert "authorization" not in endpoint.list_requests[0].headers


def test_a_query_of_the_base_url_is_kept(endpoint: FakeEndpoint) -> None:
    endpoint.listing = list_of(context_window=4096)

    async def run() -> int:
        one = backend(f"{endpoint.base_url}?api-version=1", context=None)
        context = await one.context()
        await one.aclose()
        return context

    assert asyncio.run(run()) == 4096
    assert endpoint.list_requests[0].path == "/v1/models?api-version=1"


def test_what_the_user_says_wins_and_nobody_is_asked(endpoint: FakeEndpoint) -> None:
    endpoint.listing = list_of(max_model_len=8192)
    assert found(endpoint, context=2048) == 2048
    assert endpoint.list_requests == []


def test_the_server_wins_over_the_table(endpoint: FakeEndpoint) -> None:
    endpoint.listing = {"data": [{"id": "llama3.1:8b", "loaded_context_length": 4096}]}
    assert found(endpoint, model="llama3.1:8b") == 4096


def test_the_table_wins_over_the_default(endpoint: FakeEndpoint) -> None:
    assert found(endpoint, model="gemma2:9b") == 8192
    assert found(endpoint) == DEFAULT_CONTEXT


def test_the_profile_opens_no_socket(endpoint: FakeEndpoint) -> None:
    endpoint.listing = list_of(max_model_len=8192)
    one = backend(endpoint.base_url, context=None)
    assert one.profile.context == DEFAULT_CONTEXT
    assert backend(endpoint.base_url, context=None, model="gemma2:9b").profile.context == 8192
    assert endpoint.list_requests == []


def test_many_at_once_ask_once(endpoint: FakeEndpoint) -> None:
    endpoint.listing = Scripted(b'{"data": [{"id": "fake-1", "n_ctx": 4096}]}', delay=0.1)

    async def run() -> list[int]:
        one = backend(endpoint.base_url, context=None, jobs=8)
        contexts = await asyncio.gather(*(one.context() for _ in range(8)))
        contexts.append(await one.context())
        await one.aclose()
        return contexts

    assert asyncio.run(run()) == [4096] * 9
    assert len(endpoint.list_requests) == 1


def test_one_that_gives_up_waiting_leaves_the_others_an_answer(endpoint: FakeEndpoint) -> None:
    endpoint.listing = Scripted(b'{"data": [{"id": "fake-1", "n_ctx": 4096}]}', delay=0.1)

    async def run() -> None:
        one = backend(endpoint.base_url, context=None)
        first, second = (asyncio.create_task(one.context()) for _ in range(2))
        await asyncio.sleep(0.03)
        first.cancel()
        assert await second == 4096
        assert first.cancelled()
        await one.aclose()

    asyncio.run(run())


@pytest.mark.parametrize(
    "answer",
    [
        failing(401, "no key"),
        failing(404, "no such path"),
        failing(429, "slow down", retry_after="60"),
        failing(500),
        Scripted(b"<html>Log in"),
        Scripted(b"[" * 100_000),
        Scripted(b"\xff\xfe\x00", headers={"content-type": "application/json; charset=klingon"}),
        Scripted(b"x", headers={"content-encoding": "gzip"}),
        Scripted(raw=b"SSH-2.0-OpenSSH_9.6\r\n"),
        Scripted(b'{"data": []}').but(drop_after=3),
    ],
)
def test_a_failure_is_silent_and_final(endpoint: FakeEndpoint, answer: Scripted) -> None:
    endpoint.listing = answer

    async def run() -> None:
        one = backend(endpoint.base_url, context=None, retries=5)
        assert await one.context() == DEFAULT_CONTEXT
        assert await one.context() == DEFAULT_CONTEXT
        endpoint.push(GOOD)
        # Not even a pause that the list asked for holds up a call.
        assert (await one.complete(request())).usage.calls == 1
        await one.aclose()

    asyncio.run(run())
    assert len(endpoint.list_requests) == 1


def test_nobody_listens() -> None:
    async def run() -> int:
        one = backend("http://model.invalid/v1", context=None)
        context = await one.context()
        await one.aclose()
        return context

    assert asyncio.run(run()) == DEFAULT_CONTEXT


@pytest.mark.parametrize(("delay", "drip"), [(30.0, 0.0), (0.0, 0.05)])
def test_a_server_that_hangs_costs_a_short_wait(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch, delay: float, drip: float
) -> None:
    monkeypatch.setattr(openai_backend, "LIST_TIMEOUT", 0.2)  # a constant, to save the wait
    body = b'{"data": [{"id": "fake-1", "n_ctx": 4096}]}'
    endpoint.listing = Scripted(body, delay=delay, drip=drip)
    start = time.monotonic()
    assert found(endpoint, timeout=60.0) == DEFAULT_CONTEXT
    assert time.monotonic() - start < 2


def test_the_deadline_of_a_call_holds_where_it_is_shorter(endpoint: FakeEndpoint) -> None:
    assert openai_backend.LIST_TIMEOUT == 5.0
    endpoint.listing = Scripted(b"{}", delay=30.0)
    start = time.monotonic()
    assert found(endpoint, timeout=0.2) == DEFAULT_CONTEXT
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(endpoint: FakeEndpoint, status: int) -> None:
    with FakeEndpoint() as elsewhere:
        elsewhere.listing = list_of(max_model_len=8192)
        endpoint.listing = redirect(f"{elsewhere.base_url}/models", status)
        assert found(endpoint) == DEFAULT_CONTEXT
        assert elsewhere.list_requests == []


def test_openai_is_not_asked() -> None:
    # No test may reach it: a request would fail this one.
    async def run() -> int:
        one = OpenAIBackend(at("https://api.openai.com/v1", context=None, model="gpt-5.4-mini"))
        context = await one.context()
        assert one.profile.price == Price(0.75, 0.075, 4.50)
        await one.aclose()
        return context

    assert asyncio.run(run()) == 400_000


def test_the_same_model_elsewhere_has_no_price(endpoint: FakeEndpoint) -> None:
    assert backend(endpoint.base_url, model="gpt-5.4-mini").profile.price is None


def test_a_cut_reply_grows_as_far_as_the_context_that_was_found(endpoint: FakeEndpoint) -> None:
    endpoint.listing = list_of(max_model_len=1000)
    endpoint.push(chat("{", "length", usage=(900, 64)), GOOD)

    async def run() -> None:
        one = backend(endpoint.base_url, context=None)
        await one.context()
        await one.complete(request())
        await one.aclose()

    asyncio.run(run())
    assert [received.body["max_tokens"] for received in endpoint.requests] == [64, 100]
