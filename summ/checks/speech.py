"""Who speaks in each sentence of an article, by rule.

The rules prefer "unknown" to a wrong name: a sentence has a speaker where a verb of
saying, "according to" or a quotation shows one, and narration has none. They read word
order and lists of words, not grammar; irony, and speech without any mark, they can't see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from summ.checks._speech.clauses import Clauses
from summ.checks._speech.cues import Cues, Gender, speech_cues
from summ.checks._speech.names import Names, words_of
from summ.checks._speech.nouns import Subject
from summ.checks._speech.tokens import Line, lines
from summ.model import Document

_REMEMBERED = 8
"""Sentences back in which the person behind "she" is looked for."""

_PARAGRAPHS = 3
"""Paragraphs back, likewise."""

_RECENT = 2
"""Sentences back in which a quotation by itself finds its speaker."""

_LONGEST_ROLE = 4
_ONE = frozenset(["a", "an", "one", "ein", "eine", "un", "una", "une", "один", "одна"])
_LONGEST_BARE = 2


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a sentence.

    Attributes:
        name: the fullest form of the name in the article, without title and role; a
            description ("the union") where the sentence has no name.
        as_written: the words that name the speaker, verbatim from the article: of the
            sentence itself, or of the nearest mention where it has a pronoun or nothing
            but a quotation.
        person: whether the name is surely a person's, told in full somewhere in the article.
    """

    name: str
    as_written: str
    person: bool = field(default=False, compare=False)


@dataclass(slots=True)
class _Known:
    """A speaker or subject, as later pronouns need it."""

    number: int
    paragraph: int
    speaker: Speaker
    kind: str
    gender: Gender
    spoke: bool


def speakers(document: Document) -> tuple[Speaker | None, ...]:
    """Who speaks in each sentence of `document`.

    Returns:
        One entry per sentence, number n at index n - 1. None where nobody's speech is
        reported, and where the rules don't know whose it is.
    """
    cues = speech_cues((document.language or "").lower().partition("-")[0])
    return _Reading(document, cues).speakers()


