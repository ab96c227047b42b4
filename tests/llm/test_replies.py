from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import MalformedReplyError
from summ.llm.replies import MAX_LENGTH, parse_reply, scrub, strip_think
from summ.llm.scan import candidates
from tests.llm.helpers import GOOD, SCHEMA

TEXT = json.dumps(GOOD)
ITEM = '{"text":"a","cites":[1,2]}'
NUMBERS: dict[str, Any] = {
    "type": "object",
    "properties": {"n": {"type": "array", "items": {"type": "integer"}}},
    "required": ["n"],
    "additionalProperties": False,
}
# Every character but lone surrogates: those are cleaned away, and no item survives as it was.
strings = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ['"', "\\", "</think>", "<think>", "```", "[{", "}]", ",]", '{"items":[]}']
)
items = st.lists(
    st.fixed_dictionaries({"text": strings, "cites": st.lists(st.integers(0, 99), max_size=3)}),
    max_size=5,
)
# Prose that does not itself look like JSON.
prose = st.text(st.characters(exclude_characters="{[<`"), max_size=30)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"```json\n{TEXT}\n```",
        f"Sure! Here it is:\n\n{TEXT}\n\nAnything else?",
        f'<think>\nMaybe {{"items": []}} or [1]?\n</think>\n{TEXT}',
        f"thoughts without a beginning</think>{TEXT}",
        f"<THINKING>x</THINKING><think></think>{TEXT}",
        f"[1] says so [Note 2: {TEXT}] and {{curly}}",
        f"[{TEXT}]",
        f"[{ITEM}]",
        '{"items":[{"text":"a","cites":[1,2,],},],}',
        '{"items":[{"text":"a","cites":[1.0,2e0]}]}',
        f'{{"other": 1}} {TEXT}',
        f"[1]\n{TEXT}",
        f'{{"broken" {TEXT}',
    ],
)
def test_what_is_tolerated(text: str) -> None:
    parsed = parse_reply(text, SCHEMA)
    assert (parsed.data, parsed.dropped) == (GOOD, 0)


@pytest.mark.parametrize(
    ("text", "count", "dropped"),
    [
        (f'{{"items":[{ITEM},{ITEM}', 2, 0),
        (f'{{"items":[{ITEM},{ITEM}]', 2, 0),
        (f'{{"items":[{ITEM},{ITEM},', 2, 0),
        (f'{{"items":[{ITEM},{{"text":"ha', 1, 1),
        (f'{{"items":[{ITEM},{{"text":"ha","cites":[1,2', 1, 1),
        (f'{{"items":[{ITEM},{{"text":"ha","cites":[1,2]', 1, 1),
        (f'{{"items":[{ITEM},{{"text":"ha\\', 1, 1),
        (f'```json\n{{"items":[{ITEM},{{"te\n```', 1, 1),
        (f"[{ITEM},{{", 1, 1),
    ],
)
def test_a_cut_array_keeps_its_complete_items(text: str, count: int, dropped: int) -> None:
    parsed = parse_reply(text, SCHEMA)
    assert (parsed.data, parsed.dropped) == ({"items": GOOD["items"] * count}, dropped)


TWO: dict[str, Any] = {
    "type": "object",
    "properties": {**NUMBERS["properties"], "m": NUMBERS["properties"]["n"]},
    "required": ["n", "m"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    "text",
    ['{"n": [1, 2], "m": [3, 4', '{"n": [1, 2], "m": [', '{"n": [1, 2'],
)
def test_arrays_that_a_cut_reply_had_not_come_to_are_empty(text: str) -> None:
    parsed = parse_reply(text, TWO)
    assert parsed.data["n"][0] == 1
    assert len(parsed.data["m"]) <= 2


def test_a_cut_reply_without_anything_complete_is_none() -> None:
    for text in ('{"n": [', '{"n": [], "m"', "{"):
        with pytest.raises(MalformedReplyError):
            parse_reply(text, TWO)


@pytest.mark.parametrize(
    ("text", "data", "dropped"),
    [
        ('{"n":[1,2,3', [1, 2], 1),
        ('{"n":[1,2,3]', [1, 2, 3], 0),
        ('{"n":[1,-', [1], 1),
        ('{"n":[1,2.', [1], 1),
    ],
)
def test_a_number_at_the_very_end_may_have_lost_digits(
    text: str, data: list[int], dropped: int
) -> None:
    parsed = parse_reply(text, NUMBERS)
    assert (parsed.data, parsed.dropped) == ({"n": data}, dropped)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no JSON"),
        ("I can't do that.", "no JSON"),
        ("<think>never closed " + TEXT, "no JSON"),
        ('{"items":', "no JSON"),
        ('{"items":[{"te', "no JSON"),
        ('{"items":[{"text":"a"}]}', "must contain"),
        ('{"items":[{"text":"a","cites":[],"secret words":1}]}', "not allowed"),
        ('{"items":[{"text":"a","text":"b","cites":[]}]}', "same key twice"),
        ('{"items":[{"text":"\\x","cites":[]}]}', "bad escape"),
        ('{"items":[{"text":"a","cites":[1e999]}]}', "too large"),
        ('{"items":[{"text":"a","cites":[NaN]}]}', "no JSON"),
        ('{"items":[{"text":"a","cites":[' + "9" * 5000 + "]}]}", "no JSON"),
        ('{"items":' + "[" * 5000 + "]" * 5000 + "}", "JSON that was asked for"),
        (f'{{"items":[{ITEM},oops,{ITEM}]}}', "must contain"),
        (f'{{"items":[{ITEM},oops,[{ITEM}]]}}', "must be object"),
        ('{"items":[{"text":"a" "cites":[]}]}', "must be object"),
        (f"{{'items':[{ITEM}]}}", "must be object"),
        ("x" * (MAX_LENGTH + 1), "too long"),
    ],
)
def test_what_is_not(text: str, why: str) -> None:
    with pytest.raises(MalformedReplyError, match=why) as caught:
        parse_reply(text, {**SCHEMA, "minProperties": 1})
    assert "secret words" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_an_object_that_only_lacks_its_end() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    assert parse_reply('{"a":"x"', schema).data == {"a": "x"}
    for cut in ('{"a":"x', '{"a":', '{"a"', '{"a":"x","b', '{"a":"x",'):
        with pytest.raises(MalformedReplyError):
            parse_reply(cut, schema)


