"""A whole translation is checked again, and whatever was changed in it is found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from summ.audit import audit_report
from summ.audit_markup import changed_markup, other_hosts
from summ.consistency import declared
from summ.model import (
    ChunkReceipt,
    Coverage,
    Finding,
    Report,
    Segment,
    SegmentState,
    Source,
    SourceInfo,
    Span,
    Tally,
    Term,
    Translation,
)
from summ.tasks.receipt import left_out
from summ.tasks.salience import headline
from summ.text.document import annotate
from summ.text.segments import rebuild, segments
from tests.reports import run

PLAIN = """\
Ferry line to Sandholm is extended

The ferry between Lund Quay and Sandholm will run until midnight from 3 June, the harbour office
said on Tuesday. A return ticket costs 14 crowns.

- Children under six travel free of charge.
- Bicycles cost 9 crowns for each trip.

„Die Fähre ist für uns alle sehr wichtig“, schrieb ein Bewohner der Insel an den Rat der Stadt.

Details are on https://ferry.example/times for everybody who wants to travel.
"""

GERMAN = {
    "Ferry line": "Fährlinie nach Sandholm wird ausgeweitet",
    "The ferry": "Die Fähre zwischen Lund Quay und Sandholm fährt ab dem 3. Juni bis Mitternacht, "
    "wie das Hafenamt am Dienstag mitteilte. Eine Rückfahrkarte kostet 14 Kronen.",
    "Children": "Kinder unter sechs Jahren fahren kostenlos mit.",
    "Bicycles": "Fahrräder kosten für jede Fahrt 9 Kronen.",
    "Details": "Einzelheiten stehen auf <x1/> für alle, die reisen wollen.",
}

MARKDOWN = """\
# Ferry line to *Sandholm* is extended

