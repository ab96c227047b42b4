"""Where reports go: standard output, one file, or a folder with a file for each input.

**Names in a folder.** A report is named after its input: `news.txt` → `news.md` (`stdin.md`
for standard input). Characters that some system can't have in a name become `_`. Where the
name is taken, by an earlier input of the same run or by an input itself, it gets the first
free number: `news-2.md`. Case does not make names distinct. Reports of an earlier run are
replaced.

**Files appear whole.** A report is written beside its place and renamed into it, so that a
reader sees the old file or the new one and a full disk destroys nothing.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summ.cli import streams
from summ.cli.inputs import STDIN
from summ.errors import OutputError, UsageError
from summ.render import FORMATS, SUFFIXES
from summ.render.safe import one_line

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.model import Report

_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\ud800-\udfff]')
_LONGEST_STEM = 120  # bytes: below every file system's limit, with room for the number
_BETWEEN = {"md": "\n---\n\n"}


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each report goes; made, and checked, before any model is asked.

    Attributes:
        form: name of the format.
        paths: a file for each input; None: all go to standard output.
        folder: the folder that has to be there first; None: none has.
    """

    form: str
    paths: tuple[Path, ...] | None
    folder: Path | None = None

    def probe(self) -> None:
        """Find out whether the reports could be written.

        Raises:
            OutputError: they could not.
            ReaderGoneError: nobody reads standard output any more.
        """
        if self.paths is None:
            streams.probe()
            return
        if self.folder is not None:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise _unwritable(self.folder, error) from error
        for path in self.paths:
            if path.is_dir():
                raise OutputError(f"Can't write {path}: it is a folder.")
        _probe_folder(self.paths[0])


class Sink:
    """Takes finished reports, in the order of the inputs, some of which may fail."""

    def __init__(self, plan: Plan, specs: Sequence[str]) -> None:
        """Write reports of `specs` as `plan` says."""
        self._plan = plan
        self._specs = specs
        self._next = 0
        self._written = 0

    def take(self, spec: str, report: Report) -> None:
        """Write the report of the next input that is named `spec`.

        Raises:
            OutputError: it could not be written.
            ReaderGoneError: nobody reads standard output any more.
        """
        index = self._specs.index(spec, self._next)
        self._next = index + 1
        plan = self._plan
        text = FORMATS[plan.form](report)
        if plan.paths is None:
            between = _BETWEEN.get(plan.form, "") if self._written else ""
            streams.write(between + text)
        else:
            write_file(plan.paths[index], text, follow=plan.folder is None)
        self._written += 1


def plan(settings: Settings, specs: Sequence[str]) -> Plan:
    """Decide where the reports of `specs` go.

    Raises:
        UsageError: the flags contradict each other.
    """
    output, several = settings.output, len(specs) > 1
    if output is None:
        form = settings.format or "md"
        if several and form == "json":
            raise UsageError(
                "Several inputs make several JSON documents.",
                "Use -f ndjson for one a line, or -o DIR/ for one file each.",
            )
        return Plan(form, None)
    path = Path(output).expanduser()
    suffix_form = {suffix: form for form, suffix in SUFFIXES.items()}.get(path.suffix.lower())
    as_folder = output.endswith(("/", os.sep)) or path.is_dir()
    if several and not as_folder and (path.exists() or suffix_form):
        raise UsageError(
            "Several inputs don't go into one file.",
            "Use -o DIR/ for one file each, or -f ndjson and `> FILE`.",
        )
    if as_folder or several:
        form = settings.format or "md"
        names = report_names(specs, SUFFIXES[form], path)
        return Plan(form, tuple(path / name for name in names), path)
    if any(spec != STDIN and _identity(Path(spec)) == _identity(path) for spec in specs):
        raise UsageError("The report would be written over the article itself.")
    return Plan(settings.format or suffix_form or "md", (path,))


def report_names(specs: Sequence[str], suffix: str, folder: Path) -> list[str]:
    """A file name for the report of each input, all different; see the module's rule.

    Args:
        specs: the inputs, as they were given.
        suffix: of the format, with its dot.
        folder: where they go; only to see that no input is written over.
    """
    inputs = {_identity(Path(spec)) for spec in specs if spec != STDIN}
    taken: set[str] = set()
    names = []
    for spec in specs:
        stem, number = "stdin" if spec == STDIN else _safe_stem(spec), 1
        name = f"{stem}{suffix}"
        while name.casefold() in taken or _identity(folder / name) in inputs:
            number += 1
            name = f"{stem}-{number}{suffix}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _identity(path: Path) -> str:
    """The same for all names of a file, as far as links and case go."""
    try:
        return os.path.realpath(path).casefold()
    except (OSError, ValueError):
        return str(path).casefold()


def _safe_stem(spec: str) -> str:
    """The input's name without suffix, fit to be a name on any system."""
    name = spec.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    stem = one_line(_NOT_IN_NAMES.sub("_", stem))
    stem = "".join(one if one.isprintable() else "_" for one in stem).strip(". ")
    stem = stem.encode("utf-8")[:_LONGEST_STEM].decode("utf-8", "ignore").strip(". ")
    # Without letters or digits it may be a name with a meaning, such as `..` or `-`.
    return stem if any(character.isalnum() for character in stem) else "article"


def write_file(path: Path, text: str, *, follow: bool = True) -> None:
    """Put `text` at `path`, whole or not at all.

    Args:
        path: an ordinary file, new or old; a device or a pipe is written to as it is.
        text: the report.
        follow: write through a symbolic link; else replace the link.

    Raises:
        OutputError: it could not be written; what was there is unchanged.
    """
    data = text.encode("utf-8", errors="replace")
    try:
        target = Path(os.path.realpath(path)) if follow else path
        mode = _mode_of(target)
        if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            target.write_bytes(data)
        else:
            _replace(target, data, mode)
    except OSError as error:
        raise _unwritable(path, error) from error


def _mode_of(path: Path) -> int | None:
    """Type and permissions of what is at `path`; None when nothing is."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Write beside `target`, then rename: there is always a whole file."""
    temporary = _new_beside(target)
    try:
        # The mode is what open() would give a new file: the umask applies.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None and stat.S_ISREG(mode):
                temporary.chmod(stat.S_IMODE(mode))
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _new_beside(path: Path) -> Path:
    return path.with_name(f".summ-{os.urandom(8).hex()}.tmp")


def _probe_folder(path: Path) -> None:
    """See that a file can be made beside `path`, by making one."""
    mode = _mode_of(Path(os.path.realpath(path)))
    if mode is not None and not stat.S_ISREG(mode):
        return
    beside = _new_beside(Path(os.path.realpath(path)))
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        beside.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"Can't write {path}: {error.strerror or error}.")
