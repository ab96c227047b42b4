"""The `summ` program: its commands, the default one, and the way out.

A command's module is loaded when the command is used and not before, so that a start
costs no more than the parser itself. `COMMANDS` holds what `--help` needs to know.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
import typer.main

from summ._version import __version__
from summ.cli import guard, streams
from summ.cli.options import OF_BATCHES, OF_TRANSLATIONS
from summ.cli.parser import PlainGroup
from summ.errors import UsageError

if TYPE_CHECKING:
    # The parser's own types; where they live differs between releases of typer.
    from typer._click import Command, Context, HelpFormatter, Parameter

PROGRAM = "summ"

DEFAULT = "report"
"""The command that is meant when none is named."""

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "report": "Summary and key claims of articles; the default command.",
        "summary": "The summary alone.",
        "claims": "The key claims alone.",
        "translate": "Whole articles in other languages, their structure kept.",
        "verify": "Check a report again, or any summary, against its article.",
        "chunk": "Show how an article would be split, as a table or JSON.",
        "models": "List, fetch, locate or remove built-in models.",
        "cache": "Show or clear the kept replies and reports.",
        "prompts": "List or show the prompts.",
        "config": "Show each setting and where it came from.",
        "schema": "Print the JSON Schema of a report.",
    }
)
"""Name of a command, of its module in this folder, and the first line of its help."""


class SummGroup(PlainGroup):
    """The commands, loaded late; and every error turned into an exit code.

    Codes are decided here rather than around it, so that a test which runs the group
    in-process sees what a shell sees.
    """

    def list_commands(self, ctx: Context) -> list[str]:
        """Names of the commands, in the order of `--help`."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Load a command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(f"summ.cli.{cmd_name}").app)
        command.name = cmd_name
        return command

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; what starts with no command is meant for the default one."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if not args or (args[0] not in COMMANDS and args[0] not in own):
            if args:
                _see_misspelling(args[0])
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The commands, then the options of those that read articles as well as our own."""
        self.format_commands(ctx, formatter)
        options: dict[str | None, Parameter] = {}
        for name in (DEFAULT, "translate"):
            command = self.get_command(ctx, name)
            options |= {one.name: one for one in (command.get_params(ctx) if command else [])}
        del options["sources"], options["help"]
        of_translations = [options.pop(name) for name in OF_TRANSLATIONS]
        of_batches = [options.pop(name) for name in OF_BATCHES]
        for title, params in (
            ("Options of report, summary, claims and translate", [*options.values(), *self.params]),
            ("Options of many inputs, limits and the cache", of_batches),
            ("Options of translations", of_translations),
        ):
            records = [param.get_help_record(ctx) for param in params]
            with formatter.section(title):
                formatter.write_dl([record for record in records if record])

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The table, without loading a command for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run, and leave with the exit code; the last three are the parser's own affair."""
        streams.use_utf8()
        arguments = list(sys.argv[1:] if args is None else args)
        # What commands tell the way out; see `guard.run`.
        state: dict[str, bool] = {}

        def action() -> None:
            name = prog_name or PROGRAM
            with self.make_context(name, arguments, obj=state, **extra) as context:
                self.invoke(context)

        sys.exit(guard.run(action, state))


def _see_misspelling(word: str) -> None:
    """Stop at `summ summry a.txt`, before the file `summry` is looked for in vain.

    Raises:
        UsageError: no such file, and nearly the name of a command.
    """
    if word.startswith("-") or not word.isalpha() or os.path.lexists(word):
        return
    import difflib

    close = difflib.get_close_matches(word, COMMANDS, 1, 0.75)
    if close:
        raise UsageError(f"There is no command or file {word}.", f"Did you mean {close[0]}?")


app = typer.Typer(
    cls=SummGroup,
    name=PROGRAM,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="[COMMAND] [SOURCES]...",
    options_metavar="",
    epilog=(
        "A file that is named like a command: summ ./chunk, or summ report chunk. "
        "`summ COMMAND --help` tells more."
    ),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        streams.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


@app.callback()
def summ(
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Show the version.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Turn articles into summaries, key claims and translations that can be checked.

    SOURCES are files, or - for standard input, which is also read when none is given.
    Every sentence cites the sentences of the article it rests on, word for word.
    """


def main() -> NoReturn:
    """The console script."""
    streams.prepare()
    code = 1
    try:
        typer.main.get_command(app).main()
    except SystemExit as leaving:
        code = guard.code_of(leaving)
    streams.leave(code)
