from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import CapReachedError
from summ.llm.budget import Budget, Caps, Reservation
from summ.model import Price, Usage

T = TypeVar("T")
PRICE = Price(1.0, 0.1, 4.0)


def bound(prompt: int = 100, completion: int = 50) -> Usage:
    return Usage(1, prompt, completion)


def at_once(waiting: Coroutine[Any, Any, T]) -> T:
    """The result of what does not wait."""
    try:
        waiting.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        waiting.close()
    raise AssertionError("it waits")


async def rounds(times: int = 5) -> None:
    """Let the others go on as far as they can."""
    for _ in range(times):
        await asyncio.sleep(0)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        async with asyncio.timeout(5):
            await scenario()

    asyncio.run(main())


def test_without_caps_nothing_waits_and_all_is_counted() -> None:
    budget = Budget(Caps(), PRICE)
    held = [at_once(budget.reserve(bound())) for _ in range(1_000)]
    for reservation in held:
        budget.settle(reservation, Usage(0, 80, 20, 40))
    assert budget.spent == Usage(1_000, 80_000, 20_000, 40_000)
    assert budget.cost == pytest.approx(0.04 + 0.004 + 0.08)


def test_without_a_price_the_cost_is_not_known() -> None:
    budget = Budget(Caps(calls=1), None)
    budget.settle(at_once(budget.reserve(bound())), Usage(0, 1, 1))
    assert budget.cost is None


def test_a_cap_on_the_cost_without_a_price_is_not_taken() -> None:
    with pytest.raises(ValueError, match="price"):
        Budget(Caps(cost=1.0), None)


def test_many_at_once_and_their_retries_make_no_more_calls_than_allowed() -> None:
    budget = Budget(Caps(calls=10), None)
    sent: list[int] = []

    async def document(number: int) -> None:
        for attempt in range(3):
            reservation = await budget.reserve(bound())
            sent.append(number)
            await rounds(2)
            if attempt:
                budget.settle(reservation, None)
            else:
                budget.release(reservation, sent=True)

    async def scenario() -> None:
        ends = await asyncio.gather(*map(document, range(64)), return_exceptions=True)
        assert {type(end) for end in ends} == {CapReachedError}

    run(scenario)
    assert len(sent) == budget.spent.calls == 10


def test_a_cap_on_calls_tells_how_to_go_on_and_stays_reached() -> None:
    budget = Budget(Caps(calls=2), None)
    for _ in range(2):
        budget.settle(at_once(budget.reserve(bound())), Usage(0, 10, 10))
    for _ in range(2):
        with pytest.raises(CapReachedError) as caught:
            at_once(budget.reserve(bound(1, 1)))
    assert caught.value.exit_code == 6
    assert str(caught.value) == (
        "--max-calls allows no further call: 2 of 2 are made. "
        "Run the same command with a larger --max-calls to go on."
    )


def test_a_cap_on_tokens_lets_a_smaller_call_go() -> None:
    budget = Budget(Caps(tokens=10_000), None)
    budget.settle(at_once(budget.reserve(bound(9_000, 500))), Usage(0, 8_000, 200))
    with pytest.raises(CapReachedError) as caught:
        at_once(budget.reserve(bound(1_500, 500)))
    assert str(caught.value) == (
        "--max-tokens does not allow the next call: 8,200 of 10,000 tokens are spent, and it may "
        "take 2,000. Run the same command with a larger --max-tokens to go on."
    )
    at_once(budget.reserve(bound(1_000, 800)))


def test_a_cap_on_the_cost_tells_amounts() -> None:
    budget = Budget(Caps(cost=0.125), PRICE)
    budget.settle(at_once(budget.reserve(bound(100_000, 0))), Usage(0, 100_000, 0))
    with pytest.raises(CapReachedError) as caught:
        at_once(budget.reserve(bound(30_000, 10)))
    assert str(caught.value) == (
        "--max-cost does not allow the next call: $0.10 of $0.125 are spent, and it may cost $0.03."
        " Run the same command with a larger --max-cost to go on."
    )


