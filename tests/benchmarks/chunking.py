"""Chunking beside other libraries: speed, budgets, cover, sentences, memory, hostile texts.

    pip install -e '.[dev,bench]'
    python -m tests.benchmarks.chunking [--sections speed,memory,wall,parallel,hostile]

The texts are made by `tests.benchmarks.corpora` (Debian or Ubuntu), or are your own:
`--english FILE --mixed FILE`, UTF-8, paragraphs between blank lines. `--parallel FILE` adds
the share of sentence ends by language: JSON lines, each an object with `segments`, a list of
objects that map a language code to a sentence.

How time is taken. CPU time of the process, all its threads together, in one process: each
round runs each chunker, the order rotating, and just before it encodes the whole text once
with tiktoken (`encode_ordinary`), since the speed of a machine changes within seconds. Told
are the median over the rounds of chunker ÷ encode, and the ratio of the two minima. Chunkers
are built and warmed up beforehand, and built anew each round. A chunker ten times slower than
the encode runs twice, one that takes ten seconds, once. Results are kept until the clock has
stopped.

Prints tables for `RESULTS.md`, and last the verdict on summ; exits with 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks import corpora
from tests.benchmarks.chunking_limits import hostile, memory
from tests.benchmarks.chunking_peers import CHUNKERS, USUAL, offline
from tests.benchmarks.chunking_quality import Text
from tests.benchmarks.chunking_report import Settings
from tests.benchmarks.chunking_speed import parallel, speed, wall

SECTIONS = ("speed", "memory", "wall", "parallel", "hostile")
CORPORA = ("en", "mixed", "en flat", "mixed flat")
BUDGETS = (512, 2000, 8000)
ROUNDS = 5


def flat(text: str) -> str:
    """The text with each run of white space replaced by a space."""
    return " ".join(text.split())


def _listed(allowed: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def parse(value: str) -> tuple[str, ...]:
        chosen = tuple(part.strip() for part in value.split(","))
        for part in chosen:
            if part not in allowed:
                raise argparse.ArgumentTypeError(f"{part!r} is none of {', '.join(allowed)}")
        return chosen

    return parse


def _numbers(value: str) -> tuple[int, ...]:
    return tuple(map(int, value.split(",")))


def arguments() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    sections, texts, chunkers = (", ".join(all_) for all_ in (SECTIONS, CORPORA, CHUNKERS))
    add("--sections", type=_listed(SECTIONS), default=SECTIONS, metavar="A,B", help=sections)
    add("--corpora", type=_listed(CORPORA), default=CORPORA, metavar="A,B", help=texts)
    add(
        "--chunkers",
        type=_listed(list(CHUNKERS)),
        default=tuple(USUAL),
        metavar="A,B",
        help=f"{chunkers}; all but the last two by default",
    )
    add("--budgets", type=_numbers, default=BUDGETS, metavar="N,N", help="in tokens")
    add("--rounds", type=int, default=ROUNDS, metavar="N", help="of the fast chunkers")
    add("--cache", type=Path, default=corpora.default_cache(), metavar="DIR", help="for texts")
    add("--english", type=Path, metavar="FILE", help="instead of the English text made here")
    add("--mixed", type=Path, metavar="FILE", help="instead of the mixed text made here")
    add("--parallel", type=Path, metavar="FILE", help="aligned sentences in several languages")
    add("--hostile", metavar="REGEX", help="only the hostile texts whose name it matches")
    return parser.parse_args()


def load(options: argparse.Namespace) -> dict[str, Text]:
    """The texts to work on."""
    english, mixed = options.english, options.mixed
    if english is None or mixed is None:
        made = corpora.build(options.cache)
        english, mixed = english or made[0], mixed or made[1]
    paths = {"en": english, "mixed": mixed}
    texts = {}
    for name in options.corpora:
        text = paths[name.split()[0]].read_text("utf-8")
        texts[name] = Text(flat(text) if name.endswith("flat") else text)
    return texts


def main() -> int:
    """Measure and print; 1 when a bar is missed."""
    options = arguments()
    here = [name for name in options.chunkers if CHUNKERS[name].version]
    for name in options.chunkers:
        if name not in here:
            print(f"{CHUNKERS[name].package} is not installed: left out", file=sys.stderr)
    packages = dict.fromkeys(CHUNKERS[name].package for name in here)
    versions = {CHUNKERS[name].package: CHUNKERS[name].version for name in here}
    print(f"Python {platform.python_version()}, ", end="")
    print(", ".join(f"{package} {versions[package]}" for package in packages))
    with offline():
        settings = Settings(tuple(here), load(options), options.budgets, options.rounds)
        if "speed" in options.sections:
            speed(settings)
        if "memory" in options.sections:
            options.cache.mkdir(parents=True, exist_ok=True)
            memory(settings, options.cache)
        if "wall" in options.sections:
            wall(settings)
        if "parallel" in options.sections and options.parallel:
            parallel(settings, options.parallel)
        if "hostile" in options.sections:
            hostile(settings, options.hostile)
    print(settings.verdict)
    return int(not all(met for met, _ in settings.verdict.lines))


if __name__ == "__main__":
    sys.exit(main())
