"""Runs that are disturbed, each counted at the server, and compared with one that was not."""

from __future__ import annotations

import random
import resource
import signal
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.batch_runs import (
    Ended,
    Program,
    Row,
    Running,
    Server,
    differing,
    make_corpus,
    reports,
)

FORMATS = ("-f", "md", "-f", "json")

SHARES: Mapping[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "30 % 429 with `Retry-After: 1`": ({"limited": 0.3}, ()),
    "10 % 500": ({"error": 0.1}, ()),
    "5 % dropped connections": ({"drop": 0.05}, ()),
    "5 % half bodies": ({"half": 0.05}, ()),
    "5 % hangs, `--timeout 2`": ({"hang": 0.05}, ("--timeout", "2")),
    "5 % drops, half bodies and hangs each": (
        {"drop": 0.05, "half": 0.05, "hang": 0.05}, ("--timeout", "2")),
    "5 % of answers not the JSON asked for": ({"invalid": 0.05}, ()),
    "5 % of responses no JSON at all": ({"garbage": 0.05}, ()),
}  # fmt: skip
"""Faults of the server, and flags that go with them."""


@dataclass(frozen=True)
class Undisturbed:
    """A run without faults, and what it is made of.

    Attributes:
        run: how a run goes: as a process of its own, or otherwise.
        jobs: requests in flight, at most, in all that follows, too.
        latency: of the server in all that follows.
        begins: seconds from the program's start to its first request.
        ends: seconds from the start to its last answer.
        says: see `batch_runs.reports`.
        calls: that it took.
    """

    folder: Path
    corpus: Path
    run: type[Program]
    jobs: int
    latency: float
    begins: float
    ends: float
    says: dict[str, Any]
    calls: int

    @property
    def flags(self) -> tuple[str, ...]:
        """Of every run."""
        return ("-j", f"{self.jobs}", *FORMATS)

    def anew(self, name: str, server: Server, **faults: Any) -> tuple[Program, Path]:
        """A program and an output folder with nothing in them; the server forgets, too."""
        server.reset(**{"latency": self.latency, **faults})
        return self.run(self.folder / f"home-{name}", server), self.folder / f"out-{name}"

    def compare(self, out: Path) -> int:
        """How many reports are missing, too many or different."""
        return len(differing(reports(out), self.says))


def undisturbed(
    folder: Path,
    server: Server,
    documents: int,
    *,
    run: type[Program] = Program,
    jobs: int = 16,
    latency: float = 0.1,
) -> Undisturbed:
    """Make the articles, and run once, in a process of its own."""
    corpus = make_corpus(folder / "corpus", documents)
    server.reset(latency=latency)
    out = folder / "undisturbed"
    ended = Program(folder / "home", server).run(corpus, out, "-j", f"{jobs}", *FORMATS)
    log, says = server.log(), reports(out)
    if ended.code or len(says) != len(FORMATS) // 2 * documents or log["repeated"]:
        raise SystemExit(f"{ended.code}, {len(says)} reports, {log}: {ended.err[-2000:]}")
    begins, ends = log["first"] - ended.started, log["last"] - ended.started
    return Undisturbed(folder, corpus, run, jobs, latency, begins, ends, says, log["requests"])


@dataclass(frozen=True)
class Killed:
    """One `kill -9` and the run after it.

    Attributes:
        answered: calls that were answered before.
        flying: requests that had no answer when it happened.
        landed: requests that were answered in the second before, whose answers may not have been
            read, or not kept.
        repeated: requests that were sent twice in all.
        strange: of these, those that were neither flying nor landed.
        again: answers that were paid for twice.
        different: reports that are not as they should be in the end.
        code: of the run after it.
        jobs: requests in flight, at most.
    """

    answered: int
    flying: int
    landed: int
    repeated: int
    strange: int
    again: int
    different: int
    code: int
    jobs: int

    @property
    def sparing(self) -> bool:
        """Whether nothing was asked again but what was in flight."""
        return not self.strange and self.repeated <= min(self.jobs, self.flying + self.landed)

    @property
    def kept(self) -> bool:
        """Whether nothing was lost, either."""
        return self.sparing and not (self.different or self.code)


