"""Does a statement share content with the sentences it cites, and if not, with which?

Words are compared by their stems' beginnings, weighted by how rare they are in the
article (inverse document frequency over its sentences: Spärck Jones 1972), so that
"the" binds nothing to anything and no list of stop words is needed in any language.
Scripts written without spaces are compared by character pairs.

It says what shares words with what. It can't see a negation that was dropped, roles
that were swapped, or a meaning that was turned round with the same words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import regex

from summ.model import Document, Evidence, Finding, Support
from summ.text.shown import as_shown

_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
    r"|\p{N}+(?:[.,:]\p{N}+)*"
    r"|[\p{L}\p{M}]+"
)
# The same of letters and signs that are written in one way only and have spaces between words:
# nearly every text in Latin letters or Cyrillic, for a third of the time.
_SIMPLE = re.compile(
    "[\0-\x7f\xa0\xa3\xa7\xa9\xab\xb0\xb7\xbb\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0400-\u045f\u0490\u0491"
    "\u2010-\u2027\u2030-\u203a\u20ac\u2116\u2122]*+"
)
_SIMPLE_WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[^\W\d_]+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")

_FIRST_UNSPACED = "\u0e00"
"""All scripts without spaces stand behind it."""

STEM = 6
"""Letters of a word that are compared: inflection is at the end in most languages."""

OWN = 0.05
"""Least share for one cited sentence by itself: "the" and "of" alone stay below it."""

SHARED = 0.15
"""Least share of a statement's weighted words for a citation to count at all."""

MOST_CITED = 5
"""Sentences that one statement may cite: a reader checks a few, not twenty."""

MATCH = 0.5
"""Least share for code to call a sentence the source of a statement by itself."""


def is_unspaced(char: str) -> bool:
    """Whether the character is of a script that puts no spaces between words."""
    return _UNSPACED.match(char) is not None


def content_terms(text: str) -> list[str]:
    """The terms of `text` that are compared: stems, numbers, character pairs."""
    folded = text.casefold()
    if _SIMPLE.fullmatch(folded):
        words = _SIMPLE_WORD.findall(folded)
        return [word if word[0] <= "9" else word[:STEM] for word in words]
    terms: list[str] = []
    for word in _WORD.findall(folded):
        if word[0] >= _FIRST_UNSPACED and is_unspaced(word[0]):
            terms.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif word[0].isdigit():
            terms.append(unicodedata.normalize("NFKC", word))
        else:
            # An accent is one character or two. Cut first: ordering a million accents on
            # one letter takes quadratic time.
            terms.append(unicodedata.normalize("NFC", word[: 4 * STEM])[:STEM])
    return terms


