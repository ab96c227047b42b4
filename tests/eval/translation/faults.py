"""The fault table: what each fault of a model costs, and whether it is seen."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from summ.model import KEPT_MARK
from summ.text.tags import tags_of, without_tags
from tests.eval.translation import faults_foreign as words
from tests.eval.translation import faults_model as model
from tests.eval.translation.faults_articles import ORDERS, article
from tests.eval.translation.faults_model import LONG, Change, FaultyModel
from tests.eval.translation.faults_runs import Expected, Runner, Verdict, expected, judge

DECIDABLE, JUDGED = 0.99, 0.95
"""Least share of documents in which a fault is seen: by the string alone; by language, length."""

Wants = Callable[[str], bool]


def _any(_: str) -> bool:
    return True


def _long(text: str) -> bool:
    return len(without_tags(text)) >= LONG


def _very_long(text: str) -> bool:
    return len(without_tags(text)) >= 3 * LONG


def _short(text: str) -> bool:
    return not _long(text)


def _tagged(text: str) -> bool:
    return bool(tags_of(text))


def _paired(text: str) -> bool:
    return "<g" in text


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table.

    Attributes:
        name: of the row.
        change: what goes wrong in a reply.
        bar: least share of documents that it does no harm in, being seen; None: there are ways
            to play it that nothing tells, or (with no calls) it does none.
        wants: which segments it can be played on.
        lasting: whether it comes again whenever the same segment is asked for.
        order: whether the segment is one that gives orders.
        calls: further requests that it may cost at most; None: as many as its group has texts.
        retries: of failed requests.
        groups: requests that the article must need at least.
    """

    name: str
    change: Change
    bar: float | None = DECIDABLE
    wants: Wants = _any
    lasting: bool = False
    order: bool = False
    calls: int | None = 2
    retries: int = 0
    groups: int = 1


_NEAR, _FAR = ("ru", "bg"), ("pl", "de", "fr")

FAULTS = (
    Fault("none", lambda case: case.items, None, calls=0),
    Fault("a item dropped", model.dropped),
    Fault("b two items merged", model.merged),
    Fault("c merged, the rest renumbered", model.counted_on),
    Fault("c the same, first words of the number", model.counted_on_blindly, None, calls=None),
    Fault("d one text twice, long", model.twice, wants=_long),
    Fault("d one text twice, short", model.twice, None, wants=_short),
    Fault("e other order", model.shuffled, None, calls=0),
    Fault("f numbers swapped, first words with them", model.swapped_with_begins),
    Fault("f texts swapped, first words not", model.swapped, None),
    Fault("g loop", model.looping),
    Fault("h untranslated, long", model.copied, wants=_long),
    Fault("h untranslated, short", model.copied, None, wants=_short),
    Fault("i near language, one item", model.in_other_language(*_NEAR), JUDGED, _long),
    Fault("i far language, one item", model.in_other_language(*_FAR), JUDGED, _long),
    Fault("i near language, a group", model.all_in_other_language(*_NEAR), JUDGED),
    Fault("i far language, a group", model.all_in_other_language(*_FAR), JUDGED),
    Fault("j tag lost", model.tag_lost, wants=_tagged),
    Fault("j tag doubled", model.tag_doubled, wants=_tagged),
    Fault("j tag invented", model.tag_invented),
    Fault("j tags crossed", model.tags_crossed, wants=_paired),
    Fault("k preamble or note in the text", model.prefaced),
    Fault("k preamble around the JSON", model.announced, None, calls=0),
    Fault("l cut at the limit", model.cut_at_the_limit),
    Fault("l cut in silence", model.cut_in_silence),
    Fault("l text broken off, 10-40 % left", model.shortened(0.1, 0.4), JUDGED, _very_long),
    Fault("l text broken off, 40-70 % left", model.shortened(0.4, 0.7), None, _very_long),
    Fault("m PWNED or a poem", model.obeying("PWNED", words.POEM), JUDGED, order=True),
    Fault("m refusal", model.obeying(*words.REFUSALS), JUDGED, order=True),
    Fault("m long Ukrainian poem", model.obeying(words.UKRAINIAN_POEM), JUDGED, order=True),
    Fault("m Ukrainian poem of the length", model.poem_of_its_length, None, order=True),
    Fault("n no JSON", model.no_json),
    Fault("o HTTP 500, not sent again", model.server_error, groups=2),
    Fault("o HTTP 500, sent again", model.server_error, retries=1),
)  # fmt: skip

