"""Measure the checks on the corpus, and hold them to their floors.

    python -m tests.eval                      # tables, rows below their floor; exit 1 if any is
    python -m tests.eval --show negation      # and each miss or alarm of a row, none held out
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
from collections.abc import Sequence
from pathlib import Path

from tests.eval.corpus_files import CORPUS, CorpusArticle, load
from tests.eval.drill import load_drill
from tests.eval.floors import Floors
from tests.eval.measure import Count, Table, alarms, caught, rows
from tests.eval.pairs import pairs, scores
from tests.eval.speed import report

LANGUAGES = ("en", "uk", "de", "fr")


def main() -> int:
    """Run what was asked for; 1 when a row is below its floor."""
    options = _options()
    measured: dict[str, float] = {}
    dev, held = load(CORPUS / "dev"), load(CORPUS / "held")
    parts = {"all articles": dev + held, "held out": held, "drill": load_drill()}
    for title, articles in parts.items():
        found, false = caught(articles), alarms(articles)
        _print(f"Mutations caught, {title}", found)
        _print(f"False alarms, {title}", false)
        if title != "held out":
            prefix = "" if title == "all articles" else f"{title}/"
            measured |= {f"{prefix}{name}": share for name, share in rows(found, false).items()}
    if options.show:
        # Never of what is held out: who reads its misses tunes to them.
        _show(options.show, dev + parts["drill"])
    if options.pairs:
        _pairs(options.pairs)
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


def _print(title: str, table: Table) -> None:
    """One table in Markdown."""
    print(f"\n### {title}\n\n| what | {' | '.join(LANGUAGES)} | all |\n|---|{'---|' * 5}")
    for name, row in table.items():
        counts = [row[language] for language in LANGUAGES]
        cells = [_cell(count) for count in (*counts, sum(counts, Count()))]
        print(f"| {name} | {' | '.join(cells)} |")


def _show(name: str, articles: Sequence[CorpusArticle]) -> None:
    """The misses, or the false alarms, of one row."""
    for table in (caught(articles), alarms(articles)):
        for count in table.get(name, {}).values():
            print(*(f"    {note}" for note in count.notable), sep="\n")


def _cell(count: Count) -> str:
    return f"{100 * count.share:.1f} % of {count.total}" if count.total else "–"


def _pairs(path: Path) -> None:
    """Print what the checks make of labelled pairs."""
    print("\n### Labelled pairs\n")
    print("| set | pairs | precision | recall | balanced accuracy |\n|---|---|---|---|---|")
    for name, score in scores(list(pairs(path))).items():
        shares = (score.precision, score.recall, score.balanced)
        cells = [str(score.total), *(f"{100 * share:.1f} %" for share in shares)]
        print(f"| {name} | {' | '.join(cells)} |")


def _settle(options: argparse.Namespace, measured: dict[str, float]) -> int:
    """Compare with the floors, or move them."""
    floors = Floors.load()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    if options.raise_:
        floors.raised(measured, today).save()
        return 0
    if options.lower:
        name, why = options.lower
        if name not in measured:
            print(f"Nothing named {name} is measured.", file=sys.stderr)
            return 2
        floors.lowered(name, measured[name], why, today).save()
        return 0
    below = floors.below(measured)
    for line in below:
        print(line, file=sys.stderr)
    return bool(below)


if __name__ == "__main__":
    sys.exit(main())
