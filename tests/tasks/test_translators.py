"""The two translators behind one port."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from summ.drive import Meter
from summ.model import Profile, Reply, Request, Usage
from summ.translators import BySentence, ModelTranslator
from tests.documents import COUNTER, PROMPTS, reply


class Upper:
    """A translator that writes capitals, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.pairs: list[tuple[str, str]] = []

    async def prepare(self, source: str, target: str) -> None:
        self.pairs.append((source, target))

    async def translate(self, items: Sequence[str], source: str, target: str) -> list[str]:
        self.given += items
        return [item.upper() for item in items]


def by_sentence(items: list[str], target: str = "de") -> tuple[list[str], list[str]]:
    inner = Upper()
    return asyncio.run(BySentence(inner).translate(items, "en", target)), inner.given


def test_sentences_are_translated_one_by_one_and_joined() -> None:
    done, given = by_sentence(["One fact. Another fact! A third?", "Alone.", "No full stop"])
    assert done == ["ONE FACT. ANOTHER FACT! A THIRD?", "ALONE.", "NO FULL STOP"]
    assert given == ["One fact.", "Another fact!", "A third?", "Alone.", "No full stop"]


def test_nothing_stands_between_chinese_sentences() -> None:
    done, _ = by_sentence(["One fact. Another fact."], "zh-Hant")
    assert done == ["ONE FACT.ANOTHER FACT."]
    assert by_sentence(["One fact. Another fact."], "pt-BR")[0] == ["ONE FACT. ANOTHER FACT."]


def test_as_many_come_back_even_of_nothing() -> None:
    assert by_sentence([]) == ([], [])
    assert by_sentence([" ", "One.", ""])[0] == ["", "ONE.", ""]


def test_the_pair_is_made_ready_by_who_translates() -> None:
    inner = Upper()
    asyncio.run(BySentence(inner).prepare("en", "pt"))
    assert inner.pairs == [("en", "pt")]
    asyncio.run(ModelTranslator(German(), PROMPTS, Meter(COUNTER)).prepare("en", "xx"))


class German:
    """A backend that translates into German, whatever it is given."""

    profile = Profile("m", "http://x", 8_000, 4_000)

    def __init__(self) -> None:
        self.asked: list[Request] = []

    async def context(self) -> int:
        return self.profile.context

    async def complete(self, request: Request) -> Reply:
        self.asked.append(request)
        return reply({"items": [{"number": 1, "text": "Guten Tag."}]}, Usage(1, 50, 5, 0))

    async def aclose(self) -> None:
        """Nothing is open."""


def test_a_language_model_is_asked_by_the_names_of_the_languages_and_metered() -> None:
    backend, meter = German(), Meter(COUNTER)
    translator = ModelTranslator(backend, PROMPTS, meter)
    assert asyncio.run(translator.translate(["Good day."], "en", "de")) == ["Guten Tag."]
    (request,) = backend.asked
    assert "English" in request.messages[-1].content
    assert "German" in request.messages[-1].content
    assert request.max_tokens > 0
    assert meter.usage == Usage(1, 50, 5, 0)
