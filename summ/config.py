"""Settings: resolved once, from flags, environment, config file and defaults, in that order.

`summ.config_fields` has a line for each: where it may come from and how its value is read.
API keys come from the environment only: an argument shows in process lists, and a config
file gets copied and committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from summ.config_fields import FIELDS, Field
from summ.config_file import read_table
from summ.errors import ConfigError, SummError, UsageError

DEFAULT_MODEL = "gpt-5.4-mini"
"""The model when a key or an endpoint is configured and no model is named."""

DEFAULT_BASE_URL = "https://api.openai.com/v1"
"""The endpoint when a key or a model is configured and no endpoint is."""

LOCAL = "local"
"""The built-in model; `local:PATH` is another GGUF file run by the same engine."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user wants, complete and checked.

    Attributes:
        to: output languages, BCP 47, without repetition; empty: the article's own.
        from_language: the article's language, BCP 47; None: detected.
        markdown: standard input, or a text in memory, is Markdown.
        full_text: with languages to translate into: the whole article, too.
        glossary: file of terms that translations keep to; None: there are none.
        save_glossary: file that the terms of translations are written to; None: none is.
        formality: `formal` or `informal`, how a translation speaks to its reader; None: as
            the article does.
        instructions: for the translator, at most 2,000 characters; None: none.
        bilingual: `table` or `stack`, a translation beside its article; None: by itself.
        length: sentences of the summary, 1 to 50.
        claims: key claims at most, 0 to 50.
        formats: of `md`, `json` and `ndjson`, without repetition; empty: by the suffix of `output`,
            else Markdown.
        output: a file or a folder; None: standard output.
        glob: pattern of the files that are read of a folder; None: all of readable types.
        from_file: list of inputs, one a line; None: there is none.
        records: standard input is NDJSON, a record an article.
        unordered: reports are written as they are done, not in the order of inputs.
        force: what is finished in the output folder is made again.
        fail_fast: the first input that fails ends the run.
        retry_failed: only inputs that failed in the last run on the output folder.
        errors: file for the inputs that failed; None: `errors.ndjson` in the output folder.
        events: file for what happens in a run, as NDJSON; None: none.
        model: model id, passed on verbatim; `local` or `local:PATH`: built-in.
        base_url: root of an OpenAI-compatible API; None with the built-in model.
        context: tokens of prompt and reply together, 512 to 10,000,000; None: asked of the
            server, or from a table. Of no effect on the built-in model, which has its own.
        api_key: sent to `base_url` only; never shown.
        jobs: requests in flight, 1 to 512.
        rpm: requests per minute; None: as many as the endpoint takes.
        tpm: tokens per minute, read and written; None: as many as the endpoint takes.
        max_cost: US dollars that a run may cost; None: no cap.
        max_calls: requests that a run may send, retries included; None: no cap.
        max_tokens: tokens that a run may take, read and written; None: no cap.
        price_in: US dollars per 1,000,000 tokens read; None: from a table.
        price_out: the same of tokens written; given together or not at all.
        cache: replies and finished reports are kept in a store, and taken from it.
        refresh: nothing is taken from it.
        cache_dir: where it is.
        cache_limit: bytes that it may have on disk.
        local_only: only loopback endpoints may be used.
        timeout: wall-clock seconds per call, above 0, at most one day.
        retries: further attempts after a failed call, 0 to 20.
        prompts_dir: folder whose prompts replace those of summ; None: none do.
        strict: a failed check is a failure.
        quiet: no notices and no progress.
        verbose: more notices, and tracebacks.
        model_dir: where models are kept.
    """

    to: tuple[str, ...]
    from_language: str | None
    markdown: bool
    full_text: bool
    glossary: Path | None
    save_glossary: Path | None
    formality: str | None
    instructions: str | None
    bilingual: str | None
    length: int
    claims: int
    formats: tuple[str, ...]
    output: str | None
    glob: str | None
    from_file: Path | None
    records: bool
    unordered: bool
    force: bool
    fail_fast: bool
    retry_failed: bool
    errors: Path | None
    events: Path | None
    model: str
    base_url: str | None
    context: int | None
    api_key: str | None = field(repr=False)
    jobs: int
    rpm: int | None
    tpm: int | None
    max_cost: float | None
    max_calls: int | None
    max_tokens: int | None
    price_in: float | None
    price_out: float | None
    cache: bool
    refresh: bool
    cache_dir: Path
    cache_limit: int
    local_only: bool
    timeout: float
    retries: int
    prompts_dir: Path | None
    strict: bool
    quiet: bool
    verbose: bool
    model_dir: Path

    @property
    def builtin(self) -> bool:
        """Whether the built-in engine serves the model."""
        return is_builtin(self.model)

    @property
    def model_path(self) -> Path | None:
        """The GGUF file named by `local:PATH`; None for the model that summ fetches."""
        path = self.model.removeprefix(LOCAL + ":") if self.builtin else ""
        return Path(path).expanduser() if path not in {"", LOCAL} else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Settings, and where each of them came from.

    Attributes:
        settings: the values.
        origin: name of a `Settings` field to `flag --to`, `environment SUMM_TO`,
            `config file`, or `default`.
    """

    settings: Settings
    origin: Mapping[str, str]


