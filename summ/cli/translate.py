"""`summ translate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summ.cli.options import Sources, but, with_options
from summ.cli.parser import PlainCommand, new_app
from summ.errors import UsageError

if TYPE_CHECKING:
    # Where it lives differs between releases of typer.
    from typer._click import Context

app = new_app()


class _Translate(PlainCommand):
    """The command; it knows what the other commands have `--full-text` for."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments.

        Raises:
            UsageError: they say whether the whole text is wanted.
        """
        options = args[: args.index("--")] if "--" in args else args
        for flag in ("--full-text", "--no-full-text"):
            if flag in options:
                raise UsageError(
                    "summ translate always translates the whole text.",
                    f"Leave out {flag}; summaries are translated by summ FILE --to LANG.",
                )
        return super().parse_args(ctx, args)


@app.command(cls=_Translate)
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
