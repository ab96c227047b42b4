"""What `report`, `summary`, `claims` and `translate` do.

They differ only in the parts they ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from summ.cli import guard
from summ.cli.inputs import inputs_of
from summ.cli.options import OF_TRANSLATIONS
from summ.cli.settings import load
from summ.errors import ChecksFailedError, PartFailedError, UsageError
from summ.render import TEXTS

if TYPE_CHECKING:
    from summ.cli.batch_run import Outcome
    from summ.config import Resolved, Settings
    from summ.sources import Listing

MOST_TOLD = 20
"""Inputs whose failure is told one by one, where there is a file that lists them all."""

TEXT = frozenset({"text"})
"""What `translate` asks for."""


def run_reports(
    sources: Sequence[str] | None, flags: Mapping[str, object], parts: frozenset[str]
) -> None:
    """Make the reports of `sources` and write them out.

    Args:
        sources: as they were given; none: standard input.
        flags: values of the options.
        parts: `summary`, `claims` or both; or `text`, the whole in other languages.

    Raises:
        SummError: of any kind; what is finished has been written.
    """
    # Modules are loaded as far as the arguments prove right: an answer to a wrong one is
    # not to wait for what reads articles, let alone for what talks to models.
    values = dict(flags)
    dry_run = bool(values.pop("dry_run", None))
    resolved = load(values)
    settings, parts = resolved.settings, _wanted(resolved, parts)
    inputs = inputs_of(sources, settings)
    if dry_run:
        from summ.cli.plan import show_plans

        show_plans(settings, inputs, parts)
        return
    _make_reports(settings, inputs, parts)


def _wanted(resolved: Resolved, parts: frozenset[str]) -> frozenset[str]:
    """The parts asked for by the command and by its flags.

    Raises:
        UsageError: they come to nothing.
    """
    settings = resolved.settings
    if parts == {"claims"} and not settings.claims:
        raise UsageError("No claims are wanted (--claims 0), and nothing else was asked for.")
    if settings.to:
        return parts | TEXT if settings.full_text else parts
    if parts == TEXT:
        raise UsageError("Into which language?", "Name it with --to, such as --to uk.")
    for name in OF_TRANSLATIONS:
        # What the environment or the config file says is for the runs with --to.
        if getattr(settings, name) and resolved.origin[name].startswith("flag"):
            flag = resolved.origin[name].removeprefix("flag ")
            raise UsageError(f"{flag} needs a language to translate into.", "Add --to LANG.")
    return parts


def _make_reports(settings: Settings, inputs: Listing, parts: frozenset[str]) -> None:
    from summ.cli.destination import plan
    from summ.cli.output import Sink
    from summ.cli.terms import term_file

    destination = plan(settings, inputs, texts=parts == TEXT)
    destination.probe()
    terms = term_file(settings, inputs.files(), destination.foreseen)
    from summ.cli.console import Console
    from summ.cli.taking import Taking

    console = Console(quiet=settings.quiet)
    taking = Taking(Sink(destination), console, parts, terms, settings.verbose)
    for notice in inputs.notices:
        console.notice(notice)
    total = 1
    try:
        if inputs.several:
            from summ.cli.batch_run import run_many

            outcome = run_many(inputs, settings, taking, console)
            total = outcome.total
        else:
            from summ.cli.job import run_one

            run_one(next(iter(inputs)), settings, taking, console)
    finally:
        console.close()
    if inputs.several:
        _settle(outcome)
    if taking.lost:
        raise PartFailedError(f"{taking.lost} translation(s) failed; the others are done.")
    if settings.strict and taking.doubtful:
        where = "the notices" if destination.form in TEXTS else "the marks in it"
        raise ChecksFailedError(
            f"Checks failed in {taking.doubtful} of {total} report(s); see {where}."
        )


def _settle(outcome: Outcome) -> None:
    """Tell what failed of several inputs, and fail in turn.

    Raises:
        PartFailedError: some of them failed.
        typer.Exit: all of them did, in one way; with the exit code for that.
    """
    failed, total = [*outcome.failed.values()], outcome.total
    if not failed:
        return
    for name, error in failed[: MOST_TOLD if outcome.listed else None]:
        guard.complain(error, about=name)
    codes = {error.exit_code for _, error in failed}
    if len(failed) == total and len(codes) == 1:
        raise typer.Exit(codes.pop())
    rest = "the others are done" if len(failed) < total else "none is done"
    listed = f" {outcome.listed} lists them all." if outcome.listed else ""
    raise PartFailedError(f"{len(failed)} of {total} inputs failed; {rest}.{listed}")
