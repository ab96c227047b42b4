"""Play the faults of models on whole articles: `python -m tests.eval.translation_faults`.

    python -m tests.eval.translation_faults                       # the fault table, then READMEs
    python -m tests.eval.translation_faults --documents 300       # of each fault
    python -m tests.eval.translation_faults --only "i near"       # rows whose name holds this
    python -m tests.eval.translation_faults PARALLEL.jsonl        # human translations, too

PARALLEL.jsonl holds human translations, a document a line: `{"segments": [{"en": …, "uk": …,
…}, …]}`. The exit code is 1 when a bar is missed. Nothing is random from run to run.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.eval.translation.faults import FAULTS, HEAD, LASTING, Table
from tests.eval.translation.faults_passthrough import (
    HUMAN_HEAD,
    SCOTS,
    as_it_was,
    human,
    human_row,
    in_greek_letters,
    is_same,
    readmes,
)
from tests.eval.translation.faults_runs import runner


def main() -> int:
    """Print the tables; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.translation_faults")
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--only", default="", metavar="WORDS")
    parser.add_argument("--show", action="store_true", help="human translations that did not pass")
    parser.add_argument("parallel", type=Path, nargs="?")
    options = parser.parse_args()
    missed = _faults(options.documents, options.only)
    if not options.only:
        missed |= _readmes()
    if options.parallel:
        missed |= _human(options.parallel, show=options.show)
    return int(missed)


def _faults(documents: int, only: str) -> bool:
    started = time.monotonic()
    missed = False
    print(HEAD)
    with runner("uk") as run, runner("uk", retries=1) as run_again:
        table = Table(run, run_again)
        for fault in (*FAULTS, *LASTING):
            if only in fault.name:
                row = table.row(fault, documents)
                print(row, flush=True)
                missed |= bool(row.misses)
    print(f"\n{time.monotonic() - started:.0f} s")
    return missed


def _readmes() -> bool:
    """Descriptions of installed packages, given back as they are and in Greek letters."""
    print(
        "\n| descriptions | documents | the same bytes | segments | left as source | asked again |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    sources, missed = list(readmes()), False
    ways = (("as they were", SCOTS, as_it_was), ("Greek letters", "el", in_greek_letters))
    for name, language, translate in ways:
        with runner(language) as run:
            results = [translate(run, source) for source in sources]
        found = [ran.translation for ran in results]
        same = sum(map(is_same, sources, found))
        states = [one.state for text in found if text for one in text.segments]
        again = sum(ran.calls - ran.groups for ran in results)
        kept = states.count("kept")
        print(
            f"| {name} | {len(sources)} | {same} | {len(states)} | {kept} | {again} |", flush=True
        )
        missed |= same < len(sources) or (language == "el" and bool(kept))
    return missed


def _human(path: Path, *, show: bool) -> bool:
    """Human translations as a model's."""
    print(f"\n{HUMAN_HEAD}")
    missed = False
    for language, passed in human(path):
        print(human_row(language, passed), flush=True)
        missed |= passed.whole < passed.documents
        for source, target, codes in passed.kept if show else ():
            print(f"    {codes}: {source} → {target}")
        for line in passed.odd if show else ():
            print(f"    not a segment of the document: {line}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
