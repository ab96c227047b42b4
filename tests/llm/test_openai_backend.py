from __future__ import annotations

import asyncio
import json
import socket
import time
import traceback
from typing import Any

import openai  # noqa: TID251  its exceptions are enumerated
import pytest

from summ.errors import (
    AuthError,
    ConfigError,
    ContextTooLongError,
    EmptyReplyError,
    EndpointError,
    EndpointTimeoutError,
    MalformedReplyError,
    RateLimitedError,
    RefusalError,
    SummError,
    TruncatedReplyError,
    UnreachableError,
)
from summ.llm.dialect import REASONING_ROOM, Dialect
from summ.llm.failures import Context
from summ.llm.openai_backend import OpenAIBackend, failure_of
from summ.model import Reply, Request, Usage
from tests.fake_endpoint import FakeEndpoint, Received, Scripted, chat, failing, redirect
from tests.llm.helpers import ARTICLE, GOOD, SCHEMA, at, backend, request


def call(endpoint: FakeEndpoint, asked: Request | None = None, **fields: Any) -> Reply:
    """One call at the endpoint."""

    async def run() -> Reply:
        one = backend(endpoint.base_url, **fields)
        try:
            return await one.complete(asked or request())
        finally:
            await one.aclose()

    return asyncio.run(run())


def bodies(endpoint: FakeEndpoint) -> list[Any]:
    return [received.body for received in endpoint.requests]


# --- what is sent --------------------------------------------------------------------


def test_the_body_of_a_request(endpoint: FakeEndpoint) -> None:
    endpoint.push(GOOD)
    extra = {"cache_prompt": True, "max_tokens": -1, "model": "x", "stream": True, "n": 5}
    reply = call(endpoint, request(temperature=0.5), extra_body=extra)
    usage = Usage(1, 100, 20)
    assert reply == Reply(json.dumps(GOOD), GOOD, usage, answers=usage)
    assert bodies(endpoint) == [
        {
            "cache_prompt": True,
            "model": "fake-1",
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": ARTICLE},
            ],
            "max_tokens": 64,
            "temperature": 0.5,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "brief", "strict": True, "schema": SCHEMA},
            },
        }
    ]
    assert endpoint.requests[0].path == "/v1/chat/completions"
    assert endpoint.requests[0].headers["authorization"] == "Bearer sk-secret-42"


def test_without_a_key_none_is_sent(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    endpoint.push(GOOD)
    call(endpoint, api_key="")
    assert "authorization" not in endpoint.requests[0].headers
    assert "openai-organization" not in endpoint.requests[0].headers


def test_a_query_of_the_base_url_is_kept(endpoint: FakeEndpoint) -> None:
    endpoint.push(GOOD)

    async def run() -> None:
        one = backend(f"{endpoint.base_url}?api-version=2026-01")
        await one.complete(request())
        assert one.profile.endpoint == endpoint.base_url
        await one.aclose()

    asyncio.run(run())
    assert endpoint.requests[0].path == "/v1/chat/completions?api-version=2026-01"


def test_loopback_is_not_reached_through_a_proxy(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    endpoint.push(GOOD)
    assert call(endpoint).data == GOOD


def test_other_hosts_are_reached_through_a_proxy(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", endpoint.base_url.removesuffix("/v1"))
    endpoint.push(GOOD)

    async def run() -> None:
        one = backend("http://model.invalid/v1")
        assert (await one.complete(request())).data == GOOD
        await one.aclose()

    asyncio.run(run())
    assert endpoint.requests[0].path == "http://model.invalid/v1/chat/completions"


def test_a_proxy_that_is_no_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "gopher://x")
    with pytest.raises(ConfigError, match="can't be set up"):
        backend("http://model.invalid/v1")


# --- the server's dialect ------------------------------------------------------------


def picky(*, formats: tuple[str, ...] = (), limit: str = "max_tokens", warm: bool = True) -> Any:
    """A server that accepts some fields only, and answers what was asked for."""

    def respond(body: Any) -> Any:
        form = body.get("response_format", {}).get("type", "none")
        if limit not in body:
            return failing(
                400,
                "Unsupported parameter: 'max_tokens' is not supported with this model. "
                "Use 'max_completion_tokens' instead.",
            )
        if "temperature" in body and not warm:
            return failing(
                400,
                "Unsupported value: 'temperature' does not support 0 with this model. "
                "Only the default (1) value is supported.",
            )
        if form not in formats:
            return failing(
                400,
                f"Invalid parameter: 'response_format' of type '{form}' is not supported "
                "with this model.",
            )
        return f"Here you are:\n```json\n{json.dumps(GOOD)}\n```"

    return respond


@pytest.mark.parametrize(
    ("formats", "sent"),
    [
        (("json_schema",), ["json_schema"]),
        (("json_object",), ["json_schema", "json_object"]),
        (("none",), ["json_schema", "json_object", None]),
    ],
)
def test_the_ladder(endpoint: FakeEndpoint, formats: tuple[str, ...], sent: list[Any]) -> None:
    endpoint.respond = picky(formats=formats)
    reply = call(endpoint)
    assert reply.data == GOOD
    assert reply.usage.calls == len(sent)
    assert [b.get("response_format", {}).get("type") for b in bodies(endpoint)] == sent
    told = [
        json.dumps(SCHEMA, separators=(",", ":")) in b["messages"][-1]["content"]
        for b in bodies(endpoint)
    ]
    assert told == [False] + [True] * (len(sent) - 1)
    assert all("schema" not in b["messages"][0]["content"] for b in bodies(endpoint))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"error": {"message": "failed to parse grammar", "type": "invalid_request_error"}}),
        (400, {"error": "JSON schema conversion failed"}),
        (
            422,
            {"detail": [{"loc": ["body", "response_format"], "msg": "extra fields not permitted"}]},
        ),
        (
            404,
            {"error": {"message": "No endpoints found that can handle the requested parameters."}},
        ),
        (501, {"message": "guided decoding is not enabled"}),
        (400, {"error": {"message": "'response_format.type' must be 'json_schema' or 'text'"}}),
    ],
)
def test_the_ways_to_refuse_a_schema(endpoint: FakeEndpoint, status: int, body: Any) -> None:
    endpoint.push(failing(status, body), GOOD)
    assert call(endpoint).data == GOOD
    assert bodies(endpoint)[1]["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize(
    "error",
    [
        failing(400, "maximum context length is 4096 tokens; response_format counts too"),
        failing(401, "no response_format for you"),
        failing(400, "bad"),
    ],
)
def test_other_refusals_leave_the_ladder_alone(endpoint: FakeEndpoint, error: Scripted) -> None:
    endpoint.push(error)
    with pytest.raises(EndpointError):
        call(endpoint)
    assert len(endpoint.requests) == 1


