"""Markdown: the text stays as it is written, its first heading is the title."""

from __future__ import annotations

from summ.model import Source

_FENCES = ("```", "~~~")


def read_markdown(uri: str, text: str, notices: tuple[str, ...]) -> Source:
    """Take the text as it is, so that offsets hold in the user's own file."""
    return Source(uri, "text/markdown", text, first_heading(text), notices)


def first_heading(text: str) -> str | None:
    """The words of the first `# Heading` line outside a code block, or None."""
    fence = ""
    for line in text.splitlines():
        # Four blanks or more make a code block, not a heading.
        indented = line.startswith("    ") or line.startswith("\t")
        stripped = line.strip()
        if fence:
            if stripped.startswith(fence):
                fence = ""
        elif indented:
            continue
        elif stripped.startswith(_FENCES):
            fence = stripped[:3]
        elif stripped.startswith(("# ", "#\t")):
            title = _without_closing(stripped[1:].strip())
            if title:
                return title
    return None


def _without_closing(heading: str) -> str:
    """A heading may end in a run of `#` after a blank; it is no part of the words."""
    bare = heading.rstrip("#")
    if bare != heading and (not bare or bare[-1].isspace()):
        return bare.rstrip()
    return heading
