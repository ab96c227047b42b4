"""`summ chunk`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from summ.cli import streams
from summ.cli.parser import PlainCommand, new_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summ.model import Chunk, Source

app = new_app()

DEFAULT_TOKENS = 2_000
"""The budget of a chunk, in tokens, when none is given."""

_FIRST_WORDS = 50  # characters of the text shown in the table


@app.command(cls=PlainCommand)
def chunk(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A file, or - for standard input.")
    ] = "",
    max_tokens: Annotated[
        str | None,
        typer.Option("--max-tokens", metavar="N", help=f"Budget of a chunk ({DEFAULT_TOKENS})."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", metavar="MODEL", help="Count tokens as for this model."),
    ] = None,
    balanced: Annotated[
        bool, typer.Option("--balanced", help="As few chunks as can be, of even size.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Read standard input as Markdown.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with the text.")] = False,
) -> None:
    """Show how an article would be split, as a table or JSON."""
    from summ.cli.inputs import read_article, sources_or_stdin

    budget = _budget(max_tokens)
    (spec,) = sources_or_stdin([source] if source else None, markdown=markdown)
    streams.probe()
    from summ.cli.console import Console

    article = read_article(spec, Console(), markdown=markdown)
    # Loads the tokenizer: only once there is something to count.
    from summ.config import DEFAULT_MODEL
    from summ.text.chunking import chunk_text
    from summ.text.tokens import counter_for

    counter = counter_for(model or DEFAULT_MODEL)
    chunks = chunk_text(article.text, budget, counter=counter, balanced=balanced)
    streams.write(_as_json(article, chunks) if as_json else _as_table(chunks))


def _budget(value: str | None) -> int:
    from summ.config_values import UnfitError, whole
    from summ.errors import UsageError

    try:
        return whole(1, 10_000_000)(value) if value is not None else DEFAULT_TOKENS
    except UnfitError as problem:
        raise UsageError(f"Flag --max-tokens: {problem}.") from None


def _as_json(article: Source, chunks: Sequence[Chunk]) -> str:
    from summ.render.safe import dump_json

    data = {
        "source": {
            "uri": article.uri,
            "media_type": article.media_type,
            "title": article.title,
            "characters": len(article.text),
        },
        "chunks": [
            {"start": one.start, "end": one.end, "tokens": one.tokens, "text": one.text}
            for one in chunks
        ],
    }
    return dump_json(data, indent=2) + "\n"


def _as_table(chunks: Sequence[Chunk]) -> str:
    from summ.render.safe import one_line

    lines = [f"{'start':>9} {'end':>9} {'tokens':>7}  first words"]
    for one in chunks:
        words = one_line(one.text[: 4 * _FIRST_WORDS])[:_FIRST_WORDS]
        lines.append(f"{one.start:>9} {one.end:>9} {one.tokens:>7}  {words}".rstrip())
    return "\n".join(lines) + "\n"
