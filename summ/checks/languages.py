"""Is an output in the language that was asked for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement
from summ.text.language import is_in_language

LONG = 40
"""Characters from which a translation equal to its original is not a name or a figure."""

KNOWN = 0.5
"""Share of a statement's terms that the article has, from which its language is clear."""


def wrong_items(items: Sequence[str], translated: Sequence[str], target: str) -> dict[int, Finding]:
    """Translations that are missing, copied, or confidently in another language.

    Args:
        items: the originals.
        translated: as many translations.
        target: BCP 47 code of the language asked for.

    Returns:
        A finding for each place (from 0) where something is wrong.
    """
    found: dict[int, Finding] = {}
    for place, (item, text) in enumerate(zip(items, translated, strict=True)):
        if not text.strip() or (text == item and len(item) >= LONG):
            found[place] = Finding(
                "untranslated", f"Item {place + 1} was not translated; the original is shown."
            )
        elif is_in_language(text, target) is False:
            found[place] = Finding(
                "wrong-language", f"Item {place + 1} does not read as the language asked for."
            )
    return found


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
