"""Measure the built-in translator on whole articles.

    SUMM_MODEL_DIR=… python -m tests.eval.translation      # exit 1 when a bar is missed

Needs the extras `local` and `bench`, and the pairs en-pt and pt-en in the model store. All of
it runs on one core, so that seconds compare.
"""

from __future__ import annotations

import asyncio
import os
import sys

from summ.local.translator import BuiltInTranslator
from tests.eval.translation.measure import PAIRS, Score, load, measure

BELOW = 2.0
"""Points of chrF that keeping the markup may cost."""

SECONDS = 5.0
"""For the longest article, of about 800 words."""


async def main() -> int:
    """Print a table; 1 when a bar is missed."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    translator = BuiltInTranslator()
    print("| article | segments whole | same shape | chrF | on plain text | seconds |")
    print("|---|---|---|---|---|---|")
    scores: list[Score] = []
    for pair in PAIRS:
        await translator.prepare(*pair)
        for article in load():
            score = await measure(article, pair, translator)
            scores.append(score)
            print(
                f"| {article.name} {'→'.join(pair)} | {score.whole} of {score.segments}"
                f" | {'yes' if score.same_shape else 'NO'} | {score.ours:.1f}"
                f" | {score.plain:.1f} | {score.seconds:.2f} |"
            )
    await translator.aclose()
    ours, plain = (sum(one) / len(scores) for one in zip(*_points(scores), strict=True))
    print(f"\nMean chrF {ours:.2f}, on plain text {plain:.2f}.")
    return int(any(map(_misses, scores)))


def _points(scores: list[Score]) -> list[tuple[float, float]]:
    return [(score.ours, score.plain) for score in scores]


def _misses(score: Score) -> bool:
    whole = score.whole == score.segments and score.same_shape
    return not whole or score.ours < score.plain - BELOW or score.seconds > SECONDS


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
