"""What a report would take, told beforehand: for `--dry-run`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summ.analysis import TEXT, Wanted, ask_for, choice_for, layout_for, targets_for
from summ.model import ChunkReceipt, Document, Plan, Price, Profile, Source, Span, Term
from summ.tasks.glossary import Glossary
from summ.tasks.guided import shorten_requests
from summ.tasks.layout import NOTHING, Estimate, estimate, of_request, of_translation
from summ.tasks.prompting import PromptSet
from summ.tasks.reading import CLAIMS, SUMMARY
from summ.tasks.translation import MOST_EACH, Means, budget_within, most_requests
from summ.tasks.translation_request import Manner, Style
from summ.text.document import annotate
from summ.text.language_names import english_name
from summ.text.tokens import TokenCounter
from summ.translators import BUILT_IN
from summ.whole_text import WholeText, spans_read


@dataclass(frozen=True, slots=True)
class Planned:
    """With what a report would be made.

    Attributes:
        profile: the model.
        prompts: all prompts.
        counter: counts tokens as the model does.
        style: how translations are wanted.
        terms: of the user's glossary.
    """

    profile: Profile
    prompts: PromptSet
    counter: TokenCounter
    style: Style = field(default_factory=Style)
    terms: tuple[Term, ...] = ()


def make_plan(source: Source, wanted: Wanted, planned: Planned) -> Plan:
    """What a report of `source` would take; nothing is sent or opened.

    Raises:
        SummError: what a run would raise before its first request.
    """
    document = annotate(source, wanted.language)
    profile, plain = planned.profile, planned.counter.plain
    targets = targets_for(document, wanted)
    chunks: Sequence[Span] = ()
    takes, again = NOTHING, 0
    if wanted.parts - {TEXT}:
        read = _guided if profile.group is not None else _read
        chunks, takes = read(document, wanted, planned)
    elif targets:
        whole = WholeText(document, targets[0], planned.prompts.texts)
        chunks = spans_read(document, (whole.translation(),))
    by_program = profile.group is not None
    if not by_program:
        for target in targets:
            translated, more = _translated(document, wanted, planned, target)
            takes, again = takes + translated, again + more
    no_model = by_program and not wanted.parts - {TEXT}
    return Plan(
        uri=source.uri,
        language=document.language,
        characters=len(source.text),
        tokens=plain.count(source.text),
        sentences=len(document.sentences),
        model=BUILT_IN if no_model else profile.model,
        endpoint=profile.endpoint,
        context=0 if no_model else profile.context,
        targets=tuple(targets),
        by_program=by_program and bool(targets),
        chunks=tuple(
            ChunkReceipt(span.start, span.end, plain.count(span.of(source.text))) for span in chunks
        ),
        calls=takes.calls,
        repairs=again,
        prompt_tokens=takes.prompt_tokens,
        completion_tokens=takes.completion_tokens,
        cost_usd=_cost(profile.price, takes),
    )


def _guided(
    document: Document, wanted: Wanted, planned: Planned
) -> tuple[Sequence[Span], Estimate]:
    """The sentences that a small model is shown, and what that takes."""
    requests = shorten_requests(planned.prompts, choice_for(document, wanted))
    takes = NOTHING
    for request in requests.values():
        takes += of_request(request, 1, planned.counter)
    return [document.sentences[number - 1] for number in sorted(requests)], takes


def _read(document: Document, wanted: Wanted, planned: Planned) -> tuple[Sequence[Span], Estimate]:
    """The passages that a large model is shown, and what that takes."""
    ask = ask_for(document, wanted, planned.prompts)
    profile, counter = planned.profile, planned.counter
    layout = layout_for(document, wanted, ask, profile, profile.context, counter)
    takes = estimate(layout, ask, counter)
    return [passage.chunk.span for passage in layout.passages if passage.chunk], takes


def _translated(
    document: Document, wanted: Wanted, planned: Planned, target: str
) -> tuple[Estimate, int]:
    """What a translation takes, and the most requests that repairing it can add."""
    manner = Manner(english_name(document.language or ""), english_name(target), planned.style)
    budget = budget_within(planned.profile.context)
    means = Means(planned.prompts, manner, planned.counter, budget)
    terms = Glossary(planned.terms, (document.language, target)).relevant([document.text])
    takes, most = NOTHING, 0
    statements = {SUMMARY: wanted.length, CLAIMS: wanted.claims}
    items = sum(count for part, count in statements.items() if part in wanted.parts)
    if items:
        items += 1  # the title
        takes += of_translation(means, (), terms, unknown=items)
        most += MOST_EACH * items  # how long they are is not known, nor so their groups
    if TEXT in wanted.parts:
        whole = WholeText(document, target, planned.prompts.texts)
        for texts in map(whole.texts, whole.places):
            takes += of_translation(means, texts, terms)
            most += most_requests([planned.counter.count(text) for text in texts], budget)
    return takes, most - takes.calls.get("translate", 0)


def _cost(price: Price | None, takes: Estimate) -> tuple[float, float] | None:
    """US dollars, at least and at most; what a server's cache saves is not counted on."""
    if price is None:
        return None
    low, high = (
        price.cost(prompt, 0, completion)
        for prompt, completion in zip(takes.prompt_tokens, takes.completion_tokens, strict=True)
    )
    return low, high
