"""What a run reads: files, folders, lists of files, and records, as a stream of inputs.

Of folders and lists there is a list of paths in memory; records are read when their turn comes,
one at a time, so that there may be any number of them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePath
from typing import BinaryIO

from summ.errors import InputError, UsageError
from summ.model import Item, Source
from summ.sources.decode import decode
from summ.sources.folders import Found, find, joined, matcher, mode_of, within
from summ.sources.reading import STDIN, read_bytes, read_source
from summ.sources.records import SUFFIXES, Records
from summ.sources.registry import DEFAULT_MEDIA_TYPE, MARKDOWN, MEDIA_TYPES, READERS


@dataclass(frozen=True, slots=True)
class Choice:
    """How what was named is taken.

    Attributes:
        glob: pattern of the files that are read of a folder (`summ.sources.folders.matcher`); None:
            those of readable types.
        from_file: a file that names further inputs, `-` for standard input; None: there is none.
        records: standard input is NDJSON.
        markdown: standard input is Markdown.
        results: a file or folder that results go to: no input, where it is in a folder that is
            read; None: there is none.
    """

    glob: str | None = None
    from_file: str | None = None
    records: bool = False
    markdown: bool = False
    results: str | None = None


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that was named: its path, what stands before its places, what was found."""

    root: str
    base: str
    found: Found


@dataclass(frozen=True, slots=True)
class _Records:
    """A file of records that was named, or standard input."""

    spec: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The inputs of a run, in order.

    It may be gone through again, but for standard input, which is read on the way.

    Attributes:
        total: how many there are; None: that is only known at the end.
        several: there may be more than one, of this or of another run with the same arguments:
            results need a folder, or lines.
        notices: sentences for the user about what is passed over.
    """

    total: int | None
    several: bool
    notices: tuple[str, ...]
    _parts: Sequence[str | _Folder | _Records]
    _stdin: BinaryIO | None
    _choice: Choice

    def __iter__(self) -> Iterator[Item]:
        """The inputs; one that can't be read is among them, with its problem."""
        for part in self._parts:
            if isinstance(part, str):
                yield _named(part, self._choice)
            elif isinstance(part, _Folder):
                yield from _in_folder(part)
            else:
                yield from _of_records(part.spec, self._stdin)

    def files(self) -> Iterator[str]:
        """The files that are read, as far as they are known before: not those in records."""
        if self._choice.from_file not in {None, STDIN}:
            yield str(self._choice.from_file)
        for part in self._parts:
            if isinstance(part, _Folder):
                yield from (joined(part.root, path) for path in part.found.files)
            elif (spec := part if isinstance(part, str) else part.spec) != STDIN:
                yield spec


def listing(sources: Sequence[str], choice: Choice, stdin: BinaryIO | None) -> Listing:
    """The inputs that were named.

    Files stay flat: their place is their base name. What is in a folder keeps its path below it,
    with the folder's own name in front if there are several. A file whose name ends in `.ndjson` or
    `.jsonl` holds records, and so does standard input if that is said.

    Args:
        sources: files and folders as they were given; `-` for standard input.
        choice: how they are taken.
        stdin: standard input as bytes; None when the process has none.

    Raises:
        UsageError: what was said contradicts itself.
        InputError: there is nothing to read, or no list where one was named.
    """
    named = list(sources)
    if choice.from_file is not None:
        if choice.from_file == STDIN and STDIN in named:
            raise UsageError("Standard input can be read only once.")
        named += _list(choice.from_file, stdin)
    are_roots = [spec != STDIN and stat.S_ISDIR(mode_of(spec)) for spec in named]
    roots = [spec for spec, is_root in zip(named, are_roots, strict=True) if is_root]
    if choice.glob is not None and not roots:
        raise UsageError("--glob is for folders, and none is named.")
    folders, notices = _folders(roots, choice)
    next_folder = iter(folders)
    parts: list[str | _Folder | _Records] = [
        next(next_folder) if is_root else _part(spec, choice)
        for spec, is_root in zip(named, are_roots, strict=True)
    ]
    total = sum(len(one.found.files) if isinstance(one, _Folder) else 1 for one in parts)
    if not total:
        raise _nothing(roots, choice)
    streamed = any(_has_records(one) for one in parts)
    several = len(parts) > 1 or not isinstance(parts[0], str) or choice.from_file is not None
    return Listing(None if streamed else total, several, notices, parts, stdin, choice)


def read_item(item: Item, stdin: BinaryIO | None) -> Source:
    """Read an input.

    Args:
        item: of a listing.
        stdin: standard input as bytes; None when the process has none.

    Returns:
        The source; its `uri` is the name of a record, the path as given of all others.

    Raises:
        InputError: it can't be read.
    """
    if item.problem is not None:
        raise item.problem
    if item.text is None:
        path = item.path or ""
        if item.record is None:
            return read_source(path, stdin, item.media_type)
        mode = mode_of(path)
        if mode and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            # A pipe that some record names would be waited for, without an end.
            raise InputError(f"{item.name}: {path} is not an ordinary file.")
        return replace(read_source(path, None, item.media_type), uri=item.name)
    # As a file: no byte order mark, LF alone, nothing binary.
    text, notices = decode(item.text.encode("utf-8", "replace"), item.name)
    reader = READERS[item.media_type or DEFAULT_MEDIA_TYPE]
    return reader(item.name, text, tuple(f"{item.name}: {notice}" for notice in notices))


# --- what was named ------------------------------------------------------------------


