"""A hedge of the evidence must not be lost where what it governs is told."""

from __future__ import annotations

import pytest

from summ.checks.hedges import checker
from summ.model import Kind
from tests.checks.cases import claim_codes, codes, messages

LOST = (
    ("en", "The yard was sold in May, a source close to the talks said.",
     "The yard was sold in May."),
    ("en", "The treasurer allegedly stole the money.", "The treasurer stole the money."),
    ("en", "The bridge may collapse in a storm.", "The bridge will collapse in a storm."),
    ("en", "The yard built 40 ships, according to the union.", "The yard built 40 ships."),
    ("en", "Roe is suspected of selling stolen paintings.", "Roe sold stolen paintings."),
    ("en", "Fares are expected to rise in May.", "Fares will rise in May."),
    ("de", "Der mutmaßliche Dieb stahl die Bilder.", "Der Dieb stahl die Bilder."),
    ("de", "Der Fahrer soll betrunken gewesen sein.", "Der Fahrer war betrunken."),
    ("de", "Die Brücke könnte im Mai einstürzen.", "Die Brücke wird im Mai einstürzen."),
    ("fr", "Le pont pourrait fermer en mai.", "Le pont fermera en mai."),
    ("fr", "Le directeur aurait vendu les tableaux.", "Le directeur a vendu les tableaux."),
    ("uk", "Директор нібито продав картини.", "Директор продав картини."),
    ("uk", "За даними поліції, водій перевищив швидкість.", "Водій перевищив швидкість."),
    ("de", "Der Wirt will den Dieb gesehen haben.", "Der Wirt hat den Dieb gesehen."),
    ("de", "Das Ministerium will die Zuzahlung offenbar neu regeln.",
     "Das Ministerium plant neue Regeln der Arzneimittelzuzahlung."),
    ("fr", "Le parquet accuse le maire d'avoir vendu le pont.", "Le maire a vendu le pont."),
    ("ru", "Директор якобы продал картины.", "Директор продал картины."),
    ("es", "El presunto ladrón vendió los cuadros.", "El ladrón vendió los cuadros."),
    ("pl", "Dyrektor rzekomo sprzedał obrazy.", "Dyrektor sprzedał obrazy."),
)  # fmt: skip

KEPT = (
    ("en", "The pier will reopen in May, the mayor said.", "The pier will reopen in May."),
    ("en", "The pier is due to reopen in May.", "The pier will reopen in May."),
    ("en", "The ferry carried more people than expected.", "The ferry carried many people."),
    ("en", "Parliament may not pass the law.", "Parliament is not allowed to pass the law."),
    ("de", "Die Brücke soll im Mai gebaut werden.", "Die Brücke wird im Mai gebaut."),
    ("de", "Die Brücke ist nach Angaben der Polizei gesperrt.",
     "Laut Polizeiangaben ist die Brücke gesperrt."),
    ("fr", "Le ministre a confirmé mardi que le pont fermerait en mai.",
     "Le pont fermera en mai."),
    ("fr", "Le musée montre un portrait de la reine.", "Le musée montre la reine."),
    ("en", "The treasurer allegedly stole the money.", "The treasurer is said to have stolen it."),
    ("en", "The bridge may collapse in a storm.", "A storm could make the bridge collapse."),
    (
        "en",
        "The yard built 40 ships, according to the union.",
        "The union says 40 ships were built.",
    ),
    ("de", "Die Brücke könnte im Mai einstürzen.", "Im Mai stürzt die Brücke womöglich ein."),
    ("fr", "Le pont pourrait fermer en mai.", "Le pont risque de fermer en mai."),
    ("uk", "Директор нібито продав картини.", "Директора підозрюють у продажу картин."),
)  # fmt: skip


@pytest.mark.parametrize(("language", "text", "statement"), LOST)
def test_what_is_hedged_must_not_be_told_as_a_fact(
    language: str, text: str, statement: str
) -> None:
    assert codes(checker, text, statement, language=language) == ["hedge-lost"]


@pytest.mark.parametrize(("language", "text", "statement"), KEPT)
def test_any_hedge_or_word_of_reporting_will_do(language: str, text: str, statement: str) -> None:
    assert codes(checker, text, statement, language=language) == []


def test_a_hedge_of_something_that_is_not_told_is_not_missed() -> None:
    text = "The port closed on Monday, and prices could rise."
    assert codes(checker, text, "The port closed on Monday.") == []


def test_a_hedge_of_another_clause_that_is_told_does_not_stand_for_the_one_that_is_lost() -> None:
    text = "The town plans a new port, which may flood the old market."
    assert codes(checker, text, "The town plans a new port that floods the old market.") == [
        "hedge-lost"
    ]


def test_what_somebody_announces_is_told_as_theirs() -> None:
    text = "The mayor, Ann Roe, said on Monday that she would resign in May."
    assert codes(checker, text, "Ann Roe announced on Monday that she will resign.") == []


def test_the_month_of_may_hedges_nothing() -> None:
    assert codes(checker, "The port closes in May.", "The port closes in spring.") == []


def test_what_another_cited_sentence_tells_without_a_hedge_is_a_fact() -> None:
    text = "The court found that Roe sold the paintings. Roe allegedly sold the paintings."
    plain = "Roe sold the paintings to a museum. He allegedly sold the paintings."
    assert codes(checker, text, "Roe sold the paintings.", (2,)) == ["hedge-lost"]
    assert codes(checker, plain, "Roe sold the paintings.", (1, 2)) == []


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "expected"),
    [
        ("The port will close, according to Ann Roe.", "Ann Roe", "fact", []),
        ("The port will close, according to Ann Roe.", None, "fact", ["hedge-lost"]),
        ("The port may close this year, Ann Roe said.", "Ann Roe", "fact", ["hedge-lost"]),
        ("The port may close this year, Ann Roe said.", "Ann Roe", "prediction", []),
        ("The port will allegedly close.", None, "allegation", []),
        ("The port will allegedly close.", None, "prediction", ["hedge-lost"]),
        ("The port will close, the union argues.", None, "opinion", []),
    ],
)
def test_speaker_and_kind_of_a_claim_stand_for_their_hedges(
    text: str, speaker: str | None, kind: Kind, expected: list[str]
) -> None:
    assert (
        claim_codes(checker, text, "The port will close.", speaker=speaker, kind=kind) == expected
    )


def test_the_hedge_is_named() -> None:
    (message,) = messages(checker, "The port may close in May.", "The port will close in May.")
    assert message == "The sentences cited have “may”; the statement hedges nothing."


@pytest.mark.parametrize("language", ["zh", "xx"])
def test_a_language_without_a_list_gets_no_finding(language: str) -> None:
    assert codes(checker, "The port may close.", "The port closes.", language=language) == []
