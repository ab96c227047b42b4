"""Time and quality of chunking: CPU beside one encode, wall time, ends by language."""

from __future__ import annotations

import gc
import json
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from tests.benchmarks.chunking_peers import CHUNKERS, OURS, Split, encoding, ready
from tests.benchmarks.chunking_quality import Quality, Text, fullest, judge, solid
from tests.benchmarks.chunking_report import MIDDLE, Settings, Verdict, percent, show, table

SLOW, SLOW_ROUNDS = 10, 2
VERY_SLOW = 10.0  # seconds
WALL_BYTES = 5_000_000

BAR_RATIO = {512: 1.35, 2000: 1.2, 8000: 1.2}
BAR_FILL = {
    ("en", 512): 0.9,
    **{(f"{text} flat", budget): 0.96 for text in ("en", "mixed") for budget in BAR_RATIO},
}
BAR_SENTENCES = 0.99
BAR_WALL = 1.0

# The parallel documents are joined this often, each time from another one on: more cuts.
TURNS = 8
PARALLEL_BUDGETS = (512, 2000)
_UNSPACED = frozenset({"zh", "ja"})


@dataclass
class Timed:
    """CPU seconds of a chunker, each with those of the encode just before."""

    pairs: list[tuple[float, float]] = field(default_factory=list)
    chunks: list[str] = field(default_factory=list)
    error: str | None = None

    @property
    def ratio(self) -> float | None:
        """The median of chunker ÷ encode."""
        return statistics.median([a / b for a, b in self.pairs]) if self.pairs else None

    @cached_property
    def seconds(self) -> float:
        """The least."""
        return min((own for own, _ in self.pairs), default=0.0)

    def rounds_left(self, wanted: int) -> bool:
        """Whether it runs again when `wanted` rounds are asked of the fast ones."""
        if self.error or not self.pairs:
            return not self.error
        own, plain = self.pairs[0]
        few = 1 if own > VERY_SLOW else SLOW_ROUNDS if own > SLOW * plain else wanted
        return len(self.pairs) < min(few, wanted)


def encode_seconds(text: str) -> float:
    """CPU seconds of one plain encode of the whole text, its tokens let go of.

    A chunker keeps no tokens either, so it pays within its time for letting go of them.
    """
    encode = encoding().encode_ordinary
    gc.collect()
    started = time.process_time()
    encode(text)
    return time.process_time() - started


def time_all(names: Sequence[str], text: str, budget: int, rounds: int) -> dict[str, Timed]:
    """Time the chunkers in rounds, as `tests.benchmarks.chunking` says."""
    timed = {name: Timed() for name in names}
    encode_seconds(text)  # the first also fills tiktoken's and the text's own caches
    for turn in range(rounds):
        shift = turn % len(names)
        for name in (*names[shift:], *names[:shift]):
            one = timed[name]
            if not one.rounds_left(rounds):
                continue
            plain = encode_seconds(text)
            try:
                seconds, one.chunks = _run(ready(name, budget), text)
            except Exception as error:  # noqa: BLE001 (whatever a peer raises is a result)
                one.error = type(error).__name__
            else:
                one.pairs.append((seconds, plain))
    return timed


def _run(split: Split, text: str) -> tuple[float, list[str]]:
    gc.collect()
    started = time.process_time()
    chunks = split(text)
    return time.process_time() - started, chunks


def speed(settings: Settings) -> None:
    """The tables of time and quality, one for each text and budget."""
    for corpus, source in settings.texts.items():
        for budget in settings.budgets:
            timed = time_all(settings.names, source.text, budget, settings.rounds)
            plain = min(b for one in timed.values() for _, b in one.pairs)
            print(
                f"\n### {corpus}, budget {budget:,} "
                f"(one encode: {plain:.3f} s, {len(source.text.encode()) / 1e6:.2f} MB)\n"
            )
            rows = []
            for name, one in timed.items():
                if one.error:
                    rows.append([CHUNKERS[name].label, one.error] + ["–"] * 9)
                    continue
                found = judge(source, one.chunks, budget)
                rows.append(_speed_row(name, one, found, plain))
                if name == OURS:
                    _judge_ours(settings.verdict, (corpus, budget), one, found)
                    _judge_fill(settings.verdict, (corpus, budget), found, source)
            head = (
                "chunker|CPU ÷ encode|of minima|rounds|chunks|over|largest|cover"
                "|% ends at a stop|% at a sentence|fill"
            )
            print(table(head.split("|"), rows), flush=True)


def _speed_row(name: str, one: Timed, found: Quality, plain: float) -> list[str]:
    return [
        CHUNKERS[name].label,
        show(one.ratio),
        show(one.seconds / plain),
        str(len(one.pairs)),
        f"{found.chunks:,}",
        str(found.over),
        f"{found.largest:,}",
        found.cover,
        percent(found.stops),
        percent(found.sentences),
        show(found.fill, ".3f"),
    ]


def _judge_ours(verdict: Verdict, where: tuple[str, int], one: Timed, found: Quality) -> None:
    corpus, budget = where
    place = f"{corpus} at {budget:,}"
    if one.ratio is not None and budget in BAR_RATIO:
        bar = BAR_RATIO[budget]
        verdict.add(one.ratio <= bar, f"{place}: {one.ratio:.2f} × encode (≤ {bar})")
    verdict.add(found.over == 0, f"{place}: {found.over} over budget")
    verdict.add(found.cover == "exact", f"{place}: cover {found.cover}")


