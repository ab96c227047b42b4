"""How fast batches are: beside a bare client, from the store, in memory, and to begin."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path

from tests.benchmarks.batch_runs import Program, Row, Server, make_corpus, reports, start

JOBS = 64
LATENCY = 0.2


def throughput(folder: Path, server: Server, documents: int, pairs: int) -> list[Row]:
    """Pairs of a batch and a bare gather of the same requests, in turns."""
    corpus = make_corpus(folder / "corpus", documents)
    server.reset(latency=0.0, keep=True)
    first = Program(folder / "first", server).run(corpus, folder / "first-out", "-j", f"{JOBS}")
    bodies = folder / "bodies"
    bodies.write_bytes(server.bodies())
    calls = server.log()["requests"]
    ideal = calls * LATENCY / JOBS
    summ, within, whole, alone = [], [], [], []
    for pair in range(pairs):
        for bare in (pair % 2 == 0, pair % 2 == 1):
            server.reset(latency=LATENCY)
            if bare:
                seconds, gather = _bare(folder, server, bodies)
                whole.append(seconds)
                alone.append(gather)
                continue
            home, out = folder / f"home-{pair}", folder / f"out-{pair}"
            ended = Program(home, server).run(corpus, out, "-j", f"{JOBS}")
            log = server.log()
            if ended.code or log["requests"] != calls or len(reports(out)) != documents:
                sys.exit(f"The run ended with {ended.code}: {ended.err[-2000:]}")
            summ.append(ended.seconds)
            within.append(log["last"] - log["first"])
    ours, asking, process, gather = (statistics.median(x) for x in (summ, within, whole, alone))
    return [
        (f"documents, calls, in flight, latency; {pairs} pairs", "",
         f"{documents:,}, {calls:,}, {JOBS}, {LATENCY * 1000:.0f} ms", not first.code),
        ("ideal: calls × latency ÷ in flight", "", f"{ideal:.2f} s", True),
        ("bare `AsyncOpenAI`, gather alone; its process", "",
         f"{gather:.2f} s ({gather / ideal:.2f} × ideal); {process:.2f} s", True),
        ("summ, its process", "", f"{ours:.2f} s ({ours / ideal:.2f} × ideal), "
         + " to ".join(f"{x:.2f}" for x in (min(summ), max(summ))), True),
        ("summ, first request to last answer", "",
         f"{asking:.2f} s ({asking / ideal:.2f} × ideal)", True),
        ("process ÷ process", "≤ 1.5", f"{ours / process:.2f}", ours / process <= 1.5),
        ("summ from first request to last answer ÷ gather alone", "≤ 1.5",
         f"{asking / gather:.2f}", asking / gather <= 1.5),
        ("summ's process ÷ gather alone", "", f"{ours / gather:.2f}", True),
    ]  # fmt: skip


def _bare(folder: Path, server: Server, bodies: Path) -> tuple[float, float]:
    """Seconds of the process, and of the gather in it."""
    command = [sys.executable, "-m", "tests.benchmarks.batch_speed"]
    ended = start([*command, server.base_url, str(bodies), f"{JOBS}"], folder / "bare").wait()
    if ended.code:
        sys.exit(f"The bare client ended with {ended.code}: {ended.err[-2000:]}")
    return ended.seconds, float(ended.out)


def bare(base_url: str, bodies: Path, jobs: int) -> float:
    """Seconds of a gather, behind a semaphore, with the SDK as it comes but for its retries."""
    from openai import AsyncOpenAI  # noqa: TID251  what summ is measured by

    asked = [json.loads(line) for line in bodies.read_bytes().splitlines()]

    async def gather() -> float:
        slots = asyncio.Semaphore(jobs)
        async with AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0) as client:

            async def one(body: dict[str, object]) -> None:
                async with slots:
                    await client.chat.completions.create(**body)  # type: ignore[call-overload]

            started = time.perf_counter()
            await asyncio.gather(*map(one, asked))
            return time.perf_counter() - started

    return asyncio.run(gather())


def warm(folder: Path, server: Server, documents: int) -> list[Row]:
    """The same articles again: into a new folder, and into that of the first run."""
    corpus = make_corpus(folder / "corpus", documents)
    server.reset()
    program, jobs = Program(folder / "home", server), ("-j", f"{JOBS}")
    first = program.run(corpus, folder / "out", *jobs)
    paid = server.log()["requests"]
    rows: list[Row] = [("first run, no latency, per second", "", f"{documents / first.seconds:.0f}",
                        not first.code)]  # fmt: skip
    for what, out in (("a new folder", "new"), ("the same folder", "out")):
        runs = [program.run(corpus, folder / (out + f"{n}" * (out == "new")), *jobs)
                for n in range(3)]  # fmt: skip
        seconds = statistics.median(run.seconds for run in runs)
        whole = not any(run.code for run in runs)
        rows.append((f"documents per second, warm cache, {what}, start-up included", "≥ 300",
                     f"{documents / seconds:.0f} ({seconds:.2f} s)",
                     documents / seconds >= 300 and whole))  # fmt: skip
    more = server.log()["requests"] - paid
    same = reports(folder / "new0") == reports(folder / "out")
    rows.append(("calls of these", "0", f"{more}", not more))
    rows.append(("reports of the new folder equal", "all", "all" if same else "not all", same))
    return rows


def memory(folder: Path, server: Server, sizes: tuple[int, ...]) -> list[Row]:
    """Most resident memory of the process; 20 ms latency."""
    rows: list[Row] = []
    peaks: list[float] = []
    for size in sizes:
        corpus = make_corpus(folder / f"corpus-{size}", size)
        server.reset(latency=0.02)
        home, out = folder / f"home-{size}", folder / f"out-{size}"
        ended = Program(home, server).run(corpus, out, "-j", f"{JOBS}")
        found = sum(1 for _ in out.glob("article-*"))
        peaks.append(ended.peak)
        figure = f"{ended.peak:.0f} MiB, {ended.seconds:.1f} s, {size / ended.seconds:.0f} a second"
        rows.append((f"peak memory, {size:,} documents", "", figure,
                     not ended.code and found == size))  # fmt: skip
    ratio = peaks[-1] / peaks[0]
    return [*rows, (f"{sizes[-1]:,} ÷ {sizes[0]:,}", "≤ 1.3", f"{ratio:.2f}", ratio <= 1.3)]


def beginning(folder: Path, server: Server, documents: int, runs: int = 5) -> list[Row]:
    """From the start of the process to the first request that the server has read."""
    corpus = make_corpus(folder / "corpus", documents)
    times = []
    for run in range(runs):
        server.reset(latency=LATENCY)
        running = Program(folder / f"home-{run}", server).start(corpus, folder / f"out-{run}")
        while not server.log()["requests"] and running.alive:
            time.sleep(0.05)
        running.kill()
        first = server.log()["first"]
        times.append(first - running.started if first else float("inf"))
    median = statistics.median(times)
    spread = f"{median:.2f} s ({min(times):.2f} to {max(times):.2f})"
    return [(f"start to first request, {documents:,} files, {runs} runs", "≤ 1.5 s", spread,
             median <= 1.5)]  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(f"{bare(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))}\n")
