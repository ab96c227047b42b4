"""Statements that repeat each other."""

from __future__ import annotations

import pytest

from summ.checks.duplicates import repeated
from summ.model import Claim, Statement


def places(*texts: str) -> list[int]:
    return sorted(repeated([Statement(text, (), "supported") for text in texts]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge is shut.", "The bridge is shut."),
        ("The bridge is shut.", "the bridge is shut"),
        (
            "The county council closed the old harbour bridge to all lorries and buses on Tuesday.",
            "The county council closed the old harbour bridge to all heavy lorries and buses on "
            "Tuesday.",
        ),
        ("大桥于星期二关闭。", "大桥于星期二关闭"),
    ],
)
def test_the_same_words_are_found(one: str, other: str) -> None:
    assert places(one, "Something else happened.", other) == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge will open in 14 weeks.", "The bridge will open in 15 weeks."),
        ("The council will pay for the bridge.", "The council will not pay for the bridge."),
        ("The bridge is shut.", "The tunnel is shut."),
        ("Ruiz beat Roth in court.", "Roth beat Ruiz in court."),
        ("", ""),
    ],
)
def test_different_statements_are_not(one: str, other: str) -> None:
    assert places(one, other) == []


def test_two_speakers_may_say_the_same() -> None:
    claims = [
        Claim("The plan is good.", (), "supported", speaker=name)
        for name in ("Ruiz", "Roth", "Ruiz")
    ]
    assert sorted(repeated(claims)) == [2]
    assert "item 1 " in repeated(claims)[2].message
