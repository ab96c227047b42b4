"""The opposite of a word of the evidence, in its place, is told."""

from __future__ import annotations

import pytest

from summ.checks.cues import cues
from summ.checks.opposites import checker
from tests.checks.cases import codes, messages

LANGUAGES = ("de", "en", "es", "fr", "pl", "ru", "uk")

SWAPPED = (
    ("en", "Sales of boats rose by 5% in May.", "Boat sales fell by 5% in May."),
    ("en", "The council accepted the offer of the bank.", "The council rejected the bank's offer."),
    ("en", "The north pier will stay open.", "The south pier will stay open."),
    ("en", "Three boys were hurt in the crash.", "Three girls were hurt in the crash."),
    ("en", "The meeting took place after the vote.", "The meeting took place before the vote."),
    ("en", "The work will take two years.", "The work will take two months."),
    ("de", "Der Umsatz der Werft stieg im Mai um 5 Prozent.",
     "Der Umsatz der Werft sank im Mai um 5 Prozent."),
    ("fr", "Les ventes de bateaux augmentent de 5 % en mai.",
     "Les ventes de bateaux diminuent de 5 % en mai."),
    ("uk", "Продажі човнів зросли на 5 % у травні.", "Продажі човнів знизилися на 5 % у травні."),
    ("es", "Las ventas de barcos suben en mayo.", "Las ventas de barcos bajan en mayo."),
    ("ru", "Продажи лодок выросли на 5 % в мае.", "Продажи лодок снизились на 5 % в мае."),
    ("pl", "Sprzedaż łodzi wzrosła w maju o 5 %.", "Sprzedaż łodzi spadła w maju o 5 %."),
)  # fmt: skip

FAITHFUL = (
    ("en", "Sales rose in May, then fell in June.", "Sales fell in June."),
    ("en", "Sales of boats rose by 5% in May.", "Boat sales increased by 5% in May."),
    ("en", "Sales of boats did not rise in May.", "Sales of boats fell in May."),
    ("en", "The vote took place before the meeting.", "The meeting took place after the vote."),
    ("en", "Eastmere beat Norwick in the final.", "Norwick lost the final to Eastmere."),
    ("en", "The paint was yellow and blue.", "The paint was blue and yellow."),
    ("en", "The bank bought the yard from the town.", "The town sold the yard to the bank."),
    ("en", "Rovers were ill for 14 days before the cup.", "Rovers were ill two weeks."),
)


@pytest.mark.parametrize(("language", "text", "statement"), SWAPPED)
def test_an_opposite_in_the_same_place_is_told(language: str, text: str, statement: str) -> None:
    assert codes(checker, text, statement, language=language) == ["opposite-word"]


@pytest.mark.parametrize(("language", "text", "statement"), FAITHFUL)
def test_what_says_the_same_is_no_opposite(language: str, text: str, statement: str) -> None:
    assert codes(checker, text, statement, language=language) == []


def test_a_word_that_stands_beside_the_evidence_is_none() -> None:
    text = "Sales of boats rose by 5%. In June they fell again, the yard said."
    assert codes(checker, text, "Sales of boats fell by 5%.") == []


def test_a_word_that_the_article_has_in_that_place_is_none() -> None:
    text = "The north pier will close. Ann Roe spoke. Nobody left. The south pier will close."
    assert codes(checker, text, "The south pier will close.") == []


def test_both_words_are_named() -> None:
    (message,) = messages(checker, "The north pier is open.", "The south pier is open.")
    assert message == "The statement has “south” where the sentences cited have “north”."


@pytest.mark.parametrize("language", ["zh", "xx"])
def test_a_language_without_a_list_gets_no_finding(language: str) -> None:
    text, statement = "The north pier is open.", "The south pier is open."
    assert codes(checker, text, statement, language=language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_sides_that_exclude_each_other(language: str) -> None:
    data = cues("opposites", language)
    for section in ("opposite", "adjoining", "counted", "beside", "converse"):
        for line in str(data.get(section, "")).strip().splitlines():
            sides = [set(side.split()) for side in line.split("|")]
            assert len(sides) > 1, line
            assert all(sides), line
            assert len(set.union(*sides)) == sum(map(len, sides)), line
