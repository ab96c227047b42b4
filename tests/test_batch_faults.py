"""Batches that are disturbed: nothing is lost, nothing is paid twice, whatever happens.

The quick form of `python -m tests.benchmarks.batch faults`, with the same runs, counted at the
same server. What has to die or to run beside another one is a process of its own; the rest runs
in this one, since starting takes longer than all that follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summ.cli.app import app
from tests.benchmarks import batch_faults as faults
from tests.benchmarks.batch_runs import Ended, Program, Row, Server, article, folders, reports

DOCUMENTS = 16
# With the seeds below each kind of fault comes up among the first requests, and none in the next
# ones: no document is so unlucky that it takes long.


class Here(Program):
    """Runs in this process where nothing hinders it."""

    def run(self, corpus: Path, out: Path | None, *flags: str, **options: Any) -> Ended:
        if options:
            return super().run(corpus, out, *flags, **options)
        self.home.mkdir(exist_ok=True)
        arguments = self.arguments(corpus, out, *flags)
        result = CliRunner().invoke(app, arguments, env=folders(self.home))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr, 0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(scope="module")
def plain(server: Server, tmp_path_factory: pytest.TempPathFactory) -> faults.Undisturbed:
    folder = tmp_path_factory.mktemp("batch")
    return faults.undisturbed(folder, server, DOCUMENTS, run=Here, jobs=8, latency=0.05)


def kept(rows: Sequence[Row]) -> None:
    """Every limit holds."""
    missed = [f"{what}: {figure}, not {limit}" for what, limit, figure, met in rows if not met]
    assert not missed, "\n".join(missed)


def test_articles_are_all_different_and_one_call_each(plain: faults.Undisturbed) -> None:
    assert len({article(number) for number in range(5000)}) == 5000
    assert plain.calls == DOCUMENTS


def test_after_kill_9_only_what_was_in_flight_is_asked_again(
    plain: faults.Undisturbed, server: Server
) -> None:
    one = faults.kill(plain, server, "kill", faults.asked(server, DOCUMENTS - 2))
    assert one.kept, one


@pytest.mark.parametrize(
    "wrong",
    [
        {"limited": 0.3, "retry_after": 0.1, "seed": 24},
        {"error": 0.1, "drop": 0.05, "half": 0.05, "seed": 66},
        {"invalid": 0.1, "garbage": 0.05, "seed": 66},
    ],
    ids=" ".join,
)
def test_requests_that_go_wrong_cost_no_report_and_no_answer_twice(
    plain: faults.Undisturbed, server: Server, wrong: dict[str, Any]
) -> None:
    kept(faults.share(plain, server, "a share", wrong))


def test_what_hangs_is_given_up_at_the_deadline_and_asked_again(
    plain: faults.Undisturbed, server: Server
) -> None:
    kept(faults.share(plain, server, "hangs", {"hang": 0.1, "seed": 15}, "--timeout", "0.4"))


def test_a_cap_is_not_overshot_by_retries_and_the_run_goes_on_with_a_larger_one(
    plain: faults.Undisturbed, server: Server
) -> None:
    kept(faults.cap(plain, server, error=0.15, seed=4))


def test_a_second_process_on_one_folder_stops_and_harms_nothing(
    plain: faults.Undisturbed, server: Server
) -> None:
    kept(faults.two_on_one_folder(plain, server))


@pytest.mark.parametrize("size", [20_000, 2_000], ids=["of the store", "of reports"])
def test_a_full_disk_is_one_sentence_and_loses_nothing_finished(
    plain: faults.Undisturbed, server: Server, size: int
) -> None:
    kept(faults.full(plain, server, "a full disk", size))


def test_a_full_standard_output_loses_nothing_that_was_paid(
    plain: faults.Undisturbed, server: Server
) -> None:
    kept(faults.full_output(plain, server))


def test_finished_work_is_not_done_again(plain: faults.Undisturbed, server: Server) -> None:
    program, out = plain.anew("again", server)
    assert program.run(plain.corpus, out, *plain.flags).code == 0
    assert program.run(plain.corpus, out, *plain.flags).code == 0
    assert program.run(plain.corpus, out.with_name("out-new"), *plain.flags).code == 0
    assert server.log()["requests"] == plain.calls
    assert plain.compare(out) == 0
    assert reports(out.with_name("out-new")) == plain.says
