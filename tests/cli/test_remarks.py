from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest

from summ.cli.remarks import remarks
from summ.model import Finding, Report, Segment, SegmentState, Translation
from tests.reports import MILL, mill_report, report

Kind = tuple[SegmentState, str]


def whole(kinds: Sequence[Kind], **others: Any) -> Report:
    """A report of one translation, with a segment of two lines for each state and code."""
    segments = tuple(
        Segment("paragraph", 8 * at, 8 * at + 7, "one\ntwo", "ein\nzwei", state, found)
        for at, (state, code) in enumerate(kinds)
        for found in [(Finding(code, f"Message {at}."),) if code else ()]
    )
    text = "\n".join(one.target for one in segments)
    translation = Translation("de", None, (), (), text, segments=segments)
    return report(translations=[translation], **others)


def test_a_faultless_translation_needs_no_words() -> None:
    assert list(remarks(whole([("translated", ""), ("same", "")]))) == []


def test_what_stands_is_counted_and_little_that_was_found_is_told_with_its_line() -> None:
    assert list(remarks(mill_report())) == [
        "mill.md → de: 1 of 9 segments could not be translated and stands in the source "
        "language, marked ⚠ (line 7).",
        "mill.md → de, line 3: Not in the translation: 412,600.",
    ]


def test_a_segment_that_is_translated_in_part_is_told_with_its_mark() -> None:
    assert list(remarks(whole([("translated", ""), ("translated", "wrong-language")]))) == [
        "standard input → de, line 3, marked ⚠: Message 1."
    ]


def test_much_that_was_found_is_counted_and_the_first_figures_are_told() -> None:
    figures: Kind = ("translated", "number-changed")
    kinds: list[Kind] = [
        ("kept", "untranslated"),
        ("translated", "length-ratio"),
        ("kept", "refusal"),
        ("translated", "name-differs"),
        ("translated", "term-not-kept"),
        ("translated", "wrong-language"),
        *[figures] * 4,
    ]
    first, *others = remarks(whole(kinds))
    assert first == (
        "standard input → de: 2 of 10 segments could not be translated and stand in the source "
        "language, marked ⚠ (lines 1, 5); figures may differ in 4 (lines 13, 15, 17, 19); words "
        "of the original are left in 1 (line 11); terms of the glossary may be missing in 1 "
        "(line 9); names may differ in 1 (line 7); checks found something in 1 (line 3). "
        "-v tells each."
    )
    assert others == [f"standard input → de, line {2 * at + 1}: Message {at}." for at in (6, 7, 8)]


@pytest.mark.parametrize(("count", "lines"), [(6, 6), (7, 4)])
def test_little_ends_where_a_person_stops_reading(count: int, lines: int) -> None:
    assert len(list(remarks(whole([("translated", "number-changed")] * count)))) == lines


def test_the_lines_are_those_of_the_translated_text() -> None:
    made = mill_report()
    text = made.translations[0].text or ""
    line, _ = remarks(made)
    assert "line 7" in line
    assert text.splitlines()[6] == "- Bread | every Saturday"


def test_many_lines_are_not_all_told() -> None:
    (line,) = remarks(whole([("kept", "refusal")] * 500))
    assert line.endswith("(lines 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 490 more).")


def test_where_segments_are_laid_out_anew_the_lines_are_those_of_the_article() -> None:
    made = mill_report()
    (one,) = made.translations
    first = dataclasses.replace(one.segments[0], target="Die\nMühle")
    text = (one.text or "").replace(one.segments[0].target, first.target)
    longer = dataclasses.replace(one, text=text, segments=(first, *one.segments[1:]))
    made = dataclasses.replace(made, translations=(longer,))
    assert [line.partition("marked ⚠ ")[2] or line for line in remarks(made, lines=False)] == [
        "(line 7 of the article).",
        "mill.md → de, line 3 of the article: Not in the translation: 412,600.",
    ]
    assert "line 8" in next(remarks(made))


def test_every_finding_on_demand() -> None:
    _, *each = remarks(mill_report(), each=True)
    assert each == [
        "mill.md → de, line 3: Not in the translation: 412,600.",
        "mill.md → de, line 7: The translation is the source.",
    ]
    many = list(remarks(whole([("translated", "number-changed")] * 20), each=True))
    assert len(many) == 21
    assert "-v" not in many[0]


def with_findings(made: Report, *findings: Finding) -> Report:
    (one,) = made.translations
    return dataclasses.replace(made, translations=(dataclasses.replace(one, findings=findings),))


def test_findings_of_the_whole_are_told_once_a_kind() -> None:
    lost = Finding("untranslated", "There is no translation into French.")
    made = whole([("translated", "")], findings=(lost, Finding("input-notice", "UTF-16.")))
    none = Finding("not-answered", "Segments without an answer: 1. It broke.")
    assert list(remarks(with_findings(made, none, none, none))) == [
        "standard input → de: Segments without an answer: 1. It broke. (And 2 more.)"
    ]


def test_html_that_stands_as_it_is_is_told_with_its_lines_in_the_article() -> None:
    made = mill_report()
    (one,) = made.translations
    text = "Uno\n\n\n" + (one.text or "")
    shifted = tuple(
        dataclasses.replace(part, start=part.start + 6, end=part.end + 6) for part in one.segments
    )
    made = dataclasses.replace(
        made, translations=(dataclasses.replace(one, text=text, segments=shifted),)
    )
    html = [
        Finding("markup-kept", "HTML with words in it stands as it is.", at, at + 1)
        for at in (0, 4, 6 + MILL.index("```"))
    ]
    assert next(remarks(with_findings(made, *html))) == (
        "mill.md → de: HTML with words in it stands as it is (lines 1, 2, 12 of the article)."
    )


def test_orders_in_an_article_are_told_with_their_lines() -> None:
    found = [
        Finding("instruction-like-text", f"Sentence {number} reads like an instruction.", at, 19)
        for number, at in ((2, 4), (3, 9))
    ]
    many: list[Kind] = [("translated", "")] * 3
    assert list(remarks(whole(many, findings=tuple(found)))) == [
        "standard input: Sentence 2 reads like an instruction (lines 2, 3 of the article). "
        "(And 1 more.)"
    ]


def test_without_a_text_there_are_no_lines_to_tell() -> None:
    found = Finding("instruction-like-text", "Sentence 2 reads like an instruction.", 0, 5)
    assert list(remarks(report(findings=(found,)))) == [
        "standard input: Sentence 2 reads like an instruction."
    ]
