"""The JSON Schema of a report: what `summ schema` prints and every report meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summ.model import KINDS, SEGMENT_KINDS, SEGMENT_STATES

_Schema = dict[str, Any]

_SHA256 = "^[0-9a-f]{64}$"
_LANGUAGE = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
_CODE = "^[a-z0-9]+(-[a-z0-9]+)*$"


def schema() -> _Schema:
    """JSON Schema (draft 2020-12) of `schema_version` 1; a new value on each call."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "summ report",
        **_object(
            "Summary, key claims and translations of one article, with their evidence. All "
            "offsets are half-open, in Unicode code points of the article's text.",
            {
                "input": {
                    "type": "object",
                    "description": "Of an input that is a record: its id, and its further "
                    "fields as they were.",
                },
                "schema_version": {"const": 1, "description": "Version of this schema."},
                "source": _source(),
                "summary": _array("Sentences of the summary, in order.", _ref("statement")),
                "claims": _array("Key claims.", _ref("claim")),
                "translations": _array("One for each output language.", _translation()),
                "coverage": _coverage(),
                "findings": _array("What was found about the whole report.", _ref("finding")),
                "run": _run(),
            },
            optional=("input",),
        ),
        "$defs": {
            "evidence": _evidence(),
            "finding": _finding(),
            "statement": _object(
                "A sentence of the summary and what it rests on.", _statement_fields()
            ),
            "claim": _object(
                "A key claim: a statement, who made it, and of what kind it is.",
                _statement_fields() | _claim_fields(),
            ),
        },
    }


def _source() -> _Schema:
    return _object(
        "The article.",
        {
            "uri": _text("The path as given, - for standard input, or the id of a record."),
            "media_type": _text("Such as text/plain."),
            "title": _or_null(_text("Its title, if it has one.")),
            "language": _or_null(_text("Its language, BCP 47.", pattern=_LANGUAGE)),
            "characters": _count("Code points of the text."),
            "tokens": _count("Tokens of the text."),
            "sentences": _count("Sentences of the text."),
            "sha256": _text("SHA-256 of the text in UTF-8.", pattern=_SHA256),
        },
    )


def _statement_fields() -> _Schema:
    return {
        "text": _text("The statement, in the article's language.", least=1),
        "evidence": _array("The sentences it rests on.", _ref("evidence")),
        "support": {
            "enum": ["supported", "partial", "unsupported"],
            "description": "supported: cites evidence and no check failed. It never says true.",
        },
        "findings": _array("What the checks found.", _ref("finding")),
    }


def _claim_fields() -> _Schema:
    return {
        "kind": {
            "enum": list(KINDS),
            "description": "What kind of claim it is.",
        },
        "speaker": _or_null(_text("Who says it, by name; null: the article itself.", least=1)),
        "speaker_as_written": _or_null(
            _text("The article's words that name the speaker.", least=1)
        ),
        "importance": {
            "type": "integer",
            "minimum": 1,
            "maximum": 3,
            "description": "1 (least) to 3 (most).",
        },
    }


def _evidence() -> _Schema:
    return _object(
        "A sentence of the article, word for word: text[start:end] == quote.",
        {
            "sentence": {"type": "integer", "minimum": 1, "description": "Its number, from 1."},
            "quote": _text("Its words."),
            **_span_fields(),
        },
    )


def _finding() -> _Schema:
    return _object(
        "What a check found.",
        {
            "code": _text("Stable and documented.", pattern=_CODE),
            "message": _text("One sentence: what was compared."),
            "start": _or_null(_count("Where it starts in the article.")),
            "end": _or_null(_count("Where it ends, exclusive.")),
        },
    )


