"""Does a translation keep to its terms and names?

A term occurs in the source when all its words stand there side by side, in any inflection, and
with its capitals. It is kept when all words of its translation are close together in the
target, in any order, inflection or case, alone or in a compound. In scripts that put no spaces
between words it is the letters that are looked for.

Inflection is judged by endings (`_terms.endings`), without a dictionary: irregular plurals
(children), broken plurals of Arabic, changes of a root's vowel and synonyms are not seen as
forms of a word; a word that differs from another in what might be an ending is taken for it.
A shorter term is not looked for where it is only a part of a longer one (bank, central bank).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summ.checks._names.cues import name_cues
from summ.checks._terms.reading import Needle, Reading, needle, reading
from summ.model import Finding, Term
from summ.text.tags import without_tags

_SHOWN = 60


def occurs(term: str, text: str, language: str | None) -> bool:
    """Whether a text has a term.

    Args:
        term: in the form of a dictionary.
        text: in the source's language, without tags.
        language: BCP 47 code; None when it is not known.
    """
    return first_place(term, text, language) >= 0


def first_place(term: str, text: str, language: str | None) -> int:
    """Where a text has a term first; -1 for nowhere.

    Places are comparable among the terms of one text only, and among those of scripts with
    spaces, or without.
    """
    code = _primary(language)
    return reading(text, code, loose=False).first(needle(term, code, loose=False))


def is_kept(target: str, text: str, language: str | None) -> bool:
    """Whether a translation has the translation of a term.

    Args:
        target: what the term is to be.
        text: the translation, without tags.
        language: BCP 47 code of both; None when it is not known.
    """
    code = _primary(language)
    text_read = reading(text, code, loose=True)
    wanted = needle(target, code, loose=True)
    if text_read.has_near(wanted):
        return True
    if not wanted.words and not wanted.letters:
        return target.strip() in text
    return len(wanted.words) == 1 and _has_other_form(wanted, text_read, code)


def findings(
    terms: Sequence[Term], source: str, target: str, languages: tuple[str | None, str]
) -> Iterator[Finding]:
    """Terms of a segment that its translation does not keep.

    Args:
        terms: those of other target languages are passed over.
        source: with tags or without.
        target: its translation, likewise.
        languages: BCP 47 codes of both; None for one that is not known.

    Yields:
        `term-not-kept` for a term that is binding, `name-differs` for another.
    """
    source, target = without_tags(source), without_tags(target)
    for term in occurring(terms, source, languages):
        if not is_kept(term.target, target, languages[1]):
            wanted = f"“{_short(term.target)}” for “{_short(term.source)}”"
            if term.binding:
                yield Finding("term-not-kept", f"The translation lacks the term {wanted}.")
            else:
                yield Finding("name-differs", f"The translation lacks the name {wanted}.")


def occurring(
    terms: Sequence[Term], text: str, languages: tuple[str | None, str]
) -> tuple[Term, ...]:
    """The terms for a target language that a text has, but within longer ones.

    Args:
        terms: in any order, which is kept.
        text: the source, without tags.
        languages: BCP 47 codes of the text and of what it is translated into.
    """
    code = _primary(languages[0])
    text_read = reading(text, code, loose=False)
    found: list[tuple[int, Term, Needle]] = []
    for place, term in enumerate(terms):
        wanted = needle(term.source, code, loose=False)
        if text_read.first(wanted) >= 0 and is_for(term, languages[1]):
            found.append((place, term, wanted))
    # A binding term counts inside a name, too: the name might be written against it.
    # Apple before apple, which a text with a capital may mean as well.
    found.sort(key=lambda one: (not one[1].binding, -len(one[1].source), one[1].source.islower()))
    cover = _Cover(text_read)
    kept = [(place, term) for place, term, wanted in found if cover.adds(wanted)]
    return tuple(term for _, term in sorted(kept, key=lambda one: one[0]))


class _Cover:
    """What of a text longer terms have taken."""

    def __init__(self, text: Reading) -> None:
        self._text = text
        self._taken: set[int] = set()
        self._letters = text.letters

    def adds(self, term: Needle) -> bool:
        """Whether the term stands somewhere by itself; takes these places."""
        if term.letters:
            free = term.letters in self._letters
            self._letters = self._letters.replace(term.letters, "\n")
            return free
        runs = [run for run in self._text.runs(term) if not self._taken.issuperset(run)]
        self._taken.update(*runs)
        return bool(runs)


class TermIndex:
    """Phrases by their words, so that few of many are looked for in a text."""

    def __init__(self, language: str | None) -> None:
        """Hold none; they are in the language of this BCP 47 code, None for not known."""
        self._code = _primary(language)
        self._by_stem: dict[str, list[str]] = {}
        self._unspaced: list[str] = []

    def add(self, phrase: str) -> None:
        """Take a phrase; to take one twice does no harm."""
        wanted = needle(phrase, self._code, loose=False)
        if not wanted.words:
            self._unspaced.append(phrase)
            return
        _, stems = max(
            zip(wanted.words, wanted.stems, strict=True), key=lambda one: len(one[0].form)
        )
        for stem in stems:
            self._by_stem.setdefault(stem, []).append(phrase)

    def may_have(self, text: str) -> set[str]:
        """All phrases that occur in a text without tags, and others."""
        stems = reading(text, self._code, loose=False).stems
        if len(stems) > len(self._by_stem):
            found = {p for stem, ps in self._by_stem.items() if stem in stems for p in ps}
        else:
            found = {p for stem in stems for p in self._by_stem.get(stem, ())}
        return found.union(self._unspaced)

    def copy(self) -> TermIndex:
        """One that can be added to by itself."""
        other = TermIndex(self._code)
        other._by_stem = {stem: list(phrases) for stem, phrases in self._by_stem.items()}
        other._unspaced = list(self._unspaced)
        return other


def is_for(term: Term, language: str) -> bool:
    """Whether a term is for a target language, or for any: pt is for pt-BR, and back."""
    if term.language is None:
        return True
    ours, theirs = (code.lower().split("-") for code in (term.language, language))
    return all(one == other for one, other in zip(ours, theirs, strict=False))


def _has_other_form(wanted: Needle, text: Reading, code: str) -> bool:
    """Whether a word that is known to mean the same is there (Нідерланди, голландський)."""
    cues = name_cues(code)
    if cues is None or wanted.words[0].text.islower():
        return False
    return any(
        text.has_near(needle(" ".join(other), code, loose=True))
        for stem in sorted(wanted.stems[0])
        for other in cues.same.get(stem, ())
    )


def _primary(language: str | None) -> str:
    return (language or "").lower().partition("-")[0]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
