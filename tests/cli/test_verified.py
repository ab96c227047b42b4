"""What `summ verify` says of whole translations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from summ.cli.app import app
from summ.cli.verified import praise, rows
from summ.consistency import Failure
from summ.model import Finding, Report, Segment, Source
from summ.render import FORMATS
from tests.reports import ARTICLE, bridge_report
from tests.test_audit_translations import markdown, with_target, with_translation

WARNING = Finding("number-changed", "Not in the translation: 14.")


def verify(report: Report, source: Source, folder: Path, *more: str) -> Result:
    (folder / "report.json").write_text(FORMATS["json"](report), encoding="utf-8")
    article = folder / "a.md"
    article.write_text(source.text, encoding="utf-8")
    return CliRunner().invoke(app, ["verify", str(folder / "report.json"), str(article), *more])


def with_segment(report: Report, at: int, **changes: object) -> Report:
    segments = list(report.translations[0].segments)
    segments[at] = replace(segments[at], **changes)  # type: ignore[arg-type]
    return with_translation(report, segments=tuple(segments))


def test_a_sound_translation_says_how_much_was_compared(tmp_path: Path) -> None:
    report, source = markdown()
    done = verify(report, source, tmp_path)
    count = len(report.translations[0].segments)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{count} segments of the translation into German compared")
    assert done.stdout.count("\n") == 1


def test_what_the_report_itself_tells_is_told_with_the_articles_line() -> None:
    report, source = markdown()
    lines = []
    other = Finding("length-unusual", "The translation\nis \x1b[2Jlong.")
    for at, found in ((0, (WARNING,)), (2, (WARNING, other))):
        report = with_segment(report, at, findings=found)
        lines.append(source.text[: report.translations[0].segments[at].start].count("\n") + 1)
    first, *each = praise(report, source).splitlines()
    assert first.endswith(
        "no check finds anything against the words beyond what the report itself tells:"
    )
    assert each == [
        f"  line {lines[0]} of the article: Not in the translation: 14.",
        f"  line {lines[1]} of the article: Not in the translation: 14.",
        f"  line {lines[1]} of the article: The translation is long.",
    ]


def test_segments_in_the_language_already_are_counted() -> None:
    report, source = markdown()
    report = with_segment(report, 1, state="same")
    assert "In German already: 1." in praise(report, source)
    none = [replace(one, state="same") for one in report.translations[0].segments]
    report = with_translation(report, segments=tuple(none))
    assert praise(report, source).startswith("Nothing is translated into German")


def test_each_language_and_the_statements_have_a_line() -> None:
    report, source = markdown()
    (german,) = report.translations
    report = replace(report, translations=(german, replace(german, language="uk")))
    first, second = praise(report, source).splitlines()
    assert "into German" in first
    assert "into Ukrainian" in second
    first, second = praise(bridge_report(), Source("-", "text/plain", ARTICLE)).splitlines()
    assert first.startswith("7 statements hold up")
    assert second == "7 items in Ukrainian compared with the report's own."
    assert "1 statement holds up: no check finds anything against it" in praise(
        replace(bridge_report(), claims=(), summary=bridge_report().summary[:1]), source
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("3.", "4.", "finding-missing"),
        ("ferry.example", "evil.example", "markup-differs"),
        ("**Lund", "Lund", "markup-differs"),
    ],
)
def test_a_tampered_target_is_told_with_the_articles_line(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    report, source = markdown()
    at = next(at for at, one in enumerate(report.translations[0].segments) if old in one.target)
    segment = report.translations[0].segments[at]
    done = verify(
        with_target(report, source, at, segment.target.replace(old, new)), source, tmp_path
    )
    line = source.text[: segment.start].count("\n") + 1
    assert done.exit_code == 7
    assert f"/translations/0/segments/{at}  {code}  Line {line} of the article: " in done.stdout
    assert done.stderr == f"summ: error: 1 check of {tmp_path / 'report.json'} failed.\n"


def test_a_segment_that_was_dropped_is_counted(tmp_path: Path) -> None:
    report, source = markdown()
    segments = report.translations[0].segments
    dropped = with_translation(report, segments=segments[:1] + segments[2:])
    done = verify(dropped, source, tmp_path)
    assert done.exit_code == 7
    assert "/translations/0" in done.stdout


def test_a_kept_segment_fails_with_its_line(tmp_path: Path) -> None:
    report, source = markdown()
    first: Segment = report.translations[0].segments[0]
    kept = with_segment(with_target(report, source, 0, first.source), 0, state="kept")
    done = verify(kept, source, tmp_path)
    assert done.exit_code == 7
    assert "untranslated  Line 1 of the article: " in done.stdout


def test_lines_are_told_of_segments_that_the_article_has_only() -> None:
    report, source = markdown()
    inside = Failure("/translations/0/segments/1/target", "code", "What.")
    ((pointer, _, told),) = rows([inside], report, source)
    assert pointer == inside.pointer
    assert told == "Line 3 of the article: What."
    for failure, at, of in (
        (replace(inside, pointer=""), report, source),
        (inside, None, source),
        (inside, report, None),
        (inside, report, replace(source, text="Something else.")),
    ):
        ((pointer, _, told),) = rows([failure], at, of)
        assert (pointer, told) == (failure.pointer or "/", "What.")
