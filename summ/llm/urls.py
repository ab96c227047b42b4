"""Base URLs and keys: what may be used, and what may be shown. No socket opens here."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit, urlunsplit

from summ.errors import ConfigError

_EXAMPLE = "Give one like https://api.openai.com/v1 or http://127.0.0.1:11434/v1."


def check_base_url(url: str) -> str:
    """Validate `url` and return it without a trailing slash.

    The message never repeats the URL: it may hold a password.

    Raises:
        ConfigError: not http(s), no host, a bad port, user info, a fragment, or
            characters that no URL holds.
    """
    if not url or any(c.isspace() or not c.isprintable() for c in url):
        raise ConfigError("The base URL is empty or holds spaces or control characters.", _EXAMPLE)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigError("The base URL is not a valid URL.", _EXAMPLE) from error
    if parts.scheme not in {"http", "https"}:
        raise ConfigError("The base URL must start with http:// or https://.", _EXAMPLE)
    if not host or port == 0:
        raise ConfigError("The base URL names no host, or port 0.", _EXAMPLE)
    if "@" in parts.netloc:
        raise ConfigError(
            "The base URL holds a user name or password.",
            "Leave it out, and give the key as an API key.",
        )
    if parts.fragment:
        raise ConfigError("The base URL holds a fragment (#…).", _EXAMPLE)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/")))


def is_loopback(url: str) -> bool:
    """Whether the host of `url` is this machine, by its spelling alone.

    True for `localhost`, 127.0.0.0/8 and ::1 written out; no name is looked up, since
    a name can be made to point anywhere.
    """
    host = _split(url).hostname or ""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback and "%" not in host


def check_local(base_url: str) -> None:
    """Make sure that `--local-only` holds.

    Raises:
        ConfigError: the host is not a loopback literal.
    """
    if not is_loopback(base_url):
        raise ConfigError(
            f"Only local endpoints are allowed, and {host_of(base_url)} is not on this machine.",
            "Use one on 127.0.0.1, ::1 or localhost, or leave --local-only out.",
        )


def check_key(key: str) -> str:
    """Return `key` if it can be sent in a header.

    Raises:
        ConfigError: it holds white space, control or non-ASCII characters.
    """
    if any(not "!" <= c <= "~" for c in key):
        raise ConfigError(
            "The API key holds a line break, a space or a character that is not ASCII.",
            "Copy it again, without quotation marks or line breaks.",
        )
    return key


def public_url(url: str) -> str:
    """`url` as it may be shown: without user info, query and fragment; never raises."""
    parts = _split(url)
    host = parts.netloc.rpartition("@")[2]
    if not host:
        return ""
    shown = urlunsplit((parts.scheme, host, parts.path, "", ""))
    return "".join(c for c in shown if c.isprintable())


def host_of(url: str) -> str:
    """Host and port of `url`, to name it in a message; never raises."""
    host = _split(url).netloc.rpartition("@")[2]
    return "".join(c for c in host if c.isprintable()) or "the endpoint"


def _split(url: str) -> SplitResult:
    """Parts of `url`; empty ones where it is no URL at all."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
