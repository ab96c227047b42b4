"""Which sentences an editor would pick: arithmetic on words, no model, any language.

A sentence scores by its likeness to the rest of the article (continuous LexRank: Erkan
and Radev 2004), by words it shares with the headline, by its place, by what it holds
(somebody's statement, a figure, what comes next), less what makes it read badly alone.
The best is taken, then the best unlike it, and so on, spread over the article.

With unit rows A of weighted terms the similarity matrix is `A·Aᵀ − I`; it is never built:
a step is the two sparse products `A·(Aᵀ·v) − v`, so all of it is linear in the text.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import islice

from summ.checks.grounding import content_terms
from summ.model import Document, Span
from summ.tasks import _salience_cues as cues
from summ.tasks._salience_article import CAPTIONS, CLIPPED, Article

TWIN = 0.5
"""Cosine above which a sentence repeats one already picked (a standfirst and the lead)."""

POOL = 400
"""The best sentences, among which the greedy choice is made; so no more are picked."""

TOLD = 3.0
"""Subtracted for what is told elsewhere: more than any sentence scores."""

_HEAD = 40  # paragraphs among which a headline stands: it comes before the article's own
_LONG = 40  # words; a longer sentence loses a little for each

Row = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights of the features, each of which is in 0 to 1; scores are only compared.

    Attributes:
        centrality: likeness to the rest of the article.
        title: shares words with the headline.
        lead: near the top.
        opening: the first of its paragraph, which tends to stand by itself.
        cue: somebody says something.
        figure: holds a number.
        ahead: says what comes next.
        speech: subtracted: opens with a quotation mark.
        leaning: subtracted: opens with a pronoun or a connective, or is a piece of a quotation.
        likeness: subtracted: likeness to a sentence already picked.
        spread: subtracted: nearness to a sentence already picked.
        speaker_cap: sentences of one speaker at most.
    """

    centrality: float
    title: float
    lead: float
    opening: float
    cue: float
    figure: float
    ahead: float
    speech: float
    leaning: float
    likeness: float
    spread: float
    speaker_cap: int


SUMMARY = Profile(
    centrality=1.0,
    title=0.4,
    lead=0.9,
    opening=0.2,
    cue=0.15,
    figure=0.15,
    ahead=0.15,
    speech=0.35,
    leaning=0.4,
    likeness=0.9,
    spread=0.3,
    speaker_cap=1,
)
"""For a summary: central sentences that stand by themselves."""

CLAIMS = Profile(
    centrality=0.8,
    title=0.3,
    lead=0.5,
    opening=0.1,
    cue=0.5,
    figure=0.3,
    ahead=0.1,
    speech=0.0,
    leaning=0.4,
    likeness=0.9,
    spread=0.4,
    speaker_cap=2,
)
"""For claims: who says what, and figures, by several speakers."""


def select(
    document: Document,
    limit: int,
    profile: Profile,
    *,
    speakers: Sequence[str | None] = (),
    avoid: Collection[int] = (),
) -> list[int]:
    """Choose the sentences that tell an article.

    Args:
        document: the article.
        limit: sentences wanted at most; more than `POOL` are never picked.
        profile: what counts, `SUMMARY` or `CLAIMS`.
        speakers: `speakers[n - 1]` says who speaks in sentence n; may be shorter.
        avoid: numbers told elsewhere, picked only when little else is left.

    Returns:
        Sentence numbers from 1, in the article's order: fewer than `limit` where no more
        are fit, but at least one of any text that is not blank.
    """
    if limit < 1:
        return []
    avoid = frozenset(avoid)
    article = Article(document)
    rows = _unit_rows(article)
    scores = _lowered(rows, _scores(article, rows, profile), avoid)
    picked = _greedy(rows, scores, limit, profile, speakers)
    return sorted(picked) or article.fallback(limit, avoid)


def headline(document: Document) -> str | None:
    """The article's headline on one line: the source's title, else a first short line."""
    article = _head(document, CAPTIONS)
    if not article.headed:
        article = _head(document, _HEAD)
    return " ".join(article.title.lstrip("#").split()) or None


def _head(document: Document, count: int) -> Article:
    """The first paragraphs of an article."""
    paragraphs = document.paragraphs[:count]
    sentences = document.sentences_in(Span(0, paragraphs[-1].end)) if paragraphs else ()
    return Article(
        replace(document, sentences=document.sentences[: len(sentences)], paragraphs=paragraphs)
    )


def _lowered(
    rows: Mapping[int, Row], scores: Mapping[int, float], avoid: Collection[int]
) -> dict[int, float]:
    """The best `POOL` scores; what is told elsewhere, or its twin, comes after all others."""
    told = [rows[n] for n in islice((n for n in sorted(avoid) if n in rows), 50)]
    values = ((n, value - TOLD * (n in avoid)) for n, value in scores.items())
    best = nsmallest(POOL, values, key=lambda item: (-item[1], item[0]))
    return {
        n: value - TOLD * (n not in avoid and any(_cosine(rows[n], row) > TWIN for row in told))
        for n, value in best
    }