@pytest.mark.parametrize(
    ("cap", "shown"), [(0.0, "$0.00"), (0.000_012, "$0.000012"), (1e-300, "$0.00")]
)
def test_a_cap_of_next_to_nothing_allows_nothing(cap: float, shown: str) -> None:
    with pytest.raises(CapReachedError, match=rf"\$0\.00 of \{shown} are"):
        at_once(Budget(Caps(cost=cap), PRICE).reserve(bound()))
    for none in (Caps(calls=0), Caps(tokens=0)):
        with pytest.raises(CapReachedError):
            at_once(Budget(none, None).reserve(bound()))


def test_what_costs_nothing_goes_on_under_a_cap_on_the_cost() -> None:
    budget = Budget(Caps(cost=0.0), Price(0.0, 0.0, 0.0))
    budget.settle(at_once(budget.reserve(bound())), None)
    assert budget.cost == 0.0


def test_an_amount_is_spent_to_the_last_bit_of_it() -> None:
    # In floats, 0.1 + 0.1 + 0.1 is above 0.3.
    budget = Budget(Caps(cost=0.3), Price(0.1, 0.1, 0.1))
    for _ in range(3):
        budget.settle(at_once(budget.reserve(bound(999_999, 1))), Usage(0, 999_999, 1))
    assert budget.cost == 0.3
    with pytest.raises(CapReachedError):
        at_once(budget.reserve(bound(1, 0)))


def test_an_amount_is_never_rounded_up() -> None:
    budget = Budget(Caps(cost=0.000_000_15), Price(0.1, 0.1, 0.1))
    with pytest.raises(CapReachedError):
        at_once(budget.reserve(bound(2, 0)))
    at_once(budget.reserve(bound(1, 0)))


def test_a_cache_that_costs_more_than_reading_is_reserved_for() -> None:
    budget = Budget(Caps(cost=0.0005), Price(1.0, 5.0, 4.0))
    with pytest.raises(CapReachedError):
        at_once(budget.reserve(bound(101, 0)))
    budget.settle(at_once(budget.reserve(bound(100, 0))), None)
    assert budget.cost == 0.0005


def test_the_cost_of_very_many_calls_is_exact() -> None:
    price = Price(0.07, 0.007, 0.31)
    budget = Budget(Caps(cost=1_000_000.0), price)
    for number in range(100_000):
        reservation = at_once(budget.reserve(bound(1_000, 100)))
        budget.settle(reservation, Usage(0, 700 + number % 7, 33, 128))
    spent = budget.spent
    cents = (spent.prompt_tokens - spent.cached_tokens) * 70 + spent.cached_tokens * 7
    assert budget.cost == (cents + spent.completion_tokens * 310) / 10**9


@pytest.mark.parametrize(
    "usage", [None, Usage(), Usage(1, 0, 7), Usage(0, -5, 7), Usage(0, 5, -7), Usage(0, -(10**30))]
)
def test_what_nobody_counted_is_spent_whole(usage: Usage | None) -> None:
    budget = Budget(Caps(tokens=150), PRICE)
    budget.settle(at_once(budget.reserve(bound(100, 50))), usage)
    assert budget.spent == Usage(1, 100, 50)
    assert budget.cost == pytest.approx(0.0003)


def test_more_than_was_reserved_counts_as_the_server_says() -> None:
    budget = Budget(Caps(tokens=1_000, cost=1.0), PRICE)
    budget.settle(at_once(budget.reserve(bound(100, 50))), Usage(9, 4_000, 60, 9_000))
    assert budget.spent == Usage(1, 4_000, 60, 4_000)
    assert budget.cost == pytest.approx(0.0004 + 0.000_24)
    with pytest.raises(CapReachedError, match=r"4,060 of 1,000 tokens"):
        at_once(budget.reserve(bound(1, 1)))


def test_counts_beyond_belief_do_not_break_the_sum() -> None:
    budget = Budget(Caps(), PRICE)
    budget.settle(at_once(budget.reserve(bound())), Usage(0, 10**400, 10**400, 10**400))
    assert budget.spent.completion_tokens == 10**9
    assert budget.cost == pytest.approx(4_100)


