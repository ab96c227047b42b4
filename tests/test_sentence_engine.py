"""The real engine on what it has no ear for: capitals, figures, signs that it can't write."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path

import pytest

from summ.by_sentence import BySentence
from summ.errors import SummError
from summ.local.translator import BuiltInTranslator
from summ.text.segments import rebuild, segments

pytestmark = [pytest.mark.model, pytest.mark.timeout(120)]


@pytest.fixture
def _engine(model_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("fxtranslate") is None:
        pytest.skip("needs the `local` extra")
    monkeypatch.setenv("SUMM_MODEL_DIR", str(model_store))


def translated(*articles: str) -> list[str]:
    """Whole articles of Markdown in Portuguese, as `summ translate` makes them."""

    async def work() -> list[str]:
        translator = BuiltInTranslator()
        try:
            await translator.prepare("en", "pt")
            return [await _article(BySentence(translator), text) for text in articles]
        except SummError as error:
            pytest.skip(f"has no English and Portuguese: {error}")
        finally:
            await translator.aclose()

    return asyncio.run(work())


async def _article(translator: BySentence, text: str) -> str:
    proses = segments(text, "text/markdown")
    outs = await translator.translate([prose.text for prose in proses], "en", "pt")
    targets = [prose.restore(out or "") for prose, out in zip(proses, outs, strict=True)]
    return rebuild(text, proses, [target or "" for target in targets])


@pytest.mark.usefixtures("_engine")
def test_sentences_in_capitals_are_translated() -> None:
    (text,) = translated("THE LIGHTHOUSE AT THE END OF THE ROAD\n\nMAYOR LEAVES TODAY\n")
    assert text == text.upper()
    assert "FAROL" in text
    assert "ESTRADA" in text
    assert "PREFEITO" in text


@pytest.mark.usefixtures("_engine")
def test_long_figures_come_through() -> None:
    for text in translated(
        "The hospital lost the records of 412,600 patients.",
        "The survey covered 412,600 patients in 1,234 hospitals.",
        "The firm has 412,600 staff and owes £3,480,000 to 17,300 people.",
    ):
        assert "412.600" in text
        assert "," not in text


@pytest.mark.usefixtures("_engine")
@pytest.mark.parametrize(
    "thing",
    [
        "@mayor_harrow",
        "#StopTheBridge",
        r"C:\temp\x.txt",
        "~/notes",
        "{{ site.name }}",
        "{% include x.html %}",
        "&lt;b&gt;",
        "$E = mc^2$",
        "x^2 + y^2 = z^2",
        "--to",
        "C#",
    ],
)
def test_what_is_no_word_comes_through(thing: str) -> None:
    (text,) = translated(f"The clerk said that {thing} was wrong, and went home.\n")
    assert thing in text
    assert "casa" in text


@pytest.mark.usefixtures("_engine")
def test_definitions_come_through() -> None:
    (text,) = translated("Harbour\n: A place for ships\n")
    assert text.split("\n")[1].startswith(": Um")
