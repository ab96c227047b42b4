"""Finding JSON in what a model wrote: one pass, no recursion, nothing evaluated.

Two libraries were tried first. `json_repair` closes half a string and half an item, and
guesses at broken ones, so a cut reply turns into claims nobody wrote. `jiter` in partial
mode closes half an item too, says neither where a value ended nor that it was cut, and
refuses prose around it. Here a cut item is dropped and counted, and everything else must
be JSON as it stands, but for a comma too many before a closing bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

MAX_DEPTH = 64
"""Brackets within brackets; no schema of ours needs more than ten."""

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:
        (?P<mark>[{}\[\],:])
      | (?P<text>"(?:[^"\\]++|\\.)*+")
      | (?P<number>-?(?:0|[1-9][0-9]{0,24}+)(?:\.[0-9]{1,40}+)?+(?:[eE][+-]?[0-9]{1,4}+)?+)
        (?=[ \t\r\n,\]}])
      | (?P<word>true|false|null)(?![A-Za-z0-9_])
    )""",
    re.VERBOSE | re.DOTALL,
)
# What a token that was cut by the end of the text looks like.
_CUT = re.compile(r'[ \t\r\n]*+(?:"(?:[^"\\]++|\\.)*+\\?|[-+.0-9A-Za-z]{0,70})\Z', re.DOTALL)
# A bracket that JSON could go on from; spares most of prose and of hostile text an attempt.
_START = re.compile(r"""\{(?=[ \t\r\n]*+["}])|\[(?=[ \t\r\n]*+["{\[\]0-9tfn-])""")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of the text that is JSON, as far as brackets and commas go.

    Attributes:
        json: the piece, extra commas removed, closed if it was cut.
        dropped: incomplete items left off the end, 0 or 1.
        cut: the text ended before the piece did.
        stray: something that began like JSON and went wrong stands before it, so that
            this may be a part of that.
    """

    json: str
    dropped: int = 0
    cut: bool = False
    stray: bool = False


@dataclass(slots=True)
class _Frame:
    """An open bracket.

    Attributes:
        closer: the bracket that ends it.
        state: what is expected next: `key`, `colon`, `value` or `comma`.
        end: offset after the last complete item (arrays), or after the bracket.
        items: complete items so far (arrays).
        comma: offset of a comma that nothing has followed yet, else -1.
    """

    closer: str
    state: str
    end: int
    items: int = 0
    comma: int = -1


@dataclass(slots=True)
class _Scanner:
    """The state of one attempt at a value that starts at a bracket."""

    text: str
    start: int
    at: int = 0
    frames: list[_Frame] = field(default_factory=list)
    spare: list[int] = field(default_factory=list)

    def run(self) -> Candidate | None:
        """Read on to the end of the value; None where it is no JSON, `at` says where."""
        self.at = self.start
        while True:
            token = _TOKEN.match(self.text, self.at)
            if token is None:
                return self._salvage() if _CUT.match(self.text, self.at) else None
            kind, value = str(token.lastgroup), str(token[str(token.lastgroup)])
            if not self._accept(kind, value, token.end()):
                # Never fall back behind the bracket the attempt began with.
                self.at = max(token.end() - len(value), self.start + 1)
                return None
            self.at = token.end()
            if not self.frames:
                return Candidate(self._clean(self.at))

    def _accept(self, kind: str, value: str, end: int) -> bool:
        """Take one token; False where JSON does not allow it."""
        if value in {"{", "["}:
            return self._open(value, end)
        frame = self.frames[-1]
        if value == frame.closer:
            return self._close(frame, end)
        if frame.state == "comma" and value == ",":
            frame.state = "key" if frame.closer == "}" else "value"
            frame.comma = end - 1
            return True
        if frame.state == "colon" and value == ":":
            frame.state = "value"
            return True
        if frame.state == "key" and kind == "text":
            frame.state, frame.comma = "colon", -1
            return True
        if frame.state == "value" and kind != "mark":
            self._item(end)
            return True
        return False

    def _open(self, bracket: str, end: int) -> bool:
        """Begin a container where a value may stand."""
        if len(self.frames) >= MAX_DEPTH or (self.frames and self.frames[-1].state != "value"):
            return False
        if self.frames and self.frames[-1].closer == "]":
            self.frames[-1].comma = -1
        is_object = bracket == "{"
        self.frames.append(_Frame("}" if is_object else "]", "key" if is_object else "value", end))
        return True

    def _close(self, frame: _Frame, end: int) -> bool:
        """End a container: after an item, when empty, or after a comma too many."""
        empty = frame.state == ("key" if frame.closer == "}" else "value")
        if not empty and frame.state != "comma":
            return False
        if frame.comma >= 0:
            self.spare.append(frame.comma)
        self.frames.pop()
        if self.frames:
            self._item(end)
        return True

    def _item(self, end: int) -> None:
        """A value of the innermost container is complete."""
        frame = self.frames[-1]
        frame.state, frame.end, frame.comma = "comma", end, -1
        frame.items += 1

    def _salvage(self) -> Candidate | None:
        """What is complete of a value that the end of the text cut off.

        The outermost open array keeps its complete items; what comes after them is
        dropped, however much of it there is: half an item would be a made-up one. With
        no array open, an object that only lacks its closing brackets gets them.
        """
        outer = next((f for f in self.frames if f.closer == "]"), None)
        depth = self.frames.index(outer) + 1 if outer else len(self.frames)
        last = outer or self.frames[-1]
        # An empty array is nothing to salvage, but what stands complete before it is.
        if not (last.items or (outer and self.frames[0].items)):
            return None
        if outer is None and last.state != "comma":
            return None
        rest = self.text[last.end :].strip(" \t\r\n,")
        if outer is None and rest:
            return None
        closing = "".join(f.closer for f in reversed(self.frames[:depth]))
        return Candidate(self._clean(last.end) + closing, dropped=1 if rest else 0, cut=True)

    def _clean(self, end: int) -> str:
        """The text from the start to `end` without the commas that were too many."""
        pieces, at = [], self.start
        for comma in sorted(c for c in self.spare if c < end):
            pieces.append(self.text[at:comma])
            at = comma + 1
        return "".join([*pieces, self.text[at:end]])


def candidates(text: str) -> Iterator[Candidate]:
    """JSON objects and arrays in `text` that lie in no other one, in order.

    Linear: an attempt that fails goes on from where it failed, since an attempt from a
    bracket further in would read the same tokens and fail at the same place. Nothing is
    looked for behind a value that the end of the text cut off.
    """
    # A code fence around a cut reply is no part of it.
    text = text.rstrip("` \t\r\n")
    at, stray = 0, False
    while found := _START.search(text, at):
        # Python's quotes, or none: the array behind them is not the whole either.
        stray = stray or text.find("{", at, found.start()) >= 0
        scanner = _Scanner(text, found.start())
        candidate = scanner.run()
        if candidate is not None:
            yield replace(candidate, stray=stray)
            if candidate.cut:
                return
        elif _CUT.match(text, scanner.at):
            return
        else:
            stray = True
        at = max(scanner.at, found.end())
