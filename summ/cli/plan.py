"""`--dry-run`: what a run would take, as text or JSON; nothing is opened or sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from summ.cli import guard, streams
from summ.cli.console import Console
from summ.cli.inputs import read_input
from summ.errors import PartFailedError, SummError

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.model import Plan
    from summ.sources import Listing

Number = TypeVar("Number", int, float)


def show_plans(settings: Settings, inputs: Listing, parts: frozenset[str]) -> None:
    """Print the plan of each input as it is read, and of all together.

    Raises:
        SummError: there is no plan, or not of each input.
    """
    streams.probe()
    console = Console(quiet=settings.quiet)
    for notice in inputs.notices:
        console.notice(notice)
    form = next((form for form in settings.formats if form != "md"), None)
    shown = {"json": _json, "ndjson": _ndjson}.get(form or "", _text)
    plans = _Plans(settings, inputs, parts, console)
    for text in shown(plans):
        streams.write(text)
    if plans.last_error is not None:
        if not plans.made:
            raise plans.last_error
        guard.complain(plans.last_error)
        raise PartFailedError(
            f"{plans.failed} of {plans.failed + plans.made} inputs failed; the others are planned."
        )


@dataclass
class _Plans:
    """The plans of inputs, made one after the other.

    Attributes:
        made: plans so far.
        failed: inputs without one so far.
        last_error: the last of their errors, which has not been told yet, other than those before.
    """

    settings: Settings
    inputs: Listing
    parts: frozenset[str]
    console: Console
    made: int = 0
    failed: int = 0
    last_error: SummError | None = None

    def __iter__(self) -> Iterator[Plan]:
        from summ.batch.pool import HOPELESS
        from summ.session import plan

        for item in self.inputs:
            try:
                one = plan(self.settings, read_input(item, self.console), self.parts)
            except HOPELESS:
                raise
            except SummError as error:
                if self.last_error is not None:
                    guard.complain(self.last_error)
                self.last_error = error
                self.failed += 1
            else:
                self.made += 1
                yield one


def _ndjson(plans: Iterable[Plan]) -> Iterator[str]:
    """A line for each plan."""
    from summ.render.safe import dump_json

    for plan in plans:
        yield dump_json(_data(plan)) + "\n"


def _json(plans: Iterable[Plan]) -> Iterator[str]:
    """A document for one plan, or an array of several."""
    from summ.render.safe import dump_json

    data = [_data(plan) for plan in plans]
    if data:
        yield dump_json(data[0] if len(data) == 1 else data, indent=2) + "\n"


def _data(plan: Plan) -> dict[str, Any]:
    from dataclasses import asdict

    data = asdict(plan)
    data["calls"] = dict(plan.calls)
    for name in ("prompt_tokens", "completion_tokens", "cost_usd"):
        ends = data[name]
        data[name] = None if ends is None else {"least": ends[0], "most": ends[1]}
    return data


def _text(plans: Iterable[Plan]) -> Iterator[str]:
    """The model, what each plan says, and the sum."""
    from summ.render.safe import one_line

    total = _Total()
    for plan in plans:
        if not total.plans:
            context = f", with a context of {plan.context:,} tokens as far as is known"
            yield (
                f"Model {one_line(plan.model)} at {one_line(plan.endpoint)}"
                f"{context if plan.context else ''}.\n"
            )
        total.add(plan)
        yield "\n".join(["", one_line(plan.uri), *_rows(plan)]) + "\n"
    if total.plans > 1:
        yield "\n".join(["", f"{total.plans} inputs together", *total.rows()]) + "\n"
    again = " and repairs of other kinds" if total.repairs else ""
    again = again or ", and what has to be asked again,"
    if total.plans:
        yield f"\nNothing was sent. Retries{again} come on top.\n"


_TRANSLATOR = (
    "  translator  built in, no calls; fetches each pair of languages once (20 to 45 MB)",
)


def _rows(plan: Plan) -> list[str]:
    size = f"{plan.tokens:,} tokens, {plan.sentences:,} sentences"
    largest = max((chunk.tokens for chunk in plan.chunks), default=0)
    sent = f"{len(plan.chunks):,}, the largest of {largest:,} tokens"
    if not plan.chunks:
        sent = "none: sentences of the article stand as they are"
    into = f" → {', '.join(plan.targets)}" if plan.targets else ""
    return [
        f"  text        {size}",
        *([f"  languages   {plan.language or '?'}{into}"] if into else []),
        f"  chunks      {sent}",
        *_takes(plan.calls, plan.prompt_tokens, plan.completion_tokens, plan.cost_usd),
        *_repairs(plan.repairs),
        *(_TRANSLATOR if plan.by_program else ()),
    ]


@dataclass
class _Total:
    """What several plans come to."""

    plans: int = 0
    repairs: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    prompts: tuple[int, int] = (0, 0)
    completions: tuple[int, int] = (0, 0)
    cost: tuple[float, float] | None = (0.0, 0.0)

    def add(self, plan: Plan) -> None:
        """One more."""
        self.plans += 1
        self.repairs += plan.repairs
        self.calls.update(plan.calls)
        self.prompts = _sum(self.prompts, plan.prompt_tokens)
        self.completions = _sum(self.completions, plan.completion_tokens)
        if self.cost is not None:
            self.cost = None if plan.cost_usd is None else _sum(self.cost, plan.cost_usd)

    def rows(self) -> list[str]:
        """What is said of it."""
        takes = _takes(self.calls, self.prompts, self.completions, self.cost)
        return [*takes, *_repairs(self.repairs)]


def _sum(one: tuple[Number, Number], other: tuple[Number, Number]) -> tuple[Number, Number]:
    return one[0] + other[0], one[1] + other[1]


def _repairs(calls: int) -> list[str]:
    """The bound on what translations that fail are asked again."""
    return [f"  repairs     at most {calls:,} calls more, if translations fail"] if calls else []


def _takes(
    calls: Mapping[str, int],
    prompts: tuple[int, int],
    completions: tuple[int, int],
    cost: tuple[float, float] | None,
) -> list[str]:
    each = ", ".join(f"{task} {count:,}" for task, count in calls.items())
    total = sum(calls.values())
    return [
        f"  calls       {total:,}" + (f" ({each})" if each else ""),
        f"  prompt      {_range(*prompts)} tokens",
        f"  completion  {_range(*completions)} tokens",
        f"  cost        {_cost(cost)}",
    ]


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _cost(cost: tuple[float, float] | None) -> str:
    if cost is None:
        return "unknown: no price is known for this model there"
    low, high = cost
    if not high:
        return "none"
    places = 2 if low >= 0.1 else 4
    return f"${low:.{places}f} to ${high:.{places}f}"