def _list(spec: str, stdin: BinaryIO | None) -> list[str]:
    """The inputs that a list names: one a line, or with a NUL behind each.

    Raises:
        InputError: it can't be read, or names none.
    """
    data = read_bytes(spec, stdin).removeprefix(b"\xef\xbb\xbf")
    # The bytes of a path need not be UTF-8.
    text = data.decode("utf-8", "surrogateescape")
    if "\0" in text:
        names = [name for name in text.split("\0") if name]
    else:
        lines = (line.removesuffix("\r") for line in text.split("\n"))
        names = [line for line in lines if line.strip() and not line.startswith("#")]
    if not names:
        raise InputError(f"{spec} names no inputs.", "Write the path of one on each line.")
    return [f"{os.curdir}/{name}" if name == STDIN else name for name in names]


def _part(spec: str, choice: Choice) -> str | _Records:
    if choice.records if spec == STDIN else spec.lower().endswith(SUFFIXES):
        return _Records(spec)
    return spec


def _has_records(part: str | _Folder | _Records) -> bool:
    if isinstance(part, _Folder):
        return any(path.lower().endswith(SUFFIXES) for path in part.found.files)
    return isinstance(part, _Records)


def _folders(roots: Sequence[str], choice: Choice) -> tuple[list[_Folder], tuple[str, ...]]:
    """What is in each folder, and what there is to say about that.

    Raises:
        UsageError: results would go among the articles.
    """
    reals = [os.path.realpath(root) for root in roots]
    results = None if choice.results is None else os.path.realpath(choice.results)
    wanted = matcher(choice.glob)
    seen: set[str] | None = set() if _overlap(reals) else None
    folders: list[_Folder] = []
    notices: list[str] = []
    for root, real in zip(roots, reals, strict=True):
        base = Path(root).resolve().name if len(roots) > 1 else ""
        found = find(root, wanted, results)
        if seen is not None:
            found = replace(found, files=[*_unseen(found.files, real, seen)])
        if found.results:
            notices.append(
                f"{root}: {found.results} folder(s) of results in it are passed over; name them "
                "to read them."
            )
        if found.astray:
            notices.append(
                f"{root}: {found.astray} symbolic link(s) that lead out of it, or nowhere, are "
                "passed over."
            )
        if not found.files:
            notices.append(f"{root}: nothing in it is read.")
        folders.append(_Folder(root, base, found))
    if results is not None:
        _check_apart(folders, reals, results)
    return folders, tuple(notices)


def _check_apart(folders: Sequence[_Folder], reals: Sequence[str], results: str) -> None:
    """See that no result will be where articles are read, since the next run would read it.

    Raises:
        UsageError: one will be.
    """
    for folder, real in zip(folders, reals, strict=True):
        if not within(real, results):
            continue
        below = real[len(results) :].strip(os.sep).replace(os.sep, "/")
        if not below or any(
            _place(one, path).startswith(below + "/") for one in folders for path in one.found.files
        ):
            raise UsageError(
                f"Results don't go into {folder.root}: the next run would read them, too.",
                "Name another folder with -o, such as one in it.",
            )


def _overlap(folders: Sequence[str]) -> bool:
    """Whether one of the folders is another, or in it; in time linear in their number."""
    ordered = sorted(folder.rstrip(os.sep) + os.sep for folder in folders)
    return any(
        within(inner.rstrip(os.sep), outer.rstrip(os.sep) or os.sep)
        for outer, inner in pairwise(ordered)
    )


def _unseen(files: Iterable[str], folder: str, seen: set[str]) -> Iterator[str]:
    """The files that no folder before has had; they are added to `seen`."""
    for path in files:
        whole = joined(folder, path)
        if whole not in seen:
            seen.add(whole)
            yield path


def _nothing(roots: Sequence[str], choice: Choice) -> InputError:
    """What to say where there is nothing to read."""
    what = f"like {choice.glob}" if choice.glob else f"named *{', *'.join(MEDIA_TYPES)}"
    return InputError(
        f"There is nothing to read in {', '.join(roots)}: no file {what} that is not hidden.",
        "Name files, or what to read of a folder, such as --glob '**/*.rst'.",
    )


# --- what it comes to ----------------------------------------------------------------


def _named(spec: str, choice: Choice) -> Item:
    if spec == STDIN:
        media_type = MARKDOWN if choice.markdown else None
        return Item(spec, "stdin.md" if choice.markdown else "stdin.txt", spec, None, media_type)
    return Item(spec, spec.replace("\\", "/").rstrip("/").rpartition("/")[2], spec)


def _place(folder: _Folder, path: str) -> str:
    return f"{folder.base}/{path}" if folder.base else path


def _in_folder(folder: _Folder) -> Iterator[Item]:
    for path in folder.found.files:
        name = joined(folder.root, path)
        place = _place(folder, path)
        reason = folder.found.problems.get(path)
        if reason is not None:
            problem = InputError(f"Can't read the folder {name}: {reason}.")
            yield Item(name, place, problem=problem)
        elif path.lower().endswith(SUFFIXES):
            yield from _of_records(name, None)
        else:
            yield Item(name, place, name)


def _of_records(spec: str, stdin: BinaryIO | None) -> Iterator[Item]:
    if spec == STDIN:
        if stdin is None:
            problem = InputError("Standard input is closed.", "Name a file, or pipe records in.")
            yield Item(spec, "stdin.txt", spec, problem=problem)
        else:
            yield from Records("standard input").read(stdin)
        return
    try:
        stream = Path(spec).open("rb")  # noqa: SIM115 - closed below, after the last record
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        problem = InputError(f"Can't read {spec}: {reason}.")
        yield Item(spec, PurePath(spec).name, spec, problem=problem)
        return
    with stream:
        yield from Records(spec, str(PurePath(spec).parent)).read(stream)