class _Reading:
    """One pass over an article's sentences, remembering who spoke."""

    def __init__(self, document: Document, cues: Cues) -> None:
        self._text = document.text
        self._cues = cues
        self._lines = lines(document, cues)
        self._names = Names(document.text, self._lines, cues)
        self._clauses = Clauses(cues, self._names)
        self._subjects = [self._clauses.attribution(line) for line in self._lines]
        self._known: list[_Known] = []
        self._genders: dict[str, Gender] = {}
        self._roles: dict[str, str] = {}
        for line, subject in zip(self._lines, self._subjects, strict=True):
            if subject and subject.kind == "name" and not subject.inflected:
                self._names.subject(words_of(line.tokens, subject.part))
        self._topics = [self._clauses.topic(line) for line in self._lines]

    def speakers(self) -> tuple[Speaker | None, ...]:
        """The speakers of all sentences."""
        found: list[Speaker | None] = []
        for number in range(1, len(self._lines) + 1):
            speaker = self._own(number)
            if speaker is None and self._subjects[number - 1] is None:
                speaker = self._continued(number, found)
                if speaker and self._known and self._known[-1].speaker == speaker:
                    self._known[-1].number = number
                    self._known[-1].paragraph = self._lines[number - 1].paragraph
            found.append(speaker)
        for number in range(len(found), 0, -1):
            if found[number - 1] is None and self._subjects[number - 1] is None:
                found[number - 1] = self._anticipated(number, found)
        return tuple(found)

    def _own(self, number: int) -> Speaker | None:
        """The speaker that the sentence itself shows, by name, description or pronoun."""
        line, subject = self._lines[number - 1], self._subjects[number - 1]
        topic = self._topics[number - 1]
        if subject is None:
            if topic and (speaker := self._named(number, topic)):
                self._remember(number, topic, speaker, spoke=False)
            return None
        if subject.kind in {"pronoun", "dropped"}:
            known = self._referred(number, subject, self._same_sentence(number, subject))
            if known is None:
                return None
            self._known.append(
                _Known(number, line.paragraph, known.speaker, known.kind, known.gender, True)
            )
            return known.speaker
        speaker = self._named(number, subject)
        if speaker:
            self._remember(number, subject, speaker, spoke=True)
        return speaker

    def _named(self, number: int, subject: Subject) -> Speaker | None:
        """The speaker behind the words of a name or description."""
        tokens = self._lines[number - 1].tokens[subject.part.start : subject.part.end]
        written = self._text[tokens[0].start : tokens[-1].end]
        words = tuple(token.text for token in tokens)
        if subject.kind == "name":
            name = self._names.full(words, number, subject.inflected)
            for role in self._roles_of(number, subject):
                self._roles[role] = name if self._roles.get(role, name) == name else ""
            return Speaker(name, written, self._is_person(name))
        first = 1 if len(tokens) > 1 and tokens[0].low in self._cues.articles else 0
        for last in range(len(tokens), first, -1):
            role = " ".join(token.low for token in tokens[first:last])
            if self._roles.get(role):
                name = self._roles[role]
                shown = self._text[tokens[0].start : tokens[last - 1].end]
                return Speaker(name, shown, self._is_person(name))
        if len(tokens) > _LONGEST_BARE and not self._cues.articles:
            return None  # the object may stand before the verb, too
        if len(words) == 1 and self._text[: tokens[0].start].endswith("des "):
            return None  # a German genitive: "des Unternehmens" names nobody in that form
        return Speaker(self._description(words, written, subject.inflected), written)

    def _is_person(self, name: str) -> bool:
        """Whether a name is surely a person's: of two words or more, and none says a role."""
        words = tuple(name.split())
        return (
            len(words) > 1
            and self._names.is_proven(words)
            and not any(
                self._cues.roles.fits(word) or self._cues.things.fits(word) for word in words
            )
        )

    def _roles_of(self, number: int, subject: Subject) -> list[str]:
        """The words right before a name that say what the person is, longest first."""
        tokens = self._lines[number - 1].tokens
        cues = self._cues
        barred = (cues.articles, cues.prepositions, cues.joins, cues.verbs)
        at = subject.part.start
        while at > 0 and subject.part.start - at < _LONGEST_ROLE and tokens[at - 1].kind == "word":
            if any(tokens[at - 1].low in words for words in barred):
                break
            at -= 1
        words = [token.low for token in tokens[at : subject.part.start]]
        return [
            " ".join(words[first:])
            for first in range(len(words))
            if len(words) - first > 1 or self._cues.roles.fits(words[first])
        ]

    def _description(self, words: Sequence[str], written: str, inflected: bool) -> str:
        """A description as it would stand inside a sentence."""
        if not self._cues.nouns_capital:
            text = " ".join(written.split())
            low = words[0].lower()
            small = bool(self._cues.articles) and low not in self._names.inner
            if small or low in self._cues.articles or self._names.is_common(low):
                text = text[0].lower() + text[1:]
            return text
        kept = [word for word in words if word.lower() not in self._cues.articles] or list(words)
        if inflected and kept[-1].endswith("s"):
            bare = (kept[-1].removesuffix("es"), kept[-1].removesuffix("s"))
            kept[-1] = next((w for w in bare if w.lower() in self._names.inner), kept[-1])
        return " ".join(kept)

    def _remember(self, number: int, subject: Subject, speaker: Speaker, spoke: bool) -> None:
        """Keep a speaker or subject for pronouns to come."""
        paragraph = self._lines[number - 1].paragraph
        person = self._names.is_person(tuple(speaker.name.split()))
        kind = "name" if person else "description"
        gender = subject.gender
        if gender == "?":
            gender = self._genders.get(speaker.name, "?")
        elif kind == "name":
            self._genders[speaker.name] = gender
        self._known.append(_Known(number, paragraph, speaker, kind, gender, spoke))

    def _same_sentence(self, number: int, subject: Subject) -> list[_Known]:
        """The person whom the sentence itself names as its subject, before the pronoun."""
        line = self._lines[number - 1]
        if subject.kind != "pronoun" or subject.gender == "n":
            return []
        topic = self._clauses.topic(line, subject.part.start)
        speaker = self._named(number, topic) if topic else None
        if topic is None or speaker is None:
            return []
        return [_Known(number, line.paragraph, speaker, topic.kind, topic.gender, False)]

    def _referred(self, number: int, subject: Subject, near: list[_Known]) -> _Known | None:
        """Whom a pronoun, or a verb without a subject, refers to."""
        paragraph = self._lines[number - 1].paragraph
        for known in chain(near, reversed(self._known)):
            if number - known.number > _REMEMBERED or paragraph - known.paragraph > _PARAGRAPHS:
                return None
            if subject.kind == "pronoun" and subject.gender == "n":
                close = number - known.number <= 1 or known.paragraph == paragraph
                return known if close and known.spoke and known.kind != "name" else None
            if self._agrees(known, number, subject):
                return None if self._others_between(known, number, subject.gender) else known
        return None

    def _others_between(self, known: _Known, number: int, gender: Gender) -> bool:
        """Whether somebody else is named since: then it could be either of them."""
        for between in range(known.number + 1, number):
            for name in self._persons_in(between):
                fits = "?" in {gender, self._genders.get(name, "?")}
                if name != known.speaker.name and (fits or self._genders[name] == gender):
                    return True
        return False

    def _agrees(self, known: _Known, number: int, subject: Subject) -> bool:
        """Whether the pronoun, or the verb without a subject, can mean this speaker."""
        away = number - known.number
        if known.kind != "name":
            if not known.spoke or self._cues.media.fits(known.speaker.name.rpartition(" ")[2]):
                return False
            return (subject.kind == "dropped" and away <= 2) or self._single(known, number)
        if subject.kind == "dropped" and not known.spoke and away > 1:
            return False
        gender = self._genders.get(known.speaker.name, known.gender)
        if "?" not in {gender, subject.gender} and gender != subject.gender:
            return False
        if subject.gender != "?":
            self._genders[known.speaker.name] = subject.gender
        return True

    def _single(self, known: _Known, number: int) -> bool:
        """Whether a description of the sentences just before can be one person."""
        words = known.speaker.as_written.lower().split()
        role = self._cues.roles.fits(words[-1])
        one = words[0] in _ONE or (role and not words[-1].endswith("s"))
        return one and all(
            line.bare or line.running for line in self._lines[known.number : number - 1]
        )

    def _continued(self, number: int, found: Sequence[Speaker | None]) -> Speaker | None:
        """Whose speech goes on from the sentence before."""
        line = self._lines[number - 1]
        if number == 1:
            return None
        before, last = self._lines[number - 2], found[-1]
        if line.groups and line.running and last and line.groups[0] in before.groups:
            return last
        if line.bare and last and (before.groups or self._leads_on(before)):
            return last
        follows = self._lines[number] if number < len(self._lines) else None
        if line.bare and not last and not before.groups and not (follows and follows.opens):
            return self._topic_of_paragraph(number)
        reported = any(token.low in self._cues.subjunctive for token in line.tokens)
        if reported and not line.groups and line.paragraph == before.paragraph:
            return last or self._topic_before(number)
        return None

    def _topic_before(self, number: int) -> Speaker | None:
        """The person whom the sentence before is about."""
        known = self._known[-1] if self._known else None
        if known and known.number == number - 1 and known.kind == "name":
            return known.speaker
        return None

    def _topic_of_paragraph(self, number: int) -> Speaker | None:
        """The only person whom the paragraph has named so far, as a subject or speaker."""
        known = self._known[-1] if self._known else None
        if known is None or known.kind != "name" or number - known.number > _RECENT:
            return None
        paragraph = self._lines[number - 1].paragraph
        for before in range(number - 1, max(0, number - 1 - _REMEMBERED), -1):
            if self._lines[before - 1].paragraph != paragraph:
                break
            if any(name != known.speaker.name for name in self._persons_in(before)):
                return None
        return known.speaker if known.paragraph == paragraph else None

    def _persons_in(self, number: int) -> Iterator[str]:
        """The full names of the persons whom a sentence names."""
        tokens = self._lines[number - 1].tokens
        for part in self._names.runs(tokens, 0, len(tokens)):
            words = words_of(tokens, part)
            if self._names.is_proven(words):
                yield self._names.full(words, number)

    def _leads_on(self, line: Line) -> bool:
        """Whether the sentence announces a quotation with a colon."""
        return bool(line.tokens) and line.tokens[-1].text == ":"

    def _anticipated(self, number: int, found: Sequence[Speaker | None]) -> Speaker | None:
        """Whose quotation it is that only a later sentence attributes."""
        line = self._lines[number - 1]
        if number >= len(self._lines) or not line.groups or not (line.bare or line.open):
            return None
        after, speaker = self._lines[number], found[number]
        if speaker is None or not after.groups:
            return None
        if after.running and line.groups[-1] == after.groups[0]:
            return speaker
        together = line.paragraph == after.paragraph and after.opens
        return speaker if line.bare and together else None
