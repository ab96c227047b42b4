"""Texts into another language by a language model, none of them lost.

Texts go out in groups, each group with what stands around it and how that was translated.
Every translation is checked by itself, and what fails is asked for again in smaller units:
the group, half of it, the text alone, its sentences. What still fails has no translation:
whoever asked lets the source stand, and says so. Each fault costs two more requests at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from summ.errors import (
    ContextTooLongError,
    EmptyReplyError,
    EndpointError,
    MalformedReplyError,
    SummError,
)
from summ.model import Reply, Request
from summ.tasks.glossary import Glossary
from summ.tasks.prompting import PromptSet
from summ.tasks.steps import Fork, Outcome, Steps
from summ.tasks.translation_attempts import FEW, MANY, Attempts
from summ.tasks.translation_job import Job, Rendering
from summ.tasks.translation_request import (
    ALONE,
    GROUP,
    GROWTH,
    Around,
    Manner,
    assigned,
    in_marks_of,
    names_of,
    translation_request,
)
from summ.text.cutting import whole_sentences
from summ.text.spacing import sentence_joint
from summ.text.tags import without_tags
from summ.text.tokens import TokenCounter

BUDGET = 1_200
"""Tokens of the texts of one group: a reply of some 2,500 tokens, which a reader of the next
group's context still knows the start of, and which comes within half a minute."""

_OVERHEAD = 1_400  # tokens of the task, of what stands around a group, of names
_LEAST = 100

CHAIN = 8
"""Groups that are translated one after the other, each knowing the one before; chains of a
long text go side by side."""

BEFORE = 2
CONTEXT = 400
"""Texts before a group that are shown with it, and characters of a text that are."""

MOST_EACH = 3
"""Requests for one text, at most, however the groups are cut: with others, alone, in sentences."""


@dataclass(frozen=True, slots=True)
class Means:
    """What translating takes.

    Attributes:
        prompts: all prompts.
        manner: how to translate.
        counter: counts tokens as the model does.
        budget: tokens of the texts of one group; a single text may have more.
    """

    prompts: PromptSet
    manner: Manner
    counter: TokenCounter
    budget: int = BUDGET


def budget_within(context: int) -> int:
    """The budget of a group, for a model that holds so many tokens of prompt and reply."""
    return min(BUDGET, max(_LEAST, int((context - _OVERHEAD) / (1 + GROWTH))))


def translation_steps(job: Job, means: Means) -> Steps[list[Rendering]]:
    """Translate the texts of `job`.

    Raises:
        SummError: not one reply could be used, or none came; why.
    """
    sizes = [means.counter.count(text) for text in job.texts]
    groups = list(cut_groups(sizes, means.budget))
    first = _Chain(job, means, sizes, job.glossary, means.budget)
    # What is known of names when the chains part does not depend on which is faster.
    found = yield from first.run(groups[:1])
    if first.gives_up:
        raise first.errors[0]
    chains = [groups[at : at + CHAIN] for at in range(1, len(groups), CHAIN)]
    branches = [
        _Chain(job, means, sizes, job.glossary.fork(), first.budget, found, first.names)
        for _ in chains
    ]
    results: Sequence[dict[int, Rendering]] = []
    if branches:
        results = yield Fork(
            tuple(one.run(part) for one, part in zip(branches, chains, strict=True))
        )
    for branch, result in zip(branches, results, strict=True):
        job.glossary.merge(branch.glossary)
        found |= result
    errors = [error for chain in (first, *branches) for error in chain.errors]
    if errors and all(rendering.text is None for rendering in found.values()):
        raise errors[0]
    return [found[place] for place in range(len(job.texts))]


def cut_groups(sizes: Sequence[int], budget: int, start: int = 0) -> Iterator[range]:
    """Places of consecutive texts that go together: as many as the budget and `GROUP` allow.

    Args:
        sizes: tokens of each text.
        budget: tokens of a group; a single text may have more.
        start: the first place.
    """
    held = 0
    for place in range(start, len(sizes)):
        if place > start and (held + sizes[place] > budget or place - start == GROUP):
            yield range(start, place)
            start, held = place, 0
        held += sizes[place]
    if start < len(sizes):
        yield range(start, len(sizes))


