"""Short invented articles, and documents and replies built from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from summ.checks.grounding import SentenceIndex
from summ.errors import ReplyError
from summ.model import Document, Reply, Request, Source, Usage
from summ.prompts import load_prompts
from summ.tasks.brief import Ask
from summ.tasks.layout import Layout
from summ.tasks.merge import Merger, notes_wanted, plan_tree, room_for
from summ.tasks.passage import Passage, document_passages
from summ.tasks.pooling import claims_wanted
from summ.tasks.reading import CLAIMS, SUMMARY, Limits, Reader, Reading, read_all
from summ.tasks.steps import Fork, Outcome, Steps, T
from summ.text.document import annotate
from summ.text.tokens import TokenCounter

EN = (
    "The town of Eastmere will close its harbour to cargo ships on 1 March.\n\n"
    "The council voted 9 to 4 for the plan on Tuesday night. "
    "It expects to save 2.3 million pounds a year.\n\n"
    "“We can no longer pay for dredging,” said Mayor Ruth Calder. "
    "Fishing boats may go on using the eastern pier.\n\n"
    "Opposition councillor Tom Ashby called the vote a betrayal. "
    "He said 140 jobs would be lost within two years.\n"
)
UK = (
    "Місто Заріччя відкриє новий трамвайний маршрут 12 травня.\n\n"
    "Будівництво тривало чотирнадцять місяців і коштувало 310 мільйонів гривень. "
    "«Ми чекали на це двадцять років», — сказала мерка Олена Коваленко.\n\n"
    "Перевізники побоюються, що втратять третину пасажирів. "
    "Депутат Петро Гнатюк вимагає оприлюднити всі рахунки.\n"
)
DE = (
    "Die Gemeinde Birkenau schließt ihr Freibad für zwei Jahre.\n\n"
    "Die Sanierung kostet 4,8 Millionen Euro und beginnt am 3. September. "
    "„Das Becken verliert jeden Tag 30.000 Liter“, sagte Bürgermeisterin Jana Vogt.\n\n"
    "Der Schwimmverein muss nach Lindenfels ausweichen. "
    "Sein Vorsitzender Karl Reuter rechnet mit weniger Mitgliedern.\n"
)
ZH = (
    "青河市将于五月十二日开放新的图书馆。\n\n"
    "工程历时十四个月，耗资三亿二千万元。"
    "馆长林晓梅说：“我们保留了每一块旧砖。”\n\n"
    "附近商户担心停车位不足。"
    "市议员陈国栋要求公布全部账目。\n"
)

ARTICLES: Mapping[str, str] = {"en": EN, "uk": UK, "de": DE, "zh": ZH}

COUNTER = TokenCounter("o200k_base")

_WORDS = (
    "harbour council vote mayor pier boats jobs 2.3 million Tuesday the of said місто трамвай "
    "гривень травня Freibad Gemeinde Liter 图书馆 工程 三亿 停车位 ダム café naïve 42 2026 ! ? … "
    "\n \n\n \t \u00a0 \u200b \x1b[31m </article-00000000> [7] “x” é"
)
WORDS = _WORDS.split(" ")
PROMPTS = load_prompts()


def document(text: str, language: str | None = "en", title: str | None = None) -> Document:
    """`text` as it is read from standard input."""
    return annotate(Source("-", "text/plain", text, title), language)


def article(language: str) -> Document:
    """One of the articles above."""
    return document(ARTICLES[language], language)


def texts(least: int = 1, most: int = 80) -> st.SearchStrategy[str]:
    """Texts in several scripts, with breaks, controls and look-alikes of delimiters."""
    words = st.sampled_from(WORDS) | st.text(max_size=6)
    stops = st.sampled_from((" ", " ", " ", ". ", "。", "\n", "\n\n", ""))
    return st.lists(st.tuples(words, stops), min_size=least, max_size=most).map(
        lambda parts: "".join(word + stop for word, stop in parts)
    )


def ask(length: int = 3, claims: int = 8) -> Ask:
    """What a run asks for, with the prompts that summ brings."""
    return Ask(PROMPTS, "English", length, claims)


def reply(data: Any, usage: Usage | None = None, dropped: int = 0) -> Reply:
    """A reply that counts, as a backend gives it."""
    return Reply(json.dumps(data), data, usage or Usage(calls=1), dropped)


def summary_reply(*items: tuple[Sequence[int], str]) -> Reply:
    """A summary: cited numbers and text of each sentence."""
    return reply({"summary": [{"sentences": list(n), "text": text} for n, text in items]})


def claim(
    numbers: Sequence[int], text: str, speaker: str | None = None, importance: int = 2
) -> dict[str, Any]:
    """One claim as a model writes it."""
    return {
        "sentences": list(numbers),
        "speaker": speaker,
        "claim": text,
        "kind": "fact",
        "importance": importance,
    }


def claims_reply(*items: Mapping[str, Any]) -> Reply:
    """Claims as a model gives them."""
    return reply({"claims": list(items)})


class Script:
    """Drives a task with answers made from its requests; keeps what was asked.

    Branches of a fork go in lockstep: what they ask next is one step, in their order.
    """

    def __init__(self, *rounds: Sequence[Outcome]) -> None:
        """Answer the n-th step with the n-th of `rounds`."""
        self._rounds = list(rounds)
        self.asked: list[tuple[Request, ...]] = []

    def run(self, steps: Steps[T]) -> T:
        """The task's result; every round must have been used."""

        def answer(requests: tuple[Request, ...]) -> tuple[Outcome, ...]:
            self.asked.append(requests)
            assert self._rounds, f"not scripted: {[request.task for request in requests]}"
            outcomes = tuple(self._rounds.pop(0))
            assert len(outcomes) == len(requests)
            return outcomes

        value = lockstep(steps, answer)
        assert not self._rounds, "the task asked less than was scripted"
        return value


