"""Statements that repeat each other."""

from __future__ import annotations

import time

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
        ("He would resign in May at the latest.", "He would never resign in May at the latest."),
        ("Der Minister wird nicht gehen.", "Der Minister wird gehen."),
        ("The minister rejected the plan.", "The ministry rejected the plan."),
        ("It rose by 5%.", "It rose by 5."),
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


def test_a_long_list_takes_no_time() -> None:
    many = [Statement(f"Sentence number {n} of the list.", (), "supported") for n in range(50_000)]
    started = time.process_time()
    assert repeated(many) == {}
    assert time.process_time() - started < 3
