"""What is known of a language's names, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from summ.checks._names.words import folded
from summ.checks.cues import cues

if TYPE_CHECKING:
    from babel import Locale

_FORMS = ("format", "stand-alone")
_WIDTHS = ("wide", "abbreviated")


@dataclass(frozen=True, slots=True)
class NameCues:
    """The words of one language that tell names from other words; all `folded`.

    Attributes:
        language: which one.
        inflected: nouns have so many endings that the lists below hold one form of each.
        nouns_capital: every noun begins with a capital (German).
        compounds: an acronym may take letters from within a word (Landeskriminalamt, LKA).
        openings: whether it is known which words open sentences and are no names.
        endings: what inflection and derivation put behind a name's stem.
        place_endings: endings of places that make way for those of `demonyms`.
        demonyms: what is put behind a place's stem, where names have no other endings.
        small_demonyms: such words have a capital only as the first of a sentence, or as nouns.
        alternate: last consonants of a stem that change (Прага, Празі).
        vowels: vowels before a stem's last consonant that change (Львів, Львова).
        generic: titles, roles, kinds of organisations.
        generic_stems: their stems, where nouns are inflected.
        roles: those behind which a name stands (German).
        role_endings: endings of those.
        titles: those behind which nothing but a person's name stands (German).
        places_of: nouns behind which the name of a place or firm stands (German).
        legal: what stands behind the name of a firm (GmbH).
        openers: words that open sentences.
        openers_stems: their stems, where nouns are inflected.
        openers_endings: endings that no name has, or hardly any.
        surname_endings: endings that hardly anything but a surname has.
        adjectival: endings of adjectives and surnames alike.
        after: words that stand behind a name that opens a sentence.
        after_endings: endings of such words.
        singular: those that a word in the plural has not behind it.
        relative: relative pronouns.
        noun_endings: endings that common nouns are derived with (German).
        nouns: common nouns, which are heads of compounds too (German).
        modifiers: what stands before such a head beside nouns (German).
        measures: nouns right behind which another one stands (German).
        prefixes: what stands before a hyphen and is no name (German).
        first: first names.
        places: places that the locale data does not list.
        same: for a form of a name, all forms of it, each of one word or more.
    """

    language: str
    inflected: bool
    nouns_capital: bool
    compounds: bool
    openings: bool
    endings: frozenset[str]
    place_endings: frozenset[str]
    demonyms: frozenset[str]
    small_demonyms: bool
    alternate: Mapping[str, str]
    vowels: str
    generic: frozenset[str]
    roles: frozenset[str]
    role_endings: tuple[str, ...]
    titles: frozenset[str]
    places_of: frozenset[str]
    legal: frozenset[str]
    generic_stems: frozenset[str]
    openers: frozenset[str]
    openers_stems: frozenset[str]
    openers_endings: tuple[str, ...]
    surname_endings: tuple[str, ...]
    adjectival: tuple[str, ...]
    after: frozenset[str]
    after_endings: tuple[str, ...]
    singular: frozenset[str]
    relative: frozenset[str]
    noun_endings: tuple[str, ...]
    nouns: tuple[str, ...]
    modifiers: frozenset[str]
    measures: frozenset[str]
    prefixes: frozenset[str]
    first: frozenset[str]
    places: frozenset[str]
    same: Mapping[str, tuple[tuple[str, ...], ...]]

    @property
    def heads(self) -> frozenset[str]:
        """The common nouns as a set."""
        return _as_set(self.nouns)

    def is_generic(self, form: str) -> bool:
        """Whether it is a title or the like, in any inflection."""
        return form in self.generic or not self.generic_stems.isdisjoint(self._long_stems(form))

    def may_open(self, form: str) -> bool:
        """Whether it is a word that opens sentences, in any inflection."""
        return form in self.openers or not self.openers_stems.isdisjoint(self._long_stems(form))

    def _long_stems(self, form: str) -> list[str]:
        return self.stems(form, 4) if self.inflected and len(form) > 4 else []

    def stems(self, form: str, least: int) -> list[str]:
        """What is left of a word without each ending it may have, itself included.

        Args:
            form: the word, `folded`.
            least: letters that a stem has at least; a shorter word is its own stem.
        """
        found = [plain(form, self.alternate, self.vowels)]
        for size in range(1, min(len(form) - least, 7) + 1):
            if form[-size:] in self.endings:
                found.append(plain(form[:-size], self.alternate, self.vowels))
        return found


def plain(stem: str, alternate: Mapping[str, str], vowels: str) -> str:
    """A stem with its last sounds as they are written in its other forms."""
    if not alternate or len(stem) < 3:
        return stem
    last = alternate.get(stem[-1], stem[-1])
    before = "о" if stem[-2] in vowels else stem[-2]
    return stem[:-2] + before + last


@lru_cache(maxsize=16)
def name_cues(language: str) -> NameCues | None:
    """What is known of a language's names; None where too little is to judge any."""
    found = cues("names", language)
    if not found:
        return None
    bare = NameCues(
        language=language,
        inflected=bool(found.get("inflected")),
        nouns_capital=bool(found.get("nouns_capital")),
        compounds=bool(found.get("compounds")),
        openings="openers" in found,
        endings=_words(found, "endings"),
        place_endings=_words(found, "place_endings"),
        demonyms=_words(found, "demonyms"),
        small_demonyms=bool(found.get("small_demonyms")),
        alternate=found.get("alternate", {}),
        vowels=found.get("vowels", ""),
        generic=_words(found, "generic") | _words(found, "roles") | _calendar(language),
        roles=_words(found, "roles"),
        role_endings=_endings(found, "role_endings"),
        titles=_words(found, "titles"),
        places_of=_words(found, "places_of"),
        legal=_words(found, "legal"),
        openers=_words(found, "openers"),
        generic_stems=frozenset(),
        openers_stems=frozenset(),
        openers_endings=_endings(found, "openers_endings"),
        surname_endings=_endings(found, "surname_endings"),
        adjectival=_endings(found, "adjectival"),
        after=_words(found, "after"),
        after_endings=_endings(found, "after_endings"),
        singular=_words(found, "singular"),
        relative=_words(found, "relative"),
        noun_endings=_endings(found, "noun_endings"),
        nouns=_endings(found, "nouns"),
        modifiers=_words(found, "modifiers"),
        measures=_words(found, "measures"),
        prefixes=_words(found, "prefixes"),
        first=_words(found, "first"),
        places=_words(found, "places"),
        same=_groups(found),
    )
    if not bare.inflected:
        return bare
    return replace(
        bare,
        generic_stems=_stems(bare, bare.generic),
        openers_stems=_stems(bare, bare.openers),
    )


