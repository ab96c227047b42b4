"""Is the speaker of a claim, or in a statement's own words, whom the article has speak there?

Three things are compared: whether the speaker is named in the paragraphs cited or beside
them; whether the article has another named person speak in the sentences cited; whether a
pronoun was given as speaker though the article names the person.

What it cannot see: a wrong speaker who is named in the sentences cited themselves; one
whose words the article gives without a verb of saying that the rules know, or under a
description ("the minister") that they can't resolve; speakers who are no persons; and
languages without a file in `cues/speech`, for which only names are looked up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property

import regex

from summ.checks._speech.cues import is_known, speech_cues
from summ.checks._speech.speaker_names import (
    LONGEST_NAME,
    akin,
    is_person,
    mentions,
    name_patterns,
    own_words,
)
from summ.checks.article import Article, StatementCheck
from summ.checks.grounding import SentenceIndex
from summ.checks.speech import Speaker, speakers
from summ.model import Claim, Finding, Source, Statement
from summ.text.document import annotate
from summ.text.shown import shown

_SHOWN = 60
_TERM = 3
"""Words up to which a quotation is a term."""

_REACH = 1
"""Paragraphs before and after those cited in which a speaker has to be named."""

_MOST_MENTIONS = 2000


def speaker_as_written(index: SentenceIndex, speaker: str, statement: Statement) -> str | None:
    """The article's own words for `speaker`: in full, else their last word, else None.

    Looked for in the evidence first, then in the whole article. The last word may be
    inflected there, so its beginning counts; a first name alone would find anybody.
    """
    places = [*(evidence.quote for evidence in statement.evidence), index.document.text]
    name = speaker[:LONGEST_NAME].strip()
    if not regex.search(r"\w", name):
        return None
    if not all(_has_word(word, index.document.text) for word in regex.findall(r"\w+", name)):
        return None  # a first name that nobody has in the article is made up
    for pattern in name_patterns(name):
        for place in places:
            match = pattern.search(place)
            if match:
                return shown(match[0])
    return None


def _has_word(word: str, text: str) -> bool:
    """Whether `text` has the word, with another ending maybe; titles and initials pass."""
    if len(word) <= 3:
        return True
    return regex.search(regex.escape(word[: max(3, len(word) - 2)]), text, regex.I) is not None


def checker(article: Article) -> StatementCheck:
    """Check the speakers of claims against who speaks in the sentences cited."""
    speech = _Speech(article)

    def check(statement: Statement) -> Iterator[Finding]:
        if not statement.evidence:
            return
        if isinstance(statement, Claim) and statement.speaker:
            yield from speech.findings(statement, statement.speaker)
        else:
            for name in speech.told(statement):
                yield from speech.findings(statement, name)

    return check


def told_by(article: Article) -> Callable[[Statement], tuple[str, ...]]:
    """Make what names the persons of `article` who speak by a statement's own words."""
    speech = _Speech(article)
    return lambda statement: tuple(speech.told(statement))