def is_builtin(model: str) -> bool:
    """Whether `model` means the built-in engine."""
    return model == LOCAL or model.startswith(LOCAL + ":")


def refuse_remote(settings: Settings) -> None:
    """With `--local-only`: make sure that no other machine will be asked.

    Raises:
        ConfigError: the endpoint is not on this machine.
    """
    if settings.local_only and settings.base_url is not None:
        from summ.llm.urls import check_local

        check_local(settings.base_url)


# --- where a value may come from -----------------------------------------------------


def config_path(env: Mapping[str, str]) -> Path:
    """Where the config file is looked for: in `$XDG_CONFIG_HOME`, or in `~/.config`."""
    # The specification: a relative path in the variable is to be ignored.
    named = Path(env.get("XDG_CONFIG_HOME", ""))
    folder = named if named.is_absolute() else Path("~/.config").expanduser()
    return folder / "summ" / "config.toml"


def cache_dir(env: Mapping[str, str]) -> Path:
    """Where replies and reports are kept: in `$XDG_CACHE_HOME/summ`, or the system's own place."""
    named = Path(env.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "summ" / "replies"
    import platformdirs

    return Path(platformdirs.user_cache_dir("summ", appauthor=False)) / "replies"


def resolve(
    flags: Mapping[str, object], env: Mapping[str, str], config_file: Path | None
) -> Resolved:
    """Decide every setting: flag, else environment, else config file, else default.

    Args:
        flags: by name of the `Settings` field; None and an empty list mean "not given".
        env: the environment; an empty value means "not set".
        config_file: read if it exists; None: none is.

    Raises:
        UsageError: a flag's value can't be meant.
        ConfigError: an environment variable or the config file can't be used.
    """
    known = [one.key for one in FIELDS if one.key]
    table = read_table(config_file, known) if config_file else {}
    chosen: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for one in FIELDS:
        chosen[one.name], origin[one.name] = _decide(one, flags, env, table)
    if chosen["model_dir"] is None:
        # The store knows its place; only the default needs it.
        from summ.local.files import model_dir

        chosen["model_dir"] = model_dir(env)
    if chosen["cache_dir"] is None:
        chosen["cache_dir"] = cache_dir(env)
    if (chosen["price_in"] is None) != (chosen["price_out"] is None):
        raise UsageError("--price-in and --price-out belong together.", "Name both, or none.")
    _choose_model(chosen, origin)
    return Resolved(Settings(**chosen), MappingProxyType(origin))


def _decide(
    one: Field, flags: Mapping[str, object], env: Mapping[str, str], table: Mapping[str, object]
) -> tuple[Any, str]:
    """A setting's value and where it came from."""
    given = flags.get(one.name)
    if given is not None and given not in ([], ()):
        # What has no flag is given by a program.
        origin = f"flag {one.flag}" if one.flag else f"argument {one.name}"
        return _read(one, given, origin, UsageError), origin
    for variable in one.env:
        if env.get(variable):
            origin = f"environment {variable}"
            return _read(one, env[variable], origin, ConfigError), origin
    if one.key and one.key in table:
        what = f"config file, {one.key}"
        return _read(one, table[one.key], what, ConfigError), "config file"
    return one.default, "default"


def _read(one: Field, raw: object, what: str, error: type[SummError]) -> Any:
    try:
        return one.read(raw)
    except ValueError as problem:
        raise error(f"{what[0].upper()}{what[1:]}: {problem}.") from None
    except SummError as problem:
        raise error(f"{what[0].upper()}{what[1:]}: {problem.message}", problem.hint) from None


def _choose_model(chosen: dict[str, Any], origin: dict[str, str]) -> None:
    """Settle model and endpoint together (design: "which model, when none is named")."""
    if chosen["model"] is None:
        remote = chosen["api_key"] or chosen["base_url"]
        chosen["model"] = DEFAULT_MODEL if remote else LOCAL
    if is_builtin(chosen["model"]):
        if origin["base_url"].startswith("flag"):
            raise UsageError(
                "-m local runs on this machine and has no --base-url.", "Leave one of them out."
            )
        chosen["base_url"], origin["base_url"] = None, "default"
    elif chosen["base_url"] is None:
        chosen["base_url"] = DEFAULT_BASE_URL
