"""Words of a text with their clauses, and word lists that are looked for among them.

What a negator or a hedge governs stands near it, in its clause. A clause here is what
lies between two marks of punctuation or joining words (`cues/clauses`): rough, and the
same for every language that has such a list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from summ.checks.cues import cues

_TOKEN = regex.compile(
    r"\p{N}+(?:[.,:']\p{N}+)*|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*|[,;:.!?()\[\]…—–«»“”„\"]"
)
_ELIDED = regex.compile(r"\p{N}+(?:[.,:']\p{N}+)*|[\p{L}\p{M}]+'?|[,;:.!?()\[\]…—–«»“”„\"]")
_APOSTROPHES = str.maketrans("’ʼ‘`", "''''")
_GROUPING = str.maketrans("", "", ".,'")
_MARKS = frozenset(',;:.!?()[]…—–«»“”„"')
_LONGEST = 24
"""Letters of a word that are looked at: no cue is longer."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is known of a language's small words; `known` is false for a language without.

    Attributes:
        function: words that carry no content.
        joins: words that open another clause.
        stem: letters of a word that are compared.
        endings: what is cut off a word before, longest first.
        least: letters that must be left of it.
        names: words that are another word with a capital ("May"): those keep it.
        elided: whether an apostrophe ends a word (French).
        known: whether the language has a list at all.
    """

    function: frozenset[str]
    joins: frozenset[str]
    names: frozenset[str]
    stem: int
    endings: tuple[str, ...]
    least: int
    elided: bool
    known: bool

    def stemmed(self, word: str) -> str:
        """What of a word is compared: forms of one word mostly share it."""
        if word[0].isdigit():
            return unicodedata.normalize("NFKC", word.translate(_GROUPING)[:_LONGEST])
        word = unicodedata.normalize("NFC", word[:_LONGEST]).removesuffix("'s").rstrip("'")
        for ending in self.endings:
            if len(word) - len(ending) >= self.least and word.endswith(ending):
                word = word[: -len(ending)]
                if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
                    word = word[:-1]
                break
        return word[: self.stem]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


_REMEMBERED = 20_000
_LONGEST = 64
"""Letters of a word that are looked at; no word with content has more."""


@lru_cache(maxsize=16)
def grammar(language: str) -> Grammar:
    """What is known of `language`, a primary subtag."""
    data = cues("clauses", language)
    return Grammar(
        function=_words(data.get("function", "")),
        joins=_words(data.get("joins", "")),
        names=_words(data.get("names", "")),
        stem=int(data.get("stem", 6)),
        endings=tuple(sorted(str(data.get("endings", "")).split(), key=len, reverse=True)),
        least=int(data.get("least", 4)),
        elided=bool(data.get("elided", False)),
        known=bool(data),
    )


@dataclass(frozen=True, slots=True)
class Clauses:
    """A text as words in lower case, the first three of one length; marks are left out.

    Attributes:
        words: each word.
        stems: what of it is compared, empty for a word without content.
        clause: the number of its clause.
        content: places of the words with content, in order.
        terms: all stems.
        repeated: stems that more than one of the words has.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    clause: tuple[int, ...]
    content: tuple[int, ...]
    terms: frozenset[str]
    repeated: frozenset[str]

    def around(self, start: int, end: int, before: int, after: int) -> tuple[list[int], list[int]]:
        """Places of content words in the clause of `start` before and behind `[start, end)`.

        The nearest come first, and words further off than eight places don't count.
        """
        clause = self.clause[start]
        left = [
            at
            for at in range(start - 1, max(-1, start - 9), -1)
            if self.clause[at] == clause and self.stems[at]
        ]
        right = [
            at
            for at in range(end, min(len(self.words), end + 8))
            if self.clause[at] == clause and self.stems[at]
        ]
        return left[:before], right[:after]

    def across(self, start: int, end: int, before: int, after: int) -> tuple[list[int], list[int]]:
        """Like `around`, but over the borders of the clause."""
        left = [at for at in range(start - 1, max(-1, start - 13), -1) if self.stems[at]]
        right = [at for at in range(end, min(len(self.words), end + 16)) if self.stems[at]]
        return left[:before], right[:after]


@lru_cache(maxsize=8192)
def _stem(word: str, bare: str, language: str) -> str:
    """What of a word is compared; empty for one without content."""
    known = grammar(language)
    small = word in known.function or (len(bare) < 3 and not bare[0].isdigit())
    return "" if small else known.stemmed(bare[:_LONGEST])


