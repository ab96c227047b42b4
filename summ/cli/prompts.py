"""`summ prompts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from summ.cli import streams
from summ.cli.options import with_options
from summ.cli.parser import PlainCommand, new_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summ.tasks.prompting import PromptSet

app = new_app("List or show the prompts.")


@app.command("list", cls=PlainCommand)
@with_options("prompts_dir")
def list_(**flags: object) -> None:
    """List the prompts, and what each asks for."""
    from summ.render.safe import one_line

    prompts = _prompts(flags)
    rows = ((name, one_line(prompts.get(name).description)) for name in prompts.names())
    streams.write("".join(f"{name:<10} {what}".rstrip() + "\n" for name, what in rows))


@app.command(cls=PlainCommand)
@with_options("prompts_dir")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `summ prompts list` has it.")],
    **flags: object,
) -> None:
    """Print a prompt as it is in its file."""
    from summ.errors import UsageError
    from summ.render.safe import clean, one_line

    prompts = _prompts(flags)
    if name not in prompts.names():
        raise UsageError(
            f"There is no prompt {one_line(name)}.", f"There are: {', '.join(prompts.names())}."
        )
    text = clean(prompts.get(name).text)
    streams.write(text if text.endswith("\n") else f"{text}\n")


def _prompts(flags: Mapping[str, object]) -> PromptSet:
    from summ.cli.settings import load
    from summ.prompts import load_prompts

    return load_prompts(load(flags).settings.prompts_dir)
