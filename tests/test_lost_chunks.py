"""Chunks that can't be had: told with their places, and what is there is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from summ.cli.app import app
from summ.errors import (
    AuthError,
    EndpointError,
    EndpointTimeoutError,
    MalformedReplyError,
    SummError,
)
from tests.fake_endpoint import Answer, FakeEndpoint, chat, failing
from tests.long_texts import harbour, run_over
from tests.scripted_model import ObedientModel, shown_lines, task_of
from tests.test_pipeline import report_on

TEXT = harbour(200)
SMALL: dict[str, Any] = {"context": 2_400, "length": 4, "claims": 6}
LOST = 137
"""A sentence of the chunk that gets no answer."""

Failing = Callable[[], Answer]
FAILURES: dict[str, tuple[Failing, dict[str, Any], str]] = {
    "error": (lambda: failing(500, "the server broke"), {}, "500"),
    "nonsense": (lambda: chat("I would rather not."), {}, "JSON"),
    "silence": (lambda: chat("{}").but(delay=30), {"timeout": 1.5}, "1.5 seconds"),
}


def losing(
    answer: Failing, number: int = LOST, tasks: tuple[str, ...] = ("summary", "claims")
) -> Callable[[Mapping[str, Any]], Answer]:
    """A model that never answers about the chunk with the sentence of that number."""
    model = ObedientModel()

    def respond(body: Mapping[str, Any]) -> Answer:
        first = {"messages": body["messages"][:2]}
        lost = task_of(first) in tasks and number in shown_lines(first)
        return answer() if lost else model(body)

    return respond


@pytest.mark.parametrize("kind", FAILURES)
def test_a_chunk_that_fails_for_good_is_told_with_its_place_and_the_others_are_there(
    endpoint: FakeEndpoint, kind: str
) -> None:
    answer, flags, words = FAILURES[kind]
    report, requests = run_over(TEXT, endpoint, losing(answer), **SMALL, **flags)
    chunks = len({one.block for one in requests if one.task != "merge"})
    assert chunks >= 15
    (gap,) = report.coverage.missing
    lost = next(one for one in requests if LOST in one.lines and one.task == "summary")
    assert TEXT[gap.start : gap.end].startswith(lost.lines[min(lost.lines)])
    assert TEXT[gap.start : gap.end].rstrip().endswith(lost.lines[max(lost.lines)])
    assert len(report.coverage.chunks) == chunks - 1
    assert report.coverage.sent == len(TEXT) - (gap.end - gap.start)
    failed = [finding for finding in report.findings if finding.code != "uncited-fifth"]
    assert [(f.code, f.start, f.end) for f in failed] == [
        ("claims-failed", gap.start, gap.end),
        ("summary-failed", gap.start, gap.end),
    ]
    assert all(words in finding.message for finding in failed)
    assert (len(report.summary), len(report.claims)) == (4, 6)
    for statement in (*report.summary, *report.claims):
        assert all(not gap.start <= e.start < gap.end for e in statement.evidence)


def test_it_was_asked_for_again_as_often_as_allowed(endpoint: FakeEndpoint) -> None:
    respond = losing(lambda: failing(500, retry_after="0.01"))
    run_over(TEXT, endpoint, respond, retries=2, **SMALL)
    tries = [one for one in endpoint.requests if LOST in shown_lines(one.body)]
    assert [task_of(one.body) for one in tries] == ["summary"] * 3 + ["claims"] * 3


def test_one_part_lost_of_a_chunk_is_a_finding_and_no_gap(endpoint: FakeEndpoint) -> None:
    respond = losing(lambda: failing(500), tasks=("claims",))
    report, _ = run_over(TEXT, endpoint, respond, **SMALL)
    assert report.coverage.missing == ()
    (finding,) = report.findings
    assert finding.code == "claims-failed"
    assert finding.start is not None
    assert finding.end is not None
    # The sentences of the chunk were read for the summary all the same.
    sentence = TEXT.replace("\n\n", " ").split(". ")[LOST - 1]
    assert sentence in TEXT[finding.start : finding.end].replace("\n\n", " ")


def test_neighbours_lost_for_one_reason_are_one_finding(endpoint: FakeEndpoint) -> None:
    model = ObedientModel()

    def respond(body: Mapping[str, Any]) -> Answer:
        first = {"messages": body["messages"][:2]}
        lost = task_of(first) == "claims" and any(100 <= n < 180 for n in shown_lines(first))
        return chat("No.") if lost else model(body)

    report, requests = run_over(TEXT, endpoint, respond, **SMALL)
    failed = {
        one.block
        for one in requests
        if one.task == "claims" and set(one.lines) & set(range(100, 180))
    }
    assert len(failed) > 2
    (finding,) = report.findings
    assert finding.code == "claims-failed"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (lambda: failing(500, retry_after="0.01"), EndpointError),
        (lambda: failing(401), AuthError),
        (lambda: chat("No."), MalformedReplyError),
        (lambda: chat("{}").but(delay=30), EndpointTimeoutError),
    ],
)
def test_if_all_fail_there_is_no_report(
    endpoint: FakeEndpoint, answer: Failing, kind: type[SummError]
) -> None:
    endpoint.respond = lambda _: answer()
    # An answer that comes is to be in time on a busy machine, too.
    seconds = 0.1 if kind is EndpointTimeoutError else 20.0
    with pytest.raises(kind):
        report_on(TEXT, endpoint, timeout=seconds, **SMALL)


# --- an endpoint that is dead ---------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 4])
def test_an_endpoint_that_only_fails_is_left_alone_soon(endpoint: FakeEndpoint, jobs: int) -> None:
    endpoint.respond = lambda _: failing(503, retry_after="0.01")
    with pytest.raises(EndpointError):
        report_on(harbour(400), endpoint, jobs=jobs, **SMALL)
    assert len(endpoint.requests) <= 3 * jobs + jobs - 1


@pytest.mark.parametrize("jobs", [1, 4])
def test_one_that_dies_in_the_middle_leaves_what_is_there(
    endpoint: FakeEndpoint, jobs: int
) -> None:
    model = ObedientModel()

    def respond(body: Mapping[str, Any]) -> Answer:
        dead = failing(503, retry_after="0.01")
        return dead if len(endpoint.requests) > 20 else model(body)

    report, requests = run_over(harbour(400), endpoint, respond, jobs=jobs, **SMALL)
    # An answer that is under way when others fail begins the count anew.
    assert len(requests) <= 20 + 4 * jobs
    # What it has not read is all from there to the end, but for what came in late.
    assert 1 <= len(report.coverage.missing) <= jobs
    assert report.coverage.missing[-1].end == len(harbour(400))
    assert report.coverage.missing[0].start > 0
    assert {f.code for f in report.findings} >= {"summary-failed", "claims-failed"}
    codes = [finding.code for finding in report.findings]
    assert codes.count("merge-failed") <= 1
    assert len(codes) <= 10 + 2 * jobs, "not one for each chunk: what came in late parts them"
    assert report.summary
    assert report.claims


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_key_that_is_refused_after_some_answers_is_tried_once(
    endpoint: FakeEndpoint, jobs: int
) -> None:
    model = ObedientModel()

    def respond(body: Mapping[str, Any]) -> Answer:
        return failing(401, "the key was withdrawn") if len(endpoint.requests) > 20 else model(body)

    report, requests = run_over(TEXT, endpoint, respond, jobs=jobs, **SMALL)
    assert len(requests) <= 20 + jobs
    assert report.summary
    assert report.claims
    assert report.coverage.missing
    codes = [finding.code for finding in report.findings]
    assert "summary-failed" in codes
    assert "merge-failed" in codes


# --- from the command line ------------------------------------------------------------------


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(endpoint: FakeEndpoint, *args: str | Path) -> Result:
    words = [*map(str, args), "--base-url", endpoint.base_url, "-m", "m", "--retries", "0"]
    words += ["--context", "2400", "--length", "4", "--claims", "6"]
    return CliRunner().invoke(app, words)


def test_the_report_says_at_its_top_what_is_missing(endpoint: FakeEndpoint, article: Path) -> None:
    endpoint.respond = losing(lambda: failing(500))
    result = run(endpoint, article)
    assert (result.exit_code, result.stderr) == (0, "")
    headings = [line for line in result.stdout.splitlines() if line.startswith("## ")]
    assert headings == ["## Warnings", "## Summary", "## Key claims"]
    warnings = result.stdout.partition("## Summary")[0]
    gap = json.loads(run(endpoint, article, "--json").stdout)["coverage"]["missing"][0]
    assert "**Not sent to the model:**" in warnings
    assert f"characters {gap['start']}–{gap['end']}" in warnings
    assert "(summary-failed, characters" in warnings


def test_strict_is_not_content_with_it(endpoint: FakeEndpoint, article: Path) -> None:
    endpoint.respond = losing(lambda: failing(500))
    result = run(endpoint, article, "--strict")
    assert result.exit_code == 7
    assert "## Summary" in result.stdout, "it is written all the same"


@pytest.mark.parametrize(
    ("answer", "code"), [(failing(500, retry_after="0.01"), 4), (chat("No."), 5)]
)
def test_nothing_at_all_is_an_exit_code_by_kind(
    endpoint: FakeEndpoint, article: Path, answer: Answer, code: int
) -> None:
    endpoint.respond = lambda _: answer
    result = run(endpoint, article)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.count("\n") == 1


def test_what_is_not_cited_is_no_failed_check(endpoint: FakeEndpoint, article: Path) -> None:
    model = ObedientModel()

    def respond(body: Mapping[str, Any]) -> Answer:
        if task_of(body) != "merge" and min(shown_lines(body)) > 150:
            return {"summary": []} if task_of(body) == "summary" else {"claims": []}
        return model(body)

    endpoint.respond = respond
    result = run(endpoint, article, "--strict", "--json")
    report = json.loads(result.stdout)
    assert {finding["code"] for finding in report["findings"]} == {"uncited-fifth"}
    assert result.exit_code == 0
    assert "uncited-fifth" in run(endpoint, article).stdout
