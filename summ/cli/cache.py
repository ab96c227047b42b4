"""`summ cache`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from summ.cli import streams
from summ.cli.options import with_options
from summ.cli.parser import PlainCommand, new_app

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from summ.llm.cache import Stats, Store

app = new_app("Show or clear the kept replies and reports.")

_DAY_SECONDS = 86_400
_MOST_DAYS = 36_500


@app.command(cls=PlainCommand)
def stats(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show where the cache is, what is in it, and how much room it takes."""
    from summ.render.safe import dump_json, one_line

    found = _with_store({}, lambda store: store.stats())
    if as_json:
        streams.write(dump_json(_data(found), indent=2) + "\n")
        return
    rows = {
        "folder": one_line(str(found.path.parent)),
        "replies": f"{found.replies:,}",
        "reports": f"{found.reports:,}",
        "size": f"{found.size / 1e6:,.1f} MB of at most {found.limit / 1e6:,.1f} MB",
        "least recent": _day(found.oldest),
        "most recent": _day(found.newest),
        "found": f"{found.hits:,} times",
    }
    streams.write("".join(f"{name:<14} {value}\n" for name, value in rows.items()))


@app.command(cls=PlainCommand)
@with_options("quiet", "verbose")
def clear(
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than", metavar="DAYS", help="Only what was not used for as many days."
        ),
    ] = None,
    **flags: object,
) -> None:
    """Remove the kept replies and reports."""
    days = None if older_than is None else _days(older_than)
    seconds = None if days is None else days * _DAY_SECONDS
    removed = _with_store(flags, lambda store: store.clear(older_than=seconds))
    streams.write(f"removed: {removed:,}\n")


def _with_store(flags: Mapping[str, object], action: Callable[[Store], Any]) -> Any:
    """What `action` makes of the user's store."""
    from summ.cli.console import Console
    from summ.cli.settings import load
    from summ.llm.cache import Store

    settings = load(flags).settings
    console = Console(quiet=settings.quiet)
    try:
        with Store(settings.cache_dir, told=console.notice, limit=settings.cache_limit) as store:
            return action(store)
    finally:
        console.close()


def _data(found: Stats) -> dict[str, object]:
    """The figures as JSON takes them; times in ISO 8601, UTC."""
    return {
        "folder": str(found.path.parent),
        "replies": found.replies,
        "reports": found.reports,
        "bytes": found.size,
        "limit": found.limit,
        "oldest": _moment(found.oldest),
        "newest": _moment(found.newest),
        "hits": found.hits,
    }


def _day(seconds: float | None) -> str:
    """The day of a moment, as people read it."""
    moment = _moment(seconds)
    return "-" if moment is None else moment[:10]


def _moment(seconds: float | None) -> str | None:
    """Seconds since 1970 in ISO 8601, UTC; None where there are none, or no year has them."""
    from datetime import UTC, datetime

    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return None


def _days(text: str) -> float:
    """A number of days.

    Raises:
        UsageError: it is none.
    """
    from summ.errors import UsageError

    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days <= _MOST_DAYS:
        raise UsageError(
            f"--older-than wants a number of days from 0 to {_MOST_DAYS:,}, such as 30."
        )
    return days
