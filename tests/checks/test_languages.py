"""Is the output in the language that was asked for?"""

from __future__ import annotations

import pytest

from summ.checks.article import Article
from summ.checks.languages import checker
from summ.model import Source, Statement
from summ.text.document import annotate

EN = "The council voted for the plan on Tuesday night after a debate that lasted four hours."
DE = "Der Gemeinderat stimmte dem Plan am Dienstagabend nach einer vierstündigen Debatte zu."
UK = "Рада підтримала план у вівторок увечері після дебатів, які тривали чотири години."
ZH = "市议会经过四个小时的辩论，于星期二晚上通过了该计划，反对派表示失望。"
NAME = "Ruth Calder"


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
