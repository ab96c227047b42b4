"""What is known of a text's terms and names while it is translated.

One object for an article and a target language. The user's terms are binding; names are learnt from
what the model says that it wrote, the first time that it wrote it, so that the next part of the
text has them as well. What a model says is checked against the two texts and is never more
than a name: it is shown to the model again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from summ.checks._names.cues import NameCues, name_cues
from summ.checks.instructions import addresses_model
from summ.checks.terms import (
    TermIndex,
    first_place,
    is_for,
    is_kept,
    occurs,
)
from summ.model import Term
from summ.text.shown import shown
from summ.text.tags import without_tags

MOST = 60
"""Terms that are shown with one group of segments."""

_MOST_NAMES = 1000
_MOST_AT_ONCE = 200
"""Names of one answer that are looked at."""
_LONGEST = 80
_MOST_WORDS = 6
_NOT_IN_NAMES = re.compile(r"[<>{}\[\]|`\\@#*_=~^;\"\n]|://|</|[.!?…]\s+\w{5}")
_END = re.compile(r"[!?…:,]$|\w{5}\.$")
_OPENED = re.compile(r"(?:^|[.!?…:]['\"”’»)]*\s|[\n•–—|])[\s\"'“‘«„‚(\[¿¡*-]*$")
_LETTER = re.compile(r"[^\W\d_]")
_BEFORE = 12


class Glossary:
    """Terms and names of one article in one language."""

    def __init__(self, terms: Sequence[Term], languages: tuple[str | None, str]) -> None:
        """Start with those of `terms` that are for the target language.

        Of several for one source, that which names its language wins, else the first.

        Args:
            terms: the user's, or a part's.
            languages: BCP 47 codes of the text, None when it is not known, and of the target.
        """
        self._languages = languages
        self._terms: dict[str, Term] = {}
        self._folded: set[str] = set()
        self._index = TermIndex(languages[0])
        self._asked: dict[str, list[str]] = {}
        self._names = 0
        chosen: dict[str, Term] = {}
        for term in terms:
            if is_for(term, languages[1]):
                known = chosen.setdefault(term.source, term)
                if known.language is None and term.language is not None:
                    chosen[term.source] = term
        for term in chosen.values():
            self._add(term)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that is known: what it started with, and names in the order they were learnt."""
        return tuple(self._terms.values())

    def relevant(self, texts: Iterable[str]) -> tuple[Term, ...]:
        """The terms that occur in `texts`: binding ones first, in the order they occur.

        A person's name is given too where only the last word of it occurs.

        Args:
            texts: in the source's language, with tags or without.

        Returns:
            At most `MOST`.
        """
        first: dict[str, tuple[int, int]] = {}
        for number, text in enumerate(map(without_tags, texts)):
            now: dict[str, int] = {}
            for phrase in self._index.may_have(text):
                keys = [key for key in self._asked[phrase] if key not in first]
                place = first_place(phrase, text, self._languages[0]) if keys else -1
                if place >= 0:
                    now.update((key, min(now.get(key, place), place)) for key in keys)
            for key, place in now.items():
                first[key] = (number, place)
        order = {key: number for number, key in enumerate(self._terms)}
        found = sorted(
            first, key=lambda key: (not self._terms[key].binding, *first[key], order[key])
        )
        return tuple(self._terms[key] for key in found[:MOST])

    def learn(self, names: Iterable[tuple[str, str]], source: str, target: str) -> None:
        """Keep what a model says that names became, as far as the texts bear it out.

        Args:
            names: pairs of a name and its translation; anything, from a model.
            source: the texts that were translated, one a line, with tags or without.
            target: their translations, likewise.
        """
        source, target = (
            "\n".join(map(without_tags, text.split("\n"))) for text in (source, target)
        )
        for number, (name, translated) in enumerate(names):
            if number == _MOST_AT_ONCE or self._names >= _MOST_NAMES:
                return
            if len(name) > 4 * _LONGEST or len(translated) > 4 * _LONGEST:
                continue
            term = Term(shown(name), shown(translated), binding=False)
            if (
                not self._knows(term)
                and self._is_name(term, source)
                and occurs(term.source, source, self._languages[0])
                and is_kept(term.target, target, self._languages[1])
                and not self._contradicts(term)
            ):
                self._add(term)

    def fork(self) -> Glossary:
        """A glossary of its own that starts with what is known now."""
        other = Glossary((), self._languages)
        other._terms = dict(self._terms)
        other._folded = set(self._folded)
        other._index = self._index.copy()
        other._asked = {phrase: list(keys) for phrase, keys in self._asked.items()}
        other._names = self._names
        return other

    def merge(self, *parts: Glossary) -> None:
        """Take what forks have learnt, in their order; what is known already stays."""
        for part in parts:
            for term in part.terms:
                if not self._knows(term) and not self._contradicts(term):
                    self._add(term)

    def _add(self, term: Term) -> None:
        if self._names >= _MOST_NAMES and not term.binding:
            return
        key = term.source
        self._terms[key] = term
        self._folded.add(_folded(key))
        self._names += not term.binding
        for phrase in _asked(term):
            self._asked.setdefault(phrase, []).append(key)
            self._index.add(phrase)

    def _knows(self, name: Term) -> bool:
        """Whether its source is known, in capitals or not."""
        return _folded(name.source) in self._folded

    def _is_name(self, term: Term, text: str) -> bool:
        """Whether both look like names, and the source's is no common word in `text`."""
        if not (_looks_like_name(term.source) and _looks_like_name(term.target)):
            return False
        if " " in term.source or not term.source[:1].isupper():
            return True
        code = (self._languages[0] or "").lower().partition("-")[0]
        return not self._is_common(term.source, text, name_cues(code))

    @staticmethod
    def _is_common(word: str, text: str, cues: NameCues | None) -> bool:
        """Whether a word with a capital is a title or opens sentences, and is no name."""
        folded = word.casefold()
        if word.isupper() and len(word) > 1:
            return False
        if cues and (cues.is_generic(folded) or cues.may_open(folded)):
            return True
        small = re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text)
        return small is not None and not any(
            not _OPENED.search(text[max(0, at - _BEFORE) : at]) for at in _places(word, text)
        )

    def _contradicts(self, term: Term) -> bool:
        """Whether a part of the name, or a name that it is a part of, is known otherwise."""
        source, target = self._languages
        known = {
            key: self._terms[key]
            for phrase in self._index.may_have(term.source)
            for key in self._asked[phrase]
        }
        return any(
            (
                occurs(one.source, term.source, source)
                and not is_kept(one.target, term.target, target)
            )
            or (
                occurs(term.source, one.source, source)
                and not is_kept(term.target, one.target, target)
            )
            for one in known.values()
        )


def _asked(term: Term) -> Iterator[str]:
    """What a term is found by: itself, and the last word of a person's name."""
    yield term.source
    words = term.source.split()
    if term.binding or not 2 <= len(words) <= 4:
        return
    last = words[-1]
    if words[0][:1].isupper() and last[:1].isupper() and last.isalpha() and len(last) > 2:
        yield last


def _looks_like_name(text: str) -> bool:
    """Whether it might be a name: short, one line, letters, a capital where there are any."""
    if not text or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if _NOT_IN_NAMES.search(text) or _END.search(text) or not _LETTER.search(text):
        return False
    cased = text.lower() != text.upper()
    return not (cased and text == text.lower()) and not addresses_model(text)


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _folded(source: str) -> str:
    return " ".join(source.casefold().replace("’", "'").split())
