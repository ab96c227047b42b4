"""Negations that a statement gained or lost are told, paraphrases of them are not."""

from __future__ import annotations

import time

import pytest

from summ.checks.negation import checker
from tests.checks.cases import codes, messages

ADDED = (
    ("en", "The council will close the harbour in March.", "The council won't shut the harbour."),
    ("en", "Two ferries were sold to a firm in Oslo.", "No ferries were sold to the Oslo firm."),
    ("de", "Die Stadt schließt das Bad im März.", "Die Stadt schließt das Bad im März nicht."),
    ("de", "Der Verein bekommt neue Räume.", "Der Verein bekommt keine neuen Räume."),
    ("fr", "La ville fermera le port en mars.", "La ville ne fermera pas le port en mars."),
    ("fr", "Le musée garde ses tableaux.", "Le musée ne garde plus ses tableaux."),
    ("uk", "Місто закриє порт у березні.", "Місто не закриє порт у березні."),
    ("uk", "Школа отримала кошти на ремонт.", "Школа не отримала коштів на ремонт."),
    ("es", "El puerto cerrará en marzo.", "El puerto no cerrará en marzo."),
    ("ru", "Город закроет порт в марте.", "Город не закроет порт в марте."),
    ("pl", "Miasto zamknie port w marcu.", "Miasto nie zamknie portu w marcu."),
)

LOST = (
    ("en", "The mayor did not sign the contract.", "The mayor signed the contract."),
    ("en", "The board never saw the report.", "The board saw the report."),
    ("en", "The firm refused to publish its costs.", "The firm published its costs."),
    ("de", "Die Ministerin hat den Vertrag nicht unterschrieben.",
     "Die Ministerin hat den Vertrag unterschrieben."),
    ("fr", "La maire n’a pas signé le contrat.", "La maire a signé le contrat."),
    ("fr", "Il n'y a aucun blessé dans le train.", "Il y a des blessés dans le train."),
    ("uk", "Мерка не підписала договір.", "Мерка підписала договір."),
)  # fmt: skip

PARAPHRASED = (
    ("en", "The board rejected the offer.", "The board did not accept the offer."),
    ("en", "It is impossible to repair the crane.", "It is not possible to repair the crane."),
    ("en", "Police found no evidence of arson.", "Police were left without evidence of arson."),
    ("en", "The club not only sold the ground but also moved.", "The club sold the ground."),
    ("en", "No fewer than 40 people came to the meeting.", "Forty people came to the meeting."),
    ("en", "The minister denied that the port would close.",
     "The minister said the port would not close."),
    ("en", "The tunnel will open in May at the earliest.", "The tunnel will not open before May."),
    ("en", "Fares will rise by at most 5%.", "Fares will not rise by more than 5%."),
    ("en", "The court cleared Roe of fraud.", "Roe was not found guilty of fraud."),
    ("en", "The strike goes on.", "The strike has not ended."),
    ("en", "The road is still closed to lorries.", "The road is not open to lorries."),
    ("de", "Der Rat lehnte das Angebot ab.", "Der Rat nahm das Angebot nicht an."),
    ("de", "Nicht nur der Chor hat gesungen.", "Der Chor hat gesungen."),
    ("fr", "Le conseil a refusé l'offre.", "Le conseil n'a pas accepté l'offre."),
    ("fr", "Le port craint que la grève ne dure.", "Le port craint une longue grève."),
    ("uk", "Рада відхилила пропозицію.", "Рада не прийняла пропозицію."),
    ("uk", "Ніхто не прийшов на збори.", "На збори ніхто не прийшов."),
)  # fmt: skip

ELSEWHERE = (
    ("The firm, which has not named a buyer, will close its yard in May.",
     "The firm will close its yard in May."),
    ("Ann Roe did not attend, but the board approved the budget on Monday.",
     "The board approved the budget on Monday."),
    ("The crane fell on the shed without hurting a worker.", "The crane fell on the shed."),
    ("The council did not say when the pool would close.", "The pool would close."),
    ("A shark was seen in the bay, but it was not a dangerous kind of shark.",
     "A shark was seen in the bay."),
    ("Nobody was hurt when the crane fell on the shed.", "The crane fell on the shed."),
)  # fmt: skip


