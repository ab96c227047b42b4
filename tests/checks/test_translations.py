from __future__ import annotations

import pytest

from summ.checks.translations import changed_figures


@pytest.mark.parametrize(
    ("item", "text", "changed"),
    [
        ("Records of 412,600 patients.", "Registros de 412.600 pacientes.", False),
        ("Records of 412,600 patients.", "Registros de 42.600 pacientes.", True),
        ("It cost 2.5 million in 2023.", "Custou 2,5 milhões em 2023.", False),
        ("It cost 2.5 million in 2023.", "Custou 2,5 milhões em 2032.", True),
        ("About 45 000 people.", "Rund 45.000 Menschen.", False),
        ("In 2024.", "في عام ٢٠٢٤.", False),
        ("Nobody came.", "Ninguém veio.", False),
        ("It leaves at 5.30 a.m.", "Parte às 5h30.", False),
        ("It leaves at 5.30 a.m.", "Parte às 5h40.", True),
        ("It leaves at 4.50 p.m.", "Parte às 16:50.", False),
        ("It leaves at 4.50 p.m.", "Parte às 4h50 da tarde.", False),
        ("It leaves at 4.50 p.m.", "Parte às 17:50.", True),
        ("Open from 8 a.m. to 8 p.m.", "Aberto das 08:00 às 20:00.", False),
        ("Open from 8 a.m. to 8 p.m.", "Aberto das 08:00 às 21:00.", True),
        ("At 8 a.m. 8 people came.", "Às 08:00 vieram oito pessoas.", True),
        ("9" * 5000, "8" * 5000, False),
    ],
)
def test_figures_come_through_a_translation(item: str, text: str, changed: bool) -> None:
    assert bool(changed_figures(item, text, ("en", "pt"))) == changed


def test_the_figure_is_told_and_where_it_is_missing() -> None:
    assert changed_figures("It is 14.", "São 41.", ("en", "pt")) == "translation: 14"
    assert changed_figures("7 and 7", "7", ("en", "pt")) == ""


@pytest.mark.parametrize(
    ("item", "text", "target", "changed"),
    [
        ("It cost 1.5 million.", "Es kostete 1 500 000.", "de", False),
        ("It cost 1.5 million.", "Es kostete 1,5 Milliarden.", "de", True),
        ("Twelve of 12 came at 6 a.m.", "Zwölf kamen um 6 Uhr.", "de", False),
        ("They came at 6 p.m.", "Вони прийшли о 18:00.", "uk", False),
        ("They came at 6 p.m.", "Вони прийшли о 19:00.", "uk", True),
        ("It cost $40m.", "Це коштувало 40 млн євро.", "uk", True),
        ("On 3 May 2024.", "Le 3 mai 2024.", "fr", False),
        ("The dam broke.", "Дамба прорвала, 500 людей загинуло.", "uk", True),
        ("On 3 May 2024.", "Le 3 mai 2023.", "fr", True),
        ("“Friday Night” ran on Friday.", "« Friday Night » est passé.", "fr", False),
    ],
)
def test_values_are_compared_where_both_languages_are_known(
    item: str, text: str, target: str, changed: bool
) -> None:
    assert bool(changed_figures(item, text, ("en-GB", target))) == changed
