"""The Markdown report, read by an independent CommonMark parser."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from summ.model import (
    SEGMENT_KINDS,
    Coverage,
    Evidence,
    Finding,
    Report,
    Segment,
    SegmentKind,
    Span,
    Statement,
    Translation,
)
from summ.render.found import found_in
from summ.render.headings import headings_for
from summ.render.markdown import render_markdown
from summ.render.markdown_escape import escape
from summ.render.safe import clean, one_line
from tests.reports import (
    HOSTILE,
    MARKUP,
    bridge_report,
    evidence,
    hostile_texts,
    market_report,
    mill_report,
    report,
    reports,
    source_info,
)

# Tables and strikethrough as well: reports are read on sites that know them.
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text",
    "ordered_list_open", "ordered_list_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close", "strong_open", "strong_close", "em_open", "em_close",
    "softbreak",
}  # fmt: skip


def shown(token: Token) -> str:
    """What a reader sees of a paragraph or heading."""
    return "".join(
        "\n" if child.type == "softbreak" else child.content for child in token.children or []
    )


def kinds(tokens: list[Token]) -> set[str]:
    """Types of all tokens, inner ones too."""
    return {t.type for token in tokens for t in (token, *(token.children or []))}


def texts(tokens: list[Token], container: str) -> list[str]:
    """What is seen in each heading, paragraph …: the inline token behind each opening."""
    return [shown(after) for token, after in pairwise(tokens) if token.type == container]


# --- escaping ----------------------------------------------------------------------

PLACES = {
    "{}": "paragraph_open",
    "before {} after": "paragraph_open",
    "a line before\n{}": "paragraph_open",
    "{}[^1] {}[^2][^3]": "paragraph_open",
    "# {}": "heading_open",
    "- {}": "list_item_open",
    "7. {}[^1]": "list_item_open",
    "1. **{}:** text": "list_item_open",
    "⚠ *({})*": "paragraph_open",
    "[^1]: “{}” (sentence 1, characters 0–9).": "paragraph_open",
}


def check_escape(text: str) -> None:
    expected = one_line(text)
    if not expected:
        assert not escape(text)
        return
    for place, block in PLACES.items():
        tokens = PARSER.parse(place.replace("{}", escape(text)) + "\n")
        assert tokens[0].type in {block, "bullet_list_open", "ordered_list_open"}, place
        assert kinds(tokens) <= OURS, place
        inline = [token for token in tokens if token.type == "inline"]
        plain = re.sub(r"^(#|-|7\.|1\.) |\*", "", place)
        assert [shown(token) for token in inline] == [plain.replace("{}", expected)], place


@pytest.mark.parametrize("text", [*MARKUP, *HOSTILE.values()])
def test_markup_is_shown_and_not_obeyed(text: str) -> None:
    check_escape(text)


@settings(max_examples=200, deadline=None)
@given(hostile_texts())
def test_any_text_is_shown_as_it_is(text: str) -> None:
    check_escape(text)


@pytest.mark.parametrize(
    "text", ["my_file_1.txt", "R&D grew 3.5 %", "-5 °C", "(a) b: c", "http://x.example/a_b?c=d"]
)
def test_ordinary_text_stays_readable_in_the_source(text: str) -> None:
    assert escape(text) == text


# --- whole reports -----------------------------------------------------------------


def expected_headings(report: Report) -> int:
    parts = [report.summary, report.claims]
    count = 1 + sum(map(bool, parts))
    coverage = report.coverage
    if report.findings or coverage.missing or coverage.sent < coverage.characters:
        count += 1
    for translation in report.translations:
        whole = bool(translation.segments) or translation.text is not None
        count += 1 + sum(map(bool, parts)) + whole
        count += sum(segment.kind == "heading" for segment in translation.segments)
    return count


def test_an_entity_is_not_finished_by_what_follows_a_text() -> None:
    assert escape("this &amp") == r"this \&amp"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_any_report_is_safe_and_well_formed(report: Report) -> None:
    output = render_markdown(report)
    assert clean(output) == output
    assert output.endswith("\n")
    tokens = PARSER.parse(output)
    assert kinds(tokens) <= OURS
    assert len(texts(tokens, "heading_open")) == expected_headings(report)
    paragraphs = texts(tokens, "paragraph_open")
    everything = "\n".join(paragraphs)
    for statement in (*report.summary, *report.claims):
        assert one_line(statement.text) in everything
        for proof in statement.evidence:
            assert f"{one_line(proof.quote)}" in everything
        if statement.support != "supported":
            assert all(one_line(finding.message) in everything for finding in statement.findings)
    for finding in report.findings:
        assert one_line(finding.message) in everything
    for translation in report.translations:
        for text in (*translation.summary, *translation.claims):
            assert one_line(text) in everything
    # Items: the claims once in each language, in order; findings and gaps are bullets.
    assert sum(t.type == "ordered_list_open" for t in tokens) == (
        1 + len(report.translations) if report.claims else 0
    )
    gaps = bool(report.coverage.missing) or report.coverage.sent < report.coverage.characters
    findings = len(report.findings) + sum(len(t.findings) for t in report.translations)
    items = len(report.claims) * (1 + len(report.translations)) + gaps + findings
    for translation in report.translations:
        whole = translation.segments
        items += sum(segment.kind == "item" for segment in whole)
        items += any(segment.state == "kept" for segment in whole)
        items += len(found_in(whole))
    assert sum(t.type == "list_item_open" for t in tokens) == items


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_each_footnote_is_defined_once_and_used(report: Report) -> None:
    tokens = PARSER.parse(render_markdown(report))
    proofs = dict.fromkeys(p for s in (*report.summary, *report.claims) for p in s.evidence)
    words = headings_for(report.source.language)
    notes = [
        f"[^{number}]: {words.opening}{one_line(proof.quote)}{words.closing} "
        f"({words.receipt.format(sentence=proof.sentence, start=proof.start, end=proof.end)})."
        for number, proof in enumerate(proofs, 1)
    ]
    paragraphs = texts(tokens, "paragraph_open")
    assert paragraphs[len(paragraphs) - len(notes) :] == notes


def test_each_translated_item_has_its_receipts() -> None:
    output = render_markdown(bridge_report())
    body = output[: output.index("\n[^1]:")]
    original, translated = body.split("## Українська")
    marks = re.compile(r"\[\^\d+\]")
    assert marks.findall(original) == marks.findall(translated)
    assert len(re.findall(r"^\[\^\d+\]:", output, re.MULTILINE)) == 5


def test_numbering_follows_first_use() -> None:
    marks = re.findall(r"\[\^(\d+)\](?!:)", render_markdown(bridge_report()))
    assert list(dict.fromkeys(marks)) == ["1", "2", "3", "4", "5"]


def test_speaker_kind_and_doubt() -> None:
    output = render_markdown(bridge_report())
    assert "2. **Hanna Berg:** Every stone that could be kept was kept.[^3]\n" in output
    assert "*(allegation)*" in output
    assert "*(fact)*" not in output
    assert "⚠ *(partly supported: The number 15 is not in the cited sentence.)*" in output
    assert "⚠ *(not supported: no matching sentence in the article)*" in output


def test_a_doubtful_sentence_of_the_summary_is_marked() -> None:
    note = Finding("x", "Nothing like it was found.")
    output = render_markdown(report([Statement("It rained.", (), "unsupported", (note,))]))
    assert "It rained. ⚠ *(not supported: Nothing like it was found.)*" in output


def test_what_was_not_sent_stands_at_the_top() -> None:
    source = market_report()
    output = render_markdown(source)
    gap = source.coverage.missing[0]
    assert f"**Не надіслано моделі:** символи {gap.start}–{gap.end}" in output
    assert output.index("## Попередження") < output.index("## Короткий зміст")


def test_a_gap_that_nobody_listed_is_reported_too() -> None:
    output = render_markdown(report(coverage=Coverage(100, 60)))
    assert "⚠ **Not sent to the model:** (sent: 60 / 100)" in output
    assert "## Warnings" not in render_markdown(report(coverage=Coverage(100, 100)))


def test_small_models_are_labelled() -> None:
    assert "⚠ draft by a small local model" in render_markdown(bridge_report())
    assert "draft" not in render_markdown(report())


@pytest.mark.parametrize(
    ("uri", "title", "heading"),
    [
        ("-", None, "# Article"),
        ("-", "A *bold* title", r"# A \*bold\* title"),
        ("a/b/my_story.txt", None, "# my_story.txt"),
        ("C:\\news\\story.txt", " \n", "# story.txt"),
        ("https://example.org/", None, "# https://example.org/"),
        ("\x1b]0;x\x07# odd\nname", None, r"# \# odd name"),
        ("\x00", "\x1b[2J", "# Article"),
    ],
)
def test_titles(uri: str, title: str | None, heading: str) -> None:
    source = replace(source_info(uri=uri), title=title)
    assert render_markdown(report(source=source)).splitlines()[0] == heading


def test_one_word_footnotes_are_no_link_definitions() -> None:
    proof = Evidence(1, "Fire!", 0, 5)
    output = render_markdown(report([Statement("Fire!", (proof, proof), "supported")]))
    assert r"Fire\![^1]" in output
    assert kinds(PARSER.parse(output)) <= OURS
    assert "“Fire!” (sentence 1, characters 0–5)." in "".join(
        texts(PARSER.parse(output), "paragraph_open")
    )


def test_a_whole_translated_article_keeps_its_paragraphs() -> None:
    whole = Translation("de", "Die Brücke", ("Eins.",), (), "# Kopf\n\nErster\nAbsatz.\n\n\n- Zwei")
    (proof,) = evidence(market := "One. Two.", "One")
    assert market.startswith(proof.quote)
    output = render_markdown(report([Statement("One.", (proof,), "supported")], (), [whole]))
    part = output[output.index("## Deutsch: Die Brücke") :]
    assert "### Zusammenfassung\n\nEins.[^1]" in part
    assert "### Vollständiger Text\n\n\\# Kopf\n\nErster Absatz.\n\n\\- Zwei\n\n[^1]" in part


def test_a_whole_text_with_segments_looks_like_the_article() -> None:
    output = render_markdown(mill_report())
    part = output[output.index("### Vollständiger Text\n\n") :]
    assert part.split("\n\n")[1:] == [
        "- ⚠ Nicht übersetzt: 1 / 9\n- ⚠ Figures may differ: 1 / 9",
        "#### Die Mühle öffnet wieder",
        "Die Mühle an der Orla dreht sich wieder, so die Gemeinde. Sie hat 421.600 Euro gekostet. "
        "⚠ *(Not in the translation: 412,600.)*",
        "- Führungen am 12. Mai\n"
        "- ⚠ Bread \\| every Saturday *(Nicht übersetzt: The translation is the source.)*",
        r"\`\`\` keep this \`\`\`",
        "Raum | Preis",
        "Loft | 30",
        "*Das Rad*",
        "hat 24 Schaufeln, sagte der Müller.\n",
    ]


def test_figures_and_code_between_segments_are_not_left_out() -> None:
    text = "---\ndate: 2031\n---\n7 | Eins | 8 | Zwei | 9\n-|-\n5 | 6 | 7\n\nDrei\n\n    x = 1\n"
    done = one_text(text, ("cell", "Eins"), ("cell", "Zwei"), ("paragraph", "Drei"))
    part = render_markdown(done).split("### Vollständiger Text\n\n")[1]
    assert part == (
        "\\--- date: 2031 ---\n\n7 | Eins | 8 | Zwei | 9\n\n-\\|- 5 \\| 6 \\| 7\n\nDrei\n\nx = 1\n"
    )


@pytest.mark.parametrize("text", [*MARKUP, *HOSTILE.values()])
@pytest.mark.parametrize("kind", SEGMENT_KINDS)
def test_no_segment_is_obeyed(kind: SegmentKind, text: str) -> None:
    done = one_text(text, (kind, text)) if text.strip() else one_text("x", (kind, "x"))
    tokens = PARSER.parse(render_markdown(done))
    assert kinds(tokens) <= OURS
    assert one_line(text) in "".join(shown(t) for t in tokens if t.type == "inline")


def one_text(text: str, *parts: tuple[SegmentKind, str]) -> Report:
    """A plain text "translated" as it is, with these segments."""
    segments = []
    for kind, piece in parts:
        at = text.index(piece)
        segments.append(Segment(kind, at, at + len(piece), piece, piece, "same"))
    return report(
        translations=[Translation("de", None, (), (), text, segments=tuple(segments))],
        source=source_info(text),
    )


def test_a_translation_with_too_few_or_too_many_items_loses_none() -> None:
    odd = replace(bridge_report().translations[0], summary=("А.", "Б.", "В."), claims=("Г.",))
    output = render_markdown(replace(bridge_report(), translations=(odd,)))
    part = output.split("## Українська")[1]
    assert "А.[^1] Б.[^1][^2] В.\n" in part
    assert "2. **Hanna Berg:** —[^3]" in part


def test_gaps_are_listed_in_words() -> None:
    coverage = Coverage(100, 60, (), (Span(0, 20), Span(50, 70)))
    output = render_markdown(report(coverage=coverage, source=source_info(language="zh")))
    assert "**未发送给模型：** 字符 0–20, 字符 50–70 (已发送：60 / 100)" in output
