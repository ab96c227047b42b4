"""Which names of a statement an article lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from summ.checks._names import german
from summ.checks._names.cues import NameCues, places
from summ.checks._names.runs import MOST_WORDS, is_numbered, runs_of
from summ.checks._names.source import Vocabulary
from summ.checks._names.words import Word, folded, is_acronym, parts, words

_ROMAN = re.compile(r"[IVXІХ]{1,6}(?:er|ers|e|ème|th|st)?")
_PERIOD = re.compile(r"[QHTSКД][1-4]|[^\W\d_]\d?")
_NUMBER = re.compile(r"N[or]s?[-‐‑]?\d+")
_SIGNS = frozenset({"No", "Nos", "Nr"})
_ACRONYMS = frozenset({"who", "it", "us"})
"""Small words that are acronyms if all their letters are large."""
_QUOTES = '«„“”"‹‚‘「『'
_CLOSING = " \n\"'»”’)]"
_FEW = 4
_MOST_NAMES = 100
_NOT_SINGULAR = ("s", "ів", "їв", "er")
"""Endings of plurals and infinitives: neither stands before a verb in the singular."""


class Judge:
    """Finds names in statements, and asks an article's vocabulary for them."""

    def __init__(self, vocabulary: Vocabulary, cues: NameCues, language: str) -> None:
        """Judge statements in `language` by the article's `vocabulary`."""
        self._vocabulary = vocabulary
        self._cues = cues
        self._language = language

    def lacking(self, text: str) -> Iterator[str]:
        """The names of `text` that the article lacks, as written, each once."""
        sentence = words(text)
        shouted = _is_capitals(sentence) or self._is_headline(sentence, text)
        found: dict[str, None] = {}
        for run in islice(runs_of(sentence), _MOST_NAMES):
            if lacking := self._lacking(sentence, run, shouted):
                first, last = sentence[lacking[0]], sentence[lacking[-1]]
                found[text[first.start : last.start + len(last.text)]] = None
        yield from found

    def _is_headline(self, sentence: Sequence[Word], text: str) -> bool:
        """Whether it is in Title Case: then a capital tells nothing.

        A short sentence full of names has as many capitals; but it ends with a full stop, or
        none of its capitals is that of a common word.
        """
        if self._cues.nouns_capital or text.rstrip(_CLOSING)[-1:] == ".":
            return False
        counted = _long_words(sentence)
        large = sum(word.capital for word in counted)
        if large < _FEW or large < len(counted) - 1:
            return False
        return any(word.capital and not word.opens and self._is_plain(word) for word in sentence)

    def _is_plain(self, word: Word) -> bool:
        """Whether it is surely no part of a name or a title, but for its capital."""
        cues = self._cues
        if len(word.text) < _FEW - 1 or word.form == "the" or cues.is_generic(word.form):
            return False  # The Hague, Northern Ireland
        if word.form in cues.first:
            return False
        return cues.may_open(word.form) or self._vocabulary.has_small(word.text)

    def _lacking(self, sentence: Sequence[Word], run: range, shouted: bool) -> list[int]:
        """Which words of a run are surely a name that the article lacks."""
        upper = [at for at in run if sentence[at].text.isupper()]
        if len(upper) > _FEW - 2 or any(self._is_cried(sentence, at) for at in upper):
            return []  # shouting, not names
        unknown = [at for at in run if not self._passes(sentence, at)]
        if not unknown:
            return self._mixed(sentence, run)
        unknown = self._without_other_forms(sentence, run, unknown)
        if shouted:
            return [at for at in unknown if is_numbered(sentence[at].text)]
        return self._sure(sentence, unknown)

    def _passes(self, sentence: Sequence[Word], at: int) -> bool:
        """Whether the word is none to be judged, or is in the article."""
        word = sentence[at]
        if _is_number_sign(sentence, at):
            return True
        if _ROMAN.fullmatch(word.text) or _PERIOD.fullmatch(word.text):
            return True
        vocabulary = self._vocabulary
        if word.opens and self._cues.may_open(word.form):
            return True
        if self._cues.is_generic(word.form):
            return True
        if self._cues.titles and german.is_titled(sentence, at, self._cues):
            return vocabulary.has_just(word.text)
        if vocabulary.has(word.text):
            return True
        pieces = parts(word.text)
        if len(pieces) < 2:
            return False
        if pieces[-1].isdigit():
            name = "".join(pieces[:-1])
            return len(name) > 2 and vocabulary.has(name) and vocabulary.has_number(pieces[-1])
        return all(self._part_passes(piece) for piece in pieces)

    def _is_cried(self, sentence: Sequence[Word], at: int) -> bool:
        """Whether it is a small word, all capitals like a word next to it ("I AM SORRY")."""
        word = sentence[at]
        if not self._cues.may_open(word.form) or word.form in _ACRONYMS:
            return False
        after = sentence[at + 1] if at + 1 < len(sentence) else None
        before_too = at > 0 and word.adjoins and sentence[at - 1].text.isupper()
        return before_too or bool(after and after.adjoins and after.text.isupper())

    def _part_passes(self, piece: str) -> bool:
        """Whether a part of a word with hyphens is no name, or is in the article."""
        if not piece[0].isupper() or len(piece) < 2:
            return True
        form = folded(piece)
        if self._cues.is_generic(form) or self._vocabulary.has(piece):
            return True
        if not self._cues.nouns_capital:
            return False
        if is_acronym(piece) or form in places(self._language):
            return False
        return german.is_common_part(form, self._cues)

    def _mixed(self, sentence: Sequence[Word], run: range) -> list[int]:
        """A first name and a surname that the article has of two persons, else nothing."""
        named = [at for at in run if self._vocabulary.is_personal(sentence[at])]
        if len(named) != 2:
            return []
        first, last = (sentence[at] for at in named)
        return named if self._vocabulary.parts_persons(first, last) else []

    def _without_other_forms(
        self, sentence: Sequence[Word], run: range, unknown: list[int]
    ) -> list[int]:
        """What remains where the article has an acronym or another name for several words."""
        known: set[int] = set()
        for at in run:
            behind = at + 1
            if behind < len(sentence) and self._vocabulary.has_phrase(
                sentence[at].form, sentence[behind].form
            ):
                known.update((at, behind))
            count = self._vocabulary.abbreviates(sentence[at : at + MOST_WORDS])
            known.update(range(at, at + count))
        return [at for at in unknown if at not in known]

    def _sure(self, sentence: Sequence[Word], unknown: list[int]) -> list[int]:
        """Those words that are surely names."""
        lacking = frozenset(unknown)
        if self._cues.nouns_capital:
            return [at for at in unknown if german.is_sure(sentence, at, self._cues, lacking)]
        return [at for at in unknown if self._is_sure(sentence, at, lacking)]

    def _is_sure(self, sentence: Sequence[Word], at: int, lacking: frozenset[int]) -> bool:
        """Whether a capital says that the word is a name, where a sentence may open too."""
        word = sentence[at]
        cues = self._cues
        if not word.opens or is_acronym(word.text) or is_numbered(word.text):
            return True
        if word.gap[-1:] in _QUOTES and word.gap and _is_short_quotation(sentence, at):
            return True
        pieces = parts(word.text)
        if len(pieces) > 1:
            capital = all(piece[0].isupper() for piece in pieces)
            return capital or not cues.may_open(folded(pieces[0]))
        if word.form in places(self._language) or word.form in cues.first:
            return True
        if not cues.openings:
            return False
        after = sentence[at + 1] if at + 1 < len(sentence) else None
        if after is not None and (word.owned or _is_age(after)):
            return True
        if word.form.endswith(cues.surname_endings):
            return True
        if after is not None and after.adjoins and after.capital:
            named = at + 1 in lacking or cues.is_generic(after.form)
            return named and not self._is_common(word, after)
        if self._is_common(word, after):
            return False
        return self._follows(after) or self._is_explained(sentence, at)

    def _is_explained(self, sentence: Sequence[Word], at: int) -> bool:
        """Whether a clause with "which" stands behind the word, a preposition before it maybe."""
        behind = sentence[at + 1 : at + 3]
        if not behind or not behind[0].gap.startswith(","):
            return False
        return any(word.form in self._cues.relative for word in behind)

    def _is_common(self, word: Word, after: Word | None) -> bool:
        """Whether a word that opens a sentence is, by its ending, no name."""
        if word.form.endswith(self._cues.adjectival):
            return not self._follows(after)
        if word.form.endswith("ss") and word.form not in self._cues.openers:
            return False
        if (
            word.form.endswith(_NOT_SINGULAR)
            and after is not None
            and after.form in self._cues.singular
        ):
            return False
        if word.text.lower().endswith(self._cues.openers_endings):
            return True
        return word.form.endswith(self._cues.openers_endings)

    def _follows(self, after: Word | None) -> bool:
        """Whether the word is one that stands behind a name which opens a sentence."""
        if after is None or after.capital:
            return False
        return after.form in self._cues.after or after.form.endswith(self._cues.after_endings)


