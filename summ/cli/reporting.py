"""What `report`, `summary` and `claims` do; they differ only in the parts they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from summ.cli import guard
from summ.cli.inputs import sources_or_stdin
from summ.cli.settings import load
from summ.errors import ChecksFailedError, PartFailedError, SummError, UsageError

if TYPE_CHECKING:
    from summ.config import Settings


def run_reports(
    sources: Sequence[str] | None, flags: Mapping[str, object], parts: frozenset[str]
) -> None:
    """Make the reports of `sources` and write them out.

    Args:
        sources: as they were given; none: standard input.
        flags: values of the options.
        parts: `summary`, `claims` or both.

    Raises:
        SummError: of any kind; what is finished has been written.
    """
    # Modules are loaded as far as the arguments prove right: an answer to a wrong one is
    # not to wait for what reads articles, let alone for what talks to models.
    values = dict(flags)
    dry_run = bool(values.pop("dry_run", None))
    settings = load(values).settings
    if parts == {"claims"} and not settings.claims:
        raise UsageError("No claims are wanted (--claims 0), and nothing else was asked for.")
    specs = sources_or_stdin(sources)
    if dry_run:
        from summ.cli.plan import show_plans

        show_plans(settings, specs, parts)
        return
    _make_reports(settings, specs, parts)


def _make_reports(settings: Settings, specs: Sequence[str], parts: frozenset[str]) -> None:
    from summ.cli.output import Sink, plan

    destination = plan(settings, specs)
    destination.probe()
    from summ.cli.console import Console
    from summ.cli.job import Job

    console = Console(quiet=settings.quiet)
    job = Job(specs, parts, console, Sink(destination, specs))
    try:
        failed = job.run(settings)
    finally:
        console.close()
    _settle(failed, len(specs))
    if settings.strict and job.doubtful:
        raise ChecksFailedError(
            f"Checks failed in {job.doubtful} of {len(specs)} report(s); see the marks in it."
        )


def _settle(failed: Sequence[tuple[str, SummError]], total: int) -> None:
    """Tell what failed of several inputs, and fail in turn.

    Raises:
        PartFailedError: some of them failed.
        typer.Exit: all of them did, in one way; with the exit code for that.
    """
    if not failed:
        return
    for spec, error in failed:
        guard.complain(error, about=spec)
    codes = {error.exit_code for _, error in failed}
    if len(failed) == total and len(codes) == 1:
        raise typer.Exit(codes.pop())
    rest = "the others are done" if len(failed) < total else "none is done"
    raise PartFailedError(f"{len(failed)} of {total} inputs failed; {rest}.")
