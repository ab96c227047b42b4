"""Names of the files in a folder that results go to.

A report is named after its input: `news.txt` → `news.md`, `stdin.md` for standard input. A
translation keeps its article's suffix behind its language: `news.txt` → `news.uk.txt`; beside
its article it is Markdown, and leaves the other as it is: `news.uk.bilingual.md`.
Characters that some system can't have in a name become `_`. Where a name is taken, by an
earlier file of the same run or by an input itself, it gets the first free number:
`news-2.md`. Case does not make names distinct. Files of an earlier run are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from summ.cli.files import identity
from summ.cli.inputs import STDIN
from summ.render.safe import one_line

_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\ud800-\udfff]')
_LONGEST_STEM = 120  # bytes: below every file system's limit, with room for number and suffix
_PLAIN, _MARKDOWN = ".txt", ".md"
_USUAL_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")


def own_suffix(spec: str, *, markdown: bool = False) -> str:
    """The suffix that an input has, with its dot; `.txt` where it has none, or an odd one.

    Args:
        spec: the input, as it was given.
        markdown: standard input is Markdown.
    """
    if markdown and spec == STDIN:
        return _MARKDOWN
    suffix = Path(spec).suffix
    return suffix if _USUAL_SUFFIX.fullmatch(suffix) else _PLAIN


def file_names(
    wanted: Sequence[tuple[str, str]], folder: Path, others: Iterable[str] = ()
) -> list[str]:
    """A file name for each result, all different; see the module's rule.

    Args:
        wanted: of each result, its input as it was given, and its suffix with the dot.
        folder: where they go; only to see that no input is written over.
        others: further files that none may be written over.
    """
    inputs = _identities([*(spec for spec, _ in wanted), *others])
    taken: set[str] = set()
    names = []
    for spec, suffix in wanted:
        stem, number = "stdin" if spec == STDIN else _safe_stem(spec), 1
        name = f"{stem}{suffix}"
        while name.casefold() in taken or identity(folder / name) in inputs:
            number += 1
            name = f"{stem}-{number}{suffix}"
        taken.add(name.casefold())
        names.append(name)
    return names


def is_input(path: Path, specs: Iterable[str]) -> bool:
    """Whether `path` is the file of one of the inputs."""
    return identity(path) in _identities(specs)


def _identities(specs: Iterable[str]) -> set[str]:
    return {identity(Path(spec)) for spec in specs if spec != STDIN}


def _safe_stem(spec: str) -> str:
    """The input's name without suffix, fit to be a name on any system."""
    name = spec.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    stem = one_line(_NOT_IN_NAMES.sub("_", stem))
    stem = "".join(one if one.isprintable() else "_" for one in stem).strip(". ")
    stem = stem.encode("utf-8")[:_LONGEST_STEM].decode("utf-8", "ignore").strip(". ")
    # Without letters or digits it may be a name with a meaning, such as `..` or `-`.
    return stem if any(character.isalnum() for character in stem) else "article"
