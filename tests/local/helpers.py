"""Small stand-ins for the other side: an HTTP server, wheels, a user interface."""

from __future__ import annotations

import base64
import hashlib
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Told:
    """A `Ui` that keeps what it is told."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.steps: list[tuple[str, int, int | None]] = []

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def progress(self, label: str, done: int, total: int | None) -> None:
        self.steps.append((label, done, total))


@dataclass
class Site:
    """What the server serves, and what it was asked.

    Attributes:
        files: path → body.
        cuts: how many bytes each answer may send before the connection breaks.
        redirects: path → address.
        ranges: whether `Range` is honoured.
        asked: path and `Range` header of each request.
        statuses: statuses to answer before anything else, first come first served.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    ranges: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    url: str = ""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            site.asked.append((self.path, wanted))
            site.headers.append(dict(self.headers.items()))
            if site.statuses:
                self._plain(site.statuses.pop(0))
            elif self.path in site.redirects:
                self.send_response(302)
                self.send_header("Location", site.redirects[self.path])
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif self.path in site.files:
                self._send(site.files[self.path], wanted)
            else:
                self._plain(404)

        def _plain(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _send(self, body: bytes, wanted: str) -> None:
            start = int(wanted[len("bytes=") : -1]) if wanted and site.ranges else 0
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            rest = body[start:]
            if site.cuts:
                rest = rest[: site.cuts.pop(0)]
                self.close_connection = True
            self.wfile.write(rest)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve `site` on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def build_wheel(folder: Path, name: str, version: str, files: dict[str, bytes]) -> Path:
    """A wheel that pip accepts, with `files` in it."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    members = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()},\n"
        for path, data in members.items()
    )
    path = folder / f"{stem}-py3-none-any.whl"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in (members | {f"{info}/RECORD": record.encode()}).items():
            archive.writestr(member, data)
    return path


def zstd(data: bytes) -> bytes:
    """A Zstandard frame of stored blocks: what any decoder takes, made without a library."""
    frame = bytes.fromhex("28b52ffda0") + len(data).to_bytes(4, "little")
    step = 100_000
    for start in range(0, max(1, len(data)), step):
        block = data[start : start + step]
        last = start + step >= len(data)
        frame += (len(block) << 3 | last).to_bytes(3, "little") + block
    return frame


def wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether `condition` came true in time."""
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