class SentenceIndex:
    """The sentences of one article, ready to be compared with statements.

    Building it is linear in the text; a look-up in the postings of the statement's terms.

    Attributes:
        document: the article, whose offsets those of evidence are.
        seen: the same as a model sees it (`text.shown.as_shown`), whose words are indexed.
    """

    def __init__(self, document: Document) -> None:
        """Index `document`'s sentences by their terms, hidden characters left out."""
        self.document = document
        self.seen = as_shown(document)
        self._postings: dict[str, set[int]] = defaultdict(set)
        for number in range(1, len(document.sentences) + 1):
            for term in content_terms(self.seen.sentence(number)):
                self._postings[term].add(number)
        self._count = len(document.sentences)

    def __reduce__(self) -> tuple[type[SentenceIndex], tuple[Document]]:
        """From process to process: to index again is cheaper than to copy the index."""
        return SentenceIndex, (self.document,)

    def weight(self, term: str) -> float:
        """Inverse sentence frequency; a term that the article lacks weighs the most."""
        return math.log((self._count + 1) / max(1, len(self._postings.get(term, ()))))

    def score(self, text: str, numbers: Collection[int]) -> float:
        """Share (0 to 1) of the weighted terms of `text` found in those sentences."""
        weights = self._weights(text)
        wanted = set(numbers)
        total = sum(weights.values())
        found = sum(
            weight
            for term, weight in weights.items()
            if not wanted.isdisjoint(self._postings.get(term, ()))
        )
        return found / total if total > 0 else 0.0

    def has(self, term: str) -> bool:
        """Whether the article has the term (`content_terms`) anywhere."""
        return term in self._postings

    def known(self, text: str) -> float:
        """Share (0 to 1) of the terms of `text` that the article has anywhere; 1 for none."""
        terms = content_terms(text)
        return sum(map(self.has, terms)) / len(terms) if terms else 1.0

    def sharing(self, text: str, numbers: Collection[int], least: float) -> set[int]:
        """Those of `numbers` that by themselves have at least the share `least` of `text`."""
        weights = self._weights(text)
        floor = least * sum(weights.values())
        found = self._found(weights, set(numbers))
        return {number for number, weight in found.items() if weight >= floor}

    def best(
        self, text: str, allowed: Collection[int] | None = None, most: int = 3, gain: float = 0.15
    ) -> tuple[int, ...]:
        """The sentences that `text` most likely rests on, in the article's order.

        Greedy cover: first the sentence that shares most with `text`, then others while
        each adds at least `gain` of the statement's weight, up to `most`.
        """
        weights = self._weights(text)
        pool = None if allowed is None else set(allowed)
        floor = gain * sum(weights.values())
        chosen: list[int] = []
        while weights and len(chosen) < most:
            found = self._found(weights, pool)
            if not found:
                break
            # Of equals the earliest: news says a thing first where it says it best.
            number = min(found, key=lambda n: (-found[n], n))
            if chosen and found[number] < floor:
                break
            chosen.append(number)
            weights = {
                term: weight
                for term, weight in weights.items()
                if number not in self._postings.get(term, ())
            }
        return tuple(sorted(chosen))

    def _weights(self, text: str) -> dict[str, float]:
        """Each term of `text` once, in its order: sums must not depend on a set's order."""
        return {term: self.weight(term) for term in dict.fromkeys(content_terms(text))}

    def _found(self, weights: Mapping[str, float], numbers: set[int] | None) -> dict[int, float]:
        """The weight that each sentence (of `numbers`, unless None) has of those terms."""
        found: dict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            places = self._postings.get(term, set())
            for number in places if numbers is None else places & numbers:
                found[number] += weight
        return found

    def evidence(self, numbers: Iterable[int]) -> tuple[Evidence, ...]:
        """Those sentences word for word, with exact offsets."""
        return tuple(evidence_for(self.document, number) for number in sorted(set(numbers)))


def evidence_for(document: Document, number: int) -> Evidence:
    """Sentence `number` as evidence, without the white space around it."""
    span = document.sentences[number - 1]
    piece = span.of(document.text)
    start = span.start + len(piece) - len(piece.lstrip())
    quote = piece.strip()
    return Evidence(number, quote, start, start + len(quote))


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a statement rests on, and how well."""

    evidence: tuple[Evidence, ...]
    support: Support
    findings: tuple[Finding, ...] = ()


def ground(
    index: SentenceIndex,
    text: str,
    cited: Collection[int] | None,
    allowed: Collection[int] | None = None,
) -> Grounding:
    """Bind a statement to sentences of its article.

    Args:
        index: the article.
        text: the statement, in the article's language.
        cited: sentence numbers that the model gave; None where it wasn't asked for any.
        allowed: sentences that may be cited; None for all.

    Returns:
        The cited sentences that share content with the statement, of more than
        `MOST_CITED` those that cover it; where none does, the best-matching ones, as
        `partial`; where nothing matches, `unsupported`.
    """
    citable = cited or () if allowed is None else set(allowed).intersection(cited or ())
    valid = index.sharing(text, citable, OWN)
    if len(valid) > MOST_CITED:
        # Who cites everything has cited nothing: those that carry the words are kept.
        valid = set(index.best(text, valid, most=MOST_CITED, gain=OWN))
    if valid and index.score(text, valid) >= SHARED:
        return Grounding(index.evidence(valid), "supported")
    best = index.best(text, allowed)
    score = index.score(text, best)
    if score < SHARED or not best:
        return Grounding(
            (),
            "unsupported",
            (Finding("unsupported", "No sentence of the article shares content with this."),),
        )
    if score >= MATCH and cited is None:
        return Grounding(index.evidence(best), "supported")
    if score >= MATCH:
        finding = Finding(
            "citation-replaced",
            "The sentences cited share no content with this; the best match is shown instead.",
        )
    else:
        finding = Finding("weak-evidence", "The best match in the article shares few words.")
    return Grounding(index.evidence(best), "partial", (finding,))
