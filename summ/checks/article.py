"""One article as the checks see it: what several of them need is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeAlias

from summ.checks._speech.cues import speech_cues
from summ.checks._speech.quotes import Quotation, quotations
from summ.checks.grounding import SentenceIndex, evidence_for
from summ.checks.speech import Speaker, speakers
from summ.model import Document, Finding, Statement


class Article:
    """An article, and what is made of it when a check first asks.

    Attributes:
        document: the article as a model sees it, without hidden characters: the numbers of
            its sentences are the article's, offsets may not be.
        original: the article itself, whose offsets are those of findings.
        index: the sentences of `original`, ready to be compared.
        language: primary subtag of its language (`en`, `zh`), empty when it isn't known.
        prompts: texts that a model was given beside the article.
    """

    def __init__(
        self,
        document: Document,
        index: SentenceIndex | None = None,
        prompts: Sequence[str] = (),
    ) -> None:
        """Hold on to `document`; `index` is made unless it is there already."""
        self.original = document
        self.index = index or SentenceIndex(document)
        self.document = self.index.seen
        self.language = (document.language or "").lower().partition("-")[0]
        self.prompts = tuple(prompts)

    @cached_property
    def speakers(self) -> tuple[Speaker | None, ...]:
        """Who speaks in each sentence, number n at index n - 1."""
        return speakers(self.document)

    @cached_property
    def direct_speech(self) -> tuple[Quotation, ...]:
        """All direct speech, in order, marks included, attributions left out."""
        return quotations(self.document, speech_cues(self.language))

    def place(self, number: int) -> tuple[int, int]:
        """Where sentence `number` stands in the article itself, for a finding's offsets."""
        evidence = evidence_for(self.original, number)
        return evidence.start, evidence.end

    def near(self, statement: Statement, reach: int = 1) -> tuple[int, ...]:
        """Numbers of the sentences within `reach` of the evidence, itself left out."""
        cited = {evidence.sentence for evidence in statement.evidence}
        last = len(self.document.sentences)
        around = {
            number
            for at in cited
            for number in range(max(1, at - reach), min(last, at + reach) + 1)
        }
        return tuple(sorted(around - cited))


StatementCheck: TypeAlias = Callable[[Statement], Iterable[Finding]]
"""What is wrong with a statement, by one check; a claim is a statement too."""

Check: TypeAlias = Callable[[Article], StatementCheck]
"""Made once for an article. What is costly, it makes when a statement first needs it."""
