"""Summary and claims by a model too small to be trusted with a passage.

Asked to choose, rewrite and attribute over a whole article, a model of 1.5B parameters
copies the lead, swaps speakers and joins halves of sentences into false ones. Asked to
shorten one sentence it is reliable, in English. So code chooses the sentences
(`salience`), finds who speaks (`checks.speech`), and keeps a shortened sentence only if
nothing in it is new (`checks.restatement`) and no other check finds anything; otherwise,
and in other languages, the sentence of the article stands as it is. A statement's evidence
is right by construction.

The request holds no article, on purpose: with it in view the model answers about
neighbouring sentences. All requests begin with the same examples, which a server
evaluates once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summ.checks.grounding import evidence_for
from summ.checks.instructions import addresses_model, instruction_findings
from summ.checks.registry import Auditor
from summ.checks.restatement import attributed, faults, tidied
from summ.checks.speech import Speaker, speakers
from summ.errors import EndpointError
from summ.model import (
    Claim,
    Document,
    Finding,
    Kind,
    Reply,
    Request,
    Span,
    Statement,
)
from summ.tasks import salience
from summ.tasks.prompting import PromptSet
from summ.tasks.repair import Audited, audited, is_doubtful
from summ.tasks.steps import Steps
from summ.text.shown import shown

REWRITES = ("en",)
"""Languages in which the small model shortens faithfully (Ukrainian, German, Russian and
Spanish came back in English, or false)."""

SHORT = 14
"""Words up to which a sentence is short enough as it is."""

LONG = 1_000
"""Characters beyond which a sentence is not sent: a list or a table, most likely."""

REPLY_TOKENS = 90
"""Four times what the examples use."""

_PREDICTION = re.compile(
    # "who will qualify" and "if it will" predict nothing.
    r"(?<!who )(?<!what )(?<!whether )(?<!if )(?<!when )(?<!which )"
    r"\b(?:will|(?:is|are) (?:expected|due|likely|set) to|forecasts?|predicts?|predicted"
    r"|voraussichtlich|prognosti\w+|очіку\w+|прогноз\w+|ожида\w+|se espera|s’attend)\b",
    re.IGNORECASE,
)
_ALLEGATION = re.compile(
    r"\b(?:alleg\w+|accus\w+|reportedly|purported\w*|angeblich|mutmaßlich\w*|beschuldig\w+"
    r"|нібито|звинува\w+|якобы|обвин\w+|presunt\w+|prétendu\w*)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"he", "she", "it", "they", "this", "that", "these", "those", "there"})
_FIGURE = re.compile(
    r"[$€£¥₴]\s?\d|\d\s?(?:%|percent|per cent|Prozent|відсотк\w+|процент\w*|m\b|bn\b|млн|Mio)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What code chose of an article.

    Attributes:
        document: the article.
        summary: numbers of the sentences for the summary.
        claims: those for the claims.
        speakers: who speaks in each sentence.
    """

    document: Document
    summary: tuple[int, ...]
    claims: tuple[int, ...]
    speakers: tuple[Speaker | None, ...]


def choose(document: Document, length: int, claims: int) -> Choice:
    """Sentences for a summary of `length` sentences and for `claims` claims."""
    who = speakers(document)
    names = [speaker.name if speaker else None for speaker in who]
    summary = salience.select(document, length, salience.SUMMARY, speakers=names)
    picks = (
        salience.select(document, claims, salience.CLAIMS, speakers=names, avoid=summary)
        if claims
        else []
    )
    return Choice(document, tuple(summary), tuple(picks), who)


@dataclass(frozen=True, slots=True)
class Guided:
    """What a small model and code make of an article.

    Attributes:
        audited: summary and claims, each in the article's order, checked.
        seen: what of the article the model read.
    """

    audited: Audited
    seen: tuple[Span, ...]


def guided_steps(prompts: PromptSet, choice: Choice, auditor: Auditor) -> Steps[Guided]:
    """Summary and claims from the sentences chosen for them.

    A sentence that can't be shortened stands as it is.

    Raises:
        EndpointError: the model answered nothing at all.
    """
    document = choice.document
    shortened = yield from _shortened(prompts, choice, auditor)
    texts = shortened.texts
    summary = tuple(
        Statement(
            _attributed(choice, number, texts[number]),
            (evidence_for(document, number),),
            "supported",
        )
        for number in choice.summary
    )
    claims = tuple(_claim(choice, number, texts[number]) for number in choice.claims)
    done = audited(auditor, summary, claims)
    numbers = (*choice.summary, *choice.claims)
    before = sum(
        number in shortened.refused or is_doubtful(one)
        for number, one in zip(numbers, (*done.summary, *done.claims), strict=True)
    )
    return Guided(
        replace(done, tally=replace(done.tally, doubtful_before_repair=before)),
        shortened.read,
    )


