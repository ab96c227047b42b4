"""Fetching a file of known size over HTTP: resumed where it broke, never led astray."""

from __future__ import annotations

import http.client
import ipaddress
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO
from urllib.parse import urlsplit

from summ.errors import FetchError
from summ.local.files import open_private, reason, stop_if, sync
from summ.model import Ui

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 30.0
_BLOCK = 1 << 18
# Broken connections in a row that brought nothing before we give up.
_TRIES = 3
_PARTIAL = 206


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch.

    Attributes:
        url: where it is.
        size: its length in bytes; another one is refused before a byte is read.
        label: what to call it beside the progress bar.
    """

    url: str
    size: int
    label: str


def is_loopback(host: str | None) -> bool:
    """Whether `host` is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def check_url(url: str) -> str:
    """`url`, when it may be fetched: https, or http on this machine; no user info.

    Raises:
        FetchError: anything else.
    """
    try:
        parts = urlsplit(url)
        usable = not (parts.username or parts.password) and (
            (parts.scheme == "https" and bool(parts.hostname))
            or (parts.scheme == "http" and is_loopback(parts.hostname))
        )
    except ValueError:
        usable = False
    if not usable:
        raise FetchError("A model address must be https, without a user name in it.")
    return url


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where the first address might have pointed, too."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        try:
            self._check(req.full_url, newurl)
        except FetchError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)

    def _check(self, old: str, new: str) -> None:
        check_url(new)
        # From the outside nobody sends us to a service of this machine.
        if is_loopback(urlsplit(new).hostname) and not is_loopback(urlsplit(old).hostname):
            raise FetchError("The server sent us to an address on this machine.")


class _QuickConnection(http.client.HTTPConnection):
    """Gives up connecting soon, but lets a slow server take its time."""

    def connect(self) -> None:
        super().connect()
        self.sock.settimeout(_READ_SECONDS)


class _QuickTlsConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        self.sock.settimeout(_READ_SECONDS)


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_QuickConnection, req)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_QuickTlsConnection, req)


def _open(url: str, start: int = 0) -> Any:
    headers = {"User-Agent": "summ", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    # Scheme and host are checked, here and at every redirect.
    request = urllib.request.Request(check_url(url), headers=headers)  # noqa: S310
    opener = urllib.request.build_opener(_Redirects, _Http, _Https)
    if is_loopback(urlsplit(url).hostname):
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), _Redirects, _Http, _Https
        )
    return opener.open(request, timeout=_CONNECT_SECONDS)


def get(url: str, limit: int) -> bytes:
    """The body at `url`, of at most `limit` bytes.

    Raises:
        FetchError: no connection, a refusal, or a longer body.
    """
    try:
        with _open(url) as response:
            body: bytes = response.read(limit + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _fetch_error(url, error) from error
    if len(body) > limit:
        raise FetchError(f"{_host(url)} sent more than it should.")
    return body


def download(wanted: Wanted, part: Path, ui: Ui, cancel: threading.Event | None = None) -> None:
    """Bring `part` to `wanted.size` bytes, going on behind what is already in it.

    The bytes are not verified here. After an error or an interruption `part` holds what
    has arrived.

    Raises:
        FetchError: unreachable, refused, of another length, or broken too often.
    """
    failures = 0
    while True:
        with open_private(part, append=True) as handle:
            before = handle.tell()
            if before > wanted.size:
                handle.truncate(0)
                before = 0
            if before == wanted.size:
                return
            try:
                _read_on(wanted, handle, ui, cancel)
            except (OSError, http.client.HTTPException, ValueError) as error:
                failures = 0 if _size(handle) > before else failures + 1
                if failures >= _TRIES or not _may_pass(error):
                    raise _fetch_error(wanted.url, error) from error
                _let_go(error)
            finally:
                # A full disk has said so already.
                with suppress(OSError):
                    sync(handle)


def _read_on(wanted: Wanted, handle: BinaryIO, ui: Ui, cancel: threading.Event | None) -> None:
    """One request: append what comes to `handle`."""
    start = handle.tell()
    with _open(wanted.url, start) as response:
        if start and not _continues(response, start):
            handle.seek(0)
            handle.truncate()
            start = 0
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and start + int(length) != wanted.size:
            raise FetchError(f"{_host(wanted.url)} has a file of another length.")
        done = start
        while block := response.read(min(_BLOCK, wanted.size - done)):
            _write(handle, block)
            done += len(block)
            ui.progress(wanted.label, done, wanted.size)
            stop_if(cancel)
    if done < wanted.size:
        raise ConnectionResetError("the connection broke")


def _write(handle: BinaryIO, block: bytes) -> None:
    try:
        handle.write(block)
    except OSError as error:
        raise FetchError(
            f"The model could not be written: {reason(error)}.",
            "What has arrived is kept. Make room, or name another folder in SUMM_MODEL_DIR.",
        ) from error


def _continues(response: Any, start: int) -> bool:
    """Whether the answer starts where we asked it to."""
    where = response.headers.get("Content-Range", "")
    return bool(response.status == _PARTIAL and where.startswith(f"bytes {start}-"))


def _size(handle: BinaryIO) -> int:
    return int(handle.seek(0, 2))


def _may_pass(error: Exception) -> bool:
    """Whether trying again may help: a broken connection or a busy server."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR
    # What can't be resolved or connected now is not there: the next source is.
    return not isinstance(error, urllib.error.URLError) or isinstance(
        error.reason, ConnectionResetError
    )


def _let_go(error: Exception) -> None:
    """An error that carries an answer holds its connection."""
    if isinstance(error, urllib.error.HTTPError):
        error.close()


def _fetch_error(url: str, error: Exception) -> FetchError:
    """What went wrong, without a word that the other side wrote."""
    status = None
    if isinstance(error, urllib.error.HTTPError):
        status = error.code
    _let_go(error)
    return FetchError(f"{_host(url)} {_why(error)}.", status=status)


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the server"


def _why(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"answered with status {error.code}"
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return "did not answer in time"
    if isinstance(error, urllib.error.URLError):
        return "can't be reached"
    return "broke the connection"
