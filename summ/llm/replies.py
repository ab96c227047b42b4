"""From what a model wrote to data that meets a schema; hostile text is expected."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from summ.errors import MalformedReplyError
from summ.llm.scan import Candidate, candidates

MAX_LENGTH = 1_000_000
"""Code points of a reply that are looked at; no request of ours allows a tenth of it."""
MAX_CANDIDATES = 64
"""Pieces of JSON that are tried; a model that writes more is not answering."""

_OPEN = re.compile(r"\s*+<(think|thinking)>", re.IGNORECASE)
_CLOSE = re.compile(r"</(?:think|thinking)>", re.IGNORECASE)
# Within a string of JSON no bare line break can follow it.
_LONE_CLOSE = re.compile(r"</(?:think|thinking)>(?=[ \t\r]*+(?:\n|[{\[`]|\Z))", re.IGNORECASE)
_LONE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A reply that was understood.

    Attributes:
        data: meets the schema; None where none was asked for.
        dropped: incomplete items left off the end of a cut array.
        text: the reply without its `<think>` block and without lone surrogates.
    """

    data: Any
    dropped: int
    text: str


def parse_reply(text: str, schema: Mapping[str, Any] | None) -> Parsed:
    """Read a reply.

    With a schema, the first piece of JSON in it that meets the schema counts, whatever
    prose or code fence stands around it. Tolerated: a comma too many, a line break inside a
    string, a list of one around the object, the bare array where the schema wants an
    object with that array as its only property, and an end that is missing (see `scan`),
    with what arrays should have followed: they are empty then.

    Raises:
        MalformedReplyError: no piece meets the schema; the message says why and quotes
            nothing of the reply.
    """
    text = strip_think(scrub(text))
    if schema is None:
        return Parsed(None, 0, text)
    if len(text) > MAX_LENGTH:
        raise _malformed("it is far too long", text)
    data, dropped = _search(text, schema)
    return Parsed(data, dropped, text)


def strip_think(text: str) -> str:
    """`text` without the thoughts in front of the answer, and without white space around.

    A block that is never closed leaves nothing. A closing tag alone at the end of a line or
    in front of JSON (the opening one was part of the prompt) ends the thoughts too, unless
    the text in front of it is JSON or a fence itself: then it belongs to the answer.
    """
    at, stripped = 0, False
    while opened := _OPEN.match(text, at):
        closed = _CLOSE.search(text, opened.end())
        if closed is None:
            return ""
        at, stripped = closed.end(), True
    rest = text[at:].strip()
    if stripped or rest.startswith(("{", "[", "`")):
        return rest
    closed = _LONE_CLOSE.search(rest)
    if closed and not re.search(r"<think", rest[: closed.start()], re.IGNORECASE):
        return rest[closed.end() :].strip()
    return rest


def scrub(text: str) -> str:
    """`text` with lone surrogates, which UTF-8 cannot hold, as U+FFFD."""
    if not _LONE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _search(text: str, schema: Mapping[str, Any]) -> tuple[Any, int]:
    """The value that counts, and how many items were dropped.

    Tried in this order: as it stands (complete ones, then a cut one, which is always the
    last), then arrays put into the object that the schema wants, the longest first.
    """
    check = _validator(json.dumps(schema, sort_keys=True))
    arrays: list[tuple[list[Any], Candidate]] = []
    why, longest = "it holds no JSON", -1
    for candidate in islice(candidates(text), MAX_CANDIDATES):
        try:
            data = _value(candidate, schema)
            problem = check(data)
        except _BadValueError as error:
            data, problem = None, str(error)
        if isinstance(data, list):
            # A stray array may be an inner one of a broken reply: taking it for the
            # whole would lose the rest without a word.
            arrays += [] if candidate.stray else [(data, candidate)]
            if len(data) == 1 and isinstance(data[0], dict) and not check(data[0]):
                return data[0], candidate.dropped
        if not problem:
            return data, candidate.dropped
        if len(candidate.json) > longest:
            why, longest = problem, len(candidate.json)
    if name := _only_array(schema):
        for items, candidate in sorted(arrays, key=lambda pair: -len(pair[1].json)):
            if not check({name: items}):
                return {name: items}, candidate.dropped
    raise _malformed(why, text)


def _value(candidate: Candidate, schema: Mapping[str, Any]) -> Any:
    """The value of a candidate; of a cut one with what it had not come to."""
    data = _load(candidate.json)
    if candidate.cut and isinstance(data, dict) and any(data.values()):
        return _not_come_to(schema) | data
    return data


class _BadValueError(ValueError):
    """A value that JSON allows and summ does not; says which in a few words."""


def _load(text: str) -> Any:
    """The value of a piece of JSON whose depth and numbers `scan` has bounded."""
    try:
        data = json.loads(
            text, strict=False, parse_float=_float, object_pairs_hook=_object_without_repeats
        )
    except json.JSONDecodeError as error:
        raise _BadValueError("a string in it has a bad escape") from error
    # Only an escape can have brought surrogates in: the text itself was scrubbed.
    return _scrub_all(data) if "\\u" in text else data


def _float(digits: str) -> float | int:
    """A finite number; a whole one as `int`, since 3.0 is how some models write 3."""
    value = float(digits)
    if not math.isfinite(value):
        raise _BadValueError("a number in it is too large")
    return int(value) if value.is_integer() and abs(value) < 2.0**53 else value


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; which of two equal keys is meant, nobody can tell."""
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _BadValueError("an object in it has the same key twice")
    return result


def _scrub_all(data: Any) -> Any:
    """`data` with every string scrubbed; no deeper than `scan.MAX_DEPTH`."""
    if isinstance(data, str):
        return scrub(data)
    if isinstance(data, list):
        return [_scrub_all(item) for item in data]
    if isinstance(data, dict):
        return {scrub(key): _scrub_all(value) for key, value in data.items()}
    return data


@lru_cache(maxsize=64)
def _validator(schema: str) -> Callable[[Any], str]:
    """A function that says what is wrong with a value, or nothing.

    Raises:
        fastjsonschema.JsonSchemaDefinitionException: `schema` is none; a bug of ours.
    """
    import fastjsonschema

    validate = fastjsonschema.compile(json.loads(schema), use_default=False)

    def check(data: Any) -> str:
        try:
            validate(data)
        except fastjsonschema.JsonSchemaValueException as error:
            # fastjsonschema names the surplus keys, and those are the model's own words.
            if error.rule == "additionalProperties":
                return f"{error.name} has properties that are not allowed"
            return " ".join(str(error.message).split())[:200]
        return ""

    return check


def _not_come_to(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The arrays that the schema wants: empty, where a reply was cut before it came to them."""
    properties = schema.get("properties", {})
    return {
        name: []
        for name in schema.get("required", ())
        if properties.get(name, {}).get("type") == "array"
    }


def _only_array(schema: Mapping[str, Any]) -> str | None:
    """Name of the array that is all there is in the object, if it is so."""
    properties = schema.get("properties")
    if schema.get("type") != "object" or not isinstance(properties, Mapping):
        return None
    if len(properties) != 1:
        return None
    name, inner = next(iter(properties.items()))
    return str(name) if isinstance(inner, Mapping) and inner.get("type") == "array" else None


def _malformed(why: str, text: str) -> MalformedReplyError:
    """The error for a reply without an acceptable value."""
    return MalformedReplyError(
        f"The model's reply is not the JSON that was asked for: {why}.",
        "Try again, or use a larger model.",
        text=text,
    )