@lru_cache(maxsize=512)
def clauses(text: str, language: str) -> Clauses:
    """`text` as words in clauses, by what is known of `language`."""
    known = grammar(language)
    pattern = _ELIDED if known.elided else _TOKEN
    words: list[str] = []
    stems: list[str] = []
    numbers: list[int] = []
    seen: set[str] = set()
    repeated: set[str] = set()
    clause = 0
    for written in pattern.findall(text.translate(_APOSTROPHES)):
        if written in _MARKS:
            clause += 1
            continue
        word = written.casefold()
        if word in known.names and written[0].isupper():
            word = written[:1] + word[1:]
        if word in known.joins:
            clause += 1
        bare = word[:-1] if word[-1] == "'" else word
        stem = _stem(word, bare, language)
        if stem:
            (repeated if stem in seen else seen).add(stem)
        words.append(word)
        stems.append(stem)
        numbers.append(clause)
    content = tuple(at for at, stem in enumerate(stems) if stem)
    return Clauses(
        tuple(words),
        tuple(stems),
        tuple(numbers),
        content,
        frozenset(seen),
        frozenset(repeated),
    )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words, beginnings of words (`alleg*`) and phrases to look for among words.

    Attributes:
        words: whole words.
        beginnings: first letter → beginnings with it.
        phrases: first word → phrases with it, the longest first.
        seen: word → whether it may be an entry or begin one; a memory, and no part of it.
    """

    words: frozenset[str]
    beginnings: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    seen: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, entries: Iterable[str]) -> Lexicon:
        """A lexicon of `entries`: a word, a beginning with `*`, or words with spaces."""
        words = set()
        beginnings: dict[str, list[str]] = {}
        phrases: dict[str, list[tuple[str, ...]]] = {}
        for entry in entries:
            parts = tuple(entry.casefold().split())
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append(parts)
            elif parts[0].endswith("*"):
                beginnings.setdefault(parts[0][0], []).append(parts[0][:-1])
            else:
                words.add(parts[0])
        return cls(
            frozenset(words),
            {first: tuple(found) for first, found in beginnings.items()},
            {
                first: tuple(sorted(found, key=len, reverse=True))
                for first, found in phrases.items()
            },
        )

    def find(self, words: Sequence[str], taken: frozenset[int] = frozenset()) -> list[range]:
        """Where its entries stand among `words`, places in `taken` left out."""
        found: list[range] = []
        past = 0
        seen = self.seen
        listed = [
            at
            for at, word in enumerate(words)
            if (self._remember(word) if (known := seen.get(word)) is None else known)
        ]
        for at in listed:
            if at < past or at in taken:
                continue
            word = words[at]
            length = self._phrase(words, at, word) if word in self.phrases else 0
            if length or self._is_entry(word):
                found.append(range(at, at + (length or 1)))
                past = at + (length or 1)
        return found

    def _remember(self, word: str) -> bool:
        """Whether the word is listed at all; most words of a text are not, and come again."""
        if len(self.seen) >= _REMEMBERED:
            self.seen.clear()
        self.seen[word] = word in self.phrases or self._is_entry(word)
        return self.seen[word]

    def _is_entry(self, word: str) -> bool:
        return word in self.words or word.startswith(self.beginnings.get(word[:1], ()))

    def _phrase(self, words: Sequence[str], at: int, word: str) -> int:
        """Words of the longest phrase that begins at `at`; 0 for none."""
        left = len(words) - at
        for phrase in self.phrases[word]:
            if len(phrase) <= left and _goes_on(words, at, phrase):
                return len(phrase)
        return 0


def _goes_on(words: Sequence[str], at: int, phrase: Sequence[str]) -> bool:
    """Whether the words behind `at` are those of a phrase, which may be beginnings."""
    for place in range(1, len(phrase)):
        have, want = words[at + place], phrase[place]
        if have != want and not (want[-1] == "*" and have.startswith(want[:-1])):
            return False
    return True


@lru_cache(maxsize=128)
def lexicon(topic: str, language: str, key: str) -> Lexicon:
    """What a cue file has under `key`: a text of single words, or a list with phrases."""
    value = cues(topic, language).get(key, "")
    return Lexicon.of(value.split() if isinstance(value, str) else value)
