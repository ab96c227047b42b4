"""Good translations must pass: human ones, the article's own words, and letters changed by rule."""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any, cast

from summ.model import Source, Translation
from summ.text.segments import segments
from summ.text.shown import MARKDOWN, shown
from summ.text.tags import TAG, tags_of
from tests.eval.translation.faults_model import lines_asked
from tests.eval.translation.faults_runs import Ran, Respond, Runner, runner
from tests.eval.translation.measure import PLAIN, chrf
from tests.fake_endpoint import Answer, chat
from tests.pseudo import from_greek, to_greek
from tests.scripted_model import translated

_SHORTCUT = re.compile(r"\[([^\[\]]+)\]\[\1\]")

SCOTS = "sco"
"""A language that English may pass for: what equals its source is no fault there."""


def answering(translate: Callable[[str], str]) -> Respond:
    """A model that translates each line so."""

    def respond(body: Any) -> Answer:
        lines = lines_asked(body)
        texts = {number: translate(line) for number, line in lines.items()}
        return chat(json.dumps(translated(texts, lines), ensure_ascii=False), usage=None)

    return respond


# --- human translations ----------------------------------------------------------------------


@dataclass
class Passed:
    """What became of human translations into one language.

    Attributes:
        documents: how many.
        whole: those whose text is the reference (chrF 100).
        segments: how many.
        again: requests beyond one for each group.
        kept: segments left in the source's words, with the translation and the reasons.
        warned: what was found in others, by code.
        odd: segments of ours that are none of the document's.
    """

    documents: int = 0
    whole: int = 0
    segments: int = 0
    again: int = 0
    kept: list[tuple[str, str, str]] = field(default_factory=list)
    warned: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)


def human(path: Path) -> Iterator[tuple[str, Passed]]:
    """Language by language, what becomes of the human translations of a file."""
    documents = [json.loads(line)["segments"] for line in path.read_text("utf-8").splitlines()]
    for language in documents[0][0]:
        if language != "en":
            passed = Passed()
            with runner(language) as run:
                for document in documents:
                    _pass(run, document, language, passed)
            yield language, passed


def _pass(run: Runner, document: list[Mapping[str, str]], language: str, passed: Passed) -> None:
    texts = [" ".join(one["en"].split()) for one in document]
    known = {shown(text): shown(one[language]) for text, one in zip(texts, document, strict=True)}
    text = "\n\n".join(texts)

    def translate(line: str) -> str:
        found = known.get(line) or _with_tags(line, known)
        if not found:
            passed.odd[line] += 1
        return found or ""

    ran = run(Source("document.txt", PLAIN, text), answering(translate))
    passed.documents += 1
    passed.again += ran.calls - ran.groups
    if ran.translation is None:
        passed.kept.append(("", "", str(ran.error)))
        return
    want = " ".join(one[language] for one in document)
    passed.whole += chrf([ran.translation.text or ""], [want]) > 100 - 1e-6
    passed.segments += len(ran.translation.segments)
    for segment in ran.translation.segments:
        codes = [finding.code for finding in segment.findings]
        if segment.state == "kept":
            target = known.get(shown(segment.source), "")
            passed.kept.append((segment.source, target, " ".join(codes)))
        else:
            passed.warned.update(codes)


def _with_tags(line: str, known: Mapping[str, str]) -> str | None:
    """The translation of a line in which tags stand for addresses, with the same tags."""
    tags = tags_of(line)
    pattern = re.compile("(.+)".join(map(re.escape, TAG.split(line))))
    for source, target in known.items():
        if tags and (match := pattern.fullmatch(source)):
            for tag, address in zip(tags, match.groups(), strict=True):
                target = target.replace(address, tag)
            return target
    return None


HUMAN_HEAD = (
    "| into | documents | chrF 100 | segments | left as source | asked again for 1000 segments "
    "| told of |\n|---|--:|--:|--:|--:|--:|---|"
)


def human_row(language: str, passed: Passed) -> str:
    """A row of the Markdown table."""
    told = ", ".join(f"{code} {count}" for code, count in passed.warned.most_common())
    return (
        f"| {language} | {passed.documents} | {passed.whole} | {passed.segments} "
        f"| {len(passed.kept)} | {1000 * passed.again / passed.segments:.1f} | {told} |"
    )


# --- descriptions of packages ----------------------------------------------------------------


def readmes(most: int = 60_000) -> Iterator[Source]:
    """The descriptions of installed packages, up to so many characters, shortest first."""
    found: dict[str, Source] = {}
    for package in importlib.metadata.distributions():
        # It is a mail message; the type that is declared knows less.
        data = cast("Message", package.metadata)
        text = str(data.get_payload() or data.get("Description") or "").replace("\r\n", "\n")
        kind = str(data.get("Description-Content-Type") or "")
        media_type = MARKDOWN if kind.startswith(MARKDOWN) else PLAIN
        if text.strip() and len(text) <= most and segments(text, media_type):
            found[package.name] = Source(f"{package.name}.md", media_type, text)
    yield from sorted(found.values(), key=lambda source: (len(source.text), source.uri))


def as_it_was(run: Runner, source: Source) -> Ran:
    """Translate with a model that gives back each line as it is."""
    return run(source, answering(lambda line: line))


def in_greek_letters(run: Runner, source: Source) -> Ran:
    """Translate with a model that writes each line in Greek letters."""
    return run(source, answering(to_greek))


def is_same(source: Source, translation: Translation | None) -> bool:
    """Whether a translation is the article, once its Greek letters are Latin again.

    A link by its text alone is a link by its name once the text is another: `[text][name]`.
    """
    if translation is None or translation.text is None:
        return False
    text, back = from_greek(source.text), from_greek(translation.text)
    return back == text or _SHORTCUT.sub(r"[\1]", back) == _SHORTCUT.sub(r"[\1]", text)
