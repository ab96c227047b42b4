"""`summ models`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from summ.cli import streams
from summ.cli.options import with_options
from summ.cli.parser import PlainCommand, new_app

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from summ.cli.console import Console
    from summ.config import Settings

app = new_app("List, fetch, locate or remove built-in models.")

_PAIR = re.compile(r"[a-z]{2,3}(_[a-z]{4})?-[a-z]{2,3}(_[a-z]{4})?")

Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="local: the built-in model; en-pt: a translator's pair."),
]


@app.command("list", cls=PlainCommand)
def list_() -> None:
    """List the models that are stored here, with their sizes."""
    from summ.local.store import list_models
    from summ.render.safe import one_line

    root = _settings({}).model_dir
    lines = [
        f"{one_line(model.name):<32} {model.size / 1e6:>9.1f} MB  {model.kind}"
        for model in list_models(root)
    ]
    streams.write("\n".join([*lines, f"folder: {one_line(str(root))}"]) + "\n")


@app.command(cls=PlainCommand)
@with_options("quiet", "verbose")
def pull(name: Name = "local", **flags: object) -> None:
    """Fetch a model, or a translator's pair, unless it is stored already."""
    from summ.cli.console import Console

    settings = _settings(flags)
    console = Console(quiet=settings.quiet)
    try:
        path = _fetch(name, settings, console)
    finally:
        console.close()
    if path is not None:
        _print_path(path)


@app.command(cls=PlainCommand)
def path(name: Name = "local") -> None:
    """Print where a stored model is; exit 3 when it isn't there."""
    from summ.errors import ConfigError
    from summ.local.store import find, list_models

    root = _settings({}).model_dir
    pairs = {one.name: one.path for one in list_models(root) if one.kind == "pair"}
    found = pairs[name] if name in pairs else find(name, root)
    if found is None:
        raise ConfigError(f"The model {name} is not stored here.", "Fetch it: summ models pull.")
    _print_path(found)


@app.command(cls=PlainCommand)
def rm(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `summ models list` has it.")],
) -> None:
    """Remove a stored model, or what there is of one."""
    from summ.errors import ConfigError
    from summ.local.store import remove

    if not remove(name, _settings({}).model_dir):
        raise ConfigError(f"The model {name} is not stored here.")


def _fetch(name: str, settings: Settings, console: Console) -> Path | None:
    """Fetch what `name` means, a pair of languages or a model; where it is stored."""
    import os
    import threading

    from summ.errors import UsageError
    from summ.local.pairs import PairStore
    from summ.local.store import MODELS, fetch, list_models

    root = settings.model_dir
    if name in MODELS:
        return fetch(MODELS[name], root, console)
    if not _PAIR.fullmatch(name):
        raise UsageError(
            f"There is no model {name}.",
            "`summ models pull` fetches the built-in one; en-pt a pair.",
        )
    PairStore(root, console, os.environ).load(name, threading.Event())
    stored = {one.name: one.path for one in list_models(root)}
    if name not in stored:
        console.notice(f"The pair {name} is used from SUMM_TRANSLATOR_DIR.")
    return stored.get(name)


def _settings(flags: Mapping[str, object]) -> Settings:
    from summ.cli.settings import load

    return load(flags).settings


def _print_path(path: Path) -> None:
    from summ.render.safe import one_line

    streams.write(one_line(str(path)) + "\n")
