"""Short texts into another language by a language model, none of them lost.

Items are numbered, matched by number, and checked; what is missing, copied or in
another language is asked for once more, only that.
"""

from __future__ import annotations

from collections.abc import Sequence

from summ.checks.languages import wrong_items
from summ.model import Reply, Request
from summ.tasks.passage import notes_passage
from summ.tasks.prompting import PromptSet, items_schema
from summ.tasks.steps import Outcome, Steps
from summ.text.shown import shown

GROUP = 40
"""Items in one request: beyond it models begin to merge and skip (a judgement)."""

SCHEMA = items_schema("items", {"number": {"type": "integer"}, "text": {"type": "string"}})


def translation_steps(
    prompts: PromptSet, items: Sequence[str], source: str, target: tuple[str, str]
) -> Steps[list[str]]:
    """Translate `items`; an item that fails twice comes back as it is.

    Args:
        prompts: all prompts.
        items: the texts, none empty.
        source: English name of their language.
        target: code and English name of the language wanted.

    Raises:
        SummError: no reply could be used at all, or none came; why.
    """
    code, name = target
    done = [""] * len(items)
    groups = [range(at, min(at + GROUP, len(items))) for at in range(0, len(items), GROUP)]
    outcomes = yield tuple(
        translation_request(prompts, [items[i] for i in group], (source, name)) for group in groups
    )
    errors = [outcome for outcome in outcomes if not isinstance(outcome, Reply)]
    if len(errors) == len(outcomes) and errors:
        raise errors[0]
    for group, outcome in zip(groups, outcomes, strict=True):
        _fill(done, group, outcome)
    wrong = wrong_items(items, done, code)
    if wrong:
        failed = sorted(wrong)
        again = [failed[at : at + GROUP] for at in range(0, len(failed), GROUP)]
        reminder = f" Every translation is in {name}: that is what this is about."
        outcomes = yield tuple(
            translation_request(prompts, [items[i] for i in group], (source, name), reminder)
            for group in again
        )
        for places, outcome in zip(again, outcomes, strict=True):
            for place in places:
                done[place] = ""
            _fill(done, places, outcome)
        wrong = wrong_items(items, done, code)
    return [item if i in wrong else done[i] for i, item in enumerate(items)]


def translation_request(
    prompts: PromptSet, items: Sequence[str], languages: tuple[str, str], reminder: str = ""
) -> Request:
    """One request for a group of items."""
    source, target = languages
    variables = {
        "article": notes_passage(items).block,
        "count": str(len(items)),
        "language": source,
        "target": target,
        "reminder": reminder,
    }
    return Request(
        task="translate",
        messages=prompts.render("translate", variables),
        # A character of the target costs about one token in the hungriest scripts.
        max_tokens=128 + 24 * len(items) + int(1.2 * sum(map(len, items))),
        schema=SCHEMA,
    )


def _fill(done: list[str], places: Sequence[int], outcome: Outcome) -> None:
    """Put the translations of one reply where their numbers say; the first of a number wins."""
    if not isinstance(outcome, Reply):
        return
    seen: set[int] = set()
    for item in outcome.data["items"]:
        number, text = item["number"], shown(item["text"])
        if 1 <= number <= len(places) and number not in seen and text:
            seen.add(number)
            # To JSON Schema 2.0 is an integer, too.
            done[places[int(number) - 1]] = text
