"""A translator of sentences, made to translate lines with markup, whole.

The engine knows no tags and loses them, so a sentence is translated without its markup, and
what each pair holds is looked for in the translation. In this order:

1. What a pair holds is translated by itself and found in the sentence, word for word.
2. The sentence is translated with brackets around the pair, and what they hold is found in it.
3. What is most like one of the two is taken.
4. The sentence that had the brackets is the translation: it reads a little worse.
5. The sentence is translated in pieces, tag by tag, which always works and reads worst.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise

from summ.model import Term, Translator
from summ.sentence_engine import SentenceEngine
from summ.text.cutting import by_tags, peeled, sentences_of
from summ.text.placed import Spans, found_spans, has_stand_ins, held, source_span, with_tags
from summ.text.quotes import SHAPED, shaped, straight
from summ.text.spacing import sentence_joint
from summ.text.tagged import (
    Tag,
    Tagged,
    has_letters,
    is_tag,
    parents,
    read,
    split_at_tags,
)

_BRACKETS = (("[", "]"), ('"', '"'), ("(", ")"))

_MANY = 16
"""Tags beyond which a sentence is a list in disguise, and is translated in pieces."""


class BySentence:
    """Gives another translator one sentence at a time, and keeps the tags in place."""

    def __init__(self, translator: Translator) -> None:
        """Wrap `translator`."""
        self._translator = translator

    async def prepare(self, source: str, target: str) -> None:
        """See `Translator`."""
        await self._translator.prepare(source, target)

    async def translate(
        self,
        items: Sequence[str],
        source: str,
        target: str,
        terms: Sequence[Term] = (),
        done: Callable[[int, str | None], None] | None = None,
    ) -> list[str | None]:
        """Translate lines; each has the tags of its original, once each and as nested.

        Args:
            items: one line each, with tags or without.
            source: BCP 47 code of what they are in.
            target: BCP 47 code of what they should be in.
            terms: are written as they are, whatever the engine has for them; those for other
                languages are passed over.
            done: is told the place and the translation of each item, in order, as it is ready.

        Returns:
            As many translations; None for an item that the engine has none for.

        Raises:
            SummError: as `Translator.translate`.
        """
        line = _Line(SentenceEngine(self._translator, source, target, terms))
        found: list[str | None] = []
        for place, item in enumerate(items):
            # Such engines were trained on straight marks, and lose all others.
            out = await line.translate(straight(item))
            if out is not None and any(mark in item for mark in SHAPED):
                out = shaped(out, target)
            found.append(out)
            if done is not None:
                done(place, found[-1])
        return found


class _Line:
    """Lines, sentence by sentence, each by the first way that keeps its markup."""

    def __init__(self, engine: SentenceEngine) -> None:
        self._engine = engine

    async def translate(self, line: str) -> str | None:
        """The line in the other language; None when some sentence of it has no translation."""
        joined = await self._joined(sentences_of(line), self._sentence)
        markup = parents(line)
        broken = joined is None or markup is None or parents(joined) != markup
        return None if broken else joined

    async def _joined(
        self, pieces: Sequence[str], translate: Callable[[str], Awaitable[str | None]]
    ) -> str | None:
        """Translate pieces one by one, and set them side by side as the language does."""
        found: list[str] = []
        for piece in pieces:
            if is_tag(piece):
                found.append(piece)
                continue
            before, core, behind = peeled(piece)
            out = await translate(core) if has_letters(core) else core
            if out is None:
                return None
            found += [*split_at_tags(before), out, *split_at_tags(behind)]
        return _side_by_side(found, self._engine)

    async def _sentence(self, core: str) -> str | None:
        tagged = read(core)
        if not tagged.tags:
            return (await self._engine.sentences([core]))[0]
        if len(tagged.tags) > _MANY:
            return await self._joined(split_at_tags(core), self._part)
        if _is_sentence(tagged):
            placed = await self._placed(tagged)
            if placed is not None and parents(placed) == parents(core):
                return placed
        return await self._joined(by_tags(core), self._part)

    async def _part(self, core: str) -> str | None:
        """A piece of a sentence, without a sentence's capital and full stop."""
        lead = re.match(r"[^\w<\"'“„«]*", core)
        inner = core[lead.end() :] if lead else core
        out = await self._sentence(inner)
        return None if out is None else core[: -len(inner)] + self._engine.as_part(inner, out)

    async def _placed(self, tagged: Tagged) -> str | None:
        """The sentence's translation with its tags, when they can be placed in it."""
        holds = held(tagged)
        whole, *insides = await self._engine.sentences([tagged.words, *holds.values()])
        if whole is None or not has_stand_ins(whole, tagged):
            return None
        phrases = {
            tag: [self._engine.as_part(words, out), words] if out else [words]
            for (tag, words), out in zip(holds.items(), insides, strict=True)
        }
        spans = found_spans(tagged, whole, phrases)
        marked: dict[str, tuple[str, tuple[int, int]]] = {}
        for tag in tagged.tags:
            if tag.text in holds and tag.text not in spans:
                found = await self._marked(tagged, tag)
                if found:
                    marked[tag.text] = found
                    phrases[tag.text].insert(0, found[0][slice(*found[1])])
        if len(spans) < len(holds):
            spans = found_spans(tagged, whole, phrases, like=True)
        if len(spans) < len(holds):
            whole, spans = _in_brackets(tagged, phrases, marked) or (whole, spans)
        return with_tags(tagged, whole, spans) if len(spans) == len(holds) else None

    async def _marked(self, tagged: Tagged, tag: Tag) -> tuple[str, tuple[int, int]] | None:
        """The translation of a sentence with brackets around a pair, and where they were."""
        start, end = source_span(tagged, tag)
        words = tagged.words
        for first, last in _BRACKETS:
            if first in words or last in words or start == end:
                continue
            text = f"{words[:start]}{first}{words[start:end]}{last}{words[end:]}"
            (out,) = await self._engine.sentences([text])
            parts = re.split(rf"[\{first}\{last}]", out or "")
            if len(parts) == 3 and parts[1].strip():
                inside = parts[1].strip()
                at = len(parts[0])
                return f"{parts[0]}{inside}{parts[2]}", (at, at + len(inside))
        return None


def _is_sentence(tagged: Tagged) -> bool:
    """Whether words stand outside of pairs, and not only what parts a list's items."""
    depth = 0
    for part in tagged.parts:
        if is_tag(part):
            depth += part.startswith("<g") - part.startswith("</")
        elif not depth and has_letters(part):
            return True
    return False


def _in_brackets(
    tagged: Tagged,
    phrases: dict[str, list[str]],
    marked: dict[str, tuple[str, tuple[int, int]]],
) -> tuple[str, Spans] | None:
    """Of the translations made with brackets one in which all other pairs are found."""
    for tag, (text, span) in marked.items():
        if has_stand_ins(text, tagged):
            spans = found_spans(tagged, text, phrases, like=True, fixed={tag: span})
            if len(spans) == len(phrases):
                return text, spans
    return None


def _side_by_side(parts: Sequence[str], engine: SentenceEngine) -> str:
    """Join translated pieces, tags and the white space between them."""
    ours, theirs = sentence_joint(engine.target), sentence_joint(engine.source)
    if ours == theirs:
        return "".join(parts)
    if not ours:
        return "".join(part.strip() for part in parts)
    pieces = list(parts[:1])
    for before, after in pairwise(parts):
        word = after[:1].isalnum() or after.startswith(("<g", "<x"))
        if word and not before[-1:].isspace() and not before.startswith("<g"):
            pieces.append(" ")
        pieces.append(after)
    return "".join(pieces)
