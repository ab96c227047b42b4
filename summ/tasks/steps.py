"""Tasks as generators: they yield requests, are sent outcomes, and return a result.

Nothing here knows how a request is sent; a test drives a task with a list.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

from summ.errors import ReplyError
from summ.model import Reply, Request

T = TypeVar("T")

Outcome: TypeAlias = Reply | ReplyError
"""A reply that counts, or why none does. Errors of the endpoint end the task instead."""

Steps: TypeAlias = Generator[tuple[Request, ...], tuple[Outcome, ...], T]
"""Requests of one step may be sent together; outcomes come back in their order."""


def ask(request: Request) -> Steps[Reply]:
    """One request by itself.

    Raises:
        ReplyError: its reply can't be used.
    """
    (outcome,) = yield (request,)
    if isinstance(outcome, ReplyError):
        raise outcome
    return outcome
