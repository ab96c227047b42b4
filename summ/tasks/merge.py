"""Summary and claims of an article of any length: map, then merge.

Each passage gives statements that cite sentences of the article by their own numbers.
Statements become numbered notes, notes are summarised as an article would be, and what
a merged statement cites is what its notes cited: so the summary of a long text still
points at exact sentences, and can rest on nothing that its parts did not rest on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Generic, TypeVar, get_args

from summ.checks.grounding import SentenceIndex, content_terms
from summ.errors import MalformedReplyError, ReplyError
from summ.model import Claim, Finding, Reply, Span, Statement, Support
from summ.tasks.brief import (
    Ask,
    claims_request,
    read_claims,
    read_summary,
    sentence_sources,
    summary_request,
)
from summ.tasks.passage import Passage, notes_passage, shown
from summ.tasks.steps import Outcome, Steps
from summ.text.tokens import TokenCounter

S = TypeVar("S", bound=Statement)

SAME = 0.75
"""Share of terms from which two claims are taken for one (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Part(Generic[S]):
    """Statements of one kind from the whole article.

    Attributes:
        items: in the article's order for a summary, the most important first for claims.
        seen: spans of the article that were in a request which got its answer.
        findings: what was noticed on the way.
    """

    items: tuple[S, ...]
    seen: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()


def summary_steps(
    ask_for: Ask,
    index: SentenceIndex,
    passages: Sequence[Passage],
    merging: tuple[int, TokenCounter],
) -> Steps[Part[Statement]]:
    """Summarise the article that `passages` show.

    Args:
        ask_for: what is wanted.
        index: the article.
        passages: all of it, in order; at least one.
        merging: most tokens of a block of notes, and what counts them.

    Raises:
        ReplyError: no passage gave a reply that can be used.
    """
    length = ask_for.length
    if len(passages) > 1:
        length = max(3, length)
    outcomes = yield tuple(summary_request(ask_for, p, length) for p in passages)
    groups, seen, findings = _collect(
        passages,
        outcomes,
        lambda p, reply: read_summary(reply, index, sentence_sources(p), length),
    )
    notes = [statement for group in groups for statement in group]
    if len(passages) > 1:
        try:
            merged = yield from _merge(ask_for, index, notes, merging)
            if not merged:
                raise MalformedReplyError("The model gave a summary without a sentence.")
            notes = merged
        except ReplyError as error:
            # The passages have been read and paid for: their own sentences do instead.
            notes = _spread(notes, ask_for.length)
            what = f"Summaries of the parts, not merged: {error.message}"
            findings = (*findings, Finding("merge-failed", what))
    if not notes:
        raise MalformedReplyError("The model gave a summary without a sentence.")
    return Part(tuple(notes), seen, findings)


def claims_steps(
    ask_for: Ask, index: SentenceIndex, passages: Sequence[Passage]
) -> Steps[Part[Claim]]:
    """The key claims of the article that `passages` show; arguments and errors as above."""
    if ask_for.claims == 0:
        return Part(())
    # Each part may hold more than its share of what matters, hence twice the share.
    most = min(ask_for.claims, max(3, 2 * ask_for.claims // len(passages)))
    outcomes = yield tuple(claims_request(ask_for, p, most) for p in passages)
    groups, seen, findings = _collect(
        passages,
        outcomes,
        lambda p, reply: read_claims(reply, index, sentence_sources(p), most),
    )
    chosen = join_same(rank_claims(groups))
    return Part(tuple(chosen[: ask_for.claims]), seen, findings)


def _collect(
    passages: Sequence[Passage],
    outcomes: Sequence[Outcome],
    read: Callable[[Passage, Reply], list[S]],
) -> tuple[list[list[S]], tuple[Span, ...], tuple[Finding, ...]]:
    """What each passage gave, where those stand that gave something, and what to tell.

    Raises:
        ReplyError: none gave anything.
    """
    groups: list[list[S]] = []
    seen: list[Span] = []
    findings: list[Finding] = []
    errors: list[ReplyError] = []
    for passage, outcome in zip(passages, outcomes, strict=True):
        if isinstance(outcome, ReplyError):
            errors.append(outcome)
            continue
        if passage.chunk is not None:
            seen.append(passage.chunk.span)
        groups.append(read(passage, outcome))
        if outcome.dropped:
            findings.append(
                Finding(
                    "reply-cut", f"A reply was cut; {outcome.dropped} incomplete item left off."
                )
            )
    if not groups:
        raise errors[0]
    return groups, tuple(seen), tuple(findings)


def _merge(
    ask_for: Ask,
    index: SentenceIndex,
    notes: list[Statement],
    merging: tuple[int, TokenCounter],
) -> Steps[list[Statement]]:
    """Notes merged into a summary of the wanted length, in a tree when they are many."""
    while len(notes) > ask_for.length:
        groups = _note_groups(notes, merging)
        goals = _goals([len(group) for group in groups], ask_for.length)
        passages = [notes_passage([note.text for note in group]) for group in groups]
        outcomes = yield tuple(
            summary_request(ask_for, passage, goal, "merge")
            for passage, goal in zip(passages, goals, strict=True)
        )
        merged: list[Statement] = []
        for group, goal, outcome in zip(groups, goals, outcomes, strict=True):
            if isinstance(outcome, ReplyError):
                raise outcome
            sources = {
                number: tuple(e.sentence for e in note.evidence)
                for number, note in enumerate(group, 1)
            }
            merged += read_summary(outcome, index, sources, goal)
        notes = merged
    return notes


def _spread(notes: Sequence[Statement], length: int) -> list[Statement]:
    """`length` notes at even distances, from the first part to the last."""
    count = min(length, len(notes))
    return [notes[place * len(notes) // count] for place in range(count)]


def _goals(sizes: Sequence[int], length: int) -> list[int]:
    """How many sentences to ask of groups of notes of these sizes.

    A single group is the top of the tree and gives the wanted length; below it half of
    the notes are kept, or the wanted length where that is more. Always fewer than the
    notes are, so that the tree has a top.
    """
    notes = sum(sizes)
    total = length if len(sizes) == 1 else max(length, notes // 2)
    ends = [total * end // notes for end in accumulate(sizes, initial=0)]
    return [max(1, end - start) for start, end in pairwise(ends)]


def _note_groups(
    notes: Sequence[Statement], merging: tuple[int, TokenCounter]
) -> list[list[Statement]]:
    """Consecutive notes in groups whose blocks fit, at least two in each."""
    budget, counter = merging
    frame = counter.count(notes_passage([]).block)
    groups: list[list[Statement]] = [[]]
    used = frame
    for note in notes:
        # Line by line, for linear time; with the number that takes the most.
        tokens = counter.count(f"[9999] {shown(note.text)}\n\n")
        if len(groups[-1]) >= 2 and used + tokens > budget:
            groups.append([])
            used = frame
        groups[-1].append(note)
        used += tokens
    return groups


def join_same(claims: Sequence[Claim]) -> list[Claim]:
    """Claims that say nearly the same become one, which keeps the evidence of all."""
    kept: list[tuple[Claim, frozenset[str]]] = []
    for claim in claims:
        terms = frozenset(content_terms(claim.text))
        for place, (other, others) in enumerate(kept):
            if _say_the_same((other, others), (claim, terms)):
                kept[place] = (_joined(other, claim), others)
                break
        else:
            kept.append((claim, terms))
    return [claim for claim, _ in kept]


def _say_the_same(one: tuple[Claim, frozenset[str]], other: tuple[Claim, frozenset[str]]) -> bool:
    """Whether two claims, each with its terms, share nearly all words and all figures.

    Two people who say the same thing make two claims.
    """
    (first, terms), (second, others) = one, other
    differing = terms ^ others
    if first.speaker and second.speaker and first.speaker != second.speaker:
        return False
    if not terms or any(term[0].isdigit() for term in differing):
        return False
    return len(terms & others) / len(terms | others) >= SAME


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


def rank_claims(groups: Sequence[Sequence[Claim]]) -> list[Claim]:
    """The most important first; among equals one from each passage in turn.

    Without the turns the first passages of a long article would take all places.
    """
    pool = [
        (-claim.importance, turn, passage, claim)
        for passage, group in enumerate(groups)
        for turn, claim in enumerate(group)
    ]
    return [claim for *_, claim in sorted(pool, key=lambda entry: entry[:3])]