class _Speech:
    """Who speaks in one article, as far as its rules and names tell."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._cues = speech_cues(article.language)
        self._places: dict[tuple[str, ...], tuple[int, ...]] = {}

    def findings(self, claim: Statement, given: str) -> Iterator[Finding]:
        """What is wrong with the speaker `given` for a claim with evidence."""
        if not is_known(self._article.language):
            return
        if given.strip().casefold() in self._cues.pronouns:
            yield from self._pronoun(claim, given)
            return
        words = own_words(given, self._cues)
        if not is_person(words, self._cues) and not self._is_surname(words):
            return
        spoken = self._other(claim, words)
        if spoken:
            other, number = spoken
            yield Finding(
                "speaker-differs",
                f"The speaker given is {given[:_SHOWN]}; in sentence {number} the article has "
                f"{other.name[:_SHOWN]} speak.",
            )
        elif not self._is_near(claim, words):
            yield Finding(
                "speaker-not-near",
                f"{given[:_SHOWN]} is not named in the paragraphs cited, nor right before or "
                "behind them.",
            )

    def told(self, statement: Statement) -> Iterator[str]:
        """The persons who speak by the statement's own words: "Ruiz said …", "according to …"."""
        words = frozenset(regex.findall(r"[\p{L}’'-]+", statement.text.lower()))
        if words.isdisjoint(self._reporting) or not is_known(self._article.language):
            return
        source = Source("-", "text/plain", statement.text)
        made = annotate(source, self._article.document.language)
        names = dict.fromkeys(one.name for one in speakers(made) if one)
        for name in names:
            own = own_words(name, self._cues)
            if self._is_surname(own) or any(akin(own, other) for other in self._full):
                yield name

    @cached_property
    def _reporting(self) -> frozenset[str]:
        """Words one of which a statement that names its speaker has."""
        first = {phrase[0] for phrase in self._cues.according}
        return frozenset(self._cues.verbs | self._cues.quoting | self._cues.postposed | first)

    @cached_property
    def _full(self) -> tuple[tuple[str, ...], ...]:
        """The names, word by word, of the persons who speak in the article."""
        return tuple(own_words(name, self._cues) for name in self._persons)

    def _pronoun(self, claim: Statement, given: str) -> Iterator[Finding]:
        """A pronoun is given where the article's words tell who it is."""
        names = {speaker.name for speaker in self._ruled(claim) if speaker and speaker.person}
        if len(names) == 1:
            yield Finding(
                "speaker-is-pronoun",
                f"The speaker is given as “{given[:_SHOWN]}”; the article's words before it "
                f"name {names.pop()[:_SHOWN]}.",
            )

    def _ruled(self, claim: Statement) -> list[Speaker | None]:
        """Who speaks in each sentence cited, by rule."""
        return [self._article.speakers[one.sentence - 1] for one in claim.evidence]

    def _is_surname(self, words: tuple[str, ...]) -> bool:
        """Whether a single word is the surname of a person whom the article has speak."""
        return len(words) == 1 and any(
            akin(words, own_words(name, self._cues)) for name in self._persons
        )

    @cached_property
    def _persons(self) -> frozenset[str]:
        """Full names of the persons who speak."""
        return frozenset(
            speaker.name for speaker in self._article.speakers if speaker and speaker.person
        )

    def _other(self, claim: Statement, words: tuple[str, ...]) -> tuple[Speaker, int] | None:
        """The only person who speaks in the sentences cited, if it is surely another one."""
        found: dict[str, tuple[Speaker, int]] = {}
        for one, speaker in zip(claim.evidence, self._ruled(claim), strict=True):
            if speaker is None:
                if self._has_speech(one.sentence):
                    return None
                continue
            if not speaker.person or akin(words, own_words(speaker.name, self._cues)):
                return None
            found.setdefault(speaker.name, (speaker, one.sentence))
        if len(found) != 1:
            return None
        (other,) = found.values()
        return None if self._may_be_meant(claim, words, other[0]) else other

    def _has_speech(self, number: int) -> bool:
        """Whether a sentence has direct speech, which a term in marks is not."""
        document = self._article.document
        span = document.sentences[number - 1]
        at = bisect_right(self._quoted, span.start, key=lambda quoted: quoted[1])
        while at < len(self._quoted) and self._quoted[at][0] < span.end:
            start, end = self._quoted[at]
            if len(document.text[start:end].split(maxsplit=_TERM)) > _TERM:
                return True
            at += 1
        return False

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        """Where direct speech stands."""
        return [(one.start, one.end) for one in self._article.direct_speech]

    def _may_be_meant(self, claim: Statement, words: tuple[str, ...], other: Speaker) -> bool:
        """Whether the speaker given is named where the rules may have missed that he speaks.

        That is in a sentence cited, outside quotations; and where only a pronoun or nothing
        tells who speaks, in the sentences right before, too.
        """
        cited = {one.sentence for one in claim.evidence}
        inferred = not any(other.as_written in one.quote for one in claim.evidence)
        reach = range(1, 3) if inferred else range(0)
        near = cited | {number - back for number in cited for back in reach}
        return any(number in near for number in self._named(words))

    def _named(self, words: tuple[str, ...]) -> Iterator[int]:
        """Numbers of the sentences that name the person outside quotations."""
        starts = self._article.document.sentences
        for place in self._mentions(words):
            at = bisect_right(self._quoted, place, key=lambda quoted: quoted[1])
            if at == len(self._quoted) or place < self._quoted[at][0]:
                yield bisect_right(starts, place, key=lambda span: span.start)

    def _is_near(self, claim: Statement, words: tuple[str, ...]) -> bool:
        """Whether the speaker is named, or speaks by rule, in the paragraphs around."""
        document = self._article.document
        cited = {self._paragraph(one.start) for one in claim.evidence}
        near = {at + step for at in cited for step in range(-_REACH, _REACH + 1)}
        if any(self._paragraph(place) in near for place in self._mentions(words)):
            return True
        for number, speaker in enumerate(self._article.speakers, 1):
            if self._paragraph(document.sentences[number - 1].start) in near and (
                speaker and akin(words, own_words(speaker.name, self._cues))
            ):
                return True
        return False

    def _paragraph(self, place: int) -> int:
        return bisect_right(self._article.document.paragraphs, place, key=lambda span: span.start)

    def _mentions(self, words: tuple[str, ...]) -> tuple[int, ...]:
        """Where a word of the name stands in the article."""
        if words not in self._places:
            found = mentions(words).finditer(self._article.document.text)
            self._places[words] = tuple(
                match.start() for match, _ in zip(found, range(_MOST_MENTIONS), strict=False)
            )
        return self._places[words]
