"""The prose of an article, piece by piece, and the article with other prose in its place.

Everything that is not prose stays outside by construction: what is translated is only the
words between the markup, and they are put back between the same markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summ.model import SegmentKind, Span
from summ.text._core import Core
from summ.text._form import Form
from summ.text._linked import linked
from summ.text._markdown import html_with_words, markdown_cores
from summ.text._plain import plain_cores
from summ.text._restore import restored
from summ.text.shown import MARKDOWN
from summ.text.visible import visible_blocks


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of prose: a paragraph, a heading, an item of a list, a cell, a caption.

    Attributes:
        kind: what it is of the article's structure.
        span: half-open code-point offsets into the article; what is replaced.
        text: one line, with tags (`summ.text.tags`) for inline markup, else plain characters
            as a reader sees them; there is a letter in it.
    """

    kind: SegmentKind
    span: Span
    text: str
    _core: Core = field(repr=False)
    _source: str = field(repr=False)
    _form: Form | None = field(repr=False, default=None)

    def restore(self, target: str) -> str | None:
        """Write a translation the way the article writes this segment.

        Line breaks, escapes and entities come back; what would be markup is escaped.

        Args:
            target: a translation of `text`, with its tags.

        Returns:
            What takes the place of `span`, with the same markup and as many lines or fewer.
            None when there are no words in it, when its tags are not those of `text`, or when
            no way of writing it keeps the markup.
        """
        if target == self.text:
            return self._source
        return restored(self._core, self._source, self._form, target)


def segments(text: str, media_type: str) -> tuple[Prose, ...]:
    """Find the prose of an article.

    Args:
        text: the article.
        media_type: `text/markdown`, or `text/plain`, which has no inline markup.

    Returns:
        Disjoint pieces in the order of the text, each with at least one letter.
    """
    if media_type == MARKDOWN:
        return tuple(_prose(text, *found) for found in markdown_cores(text))
    return tuple(_prose(text, kind, core) for kind, core in plain_cores(text))


def _prose(text: str, kind: SegmentKind, core: Core, form: Form | None = None) -> Prose:
    span = Span(core.start, core.end)
    return Prose(kind, span, core.shown, core, span.of(text), form)


def left_as_is(text: str, media_type: str) -> tuple[Span, ...]:
    """Blocks of HTML with words in them: no prose of theirs is among the segments."""
    return tuple(html_with_words(text)) if media_type == MARKDOWN else ()


def addresses(text: str, media_type: str) -> list[str]:
    """Web and e-mail addresses in what a reader sees of a piece of an article, sorted."""
    if media_type == MARKDOWN:
        text = "\n".join(block.words for block in visible_blocks(text))
    return sorted(linked(text))


def rebuild(text: str, proses: Sequence[Prose], targets: Sequence[str]) -> str:
    """The article with `targets`, as `Prose.restore` gave them, in place of its prose.

    Args:
        text: the article.
        proses: what `segments` says of it, or some of that, in its order.
        targets: as many strings.

    Raises:
        ValueError: there are more of the one than of the other.
    """
    parts: list[str] = []
    done = 0
    for prose, target in zip(proses, targets, strict=True):
        parts += [text[done : prose.span.start], target]
        done = prose.span.end
    return "".join([*parts, text[done:]])
