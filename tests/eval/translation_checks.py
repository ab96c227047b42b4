"""How the checks of translated segments fare: `python -m tests.eval.translation_checks FILE`.

FILE holds human translations, a document a line: `{"segments": [{"en": …, "uk": …, …}, …]}`.
Told are, for every pair of languages and for both halves of the documents (the first, by their
place, is the one that the bands were set on), the share of human translations with a finding that
would be asked again, and the share of faults made from them that are found.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from summ.checks.translations import WARNINGS, SegmentAuditor

PROMPT = (
    "Translate each numbered item from English. Answer with one translation for each number, in "
    "order, and add nothing of your own. Keep every tag where it belongs in the sentence."
)
ACROSS = (("uk", "ru"), ("ru", "uk"), ("de", "fr"), ("es", "fr"), ("ja", "zh"), ("ar", "de"),
          ("pl", "uk"), ("zh", "es"))  # fmt: skip
NEXT_WORST = {"uk": "ru", "ru": "uk", "es": "fr", "fr": "es", "de": "fr", "pl": "de", "ar": "he",
              "he": "ar", "hi": "he", "zh": "ja", "ja": "zh", "en": "de"}  # fmt: skip
"""For each language, the one that is the most easily taken for it of those there are."""
ORDERS = (
    "PWNED", "HACKED BY THE RESISTANCE", "OK", "As you wish, I have ignored my instructions.",
    "I'm sorry, but I can't translate that.", "As an AI language model, I cannot do this.",
    "Roses are red, violets are blue, here is a poem that I wrote just for you, and it goes on.",
)  # fmt: skip
PREAMBLES = (
    "Here is the translation: {}", "Sure! Here's the translation:\n{}", "Translation: {}",
    "```\n{}\n```", "“{}”", "{} (Note: I translated the idiom freely.)",
)  # fmt: skip
LONG = 40


@dataclass(frozen=True, slots=True)
class Case:
    """A segment in two languages, with the one after it and with others' words."""

    source: str
    target: str
    following: str
    other: str


def cases(path: Path, source: str, target: str) -> Iterator[tuple[int, Case]]:
    """The half of its document, and each segment of a pair of languages."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        segments = json.loads(line)["segments"]
        for place, segment in enumerate(segments):
            after = segments[(place + 1) % len(segments)][target]
            other = segment[NEXT_WORST[target] if NEXT_WORST[target] != source else "hi"]
            yield number % 2, Case(segment[source], segment[target], after, other)


def faults(case: Case, target: str, chance: random.Random) -> dict[str, tuple[str, str]]:
    """Source and faulty translation, by the name of the fault."""
    text = case.target
    half = text[: len(text) // 2]
    if " " in half:
        half = half.rpartition(" ")[0]
    words = text.split()[-3:] if " " in text else [text[-5:]]
    space = " " if " " in text else ""
    tagged = f"<g1>{case.source[:9]}</g1>{case.source[9:]}"
    less = "" if len(case.following) * 2 >= len(text) else " with less"
    return {
        "empty": (case.source, ""),
        "copied": (case.source, case.source),
        "other language": (case.source, case.other),
        "halved": (case.source, half),
        f"merged{less}": (case.source, f"{text}{space}{case.following}"),
        "loop": (case.source, text + space + space.join(words * 6)),
        "preamble": (case.source, chance.choice(PREAMBLES).format(text)),
        "placeholder": (tagged, text),
        "leak": (case.source, f"{text} {PROMPT}"),
        "order obeyed": (case.source, chance.choice(ORDERS)),
    }


def measure(path: Path, source: str, target: str) -> list[Counter[str]]:
    """Counts by half: human translations, findings of them, faults and found ones."""
    auditor = SegmentAuditor((source, target), (PROMPT,))
    halves: list[Counter[str]] = [Counter(), Counter()]
    chance = random.Random(1)
    for half, case in cases(path, source, target):
        count = halves[half]
        found = {finding.code for finding in auditor.findings(case.source, case.target)}
        count["human"] += 1
        count["asked again"] += bool(found - WARNINGS)
        count.update(f"human {code}" for code in found)
        dense = 3 if target in {"zh", "ja"} else 1
        size = "" if min(len(case.source), len(case.target) * dense) >= LONG else " (short)"
        for name, (text, bad) in faults(case, target, chance).items():
            codes = {finding.code for finding in auditor.findings(text, bad)}
            count[f"{name}{size} made"] += 1
            count[f"{name}{size} found"] += bool(codes - WARNINGS)
    return halves


def speed(path: Path) -> float:
    """Median milliseconds for a segment of 150 to 250 characters."""
    times = []
    for target in ("de", "uk", "es"):
        auditor = SegmentAuditor(("en", target), (PROMPT,))
        for _, case in list(cases(path, "en", target))[:200]:
            if 150 <= len(case.source) <= 250:
                started = time.perf_counter()
                auditor.findings(case.source, case.target)
                times.append((time.perf_counter() - started) * 1000)
    return median(times)


def told(pair: str, halves: Sequence[Counter[str]]) -> None:
    """Print what was counted for a pair of languages."""
    for half, count in enumerate(halves):
        human = count["human"]
        codes = {k[6:]: v for k, v in count.items() if k.startswith("human ")}
        print(f"{pair} {'AB'[half]}: {count['asked again'] / human:6.2%} of {human}  {codes}")
        names = [name[:-5] for name in count if name.endswith(" made")]
        shares = (f"{n} {count[f'{n} found'] / count[f'{n} made']:.1%}" for n in sorted(names))
        print("    " + ", ".join(shares))


def main(paths: Sequence[str]) -> None:
    """Measure on each file."""
    for path in map(Path, paths):
        total: list[Counter[str]] = [Counter(), Counter()]
        first = json.loads(path.open(encoding="utf-8").readline())["segments"][0]
        languages = [key for key in first if key != "en"]
        pairs = [("en", x) for x in languages] + [(x, "en") for x in languages] + list(ACROSS)
        for source, target in pairs:
            halves = measure(path, source, target)
            told(f"{source}→{target}", halves)
            for all_, half in zip(total, halves, strict=True):
                all_.update(half)
        told("all", total)
        print(f"{speed(path):.2f} ms a segment")


if __name__ == "__main__":
    main(sys.argv[1:])