def shorten_requests(prompts: PromptSet, choice: Choice) -> dict[int, Request]:
    """What the model is asked, by the number of the sentence."""
    document = choice.document
    if not _rewrites(document):
        return {}
    requests = {}
    for number in (*choice.summary, *choice.claims):
        text = shown(document.sentence(number))
        long = len(text.split()) > SHORT and len(text) <= LONG
        if long and not addresses_model(text):
            requests[number] = _request(prompts, text)
    return requests


def _rewrites(document: Document) -> bool:
    return (document.language or "").split("-")[0] in REWRITES


@dataclass(frozen=True, slots=True)
class _Shortened:
    """What the model made of the chosen sentences.

    Attributes:
        texts: what stands for each sentence, by its number.
        read: spans that the model read.
        refused: numbers of the sentences whose shortening code did not let stand.
    """

    texts: dict[int, str]
    read: tuple[Span, ...]
    refused: frozenset[int]


def _shortened(prompts: PromptSet, choice: Choice, auditor: Auditor) -> Steps[_Shortened]:
    """The chosen sentences, shortened where that is safe.

    What can't stand is not sent back: told what was wrong, the built-in model mended none
    of 14 shortenings, and the sentence itself is a better repair than a third try.

    Raises:
        EndpointError: the model answered nothing at all.
    """
    document = choice.document
    chosen = (*choice.summary, *choice.claims)
    texts = {number: shown(document.sentence(number)) for number in chosen}
    requests = shorten_requests(prompts, choice)
    if not requests:
        return _Shortened(texts, (), frozenset())
    # One after the other: the prefix cache of a small server holds one prompt.
    outcomes = yield tuple(requests.values())
    errors = [outcome for outcome in outcomes if isinstance(outcome, EndpointError)]
    if len(errors) == len(requests):
        raise errors[0]
    read, refused = [], []
    for number, outcome in zip(requests, outcomes, strict=True):
        if isinstance(outcome, EndpointError):
            continue
        read.append(document.sentences[number - 1])
        if isinstance(outcome, Reply):
            text = tidied(shown(outcome.text))
            if _may_stand(text, choice, number, auditor):
                texts[number] = text
            else:
                refused.append(number)
    return _Shortened(texts, tuple(read), frozenset(refused))


def _may_stand(text: str, choice: Choice, number: int, auditor: Auditor) -> bool:
    """Whether no check finds anything in a shortened sentence."""
    speaker = choice.speakers[number - 1]
    sentence = shown(choice.document.sentence(number))
    if faults(text, sentence, speaker.name if speaker else None):
        return False
    evidence = (evidence_for(choice.document, number),)
    return not auditor.findings(Statement(text, evidence, "supported"))


def _request(prompts: PromptSet, sentence: str) -> Request:
    return Request(
        task="shorten",
        messages=prompts.render("shorten", {"sentence": sentence}),
        max_tokens=REPLY_TOKENS,
    )


def _attributed(choice: Choice, number: int, text: str) -> str:
    """A shortened sentence that lost its speaker gets them back."""
    speaker = choice.speakers[number - 1]
    if speaker is None or text == shown(choice.document.sentence(number)):
        return text
    return attributed(text, speaker.name)


def _claim(choice: Choice, number: int, text: str) -> Claim:
    """A claim of one sentence."""
    sentence = shown(choice.document.sentence(number))
    speaker = choice.speakers[number - 1]
    if speaker is not None and text != sentence:
        text = _without_speaker(text, speaker.name)
    return Claim(
        text=text,
        evidence=(evidence_for(choice.document, number),),
        support="supported",
        kind=_kind(sentence),
        # "the union" heads a claim as a name would.
        speaker=speaker.name[:1].upper() + speaker.name[1:] if speaker else None,
        speaker_as_written=speaker.as_written if speaker else None,
    )


def _without_speaker(text: str, name: str) -> str:
    """A shortened claim without "Ann Roe said" before it: the speaker stands beside it."""
    names = "|".join(re.escape(part) for part in (name, name.split()[-1]))
    said = re.match(rf"(?:\w+\.? ){{0,3}}(?:{names}) (?:said|says|added) (?:that )?(?=\w)", text)
    rest = text[said.end() :] if said else ""
    # "Roe said they know more" can't stand without Roe.
    if len(rest.split()) < 4 or rest.split()[0] in _PRONOUNS:
        return text
    return rest[0].upper() + rest[1:]


def _kind(sentence: str) -> Kind:
    """The kind of a claim by its words; `fact` where they say nothing else."""
    if _ALLEGATION.search(sentence):
        return "allegation"
    if _PREDICTION.search(sentence):
        return "prediction"
    return "figure" if _FIGURE.search(sentence) else "fact"


def guided_findings(document: Document, sent: Sequence[Span]) -> tuple[Finding, ...]:
    """How this was made, and what in the article speaks to a model.

    Args:
        document: the article.
        sent: what of it the model read.
    """
    if sent:
        how = Finding(
            "selected-by-code",
            "Code chose the sentences; the small model was shown only those it shortened.",
        )
    else:
        how = Finding(
            "extracted", "These are sentences of the article itself; no model has shortened them."
        )
    return (how, *instruction_findings(document))
