"""Is the output in the language that was asked for?"""

from __future__ import annotations

import pytest

from summ.checks.article import Article
from summ.checks.languages import LONG, checker, wrong_items
from summ.model import Source, Statement
from summ.text.document import annotate

EN = "The council voted for the plan on Tuesday night after a debate that lasted four hours."
DE = "Der Gemeinderat stimmte dem Plan am Dienstagabend nach einer vierstündigen Debatte zu."
UK = "Рада підтримала план у вівторок увечері після дебатів, які тривали чотири години."
ZH = "市议会经过四个小时的辩论，于星期二晚上通过了该计划，反对派表示失望。"
NAME = "Ruth Calder"


@pytest.mark.parametrize(("text", "code"), [(DE, "de"), (UK, "uk"), (ZH, "zh"), (DE, "de-AT")])
def test_a_translation_in_its_language_is_fine(text: str, code: str) -> None:
    assert wrong_items([EN], [text], code) == {}


@pytest.mark.parametrize(("text", "code"), [(UK, "de"), (DE, "uk"), (EN + " x", "fr"), (ZH, "ja")])
def test_another_language_is_found(text: str, code: str) -> None:
    assert wrong_items([EN], [text], code)[0].code == "wrong-language"


@pytest.mark.parametrize("text", ["", " \n", EN])
def test_nothing_and_a_copy_are_untranslated(text: str) -> None:
    assert wrong_items([EN], [text], "de")[0].code == "untranslated"


def test_names_and_figures_may_stay() -> None:
    assert len(NAME) < LONG
    assert wrong_items([NAME, "2.3", "€ 5"], [NAME, "2.3", "€ 5"], "uk") == {}


def test_findings_tell_the_place() -> None:
    found = wrong_items([EN, EN, NAME], [DE, EN, ""], "de")
    assert sorted(found) == [1, 2]
    assert "Item 2 " in found[1].message


def test_a_different_number_of_items_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zip"):
        wrong_items([EN], [], "de")


def check(article_text: str, text: str, language: str | None) -> list[str]:
    article = Article(annotate(Source("-", "text/plain", article_text), language))
    return [finding.code for finding in checker(article)(Statement(text, (), "supported"))]


@pytest.mark.parametrize(
    ("article", "text", "found"),
    [
        (UK, "Дебати тривали чотири години, а рада підтримала план.", []),
        (EN, "Councillors argued for hours before they agreed to what was proposed.", []),
        (UK, EN, ["wrong-language"]),
        (EN, DE, ["wrong-language"]),
        (EN, ZH, ["wrong-language"]),
        (UK, "План?", []),  # too short to tell
    ],
)
def test_a_statement_is_in_the_language_of_its_article(
    article: str, text: str, found: list[str]
) -> None:
    assert check(article, text, None) == found


def test_an_article_of_no_known_language_asks_for_none() -> None:
    assert check("1234 5678", EN, None) == []


def test_a_quoted_foreign_title_makes_no_other_language() -> None:
    article = f"{EN} They sang „Der Gemeinderat stimmte dem Plan am Dienstagabend zu“ twice."
    text = "They sang „Der Gemeinderat stimmte dem Plan am Dienstagabend zu“ after the debate."
    assert check(article, text, "en") == []
