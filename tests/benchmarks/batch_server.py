"""A fast scripted endpoint in a process of its own, which counts what it is asked.

    python -m tests.benchmarks.batch_server --latency 0.2 --error 0.05 --per-second 20

prints its base URL and serves until it is ended. It plays a model that answers summ's prompts
for summaries, claims and merging as they ask; the answer hangs on the request alone. Faults are
drawn by a seeded generator in the order of arrival, so that the same request sent again has
another fate. `tests.benchmarks.batch_runs` starts it and talks to it:

    POST /_reset     forget the log, begin with the faults of the JSON body (see `Faults`)
    GET  /_log       counts
    GET  /_entries   every request: see `Entry`
    GET  /_bodies    what was asked, each body once, as JSON lines; only with `keep`

Times are of `time.monotonic`, which on one machine is the same clock for all processes.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import gc
import hashlib
import json
import math
import random
import re
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

GRACE = 0.02
"""Seconds after a 429 was sent in which a request may still arrive: it was on its way."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_WANTED = re.compile(r": (\d+) sentences|at most (\d+):")
_REASONS = {200: "OK", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}
_LISTING = {"object": "list", "data": [{"id": "fake", "object": "model", "max_model_len": 32768}]}
_LIMITED = {"error": {"message": "rate limit reached", "code": "rate_limit_exceeded"}}


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, and how fast the rest is. Shares are of all requests, and exclusive.

    Attributes:
        latency: seconds until an answer, a failure or a broken answer.
        jitter: further seconds at most, drawn for each request.
        seed: of the generator that deals out the shares.
        limited: share of 429.
        retry_after: seconds that every 429 asks to wait; a fraction in `retry-after-ms`, too.
        error: share of failures.
        status: of these.
        code: in their bodies, such as `insufficient_quota`.
        drop: share of connections closed without a word.
        half: share of answers of which half the body comes.
        hang: share that is never answered.
        invalid: share of answers whose words are not the JSON that was asked for.
        garbage: share of responses that are no JSON at all.
        per_second: answers and failures in any one second; 429 for the rest; 0 for no limit.
        at_once: requests that are worked on at one time; 429 for the rest; 0 for no limit.
        storms: (start, length) of times, in seconds from the first request, of nothing but 429.
        keep: keep the bodies.
    """

    latency: float = 0.0
    jitter: float = 0.0
    seed: int = 0
    limited: float = 0.0
    retry_after: float = 1.0
    error: float = 0.0
    status: int = 500
    code: str = ""
    drop: float = 0.0
    half: float = 0.0
    hang: float = 0.0
    invalid: float = 0.0
    garbage: float = 0.0
    per_second: int = 0
    at_once: int = 0
    storms: tuple[tuple[float, float], ...] = ()
    keep: bool = False


SHARES = ("limited", "error", "drop", "half", "hang", "invalid", "garbage")


@dataclass(slots=True)
class Entry:
    """One request.

    Attributes:
        arrival: when its last byte was read.
        body: SHA-256 of its body.
        paused: whether it came while a 429 asked for patience; see `GRACE`.
        outcome: "open", "ok", "abandoned" (the client hung up before an answer), or a share.
        sent: when the answer had been handed to the kernel.
    """

    arrival: float
    body: str
    paused: bool
    outcome: str = "open"
    sent: float | None = None


@dataclass
class Ledger:
    """What happened since the last reset."""

    faults: Faults = field(default_factory=Faults)
    entries: list[Entry] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    open: int = 0
    peak: int = 0
    first_of_any: float | None = None
    _random: random.Random = field(default_factory=random.Random)
    _recent: deque[float] = field(default_factory=deque)
    _pauses: deque[tuple[float, float]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._random.seed(self.faults.seed)

    def arrived(self, raw: bytes) -> tuple[Entry, str]:
        """Note a request, and decide its fate: "ok" or a share."""
        now = time.monotonic()
        while self._pauses and self._pauses[0][1] <= now:
            self._pauses.popleft()
        paused = any(start <= now for start, _ in self._pauses)
        entry = Entry(now, hashlib.sha256(raw).hexdigest(), paused)
        self.entries.append(entry)
        if self.faults.keep:
            self.bodies.setdefault(entry.body, raw)
        fate = self._fate(now)
        self.open += 1
        self.peak = max(self.peak, self.open)
        return entry, fate

    def _fate(self, now: float) -> str:
        faults = self.faults
        draw = self._random.random()
        since = now - self.entries[0].arrival
        if any(start <= since < start + length for start, length in faults.storms):
            return "limited"
        if faults.at_once and self.open >= faults.at_once:
            return "limited"
        if faults.per_second:
            while self._recent and self._recent[0] <= now - 1:
                self._recent.popleft()
            if len(self._recent) >= faults.per_second:
                return "limited"
        for share in SHARES:
            draw -= getattr(faults, share)
            if draw < 0:
                break
        else:
            share = "ok"
        if share != "limited":
            self._recent.append(now)
        return share

    def latency(self) -> float:
        """Seconds until the next request is answered."""
        faults = self.faults
        return faults.latency + (self._random.random() * faults.jitter if faults.jitter else 0.0)

    def ended(self, entry: Entry, outcome: str) -> None:
        """A request is over."""
        entry.outcome = outcome
        self.open -= 1
        entry.sent = time.monotonic()
        if outcome == "limited":
            self._pauses.append((entry.sent + GRACE, entry.sent + self.faults.retry_after))

    def counts(self) -> dict[str, Any]:
        """The log in figures; `paid` counts whole answers, of any worth."""
        outcomes = Counter(entry.outcome for entry in self.entries)
        asked = Counter(entry.body for entry in self.entries)
        paid = Counter(e.body for e in self.entries if e.outcome in {"ok", "invalid"})
        return {
            "requests": len(self.entries),
            "outcomes": dict(outcomes),
            "different": len(asked),
            "repeated": len(self.entries) - len(asked),
            "paid": sum(paid.values()),
            "paid_again": sum(paid.values()) - len(paid),
            "paused": sum(entry.paused for entry in self.entries),
            "peak": self.peak,
            "open": self.open,
            "first_of_any": self.first_of_any,
            "first": self.entries[0].arrival if self.entries else None,
            "last": max((e.sent for e in self.entries if e.sent), default=None),
        }


class Endpoint(asyncio.Protocol):
    """One connection: HTTP/1.1 with keep-alive, one request after the other."""

    def __init__(self, state: list[Ledger]) -> None:
        """`state` holds the one ledger, so that a reset reaches all connections."""
        self._state = state
        self._buffer = bytearray()
        self._busy: tuple[Ledger, Entry] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """What was under way is abandoned."""
        if self._timer:
            self._timer.cancel()
        if self._busy:
            ledger, entry = self._busy
            ledger.ended(entry, "hang" if entry.outcome == "hang" else "abandoned")

    def data_received(self, data: bytes) -> None:
        """Collect, and answer what is complete."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or self._busy:
            return
        head = bytes(self._buffer[: end + 2])
        found = _LENGTH.search(head)
        whole = end + 4 + (int(found[1]) if found else 0)
        if len(self._buffer) < whole:
            return
        body = bytes(self._buffer[end + 4 : whole])
        del self._buffer[:whole]
        self._dispatch(head.split(b" ", 2)[1].decode("latin-1"), body)

    def _dispatch(self, path: str, body: bytes) -> None:
        ledger = self._state[0]
        if path.startswith("/v1/") and ledger.first_of_any is None:
            ledger.first_of_any = time.monotonic()
        if path == "/v1/chat/completions":
            self._chat(ledger, body)
        elif path == "/_reset":
            self._state[0] = Ledger(faults_of(json.loads(body or b"{}")))
            self._send(200, {})
        elif path == "/_log":
            self._send(200, ledger.counts())
        elif path == "/_entries":
            self._send(200, [dataclasses.asdict(entry) for entry in ledger.entries])
        elif path == "/_bodies":
            self._send(200, b"\n".join(ledger.bodies.values()))
        elif path == "/v1/models":
            self._send(200, _LISTING)
        else:
            self._send(404, {"error": {"message": "no such path"}})

    def _chat(self, ledger: Ledger, body: bytes) -> None:
        entry, fate = ledger.arrived(body)
        self._busy = ledger, entry
        if fate == "hang":
            entry.outcome = "hang"
        elif fate == "limited":
            self._finish(fate, body)
        else:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(ledger.latency(), self._finish, fate, body)

    def _finish(self, fate: str, body: bytes) -> None:
        """Answer, or fail to, as fate has it."""
        assert self._busy is not None
        ledger, entry = self._busy
        self._busy = self._timer = None
        if fate == "limited":
            wait = ledger.faults.retry_after
            after = f"Retry-After: {math.ceil(wait)}\r\n"
            if wait % 1:
                after += f"retry-after-ms: {wait * 1000:g}\r\n"
            self._send(429, _LIMITED, after)
        elif fate == "error":
            error = {"message": "it failed", "code": ledger.faults.code or None}
            self._send(ledger.faults.status, {"error": error})
        elif fate == "drop":
            self._transport.abort()
        elif fate == "garbage":
            self._send(200, b"<html>gateway</html>")
        else:
            data = completion(json.loads(body), broken=fate == "invalid")
            self._send(200, data, cut=fate == "half")
        ledger.ended(entry, fate)

    def _send(self, status: int, data: Any, headers: str = "", *, cut: bool = False) -> None:
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        head = (
            f"HTTP/1.1 {status} {_REASONS.get(status, 'Failed')}\r\n"
            f"Content-Type: application/json\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + (body[: len(body) // 2] if cut else body))
        if cut:
            self._transport.close()


def completion(body: Mapping[str, Any], *, broken: bool = False) -> dict[str, Any]:
    """The answer to a request: as many items as it asks for, each a line word for word."""
    said = [one["content"] for one in body["messages"] if one["role"] == "user"]
    # What is asked for once more, after an answer that was none, comes behind the article.
    words = next((words for words in reversed(said) if "</article-" in words), said[-1])
    content = "I had rather not." if broken else json.dumps(items(words), ensure_ascii=False)
    used = {"prompt_tokens": len(words) // 4, "completion_tokens": len(content) // 4}
    message = {"role": "assistant", "content": content}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {**used, "total_tokens": sum(used.values())},
    }


def items(prompt: str) -> dict[str, Any]:
    """A summary or claims, taken evenly from the numbered lines of a prompt."""
    end = prompt.rfind("</article-")
    lines = _LINE.findall(prompt, 0, end if end >= 0 else len(prompt))
    found = _WANTED.search(prompt, max(0, end))
    count = min(len(lines), int(found[1] or found[2]) if found else 3)
    picked = [lines[place * len(lines) // count] for place in range(count)]
    if "List the key claims" not in prompt:
        return {"summary": [{"sentences": [int(n)], "text": text} for n, text in picked]}
    rest = {"speaker": None, "kind": "fact", "importance": 2}
    return {"claims": [{"sentences": [int(n)], "claim": text, **rest} for n, text in picked]}


def faults_of(data: Mapping[str, Any]) -> Faults:
    """From JSON."""
    storms = tuple((float(start), float(length)) for start, length in data.get("storms", ()))
    return Faults(**{**data, "storms": storms})


async def serve(faults: Faults) -> None:
    """Print the base URL, then answer until a signal comes."""
    loop = asyncio.get_running_loop()
    state = [Ledger(faults)]
    server = await loop.create_server(lambda: Endpoint(state), "127.0.0.1", 0, backlog=1024)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"http://127.0.0.1:{port}/v1\n")
    sys.stdout.flush()
    gc.freeze()  # the log grows: no pauses to walk it
    gc.disable()
    await stop.wait()


def main() -> None:
    """Serve with the faults of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for one in dataclasses.fields(Faults):
        flag = "--" + one.name.replace("_", "-")
        if one.name == "keep":
            parser.add_argument(flag, action="store_true")
        elif one.name == "storms":
            parser.add_argument(flag, type=float, nargs=2, action="append", default=[])
        else:
            parser.add_argument(flag, type=type(one.default), default=one.default)
    asyncio.run(serve(faults_of(vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
