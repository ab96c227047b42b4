"""The ports of the store: what a backend, and whoever makes reports, knows of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class ReplyStore(Protocol):
    """Keeps replies that were paid for. No method raises for what is wrong with the store."""

    def reply(self, key: bytes) -> str | None:
        """The body of an HTTP 200, as it came; None: it is not here."""
        ...

    def keep_reply(self, key: bytes, body: str) -> None:
        """Keep a body; once this returns it outlives the process, however that ends."""
        ...

    def forget(self, keys: Iterable[bytes]) -> None:
        """Drop replies that came to nothing, so that they are asked for anew."""
        ...


class ReportStore(Protocol):
    """Keeps finished reports, as bytes. No method raises for what is wrong with the store."""

    def report(self, key: bytes) -> bytes | None:
        """The bytes that were kept; None: they are not here."""
        ...

    def keep_report(self, key: bytes, data: bytes) -> None:
        """Keep a finished report; lasts as `ReplyStore.keep_reply` does."""
        ...


class NoStore:
    """Keeps nothing and has nothing: both ports, for a run without a store."""

    def reply(self, key: bytes) -> str | None:
        """None."""

    def keep_reply(self, key: bytes, body: str) -> None:
        """Do nothing."""

    def forget(self, keys: Iterable[bytes]) -> None:
        """Do nothing."""

    def report(self, key: bytes) -> bytes | None:
        """None."""

    def keep_report(self, key: bytes, data: bytes) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
