"""`summ claims`."""

from __future__ import annotations

from summ.cli.options import Sources, but, with_options
from summ.cli.parser import PlainCommand, new_app

app = new_app()


@app.command(cls=PlainCommand)
@with_options(*but("bilingual", "length"))
def claims(sources: Sources = None, **flags: object) -> None:
    """The key claims alone."""
    # What it needs is loaded when the arguments have proved to be right.
    from summ.cli.reporting import run_reports

    run_reports(sources, flags, frozenset({"claims"}))