def test_what_was_learnt_is_remembered_and_learnt_once(endpoint: FakeEndpoint) -> None:
    endpoint.respond = picky(formats=("json_object",), limit="max_completion_tokens", warm=False)

    async def run() -> None:
        one = backend(endpoint.base_url, jobs=8)
        asked = [request(task=f"task-{number}") for number in range(16)]
        first = await asyncio.gather(*map(one.complete, asked[:8]))
        before = len(endpoint.requests)
        later = await asyncio.gather(*map(one.complete, asked[8:]))
        assert all(r.data == GOOD for r in [*first, *later])
        assert len(endpoint.requests) == before + 8
        await one.aclose()

    asyncio.run(run())
    last = bodies(endpoint)[-1]
    assert last["response_format"] == {"type": "json_object"}
    assert last["max_completion_tokens"] == 64 + REASONING_ROOM
    assert "temperature" not in last
    assert "max_tokens" not in last


def test_a_limit_that_is_too_large_is_not_a_matter_of_names(endpoint: FakeEndpoint) -> None:
    endpoint.push(
        failing(
            400,
            "'max_tokens' or 'max_completion_tokens' is too large: 64. "
            "This model's maximum context length is 60 tokens.",
        )
    )
    with pytest.raises(ContextTooLongError):
        call(endpoint)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    ("host", "model", "own"),
    [
        ("api.openai.com", "gpt-5-mini", True),
        ("api.openai.com", "o3", True),
        ("api.openai.com", "gpt-6", True),
        ("api.openai.com", "o4-mini", True),
        ("api.openai.com", "gpt-4o", False),
        ("x.example", "gpt-5", False),
        ("api.openai.com", "gpt-4.1", False),
    ],
)
def test_reasoning_models_of_openai_are_known_beforehand(host: str, model: str, own: bool) -> None:
    dialect = Dialect.of(host, model)
    assert (dialect.completion_limit, dialect.temperature) == (own, not own)


