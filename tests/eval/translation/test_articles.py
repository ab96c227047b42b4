"""The articles that translation is measured on are whole, and their references match them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import product

import pytest

from summ.by_sentence import BySentence
from summ.text.segments import rebuild, segments
from tests.eval.translation.measure import Article, blocks, load, shape

ARTICLES = {article.name: article for article in load()}


@pytest.fixture(params=ARTICLES)
def article(request: pytest.FixtureRequest) -> Article:
    return ARTICLES[request.param]


def test_there_are_enough_of_them() -> None:
    lengths = [len(article.texts["en"].split()) for article in ARTICLES.values()]
    assert len(lengths) >= 5
    assert sum(length >= 250 for length in lengths) == len(lengths)
    assert max(lengths) >= 800


def test_the_reference_is_built_as_the_article(article: Article) -> None:
    ours, theirs = (segments(article.texts[code], article.media_type) for code in ("en", "pt"))
    assert [one.kind for one in ours] == [one.kind for one in theirs]
    ours_words, theirs_words = (
        blocks(article.texts[code], article.media_type) for code in ("en", "pt")
    )
    assert len(ours_words) == len(theirs_words)
    for one, other in zip(ours_words, theirs_words, strict=True):
        assert 0.5 < len(one) / len(other) < 2 or len(one) < 20


class Backwards:
    """An engine that writes every word in capitals, the last word first."""

    async def prepare(self, source: str, target: str) -> None:
        """It is ready."""

    async def translate(self, items: Sequence[str], source: str, target: str) -> list[str]:
        return [" ".join(reversed(item.upper().split())) for item in items]


@pytest.mark.parametrize(("name", "language"), list(product(ARTICLES, ("en", "pt"))))
def test_an_article_keeps_its_shape_whatever_the_engine_does(name: str, language: str) -> None:
    article = ARTICLES[name]
    text = article.texts[language]
    proses = segments(text, article.media_type)
    lines = asyncio.run(BySentence(Backwards()).translate([p.text for p in proses], language, "de"))
    targets = [prose.restore(line or "") for prose, line in zip(proses, lines, strict=True)]
    assert None not in targets
    new = rebuild(text, proses, [target or "" for target in targets])
    assert shape(new, article.media_type) == shape(text, article.media_type)
