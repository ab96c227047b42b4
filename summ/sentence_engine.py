"""Sentences by the built-in engine: each asked for once, judged, and held to the terms.

An engine of this kind says nothing when it fails. It gives an empty answer, the sentence itself
or a word without end; it drops letters that it does not know; and it has no ear for a glossary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summ.checks.terms import is_kept, occurring
from summ.checks.translations import lost_figures
from summ.checks.usable import is_usable
from summ.model import Span, Term, Translator
from summ.text.capitals import in_capitals, in_sentence_case, is_in_capitals
from summ.text.number_forms import in_own_form, with_own_separators, without_groups
from summ.text.placing import Place, inflected
from summ.text.shielded import is_symbol, lost, probe, shielded, unshielded, with_codes
from summ.text.spacing import has_no_spaces, sentence_joint
from summ.text.tagged import free_letter
from summ.text.tags import untagged

_CLAUSE = re.compile(r"(?<=[,;:–—])\s+|(?<=[，；：、،؛])")
_ENDS = ".!?…。！？।"
_TRAILING = _ENDS + " -–"
_CAPITAL_NOUNS = ("de", "lb")
_FIGURES = 50
_ANY_FORM = 0.5
"""Likeness from which on a word is the form of a term that is known to be in a sentence."""


class SentenceEngine:
    """The sentences of one run: each translated once, judged, and held to the terms."""

    def __init__(
        self, translator: Translator, source: str, target: str, terms: Sequence[Term]
    ) -> None:
        """Hold on to what calls need; `terms` for other languages are passed over."""
        self._translator = translator
        self._terms = terms
        self._known: dict[str, str] = {}
        self.source, self.target = source, target

    async def sentences(self, texts: Sequence[str]) -> list[str | None]:
        """Translate sentences without tags; None for one that has no translation."""
        eased = [self._eased(text) for text in texts]
        raw = await self._raw(eased)
        outs = [await self._sound(text, out) for text, out in zip(eased, raw, strict=True)]
        return [
            out if out is None or same == text else in_capitals(out, self.target)
            for text, same, out in zip(texts, eased, outs, strict=True)
        ]

    def _eased(self, text: str) -> str:
        """A sentence as an engine knows sentences: it takes words in capitals for names."""
        return in_sentence_case(text, self.source) if is_in_capitals(text) else text

    async def _raw(self, texts: Sequence[str]) -> list[str]:
        new = [one for one in dict.fromkeys(texts) if one.strip() and one not in self._known]
        if new:
            outs = await self._translator.translate(new, self.source, self.target)
            self._known.update(zip(new, (untagged(out).strip() for out in outs), strict=True))
        return [self._known.get(text, "") for text in texts]

    async def _sound(self, text: str, out: str) -> str | None:
        """The translation, made of its clauses where the whole is none."""
        out = await self._with_all_letters(text, out)
        if not is_usable(text, out):
            clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
            outs = await self._raw(clauses) if len(clauses) > 1 else []
            if not outs or not all(map(is_usable, clauses, outs)):
                return None
            rest = [self.as_part(*pair) for pair in zip(clauses[1:], outs[1:], strict=True)]
            out = sentence_joint(self.target).join([outs[0], *rest])
        out = await self._with_all_figures(text, out)
        for term in occurring(self._terms, text, (self.source, self.target)):
            if not is_kept(term.target, out, self.target):
                out = await self._with_term(term, text, out)
        return out

    async def _with_all_letters(self, text: str, out: str) -> str:
        """The translation, made anew without what the engine can't write where it lost some."""
        missing = lost(text, out, self.source) if out and not has_no_spaces(self.source) else []
        if not missing:
            return out
        coded = with_codes(text)
        unknown = [char for char in missing if char in coded and not await self._knows(char)]
        letter = free_letter(text)
        plain, words = shielded(coded, unknown, letter)
        if plain == text:
            return out
        if words and not any(map(str.isalpha, unshielded(plain, [""] * len(words), letter) or "")):
            return coded
        (again,) = await self._raw([plain])
        whole = unshielded(again, words, letter)
        return whole if whole is not None and is_usable(text, whole) else out

    async def _with_all_figures(self, text: str, out: str) -> str:
        """The translation with the figures of its sentence, made anew where it lost some.

        Digits without separators are copied more often; a stand-in is always, but reads worse.
        """
        for write in (self._with_digits, self._with_figures_apart):
            spans = self._lost_figures(text, out)
            again = await write(text, spans) if spans else None
            if again and is_usable(text, again) and self._loses_less(text, again, spans):
                out = again
        return with_own_separators(text, out, self.source, self.target)

    def _loses_less(self, text: str, out: str, spans: Sequence[Span]) -> bool:
        return len(self._lost_figures(text, out)) < len(spans)

    def _lost_figures(self, text: str, out: str) -> list[Span]:
        """Long figures, and those with separators, that a translation lacks."""
        lost = lost_figures(text, out, (self.source, self.target))[:_FIGURES]
        return [span for span in lost if span.end - span.start > 3 or not span.of(text).isdecimal()]

    async def _with_digits(self, text: str, spans: Sequence[Span]) -> str | None:
        """The translation of a text with nothing between the digits of its numbers."""
        plain = {one: without_groups(one, self.source) for one in (s.of(text) for s in spans)}
        (out,) = await self._raw([_replaced(text, spans, [plain[s.of(text)] for s in spans])])
        for figure, digits in plain.items():
            own = in_own_form(figure, self.source, self.target)
            if digits != figure:
                out = re.sub(rf"(?<![\d.,]){digits}(?![\d]|[.,]\d)", own, out)
        return out

    async def _with_figures_apart(self, text: str, spans: Sequence[Span]) -> str | None:
        """The translation of a text with stand-ins for figures."""
        letter = free_letter(text)
        names = [f"{letter}{number}" for number in range(1, len(spans) + 1)]
        (out,) = await self._raw([_replaced(text, spans, names)])
        own = [in_own_form(span.of(text), self.source, self.target) for span in spans]
        return unshielded(out, own, letter)

    async def _knows(self, char: str) -> bool:
        """Whether a letter comes back from the engine in a word, as itself or in another script."""
        if is_symbol(char):
            return False
        (out,) = await self._raw([probe(char)])
        return out.strip(_TRAILING).isalpha()

    async def _with_term(self, term: Term, text: str, out: str) -> str:
        """Put a term where the engine has another word for it."""
        (bare,) = await self._raw([term.source])
        forms = [self.as_part(term.source, bare), term.source]
        span = inflected(forms, out, Place(0, len(out), 0))
        if span is None:
            return await self._in_its_place(term, text, out)
        while span:
            new = _cased(term.target, out, span[0])
            out = out[: span[0]] + new + out[span[1] :]
            # Behind it: the term may have a word of what it replaces.
            at = span[0] + len(new)
            span = inflected(forms, out, Place(at, len(out), at))
        return out

    async def _in_its_place(self, term: Term, text: str, out: str) -> str:
        """Translate the sentence with letters in the place of the term, which stay as they are."""
        at = inflected([term.source], text, Place(0, len(text), 0), least=_ANY_FORM)
        word = next((one for one in ("QX", "ZQ", "XW") if one not in text), None)
        if at is None or word is None:
            return out
        (again,) = await self._raw([text[: at[0]] + word + text[at[1] :]])
        if again.count(word) != 1 or not is_usable(text, again):
            return out
        start = again.index(word)
        new = again[:start] + _cased(term.target, again, start) + again[start + len(word) :]
        # What was put in before must not go again.
        targets = [one.target for one in self._terms if is_kept(one.target, out, self.target)]
        return new if all(is_kept(one, new, self.target) for one in targets) else out

    def as_part(self, source: str, out: str) -> str:
        """A translated piece with the capital and the end of its original, not of a sentence."""
        source, out = untagged(source).strip(), out.strip()
        if source and source[-1] not in _TRAILING and out[-1:] and out[-1] in _TRAILING:
            out = out.rstrip(_TRAILING) or out
        keeps = self.target.split("-")[0] in _CAPITAL_NOUNS
        if source[:1].islower() and out[:1].isupper() and not out[1:2].isupper() and not keeps:
            out = out[0].lower() + out[1:]
        return out


def _replaced(text: str, spans: Sequence[Span], words: Sequence[str]) -> str:
    """A text with words in the place of spans, which are in order."""
    pieces: list[str] = []
    done = 0
    for span, word in zip(spans, words, strict=True):
        pieces += [text[done : span.start], word]
        done = span.end
    return "".join([*pieces, text[done:]])


def _cased(word: str, text: str, at: int) -> str:
    """A word for a place in a text: with a capital where a sentence begins."""
    first = not text[:at].strip("\"'“„«¿¡ ")
    return word[:1].upper() + word[1:] if first and word[:1].islower() else word
