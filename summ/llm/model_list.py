"""What a server says of its models: the body of `GET {base_url}/models` in, a number out.

OpenAI's list names models and nothing else. Others add how much a model holds, each under
a name of its own; every name here has its server beside it. LM Studio (`/v1`) and Ollama
say nothing (lmstudio-bug-tracker 2139, ollama 17417; 2026-07).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

MIN_CONTEXT = 512
MAX_CONTEXT = 10_000_000
"""Tokens: a number outside of these means something else."""

# Groups of places, the most telling first; within a group the smallest number counts.
_PLACES: tuple[tuple[tuple[str, ...], ...], ...] = (
    # What the running server has room for.
    (
        ("max_model_len",),  # vLLM, SGLang: as configured with --max-model-len
        ("meta", "n_ctx"),  # llama.cpp: of one slot, whatever --parallel says
        ("n_ctx",),
        ("loaded_context_length",),  # LM Studio, /api/v0
        ("max_total_tokens",),  # TGI's name for prompt and reply together
    ),
    # What it lets a request have.
    (
        ("context_length",),  # OpenRouter (of the best provider), Together, Fireworks
        ("top_provider", "context_length"),  # OpenRouter (of the provider it prefers)
        ("context_window",),  # Groq
        ("max_context_length",),  # Mistral, LM Studio
    ),
    # What the model was trained for: llama.cpp before 2026, or before it has loaded.
    (("meta", "n_ctx_train"), ("n_ctx_train",)),
)


def context_in(body: str, model: str) -> int | None:
    """Tokens of prompt and reply together, as the server's list says; None where it does not.

    Never raises, whatever the body holds.

    Args:
        body: of the response.
        model: id of the model in use. A list with one entry is about it, whatever the
            entry is called: such a server often takes any id.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    entry = _entry_of(data, model)
    if entry is None:
        return None
    for group in _PLACES:
        if sizes := [size for place in group if (size := _size(entry, place))]:
            return min(sizes)
    return None


def _entry_of(data: Any, model: str) -> Mapping[str, Any] | None:
    """What the list says of `model`: by its id, by another of its names, or as the only one."""
    entries = list(_entries(data))
    for entry in entries:
        if model in (entry.get("id"), entry.get("key")):
            return entry
    for entry in entries:
        aliases = entry.get("aliases")  # llama.cpp, Mistral
        if isinstance(aliases, list) and model in aliases:
            return entry
    return entries[0] if len(entries) == 1 else None


def _entries(data: Any) -> Iterator[Mapping[str, Any]]:
    """The entries of a list: OpenAI's `data`, `models`, or a bare array (Together)."""
    if isinstance(data, dict):
        # llama.cpp sends both, and the sizes stand in `data`.
        data = data.get("data") or data.get("models")
    if isinstance(data, list):
        yield from (entry for entry in data if isinstance(entry, dict))


def _size(entry: Mapping[str, Any], place: tuple[str, ...]) -> int | None:
    """The number at `place`, if it can be a context."""
    value: Any = entry
    for key in place:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # The comparison is also False for NaN.
    return int(value) if MIN_CONTEXT <= value <= MAX_CONTEXT else None
