"""From the flags of a command to settings."""

from __future__ import annotations

import os
from collections.abc import Mapping

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
        if values.get("format") not in {None, "json"}:
            raise UsageError("--json and another --format contradict each other.")
        values["format"] = "json"
    return resolve(values, os.environ, config_path(os.environ))