def _is_short_quotation(sentence: Sequence[Word], at: int) -> bool:
    """Whether the quotation that the word opens closes within a few words: a title."""
    behind = sentence[at + 1 : at + 1 + _FEW]
    if len(behind) < _FEW:
        return True
    return any("»" in word.gap or "“" in word.gap or "”" in word.gap for word in behind)


def _long_words(sentence: Sequence[Word]) -> list[Word]:
    return [word for word in sentence if len(word.text) >= _FEW and not word.text[0].isdigit()]


def _is_capitals(sentence: Sequence[Word]) -> bool:
    """Whether all words, or most long ones, are all capitals, which then tell nothing."""
    lettered = [word for word in sentence if word.text[0].isalpha()]
    if len(lettered) > 1 and all(word.text.isupper() for word in lettered):
        return True
    counted = _long_words(sentence)
    return len(counted) >= _FEW and sum(word.text.isupper() for word in counted) > 0.6 * len(
        counted
    )


def _is_number_sign(sentence: Sequence[Word], at: int) -> bool:
    """Whether it is the sign №, as letters: behind it a figure stands, or Cyrillic beside it."""
    text = sentence[at].text
    if _NUMBER.fullmatch(text):
        return True
    if text not in _SIGNS:
        return False
    after = sentence[at + 1].text if at + 1 < len(sentence) else ""
    before = sentence[at - 1].text if at else ""
    return after[:1].isdigit() or any("Ѐ" <= near[:1] <= "ӿ" for near in (after, before))


def _is_age(word: Word) -> bool:
    """Whether it is the age of whom the word before names ("Voss, 57, …")."""
    return word.text.isdigit() and word.gap == ", "
