"""A whole translation alone, beside its original and by turns with it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from summ.model import Report, Segment, Translation
from summ.render import TEXTS
from summ.render.safe import clean, one_line
from summ.render.translated import bilingual_stack, bilingual_table, translated_text
from summ.render.words import plain_words, without_links
from tests.render.test_markdown import kinds, shown
from tests.reports import (
    HOSTILE,
    MARKUP,
    MILL,
    bridge_report,
    hostile_texts,
    mill_report,
    report,
    reports,
    source_info,
)

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = {
    "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
    "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "inline", "text",
}  # fmt: skip
STACKED = {
    "paragraph_open", "paragraph_close", "heading_open", "heading_close", "hr", "inline", "text",
}  # fmt: skip


def one_segment(source: str, target: str, media_type: str = "text/plain") -> Report:
    """A report of an article of one paragraph."""
    segment = Segment("paragraph", 0, len(source), source, target, "translated")
    translation = Translation("de", None, (), (), target, segments=(segment,))
    info = replace(source_info(source), media_type=media_type)
    return report(source=info, translations=[translation])


def cells(output: str) -> list[list[str]]:
    """What is seen in each row of the tables of `output`."""
    tokens = PARSER.parse(output)
    assert kinds(tokens) <= CELLS
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(shown(token))
    return rows


# --- the text alone ----------------------------------------------------------------


def test_the_text_is_the_articles_form_and_what_was_kept_is_marked() -> None:
    done = mill_report()
    text = done.translations[0].text or ""
    assert translated_text(done) == text.replace("- Bread", "- ⚠ Bread")
    assert translated_text(done).count("⚠") == 1


def test_a_translation_with_nothing_kept_is_not_touched() -> None:
    text = "\x1b[1mOdd\x00\u2028 bytes\r and no line break at the end"
    assert translated_text(one_segment("Odd", text)) == text


def test_each_target_is_found_at_its_place() -> None:
    (translation,) = mill_report().translations
    text = translation.text or ""
    for segment, at in zip(translation.segments, translation.starts, strict=True):
        assert text[at : at + len(segment.target)] == segment.target


def test_several_texts_are_divided_by_a_rule_between_blank_lines() -> None:
    first, second = Translation("de", None, (), (), "Eins."), Translation("fr", None, (), (), "Un.")
    absent = Translation("es", None, (), ())
    done = report(translations=[first, absent, second])
    assert translated_text(done) == "Eins.\n\n---\n\nUn."


def test_where_nothing_was_translated_there_is_no_text() -> None:
    assert [write(bridge_report()) for write in TEXTS.values()] == ["", "", ""]


# --- beside the original -----------------------------------------------------------


def test_a_table_has_a_row_for_each_segment_in_plain_words() -> None:
    rows = cells(bilingual_table(mill_report()))
    assert rows[:3] == [
        ["English", "Deutsch"],
        ["The mill reopens", "Die Mühle öffnet wieder"],
        [
            "The mill on the Orla turns again, the parish said. It cost 412,600 euros.",
            "Die Mühle an der Orla dreht sich wieder, so die Gemeinde. "
            "Sie hat 421.600 Euro gekostet.",
        ],
    ]
    assert rows[4] == ["Bread | every Saturday", "⚠ Bread | every Saturday"]
    assert len(rows) == 1 + len(mill_report().translations[0].segments)


def test_a_stack_has_original_and_translation_by_turns() -> None:
    output = bilingual_stack(mill_report())
    assert output.startswith("The mill reopens\n\nDie Mühle öffnet wieder\n\n---\n\n")
    assert "\n---\n\nBread \\| every Saturday\n\n⚠ Bread \\| every Saturday\n\n---\n" in output
    assert output.endswith(
        "has 24 blades, the miller said.\n\nhat 24 Schaufeln, sagte der Müller.\n"
    )


def test_several_languages_stand_one_after_the_other() -> None:
    done = mill_report()
    both = replace(
        done, translations=(*done.translations, replace(done.translations[0], language="uk"))
    )
    table = bilingual_table(both)
    assert "\n\n| English | Українська |\n| --- | --- |\n" in table
    assert len([row for row in cells(table) if row[0] == "English"]) == 2
    stack = bilingual_stack(both)
    assert stack.startswith("## Deutsch\n\nThe mill reopens\n")
    assert "\n\n## Українська\n\nThe mill reopens\n" in stack


def test_a_language_that_nobody_could_tell_has_a_neutral_word() -> None:
    done = mill_report()
    unknown = replace(done, source=replace(done.source, language=None))
    assert cells(bilingual_table(unknown))[0] == ["Article", "Deutsch"]


@pytest.mark.parametrize("text", [*MARKUP, *HOSTILE.values(), "", "a\\|b", "\\", "| |", "x | "])
def test_no_text_breaks_a_table_or_is_obeyed(text: str) -> None:
    done = one_segment("One.", text)
    expected = one_line(text) or "—"
    assert cells(bilingual_table(done))[1] == ["One.", expected]
    tokens = PARSER.parse(bilingual_stack(done))
    assert kinds(tokens) <= STACKED
    assert [shown(token) for token in tokens if token.type == "inline"] == ["One.", expected]


@some
@given(reports())
def test_any_report_gives_safe_tables_and_stacks(report: Report) -> None:
    whole = [one for one in report.translations if one.segments]
    rows = sum(1 + len(one.segments) for one in whole)
    for write, allowed in ((bilingual_table, CELLS), (bilingual_stack, STACKED)):
        output = write(report)
        assert clean(output) == output
        assert bool(output) == bool(whole)
        assert kinds(PARSER.parse(output)) <= allowed
    assert len(cells(bilingual_table(report))) == rows
    assert all(len(row) == 2 for row in cells(bilingual_table(report)))
    translated_text(report)


# --- words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("The **Orla** [turns](http://x.example 'y') `a|b`", "The Orla turns a|b"),
        ("**all of it**", "all of it"),
        ("R&amp;D \\*not emphasis\\*", "R&D *not emphasis*"),
        ("one\n> two\\\n    three", "one two three"),
        ("![wheel *big*](w.png) turns", "wheel big turns"),
        ("H<sub>2</sub>O ~~no~~", "H2O no"),
        ("# 1. no heading", "# 1. no heading"),
        ("1986. A year", "1986. A year"),
        ("[ref]: http://x.example", "[ref]: http://x.example"),
        ("a\n---\nb", "a --- b"),
        ("<http://x.example>", "http://x.example"),
        ("", ""),
        ("x", "x"),
    ],
)
def test_words_are_what_a_reader_sees(markdown: str, words: str) -> None:
    assert plain_words(markdown, "text/markdown") == words


def test_a_plain_text_has_no_markup() -> None:
    assert plain_words("2 * 3 * 4\n [a](b)", "text/plain") == "2 * 3 * 4 [a](b)"


@pytest.mark.parametrize("address", ["http://x.example/a?b=c", "www.x.example", "x.example"])
def test_an_address_is_shown_and_is_no_link(address: str) -> None:
    written = without_links(f"see {address} now")
    assert address not in written
    (inline,) = [t for t in PARSER.parse(written) if t.type == "inline"]
    assert shown(inline) == f"see {address} now"


@settings(max_examples=100, deadline=None)
@given(hostile_texts())
def test_any_text_has_words(text: str) -> None:
    assert one_line(plain_words(text, "text/markdown")) == plain_words(text, "text/markdown")


@pytest.mark.parametrize(
    "piece", ["[", "*", "\n>", "![", "`", "<a ", "*a_ ", "\\", "a@", "a.b", "|"]
)
def test_words_take_linear_time(piece: str) -> None:
    text = piece * 100_000
    started = time.perf_counter()
    without_links(plain_words(text, "text/markdown"))
    assert time.perf_counter() - started < 2


def test_the_mill_is_what_it_says() -> None:
    for segment in mill_report().translations[0].segments:
        assert MILL[segment.start : segment.end] == segment.source
