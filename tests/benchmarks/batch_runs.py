"""What the measurements of batches share: articles, the endpoint, the program, its reports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

OWN_TO_RUN = ("calls", "cached_calls", "prompt_tokens", "cached_tokens", "completion_tokens",
              "cost_usd", "seconds")  # fmt: skip
"""Fields of a report's `run` that tell how it came about, not what it says."""

_ENDED = os.WEXITED | os.WNOHANG | os.WNOWAIT
_PEOPLE = ("Ruth Calder", "Tom Ashby", "Ines Marlow", "Peter Lund", "Hanna Voss", "Omar Reid")
_TOWNS = ("Eastmere", "Northwick", "Salthaven", "Little Brook", "Westerby", "Harrow Cross")
_THINGS = ("ferry", "library", "market hall", "swimming bath", "tram line", "lighthouse", "mill")
_MONTHS = ("January", "March", "May", "July", "September", "November")


def article(number: int) -> str:
    """An invented article of about 1,500 characters, unlike that of any other number."""
    town, thing = _TOWNS[number % 6], _THINGS[number % 7]
    one, two = _PEOPLE[number % 6], _PEOPLE[(number // 6 + 1 + number) % 6]
    day, month, votes = number % 27 + 1, _MONTHS[number // 3 % 6], number % 9 + 10
    paragraphs = (
        f"The town of {town} will close its {thing} number {number} on {day} {month}. "
        f"The council voted {votes} to {number % 8 + 1} for the plan on Tuesday night. "
        f"It expects to save {number + 1200} pounds a month.",
        f"Mayor {one} said that repairs would cost {number * 3 + 40_000} pounds. "
        f"“We can no longer pay for the {thing},” the mayor told a meeting of {number % 211 + 30} "
        f"residents in the school of ward {number % 97}.",
        f"Councillor {two} called the vote a betrayal. "
        f"According to a letter from lane {number % 53}, {number % 140 + 9} jobs would be lost "
        f"within two years. The union of dock workers has asked for a second vote.",
        f"The {thing} was opened {number % 83 + 20} years ago and has been closed for repairs "
        f"{number % 5 + 2} times since. Last year {number * 11 + 5_000} people used it, which is "
        f"fewer than in the year before. Most of them live on the eastern side of the river.",
        f"A group of parents in {town} wants to buy the building for {number + 90_000} pounds. "
        f"They have collected {number % 700 + 150} signatures so far, and a bakery has promised "
        f"to pay for the roof. The bank has not answered their letter of {day % 9 + 1} {month}.",
        f"The council will hear them at its next meeting, clerk number {number} said. "
        f"Until then the doors stay open from nine to five. "
        f"Visitors are asked to use the entrance on the side of the harbour, since the front "
        f"steps have been fenced off after {number % 12 + 3} stones came loose in the storm. "
        f"An engineer from {_TOWNS[(number + 2) % 6]} will look at the walls on {day % 20 + 3} "
        f"{month}, and her report is expected to be {number % 60 + 20} pages long. "
        f"A bus will run to the {thing} of the next town every {number % 40 + 15} minutes.",
    )
    return "\n\n".join(paragraphs) + "\n"


def make_corpus(folder: Path, count: int) -> Path:
    """`count` articles, each in a file of its own."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"article-{number:05}.txt").write_text(article(number), encoding="utf-8")
    return folder


class Server:
    """The endpoint of `tests.benchmarks.batch_server`; a context manager.

    Attributes:
        base_url: for `--base-url`.
    """

    def __enter__(self) -> Server:
        command = [sys.executable, "-m", "tests.benchmarks.batch_server"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def reset(self, **faults: Any) -> None:
        """Forget the log; fields of `batch_server.Faults` from now on."""
        self._ask("/_reset", json.dumps(faults).encode())

    def log(self) -> dict[str, Any]:
        """Counts; see `batch_server.Ledger.counts`."""
        counts: dict[str, Any] = json.loads(self._ask("/_log"))
        return counts

    def entries(self) -> list[dict[str, Any]]:
        """Every request, in the order of arrival; see `batch_server.Entry`."""
        entries: list[dict[str, Any]] = json.loads(self._ask("/_entries"))
        return entries

    def bodies(self) -> bytes:
        """Every body once, as JSON lines."""
        return self._ask("/_bodies")

    def _ask(self, path: str, body: bytes | None = None) -> bytes:
        url = self.base_url.removesuffix("/v1") + path
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=30) as answer:
            content: bytes = answer.read()
        return content


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that is over.

    Attributes:
        code: exit code; negative for a signal.
        seconds: wall time, start-up included.
        peak: most resident memory, MiB.
        started: `time.monotonic` just before it was begun.
    """

    code: int
    out: str
    err: str
    seconds: float
    peak: float
    started: float


@dataclass(frozen=True, slots=True)
class Program:
    """Starts the program as people do, with folders of its own and no key.

    Attributes:
        home: folder for everything that it keeps, and for what it prints.
        server: the endpoint it asks.
    """

    home: Path
    server: Server

    def start(
        self,
        corpus: Path,
        out: Path | None,
        *flags: str,
        wrapper: Sequence[str] = (),
        **options: Any,
    ) -> Running:
        """Begin `WRAPPER summ summary CORPUS/ -o OUT/ FLAGS`; `options` as for `start`."""
        command = [*wrapper, sys.executable, "-m", "summ", *self.arguments(corpus, out, *flags)]
        return start(command, self.home, **options)

    def arguments(self, corpus: Path, out: Path | None, *flags: str) -> list[str]:
        """What stands behind `summ`."""
        where = ["-o", f"{out}/"] if out else []
        model = ["--base-url", self.server.base_url, "-m", "fake"]
        return ["summary", f"{corpus}/", *where, *model, "-q", *flags]

    def run(self, corpus: Path, out: Path | None, *flags: str, **options: Any) -> Ended:
        """The same, to its end."""
        return self.start(corpus, out, *flags, **options).wait()


class Running:
    """A process under way, whose words go to files: pipes could fill."""

    def __init__(self, process: subprocess.Popen[bytes], words: tuple[Path, Path]) -> None:
        """`words` are the files of standard output and standard error."""
        self.process = process
        self.started = time.monotonic()
        self._words = words

    @property
    def alive(self) -> bool:
        """Whether it has not ended; leaves its end to `wait`."""
        return os.waitid(os.P_PID, self.process.pid, _ENDED) is None

    def wait(self) -> Ended:
        """Let it end by itself."""
        _, status, usage = os.wait4(self.process.pid, 0)
        seconds = time.monotonic() - self.started
        self.process.returncode = os.waitstatus_to_exitcode(status)
        out, err = (path.read_text("utf-8", "replace") for path in self._words)
        peak = usage.ru_maxrss / 1024
        return Ended(self.process.returncode, out, err, seconds, peak, self.started)

    def kill(self) -> Ended:
        """`kill -9`."""
        self.signal(signal.SIGKILL)
        return self.wait()

    def signal(self, number: int) -> None:
        """Send it a signal; it is not waited for, as `Popen` would, so its number is its own."""
        os.kill(self.process.pid, number)


def folders(home: Path) -> dict[str, str]:
    """Variables that keep the program in one folder."""
    kinds = ("CACHE", "CONFIG", "DATA", "STATE")
    return {"HOME": str(home)} | {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}


def start(command: Sequence[str], home: Path, **options: Any) -> Running:
    """Begin a command; `options` are those of `subprocess.Popen`."""
    home.mkdir(parents=True, exist_ok=True)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SUMM_", "OPENAI_", "XDG_"))}
    env |= {"PYTHONPATH": str(ROOT), **folders(home)}
    stamp = f"{time.monotonic_ns()}"
    words = home / f"{stamp}.out", home / f"{stamp}.err"
    with words[0].open("wb") as out, words[1].open("wb") as err:
        files = {"stdout": out, "stderr": err, "stdin": subprocess.DEVNULL}
        return Running(subprocess.Popen(command, env=env, **{**files, **options}), words)


def reports(out: Path) -> dict[str, Any]:
    """What the reports in a folder say, by name: Markdown as it is, JSON but for `OWN_TO_RUN`."""
    found: dict[str, Any] = {}
    for path in sorted(out.rglob("article-*")):
        text = path.read_bytes()
        found[path.name] = text
        if path.suffix == ".json":
            data = json.loads(text)
            data["run"] = {k: v for k, v in data["run"].items() if k not in OWN_TO_RUN}
            found[path.name] = data
    return found


def differing(found: Mapping[str, Any], undisturbed: Mapping[str, Any]) -> list[str]:
    """Names of reports that are not there, are too many, or say something else."""
    names = found.keys() | undisturbed.keys()
    return sorted(name for name in names if found.get(name) != undisturbed.get(name))


Row = tuple[str, str, str, bool]
"""What, the limit, the figure, and whether the limit is kept."""


def table(title: str, rows: Sequence[Row]) -> str:
    """A section for RESULTS.md."""
    lines = [f"\n### {title}\n\n| what | limit | figure |\n|---|---|---|"]
    for what, limit, figure, met in rows:
        lines.append(f"| {what} | {limit} | {figure}{'' if met else ' (**missed**)'} |")
    return "\n".join(lines)
