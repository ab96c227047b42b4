"""`summ report`."""

from __future__ import annotations

from summ.cli.options import Sources, but, with_options
from summ.cli.parser import PlainCommand, new_app

app = new_app()


@app.command(cls=PlainCommand)
@with_options(*but("bilingual"))
def report(sources: Sources = None, **flags: object) -> None:
    """Summary and key claims of articles; the default command."""
    # What it needs is loaded when the arguments have proved to be right.
    from summ.cli.reporting import run_reports

    run_reports(sources, flags, frozenset({"summary", "claims"}))
