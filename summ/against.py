"""A summary that something else wrote, checked against its article, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import regex

from summ.checks.article import Article
from summ.checks.grounding import OWN, ground
from summ.checks.languages import is_foreign
from summ.checks.quotations import direct_speech
from summ.checks.registry import Auditor
from summ.checks.speakers import told_by
from summ.model import Document, Finding, Source, Span, Statement
from summ.tasks.repair import audited
from summ.text.document import annotate
from summ.text.shown import shown
from summ.text.visible import visible_blocks

CITED_WRONGLY = frozenset(
    {"number-in-neighbour", "number-not-in-evidence", "quotation-not-in-evidence"}
)
"""Codes of what the article has in other sentences than those cited; a place is with them."""

PLACING = ("numbers", "quotations")
"""The checks whose codes those are."""

HEADING = 4
"""Words from which a heading says something that can be checked; "Key points" does not."""

FACTS = 2
"""Middle dots from which a line is a row of facts about a text, as reports of summ have one."""

LABEL = 8
"""Words up to which a line that ends with a colon announces what follows."""

_FOOTNOTE = regex.compile(r"^\[\^[^\]\s]{1,40}\]:.*(?:\n[ \t]+\S.*)*", regex.MULTILINE)
_FRONT_MATTER = regex.compile(r"\A---\n(?:[^\n]*\n){1,40}?---\n")
_MARKER = regex.compile(r"\[\^[^\]\s]{1,40}\]")
_BULLET = regex.compile(r"^[ \t]*[•◦▪‣·][ \t]+", regex.MULTILINE)
_FIGURE = regex.compile(r"\S*\p{N}\S*")
_MARKS = "“”„«»\"'’.,:;!?()"
_LETTER = regex.compile(r"\p{L}")
_DIGIT = regex.compile(r"\p{N}")
_CONTINUED = regex.compile(r"\n(?=[^\p{Lu}\p{Lt}\p{Lo}“„«‘\"'(\[])")


def check_summary(
    summary: str, document: Document, prompts: Sequence[str] = ()
) -> tuple[Statement, ...]:
    """The sentences of a summary that something else wrote, each with its best evidence.

    Short headings, and short lines that end with a colon, are passed over, and so are
    footnotes.

    Args:
        summary: plain text or Markdown, in the article's language.
        document: the article.
        prompts: texts whose words must not be in it; see `Article.prompts`.
    """
    auditor = Auditor(Article(document, prompts=prompts))
    told = told_by(auditor.article)
    sentences = list(_sentences(summary, document.language))
    if is_foreign(auditor.article, " ".join(sentences)):
        what = "The summary does not read as the language of the article; nothing was compared."
        wrong = (Finding("wrong-language", what),)
        return tuple(Statement(text, (), "unsupported", wrong) for text in sentences)
    return audited(auditor, [_grounded(text, auditor, told) for text in sentences], ()).summary


def _grounded(
    text: str, auditor: Auditor, told: Callable[[Statement], tuple[str, ...]]
) -> Statement:
    """A sentence with its best evidence, and where else the article has its numbers."""
    document, index = auditor.article.original, auditor.article.index
    # What is said is looked for, and not who is said to say it: his other words are no evidence.
    names = {word for name in told(Statement(text, (), "supported")) for word in name.split()}
    matter = " ".join(word for word in text.split() if word.strip(_MARKS) not in names)
    grounding = ground(index, matter, None)
    if not grounding.evidence:
        grounding = ground(index, text, None)
    # A figure alone binds nothing: "15,000 people" does not rest on 15,000 lorries.
    words = _FIGURE.sub(" ", matter)
    numbers = {one.sentence for one in grounding.evidence}
    numbers = index.sharing(words, numbers, OWN) or numbers
    statement = Statement(text, index.evidence(numbers), grounding.support, grounding.findings)
    # Nobody has cited these sentences: a number that stands in another one is no wrong citation.
    found = {f.start for f in auditor.findings(statement, PLACING) if f.code in CITED_WRONGLY}
    places = (Span(start, start + 1) for start in found if start is not None)
    others = {number for place in places for number in document.sentences_in(place)}
    numbers |= index.sharing(words, others, OWN)
    return replace(statement, evidence=index.evidence(numbers))


def _sentences(summary: str, language: str | None) -> Iterator[str]:
    """The sentences of a text, block by block; a quotation of several stays together."""
    plain = _MARKER.sub("", _FOOTNOTE.sub("", _FRONT_MATTER.sub("", summary)))
    for text in _blocks(_BULLET.sub("- ", plain)):
        document = annotate(Source("-", "text/plain", text), language)
        pieces: list[str] = []
        for span in _spans(document):
            piece = shown(span.of(document.text))
            if _LETTER.search(piece):
                pieces.append(piece)
            elif _DIGIT.search(piece):
                # "1975." at the end of a line is no sentence, and no mark of a list either.
                pieces[-1:] = [" ".join([*pieces[-1:], piece])]
        if pieces and pieces[-1].endswith(":") and len(pieces[-1].split()) <= LABEL:
            pieces.pop()
        yield from pieces


def _spans(document: Document) -> Iterator[Span]:
    """Sentences; those that a quotation runs over as one, or it could not be checked."""
    inside = [(one.start, one.end) for one in direct_speech(document)]
    start = 0
    for sentence in document.sentences:
        place = bisect_right(inside, sentence.end - 1, key=lambda one: one[0]) - 1
        if place >= 0 and inside[place][1] > sentence.end:
            continue  # it ends inside a quotation
        yield Span(start, sentence.end)
        start = sentence.end
    if start < len(document.text):
        yield Span(start, len(document.text))


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, items of lists and headings that say something, without their markup.

    A line break inside one stays where a sentence may end.
    """
    for block in visible_blocks(text):
        words = block.words
        if block.look != "verbatim":
            words = _CONTINUED.sub(" ", words)
        titles = {"title": [words], "head": words.split("|")}.get(block.look, ())
        brief = titles and all(len(title.split()) < HEADING for title in titles)
        if not brief and words.count(" · ") < FACTS:
            yield words