def test_a_refused_attempt_is_a_call_and_one_never_sent_is_none() -> None:
    budget = Budget(Caps(calls=2, tokens=150, cost=0.0003), PRICE)
    budget.release(at_once(budget.reserve(bound())), sent=False)
    assert budget.spent == Usage()
    budget.release(at_once(budget.reserve(bound())), sent=True)
    assert budget.spent == Usage(calls=1)
    assert budget.cost == 0.0
    at_once(budget.reserve(bound()))


def test_a_reservation_ends_once() -> None:
    budget = Budget(Caps(tokens=300), None)
    first, other = at_once(budget.reserve(bound())), at_once(budget.reserve(bound()))
    budget.settle(first, Usage(0, 10, 10))
    budget.settle(first, None)
    budget.release(first, sent=True)
    assert budget.spent == Usage(1, 10, 10)
    budget.settle(other, None)
    assert budget.spent == Usage(2, 110, 60)


def test_a_bound_that_can_never_be_met_is_refused_while_others_are_under_way() -> None:
    budget = Budget(Caps(tokens=1_000), None)
    at_once(budget.reserve(bound(900, 0)))
    with pytest.raises(CapReachedError, match="0 of 1,000 tokens"):
        at_once(budget.reserve(bound(1_001, 0)))


@dataclass
class Line:
    """Who has been let in, in what order; those waiting can be cancelled."""

    budget: Budget
    order: list[str] = field(default_factory=list)
    held: dict[str, Reservation] = field(default_factory=dict)
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def join(self, name: str, tokens: int) -> None:
        self.tasks[name] = asyncio.create_task(self._enter(name, tokens))
        await rounds()

    async def leave(self, name: str, tokens: int) -> None:
        self.budget.settle(self.held.pop(name), Usage(0, tokens, 0))
        await rounds()

    async def _enter(self, name: str, tokens: int) -> None:
        self.held[name] = await self.budget.reserve(bound(tokens, 0))
        self.order.append(name)


def test_whoever_came_first_goes_first_also_when_a_later_one_would_fit() -> None:
    async def scenario() -> None:
        line = Line(Budget(Caps(tokens=100), None))
        for name, tokens in (("a", 60), ("large", 80), ("small", 10), ("tiny", 1)):
            await line.join(name, tokens)
        assert line.order == ["a"]
        await line.leave("a", 5)
        assert line.order == ["a", "large", "small", "tiny"]

    run(scenario)


def test_all_who_wait_are_told_when_nothing_can_fit_any_more() -> None:
    async def scenario() -> None:
        line = Line(Budget(Caps(tokens=100), None))
        for name, tokens in (("a", 60), ("b", 30), ("c", 50), ("d", 11), ("e", 10)):
            await line.join(name, tokens)
        assert line.order == ["a", "b"]
        await line.leave("a", 60)
        assert isinstance(line.tasks["c"].exception(), CapReachedError)
        assert line.order == ["a", "b"]  # d waits for b, and e behind it
        await line.leave("b", 200)
        for name in ("d", "e"):
            assert isinstance(line.tasks[name].exception(), CapReachedError)

    run(scenario)


def test_a_wait_that_is_cancelled_leaves_the_place_to_the_next() -> None:
    async def scenario() -> None:
        line = Line(Budget(Caps(tokens=100), None))
        for name, tokens in (("a", 60), ("large", 80), ("small", 40)):
            await line.join(name, tokens)
        line.tasks["large"].cancel()
        await rounds()
        assert line.order == ["a", "small"]
        assert line.tasks["large"].cancelled()

    run(scenario)


def test_a_wait_that_is_cancelled_as_it_ends_gives_back_what_it_got() -> None:
    async def scenario() -> None:
        line = Line(Budget(Caps(tokens=100), None))
        for name, tokens in (("a", 60), ("late", 80), ("next", 80), ("hopeless", 99)):
            await line.join(name, tokens)
        line.budget.settle(line.held.pop("a"), Usage(0, 5, 0))
        line.tasks["late"].cancel()
        line.tasks["hopeless"].cancel()
        await rounds()
        assert line.order == ["a", "next"]
        assert line.budget.spent == Usage(1, 5, 0)

    run(scenario)


@dataclass(frozen=True)
class Attempt:
    """What one task does: waits a while, reserves, sends, and ends so."""

    after: int
    most: Usage
    lasts: int
    outcome: str
    cancel: int | None


