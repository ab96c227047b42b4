"""A whole translated article, alone or beside the original.

`translated_text` is the article's own form, exactly: what a terminal shows must go through
`summ.render.safe.clean`. The bilingual forms are Markdown for people, and clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from summ.model import KEPT_MARK, Report, Segment, SourceInfo, Translation
from summ.render.headings import headings_for
from summ.render.languages import language_name
from summ.render.words import plain_words, without_links

_RULE = "\n---\n\n"


def translated_text(report: Report) -> str:
    """Each translated text exactly, with `KEPT_MARK` before every segment that is `marked`.

    Several are divided by a line `---`; empty where no text was translated.
    """
    texts = [_marked(one) for one in report.translations if one.text is not None]
    return _RULE.join([*map(_ended, texts[:-1]), *texts[-1:]])


def _marked(translation: Translation) -> str:
    text = translation.text or ""
    pieces: list[str] = []
    done = 0
    for segment, at in zip(translation.segments, translation.starts, strict=True):
        if segment.marked:
            pieces += [text[done:at], KEPT_MARK]
            done = at
    return "".join([*pieces, text[done:]])


def _ended(text: str) -> str:
    """The text with a line break at its end."""
    return text if text.endswith("\n") else text + "\n"


def bilingual_table(report: Report) -> str:
    """Original and translation as a table of two columns, a row for each segment.

    A table for each language; texts are plain words that can't break it. Empty where no
    segment is.
    """
    return "\n".join(
        _table(report.source, translation)
        for translation in report.translations
        if translation.segments
    )


def _table(source: SourceInfo, translation: Translation) -> str:
    rows: list[Sequence[str]] = [(_original(source), _name(translation.language)), ("---", "---")]
    rows += [_pair(segment, source.media_type) for segment in translation.segments]
    return "".join(f"| {left} | {right} |\n" for left, right in rows)


def bilingual_stack(report: Report) -> str:
    """Original and translation by turns, a paragraph each, with a rule between two segments.

    Where there are several languages, each stands under its name.
    """
    whole = [one for one in report.translations if one.segments]
    parts = []
    for translation in whole:
        pairs = (_pair(segment, report.source.media_type) for segment in translation.segments)
        title = [f"## {_name(translation.language)}\n\n"] if len(whole) > 1 else []
        stacked = _RULE.join(f"{left}\n\n{right}\n" for left, right in pairs)
        parts.append("".join(chain(title, [stacked])))
    return "\n".join(parts)


def _pair(segment: Segment, media_type: str) -> tuple[str, str]:
    """Original and translation for a paragraph or a cell."""
    source, target = (
        without_links(plain_words(text, media_type)) or "—"
        for text in (segment.source, segment.target)
    )
    return source, (KEPT_MARK if segment.marked else "") + target


def _original(source: SourceInfo) -> str:
    """Name of the article's language in itself; a neutral word where it is not known."""
    return _name(source.language) if source.language else headings_for(None).article


def _name(language: str) -> str:
    name = without_links(language_name(language))
    return name[:1].upper() + name[1:]
