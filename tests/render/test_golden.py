"""Whole reports, letter by letter.

After a wanted change: `python -m tests.render.test_golden` writes the files anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from summ.model import Report
from summ.render import FORMATS, SUFFIXES
from tests.reports import bridge_report, market_report, mill_report

GOLDEN = Path(__file__).parent / "golden"
CASES: dict[str, Callable[[], Report]] = {
    "bridge": bridge_report,
    "market": market_report,
    "mill": mill_report,
}


def test_each_format_has_a_suffix() -> None:
    assert set(FORMATS) == set(SUFFIXES) == {"md", "json", "ndjson"}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", FORMATS)
def test_golden(name: str, form: str) -> None:
    expected = (GOLDEN / f"{name}{SUFFIXES[form]}").read_text(encoding="utf-8")
    assert FORMATS[form](CASES[name]()) == expected


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for case, build in CASES.items():
        for form, render in FORMATS.items():
            target = GOLDEN / f"{case}{SUFFIXES[form]}"
            target.write_text(render(build()), encoding="utf-8", newline="\n")
