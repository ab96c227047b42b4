"""Is the output in the language that was asked for?"""

from __future__ import annotations

import pytest

from summ.checks.languages import LONG, output_language, wrong_items

EN = "The council voted for the plan on Tuesday night after a debate that lasted four hours."
DE = "Der Gemeinderat stimmte dem Plan am Dienstagabend nach einer vierstündigen Debatte zu."
UK = "Рада підтримала план у вівторок увечері після дебатів, які тривали чотири години."
ZH = "市议会经过四个小时的辩论，于星期二晚上通过了该计划，反对派表示失望。"
NAME = "Ruth Calder"


@pytest.mark.parametrize(("text", "code"), [(DE, "de"), (UK, "uk"), (ZH, "zh"), (DE, "de-AT")])
def test_a_translation_in_its_language_is_fine(text: str, code: str) -> None:
    assert wrong_items([EN], [text], code) == {}


@pytest.mark.parametrize(("text", "code"), [(UK, "de"), (DE, "uk"), (EN + " x", "fr"), (ZH, "ja")])
def test_another_language_is_found(text: str, code: str) -> None:
    assert wrong_items([EN], [text], code)[0].code == "wrong-language"


@pytest.mark.parametrize("text", ["", " \n", EN])
def test_nothing_and_a_copy_are_untranslated(text: str) -> None:
    assert wrong_items([EN], [text], "de")[0].code == "untranslated"


def test_names_and_figures_may_stay() -> None:
    assert len(NAME) < LONG
    assert wrong_items([NAME, "2.3", "€ 5"], [NAME, "2.3", "€ 5"], "uk") == {}


def test_findings_tell_the_place() -> None:
    found = wrong_items([EN, EN, NAME], [DE, EN, ""], "de")
    assert sorted(found) == [1, 2]
    assert "Item 2 " in found[1].message


def test_a_different_number_of_items_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zip"):
        wrong_items([EN], [], "de")


def test_output_in_the_articles_language_is_fine() -> None:
    assert output_language([UK, UK], "uk") == ()
    assert output_language([EN], None) == ()
    assert output_language([], "uk") == ()
    (finding,) = output_language([EN, EN], "uk")
    assert finding.code == "wrong-language"
