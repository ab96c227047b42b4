"""Each fault that a model can have, played on whole articles: nothing is lost unseen.

`python -m tests.eval.translation_faults` plays them on a hundred articles each.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.eval.translation.faults import FAULTS, LASTING, Fault, Table
from tests.eval.translation.faults_runs import runner

SHORT = 33
"""Seed of the first of some short articles."""
SEEN = [fault for fault in (*FAULTS, *LASTING) if fault.bar or fault.calls == 0]


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with runner("uk") as run, runner("uk", retries=1) as run_again:
        yield Table(run, run_again)


@pytest.mark.parametrize("fault", SEEN, ids=[fault.name for fault in SEEN])
def test_a_fault_is_seen_and_every_segment_is_at_its_place(table: Table, fault: Fault) -> None:
    row = table.row(fault, 2, SHORT)
    assert len(row.verdicts) == 2
    assert row.misses == []
    assert all(one.ordered and not one.wrong for one in row.verdicts)


def test_what_cannot_be_seen_still_leaves_every_segment_at_its_place(table: Table) -> None:
    for fault in FAULTS:
        if fault.bar is None:
            (verdict,) = table.row(fault, 1, SHORT).verdicts
            assert not verdict.error
            assert verdict.placed
