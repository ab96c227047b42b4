"""What the tests of this room share."""

from __future__ import annotations

from typing import Any

from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import Endpoint
from summ.llm.retry import Policy
from summ.model import Message, Request

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string"}, "cites": {"type": "array"}},
                "required": ["text", "cites"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["items"],
    "additionalProperties": False,
}
GOOD: dict[str, Any] = {"items": [{"text": "a", "cites": [1, 2]}]}
ARTICLE = "The bridge over the river Osk will stay closed until the spring, the mayor said."


def request(schema: dict[str, Any] | None = SCHEMA, **fields: Any) -> Request:
    """A request about `ARTICLE`."""
    messages = (Message("system", "Be brief."), Message("user", ARTICLE))
    return Request(
        **{"task": "brief", "messages": messages, "max_tokens": 64, **fields}, schema=schema
    )


def at(base_url: str, **fields: Any) -> Endpoint:
    """An endpoint with a short deadline and one retry."""
    usual = {"api_key": "sk-secret-42", "model": "fake-1", "timeout": 5.0, "retries": 1}
    return Endpoint(**{**usual, "context": 4096, "comfortable": 3000, **fields}, base_url=base_url)


def backend(base_url: str, **fields: Any) -> OpenAIBackend:
    """A backend that does not wait before it tries again, unless the server says so."""
    end = at(base_url, **fields)
    policy = Policy(end.retries, first=0.0, patience=0.0)
    return OpenAIBackend(end, policy=policy, random=lambda: 0.0)
