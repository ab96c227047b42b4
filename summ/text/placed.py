"""Tags of a sentence put into its translation, which was made without them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summ.text.placing import Place, nearly, word_for_word
from summ.text.tagged import Tag, Tagged, closing

Spans = dict[str, tuple[int, int]]
"""By opening tag or mark: what it holds in a translation, half-open code-point offsets."""


def source_span(tagged: Tagged, tag: Tag) -> tuple[int, int]:
    """What a pair holds of the sentence's words, or the word that a mark hangs on."""
    if tag.role == "open":
        end = next(one.at for one in tagged.tags if one.text == closing(tag.text))
        inside = tagged.words[tag.at : end]
        lead = len(inside) - len(inside.lstrip())
        return tag.at + lead, tag.at + lead + len(inside.strip())
    head = tagged.words[: tag.at]
    end = len(re.sub(r"\W+$", "", head[-200:])) + max(0, len(head) - 200)
    start = end
    while start and (head[start - 1].isalnum() or head[start - 1] in "'’-_"):
        start -= 1
    return start, end


def held(tagged: Tagged) -> dict[str, str]:
    """By opening tag or mark of a sentence: the words that it holds, or hangs on."""
    found = {}
    for tag in tagged.tags:
        if tag.role in {"open", "mark"}:
            start, end = source_span(tagged, tag)
            found[tag.text] = tagged.words[start:end]
    return found


def has_stand_ins(text: str, tagged: Tagged) -> bool:
    """Whether each stand-in of a sentence is in its translation once, and no other."""
    wanted = sorted(tag.text.strip("<x/>") for tag in tagged.tags if tag.role == "word")
    return wanted == sorted(match[1] for match in _stand_ins(tagged).finditer(text))


def found_spans(
    tagged: Tagged,
    text: str,
    phrases: Mapping[str, Sequence[str]],
    *,
    like: bool = False,
    fixed: Spans | None = None,
) -> Spans:
    """Find pairs and marks in a translation, the outer ones first.

    Args:
        tagged: the sentence.
        text: its translation, with stand-ins.
        phrases: what each may hold there, the best first.
        like: also take what is only like a phrase.
        fixed: those whose place is known.

    Returns:
        Those that were found; nested or disjoint as in the sentence.
    """
    spans = dict(fixed or {})
    searches = (word_for_word, nearly) if like else (word_for_word,)
    for search in searches:
        for tag in tagged.tags:
            if tag.role not in {"open", "mark"} or tag.text in spans:
                continue
            around = spans.get(tag.parent) if tag.parent else (0, len(text))
            if around is None:
                continue
            # A mark hangs on a word that a pair may hold.
            taken = _beside(tagged, tag, spans) if tag.role == "open" else []
            near = tag.at / max(1, len(tagged.words)) * len(text)
            span = search(phrases[tag.text], text, Place(*around, near, taken))
            if span:
                spans[tag.text] = span
    return spans


def _beside(tagged: Tagged, tag: Tag, spans: Spans) -> list[tuple[int, int]]:
    """Where the other pairs of the same parent are."""
    return [
        spans[one.text]
        for one in tagged.tags
        if one.role == "open" and one.parent == tag.parent and one.text in spans
    ]


def with_tags(tagged: Tagged, text: str, spans: Spans) -> str:
    """Put the tags of a sentence into its translation.

    Args:
        tagged: the sentence.
        text: the translation, with the stand-ins.
        spans: of all pairs and marks.
    """
    at: dict[int, list[tuple[int, int, str]]] = {}
    rank = {tag.text: place for place, tag in enumerate(tagged.tags)}
    for tag in tagged.tags:
        if tag.role == "mark":
            place = _behind(tagged, tag, text, spans[tag.text][1])
            at.setdefault(place, []).append((1, rank[tag.text], tag.text))
        elif tag.role == "open":
            start, end = spans[tag.text]
            last = closing(tag.text)
            # At one place pairs close, inner ones first, before others open, outer ones first.
            at.setdefault(end, []).append((0, rank[last], last))
            at.setdefault(start, []).append((2, rank[tag.text], tag.text))
    pieces: list[str] = []
    done = 0
    for place in sorted(at):
        pieces += [text[done:place], *(one for _, _, one in sorted(at[place]))]
        done = place
    words = {tag.text for tag in tagged.tags if tag.role == "word"}
    return _stand_ins(tagged).sub(
        lambda match: one if (one := f"<x{match[1]}/>") in words else match[0],
        "".join([*pieces, text[done:]]),
    )


def _behind(tagged: Tagged, tag: Tag, text: str, end: int) -> int:
    """The place of a mark: behind the punctuation of its word, if it was there."""
    if tag.at and tagged.words[tag.at - 1].isalnum():
        return end
    while end < len(text) and not (text[end].isalnum() or text[end].isspace()):
        end += 1
    return end


def _stand_ins(tagged: Tagged) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![a-z0-9]){tagged.letter}([0-9]{{1,6}})(?![0-9])")
