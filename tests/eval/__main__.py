"""Measure the checks on the corpus, and hold them to their floors.

    python -m tests.eval                      # tables, rows below their floor; exit 1 if any is
    python -m tests.eval --show negation      # with every miss or false alarm of that row
    python -m tests.eval --pairs FILE.jsonl   # also: labelled pairs, which are no part of summ
    python -m tests.eval --speed              # also: time by length of the article
    python -m tests.eval --raise              # raise the floors to what was measured
    python -m tests.eval --lower ROW WHY      # lower one of them, for a reason that is kept

Nothing is random from run to run.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from tests.eval.corpus_files import CORPUS, load
from tests.eval.floors import Floors
from tests.eval.measure import Count, Table, alarms, caught, rows
from tests.eval.pairs import pairs, scores
from tests.eval.speed import report

LANGUAGES = ("en", "uk", "de", "fr")


def main() -> int:
    """Run what was asked for; 1 when a row is below its floor."""
    options = _options()
    measured: dict[str, float] = {}
    everything = load(CORPUS / "dev") + load(CORPUS / "held")
    for title, articles in (("all articles", everything), ("held out", load(CORPUS / "held"))):
        found, false = caught(articles), alarms(articles)
        _print(f"Mutations caught, {title}", found, options.show if articles is everything else "")
        _print(f"False alarms, {title}", false, options.show if articles is everything else "")
        if articles is everything:
            measured = rows(found, false)
    if options.pairs:
        measured |= _pairs(options.pairs)
    if options.speed:
        print(report())
    return _settle(options, measured)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.eval")
    parser.add_argument("--show", default="", metavar="ROW")
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--raise", dest="raise_", action="store_true")
    parser.add_argument("--lower", nargs=2, metavar=("ROW", "WHY"))
    return parser.parse_args()


def _print(title: str, table: Table, show: str) -> None:
    """One table in Markdown, and the cases of note of one row."""
    print(f"\n### {title}\n\n| what | {' | '.join(LANGUAGES)} | all |\n|---|{'---|' * 5}")
    for name, row in table.items():
        counts = [row[language] for language in LANGUAGES]
        cells = [_cell(count) for count in (*counts, sum(counts, Count()))]
        print(f"| {name} | {' | '.join(cells)} |")
        if name == show:
            for count in counts:
                print(*(f"    {note}" for note in count.notable), sep="\n")


def _cell(count: Count) -> str:
    return f"{100 * count.share:.1f} % of {count.total}" if count.total else "–"


def _pairs(path: Path) -> dict[str, float]:
    """Print and return what the checks make of labelled pairs."""
    print("\n### Labelled pairs\n")
    print("| set | precision | recall | balanced accuracy |\n|---|---|---|---|")
    measured = {}
    for name, score in scores(list(pairs(path))).items():
        shares = (score.precision, score.recall, score.balanced)
        print(f"| {name} | {' | '.join(f'{100 * share:.1f} %' for share in shares)} |")
        measured[f"pairs/{name}/balanced"] = score.balanced
        measured[f"pairs/{name}/precision"] = score.precision
    return measured


def _settle(options: argparse.Namespace, measured: dict[str, float]) -> int:
    """Compare with the floors, or move them."""
    floors = Floors.load()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    if options.raise_:
        floors.raised(measured, today).save()
        return 0
    if options.lower:
        name, why = options.lower
        floors.lowered(name, measured[name], why, today).save()
        return 0
    below = floors.below(measured)
    for line in below:
        print(line, file=sys.stderr)
    return bool(below)


if __name__ == "__main__":
    sys.exit(main())
