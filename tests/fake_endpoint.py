"""A real HTTP/1.1 server on loopback that plays an OpenAI-compatible endpoint by script.

    with FakeEndpoint() as endpoint:                 # or the fixture `endpoint`
        endpoint.push("hello", {"items": []})        # next answers, in order
        endpoint.respond = lambda body: chat("hi")   # every answer after those
        …                                            # call endpoint.base_url
        endpoint.requests[0].body["max_tokens"]      # what came in
        endpoint.listing = {"data": [...]}           # what `GET /v1/models` says

An answer is a `Scripted`, a `str` (the model's words) or a `dict` (the model's JSON).
`chat`, `failing`, `redirect` make the usual ones; the fields of `Scripted` the nasty ones.
With no answer left in the script the server says 400, so that a test sees it at once; what
`respond` raises is raised again at the end.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, cast


@dataclass(frozen=True)
class Scripted:
    """One answer.

    Attributes:
        body: bytes of the response's body.
        status: HTTP status.
        headers: further headers, in place of the usual ones of the same name.
        raw: sent in place of a whole HTTP response.
        delay: seconds before anything is sent; the server's end cuts it short.
        drip: seconds between two bytes of the body; 0 sends it at once.
        drop_after: bytes of the body after which the connection is closed; None never.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    delay: float = 0.0
    drip: float = 0.0
    drop_after: int | None = None

    def but(self, **changes: Any) -> Scripted:
        """The same answer with other fields."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Received:
    """One request: `body` is its JSON, or None; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    raw: bytes
    time: float


Answer = Scripted | str | dict[str, Any]


def chat(
    content: str | None,
    finish_reason: str | None = "stop",
    usage: tuple[int, int] | tuple[int, int, int] | None = (100, 20),
    **message: Any,
) -> Scripted:
    """A chat completion: `usage` is prompt, completion and (optionally) cached tokens."""
    data: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish_reason,
                "message": {"role": "assistant", "content": content, **message},
            }
        ],
    }
    if usage is not None:
        data["usage"] = {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": usage[0] + usage[1],
        }
        if len(usage) == 3:
            data["usage"]["prompt_tokens_details"] = {"cached_tokens": usage[2]}
    return Scripted(json.dumps(data).encode())


def failing(status: int, error: Any = "it failed", **headers: str) -> Scripted:
    """An error: `error` is a message, or a whole body; `retry_after="1"` becomes a header."""
    body = {"error": {"message": error}} if isinstance(error, str) else error
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Scripted(json.dumps(body).encode(), status, names)


def redirect(location: str, status: int = 307) -> Scripted:
    """An answer that sends the client elsewhere."""
    return Scripted(b"", status, {"location": location})


class FakeEndpoint:
    """The server; a context manager.

    Attributes:
        requests: the calls that came in, in order.
        list_requests: the requests for the list of models, apart from those.
        respond: makes the answer to a request's body when nothing is pushed.
        models: ids that `GET /v1/models` lists.
        listing: its whole answer (a `Scripted`, or what becomes JSON) in place of that list.
        peak: most requests that were being answered at one time.
    """

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.list_requests: list[Received] = []
        self.respond: Callable[[Any], Answer] = lambda _: failing(400, "the script ran out")
        self.models = ["fake"]
        self.listing: Any = None
        self.peak = 0
        self._script: deque[Answer] = deque()
        self._mistakes: list[Exception] = []
        self._active = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._sockets: set[socket.socket] = set()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def base_url(self) -> str:
        """URL for `--base-url`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def push(self, *answers: Answer) -> None:
        """Put answers at the end of the script."""
        self._script.extend(answers)

    def __enter__(self) -> FakeEndpoint:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        with self._lock:
            for connection in self._sockets:
                _shut(connection)
        self._server.server_close()  # joins the handlers' threads
        self._thread.join()
        if self._mistakes and error is None:
            raise self._mistakes[0]

    # --- for the handler ---------------------------------------------------------------

    def take(self, received: Received) -> Scripted:
        """Note a request, and choose its answer."""
        with self._lock:
            self.requests.append(received)
            self._active += 1
            self.peak = max(self.peak, self._active)
            answer = self._script.popleft() if self._script else None
        try:
            return _scripted(self.respond(received.body) if answer is None else answer)
        except Exception as error:  # noqa: BLE001  a test's own mistake, told at its end
            self._mistakes.append(error)
            return failing(400, "the responder failed")

    def listed(self, received: Received) -> Scripted:
        """Note a request for the list of models, and answer it."""
        with self._lock:
            self.list_requests.append(received)
        if isinstance(self.listing, Scripted):
            return self.listing
        usual = [{"id": name, "object": "model"} for name in self.models]
        data = {"object": "list", "data": usual} if self.listing is None else self.listing
        return Scripted(json.dumps(data).encode())

    def done(self) -> None:
        """A request has been answered."""
        with self._lock:
            self._active -= 1

    def track(self, connection: socket.socket, present: bool) -> None:
        """Remember a connection, to cut it when the server ends."""
        with self._lock:
            (self._sockets.add if present else self._sockets.discard)(connection)
        if present and self._closing.is_set():
            _shut(connection)

    def wait(self, seconds: float) -> bool:
        """Let time pass; True when the server ends meanwhile."""
        return self._closing.wait(seconds) if seconds > 0 else self._closing.is_set()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 512

    def __init__(self, endpoint: FakeEndpoint) -> None:
        self.endpoint = endpoint
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def _endpoint(self) -> FakeEndpoint:
        return cast(_Server, self.server).endpoint

    def setup(self) -> None:
        super().setup()
        self._endpoint.track(self.connection, True)

    def finish(self) -> None:
        self._endpoint.track(self.connection, False)
        super().finish()

    def do_GET(self) -> None:
        if self.path.partition("?")[0] == "/v1/models":
            self._answer(self._endpoint.listed(self._received(b"", None)))
        else:
            self._answer(failing(404, "no such path"))

    def do_POST(self) -> None:
        size = int(self.headers.get("content-length", "0"))
        raw = self.rfile.read(size)
        if len(raw) < size:  # the client hung up in the middle: a cancelled request is none
            self.close_connection = True
            return
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        scripted = self._endpoint.take(self._received(raw, body))
        try:
            self._answer(scripted)
        finally:
            self._endpoint.done()

    def _received(self, raw: bytes, body: Any) -> Received:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Received(self.command, self.path, headers, body, raw, time.monotonic())

    def _answer(self, scripted: Scripted) -> None:
        if self._endpoint.wait(scripted.delay):
            self.close_connection = True
            return
        if scripted.raw is not None:
            self.wfile.write(scripted.raw)
            self.close_connection = True
            return
        body = scripted.body
        headers = {
            "content-type": "application/json",
            "content-length": str(len(body)),
            **{name.lower(): value for name, value in scripted.headers.items()},
        }
        lines = [f"HTTP/1.1 {scripted.status} Scripted", *(f"{k}: {v}" for k, v in headers.items())]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        if scripted.drop_after is not None:
            body, self.close_connection = body[: scripted.drop_after], True
        if not scripted.drip:
            self.wfile.write(head + body)
            return
        self.wfile.write(head)
        for byte in body:
            if self._endpoint.wait(scripted.drip):
                return
            self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on stderr."""


def _scripted(answer: Answer) -> Scripted:
    if isinstance(answer, Scripted):
        return answer
    return chat(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False))


def _shut(connection: socket.socket) -> None:
    """Wake a thread that waits on the connection."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # already gone
