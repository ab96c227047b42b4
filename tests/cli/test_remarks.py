from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from summ.cli.remarks import remarks
from summ.model import Finding, Report, Segment, SegmentState, Translation
from tests.reports import mill_report, report

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


def test_one_line_tells_what_stands_and_what_may_differ_and_where() -> None:
    assert list(remarks(mill_report())) == [
        "mill.md → de: 1 of 9 segments could not be translated and stands in the source "
        "language, marked ⚠ (line 7); figures may differ in 1 (line 3)."
    ]


def test_segments_are_counted_by_what_was_found() -> None:
    kinds: list[Kind] = [
        ("kept", "untranslated"),
        ("translated", "number-changed"),
        ("translated", "length-ratio"),
        ("kept", "refusal"),
        ("translated", "name-differs"),
        ("translated", "term-not-kept"),
        ("translated", "wrong-language"),
    ]
    (line,) = remarks(whole(kinds))
    assert line == (
        "standard input → de: 2 of 7 segments could not be translated and stand in the source "
        "language, marked ⚠ (lines 1, 7); figures may differ in 1 (line 3); words of the original "
        "are left in 1 (line 13); terms of the glossary may be missing in 1 (line 11); names may "
        "differ in 1 (line 9); checks found something in 1 (line 5)."
    )


def test_the_lines_are_those_of_the_translated_text() -> None:
    made = mill_report()
    text = made.translations[0].text or ""
    (line,) = remarks(made)
    assert "line 7" in line
    assert text.splitlines()[6] == "- Bread | every Saturday"


def test_many_lines_are_not_all_told() -> None:
    (line,) = remarks(whole([("kept", "refusal")] * 500))
    assert line.endswith("(lines 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 490 more).")


def test_a_text_laid_out_anew_has_no_such_lines() -> None:
    (line,) = remarks(mill_report(), lines=False)
    assert "line" not in line


def test_every_finding_on_demand() -> None:
    _, *each = remarks(mill_report(), each=True)
    assert each == [
        "mill.md → de, line 3: Not in the translation: 412,600.",
        "mill.md → de, line 7: The translation is the source.",
    ]


def test_findings_of_the_whole_are_told_once_a_kind() -> None:
    html = Finding("markup-kept", "HTML with words in it stands as it is.", 0, 5)
    lost = Finding("untranslated", "There is no translation into French.")
    made = whole([("translated", "")], findings=(lost, Finding("input-notice", "UTF-16.")))
    (one,) = made.translations
    made = dataclasses.replace(
        made, translations=(dataclasses.replace(one, findings=(html, html, html)),)
    )
    assert list(remarks(made)) == [
        "standard input → de: HTML with words in it stands as it is. (And 2 more.)"
    ]


def test_orders_in_an_article_are_told() -> None:
    found = Finding("instruction-like-text", "Sentence 2 reads like an instruction.", 0, 5)
    assert list(remarks(whole([("translated", "")], findings=(found,)))) == [
        "standard input: Sentence 2 reads like an instruction."
    ]
