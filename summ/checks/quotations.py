"""Is what a statement puts in quotation marks in the article, word for word?

Words are compared, and signs such as % and €; marks, white space, case and punctuation are
not. "…" and square brackets cut a quotation into pieces that have to follow each other, and
an attribution that interrupts it may be left out, in the article or in the statement. Names
and terms of a few words may stand in another case.

What it cannot see: whether the words mean in the article what the statement makes of them;
a quotation whose marks are not a pair, or may be apostrophes; and speech that the article
marks by nothing but lines or type. That words in marks are the reporter's own is told only
where the language has a file in `cues/speech`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

import regex

from summ.checks._speech.cues import is_known, speech_cues
from summ.checks._speech.quotes import Quotation, has_owner, is_closed, marked, quotations, spoken
from summ.checks.article import Article, StatementCheck
from summ.checks.grounding import is_unspaced
from summ.model import Claim, Document, Finding, Span, Statement

_TERM = 2
"""Words up to which a quotation is a term: it may stand anywhere, without marks."""

_NAME = 3
"""The same for a name or title that begins with a capital."""

_TITLE = 8
"""Words of the longest title of a film or book, told by its capitals."""

_SPEECH = 4
"""Words from which a quotation counts as somebody's words; characters of a script without
spaces count half."""

_MOST = 20
"""Quotations of one statement that are looked at."""

_SHOWN = 80
_LONGEST_WORD = 64
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
    r"|\p{N}+(?:[.,:]\p{N}+)*|[\p{L}\p{M}\p{N}]+|[%‰\p{Sc}°+=]"
)
_LETTER = regex.compile(r"\[(\p{L})\](?=\p{L})")
_CUT = regex.compile(r"\[[^\[\]]{0,200}\]|\((?:…|\.{3})\)|…|\.{3,}|\.\s\.\s\.")
_BREAK = "|"


def direct_speech(document: Document) -> tuple[Quotation, ...]:
    """All direct speech of an article, in order, marks included, attributions left out.

    It is found by its marks, in whatever style, or by the dash that opens a paragraph, if a
    verb of saying proves it. Terms in quotation marks are among it.
    """
    return quotations(document, speech_cues((document.language or "").lower().partition("-")[0]))


def words_of(text: str) -> list[str]:
    """The words of `text`, as they are compared."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [_plain(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    # Cut first: ordering a million accents on one letter takes quadratic time.
    return unicodedata.normalize("NFKC", word[:_LONGEST_WORD].casefold())


@dataclass(frozen=True, slots=True)
class _Stack:
    """Words of some sentences in a row, to be searched.

    Attributes:
        text: the words, a space around each; a bar where something is left out.
        starts: where each sentence begins in it.
        numbers: of the sentences.
    """

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def sentence_of(self, pieces: Iterable[str]) -> int | None:
        """The sentence in which the pieces begin to stand in this order; None if they don't."""
        first = None
        at = 0
        for piece in pieces:
            at = self.text.find(f" {piece} ", at)
            if at < 0:
                return None
            first = at if first is None else first
            at += len(piece) + 1
        if first is None:
            return None
        return self.numbers[bisect_right(self.starts, first + 1) - 1]


def _stacked(numbers: Sequence[int], words: Sequence[str]) -> _Stack:
    """The words of these sentences; those that don't follow each other are set apart."""
    text: list[str] = []
    starts: list[int] = []
    length = 1
    before = None
    for number in numbers:
        if before is not None and number != before + 1:
            text.append(_BREAK)
            length += 2
        starts.append(length)
        text.append(words[number - 1] or _BREAK)
        length += len(text[-1]) + 1
        before = number
    return _Stack(f" {' '.join(text)} ", tuple(starts), tuple(numbers))


def checker(article: Article) -> StatementCheck:
    """Check what statements quote."""
    source = _Source(article)

    def check(statement: Statement) -> Iterator[Finding]:
        text = statement.text
        if any(text.split() == evidence.quote.split() for evidence in statement.evidence):
            return
        whole = (Span(0, len(text)),)
        found = (span for span, _ in marked(text, whole, whole) if is_closed(text, span))
        cited = None
        for span in islice(found, _MOST):
            cited = cited or source.cited(statement)
            yield from source.findings(statement, span, cited)

    return check


@dataclass(frozen=True, slots=True)
class _Cited:
    """The sentences cited: all their words, those in direct speech, and those outside."""

    plain: _Stack
    spoken: _Stack
    told: _Stack


