"""Does a statement tell as a fact what its evidence only alleges, expects or reports?

A hedge ("allegedly", "may", "according to", "soll", "нібито", a French conditional) of a
cited sentence is lost when what it governs is told in the statement and the statement
has no hedge and no word of reporting at all. A claim with a speaker is attributed, and
a claim that is called an allegation, a prediction or an opinion is hedged by that.

What it cannot see: a hedge that is replaced by a weaker one; which of several things in
a statement its hedge belongs to; moods that only syntax tells; and any language without
a file in `cues/hedges`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summ.checks._clauses import Clauses, Lexicon, clauses, grammar, lexicon
from summ.checks.article import Article, StatementCheck
from summ.checks.cues import cues
from summ.model import Claim, Finding, Kind, Statement

Sort = Literal["doubt", "likely", "report"]
_SORTS: tuple[Sort, ...] = ("doubt", "likely", "report")
_TOPIC = "hedges"
_BEFORE, _AFTER = 3, 4
_SHOWN = 40
_MOST = 24
"""Hedges of one sentence that are compared: nobody writes more."""
_KINDS: dict[Kind, frozenset[Sort]] = {
    "allegation": frozenset({"doubt", "report"}),
    "prediction": frozenset({"likely"}),
    "opinion": frozenset({"report", "likely"}),
}
"""Which hedges a claim's kind stands for."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The cue file of one language, made ready to be looked for."""

    sorts: tuple[tuple[Sort, Lexicon], ...]
    keeping: Lexicon
    wanting: Lexicon
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that hedges, and the stems that stand near it in its clause.

    Attributes:
        text: its words.
        sort: whether it doubts, expects or reports.
        scope: stems that it governs; those of the whole sentence for one that reports.
        nearest: those right before and behind it.
    """

    text: str
    sort: Sort
    scope: frozenset[str]
    nearest: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Hedged:
    """A sentence with its hedges."""

    text: Clauses
    hedges: tuple[Hedge, ...]


@lru_cache(maxsize=16)
def _rules(language: str) -> _Rules | None:
    data = cues(_TOPIC, language)
    if not data or not grammar(language).known:
        return None
    return _Rules(
        tuple((sort, lexicon(_TOPIC, language, sort)) for sort in _SORTS),
        lexicon(_TOPIC, language, "keeping"),
        lexicon(_TOPIC, language, "wanting"),
        tuple(data.get("endings", ())),
    )


def _hedged(text: str, language: str, rules: _Rules) -> _Hedged:
    made = clauses(text, language)
    places: list[tuple[Sort, range]] = []
    taken: set[int] = set()
    for sort, words in rules.sorts:
        for place in words.find(made.words, frozenset(taken)):
            taken.update(place)
            places.append((sort, place))
    for at in _conditionals(made, rules):
        if at not in taken:
            places.append(("likely", range(at, at + 1)))
    return _Hedged(made, tuple(_hedge(made, place, sort) for sort, place in places[:_MOST]))


def _conditionals(made: Clauses, rules: _Rules) -> Iterator[int]:
    """Places of verbs whose ending hedges ("aurait", "serait")."""
    if rules.endings:
        for at, word in enumerate(made.words):
            if len(word) > 5 and word.endswith(rules.endings):
                yield at


def _hedge(made: Clauses, place: range, sort: Sort) -> Hedge:
    own = {made.stems[at] for at in place}
    nearest: set[str] = set()
    if sort == "report":
        scope = made.terms
    else:
        before, after = made.around(place.start, place.stop, _BEFORE, _AFTER)
        if len(before) + len(after) < 2:
            # In brackets or between commas: what it hedges is outside of them.
            before, after = made.across(place.start, place.stop, 2, _AFTER)
        nearest = {made.stems[at] for at in (*before[:1], *after[:1])}
        scope = frozenset(made.stems[at] for at in (*before, *after))
    text = " ".join(made.words[place.start : place.stop])
    return Hedge(text, sort, scope - own, frozenset(nearest - own))


def checker(article: Article) -> StatementCheck:
    """Compare the hedges of statements with those of their evidence."""
    language = article.language
    rules = _rules(language)
    made: dict[int, _Hedged] = {}

    def check(statement: Statement) -> Iterable[Finding]:
        if rules is None or not statement.evidence:
            return ()
        told = clauses(statement.text, language)
        if _is_hedged(told, rules):
            return ()
        covered = _covered(statement)
        if rules.wanting.find(told.words):
            covered |= {"likely"}
        cited = []
        for number in dict.fromkeys(evidence.sentence for evidence in statement.evidence):
            if number not in made:
                made[number] = _hedged(article.document.sentence(number), language, rules)
            cited.append(made[number])
        if any(sentence.text.words == told.words for sentence in cited):
            return ()
        lost = (hedge for hedge in _lost(told, cited) if hedge.sort not in covered)
        return [
            Finding(
                "hedge-lost",
                f"The sentences cited have “{hedge.text[:_SHOWN]}”; the statement hedges nothing.",
            )
            for hedge in lost
        ][:1]

    return check


def _is_hedged(told: Clauses, rules: _Rules) -> bool:
    """Whether a statement hedges or reports in any way."""
    lists = (*(words for _, words in rules.sorts), rules.keeping)
    return any(words.find(told.words) for words in lists) or any(
        True for _ in _conditionals(told, rules)
    )


def _covered(statement: Statement) -> frozenset[Sort]:
    """Hedges that a claim's speaker and kind stand for."""
    if not isinstance(statement, Claim):
        return frozenset()
    speaker: frozenset[Sort] = frozenset({"report"}) if statement.speaker else frozenset()
    return speaker | _KINDS.get(statement.kind, frozenset())


def _lost(told: Clauses, cited: list[_Hedged]) -> Iterator[Hedge]:
    """Hedges of the sentences cited that govern something which is told."""
    for sentence in cited:
        here = len(sentence.text.terms & told.terms)
        for hedge in sentence.hedges:
            shared = hedge.scope & told.terms
            if len(shared) < 2 and not (
                hedge.sort != "report"
                and shared
                and (2 * len(shared) >= len(hedge.scope) or hedge.nearest & shared)
            ):
                continue
            if not any(
                all(another.sort == "report" for another in other.hedges)
                and _tells(other.text.terms, shared, told.terms, here)
                for other in cited
                if other is not sentence
            ):
                yield hedge


def _tells(other: frozenset[str], shared: frozenset[str], told: frozenset[str], here: int) -> bool:
    """Whether a statement may have what a hedge governs from another sentence instead."""
    return shared <= other or (not shared.isdisjoint(other) and len(other & told) > here)
