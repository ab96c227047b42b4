"""The options that commands share, each written down once.

A command takes them as `**flags`: `with_options` gives the parser the signature that it
reads names, types and help texts from. What a value means is decided in `summ.config`,
for flags, environment and config file alike, so options are text here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import typer

Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCES", help="Files; - is standard input.", show_default=False),
]
"""The articles of a command."""


def _remember_verbose(context: typer.Context, wanted: bool | None) -> bool | None:
    if wanted:
        context.ensure_object(dict)["verbose"] = True
    return wanted


def _text(*names: str, metavar: str, help_: str) -> Any:
    return Annotated[str | None, typer.Option(*names, metavar=metavar, help=help_)]


def _switch(*names: str, help_: str) -> Any:
    return Annotated[bool | None, typer.Option(*names, help=help_)]


OPTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "to": Annotated[
            list[str] | None,
            typer.Option(
                "--to",
                "-l",
                metavar="LANG",
                help="Also in this language (uk, pt-BR, Ukrainian, українська); repeatable.",
            ),
        ],
        "from_language": _text(
            "--from", metavar="LANG", help_="The article's language, if detection is wrong."
        ),
        "markdown": _switch("--markdown", help_="Read standard input as Markdown."),
        "full_text": _switch(
            "--full-text/--no-full-text", help_="The whole article in each of these languages, too."
        ),
        "glossary": _text(
            "--glossary", metavar="FILE", help_="Terms to keep to: CSV, source,target[,note]."
        ),
        "save_glossary": _text(
            "--save-glossary", metavar="FILE", help_="Write the terms and names as translated."
        ),
        "formality": _text(
            "--formality", metavar="TONE", help_="formal or informal (by default as the article)."
        ),
        "instructions": _text(
            "--instructions", metavar="TEXT", help_="What the translator should know."
        ),
        "bilingual": _text(
            "--bilingual",
            metavar="[=FORM]",
            help_="Beside its article: table (without a FORM) or stack.",
        ),
        "length": _text(
            "--length", metavar="LENGTH", help_="short, medium, long, or a number of sentences."
        ),
        "claims": _text("--claims", metavar="N", help_="At most N key claims (8; 0: none)."),
        "formats": Annotated[
            list[str] | None,
            typer.Option(
                "--format",
                "-f",
                metavar="FORMAT",
                help="md, json or ndjson (by -o's suffix, or md); repeatable with a folder.",
            ),
        ],
        "json": _switch("--json", help_="The same as -f json."),
        "output": _text(
            "--output", "-o", metavar="PATH", help_="A file, or a folder (ends with /, or exists)."
        ),
        "model": _text(
            "--model", "-m", metavar="MODEL", help_="Model id; local: built-in; local:FILE.gguf."
        ),
        "base_url": _text(
            "--base-url", metavar="URL", help_="Any OpenAI-compatible API, such as http://…/v1."
        ),
        "context": _text(
            "--context",
            metavar="N",
            help_="Tokens the model holds (asked of the server, or from a table).",
        ),
        "jobs": _text("--jobs", "-j", metavar="N", help_="Requests in flight, at most (4)."),
        "dry_run": _switch(
            "--dry-run", "-n", help_="Show chunks, calls, tokens and cost; send nothing."
        ),
        "glob": _text(
            "--glob", metavar="PATTERN", help_="Of folders only files like it, such as '**/*.md'."
        ),
        "from_file": _text(
            "--from-file", metavar="LIST", help_="Read the names of inputs from it, one a line."
        ),
        "records": _switch(
            "--records", help_="Standard input is NDJSON: {id, text or path, ...} a line."
        ),
        "unordered": _switch("--unordered", help_="Write reports as they are done."),
        "force": _switch("--force", help_="Make anew what is finished in the folder."),
        "fail_fast": _switch("--fail-fast", help_="Stop at the first input that fails."),
        "retry_failed": _switch("--retry-failed", help_="Only the inputs that failed last time."),
        "errors": _text(
            "--errors",
            metavar="FILE",
            help_="Inputs that failed (errors.ndjson in the folder).",
        ),
        "events": _text("--events", metavar="FILE", help_="What happens, as NDJSON for machines."),
        "rpm": _text("--rpm", metavar="N", help_="At most N requests a minute."),
        "tpm": _text("--tpm", metavar="N", help_="At most N tokens a minute."),
        "max_cost": _text(
            "--max-cost", metavar="USD", help_="Send nothing that could cost more than that in all."
        ),
        "max_calls": _text("--max-calls", metavar="N", help_="At most N requests, retries too."),
        "max_tokens": _text("--max-tokens", metavar="N", help_="At most N tokens, in and out."),
        "price_in": _text(
            "--price-in", metavar="USD", help_="Price of 1,000,000 tokens read (from a table)."
        ),
        "price_out": _text(
            "--price-out", metavar="USD", help_="Price of 1,000,000 tokens written."
        ),
        "cache": _switch(
            "--cache/--no-cache", help_="Keep replies and reports, and use those kept."
        ),
        "refresh": _switch("--refresh", help_="Use none that are kept; keep the new ones."),
        "timeout": _text("--timeout", metavar="SECONDS", help_="Deadline of each call (300)."),
        "retries": _text("--retries", metavar="N", help_="Further tries after a failure (3)."),
        "prompts_dir": _text(
            "--prompts", metavar="DIR", help_="Prompts that replace those of summ."
        ),
        "local_only": _switch(
            "--local-only/--no-local-only", help_="Refuse any endpoint that is not loopback."
        ),
        "strict": _switch("--strict/--no-strict", help_="Exit 7 when a check fails."),
        "quiet": _switch("--quiet", "-q", help_="No notices and no progress."),
        "verbose": Annotated[
            bool | None,
            typer.Option(
                "--verbose",
                "-v",
                help="Say more; show the traceback of a bug.",
                callback=_remember_verbose,
            ),
        ],
    }
)
"""Name of a setting (or `json`) to its option."""

OF_TRANSLATIONS = (
    "full_text", "glossary", "save_glossary", "formality", "instructions", "bilingual",
)  # fmt: skip
"""Names of the options that mean nothing without `--to`."""

OF_BATCHES = (
    "glob", "from_file", "records", "unordered", "force", "fail_fast", "retry_failed", "errors",
    "events", "rpm", "tpm", "max_cost", "max_calls", "max_tokens", "price_in", "price_out",
    "cache", "refresh",
)  # fmt: skip
"""Names of the options that are about many inputs, or about what calls may take."""

BARE: Mapping[str, str] = MappingProxyType({"--bilingual": "table"})
"""Option that may stand without a value to the value that it has then."""


def but(*names: str) -> list[str]:
    """The names of all options but these."""
    return [name for name in OPTIONS if name not in names]


Command = TypeVar("Command", bound=Callable[..., None])


def with_options(*names: str) -> Callable[[Command], Command]:
    """Let a command's `**flags` be the options of these names."""

    def decorate(command: Command) -> Command:
        signature = inspect.signature(command, eval_str=True)
        kept = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        added = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=OPTIONS[name]
            )
            for name in names
        ]
        command.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[*kept, *added]
        )
        return command

    return decorate
