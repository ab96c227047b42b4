"""What langdetect says of a text, worked out from its profiles with a faster loop.

langdetect takes a text character by character through Python methods, some milliseconds
for a page; that was the most of what a short article cost. The profiles, the normal forms
of characters and the method are its own (naive Bayes over n-grams of one to three
characters: Nakatani 2010), and so are the answers, to the last digit: the tests compare.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from random import Random
from typing import TypeAlias

_TRIALS = 7
_ALPHA, _ALPHA_WIDTH = 0.5, 0.05
_BASE_FREQUENCY = 10_000
_CONVERGED = 0.99999
_MOST_ROUNDS = 200
_LEAST_CHANCE = 0.1
"""As in langdetect's `Detector`."""

_WORDS = 4096
_LONGEST = 40
"""Words whose features are kept, and characters of one that is."""

_SPACES = re.compile(" +")

Chances: TypeAlias = Sequence[float]


@dataclass(frozen=True, slots=True)
class Profiles:
    """What langdetect knows of a few languages.

    Attributes:
        languages: their codes.
        chances: how frequent an n-gram is in each of them, in their order.
        features: the chances of the known n-grams of a word, given whether a space is
            behind it; keeps those of the last words.
    """

    languages: Sequence[str]
    chances: Mapping[str, Chances]
    features: Callable[[str, bool], Sequence[Chances]]


@lru_cache(maxsize=8)
def profiles_of(codes: str) -> Profiles:
    """The profiles of languages, whose codes stand between spaces."""
    from langdetect.detector_factory import (  # noqa: TID251 (this is the one module)
        DetectorFactory,
    )

    folder = files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile(
        [(folder / code).read_text(encoding="utf-8") for code in codes.split()]
    )
    known = factory.word_lang_prob_map
    # Articles share most of their words. A feature is a list that the profiles hold anyway.
    return Profiles(
        tuple(factory.langlist), known, lru_cache(maxsize=_WORDS)(partial(_features, known))
    )


def likeliest(text: str, profiles: Profiles) -> list[tuple[str, float]]:
    """The languages of `profiles` that a text may be in, with their probabilities.

    Args:
        text: in lower case, of 10,000 characters at most.
        profiles: the languages to choose among.

    Returns:
        Likeliest first; those above 0.1. None for a text without a known n-gram. The same
        text always gives the same answer.
    """
    *words, last = _SPACES.split(" " + _normal(_cleaned(text)))
    features = [feature for word in words[1:] for feature in _of_word(word, True, profiles)]
    features.extend(_of_word(last, False, profiles))
    if not features:
        return []
    chances = [0.0] * len(profiles.languages)
    for trial in _trials(features, len(profiles.languages)):
        chances = [so_far + one / _TRIALS for so_far, one in zip(chances, trial, strict=True)]
    found = zip(profiles.languages, chances, strict=True)
    kept = [(language, chance) for language, chance in found if chance > _LEAST_CHANCE]
    return sorted(kept, key=lambda pair: pair[1], reverse=True)


def _cleaned(text: str) -> str:
    """The text without addresses, and without what is Latin of one that mostly isn't."""
    from langdetect.detector import Detector  # noqa: TID251 (this is the one module)
    from langdetect.utils.ngram import NGram  # noqa: TID251 (this is the one module)

    if "http" in text:
        text = Detector.URL_RE.sub(" ", text)
    if "@" in text:
        text = Detector.MAIL_RE.sub(" ", text)
    if any(mark in text for mark in NGram.DMARK_CLASS):
        text = NGram.normalize_vi(text)
    latin = other = 0
    for char, count in Counter(text).items():
        if "A" <= char <= "z":
            latin += count
        elif char >= "\u0300":  # Vietnamese letters too, whatever langdetect meant to do
            other += count
    if latin * 2 < other:
        return text.translate(dict.fromkeys(range(ord("A"), ord("z") + 1)))
    return text


def _normal(text: str) -> str:
    """The text in the characters of the profiles; what is none of a word is a space."""
    return text.translate({ord(char): _normal_of(char) for char in set(text)})


@lru_cache(maxsize=4096)
def _normal_of(char: str) -> str:
    from langdetect.utils.ngram import NGram  # noqa: TID251 (this is the one module)

    return str(NGram.normalize(char))


def _of_word(word: str, closed: bool, profiles: Profiles) -> Sequence[Chances]:
    """The features of a word; what is too long for one is not kept."""
    if len(word) <= _LONGEST:
        return profiles.features(word, closed)
    return _features(profiles.chances, word, closed)


def _features(known: Mapping[str, Chances], word: str, closed: bool) -> tuple[Chances, ...]:
    """The known n-grams up to each character, of one, of two and of three characters.

    A space before the word counts as one of them, and so does a space behind it, which is
    no n-gram by itself.
    """
    text = f" {word} " if closed else f" {word}"
    grams = (
        text[end - length : end]
        for end in range(2, len(text) + 1)
        for length in (1, 2, 3)
        if length <= end
    )
    return tuple(known[gram] for gram in grams if gram != " " and gram in known)


def _trials(features: Sequence[Chances], languages: int) -> Iterator[Chances]:
    """The probabilities of the languages, by random features until one of them is certain."""
    random = Random(0)  # noqa: S311 (a sample, always the same)
    choice = random.choice
    for _ in range(_TRIALS):
        weight = (_ALPHA + random.gauss(0.0, 1.0) * _ALPHA_WIDTH) / _BASE_FREQUENCY
        chances: Chances = [1.0 / languages] * languages
        first = choice(features)
        chances = _scaled([c * (weight + one) for c, one in zip(chances, first, strict=True)])
        for _ in range(_MOST_ROUNDS):
            if max(chances) > _CONVERGED:
                break
            # Five at once, in langdetect's order of operations: half the time of one by one.
            five = [choice(features) for _ in range(5)]
            chances = _scaled(
                [
                    chance
                    * (weight + p)
                    * (weight + q)
                    * (weight + r)
                    * (weight + s)
                    * (weight + t)
                    for chance, p, q, r, s, t in zip(chances, *five, strict=True)
                ]
            )
        yield chances


def _scaled(chances: Chances) -> Chances:
    total = sum(chances)
    return [chance / total for chance in chances]