def kill(plain: Undisturbed, server: Server, name: str, until: Callable[[Running], None]) -> Killed:
    """Kill a run when `until` returns, and run the same command again."""
    program, out = plain.anew(name, server)
    running = program.start(plain.corpus, out, *plain.flags)
    until(running)
    at = time.monotonic()
    running.kill()
    time.sleep(0.15)  # until the server has seen all connections end
    before = server.entries()
    flying = {e["body"] for e in before if e["outcome"] == "abandoned"}
    landed = {e["body"] for e in before if e["outcome"] == "ok" and e["sent"] > at - 1}
    resumed = program.run(plain.corpus, out, *plain.flags)
    log = server.log()
    old = {e["body"] for e in before}
    repeated = [e["body"] for e in server.entries()[len(before) :] if e["body"] in old]
    return Killed(
        answered=sum(e["outcome"] == "ok" for e in before),
        flying=len(flying),
        landed=len(landed),
        repeated=log["repeated"],
        strange=sum(body not in flying | landed for body in repeated),
        again=log["paid_again"],
        different=plain.compare(out),
        code=resumed.code,
        jobs=plain.jobs,
    )


def moment(seconds: float) -> Callable[[Running], None]:
    """Until so many seconds after the start."""
    return lambda run: time.sleep(max(0.0, run.started + seconds - time.monotonic()))


def asked(server: Server, requests: int) -> Callable[[Running], None]:
    """Until the server has had so many requests, or the run is over."""

    def wait(run: Running) -> None:
        while server.log()["requests"] < requests and run.alive:
            time.sleep(0.01)

    return wait


def kills(plain: Undisturbed, server: Server, count: int, seed: int = 6) -> list[Row]:
    """`kill -9` at random moments between the first request and the last answer."""
    draw = random.Random(seed)
    moments = [draw.uniform(plain.begins, plain.ends) for _ in range(count)]
    all_of = [kill(plain, server, f"kill-{n}", moment(at)) for n, at in enumerate(moments)]
    flying = [f"{one.repeated} of {one.flying} + {one.landed}" for one in all_of]
    worst = max(all_of, key=lambda one: one.repeated)
    answered = [one.answered for one in all_of]
    bad = [one for one in all_of if not one.sparing]
    return [
        (f"{count} × `kill -9`, then the same command: reports missing or different, codes", "0, 0",
         f"{sum(one.different for one in all_of)}, {max(one.code for one in all_of)}",
         not any(one.different or one.code for one in all_of)),
        ("calls answered before the kill, median and range", "",
         f"{statistics.median(answered):.0f}, {min(answered)} to {max(answered)}", True),
        ("requests sent again, of those in flight + those answered ≤ 1 s before the kill: "
         "most, sum", f"≤ in flight ({plain.jobs})",
         f"{worst.repeated} of {worst.flying} + {worst.landed}; "
         f"{sum(one.repeated for one in all_of)} of {sum(one.flying for one in all_of)} + "
         f"{sum(one.landed for one in all_of)}", not bad),
        ("each", "", "; ".join(flying), True),
        ("of these, such as were neither; answers paid twice", "0; in flight",
         f"{sum(one.strange for one in all_of)}; {sum(one.again for one in all_of)}",
         not any(one.strange for one in all_of)),
    ]  # fmt: skip


def share(
    plain: Undisturbed,
    server: Server,
    what: str,
    faults: Mapping[str, Any],
    *flags: str,
) -> list[Row]:
    """A share of requests goes wrong; the command is given again until it ends with 0."""
    program, out = plain.anew("-".join(faults), server, **{"seed": 1, **faults})
    runs: list[Ended] = []
    while not runs or (runs[-1].code and len(runs) < 3):
        runs.append(program.run(plain.corpus, out, *plain.flags, *flags))
    log, different = server.log(), plain.compare(out)
    figure = f"{different}; {log['paid_again']}; {' '.join(str(run.code) for run in runs)}"
    seconds = sum(run.seconds for run in runs)
    more = f"{log['requests']} requests, {log['paused']} in a pause, {seconds:.1f} s"
    kept = not (different or log["paid_again"] or runs[-1].code or _traceback(*runs))
    return [(f"{what}: reports different; paid twice; exit codes", "0; 0; 0 at last",
             f"{figure} ({more})", kept)]  # fmt: skip


