"""The words of an article, ready to be asked for names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import combinations

from summ.checks._names.cues import NameCues
from summ.checks._names.derived import Derivations
from summ.checks._names.german import is_noun
from summ.checks._names.runs import runs_of
from summ.checks._names.words import Word, distinct, is_acronym, loose, parts, variants, words
from summ.model import Document

_SMALL = 3
"""Letters of a small word that an acronym skips ("of the")."""

_SHORT = 3
_LONG = 4
_MOST_PARTS = 4
_MOST_HEADS = 500
_INSIDE = 8
"""Letters that a German compound has at least, to give an acronym more than its first."""


class Vocabulary:
    """What one article calls things; all is made when it is first asked for."""

    def __init__(self, document: Document, cues: NameCues) -> None:
        """Hold on to both."""
        self._document = document
        self._cues = cues
        self._known_stems: dict[str, set[str]] = {}
        self._derivations: dict[str, Derivations] = {}

    @cached_property
    def _sentences(self) -> list[list[Word]]:
        document = self._document
        return [words(span.of(document.text)) for span in document.sentences]

    @cached_property
    def _words(self) -> set[str]:
        return distinct(self._document.text)

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(form for word in self._words for form in _forms(word))

    @cached_property
    def _capital(self) -> frozenset[str]:
        return frozenset(
            form for word in self._words if not word.islower() for form in _forms(word)
        )

    def has_small(self, text: str) -> bool:
        """Whether the article has just this word without a capital."""
        return text.lower() in self._words

    def has_just(self, text: str) -> bool:
        """Whether the article has a name in this form, in the genitive or another spelling."""
        return any(
            form in self._capital
            or form.removesuffix("s") in self._capital
            or f"{form}s" in self._capital
            or loose(form) in self._loose_names
            for form in variants(text)
        )

    @cached_property
    def _loose_names(self) -> frozenset[str]:
        return frozenset(loose(form) for form in self._capital)

    @cached_property
    def _loose(self) -> frozenset[str]:
        return frozenset(loose(form) for form in self._all)

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for form in self._all:
            if len(form) >= _SHORT:
                found[form[0]].append(form)
        return found

    def _stems(self, letter: str) -> set[str]:
        """Stems of the words with that first letter; short ones of capitalised words only."""
        if letter not in self._known_stems:
            self._known_stems[letter] = {
                stem
                for form in self._by_letter.get(letter, ())
                for stem in self._cues.stems(form, _SHORT if form in self._capital else _LONG)
            }
        return self._known_stems[letter]

    def _derived(self, letter: str) -> Derivations:
        """Derivations of the words with that first letter."""
        if letter not in self._derivations:
            forms = self._by_letter.get(letter, ())
            self._derivations[letter] = Derivations(forms, self._capital, self._cues)
        return self._derivations[letter]

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Words of large letters only, folded."""
        return frozenset(
            form
            for word in self._words
            if word[:1].isupper()
            for part in (word, *parts(word))
            if is_acronym(part)
            for form in variants(part)
        )

    @cached_property
    def _initials(self) -> str:
        """First letters of the words that count, sentence by sentence; large for capitals."""
        return "|".join(
            "".join(_initial(word) for word in content(sentence)) for sentence in self._sentences
        )

    @cached_property
    def _heads(self) -> dict[str, list[Sequence[Word]]]:
        """Runs of four words from each long capitalised word, by its first letter."""
        found: dict[str, list[Sequence[Word]]] = defaultdict(list)
        for sentence in self._sentences:
            kept = content(sentence)
            for at, word in enumerate(kept):
                if word.capital and len(found[word.form[:1]]) < _MOST_HEADS:
                    found[word.form[:1]].append(kept[at : at + 4])
        return found

    @cached_property
    def _partners(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Which words stand behind which in names of a few words, and which before which."""
        behind: dict[str, set[str]] = defaultdict(set)
        before: dict[str, set[str]] = defaultdict(set)
        for sentence in self._sentences:
            for run in runs_of(sentence):
                named = [sentence[at] for at in run if self.is_personal(sentence[at])]
                keys = [self._key(word.form) for word in named[:_MOST_PARTS]]
                for first, last in combinations(keys, 2):
                    behind[first].add(last)
                    before[last].add(first)
        return behind, before

    def is_personal(self, word: Word) -> bool:
        """Whether it may be a part of a person's name."""
        cues = self._cues
        if len(word.form) < 2 or not word.capital or is_acronym(word.text):
            return False
        if cues.is_generic(word.form) or cues.may_open(word.form):
            return False
        return not (cues.nouns_capital and is_noun(word, cues))

    def parts_persons(self, first: Word, last: Word) -> bool:
        """Whether the words are of two persons' names: the first's first, the second's last."""
        if f"{first.text} {last.text}" in self._document.text:
            return False
        behind, before = self._partners
        one, two = self._key(first.form), self._key(last.form)
        if (one in before and first.form not in self._cues.first) or two in behind:
            return False
        return one in behind and two in before and two not in behind[one]

    def _key(self, form: str) -> str:
        """The shortest stem of a form: two inflections of a name mostly share it."""
        return min(self._cues.stems(form, _LONG), key=len)

    @cached_property
    def _numbered(self) -> frozenset[str]:
        """Figures that end a name: the 2 of Voyager-2."""
        return frozenset(
            pieces[-1]
            for word in self._words
            if word[-1:].isdigit() and len(pieces := parts(word)) > 1
        )

    def has_number(self, digits: str) -> bool:
        """Whether a word with a hyphen ends with the figure."""
        return digits in self._numbered

    def has(self, text: str) -> bool:
        """Whether the article has a word, in another inflection or spelling maybe."""
        return any(self._has(form, text) for form in variants(text))

    def _has(self, form: str, text: str) -> bool:
        if is_acronym(text):
            if form in self._capital or self._in_full(form):
                return True
            if self._has_other_form(form) or form.removesuffix("s") in self._capital:
                return True
            return len(form) > _LONG and self._inflected(form)
        return (
            form in self._all
            or loose(form) in self._loose
            or self._inflected(form)
            or self._has_other_form(form)
        )

    def _inflected(self, form: str) -> bool:
        if len(form) < _SHORT:
            return False
        if self._cues.demonyms:
            return self._derived(form[0]).has(form)
        return not self._stems(form[0]).isdisjoint(self._cues.stems(form, _SHORT))

    def _has_other_form(self, form: str) -> bool:
        """Whether a word that is known to mean the same is there (Dutch, Netherlands)."""
        same = self._cues.same
        return any(self.has_any(same.get(stem, ())) for stem in self._cues.stems(form, _SHORT))

    def has_phrase(self, first: str, second: str) -> bool:
        """Whether what two words mean together is there under another name."""
        same = self._cues.same
        return any(
            self.has_any(same.get(f"{one} {two}", ()))
            for one in self._cues.stems(first, _SHORT)
            for two in self._cues.stems(second, _SHORT)
        )

    def has_any(self, names: Iterable[Sequence[str]]) -> bool:
        """Whether all words of one of the names are there."""
        return any(
            all(
                (word in self._all if len(word) > 2 else word in self.acronyms)
                or (len(word) > 2 and self._inflected(word))
                for word in name
            )
            for name in names
        )

    def _in_full(self, form: str) -> bool:
        """Whether the words that an acronym stands for are there, side by side."""
        if len(form) < 2 or not form.isalpha():
            return False
        if form.upper() in self._initials:
            return True
        if len(form) > 2 and _spelled(form, self._initials):
            return True
        return self._cues.compounds and any(
            _made_of(form, run) for run in self._heads.get(form[0], ())
        )

    def abbreviates(self, sequence: Sequence[Word]) -> int:
        """How many of the first words the article gives as an acronym; 0 for none."""
        kept = content(sequence)[:8]
        letters = ""
        best = 0
        for at, word in enumerate(kept):
            letters += word.form[:1]
            if at == 1 and not word.capital:
                continue  # any two words share their initials with something
            if at and letters in self.acronyms:
                best = at + 1
        if not best:
            return 0
        return sequence.index(kept[best - 1]) + 1


def _forms(word: str) -> tuple[str, ...]:
    """A word's forms: as a whole, and part by part where it has hyphens."""
    forms = variants(word)
    if word.isalpha():
        return forms
    pieces = parts(word)
    if len(pieces) < 2:
        return forms
    return (*forms, *(form for piece in pieces for form in variants(piece)))


def content(sentence: Sequence[Word]) -> list[Word]:
    """The words without small short ones."""
    return [word for word in sentence if word.capital or len(word.form) > _SMALL]


def _initial(word: Word) -> str:
    first = word.form[:1]
    return first.upper() if word.capital else first


def _spelled(form: str, initials: str) -> bool:
    """Whether the letters stand in a row, the first of them large."""
    lower = initials.lower()
    at = lower.find(form)
    while at >= 0:
        if initials[at].isupper():
            return True
        at = lower.find(form, at + 1)
    return False


def _made_of(form: str, run: Sequence[Word]) -> bool:
    """Whether each letter opens one of the words, or stands inside a long one, in order."""
    at = 0
    for place, word in enumerate(run):
        if at == len(form) or not word.form.startswith(form[at]):
            break
        at += 1
        inside = 1
        # A word that opens with the letter is nearer than a letter inside this one.
        while at < len(form) and len(word.form) >= _INSIDE:
            if place + 1 < len(run) and run[place + 1].form.startswith(form[at]):
                break
            inside = word.form.find(form[at], inside + 1)
            if inside < 0:
                break
            at += 1
    return at == len(form)
