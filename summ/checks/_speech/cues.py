"""Words that report speech, as the rules of `summ.checks.speech` use them.

The words are data, `cues/speech/LANGUAGE.toml`, each list one string with white space
between words; `und.toml` holds those that count in every language. A language without a
file has no rule, and its speakers stay unknown except where a name, a colon and a quotation
stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from typing import Any

from summ.checks.cues import cues

Gender = str
"""`m`, `f`, `n` (a thing: "it"), or `?` (a person of either gender)."""

_TOPIC = "speech"


class Pattern:
    """Words of one shape, in any case; what was found out of a word is remembered."""

    def __init__(self, pattern: str) -> None:
        """Compile a regular expression of a whole word."""
        self.fits = lru_cache(maxsize=4096)(partial(_fits, re.compile(pattern, re.IGNORECASE)))


def _fits(compiled: re.Pattern[str], word: str) -> bool:
    return compiled.fullmatch(word[:_LONGEST]) is not None


_LONGEST = 100
_NEVER = Pattern(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the rules know of one language.

    Attributes:
        verbs: forms that report speech by themselves.
        quoting: forms that do so only beside a quotation.
        opining: forms that count only for a person ("expects", "believes").
        with_that: forms that are also nouns: a word of `that` must follow.
        that: words that open a reported clause.
        particles: verb form → the particles one of which must follow it somewhere.
        according: phrases before the speaker's name.
        views: prepositions before somebody whose view a colon and a quotation give.
        postposed: words after the speaker's name ("zufolge").
        own: phrases that mean a pronoun's words → gender ("за її словами").
        pronouns: subject pronouns → gender.
        articles: words that open a description; `definite` ones say nothing of number.
        possessives: words that make a description depend on somebody else.
        vague: words that stand for nobody in particular.
        skip: words that may stand between subject and verb.
        barred: before the verb, these make it no report ("did not say", "was told").
        joins: words that end a clause or open the next.
        relatives: words that open a relative clause or an aside.
        prepositions: a name behind one is not the subject.
        particles_of_names: small words inside names.
        titles: never part of a name, full stop apart.
        roles: pattern of words that say what somebody is, for a whole word.
        things: pattern of heads that are papers, not speakers ("report", "figures").
        calendar: capitalised words that name no person.
        leads: words that open sentences and are no part of a name.
        inverted: the subject may follow the verb anywhere, not only beside a quotation.
        dropped: the subject may be left out.
        comma_inserts: an attribution may stand between commas inside the marks.
        cased: names are inflected.
        nouns_capital: all nouns are capitalised.
        participles: verb forms that count only behind one of `auxiliaries`.
        auxiliaries: "ha", "a", …
        shapes: pattern of verb forms; right behind a quotation and before a person, any verb
            reports speech ("…“, grinste Ana Ruiz").
        subjunctive: verb forms that carry reported speech on (German).
        stand_ins: right before a verb, these stand for a subject that is named elsewhere.
        days: days that are written small; an article may stand before them.
        coordinators: two subjects joined by one of these are not told apart, so neither
            is taken.
        organisations: pattern; a name with such a word in it is no person's.
        places: pattern; a name that begins with such a word is a place's.
        media: pattern of who passes a report on, and is not meant by a later pronoun.
        feminine: pattern of words that call a woman what she is.
        openings: words that open a phrase which names a speaker; made of the others, as are
        small: words that are no verbs of saying, whatever they look like, and
        forms: all that may report speech.
    """

    verbs: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    opining: frozenset[str] = frozenset()
    with_that: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    particles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    according: tuple[tuple[str, ...], ...] = ()
    views: frozenset[str] = frozenset()
    postposed: frozenset[str] = frozenset()
    own: tuple[tuple[tuple[str, ...], Gender], ...] = ()
    pronouns: Mapping[str, Gender] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    particles_of_names: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    roles: Pattern = _NEVER
    things: Pattern = _NEVER
    calendar: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    inverted: bool = False
    dropped: bool = False
    comma_inserts: bool = False
    cased: bool = False
    nouns_capital: bool = False
    participles: Pattern = _NEVER
    auxiliaries: frozenset[str] = frozenset()
    shapes: Pattern = _NEVER
    subjunctive: frozenset[str] = frozenset()
    stand_ins: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    coordinators: frozenset[str] = frozenset()
    organisations: Pattern = _NEVER
    places: Pattern = _NEVER
    media: Pattern = _NEVER
    feminine: Pattern = _NEVER
    openings: frozenset[str] = field(init=False)
    small: frozenset[str] = field(init=False)
    forms: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Put together the words that every sentence is looked through for."""
        first = {words[0] for words in (*self.according, *(own for own, _ in self.own))}
        so = {"so"} if self.nouns_capital else set()
        joining = self.joins | self.articles | self.prepositions | self.skip | self.barred
        naming = self.vague | self.relatives | self.possessives | frozenset(self.pronouns)
        forms = self.verbs | self.quoting | self.opining | self.with_that
        object.__setattr__(self, "openings", self.postposed | first | so)
        object.__setattr__(self, "small", joining | naming | self.auxiliaries)
        object.__setattr__(self, "forms", forms)

    @property
    def inflecting(self) -> bool:
        """Whether names are inflected so that a noun before them can own them (Slavic)."""
        return self.cased and not self.nouns_capital


@lru_cache(maxsize=64)
def speech_cues(language: str) -> Cues:
    """What is known of a language (primary subtag), with what counts in every one."""
    return _read(cues(_TOPIC, "und"), cues(_TOPIC, language))


def is_known(language: str) -> bool:
    """Whether the words that report speech in a language are known."""
    return bool(speech_cues(language).verbs)


def _read(common: Mapping[str, Any], own: Mapping[str, Any]) -> Cues:
    """Cues from two files; lists that both have are joined."""
    made: dict[str, Any] = {}
    for name in (entry.name for entry in fields(Cues)):
        values = [file[name] for file in (common, own) if name in file]
        if values:
            made[name] = _READERS.get(name, _typed)(values)
    return Cues(**made)


def _typed(values: list[Any]) -> Any:
    """A switch as it is, words as a set."""
    if isinstance(values[-1], bool):
        return values[-1]
    return frozenset(word for value in values for word in value.split())


def _pattern(values: list[str]) -> Pattern:
    """A pattern that is told over several lines."""
    return Pattern(values[-1].replace("\n", ""))


def _particles(values: list[dict[str, str]]) -> Mapping[str, frozenset[str]]:
    return {verb: frozenset(words.split()) for verb, words in values[-1].items()}


def _pronouns(values: list[dict[str, str]]) -> Mapping[str, Gender]:
    return values[-1]


def _phrases(values: list[str]) -> tuple[tuple[str, ...], ...]:
    """One phrase a line."""
    return tuple(tuple(line.split()) for line in values[-1].strip().splitlines())


def _own(values: list[dict[str, str]]) -> tuple[tuple[tuple[str, ...], Gender], ...]:
    return tuple(
        (phrase, gender) for gender, lines in values[-1].items() for phrase in _phrases([lines])
    )


_PATTERNS = (
    "roles",
    "things",
    "participles",
    "shapes",
    "organisations",
    "places",
    "media",
    "feminine",
)
_READERS: Mapping[str, Any] = {
    **dict.fromkeys(_PATTERNS, _pattern),
    "particles": _particles,
    "pronouns": _pronouns,
    "according": _phrases,
    "own": _own,
}

OBLIQUE = re.compile(r"\w+(?:ам|ям|ами|ями|ах|ях)", re.IGNORECASE)
"""A Ukrainian or Russian plural that can't be a subject."""

PATRONYMIC = re.compile(r"\w+(?:ович|евич|івна|ївна|овна|евна|йович|ович[а-я]?)", re.IGNORECASE)
GENITIVE = re.compile(r"\w+(?:ої|ого|ой|их|ых|ього|ей)", re.IGNORECASE)
PLURAL_VERB = re.compile(r"\w+(?:ли|лися|лись|ють|ять|уть|ать|ят|ют|ут|ат)", re.IGNORECASE)
FEMININE_VERB = re.compile(r"\w+ла(?:ся|сь)?", re.IGNORECASE)
MASCULINE_VERB = re.compile(r"\w+(?:в|л|вся|лся|ів|іг|уг)", re.IGNORECASE)
