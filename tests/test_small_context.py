"""A server with less room than was thought: halved as far as needed, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.fake_endpoint import Answer, FakeEndpoint, failing
from tests.long_texts import Ran, harbour, run_over
from tests.scripted_model import ObedientModel, shown_lines, task_of
from tests.test_pipeline import Told

TEXT = harbour(400)
FLAGS: dict[str, Any] = {"context": 7_000, "length": 4, "claims": 6}


class Server:
    """Refuses what is longer than it holds; keeps what it refused."""

    def __init__(self, characters: int, after: int = 0) -> None:
        """Hold so many characters of a message, from the request of that number on."""
        self.characters = characters
        self.after = after
        self.seen = 0
        self.refused: list[Mapping[str, Any]] = []
        self.model = ObedientModel()

    def __call__(self, body: Mapping[str, Any]) -> Answer:
        self.seen += 1
        size = len(body["messages"][1]["content"])
        if size > self.characters and self.seen > self.after:
            self.refused.append(body)
            return failing(400, "This model's maximum context length is 4096 tokens.")
        return self.model(body)


def answered(requests: list[Ran], characters: int, task: str) -> Counter[int]:
    """How often each sentence was in a request that was answered."""
    return Counter(
        number
        for one in requests
        if one.task == task and len(one.content) <= characters
        for number in one.lines
    )


@pytest.mark.parametrize("jobs", [1, 4])
@pytest.mark.parametrize("characters", [9_000, 5_000])
def test_what_is_sent_after_a_refusal_is_small_enough(
    endpoint: FakeEndpoint, jobs: int, characters: int
) -> None:
    server, ui = Server(characters), Told()
    report, requests = run_over(TEXT, endpoint, server, ui, jobs=jobs, **FLAGS)
    # Those that were under way when the size was lowered, and no more.
    assert 1 <= len(server.refused) <= jobs * len(ui.notices)
    assert len({str(body["messages"][1]) for body in server.refused}) == len(server.refused)
    for task in ("summary", "claims"):
        assert answered(requests, characters, task) == Counter(range(1, 801)), "each once"
    assert (report.coverage.sent, report.coverage.missing) == (len(TEXT), ())
    # Which passages were halved hangs on what was under way, and so what ten sentences cite.
    assert {finding.code for finding in report.findings} <= {"uncited-fifth"}
    assert (len(report.summary), len(report.claims)) == (4, 6)
    # One notice for each time the size was lowered, not for each refusal.
    lowered = [notice for notice in ui.notices if "smaller passages" in notice]
    assert len(lowered) == len(ui.notices) <= 2


def test_room_that_shrinks_in_the_middle_leaves_alone_what_was_read(endpoint: FakeEndpoint) -> None:
    server, ui = Server(8_000, after=8), Told()
    report, requests = run_over(TEXT, endpoint, server, ui, jobs=1, **FLAGS)
    assert len(server.refused) == 1
    assert len(ui.notices) == 1
    before = requests[:8]
    assert max(len(one.content) for one in before) > 8_000
    lines = Counter(
        n
        for place, one in enumerate(requests)
        if one.task == "claims" and (place < 8 or len(one.content) <= 8_000)
        for n in one.lines
    )
    assert lines == Counter(range(1, 801)), "what was read is not read again"
    assert report.coverage.missing == ()


def test_pieces_keep_the_order_of_a_chunk_with_one_request_at_a_time(
    endpoint: FakeEndpoint,
) -> None:
    server = Server(8_000, after=4)
    _, requests = run_over(TEXT, endpoint, server, jobs=1, **FLAGS)
    chunks = [one for one in requests if one.task != "merge" and (len(one.content) <= 8_000)]
    for notes, claims in zip(chunks[::2], chunks[1::2], strict=True):
        assert (notes.task, claims.task) == ("summary", "claims")
        assert notes.block == claims.block


def test_notes_that_are_too_long_for_it_are_merged_in_halves(endpoint: FakeEndpoint) -> None:
    """The chunks pass: what is too long is the list of notes."""
    model = ObedientModel()

    def respond(body: Mapping[str, Any]) -> Answer:
        lines = shown_lines(body)
        if task_of(body) == "merge" and len(lines) > 9:
            return failing(400, "maximum context length is 4096 tokens")
        return model(body)

    report, requests = run_over(TEXT, endpoint, respond, **FLAGS)
    merges = [one for one in requests if one.task == "merge"]
    assert any(len(one.lines) > 9 for one in merges)
    assert len(report.summary) == 4
    assert report.findings == ()
    assert report.coverage.missing == ()


def cutting(tokens: int) -> Callable[[Mapping[str, Any]], tuple[int, int]]:
    """What a server reports that reads so many tokens and drops the rest without a word."""
    return lambda body: (min(tokens, len(body["messages"][-1]["content"]) // 4), 50)


def test_a_server_that_cuts_without_a_word_is_met_in_the_same_way(endpoint: FakeEndpoint) -> None:
    model = ObedientModel(usage=cutting(2_048))
    ui = Told()
    report, _ = run_over(harbour(900), endpoint, model, ui, jobs=1, length=4, claims=6)
    assert report.coverage.missing == ()
    assert any("only a part" in notice for notice in ui.notices)
    assert len(ui.notices) <= 4
    assert len(report.coverage.chunks) >= 10


def test_a_server_that_takes_nothing_is_given_up_soon(endpoint: FakeEndpoint) -> None:
    server = Server(1_000, after=6)
    ui = Told()
    report, requests = run_over(TEXT, endpoint, server, ui, jobs=1, **FLAGS)
    assert report.summary
    (gap,) = report.coverage.missing
    assert gap.end == len(TEXT)
    failed = [finding for finding in report.findings if finding.code == "summary-failed"]
    assert failed
    assert "context" in failed[0].message
    # A piece of the smallest size for each that is missing, at most twice, and no more.
    assert len(requests) < 2 * len(TEXT) // 600
    assert len(ui.notices) <= 5
