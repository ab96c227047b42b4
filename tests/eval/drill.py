"""The drill: single statements and their evidence, for the checks of negation and hedges.

Each item of `corpus/drill/LANGUAGE.toml` becomes an article of its evidence alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

from summ.model import Source
from summ.text.document import annotate
from tests.eval.corpus_files import CORPUS, Case, CorpusArticle

LANGUAGES = ("en", "uk", "de", "fr")


def load_drill(languages: Iterable[str] = LANGUAGES) -> list[CorpusArticle]:
    """Every item as an article of one statement."""
    articles = []
    for language in languages:
        path = CORPUS / "drill" / f"{language}.toml"
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, item in enumerate(table["items"], 1):
            document = annotate(Source("-", "text/plain", item["evidence"]), language)
            case = Case(
                text=item["statement"],
                evidence=tuple(range(1, len(document.sentences) + 1)),
                speaker=None,
                names=(),
                negated=tuple(item["negated"]),
                unhedged=tuple(item.get("unhedged", ())),
            )
            name = f"drill-{language}-{number}"
            articles.append(CorpusArticle(name, language, document, (), (case,)))
    return articles