The ferry between **Lund Quay** and [Sandholm](https://ferry.example/isle) will run until midnight
from 3 June, the harbour office said on Tuesday. A return ticket costs `14` crowns.

- Children under six travel free of charge.

```
keep = "the ferry"
```

| Ticket | Price |
|--------|-------|
| Return ticket for grown people | 14 |
"""

GERMAN_MARKDOWN = {
    "Ferry line": "Fährlinie nach <g1>Sandholm</g1> wird ausgeweitet",
    "The ferry": "Die Fähre zwischen <g1>Lund Quay</g1> und <g2>Sandholm</g2> fährt ab dem "
    "3. Juni bis Mitternacht, wie das Hafenamt am Dienstag mitteilte. Eine Rückfahrkarte "
    "kostet <x3/> Kronen.",
    "Children": "Kinder unter sechs Jahren fahren kostenlos mit.",
    "Ticket": "Fahrschein",
    "Price": "Preis",
    "Return": "Rückfahrkarte für Erwachsene",
}


def whole(text: str, media_type: str, german: dict[str, str]) -> tuple[Report, Source]:
    """A report of `text` with its translation, which keeps to everything."""
    source = Source("ferry", media_type, text)
    proses = segments(text, media_type)
    found = []
    for prose in proses:
        wanted = next((german[key] for key in german if prose.text.startswith(key)), None)
        target = prose.restore(wanted) if wanted else prose.span.of(text)
        assert target is not None
        state: SegmentState = "translated" if wanted else "same"
        span = prose.span
        found.append(Segment(prose.kind, span.start, span.end, span.of(text), target, state))
    built = rebuild(text, proses, [one.target for one in found])
    translation = Translation("de", None, (), (), built, segments=tuple(found))
    document = annotate(source, "en")
    span = Span(found[0].start, found[-1].end)
    size = span.end - span.start
    receipt = Coverage(len(text), size, (ChunkReceipt(*_edges(span), 90),), left_out(text, [span]))
    info = SourceInfo(
        "ferry", media_type, headline(document), "en", len(text), 90, len(document.sentences),
        hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    made = replace(run(), statements=Tally())
    return Report(info, (), (), (translation,), receipt, (), made), source


def _edges(span: Span) -> tuple[int, int]:
    return span.start, span.end


def plain() -> tuple[Report, Source]:
    return whole(PLAIN, "text/plain", GERMAN)


def markdown() -> tuple[Report, Source]:
    return whole(MARKDOWN, "text/markdown", GERMAN_MARKDOWN)


BOTH = pytest.mark.parametrize("build", [plain, markdown])


def found(report: Report, source: Source | None) -> list[tuple[str, str]]:
    """Pointers within the one translation, and codes, of what does not hold."""
    failures = audit_report(report, source, ("You translate what is quoted, and nothing else.",))
    return [(one.pointer.removeprefix("/translations/0"), one.code) for one in failures]


def with_translation(report: Report, **changes: object) -> Report:
    (translation,) = report.translations
    return replace(report, translations=(replace(translation, **changes),))  # type: ignore[arg-type]


def with_target(report: Report, source: Source, at: int, target: str) -> Report:
    """Another target for one segment, in the text as well: a forger who takes care."""
    (translation,) = report.translations
    changed = list(translation.segments)
    changed[at] = replace(changed[at], target=target)
    text = source.text
    for segment in reversed(changed):
        text = text[: segment.start] + segment.target + text[segment.end :]
    return with_translation(report, segments=tuple(changed), text=text)


@BOTH
def test_an_honest_translation_holds(build: Callable[[], tuple[Report, Source]]) -> None:
    report, source = build()
    assert found(report, source) == []
    assert found(report, None) == []


@BOTH
@pytest.mark.parametrize("compared", [True, False])
def test_a_text_that_is_not_its_segments_is_found(
    build: Callable[[], tuple[Report, Source]], compared: bool
) -> None:
    report, article = build()
    source = article if compared else None
    text = report.translations[0].text or ""
    assert found(with_translation(report, text=text + "!"), source) == [("/text", "text-differs")]
    assert found(with_translation(report, text=None), source) == [("/text", "text-differs")]
    other = text.replace("Mitternacht", "Mittag      ")
    assert found(with_translation(report, text=other), source)[0] == (
        "/segments/1", "text-differs",
    )  # fmt: skip


@pytest.mark.parametrize("compared", [True, False])
def test_segments_that_do_not_add_up_are_found(compared: bool) -> None:
    report, article = plain()
    source = article if compared else None
    segments = list(report.translations[0].segments)

    def changed(at: int, **changes: object) -> list[tuple[str, str]]:
        new = [*segments]
        new[at] = replace(new[at], **changes)  # type: ignore[arg-type]
        return found(with_translation(report, segments=tuple(new)), source)

    assert ("/segments/2", "offsets-differ") in changed(2, start=segments[2].start - 1)
    assert ("/segments/2", "offsets-differ") in changed(2, start=10**9, end=10**9 + 42)
    assert ("/segments/4", "target-differs") in changed(4, target="Anders als die Quelle.")
    swapped = with_translation(report, segments=(*segments[1:2], segments[0], *segments[2:]))
    assert ("/segments/1", "segments-differ") in found(swapped, source)


def test_words_between_segments_that_are_not_the_articles_are_found() -> None:
    report, source = markdown()
    text = (report.translations[0].text or "").replace('keep = "the ferry"', 'keep = "the money"')
    assert found(with_translation(report, text=text), source) == [("/text", "text-differs")]


def test_a_source_that_the_article_has_not_is_found() -> None:
    report, source = plain()
    first, *rest = report.translations[0].segments
    forged = replace(first, source=first.source.replace("extended", "shut now"))
    done = with_translation(report, segments=(forged, *rest))
    assert found(done, source) == [("/segments/0", "quote-differs")]


@BOTH
def test_a_segment_that_was_left_out_is_missed(build: Callable[[], tuple[Report, Source]]) -> None:
    report, source = build()
    whole = with_target(report, source, 2, report.translations[0].segments[2].source)
    kept = list(whole.translations[0].segments)
    del kept[2]
    fewer = with_translation(whole, segments=tuple(kept))
    assert found(fewer, source) == [("/segments", "segments-differ")]
    assert found(with_translation(report, segments=(), text=source.text), source) == [
        ("/segments", "segments-differ")
    ]


@BOTH
@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("Kinder.", "length-ratio"),
        ("Children under six travel free of charge.", "untranslated"),
        ("Діти до шести років подорожують безкоштовно.", "wrong-language"),
        ("Kinder unter sieben fahren frei. http://evil.example/x", "markup-differs"),
        ("Kinder unter sechs Jahren\nfahren kostenlos mit.", "markup-differs"),
    ],
)
def test_a_forged_target_is_found(
    build: Callable[[], tuple[Report, Source]], target: str, code: str
) -> None:
    report, source = build()
    forged = found(with_target(report, source, 2, target), source)
    assert ("/segments/2", code) in forged
    assert {pointer for pointer, _ in forged} == {"/segments/2"}


@pytest.mark.parametrize(
    "target",
    [
        "Kinder unter sechs Jahren **fahren** kostenlos mit.",
        "[Kinder](x) unter sechs Jahren fahren kostenlos mit.",
        "# Kinder unter sechs Jahren fahren kostenlos mit.",
        "Kinder unter <b>sechs Jahren</b> fahren kostenlos mit.",
        "Kinder unter `sechs` Jahren fahren kostenlos mit.",
        "> Kinder unter sechs Jahren fahren kostenlos mit.",
    ],
)
def test_markup_that_the_source_has_not_is_found(target: str) -> None:
    report, source = markdown()
    assert ("/segments/2", "markup-differs") in found(
        with_target(report, source, 2, target), source
    )


def test_a_link_that_leads_elsewhere_is_found() -> None:
    report, source = markdown()
    target = report.translations[0].segments[1].target.replace("ferry.example", "evil.example")
    assert ("/segments/1", "markup-differs") in found(
        with_target(report, source, 1, target), source
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ferry.example/times", "ferry.example/pay"),
        ("ferry.example/times", "ferry.example.evil.example/times"),
        (" für alle", " oder clerk@evil.example für alle"),
    ],
)
def test_an_address_in_the_words_that_leads_elsewhere_is_found(old: str, new: str) -> None:
    report, source = plain()
    target = report.translations[0].segments[-1].target.replace(old, new)
    forged = with_target(report, source, len(report.translations[0].segments) - 1, target)
    assert ("/segments/5", "markup-differs") in found(forged, source)


def test_a_host_in_the_words_that_the_source_has_not_is_found() -> None:
    report, source = plain()
    forged = with_target(report, source, 2, "Kinder unter sechs Jahren: kostenlos auf evil.com.")
    assert ("/segments/2", "address-not-in-source") in found(forged, source)


@pytest.mark.parametrize("unseen", ["\u202e", "\x1b[2J", "\u200b", "\U000e0041"])
def test_hidden_characters_that_the_source_has_not_are_found(unseen: str) -> None:
    report, source = plain()
    forged = with_target(report, source, 2, f"Kinder unter {unseen}sechs Jahren fahren kostenlos.")
    assert ("/segments/2", "hidden-characters") in found(forged, source)


def test_html_with_words_that_stands_as_it_is_must_be_told() -> None:
    text = MARKDOWN + "\n<div>\nThe pier is open\n</div>\n"
    report, source = whole(text, "text/markdown", GERMAN_MARKDOWN)
    assert found(report, source) == [("/findings", "finding-missing")]
    start = text.index("<div>")
    told = Finding("markup-kept", "It stands as it is.", start, len(text))
    assert found(with_translation(report, findings=(told,)), source) == []


def test_a_changed_figure_must_be_told_and_is_no_failure_then() -> None:
    report, source = plain()
    target = "Fahrräder kosten für jede Fahrt 90 Kronen."
    forged = with_target(report, source, 3, target)
    assert found(forged, source) == [("/segments/3", "finding-missing")]
    told = list(forged.translations[0].segments)
    told[3] = replace(told[3], findings=(Finding("number-changed", "9 is not there."),))
    assert found(with_translation(forged, segments=tuple(told)), source) == []


def test_what_was_kept_fails_whatever_it_says() -> None:
    report, source = plain()
    segments = list(report.translations[0].segments)
    reasons = (Finding("number-changed", "9 is not there."), Finding("refusal", "It refused."))
    for findings, codes in ((reasons, ["number-changed", "refusal"]), ((), ["untranslated"])):
        segments[3] = replace(
            segments[3], target=segments[3].source, state="kept", findings=findings
        )
        kept = with_target(
            with_translation(report, segments=tuple(segments)), source, 3, segments[3].source
        )
        assert [one.code for one in declared(kept)] == codes
        assert found(kept, source) == [("/segments/3", code) for code in codes]


def test_a_segment_said_to_need_no_translation_must_be_in_the_language() -> None:
    report, source = plain()
    segments = list(report.translations[0].segments)
    assert segments[4].state == "same"
    segments[1] = replace(segments[1], target=segments[1].source, state="same")
    lazy = with_target(
        with_translation(report, segments=tuple(segments)), source, 1, segments[1].source
    )
    assert found(lazy, source) == [("/segments/1", "untranslated")]
    nothing = tuple(replace(one, target=one.source, state="same") for one in segments)
    assert found(with_translation(report, segments=nothing, text=source.text), source) == [
        ("/segments", "untranslated")
    ]


def test_terms_of_the_user_are_looked_for_again_and_learnt_names_are_not() -> None:
    report, source = plain()
    terms = (
        Term("return ticket", "Hin- und Rückfahrschein"),
        Term("Lund Quay", "Lundkai", binding=False),
    )
    assert found(with_translation(report, glossary=terms), source) == [
        ("/segments/1", "term-not-kept")
    ]


def test_of_another_article_only_the_sums_are_compared() -> None:
    report, source = plain()
    other = replace(source, text=source.text.replace("14 crowns", "15 crowns"))
    assert found(report, other) == [("/source/sha256", "hash-differs")]


def test_a_title_alone_is_not_asked_for() -> None:
    report, source = plain()
    assert report.source.title
    assert "items-differ" not in [code for _, code in found(report, source)]


# --- markup ------------------------------------------------------------------------


def test_the_order_of_markup_in_a_block_is_free() -> None:
    article = "# One\n\nThe *first* is `a` [b](c)[^1].\n\n[^1]: Note.\n"
    text = "# Eins\n\n[b](c)[^1] ist `a` *das erste*.\n\n[^1]: Anmerkung.\n"
    assert changed_markup(article, text) == []


def test_a_mark_of_a_definition_that_was_lost_is_seen() -> None:
    article = "The quay\n: A place for ships\n"
    assert changed_markup(article, "Der Kai\n: Ein Ort für Schiffe\n") == []
    assert changed_markup(article, "Der Kai:\nEin Ort für Schiffe\n") == [0]


@pytest.mark.parametrize(
    ("article", "text", "offsets"),
    [
        ("Öl\n\none\n", "Öl\n\n*one*\n", [4]),
        ("one\n", "- one\n", [0]),
        ("one\n\ntwo\n", "one\n", [4]),
        ("[a](b)\n\n`c`\n", "[a](x)\n\n`d`\n", [0, 8]),
        ("a\ud800\n", "a\ud800 *b*\n", [0]),
    ],
)
def test_changed_markup_is_placed(article: str, text: str, offsets: list[int]) -> None:
    assert changed_markup(article, text) == offsets


def test_hosts_of_its_own_are_named_once() -> None:
    assert other_hosts("www.a.example, b", "http://a.example http://X.example www.x.example") == [
        "x.example"
    ]
