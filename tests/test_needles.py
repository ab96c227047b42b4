"""Forty facts planted in a text of 100,000 words, found again with their exact places."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from random import Random
from typing import Any

from tests.fake_endpoint import FakeEndpoint
from tests.long_texts import run_over
from tests.scripted_model import ObedientModel, shown_lines, task_of, wanted_of

WORDS = 100_000
FACTS = 40

PLACES = ("Eastmere", "Norvale", "Quay Hollow", "Brackenford", "Old Sallow", "Pinmoor")
BODIES = ("council", "harbour office", "school board", "ferry company", "water works", "museum")
ACTS = ("discussed", "put off", "welcomed", "reviewed", "described", "criticised")
THINGS = (
    "the repair of the sea wall",
    "the timetable for the winter",
    "a plan for the old mill",
    "the state of the footpaths",
    "the price of moorings",
    "the new rules for markets",
)
ENDS = (
    "after a long afternoon in the town hall",
    "while rain fell on the square outside",
    "as it had done in the spring before",
    "without a vote and without much haste",
)
KEEPERS = ("Ada Thorn", "Ben Aldous", "Cleo Marsh", "Dov Reiter", "Eva Lund")

PLANTED = re.compile(r"lighthouse (\d+) counted ([\d,]+) ships")


def planted(number: int) -> str:
    """A fact, unlike any other sentence."""
    keeper = KEEPERS[number % len(KEEPERS)]
    return (
        f"{keeper} of lighthouse {number} counted {7_919 * number + 1_013:,} ships in the night "
        f"of the storm."
    )


def haystack(seed: int = 7) -> str:
    """The text: paragraphs of invented town news, the facts at even distances."""
    random = Random(seed)
    sentences: list[str] = []
    words = facts = 0
    while words < WORDS:
        if words >= (facts + 0.5) * WORDS / FACTS:
            facts += 1
            sentences.append(planted(facts))
        else:
            pick = random.choice
            sentences.append(
                f"The {pick(BODIES)} of {pick(PLACES)} {pick(ACTS)} {pick(THINGS)} {pick(ENDS)}."
            )
        words += len(sentences[-1].split())
    assert facts == FACTS
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def attentive(body: Mapping[str, Any]) -> Any:
    """Reports each planted fact that it is shown, and calls other things less important."""
    lines = shown_lines(body)
    if task_of(body) != "claims":
        return ObedientModel()(body)
    found = {number for number, line in lines.items() if PLANTED.search(line)}
    others = [number for number in lines if number not in found]
    told = [*sorted(found), *others][: wanted_of(body)]
    return {
        "claims": [
            {
                "sentences": [number],
                "speaker": None,
                "claim": lines[number],
                "kind": "figure" if number in found else "fact",
                "importance": 3 if number in found else 1,
            }
            for number in told
        ]
    }


def test_all_facts_are_found_with_exact_offsets(endpoint: FakeEndpoint) -> None:
    text = haystack()
    started = time.process_time()
    report, requests = run_over(text, endpoint, attentive, claims=FACTS, length=5)
    assert time.process_time() - started < 20
    assert len({one.block for one in requests if one.task == "claims"}) >= 6
    assert len(report.claims) == FACTS
    expected = {planted(number) for number in range(1, FACTS + 1)}
    assert {claim.text for claim in report.claims} == expected
    for claim in report.claims:
        (evidence,) = claim.evidence
        assert evidence.quote == claim.text
        assert text[evidence.start : evidence.end] == claim.text
        assert text.count(claim.text) == 1
        assert (claim.support, claim.findings, claim.kind) == ("supported", (), "figure")
    assert report.coverage.missing == ()
    # Eight facts are in each fifth.
    places = [claim.evidence[0].start * 5 // len(text) for claim in report.claims]
    assert [places.count(fifth) for fifth in range(5)] == [8] * 5