def two_on_one_folder(plain: Undisturbed, server: Server) -> list[Row]:
    """The second process on an output folder stops, the first one goes on."""
    program, out = plain.anew("two", server, latency=0.3)
    first = program.start(plain.corpus, out, *plain.flags)
    asked(server, 1)(first)
    second = program.run(plain.corpus, out, *plain.flags)
    code = first.wait().code
    log, different = server.log(), plain.compare(out)
    return [("two processes on one folder: exit codes; reports different; requests repeated",
             "0, 9; 0; 0", f"{code}, {second.code}; {different}; {log['repeated']}",
             (code, second.code, different, log["repeated"]) == (0, 9, 0, 0))]  # fmt: skip


def two_on_one_cache(plain: Undisturbed, server: Server) -> list[Row]:
    """Two processes at once, each with a folder of its own, share the kept replies."""
    program, out = plain.anew("shared", server)
    outs = [out / "one", out / "two"]
    out.mkdir()
    both = [program.start(plain.corpus, one, *plain.flags) for one in outs]
    codes = [one.wait().code for one in both]
    log, different = server.log(), sum(map(plain.compare, outs))
    return [("two processes, two folders, one cache: exit codes; reports different",
             "0, 0; 0", f"{codes[0]}, {codes[1]}; {different}", not (any(codes) or different)),
            ("the same: requests of both together that were sent twice", "",
             f"{log['repeated']} of {plain.calls}", True)]  # fmt: skip


def cap(plain: Undisturbed, server: Server, **faults: float) -> list[Row]:
    """`--max-calls` at half the calls, then enough for all."""
    half = plain.calls // 2
    program, out = plain.anew("cap-" + "-".join(faults), server, **faults)
    first = program.run(plain.corpus, out, *plain.flags, "--max-calls", f"{half}")
    before = server.log()["requests"]
    second = program.run(plain.corpus, out, *plain.flags, "--max-calls", f"{4 * plain.calls}")
    log, different = server.log(), plain.compare(out)
    failed = log["outcomes"].get("error", 0)
    with_faults = f", {faults['error']:.0%} 500" if faults else ""
    return [
        (f"`--max-calls {half}`{with_faults}: requests; exit code", f"≤ {half}; 6",
         f"{before}; {first.code}", before <= half and first.code == 6),
        ("then a larger one: answered in all; paid twice; reports different; exit code",
         f"{plain.calls}; 0; 0; 0", f"{log['requests'] - failed}; {log['paid_again']}; "
         f"{different}; {second.code}",
         (log["requests"] - failed, log["paid_again"], different, second.code)
         == (plain.calls, 0, 0, 0)),
    ]  # fmt: skip


