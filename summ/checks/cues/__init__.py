"""Words that the checks know of a language: data files `TOPIC/LANGUAGE.toml`.

All words are in lower case. A language without a file has no such words, and what
depends on them is not checked there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_NONE: Mapping[str, Any] = MappingProxyType({})


@lru_cache(maxsize=64)
def cues(topic: str, language: str) -> Mapping[str, Any]:
    """What is known of `language` (a primary subtag) for `topic`; empty for nothing."""
    if not (language.isascii() and language.isalpha()):
        return _NONE
    path = files(__name__) / topic / f"{language}.toml"
    if not path.is_file():
        return _NONE
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))
