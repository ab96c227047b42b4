"""What a server accepts, learnt from its refusals and remembered.

Servers that call themselves OpenAI-compatible differ in three things that matter here:
whether and how the reply can be held to a schema, what the token limit is called, and
whether a temperature may be given. Each difference costs one refused request, once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summ.llm.failures import words_of
from summ.model import Message, Request

RUNGS = ("json_schema", "json_object", "plain")
"""The ladder of ways to ask for JSON, the best first."""

REASONING_ROOM = 8_192
"""Tokens added to the limit where it counts hidden reasoning too.

`max_completion_tokens` caps reasoning and answer together. Without room a reasoning model
spends the whole limit on thoughts and answers nothing, which is billed all the same.
"""

MAX_SCHEMA_NAME = 64  # OpenAI's limit

_OPENAI = "api.openai.com"
_REASONING = re.compile(r"(?:o[1-9]|gpt-[5-9])(?:[-.\d]|$)")
_REFUSALS = frozenset({400, 404, 422, 501})
_FORMAT = re.compile(
    r"response[_ ]?format|json[_ ]?schema|json[_ ]?object|json[_ ]?mode|schema|grammar|"
    r"structured[_ ]output|guided|constrained decoding|requested parameters",
    re.IGNORECASE,
)
_NOT_FORMAT = re.compile(
    r"context[_ ](?:length|size|window)|maximum context|api[_ ]?key|unauthori[sz]ed|"
    r"authentication|model[_ ]not[_ ]found|model.{0,80}does not exist",
    re.IGNORECASE | re.DOTALL,
)
_LIMIT = re.compile(r"max_completion_tokens", re.IGNORECASE)
_TOO_LARGE = re.compile(r"too large|at most|context|exceed", re.IGNORECASE)
_TEMPERATURE = re.compile(
    r"temperature.{0,120}(?:support|default|deprecat|not allowed|not permitted|unknown|"
    r"unrecogni[sz]ed)|(?:support|unknown|unrecogni[sz]ed|deprecat).{0,60}temperature",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to speak to one endpoint.

    Attributes:
        rung: index into `RUNGS`.
        describe: the schema is told in words too, since the server ignores the field.
        completion_limit: the limit is called `max_completion_tokens`.
        temperature: a temperature may be given.
    """

    rung: int = 0
    describe: bool = False
    completion_limit: bool = False
    temperature: bool = True

    @classmethod
    def of(cls, host: str, model: str) -> Dialect:
        """What is known beforehand: OpenAI's reasoning models want their own dialect."""
        reasoning = host == _OPENAI and _REASONING.match(model) is not None
        return cls(completion_limit=reasoning, temperature=not reasoning)

    def body(
        self, request: Request, model: str, messages: Sequence[Message], limit: int
    ) -> dict[str, Any]:
        """The body of a request.

        Args:
            request: what is asked.
            model: model id.
            messages: its chat, or that of the re-ask.
            limit: tokens of the answer.
        """
        sent: list[dict[str, str]] = [{"role": m.role, "content": m.content} for m in messages]
        if request.schema is not None and (self.rung > 0 or self.describe):
            sent[-1]["content"] += "\n\n" + instruction(request.schema)
        body: dict[str, Any] = {"model": model, "messages": sent}
        if self.completion_limit:
            body["max_completion_tokens"] = self.most(limit)
        else:
            body["max_tokens"] = limit
        if self.temperature:
            body["temperature"] = request.temperature
        if request.schema is not None and self.rung < len(RUNGS) - 1:
            body["response_format"] = self._format(request.task, request.schema)
        return body

    def most(self, limit: int) -> int:
        """Tokens that may be written at most, where `limit` is meant for the answer."""
        return limit + REASONING_ROOM if self.completion_limit else limit

    def _format(self, task: str, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The field that holds the reply to JSON."""
        if RUNGS[self.rung] == "json_object":
            return {"type": "json_object"}
        name = re.sub(r"[^A-Za-z0-9_-]", "_", task)[:MAX_SCHEMA_NAME] or "reply"
        return {
            "type": "json_schema",
            "json_schema": {"name": name, "strict": True, "schema": dict(schema)},
        }

    def refused(self, status: int, body: str, sent: Mapping[str, Any]) -> dict[str, Any] | None:
        """What to change after a refusal, as fields of this class; None if it is no such one.

        Read from what was *sent*, not from the dialect of the moment: several requests
        may be refused for the same reason, and the ladder is still gone down once.

        Args:
            status: HTTP status.
            body: the response's text.
            sent: the request's body.
        """
        if status not in _REFUSALS:
            return None
        words = words_of(body)
        if "max_tokens" in sent and _LIMIT.search(words) and not _TOO_LARGE.search(words):
            return {"completion_limit": True}
        if "temperature" in sent and _TEMPERATURE.search(words):
            return {"temperature": False}
        form = sent.get("response_format")
        if form and _FORMAT.search(words) and not _NOT_FORMAT.search(words):
            return {"rung": RUNGS.index(form["type"]) + 1}
        return None


def instruction(schema: Mapping[str, Any]) -> str:
    """The schema in words, for servers that can't hold a reply to it."""
    compact = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return (
        "Answer with one JSON object and nothing else: no code fence, no explanation. "
        f"It must meet this JSON Schema:\n{compact}"
    )
