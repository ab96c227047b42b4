"""One chunker and one text in a process of its own, which may be killed or crash.

    python -m tests.benchmarks.chunking_worker hostile NAME BUDGET INPUT LIMIT
    python -m tests.benchmarks.chunking_worker memory NAME BUDGET FILE

Prints one JSON object a line, each as soon as it is known, so that what was found before a
crash is not lost.
"""

from __future__ import annotations

import base64
import json
import random
import resource
import signal
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.chunking_peers import encoding, ready
from tests.benchmarks.chunking_quality import Text, judge

Result = TypeVar("Result")

SEED = 7
_ROUNDS = 3
_SHORT = 3.0  # seconds; what takes less is run three times, and the median is told

_COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发"
    "后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开"
)
_THAI = "ภาษาไทยเขียนติดกันโดยไม่เว้นวรรคระหว่างคำผู้อ่านจึงต้องรู้เองว่าคำหนึ่งจบลงที่ใด"


def _chinese() -> str:
    return "".join(random.Random(SEED).choices(_COMMON, k=700_000))


def _digits() -> str:
    return "".join(random.Random(SEED).choices("0123456789", k=1_000_000))


def _line_ends() -> str:
    return "".join(random.Random(SEED).choices("\r\n", k=1_000_000))


def _base64() -> str:
    return base64.b64encode(random.Random(SEED).randbytes(2_000_000)).decode()


def _flags() -> str:
    first, last = 0x1F1E6, 0x1F1FF
    return "".join(map(chr, random.Random(SEED).choices(range(first, last + 1), k=200_000)))


HOSTILE: dict[str, Callable[[], str]] = {
    "2M × `a`": lambda: "a" * 2_000_000,
    "base64 of 2 MB": _base64,
    "0.7M Chinese characters, no punctuation": _chinese,
    "0.7M × one Chinese character": lambda: "中" * 700_000,
    "292k of Thai": lambda: (_THAI * (292_000 // len(_THAI) + 1))[:292_000],
    "1M line feeds": lambda: "\n" * 1_000_000,
    "1M carriage returns and line feeds, mixed": _line_ends,
    "1M spaces": lambda: " " * 1_000_000,
    "1M tabs": lambda: "\t" * 1_000_000,
    "1M × `!`": lambda: "!" * 1_000_000,
    "1M × `.`": lambda: "." * 1_000_000,
    "1M digits": _digits,
    "340k of ZWJ emoji": lambda: "👨\u200d👩\u200d👧\u200d👦" * (340_000 // 7),
    "100k flags": _flags,
    "1.1M, ten combining marks a letter": lambda: (
        ("e" + "".join(map(chr, range(0x300, 0x30A)))) * 100_000
    ),
    "one grapheme of 500k": lambda: "e" + "\u0301" * 499_999,
    "1M of initials": lambda: "A. B. " * 166_667,
    '500k × `?"`': lambda: '?"' * 500_000,
    "500k × space and line feed": lambda: " \n" * 500_000,
    "1.2 MB of prose and half a character": lambda: (
        "The river rose by two metres in a night, and nobody was hurt. " * 20_000 + "\ud83d"
    ),
    "50k × `<|endoftext|>`": lambda: "<|endoftext|>" * 50_000,
}


def _tell(**found: object) -> None:
    print(json.dumps(found), flush=True)


def _cpu(action: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time()
    result = action()
    return time.process_time() - started, result


def _median_cpu(action: Callable[[], object]) -> float:
    first, _ = _cpu(action)
    rounds = _ROUNDS if first < _SHORT else 1
    return statistics.median([first, *(_cpu(action)[0] for _ in range(rounds - 1))])


def hostile(name: str, budget: int, text: str, limit: float) -> None:
    """Time the chunker, look at its chunks, and time one plain encode of the same text.

    The default action of the alarm ends the process even while compiled code runs.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    split = ready(name, budget)
    signal.setitimer(signal.ITIMER_REAL, limit)
    seconds, chunks = _cpu(lambda: split(text))
    signal.setitimer(signal.ITIMER_REAL, 0)
    if seconds < _SHORT:  # again, with a chunker that remembers nothing
        times = [seconds]
        for _ in range(_ROUNDS - 1):
            split = ready(name, budget)
            times.append(_cpu(lambda: split(text))[0])  # noqa: B023 (called at once)
        seconds = statistics.median(times)
    _tell(seconds=seconds)
    signal.setitimer(signal.ITIMER_REAL, limit)
    found = judge(Text(text), chunks, budget, prose=False)
    _tell(chunks=found.chunks, over=found.over, cover=found.cover, split=found.split)
    signal.setitimer(signal.ITIMER_REAL, limit)
    encode = encoding().encode_ordinary
    half = len(text) // 2
    try:
        _tell(plain=_median_cpu(lambda: encode(text)))
    except BaseException as error:  # noqa: BLE001 (a Rust panic is no Exception)
        signal.setitimer(signal.ITIMER_REAL, limit)
        seconds = _median_cpu(lambda: (encode(text[:half]), encode(text[half:])))
        _tell(plain=seconds, plain_error=type(error).__name__)


def _result_bytes(chunks: list[str]) -> int:
    return sys.getsizeof(chunks) + sum(map(sys.getsizeof, chunks))


def _peak_rss() -> int | None:
    """The largest resident set since `_forget_peak`, in bytes; None where not told."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return None
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), None)
    return int(line.split()[1]) * 1024 if line else None


def _forget_peak() -> int | None:
    """Let the peak begin anew, and tell the resident set of now; Linux only."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return None
    return pages * resource.getpagesize()


def memory(name: str, budget: int, path: Path) -> None:
    """Tell bytes above text and result: of Python's allocator, and of the resident set.

    The resident set comes first, in a process that has allocated little: it holds for
    compiled code, too, but says less, since it misses what fits into memory freed before.
    """
    text = path.read_text("utf-8")
    split = ready(name, budget)
    before = _forget_peak()
    chunks = split(text)
    after = _peak_rss()
    size = _result_bytes(chunks)
    if before is not None and after is not None:
        _tell(resident=max(0, after - before - size))
    del chunks
    text = path.read_text("utf-8")  # without what the first run may have attached to it
    split = ready(name, budget)
    tracemalloc.start()
    start, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    chunks = split(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    _tell(traced=max(0, peak - start - _result_bytes(chunks)), result=_result_bytes(chunks))


def main() -> None:
    """Do what the command line says; the exception that ends it is the last line."""
    task, name, budget, given, *rest = sys.argv[1:]
    try:
        if task == "hostile":
            hostile(name, int(budget), HOSTILE[given](), float(rest[0]))
        else:
            memory(name, int(budget), Path(given))
    except BaseException as error:  # noqa: BLE001 (a Rust panic is no Exception)
        _tell(error=type(error).__name__)


if __name__ == "__main__":
    main()
