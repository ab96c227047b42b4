"""The arithmetic of rates, without a clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.llm.pace import (
    LATE,
    LONGEST_RESET,
    RECOVERY,
    Growth,
    Ramp,
    Spacing,
    Tokens,
    duration,
    reset_in,
)


def test_sends_are_evenly_spaced() -> None:
    spacing, now, sent = Spacing(0.0), 0.0, []
    while now < 10.0:
        sent.append(now)
        spacing.take(now, 4.0)
        now += spacing.wait(now)
    assert sent == pytest.approx([n / 4 for n in range(40)])


def test_lateness_is_made_up_for_and_idleness_is_not() -> None:
    spacing = Spacing(0.0)
    spacing.take(0.0, 10.0)
    spacing.take(0.1 + LATE / 2, 10.0)
    assert spacing.wait(0.1 + LATE / 2) == pytest.approx(0.1 - LATE / 2)
    spacing.take(60.0, 10.0)
    assert spacing.wait(60.0) == pytest.approx(0.1 - LATE)


@given(
    st.lists(st.floats(0.0, 0.5), min_size=30, max_size=60),
    st.floats(1.0, 200.0),
)
def test_no_lateness_makes_more_than_the_rate_allows(late: list[float], rate: float) -> None:
    spacing, now, sent = Spacing(0.0), 0.0, []
    for delay in late:
        now += max(0.0, spacing.wait(now)) + delay
        sent.append(now)
        spacing.take(now, rate)
    for n, first in enumerate(sent):
        within = sum(time < first + 1.0 for time in sent[n:])
        assert within <= (1.0 + LATE) * rate + 1.0 + 1e-6


def test_a_cut_is_undone_in_its_time_and_then_left_behind() -> None:
    growth = Growth(100.0, 0.9, 5.0)
    at = [growth.value(5.0 + share * RECOVERY) for share in (0, 0.5, 1, 1.25, 2, 3)]
    assert at == pytest.approx([90.0, 98.75, 100.0, 101.5625, 200.0, 900.0])
    growth.rest(RECOVERY)
    assert growth.value(5.0 + 2 * RECOVERY) == pytest.approx(100.0)


@given(st.floats(0.1, 1e6), st.floats(0.1, 1.0), st.floats(0, 1e4), st.floats(0, 1e4))
def test_growth_never_goes_down(best: float, share: float, one: float, other: float) -> None:
    growth = Growth(best, share, 0.0)
    early, late = sorted((one, other))
    assert growth.value(early) <= growth.value(late) * (1 + 1e-9)


def test_a_ramp_doubles_with_time_and_grows_with_answers() -> None:
    ramp = Ramp(2, 0.1, 7.0, eager=True)
    assert [ramp.value(7.0 + n / 10) for n in range(4)] == [2, 4, 8, 16]
    assert ramp.next(7.25) == pytest.approx(0.05)
    ramp.answered()
    assert ramp.value(7.0) == 3
    still = Ramp(2, 0.1, 0.0, eager=False)
    still.answered()
    assert still.value(0.0) == 2
    assert still.value(1e9) == 2 << 30


@given(st.floats(0.001, 10.0), st.floats(0.0, 1e5), st.floats(0.0, 100.0))
def test_what_a_ramp_says_of_its_next_step_is_true(step: float, at: float, gone: float) -> None:
    ramp = Ramp(1, step, at, eager=False)
    now = at + gone
    left = ramp.next(now)
    assert 0.0 < left <= step * (1 + 1e-6) + 1e-9
    assert ramp.value(now + left + 1e-9) > ramp.value(now) or ramp.value(now) == 1 << 30


def test_tokens_flow_in_evenly() -> None:
    tokens, now, used = Tokens(6_000, 0.0), 0.0, 0
    while now < 60.0:
        now += max(0.0, tokens.wait(now, 50))
        tokens.take(now, 50)
        used += 50
    assert 6_000 <= used <= 6_000 + 100 + 50


def test_a_request_larger_than_the_store_goes_and_the_next_waits_for_it() -> None:
    tokens = Tokens(6_000, 0.0)
    assert tokens.wait(0.0, 5_000) <= 0
    tokens.take(0.0, 5_000)
    assert tokens.wait(0.0, 1) == pytest.approx(49.01)
    tokens.take(1.0, -4_900)  # it took only so many
    assert tokens.wait(1.0, 100) <= 0


def test_a_clock_that_goes_back_gives_no_tokens() -> None:
    tokens = Tokens(60, 100.0)
    tokens.take(100.0, 1)
    assert tokens.wait(50.0, 1) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1), ("6m0s", 360), ("120ms", 0.12), ("2.5", 2.5), ("2.5s", 2.5),
        ("1h2m3.5s", 3723.5), ("1m", 60), ("0", 0), (" 7s ", 7), ("1s500ms", 1.5), ("", None),
        ("soon", None), ("-1", None), ("nan", None), ("inf", None), ("1e9", None), ("s", None),
        ("٣s", None), ("1" * 50, None), ("2026-01-01T00:00:00Z", None), ("5 s", None), ("ms", None),
    ],
)  # fmt: skip
def test_durations_in_the_forms_that_servers_use(text: str, seconds: float | None) -> None:
    assert duration(text) == (None if seconds is None else pytest.approx(seconds))


@given(st.text(max_size=60))
def test_no_header_is_a_surprise(text: str) -> None:
    seconds = duration(text)
    assert seconds is None or seconds >= 0
    left = reset_in({"x-ratelimit-remaining-requests": text, "x-ratelimit-reset-requests": text})
    assert left is None or 0 < left <= LONGEST_RESET


def limits(
    requests: str, reset: str, tokens: str = "5", tokens_reset: str = "9s"
) -> dict[str, str]:
    return {
        "x-ratelimit-remaining-requests": requests,
        "x-ratelimit-reset-requests": reset,
        "x-ratelimit-remaining-tokens": tokens,
        "x-ratelimit-reset-tokens": tokens_reset,
    }


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        (limits("1", "2s"), None),
        (limits("0", "2s"), 2),
        (limits("0", "2s", "0", "6m0s"), 360),
        (limits("0", "2s", "-1", "1s"), 2),
        (limits("0", "0s"), None),
        (limits("0", "99h"), None),
        (limits("0", ""), None),
        (limits("none", "2s"), None),
        ({"x-ratelimit-remaining-requests": "0"}, None),
    ],
)
def test_a_quota_that_is_used_up(headers: dict[str, str], seconds: float | None) -> None:
    assert reset_in(headers) == seconds
