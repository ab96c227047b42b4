"""Names, descriptions and pronouns among a sentence's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summ.checks._speech.cues import (
    FEMININE_VERB,
    MASCULINE_VERB,
    OBLIQUE,
    Cues,
    Gender,
)
from summ.checks._speech.names import OWNER, Names, Part, words_of
from summ.checks._speech.tokens import Token

_LONGEST_DESCRIPTION = 6
_MOST_BARE = 4
_ONE = frozenset({"один", "одна", "одне", "одно"})
_BARE = frozenset({"police", "officials", "authorities"})
_MASCULINE = frozenset({"mr", "herr", "señor", "пан", "господин", "г-н"})
ENCLITIC = {"il": "m", "elle": "f", "t-il": "m", "t-elle": "f"}

Kind = Literal["name", "description", "pronoun", "dropped"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks: a part of the sentence, or what it leaves to the sentences before.

    Attributes:
        kind: how the sentence says it.
        part: the words of a name or description.
        gender: what verb, pronoun or role tell.
        inflected: the name stands in a case other than the subject's.
    """

    kind: Kind
    part: Part
    gender: Gender = "?"
    inflected: bool = False


class NounPhrases:
    """Reads who is meant by a few words."""

    def __init__(self, cues: Cues, names: Names) -> None:
        """Read with the words of one language and the names of one article."""
        self._cues = cues
        self._names = names

    def is_person(self, tokens: Sequence[Token], found: Subject) -> bool:
        return found.kind == "name" and self._names.is_proven(words_of(tokens, found.part))

    def pronoun(self, tokens: Sequence[Token], at: int, verb: Token | None) -> Gender | None:
        """The gender of a pronoun at `at` that can be the verb's subject."""
        low = tokens[at].low
        tail = low.rpartition("-t-")[2] if "-t-" in low else low
        gender = self._cues.pronouns.get(low) or (ENCLITIC.get(tail) if "-t-" in low else None)
        if gender and self._cues.nouns_capital and verb and verb.low.endswith("en"):
            return None  # "sie sagten": more than one
        return gender

    def noun_phrase(self, tokens: Sequence[Token], start: int, end: int) -> Subject | None:
        """A name or a description in `tokens[start:end]`, None for anything else."""
        cues = self._cues
        if start < end and tokens[start].low == "wie" and cues.nouns_capital:
            return self._compared(tokens, start + 1, end)
        while start < end - 1 and (
            tokens[start].low in cues.calendar or tokens[start].low in cues.skip
        ):
            start += 1
        if start >= end:
            return None
        if tokens[start].low in cues.prepositions:
            past = self.past_phrase(tokens, start + 1)
            day = past - start == 2 and tokens[start + 1].low in cues.calendar
            return self.noun_phrase(tokens, past, end) if day else None
        runs = self._names.runs(tokens, start, end)
        head = self._head_end(tokens, start, end, runs)
        for run in runs:
            near = run.start - start <= _LONGEST_DESCRIPTION
            if run.end == head and near and not self._is_noun(tokens, start, run):
                return Subject("name", run)
        return self._description(tokens, start, head)

    def past_phrase(self, tokens: Sequence[Token], at: int) -> int:
        """Behind the noun that follows a preposition."""
        cues = self._cues
        small = cues.articles | cues.possessives
        while at < len(tokens) and (
            tokens[at].low in small or (cues.nouns_capital and tokens[at].low.startswith("letzte"))
        ):
            at += 1
        first = at
        if at < len(tokens) and tokens[at].kind == "word":
            at += 1
        capitals = at
        while capitals < len(tokens) and tokens[capitals].capital:
            capitals += 1
        # "заявив у Нью-Йорку Олег Коваль": one word is the place, two more the person.
        if first < len(tokens) and tokens[first].capital and capitals - first == 2:
            return capitals if not cues.nouns_capital else at
        return at

    def _is_noun(self, tokens: Sequence[Token], start: int, run: Part) -> bool:
        """Whether a run is a German noun: a single one behind an article, or a paper."""
        cues = self._cues
        words = words_of(tokens, run)
        if any(cues.things.fits(word) for word in words):
            return True
        if not cues.nouns_capital or len(words) > 1 or self._names.is_person(words):
            return False
        return any(token.low in cues.articles for token in tokens[start : run.start])

    def _compared(self, tokens: Sequence[Token], start: int, end: int) -> Subject | None:
        """The subject right behind "wie" in "wie X … sagte"."""
        at = start
        while at < end and not tokens[at].capital:
            if tokens[at].low in self._cues.prepositions:
                return None
            at += 1
        stop = at
        while stop < end and tokens[stop].capital:
            stop += 1
        return self.noun_phrase(tokens, start, stop) if stop > at else None

    def _head_end(self, tokens: Sequence[Token], start: int, end: int, runs: Sequence[Part]) -> int:
        """Where the words about the head begin: "of …", "in …", "supporting …"."""
        inside = {at for run in runs for at in range(run.start, run.end)}
        for at in range(start + 1, end):
            low = tokens[at].low
            if at in inside:
                continue
            if (
                low in self._cues.prepositions
                or low in self._cues.stand_ins
                or (self._cues.nouns_capital and low in self._cues.articles)
            ):
                return at
            article = tokens[start].low in self._cues.articles
            if self._cues.that and low.endswith("ing") and at > start + article:
                return at
        return end

    def _description(self, tokens: Sequence[Token], start: int, end: int) -> Subject | None:
        """Words such as "the council", "officials", "ein Sprecher"; not "it" or "figures"."""
        cues = self._cues
        words = tokens[start:end]
        first, last = words[0], words[-1]
        if len(words) > _LONGEST_DESCRIPTION or any(
            word.low in cues.barred
            or word.low in cues.vague
            or word.low in cues.possessives
            or word.low in cues.verbs
            or word.text[0].isdigit()
            or word.low in cues.joins
            for word in words
        ):
            return None
        if any(cues.things.fits(word.low) for word in words):
            return None
        if first.low in cues.articles or any(OWNER.search(word.text) for word in words[:-1]):
            noun = last.capital if cues.nouns_capital else len(words) > 1
            return Subject("description", Part(start, end)) if noun else None
        if len(words) == 1 and first.low in _ONE:
            return None
        if not self._bare_noun(words) or last.low in cues.leads - _BARE:
            return None
        return Subject("description", Part(start, end))

    def _bare_noun(self, words: Sequence[Token]) -> bool:
        """Whether words without an article can be a subject: plurals, German nouns."""
        cues = self._cues
        last = words[-1]
        if cues.nouns_capital:
            return last.capital and len(words) <= 2
        if cues.that:
            return last.low.endswith("s") or last.low in _BARE
        oblique = any(OBLIQUE.fullmatch(word.low) for word in words)
        return not cues.articles and len(words) <= _MOST_BARE and not oblique

    def gender(self, tokens: Sequence[Token], part: Part, verb: Token | None) -> Gender:
        """What the verb's form or the words before a name tell of the person."""
        if verb is not None and self._cues.inflecting:
            if FEMININE_VERB.fullmatch(verb.low):
                return "f"
            if MASCULINE_VERB.fullmatch(verb.low):
                return "m"
        for token in tokens[max(0, part.start - 3) : part.start]:
            if self._cues.feminine.fits(token.low.rstrip(".")):
                return "f"
            if token.low.rstrip(".") in _MASCULINE:
                return "m"
        return "?"
