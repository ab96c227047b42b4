"""What an endpoint's refusal means, in words for the user: status and body in, Failure out.

Knows nothing of the SDK. The wordings were collected from OpenAI, Azure, vLLM,
llama.cpp, Ollama, LM Studio, OpenRouter and Groq; they are matched loosely, since every
release changes them, and the status decides where the words say nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from summ.errors import (
    AuthError,
    ContextTooLongError,
    EndpointError,
    EndpointTimeoutError,
    RateLimitedError,
    RefusalError,
    UnknownModelError,
    UnreachableError,
)
from summ.llm.retry import MAX_WAIT, Failure

QUOTE_LENGTH = 200
"""Characters of a server's words that are shown."""
_BUSY = frozenset({429, 503})
_BETWEEN = "\x1f"  # the sentence comes first, and it alone is quoted: codes are for us
_ECHO = 24  # as many characters in a row that stand in the request are an echo of it

_CONTEXT = re.compile(
    r"exceed_context_size|context_length_exceeded|context (?:length|size|window)|"
    r"maximum context|prompt is too long|input (?:is )?too long|too many (?:input )?tokens|"
    r"reduce the length|exceeds? the (?:available|model'?s) (?:maximum )?context|"
    r"request too large|string_above_max_length",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"model_not_found|unknown model|no such model|invalid model|not a valid model|"
    r"model.{0,120}?(?:not found|does(?:n't| not) exist|not exist|not available|not loaded|"
    r"not supported|deprecated|decommissioned)|no endpoints found for|pull (?:it|the model)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTA = re.compile(
    r"insufficient[_ ]quota|exceeded your current quota|billing|payment required|"
    r"insufficient (?:credits|balance|funds)|credit balance|spend(?:ing)? limit|"
    r"out of credits",
    re.IGNORECASE,
)
_FILTER = re.compile(r"content_filter|content management policy|content_policy", re.IGNORECASE)
_KEY = re.compile(r"api[_ -]?key|authenticat|unauthori[sz]ed", re.IGNORECASE)
_SECRETS = re.compile(r"\b(?:sk|rk|pk)-[\w*.-]{4,}|\bBearer\s+\S+|(?<=//)[^\s/@]+@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What may, and what must not, appear in a message.

    Attributes:
        host: what the endpoint is called.
        model: model id.
        key: the API key, to be cut out; may be empty.
        private: the texts that were sent, to be cut out.
    """

    host: str
    model: str
    key: str = ""
    private: Sequence[str] = ()

    def quote(self, words: str) -> str:
        """A server's words as one short line without secrets; empty if nothing is left.

        An answer that echoes the request is not quoted at all: it may hold the article.
        """
        line = one_line(words.replace(self.key, "…") if self.key else words)
        line = _SECRETS.sub("…", line)
        shown = line if len(line) <= QUOTE_LENGTH else line[:QUOTE_LENGTH].rstrip() + "…"
        pieces = [shown[at : at + _ECHO] for at in range(max(0, len(shown) - _ECHO + 1))]
        for text in self.private:
            plain = one_line(text)
            if any(piece in plain for piece in pieces):
                return ""
        return shown


def one_line(text: str) -> str:
    """`text` on one line, without control, format and other invisible characters."""
    spaced = " ".join(text[:20_000].split()) if len(text) > 20_000 else " ".join(text.split())
    return "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))


def words_of(body: str) -> str:
    """The sentence and the codes in an error body, in any of the shapes seen.

    `{"error": {"message", "code", "type"}}`, `{"error": "…"}`, `{"detail": "…"}`,
    `{"detail": [{"msg", "loc"}]}` (its `input` echoes the request and is left out),
    `{"message": "…"}`, or plain text. HTML says nothing to a user. They are joined by U+001F.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return "" if body.lstrip()[:1] == "<" else body[:2000]
    if isinstance(data, list) and data:
        data = data[0]
    return _BETWEEN.join(_words(data))[:2000]


def _words(data: Any) -> list[str]:
    """Words of an error value."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, list):
        return [word for item in data[:3] for word in _words(item)]
    if not isinstance(data, Mapping):
        return []
    words = []
    for key in ("message", "msg", "error", "detail", "code", "type", "param", "loc", "status"):
        value = data.get(key)
        if isinstance(value, Mapping) or (isinstance(value, list) and key in {"detail", "loc"}):
            words += _words(value)
        elif isinstance(value, str) and value not in words:
            words.append(value)
    return words


def read_failure(
    status: int, body: str, context: Context, *, wait: float | None = None, obey: str = ""
) -> Failure:
    """What a response that is no success means.

    Args:
        status: HTTP status.
        body: the response's text.
        context: whom to name, and what not to.
        wait: seconds that the server asked for.
        obey: the header `x-should-retry`: `true`, `false` or empty.
    """
    words = words_of(body)
    failure = _by_words(status, words, context) or _by_status(status, words, context, wait)
    failure = replace(failure, refused=status in _BUSY and failure.again == "yes")
    if obey == "false" and failure.again != "never":
        return replace(failure, again="never", refused=False)
    if obey == "true" and failure.again == "never" and status >= 400 and _may_pass(failure):
        return replace(failure, again="yes", refused=status in _BUSY)
    return failure


def _may_pass(failure: Failure) -> bool:
    """Whether a server's wish for another attempt is believed: not for quota or key."""
    return type(failure.error) is EndpointError


def _by_words(status: int, words: str, context: Context) -> Failure | None:
    """What the words give away, whatever the status."""
    at = {"status": status}
    said = _said(words, context)
    if status == 413 or (status in {400, 404, 422, 429, 500} and _CONTEXT.search(words)):
        return Failure(
            ContextTooLongError(
                f"The request is too long for model {_name(context)} at {context.host}{said}.",
                "Use a model with a larger context, or a smaller chunk size.",
                **at,
            )
        )
    if status in {402, 403, 429} and (_QUOTA.search(words) or status == 402):
        return Failure(
            RateLimitedError(
                f"{context.host} says that the quota or credit is used up (HTTP {status}){said}.",
                "Check plan and billing there; trying again will not help.",
                **at,
            )
        )
    if status in {400, 403} and _FILTER.search(words):
        return Failure(
            RefusalError(
                f"{context.host} refused the text: its content filter was triggered.",
                "Use another model or endpoint for this article.",
            )
        )
    if status in {400, 403, 404, 422} and _MODEL.search(words):
        return Failure(
            UnknownModelError(
                f"{context.host} does not know or offer model {_name(context)} (HTTP {status})"
                f"{said}.",
                "Name another one with --model.",
                **at,
            )
        )
    if status == 400 and _KEY.search(words):
        return _auth(status, words, context)
    return None


def _by_status(status: int, words: str, context: Context, wait: float | None) -> Failure:
    """What the status says."""
    said = _said(words, context)
    if status in {401, 403}:
        return _auth(status, words, context)
    if 300 <= status < 400:
        return Failure(
            EndpointError(
                f"{context.host} answers with a redirect (HTTP {status}), which is not followed: "
                "the base URL is wrong.",
                "Give the address of the API itself, https if it has that.",
                status=status,
            )
        )
    if status == 429:
        return _limited(said, context, wait)
    if status in {404, 405}:
        return Failure(
            EndpointError(
                f"{context.host} has no chat completions under this base URL (HTTP {status})"
                f"{said}.",
                "The base URL usually ends in /v1, without /chat/completions.",
                status=status,
            )
        )
    passing = status in {408, 409, 425} or status >= 500
    if passing and wait is not None and wait > MAX_WAIT:
        said += _asks(wait)
    return Failure(
        EndpointError(
            f"{context.host} failed (HTTP {status}){said}."
            if passing
            else f"{context.host} refused the request (HTTP {status}){said}.",
            "Try again later." if passing else "",
            status=status,
            retry_after=wait,
        ),
        "yes" if passing else "never",
        wait,
    )


def _auth(status: int, words: str, context: Context) -> Failure:
    """The key is wrong, or there is none."""
    if not context.key:
        message = f"{context.host} wants an API key, and none is set (HTTP {status})."
        hint = "Set OPENAI_API_KEY."
    else:
        what = "access" if status == 403 else "the API key"
        message = f"{context.host} refused {what} (HTTP {status}){_said(words, context)}."
        hint = "Check the key, and that it belongs to this endpoint and may use this model."
    return Failure(AuthError(message, hint, status=status))


def _limited(said: str, context: Context, wait: float | None) -> Failure:
    """Too many requests."""
    late = wait is not None and wait > MAX_WAIT
    asks = _asks(wait) if late and wait is not None else ""
    error = RateLimitedError(
        f"{context.host} gets too many requests (HTTP 429){asks}{said}.",
        "Try again after that." if late else "Try again later, or with fewer jobs (-j).",
        status=429,
        retry_after=wait,
    )
    return Failure(error, "yes", wait)


def timed_out(seconds: float, context: Context) -> Failure:
    """The deadline of a call has passed."""
    return Failure(
        EndpointTimeoutError(
            f"{context.host} did not finish its answer within {seconds:g} seconds.",
            "Allow more with --timeout, or use a faster model.",
        ),
        "once",
        billed=True,
    )


def unreachable(
    reason: str, context: Context, *, lasting: bool = False, billed: bool = False
) -> Failure:
    """No connection, or it broke. `lasting`: trying again can't help; `billed`: see `Failure`."""
    return Failure(
        UnreachableError(
            f"No answer from {context.host}: {reason}.",
            "Check the base URL, the network and that the server is running.",
        ),
        "never" if lasting else "yes",
        billed=billed,
    )


def not_an_api(context: Context, what: str) -> Failure:
    """A success that is none of a chat completions API."""
    return Failure(
        EndpointError(
            f"{context.host} answered, but not as an OpenAI-compatible API does: {what}.",
            "The base URL usually ends in /v1.",
            status=200,
        )
    )


def _asks(wait: float) -> str:
    """How long a server wants us to stay away."""
    return f" and asks for {min(wait, 10.0**9):.0f} seconds of patience"


def _said(words: str, context: Context) -> str:
    """The server's words as a part of a sentence."""
    quoted = context.quote(words.split(_BETWEEN)[0]).rstrip(". ")
    return f": “{quoted}”" if quoted else ""


def _name(context: Context) -> str:
    """The model's id, fit to be shown."""
    return f"“{one_line(context.model)[:100]}”"
