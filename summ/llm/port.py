"""The backend port: what the rest of summ knows of a language model."""

from __future__ import annotations

from typing import Protocol

from summ.model import Profile, Reply, Request


class Backend(Protocol):
    """Something that answers requests. Safe to call concurrently."""

    @property
    def profile(self) -> Profile:
        """What it can do."""
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

    async def aclose(self) -> None:
        """Let go of connections and threads. Safe to call twice."""
        ...
