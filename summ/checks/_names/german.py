"""Which capitalised words of a German statement are surely names.

Every noun has a capital there, so a word that the article lacks is mostly a paraphrase.
A common noun is told by its ending, or as a known head with a known modifier before it.
Of the other words those are names that a list has, that stand behind a first name, a role
or another noun, without an article, or with one in the singular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summ.checks._names.cues import NameCues, places
from summ.checks._names.words import Word, is_acronym, parts

_PLURAL = ("e", "en", "er", "ern", "eln", "s")
_OF_PLACES = (
    "burg", "hausen", "furt", "dorf", "bach", "berg", "heim", "bruck", "kirchen", "kirch", "munde",
    "stedt", "rode", "roda", "buttel", "haven", "werda", "nitz", "litz", "ow", "hofen", "felden",
    "bruch", "wald", "walde", "walden", "bronn", "brunn", "thal", "ertal", "ntal", "feld", "ried",
    "stetten", "weiler", "born", "mark", "wil", "wilen", "lingen", "ringen",
)  # fmt: skip
_NO_PLACES = (
    "ein", "ab", "aus", "durch", "um", "zusammen", "auf", "an", "vor", "be", "ver", "ge", "regen",
    "alters", "pflege", "kinder", "wohn", "tier", "mais", "spiel", "schlacht", "gebirg", "eis",
    "stadt", "wein", "talk", "mittel", "haupt",
)  # fmt: skip
_BEFORE_PLACES = frozenset(
    {"in", "nach", "aus", "bei", "von", "zwischen", "nahe", "um", "gen", "bis", "unweit"}
)
_LINKS = frozenset(
    {"dass", "ob", "weil", "wenn", "als", "und", "oder", "sondern", "wie", "laut", "für", "gegen"}
    | {"mit", "an", "durch", "ohne", "denn", "damit", "während", "nachdem", "obwohl", "über"}
    | _BEFORE_PLACES
)
_DETERMINERS = frozenset(
    {"der", "die", "das", "den", "dem", "des", "im", "am", "zur", "zum", "vom", "beim"}
)
_SIMPLE = frozenset({"der", "die", "den"})
_OF_VERBS = (
    "um", "ent", "aus", "ein", "be", "ver", "er", "zer", "ge", "auf", "ab", "an", "vor", "zu",
    "miss", "uber",
)  # fmt: skip
_OF_ADJECTIVES = (
    "te", "ten", "ende", "enden", "ive", "iven", "ische", "ischen", "ige", "igen", "liche",
    "lichen", "ale", "alen", "are", "aren", "ose", "osen", "ungen", "ste", "sten",
)  # fmt: skip
_UMLAUTS = frozenset("äöü")
_OF_NOUNS = re.compile(
    "(?:d(?:ie|er|en|em|es)|(?:ein|kein|mein|dein|sein|ihr|unser|euer|eur|dies|jen|jed|welch|solch)"
    "(?:e[rnms]?)?)"
)
_LEAST_PLACE = 6
_LEAST_PART = 4
_LEAST_TAIL = 3
_SHORT_TAIL = 3
_LONG_HEAD = 6
_LONGEST_TAIL = 16
_INFLECTED = ("", "n", "s", "en", "es", "er", "ern")
_LINKED = ("", "s", "n", "en", "es", "er", "e")


def is_sure(sentence: Sequence[Word], at: int, cues: NameCues, lacking: frozenset[int]) -> bool:
    """Whether the word is surely a name.

    Args:
        sentence: the words of the statement.
        at: which of them.
        cues: of German.
        lacking: which of the capitalised words the article lacks.
    """
    word = sentence[at]
    if is_titled(sentence, at, cues):
        return True
    if is_acronym(word.text) or _is_known_place(word) or len(parts(word.text)) > 1:
        return True  # of a word with hyphens, a part is lacking that is no common noun
    before = sentence[at - 1] if at and word.adjoins else None
    if before and before.opens and before.form in cues.openers:
        before = replace(before, text=before.text.lower())
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    after = after if after and after.adjoins else None
    if _is_person(word, before, after, cues) or (after and after.form in cues.legal):
        return True
    if is_noun(word, cues):
        return _is_like_place(word) and _may_be_named(word, before, after, cues)
    if before and before.capital:
        return before.form not in cues.measures  # two nouns in a row: the second is a name
    if after and after.capital and at + 1 in lacking and not is_noun(after, cues):
        return True
    return _stands_bare(word, before, after, cues)


def is_titled(sentence: Sequence[Word], at: int, cues: NameCues) -> bool:
    """Whether a title proves the word to be a name (Frau Müller, but not: der Frau Mut)."""
    word = sentence[at]
    if not at or not word.adjoins or not word.capital or is_role(word, cues):
        return False
    title = sentence[at - 1]
    if title.form not in cues.titles or not title.capital:
        return False
    before = [near.text.lower() for near in sentence[max(0, at - 3) : at - 1]]
    if not before or not title.adjoins:
        return True
    if _OF_NOUNS.fullmatch(before[-1]):
        return False
    adjective = before[-1].endswith(("e", "en")) and sentence[at - 2].adjoins
    return not (adjective and len(before) > 1 and _OF_NOUNS.fullmatch(before[0]))


def _is_known_place(word: Word) -> bool:
    """Whether it is listed as a place, or the genitive of one."""
    known = places("de")
    return word.form in known or (len(word.form) > 4 and word.form.removesuffix("s") in known)


def _is_like_place(word: Word) -> bool:
    """Whether it ends as places do, and isn't made as common nouns with that ending are."""
    form = word.form
    if len(form) < _LEAST_PLACE or form.startswith(_NO_PLACES):
        return False
    return form.endswith(_OF_PLACES)


