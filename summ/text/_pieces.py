"""Pieces of a block of prose: words as a reader sees them, line breaks, and markup.

The pieces of a block tile its source. Here they are made ready for translation: inline HTML
is paired, addresses, formulas and the like become single pieces, pairs around nothing become
one, and what stands at the edges and is no part of a sentence is taken off.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from summ.text._verbatim import HIDDEN, Verbatim, formulas, verbatim
from summ.text.shown import shown

Role = Literal["words", "break", "open", "close", "single"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a block.

    Attributes:
        role: `words`: text; `break`: a line break that a reader sees as a space, or not at
            all; `open` and `close`: markup around other pieces; `single`: what is not
            translated.
        start: half-open code-point offset into the article.
        end: half-open code-point offset into the article.
        text: what a reader sees of it; of words as long as the source, or one character.
        kind: of markup, what it is: `emphasis`, `link`, `label` (a link named by its own
            words), `html`, `code`, `image`, `note`, `hard` (a line break), `address`.
        name: of inline HTML the element's name, as Piece `html` has it before pairing.
        edge: of a single piece, that it may be left out at the edge of a segment.
    """

    role: Role
    start: int
    end: int
    text: str = ""
    kind: str = ""
    name: str = ""
    edge: bool = False


_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input"}
    | {"link", "meta", "source", "track", "wbr"}
)
_LABEL_MARK = re.compile(r"\s*(?::|[-–—])\s+(?=[^\W\d_])")


def html_piece(source: str, start: int) -> Piece:
    """A tag, comment or instruction of inline HTML, as a single piece yet to be paired."""
    match = _TAG_NAME.match(source)
    name = ""
    if match and not source.endswith("/>") and match[2].lower() not in _VOID:
        name = match[1] + match[2].lower()
    return Piece("single", start, start + len(source), "", "html", name, edge=True)


def ready(pieces: Sequence[Piece], article: str) -> list[Piece]:
    """The pieces that are translated, from the first word to the last; none if no letter.

    Args:
        pieces: all of a block, tiling its source.
        article: what their offsets are of.
    """
    done = _with_formulas(_with_html_pairs(pieces), article)
    done = _peeled(_without_empty_pairs(_with_verbatim(done)))
    if not any(piece.role == "words" and any(map(str.isalpha, piece.text)) for piece in done):
        return []
    return done


def _with_html_pairs(pieces: Sequence[Piece]) -> list[Piece]:
    """Opening and closing tags of inline HTML that match, within the same markup, as pairs."""
    done = list(pieces)
    levels: list[tuple[list[int], Counter[str]]] = [([], Counter())]
    for place, piece in enumerate(pieces):
        if piece.role == "open":
            levels.append(([], Counter()))
        elif piece.role == "close":
            levels.pop()
        elif piece.name and not piece.name.startswith("/"):
            levels[-1][0].append(place)
            levels[-1][1][piece.name] += 1
        elif piece.name:
            stack, names = levels[-1]
            while names[piece.name[1:]]:
                opener = stack.pop()
                names[pieces[opener].name] -= 1
                if pieces[opener].name == piece.name[1:]:
                    done[opener] = replace(pieces[opener], role="open")
                    done[place] = replace(piece, role="close")
                    break
    return done


def _with_formulas(pieces: Sequence[Piece], article: str) -> list[Piece]:
    """Formulas, with all that looks like emphasis in them, as single pieces."""
    source = "".join(_open_source(piece, article) for piece in pieces)
    spans = deque(formulas(source))
    if not spans:
        return list(pieces)
    base = pieces[0].start
    done: list[Piece] = []
    inside: list[Piece] = []
    for piece in _divided(pieces, [base + place for one in spans for place in one[:2]]):
        while spans and base + spans[0].end <= piece.start:
            spans.popleft()
        if not spans or piece.start < base + spans[0].start:
            done.append(piece)
            continue
        inside.append(piece)
        if piece.end >= base + spans[0].end:
            done += _joined(inside, base + spans[0].start, base + spans[0].end)
            inside = []
    return done + inside


def _open_source(piece: Piece, article: str) -> str:
    """What of a piece may be a part of a formula, in as many characters as it has."""
    if piece.role == "break":
        return " " * (piece.end - piece.start)
    if piece.role == "words" or piece.kind == "emphasis":
        return article[piece.start : piece.end]
    return HIDDEN * (piece.end - piece.start)


def _divided(pieces: Iterable[Piece], places: Iterable[int]) -> Iterator[Piece]:
    """Pieces with words cut at ascending places of the article, where they can be."""
    cuts = deque(places)
    for rest in pieces:
        while cuts and cuts[0] <= rest.start:
            cuts.popleft()
        while cuts and cuts[0] < rest.end:
            cut = cuts.popleft() - rest.start
            if rest.role == "words" and len(rest.text) == rest.end - rest.start:
                yield part(rest, 0, cut)
                rest = part(rest, cut, len(rest.text))
        yield rest


def _joined(pieces: Sequence[Piece], start: int, end: int) -> Sequence[Piece]:
    """The pieces as one, if they are all of a stretch and markup that opens there closes there."""
    depths = list(accumulate({"open": 1, "close": -1}.get(piece.role, 0) for piece in pieces))
    exact = (pieces[0].start, pieces[-1].end) == (start, end)
    if not exact or depths[-1] or min(depths) < 0:
        return pieces
    return [Piece("single", start, end, "".join(piece.text for piece in pieces), "code")]


