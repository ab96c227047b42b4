"""Hedges of a text: words, phrases and moods that keep it from telling a thing as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summ.checks._wording.clauses import Clauses, Lexicon, clauses, grammar, lexicon
from summ.checks.cues import cues

Sort = Literal["alleged", "doubt", "expect", "claim", "said"]
SORTS: tuple[Sort, ...] = ("alleged", "doubt", "expect", "claim", "said")
"""From what a reader must know of to what may be left out of a plain matter."""

_TOPIC = "hedges"
_BEFORE, _AFTER = 3, 5
_MOST = 24
"""Hedges of one text that are compared: nobody writes more."""
_PERFECT = re.compile(
    r"(?:ge|\w{2,6}ge|be|ver|er|ent|emp|zer|miss|miß|über|unter|wider|hinter)\w+(?:t|en)"
    r"|\w+(?:iert|worden)"
)
"""A German participle. Matched against one word, which is cut to `_LONGEST`."""
_LONGEST = 24
_SHORT = 8
_NEAR = 8
_THAT = frozenset({"que", "qu'"})
ALIKE = 5
"""Letters by which a word is known again."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that hedges, and what it governs.

    Attributes:
        text: its words.
        sort: whether it doubts, expects, claims or reports.
        place: the places of its words.
        scope: places of the content words that it governs: of its clause, or of the
            sentence for one that claims or reports.
        nearest: of these, the ones right before and behind it.
    """

    text: str
    sort: Sort
    place: range
    scope: frozenset[int]
    nearest: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hedged:
    """A text with its hedges.

    Attributes:
        text: its words.
        hedges: in the order of their sorts.
        wants: whether it tells of a plan or a wish.
        partisan: whether somebody is in it whose word others may deny.
        plain: beginnings of its words, hedges left out.
        parts: of long words, by place, what a compound may be made of.
    """

    text: Clauses
    hedges: tuple[Hedge, ...]
    wants: bool
    partisan: bool
    plain: frozenset[str]
    parts: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The cue file of one language, made ready to be looked for.

    Attributes:
        sorts: words by what they do.
        keeping: further words that hedge a statement.
        wanting: words of plans and wishes, which hedge one about what was not planned.
        free: phrases that only look like hedges.
        partisan: those whose word others may deny.
        endings: of a mood that hedges.
        not_moods: words that merely end so.
        modals: verbs that hedge when a participle and one of `auxiliaries` follow.
        auxiliaries: see `modals`.
        keeping_ends: ends of compounds that hedge a statement, as `keeping` does.
        compounds: whether words are put together from words.
    """

    sorts: tuple[tuple[Sort, Lexicon], ...]
    keeping: Lexicon
    wanting: Lexicon
    free: Lexicon
    partisan: Lexicon
    endings: tuple[str, ...]
    not_moods: frozenset[str]
    modals: frozenset[str]
    auxiliaries: frozenset[str]
    keeping_ends: tuple[str, ...]
    compounds: bool


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


@lru_cache(maxsize=16)
def rules_of(language: str) -> Rules | None:
    """What is known of `language`, a primary subtag; None where that is nothing."""
    data = cues(_TOPIC, language)
    if not data or not grammar(language).known:
        return None
    return Rules(
        tuple((sort, lexicon(_TOPIC, language, sort)) for sort in SORTS),
        lexicon(_TOPIC, language, "keeping"),
        lexicon(_TOPIC, language, "wanting"),
        lexicon(_TOPIC, language, "free"),
        lexicon(_TOPIC, language, "partisan"),
        tuple(data.get("endings", ())),
        _words(data.get("not_moods", "")),
        _words(data.get("modals", "")),
        _words(data.get("auxiliaries", "")),
        tuple(str(data.get("keeping_ends", "")).split()),
        bool(data.get("compounds", False)),
    )


