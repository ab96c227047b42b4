"""The measurement of whole articles: which it takes, and what it tells of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.eval.translation.model import SUMM, Score, row, shortest


def test_the_shortest_documents_are_taken_paragraph_by_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "parallel.jsonl"
    rows = [
        {"doc": "long", "segments": [{"en": "The ferry is late again.", "es": "Tarde.", "uk": ""}]},
        {"doc": "short", "segments": [{"en": "A", "es": "Uno"}, {"en": "B", "es": "Dos"}]},
        {"segments": [{"en": "Fog.", "es": "Niebla."}]},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = shortest(path, 2, ["es"])
    assert [one.name for one in found] == ["short", "3"]
    assert found[0].texts == {"en": "A\n\nB", "es": "Uno\n\nDos"}


def test_a_row_tells_what_stands_in_english_of_how_many_segments() -> None:
    score = Score(SUMM, "es", "ferry", "…", 61.24, 30.4, 2, (606, 480), ("repetition",), 5)
    assert row(score) == "| ferry | es | segments | 61.2 | 30 | 2 | 606 + 480 | 1 of 5 |"
