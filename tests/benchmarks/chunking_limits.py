"""Memory and hostile texts: each chunker and text in a process of its own."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.chunking_peers import CHUNKERS, OURS
from tests.benchmarks.chunking_report import MIDDLE, Settings, Verdict, table
from tests.benchmarks.chunking_worker import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60.0
SLACK = 0.3  # seconds a hostile text may cost above one plain encode of it
BAR_MEMORY = 5.0


def worker(*arguments: str, limit: float = 900) -> tuple[dict[str, object], int | None]:
    """What a worker told, and its return code (None: it was still running)."""
    command = [sys.executable, "-m", "tests.benchmarks.chunking_worker", *arguments]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=limit)
        output, code = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        output, code = late.stdout or b"", None
    found: dict[str, object] = {}
    for line in output.decode("utf-8", "replace").splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    return found, code


def memory(settings: Settings, cache: Path) -> None:
    """The table of peak memory, at the middle budget."""
    print(f"\n### Peak memory above text and result, MB, budget {MIDDLE:,}\n")
    print("Python's allocator (tracemalloc); in brackets the growth of the resident set.\n")
    rows = []
    for name in settings.names:
        row = [CHUNKERS[name].label]
        for corpus, source in settings.texts.items():
            path = cache / f"{corpus.replace(' ', '-')}.memory.txt"
            path.write_text(source.text, "utf-8")
            found, _ = worker("memory", name, str(MIDDLE), str(path))
            path.unlink()
            row.append(_memory_cell(name, found))
            traced = found.get("traced")
            if name == OURS and isinstance(traced, int):
                used = traced / 1e6
                settings.verdict.add(used <= BAR_MEMORY, f"{corpus}: {used:.1f} MB (≤ 5)")
        rows.append(row)
    print(table(["chunker", *settings.texts], rows), flush=True)


def _memory_cell(name: str, found: dict[str, object]) -> str:
    traced, resident = found.get("traced"), found.get("resident")
    if not isinstance(traced, int):
        return str(found.get("error", "killed"))
    python = "compiled" if CHUNKERS[name].compiled else f"{traced / 1e6:.1f}"
    return python + (f" ({resident / 1e6:.0f})" if isinstance(resident, int) else "")


def hostile(settings: Settings, only: str | None) -> None:
    """The tables of the hostile texts: what each chunker makes of each, and ours in full."""
    names = settings.names
    rows, own_rows = [], []
    for given in HOSTILE:
        if only and not re.search(only, given):
            continue
        row = [given]
        for name in names:
            found, code = worker("hostile", name, str(MIDDLE), given, str(LIMIT), limit=4 * LIMIT)
            row.append(_hostile_cell(found, code))
            if name == OURS:
                own_rows.append(_hostile_row(settings.verdict, given, found, code))
        rows.append(row)
        print("…", *row, sep="  ", file=sys.stderr, flush=True)
    print(f"\n### Hostile texts, budget {MIDDLE:,}: CPU seconds, limit {LIMIT:.0f} s\n")
    print(
        "Over: chunks above the budget; lossy: characters missing or changed; split: graphemes\n"
        "divided (one that is above the budget must be); none: no chunk at all.\n"
    )
    print(table(["text", *(CHUNKERS[name].label for name in names)], rows))
    if own_rows:
        head = f"text|CPU s|one encode, CPU s|≤ encode + {SLACK} s|over|cover|split"
        print(table(head.split("|"), own_rows), flush=True)


def _died(found: dict[str, object], code: int | None) -> str | None:
    """How the worker ended before it had told of the chunks, if it did."""
    if "seconds" in found:
        return None
    if "error" in found:
        return str(found["error"])
    if code is None or code == -signal.SIGALRM:
        return f"> {LIMIT:.0f}"
    return f"died ({code})"


def _hostile_cell(found: dict[str, object], code: int | None) -> str:
    died = _died(found, code)
    if died:
        return died
    marks = [
        f"over {found['over']}" if found.get("over") else "",
        "none" if found.get("chunks") == 0 else "",
        "lossy" if found.get("cover") == "lossy" else "",
        f"split {found['split']}" if found.get("split") else "",
        "" if "cover" in found else "not checked",
    ]
    return ", ".join([f"{found['seconds']:.2f}", *filter(None, marks)])


def _hostile_row(
    verdict: Verdict, given: str, found: dict[str, object], code: int | None
) -> list[str]:
    died = _died(found, code)
    seconds, plain = found.get("seconds"), found.get("plain")
    if died or not isinstance(seconds, float):
        verdict.add(False, f"{given}: {died}")
        return [given, str(died), "–", "no", "–", "–", "–"]
    allowed = SLACK + (plain if isinstance(plain, float) else 0.0)
    met = seconds <= allowed
    verdict.add(met, f"{given}: {seconds:.2f} s (≤ {allowed:.2f})")
    verdict.add(found.get("over") == 0, f"{given}: {found.get('over')} over budget")
    verdict.add(found.get("cover") == "exact", f"{given}: cover {found.get('cover')}")
    return [
        given,
        f"{seconds:.2f}",
        _plain_cell(found),
        "yes" if met else "no",
        str(found.get("over")),
        str(found.get("cover")),
        str(found.get("split")),
    ]


def _plain_cell(found: dict[str, object]) -> str:
    plain, error = found.get("plain"), found.get("plain_error")
    if not isinstance(plain, float):
        return f"> {LIMIT:.0f}"
    return f"{plain:.2f}" + (f" in two halves (whole: {error})" if error else "")
