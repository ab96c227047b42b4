"""Reading a chat completion: it counts only if all of it is as it should be.

HTTP 200, a JSON object, `choices[0]`, non-empty text, and `finish_reason` `stop`. The
last is taken literally: a server that says `eos`, or nothing, may as well have been cut.
The fifth condition, the schema, is checked in `replies`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summ.errors import (
    EmptyReplyError,
    MalformedReplyError,
    RefusalError,
    ReplyError,
    TruncatedReplyError,
)
from summ.llm.failures import Context, not_an_api, one_line, read_failure
from summ.llm.replies import scrub, strip_think
from summ.llm.retry import Failure
from summ.model import Usage

_MOST_TOKENS = 10**9  # a count beyond it is a lie, and lies must not overflow a sum


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back with HTTP 200.

    Attributes:
        text: what the model wrote, as it came; empty with some errors.
        usage: the server's own counts; `calls` is 0, the sender counts those.
        error: why it does not count, or None.
    """

    text: str
    usage: Usage
    error: ReplyError | None = None


def read_completion(body: str, context: Context) -> Completion | Failure:
    """Take the body of an HTTP 200 apart.

    A `Failure` is an answer of something that is no model: a page, an error in a 200, an
    object without choices.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        page = body.lstrip()[:1] == "<"
        return not_an_api(context, "with a web page" if page else "not with JSON")
    if not isinstance(data, dict):
        return not_an_api(context, "not with a JSON object")
    if data.get("error"):
        return _error_inside(data["error"], body, context)
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return not_an_api(context, "without choices")
    if choice.get("error") or choice.get("finish_reason") == "error":
        # A router's way to say that the provider behind it broke off.
        return _error_inside(choice.get("error"), json.dumps(choice.get("error")), context)
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    usage = _usage(data.get("usage"))
    content = message.get("content")
    text = content if isinstance(content, str) else ""
    return Completion(text, usage, _problem(choice.get("finish_reason"), message, text))


def _problem(finish: Any, message: Mapping[str, Any], text: str) -> ReplyError | None:
    """Why a choice does not count."""
    if finish == "content_filter" or message.get("refusal"):
        return RefusalError(
            "The model declined to answer.", "Use another model or endpoint for this article."
        )
    if finish == "length":
        return TruncatedReplyError(
            "The model's reply was cut at the token limit.",
            "Ask for less at once (a shorter summary, fewer claims), or use another model.",
            text=text,
        )
    if finish != "stop":
        # Without text: quoting this error to the model would help nobody.
        return MalformedReplyError(
            f"The endpoint did not say that the reply is complete (finish_reason "
            f"“{one_line(str(finish))[:40]}” instead of “stop”).",
            "It may be cut; use another endpoint or server version.",
        )
    content = message.get("content")
    if content is not None and not isinstance(content, str):
        return MalformedReplyError("The endpoint's reply holds something other than text.")
    if not strip_think(scrub(text)):
        return EmptyReplyError(
            "The model's reply is empty.", "Try again, or use another model.", text=text
        )
    return None


def _error_inside(error: Any, body: str, context: Context) -> Failure:
    """An error that came with HTTP 200: its own code counts where it is an HTTP status."""
    code = error.get("code") if isinstance(error, dict) else None
    try:
        status = int(code) if isinstance(code, int | str) else 0
    except ValueError:
        status = 0
    # Without a code there is no telling whose fault it is: as for a gateway, once more.
    return read_failure(status if 400 <= status <= 599 else 502, body, context)


def _usage(data: Any) -> Usage:
    """The counts that a server gives, 0 for those it does not."""
    if not isinstance(data, dict):
        return Usage()
    details = data.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return Usage(
        prompt_tokens=_count(data.get("prompt_tokens")),
        completion_tokens=_count(data.get("completion_tokens")),
        cached_tokens=_count(cached),
    )


def _count(value: Any) -> int:
    """A count that can be believed."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 <= value <= _MOST_TOKENS else 0
