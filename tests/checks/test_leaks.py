"""Words of the prompt that come back."""

from __future__ import annotations

import time

import pytest

from summ.checks.article import Article
from summ.checks.leaks import checker
from summ.model import Source, Statement
from summ.text.document import annotate

PROMPT = (
    "You are a careful editor. Write a summary of this article in English: five sentences, "
    "fewer only where the article holds too little for that. The word canary-7ce21a is of no use."
)
ARTICLE = "The union of editors met. It asks members to keep names, figures and dates apart."


def codes(text: str, article: str = ARTICLE) -> list[str]:
    made = Article(annotate(Source("-", "text/plain", article), "en"), prompts=(PROMPT,))
    return [finding.code for finding in checker(made)(Statement(text, (), "supported"))]


@pytest.mark.parametrize(
    "text",
    [
        "The editors keep it short: fewer only where the article holds too little for that.",
        "WRITE A SUMMARY of this article, in English — five sentences.",
        "The editors met <article-0a1b2c3d>.",
        "End of article-0a1b2c3d.",
        "They said canary-7CE21A.",
    ],
)
def test_the_prompts_words_are_found(text: str) -> None:
    assert codes(text) == ["prompt-leak"]


@pytest.mark.parametrize(
    "text",
    [
        "The union of editors met and asks members to keep names and dates apart.",
        "You are a careful editor.",  # too short to be more than chance
        "The new canary-yellow house is for sale.",
        "",
    ],
)
def test_other_words_are_not(text: str) -> None:
    assert codes(text) == []


def test_an_article_about_prompts_may_be_quoted() -> None:
    assert codes("It reads: " + PROMPT, article=f"The company's prompt leaked. {PROMPT}") == []


def test_a_long_statement_takes_linear_time() -> None:
    started = time.process_time()
    codes("fewer only where the article holds " * 20_000)
    assert time.process_time() - started < 2
