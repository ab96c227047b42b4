"""Who is said to speak in one sentence.

No grammar is parsed: from each verb of saying the words before and behind are read up to
the next mark or conjunction, and what does not look like a subject is nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from summ.checks._speech.cues import Cues
from summ.checks._speech.names import Names, Part, words_of
from summ.checks._speech.nouns import ENCLITIC, NounPhrases, Subject
from summ.checks._speech.subjects import Subjects
from summ.checks._speech.tokens import Line, Token

_PARTICIPLES = frozenset({"saying", "telling", "warning"})  # count in "with X saying" only
_PASSIVE = frozenset({"wurde", "wurden", "wird", "werden", "worden", "ist", "sind", "war"})
_NEAR = 3
_NO_TOPIC = frozenset({"the", "v.", "v", "vs.", "by"})


class Clauses:
    """Reads the attributions of one article's sentences."""

    def __init__(self, cues: Cues, names: Names) -> None:
        """Read with the words of one language and the names of one article."""
        self._cues = cues
        self._names = names
        self._nouns = NounPhrases(cues, names)
        self._subjects = Subjects(cues, names, self._nouns)

    def attribution(self, line: Line) -> Subject | None:
        """Who speaks in the sentence by its own words; None when it does not say."""
        found: list[Subject] = []
        openings, forms = self._cues.openings, self._cues.forms
        quotes = bool(line.groups)  # where any verb may be one of saying
        for at, token in enumerate(line.tokens):
            low = token.low
            opens = low in openings
            if token.kind != "word" or not (quotes or opens or low in forms or "-" in low):
                continue
            subject = (opens and self._phrase(line.tokens, at)) or self._verb(line, at)
            if subject:
                found.append(subject)
                if not line.quoted:
                    break
        if found:
            return _nearest_quote(line.tokens, found)
        return _colon(line, self._names) or self._announced(line)

    def _announced(self, line: Line) -> Subject | None:
        """The only person before a colon and a quotation: "Für Ana Ruiz ist klar: „…“"."""
        tokens = line.tokens
        colon = next((at for at, token in enumerate(tokens[:-1]) if token.text == ":"), len(tokens))
        if [token.kind for token in tokens[colon + 1 : colon + 2]] != ["quote"]:
            return None
        if any(token.low in self._cues.forms or token.kind == "quote" for token in tokens[:colon]):
            return None
        persons = [
            part
            for part in self._names.runs(tokens, 0, colon)
            if self._names.is_proven(words_of(tokens, part))
        ]
        if len(persons) != 1:
            return None
        leading = {token.low for token in tokens[: persons[0].start]}
        if tokens[0].low in self._cues.views and persons[0].start <= _NEAR:
            return Subject("name", persons[0])
        return self.topic(line, colon) if leading.isdisjoint(self._cues.prepositions) else None

    def topic(self, line: Line, end: int | None = None) -> Subject | None:
        """The person the sentence is about: its subject, else the only person named.

        Args:
            line: the sentence.
            end: look only at the tokens before this, and only for a subject.
        """
        tokens = line.tokens[:end]
        persons = [
            part
            for part in self._names.runs(tokens, 0, len(tokens))
            if self._names.is_proven(words_of(tokens, part))
            and not (part.start and tokens[part.start - 1].low in self._cues.articles | _NO_TOPIC)
        ]
        if not persons:
            return None
        first = persons[0]
        comma = next((at for at, token in enumerate(tokens) if token.text == ","), len(tokens))
        # "X said …", or a description, a comma, and the name: "The youngest, Ana Ruiz, was …"
        leading = tokens[0 if first.start < comma else comma + 1 : first.start]
        near = all(
            token.kind == "word" and token.low not in self._cues.prepositions for token in leading
        )
        before = tokens[first.start - 1] if first.start else None
        oblique = before is not None and (
            before.kind != "word" or before.low in self._cues.prepositions or before.capital
        )
        role = before is not None and self._cues.roles.fits(before.low)
        alone = len(persons) == 1 and end is None and not (self._cues.inflecting and oblique)
        around = tokens[max(0, first.start - 3) : first.start]
        introduced = any(self._cues.roles.fits(token.low) for token in around) or (
            first.end < len(tokens) and tokens[first.end].text == ","
        )
        if (
            first.start > comma
            and not self._role_opens(tokens)
            and [t.text for t in tokens[first.end : first.end + 1]] != [","]
        ):
            near = False
        if near or role or (alone and introduced):
            return Subject("name", first, self._nouns.gender(tokens, first, None))
        return None

    def _role_opens(self, tokens: Sequence[Token]) -> bool:
        """Whether what somebody is opens the sentence: "Analyste à la banque, Ana Ruiz …"."""
        return bool(tokens) and self._cues.roles.fits(tokens[0].low)

    def _phrase(self, tokens: Sequence[Token], at: int) -> Subject | None:
        """The speaker behind "according to", or before "zufolge": one of `openings` is at `at`."""
        low = [token.low for token in tokens[at : at + 4]]
        for words, gender in self._cues.own:
            if tuple(low[: len(words)]) == words:
                return Subject("pronoun", Part(at, at + len(words)), gender)
        for words in self._cues.according:
            if tuple(low[: len(words)]) == words:
                found = self._subjects.behind(tokens, at + len(words), skip=False)
                return self._in_case(found)
        if low[0] == "so" and self._cues.nouns_capital and at and tokens[at - 1].text == ",":
            return self._subjects.behind(tokens, at + 1, skip=False)
        if low[0] in self._cues.postposed:
            start = self._subjects.clause_start(tokens, at)
            return self._in_case(self._nouns.noun_phrase(tokens, start, at))
        return None

    def _in_case(self, found: Subject | None) -> Subject | None:
        """A subject behind a preposition; descriptions in another case are not shown."""
        if found is None or found.kind == "pronoun":
            return None
        if found.kind == "description" and self._cues.inflecting:
            return None
        return Subject(found.kind, found.part, "?", inflected=self._cues.cased)

    def _verb(self, line: Line, at: int) -> Subject | None:
        """The speaker of the verb at `at`, if it is one that reports speech here."""
        tokens = line.tokens
        low = tokens[at].low
        if "-" in low:
            base, _, tail = low.partition("-")
            if tail in ENCLITIC and (base in self._cues.verbs or base in self._cues.quoting):
                return Subject("pronoun", Part(at, at + 1), ENCLITIC[tail])
        if low not in self._cues.forms:
            return self._grinned(line, at) if line.groups and at > 1 else None
        if not self._reports(line, at):
            return None
        found = self._subjects.of(line, at)
        if found is None or found.kind in {"pronoun", "dropped"}:
            opining = tokens[at].low in self._cues.opining
            return None if opining and found and found.gender == "n" else found
        if tokens[at].low in self._cues.opining and not self._nouns.is_person(tokens, found):
            return None
        gender = self._nouns.gender(tokens, found.part, tokens[at])
        return Subject(found.kind, found.part, gender)

    def _grinned(self, line: Line, at: int) -> Subject | None:
        """The person behind a verb that only its place, right behind a quotation, makes one."""
        cues, tokens = self._cues, line.tokens
        token = tokens[at]
        if token.low in self._cues.small:
            return None
        start = self._subjects.start_of_verb(tokens, at)
        if tokens[start - 1].kind != "stop" or not self._subjects.after_quote(tokens, start):
            return None
        if not cues.shapes.fits(token.low):
            return None
        if cues.participles.fits(token.low) and start == at:
            return None
        found = self._subjects.behind(tokens, at + 1)
        if found is None or not (
            found.kind == "pronoun"
            or self._nouns.is_person(tokens, found)
            or self._role(tokens, found)
        ):
            return None
        return Subject(found.kind, found.part, self._nouns.gender(tokens, found.part, token))

    def _role(self, tokens: Sequence[Token], found: Subject) -> bool:
        """Whether a description ends with what somebody is."""
        return self._cues.roles.fits(tokens[found.part.end - 1].low)

    def _reports(self, line: Line, at: int) -> bool:
        """Whether the word at `at` reports speech, as far as its surroundings tell."""
        cues, tokens = self._cues, line.tokens
        low = tokens[at].low
        follows = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if low in cues.with_that:
            return follows in cues.that
        turned = cues.inverted and at > 0 and tokens[at - 1].text == ","  # "…, schrieb Ruiz"
        quoting = low in cues.quoting and (line.quoted or turned)
        if not (low in cues.verbs or low in cues.opining or quoting):
            return False
        wanted = cues.particles.get(low)
        if wanted and not any(token.low in wanted for token in tokens[at + 1 :]):
            return False
        before = self._subjects.start_of_verb(tokens, at)
        helpers = tokens[max(0, before - 1) : at]  # "a", "a-t-il"
        aided = any(token.low.partition("-")[0] in cues.auxiliaries for token in helpers)
        if cues.participles.fits(low) and not aided:
            return False  # "le plan annoncé"
        if cues.nouns_capital and follows in _PASSIVE:
            return False  # "wenn der Plan erklärt wurde"
        if before == 0:
            return low not in _PARTICIPLES
        last = tokens[before - 1]
        if low in _PARTICIPLES and last.kind != "word":
            return False
        # "May" is a name in "Mrs May said"; "who" and "que" make the subject another's.
        return last.capital or last.low not in cues.barred


def _nearest_quote(tokens: Sequence[Token], found: Sequence[Subject]) -> Subject:
    """The first subject with the fewest marks between it and a quotation."""
    quotes = [at for at, token in enumerate(tokens) if token.kind == "quote"]

    def marks(subject: Subject) -> int:
        part = subject.part
        between = (
            tokens[part.end : at] if at >= part.end else tokens[at + 1 : part.start]
            for at in quotes
        )
        return min((sum(token.kind == "stop" for token in gap) for gap in between), default=0)

    return min(found, key=marks)


def _colon(line: Line, names: Names) -> Subject | None:
    """`Name: “…”`, in any language."""
    tokens = line.tokens
    for run in names.runs(tokens, 0, len(tokens))[:1]:
        if [token.text for token in tokens[run.end : run.end + 1]] != [":"]:
            return None
        if run.end + 1 < len(tokens) and tokens[run.end + 1].kind == "quote" and run.start <= 1:
            return Subject("name", run)
    return None
