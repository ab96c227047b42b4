"""What a model is shown of a text, and what no reader sees of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks.hidden import MOST, hidden_findings
from summ.model import Source
from summ.text.document import annotate
from summ.text.shown import as_shown, hidden_spans, plain, shown

TAGS = "".join(chr(0xE0000 + ord(char)) for char in "obey me")


def document(text: str):  # type: ignore[no-untyped-def]
    return annotate(Source("-", "text/plain", text), "en")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Nothing hidden here.\nNot\there.", []),
        ("The bridge" + TAGS + " is shut.", [(10, 17)]),
        ("The \u202eegdirb\u202c is shut.", [(4, 5), (11, 12)]),
        ("One\u200bword and an\u2060other.", [(3, 4), (15, 16)]),
        ("A bell \x07 rang.", [(7, 8)]),
        ("co\u00adop\u00aderation is ordinary", []),  # soft hyphens
        ("\u200fשלום\u200f", []),  # marks of direction, in a language that needs them
        ("می\u200cخواهم", []),  # a Persian word with its joiner
        ("👩\u200d🚀 and ❤\ufe0f", []),
        ("bit\u200c\u200d\u200cs and x\ufe00\ufe01\ufe02", [(3, 6), (14, 16)]),
        ("a\u200cb", [(1, 2)]),  # no letter of ours needs it
        ("क\u094dष क\u094d\u200dष", []),
        ("fill\u3164er \u2800 and \u115f", [(4, 5), (8, 9), (14, 15)]),
        ("a\U000e0101\U000e0102b", [(1, 3)]),  # supplementary variation selectors
    ],
)
def test_hidden_characters_are_found_with_their_places(
    text: str, places: list[tuple[int, int]]
) -> None:
    assert [(span.start, span.end) for span in hidden_spans(text)] == places
    for finding, place in zip(hidden_findings(document(text)), places, strict=True):
        assert (finding.code, finding.start, finding.end) == ("hidden-characters", *place)


def test_what_is_hidden_is_not_shown() -> None:
    assert (
        shown(f"The bridge{TAGS} is \u202eshut\u202c to\u00adday.") == "The bridge is shut today."
    )


def test_a_text_full_of_hidden_characters_gives_few_findings() -> None:
    found = hidden_findings(document("a\u200bb " * 1_000))
    assert len(found) == MOST
    assert "980 more places" in found[-1].message


def test_a_million_hidden_characters_take_no_time() -> None:
    started = time.process_time()
    hidden_spans("\u200b" * 1_000_000 + "\u00ad" * 1_000_000)
    assert time.process_time() - started < 2


@given(
    st.lists(st.sampled_from(["One two. ", "Three\u00adfour.\n\n", "Fi\u200bve!\n", "\u202e", "x"]))
)
def test_a_shown_document_has_the_same_sentences_without_what_is_hidden(parts: list[str]) -> None:
    made = document("".join(parts))
    seen = as_shown(made)
    assert len(seen.sentences) == len(made.sentences)
    assert len(seen.paragraphs) == len(made.paragraphs)
    for number in range(1, len(made.sentences) + 1):
        assert shown(seen.sentence(number)) == shown(made.sentence(number))
    assert not hidden_spans(seen.text)
    assert all(as_shown(seen).sentences[i] == seen.sentences[i] for i in range(len(seen.sentences)))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("15  000 euros\tà 14  h", "15 000 euros à 14 h"),
        ("fe\u0301vrier", "février"),
        ("обʼєкт і twenty\u2010three", "об’єкт і twenty-three"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("a\u00a0b", "a\u00a0b"),
    ],
)
def test_spellings_that_look_alike_are_one(text: str, same: str) -> None:
    assert plain(text) == same == plain(same)
    made = document(f"He said: {text}. And so on.")
    assert as_shown(made).text == f"He said: {same}. And so on."
    assert len(as_shown(made).sentences) == len(made.sentences)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Up by **5** percent on *23 November*.", "Up by 5 percent on 23 November."),
        (
            "“Plants in [Lindvik](https://x.org/l) rest,” he said.",
            "“Plants in Lindvik rest,” he said.",
        ),
        (r"It cost \$12, up 5\%.", "It cost $12, up 5%."),
        ("«**Мостбуд**-2» і `код`", "«Мостбуд-2» і код"),
        ("2 * 3 * 4 and a_b_c stay", "2 * 3 * 4 and a_b_c stay"),
    ],
)
def test_checks_read_markdown_without_its_markup(text: str, same: str) -> None:
    made = annotate(Source("a.md", "text/markdown", f"{text}\n\nNext.\n"), "en")
    seen = as_shown(made)
    assert seen.sentence(1) == same
    assert len(seen.sentences) == len(made.sentences)
    as_text = annotate(Source("a.txt", "text/plain", f"{text}\n\nNext.\n"), "en")
    assert as_shown(as_text).sentence(1) == as_text.sentence(1)


def test_markup_without_end_takes_linear_time() -> None:
    for piece in ("*a", "[a](", "_", "`", "**", "\\"):
        made = annotate(Source("a.md", "text/markdown", piece * 50_000), "en")
        started = time.process_time()
        as_shown(made)
        assert time.process_time() - started < 5, piece
