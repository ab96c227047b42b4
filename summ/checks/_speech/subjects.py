"""The subject of a verb of saying: before it, behind it, or before an aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summ.checks._speech.cues import PLURAL_VERB, Cues
from summ.checks._speech.names import Names, Part, words_of
from summ.checks._speech.nouns import NounPhrases, Subject
from summ.checks._speech.tokens import Line, Token

_AS = frozenset({"як", "как", "wie", "como", "comme", "según"})
_ABOUT = frozenset({"про", "об", "о", "це", "это"})  # "про це заявила поліція"
_LONGEST_NAME = 6
_MOST_ASIDES = 5
_MOST_ADVERBIALS = 6
_ADVERB = re.compile(r"[a-z]{3,}ly")
DASHES = frozenset("—–-")
_HARD = frozenset(";:…") | DASHES


class Subjects:
    """Finds the subjects of verbs, with the word order of one language."""

    def __init__(self, cues: Cues, names: Names, nouns: NounPhrases) -> None:
        """Read with the words of one language and the names of one article."""
        self._cues = cues
        self._names = names
        self._nouns = nouns

    def of(self, line: Line, at: int) -> Subject | None:
        """The subject before or behind the verb, whichever the sentence's order says."""
        tokens = line.tokens
        start = self.start_of_verb(tokens, at)
        if start and (gender := self._nouns.pronoun(tokens, start - 1, tokens[at])):
            return Subject("pronoun", Part(start - 1, start), gender)
        mark = tokens[start - 1] if start else None
        if mark is not None and mark.kind == "word":
            return self._direct(tokens, start, at)
        found: Subject | None
        if self.after_quote(tokens, start):
            found = self.behind(tokens, at + 1) or self._aside(tokens, start)
        elif mark is not None and mark.text == ",":
            return self._either(tokens, start, at)
        else:
            found = self.behind(tokens, at + 1) if self._cues.inverted else None
        if found is None and self._cues.dropped:
            return Subject("dropped", Part(at, at + 1))
        return found

    def start_of_verb(self, tokens: Sequence[Token], at: int) -> int:
        """Where the adverbs and auxiliaries before the verb begin."""
        cues = self._cues
        while at > 0 and tokens[at - 1].kind == "word":
            low = tokens[at - 1].low
            if low in cues.calendar or low in cues.skip or (cues.that and _ADVERB.fullmatch(low)):
                at -= 1
            else:
                break
        return at

    def clause_start(self, tokens: Sequence[Token], end: int) -> int:
        """Where the words before `end` begin that no mark or conjunction cuts off."""
        at = end
        while at > 0 and tokens[at - 1].kind == "word":
            if tokens[at - 1].low in self._cues.joins:
                break
            at -= 1
        return at

    def behind(self, tokens: Sequence[Token], at: int, skip: bool = True) -> Subject | None:
        """The subject that begins at `at`, or behind the adverbials there."""
        if skip:
            at = self._past_adverbials(tokens, at)
        if at >= len(tokens) or tokens[at].kind != "word":
            return None
        if gender := self._nouns.pronoun(tokens, at, None):
            return Subject("pronoun", Part(at, at + 1), gender)
        stop = at
        while stop < len(tokens) and tokens[stop].kind == "word":
            low = tokens[stop].low
            cut = low in self._cues.joins or low in self._cues.barred or low in self._cues.skip
            if stop > at and (cut or low in self._cues.verbs) and not tokens[stop].capital:
                break
            stop += 1
        if self._told(tokens, at, stop):
            at += 1
        found = self._first_name(tokens, at, stop) or self._nouns.noun_phrase(tokens, at, stop)
        return self._settled(tokens, at, stop, found)

    def _settled(
        self, tokens: Sequence[Token], at: int, stop: int, found: Subject | None
    ) -> Subject | None:
        """What the words from `at` up to a mark at `stop` mean, with the name behind the mark."""
        if found and found.kind == "name" and not self._distant(tokens, at, found):
            return found
        named = found is not None and found.kind == "name"
        if not named and (titled := self._titled(tokens, at, stop)):
            return titled
        if found is None and not self._owned(tokens, at):
            return None
        apposed = self._apposed(tokens, stop) if stop < len(tokens) else None
        return apposed if named else apposed or found

    def _titled(self, tokens: Sequence[Token], at: int, stop: int) -> Subject | None:
        """The name that ends a long title: "речник Служби з надзвичайних ситуацій Олег Коваль"."""
        if not self._cues.inflecting or not self._cues.roles.fits(tokens[at].low):
            return None
        runs = self._names.runs(tokens, at, stop)
        named = bool(runs) and runs[-1].end == stop and runs[-1].end - runs[-1].start == 2
        return Subject("name", runs[-1]) if named else None

    def _told(self, tokens: Sequence[Token], at: int, stop: int) -> bool:
        """Whether a medium stands first that was told: "повідомив CNN помічник …"."""
        medium = self._cues.inflecting and self._cues.media.fits(tokens[at].text)
        return medium and at + 1 < stop and not tokens[at + 1].text.isascii()

    def _either(self, tokens: Sequence[Token], start: int, verb: int) -> Subject | None:
        """The subject of a verb behind a comma: before an aside, or behind the verb."""
        before = self._aside(tokens, start)
        behind = self.behind(tokens, verb + 1) if self._ends_well(tokens, verb) else None
        if behind and behind.kind == "pronoun" and not self._cues.inverted:
            behind = None
        if self._cues.inflecting and PLURAL_VERB.fullmatch(tokens[verb].low):
            before = before if before and before.kind == "description" else None
        if behind is None or before is None:
            return before or behind
        person = self._nouns.is_person(tokens, before)
        if not self._cues.inverted:
            return before if person or behind.kind == "description" else behind
        if person and behind.kind == "description" and before.part.start <= 2:
            return before
        return before if self._trails(tokens, before) else behind

    def _trails(self, tokens: Sequence[Token], before: Subject) -> bool:
        """Whether a relative clause follows the subject: "X, die dort wohnt, sagte"."""
        behind = tokens[before.part.end : before.part.end + 2]
        relative = len(behind) == 2 and behind[0].text == ","
        return relative and behind[1].low in self._cues.relatives

    def _direct(self, tokens: Sequence[Token], end: int, verb: int) -> Subject | None:
        """The subject right before the verb, or in languages that turn round, behind it."""
        start = self.clause_start(tokens, end)
        if start == end and tokens[end - 1].low not in _AS:
            return self._shared(tokens, end)
        if self._joined(tokens, start):
            return self._named_before(tokens, end)
        before = self._nouns.noun_phrase(tokens, start, end) or self._last_name(tokens, start, end)
        if before and self._owner_only(tokens, start, before, verb):
            return None
        if before is None or before.kind == "description":
            if named := self._named_before(tokens, end):
                return named
            if before and self._coordinated(tokens, start):
                return None
        return self._turned(tokens, before, verb) if self._cues.inverted else before

    def _shared(self, tokens: Sequence[Token], end: int) -> Subject | None:
        """The name that opens the sentence, in "X did this and said"; "who said" has none."""
        if tokens[end - 1].low not in self._cues.coordinators:
            return None
        if any(
            token.kind != "word" or token.low in self._cues.stand_ins for token in tokens[: end - 1]
        ):
            return None
        runs = self._names.runs(tokens, 0, end - 1)
        opens = bool(runs) and all(token.capital for token in tokens[: runs[0].start])
        return Subject("name", runs[0]) if opens and len(runs) == 1 else None

    def _turned(self, tokens: Sequence[Token], before: Subject | None, verb: int) -> Subject | None:
        """The subject where it may stand on either side of the verb."""
        behind = self.behind(tokens, verb + 1)
        if before is None and behind and behind.kind == "description" and self._cues.inflecting:
            first = tokens[self.clause_start(tokens, verb)].low
            return behind if first in _ABOUT or tokens[verb - 1].low in _AS else None
        if before is None or behind is None:
            return before or behind
        certain = behind.kind == "pronoun" or self._nouns.is_person(tokens, behind)
        if certain and self._cues.nouns_capital and not self._nouns.is_person(tokens, before):
            return behind
        return before

    def _coordinated(self, tokens: Sequence[Token], start: int) -> bool:
        """Whether a description is the second of two: "the council and the police said"."""
        joined = start > 1 and tokens[start - 1].low in self._cues.coordinators
        return joined and tokens[start - 2].text != ","

    def _owner_only(self, tokens: Sequence[Token], start: int, found: Subject, verb: int) -> bool:
        """Whether the name is the owner of several who speak: "люди Коваля заявили"."""
        if not self._cues.inflecting or PLURAL_VERB.fullmatch(tokens[verb].low) is None:
            return False
        inside = found.part.start > start or self._nouns.is_person(tokens, found)
        return found.kind == "name" and inside

    def _joined(self, tokens: Sequence[Token], start: int) -> bool:
        """Whether the clause's words are the second half of "A and B"."""
        return (
            start > 1
            and tokens[start - 1].low in self._cues.coordinators
            and tokens[start - 2].capital
        )

    def _last_name(self, tokens: Sequence[Token], start: int, end: int) -> Subject | None:
        """A full name right before the verb, behind other words: "after a week Ana Ruiz said"."""
        runs = self._names.runs(tokens, start, end)
        if not runs or runs[-1].end != end or runs[-1].end - runs[-1].start < 2:
            return None
        at = runs[-1].start
        while at > start and tokens[at - 1].capital:
            at -= 1
        before = tokens[at - 1].low if at > start else ""
        if before == "of" and at < runs[-1].start and at - 1 > start and tokens[at - 2].capital:
            return Subject("name", runs[-1])
        if before in self._cues.prepositions or before in self._cues.articles:
            return None
        if not self._cues.cased and before.endswith("ing"):
            return None
        return Subject("name", runs[-1])

    def _named_before(self, tokens: Sequence[Token], end: int) -> Subject | None:
        """The name before an aside that runs up to the verb: "X, the mayor of Y said"."""
        comma = end - 1
        while comma > 0 and tokens[comma].kind == "word":
            comma -= 1
        if comma < 1 or tokens[comma].text != ",":
            return None
        if tokens[comma + 1].low not in self._cues.articles | self._cues.relatives:
            return None
        opened = comma
        while opened > 0 and tokens[opened - 1].kind == "word":
            opened -= 1
        if opened and tokens[opened - 1].kind != "quote":
            return None
        found = self._nouns.noun_phrase(tokens, opened, comma) if opened < comma else None
        return found if found and found.kind == "name" else None

    def after_quote(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether only a comma and a dash stand between a quotation and `at`."""
        while at > 0 and (tokens[at - 1].text in DASHES or tokens[at - 1].text == ","):
            at -= 1
        return at > 0 and tokens[at - 1].kind == "quote"

    def _ends_well(self, tokens: Sequence[Token], verb: int) -> bool:
        """Whether what follows the verb is only a name: then a mark, "who" or "and" follows."""
        if self._cues.inverted:
            return True
        at = verb + 1
        while at < len(tokens) and tokens[at].kind == "word" and at - verb <= _LONGEST_NAME:
            if tokens[at].low in self._cues.prepositions | self._cues.calendar | {"who", "and"}:
                break
            at += 1
        if at == verb + 1:
            return False
        return at == len(tokens) or tokens[at].kind != "quote"

    def _aside(self, tokens: Sequence[Token], end: int) -> Subject | None:
        """The subject before an aside: "X, the mayor, said"."""
        spare: Subject | None = None
        stop = end - 1
        for _ in range(_MOST_ASIDES):
            start = stop
            while (
                start > 0 and tokens[start - 1].text != "," and not self._breaks(tokens[start - 1])
            ):
                start -= 1
            relative = start < stop and tokens[start].low in self._cues.relatives
            found = None if start >= stop else self._nouns.noun_phrase(tokens, start, stop)
            # "…, Maryland, said" is a place behind somebody's name, not who speaks.
            if found and not relative and self._is_person_only(tokens, start, found):
                return found
            if found and not (relative and tokens[start].low in self._cues.stand_ins):
                spare = spare if spare and spare.kind == "name" else found
            if start == 0 or tokens[start - 1].text != ",":
                return spare if found or (spare and spare.kind == "name") else None
            stop = start - 1
        return None

    def _is_person_only(self, tokens: Sequence[Token], start: int, found: Subject) -> bool:
        """Whether a person's name is all there is from `start`, titles apart."""
        before = tokens[start : found.part.start]
        titled = all(token.capital or token.low in self._cues.articles for token in before)
        return titled and self._nouns.is_person(tokens, found)

    def _breaks(self, token: Token) -> bool:
        return token.kind == "quote" or token.text in _HARD

    def _first_name(self, tokens: Sequence[Token], start: int, end: int) -> Subject | None:
        """A name, or a German noun, that these words begin with; more words may follow."""
        cues = self._cues
        if not cues.inverted:
            return None
        at = start
        while cues.nouns_capital and at < end and not tokens[at].capital:
            if tokens[at].low in cues.prepositions or tokens[at].low in cues.vague:
                return None
            at += 1
        runs = self._names.runs(tokens, at, end)
        if not runs:
            return None
        stop = runs[0].end
        if any(not token.capital for token in tokens[at : runs[0].start]):
            return None
        return self._nouns.noun_phrase(tokens, start, stop)

    def _distant(self, tokens: Sequence[Token], at: int, found: Subject) -> bool:
        """Whether the name is no person's, and two words or more stand before it."""
        person = self._names.is_person(words_of(tokens, found.part))
        return not self._cues.articles and not person and found.part.start - at > 1

    def _owned(self, tokens: Sequence[Token], at: int) -> bool:
        return tokens[at].low in self._cues.possessives

    def _apposed(self, tokens: Sequence[Token], comma: int) -> Subject | None:
        """A name that stands alone between this comma and the next mark."""
        if tokens[comma].text != ",":
            return None
        stop = comma + 1
        while stop < len(tokens) and tokens[stop].kind == "word":
            stop += 1
        found = self._nouns.noun_phrase(tokens, comma + 1, stop) if stop > comma + 1 else None
        if found is None or found.kind != "name":
            return None
        if found.part.end != stop and not (
            self._cues.inflecting and tokens[found.part.end].low in self._cues.prepositions
        ):
            return None
        between = tokens[comma + 1 : found.part.start]
        titles = self._cues.titles
        titled = all(token.low.rstrip(".") in titles for token in between) or (
            self._cues.inflecting and len(between) == 1 and not between[0].capital
        )
        return found if titled and self._names.is_person(words_of(tokens, found.part)) else None

    def _past_adverbials(self, tokens: Sequence[Token], at: int) -> int:
        """Skip days, adverbs and, where the subject may follow, prepositional phrases."""
        cues = self._cues
        for _ in range(_MOST_ADVERBIALS):
            if at >= len(tokens) or tokens[at].kind != "word":
                return at
            low = tokens[at].low
            if low in {"anfang", "ende", "mitte"} and cues.nouns_capital:
                at = self._nouns.past_phrase(tokens, at + 1)
            elif low in cues.skip or low in cues.calendar:
                at += 1
            elif (
                low in cues.articles
                and at + 1 < len(tokens)
                and (tokens[at + 1].low in cues.days or tokens[at + 1].low in cues.calendar)
            ):
                at += 2
            elif cues.inverted and low in cues.prepositions:
                at = self._nouns.past_phrase(tokens, at + 1)
            else:
                return at
        return at