# --- what counts as an answer --------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Scripted(b'{"error":{"message":"upstream is down","code":502}}'), EndpointError),
        (Scripted(b'{"error":{"message":"slow","code":429}}'), RateLimitedError),
        (Scripted(b'{"error":"no idea"}'), EndpointError),
        (Scripted(b'{"choices":[]}'), EndpointError),
        (Scripted(b'{"choices":null}'), EndpointError),
        (Scripted(b'{"choices":[null]}'), EndpointError),
        (Scripted(b'{"choices":[{"finish_reason":"error","error":{"code":503}}]}'), EndpointError),
        (Scripted(b'"just a string"'), EndpointError),
        (Scripted(b"[]"), EndpointError),
        (Scripted(b""), EndpointError),
        (Scripted(b"{"), EndpointError),
        (Scripted(b"[" * 100_000), EndpointError),
        (
            Scripted(b"<!doctype html><p>Log in", headers={"content-type": "text/html"}),
            EndpointError,
        ),
        (
            Scripted(
                b"\xff\xfe\x00", headers={"content-type": "application/json; charset=klingon"}
            ),
            EndpointError,
        ),
        (Scripted(b"x", headers={"content-encoding": "gzip"}), EndpointError),
        (chat(json.dumps(GOOD)).but(status=202), EndpointError),
        (chat(None), EmptyReplyError),
        (chat("  \n"), EmptyReplyError),
        (chat("<think>all thoughts"), EmptyReplyError),
        (chat(json.dumps(GOOD), None), MalformedReplyError),
        (chat(json.dumps(GOOD), ""), MalformedReplyError),
        (chat(json.dumps(GOOD), "eos"), MalformedReplyError),
        (chat(json.dumps(GOOD), "tool_calls"), MalformedReplyError),
        (chat(json.dumps(GOOD), "length"), TruncatedReplyError),
        (chat("", "content_filter"), RefusalError),
        (chat(None, refusal="I can't help with that."), RefusalError),
        (chat("I'd rather not."), MalformedReplyError),
        (
            Scripted(
                b'{"choices":[{"finish_reason":"stop","message":{"content":[{"text":"x"}]}}]}'
            ),
            MalformedReplyError,
        ),
        (Scripted(b'{"choices":[{"finish_reason":"stop"}]}'), EmptyReplyError),
    ],
)
def test_what_does_not_count(
    endpoint: FakeEndpoint, answer: Scripted, kind: type[SummError]
) -> None:
    endpoint.respond = lambda _: answer
    with pytest.raises(SummError) as caught:
        call(endpoint)
    assert type(caught.value) is kind
    assert len(endpoint.requests) <= 2
    assert "bridge" not in str(caught.value)


def test_usage_is_added_up_over_attempts_and_kept_when_they_fail(endpoint: FakeEndpoint) -> None:
    endpoint.push(
        failing(500), chat("nonsense", usage=(10, 2, 4)), chat(json.dumps(GOOD), usage=(30, 5))
    )
    assert call(endpoint).usage == Usage(3, 40, 7, 4)
    odd = {"prompt_tokens": True, "completion_tokens": -1, "prompt_tokens_details": []}
    body = json.loads(chat("x").body) | {"usage": odd}
    endpoint.respond = lambda _: Scripted(json.dumps(body).encode())

    async def run() -> Usage:
        one = backend(endpoint.base_url)
        with pytest.raises(MalformedReplyError):
            await one.complete(request())
        await one.aclose()
        return one.spent

    assert asyncio.run(run()) == Usage(2)


# --- repair --------------------------------------------------------------------------


def test_a_bad_reply_is_asked_for_once_more_with_the_error(endpoint: FakeEndpoint) -> None:
    endpoint.push('{"items": [{"text": 1, "cites": []}]}' + " " * 9000, GOOD)
    assert call(endpoint).data == GOOD
    *head, bad, remark = bodies(endpoint)[1]["messages"]
    assert head == bodies(endpoint)[0]["messages"]
    assert bad["role"] == "assistant"
    assert len(bad["content"]) <= 2000
    assert "data.items[0].text must be string" in remark["content"]
    # The server does not hold replies to the schema: the model is told in words.
    assert '"additionalProperties":false' in remark["content"]


def test_there_is_one_re_ask(endpoint: FakeEndpoint) -> None:
    endpoint.respond = lambda _: "no"
    with pytest.raises(MalformedReplyError) as caught:
        call(endpoint, retries=5)
    assert len(endpoint.requests) == 2
    assert caught.value.text == "no"


def test_an_empty_reply_is_asked_for_in_the_same_turn(endpoint: FakeEndpoint) -> None:
    endpoint.push("", GOOD)
    assert call(endpoint).data == GOOD
    roles = [m["role"] for m in bodies(endpoint)[1]["messages"]]
    assert roles == ["system", "user"]


def test_a_cut_reply_is_asked_for_with_twice_the_room(endpoint: FakeEndpoint) -> None:
    endpoint.push(chat("{", "length"), GOOD)
    assert call(endpoint).data == GOOD
    assert [b["max_tokens"] for b in bodies(endpoint)] == [64, 128]