@pytest.mark.parametrize(("language", "text", "statement"), ADDED)
def test_a_negation_that_the_evidence_lacks_is_told(
    language: str, text: str, statement: str
) -> None:
    assert codes(checker, text, statement, language=language) == ["negation-added"]


@pytest.mark.parametrize(("language", "text", "statement"), LOST)
def test_a_negation_that_is_dropped_is_told(language: str, text: str, statement: str) -> None:
    assert codes(checker, text, statement, language=language) == ["negation-lost"]


@pytest.mark.parametrize(("language", "text", "statement"), PARAPHRASED)
def test_a_denial_in_other_words_is_none(language: str, text: str, statement: str) -> None:
    assert codes(checker, text, statement, language=language) == []


@pytest.mark.parametrize(("text", "statement"), ELSEWHERE)
def test_a_negation_of_a_clause_that_is_left_out_is_not_missed(text: str, statement: str) -> None:
    assert codes(checker, text, statement) == []


DOUBLED = (
    ("en", "The mayor denied the charge.", "The mayor did not deny the charge."),
    ("en", "The board rejected the plan.", "The board did not reject the plan."),
    ("de", "Das Gericht lehnte den Antrag ab.", "Das Gericht lehnte den Antrag nicht ab."),
    ("fr", "Le maire a refusé le contrat.", "Le maire n'a pas refusé le contrat."),
    ("uk", "Рада скасувала концерт.", "Рада не скасувала концерт."),
)  # fmt: skip


@pytest.mark.parametrize(("language", "text", "statement"), DOUBLED)
def test_a_denial_that_is_turned_round_is_told(language: str, text: str, statement: str) -> None:
    assert codes(checker, text, statement, language=language) == ["negation-added"]


def test_two_ways_to_turn_a_denial_round_are_one() -> None:
    text = "The mayor did not deny that the pool leaks."
    assert codes(checker, text, "The mayor did not dispute that the pool leaks.") == []


def test_a_denial_of_something_else_answers_no_negation() -> None:
    text = "The bank failed to reach its target. The mayor will sign the contract in May."
    statement = "The mayor will not sign the contract in May."
    assert codes(checker, text, statement, (1, 2)) == ["negation-added"]


def test_a_negation_of_another_sentence_answers_none() -> None:
    text = "The mayor will sign the contract in May. Her lawyer did not return our calls."
    statement = "The mayor will not sign the contract in May."
    assert codes(checker, text, statement, (1, 2)) == ["negation-added"]


def test_one_denied_sentence_of_several_is_not_asked_of_what_rests_on_another() -> None:
    text = "The yard will close in May. The union was not asked about the sale."
    assert codes(checker, text, "The yard will close in May.", (1, 2)) == []


def test_one_of_two_negations_is_missed_when_it_is_dropped_or_added() -> None:
    denied = "The mayor did not sign the contract, and the bank never paid the builder."
    half = "The mayor did not sign the contract, and the bank paid the builder."
    assert codes(checker, denied, half) == ["negation-lost"]
    assert codes(checker, half, denied) == ["negation-added"]


def test_the_negator_and_its_words_are_named() -> None:
    (message,) = messages(checker, "The port will close.", "The port will not close.")
    assert message == "The statement has “not close”; the sentences cited deny nothing there."


@pytest.mark.parametrize("language", ["zh", "xx"])
def test_a_language_without_a_list_gets_no_finding(language: str) -> None:
    assert codes(checker, "The port will close.", "It will not close.", language=language) == []


def test_a_statement_without_evidence_gets_no_finding() -> None:
    assert codes(checker, "The port will close.", "The port will not close.", ()) == []


@pytest.mark.parametrize("piece", ["not ", "a", "un", "no, ", "’", "n't ", "ne pas "])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(times: int) -> float:
        text = "The port " + piece * times
        start = time.process_time()
        codes(checker, text, "The port will not close. " + piece * times)
        return time.process_time() - start

    seconds(100)
    assert seconds(40_000) < 25 * max(seconds(5_000), 0.01)
