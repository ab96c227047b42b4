"""Speakers of claims against the article: another person, far away, a pronoun, forms of a name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks.article import Article
from summ.checks.grounding import evidence_for
from summ.checks.speakers import checker
from summ.model import Claim, Statement
from tests.documents import document, texts

EN = (
    "The harbour of Larn will close in May.\n\n"
    "“We cannot pay for the dredging,” said Ana Ruiz, the mayor of Larn. "
    "She said that the crews would move.\n\n"
    "Councillor Tom Ashby called the plan a betrayal. “It is a bad day,” he said. "
    "The crane was sold to Ruth Calder in spring.\n\n"
    "The ferry company sent no answer.\n\n"
    "Harbour master Ian Penhale said that work would stop in March."
)
DE = (
    "Der Hafen von Larn schließt im Mai.\n\n"
    "„Wir können das Baggern nicht bezahlen“, sagte Bürgermeisterin Ana Ruiz. "
    "Die Mannschaften müssten umziehen.\n\n"
    "Stadtrat Tom Aschbeck nannte den Plan einen Verrat. „Ein schlechter Tag“, sagte er.\n\n"
    "Die Fährgesellschaft antwortete nicht.\n\n"
    "Hafenmeister Jan Penhalt teilte mit, die Arbeit ende im März."
)
FR = (
    "Le port de Larn fermera en mai.\n\n"
    "« Nous ne pouvons pas payer le dragage », a déclaré la maire Ana Ruiz. "
    "Elle a affirmé que les équipages partiraient.\n\n"
    "Le conseiller Tom Achard a dénoncé une trahison. « C’est un mauvais jour », a-t-il dit.\n\n"
    "La compagnie de bacs n’a rien répondu.\n\n"
    "Le capitaine Jean Penhal a annoncé que le travail cesserait en mars."
)
UK = (
    "Гавань Ларна закриють у травні.\n\n"
    "«Ми не можемо платити за поглиблення дна», — сказала мерка Ана Гребенчак. "
    "За її словами, екіпажі переїдуть.\n\n"
    "Депутат Тарас Ашбенко назвав план зрадою. «Це поганий день», — сказав він.\n\n"
    "Компанія поромів не відповіла.\n\n"
    "Начальник порту Іван Пенгалюк повідомив, що робота припиниться в березні."
)
ARTICLES = {"en": EN, "de": DE, "fr": FR, "uk": UK}
PERSONS = {
    "en": ("Ana Ruiz", "Tom Ashby", "Ian Penhale"),
    "de": ("Ana Ruiz", "Tom Aschbeck", "Jan Penhalt"),
    "fr": ("Ana Ruiz", "Tom Achard", "Jean Penhal"),
    "uk": ("Ана Гребенчак", "Тарас Ашбенко", "Іван Пенгалюк"),
}


def claim(article: Article, numbers: list[int], speaker: str | None) -> Claim:
    """A claim that cites these sentences."""
    evidence = tuple(evidence_for(article.document, number) for number in numbers)
    return Claim("It is so.", evidence, "supported", speaker=speaker, speaker_as_written=speaker)


def found(
    numbers: list[int], speaker: str | None, text: str = EN, language: str | None = "en"
) -> list[str]:
    """Codes of what is found of a speaker."""
    made = Article(document(text, language))
    return [finding.code for finding in checker(made)(claim(made, numbers, speaker))]


def spoken(language: str) -> list[tuple[int, str]]:
    """Numbers of the sentences in which somebody speaks, and who."""
    made = Article(document(ARTICLES[language], language))
    return [(at, one.name) for at, one in enumerate(made.speakers, 1) if one and one.person]


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_another_person_in_a_speakers_place_is_found(language: str) -> None:
    assert len(spoken(language)) >= 4
    for number, name in spoken(language):
        for person in PERSONS[language]:
            codes = found([number], person, ARTICLES[language], language)
            assert codes == ([] if person == name else ["speaker-differs"]), (number, person)


def test_the_finding_names_both_and_the_place() -> None:
    made = Article(document(EN))
    (finding,) = checker(made)(claim(made, [2], "Tom Ashby"))
    assert finding.message == (
        "The speaker given is Tom Ashby; in sentence 2 the article has Ana Ruiz speak."
    )


FORMS = (
    ("en", [2], "Ruiz"),
    ("en", [2], "Mayor Ana Ruiz"),
    ("en", [2], "Mrs Ruiz"),
    ("en", [2], "the mayor"),
    ("en", [2], "A. Ruiz"),
    ("en", [2, 3], "Ana Ruiz"),
    ("uk", [2], "Ани Гребенчак"),
    ("uk", [5], "Ашбенка"),
    ("uk", [7], "Пенгалюком"),
    ("de", [3], "Bürgermeisterin Ruiz"),
    ("fr", [3], "Mme Ruiz"),
)


@pytest.mark.parametrize(("language", "numbers", "speaker"), FORMS)
def test_forms_of_one_name_and_roles_are_the_same_person(
    language: str, numbers: list[int], speaker: str
) -> None:
    assert found(numbers, speaker, ARTICLES[language], language) == []


UNSURE = (
    ("it is narration, right behind his words", [6], "Tom Ashby"),
    ("somebody else is named in it, too", [6], "Ruth Calder"),
    ("several speak", [2, 5], "Ian Penhale"),
    ("no person", [2], "Larn Council"),
    ("nobody", [2], None),
)


@pytest.mark.parametrize(
    ("numbers", "speaker"), [case[1:] for case in UNSURE], ids=[case[0] for case in UNSURE]
)
def test_where_the_article_does_not_tell_nothing_is_found(
    numbers: list[int], speaker: str | None
) -> None:
    assert "speaker-differs" not in found(numbers, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz was asked about Tom Ashby. “It is late,” he said.",
        "Ana Ruiz said that Tom Ashby would go.",
        "Ana Ruiz and Tom Ashby said no.",
        "Ana Ruiz said no, while Tom Ashby said yes.",
        "Tom Ashby spoke. Ana Ruiz said no. “It is late.”",
    ],
)
def test_whoever_is_named_beside_the_words_may_have_said_them(text: str) -> None:
    last = len(document(text).sentences)
    assert found([last], "Tom Ashby", text) == []


def test_a_name_inside_the_quotation_does_not_make_it_the_speaker() -> None:
    text = "Tom Ashby came late.\n\n“Ashby is wrong,” said Ana Ruiz."
    assert found([2], "Tom Ashby", text) == ["speaker-differs"]


def test_a_speaker_who_is_named_in_another_part_of_the_article_only_is_not_near() -> None:
    assert found([1], "Ian Penhale") == ["speaker-not-near"]
    assert found([7], "Ian Penhale") == []
    assert found([1], "Ana Ruiz") == []


def test_the_person_behind_a_pronoun_counts_as_named() -> None:
    text = "Ana Ruiz came.\n\n“It is late,” she said.\n\n“Very late,” she said.\n\nNobody came."
    assert found([4], "Ana Ruiz", text) == []


@pytest.mark.parametrize(
    ("language", "number", "pronoun"),
    [("en", 3, "she"), ("en", 5, "He"), ("de", 5, "er"), ("fr", 3, "elle"), ("uk", 3, "вона")],
)
def test_a_pronoun_is_told_where_the_article_names_the_person(
    language: str, number: int, pronoun: str
) -> None:
    assert found([number], pronoun, ARTICLES[language], language) == ["speaker-is-pronoun"]
    assert found([1], pronoun, ARTICLES[language], language) == []


@pytest.mark.parametrize("language", ["pl", "zh"])
def test_in_a_language_whose_verbs_are_not_known_nothing_is_said(language: str) -> None:
    assert found([2], "Tom Ashby", EN, language) == []
    assert found([1], "Ian Penhale", EN, language) == []


def test_a_statement_or_a_claim_without_evidence_has_no_speaker_to_check() -> None:
    made = Article(document(EN))
    check = checker(made)
    assert list(check(Statement("Ashby said so.", (), "unsupported"))) == []
    assert list(check(claim(made, [], "Tom Ashby"))) == []


PIECES = "Ana Ruiz Tom Ashby said she he “No ,” . the mayor сказав Коваль « » — \n\n Ruiz’s told"
WORDS = st.lists(st.sampled_from(PIECES.split(" ")), max_size=60).map(" ".join)


@given(
    text=texts() | WORDS,
    language=st.sampled_from(["en", "de", "fr", "uk", "es", "pl", None]),
    name=WORDS | st.text(max_size=40),
)
@settings(max_examples=150, deadline=None)
def test_who_the_rules_have_speak_is_never_doubted(
    text: str, language: str | None, name: str
) -> None:
    made = Article(document(text, language))
    check = checker(made)
    for number, speaker in enumerate(made.speakers, 1):
        if speaker:
            assert list(check(claim(made, [number], speaker.name))) == []
        list(check(claim(made, [number], name)))


def test_hostile_names_and_articles_take_linear_time() -> None:
    began = time.process_time()
    for text in ("Ana Ruiz said no. " * 6_000, "“A” " * 20_000, "Ruiz " * 20_000):
        made = Article(document(text))
        check = checker(made)
        for name in ("A" * 100_000, "Ana " * 30_000, "A\u0301" * 50_000, "Ana Ruiz", "Tom Ashby"):
            list(check(claim(made, [1], name)))
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("Paul Roth said the bridge was safe.", ["speaker-differs"]),
        ("According to Paul Roth, the bridge is safe.", ["speaker-differs"]),
        ("“The bridge is safe,” said Roth.", ["speaker-differs"]),
        ("Hanna Berg said the bridge was safe.", []),
        ("“The bridge is safe,” said Berg.", []),
        ("The bridge is safe, an engineer said.", []),
        ("Paul Roth crossed the bridge.", []),  # narration is nobody's speech
    ],
)
def test_who_speaks_by_the_statements_own_words_is_compared_too(
    statement: str, found: list[str]
) -> None:
    text = (
        "The old bridge over the Lenna was inspected on Monday.\n\n"
        "“The bridge is safe,” said Hanna Berg, the town's engineer.\n\n"
        "The council meets on Tuesday.\n\n"
        "“I do not believe a word of it,” said Paul Roth, who leads the opposition.\n"
    )
    made = document(text, "en")
    stated = Statement(statement, (evidence_for(made, 2),), "supported")
    assert [one.code for one in checker(Article(made))(stated)] == found