def test_the_room_ends_with_the_context(endpoint: FakeEndpoint) -> None:
    endpoint.push(chat("{", "length", usage=(900, 64)), chat("{", "length", usage=(900, 64)))
    with pytest.raises(TruncatedReplyError):
        call(endpoint, context=1000)
    assert [b["max_tokens"] for b in bodies(endpoint)] == [64, 100]
    endpoint.push(chat("{", "length", usage=(936, 64)))
    with pytest.raises(TruncatedReplyError):
        call(endpoint, context=1000)
    assert len(endpoint.requests) == 3


def test_a_cut_reply_may_still_need_repair_and_is_never_salvaged(endpoint: FakeEndpoint) -> None:
    cut = json.dumps(GOOD)[:-2]
    endpoint.push(chat(cut + ",{", "length"), "no", GOOD)
    assert call(endpoint).dropped == 0
    endpoint.push(cut + ",{")
    assert call(endpoint).dropped == 1


def test_of_a_cut_reply_that_is_not_asked_for_again_the_complete_items_count(
    endpoint: FakeEndpoint,
) -> None:
    endpoint.push(chat(json.dumps(GOOD)[:-2] + ', {"te', "length"))
    reply = call(endpoint, request(again=False))
    assert (reply.data, reply.dropped) == (GOOD, 1)
    for cut in ("", "no", "{", '{"items": [', '{"items": [{"te'):
        endpoint.push(chat(cut, "length"))
        with pytest.raises(TruncatedReplyError):
            call(endpoint, request(again=False))


def test_a_repair_that_is_too_long_reports_the_reply(endpoint: FakeEndpoint) -> None:
    endpoint.push("no", failing(400, "maximum context length"))
    with pytest.raises(MalformedReplyError):
        call(endpoint)


# --- failures and attempts -----------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "headers"),
    # Without a word of when to come again, 429 and 503 cost a pause: one of them is enough.
    [(408, {}), (409, {}), (425, {}), (429, {}), (500, {}), (503, {"retry_after": "0.01"})],
)
def test_what_may_pass_is_tried_again(
    endpoint: FakeEndpoint, status: int, headers: dict[str, str]
) -> None:
    endpoint.push(*[failing(status, **headers)] * 2, GOOD)
    assert call(endpoint, retries=2).usage.calls == 3


@pytest.mark.parametrize(
    "answer",
    [
        failing(401),
        failing(404),
        failing(400),
        failing(500, x_should_retry="false"),
        failing(429, {"error": {"message": "no", "code": "insufficient_quota"}}, retry_after="1"),
        failing(429, "slow", retry_after="121"),
    ],
)
def test_what_will_not_pass_is_not(endpoint: FakeEndpoint, answer: Scripted) -> None:
    endpoint.push(answer)
    with pytest.raises(EndpointError):
        call(endpoint, retries=3)
    assert len(endpoint.requests) == 1


def test_no_request_leaves_during_a_pause(endpoint: FakeEndpoint) -> None:
    pause = 0.4
    answered: list[float] = []

    def respond(_: Any) -> Any:
        if not answered:
            answered.append(time.monotonic())
            return failing(429, "slow down", retry_after=str(pause))
        return chat(json.dumps(GOOD)).but(delay=0.05)

    endpoint.respond = respond

    async def run() -> None:
        one = backend(endpoint.base_url, jobs=2)
        await one.complete(request())
        await asyncio.gather(*(one.complete(request()) for _ in range(2)))
        answered.clear()
        await asyncio.gather(*(one.complete(request()) for _ in range(12)))
        await one.aclose()

    asyncio.run(run())
    in_flight = 2
    late = [r for r in endpoint.requests if answered[0] + 0.1 < r.time < answered[0] + pause]
    assert not late
    assert sum(answered[0] <= r.time <= answered[0] + 0.1 for r in endpoint.requests) <= in_flight


def test_a_dripping_server_is_cut(endpoint: FakeEndpoint) -> None:
    endpoint.respond = lambda _: chat(json.dumps(GOOD)).but(drip=0.05)
    start = time.monotonic()
    with pytest.raises(EndpointTimeoutError, match=r"0\.3 seconds"):
        call(endpoint, timeout=0.3, retries=5)
    # A lost call may have been billed: one more, not five.
    assert len(endpoint.requests) == 2
    assert time.monotonic() - start < 2


def test_a_silent_server_is_cut(endpoint: FakeEndpoint) -> None:
    endpoint.push(chat("x").but(delay=30.0))
    with pytest.raises(EndpointTimeoutError):
        call(endpoint, timeout=0.2, retries=0)


