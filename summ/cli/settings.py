"""From the flags of a command to settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from summ.config import Resolved, config_path, resolve
from summ.errors import UsageError


def load(flags: Mapping[str, object]) -> Resolved:
    """Resolve the settings of this run from `flags`, environment and config file.

    Raises:
        UsageError: a flag can't be meant.
        ConfigError: the environment or the config file can't be used.
    """
    values = dict(flags)
    if values.pop("json", None):
        if any(form != "json" for form in _given(values, "formats")):
            raise UsageError("--json and another --format contradict each other.")
        values["formats"] = ["json"]
    try:
        return resolve(values, os.environ, config_path(os.environ))
    except UsageError as error:
        if "--to" in error.message and any("," in str(one) for one in _given(values, "to")):
            # Some languages have a comma in their name, so this is told of no language alone.
            hint = "Repeat --to for several languages, such as --to pt --to fr."
            raise UsageError(error.message, hint) from None
        raise


def _given(values: Mapping[str, object], name: str) -> Sequence[object]:
    """The values of an option that may be repeated."""
    given = values.get(name)
    return given if isinstance(given, list | tuple) else ()
