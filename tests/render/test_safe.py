"""Nothing that a terminal would act on gets through, and nothing else is lost."""

from __future__ import annotations

import json
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.render.safe import clean, dump_json, one_line
from tests.reports import HOSTILE, hostile_texts

# Spelt out again, by category, so that it is not the code under test that judges.
REORDERING = {*range(0x202A, 0x202F), *range(0x2066, 0x2070)}


def dangerous(text: str) -> list[str]:
    """What no output may hold."""
    return [
        character
        for character in text
        if (unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} and character not in "\n\t")
        or ord(character) in REORDERING
        or 0xE0000 <= ord(character) <= 0xE007F
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("osc 52 sets the clipboard", "ab"),
        ("osc 8 makes a link", "aclickb"),
        ("sets the title", "ab"),
        ("dcs", "ab"),
        ("csi clears the screen", "aredb"),
        ("c1 csi", "abc"),
        ("bidi override", "agnp.exeb"),
        ("tag characters", "ab"),
        ("unterminated escapes", "a0;half\nbhalf"),
        ("nul", "ab"),
        ("bel and backspace", "ab"),
        ("cr overwrites the line", "safe\nEVIL\nb\nc\nd"),
    ],
)
def test_what_is_shown_of_hostile_text(name: str, shown: str) -> None:
    assert clean(HOSTILE[name]) == shown


@pytest.mark.parametrize(
    "text",
    [
        "plain\ttext\nof two lines",
        "שלום\u200f! \u200eabc\u061c",  # marks that right-to-left text needs
        "می\u200cخواهم",  # a joiner of Persian
        "👩\u200d👩\u200d👧 🏳\ufe0f\u200d🌈",
        "naïve — «così» … ﷺ 漢字 ไทย e\u0301 a\u00a0b",
    ],
)
def test_honest_text_is_untouched(text: str) -> None:
    assert clean(text) == text


def test_line_breaks_of_every_kind() -> None:
    text = "a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\ni"
    assert clean(text) == "a\nb\nc\nd\ne\nf\ng\nh\ni"
    assert clean(text, keep_newlines=False) == "a b c d e f g h i"
    assert one_line(f"  {text}\t\n j ") == "a b c d e f g h i j"


def test_lone_surrogates_are_replaced() -> None:
    assert clean("a\ud800b\udcff") == "a\ufffdb\ufffd"
    assert clean("\ud83d\x00\ude00") == "\ufffd\ufffd"  # no new character out of two halves


@pytest.mark.parametrize(
    "opener", ["\x1bP", "\x1b]", "\x1bX", "\x1b^", "\x1b_", *"\x90\x98\x9d\x9e\x9f"]
)
@pytest.mark.parametrize("end", ["\x07", "\x1b\\", "\x9c"])
def test_string_sequences_go_with_their_payload(opener: str, end: str) -> None:
    assert clean(f"a{opener}payload{end}b") == "ab"
    assert clean(f"a{opener}payload\n{end}b") == "apayload\nb"


@pytest.mark.parametrize(
    "sequence", ["\x1bc", "\x1b(B", "\x1b#8", "\x1b%G", "\x1b[1 q", "\x1b[?25l"]
)
def test_other_sequences_go_whole(sequence: str) -> None:
    assert clean(f"é{sequence}é") == "éé"


def test_a_payload_never_hides_the_next_line() -> None:
    assert "the truth" in clean("\x1b]0;title\nthe truth\x07")


@settings(deadline=None)
@given(hostile_texts())
def test_clean_is_safe_and_done_once(text: str) -> None:
    shown = clean(text)
    assert not dangerous(shown)
    assert clean(shown) == shown
    assert one_line(one_line(text)) == one_line(text)
    assert "\n" not in clean(text, keep_newlines=False)
    shown.encode()


@pytest.mark.parametrize(
    "piece",
    ["\x1b]", "\x1b[", "\x1b", "\x9b1;", "\x1bP\x9d", "\x1b]x", "\u202e", "\r", "a", "\x1b[1;"],
)
def test_clean_takes_linear_time(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    one_line(text)
    one_line(piece[:2] + "0" * 400_000)  # one endless sequence
    assert time.process_time() - started < 1.5


def exact(value: Any) -> Any:
    """`value` as JSON can carry it: lone surrogates replaced, one for one."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, list):
        return [exact(item) for item in value]
    return {exact(k): exact(v) for k, v in value.items()} if isinstance(value, dict) else value


@settings(deadline=None)
@given(st.lists(hostile_texts()) | st.dictionaries(hostile_texts(), hostile_texts()))
def test_json_is_exact_and_safe(data: Any) -> None:
    for indent in (None, 2):
        document = dump_json(data, indent=indent)
        assert not dangerous(document)
        assert clean(document) == document
        assert json.loads(document) == exact(data)
    assert "\n" not in dump_json(data)


def test_json_keeps_readable_text_readable() -> None:
    assert dump_json({"a": "Київ “x”", "b": [1, None]}) == '{"a":"Київ “x”","b":[1,null]}'


def test_json_has_no_nan() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dump_json(float("nan"))