def _translation() -> _Schema:
    return _object(
        "Summary and claims in another language, item by item, or the whole article.",
        {
            "language": _text("BCP 47.", pattern=_LANGUAGE),
            "title": _or_null(_text("The title, if there is one.")),
            "summary": _array("As many as the summary has statements.", {"type": "string"}),
            "claims": _array("As many as there are claims.", {"type": "string"}),
            "text": _or_null(_text("The whole article, if it was asked for.")),
            "findings": _array("What the checks found.", _ref("finding")),
            "segments": _array(
                "All prose of the article, in its order; empty if it was not asked for.", _segment()
            ),
            "glossary": _array("Terms and names that were kept to, or found.", _term()),
        },
    )


def _segment() -> _Schema:
    return _object(
        "A piece of prose of the article, and what stands in its place in the translated text.",
        {
            "kind": {"enum": list(SEGMENT_KINDS), "description": "What it is in the article."},
            **_span_fields(),
            "source": _text("The article's own: text[start:end] == source."),
            "target": _text("What takes its place."),
            "state": {
                "enum": list(SEGMENT_STATES),
                "description": "same: nothing in it to translate. kept: it could not be "
                "translated, and the source stands.",
            },
            "findings": _array("What the checks found; of a kept one, why.", _ref("finding")),
        },
    )


def _term() -> _Schema:
    return _object(
        "A term or name, and how it is translated wherever it occurs.",
        {
            "source": _text("As the article has it."),
            "target": _text("The same in the other language."),
            "note": _text("For the translator; may be empty."),
            "language": _or_null(_text("The other language, BCP 47.", pattern=_LANGUAGE)),
            "binding": {"type": "boolean", "description": "Whether the user gave it."},
        },
    )


def _coverage() -> _Schema:
    chunk = _span_fields() | {"tokens": _count("Tokens of the chunk.")}
    return _object(
        "What of the article the model was shown.",
        {
            "characters": _count("Code points of the text."),
            "sent": _count("Code points that were in an answered request."),
            "chunks": _array("What was sent.", _object("A chunk.", chunk)),
            "missing": _array("What was not sent.", _object("A gap.", _span_fields())),
            "profile": _array(
                "Share of all citations in each fifth of the text; empty where nothing is cited.",
                {"type": "number", "minimum": 0, "maximum": 1},
            )
            | {"maxItems": 5},
        },
    )


def _run() -> _Schema:
    return _object(
        "How the report was made.",
        {
            "summ": _text("Version of summ."),
            "model": _text("Model id."),
            "endpoint": _text("Base URL without secrets, or built-in."),
            "prompts_sha256": _text("SHA-256 of the prompts used.", pattern=_SHA256),
            "calls": _count("Requests sent, retries included."),
            "cached_calls": _count("Answers that came from a store."),
            "prompt_tokens": _count("Tokens read, as the server counts them."),
            "completion_tokens": _count("Tokens written, as the server counts them."),
            "cached_tokens": _count("Of prompt_tokens, those from the server's prefix cache."),
            "cost_usd": {
                "type": ["number", "null"],
                "minimum": 0,
                "description": "US dollars; null when no price is known.",
            },
            "seconds": {"type": "number", "minimum": 0, "description": "Wall time."},
            "statements": _object(
                "How the checks of summary and claims came out.",
                {
                    "total": _count("Sentences of the summary, and claims."),
                    "doubtful_before_repair": _count(
                        "Of what the model wrote first, those in which a check found something."
                    ),
                    "doubtful": _count("Those that are not supported in this report."),
                },
            ),
        },
    )


def _span_fields() -> _Schema:
    return {
        "start": _count("Where it starts."),
        "end": _count("Where it ends, exclusive."),
    }


def _object(description: str, properties: _Schema, optional: Sequence[str] = ()) -> _Schema:
    """An object with exactly these keys, of which those named in `optional` may be missing."""
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _array(description: str, items: _Schema) -> _Schema:
    return {"type": "array", "items": items, "description": description}


def _text(description: str, pattern: str | None = None, least: int = 0) -> _Schema:
    limits = {"pattern": pattern} if pattern else {"minLength": least} if least else {}
    return {"type": "string", "description": description} | limits


def _count(description: str) -> _Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _or_null(value: _Schema) -> _Schema:
    return value | {"type": [value["type"], "null"]}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}
