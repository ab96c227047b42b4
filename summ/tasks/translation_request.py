"""What a model is asked in order to translate, and what of its reply belongs to which item.

Items are numbered, and each is to be answered with its number and its first words copied:
a model that merges two items and counts on gives every later translation a wrong number, and
only the copied words tell that. What is told of names on the way is left to the glossary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from summ.model import Request, Term
from summ.tasks.passage import notes_passage
from summ.tasks.prompting import PromptSet
from summ.text.language import is_in_script
from summ.text.quotes import SHAPED, shaped, straight
from summ.text.shown import shown, shown_whole
from summ.text.tags import TAG, without_tags

GROUP = 40
"""Items in one request: beyond it models begin to merge and skip (a judgement)."""

FRAME, ITEM = 256, 40
"""Tokens of a reply beside its translations: for the names, and around each item."""

GROWTH = 3.5
"""Tokens of a translation for one of its text, at most: English has the fewest for what it
says, and the scripts that tokenizers know least some three times as many."""

GROWTH_KNOWN = 2.5
"""The same for what is written as English is, or as Chinese, Japanese or Korean."""

_KNOWN = "a漢한"
"""A letter of each of those scripts."""

ALIKE = 0.7
"""Likeness (Ratcliff/Obershelp) from which copied words are those of an item: a slip is allowed."""

SURE = 0.9
"""The same, for words that stand under the number of another item."""

_ECHO = 40  # characters of the copied words that are looked at
_SHORT = 4  # below so many, they tell nothing

_QUOTATION = '"' + SHAPED

_TEXT = {"type": "string"}
_NAME = {
    "type": "object",
    "properties": {"source": _TEXT, "target": _TEXT},
    "required": ["source", "target"],
    "additionalProperties": False,
}
_ITEM = {
    "type": "object",
    # The words copied come last: before the translation, small models take them for all of it.
    "properties": {"number": {"type": "integer"}, "text": _TEXT, "begins": _TEXT},
    "required": ["number", "text", "begins"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "items": {"type": "array", "items": _ITEM},
        "names": {"type": "array", "items": _NAME},
    },
    "required": ["items", "names"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Style:
    """How the user wants translations to be.

    Attributes:
        formality: `formal` or `informal`; None: as is usual.
        instructions: in the user's own words; empty: none.
    """

    formality: str | None = None
    instructions: str = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to translate, the same for all of a text.

    Attributes:
        source: English name of the language that it is in.
        target: English name of the language wanted, with its region or script.
        style: what the user wants.
        growth: tokens of a translation for one of its text, at most.
    """

    source: str
    target: str
    style: Style = field(default_factory=Style)
    growth: float = GROWTH


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the items of a request.

    Attributes:
        before: the texts before them, nearest last, each with its translation, or with none.
        after: the text after them; empty: none.
    """

    before: tuple[tuple[str, str], ...] = ()
    after: str = ""


ALONE = Around()


def growth_into(language: str) -> float:
    """Tokens of a translation into a language (BCP 47) for one of its text, at most."""
    known = any(is_in_script(letter, language) for letter in _KNOWN)
    return GROWTH_KNOWN if known else GROWTH


def translation_request(
    prompts: PromptSet,
    items: Sequence[str],
    manner: Manner,
    tokens: int,
    terms: Sequence[Term] = (),
    around: Around = ALONE,
    *,
    again: bool = False,
) -> Request:
    """One request for a group of items, each one line, with tags.

    Asked again, no names are wanted (weak models don't come to an end of them), and
    quotation marks are shown in another shape: see `in_marks_of`.

    Args:
        prompts: all prompts.
        items: the texts, none empty.
        manner: how.
        tokens: that the items have.
        terms: to keep to.
        around: context, which is not to be translated.
        again: their first translation was no good.
    """
    if again:
        items = [_in_guillemets(item) for item in items]
    variables = {
        "article": notes_passage(items).block,
        "count": "1 numbered item" if len(items) == 1 else f"{len(items)} numbered items",
        "language": manner.source,
        "target": manner.target,
        "context": _context(around),
        "tags": _tags(items),
        "terms": _terms(terms),
        "style": _style(manner.style),
    }
    return Request(
        task="translate",
        messages=prompts.render("retranslate" if again else "translate", variables),
        max_tokens=(0 if again else FRAME) + ITEM * (len(items) + 1) + int(manner.growth * tokens),
        schema=SCHEMA,
        again=False,  # smaller groups are more than the same once more
    )


def _context(around: Around) -> str:
    """The paragraphs of the prompt that show what is not to be translated."""
    parts = []
    if around.before:
        lines = [f"{text} → {done}" if done else text for text, done in around.before]
        block = notes_passage(lines).block
        parts.append(f"Before them stands, with its translation where it is there:\n{block}")
    if around.after:
        parts.append(f"After them stands:\n{notes_passage([around.after]).block}")
    return "".join(f"\n\n{part}\n" for part in parts)


def _tags(items: Sequence[str]) -> str:
    if not any(TAG.search(item) for item in items):
        return ""
    return (
        " Marks such as <g1>, </g1> and <x2/> stand for formatting, code and addresses: every mark "
        "of an item comes back in its translation exactly once, a pair around the words it was "
        "around."
    )


def _terms(terms: Sequence[Term]) -> str:
    if not terms:
        return ""
    lines = "\n".join(
        shown(f"{term.source} = {term.target}" + (f" ({term.note})" if term.note else ""))
        for term in terms
    )
    # Names come from the article: as data, like everything that does.
    block = notes_passage(lines.split("\n")).block
    return f"\n\nKeep to these terms and names, inflected as the sentence needs:\n{block}"


def _style(style: Style) -> str:
    asked = f" Address readers {style.formality}ly, where the language makes a difference."
    words = style.instructions.strip()
    return (asked if style.formality else "") + (f"\n\n{words}" if words else "")


def _in_guillemets(item: str) -> str:
    """An item whose `"`, or “ and ”, are « and ».

    Weak models end a string of JSON where a quotation begins: with « they never do.
    """
    return shaped(straight(item), "es") if _marks(item) else item


def _marks(item: str) -> str:
    """The double quotation marks of an item, if they are `"` alone, or “ and ” alone."""
    found = {mark for mark in item if mark in _QUOTATION}
    return next((marks for marks in ('"', "“”") if found and found <= set(marks)), "")


# --- replies -------------------------------------------------------------------------


def assigned(items: Sequence[str], reply: Mapping[str, Any]) -> dict[int, str]:
    """The translations of a reply by the place (from 0) of their item; never empty ones.

    A translation counts for the item of its number, the first of a number. Where the words
    copied are those of another item, it counts for that one, if nothing else does.
    """
    found: dict[int, str] = {}
    strayed: list[tuple[int, str]] = []
    starts = [_plain(item) for item in items]
    for item in reply["items"]:
        # To JSON Schema 2.0 is an integer, too.
        place, text = int(item["number"]) - 1, shown_whole(item["text"])
        if not text:
            continue
        other = _other_item(starts, place, _plain(item["begins"]))
        if other is not None:
            strayed.append((other, text))
        elif 0 <= place < len(items):
            found.setdefault(place, text)
    for place, text in strayed:
        found.setdefault(place, text)
    return found


def in_marks_of(item: str, text: str) -> str:
    """The translation of an item that was asked for again, with the quotation marks it had."""
    marks = _marks(item)
    if not marks:
        return text
    return straight(text) if marks == '"' else shaped(straight(text), "en")


def _other_item(starts: Sequence[str], place: int, begins: str) -> int | None:
    """The place of the item that these words open, if it is another one than `place`."""
    if len(begins) < _SHORT:
        return None
    if 0 <= place < len(starts) and _likeness(starts[place], begins) >= ALIKE:
        return None
    others = [at for at, start in enumerate(starts) if _likeness(start, begins) >= SURE]
    # Two items that open alike: the words don't tell which.
    return others[0] if len(others) == 1 else None


def _likeness(start: str, begins: str) -> float:
    words = start[: len(begins)]
    return 1.0 if words == begins else SequenceMatcher(None, words, begins, False).ratio()


_NOT_WORDS = re.compile(r"[\W_]+")


def _plain(text: str) -> str:
    """The first letters and digits of a text, in one case."""
    return _NOT_WORDS.sub("", without_tags(text[: 4 * _ECHO]).casefold())[:_ECHO]


def names_of(reply: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What a reply says that names became."""
    return ((name["source"], name["target"]) for name in reply["names"])
