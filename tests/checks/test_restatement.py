from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks.restatement import attributed, faults, tidied

BRIDGE = (
    "The council, which met on Tuesday, said that repairs to the old bridge would cost "
    "€3.2 million and take fourteen months, and that it had not yet found the money."
)
QUOTED = (
    "“We will not close the pier, whatever the consultants say,” Mayor Ruth Calder told "
    "reporters in Eastmere, adding that 140 jobs were expected to be saved."
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The council said repairs to the bridge would cost €3.2 million.", BRIDGE),
        ("Repairs would take 14 months, the council said on Tuesday.", BRIDGE),
        ("The council said repairs would take fourteen months.", BRIDGE),
        ("Mayor Ruth Calder said “we will not close the pier”.", QUOTED),
        ("140 jobs were expected to be saved.", QUOTED),
    ],
)
def test_a_faithful_shorter_sentence_passes(text: str, sentence: str) -> None:
    assert faults(text, sentence) == ()


@pytest.mark.parametrize(
    ("text", "sentence", "code"),
    [
        ("PWNED", BRIDGE, "thin"),
        ("The council met.", BRIDGE, "thin"),
        (BRIDGE + " More words follow here.", BRIDGE, "long"),
        ("The harbour festival attracts musicians from abroad.", BRIDGE, "overlap"),
        ("The council said repairs to the bridge would cost €4.2 million.", BRIDGE, "number"),
        ("Repairs to the bridge would take fifteen months, the council said.", BRIDGE, "number"),
        ("The council said repairs to the Lenna bridge would cost money.", BRIDGE, "name"),
        ("We will not close the pier, whatever the consultants say.", QUOTED, "first-person"),
        ("Ruth Calder said “we will close the pier” to reporters.", QUOTED, "quotation"),
        ("Ruth Calder said “we will not close the pier to reporters.", QUOTED, "quotation"),
        ("They told reporters in Eastmere that jobs were expected to be saved.", QUOTED, "pronoun"),
        ("The council found the money for the old bridge on Tuesday.", BRIDGE, "negation"),
        (
            "The council did not say that repairs would cost money.",
            "The council did say that repairs would cost a lot of money and take a long time.",
            "negation",
        ),
        (
            "Merrow Radio reported that a memo recommended new hangers in 2023.",
            "A memo of March 2023 allegedly recommended new hangers for the bridge, the local "
            "station Merrow Radio reported on Monday.",
            "hedge",
        ),
        (
            "The survey blocked about 85 per cent of the spawning grounds.",
            "It blocked about 85 per cent of the river's spawning grounds, according to a survey.",
            "order",
        ),
        (
            "Building a hall would put the other 1,460 jobs at risk.",
            "“Building a hall we cannot fill would put the other 1,460 jobs at risk as well,” she "
            "said on Monday in Lindvik.",
            "negation",
        ),
        (
            "The claim would come to nearly $619 million.",
            "If a judge accepts that figure for every patient, the claim would come to nearly "
            "$619 million.",
            "hedge",
        ),
        (
            "She said the bridge would reopen on 9 February.",
            "She said on Tuesday that the bridge would reopen on 9 February at the earliest.",
            "hedge",
        ),
        (
            "The repairs will take 14 weeks, the council said.",
            "The repairs will take at least 14 weeks, the county council said on Tuesday.",
            "hedge",
        ),
        (
            "Roe said they know more than two weeks ago.",
            "“We know a good deal more than we did two weeks ago, and we are working on it,” Roe "
            "said.",
            "order",
        ),
        ("Repairs cost €3.2 million and take fourteen months, the council said.", BRIDGE, "hedge"),
        (
            "The toll has risen, but it does not matter because most drivers have a pass.",
            "As such, if someone argues that while the toll has risen it does not matter because "
            "most drivers have a pass, they are missing the point.",
            "hedge",
        ),
    ],
)
def test_what_adds_or_turns_something_round_does_not(text: str, sentence: str, code: str) -> None:
    assert code in faults(text, sentence)


def test_the_sentence_itself_always_passes() -> None:
    assert faults(BRIDGE, BRIDGE) == ()
    assert "first-person" not in faults(QUOTED, QUOTED)


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("The pier stays open.", None, "The pier stays open."),
        ("The pier stays open.", "Ruth Calder", "The pier stays open, Ruth Calder said."),
        ("Calder said the pier stays open.", "Ruth Calder", "Calder said the pier stays open."),
        ("She said the pier stays open.", "Ruth Calder", "Ruth Calder said the pier stays open."),
        ("The pier stays open.", "the council", "The pier stays open, the council said."),
        ("The union is out of the talks.", "the union", "The union is out of the talks."),
        ("He said the pier stays open.", "the mayor", "The mayor said the pier stays open."),
        (
            "The pier stays open, officials said.",
            "Tom Ashby",
            "The pier stays open, officials said.",
        ),
        ("He’s in favour of the pier.", "Tom Ashby", "He’s in favour of the pier, Tom Ashby said."),
    ],
)
def test_a_lost_speaker_comes_back(text: str, speaker: str | None, expected: str) -> None:
    assert attributed(text, speaker) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("  Shortened: The pier stays open.\nMore.", "The pier stays open."),
        ("The U. S. court ruled.", "The U.S. court ruled."),
        ("\n\n", ""),
        ("", ""),
    ],
)
def test_a_reply_is_one_line_without_a_label(reply: str, expected: str) -> None:
    assert tidied(reply) == expected


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_has_an_answer(text: str, sentence: str) -> None:
    assert faults(text, sentence) == faults(text, sentence)
    assert "\n" not in tidied(text)


@pytest.mark.parametrize("unit", ["A ", "“", "not ", "1,", "He ", "U. S. ", "report "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    started = time.process_time()
    faults(text, text)
    attributed(text, "A B")
    tidied(text)
    assert time.process_time() - started < 2


CLINIC = (
    "Lab results and notes from the hospital’s clinic were also taken by the intruders, St. Odilia "
    "said on Friday, but no credit card data."
)
SUSPECT = (
    "Lt. Ann Roe, who leads the cybercrime unit, said investigators had identified a suspect "
    "abroad, and called the attack unusual."
)


@pytest.mark.parametrize(
    ("text", "sentence", "speaker", "wrong"),
    [
        (
            "St. Odilia took lab results and notes from the hospital’s clinic.",
            CLINIC,
            "St. Odilia",
            True,
        ),
        ("St. Odilia said lab results and notes were taken.", CLINIC, "St. Odilia", False),
        ("Lab results and notes were taken by the intruders.", CLINIC, "St. Odilia", False),
        ("Lt. Ann Roe identified a suspect abroad.", SUSPECT, "Ann Roe", True),
        ("Lt. Ann Roe said investigators had identified a suspect.", SUSPECT, "Ann Roe", False),
        (
            "Kaltera will halt the second phase of its plant.",
            "Kaltera, the battery maker, will halt the second phase of its plant, it said.",
            "Kaltera",
            False,
        ),
    ],
)
def test_a_speaker_is_not_made_to_act(text: str, sentence: str, speaker: str, wrong: bool) -> None:
    assert ("subject" in faults(text, sentence, speaker)) == wrong
