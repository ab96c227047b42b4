"""Whole articles through a small language model, segment by segment and all at once.

    SUMM_MODEL_DIR=… python -m tests.eval.translation.model PARALLEL.jsonl

PARALLEL.jsonl holds human translations, a document a line: `{"segments": [{"en": …, "es": …,
…}, …]}`. Its shortest documents are translated as `summ translate --base-url` does it, and by one
plain request with the whole text, from the same model behind the same server; both are compared
with the human translation. Exit 1 when a language comes out worse segment by segment. Needs the
extras `local` and `bench`, and the model (`summ models pull`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summ.config import resolve
from summ.errors import ReplyError
from summ.llm.openai_backend import OpenAIBackend
from summ.llm.port import Endpoint
from summ.local.engine import LocalEngine
from summ.local.files import Silent, model_dir
from summ.local.store import BUILT_IN
from summ.model import Message, Request, Source, Translation
from summ.session import Session
from summ.text.language_names import english_name
from tests.eval.translation.measure import PLAIN, chrf

CONTEXT = 4_096
"""Tokens of prompt and reply, as servers on small machines have them."""

SECONDS = 1_800.0
"""Deadline of a call: here a slow machine is no fault."""

REPLY = 2_400
"""Tokens that the plain request may write: what its prompt leaves of the context, or more."""

SUMM, AT_ONCE = "segments", "at once"


@dataclass(frozen=True, slots=True)
class Document:
    """An article in English and other languages.

    Attributes:
        name: for the table.
        texts: by language; plain text, a paragraph for each aligned segment.
    """

    name: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one article in one way.

    Attributes:
        flow: `SUMM` or `AT_ONCE`.
        language: the target.
        document: its name.
        text: what came.
        chrf: of it against the human translation, 0 to 100.
        seconds: wall time.
        calls: requests.
        tokens: prompt tokens read, and tokens written.
        kept: codes of what was found in segments that stand in the source's language.
        segments: pieces of prose; 0 for the plain request.
    """

    flow: str
    language: str
    document: str
    text: str
    chrf: float
    seconds: float
    calls: int
    tokens: tuple[int, int]
    kept: tuple[str, ...] = ()
    segments: int = 0


def shortest(path: Path, count: int, languages: Iterable[str]) -> list[Document]:
    """The shortest documents of a file, by their English characters."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = [
        Document(
            row.get("doc", str(number)),
            {
                code: "\n\n".join(one[code] for one in row["segments"])
                for code in ("en", *languages)
            },
        )
        for number, row in enumerate(rows, start=1)
    ]
    return sorted(documents, key=lambda one: len(one.texts["en"]))[:count]


class Flows:
    """Both ways to translate, at one server."""

    def __init__(self, engine: LocalEngine) -> None:
        """Hold on to a server that runs."""
        self._engine = engine

    async def by_segments(self, document: Document, language: str) -> Score:
        """As `summ translate ARTICLE --to LANGUAGE --base-url …` does it."""
        flags = {
            "to": [language],
            "model": BUILT_IN.name,
            "base_url": self._engine.base_url,
            "timeout": SECONDS,
            "cache": False,
        }
        environment = {"OPENAI_API_KEY": self._engine.api_key}
        start = time.monotonic()
        with Session(resolve(flags, environment, None).settings, Silent()) as session:
            backend = session.tools.backend
            assert isinstance(backend, OpenAIBackend)
            try:
                source = Source(document.name, PLAIN, document.texts["en"])
                (translation,) = (await session.report(source, frozenset({"text"}))).translations
            except ReplyError:
                translation = Translation(language, None, (), ())
            await session.aclose()
        return Score(
            flow=SUMM,
            language=language,
            document=document.name,
            text=translation.text or "",
            chrf=chrf([translation.text or ""], [document.texts[language]]),
            seconds=time.monotonic() - start,
            calls=backend.spent.calls,
            tokens=(backend.spent.prompt_tokens, backend.spent.completion_tokens),
            kept=tuple(_kept(translation)),
            segments=len(translation.segments),
        )

    async def at_once(self, document: Document, language: str) -> Score:
        """By one request with the whole text; what is cut counts as far as it goes."""
        task = f"Translate the article above into {english_name(language)}."
        request = Request(
            "plain",
            (Message("user", f"{document.texts['en']}\n\n{task}"),),
            REPLY,
            temperature=0.0,
            again=False,
        )
        backend = OpenAIBackend(
            Endpoint(
                base_url=self._engine.base_url,
                api_key=self._engine.api_key,
                model=BUILT_IN.name,
                timeout=SECONDS,
                retries=0,
                comfortable=CONTEXT,
                context=CONTEXT,
            )
        )
        start = time.monotonic()
        try:
            text = (await backend.complete(request)).text
        except ReplyError as error:
            text = error.text
        seconds = time.monotonic() - start
        await backend.aclose()
        return Score(
            flow=AT_ONCE,
            language=language,
            document=document.name,
            text=text,
            chrf=chrf([text], [document.texts[language]]),
            seconds=seconds,
            calls=backend.spent.calls,
            tokens=(backend.spent.prompt_tokens, backend.spent.completion_tokens),
        )


def _kept(translation: Translation) -> Iterator[str]:
    """Why segments stand in the source's language: for each the first code that was found."""
    for segment in translation.segments:
        if segment.state == "kept":
            yield next((one.code for one in segment.findings[1:]), "none")


