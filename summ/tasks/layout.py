"""How an article is going to be read: its passages, what each is asked for, the merges.

A run follows a layout, and a dry run counts what it takes: what was announced is what
happens, as long as the model gives what it is asked for and nothing has to be asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summ.model import Document, Profile, Request, Term
from summ.tasks.brief import (
    BASE_TOKENS,
    CLAIM_TOKENS,
    STATEMENT_TOKENS,
    Ask,
    claims_request,
    summary_request,
)
from summ.tasks.merge import Tree, inner_target, notes_wanted, plan_tree, room_for
from summ.tasks.passage import Passage, document_passages, notes_passage
from summ.tasks.pooling import claims_wanted
from summ.tasks.reading import CLAIMS, LEAST_BUDGET, SUMMARY
from summ.tasks.translation import Means, around, cut_groups
from summ.tasks.translation_request import GROWTH, translation_request
from summ.text.tokens import TokenCounter

PROMPT_OVERHEAD = 700
"""Tokens kept free for the system text, the task and the chat template."""

SHORT_STATEMENT = 12
"""Tokens of a short sentence, for the lower end of an estimate; `STATEMENT_TOKENS` for the
upper."""

STATEMENT = 28
"""Tokens of a usual one."""

_COUNTS = (1, 2, 4, 8, 16)  # of passages, for which room is sought
_LINE = 6  # tokens of a note's number and of the line's end
_ITEM = 12  # the same for what stands around a statement in a JSON reply


@dataclass(frozen=True, slots=True)
class Layout:
    """How one article is read.

    Attributes:
        passages: all of it, in order.
        budget: most tokens of a passage's block.
        parts: what each passage is asked for, in order (`summary`, `claims`).
        notes: notes asked of a passage.
        claims: claims asked of a passage.
        tree: how the notes are merged.
    """

    passages: tuple[Passage, ...]
    budget: int
    parts: tuple[str, ...]
    notes: int
    claims: int
    tree: Tree


@dataclass(frozen=True, slots=True)
class Estimate:
    """What requests are expected to take.

    Attributes:
        calls: requests by task.
        prompt_tokens: tokens that will be read, at least and at most.
        completion_tokens: tokens that will be written, at least and at most.
    """

    calls: Mapping[str, int]
    prompt_tokens: tuple[int, int]
    completion_tokens: tuple[int, int]

    def __add__(self, other: Estimate) -> Estimate:
        """Both together."""
        tasks = dict.fromkeys((*self.calls, *other.calls))
        return Estimate(
            {task: self.calls.get(task, 0) + other.calls.get(task, 0) for task in tasks},
            _sum(self.prompt_tokens, other.prompt_tokens),
            _sum(self.completion_tokens, other.completion_tokens),
        )


NOTHING = Estimate({}, (0, 0), (0, 0))


def passage_budget(
    profile: Profile, context: int, ask: Ask, parts: Sequence[str], passages: int
) -> int:
    """Most tokens of a passage's block: what the model holds, and is trusted with at once.

    Args:
        profile: the model.
        context: tokens of prompt and reply together.
        ask: what is wanted of the article.
        parts: what each passage is asked for (`summary`, `claims`).
        passages: that there are; the more, the fewer claims each is asked for.

    Returns:
        Below `LEAST_BUDGET` where the context has no room for an article.
    """
    longest = 0
    if SUMMARY in parts:
        longest = STATEMENT_TOKENS * notes_wanted(ask.length, passages)
    if CLAIMS in parts:
        longest = max(longest, CLAIM_TOKENS * claims_wanted(ask.claims, passages))
    return min(profile.comfortable, context - BASE_TOKENS - longest - PROMPT_OVERHEAD)


def lay_out(
    document: Document,
    ask: Ask,
    parts: Sequence[str],
    counter: TokenCounter,
    room: Callable[[int], int],
) -> Layout | None:
    """Decide how to read `document`; None where the model has no room for any article.

    Args:
        document: the article.
        ask: what is wanted of it.
        parts: what each passage is asked for (`summary`, `claims`).
        counter: counts tokens as the model does.
        room: most tokens of a passage's block when there are so many passages.
    """
    # Where the context is small, passages that are asked for less leave room for themselves.
    for count in _COUNTS:
        budget = room(count)
        if budget >= LEAST_BUDGET:
            break
    else:
        return None
    passages = document_passages(document, budget, counter)
    count = max(count, len(passages))
    notes = notes_wanted(ask.length, count)
    return Layout(
        passages=tuple(passages),
        budget=budget,
        parts=tuple(parts),
        notes=min(notes, ask.length) if len(passages) == 1 else notes,
        claims=claims_wanted(ask.claims, count),
        tree=plan_tree(len(passages), notes, room_for(budget), ask.length),
    )


def estimate(layout: Layout, ask: Ask, counter: TokenCounter) -> Estimate:
    """What reading by `layout` takes."""
    total = NOTHING
    prompt = "summary" if len(layout.passages) == 1 else "notes"
    for passage in layout.passages:
        if SUMMARY in layout.parts:
            request = summary_request(ask, passage, layout.notes, prompt)
            total += of_request(request, layout.notes, counter)
        if CLAIMS in layout.parts:
            request = claims_request(ask, passage, layout.claims)
            total += of_request(request, layout.claims, counter)
    if SUMMARY in layout.parts:
        for notes, target in _merges(layout.tree, layout.notes, ask.length):
            request = summary_request(ask, notes_passage([]), target, "merge")
            total += of_request(request, target, counter, shown=notes)
    return total


def of_request(
    request: Request, statements: int, counter: TokenCounter, shown: int = 0
) -> Estimate:
    """What one request takes.

    Args:
        request: it, without what is not known yet.
        statements: that it asks for.
        counter: counts its tokens.
        shown: statements that it will show, and does not yet.
    """
    contents = [message.content for message in request.messages]
    plain = [counter.plain.count(content) for content in contents]
    # The margin of a model whose tokenizer is not known may be needed, or not.
    least, most = sum(plain), sum(map(counter.scaled, plain, contents))
    low, high = SHORT_STATEMENT + _LINE, STATEMENT_TOKENS + _LINE
    return Estimate(
        {request.task: 1},
        (least + shown * low, most + shown * high),
        (statements * (SHORT_STATEMENT + _ITEM), request.max_tokens),
    )


def of_translation(
    means: Means, texts: Sequence[str], terms: Sequence[Term], *, unknown: int = 0
) -> Estimate:
    """What it takes to have texts translated by a language model, if nothing goes wrong.

    Args:
        means: what translating takes.
        texts: those that are known.
        terms: the user's, which may go with each request.
        unknown: statements, of which only the number is known; they go by themselves.
    """
    total = NOTHING
    counter = means.counter
    sizes = [counter.count(text) for text in texts]
    for group in cut_groups(sizes, means.budget):
        items, tokens = [texts[place] for place in group], sum(sizes[place] for place in group)
        beside = around(texts, group, dict(enumerate(texts)))
        # Shown beside them is their translation, of which the length is not known either.
        more = int(GROWTH * sum(counter.count(text) for text, _ in beside.before))
        request = translation_request(means.prompts, items, means.manner, tokens, terms, beside)
        one = of_request(request, len(items), counter)
        low, high = one.prompt_tokens
        total += replace(
            one,
            prompt_tokens=(low, high + more),
            completion_tokens=_written(len(items), tokens, tokens),
        )
    if unknown:
        for group in cut_groups([STATEMENT] * unknown, means.budget):
            count = len(group)
            request = translation_request(means.prompts, [], means.manner, count * STATEMENT, terms)
            one = of_request(request, count, counter, shown=count)
            written = _written(count, count * SHORT_STATEMENT, count * STATEMENT_TOKENS)
            total += replace(one, completion_tokens=written)
    return total


def _written(items: int, least: int, most: int) -> tuple[int, int]:
    """Tokens of a reply that translates so many items, of so many tokens."""
    # A language may take twice the tokens of another to say the same, or two thirds of them.
    return int(least * 0.67) + items * _ITEM, int(most * 2.2) + items * _ITEM * 2


def _merges(tree: Tree, notes: int, length: int) -> Iterator[tuple[int, int]]:
    """For each merge of the tree, notes shown and statements asked for; the top last."""

    def below(node: Tree) -> Iterator[tuple[int, int]]:
        if isinstance(node, int):
            return
        for child in node:
            yield from below(child)
        shown = sum(held(child) for child in node)
        yield shown, inner_target(shown, length) if node is not tree else length

    def held(node: Tree) -> int:
        if isinstance(node, int):
            return notes
        return inner_target(sum(held(child) for child in node), length)

    for shown, target in below(tree):
        if shown > target:
            yield shown, target


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
