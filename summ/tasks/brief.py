"""Summary and claims by a model that can be trusted with a whole passage.

It chooses what matters itself, and cites sentences by number; code turns numbers into
evidence and checks that words are shared. Longer articles go through `merge`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from summ.checks.grounding import SentenceIndex, ground
from summ.checks.speakers import speaker_as_written
from summ.model import Claim, Finding, Kind, Reply, Request, Statement
from summ.tasks.passage import Passage
from summ.tasks.prompting import PromptSet, items_schema
from summ.text.shown import shown

STATEMENT_TOKENS = 120
"""Room for one sentence as JSON in the most token-hungry script tried (Ukrainian, Hindi)."""

CLAIM_TOKENS = 180
"""The same for a claim with its speaker and kind."""

BASE_TOKENS = 160
"""Room for what stands around the items."""

ECHOES = frozenset({"One sentence.", "One short sentence."})
"""What the prompts' examples say: small models give it back as if it were a finding."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted of an article.

    Attributes:
        prompts: all prompts.
        language: English name of the article's language, or None when it isn't known.
        length: sentences of the summary.
        claims: key claims at most.
    """

    prompts: PromptSet
    language: str | None
    length: int
    claims: int


_NUMBERS = {"type": "array", "items": {"type": "integer"}}

SUMMARY_SCHEMA = items_schema("summary", {"sentences": _NUMBERS, "text": {"type": "string"}})

CLAIMS_SCHEMA = items_schema(
    "claims",
    {
        "sentences": _NUMBERS,
        "speaker": {"type": ["string", "null"]},
        "claim": {"type": "string"},
        "kind": {"type": "string", "enum": list(get_args(Kind))},
        "importance": {"type": "integer"},
    },
)


def _variables(ask: Ask, passage: Passage, count: int) -> dict[str, str]:
    return {
        "article": passage.block,
        "language": ask.language or "the article's own language",
        "count": str(count),
    }


def summary_request(ask: Ask, passage: Passage, length: int, prompt: str = "summary") -> Request:
    """Ask for `length` sentences about `passage`, with citations.

    Args:
        ask: what is wanted of the article.
        passage: the lines to show.
        length: sentences.
        prompt: `summary` of an article, `notes` on a part of one, or `merge` of such notes.
    """
    return Request(
        task="merge" if prompt == "merge" else "summary",
        messages=ask.prompts.render(prompt, _variables(ask, passage, length)),
        max_tokens=BASE_TOKENS + STATEMENT_TOKENS * length,
        schema=SUMMARY_SCHEMA,
    )


def claims_request(ask: Ask, passage: Passage, most: int) -> Request:
    """Ask for at most `most` key claims of `passage`, with citations."""
    return Request(
        task="claims",
        messages=ask.prompts.render("claims", _variables(ask, passage, most)),
        max_tokens=BASE_TOKENS + CLAIM_TOKENS * most,
        schema=CLAIMS_SCHEMA,
    )


def read_summary(
    reply: Reply, index: SentenceIndex, sources: Mapping[int, Collection[int]], most: int
) -> list[Statement]:
    """Statements from a reply to `summary_request`.

    Args:
        reply: it, valid against `SUMMARY_SCHEMA`.
        index: the article.
        sources: for each number that may be cited, the sentences that it stands for: a
            sentence for itself, a note for those of its own evidence.
        most: statements beyond this many are left off.
    """
    allowed = {number for numbers in sources.values() for number in numbers}
    statements: list[Statement] = []
    for item in reply.data["summary"]:
        text = shown(item["text"])
        if text and text not in ECHOES and len(statements) < most:
            statements.append(read_statement(index, text, _cited(item, sources), allowed))
    return statements


def read_claims(
    reply: Reply, index: SentenceIndex, sources: Mapping[int, Collection[int]], most: int
) -> list[Claim]:
    """Claims from a reply to `claims_request`; arguments as for `read_summary`."""
    allowed = {number for numbers in sources.values() for number in numbers}
    claims: list[Claim] = []
    for item in reply.data["claims"]:
        text = shown(item["claim"])
        if text and text not in ECHOES and len(claims) < most:
            base = read_statement(index, text, _cited(item, sources), allowed)
            claims.append(
                with_speaker(index, base, item["speaker"], item["kind"], item["importance"])
            )
    return claims


def _cited(item: Mapping[str, Any], sources: Mapping[int, Collection[int]]) -> set[int]:
    return {number for cited in item["sentences"] for number in sources.get(cited, ())}


def read_statement(
    index: SentenceIndex, text: str, cited: Collection[int], allowed: Collection[int]
) -> Statement:
    """A statement that a model made, bound to the sentences that it rests on."""
    grounding = ground(index, text, cited, allowed)
    return Statement(text, grounding.evidence, grounding.support, grounding.findings)


def with_speaker(
    index: SentenceIndex, base: Statement, given: str | None, kind: Kind, importance: float
) -> Claim:
    """A claim from its statement; a speaker whom the article never names is not kept.

    Args:
        index: the article.
        base: what is claimed.
        given: who says it, as the model has it.
        kind: of claim.
        importance: 1 to 3; what is outside is drawn in.
    """
    speaker = shown(given or "") or None
    written = speaker_as_written(index, speaker, base) if speaker else None
    findings = base.findings
    support = base.support
    if speaker and written is None:
        speaker = None
        support = "partial" if support == "supported" else support
        findings += (
            Finding("speaker-not-in-source", "The speaker that was given is not in the article."),
        )
    return Claim(
        text=base.text,
        evidence=base.evidence,
        support=support,
        findings=findings,
        kind=kind,
        speaker=speaker,
        speaker_as_written=written,
        # To JSON Schema 2.0 is an integer, too.
        importance=int(min(3, max(1, importance))),
    )


def sentence_sources(passage: Passage) -> dict[int, tuple[int, ...]]:
    """Each sentence of a passage of the article stands for itself."""
    return {number: (number,) for number in passage.numbers}
