"""Rates: a contest against a limited server, the verdict of another one, and a storm."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from bisect import bisect_left, bisect_right
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from tests.benchmarks.batch_runs import Program, Row, Server, make_corpus, reports

RATE = 20
DOCUMENTS = 200


def contest(folder: Path, server: Server, jobs: int, documents: int = DOCUMENTS) -> list[Row]:
    """20 requests a second, `Retry-After: 1`, 5 % of 500, 50 ms."""
    corpus = make_corpus(folder / "corpus", documents)
    server.reset(latency=0.05, per_second=RATE, error=0.05, retry_after=1, seed=jobs)
    ended = Program(folder / "home", server).run(corpus, folder / "out", "-j", f"{jobs}")
    log = server.log()
    if not log["last"]:
        sys.exit(f"Nothing was asked, and the run ended with {ended.code}: {ended.err[-2000:]}")
    limit = 1.15 * documents / RATE
    asking = log["last"] - log["first"]
    failed = log["outcomes"].get("error", 0)
    ratio = (log["requests"] - failed) / documents
    whole = len(reports(folder / "out")) == documents and not ended.code
    return [
        (f"-j {jobs}: reports, exit code", f"{documents}, 0",
         f"{len(reports(folder / 'out'))}, {ended.code}", whole),
        (f"-j {jobs}: first request to last answer", f"≤ {limit:.1f} s", f"{asking:.1f} s",
         asking <= limit),
        (f"-j {jobs}: the whole process", "", f"{ended.seconds:.1f} s", True),
        (f"-j {jobs}: requests ÷ documents, without those that failed with 500", "≤ 1.15",
         f"{ratio:.2f} ({log['requests']} requests, {failed} of them 500, "
         f"{log['outcomes'].get('limited', 0)} of them 429)", ratio <= 1.15),
        (f"-j {jobs}: requests during a pause", "0", f"{log['paused']}", not log["paused"]),
    ]  # fmt: skip


def storm(folder: Path, server: Server, jobs: int = 32, documents: int = 3000) -> list[Row]:
    """Five seconds of nothing but 429, after five of calm."""
    corpus = make_corpus(folder / "corpus", documents)
    start, length = 6.0, 5.0
    server.reset(latency=0.4, retry_after=1, storms=[(start, length)])
    ended = Program(folder / "home", server).run(corpus, folder / "out", "-j", f"{jobs}")
    entries, log = server.entries(), server.log()
    if not log["last"]:
        sys.exit(f"Nothing was asked, and the run ended with {ended.code}: {ended.err[-2000:]}")
    first = entries[0]["arrival"]
    done = sorted(e["sent"] - first for e in entries if e["outcome"] == "ok")
    before = _between(done, 2.0, start) / (start - 2.0)
    end = start + length
    back = next((s / 4 for s in range(240) if _between(done, end + s / 4, end + s / 4 + 1)
                 >= 0.9 * before and end + s / 4 + 1 <= done[-1]), None)  # fmt: skip
    seconds = [_between(done, end + s, end + s + 1) for s in range(12)]
    figure = "never" if back is None else f"{back + 1:.2f} s"
    return [
        (f"answers a second before, -j {jobs}, 400 ms (ideal {jobs / 0.4:.0f})", "",
         f"{before:.0f}", True),
        ("answers in each second after the storm", "", ", ".join(map(str, seconds)), True),
        ("from its end to the end of the first second with ≥ 90 %", "≤ 10 s", figure,
         back is not None and back + 1 <= 10),
        ("requests during a pause; 429 in all", "0",
         f"{log['paused']}; {log['outcomes'].get('limited', 0)}", not log["paused"]),
        ("reports, exit code", f"{documents:,}, 0",
         f"{len(reports(folder / 'out')):,}, {ended.code}",
         not ended.code and len(reports(folder / "out")) == documents),
    ]  # fmt: skip


def _between(times: list[float], start: float, end: float) -> int:
    """How many of sorted times are in [start, end]."""
    return bisect_right(times, end) - bisect_left(times, start)


def judged(folder: Path, documents: int = 320, jobs: int = 32) -> list[Row]:
    """What `llmock` says of the program after 429, 500, 503 and a quota.

    It answers by the schema of a request, with sentence 0 or 1 and words of no meaning: that is
    enough for a report.
    """
    tool = shutil.which("llmock", path=str(Path(sys.executable).parent)) or shutil.which("llmock")
    if tool is None:
        return [("`llmock` is not installed", "", "skipped", True)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = ["--error-rate", "429=0.1", "--error-rate", "500=0.05", "--error-rate", "503=0.05",
             "--rpm", "300", "--latency-ms", "50", "--log-level", "error"]  # fmt: skip
    corpus = make_corpus(folder / "corpus", documents)
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            [tool, "serve", "--port", f"{port}", *flags], stdout=words, stderr=words, cwd=folder
        )
        try:
            _ask(port, "verdict")
            server = cast(Server, SimpleNamespace(base_url=f"http://127.0.0.1:{port}/v1"))
            ended = Program(folder / "home", server).run(
                corpus, folder / "out", "-j", f"{jobs}", "--retries", "8"
            )
            verdict = _ask(port, "verdict")
        finally:
            process.terminate()
            process.wait()
    (folder / "verdict.json").write_text(json.dumps(verdict, indent=1))
    codes = sorted({finding["code"] for finding in verdict["findings"]})
    found = len(reports(folder / "out"))
    return [
        ("`llmock`: calls, attempts, faults; seconds; exit code", "",
         f"{verdict['calls']}, {verdict['attempts']}, {verdict['faults_injected']}; "
         f"{ended.seconds:.1f}; {ended.code}", True),
        ("`llmock`: reports", f"{documents}", f"{found}", found == documents),
        ("`llmock`: errors and warnings of its verdict", "0, 0",
         f"{verdict['errors']}, {verdict['warnings']} {' '.join(codes)}".strip(),
         not verdict["findings"]),
    ]  # fmt: skip


def _ask(port: int, path: str) -> dict[str, Any]:
    """From its control interface; waits for it to be there."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_llmock/{path}") as answer:
                data: dict[str, Any] = json.load(answer)
                return data
        except urllib.error.URLError:
            time.sleep(0.1)
    sys.exit("llmock does not answer.")
