"""A long article through the real backend: all of it is read, in order, and can be cited."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from summ.text.tokens import counter_for
from tests.fake_endpoint import FakeEndpoint
from tests.long_texts import Ran, harbour, run_over
from tests.scripted_model import ObedientModel, shown_lines, task_of
from tests.test_pipeline import Told

TEXT = harbour(300)
SMALL: dict[str, Any] = {"context": 2_800, "length": 4, "claims": 6}
"""A context in which the text takes some twenty passages, and its notes a tree."""


def of(requests: list[Ran], task: str) -> list[Ran]:
    return [one for one in requests if one.task == task]


@pytest.mark.parametrize("jobs", [1, 8])
def test_each_sentence_is_in_a_summary_request_and_in_a_claims_request(
    endpoint: FakeEndpoint, jobs: int
) -> None:
    report, requests = run_over(TEXT, endpoint, ObedientModel(), jobs=jobs, **SMALL)
    count = report.source.sentences
    assert count == 600
    for task in ("summary", "claims"):
        assert len(of(requests, task)) > 12
        shown = Counter(number for one in of(requests, task) for number in one.lines)
        assert shown == Counter(range(1, count + 1)), "each once"
        for one in of(requests, task):
            assert all(TEXT.count(line) == 1 for line in one.lines.values())
    assert (report.coverage.sent, report.coverage.missing) == (len(TEXT), ())
    assert len(report.coverage.chunks) == len(of(requests, "summary"))
    assert (len(report.summary), len(report.claims)) == (4, 6)
    assert report.findings == ()


def test_the_prefix_is_the_same_to_the_byte_in_all_requests_about_a_chunk(
    endpoint: FakeEndpoint,
) -> None:
    _, requests = run_over(TEXT, endpoint, ObedientModel(), **SMALL)
    by_chunk = defaultdict(list)
    for one in (*of(requests, "summary"), *of(requests, "claims")):
        by_chunk[next(iter(one.lines))].append(one)
    assert all(len(both) == 2 for both in by_chunk.values())
    for one, other in by_chunk.values():
        assert one.prefix == other.prefix
        assert one.content.startswith(one.block)
        assert other.content.startswith(other.block)
    assert len({one.prefix for one in requests}) > len(by_chunk), "merges have their own"
    assert len({one.system for one in requests}) == 1
    assert "Eastmere" not in requests[0].system


def test_the_claims_of_a_chunk_are_asked_for_right_after_its_notes(endpoint: FakeEndpoint) -> None:
    _, requests = run_over(TEXT, endpoint, ObedientModel(), jobs=1, **SMALL)
    chunks = [one for one in requests if one.task != "merge"]
    for notes, claims in zip(chunks[::2], chunks[1::2], strict=True):
        assert (notes.task, claims.task) == ("summary", "claims")
        assert notes.block == claims.block
    firsts = [next(iter(one.lines)) for one in chunks[::2]]
    assert firsts == sorted(firsts), "in the order of the text"


def test_a_group_is_merged_before_the_last_chunks_are_read(endpoint: FakeEndpoint) -> None:
    _, requests = run_over(TEXT, endpoint, ObedientModel(), jobs=1, **SMALL)
    tasks = [one.task for one in requests]
    last_chunk = max(place for place, task in enumerate(tasks) if task != "merge")
    early = [place for place, task in enumerate(tasks) if task == "merge" and place < last_chunk]
    assert len(early) >= 4
    # As soon as it can be: within the requests of one chunk after the last of its group.
    assert early[0] <= len(tasks) // 4
    assert tasks[-1] == "merge"


def test_merged_statements_cite_what_their_notes_cite(endpoint: FakeEndpoint) -> None:
    """The model cites at random; every citation of the summary is one that some note had."""
    model = ObedientModel()
    cited: set[str] = set()

    def careless(body: Mapping[str, Any]) -> Any:
        lines = shown_lines(body)
        if task_of(body) == "summary":
            # Of the first half of the passage alone.
            numbers = list(lines)[: len(lines) // 2]
            cited.update(lines[number] for number in numbers)
            return {
                "summary": [
                    {"sentences": [number], "text": lines[number]} for number in numbers[:6]
                ]
            }
        if task_of(body) == "merge":
            text = " ".join(list(lines.values())[:2])
            return {"summary": [{"sentences": [*lines, 999, -1], "text": text}] * 3}
        return model(body)

    report, requests = run_over(TEXT, endpoint, careless, **SMALL)
    assert of(requests, "merge")
    assert report.summary
    for statement in report.summary:
        assert statement.evidence
        for evidence in statement.evidence:
            assert evidence.quote in cited


def test_the_summary_of_a_long_text_points_at_its_beginning_middle_and_end(
    endpoint: FakeEndpoint,
) -> None:
    report, _ = run_over(TEXT, endpoint, ObedientModel(), **(SMALL | {"length": 10}))
    fifths = {e.start * 5 // len(TEXT) for one in report.summary for e in one.evidence}
    assert fifths == {0, 1, 2, 3, 4}
    fifths = {e.start * 5 // len(TEXT) for one in report.claims for e in one.evidence}
    assert len(fifths) >= 4
    assert sum(report.coverage.profile) == pytest.approx(1, abs=0.001)
    assert all(report.coverage.profile)


# --- how much a request may hold --------------------------------------------------------


@pytest.mark.parametrize("context", [2_500, 4_000, 9_000])
def test_the_context_that_is_named_is_kept_to(endpoint: FakeEndpoint, context: int) -> None:
    _, requests = run_over(TEXT, endpoint, ObedientModel(), context=context, length=4, claims=6)
    counter = counter_for("m")
    replies = [request.body["max_tokens"] for request in endpoint.requests]
    prompts = [counter.count(one.system) + counter.count(one.content) for one in requests]
    assert max(map(sum, zip(prompts, replies, strict=True))) <= context
    # And used: no more chunks than are needed.
    size = counter.count(TEXT)
    assert len(of(requests, "summary")) <= 2 + 1.8 * size / (context - 1_900)
    assert endpoint.list_requests == []


def test_what_the_server_says_of_its_context_is_kept_to(endpoint: FakeEndpoint) -> None:
    endpoint.listing = {"data": [{"id": "m", "max_model_len": 3_000}]}
    _, requests = run_over(TEXT, endpoint, ObedientModel(), length=4, claims=6)
    assert len(endpoint.list_requests) == 1
    counter = counter_for("m")
    assert len(of(requests, "summary")) > 5
    for request, one in zip(endpoint.requests, requests, strict=True):
        prompt = counter.count(one.system) + counter.count(one.content)
        assert prompt + request.body["max_tokens"] <= 3_000


def test_a_short_article_does_not_ask_for_it(endpoint: FakeEndpoint) -> None:
    endpoint.listing = {"data": [{"id": "m", "max_model_len": 3_000}]}
    run_over(harbour(5), endpoint, ObedientModel())
    assert endpoint.list_requests == []
    assert len(endpoint.requests) == 2


def test_a_list_that_names_nothing_of_use_changes_nothing(endpoint: FakeEndpoint) -> None:
    endpoint.listing = {"data": [{"id": "m", "object": "model"}]}
    report, requests = run_over(TEXT, endpoint, ObedientModel(), length=4, claims=6)
    assert len(endpoint.list_requests) == 1
    assert report.coverage.sent == len(TEXT)
    assert len(of(requests, "summary")) < 5


def test_requests_in_flight_are_as_many_as_jobs(endpoint: FakeEndpoint) -> None:
    run_over(harbour(120), endpoint, ObedientModel(), jobs=3, **SMALL)
    assert endpoint.peak <= 3


def test_what_is_cited_of_a_long_text_and_what_is_not(endpoint: FakeEndpoint) -> None:
    """A model that looks at the first two fifths only, whatever it is shown."""
    edge = TEXT[: len(TEXT) * 2 // 5].count(". ")
    model = ObedientModel()

    def nearsighted(body: Mapping[str, Any]) -> Any:
        lines = shown_lines(body)
        task = task_of(body)
        if task == "merge" or (lines and max(lines) < edge):
            return model(body)
        return {"summary": []} if task == "summary" else {"claims": []}

    report, _ = run_over(TEXT, endpoint, nearsighted, **SMALL)
    assert report.summary
    found = [finding for finding in report.findings if finding.code == "uncited-fifth"]
    assert {"third fifth", "fourth fifth", "last fifth"} <= {
        finding.message.partition("cites the ")[2].partition(" of the")[0] for finding in found
    }
    assert report.coverage.profile[3:] == (0.0, 0.0)
    for one, other in pairwise(found[-3:]):
        assert one.end == other.start


def test_a_text_of_few_chunks_is_not_told_what_it_does_not_cite(endpoint: FakeEndpoint) -> None:
    first = {
        "summary": [{"sentences": [1], "text": "In week 1 the harbour office counted 7 boats."}]
    }
    model = ObedientModel()
    report, _ = run_over(
        harbour(20),
        endpoint,
        lambda body: first if task_of(body) == "summary" else model(body),
        Told(),
        frozenset({"summary"}),
    )
    assert report.coverage.profile == (1.0, 0.0, 0.0, 0.0, 0.0)
    assert [f.code for f in report.findings] == []