def largest_file(size: int) -> Callable[[], None]:
    """For `preexec_fn`: no file of the process grows above `size` bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def full(plain: Undisturbed, server: Server, what: str, size: int) -> list[Row]:
    """No file may be larger than `size`; then the same without a limit."""
    program, out = plain.anew(f"full-{size}", server)
    first = program.run(plain.corpus, out, *plain.flags, preexec_fn=largest_file(size))
    return _after_full(plain, server, f"{what} (no file above {size:,} bytes)", program, out, first)


def small_disk(plain: Undisturbed, server: Server, kilobytes: int) -> list[Row]:
    """The output folder is a file system that is too small; needs `unshare` and its rights."""
    program, out = plain.anew("disk", server)
    mount = plain.folder / "mount"
    mount.mkdir()
    script = 'mount -t tmpfs -o size="$1"k none "$2" || exit 99; shift 2; "$@"'
    script += f'; code=$?; cp -a "{mount}/." "{out}"; exit $code'
    out.mkdir()
    wrapper = ("unshare", "-m", "sh", "-c", script, "sh", f"{kilobytes}", f"{mount}")
    try:
        first = program.run(plain.corpus, mount, *plain.flags, wrapper=wrapper)
    except FileNotFoundError:
        return [("a small tmpfs", "", "no `unshare` here", True)]
    if first.code == 99 or "unshare" in first.err:
        return [("a small tmpfs", "", "may not be mounted here", True)]
    return _after_full(plain, server, f"a tmpfs of {kilobytes} KiB", program, out, first)


def _after_full(
    plain: Undisturbed, server: Server, what: str, program: Program, out: Path, first: Ended
) -> list[Row]:
    """Give the command again where there is room, and tell what came of both."""
    before, there = server.log()["requests"], reports(out)
    broken = sum(there[name] != plain.says.get(name) for name in there)
    second = program.run(plain.corpus, out, *plain.flags)
    log, different = server.log(), plain.compare(out)
    words = " ".join(first.err.split())[:160]
    # A store of replies that is full stops nothing; reports that can't be written do.
    told = (first.code == 9 and bool(words)) or (first.code == 0 and there == plain.says)
    return [
        (f"disk full: {what}: exit code; broken reports; a traceback",
         "9, or 0 with all reports; 0; no",
         f"{first.code}; {broken}; {'yes' if _traceback(first) else 'no'} "
         f"({len(there)} reports, {before} requests; “{words}”)",
         told and not broken and not _traceback(first)),
        # Where the store is full, too, there is nowhere to keep the answers to the documents
        # under way, of which there are twice as many as requests.
        ("then with room: exit code; reports different; requests repeated", "0; 0; ≤ under way",
         f"{second.code}; {different}; {log['repeated']}",
         (second.code, different) == (0, 0) and log["repeated"] <= 2 * plain.jobs),
    ]  # fmt: skip


def full_output(plain: Undisturbed, server: Server) -> list[Row]:
    """Reports to standard output, which is full; then to a file."""
    program, _ = plain.anew("stdout", server)
    flags = ("-j", f"{plain.jobs}", "-f", "ndjson")
    with Path("/dev/full").open("wb") as sink:
        first = program.run(plain.corpus, None, *flags, stdout=sink)
    second = program.run(plain.corpus, None, *flags)
    log, lines = server.log(), second.out.count("\n")
    documents = sum(1 for _ in plain.corpus.iterdir())
    return [("standard output full: exit code; traceback; then: exit code, lines; repeated",
             f"9; no; 0, {documents}; ≤ in flight",
             f"{first.code}; {'yes' if _traceback(first) else 'no'}; {second.code}, {lines}; "
             f"{log['repeated']}",
             (first.code, second.code, lines) == (9, 0, documents)
             and not _traceback(first) and log["repeated"] <= plain.jobs)]  # fmt: skip


def interrupted(plain: Undisturbed, server: Server, number: signal.Signals) -> list[Row]:
    """One signal in the middle; the run ends within five seconds, and goes on when asked to."""
    program, out = plain.anew(number.name, server)
    running = program.start(plain.corpus, out, *plain.flags)
    asked(server, plain.calls // 2)(running)
    at = time.monotonic()
    running.signal(number)
    first = running.wait()
    took = time.monotonic() - at
    second = program.run(plain.corpus, out, *plain.flags)
    log, different = server.log(), plain.compare(out)
    wanted = 128 + number
    return [(f"{number.name}: exit code; seconds to the end; then: exit code, different, repeated",
             f"{wanted}; ≤ 5; 0, 0, ≤ in flight",
             f"{first.code}; {took:.1f}; {second.code}, {different}, {log['repeated']}",
             first.code == wanted and took <= 5.5 and log["repeated"] <= plain.jobs
             and not (second.code or different or _traceback(first)))]  # fmt: skip


def _traceback(*runs: Ended) -> bool:
    return any("Traceback" in run.err for run in runs)
