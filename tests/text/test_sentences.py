"""Sentences and paragraphs: hard cases, exact tiling, layout, hostile input, an oracle."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import regex
import sentencex
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.model import Span
from summ.text.sentences import split_paragraphs, split_sentences
from tests.text.sentence_cases import CASES, LAYOUT, read

HARD = [
    pytest.param(case, id=f"{group}-{number}")
    for group, cases in {**CASES, **LAYOUT}.items()
    for number, case in enumerate(cases, 1)
]


def tiles(text: str, spans: tuple[Span, ...]) -> bool:
    if not text:
        return spans == ()
    joined = all(left.end == right.start for left, right in pairwise(spans))
    return joined and spans[0].start == 0 and spans[-1].end == len(text)


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


def paragraphs(text: str) -> list[str]:
    return [span.of(text) for span in split_paragraphs(text, split_sentences(text))]


@pytest.mark.parametrize("case", HARD)
def test_splits_where_the_case_says(case: str) -> None:
    text, starts = read(case)
    expected = [text[a:b] for a, b in pairwise([0, *starts, len(text)])]
    assert pieces(text) == expected


def test_there_are_ten_cases_for_each_main_language() -> None:
    for language in ("en", "de", "uk", "ru", "ar", "hi", "zh", "ja"):
        assert len(CASES[language]) >= 10


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" \n ", 1), ("word", 1), ("\n\n\nA b.\n\n", 1), ("...", 1)]
)
def test_small_texts(text: str, count: int) -> None:
    spans = split_sentences(text)
    assert tiles(text, spans)
    assert len(spans) == count


def test_wide_scripts_wrapped_to_a_width_are_joined_over_line_breaks() -> None:
    sentence = "会议持续了整整三天代表们讨论了许多问题但是没有达成任何协议所以他们决定明年再见面。"
    flat = sentence * 6
    lines = "\n".join(flat[at : at + 32] for at in range(0, len(flat), 32))
    assert [piece.replace("\n", "") for piece in pieces(lines)] == [sentence] * 6


def test_german_nouns_after_a_line_break_do_not_start_sentences() -> None:
    text = (
        "Die Fähre kam am frühen Morgen in den kleinen Hafen zurück, und die ganze\n"
        "Stadt stand am Kai, um zu sehen, wer an Bord war und was die lange\n"
        "Reise gebracht hatte. Niemand hatte damit gerechnet, dass der alte\n"
        "Kapitän noch einmal selbst am Ruder stehen würde, denn er war schon sehr\n"
        "krank.\n"
    )
    assert len(pieces(text)) == 2
    assert len(paragraphs(text)) == 1


class TestParagraphs:
    def test_blank_lines_divide(self) -> None:
        assert paragraphs("One. Two.\n\nThree.\n \n\nFour") == [
            "One. Two.\n\n",
            "Three.\n \n\n",
            "Four",
        ]

    def test_a_paragraph_a_line(self) -> None:
        text = (
            "The ferry came back on Monday. It was late, as it had been all through the year.\n"
            "Nobody on the quay was surprised, least of all the mayor of the town.\n"
            "“We knew it,” she said. “It is always so.”\n"
            "The next one is due on Friday."
        )
        assert paragraphs(text) == text.splitlines(keepends=True)

    def test_hard_wrapped_text_is_divided_at_blank_lines_only(self) -> None:
        text, _ = read(LAYOUT["wrapped"][0])
        assert len(paragraphs(text)) == 2

    def test_hard_wrapped_text_without_blank_lines_is_divided_after_short_lines(self) -> None:
        text, _ = read(LAYOUT["wrapped"][0])
        assert len(paragraphs(text.replace("\n\n", "\n"))) == 2

    def test_nothing_in_nothing_out(self) -> None:
        assert split_paragraphs("", ()) == ()


FRAGMENTS = (
    ". |! |? |…|...|\n|\n\n|\r\n|\r|\u2028|\u2029| |\u00a0|“|”|\"|«|»|(|)|[1]|- |1. |# |—|;|·|'|*"
    "|Dr|U.S|z. B|т. д|p.m|The|he|Він|він|Αθήνα|3|XIV|iPhone|。|！|」|他说|と|है|।|॥|؟|۔|قال|שלום"
    "|하고|ครับ|ไทย|e\u0301|\u0301|\u200d|👩\u200d👩\u200d👧|🇺🇦|\ufe0f|🏽|\ud800|\udc00|\x00"
)
PIECES = st.sampled_from(FRAGMENTS.split("|"))
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_sentences_and_paragraphs_tile_any_text(text: str) -> None:
    sentences = split_sentences(text)
    assert tiles(text, sentences)
    assert all(span.of(text).strip() for span in sentences) or not text.strip()
    starts = {span.start for span in sentences}
    assert not any(text[start : start + 1].isspace() for start in starts - {0})
    whole = split_paragraphs(text, sentences)
    assert tiles(text, whole)
    assert {span.start for span in whole} <= starts


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_grapheme_cluster_is_divided(text: str) -> None:
    boundaries = {match.start() for match in regex.finditer(r"\X", text)}
    assert {span.start for span in split_sentences(text)} <= boundaries


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["One two.", "Dr. Who", "Він тут", "他来了。", "- x"]), min_size=1))
def test_a_blank_line_always_divides(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    starts = {span.start for span in split_paragraphs(text, split_sentences(text))}
    at = 0
    for part in parts:
        assert at in starts
        at += len(part) + 2


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases])
def test_a_sentence_by_itself_is_a_sentence(case: str) -> None:
    for piece in pieces(read(case)[0]):
        assert pieces(piece) == [piece]


HOSTILE = {
    "mark and quote": '?"',
    "marks": "!",
    "full stops": ".",
    "line breaks": "\n",
    "spaces": " ",
    "letters": "a",
    "opening quotes": "“",
    "closing quotes": ".”",
    "initials": "A. ",
    "short forms": "z. ",
    "remarks": "word ( x?) X",
    "footnotes": ".[1]",
    "short lines": "a\n",
    "guillemets": " »",
    "wide": "。”他",
    "wide and straight": '。"',
    "combining": "\u0301",
    "thai": "กข ",
    "said": 'x?" Aaa Bbb Ccc ',
}


def seconds(text: str) -> float:
    began = time.process_time()
    sentences = split_sentences(text)
    split_paragraphs(text, sentences)
    return time.process_time() - began


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    small = unit * (25_000 // len(unit))
    one = two = 60.0
    for _ in range(12):  # a shared machine is noisy: the best of each, until they are good
        one, two = min(one, seconds(small)), min(two, seconds(small * 2))
        if two < 1.0 and two < 3 * max(one, 0.005):  # a clock tick is too much of 5 ms
            return
    pytest.fail(f"{len(small)} characters take {one:.3f} s, twice as many {two:.3f} s")


def test_speed_on_plain_english() -> None:
    text = " ".join(["The ferry came back on Monday, late as ever, and the quay was full."] * 4000)
    assert min(seconds(text) for _ in range(5)) < 0.1  # 0.28 MB, so 3 MB a second


PLAIN = {
    "en": "The ferry came back. Nobody was surprised. Was it late? It was very late! We went home.",
    "de": "Die Fähre kam zurück. Niemand war überrascht. War sie spät? Sie war spät! Wir gingen.",
    "fr": "Le bateau est revenu. Personne ne fut surpris. Il était tard! Nous sommes rentrés.",
    "es": "El barco volvió. Nadie se sorprendió. Era muy tarde. Nos fuimos a casa.",
    "pl": "Prom wrócił. Nikt nie był zdziwiony. Czy było późno? Było bardzo późno! Poszliśmy.",
    "uk": "Пором повернувся. Ніхто не здивувався. Чи було пізно? Було дуже пізно! Ми пішли.",
    "ru": "Паром вернулся. Никто не удивился. Было ли поздно? Было очень поздно! Мы ушли.",
    "ar": "عادت العبارة. لم يتفاجأ أحد. هل تأخرت؟ نعم تأخرت كثيرا! ذهبنا إلى البيت.",
    "hi": "नाव लौट आई। कोई हैरान नहीं था। क्या देर हुई? बहुत देर हुई! हम घर गए।",
    "zh": "渡轮回来了。没有人惊讶。晚了吗？晚了很久！我们回家了。",
    "ja": "船が戻った。誰も驚かなかった。遅かったか？とても遅かった！私たちは帰った。",
}


@pytest.mark.parametrize("language", PLAIN)
def test_agrees_with_an_independent_splitter_on_plain_prose(language: str) -> None:
    text = PLAIN[language]
    theirs = [found["text"].strip() for found in sentencex.get_sentence_boundaries(language, text)]
    assert [piece.strip() for piece in pieces(text)] == theirs