@dataclass
class Ledger:
    """An independent account of what is spent and what is under way."""

    caps: Caps
    price: Price | None
    spent: list[Usage] = field(default_factory=list)
    open: list[Usage] = field(default_factory=list)

    def left(self) -> tuple[Fraction | None, ...]:
        both = self.spent + self.open
        caps = self.caps
        taken = (
            sum((self._cost(one) for one in both), Fraction(0)),
            Fraction(sum(one.calls for one in both)),
            Fraction(sum(one.prompt_tokens + one.completion_tokens for one in both)),
        )
        return tuple(
            None if cap is None else Fraction(repr(cap)) - used
            for cap, used in zip((caps.cost, caps.calls, caps.tokens), taken, strict=True)
        )

    def check(self) -> None:
        assert all(left is None or left >= 0 for left in self.left())

    def largest(self) -> Usage:
        """What fits into what is left, and no more of it."""
        money, calls, tokens = self.left()
        most = [10**9] if tokens is None else [int(tokens)]
        if money is not None and self.price is not None:
            most.append(int(money * 1_000_000 / Fraction(repr(self.price.prompt))))
        return Usage(100 if calls is None else int(calls), min(most))

    def _cost(self, one: Usage) -> Fraction:
        if self.price is None:
            return Fraction(0)
        read, cached, written = (
            Fraction(repr(part)) / 1_000_000
            for part in (self.price.prompt, self.price.cached, self.price.completion)
        )
        fresh = one.prompt_tokens - one.cached_tokens
        return fresh * read + one.cached_tokens * cached + one.completion_tokens * written


ATTEMPTS = st.builds(
    Attempt,
    after=st.integers(0, 4),
    most=st.builds(Usage, st.just(1), st.integers(1, 60), st.integers(0, 40)),
    lasts=st.integers(0, 4),
    outcome=st.sampled_from(["whole", "part", "unknown", "refused", "unsent"]),
    cancel=st.none() | st.integers(0, 10),
)
PRICES = st.sampled_from([Price(0.75, 0.075, 4.5), Price(0.1, 0.1, 0.3), Price(0.2, 0.0, 7.7)])
CAPS = st.builds(
    Caps,
    st.none() | st.floats(0, 0.001, allow_subnormal=False),
    st.none() | st.integers(0, 20),
    st.none() | st.integers(0, 600),
)


async def attempt(budget: Budget, ledger: Ledger, one: Attempt) -> None:
    await rounds(one.after)
    reservation = await budget.reserve(one.most)
    ledger.open.append(one.most)
    ledger.check()
    took: Usage | None = one.most
    try:
        await rounds(one.lasts)
        if one.outcome == "part":
            took = Usage(1, 1, one.most.completion_tokens // 2, 1)
        if one.outcome in {"whole", "part"}:
            budget.settle(reservation, took)
        elif one.outcome != "unknown":
            took = Usage(calls=int(one.outcome == "refused"))
            budget.release(reservation, sent=one.outcome == "refused")
    finally:
        budget.settle(reservation, None)  # of no effect where it has ended
        ledger.open.remove(one.most)
        ledger.spent.append(took or one.most)
        ledger.check()


@settings(max_examples=100, deadline=None)
@given(CAPS, PRICES, st.lists(ATTEMPTS, max_size=25))
def test_no_cap_is_ever_broken_nobody_waits_for_ever_and_all_is_given_back(
    caps: Caps, price: Price, attempts: list[Attempt]
) -> None:
    budget, ledger = Budget(caps, price), Ledger(caps, price)

    async def scenario() -> None:
        tasks = [asyncio.create_task(attempt(budget, ledger, one)) for one in attempts]
        for passed in range(20 * (len(attempts) + 1)):
            if all(task.done() for task in tasks):
                break
            for task, one in zip(tasks, attempts, strict=True):
                if one.cancel == passed:
                    task.cancel()
            await asyncio.sleep(0)
        assert all(task.done() for task in tasks)
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(end) for end in ends} <= {
            type(None),
            CapReachedError,
            asyncio.CancelledError,
        }

    run(scenario)
    assert budget.spent == sum(ledger.spent, Usage())
    at_once(budget.reserve(ledger.largest()))
