"""How often a name that a person translated is taken for one that was lost.

    python -m tests.eval.terms FILE.jsonl           # a table, language by language
    python -m tests.eval.terms FILE.jsonl --show uk # and what was taken for lost

The file is no part of summ: a line is a document, `{"segments": [{"en": …, "uk": …}, …]}`, with
translations made by people. A name is an English word with a capital, or two side by side, that
stands in two segments of a document or more, not only where sentences open. What it became is
the word of the first segment with it whose beginning the translations of the others share most
often, and those of the segments without it least often. In the others it is

- *there* where a word has the first letters of it, *reworded* where none has;
- *lost* where `checks.terms` finds it not. Lost among those there are false alarms; among the
  reworded they are what a person left out or wrote otherwise.

*Foreign* are names of other documents that are taken for kept, though no word begins like them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from summ.checks._names.words import folded
from summ.checks.terms import is_kept, occurs

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})?(?![\w-])")
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’‘][\p{L}\p{M}]+)*")
_SPACED = ("uk", "ru", "pl", "de", "fr", "es", "he", "ar", "hi")
_CASELESS = frozenset({"he", "ar", "hi"})
_PREFIXED = frozenset({"he", "ar"})
_SURE = 0.7
_FOREIGN = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """A name, what it became, and the translations of the other segments with it."""

    name: str
    target: str
    others: tuple[str, ...]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", metavar="LANGUAGE")
    options = parser.parse_args()
    lines = options.file.read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line)["segments"] for line in lines]
    print("language  there  lost      reworded  lost      foreign  kept")
    for language in _SPACED:
        pairs = [pair for document in documents for pair in _pairs(document, language)]
        _print(language, pairs, options.show == language)


def _print(language: str, pairs: Sequence[Pair], show: bool) -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    targets = sorted({pair.target for pair in pairs})
    for number, pair in enumerate(pairs):
        for text in pair.others:
            kind = "there" if _has(pair.target, text, language) else "reworded"
            kept = is_kept(pair.target, text, language)
            counts[kind, kept] += 1
            if show and not kept:
                print(f"  {kind}: {pair.name} → {pair.target}: {text}")
            for step in range(_FOREIGN):
                other = targets[(number * 7 + step * 13) % len(targets)]
                if not _has(other, text, language):
                    kept = is_kept(other, text, language)
                    counts["foreign", kept] += 1
                    if show and kept:
                        print(f"  foreign: {other}: {text}")
    cells = [language.ljust(8)]
    for kind, wanted in (("there", False), ("reworded", False), ("foreign", True)):
        of = counts[kind, True] + counts[kind, False]
        cells.append(f"{of:6} {counts[kind, wanted]:4} {counts[kind, wanted] / max(of, 1):7.2%}")
    print("  ".join(cells))


def _pairs(segments: Sequence[Mapping[str, str]], language: str) -> Iterator[Pair]:
    names = Counter(name for one in segments for name in dict.fromkeys(_NAME.findall(one["en"])))
    for name in sorted(names):
        having = [one[language] for one in segments if occurs(name, one["en"], "en")]
        without = [one[language] for one in segments if not occurs(name, one["en"], "en")]
        if len(having) < 2:
            continue
        scored = [
            (_score(candidate, having, without, language), candidate)
            for candidate in _candidates(name, having[0], language)
        ]
        if scored and max(scored)[0] >= _SURE:
            yield Pair(name, max(scored)[1], tuple(having[1:]))


def _candidates(name: str, text: str, language: str) -> list[str]:
    words = [word for word in _WORD.findall(text) if len(word) > 2]
    if language not in _CASELESS:
        words = [word for word in words if word[0].isupper()]
    if " " not in name:
        return list(dict.fromkeys(words))
    return [f"{one} {two}" for one in words for two in words if f"{one} {two}" in text]


def _score(target: str, having: Sequence[str], without: Sequence[str], language: str) -> float:
    hits = sum(_has(target, text, language) for text in having)
    wrong = sum(_has(target, text, language) for text in without)
    return hits / len(having) - wrong / max(len(without), 1) if hits > 1 else 0.0


def _has(target: str, text: str, language: str) -> bool:
    """Whether words of a text begin, or in scripts with prefixes go on, as the name's do."""
    words = [folded(word) for word in _WORD.findall(text)]
    before = range(4 if language in _PREFIXED else 1)
    return all(
        any(word.startswith(start, at) for word in words for at in before)
        for start in (folded(part)[: max(3, len(part) * 3 // 5)] for part in target.split())
    )


if __name__ == "__main__":
    main()
