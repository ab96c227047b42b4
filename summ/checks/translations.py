"""Is a translated segment a translation of its source, and did its figures come through?"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summ.checks._numbers.model import Quantity
from summ.checks._translation.alike import same_places
from summ.checks._translation.common import base_of
from summ.checks._translation.copied import copied
from summ.checks._translation.figures import figures, placed_figures
from summ.checks._translation.foreign import is_foreign
from summ.checks._translation.lengths import wrong_length
from summ.checks._translation.loops import loop
from summ.checks._translation.mixed import is_mixed
from summ.checks._translation.phrases import preamble, refusal
from summ.checks.cues import cues
from summ.checks.leaks import leak
from summ.checks.links import other_addresses
from summ.checks.numbers import proven, quantities
from summ.model import Finding, Span
from summ.text.language_names import english_name
from summ.text.quotes import quotes, quotes_words
from summ.text.tags import is_balanced, tags_of, without_tags

_NOT_ASKED = frozenset({"number-changed", "quotation-lost"})
WARNINGS = _NOT_ASKED | {"length-unusual"}
"""Codes that are told, and stand: translators mean some of what they find. An unusual length is
asked for once more all the same."""

_SHOWN = 80
_TIMES = 100
"""Numbers of a translation among which each time of the original is looked for."""


@dataclass(frozen=True, slots=True)
class SegmentAuditor:
    """Checks the translation of one segment after the other.

    Attributes:
        languages: BCP 47 codes of source and target; None for a source that is not known.
        prompts: texts of the prompts, whose words must not come back.
    """

    languages: tuple[str | None, str]
    prompts: tuple[str, ...] = ()

    def findings(self, source: str, target: str) -> tuple[Finding, ...]:
        """What is wrong with `target`; empty when nothing is found.

        Args:
            source: one line, with tags as `summ.text.tags` has them.
            target: likewise.
        """
        return tuple(self._found(source, target))

    def _found(self, source: str, target: str) -> Iterator[Finding]:
        if not is_balanced(source, target):
            yield Finding("placeholder-lost", _tags_message(source, target))
        source, target = (unicodedata.normalize("NFC", without_tags(t)) for t in (source, target))
        if not source:
            return
        if not target:
            yield Finding("untranslated", "The translation is empty.")
            return
        yield from self._of_language(source, target)
        if size := wrong_length(source, target, self.languages):
            how, extreme = size
            what = f"The translation has {how}."
            yield Finding("length-ratio", what) if extreme else Finding("length-unusual", what)
        yield from self._of_models(source, target)
        if changed := changed_figures(source, target, self.languages):
            yield Finding("number-changed", f"Not in the {changed}.")
        if quotes_words(source) and not quotes(target):
            what = "The original has quotation marks, the translation has none."
            yield Finding("quotation-lost", what)

    def _of_language(self, source: str, target: str) -> Iterator[Finding]:
        """Is it a translation, and into the language asked for?"""
        wanted = self.languages[1]
        if how := copied(source, target, self.languages):
            yield Finding("untranslated", f"The translation is not one: {how}.")
        elif is_foreign(source, target, wanted):
            what = f"The translation does not read as {english_name(wanted)}."
            yield Finding("wrong-language", what)

    def _of_models(self, source: str, target: str) -> Iterator[Finding]:
        """What no translator writes, but a model may."""
        if what := loop(source, target):
            yield Finding("repetition", f"The translation repeats itself: {what[:_SHOWN]}.")
        if leaked := leak(target, source, self.prompts):
            yield leaked
        if what := preamble(source, target, self.languages):
            yield Finding("preamble", f"The translation has more than the text: {what[:_SHOWN]}.")
        if what := refusal(source, target, self.languages):
            yield Finding("refusal", f"The translation reads as a refusal: {what[:_SHOWN]}.")
        for what in other_addresses(source, target):
            told = f"The address “{what[:_SHOWN]}” is not in the original."
            yield Finding("address-not-in-source", told)


def _tags_message(source: str, target: str) -> str:
    want, have = Counter(tags_of(source)), Counter(tags_of(target))
    lost, other = [*(want - have)], [*(have - want)]
    named = ", ".join(lost or other or have)[:_SHOWN]
    what = "lacks" if lost else "has tags of its own:" if other else "has its tags crossed:"
    return f"The translation {what} {named}."


def needs_repair(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings should be asked again."""
    return any(finding.code not in _NOT_ASKED for finding in findings)


