"""Long invented texts, runs over them against a scripted endpoint, and what was asked.

report, ran = run_over(harbour(400), endpoint, model, context=2_500, jobs=1)
ran[0].task, ran[0].lines, ran[0].block      # of each request that came in, in order
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summ.model import Report
from tests.fake_endpoint import FakeEndpoint, Received
from tests.scripted_model import Lines, shown_lines, task_of
from tests.test_pipeline import BOTH, Told, assert_sound, report_on


def harbour(weeks: int, first: int = 1) -> str:
    """Two sentences about each week, a paragraph for each; no two sentences are the same."""
    return "\n\n".join(
        f"In week {n} the harbour office of Eastmere counted {n * 7} boats at pier {n % 9}. "
        f"The clerk on duty, number {n}, signed the list and filed it under {n * 13}."
        for n in range(first, first + weeks)
    )


@dataclass(frozen=True)
class Ran:
    """A request that came in.

    Attributes:
        task: which prompt it was made from.
        system: the system text.
        block: the article block, delimiters included.
        lines: the numbered lines in it.
        content: the whole user message.
    """

    task: str
    system: str
    block: str
    lines: Lines
    content: str

    @property
    def prefix(self) -> bytes:
        """What a server's cache can serve the next request about this block from."""
        return f"{self.system}\0{self.block}".encode()


def ran(requests: Sequence[Received]) -> list[Ran]:
    """What came in, in order."""
    return list(_ran(requests))


def _ran(requests: Sequence[Received]) -> Iterator[Ran]:
    for request in requests:
        # What comes after them is the reply that was of no use, and what is asked of it.
        system, user = (message["content"] for message in request.body["messages"][:2])
        end = user.index("\n</article-") + len("\n</article-12345678>")
        yield Ran(task_of(request.body), system, user[:end], dict(shown_lines(request.body)), user)


def run_over(
    text: str,
    endpoint: FakeEndpoint,
    model: Any,
    ui: Told | None = None,
    parts: frozenset[str] = BOTH,
    **flags: Any,
) -> tuple[Report, list[Ran]]:
    """A sound report on `text`, and the requests for it.

    Args:
        text: the article.
        endpoint: the scripted endpoint.
        model: answers there.
        ui: is told what goes on.
        parts: of the report.
        flags: settings; `model_name` is the model's id.
    """
    if name := flags.pop("model_name", None):
        flags["model"] = name
    endpoint.respond = model
    already = len(endpoint.requests)
    report = report_on(text, endpoint, ui, parts, **flags)
    assert_sound(report, text)
    return report, ran(endpoint.requests[already:])
