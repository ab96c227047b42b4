"""A report as JSON, and back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from summ.errors import NotAReportError
from summ.model import (
    ChunkReceipt,
    Claim,
    Coverage,
    Evidence,
    Finding,
    Report,
    Run,
    Segment,
    SourceInfo,
    Span,
    Statement,
    Tally,
    Term,
    Translation,
)
from summ.render.safe import dump_json, one_line
from summ.render.schema import schema

__all__ = ["from_dict", "render_json", "render_ndjson", "schema", "to_dict"]

_Data = dict[str, Any]

# --- out ---------------------------------------------------------------------------


def render_json(report: Report, record: Mapping[str, Any] | None = None) -> str:
    """`report` as indented JSON, newline at the end; see `dump_json` for what is escaped.

    Args:
        report: it.
        record: of the record that it was made from, what is to stand with it; values of JSON.
    """
    return dump_json(_with_record(report, record), indent=2) + "\n"


def render_ndjson(report: Report, record: Mapping[str, Any] | None = None) -> str:
    """`report` as one line of JSON, newline at the end; arguments as of `render_json`."""
    return dump_json(_with_record(report, record)) + "\n"


def _with_record(report: Report, record: Mapping[str, Any] | None) -> _Data:
    data = to_dict(report)
    return data if record is None else {"input": dict(record), **data}


def to_dict(report: Report) -> _Data:
    """`report` as plain values that meet `schema()`, keys in the documented order.

    Everything is exact: nothing is cleaned, so `text[start:end] == quote` holds.
    """
    return {
        "schema_version": report.schema_version,
        "source": _fields(report.source, _SOURCE),
        "summary": [statement_dict(statement) for statement in report.summary],
        "claims": [_claim(claim) for claim in report.claims],
        "translations": [_translation(translation) for translation in report.translations],
        "coverage": {
            "characters": report.coverage.characters,
            "sent": report.coverage.sent,
            "chunks": [_fields(chunk, _CHUNK) for chunk in report.coverage.chunks],
            "missing": [_fields(span, _SPAN) for span in report.coverage.missing],
            "profile": list(report.coverage.profile),
        },
        "findings": _findings(report.findings),
        "run": _fields(report.run, _RUN) | {"statements": _fields(report.run.statements, _TALLY)},
    }


_SPAN = ("start", "end")
_CHUNK = ("start", "end", "tokens")
_EVIDENCE = ("sentence", "quote", "start", "end")
_FINDING = ("code", "message", "start", "end")
_CLAIM = ("kind", "speaker", "speaker_as_written", "importance")
_SOURCE = (
    "uri",
    "media_type",
    "title",
    "language",
    "characters",
    "tokens",
    "sentences",
    "sha256",
)
# `small` is how the report looks, not what it says: it stays out.
_RUN = (
    "summ",
    "model",
    "endpoint",
    "prompts_sha256",
    "calls",
    "cached_calls",
    "prompt_tokens",
    "completion_tokens",
    "cached_tokens",
    "cost_usd",
    "seconds",
)
_TALLY = ("total", "doubtful_before_repair", "doubtful")
_SEGMENT = ("kind", "start", "end", "source", "target", "state")
_TERM = ("source", "target", "note", "language", "binding")


def _fields(value: object, names: tuple[str, ...]) -> _Data:
    """The attributes `names` of `value`, in that order."""
    return {name: getattr(value, name) for name in names}


def _findings(findings: tuple[Finding, ...]) -> list[_Data]:
    return [_fields(finding, _FINDING) for finding in findings]


def statement_dict(statement: Statement) -> _Data:
    return {
        "text": statement.text,
        "evidence": [_fields(evidence, _EVIDENCE) for evidence in statement.evidence],
        "support": statement.support,
        "findings": _findings(statement.findings),
    }


def _claim(claim: Claim) -> _Data:
    return statement_dict(claim) | _fields(claim, _CLAIM)


def _translation(translation: Translation) -> _Data:
    return {
        "language": translation.language,
        "title": translation.title,
        "summary": list(translation.summary),
        "claims": list(translation.claims),
        "text": translation.text,
        "findings": _findings(translation.findings),
        "segments": [
            _fields(segment, _SEGMENT) | {"findings": _findings(segment.findings)}
            for segment in translation.segments
        ],
        "glossary": [_fields(term, _TERM) for term in translation.glossary],
    }


# --- in ----------------------------------------------------------------------------


def from_dict(data: object) -> Report:
    """The report that `to_dict` made `data` from (`run.small` and `input` are not kept).

    Only the shape is checked, not whether offsets, quotes or counts agree.

    Raises:
        NotAReportError: `data` does not meet `schema()`; says where, as a JSON pointer.
    """
    checked = _checked(data)
    coverage = checked["coverage"]
    return Report(
        source=SourceInfo(**checked["source"]),
        summary=tuple(Statement(**_read_statement(item)) for item in checked["summary"]),
        claims=tuple(Claim(**_read_statement(item)) for item in checked["claims"]),
        translations=tuple(_read_translation(item) for item in checked["translations"]),
        coverage=Coverage(
            characters=coverage["characters"],
            sent=coverage["sent"],
            chunks=tuple(ChunkReceipt(**item) for item in coverage["chunks"]),
            missing=tuple(Span(**item) for item in coverage["missing"]),
            profile=tuple(map(float, coverage["profile"])),
        ),
        findings=_read_findings(checked),
        run=_read_run(checked["run"]),
    )


def _checked(data: object) -> Any:
    """`data`, once it meets the schema."""
    from fastjsonschema import JsonSchemaValueException

    try:
        _validator()(data)
        # What stands with a report as `input` is not its own, and of any depth.
        own = data.items() if isinstance(data, Mapping) else ()
        return _whole({key: value for key, value in own if key != "input"})
    except JsonSchemaValueException as error:
        # The first step of the path is the validator's own name for the document.
        steps = (str(step).replace("~", "~0").replace("/", "~1") for step in error.path[1:])
        raise _not_a_report(one_line("".join(f"/{step}" for step in steps))) from error


def _not_a_report(pointer: str) -> NotAReportError:
    return NotAReportError(
        f"This is not a report of summ: {pointer or 'the document'} is not valid.",
        "`summ schema` prints what a report looks like.",
        pointer,
    )


@lru_cache(maxsize=1)
def _validator() -> Callable[[object], object]:
    """The schema, compiled."""
    import fastjsonschema

    compiled: Callable[[object], object] = fastjsonschema.compile(schema(), use_default=False)
    return compiled


def _whole(value: object, pointer: str = "") -> object:
    """`value` with 3.0 as 3: the same number in JSON, but not an offset in Python."""
    if isinstance(value, float):
        if not math.isfinite(value):
            # Python reads NaN and Infinity in JSON, and no comparison in a schema stops NaN.
            raise _not_a_report(pointer)
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {key: _whole(item, f"{pointer}/{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item, f"{pointer}/{place}") for place, item in enumerate(value)]
    return value


def _read_findings(data: _Data) -> tuple[Finding, ...]:
    return tuple(Finding(**item) for item in data["findings"])


def _read_statement(data: _Data) -> _Data:
    evidence = tuple(Evidence(**item) for item in data["evidence"])
    return data | {"evidence": evidence, "findings": _read_findings(data)}


def _read_run(data: _Data) -> Run:
    cost = data["cost_usd"]
    numbers = {"seconds": float(data["seconds"]), "cost_usd": None if cost is None else float(cost)}
    return Run(**(data | numbers | {"statements": Tally(**data["statements"])}))


def _read_translation(data: _Data) -> Translation:
    return Translation(
        language=data["language"],
        title=data["title"],
        summary=tuple(data["summary"]),
        claims=tuple(data["claims"]),
        text=data["text"],
        findings=_read_findings(data),
        segments=tuple(
            Segment(**(item | {"findings": _read_findings(item)})) for item in data["segments"]
        ),
        glossary=tuple(Term(**item) for item in data["glossary"]),
    )
