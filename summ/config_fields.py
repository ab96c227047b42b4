"""Each setting on a line: where it may come from, and how its value is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from summ import config_values as values
from summ.config_values import LENGTHS

# No count of calls or tokens is larger.
_COUNT = values.whole(0, 10**12)
_POSITIVE = values.whole(1, 10**12)


@dataclass(frozen=True, slots=True)
class Field:
    """One setting.

    Attributes:
        name: of the `Settings` field.
        flag: the flag that sets it; empty: none does.
        env: environment variables that set it; the first that is set counts.
        read: turns a raw value into the field's; raises `UnfitError` or a
            `SummError` with what is wanted.
        default: the value when nothing sets it.
        key: its key in the config file; empty: it can't be set there.
    """

    name: str
    flag: str
    env: tuple[str, ...]
    read: Callable[[object], Any]
    default: object
    key: str = ""


FIELDS: tuple[Field, ...] = (
    Field("to", "--to", ("SUMM_TO",), values.languages, (), "to"),
    Field("from_language", "--from", ("SUMM_FROM",), values.language, None, "from"),
    Field("markdown", "--markdown", (), values.flag, False),
    Field("full_text", "--full-text", ("SUMM_FULL_TEXT",), values.flag, False, "full_text"),
    Field("glossary", "--glossary", ("SUMM_GLOSSARY",), values.path, None, "glossary"),
    Field("save_glossary", "--save-glossary", (), values.path, None),
    Field("formality", "--formality", ("SUMM_FORMALITY",), values.formality, None, "formality"),
    Field(
        "instructions",
        "--instructions",
        ("SUMM_INSTRUCTIONS",),
        values.instructions,
        None,
        "instructions",
    ),
    Field("bilingual", "--bilingual", (), values.bilingual, None),
    Field("length", "--length", ("SUMM_LENGTH",), values.length, LENGTHS["medium"], "length"),
    Field("claims", "--claims", ("SUMM_CLAIMS",), values.whole(0, 50), 8, "claims"),
    Field("formats", "--format", ("SUMM_FORMAT",), values.output_formats, (), "format"),
    Field("output", "--output", (), values.text, None),
    Field("glob", "--glob", (), values.text, None),
    Field("from_file", "--from-file", (), values.path, None),
    Field("records", "--records", (), values.flag, False),
    Field("unordered", "--unordered", (), values.flag, False),
    Field("force", "--force", (), values.flag, False),
    Field("fail_fast", "--fail-fast", (), values.flag, False),
    Field("retry_failed", "--retry-failed", (), values.flag, False),
    Field("errors", "--errors", (), values.path, None),
    Field("events", "--events", (), values.path, None),
    Field("model", "--model", ("SUMM_MODEL",), values.text, None, "model"),
    Field(
        "base_url",
        "--base-url",
        ("SUMM_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE"),
        values.url,
        None,
        "base_url",
    ),
    Field("context", "--context", ("SUMM_CONTEXT",), values.context, None, "context"),
    Field("api_key", "", ("SUMM_API_KEY", "OPENAI_API_KEY"), values.key, None),
    Field("jobs", "--jobs", ("SUMM_JOBS",), values.whole(1, 512), 4, "jobs"),
    Field("rpm", "--rpm", ("SUMM_RPM",), _POSITIVE, None, "rpm"),
    Field("tpm", "--tpm", ("SUMM_TPM",), _POSITIVE, None, "tpm"),
    Field("max_cost", "--max-cost", ("SUMM_MAX_COST",), values.amount, None, "max_cost"),
    Field("max_calls", "--max-calls", ("SUMM_MAX_CALLS",), _COUNT, None, "max_calls"),
    Field(
        "max_tokens",
        "--max-tokens",
        ("SUMM_MAX_TOKENS",),
        _COUNT,
        None,
        "max_tokens",
    ),
    Field("price_in", "--price-in", ("SUMM_PRICE_IN",), values.amount, None, "price_in"),
    Field("price_out", "--price-out", ("SUMM_PRICE_OUT",), values.amount, None, "price_out"),
    Field("cache", "--cache", ("SUMM_CACHE",), values.flag, True, "cache"),
    Field("refresh", "--refresh", (), values.flag, False),
    Field("cache_dir", "", ("SUMM_CACHE_DIR",), values.path, None, "cache_dir"),
    Field("cache_limit", "", ("SUMM_CACHE_LIMIT",), values.mebibytes, 2**30, "cache_limit"),
    Field("local_only", "--local-only", ("SUMM_LOCAL_ONLY",), values.flag, False, "local_only"),
    # Long: a small machine may take minutes for one reply of the built-in model.
    Field("timeout", "--timeout", ("SUMM_TIMEOUT",), values.seconds, 300.0, "timeout"),
    Field("retries", "--retries", ("SUMM_RETRIES",), values.whole(0, 20), 3, "retries"),
    Field("prompts_dir", "--prompts", ("SUMM_PROMPTS",), values.path, None, "prompts"),
    Field("strict", "--strict", ("SUMM_STRICT",), values.flag, False, "strict"),
    Field("quiet", "--quiet", ("SUMM_QUIET",), values.flag, False, "quiet"),
    Field("verbose", "--verbose", ("SUMM_VERBOSE",), values.flag, False, "verbose"),
    Field("model_dir", "", ("SUMM_MODEL_DIR",), values.path, None, "model_dir"),
)