def _may_be_named(word: Word, before: Word | None, after: Word | None, cues: NameCues) -> bool:
    """Whether a place would stand like that, and a common noun hardly."""
    if before is None:
        return not word.opens or _is_singular(after, cues)
    if before.form in _BEFORE_PLACES or before.form in cues.after:
        return True
    return before.capital and (is_role(before, cues) or before.form in cues.places_of)


def _is_person(word: Word, before: Word | None, after: Word | None, cues: NameCues) -> bool:
    """Whether it is a first name with a surname, or the other way round."""
    if before and before.form in cues.first:
        return True
    return word.form in cues.first and bool(after and after.capital)


def is_common_part(form: str, cues: NameCues) -> bool:
    """Whether a part of a word with hyphens is no name for sure."""
    if len(form) < _LEAST_PART or form in cues.prefixes:
        return True
    return form in cues.generic or form in cues.openers or _is_made(form, cues)


def is_role(word: Word, cues: NameCues) -> bool:
    """Whether a name may stand behind the word."""
    return word.form in cues.roles or word.form.endswith(cues.role_endings)


def is_noun(word: Word, cues: NameCues) -> bool:
    """Whether it is known as a common noun, or made as common nouns are."""
    form = word.form
    if form in cues.generic or form in cues.openers or is_role(word, cues):
        return True
    return _is_made(form, cues)


def _is_made(form: str, cues: NameCues) -> bool:
    """Whether a noun is known, derived, or a compound of a known head and modifier."""
    for ending in _INFLECTED:
        stem = form.removesuffix(ending)
        if ending and stem == form:
            continue
        if stem.endswith((*cues.noun_endings, *cues.role_endings)) or _is_compound(stem, cues):
            return True
    return False


def _is_compound(stem: str, cues: NameCues) -> bool:
    """Whether a known noun is there, by itself or with a modifier before it.

    The tail of a place's or a person's name is mostly a short noun (Wittstock), so what
    stands before a short one must be known too.
    """
    if stem in cues.heads:
        return True
    for head in _tails(stem, cues):
        if len(head) >= _LONG_HEAD or _modifies(stem[: -len(head)], cues):
            return True
    return False


def _modifies(before: str, cues: NameCues) -> bool:
    """Whether a compound may begin with it, what links the two included."""
    return any(
        stem in cues.modifiers
        or stem in cues.prefixes
        or stem in cues.heads
        or stem.endswith(cues.noun_endings)
        or any(len(tail) > _SHORT_TAIL for tail in _tails(stem, cues))
        for link in _LINKED
        if before.endswith(link) and (stem := before.removesuffix(link))
    )


def _tails(stem: str, cues: NameCues) -> Iterator[str]:
    """The known nouns that it ends with, shorter than itself."""
    for size in range(_LEAST_TAIL, min(len(stem), _LONGEST_TAIL)):
        if stem[-size:] in cues.heads:
            yield stem[-size:]


def _stands_bare(word: Word, before: Word | None, after: Word | None, cues: NameCues) -> bool:
    """Whether no article is there, where a common noun would need one."""
    if word.opens:
        if word.form.endswith(cues.openers_endings):
            return False
        if after and after.capital:
            return word.form.endswith("s")  # "Webers Vorschlag": else an article is needed
        return _is_singular(after, cues)
    if before is None:  # a comma, a bracket
        return not word.form.endswith(_PLURAL) or _is_singular(after, cues)
    if before.form in cues.after or before.form in _BEFORE_PLACES:
        return True
    if before.text in _DETERMINERS:
        return len(word.form) > 4 and not _is_inflected(word, before)
    if before.text not in _LINKS:
        return False
    return not word.form.endswith(_PLURAL) or _is_singular(after, cues)


def _is_inflected(word: Word, article: Word) -> bool:
    """Whether it may be a plural, or an adjective or a verb that stands as a noun."""
    form = word.form
    if form.endswith(("er", "ern", "eln", "s")):
        return True
    if not form.endswith(("e", "en")):
        return False
    if article.text not in _SIMPLE or form.startswith(_OF_VERBS):
        return True
    return form.endswith(_OF_ADJECTIVES) or not _UMLAUTS.isdisjoint(word.text[1:])


def _is_singular(word: Word | None, cues: NameCues) -> bool:
    """Whether it is a verb in the third person of the singular."""
    if word is None or word.capital:
        return False
    return word.form in cues.after or word.form.endswith(cues.after_endings)
