"""`summ verify`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import ROOT, here, summ
from tests.cli.test_startup import NETWORK, loaded

ARTICLE = ROOT / "examples" / "harbour-bridge-closure.txt"
REPORT = ARTICLE.with_suffix(".json")


def test_a_sound_report_says_so(tmp_path: Path) -> None:
    done = here("verify", REPORT, ARTICLE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"no check finds anything against them" in done.stdout


def test_the_article_may_come_from_a_pipe(tmp_path: Path) -> None:
    done = summ("verify", REPORT, "-", home=tmp_path, input=ARTICLE.read_bytes())
    assert done.returncode == 0
    done = summ("verify", "-", ARTICLE, home=tmp_path, input=REPORT.read_bytes())
    assert done.returncode == 0


def test_without_the_article_it_says_what_was_not_compared(tmp_path: Path) -> None:
    done = here("verify", REPORT)
    assert done.returncode == 0
    assert b"nothing was compared" in done.stdout


def test_each_failure_has_its_pointer(tmp_path: Path) -> None:
    data = json.loads(REPORT.read_text(encoding="utf-8"))
    data["summary"][1]["evidence"][0]["quote"] += "\x1b[2J"
    (tmp_path / "report.json").write_text(json.dumps(data), encoding="utf-8")
    done = here("verify", tmp_path / "report.json", ARTICLE)
    assert done.returncode == 7
    assert done.stdout.startswith(b"/summary/1/evidence/0  quote-differs  ")
    assert b"\x1b" not in done.stdout + done.stderr
    assert done.stderr.count(b"\n") == 1
    as_json = here("verify", tmp_path / "report.json", ARTICLE, "--json")
    assert as_json.returncode == 7
    found = json.loads(as_json.stdout)
    assert found["article_compared"] is True
    assert found["failures"][0]["pointer"] == "/summary/1/evidence/0"


def test_what_breaks_the_schema_is_a_failure_with_its_pointer(tmp_path: Path) -> None:
    data = json.loads(REPORT.read_text(encoding="utf-8"))
    data["claims"][0]["importance"] = 9
    (tmp_path / "report.json").write_text(json.dumps(data), encoding="utf-8")
    done = here("verify", tmp_path / "report.json", ARTICLE)
    assert done.returncode == 7
    assert done.stdout.startswith(b"/claims/0/importance  schema  ")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", 3),
        ("[" * 100_000, 3),
        ("", 3),
        ("{}", 7),
        ("[]", 7),
        ("NaN", 3),
        ('{"a": 1, "a": 2}', 3),
    ],
)
def test_what_is_no_report(tmp_path: Path, content: str, code: int) -> None:
    (tmp_path / "report.json").write_text(content, encoding="utf-8")
    done = here("verify", tmp_path / "report.json", ARTICLE)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ["verify", "-", "-"],
        ["verify", "a.json", "a.txt", "--against", "b.txt"],
        ["verify", "a.json", "--from", "en"],
        ["verify", str(REPORT), "--against", str(ARTICLE)],
        ["verify", "a.json", "a.txt", "b.txt"],
        ["verify", "--nope"],
    ],
)
def test_what_can_not_be_meant(tmp_path: Path, args: list[str]) -> None:
    done = here(*args)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_missing_files(tmp_path: Path) -> None:
    assert here("verify", tmp_path / "none.json").returncode == 3
    assert here("verify", REPORT, tmp_path / "none.txt").returncode == 3


def test_a_summary_is_checked_sentence_by_sentence(tmp_path: Path) -> None:
    text = b"The Merrow Bridge will stay shut for at least 14 weeks.\nPurple submarines won.\n"
    done = here("verify", "--against", ARTICLE, input=text)
    assert done.returncode == 7
    out = done.stdout.decode()
    assert "1. ✓ supported: The Merrow Bridge" in out
    assert "2. ✗ unsupported: Purple" in out
    assert "2 sentences: 1 supported, 1 unsupported." in out
    (tmp_path / "s.txt").write_bytes(text.splitlines()[0])
    done = here("verify", "--against", ARTICLE, tmp_path / "s.txt", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    (statement,) = json.loads(done.stdout)["statements"]
    article = ARTICLE.read_text(encoding="utf-8")
    for evidence in statement["evidence"]:
        assert article[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_a_summary_without_a_sentence_is_an_error(tmp_path: Path) -> None:
    done = here("verify", "--against", ARTICLE, input=b"# Title\n")
    assert (done.returncode, done.stdout) == (3, b"")


def test_no_key_is_needed_and_nothing_that_talks_to_models_is_loaded(tmp_path: Path) -> None:
    for args in (["verify", str(REPORT), str(ARTICLE)], ["verify", "--against", str(ARTICLE), "-"]):
        _, modules = loaded(tmp_path, *args)
        assert not modules & NETWORK


def test_a_summary_in_another_language_is_told_once(tmp_path: Path) -> None:
    text = "Die Brücke bleibt gesperrt. Der Rat stimmte am Dienstagabend dem ganzen Plan zu."
    done = here("verify", "--against", ARTICLE, input=text.encode())
    assert done.returncode == 7
    assert done.stdout.decode().count("(wrong-language)") == 1


def test_an_article_that_is_a_report_is_a_mistake(tmp_path: Path) -> None:
    done = here("verify", "--against", REPORT, ARTICLE)
    assert done.returncode == 2
    assert b"is a report" in done.stderr
