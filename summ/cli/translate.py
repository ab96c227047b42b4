"""`summ translate`."""

from __future__ import annotations

from summ.cli.options import Sources, but, with_options
from summ.cli.parser import PlainCommand, new_app

app = new_app()


@app.command(cls=PlainCommand)
@with_options(*but("full_text", "length", "claims"))
def translate(sources: Sources = None, **flags: object) -> None:
    """Whole articles in other languages, their structure kept.

    Each --to LANG gives a text in the form of its article: Markdown stays Markdown. With
    -o DIR/ each has a file of its own, such as news.uk.txt. What could not be translated
    stands in the article's language, marked ⚠; notices tell where.
    """
    # What it needs is loaded when the arguments have proved to be right.
    from summ.cli.reporting import run_reports

    run_reports(sources, flags, frozenset({"text"}))
