"""Are the names of a statement in the article?

Names are told by their capitals, so Latin, Cyrillic and Greek letters are judged, in the
languages for which there are cues (`summ/checks/cues/names`). A name passes when the
article has it in any inflection, spelling or derivation that is known: Київ and
київський, Zelenskyy and Zelensky, the Netherlands and Dutch, NTSB and National
Transportation Safety Board. It is compared with the whole article, not with the evidence.

What it can't see: a name that opens a sentence and looks like a common word; in German one
that looks like a common noun (but behind Herr or Frau), or like a plural with its article; a
name made of general words only (Supreme Court); headlines in Title Case, and sentences in
capitals; another name's inflection where names inflect (German, Slavic); who did what to whom. In
scripts without capitals only names in Latin letters and what stands in the marks of
titles are judged; in languages without cues nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summ.checks._names.cues import name_cues
from summ.checks._names.judge import Judge
from summ.checks._names.source import Vocabulary
from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement

_CASELESS = frozenset(
    {"zh", "yue", "wuu", "ja", "ko", "th", "lo", "km", "my", "he", "yi", "ar", "fa", "ur", "ps"}
    | {"hi", "mr", "ne", "bn", "pa", "gu", "ta", "te", "kn", "ml", "si"}
)
_TITLE = re.compile(r"[《〈『「«“]([^《》〈〉『』「」«»“”]{2,16})[》〉』」»”]")
_LATIN = re.compile(r"(?<![A-Za-zÀ-ɏ])[A-ZÀ-Þ][a-zß-ɏ]{2,40}(?![A-Za-zÀ-ɏ])")
_BLANK = re.compile(r"\s+")
_SHOWN = 60


def checker(article: Article) -> StatementCheck:
    """Find names that the article doesn't have.

    Args:
        article: its language decides what is known of names.

    Returns:
        What yields `name-not-in-source` for each name of a statement that is nowhere in
        the article; nothing for a statement that is in the article word for word.
    """
    text = article.document.text
    lacking: Callable[[str], Iterator[str]] = _nothing
    if article.language in _CASELESS:
        lacking = _Caseless(text).lacking
    elif cues := name_cues(article.language):
        lacking = Judge(Vocabulary(article.document, cues), cues, article.language).lacking

    def check(statement: Statement) -> Iterator[Finding]:
        if statement.text.strip() not in text:
            for name in lacking(statement.text):
                shown = _BLANK.sub(" ", name)
                shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
                yield Finding("name-not-in-source", f"The name “{shown}” is not in the article.")

    return check


def _nothing(text: str) -> Iterator[str]:
    return iter(())


class _Caseless:
    """Names that can be told without capitals: those in Latin letters or in marks."""

    def __init__(self, text: str) -> None:
        """Compare with the article's `text`."""
        self._text = text
        self._plain: str | None = None

    def lacking(self, text: str) -> Iterator[str]:
        """Those names of `text` that the article lacks, each once."""
        if self._plain is None:
            self._plain = _BLANK.sub("", self._text).casefold()
        found = [match[1] for match in _TITLE.finditer(text)]
        found += [match[0] for match in _LATIN.finditer(text)]
        for name in dict.fromkeys(found):
            if _BLANK.sub("", name).casefold() not in self._plain:
                yield name
