"""Is an output in the language that was asked for?"""

from __future__ import annotations

from collections.abc import Iterator

from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement
from summ.text.language import is_in_language

KNOWN = 0.5
"""Share of a statement's terms that the article has, from which its language is clear."""


def is_foreign(article: Article, text: str) -> bool:
    """Whether a text is confidently in another language than the article's.

    A text most of whose words the article has is in no other language, so only the others
    are looked at closely; short ones can't be told.
    """
    language = article.document.language
    if language is None or article.index.known(text) >= KNOWN:
        return False
    return is_in_language(text, language) is False


def checker(article: Article) -> StatementCheck:
    """Is a statement in the article's language?"""

    def check(statement: Statement) -> Iterator[Finding]:
        if is_foreign(article, statement.text):
            yield Finding("wrong-language", "It does not read as the language of the article.")

    return check
