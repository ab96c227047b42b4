"""The backend port: what the rest of summ knows of a language model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from summ.model import Price, Profile, Reply, Request

DEFAULT_CONTEXT = 128_000
"""Tokens that a model is taken to hold when neither user, server nor table says anything.

Most models behind an endpoint hold this much or more. A local server may hold far less
(Ollama: 4,096), but no smaller guess would fit all of those: what is too long is found out
by its error, or by the prompt being cut, and sent again in smaller passages.
"""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is reached, and how it is treated there.

    Attributes:
        base_url: http(s) URL up to and without `/chat/completions`; no user info.
        api_key: sent as a bearer token; empty for none. Never shown, not even in `repr`.
        model: model id, passed on verbatim.
        timeout: seconds of wall-clock time that one call may take; above 0.
        retries: further attempts after a failure that may pass; 0 or more.
        comfortable: prompt tokens up to which the model is trusted with one pass.
        context: tokens of prompt and reply together, as the user says; None: found out.
        group: see `Profile.group`.
        small: see `Profile.small`.
        label: shown instead of the URL, such as `built-in`.
        jobs: requests in flight at once; 1 or more.
        local_only: refuse a `base_url` that is not loopback, before a socket opens.
        extra_body: further fields of every request body; they never replace one that
            summ sets itself (model, messages, the token limit, the format of the reply).
        price: what tokens cost, as the user says; None: as the table does.
        fingerprint: what tells the model from another of the same name; may be empty.
    """

    base_url: str
    api_key: str = field(repr=False)
    model: str
    timeout: float
    retries: int
    comfortable: int
    context: int | None = None
    group: int | None = None
    small: bool = False
    label: str | None = None
    jobs: int = 4
    local_only: bool = False
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    price: Price | None = None
    fingerprint: str = ""


class Backend(Protocol):
    """Something that answers requests. Safe to call concurrently."""

    @property
    def profile(self) -> Profile:
        """What it can do, as far as is known beforehand; opens no socket, and never changes."""
        ...

    async def context(self) -> int:
        """Tokens of prompt and reply together.

        What the user said, else what the server says, else what is known of the model,
        else `DEFAULT_CONTEXT`. The server is asked once, for some seconds at most, and
        that is no call (`Usage.calls`); when it gives no answer, nothing is said.
        """
        ...

    async def complete(self, request: Request) -> Reply:
        """Answer `request`.

        The reply counts: `text` is not empty, and where `request.schema` is given,
        `data` meets it.

        Raises:
            EndpointError: no answer came, retries included.
            ReplyError: an answer came and can't be used, after one re-ask.
        """
        ...

    def forget(self, replies: Iterable[bytes]) -> None:
        """Ask for these replies anew the next time; see `ReplyError.replies`."""
        ...

    async def aclose(self) -> None:
        """Let go of connections and threads. Safe to call twice."""
        ...