def _greedy(
    rows: Mapping[int, Row],
    score: dict[int, float],
    limit: int,
    profile: Profile,
    speakers: Sequence[str | None],
) -> list[int]:
    """Best first; each pick lowers what is like it or near it. Empties `score`."""
    zone = max(score, default=1) / limit
    lowered = dict.fromkeys(score, 0.0)
    heard: Counter[str] = Counter()
    picked: list[int] = []
    while score and len(picked) < limit:
        best = min(score, key=lambda n: (lowered[n] - score[n], n))
        del score[best]
        speaker = (speakers[best - 1] if best <= len(speakers) else None) or ""
        speaker = speaker.strip().casefold()
        if speaker and heard[speaker] >= profile.speaker_cap:
            continue
        if any(_cosine(rows[best], rows[n]) > TWIN for n in picked):
            continue
        heard[speaker] += 1
        picked.append(best)
        for n in score:
            near = profile.spread * max(0.0, 1 - abs(n - best) / zone)
            like = profile.likeness * _cosine(rows[n], rows[best])
            lowered[n] = max(lowered[n], near + like)
    return picked


def _scores(article: Article, rows: Mapping[int, Row], profile: Profile) -> dict[int, float]:
    """The score of each sentence that is fit."""
    central = _centrality(list(rows.values()))
    weights = _rarity([article.terms[n - 1] for n in rows])
    title = {term: weights.get(term, 0.0) for term in content_terms(article.title)}
    total = sum(title.values())
    scores = {}
    for rank, (n, row) in enumerate(rows.items()):
        shared = sum(weight for term, weight in title.items() if term in row)
        scores[n] = (
            profile.centrality * central[rank]
            + (profile.title * shared / total if total else 0.0)
            + profile.lead / (1 + rank)
            + profile.opening * (n in article.openings)
            + _gain(article, n, profile)
            - _loss(article, n, profile)
        )
    return scores


def _gain(article: Article, number: int, profile: Profile) -> float:
    """For what a sentence holds."""
    text = article.texts[number - 1][:CLIPPED]
    says = 1.0 if cues.SAYING.search(text) else 0.5 * any(mark in text for mark in cues.CLOSERS)
    return (
        profile.cue * says
        + profile.figure * any(char.isdigit() for char in text)
        + profile.ahead * bool(cues.AHEAD.search(text))
    )


def _loss(article: Article, number: int, profile: Profile) -> float:
    """Against a sentence that does not stand by itself, or is short, cut or long."""
    size = article.size(number)
    return (
        profile.speech * article.quoted(number)
        + profile.leaning * article.leans(number)
        + 0.3 * (size < 10)
        + 0.3 * (not article.stopped(number))
        + 0.01 * max(0.0, size - _LONG)
    )


def _rarity(terms: Sequence[Sequence[str]]) -> dict[str, float]:
    """Inverse sentence frequency of each term."""
    seen = Counter(term for words in terms for term in set(words))
    return {term: math.log((len(terms) + 1) / count) for term, count in seen.items()}


def _unit_rows(article: Article) -> dict[int, Row]:
    """The unit vector of each sentence that is fit, by its number."""
    weights = _rarity([article.terms[n - 1] for n in article.fit])
    return {n: _unit_row(article.terms[n - 1], weights) for n in article.fit}


def _unit_row(terms: Sequence[str], weights: Mapping[str, float]) -> Row:
    """Weighted terms, scaled to length 1."""
    row = {term: count * weights[term] for term, count in Counter(terms).items()}
    length = math.sqrt(sum(value * value for value in row.values()))
    return {term: value / length for term, value in row.items()} if length else {}


def _cosine(one: Row, two: Row) -> float:
    """Cosine of two unit rows."""
    small, large = (one, two) if len(one) < len(two) else (two, one)
    return sum(value * large.get(term, 0.0) for term, value in small.items())


def _centrality(rows: Sequence[Row], steps: int = 12, damping: float = 0.85) -> list[float]:
    """LexRank of unit rows, scaled to a maximum of 1."""
    if not rows:
        return []
    degree = [max(value, 1e-9) for value in _times_likeness(rows, [1.0] * len(rows))]
    rank = [1.0 / len(rows)] * len(rows)
    for _ in range(steps):
        shares = [value / total for value, total in zip(rank, degree, strict=True)]
        spread = _times_likeness(rows, shares)
        rank = [(1 - damping) / len(rows) + damping * value for value in spread]
    top = max(rank)
    return [value / top for value in rank]


def _times_likeness(rows: Sequence[Row], vector: Sequence[float]) -> list[float]:
    """`(A·Aᵀ − I)·vector` for unit rows A."""
    by_term: dict[str, float] = defaultdict(float)
    for row, weight in zip(rows, vector, strict=True):
        for term, value in row.items():
            by_term[term] += value * weight
    return [
        max(0.0, sum(value * by_term[term] for term, value in row.items()) - weight) if row else 0.0
        for row, weight in zip(rows, vector, strict=True)
    ]
