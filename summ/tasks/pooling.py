"""The claims of all passages in one pool: joined where they say the same, ranked, cut."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from summ.checks.grounding import content_terms
from summ.model import Claim

SAME = 0.75
"""Share of its terms, in order, that the longer of two claims has from the shorter."""

HARMLESS = 6
"""Letters of the words that one of two equal claims may have more: no "not", no "never"."""

_TURNING = frozenset(
    {"allege", "denied", "denies", "refuse", "reject", "failed", "unlike", "jamais"}
)

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
        terms: what its text is compared by, in order.
    """

    claim: Claim
    turn: int
    passage: int
    terms: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        """The most important first; among equals one from each passage in turn."""
        return -self.claim.importance, self.turn, self.passage

    def same(self, other: _Pooled) -> bool:
        """Whether two claims are one said twice: a double costs a reader less than a loss.

        One has the words of the other in their order, and a few more at most, none of them a
        figure, short as a "not", or a denial; speaker, kind and support are the same.
        """
        mine, yours = self.claim, other.claim
        if (mine.speaker, mine.kind, mine.support) != (yours.speaker, yours.kind, yours.support):
            return False
        short, long = sorted((self.terms, other.terms), key=len)
        if not short or len(short) < SAME * len(long):
            return False
        left = list(short)
        more = [term for term in long if not (left and left[0] == term and left.pop(0))]
        return not left and all(map(_is_harmless, more))


def _is_harmless(term: str) -> bool:
    """Whether a claim with this term more says no other thing."""
    return len(term) >= HARMLESS and term.isalpha() and term not in _TURNING


def pool_claims(groups: Sequence[Sequence[Claim]], most: int) -> tuple[Claim, ...]:
    """The `most` most important claims of all passages, the most important first.

    Claims that say the same become one, which keeps the evidence of all. Among claims of the
    same importance all parts of the text have the same chance.

    Args:
        groups: claims of each passage, in the article's order; of a passage, in the model's.
        most: claims wanted, 0 or more.
    """
    pool = [
        _Pooled(claim, turn, passage, tuple(content_terms(claim.text)))
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
        terms = set(one.terms)
        # Who shares `SAME` of the terms has one of any so many, and so of the rarest.
        some = len(terms) - math.ceil(SAME * len(terms)) + 1
        rarest = nsmallest(some, terms, key=lambda term: (usual[term], term))
        for place in sorted({place for term in rarest for place in having[term]}):
            if kept[place].same(one):
                kept[place] = replace(kept[place], claim=_joined(kept[place].claim, one.claim))
                break
        else:
            for term in terms:
                having[term].append(len(kept))
            kept.append(one)
    return kept


def _joined(claim: Claim, other: Claim) -> Claim:
    """One claim for two: the first, with the evidence of both."""
    evidence = {e.sentence: e for e in (*claim.evidence, *other.evidence)}
    return replace(
        claim,
        evidence=tuple(evidence[n] for n in sorted(evidence)),
        importance=max(claim.importance, other.importance),
    )
