"""A translated line in the spelling of the article: escapes, entities and line breaks.

A first way of writing it follows the article as closely as it can. Where Markdown would read
it as other markup than the article's, ways that are safer and less like the article follow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from summ.text._core import Core, Mark
from summ.text._form import Form
from summ.text._linked import apart
from summ.text._rewrap import Cell, wrapped
from summ.text.shown import shown_whole
from summ.text.tags import TAG, is_balanced

_MARK = "\x00"  # stands for markup where characters are searched for
_MARKUP = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~\x00]|\Z)
    | ` | (?<!\s)\* | \*(?!\s)
    | (?<![^\W_])_ | _(?![^\W_])
    | ~(?=\S) | (?<=\S)~
    | <(?=[A-Za-z/!?\x00])
    | &(?=\#?[0-9A-Za-z]{1,32};)
    | \](?=[(\[:\x00]) | \[(?=\^)
    """,
    re.VERBOSE,
)
_ANY_MARKUP = re.compile(r"[\\`*_\[\]<>&|~!#{}]")
_BRACKET = re.compile(r"[\[\]]")
_PIPE = re.compile(r"\|")
_BLOCK = re.compile(
    r"(?:#{1,6}|[-+*])(?=[ \t\n]|\Z)|[>:]|(?:[-+*_=] ?){3,24}\Z|\.{3}\Z|`{3}[^`]*\Z|~{3}"
    r"|([0-9]{1,9})[.)](?=[ \t\n]|\Z)"
)
_ANY_BLOCK = re.compile(r"[!-/:-@\[-`{-~]|([0-9]{1,9})[.)]")
_ENTITIES = {"`": "&#96;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_NARROW = re.compile("([\u00a0\u202f])")
_DOUBLE = re.compile(" {2,}")
_EDGES = " \u00a0\u202f"
_STOPS = frozenset(":：,，.。!！?？;；、")
_AHEAD = 24  # cells, and characters of each, in which a block shows


def restored(core: Core, source: str, form: Form | None, target: str) -> str | None:
    """See `Prose.restore`; `form` is None in plain text, which has no markup."""
    if not is_balanced(core.line, target):
        return None
    marks = {mark.tag: mark for mark in core.marks}
    written = _tokens(marks, target)
    if "".join(written) == core.line:
        return source
    tokens = apart(marks, _split(core.line), written)
    words = "".join(tokens[::2]) if tokens else ""
    if not tokens or not words.strip(_EDGES):
        return None
    draft = _Draft(core, marks, tokens, words)
    if form is None:
        return "".join(wrapped(draft.cells(_as_in_source(core, words)), core))
    return _safest(draft, source, form)


def _safest(draft: _Draft, source: str, form: Form) -> str | None:
    judge = form.judge(source, draft.core.visible)
    if judge is None:
        return None
    seen = set()
    for eased, escaped, lines in (
        (False, False, True),
        (True, False, True),
        (True, True, True),
        (True, True, False),
    ):
        spelled = draft.escaped(form) if escaped else draft.spelled(form)
        cells = _before_escapes(draft.cells(spelled))
        if eased:
            cells = _eased(cells)
        cells = _guarded(cells, _BLOCK if not escaped else _ANY_BLOCK, bare=form.bare)
        text = "".join(wrapped(cells, draft.core) if lines else (cell.text for cell in cells))
        if text not in seen and judge(text, draft.visible):
            return text
        seen.add(text)
    return None


def _tokens(marks: dict[str, Mark], target: str) -> list[str]:
    """Words and tags by turns, words first and last, as a reader sees them.

    White space at the inner edges of emphasis, where it would be none, goes out; around line
    breaks there is none.
    """
    tokens = _split(target)
    tokens[::2] = [_tidy(words) for words in tokens[::2]]
    for place in range(1, len(tokens), 2):
        kind = marks[tokens[place]].kind
        if kind == "hard":
            tokens[place - 1] = tokens[place - 1].rstrip(_EDGES)
            tokens[place + 1] = tokens[place + 1].lstrip(_EDGES)
        elif kind == "emphasis" and tokens[place].startswith("</"):
            _move(tokens, place - 1, place + 1)
    for place in range(len(tokens) - 2, 0, -2):
        if marks[tokens[place]].kind == "emphasis" and tokens[place].startswith("<g"):
            _move(tokens, place + 1, place - 1)
    tokens[::2] = [_DOUBLE.sub(" ", words) for words in tokens[::2]]
    tokens[0] = tokens[0].lstrip(_EDGES)
    tokens[-1] = tokens[-1].rstrip(_EDGES)
    return tokens


def _split(line: str) -> list[str]:
    """Words and tags by turns."""
    return re.split(f"({TAG.pattern})", line)


def _tidy(words: str) -> str:
    parts = _NARROW.split(words)
    parts[::2] = [shown_whole(f".{part}.")[1:-1] for part in parts[::2]]
    return "".join(parts)


def _move(tokens: list[str], here: int, there: int) -> None:
    """Move the space at an edge of words to the other side of a tag."""
    words = tokens[here]
    if there > here:
        tokens[here] = words.rstrip(_EDGES)
        tokens[there] = words[len(tokens[here]) :] + tokens[there]
    else:
        tokens[here] = words.lstrip(_EDGES)
        tokens[there] += words[: len(words) - len(tokens[here])]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A target: words and tags by turns, and its words."""

    core: Core
    marks: dict[str, Mark]
    tokens: list[str]
    words: str

    @property
    def visible(self) -> str:
        """What a reader sees of it, addresses and the like included."""
        return "".join(
            self.marks[token].text if place % 2 else token
            for place, token in enumerate(self.tokens)
        )

    def cells(self, spelled: dict[int, str]) -> list[Cell]:
        """The target, character by character, with the spellings of some."""
        cells: list[Cell] = []
        places = {token: place for place, token in enumerate(self.tokens) if place % 2}
        at = 0
        for place, token in enumerate(self.tokens):
            if place % 2 == 0:
                cells += [Cell(spelled.get(n, char), char, n) for n, char in enumerate(token, at)]
                at += len(token)
                continue
            mark = self.marks[token]
            source = mark.source
            if mark.kind == "label" and token.startswith("</"):
                opened = places[token.replace("/", "")]
                if "".join(self.tokens[opened + 1 : place]) != mark.label:
                    source = f"][{mark.name}]"  # its words don't name it any longer
            cells.append(Cell(source, "", at, mark.kind, opening=token.startswith("<g")))
        return cells

    def spelled(self, form: Form) -> dict[int, str]:
        """Spellings as in the article, by places in the words; else what must be escaped."""
        found = _as_in_source(self.core, self.words)
        aligned = _is_aligned(self.core.words, self.words)
        strict = form.strict and not aligned
        theirs, ours = Counter(self.core.words), Counter(self.words)
        for at, char in self._special(_PIPE if form.table else None, _MARKUP):
            if at not in found and (strict or theirs[char] != ours[char]):
                found[at] = "\\" + char
        for at, char in [] if aligned else self._brackets(everywhere=form.strict):
            found.setdefault(at, "\\" + char)
        if strict:
            found |= self._entities()
        return found

    def _entities(self) -> dict[int, str]:
        """What can end something that begins in another segment, where no escape keeps it."""
        return {at: _ENTITIES[char] for at, char in enumerate(self.words) if char in _ENTITIES}

    def _brackets(self, *, everywhere: bool) -> Iterator[tuple[int, str]]:
        """Places of brackets in links, whose ends they could be taken for, or of all."""
        at = 0
        inside = everywhere
        for place, token in enumerate(self.tokens):
            if place % 2 == 0:
                if inside:
                    yield from ((at + one.start(), one[0]) for one in _BRACKET.finditer(token))
                at += len(token)
            elif self.marks[token].kind in {"link", "label"}:
                inside = everywhere or token.startswith("<g")

    def escaped(self, form: Form) -> dict[int, str]:
        """All characters escaped that can be markup anywhere."""
        found = {at: "\\" + char for at, char in self._special(_ANY_MARKUP)}
        if form.table:  # a backslash may not come to stand before the end of a cell
            found |= {at: "&#92;" for at, char in found.items() if char == "\\\\"}
        return found | self._entities() if form.strict else found

    def _special(self, *patterns: re.Pattern[str] | None) -> Iterator[tuple[int, str]]:
        """Places in the words where one of the patterns, of one character, matches."""
        text = _MARK.join(self.tokens[::2])
        marks = [match.start() for match in re.finditer(_MARK, text)]
        for pattern in filter(None, patterns):
            for match in pattern.finditer(text):
                yield match.start() - bisect_left(marks, match.start()), match[0]


def _as_in_source(core: Core, words: str) -> dict[int, str]:
    """Spellings of characters that are as many as in the article: the k-th as its k-th there.

    What nobody sees comes back behind them; inside words, only when all but the letters
    stands where it stood.
    """
    if not core.odd:
        return {}
    source = core.words
    if _is_aligned(source, words):
        return {
            odd.at: (odd.spelling if words[odd.at] == odd.char else words[odd.at]) + odd.trail
            for odd in core.odd
        }
    theirs, ours = Counter(source), Counter(words)
    same = {odd.char for odd in core.odd if theirs[odd.char] == ours[odd.char]}
    targets: dict[str, list[int]] = {char: [] for char in same}
    for at, char in enumerate(words):
        if char in same:
            targets[char].append(at)
    odd = {one.at: one for one in core.odd}
    found = {}
    number: Counter[str] = Counter()
    for at, char in enumerate(source):
        if char in same:
            if at in odd and not (char.isalpha() and odd[at].spelling == char):
                found[targets[char][number[char]]] = odd[at].spelling + odd[at].trail
            number[char] += 1
    return found


def _is_aligned(source: str, words: str) -> bool:
    """Whether only letters differ, each from the letter in its place."""
    return len(source) == len(words) and all(
        one == other or (one.isalpha() and other.isalpha())
        for one, other in zip(source, words, strict=True)
    )


def _guarded(cells: list[Cell], block: re.Pattern[str], *, bare: bool) -> list[Cell]:
    """Cells with escapes where a block would begin, or an image in place of a link.

    Args:
        cells: what is written.
        block: what begins one; its group is a number, behind which the escape goes.
        bare: they stand where a block can begin, not behind the marks of one.
    """
    done = list(cells)
    starts = [0] if bare else []
    starts += [n + 1 for n, cell in enumerate(cells) if cell.kind == "hard"]
    for start in starts:
        ahead = "".join(cell.text[:_AHEAD] for cell in cells[start : start + _AHEAD])
        match = block.match(ahead)
        place = start + (len(match[1] or "") if match else 0)
        if match and place < len(cells) and cells[place].char == cells[place].text != "":
            done[place] = cells[place]._replace(text="\\" + cells[place].char)
    for place in range(len(cells) - 1):
        link = cells[place + 1].kind in {"link", "label"} and cells[place + 1].opening
        if link and cells[place].text == "!":
            done[place] = cells[place]._replace(text="\\!")
    return done


def _before_escapes(cells: list[Cell]) -> list[Cell]:
    """Cells with a space behind an address that would take a backslash from what it escapes."""
    done: list[Cell] = []
    escaped = False  # whether a backslash comes before the next space
    for cell in reversed(cells):
        if cell.kind == "address" and escaped and not cell.text.startswith("<"):
            done.append(Cell(" ", " ", cell.at))
        if cell.kind or not cell.text.isspace():
            escaped |= not cell.kind and cell.text.startswith("\\")
        else:
            escaped = False
        done.append(cell)
    return done[::-1]


def _eased(cells: list[Cell]) -> list[Cell]:
    """Cells changed so that emphasis is read as such between letters and punctuation.

    A stop at its end goes behind it, else a space sets it off; underscores, which can't stand
    inside a word, become asterisks.
    """
    done: list[Cell] = []
    for place, cell in enumerate(cells):
        if cell.kind != "emphasis":
            done.append(cell)
            continue
        mark = cell._replace(text=cell.text.replace("_", "*"))
        before = cells[place - 1].text[-1:] if place else ""
        after = cells[place + 1].text[:1] if place + 1 < len(cells) else ""
        if cell.opening and before.isalnum() and _is_punctuation(after):
            done += [Cell(" ", " ", cell.at), mark]
        elif not cell.opening and after.isalnum() and _is_punctuation(before):
            if done and done[-1].char in _STOPS:
                done.insert(len(done) - 1, mark)
            else:
                done += [mark, Cell(" ", " ", cell.at)]
        else:
            done.append(mark)
    return done


def _is_punctuation(char: str) -> bool:
    return bool(char) and not char.isalnum() and not char.isspace()
