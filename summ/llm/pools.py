"""Many connections at a price that does not grow with their number.

The HTTP library looks at every connection of a pool whenever a request begins or ends, so that
64 requests in flight cost each other a third more, and 256 twice as much. In pools of a few
connections each they don't.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable

import httpx2

FEW = 8
"""Connections of one pool."""


class Pools(httpx2.AsyncBaseTransport):
    """A transport that spreads requests evenly over pools of `FEW` connections."""

    def __init__(self, connections: int, verify: ssl.SSLContext | bool) -> None:
        """Open nothing yet.

        Args:
            connections: requests in flight at most, 1 or more.
            verify: whose certificates are trusted, as httpx2 takes it.
        """
        limits = httpx2.Limits(max_connections=FEW, max_keepalive_connections=FEW)
        self._pools = [
            httpx2.AsyncHTTPTransport(verify=verify, limits=limits)
            for _ in range(-(-connections // FEW))
        ]
        self._busy = [0] * len(self._pools)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request through the pool with the fewest under way."""
        at = self._busy.index(min(self._busy))
        self._busy[at] += 1

        def done() -> None:
            self._busy[at] -= 1

        try:
            response = await self._pools[at].handle_async_request(request)
        except BaseException:
            done()
            raise
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Held(response.stream, done)
        return response

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools:
            await pool.aclose()


class _Held(httpx2.AsyncByteStream):
    """A body whose connection is busy until it is closed."""

    def __init__(self, stream: httpx2.AsyncByteStream, done: Callable[[], None]) -> None:
        self._stream = stream
        self._done: Callable[[], None] | None = done

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            if self._done is not None:
                self._done()
                self._done = None
