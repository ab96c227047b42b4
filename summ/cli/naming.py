"""Names of the files in a folder that results go to.

A report is named after the place of its input: `news/a.txt` → `news/a.md`, `stdin.md` for standard
input. A translation keeps its article's suffix behind its language: `a.txt` → `a.uk.txt`; beside
its article it is Markdown, and leaves the other as it is: `a.uk.bilingual.md`.
Characters that some system can't have in a name become `_`. Where a name is taken, by an
earlier file of the same run or by an input itself, all files of the input get the first free
number: `a-2.md`. Neither case nor the way letters are composed makes names distinct, since it does
not on every system. Files of an earlier run are replaced; the same inputs in the same order have
the same names again.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path, PurePath

from summ.cli.files import found, identity
from summ.cli.inputs import STDIN
from summ.render.safe import one_line
from summ.sources.folders import ERRORS

_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\ud800-\udfff]')
_LONGEST_STEM = 120  # bytes: below every file system's limit, with room for number and suffix
_LONGEST_LOOK = 1_000  # characters of a name that are looked at
_PLAIN = ".txt"
_USUAL_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")


def own_suffix(place: str) -> str:
    """The suffix that an input has, with its dot; `.txt` where it has none, or an odd one."""
    suffix = PurePath(place).suffix
    return suffix if _USUAL_SUFFIX.fullmatch(suffix) else _PLAIN


class Namer:
    """Names files in a folder, one input after the other.

    Keeps some bytes of each name, whatever its length.
    """

    def __init__(
        self, folder: Path, inputs: Callable[[], Iterable[str]], others: Iterable[str] = ()
    ) -> None:
        """Name files in `folder`.

        Args:
            folder: where they go; only to see that no input is written over.
            inputs: gives the files that are read, as far as they are known.
            others: further files that none may be written over, there already or not.
        """
        self._folder = folder
        self._inputs = inputs
        self._input_files: set[tuple[int, int]] | None = None
        self._more_inputs: list[str] = []
        self._others = {identity(Path(one)) for one in others}
        self._taken: set[int] = set()
        self._taken_by_folders: set[int] = set()
        self._folders: dict[str, str] = {}
        self._free: dict[int, int] = {}

    def keep(self, path: str) -> None:
        """From now on let nothing be written over a file that has only now become known."""
        if self._input_files is None:
            self._more_inputs.append(path)
        else:
            self._input_files |= _files([path])

    def names(self, place: str, suffixes: Sequence[str]) -> list[str]:
        """The names of the files of the next input: below the folder, with `/`, none twice.

        Args:
            place: of the input; see `Item.place`. May be anything: no name leads out.
            suffixes: of the files, each with its dot, all different.
        """
        *folders, last = place.replace("\\", "/").rstrip("/").split("/")
        stem = self._below([one for one in folders if one not in {"", "."}]) + _safe(_stem(last))
        # Numbers are never given back, so those that were taken before need no look again.
        key = _key("\0".join((stem, *suffixes)))
        number = self._free.get(key, 1)
        while not self._are_free(names := _numbered(stem, number, suffixes)):
            number += 1
        if number > 1:
            self._free[key] = number
        self._taken.update(_key(name) for name in names)
        return names

    def _below(self, folders: Sequence[str]) -> str:
        """Where files go that are in these folders: a path that ends in `/`, or nothing."""
        path = ""
        for folder in folders:
            wanted = path + _safe(folder)
            if wanted not in self._folders:
                chosen, number = wanted, 1
                while _key(chosen) in self._taken:
                    number += 1
                    chosen = f"{wanted}-{number}"
                self._folders[wanted] = chosen + "/"
                # To files alone: what is in two folders of one name goes into one.
                self._taken_by_folders.add(_key(chosen))
            path = self._folders[wanted]
        return path

    def _are_free(self, names: Sequence[str]) -> bool:
        return not any(
            _key(name) in self._taken
            or _key(name) in self._taken_by_folders
            or PurePath(name).name.casefold() == ERRORS
            or self._is_kept(name)
            for name in names
        )

    def _is_kept(self, name: str) -> bool:
        """Whether an input, or another file that is not ours, is there."""
        path = self._folder / name
        there = found(path)
        if there is not None:
            if self._input_files is None:
                self._input_files = _files([*self._inputs(), *self._more_inputs])
            if (there.st_dev, there.st_ino) in self._input_files:
                return True
        return bool(self._others) and identity(path) in self._others


def is_input(path: Path, specs: Iterable[str]) -> bool:
    """Whether `path` is the file of one of the inputs, be they there or not."""
    name, there = path.name.casefold(), found(path)
    # Names are looked at first: to resolve thousands of them would take seconds.
    return any(
        _is_same(spec, there) or (PurePath(spec).name.casefold() == name and _is_alike(spec, path))
        for spec in specs
        if spec != STDIN
    )


def _is_same(spec: str, there: os.stat_result | None) -> bool:
    return there is not None and (there.st_dev, there.st_ino) in _files([spec])


def _is_alike(spec: str, path: Path) -> bool:
    return identity(Path(spec)) == identity(path)


def _files(specs: Iterable[str]) -> set[tuple[int, int]]:
    """The files that are there, each as the system knows it, whatever it is called."""
    known = set()
    for spec in specs:
        there = found(Path(spec))
        if there is not None:
            known.add((there.st_dev, there.st_ino))
    return known


def _numbered(stem: str, number: int, suffixes: Sequence[str]) -> list[str]:
    numbered = stem if number == 1 else f"{stem}-{number}"
    return [numbered + suffix for suffix in suffixes]


def _key(name: str) -> int:
    """The same for names that some system takes for the same, in a few bytes."""
    if not name.isascii():
        # Twice: case is folded in letters that stand alone, which is not all of them before.
        name = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    key = blake2b(name.casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(key, "big")


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _safe(name: str) -> str:
    """A name, or a part of one before its suffix, fit to be one on any system."""
    name = one_line(_NOT_IN_NAMES.sub("_", name[:_LONGEST_LOOK]))
    name = "".join(one if one.isprintable() else "_" for one in name).strip(". ")
    name = name.encode("utf-8")[:_LONGEST_STEM].decode("utf-8", "ignore").strip(". ")
    # Without letters or digits it may be a name with a meaning, such as `..` or `-`.
    return name if any(character.isalnum() for character in name) else "article"
