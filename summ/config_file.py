"""The config file: TOML, with no key that is not known and no secret in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from summ.errors import ConfigError


def read_table(path: Path, known: Sequence[str]) -> Mapping[str, object]:
    """The file's table, with `_` for `-` in its keys; empty when there is no file.

    Args:
        path: of the file.
        known: the keys that it may have.

    Raises:
        ConfigError: it can't be read, is no TOML, or has another key.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"Can't read the config file {path}: {error.strerror}.") from error
    import tomllib

    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        # A decoding error would quote bytes of the file: a key may be among them.
        reason = "" if isinstance(error, UnicodeDecodeError) else f": {error}"
        raise ConfigError(f"The config file {path} is not valid TOML{reason}.") from None
    result = {key.replace("-", "_"): value for key, value in table.items()}
    for key in result:
        if key not in known:
            raise _unknown_key(key, known, path)
    return result


def _unknown_key(key: str, known: Sequence[str], path: Path) -> ConfigError:
    if key in {"api_key", "key", "openai_api_key", "token"}:
        return ConfigError(
            f"The config file {path} holds an API key ({key}); keys are read from the "
            "environment only.",
            "Remove it, and set OPENAI_API_KEY.",
        )
    import difflib

    close = difflib.get_close_matches(key, known, cutoff=0.5)
    hint = f"Did you mean {' or '.join(close)}?" if close else f"Known: {', '.join(known)}."
    return ConfigError(f"The config file {path} has an unknown key: {key}.", hint)
