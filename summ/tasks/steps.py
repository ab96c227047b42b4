"""Tasks as generators: they yield requests, are sent outcomes, and return a result.

Nothing here knows how a request is sent; a test drives a task with a list.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from summ.errors import EndpointError, ReplyError
from summ.model import Reply, Request

T = TypeVar("T")

Outcome: TypeAlias = Reply | ReplyError | EndpointError
"""A reply that counts, or why there is none. Which errors end the work, the task decides."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Tasks that are run side by side; what they return is sent back, in their order.

    Each goes on as soon as its own outcomes are there. What one raises ends them all, and
    is raised to whoever drives the task that forked.
    """

    branches: tuple[Steps[Any], ...]


Wanted: TypeAlias = Request | Callable[[], Request | None]
"""A request, or what makes it when its turn has come: None when it has no use by then."""

Steps: TypeAlias = Generator[tuple[Wanted, ...] | Fork, tuple[Any, ...], T]
"""Yields requests that may be sent together, and is sent their `Outcome`s in order, None for
one that was not made; or yields a `Fork`, and is sent what its branches return."""
