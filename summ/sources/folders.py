"""Which files of a folder are articles: by a pattern, or by the suffixes of readable types.

Hidden files and folders, and what summ itself leaves in a folder, are passed over. A link to a
folder is never followed: what it leads to is read under its own name, or lies outside. A link to a
file inside counts as that file, once.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import translate
from pathlib import Path

from summ.sources.registry import MEDIA_TYPES

ERRORS = "errors.ndjson"
"""The file for what failed that a run writes into its folder of results; no article."""

JOURNAL = ".summ-journal.ndjson"
"""The file that a run keeps in its folder of results, which tells such a folder."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a folder.

    Attributes:
        files: paths below the folder, with `/`, sorted name by name on the way down.
        problems: those of `files` that are folders which can't be read, each with the reason.
        astray: number of links that are passed over because they lead out, or nowhere.
        results: number of folders that are passed over because a run has put its results there.
    """

    files: Sequence[str]
    problems: Mapping[str, str] = field(default_factory=dict)
    astray: int = 0
    results: int = 0


def matcher(pattern: str | None) -> Callable[[str], bool]:
    """Whether a path below a folder, with `/`, is wanted.

    A pattern without `/` is held against the last name, any other against all of the path; `**`
    stands for any number of folders, none too. Takes time linear in the path for each part.

    Args:
        pattern: as of a shell; None: the suffix is that of a readable type, in any case.
    """
    if pattern is None:
        suffixes = tuple(MEDIA_TYPES)
        return lambda path: path.lower().endswith(suffixes)
    parts = [part for part in pattern.split("/") if part not in {"", "."}]
    tests = [None if part == "**" else re.compile(translate(part)).match for part in parts]
    if "/" not in pattern and tests and tests[0] is not None:
        fits = tests[0]
        return lambda path: fits(path.rpartition("/")[2]) is not None
    return lambda path: _matches(path.split("/"), tests)


def _matches(names: Sequence[str], tests: Sequence[Callable[[str], object] | None]) -> bool:
    """Whether names on the way down meet tests of a name each; None: any number of names."""
    at = _skipped({0}, tests)
    for name in names:
        after = set()
        for place in at:
            test = tests[place] if place < len(tests) else _never
            if test is None:
                after.add(place)
            elif test(name):
                after.add(place + 1)
        at = _skipped(after, tests)
    return len(tests) in at


def _never(_name: str) -> None:
    return None


def _skipped(places: set[int], tests: Sequence[object]) -> set[int]:
    """The places, and those behind tests that need no name."""
    every = set(places)
    for place in places:
        while place < len(tests) and tests[place] is None:
            place += 1
            every.add(place)
    return every


def find(root: str, wanted: Callable[[str], bool], passed_over: str | None = None) -> Found:
    """The files of a folder that are wanted.

    Args:
        root: the folder; may be a link itself.
        wanted: see `matcher`.
        passed_over: a file or folder, its links resolved, that is not looked at.
    """
    files: list[str] = []
    links: list[str] = []
    results = 0
    problems: dict[str, str] = {}
    real_root = os.path.realpath(root)
    # Not by recursion: a folder may be deeper than Python's stack.
    stack = [("", True)]
    while stack:
        path, is_folder = stack.pop()
        if passed_over is not None and joined(real_root, path) == passed_over:
            continue
        if not is_folder:
            files.append(path)
            continue
        if path and mode_of(joined(root, f"{path}/{JOURNAL}")):
            results += 1
            continue
        try:
            below, more = _entries(root, path, wanted)
        except OSError as error:
            files.append(path)
            problems[path] = error.strerror or str(error)
            continue
        stack.extend(reversed(below))
        links += more
    found = Found(files, problems, results=results)
    return _with_links(found, links, _Links(real_root, passed_over)) if links else found


def _entries(
    root: str, folder: str, wanted: Callable[[str], bool]
) -> tuple[list[tuple[str, bool]], list[str]]:
    """Folders (true) and wanted files in a folder, sorted; and links that may be wanted.

    Raises:
        OSError: it can't be read.
    """
    below: list[tuple[str, bool]] = []
    links: list[str] = []
    with os.scandir(joined(root, folder)) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name.startswith(".") or entry.name.lower() == ERRORS:
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_symlink():
                if wanted(path) or stat.S_ISDIR(mode_of(entry.path)):
                    links.append(path)
            elif entry.is_dir(follow_symlinks=False):
                below.append((path, True))
            elif entry.is_file(follow_symlinks=False) and wanted(path):
                below.append((path, False))
    return below, links


@dataclass(frozen=True, slots=True)
class _Links:
    """What links in a folder lead to."""

    real_root: str
    passed_over: str | None

    def target(self, path: str) -> str | None:
        """The file or folder that a link leads to, resolved; None: it is outside, or is none."""
        try:
            real = os.path.realpath(joined(self.real_root, path), strict=True)
        except (OSError, ValueError):
            return None
        return real if within(real, self.real_root) else None

    def is_ours(self, real: str) -> bool:
        """Whether it is in what is not looked at."""
        return self.passed_over is not None and within(real, self.passed_over)


def _with_links(found: Found, links: Sequence[str], inside: _Links) -> Found:
    """What was found, and the files that links lead to and that are not among it yet."""
    listed = {joined(inside.real_root, path) for path in found.files}
    files, astray = list(found.files), 0
    for link in sorted(links):
        real = inside.target(link)
        if real is None:
            astray += 1
        elif stat.S_ISREG(mode_of(real)) and real not in listed and not inside.is_ours(real):
            listed.add(real)
            files.append(link)
    files.sort(key=lambda path: path.split("/"))
    return replace(found, files=files, astray=astray)


def within(path: str, folder: str) -> bool:
    """Whether a path is a folder's own, or below it; both resolved."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def mode_of(path: str) -> int:
    """Type and permissions of what a path leads to; 0 where that is nothing."""
    try:
        return Path(path).stat().st_mode
    except (OSError, ValueError):
        # ValueError: a NUL in the path.
        return 0


def joined(folder: str, path: str) -> str:
    """The path of what is at `path`, with `/`, below a folder."""
    if not path or not folder:
        return path or folder
    return f"{folder.rstrip(os.sep)}{os.sep}{path.replace('/', os.sep)}"