def row(score: Score) -> str:
    """A line of the table of all articles."""
    read, written = score.tokens
    kept = f"{len(score.kept)} of {score.segments}" if score.segments else "–"
    return (
        f"| {score.document} | {score.language} | {score.flow} | {score.chrf:.1f} | "
        f"{score.seconds:.0f} | {score.calls} | {read} + {written} | {kept} |"
    )


def summary(scores: Sequence[Score], references: Sequence[str]) -> str:
    """A line of the table of languages; the scores are of one way and language."""
    reasons = Counter(code for one in scores for code in one.kept)
    segments = sum(one.segments for one in scores)
    kept = f"{reasons.total()} of {segments}" if segments else "–"
    why = ", ".join(f"{code} {times}" for code, times in reasons.most_common())
    read, written = (sum(part) for part in zip(*(one.tokens for one in scores), strict=True))
    return (
        f"| {scores[0].language} | {scores[0].flow} | {mean(scores):.1f} | "
        f"{chrf([one.text for one in scores], references):.1f} | "
        f"{sum(one.seconds for one in scores):.0f} | {sum(one.calls for one in scores)} | "
        f"{read} + {written} | {kept}{f' ({why})' if why else ''} |"
    )


def mean(scores: Sequence[Score]) -> float:
    """Mean chrF of whole documents."""
    return sum(one.chrf for one in scores) / len(scores)


async def measure(arguments: argparse.Namespace, flows: Flows) -> int:
    """Translate everything, print both tables; 1 when a language comes out worse."""
    documents = shortest(arguments.parallel, arguments.documents, arguments.languages)
    scores: list[Score] = []
    print("| document | to | way | chrF | seconds | calls | tokens | left in English |")
    print("|---|---|---|---|---|---|---|---|")
    for language in arguments.languages:
        for document in documents:
            for flow in (flows.by_segments, flows.at_once):
                scores.append(await flow(document, language))
                print(row(scores[-1]), flush=True)
                if arguments.save:
                    _save(arguments.save, scores[-1])
    print("\n| to | way | chrF, mean | chrF, corpus | seconds | calls | tokens | left in English |")
    print("|---|---|---|---|---|---|---|---|")
    missed = 0
    for language in arguments.languages:
        references = [one.texts[language] for one in documents]
        ours, plain = (
            [one for one in scores if (one.flow, one.language) == (flow, language)]
            for flow in (SUMM, AT_ONCE)
        )
        print(summary(ours, references))
        print(summary(plain, references))
        missed |= mean(ours) < mean(plain)
    return int(missed)


def _save(path: Path, score: Score) -> None:
    """Add what came to a file, to be read by eye."""
    with path.open("a", encoding="utf-8") as file:
        record = {name: getattr(score, name) for name in ("document", "language", "flow", "text")}
        file.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parallel", type=Path, metavar="PARALLEL.jsonl")
    parser.add_argument("--documents", type=int, default=10, help="how many, shortest first")
    parser.add_argument("--languages", nargs="+", default=["es", "zh"])
    parser.add_argument("--save", type=Path, help="file that what came is added to")
    arguments = parser.parse_args()
    root = model_dir(os.environ)
    with LocalEngine(root / BUILT_IN.filename, context=CONTEXT, root=root) as engine:
        return asyncio.run(measure(arguments, Flows(engine)))


if __name__ == "__main__":
    sys.exit(main())
