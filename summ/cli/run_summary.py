"""What is said of a run when it is over: its totals, how it ended, and how to go on."""

from __future__ import annotations

from typing import Literal

from summ.batch.watchers import Totals
from summ.errors import CapReachedError, EndpointError

Ending = Literal["finished", "interrupted", "cap", "endpoint", "stopped"]
"""All inputs were gone through; a signal came; a cap allows no more; the endpoint gives no
answers; something else ended it."""

Kept = Literal["folder", "cache", "nothing"]
"""Where what was paid for is found by the next run: in the output folder; in the cache only, as
where reports go to standard output; nowhere."""

_AGAIN = {
    "folder": ": what is done is not asked for again.",
    "cache": ": answers that are there come from the cache.",
    "nothing": ".",
}
_STOPPED = {
    "interrupted": "Interrupted",
    "cap": "A cap is reached",
    "endpoint": "The endpoint gives no answers that can be used",
    "stopped": "Stopped",
}
_GO_ON = {
    "cap": "Run the same command with a larger cap",
    "endpoint": "When it answers, run the same command again",
}


def ending_of(error: BaseException | None) -> Ending:
    """How a run ended that ended with `error`; None: it came to its end."""
    if error is None:
        return "finished"
    if not isinstance(error, Exception):
        return "interrupted"
    if isinstance(error, CapReachedError):
        return "cap"
    return "endpoint" if isinstance(error, EndpointError) else "stopped"


def table(totals: Totals) -> list[str]:
    """The totals for a terminal: a line each, what is not there left out."""
    return [f"  {name:<14} {value}" for name, value in _rows(totals) if value]


def line(totals: Totals) -> str:
    """The totals on one line, for a log."""
    rows = dict(_rows(totals))
    ways = ", ".join(
        f"{rows[name]} {name}"
        for name in ("done", "from the store", "already there", "incomplete", "failed")
        if rows[name]
    )
    cost = f"cost {rows['cost']}; " if rows["cost"] else ""
    return (
        f"{documents(totals)}: {ways}; calls {rows['calls']}; "
        f"tokens {rows['tokens']}; {cost}{rows['time']}."
    )


def advice(totals: Totals, ending: Ending, kept: Kept, failures: str | None = None) -> str:
    """How to go on; empty where nothing is left to do.

    Args:
        totals: in the end.
        ending: how it came about.
        kept: what the same command will not pay for again.
        failures: name of the file that lists what failed; None: there is none.
    """
    said = []
    if ending != "finished":
        said.append(
            f"{_STOPPED[ending]}: {_of_all(totals.there, totals)} {_are(totals.there)} done."
        )
    if totals.failed or totals.incomplete:
        said.append(_faults(totals, failures))
    if not said:
        return ""
    said.append(_GO_ON.get(ending, "Run the same command again") + _AGAIN[kept])
    return " ".join(said)


def documents(totals: Totals) -> str:
    """How many are finished with, of how many."""
    return _of_all(totals.settled, totals)


def many(number: int, noun: str) -> str:
    """`1 call`, `1,200 calls`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def money(dollars: float) -> str:
    """US dollars, with the places that tell something."""
    if 0 < dollars < 0.0001:
        return "under $0.0001"
    return f"${dollars:,.{2 if dollars >= 1 else 4}f}" if dollars else "none"


def duration(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60:,} h {minutes % 60} min"


def _rows(totals: Totals) -> list[tuple[str, str]]:
    """Each total by its name; empty where it is nothing to speak of."""
    usage = totals.usage
    of_all = "" if totals.total is None else f" of {totals.total:,}"
    cached = f" ({many(usage.cached_calls, 'answer')} from the cache)" if usage.cached_calls else ""
    pace = f" ({totals.pace:,.1f} documents/s)" if totals.pace is not None else ""
    return [
        ("documents", f"{totals.settled:,}{of_all}"),
        ("done", f"{totals.done:,}"),
        ("from the store", _some(totals.stored)),
        ("already there", _some(totals.kept)),
        ("incomplete", _some(totals.incomplete)),
        ("failed", _some(totals.failed)),
        ("calls", f"{usage.calls:,}{cached}"),
        ("tokens", f"{usage.prompt_tokens:,} in, {usage.completion_tokens:,} out"),
        ("cost", _cost(totals)),
        ("time", duration(totals.seconds) + pace),
    ]


def _some(number: int) -> str:
    return f"{number:,}" if number else ""


def _cost(totals: Totals) -> str:
    """Empty where nothing was asked, and so nothing can have been paid."""
    if not totals.usage.calls:
        return ""
    return "unknown" if totals.cost is None else money(totals.cost)


def _of_all(number: int, totals: Totals) -> str:
    """So many documents, of how many if that is known."""
    if totals.total is None:
        return many(number, "document")
    return f"{number:,} of {many(totals.total, 'document')}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _faults(totals: Totals, failures: str | None) -> str:
    """What failed, and where that is told."""
    parts = []
    if totals.failed:
        parts.append(f"{many(totals.failed, 'document')} failed")
    if totals.incomplete:
        count = f"{totals.incomplete:,}" if parts else many(totals.incomplete, "document")
        parts.append(f"{count} {_are(totals.incomplete)} incomplete")
    where = f"; {failures} tells why" if failures else ""
    return f"{' and '.join(parts)}{where}."
