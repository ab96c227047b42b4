"""`summ config`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from summ.cli import streams
from summ.cli.options import but, with_options
from summ.cli.parser import PlainCommand, new_app

app = new_app()


@app.command(cls=PlainCommand)
@with_options(*but("json"))
def config(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False, **flags: object
) -> None:
    """Show each setting and where it came from."""
    from summ.cli.settings import load
    from summ.config import config_path
    from summ.render.safe import dump_json, one_line

    resolved = load(flags)
    path = config_path(os.environ)
    found = "" if path.is_file() else " (not there)"
    rows = {
        name: (_shown(name, getattr(resolved.settings, name), origin), origin)
        for name, origin in resolved.origin.items()
    }
    if as_json:
        data = {name: {"value": value, "origin": origin} for name, (value, origin) in rows.items()}
        streams.write(dump_json(data, indent=2) + "\n")
        return
    lines = [f"config file: {one_line(str(path))}{found}"]
    for name, (value, origin) in rows.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else _word(value)
        lines.append(f"{name:<14} {one_line(shown):<32} {origin}")
    streams.write("\n".join(lines) + "\n")


def _shown(name: str, value: object, origin: str) -> object:
    """A setting as JSON takes it; keys and passwords are left out."""
    from summ.llm.urls import public_url

    if name == "api_key":
        return f"set ({origin})" if value else None
    if name == "base_url" and value:
        return public_url(str(value))
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool | int | float | None) else str(value)


def _word(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)
