from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.errors import EndpointError
from summ.llm.retry import MAX_WAIT, Again, Failure, Policy, asked_wait

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def fails(again: Again, wait: float | None = None, *, refused: bool = False) -> Failure:
    return Failure(EndpointError("it failed"), again, wait, refused=refused)


def waits(policy: Policy, *failures: Failure, every: float = 0.0) -> list[float | None]:
    """What follows on failures, one `every` so many seconds."""
    tries = policy.begin(lambda: 1.0)
    return [tries.after(failure, every * n) for n, failure in enumerate(failures)]


def test_back_off_doubles_up_to_a_cap() -> None:
    policy = Policy(retries=9, first=0.5, cap=6)
    found = waits(policy, *[fails("yes")] * 10)
    assert found == [0.5, 1, 2, 4, 6, 6, 6, 6, 6, None]


@given(st.lists(st.floats(0.0, 1.0, exclude_max=True), min_size=5, max_size=5))
def test_waits_grow_whatever_is_drawn(draws: list[float]) -> None:
    tries = Policy(retries=5, cap=60).begin(iter(draws).__next__)
    found = [tries.after(fails("yes"), 0) or 0.0 for _ in draws]
    assert found[0] > 0.05
    assert all(later > 1.19 * earlier for earlier, later in itertools.pairwise(found))


def test_waits_grow_though_others_made_one_longer() -> None:
    tries = Policy(retries=9, first=0.5, cap=9).begin(lambda: 0.5)
    assert tries.after(fails("yes"), 100) == pytest.approx(0.4)
    tries.sent(102.0)  # all had to wait
    assert tries.after(fails("yes", 1.0), 130) == 0.0
    tries.sent(131.0)
    assert tries.after(fails("yes"), 160) == pytest.approx(2.4)
    tries.sent(170.0)
    assert tries.after(fails("yes"), 200) == 9.0


def test_jitter_spreads_what_failed_together() -> None:
    policy = Policy(retries=1, first=10)
    assert policy.begin(lambda: 0.0).after(fails("yes"), 0) == pytest.approx(6)
    assert policy.begin(lambda: 0.5).after(fails("yes"), 0) == pytest.approx(8)


def test_who_is_turned_away_comes_back_when_the_limiter_lets_him() -> None:
    refusal = fails("yes", 7.5, refused=True)
    policy = Policy(retries=2, patience=60)
    assert waits(policy, *[refusal] * 5, every=10) == [0.0] * 5
    assert waits(policy, *[refusal] * 4, every=70) == [0.0, 0.0, None, None]
    assert waits(Policy(2), fails("yes", MAX_WAIT, refused=True)) == [0.0]
    assert waits(Policy(2), fails("yes", MAX_WAIT + 1, refused=True)) == [None]


def test_who_is_turned_away_again_and_not_told_for_how_long_waits_longer_each_time() -> None:
    refusal, told = fails("yes", refused=True), fails("yes", 3.0, refused=True)
    found = waits(Policy(2, first=1, cap=6), refusal, refusal, told, refusal, refusal, every=1)
    assert found == [0.0, 2.0, 0.0, 4.0, 6.0]


def test_what_is_turned_away_counts_for_no_failure() -> None:
    refusal, failure = fails("yes", 1.0, refused=True), fails("yes")
    found = waits(Policy(1, first=1), refusal, failure, refusal, refusal, failure)
    assert found == [0.0, 1.0, 0.0, 0.0, None]


def test_what_is_not_tried_again() -> None:
    assert waits(Policy(retries=5), fails("never", 1)) == [None]
    assert waits(Policy(retries=0), fails("yes"), fails("yes", refused=True)) == [None, None]


def test_a_lost_call_is_made_once_more_at_most() -> None:
    policy = Policy(retries=5, first=0.5)
    assert waits(policy, fails("once"), fails("once"))[1] is None
    assert waits(policy, fails("yes"), fails("once"), fails("yes"), fails("once"))[2:] == [
        2.0,
        None,
    ]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=30), usegmt=True)}, 30),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:05 -0000"}, 5),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=30), usegmt=True)}, None),
        ({"retry-after": "0"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "99999"}, 99999),
        ({"retry-after": "tomorrow"}, None),
    ],
)
def test_reading_the_wish(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait(headers, NOW.timestamp()) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_it(value: str) -> None:
    wait = asked_wait({"retry-after": value, "retry-after-ms": value}, 0.0)
    assert wait is None or wait > 0
