"""A long text through the whole program: memory, calls, coverage, and facts found again.

    python -m tests.benchmarks.long_documents --megabytes 3

The program runs in a process of its own against a scripted endpoint on loopback, whose model
reports each planted fact that it is shown, and a few other lines besides. Nothing is
measured of any model; everything of what is around it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.fake_endpoint import FakeEndpoint
from tests.scripted_model import Lines, ScriptedModel, shown_lines, task_of

FACTS = 40
_FACT = re.compile(r"\bvault \d+\b")


def main() -> None:
    """Print a table of figures and bars; exit 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--megabytes", type=float, default=3.0)
    parser.add_argument("--jobs", type=int, default=4)
    arguments = parser.parse_args()
    text = long_text(int(arguments.megabytes * 1_000_000))
    with tempfile.TemporaryDirectory() as folder, FakeEndpoint() as endpoint:
        path = Path(folder) / "book.txt"
        path.write_text(text, encoding="utf-8")
        endpoint.respond = ScriptedModel(summary=_summary, claims=_claims, usage=_usage)
        flags = ["--base-url", endpoint.base_url, "-m", "gpt-4o", "--claims", str(FACTS)]
        planned = json.loads(_run([str(path), *flags, "-n", "--json"], folder)[0])
        sockets = len(endpoint.requests)
        out, seconds, megabytes = _run(
            [str(path), *flags, "--json", "-j", str(arguments.jobs)], folder
        )
        rows = figures(text, json.loads(out), planned, endpoint)
    rows += [
        ("requests of a dry run", "0", str(sockets), not sockets),
        ("peak memory of the process", "≤ 300 MiB", f"{megabytes:.0f} MiB", megabytes <= 300),
        ("seconds, endpoint included", "", f"{seconds:.1f}", True),
    ]
    print("| what | limit | figure |\n|---|---|---|")
    for what, limit, figure, _ in rows:
        print(f"| {what} | {limit} | {figure} |")
    if not all(met for *_, met in rows):
        sys.exit(1)


def long_text(size: int) -> str:
    """About `size` characters of invented reports, `FACTS` facts at even distances."""
    paragraphs, length, number, planted = [], 0, 0, 0
    while length < size:
        number += 1
        lines = [
            f"On day {number} the office of ward {number % 97} in Eastmere met at noon, and clerk "
            f"number {number * 7} read out the list of {number % 31 + 2} boats and their cargo.",
            f"A keeper from lane {number % 53} asked about lamp {number * 3}, which had been dark "
            f"since the spring.",
            f"The answer, said clerk number {number * 7}, would be given at the meeting after "
            f"day {number + 5}.",
        ]
        if length * FACTS >= size * planted and planted < FACTS:
            planted += 1
            lines.append(f"That night the council sealed vault {planted} under the old lighthouse.")
        paragraphs.append(" ".join(lines))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs) + "\n"


def figures(
    text: str, report: Mapping[str, Any], planned: Mapping[str, Any], endpoint: FakeEndpoint
) -> list[tuple[str, str, str, bool]]:
    """What, limit, figure, and whether the limit is kept."""
    claims = report["claims"]
    exact = all(text[e["start"] : e["end"]] == e["quote"] for c in claims for e in c["evidence"])
    found = {
        fact
        for c in claims
        for e in c["evidence"]
        for fact in _FACT.findall(e["quote"])
        if fact in c["text"]
    }
    shown: dict[str, set[int]] = {"summary": set(), "claims": set()}
    calls: dict[str, int] = {}
    for request in endpoint.requests:
        task = task_of(request.body)
        calls[task] = calls.get(task, 0) + 1
        if task in shown:
            shown[task] |= set(shown_lines(request.body))
    everything = set(range(1, report["source"]["sentences"] + 1))
    low, high = planned["prompt_tokens"]["least"], planned["prompt_tokens"]["most"]
    read = report["run"]["prompt_tokens"]
    words = len(text.split())
    chunks = len(report["coverage"]["chunks"])
    return [
        ("text", "", f"{words:,} words, {report['source']['tokens']:,} tokens", True),
        ("chunks", "", str(chunks), True),
        ("planted facts among the claims, quoted exactly", f"{FACTS}", str(len(found)),
         len(found) == FACTS and exact),
        ("sentences in no summary request, in no claims request", "0, 0",
         ", ".join(str(len(everything - numbers)) for numbers in shown.values()),
         all(numbers == everything for numbers in shown.values())),
        ("calls by task, announced and made", "equal",
         f"{planned['calls']}, {calls}".replace("'", ""), planned["calls"] == calls),
        ("prompt tokens read, within those announced", f"{low:,} to {high:,}", f"{read:,}",
         low <= read <= high),
    ]  # fmt: skip


def _summary(lines: Lines) -> dict[str, Any]:
    """As many notes as are asked for is not needed: six lines, the first ones."""
    return {"summary": [{"sentences": [n], "text": t} for n, t in list(lines.items())[:6]]}


def _claims(lines: Lines) -> dict[str, Any]:
    """Each planted fact that was shown."""
    facts = [(n, t) for n, t in lines.items() if _FACT.search(t)]
    return {
        "claims": [
            {"sentences": [n], "speaker": None, "claim": t, "kind": "fact", "importance": 3}
            for n, t in facts
        ]
    }


def _usage(body: Mapping[str, Any]) -> tuple[int, int]:
    """Tokens as the model named would count them."""
    from summ.text.tokens import TokenCounter

    counter = TokenCounter("o200k_base")
    return sum(counter.count(m["content"]) for m in body["messages"]), 100


def _run(arguments: list[str], home: str) -> tuple[str, float, float]:
    """What the program prints, its wall time in seconds, and its peak memory in MiB."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SUMM_", "OPENAI_"))}
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "summ", *arguments],
        stdout=subprocess.PIPE,
        env={**env, "HOME": home, "XDG_CONFIG_HOME": home},
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"summ ended with {process.returncode}")
    return out, time.perf_counter() - started, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
