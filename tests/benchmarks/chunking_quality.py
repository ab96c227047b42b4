"""What is looked at in the chunks of any chunker, by rules that are the same for all.

Chunkers differ in the white space that they drop, so the place of a cut is told by how many
characters stand before it that are no white space.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from summ.text.sentences import split_sentences
from tests.benchmarks.chunking_peers import encoding

# French sets a space before its closing mark.
_STOP = re.compile(r"""[.!?…。！？।؟۔](?:\s?["'”’“»«›)\]}」』〉》】）])*\Z""")
_WIDE = "。！？"  # end a sentence without a space after them
_CJK = re.compile("[\u3040-\u9fff]")  # … and before these, so does any other mark
_TAIL = 40  # more than any row of closing marks
_WORD = re.compile(r"\S+")
_NEARBY = 64
_FLAG = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def solid(text: str) -> int:
    """Characters of `text` that are no white space."""
    return len("".join(text.split()))


@dataclass(frozen=True, slots=True)
class Quality:
    """What was found.

    Attributes:
        chunks: their number.
        largest: tokens of the largest, each counted by itself.
        over: how many are above the budget.
        cover: "exact", "white space" (all else is there), or "lossy".
        stops: share of ends, without the last, after a full stop, a question or exclamation
            mark and what closes with it, at a paragraph's end, or where people put an end.
        sentences: share of them that `split_sentences` calls the end of a sentence.
        fill: mean of tokens over budget, without the last chunk.
        split: graphemes that a cut divides.

    The shares and the fill are None where there is one chunk or none; what needs the place
    of the ends is None where the cover is "lossy".
    """

    chunks: int
    largest: int
    over: int
    cover: str
    stops: float | None
    sentences: float | None
    fill: float | None
    split: int | None


class Text:
    """A text with the places that chunks are compared with, found once.

    `known` are ends of sentences that people set, each as the solid characters before it.
    """

    def __init__(self, text: str, known: Iterable[int] = ()) -> None:
        self.text = text
        self._known = frozenset(known)
        self.joined = "".join(text.split())
        words = list(_WORD.finditer(text))
        self._starts = [word.start() for word in words]
        self._ends = [word.end() for word in words]
        lengths = (end - start for start, end in zip(self._starts, self._ends, strict=True))
        self._solid_ends = list(accumulate(lengths))
        self._breaks = 2 if re.search(r"\n[ \t]*\n", text) else 1
        self._sentence_ends: set[int] | None = None

    def place(self, count: int) -> tuple[int, str]:
        """Where `count` solid characters end, and the white space that follows there."""
        word = bisect_left(self._solid_ends, count)
        end = self._ends[word] - (self._solid_ends[word] - count)
        if end < self._ends[word]:
            return end, ""
        follows = self._starts[word + 1] if word + 1 < len(self._starts) else len(self.text)
        return end, self.text[end:follows]

    def ends_stop(self, count: int) -> bool:
        """Whether a full stop, a paragraph's end or a known end is there."""
        end, gap = self.place(count)
        if gap.count("\n") >= self._breaks or count in self._known:
            return True
        stop = _STOP.search(self.text, max(0, end - _TAIL), end)
        if stop is None or gap:
            return stop is not None
        return stop[0][0] in _WIDE or _CJK.match(self.text, end) is not None

    def sentence_ends(self) -> set[int]:
        """The ends of the sentences, in solid characters."""
        if self._sentence_ends is None:
            spans = split_sentences(self.text)
            self._sentence_ends = set(accumulate(solid(span.of(self.text)) for span in spans))
        return self._sentence_ends


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def judge(source: Text, chunks: Sequence[str], budget: int, *, prose: bool = True) -> Quality:
    """Look at the chunks of a text; `prose` is whether it has sentences to speak of."""
    encode = encoding().encode_ordinary
    tokens = [len(encode(chunk)) for chunk in chunks]
    joined = "".join(chunks)
    exact = joined == source.text
    placed = exact or "".join(joined.split()) == source.joined
    ends = list(accumulate(map(solid, chunks[:-1]))) if placed else []
    ends = [end for end in ends if 0 < end < len(source.joined)]
    cuts = accumulate(map(len, chunks[:-1])) if exact else [source.place(end)[0] for end in ends]
    places = ends if prose else []
    strict = source.sentence_ends() if places else set()
    return Quality(
        chunks=len(chunks),
        largest=max(tokens, default=0),
        over=sum(1 for count in tokens if count > budget),
        cover="exact" if exact else "white space" if placed else "lossy",
        stops=_share([source.ends_stop(end) for end in places]),
        sentences=_share([end in strict for end in places]),
        fill=sum(tokens[:-1]) / budget / (len(tokens) - 1) if len(tokens) > 1 else None,
        split=split_graphemes(source.text, cuts) if placed else None,
    )


def fullest(text: str, budget: int) -> float | None:
    """The mean fill when each chunk takes as many whole sentences as fit, without the last."""
    encode = encoding().encode_ordinary
    fills = []
    start = end = tokens = 0
    for sentence in split_sentences(text):
        count = len(encode(text[start : sentence.end]))
        if count > budget and end > start:
            fills.append(min(1.0, tokens / budget))
            start, count = end, len(encode(text[end : sentence.end]))
        end, tokens = sentence.end, count
    return sum(fills) / len(fills) if fills else None


def split_graphemes(text: str, cuts: Iterable[int]) -> int:
    """How many of the cuts divide a grapheme cluster.

    Only what is near a cut is looked at: to say how the regional indicators of a flag pair
    up, `regex` goes back to the start of their row, which is quadratic. Here they are
    counted, and all else is decided by the 64 characters to the left.
    """
    return sum(1 for cut in cuts if _is_split(text, cut))


def _is_split(text: str, cut: int) -> bool:
    if not 0 < cut < len(text):
        return False
    if text[cut - 1] in _FLAG and text[cut] in _FLAG:
        left = text[:cut]
        return (cut - len(left.rstrip(_FLAG))) % 2 == 1
    start = max(0, cut - _NEARBY)
    nearby = text[start : cut + 8]
    return all(match.end() != cut - start for match in regex.finditer(r"\X", nearby))
