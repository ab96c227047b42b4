"""Which capitalised words of a German statement are surely names.

Every noun has a capital there, so a word that the article lacks is mostly a paraphrase.
What tells a name: a list says so, a first name or a role stands before it, or it stands
without an article where a common noun in the singular couldn't.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summ.checks._name_cues import NameCues, places
from summ.checks._name_words import Word, is_acronym, parts

_PLURAL = ("e", "en", "er", "n", "s")
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
_LEAST_PLACE = 6
_LEAST_PART = 4
_INFLECTED = ("n", "s", "en", "es", "er", "ern")


def is_sure(sentence: Sequence[Word], at: int, cues: NameCues, lacking: frozenset[int]) -> bool:
    """Whether the word is surely a name.

    Args:
        sentence: the words of the statement.
        at: which of them.
        cues: of German.
        lacking: which of the capitalised words the article lacks.
    """
    word = sentence[at]
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
        known = is_role(before, cues) or before.form in cues.places_of
        return known or (at - 1 in lacking and not is_noun(before, cues) and not before.opens)
    if after and after.capital and at + 1 in lacking and not is_noun(after, cues):
        return True
    return _stands_bare(word, before, after, cues)


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
    known = form in cues.generic or form in cues.openers
    return known or form.endswith((*cues.nouns, *cues.role_endings))


def is_role(word: Word, cues: NameCues) -> bool:
    """Whether a name may stand behind the word."""
    return word.form in cues.roles or word.form.endswith(cues.role_endings)


def is_noun(word: Word, cues: NameCues) -> bool:
    """Whether it ends as common nouns do, or is known as one."""
    form = word.form
    if form in cues.generic or form in cues.openers or is_role(word, cues):
        return True
    if form.endswith(cues.nouns):
        return True
    return any(
        form.endswith(ending)
        and form.removesuffix(ending).endswith((*cues.nouns, *cues.role_endings))
        for ending in _INFLECTED
    )


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
        return len(word.form) > 4 and not word.form.endswith(_PLURAL)
    if before.text not in _LINKS:
        return False
    return not word.form.endswith(_PLURAL) or _is_singular(after, cues)


def _is_singular(word: Word | None, cues: NameCues) -> bool:
    """Whether it is a verb in the third person of the singular."""
    if word is None or word.capital:
        return False
    return word.form in cues.after or word.form.endswith(cues.after_endings)
