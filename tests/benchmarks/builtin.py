"""The built-in model on an article of about 650 tokens, beside one plain request.

    python tests/benchmarks/builtin.py [--rounds N] [ARTICLE]

Both ask the same server, in turn, in one process; before each the server's prefix cache
is overwritten, so that neither finds the other's work. Prints seconds, their ratio, what
was read, cached and written, and the peak memory of the whole process; fails when a
prefix was evaluated twice. Needs the extra `local`, and the model (`summ models pull`).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from summ.analysis import Tools
from summ.cli.console import Console
from summ.config import config_path, resolve
from summ.errors import ReplyError
from summ.llm.port import Backend
from summ.model import Message, Profile, Reply, Request
from summ.session import Session
from summ.sources import read_source

ARTICLE = Path(__file__).parents[2] / "examples" / "harbour-bridge-closure.txt"
PLAIN = (
    "\n\nSummarise the article above in three sentences, and list its six key claims with "
    'their speakers, as JSON: {"summary": "…", "claims": [{"speaker": "…", "claim": "…"}]}'
)
CLOSE_TO_ALL = 0.9
"""Share of a common beginning that must come from the cache (the last tokens never do)."""


class Recording:
    """A backend that keeps what went through it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.calls: list[tuple[Request, Reply]] = []

    @property
    def profile(self) -> Profile:
        return self._backend.profile

    async def context(self) -> int:
        return await self._backend.context()

    async def complete(self, request: Request) -> Reply:
        reply = await self._backend.complete(request)
        self.calls.append((request, reply))
        return reply

    def forget(self, replies: Iterable[bytes]) -> None:
        self._backend.forget(replies)

    async def aclose(self) -> None:
        await self._backend.aclose()


def common_share(one: Request, two: Request) -> float:
    """Share of the second request's characters that the first begins with, too."""
    first, second = ("\0".join(m.content for m in request.messages) for request in (one, two))
    pairs = enumerate(zip(first, second, strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), min(len(first), len(second)))
    return shared / len(second)


def evaluated_twice(calls: list[tuple[Request, Reply]]) -> list[str]:
    """Calls whose beginning was read before and did not come from the cache."""
    faults = []
    for (before, _), (request, reply) in pairwise(calls):
        expected = CLOSE_TO_ALL * common_share(before, request) * reply.usage.prompt_tokens
        # Characters are not tokens: a few tokens of a short prompt prove nothing.
        if reply.usage.cached_tokens < expected - 24:
            faults.append(f"{reply.usage.cached_tokens} cached, {expected:.0f} expected")
    return faults


async def forget(tools: Tools) -> None:
    """Overwrite the slot's cache with something else."""
    request = Request("forget", (Message("user", "Count from one to three. " * 40),), 4)
    with suppress(ReplyError):  # a cut reply does as well
        await tools.backend.complete(request)


async def measure(session: Session, article: Path, rounds: int) -> None:
    """Run both in turn and print a row for each round."""
    tools = session.tools
    text = article.read_text(encoding="utf-8")
    source = read_source(str(article), None)
    ratios, flows, plains = [], [], []
    for _ in range(rounds):
        await forget(tools)
        started = time.monotonic()
        plain = await tools.backend.complete(
            Request("plain", (Message("user", text + PLAIN),), 900)
        )
        plains.append(time.monotonic() - started)
        await forget(tools)
        recording = Recording(tools.backend)
        backend, tools.backend = tools.backend, recording
        started = time.monotonic()
        report = await session.report(source, frozenset({"summary", "claims"}))
        flows.append(time.monotonic() - started)
        tools.backend = backend
        ratios.append(flows[-1] / plains[-1])
        faults = evaluated_twice(recording.calls)
        assert not faults, faults
        run = report.run
        print(
            f"summ {flows[-1]:.1f} s ({run.calls} calls, {run.prompt_tokens} prompt tokens of "
            f"which {run.cached_tokens} cached, {run.completion_tokens} written; "
            f"{len(report.summary)} sentences, {len(report.claims)} claims); plain "
            f"{plains[-1]:.1f} s ({plain.usage.prompt_tokens} + {plain.usage.completion_tokens}); "
            f"ratio {ratios[-1]:.2f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"| summary of 3 sentences + 6 claims | {statistics.median(flows):.1f} s | "
        f"plain request {statistics.median(plains):.1f} s | ratio "
        f"{statistics.median(ratios):.2f} | peak memory {peak:.2f} GiB | no prefix read twice |"
    )


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("article", nargs="?", type=Path, default=ARTICLE)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    flags = {"model": "local", "length": 3, "claims": 6, "cache": False}
    settings = resolve(flags, os.environ, config_path(os.environ)).settings

    async def run(session: Session) -> None:
        try:
            await measure(session, arguments.article, arguments.rounds)
        finally:
            await session.aclose()

    with Session(settings, Console()) as session:
        asyncio.run(run(session))


if __name__ == "__main__":
    main()