def lockstep(steps: Steps[T], answer: Callable[[tuple[Request, ...]], tuple[Outcome, ...]]) -> T:
    """The result of a task, and of its branches, whose requests `answer` answers step by step."""
    level = _in_steps(steps)
    outcomes: tuple[Outcome, ...] | None = None
    while True:
        try:
            requests = next(level) if outcomes is None else level.send(outcomes)
        except StopIteration as end:
            value: T = end.value
            return value
        outcomes = answer(requests)


def _in_steps(steps: Steps[T]) -> Generator[tuple[Request, ...], tuple[Outcome, ...], T]:
    """The task with its forks unfolded: each step has the requests of all branches."""
    sent: tuple[Any, ...] | None = None
    while True:
        try:
            wanted = next(steps) if sent is None else steps.send(sent)
        except StopIteration as end:
            value: T = end.value
            return value
        if isinstance(wanted, Fork):
            sent = yield from _side_by_side([_in_steps(branch) for branch in wanted.branches])
            continue
        made = [one if isinstance(one, Request) else one() for one in wanted]
        outcomes: Iterator[Any] = iter(())
        if any(made):
            outcomes = iter((yield tuple(filter(None, made))))
        sent = tuple(next(outcomes) if one else None for one in made)


def _side_by_side(
    branches: Sequence[Generator[tuple[Request, ...], tuple[Outcome, ...], Any]],
) -> Generator[tuple[Request, ...], tuple[Outcome, ...], tuple[Any, ...]]:
    """What all branches return; they ask together until the last has ended."""
    values: list[Any] = [None] * len(branches)
    asked: dict[int, tuple[Request, ...]] = {}

    def go_on(number: int, outcomes: tuple[Outcome, ...] | None) -> None:
        branch = branches[number]
        try:
            asked[number] = next(branch) if outcomes is None else branch.send(outcomes)
        except StopIteration as end:
            asked.pop(number, None)
            values[number] = end.value

    for number in range(len(branches)):
        go_on(number, None)
    while asked:
        waiting = dict(sorted(asked.items()))
        outcomes = iter((yield tuple(request for step in waiting.values() for request in step)))
        for number, step in waiting.items():
            go_on(number, tuple(next(outcomes) for _ in step))
    return tuple(values)


def answered(
    steps: Steps[T], answer: Callable[[Request], Outcome], most: int = 12
) -> tuple[T, list[tuple[Request, ...]]]:
    """The result of a task whose every request `answer` answers, and what was asked."""
    asked: list[tuple[Request, ...]] = []

    def answer_all(requests: tuple[Request, ...]) -> tuple[Outcome, ...]:
        assert len(asked) < most, "the task does not come to an end"
        asked.append(requests)
        return tuple(answer(request) for request in requests)

    return lockstep(steps, answer_all), asked


def limits(layout: Layout, **changes: Any) -> Limits:
    """What requests of a layout keep to."""
    made = Limits(
        budget=layout.budget,
        notes=layout.notes,
        claims=layout.claims,
        at_once=len(layout.passages) == 1,
        counter=lambda: COUNTER,
    )
    return replace(made, **changes)


def laid_out(
    wanted: Ask, index: SentenceIndex, passages: Sequence[Passage], budget: int = 24_000
) -> Layout:
    """The layout of passages that are given."""
    count, room = len(passages), room_for(budget)
    notes = notes_wanted(wanted.length, count)
    return Layout(
        passages=tuple(passages),
        budget=budget,
        parts=(SUMMARY, CLAIMS),
        notes=notes,
        claims=claims_wanted(wanted.claims, count),
        tree=plan_tree(count, notes, room, wanted.length),
    )


def read_steps(
    wanted: Ask,
    index: SentenceIndex,
    passages: Sequence[Passage],
    parts: tuple[str, ...],
    budget: int = 24_000,
) -> Steps[Reading]:
    """Reads passages and merges their notes, as a run does."""
    layout = laid_out(wanted, index, passages, budget)
    kept = limits(layout)
    reader = Reader(wanted, index, kept, parts)
    readers = [reader.read(passage) for passage in passages]
    if SUMMARY in parts:
        return Merger(wanted, index, kept).summarise(layout.tree, readers)
    return read_all(readers)


def opened(text: str, budget: int = 10_000) -> tuple[SentenceIndex, list[Passage]]:
    """The index and the passages of a text."""
    made = document(text)
    return SentenceIndex(made), document_passages(made, budget, COUNTER)


def unusable(message: str = "The reply was cut.") -> ReplyError:
    """An outcome that is no reply."""
    return ReplyError(message)
