"""Articles through a session and an endpoint on loopback, and what became of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from summ.config import resolve
from summ.errors import SummError
from summ.model import Segment, Source, Translation
from summ.session import Session
from summ.text.segments import Prose, rebuild, segments
from tests.eval.translation.faults_model import lines_asked
from tests.fake_endpoint import Answer, FakeEndpoint
from tests.pseudo import to_ukrainian

Respond = Callable[[Any], Answer]


class Silent:
    """A `Ui` that says nothing."""

    def notice(self, text: str) -> None:
        """Nothing."""

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One article.

    Attributes:
        translation: of it; None: there is none.
        shown: its text as it grew.
        calls: requests that came in.
        groups: those of them that ask for a group of texts the first time.
        error: why there is none.
    """

    translation: Translation | None
    shown: str
    calls: int
    groups: int
    error: SummError | None = None


class Runner:
    """Translates articles, one after the other, in one session and one event loop."""

    def __init__(self, endpoint: FakeEndpoint, session: Session, loop: asyncio.Runner) -> None:
        self._endpoint, self._session, self._loop = endpoint, session, loop

    def __call__(self, source: Source, respond: Respond) -> Ran:
        """Translate one article with a model that answers so."""
        self._endpoint.respond = respond
        before = len(self._endpoint.requests)
        shown: list[str] = []
        translation, error = None, None
        try:
            report = self._run(self._session.report(source, frozenset({"text"}), shown.append))
            (translation,) = report.translations
        except SummError as raised:
            error = raised
        bodies = [request.body for request in self._endpoint.requests[before:]]
        del self._endpoint.requests[before:]
        return Ran(translation, "".join(shown), len(bodies), _groups(bodies), error)

    def _run(self, work: Awaitable[Any]) -> Any:
        async def run() -> Any:
            return await work

        return self._loop.run(run())


def _groups(bodies: Iterable[Any]) -> int:
    """How many requests are for texts that were not asked for before, wholly or in part."""
    count, seen = 0, ""
    for body in bodies:
        lines = lines_asked(body).values()
        count += any(line not in seen for line in lines)
        seen = "\n".join([seen, *lines])
    return count


@contextmanager
def runner(to: str, retries: int = 0, source: str = "en") -> Iterator[Runner]:
    """A runner for translations into one language."""
    with FakeEndpoint() as endpoint, asyncio.Runner() as loop:
        flags = {
            "base_url": endpoint.base_url,
            "model": "m",
            "retries": retries,
            "from_language": source,
            "to": [to],
            "cache": False,
        }
        with Session(resolve(flags, {}, None).settings, Silent()) as session:
            try:
                yield Runner(endpoint, session, loop)
            finally:
                loop.run(session.aclose())


@dataclass(frozen=True, slots=True)
class Expected:
    """An article and the translation that a model without faults gives.

    Attributes:
        source: the article.
        proses: its segments.
        targets: what should take the place of each.
        groups: requests that a model without faults is sent.
    """

    source: Source
    proses: tuple[Prose, ...]
    targets: tuple[str, ...]
    groups: int


def expected(source: Source, groups: int) -> Expected:
    """What is expected of the stand-in for Ukrainian."""
    proses = segments(source.text, source.media_type)
    targets = [prose.restore(to_ukrainian(prose.text)) for prose in proses]
    assert all(targets), "the stand-in can be written in the article's markup"
    return Expected(source, proses, tuple(str(one) for one in targets), groups)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an article came out that a fault was played on.

    Attributes:
        placed: every segment is at its place, whatever stands there.
        ordered: and what stands there is its own translation, or its source.
        kept: segments that stand in the source's words, marked, with the reason.
        wrong: segments that stand with words that are not theirs.
        silent: those of them that no finding is told of.
        again: requests beyond one for each group.
        smaller: groups beyond those of a model without faults: they shrink after a bad one.
        error: there was no translation at all, and an error said so.
    """

    placed: bool
    ordered: bool
    kept: int
    wrong: int
    silent: int
    again: int
    smaller: int
    error: bool = False


def judge(want: Expected, ran: Ran) -> Verdict:
    """Hold a translation against what is expected."""
    calls = ran.calls - ran.groups, ran.groups - want.groups
    if ran.translation is None:
        return Verdict(True, True, 0, 0, 0, *calls, error=True)
    found = ran.translation.segments
    spans = [(one.start, one.end) for one in found]
    placed = spans == [(one.span.start, one.span.end) for one in want.proses]
    kept = wrong = silent = 0
    for segment, target in zip(found, want.targets, strict=False):
        if _is_kept(segment):
            kept += 1
        elif segment.target != target or segment.state != "translated":
            wrong += 1
            silent += not segment.findings
    text = rebuild(want.source.text, want.proses, [one.target for one in found])
    placed = placed and text == ran.translation.text
    return Verdict(placed, placed and not wrong, kept, wrong, silent, *calls)


def _is_kept(segment: Segment) -> bool:
    return segment.state == "kept" and segment.target == segment.source and bool(segment.findings)
