"""`--dry-run`: what a run would take, as text or JSON; nothing is opened or sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from summ.cli import guard, streams
from summ.cli.console import Console
from summ.cli.inputs import read_article
from summ.errors import PartFailedError, SummError

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.model import Plan


def show_plans(settings: Settings, specs: Sequence[str], parts: frozenset[str]) -> None:
    """Print the plan of each source, and of all together.

    Raises:
        SummError: there is no plan, or not of each source.
    """
    streams.probe()
    console = Console(quiet=settings.quiet)
    from summ.session import plan

    plans: list[Plan] = []
    from summ.batch.pool import HOPELESS

    errors: list[SummError] = []
    for spec in specs:
        try:
            plans.append(
                plan(settings, read_article(spec, console, markdown=settings.markdown), parts)
            )
        except HOPELESS:
            raise
        except SummError as error:
            errors.append(error)
    for one in errors[: len(errors) if plans else -1]:
        guard.complain(one)
    if not plans:
        raise errors[-1]
    form = next((form for form in settings.formats if form != "md"), None)
    streams.write(_as_json(plans, form) if form else _as_text(plans))
    if errors:
        raise PartFailedError(
            f"{len(errors)} of {len(specs)} inputs failed; the others are planned."
        )


def _as_json(plans: Sequence[Plan], form: str | None) -> str:
    """A document for one plan or an array of several; with `ndjson`, a line for each."""
    from summ.render.safe import dump_json

    if form == "ndjson":
        return "".join(dump_json(_data(plan)) + "\n" for plan in plans)
    data = [_data(plan) for plan in plans]
    return dump_json(data[0] if len(data) == 1 else data, indent=2) + "\n"


def _data(plan: Plan) -> dict[str, Any]:
    from dataclasses import asdict

    data = asdict(plan)
    data["calls"] = dict(plan.calls)
    for name in ("prompt_tokens", "completion_tokens", "cost_usd"):
        ends = data[name]
        data[name] = None if ends is None else {"least": ends[0], "most": ends[1]}
    return data


def _as_text(plans: Sequence[Plan]) -> str:
    from summ.render.safe import one_line

    first = plans[0]
    context = f", with a context of {first.context:,} tokens as far as is known"
    lines = [
        f"Model {one_line(first.model)} at {one_line(first.endpoint)}"
        f"{context if first.context else ''}."
    ]
    for plan in plans:
        lines += ["", one_line(plan.uri), *_rows(plan)]
    if len(plans) > 1:
        lines += ["", f"{len(plans)} inputs together", *_totals(plans)]
    again = " and repairs of other kinds" if any(plan.repairs for plan in plans) else ""
    again = again or ", and what has to be asked again,"
    lines += ["", f"Nothing was sent. Retries{again} come on top."]
    return "\n".join(lines) + "\n"


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


def _totals(plans: Sequence[Plan]) -> list[str]:
    calls: dict[str, int] = {}
    for plan in plans:
        for task, count in plan.calls.items():
            calls[task] = calls.get(task, 0) + count
    prompts, completions = (
        (sum(low for low, _ in ends), sum(high for _, high in ends))
        for ends in ([p.prompt_tokens for p in plans], [p.completion_tokens for p in plans])
    )
    costs = [plan.cost_usd for plan in plans if plan.cost_usd is not None]
    cost = None
    if len(costs) == len(plans):
        cost = sum(low for low, _ in costs), sum(high for _, high in costs)
    repairs = sum(plan.repairs for plan in plans)
    return [*_takes(calls, prompts, completions, cost), *_repairs(repairs)]


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
