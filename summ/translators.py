"""Whole items into another language, whoever translates.

The port takes items and gives as many back. A language model takes them as they are; the
built-in translator cuts long input off silently, and is given sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from summ.drive import Meter, drive
from summ.llm.port import Backend
from summ.model import Translator
from summ.tasks.prompting import PromptSet
from summ.tasks.translation import translation_steps
from summ.text.language_names import english_name
from summ.text.sentences import split_sentences

_UNSPACED = ("zh", "ja", "th", "lo", "km", "my")


class ModelTranslator:
    """Translates through a language model; its calls are counted by the meter."""

    def __init__(self, backend: Backend, prompts: PromptSet, meter: Meter) -> None:
        """Hold on to what calls need."""
        self._backend = backend
        self._prompts = prompts
        self._meter = meter

    async def prepare(self, source: str, target: str) -> None:
        """See `Translator`; a language model takes every pair."""

    async def translate(self, items: Sequence[str], source: str, target: str) -> list[str]:
        """See `Translator`; an item that fails twice comes back as it is."""
        steps = translation_steps(
            self._prompts, items, english_name(source), (target, english_name(target))
        )
        return await drive(steps, self._backend, self._meter)


class BySentence:
    """Gives another translator one sentence at a time, and joins what comes back."""

    def __init__(self, translator: Translator) -> None:
        """Wrap `translator`."""
        self._translator = translator

    async def prepare(self, source: str, target: str) -> None:
        """See `Translator`."""
        await self._translator.prepare(source, target)

    async def translate(self, items: Sequence[str], source: str, target: str) -> list[str]:
        """See `Translator`."""
        pieces = [
            [piece for span in split_sentences(item) if (piece := span.of(item).strip())]
            for item in items
        ]
        flat = [sentence for sentences in pieces for sentence in sentences]
        done = iter(await self._translator.translate(flat, source, target))
        joint = "" if target.split("-")[0] in _UNSPACED else " "
        return [joint.join(next(done) for _ in sentences) for sentences in pieces]
