from __future__ import annotations

import json
from typing import Any

import pytest

from summ.errors import (
    AuthError,
    ContextTooLongError,
    EndpointError,
    RateLimitedError,
    RefusalError,
    SummError,
    UnknownModelError,
)
from summ.llm.failures import QUOTE_LENGTH, Context, read_failure, words_of
from tests.llm.helpers import ARTICLE

CONTEXT = Context("x.example", "fake-1", "sk-secret-42", [ARTICLE])


def error(message: str, **more: Any) -> str:
    return json.dumps({"error": {"message": message, **more}})


CASES = [
    (401, error("Incorrect API key provided: sk-sec*42"), AuthError, "never"),
    (403, '{"detail":"Forbidden"}', AuthError, "never"),
    (400, error("API key not valid. Please pass a valid API key."), AuthError, "never"),
    (
        404,
        error(
            "The model `gpt-9` does not exist or you do not have access to it.",
            code="model_not_found",
        ),
        UnknownModelError,
        "never",
    ),
    (404, '{"error":"model \'llama9\' not found"}', UnknownModelError, "never"),
    (404, error('model "x" not found, try pulling it first'), UnknownModelError, "never"),
    (400, error("x/y is not a valid model ID"), UnknownModelError, "never"),
    (404, '{"detail":"Not Found"}', EndpointError, "never"),
    (405, "", EndpointError, "never"),
    (
        400,
        error("the request exceeds the available context size", type="exceed_context_size_error"),
        ContextTooLongError,
        "never",
    ),
    (
        400,
        '{"object":"error","message":"This model\'s maximum context length is 4096 tokens."}',
        ContextTooLongError,
        "never",
    ),
    (400, error("…", code="context_length_exceeded"), ContextTooLongError, "never"),
    (413, "Payload Too Large", ContextTooLongError, "never"),
    (500, error("prompt is too long for the context window"), ContextTooLongError, "never"),
    (429, error("Rate limit reached for requests"), RateLimitedError, "yes"),
    (
        429,
        error(
            "You exceeded your current quota, check your plan and billing",
            code="insufficient_quota",
        ),
        RateLimitedError,
        "never",
    ),
    (402, error("Insufficient credits"), RateLimitedError, "never"),
    (
        400,
        error("triggering Azure OpenAI's content management policy", code="content_filter"),
        RefusalError,
        "never",
    ),
    (400, error("bad request"), EndpointError, "never"),
    (307, "", EndpointError, "never"),
    *[
        (status, "<html>busy</html>", EndpointError, "yes")
        for status in (408, 409, 425, 500, 502, 503, 504, 529)
    ],
]


@pytest.mark.parametrize(("status", "body", "kind", "again"), CASES)
def test_what_a_status_and_its_words_mean(
    status: int, body: str, kind: type[SummError], again: str
) -> None:
    failure = read_failure(status, body, CONTEXT)
    assert type(failure.error) is kind
    assert failure.again == again
    assert "x.example" in failure.error.message
    assert "<" not in str(failure.error)
    assert failure.error.message.endswith(".")


def test_each_says_what_to_do() -> None:
    quota = read_failure(429, error("billing hard limit reached"), CONTEXT).error
    assert "quota or credit is used up" in quota.message
    assert "billing" in quota.hint
    assert "base URL is wrong" in read_failure(301, "", CONTEXT).error.message
    assert "/v1" in read_failure(404, "<html>", CONTEXT).error.hint
    keyless = Context("x.example", "m")
    assert "none is set" in read_failure(401, "", keyless).error.message


def test_the_header_x_should_retry_is_obeyed() -> None:
    assert read_failure(500, "", CONTEXT, obey="false").again == "never"
    assert read_failure(429, "", CONTEXT, obey="false").again == "never"
    assert read_failure(400, error("odd"), CONTEXT, obey="true").again == "yes"
    assert read_failure(401, "", CONTEXT, obey="true").again == "never"
    assert (
        read_failure(429, error("quota", code="insufficient_quota"), CONTEXT, obey="true").again
        == "never"
    )


def test_a_long_wait_is_told() -> None:
    failure = read_failure(429, error("slow down"), CONTEXT, wait=3600.0)
    assert "3600 seconds" in failure.error.message
    assert isinstance(failure.error, EndpointError)
    assert failure.error.retry_after == 3600.0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 500])
def test_no_secret_and_no_article_in_a_message(status: int) -> None:
    secrets = "key sk-secret-42, sk-proj-AbC_123, Bearer abcdef, https://joe:hunter2@x/y"
    shown = str(
        read_failure(
            status, error(f"odd {secrets}\x1b]52;c;AA\x07\u202e\n{'z' * 900}"), CONTEXT
        ).error
    )
    for word in ("secret", "AbC_123", "abcdef", "hunter2", "\x1b", "\x07", "\u202e", "\n"):
        assert word not in shown
    assert len(shown) < 3 * QUOTE_LENGTH
    echo = {"detail": [{"msg": "bad", "loc": ["body"], "input": ARTICLE}]}
    assert "bridge" not in str(read_failure(status, json.dumps(echo), CONTEXT).error)
    assert "bridge" not in str(read_failure(status, f"can't read: {ARTICLE}", CONTEXT).error)


def test_a_model_name_can_not_speak_to_the_terminal() -> None:
    odd = Context("x.example", "m\x1b[2J\n" + "y" * 500)
    shown = str(read_failure(404, error("model not found"), odd).error)
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert len(shown) < 500


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "[[]]",
        "{",
        "3",
        '{"error":null}',
        '{"error":[1]}',
        '{"error":{"message":7}}',
        "[" * 100_000,
    ],
)
def test_any_body_will_do(body: str) -> None:
    words_of(body)
    assert read_failure(500, body, CONTEXT).error.message
