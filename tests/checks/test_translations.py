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
        ("9" * 5000, "8" * 5000, []),
    ],
)
def test_figures_come_through_a_translation(item: str, text: str, codes: list[str]) -> None:
    assert [finding.code for finding in changed_numbers([item], [text]).values()] == codes


def test_the_place_and_the_figure_are_told() -> None:
    found = changed_numbers(["one", "It is 14.", "7 and 7"], ["um", "São 41.", "7"])
    assert list(found) == [1]
    assert "14" in found[1].message
