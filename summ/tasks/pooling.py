"""The claims of all passages in one pool: joined where they say the same, ranked, cut."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import get_args

from summ.checks.grounding import content_terms
from summ.model import Claim, Support

SAME = 0.75
"""Share of terms from which two claims are taken for one (Jaccard)."""

LEAST_CLAIMS = 4
"""Claims asked of each passage of a long article, at least."""


def claims_wanted(claims: int, passages: int) -> int:
    """Claims to ask of each of so many passages, for `claims` in all.

    A passage may hold more than its share of what matters, hence twice the share.
    """
    return min(claims, max(LEAST_CLAIMS, -(-2 * claims // passages)))


@dataclass(frozen=True, slots=True)
class _Pooled:
    """A claim, and where it is from.

    Attributes:
        claim: it.
        turn: its place among those of its passage.
        passage: the number of that.
        terms: what its text is compared by.
    """

    claim: Claim
    turn: int
    passage: int
    terms: frozenset[str]

    @property
    def rank(self) -> tuple[int, int, int]:
        """The most important first; among equals one from each passage in turn."""
        return -self.claim.importance, self.turn, self.passage

    def same(self, other: _Pooled) -> bool:
        """Whether two claims share nearly all words and all figures.

        Two people who say the same thing make two claims.
        """
        first, second = self.claim.speaker, other.claim.speaker
        if first and second and first != second:
            return False
        differing = self.terms ^ other.terms
        if not self.terms or any(term[0].isdigit() for term in differing):
            return False
        return len(self.terms & other.terms) >= SAME * len(self.terms | other.terms)


def pool_claims(groups: Sequence[Sequence[Claim]], most: int) -> tuple[Claim, ...]:
    """The `most` most important claims of all passages, the most important first.

    Claims that say nearly the same become one, which keeps the evidence of all. Among
    claims of the same importance all parts of the text have the same chance.

    Args:
        groups: claims of each passage, in the article's order; of a passage, in the model's.
        most: claims wanted, 0 or more.
    """
    pool = [
        _Pooled(claim, turn, passage, frozenset(content_terms(claim.text)))
        for passage, group in enumerate(groups)
        for turn, claim in enumerate(group)
    ]
    kept = _joined_pool(sorted(pool, key=lambda one: one.rank))
    order = spread_order(len(groups))
    kept.sort(key=lambda one: (*one.rank[:2], order[one.passage]))
    chosen = sorted(kept[:most], key=lambda one: one.rank)
    return tuple(one.claim for one in chosen)


def spread_order(count: int) -> list[int]:
    """For each of `count` places its rank in an order whose every beginning is spread out.

    Bits reversed: first, middle, quarters, eighths … (van der Corput 1935).
    """
    width = max(1, (count - 1).bit_length())
    places = sorted(range(count), key=lambda place: int(f"{place:0{width}b}"[::-1], 2))
    ranks = [0] * count
    for rank, place in enumerate(places):
        ranks[place] = rank
    return ranks


def _joined_pool(ranked: Sequence[_Pooled]) -> list[_Pooled]:
    """One claim for each group that says the same, at the place of its first."""
    kept: list[_Pooled] = []
    having: dict[str, list[int]] = defaultdict(list)  # places of those with a term
    usual = Counter(term for one in ranked for term in one.terms)
    for one in ranked:
        # Who shares `SAME` of the terms has one of any so many, and so of the rarest.
        some = len(one.terms) - math.ceil(SAME * len(one.terms)) + 1
        rarest = nsmallest(some, one.terms, key=lambda term: (usual[term], term))
        for place in sorted({place for term in rarest for place in having[term]}):
            if kept[place].same(one):
                kept[place] = replace(kept[place], claim=_joined(kept[place].claim, one.claim))
                break
        else:
            for term in one.terms:
                having[term].append(len(kept))
            kept.append(one)
    return kept


def _joined(claim: Claim, other: Claim) -> Claim:
    """One claim for two: worded as the better supported one, with the evidence of both."""
    evidence = {e.sentence: e for e in (*claim.evidence, *other.evidence)}
    order = get_args(Support)
    base = min(claim, other, key=lambda c: order.index(c.support))
    named = base if base.speaker else max(claim, other, key=lambda c: c.speaker is not None)
    return replace(
        base,
        evidence=tuple(evidence[n] for n in sorted(evidence)),
        importance=max(claim.importance, other.importance),
        speaker=named.speaker,
        speaker_as_written=named.speaker_as_written,
    )