def most_calls(group: int) -> int:
    """Requests that a group of so many texts can take, all repairs included."""
    return group + 4 if group > 1 else MOST_EACH


def most_requests(sizes: Sequence[int], budget: int) -> int:
    """Requests that texts can take if everything goes wrong; see `cut_groups`.

    The groups behind a bad one are smaller, down to one text each.
    """
    first = len(next(cut_groups(sizes, budget), ()))
    return (most_calls(first) if first else 0) + MOST_EACH * (len(sizes) - first)


@dataclass
class _Chain:
    """Groups one after the other.

    Attributes:
        glossary: what is known of terms and names, here.
        found: what became of texts so far, by place; of the chains before, to begin with.
        errors: why no reply could be used, where one could not.
        budget: tokens of the texts of its next group.
        names: whether a model that is asked for names comes to an end of them.
        replies: that could be used so far.
    """

    job: Job
    means: Means
    sizes: Sequence[int]
    glossary: Glossary
    budget: int
    found: dict[int, Rendering] = field(default_factory=dict)
    names: bool = True
    errors: list[SummError] = field(default_factory=list)
    replies: int = 0

    @property
    def gives_up(self) -> bool:
        """Whether the model answers in another form than it was asked for, whatever it is asked."""
        kinds = (MalformedReplyError, EmptyReplyError)
        same = all(isinstance(error, kinds) for error in self.errors)
        return not self.replies and len(self.errors) > 1 and same

    def run(self, groups: Sequence[range]) -> Steps[dict[int, Rendering]]:
        """Translate these groups, in smaller ones once one has gone wrong."""
        self.found = dict(self.found)
        places = range(groups[0].start, groups[-1].stop) if groups else range(0)
        start = places.start
        while start < places.stop:
            group = next(cut_groups(self.sizes[: places.stop], self.budget, start))
            failed = yield from self._group(group)
            if failed >= MANY * len(group) and len(group) > 1:
                size = sum(self.sizes[place] for place in group)
                self.budget = max(1, min(self.budget, size) // 2)
            start = group.stop
        return {place: self.found[place] for place in places}

    def _group(self, group: range) -> Steps[int]:
        """Translate one group; how many of its texts failed at first."""
        attempts = Attempts(self.job, group)
        request = self._request(self._texts(group), self._around(group), again=not self.names)
        (outcome,) = yield (request,)
        self._take(attempts, group, outcome, again=not self.names)
        # Cut, and all is there: it was cut in its names.
        if isinstance(outcome, Reply) and outcome.dropped and not attempts.missing:
            self.names = False
        wrong: list[int] = []
        # An endpoint that fails has been asked often enough.
        if not isinstance(outcome, EndpointError) or isinstance(outcome, ContextTooLongError):
            attempts.doubt()
            wrong = attempts.wrong()
            yield from self._mend(attempts, wrong)
        else:
            attempts.give_up(outcome)
        for place in group:
            self.found[place] = attempts.best(place)
            self.job.done(place, self.found[place])
        return len(wrong)

    def _mend(self, attempts: Attempts, wrong: Sequence[int]) -> Steps[None]:
        """Ask again for what is wrong, in smaller and smaller units.

        One or two texts go from "by themselves" to their sentences: asking for each alone in
        between would be a third request for one fault.
        """
        if not wrong:
            return
        whole = len(wrong) == len(attempts.group) and len(wrong) > 1
        middle = (len(wrong) + 1) // 2
        parts = [wrong[:middle], wrong[middle:]] if whole else [wrong]
        yield from self._ask_again(attempts, parts)
        if self.gives_up:
            return
        alone = {part[0] for part in parts if len(part) == 1}
        if max(map(len, parts)) > FEW:
            left = [place for place in attempts.hopeless(wrong) if place not in alone]
            yield from self._ask_again(attempts, [[place] for place in left])
            alone |= set(left)
        yield from self._by_sentence(attempts, attempts.hopeless(wrong), alone)

    def _ask_again(self, attempts: Attempts, parts: Sequence[Sequence[int]]) -> Steps[None]:
        """Ask for the texts of each part by themselves."""
        if not parts:
            return
        outcomes = yield tuple(self._request(self._texts(part), again=True) for part in parts)
        for part, outcome in zip(parts, outcomes, strict=True):
            self._take(attempts, part, outcome, again=True)

    def _by_sentence(
        self, attempts: Attempts, places: Sequence[int], alone: Collection[int]
    ) -> Steps[None]:
        """Ask for the sentences of texts as texts of their own, all in one request.

        Args:
            attempts: takes what comes.
            places: of the texts.
            alone: those that have been asked for alone: if they are one sentence, that is it.
        """
        # A suspect has been run together with the one after it: here that one comes before it.
        ordered = sorted(places, key=attempts.is_suspect)
        cut = {place: whole_sentences(self.job.texts[place]) for place in ordered}
        if max(map(len, cut.values()), default=0) == 1 and not any(map(attempts.is_suspect, cut)):
            # Together they would be the request that has just failed.
            yield from self._ask_again(attempts, [[at] for at in ordered if at not in alone])
            return
        pieces = {at: parts for at, parts in cut.items() if len(parts) > 1 or at not in alone}
        flat = [part for parts in pieces.values() for part in parts]
        if not flat:
            return
        (outcome,) = yield (self._request(flat, again=True),)
        if not isinstance(outcome, Reply):
            self.errors.append(outcome)
            return
        done = assigned(flat, outcome.data)
        joint = sentence_joint(self.job.languages[1])
        start = 0
        for place, parts in pieces.items():
            # Each sentence has its own marks: those of the whole may be of two kinds.
            own = [in_marks_of(part, done.get(start + at, "")) for at, part in enumerate(parts)]
            start += len(parts)
            if all(own) and (start == len(flat) or start in done):
                attempts.add(place, joint.join(own), self.glossary)

    def _around(self, group: range) -> Around:
        return around(self.job.texts, group, {place: one.text for place, one in self.found.items()})

    def _texts(self, places: Iterable[int]) -> list[str]:
        return [self.job.texts[place] for place in places]

    def _request(
        self, texts: Sequence[str], around: Around = ALONE, *, again: bool = False
    ) -> Request:
        means, terms = self.means, self.glossary.relevant(map(without_tags, texts))
        tokens = sum(map(means.counter.count, texts))
        return translation_request(
            means.prompts, texts, means.manner, tokens, terms, around, again=again
        )

    def _take(
        self,
        attempts: Attempts,
        places: Sequence[int],
        outcome: Outcome,
        *,
        again: bool = False,
    ) -> None:
        """Note what a reply to a request for these places holds."""
        if not isinstance(outcome, Reply):
            self.errors.append(outcome)
            return
        self.replies += 1
        texts = self._texts(places)
        done = assigned(texts, outcome.data)
        if again:
            done = {at: in_marks_of(texts[at], text) for at, text in done.items()}
        for at, text in done.items():
            attempts.add(places[at], text, self.glossary)
        # A text that is missing may stand in the one before it.
        attempts.suspect(
            places[at - 1] for at in range(1, len(places)) if at not in done and at - 1 in done
        )
        source, target = ("\n".join(map(without_tags, lines)) for lines in (texts, done.values()))
        self.glossary.learn(names_of(outcome.data), source, target)


def around(texts: Sequence[str], group: range, found: Mapping[int, str | None]) -> Around:
    """What stands before and after a group, with the translations that there are by place."""
    before = [
        (_end(texts[place]), _end(found.get(place) or ""))
        for place in range(max(0, group.start - BEFORE), group.start)
    ]
    after = texts[group.stop][:CONTEXT] if group.stop < len(texts) else ""
    return Around(tuple(before), after)


def _end(text: str) -> str:
    return text if len(text) <= CONTEXT else "…" + text[-CONTEXT:]
