from __future__ import annotations

import pytest

from summ.checks.translations import changed_numbers


@pytest.mark.parametrize(
    ("item", "text", "codes"),
    [
        ("Records of 412,600 patients.", "Registros de 412.600 pacientes.", []),
        ("Records of 412,600 patients.", "Registros de 42.600 pacientes.", ["number-changed"]),
        ("It cost 2.5 million in 2023.", "Custou 2,5 milhões em 2023.", []),
        ("It cost 2.5 million in 2023.", "Custou 2,5 milhões em 2032.", ["number-changed"]),
        ("About 45 000 people.", "Rund 45.000 Menschen.", []),
        ("In 2024.", "في عام ٢٠٢٤.", []),
        ("Nobody came.", "Ninguém veio.", []),
        ("It leaves at 5.30 a.m.", "Parte às 5h30.", []),
        ("It leaves at 5.30 a.m.", "Parte às 5h40.", ["number-changed"]),
        ("It leaves at 4.50 p.m.", "Parte às 16:50.", []),
        ("It leaves at 4.50 p.m.", "Parte às 4h50 da tarde.", []),
        ("It leaves at 4.50 p.m.", "Parte às 17:50.", ["number-changed"]),
        ("Open from 8 a.m. to 8 p.m.", "Aberto das 08:00 às 20:00.", []),
        ("Open from 8 a.m. to 8 p.m.", "Aberto das 08:00 às 21:00.", ["number-changed"]),
        ("At 8 a.m. 8 people came.", "Às 08:00 vieram oito pessoas.", ["number-changed"]),
        ("9" * 5000, "8" * 5000, []),
    ],
)
def test_figures_come_through_a_translation(item: str, text: str, codes: list[str]) -> None:
    assert [
        finding.code for finding in changed_numbers([item], [text], ("en", "pt")).values()
    ] == codes


def test_the_place_and_the_figure_are_told() -> None:
    found = changed_numbers(["one", "It is 14.", "7 and 7"], ["um", "São 41.", "7"], ("en", "pt"))
    assert list(found) == [1]
    assert "14" in found[1].message


@pytest.mark.parametrize(
    ("item", "text", "target", "codes"),
    [
        ("It cost 1.5 million.", "Es kostete 1 500 000.", "de", []),
        ("It cost 1.5 million.", "Es kostete 1,5 Milliarden.", "de", ["number-changed"]),
        ("Twelve of 12 came at 6 a.m.", "Zwölf kamen um 6 Uhr.", "de", []),
        ("They came at 6 p.m.", "Вони прийшли о 18:00.", "uk", []),
        ("They came at 6 p.m.", "Вони прийшли о 19:00.", "uk", ["number-changed"]),
        ("It cost $40m.", "Це коштувало 40 млн євро.", "uk", ["number-changed"]),
        ("On 3 May 2024.", "Le 3 mai 2024.", "fr", []),
        ("The dam broke.", "Дамба прорвала, 500 людей загинуло.", "uk", ["number-changed"]),
        ("On 3 May 2024.", "Le 3 mai 2023.", "fr", ["number-changed"]),
        ("“Friday Night” ran on Friday.", "« Friday Night » est passé.", "fr", []),
    ],
)
def test_values_are_compared_where_both_languages_are_known(
    item: str, text: str, target: str, codes: list[str]
) -> None:
    found = changed_numbers([item], [text], ("en-GB", target))
    assert [finding.code for finding in found.values()] == codes
