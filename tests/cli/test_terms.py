from __future__ import annotations

import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from summ.cli.app import app
from summ.cli.terms import TermFile, term_file
from summ.config import Settings, resolve
from summ.drive import Slots
from summ.errors import OutputError, UsageError
from summ.glossary import read_glossary
from summ.model import Report, Term, Translation
from tests.reports import report


def made(*terms: Term, language: str = "uk") -> Report:
    return report(translations=[Translation(language, None, (), (), "", glossary=terms)])


def settings(**flags: object) -> Settings:
    return resolve({"to": ["uk"], **flags}, {}, None).settings


def test_each_term_is_kept_once_the_first_and_the_users_before_names(tmp_path: Path) -> None:
    name = Term("Lenna", "Ленна", binding=False)
    users = Term("bridge", "міст", "over a river")
    terms = TermFile(tmp_path / "g.csv")
    terms.take(made(name, users))
    terms.take(made(users, dataclasses.replace(name, target="Лена")))
    terms.take(made(dataclasses.replace(name, target="Lenna"), language="de"))
    terms.write()
    assert [
        (one.source, one.target, one.note, one.language)
        for one in read_glossary(tmp_path / "g.csv")
    ] == [
        ("bridge", "міст", "over a river", None),
        ("Lenna", "Ленна", "", "uk"),
        ("Lenna", "Lenna", "", "de"),
    ]


def test_without_a_report_the_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("bridge,міст\n", encoding="utf-8")
    assert not TermFile(path).write()
    assert path.read_text(encoding="utf-8") == "bridge,міст\n"


def test_a_glossary_that_is_added_to_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("Brücke,міст,,uk\nbridge,pont,,fr\n", encoding="utf-8")
    terms = term_file(settings(glossary=path, save_glossary=path), ["a.txt"], [])
    assert terms is not None
    terms.take(made(Term("Lenna", "Ленна", binding=False)))
    terms.write()
    assert [one.source for one in read_glossary(path)] == ["Brücke", "bridge", "Lenna"]


def test_there_is_no_file_unless_one_is_named() -> None:
    assert term_file(settings(), ["a.txt"], []) is None


def test_articles_and_results_are_not_written_over(tmp_path: Path) -> None:
    wanted = settings(save_glossary=tmp_path / "a.txt")
    for specs, outputs in (
        ([tmp_path / "a.txt"], []),
        (["b.txt"], [tmp_path / "x" / ".." / "a.txt"]),
    ):
        with pytest.raises(UsageError, match="--save-glossary"):
            term_file(wanted, [str(one) for one in specs], outputs)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [".", "none/g.csv"])
def test_a_file_that_can_not_be_written_is_told_before_the_run(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="Can't write"):
        term_file(settings(save_glossary=tmp_path / name), ["a.txt"], [])


def test_of_a_translator_that_learns_nothing_the_users_terms_are_there(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    terms = TermFile(path)
    terms.take(made())
    assert terms.write()
    assert terms.unlearned() == (f"The built-in translator learns no names; {path} has no terms.")
    terms.take(made(Term("bridge", "міст")))
    assert terms.unlearned().endswith(f"{path} has your own terms alone.")


@pytest.mark.parametrize("model", ["local", "m"])
def test_it_is_said_once_of_the_built_in_translator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    class Opened:
        """A session that translates without a model."""

        price = down = None
        open_documents = 1
        tools = SimpleNamespace(slots=Slots(1))

        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self) -> Opened:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def key(self, *_: object) -> str:
            return ""

        async def report(self, *_: object) -> Report:
            return made()

        async def aclose(self) -> None:
            pass

    monkeypatch.setattr("summ.session.Session", Opened)
    articles = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for article in articles:
        article.write_text("The ferry is late.", encoding="utf-8")
    words = ["translate", *map(str, articles), "--to", "uk", "-m", model]
    path = tmp_path / "g.csv"
    result = CliRunner().invoke(app, [*words, "--save-glossary", str(path)])
    assert result.exit_code == 0
    assert result.stderr.count("learns no names") == (model == "local")
    assert path.exists()