def hedged(text: str, language: str, rules: Rules) -> Hedged:
    """The hedges of `text`, in the order of their sorts."""
    made = clauses(text, language)
    taken: set[int] = set()
    for place in rules.free.find(made.words):
        taken.update(place)
    free = frozenset(taken)
    places: list[tuple[Sort, range]] = []
    for at, sort in _moods(made, rules):
        if at not in taken:
            taken.add(at)
            places.append((sort, range(at, at + 1)))
    for sort, words in rules.sorts:
        for place in words.find(made.words, frozenset(taken)):
            taken.update(place)
            places.append((sort, place))
    hidden = frozenset(at for _, place in places for at in place)
    return Hedged(
        made,
        tuple(_hedge(made, place, sort, language) for sort, place in places[:_MOST]),
        bool(rules.wanting.find(made.words, free | hidden)),
        bool(rules.partisan.find(made.words)),
        frozenset(w[:ALIKE] for at, w in enumerate(made.words) if at not in hidden),
        {at: _parts(made.words[at]) for at in made.content} if rules.compounds else {},
    )


def kept_words(text: Clauses, rules: Rules) -> tuple[str, ...]:
    """Further words that keep a text from telling a fact; of compounds, the end."""
    free = frozenset(at for place in rules.free.find(text.words) for at in place)
    found = [text.words[at] for place in rules.keeping.find(text.words, free) for at in place]
    found += [end for word in text.words for end in rules.keeping_ends if word.endswith(end)]
    return tuple(found)


def _parts(word: str) -> frozenset[str]:
    """All runs of five letters in a long word: where one of them is a stem, it has the word."""
    word = word[:_LONGEST]
    last = len(word) - ALIKE + 1 if len(word) > _SHORT else 0
    return frozenset(word[at : at + ALIKE] for at in range(last))


def _moods(made: Clauses, rules: Rules) -> Iterator[tuple[int, Sort]]:
    """Places of verbs whose form or whose verb group hedges ("aurait", "soll … haben")."""
    told = reported = -_LONGEST
    for at, word in enumerate(made.words):
        if rules.endings and _is_past_report(word, rules):
            told = at
        if word in _THAT and at - told <= _NEAR:
            reported = at
        if (
            rules.endings
            and 4 < len(word) <= _LONGEST
            and word.endswith(rules.endings)
            and word not in rules.not_moods
        ):
            # "A dit que le pont fermerait" tells what comes later, seen from then.
            later = at - reported <= _NEAR and not word.startswith("pour")
            yield at, "said" if later else "doubt"
        if word in rules.modals and _is_perfect(made, at, rules):
            yield at, "doubt"


def _is_past_report(word: str, rules: Rules) -> bool:
    return word.endswith(("é", "it", "is", "ait")) and any(
        words.find((word,)) for words in (rules.keeping, *(words for _, words in rules.sorts[3:]))
    )


def _is_perfect(made: Clauses, at: int, rules: Rules) -> bool:
    """Whether a participle and an auxiliary follow in the clause of a modal verb."""
    for later in range(at + 1, min(len(made.words), at + 25)):
        if made.words[later] in rules.auxiliaries:
            return _PERFECT.fullmatch(made.words[later - 1][:_LONGEST]) is not None
    return False


def _hedge(made: Clauses, place: range, sort: Sort, language: str) -> Hedge:
    nearest: set[int] = set()
    if sort in ("claim", "said"):
        scope = set(made.content)
    else:
        before, after = made.around(place.start, place.stop, _BEFORE, _AFTER)
        behind = made.words[place.stop : place.stop + 1]
        if len(before) + len(after) < 2:
            # In brackets or between commas: what it hedges is outside of them.
            before, after = made.across(place.start, place.stop, 2, _AFTER)
        elif behind and not after and behind[0] in grammar(language).joins:
            after = made.across(place.start, place.stop, 0, _AFTER)[1]
        nearest = {*before[:1], *after[:1]}
        if place.start == 0:
            # "By first counts, ...": what comes first hedges all that follows.
            after = made.across(0, place.stop, 0, 2 * _AFTER)[1]
        scope = {*before, *after}
    text = " ".join(made.words[place.start : place.stop])
    return Hedge(text, sort, place, frozenset(scope.difference(place)), frozenset(nearest))