def is_partly(source: str, target: str, language: str) -> bool:
    """Whether `target` is in `language` but for words of the source that it left as they are.

    Told only where the scripts differ: "《The Lark》是一首 slow song" is partly Chinese.

    Args:
        source: one line, with or without tags.
        target: likewise.
        language: BCP 47 code of the one wanted.
    """
    return is_mixed(without_tags(source), without_tags(target), language)


def same_text(sources: Sequence[str], targets: Sequence[str]) -> set[int]:
    """Places whose translation equals another's though their sources clearly differ.

    An answer that was given twice, or that moved to its neighbour's place, shows like this; which
    of the places it belongs to can't be told, so all are named. Short texts are left out.

    Args:
        sources: one line each, with or without tags.
        targets: as many.

    Raises:
        ValueError: there are more of one than of the other.
    """
    if len(sources) != len(targets):
        raise ValueError("as many translations as sources are needed")
    return same_places([without_tags(s) for s in sources], [without_tags(t) for t in targets])


def changed_figures(item: str, text: str, languages: tuple[str | None, str]) -> str:
    """Where figures of a translation are missing, and which; empty for nowhere.

    Digits are compared without their separators: 412,600 is 412.600 and not 42.600; times by
    their hours and minutes: 4.50 p.m. is 16:50. Where
    numbers are known in both languages (`cues/numbers`), values are, too: "1.5 million" may be
    1 500 000, "6 a.m." 18:00 may not, a billion is no million, and a figure that was added is
    seen. Elsewhere a number in words is not seen, and a lone weekday or month nowhere: titles
    have them.

    Args:
        item: the original.
        text: its translation.
        languages: BCP 47 codes of both; None for one that is not known.
    """
    if text == item:
        return ""
    source, target = map(base_of, languages)
    lost, added = _lost_figures(_without_kept_times(item, text, source, target), text), []
    if cues("numbers", source) and cues("numbers", target):
        want, have = quantities(item, source), quantities(text, target)
        lost = _lost_values(item, text, want, have)
        added = [] if lost else _lost_values(text, item, have, want)
    what = ", ".join(dict.fromkeys(lost or added))[:_SHOWN]
    return f"{'translation' if lost else 'original'}: {what}" if what else ""


def lost_figures(item: str, text: str, languages: tuple[str | None, str]) -> list[Span]:
    """Where the figures stand of which `number-changed` would tell; often nowhere.

    Args:
        item: the original.
        text: its translation.
        languages: BCP 47 codes of both; None for one that is not known.
    """
    if not _lost_figures(item, text) or not changed_figures(item, text, languages):
        return []
    source, target = map(base_of, languages)
    have = set(figures(text))
    timeless = _without_kept_times(item, text, source, target)
    return [Span(start, end) for value, start, end in placed_figures(timeless) if value not in have]


def _without_kept_times(item: str, text: str, source: str, target: str) -> str:
    """A text with breaks for times that its translation has in any notation, such as 16:50."""
    if not _lost_figures(item, text):
        return item
    # 20:00 is an evening for certain, 8:00 may be one: what is certain is taken first.
    pool = sorted(quantities(text, target)[:_TIMES], key=lambda one: len(one.readings))
    parts, done = [], 0
    for one in quantities(item, source):
        proof = next((have for have in pool if proven(one, [have])), None)
        if one.kind == "time" and proof:
            pool.remove(proof)
            parts += [item[done : one.start], "\n" * (one.end - one.start)]
            done = one.end
    return "".join([*parts, item[done:]])


def _lost_figures(item: str, text: str) -> list[str]:
    """Figures that a translation lacks, by their digits."""
    have = set(figures(text))
    return [str(number) for number in figures(item) if number not in have]


def _lost_values(
    item: str, text: str, wanted: Sequence[Quantity], pool: Sequence[Quantity]
) -> list[str]:
    """Numbers, amounts, dates and times that a translation lacks, as the original has them."""
    lost = _lost_figures(item, text)
    return [
        item[one.start : one.end]
        for one in wanted
        if one.standing == "judged"
        and (lost or one.scale != 1 or one.kind == "money")
        and not (one.kind == "date" and not lost)
        and not proven(one, pool)
    ]
