"""Batches: as fast as the endpoint, nothing lost, nothing paid twice.

    python -m tests.benchmarks.batch                      # everything: about half an hour
    python -m tests.benchmarks.batch throughput contest   # some of it
    python -m tests.benchmarks.batch faults --documents 60 --rounds 5

The program runs as people run it: `summ summary ARTICLES/ -o REPORTS/`, in a process and with
folders of its own, against `tests.benchmarks.batch_server` on loopback. Articles are invented.
Prints tables for RESULTS.md; exit 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import batch_contest as contests
from tests.benchmarks import batch_faults as faults
from tests.benchmarks import batch_lessons as learned
from tests.benchmarks import batch_speed as speed
from tests.benchmarks.batch_runs import Row, Server, table

Section = Callable[[Path, Server, argparse.Namespace], Iterator[list[Row]]]


def throughput(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    yield speed.throughput(folder, server, asked.documents or 1000, asked.rounds or 3)


def warm(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    yield speed.warm(folder, server, asked.documents or 1000)


def memory(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    most = asked.documents or 10_000
    yield speed.memory(folder, server, (most // 10, most))


def startup(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    yield speed.beginning(folder, server, asked.documents or 1000, asked.rounds or 5)


def kills(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    plain = faults.undisturbed(folder, server, asked.documents or 200)
    yield faults.kills(plain, server, asked.rounds or 30)


def shares(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    plain = faults.undisturbed(folder, server, asked.documents or 200)
    for what, (wrong, flags) in faults.SHARES.items():
        yield faults.share(plain, server, what, wrong, *flags)


def stops(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    plain = faults.undisturbed(folder, server, asked.documents or 200)
    yield faults.two_on_one_folder(plain, server)
    yield faults.two_on_one_cache(plain, server)
    yield faults.cap(plain, server)
    yield faults.cap(plain, server, error=0.2)
    yield faults.interrupted(plain, server, signal.SIGINT)
    yield faults.interrupted(plain, server, signal.SIGTERM)
    yield faults.full(plain, server, "the store", 120_000)
    yield faults.full(plain, server, "every report", 1_000)
    yield faults.small_disk(plain, server, 3 * (asked.documents or 200))
    yield faults.full_output(plain, server)


def lessons(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    plain = faults.undisturbed(folder, server, asked.documents or 200)
    yield learned.mixed(plain, server)
    yield learned.duplicates(plain, server)
    yield learned.dead_ends(plain, server)


def contest(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    for jobs in (8, 64):
        yield contests.contest(
            folder / f"{jobs}", server, jobs, asked.documents or contests.DOCUMENTS
        )


def llmock(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    yield contests.judged(folder)


def storm(folder: Path, server: Server, asked: argparse.Namespace) -> Iterator[list[Row]]:
    yield contests.storm(folder, server)


_ALL = (
    throughput, warm, memory, startup, kills, shares, stops, lessons, contest, llmock, storm,
)  # fmt: skip
SECTIONS: dict[str, Section] = {one.__name__: one for one in _ALL}
GROUPS = {"faults": ("kills", "shares", "stops", "lessons")}


def main() -> None:
    """Measure what is named, and print it section by section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = [*SECTIONS, *GROUPS]
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(names))
    parser.add_argument("--documents", type=int, help="other than the usual number")
    parser.add_argument("--rounds", type=int, help="pairs, runs or kills")
    asked = parser.parse_args()
    if unknown := [name for name in asked.sections if name not in names]:
        parser.error(f"There is no section {unknown[0]}; there are {', '.join(names)}.")
    missed = 0
    for name in [one for each in asked.sections or SECTIONS for one in GROUPS.get(each, (each,))]:
        with tempfile.TemporaryDirectory(prefix="summ-batch-") as folder, Server() as server:
            rows: list[Row] = []
            for more in SECTIONS[name](Path(folder), server, asked):
                rows += more
                for what, _, figure, met in more:  # as they come: it takes long
                    print(f"{'  ' if met else '! '}{what}: {figure}", file=sys.stderr, flush=True)
            print(table(name, rows), flush=True)
            missed += sum(not met for *_, met in rows)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
