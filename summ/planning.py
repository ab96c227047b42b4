"""What a report would take, told beforehand: for `--dry-run`."""

from __future__ import annotations

from collections.abc import Sequence

from summ.analysis import Wanted, ask_for, choice_for, layout_for, targets_for
from summ.model import ChunkReceipt, Document, Plan, Price, Profile, Source, Span
from summ.tasks.guided import shorten_requests
from summ.tasks.layout import NOTHING, Estimate, estimate, of_request, of_translation
from summ.tasks.prompting import PromptSet
from summ.tasks.reading import CLAIMS, SUMMARY
from summ.text.document import annotate
from summ.text.language_names import english_name
from summ.text.tokens import TokenCounter


def make_plan(
    source: Source, wanted: Wanted, profile: Profile, prompts: PromptSet, counter: TokenCounter
) -> Plan:
    """What a report of `source` would take; nothing is sent or opened.

    Raises:
        SummError: what a run would raise before its first request.
    """
    document = annotate(source, wanted.language)
    plain = counter.plain
    if profile.group is not None:
        targets_for(document, wanted)  # translated by another model, but the language must be known
        chunks, takes = _guided(document, wanted, prompts, counter)
    else:
        chunks, takes = _read(document, wanted, profile, prompts, counter)
    return Plan(
        uri=source.uri,
        language=document.language,
        characters=len(source.text),
        tokens=plain.count(source.text),
        sentences=len(document.sentences),
        model=profile.model,
        endpoint=profile.endpoint,
        context=profile.context,
        chunks=tuple(
            ChunkReceipt(span.start, span.end, plain.count(span.of(source.text))) for span in chunks
        ),
        calls=takes.calls,
        prompt_tokens=takes.prompt_tokens,
        completion_tokens=takes.completion_tokens,
        cost_usd=_cost(profile.price, takes),
    )


def _guided(
    document: Document, wanted: Wanted, prompts: PromptSet, counter: TokenCounter
) -> tuple[Sequence[Span], Estimate]:
    """The sentences that a small model is shown, and what that takes."""
    requests = shorten_requests(prompts, choice_for(document, wanted))
    takes = NOTHING
    for request in requests.values():
        takes += of_request(request, 1, counter)
    return [document.sentences[number - 1] for number in sorted(requests)], takes


def _read(
    document: Document,
    wanted: Wanted,
    profile: Profile,
    prompts: PromptSet,
    counter: TokenCounter,
) -> tuple[Sequence[Span], Estimate]:
    """The passages that a large model is shown, and what that and translations take."""
    ask = ask_for(document, wanted, prompts)
    layout = layout_for(document, wanted, ask, profile, profile.context, counter)
    takes = estimate(layout, ask, counter)
    statements = {SUMMARY: wanted.length, CLAIMS: wanted.claims}
    items = 1 + sum(statements[part] for part in layout.parts)  # and the title
    for target in targets_for(document, wanted):
        languages = (english_name(document.language or ""), english_name(target))
        takes += of_translation(prompts, items, languages, counter)
    return [passage.chunk.span for passage in layout.passages if passage.chunk], takes


def _cost(price: Price | None, takes: Estimate) -> tuple[float, float] | None:
    """US dollars, at least and at most; what a server's cache saves is not counted on."""
    if price is None:
        return None
    low, high = (
        price.cost(prompt, 0, completion)
        for prompt, completion in zip(takes.prompt_tokens, takes.completion_tokens, strict=True)
    )
    return low, high
