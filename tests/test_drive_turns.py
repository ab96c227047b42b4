"""Who is next when requests wait, and what comes of those that fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from summ.drive import Meter, Slots, drive
from summ.errors import ContextTooLongError, MalformedReplyError, UnreachableError
from summ.model import Profile, Reply, Request, Usage
from summ.tasks.steps import Fork, Outcome, Steps
from tests.test_drive import EXACT, Scripted, echo, request


def talk(*texts: str) -> Steps[list[str]]:
    """Asks one thing after the other, and returns what came back."""
    found = []
    for text in texts:
        (outcome,) = yield (request(text),)
        found.append(outcome.text if isinstance(outcome, Reply) else str(outcome))
    return found


def fork(*branches: Steps[object]) -> Steps[list[object]]:
    """Runs tasks side by side."""
    return list((yield Fork(branches)))


def run(steps: Steps[object], backend: Scripted, slots: int = 1) -> tuple[object, Meter]:
    meter = Meter(EXACT, slots=Slots(slots))
    return asyncio.run(asyncio.wait_for(drive(steps, backend, meter), 20)), meter


def asked(backend: Scripted) -> list[str]:
    return [line[2:] for line in backend.log if line.startswith(">")]


# --- forks ------------------------------------------------------------------------------


def test_what_branches_return_comes_in_their_order() -> None:
    backend = Scripted(echo)
    found, _ = run(fork(talk("a", "b", "c"), talk(), fork(talk("d"), talk("e"))), backend, 3)
    assert found == [["a", "b", "c"], [], [["d"], ["e"]]]


def test_a_fork_into_nothing_goes_on() -> None:
    assert run(fork(), Scripted(echo))[0] == []


def test_branches_go_on_by_themselves() -> None:
    class Uneven(Scripted):
        """Begins with what is slow when all of the other branch has been asked."""

        async def complete(self, request: Request) -> Reply:
            content = request.messages[-1].content
            if content == "slow":
                await others.wait()
            elif content == "x3":
                others.set()
            return await super().complete(request)

    others = asyncio.Event()
    backend = Uneven(echo)
    run(fork(talk("slow", "last"), talk("x1", "x2", "x3")), backend, 2)
    assert asked(backend) == ["x1", "x2", "x3", "slow", "last"]


def test_what_a_branch_raises_ends_the_others_and_is_raised_as_itself() -> None:
    error = MalformedReplyError("The branch gave up.")

    def failing() -> Steps[None]:
        yield (request("a"),)
        raise error

    backend = Scripted(echo, turns=1)
    with pytest.raises(MalformedReplyError) as caught:
        run(fork(failing(), fork(talk(*"bcdefgh"))), backend, 2)
    assert caught.value is error
    assert "h" not in asked(backend)


# --- slots ------------------------------------------------------------------------------


def test_with_one_slot_the_first_branch_is_read_to_its_end_before_the_next() -> None:
    backend = Scripted(echo)
    run(fork(*(talk(f"{n} notes", f"{n} claims") for n in range(4))), backend)
    assert asked(backend) == [f"{n} {part}" for n in range(4) for part in ("notes", "claims")]
    assert all(
        a[0] == ">" and b[0] == "<"
        for a, b in zip(backend.log[::2], backend.log[1::2], strict=True)
    )


def test_what_follows_a_group_comes_before_later_groups() -> None:
    def group(name: str) -> Steps[None]:
        yield Fork((talk(f"{name}1"), talk(f"{name}2")))
        yield (request(f"{name} merged"),)

    backend = Scripted(echo)
    run(fork(group("a"), group("b"), group("c")), backend)
    assert asked(backend) == [f"{g}{step}" for g in "abc" for step in ("1", "2", " merged")]


@pytest.mark.parametrize("slots", [1, 2, 5])
def test_no_more_requests_are_under_way_than_there_are_slots(slots: int) -> None:
    backend = Scripted(echo)
    run(fork(*(talk("x", "y") for _ in range(9))), backend, slots)
    under_way = peak = 0
    for line in backend.log:
        under_way += 1 if line[0] == ">" else -1
        peak = max(peak, under_way)
    assert peak == slots


def test_documents_share_the_slots_and_one_that_is_given_up_leaves_them_to_the_others() -> None:
    slots = Slots(1)
    backend = Scripted(echo)

    async def main() -> None:
        jobs = [
            asyncio.create_task(
                drive(fork(talk(f"{n}a"), talk(f"{n}b")), backend, Meter(EXACT, slots=slots), (n,))
            )
            for n in range(4)
        ]
        for turns in (0, 1, 2, 3, 4, 5):
            for _ in range(turns):
                await asyncio.sleep(0)
            jobs[turns % 3].cancel()
        assert await asyncio.wait_for(jobs[3], 5) == [["3a"], ["3b"]]
        await asyncio.gather(*jobs, return_exceptions=True)
        async with asyncio.timeout(5):
            await slots.queue((9,))

    asyncio.run(main())


@pytest.mark.parametrize("turns", range(12))
def test_a_slot_is_free_again_whenever_its_document_is_given_up(turns: int) -> None:
    slots = Slots(1)

    async def main() -> None:
        meter = Meter(EXACT, slots=slots)
        job = asyncio.create_task(drive(talk("a", "b"), Scripted(echo), meter))
        for _ in range(turns):
            await asyncio.sleep(0)
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)
        async with asyncio.timeout(5):
            await slots.queue(())

    asyncio.run(main())


def test_the_smallest_place_is_next() -> None:
    async def main() -> None:
        slots = Slots(1)
        first = slots.queue((5,))
        third, given_up, second = (slots.queue((n,)) for n in (3, 1, 2))
        assert [turn.done() for turn in (first, second, third)] == [True, False, False]
        slots.leave(given_up)
        slots.leave(first)
        assert [turn.done() for turn in (second, third)] == [True, False]
        slots.leave(second)
        assert third.done()

    asyncio.run(main())


# --- requests are made when their turn comes ---------------------------------------------


def test_a_request_is_made_when_its_turn_has_come_with_what_is_known_by_then() -> None:
    known: list[str] = []

    def step(number: int) -> Steps[object]:
        def make() -> Request:
            return request(f"{number} after {','.join(known)}")

        (outcome,) = yield (make,)
        known.append(str(number))
        return outcome

    backend = Scripted(echo)
    run(fork(step(0), step(1), step(2)), backend)
    assert asked(backend) == ["0 after ", "1 after 0", "2 after 0,1"]


def test_what_is_of_no_use_any_more_is_not_sent_and_takes_no_slot_for_good() -> None:
    def steps() -> Steps[tuple[Outcome | None, ...]]:
        return (yield (lambda: None, request("a"), lambda: None))

    backend = Scripted(echo)
    found, _ = run(steps(), backend)
    assert found == (None, echo("a"), None)
    assert asked(backend) == ["a"]


# --- an endpoint that fails ---------------------------------------------------------------


def run_many(
    count: int, answer: Callable[[str], Reply | Exception], slots: int = 1
) -> tuple[list[object], list[str], Meter]:
    """So many branches with a request each: what came of them, and what was sent."""
    backend = Scripted(answer)

    def steps(number: int) -> Steps[object]:
        (outcome,) = yield (request(str(number)),)
        return outcome

    found, meter = run(fork(*(steps(n) for n in range(count))), backend, slots)
    assert isinstance(found, list)
    return found, asked(backend), meter


def test_requests_without_an_answer_are_counted_and_the_others_kept() -> None:
    error = UnreachableError("gone")
    found, sent, meter = run_many(30, lambda n: echo(n) if int(n) % 3 == 0 else error)
    assert len(sent) == 30
    assert found.count(error) == meter.unanswered == 20


@pytest.mark.parametrize(
    "error", [ContextTooLongError("Too long."), MalformedReplyError("No JSON.")]
)
def test_an_answer_of_no_use_is_an_answer(error: Exception) -> None:
    found, sent, meter = run_many(20, lambda _: error)
    assert len(sent) == 20
    assert found == [error] * 20
    assert meter.unanswered == 0


def test_replies_that_came_to_nothing_are_remembered() -> None:
    error = MalformedReplyError("No JSON.")
    error.replies = (b"a", b"b")
    _, _, meter = run_many(2, lambda _: error)
    assert meter.useless == [b"a", b"b"] * 2


class Seen:
    """Counts what it is shown."""

    def __init__(self) -> None:
        self.counts: list[tuple[int, int]] = [(0, 0)]

    def asked(self, requests: int) -> None:
        asked, answered = self.counts[-1]
        self.counts.append((asked + requests, answered))

    def answered(self) -> None:
        asked, answered = self.counts[-1]
        self.counts.append((asked, answered + 1))


def test_progress_sees_each_request_asked_and_answered_whatever_comes_of_it() -> None:
    seen = Seen()
    answers: Sequence[Reply | Exception] = [
        echo("a"), MalformedReplyError("x"), UnreachableError("y"), echo("b")
    ]  # fmt: skip
    backend = Scripted(lambda n: answers[int(n)])
    meter = Meter(EXACT, seen, Usage(), Slots(1))
    asyncio.run(drive(fork(*(talk(str(n)) for n in range(4))), backend, meter))
    assert seen.counts[-1] == (4, 4)
    assert all(asked >= answered for asked, answered in seen.counts)
    assert isinstance(backend.profile, Profile)
