"""A report as text, and a whole translation as text.

Importing this package costs nothing: a format's module is loaded when it is first used,
since `--help` needs only the names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from summ.model import Report

__all__ = ["FORMATS", "SUFFIXES", "TEXTS"]


class Format(Protocol):
    """Writes a report."""

    def __call__(self, report: Report, record: Mapping[str, Any] | None = None) -> str:
        """The text; with the record that the report was made from, where JSON has room for it."""
        ...


def _markdown(report: Report, record: Mapping[str, Any] | None = None) -> str:
    from summ.render.markdown import render_markdown

    return render_markdown(report)


def _json(report: Report, record: Mapping[str, Any] | None = None) -> str:
    from summ.render.json_format import render_json

    return render_json(report, record)


def _ndjson(report: Report, record: Mapping[str, Any] | None = None) -> str:
    from summ.render.json_format import render_ndjson

    return render_ndjson(report, record)


def _text(report: Report) -> str:
    from summ.render.translated import translated_text

    return translated_text(report)


def _table(report: Report) -> str:
    from summ.render.translated import bilingual_table

    return bilingual_table(report)


def _stack(report: Report) -> str:
    from summ.render.translated import bilingual_stack

    return bilingual_stack(report)


#: Name of a format (as `-f` takes it) → what writes it. The text ends with a newline and
#: is safe to print: `summ.render.safe.clean` would change nothing in it.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {"md": _markdown, "json": _json, "ndjson": _ndjson}
)

#: Name of a format → suffix of a file that holds it.
SUFFIXES: Mapping[str, str] = MappingProxyType({"md": ".md", "json": ".json", "ndjson": ".ndjson"})

#: Form of a whole translation → what writes it, empty where a report has none. `text` has the
#: article's own form exactly, so it is not safe to print: `summ.render.safe.clean` makes it.
#: The others are Markdown, original and translation side by side or by turns, and safe.
TEXTS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": _text, "table": _table, "stack": _stack}
)
