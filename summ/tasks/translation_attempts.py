"""What came for the texts of one group, attempt by attempt, and which of it may stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from summ.checks.translations import is_partly, needs_repair, same_text
from summ.errors import SummError
from summ.model import Finding
from summ.tasks.glossary import Glossary
from summ.tasks.translation_job import NOT_ANSWERED, SOFT, Job, Rendering
from summ.text.tags import without_tags

MANY = 0.25
"""Share of a group's texts that fail from which there is more wrong than these texts."""

FEW = 2
"""Texts that are not worth a unit between all of them and each of them."""

_FOREIGN = frozenset({"untranslated", "wrong-language"})
"""What shows that a translation is not in its language."""


@dataclass
class Attempts:
    """What came for the texts of one group, attempt by attempt."""

    job: Job
    group: range
    _best: dict[int, Rendering] = field(default_factory=dict)
    _suspect: set[int] = field(default_factory=set)
    _doubted: set[int] = field(default_factory=set)

    def add(self, place: int, text: str, glossary: Glossary) -> None:
        """A translation of the text at `place`: the better of it and the one before stays."""
        terms = glossary.relevant([without_tags(self.job.texts[place])])
        new = Rendering(text, tuple(self.job.audit(place, text, terms)))
        old = self._best.get(place)
        if (
            old is None
            or place in self._suspect | self._doubted
            or self._is_better(place, new, old)
        ):
            self._best[place] = new
        self._suspect.discard(place)
        self._doubted.discard(place)

    def suspect(self, places: Iterable[int]) -> None:
        """Texts whose translation can't stand though nothing was found in it."""
        self._suspect.update(places)

    @property
    def missing(self) -> bool:
        """Whether there is a text without any translation."""
        return len(self._best) < len(self.group)

    def is_suspect(self, place: int) -> bool:
        """Whether the translation of the text may hold another's, too."""
        return place in self._suspect

    def doubt(self) -> None:
        """Ask again for all texts of a reply, where what is wrong in it is wrong of all.

        Where some are in another language, those that are too short to tell are. Where one is
        missing and others are wrong, the numbers may be those of other texts from some place on.
        """
        there = [place for place in self.group if place in self._best]
        wrong = [place for place in there if needs_repair(self._best[place].findings)]
        foreign = [
            place
            for place in wrong
            if _is_foreign(self._best[place]) and not self._is_partly(place, self._best[place])
        ]
        # Next to one that is missing, one that is wrong just holds both.
        apart = [p for p in wrong if p + 1 in self._best or p + 1 == self.group.stop]
        shifted = len(there) < len(self.group) and apart
        if shifted or len(foreign) >= max(FEW, MANY * len(there)):
            self._doubted.update(there)

    def give_up(self, error: SummError) -> None:
        """No answer came for any text, and none will."""
        why = Finding(NOT_ANSWERED, error.message)
        self._best = {place: Rendering(None, (why,)) for place in self.group}

    def wrong(self) -> list[int]:
        """Places without a translation that nothing is to be said against."""
        self._mark_same()
        return [place for place in self.group if self._is_wrong(place)]

    def hopeless(self, places: Sequence[int]) -> list[int]:
        """Those of `places` that have no translation which could stand."""
        self._mark_same()
        return [place for place in places if not self._stands(place)]

    def best(self, place: int) -> Rendering:
        """What becomes of the text: None for a translation that can't stand."""
        best = self._best.get(place) or Rendering(None)
        stands = self._stands(place) or (
            place not in self._suspect and self._is_partly(place, best)
        )
        return best if stands else Rendering(None, best.findings)

    def _stands(self, place: int) -> bool:
        return place not in self._suspect and _can_stand(self._best.get(place))

    def _is_better(self, place: int, new: Rendering, old: Rendering) -> bool:
        def rank(one: Rendering) -> tuple[bool, bool, int]:
            stands = _can_stand(one)
            return not stands, not stands and not self._is_partly(place, one), len(one.findings)

        return rank(new) < rank(old)

    def _is_partly(self, place: int, one: Rendering) -> bool:
        """Whether nothing is wrong but words of the source that were left: better than all."""
        codes = {finding.code for finding in one.findings} - SOFT
        return (
            one.text is not None
            and bool(codes)
            and codes <= _FOREIGN
            and is_partly(self.job.texts[place], one.text, self.job.languages[1])
        )

    def _mark_same(self) -> None:
        """One translation under two numbers: at least one of them is of another text."""
        texts = [self.job.texts[place] for place in self.group]
        done = [one.text or "" if (one := self._best.get(p)) else "" for p in self.group]
        for place in (self.group[at] for at in same_text(texts, done)):
            old = self._best[place]
            if _SAME not in old.findings:
                self._best[place] = Rendering(old.text, (*old.findings, _SAME))

    def _is_wrong(self, place: int) -> bool:
        best = self._best.get(place)
        doubted = place in self._suspect or place in self._doubted
        return best is None or doubted or needs_repair(best.findings)


_SAME = Finding("same-translation", "Another segment was given the same translation.")


def _can_stand(rendering: Rendering | None) -> bool:
    return (
        rendering is not None
        and rendering.text is not None
        and all(finding.code in SOFT for finding in rendering.findings)
    )


def _is_foreign(rendering: Rendering) -> bool:
    return any(finding.code in _FOREIGN for finding in rendering.findings)
