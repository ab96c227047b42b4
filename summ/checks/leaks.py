"""Words of the prompt in an output: a model that repeats its orders has not reported.

Looked for are the delimiter of the article's block, a canary (a made-up word that stands
in the system text and nowhere else), and a run of words of the prompts that the article
does not have. A paraphrase of the prompt is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement

RUN = 7
"""Words in a row that no statement shares with a prompt by chance."""

_DELIMITER = re.compile(r"</?article-[0-9a-f]{8}>?|\barticle-[0-9a-f]{8}\b")
_CANARY = re.compile(r"\bcanary-[0-9a-z]{6,}\b")
_WORD = re.compile(r"\w+")


def checker(article: Article) -> StatementCheck:
    """Look for the words of `article.prompts`."""

    def check(statement: Statement) -> Iterator[Finding]:
        found = leak(statement.text, article.document.text, article.prompts)
        if found:
            yield found

    return check


def leak(text: str, source: str, prompts: tuple[str, ...]) -> Finding | None:
    """What `text` has of the prompts, if `source` has not.

    Args:
        text: what a model wrote.
        source: what it was given to work on; its words are no leak.
        prompts: the texts of the prompts.
    """
    runs, canaries = _looked_for(prompts)
    marks = [*_DELIMITER.findall(text), *(c for c in canaries if c in text.casefold())]
    marks = [mark for mark in marks if mark not in source]
    if marks:
        return Finding("prompt-leak", f"A mark of the prompt is in the output: {marks[0]}.")
    suspects = [run for run in _runs_of(_words(text)) if run in runs]
    plain = " ".join(_words(source)) if suspects else ""
    for run in suspects:
        if (what := " ".join(run)) not in plain:
            return Finding("prompt-leak", f"Words of the prompt are in the output: {what[:80]}.")
    return None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs_of(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


@lru_cache(maxsize=8)
def _looked_for(prompts: tuple[str, ...]) -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
    """Runs of words and canaries of the prompts."""
    runs = frozenset(run for text in prompts for run in _runs_of(_words(text)))
    canaries = dict.fromkeys(c for text in prompts for c in _CANARY.findall(text.casefold()))
    return runs, tuple(canaries)