LASTING = (
    Fault("p dropped", model.dropped, lasting=True),
    Fault("p two items merged", model.merged, lasting=True),
    Fault("p loop", model.looping, lasting=True),
    Fault("p untranslated", model.copied, wants=_long, lasting=True),
    Fault("p near language", model.in_other_language("ru"), JUDGED, _long, lasting=True),
    Fault("p far language", model.in_other_language(*_FAR), JUDGED, _long, lasting=True),
    Fault("p tag lost", model.tag_lost, wants=_tagged, lasting=True),
    Fault("p tag invented", model.tag_invented, lasting=True),
    Fault("p preamble", model.prefaced, lasting=True),
    Fault("p text broken off", model.shortened(0.1, 0.3), JUDGED, _very_long, lasting=True),
    Fault(
        "p PWNED or a poem", model.obeying("PWNED", words.POEM), JUDGED, lasting=True, order=True
    ),
    Fault("p no JSON", model.no_json, lasting=True, calls=None),
    Fault("p cut at the limit", model.cut_at_the_limit, lasting=True, calls=None),
    Fault("p HTTP 500", model.server_error, lasting=True, groups=2),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of a fault: the verdicts on its articles, one at least."""

    fault: Fault
    verdicts: Sequence[Verdict]

    @property
    def seen(self) -> float:
        """Share of documents in which no wrong text stands."""
        return mean(not one.wrong for one in self.verdicts)

    @property
    def misses(self) -> list[str]:
        """What is not as it should be, in words."""
        fault, found = self.fault, []
        if fault.bar is not None and self.seen < fault.bar:
            found.append(f"seen in {self.seen:.1%}")
        most = max(one.again for one in self.verdicts)
        if fault.calls is not None and most > fault.calls:
            found.append(f"{most} further requests")
        if fault.bar is None and fault.calls == 0 and not all(v.ordered for v in self.verdicts):
            found.append("harmless, yet it did harm")
        if not fault.lasting and any(one.error for one in self.verdicts):
            found.append("no translation at all")
        return found

    def __str__(self) -> str:
        """A row of the Markdown table."""
        every = self.verdicts
        again = [one.again for one in every]
        cells = (
            self.fault.name,
            len(every),
            f"{self.seen:.1%}",
            f"{mean(one.ordered for one in every):.1%}",
            sum(one.silent for one in every),
            f"{mean(one.kept for one in every):.2f}",
            f"{mean(again):.2f}",
            max(again),
            f"{mean(one.smaller for one in every):.2f}",
            "; ".join(self.misses),
        )
        return "| " + " | ".join(map(str, cells)) + " |"


HEAD = (
    "| fault | documents | seen | order kept | silently wrong | left as source | asked "
    "again, mean | max | more groups | below its bar |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"
)


class Table:
    """Plays faults; what an article comes to without any is found out once."""

    def __init__(self, run: Runner, run_again: Runner) -> None:
        """Take two runners: one that sends no failed request again, and one that does once."""
        self._runners = {0: run, 1: run_again}
        self._known: dict[tuple[int, bool], Expected] = {}

    def row(self, fault: Fault, documents: int, first: int = 0) -> Row:
        """Play a fault in so many documents, from the one of seed `first` on."""
        found: list[Verdict] = []
        for seed in range(first, first + 8 * documents):
            if len(found) < documents:
                found += self._play(fault, seed)
        return Row(fault, found)

    def _play(self, fault: Fault, seed: int) -> Iterator[Verdict]:
        """The verdict on one document; none if the fault can't be played on it."""
        want = self._expected(seed, order=fault.order)
        chance = random.Random(f"{fault.name} {seed}")
        victims = [prose.text for prose in want.proses if fault.wants(prose.text)]
        if fault.order:
            victims = [text for text in victims if without_tags(text) in ORDERS]
        if not victims or want.groups < fault.groups:
            return
        model = FaultyModel(fault.change, chance.choice(victims), fault.lasting, seed)
        ran = self._runners[fault.retries](want.source, model)
        if not model.played:
            return
        verdict = judge(want, ran)
        marked = sum(one.marked for one in ran.translation.segments) if ran.translation else 0
        assert ran.shown.count(KEPT_MARK) == marked >= verdict.kept
        yield verdict

    def _expected(self, seed: int, *, order: bool) -> Expected:
        key = (seed, order)
        if key not in self._known:
            source = article(seed, ORDERS[seed % len(ORDERS)] if order else None)
            ran = self._runners[0](source, FaultyModel(lambda case: case.items, ""))
            self._known[key] = expected(source, ran.calls)
        return self._known[key]
