"""`summ verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from summ.cli import streams
from summ.cli.options import with_options
from summ.cli.parser import PlainCommand, new_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summ.consistency import Failure
    from summ.model import Report, Source

app = new_app()


@app.command(cls=PlainCommand)
@with_options("from_language", "prompts_dir")
def verify(
    report: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A report in JSON; with --against, a summary."),
    ] = "",
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="The article that the report was made of.")
    ] = "",
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="ARTICLE", help="Check a summary that something else wrote."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    **flags: object,
) -> None:
    """Check a report again, or any summary, against its article.

    No model, no key and no network are needed.

    summ verify report.json article.txt compares the report with its article: form, hash,
    quotations and their places, the receipt, and every check of every statement.

    summ verify --against article.txt summary.txt looks up the evidence of each sentence.
    """
    from summ.cli.settings import load
    from summ.errors import UsageError

    settings = load(flags).settings
    named = [name for name in (report, source, against) if name]
    if named.count("-") > 1:
        raise UsageError("Standard input can be read only once.")
    if against is None and not source and flags.get("from_language") is not None:
        raise UsageError("--from needs the article.")
    if against is not None and source:
        raise UsageError("With --against, name the summary alone.")
    streams.probe()
    from summ.cli.inputs import sources_or_stdin
    from summ.prompts import load_prompts

    (first,) = sources_or_stdin([report] if report else None)
    prompts = load_prompts(settings.prompts_dir).texts
    if against is not None:
        _summary(first, against, settings.from_language, prompts, as_json)
    else:
        _report(first, source, settings.from_language, prompts, as_json)


def _summary(
    summary: str, article: str, language: str | None, prompts: Sequence[str], as_json: bool
) -> None:
    """Check a summary, and print each sentence with its evidence."""
    from summ.against import check_summary
    from summ.cli.console import Console
    from summ.cli.inputs import called, read
    from summ.errors import ChecksFailedError, InputError, UsageError
    from summ.render.checked import statements_as_json, statements_as_text
    from summ.text.document import annotate

    source = read(article, Console())
    text = read(summary, Console()).text
    for name, read_text in ((summary, text), (article, source.text)):
        if read_text.lstrip().startswith("{") and '"schema_version"' in read_text:
            raise UsageError(
                f"{name} is a report.", "Check a report with summ verify REPORT ARTICLE."
            )
    document = annotate(source, language)
    statements = check_summary(text, document, prompts)
    if not statements:
        raise InputError(f"There is no sentence in {called(summary)}.")
    streams.write((statements_as_json if as_json else statements_as_text)(statements))
    doubtful = sum(one.support != "supported" for one in statements)
    if doubtful:
        raise ChecksFailedError(
            f"Checks found something in {doubtful} of {len(statements)} sentences."
        )


def _report(
    name: str, article: str, language: str | None, prompts: Sequence[str], as_json: bool
) -> None:
    """Check a report, and print what does not hold."""
    from summ.audit import audit_report
    from summ.cli.console import Console
    from summ.cli.inputs import read, read_as
    from summ.cli.verified import praise, rows
    from summ.consistency import Failure
    from summ.errors import ChecksFailedError, NotAReportError
    from summ.render.checked import failures_as_json, rows_as_text

    console = Console()
    source = read(article, console) if article else None
    try:
        report = _parsed(name, read(name, console))
        if source is not None:
            source = read_as(source, report.source.media_type)
        failures: Sequence[Failure] = audit_report(report, source, prompts, language)
    except NotAReportError as error:
        report, failures = None, [Failure(error.pointer, "schema", error.message)]
    if as_json:
        streams.write(failures_as_json(failures, source is not None))
    elif failures:
        streams.write(rows_as_text(rows(failures, report, source)))
    elif report is not None:
        streams.write(praise(report, source))
    if source is None and failures:
        console.notice("Without the article, its hash, quotations and words were not compared.")
    if failures:
        count = "1 check" if len(failures) == 1 else f"{len(failures)} checks"
        raise ChecksFailedError(f"{count} of {name} failed.")


def _parsed(name: str, source: Source) -> Report:
    """The report in a file.

    Raises:
        InputError: it is not JSON, or not a report.
    """
    import json

    from summ.errors import InputError
    from summ.render.json_format import from_dict

    try:
        data = json.loads(source.text, object_pairs_hook=_unambiguous, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{name} is not the JSON of a report.", "Give the report that `summ --json` wrote."
        ) from error
    return from_dict(data)


def _unambiguous(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; refused with two values for one key, of which readers take either."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _refused(constant: str) -> float:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise ValueError(constant)