def _stems(known: NameCues, forms: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for form in forms if len(form) > 4 for stem in known.stems(form, 4))


@lru_cache(maxsize=16)
def _as_set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _words(found: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(found.get(key, "").split())


def _endings(found: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.get(key, "").split()))


def _groups(found: Mapping[str, Any]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Each line's forms, by each of them as it is looked up."""
    alternate, vowels = found.get("alternate", {}), found.get("vowels", "")
    known: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in found.get("same", "").splitlines():
        forms = tuple(tuple(form.split()) for form in line.split(",") if form.strip())
        for form in forms:
            key = " ".join(plain(word, alternate, vowels) for word in form)
            known[key] = known.get(key, ()) + forms
    return known


def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(language)
    except (UnknownLocaleError, ValueError):
        return None


def _calendar(language: str) -> frozenset[str]:
    """Months and days of the week: they are dates, which other code compares."""
    locale = _locale(language)
    if locale is None:
        return frozenset()
    tables = (
        names.get(form, {}).get(width, {})
        for names in (locale.months, locale.days)
        for form in _FORMS
        for width in _WIDTHS
    )
    return frozenset(folded(name) for table in tables for name in table.values())


@lru_cache(maxsize=16)
def places(language: str) -> frozenset[str]:
    """Countries, cities and regions of one word, `folded`: surely names (from CLDR)."""
    cues_of = name_cues(language)
    own = cues_of.places if cues_of else frozenset()
    locale = _locale(language)
    if locale is None:
        return own
    cities = (str(zone.get("city", "")) for zone in locale.time_zones.values())
    territories = (name for code, name in locale.territories.items() if code.isalpha())
    names = (name for name in (*territories, *cities) if len(name) > 3 and " " not in name)
    return own | frozenset(folded(name) for name in names)
