"""Tasks against a backend: order, failures, and what the calls teach about tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

import pytest

from summ.drive import ALWAYS_WHOLE, Meter, Slots, drive
from summ.errors import (
    CapReachedError,
    ContextTooLongError,
    MalformedReplyError,
    SummError,
    UnreachableError,
)
from summ.model import Message, Profile, Reply, Request, Usage
from summ.tasks.steps import Fork, Outcome, Steps
from summ.text.tokens import TokenCounter, counter_for

EXACT = TokenCounter("o200k_base")


def request(text: str = "Hello.") -> Request:
    return Request("test", (Message("system", "Be brief."), Message("user", text)), 10)


class Scripted:
    """A backend that answers by a function of the user's message, after `turns` turns."""

    profile = Profile("m", "http://x", 8_000, 4_000)

    def __init__(self, answer: Callable[[str], Reply | Exception], turns: int = 3) -> None:
        self.answer = answer
        self.turns = turns
        self.log: list[str] = []

    async def context(self) -> int:
        return self.profile.context

    async def complete(self, request: Request) -> Reply:
        text = request.messages[-1].content
        self.log.append(f"> {text}")
        try:
            for _ in range(self.turns):
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.log.append(f"x {text}")
            raise
        self.log.append(f"< {text}")
        answer = self.answer(text)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def forget(self, replies: Iterable[bytes]) -> None:
        """Nothing is kept."""

    async def aclose(self) -> None:
        """Nothing is open."""


def echo(text: str) -> Reply:
    return Reply(text, usage=Usage(calls=1))


def run(steps: Steps[object], backend: Scripted, meter: Meter | None = None) -> object:
    return asyncio.run(drive(steps, backend, meter or Meter(EXACT)))


def one(wanted: Request) -> Steps[tuple[Outcome, ...]]:
    """Asks one thing."""
    return (yield (wanted,))


def outcomes_of(requests: list[Request], backend: Scripted, meter: Meter) -> tuple[Outcome, ...]:
    """What comes of requests that are sent together."""

    def steps() -> Steps[tuple[Outcome, ...]]:
        return (yield tuple(requests))

    return asyncio.run(drive(steps(), backend, meter))


def busy(slots: int = 8) -> Meter:
    """A meter that lets so many requests be under way."""
    return Meter(EXACT, slots=Slots(slots))


def collect(*rounds: list[str]) -> Steps[list[list[str]]]:
    """Asks each round, and returns what came back."""
    found = []
    for texts in rounds:
        outcomes = yield tuple(request(text) for text in texts)
        found.append([o.text if isinstance(o, Reply) else str(o) for o in outcomes])
    return found


# --- steps -------------------------------------------------------------------------------


def test_steps_follow_each_other_and_requests_of_one_go_side_by_side() -> None:
    backend = Scripted(echo)
    assert run(collect(["a", "b"], ["c"]), backend, busy()) == [["a", "b"], ["c"]]
    assert backend.log == ["> a", "> b", "< a", "< b", "> c", "< c"]


def test_outcomes_keep_the_order_of_the_requests() -> None:
    class Uneven(Scripted):
        async def complete(self, request: Request) -> Reply:
            await asyncio.sleep(0.02 if request.messages[-1].content == "slow" else 0)
            return await super().complete(request)

    backend = Uneven(echo)
    assert run(collect(["slow", "fast"]), backend, busy()) == [["slow", "fast"]]
    assert backend.log[0] == "> fast"


def test_a_task_without_requests_or_with_an_empty_step_ends() -> None:
    assert run(collect(), Scripted(echo)) == []
    assert run(collect([]), Scripted(echo)) == [[]]


def test_a_reply_that_cannot_be_used_is_handed_to_the_task() -> None:
    error = MalformedReplyError("No JSON.")
    backend = Scripted(lambda text: error if text == "b" else echo(text))
    assert run(collect(["a", "b", "c"], ["d"]), backend) == [["a", "No JSON.", "c"], ["d"]]


def test_an_error_of_the_endpoint_is_handed_to_the_task_and_stops_no_other() -> None:
    error = UnreachableError("gone")
    backend = Scripted(lambda text: error if text == "b" else echo(text))
    assert run(collect(["a", "b", "c"], ["d"]), backend, busy()) == [["a", "gone", "c"], ["d"]]


def test_what_the_task_raises_comes_through() -> None:
    def failing() -> Steps[None]:
        yield (request(),)
        raise MalformedReplyError("The task gave up.")

    with pytest.raises(MalformedReplyError, match="gave up"):
        run(failing(), Scripted(echo))


# --- what ends it ------------------------------------------------------------------------


def test_the_first_failure_ends_all_however_deep_and_is_raised_as_itself() -> None:
    error = MalformedReplyError("The task gave up.")

    def failing() -> Steps[None]:
        yield (request("bad"),)
        raise error

    def inner() -> Steps[None]:
        yield Fork((collect(["a"]), failing(), collect(["b"])))

    def outer() -> Steps[None]:
        yield Fork((inner(), collect(["c"])))

    class Uneven(Scripted):
        async def complete(self, request: Request) -> Reply:
            self.turns = 2 if request.messages[-1].content == "bad" else 500
            return await super().complete(request)

    backend = Uneven(echo)
    with pytest.raises(MalformedReplyError) as caught:
        run(outer(), backend, busy())
    assert caught.value is error
    assert backend.log[:5] == ["> a", "> bad", "> b", "> c", "< bad"]
    assert sorted(backend.log[5:]) == ["x a", "x b", "x c"]


