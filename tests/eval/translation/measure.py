"""Whole articles through the built-in translator, against translations by hand.

Two things are measured: whether the markup is that of the original, segment by segment, and how
near the words are to the reference (chrF), beside the same engine on the plain text, which has
no markup to keep.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyromark

from summ.by_sentence import BySentence
from summ.local.files import Silent, model_dir
from summ.local.pairs import PairStore
from summ.model import Translator
from summ.text.segments import Prose, rebuild, segments
from summ.text.shown import MARKDOWN
from summ.text.tagged import parents

ARTICLES = Path(__file__).parent / "articles"
PAIRS = (("en", "pt"), ("pt", "en"))
PLAIN = "text/plain"
SUFFIXES = {".md": MARKDOWN, ".txt": PLAIN}

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
)
_FIXED = re.compile(r"https?://\S+\w|^- |\n- ")
_BLOCKS = ("Paragraph", "Heading", "TableCell", "Item")
_SKIPPED = ("CodeBlock", "HtmlBlock", "MetadataBlock")


@dataclass(frozen=True, slots=True)
class Article:
    """An article in two languages, each with its reference in the other.

    Attributes:
        name: of its files, without language and ending.
        media_type: of both.
        texts: by language; segment by segment the same.
    """

    name: str
    media_type: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """How one article came out.

    Attributes:
        segments: pieces of prose in it.
        whole: those of them whose translation has the markup of the original.
        same_shape: whether the new article is built as the old one.
        ours: chrF of the visible words, 0 to 100.
        plain: chrF of the engine's own way with the plain text.
        seconds: wall time of the translation, the model being loaded.
    """

    segments: int
    whole: int
    same_shape: bool
    ours: float
    plain: float
    seconds: float


def load() -> list[Article]:
    """All articles, by name."""
    found = []
    for path in sorted(ARTICLES.glob("*.en.*")):
        name = path.name.partition(".")[0]
        texts = {
            language: (ARTICLES / f"{name}.{language}{path.suffix}").read_text(encoding="utf-8")
            for language in ("en", "pt")
        }
        found.append(Article(name, SUFFIXES[path.suffix], texts))
    return found


def blocks(text: str, media_type: str) -> list[str]:
    """The visible words of an article, paragraph by paragraph, without markup."""
    if media_type == PLAIN:
        return [" ".join(block.split()) for block in text.split("\n\n")]
    found = [""]
    skip = 0
    for kind, value in _events(text):
        name = _name(value)
        if kind in {"Start", "End"} and name in _SKIPPED:
            skip += 1 if kind == "Start" else -1
        elif kind in {"Start", "End"} and name in _BLOCKS:
            found.append("")
        elif not skip and kind in {"Text", "Code"}:
            found[-1] += value
        elif kind in {"SoftBreak", "HardBreak"}:
            found[-1] += " "
    return [block for block in found if any(map(str.isalpha, block))]


def shape(text: str, media_type: str) -> list[str]:
    """What an article is built of, words and order within a block left out."""
    if media_type == PLAIN:
        return [" ".join(_FIXED.findall(block)) for block in text.split("\n\n")]
    found: list[list[str]] = [[]]
    for kind, value in _events(text):
        if kind in {"Start", "End"} and _name(value) in _BLOCKS:
            found.append([])
        if kind not in {"Text", "SoftBreak"}:
            found[-1].append(f"{kind} {value}")
    return [line for part in found for line in sorted(part)]


def _events(text: str) -> Iterator[tuple[str, Any]]:
    """What Markdown is made of: kind and value."""
    for event in pyromark.events(text, options=_OPTIONS):
        yield next(iter(event.items())) if isinstance(event, dict) else (str(event), "")


def _name(value: Any) -> str:
    return str(next(iter(value))) if isinstance(value, dict) else str(value)


async def measure(article: Article, pair: tuple[str, str], translator: Translator) -> Score:
    """Translate an article and judge it; the translator is ready for the pair."""
    source, target = pair
    text, reference = article.texts[source], article.texts[target]
    proses = segments(text, article.media_type)
    start = time.perf_counter()
    lines = await BySentence(translator).translate([one.text for one in proses], source, target)
    seconds = time.perf_counter() - start
    restored = [_restored(*one) for one in zip(proses, lines, strict=True)]
    written = [
        new if new is not None else prose.span.of(text)
        for prose, new in zip(proses, restored, strict=True)
    ]
    result = rebuild(text, proses, written)
    wanted = blocks(reference, article.media_type)
    plain = blocks(text, article.media_type)
    return Score(
        segments=len(proses),
        whole=sum(one is not None for one in restored),
        same_shape=shape(result, article.media_type) == shape(text, article.media_type),
        ours=chrf(blocks(result, article.media_type), wanted),
        plain=chrf(by_itself(plain, pair), wanted),
        seconds=seconds,
    )


def _restored(prose: Prose, line: str | None) -> str | None:
    if line is None or parents(line) != parents(prose.text):
        return None
    return prose.restore(line)


def by_itself(texts: Sequence[str], pair: tuple[str, str]) -> list[str]:
    """What the engine makes of plain text, its own sentence splitter before it."""
    import fxtranslate

    data = PairStore(model_dir(os.environ), Silent(), {}).load("-".join(pair), threading.Event())
    engine = fxtranslate.Translator(
        data.model, data.source_vocab, data.target_vocab, data.shortlist
    )
    return [engine.translate_long(text) for text in texts]


def chrf(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Character n-gram score of texts against as many references, 0 to 100."""
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().corpus_score(list(found), [list(wanted)]).score)
