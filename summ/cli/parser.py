"""The parser's classes, made light: `--help` and a usage error must not cost a second.

Typer converts each parameter's value with pydantic, also for options that are not given:
that triples the time to any answer. Our options are texts and switches, read by
`summ.config`, so there is nothing to convert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from summ.cli.options import BARE

if TYPE_CHECKING:
    # Where these live differs between releases of typer.
    from typer._click import Context, Parameter


class _AsGiven:
    """Stands in for the conversion."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value; an empty tuple for what may be repeated and isn't there."""
        several = param.multiple or param.nargs == -1
        return () if value is None and several else value


def _no_type(ctx: Any) -> None:
    """What is said of a parameter's type."""


def _as_given(params: list[Parameter]) -> list[Parameter]:
    for param in params:
        # A release without this attribute converts by itself, only more slowly.
        param._runtime_param = _AsGiven()  # type: ignore[attr-defined]
        if param.param_type_name == "argument":
            # `<list[str]>` behind its name tells a reader of --help nothing.
            param.display_type_rich = _no_type  # type: ignore[attr-defined]
    return params


def _completed(args: list[str]) -> list[str]:
    """`args` with a value for each of the `BARE` options.

    The parser would take the next word for it, which is a file.
    """
    end = args.index("--") if "--" in args else len(args)
    return [f"{one}={BARE[one]}" if one in BARE else one for one in args[:end]] + args[end:]


class PlainCommand(TyperCommand):
    """A command whose parameters are texts and switches."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; an option that may stand alone gets its usual value."""
        return super().parse_args(ctx, _completed(args))

    def get_params(self, ctx: Context) -> list[Parameter]:
        """The parameters, `--help` among them."""
        return _as_given(super().get_params(ctx))


class PlainGroup(TyperGroup):
    """A group whose parameters are texts and switches; alone it means its first command."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        return super().parse_args(ctx, args or list(self.commands)[:1])

    def get_params(self, ctx: Context) -> list[Parameter]:
        """The parameters, `--help` among them."""
        return _as_given(super().get_params(ctx))


def new_app(help_: str | None = None) -> typer.Typer:
    """Where a command module puts its functions, with `cls=PlainCommand`; `help_` for a group."""
    return typer.Typer(cls=PlainGroup, help=help_, add_completion=False, rich_markup_mode=None)