def test_thoughts() -> None:
    assert strip_think("<think>a</think> b ") == "b"
    assert strip_think("a\n</think>\n\nb") == "b"
    assert strip_think("a </think> b") == "a </think> b"
    assert strip_think("<think>a") == ""
    assert strip_think("the tags <think> and </think>") == "the tags <think> and </think>"
    assert strip_think('{"t": "</think>"}') == '{"t": "</think>"}'


def test_lone_surrogates_become_replacement_characters() -> None:
    parsed = parse_reply(
        '\ud800{"items":[{"text":"\\ud83d\\ude00 \\ud800","cites":["\\udfff"]}]}', SCHEMA
    )
    assert parsed.data == {"items": [{"text": "😀 �", "cites": ["�"]}]}
    parsed.text.encode()
    assert scrub("a\ud83d\ude00b\udc00") == "a😀b�"


def test_free_text() -> None:
    parsed = parse_reply("<think>x</think>\n{words}\n", None)
    assert (parsed.data, parsed.text) == (None, "{words}")


@given(items, prose, prose, st.sampled_from(["", "```json\n", "<think>[1] {}</think>"]))
@settings(max_examples=200, deadline=None)
def test_any_reply_in_any_prose_is_found(
    wanted: list[Any], before: str, after: str, first: str
) -> None:
    text = first + before + json.dumps({"items": wanted}) + after
    # Quotation marks in prose may open a string, and a closing tag ends thoughts: not here.
    assert parse_reply(text, SCHEMA).data == {"items": wanted}


@given(items, st.data(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_cut_keeps_a_prefix_of_complete_items(
    wanted: list[Any], data: st.DataObject, ascii_only: bool
) -> None:
    text = json.dumps({"items": wanted}, ensure_ascii=ascii_only)
    cut = text[: data.draw(st.integers(0, len(text)))]
    try:
        parsed = parse_reply(cut, SCHEMA)
    except MalformedReplyError:
        return
    kept = parsed.data["items"]
    assert kept == wanted[: len(kept)]
    # Nothing that was complete is lost, and what was begun is counted.
    begun = sum(
        cut.startswith(json.dumps({"items": wanted[: n + 1]}, ensure_ascii=ascii_only)[:-2])
        for n in range(len(wanted))
    )
    assert len(kept) == begun


@given(
    st.text(max_size=60)
    | st.text('{}[]",:\\ \n-0123456789.eEtrufalsn<>/think`', max_size=80)
    | st.binary(max_size=60).map(lambda b: b.decode("utf-8", "surrogateescape"))
)
@settings(max_examples=200, deadline=None)
def test_no_text_raises_anything_else(text: str) -> None:
    for schema in (SCHEMA, NUMBERS, {"type": "object"}, None):
        try:
            parsed = parse_reply(text, schema)
        except MalformedReplyError:
            continue
        json.dumps(parsed.data, ensure_ascii=False).encode()


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**20), 10**20)
        | st.floats(allow_nan=False, allow_infinity=False)
        | strings,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strings, inner, max_size=4),
        max_leaves=20,
    )
)
@settings(max_examples=200, deadline=None)
def test_the_scanner_finds_whole_values(value: Any) -> None:
    for indent in (None, 2):
        text = json.dumps({"v": value}, indent=indent)
        assert [json.loads(c.json) for c in candidates(text)] == [{"v": value}]


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "[",
        '"',
        '["',
        '{"a":',
        "[1,",
        "\\",
        '["\\"',
        "<think>",
        "</think>",
        "[[[x",
        "[ ",
        "{ ",
        "[t",
        "[]",
        '{"a":"',
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        for schema in (SCHEMA, None):
            try:
                parse_reply(text, schema)
            except MalformedReplyError:
                continue
        return time.process_time() - start

    # Quadratic would be 16 times as much for 4 times the text; small ones drown in noise.
    assert cost(80_000) < max(0.05, 9 * cost(20_000))
