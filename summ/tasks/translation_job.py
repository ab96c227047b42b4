"""Texts to translate, and what may become of them: what all who translate have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from summ.checks.translations import WARNINGS
from summ.model import Finding, Term
from summ.tasks.glossary import Glossary

SOFT = WARNINGS | {"term-not-kept", "name-differs", "address-not-in-source"}
"""What a translation may have that is better than none: it is told, and stands."""


NOT_ANSWERED = "not-answered"
"""Code of a text that the endpoint gave no answer for."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What became of one text.

    Attributes:
        text: its translation; None: there is none that could be used.
        findings: what the checks found in it; without a translation, in the last attempt.
    """

    text: str | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """Texts to translate, and what counts as a translation.

    Attributes:
        texts: one line each, none empty, with tags (`summ.text.tags`).
        languages: BCP 47 codes of what they are in and should be in.
        audit: what the checks find in a translation of the text at a place (from 0), which
            terms are to be kept to there being given.
        glossary: terms and names to keep to; learns names.
        done: is told each place and what became of it, once.
    """

    texts: Sequence[str]
    languages: tuple[str, str]
    audit: Callable[[int, str, Sequence[Term]], Sequence[Finding]]
    glossary: Glossary
    done: Callable[[int, Rendering], None] = field(default=lambda _place, _rendering: None)


class JobTranslator(Protocol):
    """Translates the texts of jobs.

    Attributes:
        name: of the program that translates; None where it is the run's own model.
    """

    name: str | None

    async def prepare(self, source: str, target: str) -> None:
        """Make sure that the pair can be served, before other work is done for it.

        Raises:
            SummError: it can't be; says what to use instead.
        """
        ...

    async def translate(self, job: Job) -> list[Rendering]:
        """What became of each text of `job`, in its order.

        Raises:
            SummError: nothing could be translated; why.
        """
        ...
