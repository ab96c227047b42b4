"""The stems that a word may have: two words with a stem in common may be forms of one.

Nothing is looked up in a dictionary. A word has as many stems as there are endings of its
language that it could have, each also with the changes that its last sounds undergo; that is
generous, which is what is wanted: a form that is not seen costs a question to a model.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from summ.checks._terms.endings import Inflection, inflection

_SHORTEST = 3
"""Letters that a stem has at least; one less where letters are few and roots short."""
_SHORT_ROOTS = frozenset({"ar", "he", "fa", "ur", "hi", "mr", "ne", "ko"})
_LONGEST_TAIL = 14
_LONGEST_ENDING = 8
_VOWELS = "aeiouyаеиоуыәө"
_GRADATION = (("nk", "ng"), ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"))
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
_COMPOUNDED = 5
"""Letters that a part of a compound has at least to be seen in it."""


def term_stems(form: str, language: str, *, loose: bool) -> frozenset[str]:
    """Stems of a word of a term.

    Args:
        form: as `words.comparable` gives it.
        language: primary subtag; empty when it is not known.
        loose: derived words (лондонський), and unknown languages' endings, count too.
    """
    return _stems(form, language, loose, False)


def text_stems(form: str, language: str, *, loose: bool) -> frozenset[str]:
    """Stems of a word of a text, to be compared with those of a term's words."""
    return _stems(form, language, loose, True)


@lru_cache(maxsize=65_536)
def _stems(form: str, language: str, loose: bool, of_text: bool) -> frozenset[str]:
    if form.isdecimal():
        return frozenset({form})
    known = inflection(language)
    least = _SHORTEST - (language in _SHORT_ROOTS)
    bases = [form]
    for prefix in known.prefixes if of_text else filter(None, (known.article,)):
        if form.startswith(prefix) and len(form) - len(prefix) >= _SHORTEST:
            bases.append(form[len(prefix) :])
    found = set(bases)
    for base in bases:
        if known.agglutinative:
            found.update((_prefixes if of_text else _roots)(base, language, least))
        elif known.endings:
            found.update(_cut(base, known, loose, least))
            if language == "en" and base.endswith("es") and base[:-2].endswith(_SIBILANTS):
                found.add(base[:-2])
        else:
            found.update(_unknown(base, loose, of_text))
    return frozenset(found)


def _cut(base: str, known: Inflection, loose: bool, least: int) -> Iterator[str]:
    """What is left without each ending that it may have."""
    yield from _varied(base, known)
    endings = known.derived if loose else known.endings
    for size in range(1, min(len(base) - least, _LONGEST_ENDING) + 1):
        if base[-size:] in endings:
            yield from _varied(base[:-size], known)


def _prefixes(base: str, language: str, least: int) -> Iterator[str]:
    """What may stand before endings of any number."""
    for size in range(max(least, len(base) - _LONGEST_TAIL), len(base)):
        yield from _varied(base[:size], inflection(language))


def _roots(base: str, language: str, least: int) -> Iterator[str]:
    """What stands before the endings: the last sounds may be others (Helsinki, Helsingin)."""
    yield from _varied(base, inflection(language))
    if len(base) > least + 1 and base[-1] in _VOWELS:
        yield base[:-1]
    if language in {"fi", "et"} and len(base) > least + 2:
        for strong, weak in _GRADATION:
            if base[-3:-1] == strong:
                yield base[:-3] + weak
        if base.endswith("nen"):
            yield base[:-3] + "s"


def _unknown(base: str, loose: bool, of_text: bool) -> Iterator[str]:
    """Of a language whose endings are not known: a few letters at the end may be others.

    In a strict comparison a text's word may have two more than the term's, in a loose one
    up to two may be in place of two.
    """
    most = 2 + loose if of_text else 2 * loose
    for size in range(1, most + 1):
        if len(base) - size >= _SHORTEST + loose:
            yield base[:-size]


def _varied(stem: str, known: Inflection) -> Iterator[str]:
    """A stem, and how its other forms may have it."""
    yield stem
    if len(stem) < _SHORTEST:
        return
    tails = {stem}
    for ending, other in known.alternations:
        if stem.endswith(ending):
            tails.add(stem[: -len(ending)] + other)
    yield from tails
    if not (known.fleeting or known.changing):
        return
    for one in tails:
        if len(one) >= _SHORTEST and one[-1] not in known.fleeting:
            if one[-2] in known.fleeting:
                yield one[:-2].removesuffix("i") + one[-1]
            if one[-2] in known.changing:
                yield f"{one[:-2]}*{one[-1]}"


def in_compound(form: str, word: str, language: str) -> bool:
    """Whether a word of a text may be a compound that the word of a term is a part of."""
    if not inflection(language).compounding or len(word) <= len(form):
        return False
    stem = form.removesuffix("n").rstrip("ae")
    return len(stem) >= _COMPOUNDED and (word.startswith(stem) or stem in word[3:])