def test_what_a_cap_let_through_is_waited_for_and_nothing_follows_from_it() -> None:
    cap = CapReachedError("No further call.")

    class Capped(Scripted):
        async def complete(self, request: Request) -> Reply:
            if request.messages[-1].content in {"second", "c"}:
                raise cap
            return await super().complete(request)

    def outer() -> Steps[None]:
        yield Fork((collect(["a"], ["second"], ["never"]), collect(["b", "c"], ["never"])))

    backend = Capped(echo, turns=50)
    with pytest.raises(CapReachedError) as caught:
        run(outer(), backend, busy())
    assert caught.value is cap
    assert backend.log == ["> a", "> b", "< a", "< b"]


def test_it_can_be_cancelled_from_outside() -> None:
    backend = Scripted(echo, turns=500)

    async def main() -> None:
        task = asyncio.ensure_future(drive(collect(["a", "b"]), backend, busy()))
        for _ in range(5):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert backend.log == ["> a", "> b", "x a", "x b"]


# --- the meter ---------------------------------------------------------------------------

LONG = "The council of Eastmere voted for the plan on Tuesday night. " * 400
HINDI = "नगर परिषद ने मंगलवार की रात योजना के पक्ष में मतदान किया और बंदरगाह बंद होगा। " * 300


def metered(counter: TokenCounter, text: str, reported: int, calls: int = 1) -> Meter:
    meter = Meter(counter)
    reply = Reply("ok", usage=Usage(calls, reported, 7, 3))
    (outcome,) = asyncio.run(drive(one(request(text)), Scripted(lambda _: reply), meter))
    if isinstance(outcome, SummError):
        raise outcome
    return meter


def plain(text: str) -> int:
    return EXACT.count(f"Be brief.\n{text}")


def test_usage_is_the_sum_over_all_replies() -> None:
    meter = Meter(EXACT)
    backend = Scripted(lambda text: Reply(text, usage=Usage(2, 30, 5, 20)))
    run(collect(["a", "b"], ["c"]), backend, meter)
    assert meter.usage == Usage(6, 90, 15, 60)


def test_what_a_useless_reply_took_counts_too() -> None:
    error = MalformedReplyError("No JSON.")
    error.usage = Usage(2, 100, 50, 0)
    meter = Meter(EXACT)
    run(collect(["a", "b"]), Scripted(lambda text: error if text == "a" else echo(text)), meter)
    assert meter.usage == Usage(3, 100, 50, 0)
    error.usage = None
    run(collect(["a"]), Scripted(lambda _: error), meter)
    assert meter.usage == Usage(3, 100, 50, 0)


def test_a_server_that_counts_more_corrects_the_counter() -> None:
    meter = metered(EXACT, LONG, 2 * plain(LONG))
    assert meter.counter.margin == pytest.approx(2.0, rel=0.01)
    assert meter.counter.count(LONG) >= 2 * EXACT.count(LONG) * 0.99
    again = Reply("ok", usage=Usage(1, plain(LONG), 1, 0))
    meter.record(request(LONG), again)
    assert meter.counter.margin == pytest.approx(2.0, rel=0.01), "it never shrinks"


@pytest.mark.parametrize(("reported", "calls"), [(0, 1), (10**6, 2), (0, 0), (5, 0)])
def test_no_single_count_teaches_nothing(reported: int, calls: int) -> None:
    assert metered(EXACT, LONG, reported, calls).counter == EXACT


@pytest.mark.parametrize("share", [0.02, 0.3, 0.49])
def test_a_server_that_read_only_a_part_is_found_out(share: float) -> None:
    assert plain(LONG) > ALWAYS_WHOLE
    for counter in (EXACT, counter_for("some-model")):
        with pytest.raises(ContextTooLongError, match="only a part") as caught:
            metered(counter, LONG, int(share * plain(LONG)))
        assert "context" in caught.value.hint


def test_a_part_is_found_out_behind_a_refused_or_repeated_call_too() -> None:
    with pytest.raises(ContextTooLongError, match="only a part"):
        metered(EXACT, LONG, int(0.3 * plain(LONG)), calls=2)


def test_a_prompt_cut_to_the_very_context_is_found_out() -> None:
    context = plain(LONG) * 8 // 10 // 1_024 * 1_024
    assert 0.5 * plain(LONG) < context < 0.95 * plain(LONG)
    with pytest.raises(ContextTooLongError, match="only a part"):
        metered(EXACT, LONG, context)
    assert metered(EXACT, LONG, context + 1).counter == EXACT


def test_a_server_that_counts_somewhat_less_is_believed() -> None:
    assert metered(EXACT, LONG, int(0.6 * plain(LONG))).counter == EXACT
    short = "A few words. " * 100
    assert metered(EXACT, short, 20).counter == EXACT


def test_a_safety_margin_is_not_taken_for_a_cut_prompt() -> None:
    """A tokenizer as good as o200k at Hindi, counted almost fourfold to be safe."""
    counter = counter_for("some-model")
    assert counter.count(HINDI) > 3 * EXACT.count(HINDI) > 3 * ALWAYS_WHOLE
    assert metered(counter, HINDI, plain(HINDI)).counter == counter
    with pytest.raises(ContextTooLongError):
        metered(counter, HINDI, int(0.4 * plain(HINDI)))


def test_a_cut_prompt_among_others_is_one_that_was_too_long() -> None:
    meter = Meter(EXACT)
    short, long = outcomes_of(
        [request("short"), request(LONG)],
        Scripted(lambda _: Reply("ok", usage=Usage(1, 100, 1, 0))),
        meter,
    )
    assert isinstance(short, Reply)
    assert isinstance(long, ContextTooLongError)
    assert meter.usage.calls == 2, "it was read and paid for"
    assert meter.unanswered == 0