class _Source:
    """The words of one article, made ready when a statement first quotes something."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._cues = speech_cues(article.language)

    def cited(self, statement: Statement) -> _Cited:
        """The words of a statement's evidence."""
        numbers = sorted({evidence.sentence for evidence in statement.evidence})
        return _Cited(
            *(_stacked(numbers, words) for words in (self._plain, self._spoken, self._told))
        )

    def findings(self, statement: Statement, span: Span, cited: _Cited) -> Iterator[Finding]:
        """What is wrong with one quotation of a statement."""
        text = statement.text
        quoted = text[span.start + 1 : span.end - 1].strip()
        words = words_of(quoted)
        if not words:
            return
        ways = self._ways(text, span, quoted, words)
        for way in ways:
            if cited.plain.sentence_of(way) or cited.spoken.sentence_of(way):
                yield from self._narrated(statement, span, way, cited)
                return
        for way in ways:
            number = self._all_plain.sentence_of(way) or self._all_spoken.sentence_of(way)
            if number:
                if not self._is_term(quoted, words):
                    yield Finding(
                        "quotation-not-in-evidence",
                        f"The quotation {_shown(quoted)} is not in the sentences cited; it is in "
                        f"sentence {number}.",
                        *self._article.place(number),
                    )
                return
        if not self._is_inflected(quoted, words) and not has_owner(text, span):
            yield Finding(
                "quotation-not-in-source",
                f"The quotation {_shown(quoted)} is not in the article word for word.",
            )

    def _ways(self, text: str, span: Span, quoted: str, words: list[str]) -> list[list[str]]:
        """Pieces that may have to stand one after the other: as it is, cut, interrupted."""
        ways = [[" ".join(words)]]
        cut = [words_of(piece) for piece in _CUT.split(_LETTER.sub(r"\1", quoted))]
        ways.append([" ".join(piece) for piece in cut if piece])
        parts = [words_of(part.of(text)) for part in spoken(text, span, self._cues)]
        ways.append([" ".join(part) for part in parts if part])
        return [way for at, way in enumerate(ways) if way and way not in ways[:at]]

    def _narrated(
        self, statement: Statement, span: Span, way: list[str], cited: _Cited
    ) -> Iterator[Finding]:
        """The reporter's own words given as somebody's speech."""
        words = " ".join(way).split()
        weight = sum(0.5 if is_unspaced(word[0]) else 1 for word in words)
        if weight < _SPEECH or not self._speech or not is_known(self._article.language):
            return
        number = cited.told.sentence_of(way)
        if number is None or cited.spoken.sentence_of(way) or self._is_set_apart(number):
            return
        quoted = statement.text[span.start + 1 : span.end - 1].strip()
        if self._is_said(statement, span) and not _is_title(quoted):
            yield Finding(
                "quotation-not-direct-speech",
                f"The words {_shown(quoted)} are quoted, but not in quotation marks in sentence "
                f"{number}.",
            )

    def _is_said(self, statement: Statement, span: Span) -> bool:
        """Whether the statement gives the quotation as what somebody said."""
        if isinstance(statement, Claim) and statement.speaker:
            return True
        around = statement.text[: span.start] + statement.text[span.end :]
        return not (self._cues.verbs | self._cues.quoting).isdisjoint(
            regex.findall(r"\w+", around.lower())
        )

    def _is_set_apart(self, number: int) -> bool:
        """Whether a dash or a colon may mark the sentence's words as speech."""
        sentence = self._article.document.sentence(number)
        before = self._article.document.sentence(number - 1) if number > 1 else ""
        return ":" in sentence or sentence[:1] in "—–-" or before.endswith(":")

    def _is_term(self, quoted: str, words: list[str]) -> bool:
        """Whether a quotation is no speech, but a term, a name or a title."""
        if len(words) <= (_NAME if quoted[0].isupper() else _TERM):
            return True
        return len(words) <= _TITLE and not self._cues.nouns_capital and _is_title(quoted)

    def _is_inflected(self, quoted: str, words: list[str]) -> bool:
        """Whether a term, or a name, is in the article with other endings."""
        most = _NAME if self._cues.cased and quoted[0].isupper() else _TERM
        if len(words) > most:
            return False
        stems = " ".join(map(_ending, words))
        return regex.search(rf" {stems} ", self._all_plain.text) is not None

    @cached_property
    def _speech(self) -> tuple[Quotation, ...]:
        return self._article.direct_speech

    @cached_property
    def _plain(self) -> list[str]:
        """The words of each sentence."""
        document = self._article.document
        return [" ".join(words_of(span.of(document.text))) for span in document.sentences]

    @cached_property
    def _spoken(self) -> list[str]:
        """The words of each sentence in direct speech."""
        text = self._article.document.text
        return [
            " ".join(word for piece in self._inside(span) for word in words_of(piece.of(text)))
            for span in self._article.document.sentences
        ]

    @cached_property
    def _told(self) -> list[str]:
        """The words of each sentence outside it, a bar where speech is left out."""
        text = self._article.document.text
        made = []
        for span in self._article.document.sentences:
            words: list[str] = []
            at = span.start
            for piece in self._inside(span):
                words += [*words_of(text[at : piece.start]), _BREAK]
                at = piece.end
            made.append(" ".join([*words, *words_of(text[at : span.end])]))
        return made

    def _inside(self, span: Span) -> Iterator[Span]:
        """The parts of a sentence that are direct speech."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        for piece in self._speech[first:last]:
            yield Span(max(piece.start, span.start), min(piece.end, span.end))

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self._speech]

    @cached_property
    def _ends(self) -> list[int]:
        return [piece.end for piece in self._speech]

    @cached_property
    def _all_plain(self) -> _Stack:
        return _stacked(range(1, len(self._plain) + 1), self._plain)

    @cached_property
    def _all_spoken(self) -> _Stack:
        return _stacked(range(1, len(self._spoken) + 1), self._spoken)


def _ending(word: str) -> str:
    """A pattern of a word with other endings; numbers and short words stay as they are."""
    if len(word) < 4 or not word.isalpha():
        return str(regex.escape(word))
    return regex.escape(word[: max(3, len(word) - 2)]) + r"\S{0,4}"


def _is_title(quoted: str) -> bool:
    """Whether most words have capitals, as in the title of a film or book."""
    words = quoted.split()
    return 2 * sum(word[0].isupper() for word in words) > len(words)


def _shown(quoted: str) -> str:
    """The words of a quotation for a message."""
    line = " ".join(quoted.split())
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[: _SHOWN - 1]}…”"
