"""Mistakes that other batch clients have made: answers that are swapped, dead ends that cost."""

from __future__ import annotations

import shutil
import socket
from types import SimpleNamespace
from typing import cast

from tests.benchmarks.batch_faults import Undisturbed
from tests.benchmarks.batch_runs import Program, Row, Server, reports


def mixed(plain: Undisturbed, server: Server) -> list[Row]:
    """Random latencies, every other reply from the cache: each gets its own answer."""
    program, out = plain.anew("mixed", server, latency=0.0, jitter=2 * plain.latency)
    half = plain.folder / "half"
    half.mkdir()
    for path in sorted(plain.corpus.iterdir())[::2]:
        shutil.copy(path, half)
    first = program.run(half, plain.folder / "out-half", *plain.flags)
    second = program.run(plain.corpus, out, *plain.flags)
    log, different = server.log(), plain.compare(out)
    return [("random latencies, every other reply kept: codes; reports different; repeated",
             "0, 0; 0; 0", f"{first.code}, {second.code}; {different}; {log['repeated']}",
             not (first.code or second.code or different or log["repeated"]))]  # fmt: skip


def duplicates(plain: Undisturbed, server: Server) -> list[Row]:
    """Each article twice, under two names: one call each."""
    program, out = plain.anew("twice", server)
    twice = plain.folder / "twice"
    shutil.copytree(plain.corpus, twice)
    for path in plain.corpus.iterdir():
        shutil.copy(path, twice / path.name.replace("article-", "article-copy-"))
    ended = program.run(twice, out, *plain.flags)
    requests, found = server.log()["requests"], len(reports(out))
    return [("each article twice: exit code; reports; requests",
             f"0; {2 * len(plain.says)}; {plain.calls}", f"{ended.code}; {found}; {requests}",
             (ended.code, found, requests) == (0, 2 * len(plain.says), plain.calls))]  # fmt: skip


def dead_ends(plain: Undisturbed, server: Server) -> list[Row]:
    """Failures that no further request can mend: few requests, soon over."""
    rows: list[Row] = []
    ends = {"401": (401, ""), "403": (403, ""), "429 `insufficient_quota`":
            (429, "insufficient_quota"), "nothing but 500": (500, "")}  # fmt: skip
    for what, (status, code) in ends.items():
        program, out = plain.anew(f"dead-{status}", server, error=1.0, status=status, code=code)
        ended = program.run(plain.corpus, out, *plain.flags)
        requests = server.log()["requests"]
        # Attempts of as many documents as are open, where it is worth trying again.
        most = plain.jobs if status != 500 else 4 * plain.jobs
        rows.append((f"{what}: requests; exit code; seconds", f"≤ {most}; not 0",
                     f"{requests}; {ended.code}; {ended.seconds:.1f}",
                     requests <= most and ended.code not in {0, 1}))  # fmt: skip
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = SimpleNamespace(base_url=f"http://127.0.0.1:{closed.getsockname()[1]}/v1")
        program = Program(plain.folder / "home-nobody", cast(Server, nobody))
        ended = program.run(plain.corpus, plain.folder / "out-nobody", *plain.flags)
    rows.append(("nobody there: exit code; seconds", "not 0; ≤ 20",
                 f"{ended.code}; {ended.seconds:.1f}",
                 ended.seconds <= 20 and ended.code not in {0, 1}))  # fmt: skip
    return rows
