"""What tells one request from another: the key under which its reply is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from summ.llm.port import Endpoint
from summ.model import Request

KEY_VERSION = 1
"""Part of every key: raised when the same request means another reply than before."""


def request_key(endpoint: Endpoint, request: Request, step: int) -> bytes:
    """SHA-256 (32 bytes) of all that a reply depends on, and of nothing else.

    That is the endpoint (its label, else its URL), the model and what tells it from others of
    its name, the task, the messages, the schema, the limit, the temperature, the further fields
    of the body, and the step. Not the API key, deadlines, the number of requests in flight, or
    what is done about a bad reply.
    Keys are the same in every process and on every machine; any text is taken, lone
    surrogates too.

    Args:
        endpoint: who is asked.
        request: what is asked.
        step: how often the same request has been asked before because its reply was no good.
    """
    parts = [
        KEY_VERSION,
        endpoint.label,
        None if endpoint.label else _address(endpoint.base_url),
        endpoint.model,
        endpoint.fingerprint,
        request.task,
        [(message.role, message.content) for message in request.messages],
        request.schema,
        request.max_tokens,
        float(request.temperature),
        endpoint.extra_body,
        step,
    ]
    # Keys of objects are not sorted: the order of a schema's fields is the order in which a
    # model writes them. Nothing is escaped as `\ud83d`: two lone surrogates would look like
    # the character that they are halves of.
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _address(url: str) -> str:
    """`url` without user info and without a slash at its end."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # no request can be sent there
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host, path=parts.path.rstrip("/"), fragment=""))


def _plain(value: object) -> Any:
    """A mapping that is no `dict` as one; JSON knows no other kind of value.

    Raises:
        TypeError: it is something else.
    """
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"A request can't hold a {type(value).__name__}.")