def test_a_call_waits_for_its_turn_without_losing_time(endpoint: FakeEndpoint) -> None:
    endpoint.respond = lambda _: chat(json.dumps(GOOD)).but(delay=0.15)

    async def run() -> None:
        one = backend(endpoint.base_url, jobs=1, timeout=0.4, retries=0)
        await asyncio.gather(*(one.complete(request()) for _ in range(4)))
        await one.aclose()

    asyncio.run(run())
    assert endpoint.peak == 1


@pytest.mark.parametrize(
    "answer",
    [
        chat("x").but(drop_after=0),
        chat("x").but(drop_after=20),
        Scripted(raw=b""),
        Scripted(raw=b"SSH-2.0-OpenSSH_9.6\r\n"),
        Scripted(raw=b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
        Scripted(raw=b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nx: \x00\r\n\r\nhello"),
    ],
)
def test_a_broken_connection(endpoint: FakeEndpoint, answer: Scripted) -> None:
    endpoint.push(answer, GOOD)
    assert call(endpoint).usage.calls == 2
    endpoint.push(answer, answer)
    with pytest.raises(UnreachableError):
        call(endpoint)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    async def run(url: str) -> None:
        one = backend(url)
        try:
            await one.complete(request())
        finally:
            await one.aclose()

    with pytest.raises(UnreachableError, match="refuses connections"):
        asyncio.run(run(f"http://127.0.0.1:{port}/v1"))
    with pytest.raises(UnreachableError, match="name is not known"):
        asyncio.run(run("http://model.invalid/v1"))


def test_tls_with_a_server_that_speaks_none(endpoint: FakeEndpoint) -> None:
    async def run() -> None:
        one = backend(endpoint.base_url.replace("http:", "https:"), retries=5)
        try:
            await one.complete(request())
        finally:
            await one.aclose()

    with pytest.raises(UnreachableError, match="TLS"):
        asyncio.run(run())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(endpoint: FakeEndpoint, status: int) -> None:
    with FakeEndpoint() as elsewhere:
        endpoint.push(redirect(f"{elsewhere.base_url}/chat/completions", status))
        with pytest.raises(EndpointError, match="base URL is wrong"):
            call(endpoint)
        assert not elsewhere.requests
    assert len(endpoint.requests) == 1


def test_no_secret_in_what_a_person_or_a_log_may_see(endpoint: FakeEndpoint) -> None:
    endpoint.respond = lambda body: failing(
        401, f"bad key sk-secret-42 for {body['messages'][1]['content']}"
    )
    with pytest.raises(AuthError) as caught:
        call(endpoint)
    seen = str(caught.value) + repr(caught.value)
    seen += "".join(traceback.format_exception(caught.value.with_traceback(None), chain=False))
    assert "sk-secret" not in seen
    assert "bridge" not in seen
    assert caught.value.__cause__ is not None


def test_a_label_stands_for_the_url(endpoint: FakeEndpoint) -> None:
    async def run() -> None:
        one = OpenAIBackend(at(endpoint.base_url, label="built-in", retries=0, group=1, small=True))
        assert one.profile.endpoint == "built-in"
        assert (one.profile.group, one.profile.small) == (1, True)
        with pytest.raises(EndpointError, match=r"^built-in refused"):
            await one.complete(request())
        await one.aclose()

    asyncio.run(run())


def test_the_environment_of_the_sdk_can_break_a_call_but_not_the_program(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Odd: ünï €\nBad\tName: 1")
    with pytest.raises(EndpointError):
        call(endpoint)


def sdk_errors() -> list[Exception]:
    """One exception of every class the SDK exports, made without its constructor."""
    found = {getattr(openai, name) for name in dir(openai) if name.endswith("Error")}
    kinds = [kind for kind in found if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(kinds) > 15
    return [kind.__new__(kind, "x") for kind in sorted(kinds, key=lambda kind: kind.__name__)]


@pytest.mark.parametrize(
    "error",
    [*sdk_errors(), ValueError("x"), RuntimeError("x"), OSError("x"), TimeoutError()],
    ids=lambda e: type(e).__name__,
)
def test_every_exception_of_the_sdk_is_mapped(error: Exception) -> None:
    failure = failure_of(error, Context("x.example", "m"), 3.0)
    assert isinstance(failure.error, EndpointError)
    assert failure.cause is error
    assert "x.example" in failure.error.message


def test_the_script_is_strict(endpoint: FakeEndpoint) -> None:
    with pytest.raises(EndpointError, match="script ran out"):
        call(endpoint)
    received: Received = endpoint.requests[0]
    assert received.method == "POST"
