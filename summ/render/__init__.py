"""A report as text: one file a format.

Importing this package costs nothing: a format's module is loaded when it is first used,
since `--help` needs only the names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summ.model import Report

__all__ = ["FORMATS", "SUFFIXES"]


def _markdown(report: Report) -> str:
    from summ.render.markdown import render_markdown

    return render_markdown(report)


def _json(report: Report) -> str:
    from summ.render.json_format import render_json

    return render_json(report)


def _ndjson(report: Report) -> str:
    from summ.render.json_format import render_ndjson

    return render_ndjson(report)


#: Name of a format (as `-f` takes it) → what writes it. The text ends with a newline and
#: is safe to print: `summ.render.safe.clean` would change nothing in it.
FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"md": _markdown, "json": _json, "ndjson": _ndjson}
)

#: Name of a format → suffix of a file that holds it.
SUFFIXES: Mapping[str, str] = MappingProxyType({"md": ".md", "json": ".json", "ndjson": ".ndjson"})
