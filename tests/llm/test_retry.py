from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.errors import EndpointError
from summ.llm.retry import MAX_WAIT, Again, Failure, Policy, asked_wait

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def fails(again: Again, wait: float | None = None) -> Failure:
    return Failure(EndpointError("it failed"), again, wait)


def delay(policy: Policy, attempt: int, failure: Failure, lost: int = 0) -> float | None:
    return policy.delay(attempt, failure, lost=lost, random=lambda: 1.0)


def test_back_off_doubles_up_to_a_cap() -> None:
    policy = Policy(retries=9, first=0.5, cap=6)
    waits = [delay(policy, n, fails("yes")) for n in range(1, 11)]
    assert waits == [0.5, 1, 2, 4, 6, 6, 6, 6, 6, None]


def test_jitter_spreads_the_whole_way() -> None:
    policy = Policy(retries=1, first=8)
    assert policy.delay(1, fails("yes"), lost=0, random=lambda: 0.0) == 0
    assert policy.delay(1, fails("yes"), lost=0, random=lambda: 0.25) == 2


def test_what_the_server_asks_for_counts_without_jitter() -> None:
    policy = Policy(retries=2)
    assert delay(policy, 1, fails("yes", 7.5)) == 7.5
    assert delay(policy, 1, fails("yes", MAX_WAIT)) == MAX_WAIT
    assert delay(policy, 1, fails("yes", MAX_WAIT + 1)) is None


def test_what_is_not_tried_again() -> None:
    assert delay(Policy(retries=5), 1, fails("never", 1)) is None
    assert delay(Policy(retries=0), 1, fails("yes")) is None


def test_a_lost_call_is_made_once_more_at_most() -> None:
    policy = Policy(retries=5)
    assert delay(policy, 1, fails("once"), lost=1) is not None
    assert delay(policy, 3, fails("once"), lost=2) is None


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
