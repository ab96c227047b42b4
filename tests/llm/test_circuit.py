"""When the endpoint is left alone."""

from __future__ import annotations

import pytest

from summ.errors import (
    AuthError,
    EndpointError,
    FetchError,
    RateLimitedError,
    SummError,
    UnknownModelError,
    UnreachableError,
)
from summ.llm.circuit import LASTING, LOST, STRIKES, Circuit
from summ.llm.failures import Context, read_failure
from summ.llm.limits import Answered, Failed
from summ.llm.retry import MAX_WAIT, Failure
from tests.llm.simulated_server import Reply, Scripted, run

GONE = UnreachableError("gone")


def give_up(circuit: Circuit, error: SummError = GONE) -> None:
    circuit.gave_up(Failure(error, "yes"), circuit.attempt())


@pytest.mark.parametrize("kind", LASTING)
def test_what_every_other_request_would_meet_opens_at_once(kind: type[EndpointError]) -> None:
    circuit, error = Circuit(), kind("No.")
    give_up(circuit, error)
    assert circuit.open is error
    circuit.answered()
    assert circuit.open is error
    assert (AuthError, UnknownModelError, FetchError) == LASTING


@pytest.mark.parametrize(
    ("status", "body", "wait"),
    [
        (429, '{"error": {"code": "insufficient_quota"}}', None),
        (402, "", None),
        (429, "", MAX_WAIT + 1),
        (503, "", MAX_WAIT + 1),
        (401, "", None),
        (404, '{"error": {"code": "model_not_found"}}', None),
    ],
)
def test_refusals_that_hold_for_all_requests_open_at_once(
    status: int, body: str, wait: float | None
) -> None:
    circuit = Circuit()
    failure = read_failure(status, body, Context("host", "model", "key"), wait=wait)
    circuit.gave_up(failure, circuit.attempt())
    assert circuit.open is failure.error


@pytest.mark.parametrize("status", [400, 429, 500, 503])
def test_others_open_when_some_in_a_row_gave_up(status: int) -> None:
    circuit = Circuit()
    failure = read_failure(status, "", Context("host", "model"))
    for left in reversed(range(STRIKES)):
        assert circuit.open is None
        circuit.gave_up(failure, circuit.attempt())
        assert (circuit.open is not None) == (left == 0)


def test_an_answer_between_begins_the_count_anew() -> None:
    circuit = Circuit()
    for _ in range(20):
        for _ in range(STRIKES - 1):
            give_up(circuit)
        circuit.answered()
    assert circuit.open is None


def test_those_under_way_together_count_once() -> None:
    circuit = Circuit()
    for _ in range(STRIKES - 1):
        attempts = [circuit.attempt() for _ in range(10)]
        for attempt in attempts:
            circuit.gave_up(Failure(GONE, "yes"), attempt)
            circuit.lost(GONE, attempt, attempt)
    assert circuit.open is None
    give_up(circuit)
    assert circuit.open is GONE


def test_an_answer_that_comes_late_closes_it_again() -> None:
    circuit, open_at = Circuit(), list[SummError | None]()
    for _ in range(STRIKES):
        give_up(circuit)
    open_at.append(circuit.open)
    circuit.answered()
    open_at.append(circuit.open)
    assert open_at == [GONE, None]


def test_a_lasting_error_is_told_rather_than_the_passing_one_before() -> None:
    circuit, error = Circuit(), AuthError("No.")
    for _ in range(STRIKES):
        give_up(circuit)
    give_up(circuit, error)
    give_up(circuit, UnknownModelError("Nor this."))
    assert circuit.open is error


def test_attempts_lost_one_after_the_other_open_before_any_request_gave_up() -> None:
    circuit = Circuit()
    for request in range(LOST):
        assert circuit.open is None
        circuit.lost(GONE, circuit.attempt(), request)
    assert circuit.open is GONE


def test_one_request_alone_never_opens_it_by_lost_attempts() -> None:
    circuit = Circuit()
    for _ in range(10 * LOST):
        circuit.lost(GONE, circuit.attempt(), 1)
    assert circuit.open is None
    give_up(circuit, RateLimitedError("slow down"))
    assert circuit.open is None


@pytest.mark.parametrize("jobs", [1, 3, 8, 64])
def test_a_dead_endpoint_costs_a_handful_of_attempts_and_seconds(jobs: int) -> None:
    found = run(Scripted(lambda _: Reply(0.001, Failed())), 10_000, jobs, retries=3)
    assert isinstance(found.stopped, UnreachableError)
    assert len(found.sent) <= 8 + LOST + 4
    assert found.seconds < 12


def test_an_endpoint_that_dies_on_the_way_is_left_alone_and_one_that_blinks_is_not() -> None:
    def blink(time: float) -> Reply:
        return Reply(0.05, Failed() if 3 <= time < 4 else Answered())

    def dies(time: float) -> Reply:
        return Reply(0.05, Failed() if time >= 3 else Answered())

    found = run(Scripted(blink), 3_000, 16, retries=5)
    assert (found.stopped, found.gave_up, len(found.answered)) == (None, 0, 3_000)
    found = run(Scripted(dies), 3_000, 16, retries=5)
    assert found.stopped is not None
    assert len(found.sent) - len(found.answered) <= 2 * 16 + LOST
