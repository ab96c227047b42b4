"""Texts and checks that the tests of chunking share."""

from __future__ import annotations

from bisect import bisect
from itertools import pairwise
from pathlib import Path

import regex
from hypothesis import strategies as st

from summ.model import Chunk, Span
from summ.text.tokens import TokenCounter, counter_for

EXACT = TokenCounter("o200k_base")
COUNTERS = {
    "o200k_base": EXACT,
    "cl100k_base": TokenCounter("cl100k_base"),
    "by script": counter_for("llama3"),
    "corrected": TokenCounter("cl100k_base", 1.37),
}

PROSE = [
    "A word ", "and one more. ", "Слово за словом. ", "річка, ", "河流很长。", "これは川です。",
    "नदी लंबी है। ", "النهر طويل. ", "แม่น้ำยาว ", "강이 길다. ", "“Why?” he asked. ",
    "it's 12,345.67 ", "(or so) ", "\n\n", "\n", "\n\n\n# Title\n\n", "- item\n",
    "https://example.org/a?b=c ",
]  # fmt: skip
ODD = [
    "\r\n", "   ", "\t", "e\u0301\u0302", "👩‍👩‍👧‍👦", "🇺🇦", "🇬🇧🇫🇷", "क्‍ष", "각", "<|endoftext|>",
    "<|fim_prefix|>", "x" * 40, "QUJD/+=" * 9, "!!!", "\ud800", "\udc00", "\u200d", " \u0301",
    "\n/", "\x1c", "\u2028", "\xa0", "\u3000", "\U000e0041", "\U0001fb99", "\u0378", "\U00010380",
    "e" + "\u0301" * 30,
]  # fmt: skip
MIXED = st.lists(st.sampled_from(PROSE + ODD) | st.text(max_size=8), max_size=40).map("".join)


def graphemes(text: str) -> list[int]:
    """Where graphemes start, and the end of the text."""
    return [*(match.start() for match in regex.finditer(r"\X", text)), len(text)]


@st.composite
def tiled(draw: st.DrawFn, texts: st.SearchStrategy[str] = MIXED) -> tuple[str, list[Span]]:
    """A text, and spans of whole graphemes that tile it anyhow."""
    text = draw(texts.filter(bool))
    cuts = draw(st.sets(st.sampled_from(graphemes(text)), max_size=20)) | {0, len(text)}
    return text, [Span(a, b) for a, b in pairwise(sorted(cuts))]


def check(text: str, chunks: list[Chunk], budget: int, counter: TokenCounter = EXACT) -> None:
    """What holds for chunks of any text: cover, order, budget, counts, graphemes."""
    assert "".join(chunk.text for chunk in chunks) == text
    place = 0
    for chunk in chunks:
        assert chunk.start == place < chunk.end
        assert text[chunk.start : chunk.end] == chunk.text
        assert counter.count(chunk.text) == chunk.tokens <= budget
        place = chunk.end
    assert place == len(text)
    starts = graphemes(text)
    for cut in {chunk.end for chunk in chunks}.difference(starts):
        at = bisect(starts, cut)
        assert counter.count(text[starts[at - 1] : starts[at]]) > budget


def articles() -> dict[str, str]:
    """The articles of the examples, by name."""
    folder = Path(__file__).parents[2] / "examples"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