def _judge_fill(verdict: Verdict, where: tuple[str, int], found: Quality, source: Text) -> None:
    bar = BAR_FILL.get(where)
    if bar is None or found.fill is None:
        return
    told = f"{where[0]} at {where[1]:,}: fill {found.fill:.3f} (≥ {bar}"
    if found.fill < bar:
        told += f"; whole sentences allow {show(fullest(source.text, where[1]), '.3f')}"
    verdict.add(found.fill >= bar, f"{told})")


def wall(settings: Settings) -> None:
    """Wall time of a large text: what a second core can give."""
    texts = [source.text for name, source in settings.texts.items() if "flat" not in name]
    text = "\n\n\n".join(texts or [source.text for source in settings.texts.values()])
    text *= -(-WALL_BYTES // len(text.encode()))
    encode = encoding().encode_ordinary
    encode(text)
    names = [name for name in settings.names if name == OURS] or list(settings.names)
    for name in names:
        rounds = []
        for _ in range(settings.rounds):
            gc.collect()
            start, cpu = time.perf_counter(), time.process_time()
            encode(text)
            plain, plain_cpu = time.perf_counter() - start, time.process_time() - cpu
            split = ready(name, MIDDLE)
            gc.collect()
            start, cpu = time.perf_counter(), time.process_time()
            split(text)
            own, own_cpu = time.perf_counter() - start, time.process_time() - cpu
            rounds.append((own / plain, own_cpu / plain_cpu, own, plain))
        ratio, cpu_ratio, own, plain = (
            statistics.median(column) for column in zip(*rounds, strict=True)
        )
        print(
            f"\n### Wall time, {len(text.encode()) / 1e6:.1f} MB, budget {MIDDLE:,}, "
            f"{os.cpu_count()} cores\n"
        )
        print(
            table(
                ["chunker", "wall s", "one encode, wall s", "wall ÷ encode", "CPU ÷ encode"],
                [[CHUNKERS[name].label, *map(show, (own, plain, ratio, cpu_ratio))]],
            ),
            flush=True,
        )
        if name == OURS:
            settings.verdict.add(
                ratio < BAR_WALL, f"wall {ratio:.2f} × one encode (< {BAR_WALL:g})"
            )


def parallel_texts(path: Path) -> Iterator[tuple[str, str, list[Text]]]:
    """Language, layout, and the texts: all documents, each time with another first."""
    lines = path.read_text("utf-8").splitlines()
    documents = [json.loads(line)["segments"] for line in lines if line.strip()]
    shift = max(1, len(documents) // TURNS)
    for language in documents[0][0]:
        segments = [[segment[language].strip() for segment in one] for one in documents]
        turns = [segments[by:] + segments[:by] for by in range(0, len(segments), shift)]
        space = "" if language in _UNSPACED else " "
        for layout, between, after in (("lines", "\n", "\n\n"), ("flat", space, space)):
            texts = []
            for turn in turns:
                ends = accumulate(solid(segment) for one in turn for segment in one)
                texts.append(Text(after.join(map(between.join, turn)), ends))
            yield language, layout, texts


def parallel(settings: Settings, path: Path) -> None:
    """The table of ends at a full stop and at a sentence, in each language."""
    print("\n### Ends at a full stop / at a sentence, per cent, by language\n")
    print(
        f"Budgets {' and '.join(map(str, PARALLEL_BUDGETS))} together. The end of an aligned\n"
        "segment counts as a full stop; sentences are those of summ's own splitter. Lines: one\n"
        "segment a line, a blank line between documents; flat: no line breaks.\n"
    )
    rows = []
    for language, layout, texts in parallel_texts(path):
        row = [f"{language}, {layout}"]
        for name in settings.names:
            stops, sentences, ends = _shares(name, texts)
            if name == settings.names[0]:
                row.append(str(ends))
            row.append("–" if stops is None else f"{percent(stops)} / {percent(sentences)}")
            if name == OURS:
                least = min(stops or 0.0, sentences or 0.0)
                settings.verdict.add(
                    least >= BAR_SENTENCES,
                    f"{language}, {layout}: {percent(stops)} / {percent(sentences)} % (≥ 99)",
                )
        rows.append(row)
    labels = [CHUNKERS[name].label for name in settings.names]
    first = f"ends of {labels[0]}"
    print(table(["text", first, *labels], rows), flush=True)


def _shares(name: str, sources: Sequence[Text]) -> tuple[float | None, float | None, int]:
    """Shares of stops and of sentences over all texts and budgets, and the ends looked at."""
    stops = sentences = 0.0
    ends = 0
    for budget in PARALLEL_BUDGETS:
        split = ready(name, budget)
        for source in sources:
            found = judge(source, split(source.text), budget)
            if found.stops is None or found.sentences is None:
                return None, None, 0
            ends += found.chunks - 1
            stops += found.stops * (found.chunks - 1)
            sentences += found.sentences * (found.chunks - 1)
    return (stops / ends, sentences / ends, ends) if ends else (None, None, 0)
