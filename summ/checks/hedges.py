"""Does a statement tell as a fact what its evidence only alleges, expects or reports?

A hedge of a cited sentence ("allegedly", "may", "according to", "soll", "нібито", a French
conditional) is lost when words that it governs are told, no other of the sentences cited
tells them, and the statement hedges and reports nothing at all. Plans may be told as what
will be. Plain reporting ("said") may be left out, unless one speaks whose word others may
deny (prosecutors, a source). A claim with a speaker is attributed, and one that is called an
allegation, a prediction or an opinion is hedged by that.

What it cannot see: a hedge that is replaced by a weaker one, or kept on one of two things
that are told; one whose sentence is told in other words throughout; moods that only syntax
tells; and any language without a file in `cues/hedges`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summ.checks._wording.hedge_words import (
    ALIKE,
    Hedge,
    Hedged,
    Rules,
    Sort,
    hedged,
    kept_words,
    rules_of,
)
from summ.checks.article import Article, StatementCheck
from summ.model import Claim, Finding, Kind, Statement

_SHOWN = 40
_KINDS: dict[Kind, frozenset[Sort]] = {
    "allegation": frozenset({"alleged", "doubt", "claim", "said"}),
    "prediction": frozenset({"doubt", "expect"}),
    "opinion": frozenset({"claim", "said", "expect"}),
}
"""Which hedges a claim's kind stands for."""


def checker(article: Article) -> StatementCheck:
    """Compare the hedges of statements with those of their evidence."""
    language = article.language
    rules = rules_of(language)
    made: dict[int, Hedged] = {}

    def check(statement: Statement) -> Iterable[Finding]:
        if rules is None or not statement.evidence:
            return ()
        told = hedged(statement.text, language, rules)
        cited = []
        for number in dict.fromkeys(evidence.sentence for evidence in statement.evidence):
            if number not in made:
                made[number] = hedged(article.document.sentence(number), language, rules)
            cited.append(made[number])
        if any(sentence.text.words == told.text.words for sentence in cited):
            return ()
        covered = _covered(statement)
        for hedge in _lost(told, cited, rules):
            if hedge.sort not in covered:
                return (
                    Finding(
                        "hedge-lost",
                        f"The sentences cited have “{hedge.text[:_SHOWN]}”; "
                        "the statement hedges nothing.",
                    ),
                )
        return ()

    return check


def _covered(statement: Statement) -> frozenset[Sort]:
    """Hedges that a claim's speaker and kind stand for."""
    if not isinstance(statement, Claim):
        return frozenset()
    speaker: frozenset[Sort] = frozenset({"claim", "said"}) if statement.speaker else frozenset()
    return speaker | _KINDS.get(statement.kind, frozenset())


def _lost(told: Hedged, cited: Sequence[Hedged], rules: Rules) -> Iterator[Hedge]:
    """Hedges of the sentences cited that govern something which is told."""
    if told.hedges:
        return
    kept = kept_words(told.text, rules)
    if _keeps(told, kept, cited):
        return
    plans = told.wants or bool(kept)
    parts = frozenset[str]().union(*told.parts.values())
    shared = [_shared(sentence, told.text.terms, parts) for sentence in cited]
    for number, (sentence, here) in enumerate(zip(cited, shared, strict=True)):
        there = [_stems(*pair) for pair in zip(cited, shared, strict=True)]
        del there[number]
        for hedge in sentence.hedges:
            if hedge.sort == "said" and not sentence.partisan:
                continue
            if hedge.sort == "expect" and plans:
                continue
            if _is_told(hedge, sentence, here, there):
                yield hedge


def _keeps(told: Hedged, kept: Sequence[str], cited: Sequence[Hedged]) -> bool:
    """Whether a word keeps the statement from telling a fact, and is not what it tells of."""
    if told.wants and not any(sentence.wants for sentence in cited):
        return True
    return any(not any(word[:ALIKE] in sentence.plain for sentence in cited) for word in kept)


def _shared(sentence: Hedged, terms: frozenset[str], parts: frozenset[str]) -> frozenset[int]:
    """Places of a sentence whose words are told."""
    return frozenset(
        at
        for at in sentence.text.content
        if (stem := sentence.text.stems[at]) in terms
        or (len(stem) >= ALIKE and stem in parts)
        or not terms.isdisjoint(sentence.parts.get(at, ()))
    )


def _stems(sentence: Hedged, places: Iterable[int]) -> frozenset[str]:
    return frozenset(sentence.text.stems[at] for at in places)


def _is_told(
    hedge: Hedge, sentence: Hedged, here: frozenset[int], there: Sequence[frozenset[str]]
) -> bool:
    """Whether what a hedge governs is told, and not from another of the sentences cited.

    Args:
        hedge: one of `sentence`.
        sentence: one that is cited.
        here: places of the sentence whose words are told.
        there: stems of each of the others that are told.
    """
    elsewhere = frozenset[str]().union(*there)
    governed = _stems(sentence, hedge.scope & here)
    own = governed - elsewhere
    if not own:
        clause = sentence.text.clause
        return (
            not (governed or elsewhere)
            and bool(here)
            and all(clause[at] == clause[hedge.place.start] for at in here)
        )
    if len(governed) == 1:
        return not elsewhere or not hedge.nearest.isdisjoint(here) or len(hedge.scope) <= 4
    return len(own) > 1 or all(len(other) <= len(_stems(sentence, here)) for other in there)
