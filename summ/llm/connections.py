"""Why a connection failed, in words: read from the exceptions behind the exception."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

# By name, since which HTTP library lies below is the SDK's business.
_TOO_SLOW = frozenset({"ConnectTimeout", "PoolTimeout"})
_BROKEN_RULES = frozenset({"UnsupportedProtocol", "LocalProtocolError"})


BROKE = "the connection broke"
"""The reason where a request may have arrived."""


def reason_of(error: BaseException) -> tuple[str, bool]:
    """The reason, as part of a sentence, and whether it will last.

    A certificate or a proxy that refuses will do so again in a second; a name server or
    a listener may just be starting.
    """
    chain = list(_chain(error))
    names = {type(e).__name__ for e in chain}
    found = (
        (_has(chain, ssl.SSLCertVerificationError), "its TLS certificate is not trusted", True),
        (_has(chain, ssl.SSLError), "the TLS handshake failed", True),
        (_has(chain, socket.gaierror), "its name is not known", False),
        (_has(chain, ConnectionRefusedError), "it refuses connections", False),
        ("ProxyError" in names, "the proxy refused", True),
        (bool(names & _TOO_SLOW), "connecting took too long", False),
        ("ConnectError" in names, "no connection could be made", False),
        (bool(names & _BROKEN_RULES), "the request breaks the HTTP protocol", True),
    )
    for holds, reason, lasting in found:
        if holds:
            return reason, lasting
    return BROKE, False


def never_connected(error: BaseException) -> bool:
    """Whether a timeout struck before anything was sent: nothing was billed then."""
    return any(type(e).__name__ in _TOO_SLOW for e in _chain(error))


def _has(chain: list[BaseException], kind: type[BaseException]) -> bool:
    """Whether one of the exceptions is of this kind."""
    return any(isinstance(e, kind) for e in chain)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, members of groups included; each once."""
    todo, seen = [error], set[int]()
    while todo:
        current = todo.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        todo += [e for e in (current.__cause__, current.__context__) if e is not None]
        if isinstance(current, BaseExceptionGroup):
            todo += current.exceptions
