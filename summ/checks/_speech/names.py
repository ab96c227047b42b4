"""Names in a sentence's words, and the fullest form of each in the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summ.checks._speech.cues import GENITIVE, PATRONYMIC, Cues
from summ.checks._speech.forms import Mentions, Words, same
from summ.checks._speech.tokens import Line, Token

_LONGEST_RUN = 9
_MOST_PARTS = 4
_MOST_ALIKE = 100
_FEW = 5
_GAP = 4  # more lies between two words where brackets were left out
_FIRST_PARTS = re.compile(r"([^\W\d_]\w*)[\w’'-]*|[\w’'-]+")
"""Words, of which those with an apostrophe or a hyphen count up to that, if a letter begins."""
_PAIR = re.compile(r"(?<!\w)([^\W\d_]{1,30})\.?[ \n](?=([^\W\d_]{2,30}))")
OWNER = re.compile(r"[’']s$|(?<=s)[’']$")
_WITHIN = frozenset({"in", "en", "в"})
_OPENERS = frozenset(":—–-")


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens `[start, end)` of a line."""

    start: int
    end: int


class Names:
    """The names of one article.

    Attributes:
        inner: capitalised words that stand somewhere else than where a sentence opens.
    """

    def __init__(self, text: str, lines: Sequence[Line], cues: Cues) -> None:
        """Collect them from the words outside quotations."""
        self._cues = cues
        self._common = frozenset(
            word
            for word in (() if cues.nouns_capital else _FIRST_PARTS.findall(text))
            if word[:1].islower()
        )
        self.inner = frozenset(
            token.low
            for line in lines
            for at, token in enumerate(line.tokens)
            if token.capital and not (_opens(line.tokens, at) and _alone(line.tokens, at))
        )
        self._by_last: dict[str, Mentions] = defaultdict(Mentions)
        self._by_stem: dict[str, list[tuple[int, Words]]] = defaultdict(list)
        self._subjects: set[Words] = set()
        self._subject_stems: dict[str, list[Words]] = defaultdict(list)
        self._by_first: dict[str, Words] = {}
        self._leading: set[Words] = set()
        self._introduced: set[str] = set()
        self._known_surnames: set[str] = set()
        self._places: set[Words] = set()
        if not cues.nouns_capital:
            self._introduced.update(
                second.lower()
                for first, second in _PAIR.findall(text)
                if second[0].isupper() and self._introduces(first.lower())
            )
        self._runs: dict[tuple[int, int, int], tuple[Sequence[Token], list[Part]]] = {}
        owned = [_disowned(line.tokens) for line in lines]
        parts = [self.runs(tokens, 0, len(tokens)) for tokens in owned]
        for tokens, found in zip(owned, parts, strict=True):
            self._places.update(
                words_of(tokens, part)
                for part in found
                if part.start and tokens[part.start - 1].low in _WITHIN
            )
        for number, (tokens, found) in enumerate(zip(owned, parts, strict=True), 1):
            for part in found:
                self._note(number, tokens, part)

    def _note(self, number: int, tokens: Sequence[Token], part: Part) -> None:
        words = words_of(tokens, part)
        before = tokens[part.start - 1] if part.start else None
        if before and before.kind == "word" and self._introduces(before.low.rstrip(".")):
            self._introduced.add(words[-1].lower())
            if self._looks_personal(words):
                self._known_surnames.add(words[-1].lower())
        leading = tokens[max(0, part.start - _FEW) : part.start]
        if part.start < _FEW and all(
            token.kind == "word" and token.low not in self._cues.prepositions for token in leading
        ):
            self._leading.add(words)
        if self._looks_personal(words) and not (before and before.low in self._cues.articles):
            self._by_last[words[-1].lower()].add(number, words)
            alike = self._by_stem[words[-1].lower()[:3]]
            if len(alike) < _MOST_ALIKE and all(words != known for _, known in alike):
                alike.append((number, words))

    def _introduces(self, low: str) -> bool:
        """Whether the word is a title or role, so that a person's name follows."""
        return low in self._cues.titles or self._cues.roles.fits(low)

    def _looks_personal(self, words: Words) -> bool:
        """Two to four words, none of them of an organisation or a place, no "of"."""
        return (
            2 <= len(words) <= _MOST_PARTS
            and len(words[-1].rstrip(".")) > 1
            and not any(self._cues.organisations.fits(word) or word == "of" for word in words)
            and not self._cues.places.fits(words[0])
            and any(len(word.rstrip(".")) > 1 for word in words)
            and not any(word.isupper() and len(word.rstrip(".")) > 1 for word in words)
            and words[0].lower() != "the"
            and words not in self._places
        )

    def is_common(self, word: str) -> bool:
        """Whether the article also writes the word with a small letter."""
        return word in self._common

    def is_person(self, words: Words) -> bool:
        """Whether it is a full name, or the surname of one."""
        last = words[-1].lower()
        if len(words) == 1:
            return last in self._by_last or last in self._introduced
        return self._looks_personal(words)

    def is_proven(self, words: Words) -> bool:
        """Whether more than capitals says that it is a person: a title, or that it spoke."""
        if not self._cues.nouns_capital or not self.is_person(words):
            return self.is_person(words)
        introduced = words[-1].lower() in self._introduced and len(words) > 1
        return introduced or words in self._subjects or words[-1].lower() in self._known_surnames

    def runs(self, tokens: Sequence[Token], start: int, end: int) -> list[Part]:
        """Runs of capitalised words in `tokens[start:end]`, without titles and roles."""
        if not isinstance(tokens, tuple):
            return self._found_runs(tokens, start, end)
        # Sentences are asked for again and again; kept with them, so that no id is reused.
        key = (id(tokens), start, end)
        if key not in self._runs:
            self._runs[key] = (tokens, self._found_runs(tokens, start, end))
        return self._runs[key][1]

    def _found_runs(self, tokens: Sequence[Token], start: int, end: int) -> list[Part]:
        found: list[Part] = []
        at = start
        while at < end:
            if not tokens[at].capital or not self._names(tokens, at):
                at += 1
                continue
            stop = self._run_end(tokens, at, end)
            if part := self._stripped(tokens, Part(at, stop)):
                found.append(part)
            at = stop
        return found

    def _names(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the word may be part of a name."""
        token = tokens[at]
        low = token.low.rstrip(".")
        if not token.capital or low in self._cues.calendar or OWNER.search(token.text):
            return False
        if token.text in {"I", "A"}:
            return False
        if not _opens(tokens, at):
            return True
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if low in self._cues.leads or (low in self._common and not (after and after.low == "of")):
            return False
        # "Membership of …": a capital that only the sentence's beginning gives is no name.
        pronoun = low in self._cues.vague or low in self._cues.pronouns
        if after is not None and not pronoun and self._is_verb(tokens, at + 1):
            return True  # "Kaltera said": nothing but a name stands there without an article
        alone = after is None or not (after.capital or after.low in self._cues.particles_of_names)
        known = low in self.inner or self._cues.nouns_capital or (after and after.low == "of")
        return not alone or bool(known) or len(token.text.rstrip(".")) < len(token.text)

    def _is_verb(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a verb of saying stands at `at`, or behind one small word there."""
        cues = self._cues
        at += at + 1 < len(tokens) and tokens[at].low in cues.skip
        return tokens[at].low in cues.verbs or tokens[at].low in cues.opining

    def _run_end(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Where the run from `start` ends: small words count between two capitals."""
        at = start + 1
        limit = min(end, start + _LONGEST_RUN)
        while at < limit and tokens[at].start - tokens[at - 1].end < _GAP:
            if self._names(tokens, at):
                at += 1
                continue
            small = at
            while small < limit and small - at < 2 and self._joins(tokens, start, small):
                small += 1
            if small == at or small >= limit or not self._names(tokens, small):
                break
            at = small + 1
        return at

    def _joins(self, tokens: Sequence[Token], start: int, at: int) -> bool:
        """Whether a small word is inside the name that began at `start`."""
        low = tokens[at].low
        if low in {"der", "den", "die"}:
            return tokens[at - 1].low in {"von", "van"}
        if low == "of":  # "Bank of England", yet not "Ana Ruiz of Larn College"
            return at - start == 1
        if low == "von" and self._cues.nouns_capital:
            return self._noble(tokens, start, at)
        return low in self._cues.particles_of_names

    def _noble(self, tokens: Sequence[Token], start: int, at: int) -> bool:
        """Whether "von" is part of the name: one first name behind a role or title."""
        roles = [
            place for place in range(start, at) if self._introduces(tokens[place].low.rstrip("."))
        ]
        before = roles[-1] + 1 if roles else start
        return at - before == 1 and (
            bool(roles)
            or (
                tokens[at + 1 : at + 2] != ()
                and (at + 1 < len(tokens) and tokens[at + 1].low in {"der", "den"})
            )
        )

    def _stripped(self, tokens: Sequence[Token], run: Part) -> Part | None:
        """The name in the run; None when nothing but titles and roles is there."""
        start, end = run.start, run.end
        for at in range(run.start, run.end):
            if self._introduces(tokens[at].low.rstrip(".")):
                start = at + 1
        if start >= end:
            return None
        while start < end - 1 and not tokens[start].capital:
            start += 2 if tokens[start].low == "of" else 1
        start = min(start, end - 1)
        if self._cues.inflecting:
            # "прокоментував Reuters Олег Коваль": two names, the first in another case.
            while end - start > 2 and tokens[start].text.isascii():
                if tokens[end - 1].text.isascii():
                    break
                start += 1
        return Part(self._without_owner(tokens, Part(start, end), run), end)

    def _without_owner(self, tokens: Sequence[Token], part: Part, run: Part) -> int:
        """Where the name starts behind a noun and its owner ("мер Києва Віталій Кличко")."""
        start = part.start
        words = words_of(tokens, part)
        if self._cues.inflecting and start == 0 and len(words) > 3 and GENITIVE.fullmatch(words[1]):
            return start + 3  # a noun that opens the sentence, its owner's adjective and noun
        if start > run.start or start == 0 or not self._cues.cased or len(words) <= 2:
            return start
        before = tokens[start - 1]
        if self._cues.nouns_capital:
            named = any(
                not word[0].isupper() or word.isupper() or self._cues.organisations.fits(word)
                for word in words
            )
            adjective = not before.capital and before.low not in self._cues.prepositions
            earlier = tokens[start - 2].low if start > 1 and adjective else ""
            described = {before.low, earlier} & self._cues.articles
            return part.end - 2 if described and not named else start
        if any(PATRONYMIC.fullmatch(word) for word in words) or before.kind != "word":
            return start
        if GENITIVE.fullmatch(words[0]) and len(words) > 3:
            return start + 2
        owner = before.low in self._cues.prepositions or self._cues.roles.fits(before.low)
        return start + 1 if owner else start

    def subject(self, words: Words) -> None:
        """Remember a form that stood as a subject: it is not inflected."""
        alike = self._subject_stems[words[-1].lower()[:3]]
        if words not in self._subjects and len(alike) < _MOST_ALIKE:
            self._subjects.add(words)
            alike.append(words)
            if self._looks_personal(words):
                self._by_first.setdefault(words[0].lower(), words)

    def full(self, words: Words, number: int, inflected: bool = False) -> str:
        """The fullest form of a name that is mentioned in sentence `number`."""
        if inflected and self._cues.cased:
            words = self._base(words, number) or words
        known = self._by_last.get(words[-1].lower())
        if known:
            full = known.nearest(number) if len(words) == 1 else words
            full = known.longest(full)
            words = full if self._is_base(full) else words
        elif len(words) == 1:  # "Chad said", or the surname that stands first in "Ri Yong Ho"
            words = self._by_first.get(words[0].lower(), words)
        return " ".join(words)

    def _is_base(self, words: Words) -> bool:
        """Whether a form is surely not inflected."""
        return not self._cues.inflecting or words in self._subjects or words in self._leading

    def _base(self, words: Words, number: int) -> Words | None:
        """The uninflected form of a name, when the article has it."""
        stem = words[-1].lower()[:3]
        if words in self._subjects:
            return None
        subjects = [form for form in self._subject_stems.get(stem, ()) if same(words, form)]
        if subjects:
            return max(subjects, key=len)
        alike = [
            (at, form)
            for at, form in self._by_stem.get(stem, ())
            if form != words and same(words, form)
        ]
        earlier = [form for at, form in alike if at <= number]
        later = [form for at, form in alike if at > number]
        return earlier[-1] if earlier else later[0] if later else None


def _alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether no capitalised word follows."""
    return at + 1 >= len(tokens) or not tokens[at + 1].capital


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capital at `at` may be there only because a sentence begins."""
    return at == 0 or tokens[at - 1].kind == "quote" or tokens[at - 1].text in _OPENERS


def _disowned(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words with "Ruiz’s" cut to "Ruiz" and a mark, so that the name counts."""
    if not any(token.capital and OWNER.search(token.text) for token in tokens):
        return tokens
    return list(_parted(tokens))


def _parted(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.capital and (owner := OWNER.search(token.text)):
            end = token.end - len(owner.group())
            yield Token(token.text[: owner.start()], token.start, end, "word")
            yield Token(owner.group(), end, token.end, "stop")
        else:
            yield token


def words_of(tokens: Sequence[Token], part: Part) -> Words:
    """The words of a part."""
    return tuple(token.text for token in tokens[part.start : part.end])