def _with_verbatim(pieces: Sequence[Piece]) -> list[Piece]:
    """Addresses, handles, paths and the like in the words as single pieces."""
    done: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        if piece.role == "words":
            run.append(piece)
        else:
            done += _verbatim_out(run)
            done.append(piece)
            run = []
    return [*done, *_verbatim_out(run)]


def _verbatim_out(run: Sequence[Piece]) -> Iterable[Piece]:
    spans = verbatim("".join(piece.text for piece in run))
    return _cut_out(run, spans) if spans else run


def _cut_out(run: Sequence[Piece], spans: Sequence[Verbatim]) -> list[Piece]:
    """Words with `spans` of their text as single pieces."""
    done: list[Piece] = []
    inside: list[Piece] = []
    ends = iter(spans)
    start, end, kind = next(ends)
    offset = 0
    for piece in _split(run, [place for span in spans for place in span[:2]]):
        within = start <= offset < end
        (inside if within else done).append(piece)
        offset += len(piece.text)
        if within and offset == end:
            text = "".join(one.text for one in inside)
            done.append(Piece("single", inside[0].start, piece.end, text, kind))
            inside = []
            start, end, kind = next(ends, Verbatim(offset, offset, kind))
    return done


def _split(run: Sequence[Piece], places: Sequence[int]) -> Iterator[Piece]:
    """Words cut at `places` of their text, in order."""
    offset = 0
    cuts = deque(places)
    for piece in run:
        rest = piece
        while cuts and cuts[0] < offset + len(rest.text):
            cut = cuts.popleft() - offset
            if cut > 0:
                yield part(rest, 0, cut)
                rest = part(rest, cut, len(rest.text))
                offset += cut
        yield rest
        offset += len(rest.text)


def part(piece: Piece, start: int, end: int) -> Piece:
    """A part of words, by places in their text; words of one character are not divided."""
    if end - start == len(piece.text):
        return piece
    return replace(
        piece,
        start=piece.start + start,
        end=piece.start + end,
        text=piece.text[start:end],
    )


def without_literal_tags(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with every `<` in their words as a single piece."""
    done: list[Piece] = []
    for piece in pieces:
        spans = [Verbatim(*m.span(), "code") for m in re.finditer("<", piece.text)]
        done += _cut_out([piece], spans) if spans and piece.role == "words" else [piece]
    return done


def _without_empty_pairs(pieces: Sequence[Piece]) -> list[Piece]:
    """Pairs with no words in them as one single piece each."""
    done: list[Piece] = []
    pairs: list[tuple[int, bool]] = []  # where it opens, and whether there are words in it
    for piece in pieces:
        if piece.role == "open":
            pairs.append((len(done), False))
        elif piece.role == "words" and pairs and shown(piece.text):
            pairs[-1] = (pairs[-1][0], True)
        if piece.role == "close":
            opener, wordy = pairs.pop()
            if wordy and pairs:
                pairs[-1] = (pairs[-1][0], True)
            if not wordy:
                piece = _as_one(done[opener:], piece.end)
                del done[opener:]
        done.append(piece)
    return done


def _as_one(pieces: Sequence[Piece], end: int) -> Piece:
    edge = all(piece.edge for piece in pieces if piece.role == "single")
    text = "".join(piece.text for piece in pieces)
    return Piece("single", pieces[0].start, end, text, "image" if edge else "code", edge=edge)


def _peeled(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without what stands at the edges and is no part of a sentence.

    That is white space, images, notes and line breaks, markup around all the rest, and code
    that the rest explains (`--all`: everything).
    """
    partners = _partners(pieces)
    low, high = 0, len(pieces)
    first: Piece | None = None
    while low < high:
        front, back = pieces[low], pieces[high - 1]
        if _is_peel(front):
            low += 1
        elif _is_peel(back):
            high -= 1
        elif front.kind != "label" and partners.get(low) == high - 1:
            low, high = low + 1, high - 1
        elif front.kind == "code" and high - low > 1 and (first := _explained(pieces[low + 1])):
            low += 1
            break
        else:
            break
    left = list(pieces[low:high])
    if first:
        left[0] = first
    if left and left[0].role == "words":
        left[0] = _trimmed(left[0], front=True)
    if left and left[-1].role == "words":
        left[-1] = _trimmed(left[-1], front=False)
    return left


def _partners(pieces: Sequence[Piece]) -> dict[int, int]:
    """Where the pair closes that opens at a place."""
    partners: dict[int, int] = {}
    stack: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.role == "open":
            stack.append(place)
        elif piece.role == "close":
            partners[stack.pop()] = place
    return partners


def _is_peel(piece: Piece) -> bool:
    return (
        (piece.role == "single" and piece.edge)
        or piece.role == "break"
        or (piece.role == "words" and not shown(piece.text))
    )


def _explained(piece: Piece) -> Piece | None:
    """What stands after the colon or dash that words begin with; None where there is none."""
    match = _LABEL_MARK.match(piece.text) if piece.role == "words" else None
    return part(piece, match.end(), len(piece.text)) if match else None


def _trimmed(piece: Piece, *, front: bool) -> Piece:
    """Words, which are not blank, without what is not seen at one end."""
    text = piece.text
    if front:
        start = next(place for place, char in enumerate(text) if shown(char))
        return part(piece, start, len(text))
    end = next(place for place in range(len(text), 0, -1) if shown(text[place - 1]))
    return part(piece, 0, end)
