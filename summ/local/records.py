"""The delivery service of the translation models: what it lists, and its attachments.

It is a Remote Settings server: a list of records, each naming an attachment by its
location, size and hash; the server's root says under which address attachments lie.
Whoever serves many users should host the models themselves and name that address in
`FXTRANSLATE_RECORDS_URL`.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from summ.errors import FetchError
from summ.local.download import Wanted, check_url, download, get
from summ.model import Ui

_LIST_LIMIT = 8 << 20
# The largest model of a pair has less than 60 MB.
_FILE_LIMIT = 200 << 20
_KINDS = ("model", "vocab", "srcvocab", "trgvocab", "lex")
# Several builds of a pair may be listed: the best that is meant for small machines.
_BUILDS = ("base-memory", "base", "tiny")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a pair, as the service lists it.

    Attributes:
        name: its name, without a folder.
        kind: `model`, `vocab`, `srcvocab`, `trgvocab` or `lex`.
        location: address of the compressed file, relative to the attachments' base.
        size: bytes, compressed.
        compressed_sha256: hex.
        sha256: hex, of the file itself.
    """

    name: str
    kind: str
    location: str
    size: int
    compressed_sha256: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Service:
    """The service's answer: its address and its records."""

    url: str
    records: tuple[Mapping[str, Any], ...]

    @classmethod
    def ask(cls, env: Mapping[str, str]) -> Service:
        """Fetch the list.

        Raises:
            FetchError: unreachable, or the answer is not a list of records.
        """
        from fxtranslate import discovery

        url = env.get("FXTRANSLATE_RECORDS_URL") or discovery.records_url()
        return cls(url, _records_of(get(url, _LIST_LIMIT)))

    def files(self, source: str, target: str) -> list[RemoteFile]:
        """The files of the best build of a pair; empty when there is none that runs here."""
        builds: dict[tuple[tuple[int, ...], int], list[Mapping[str, Any]]] = {}
        for record in self.records:
            if (record.get("sourceLanguage"), record.get("targetLanguage")) == (source, target):
                builds.setdefault(_rank(record), []).append(record)
        for _, found in sorted(builds.items(), key=lambda build: build[0], reverse=True):
            if _runs_here(found):
                files = [_file(record) for record in found if record.get("fileType") in _KINDS]
                return [file for file in files if file is not None]
        return []

    def languages_like(self, target: str) -> list[str]:
        """Languages of the list that share the first part of their code with `target`."""
        stem = target.partition("-")[0]
        named = {
            str(record.get(side, ""))
            for record in self.records
            for side in ("sourceLanguage", "targetLanguage")
        }
        return sorted(code for code in named if code.partition("-")[0] == stem)[:10]

    def fetch(
        self, files: Sequence[RemoteFile], label: str, ui: Ui, cancel: threading.Event
    ) -> dict[str, bytes]:
        """Fetch, verify and unpack; file name → content.

        Raises:
            FetchError: a file can't be had, or is not what the list says.
        """
        base = self._attachments()
        with tempfile.TemporaryDirectory(prefix="summ-") as folder:
            return {
                file.name: _unpack(file, base, Path(folder) / str(number), label, ui, cancel)
                for number, file in enumerate(files)
            }

    def _attachments(self) -> str:
        """Where attachments lie, as the server's root says."""
        root, found, _ = self.url.partition("/buckets/")
        if not found:
            raise FetchError("The address of the models' records has no `/buckets/` in it.")
        try:
            answer = json.loads(get(root + "/", _LIST_LIMIT))
            base = str(answer["capabilities"]["attachments"]["base_url"])
        except (ValueError, KeyError, TypeError) as error:
            raise FetchError("The models' service does not say where its files are.") from error
        return check_url(base.rstrip("/") + "/")


def _records_of(body: bytes) -> tuple[Mapping[str, Any], ...]:
    try:
        listed = json.loads(body)["data"]
        if isinstance(listed, list):
            return tuple(record for record in listed if isinstance(record, dict))
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise FetchError("The models' service answered something that is no list of models.")


def _rank(record: Mapping[str, Any]) -> tuple[tuple[int, ...], int]:
    """Newer versions first, then the build."""
    version = tuple(
        int(digits) if digits.isdecimal() else 0 for digits in str(record.get("version")).split(".")
    )
    build = record.get("architecture")
    return version, len(_BUILDS) - _BUILDS.index(build) if build in _BUILDS else 0


def _runs_here(found: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the engine takes models of this version: it knows that itself."""
    from fxtranslate import discovery

    try:
        return bool(discovery.model_pairs(json.dumps({"data": list(found)})))
    except ValueError:
        return False


def _file(record: Mapping[str, Any]) -> RemoteFile | None:
    """A record as a file; None when it lacks what is needed to verify it."""
    attachment = record.get("attachment")
    if not isinstance(attachment, dict):
        return None
    name = str(record.get("name", ""))
    size = attachment.get("size")
    hashes = [attachment.get("hash"), record.get("decompressedHash")]
    if name != Path(name).name or not name or not isinstance(size, int):
        return None
    if not 0 < size <= _FILE_LIMIT or not all(isinstance(each, str) for each in hashes):
        return None
    return RemoteFile(
        name, str(record["fileType"]), str(attachment.get("location")), size,
        str(hashes[0]).lower(), str(hashes[1]).lower(),
    )  # fmt: skip


def _unpack(
    file: RemoteFile, base: str, part: Path, label: str, ui: Ui, cancel: threading.Event
) -> bytes:
    from fxtranslate import discovery

    url = urljoin(base, file.location.lstrip("/"))
    if not url.startswith(base):
        raise FetchError("The models' service names a file outside its own folder.")
    download(Wanted(url, file.size, f"{label} ({file.kind})"), part, ui, cancel)
    packed = part.read_bytes()
    if hashlib.sha256(packed).hexdigest() != file.compressed_sha256:
        raise FetchError(f"The {file.kind} that was fetched has a wrong SHA-256.")
    try:
        return bytes(discovery.verify_and_decompress(packed, file.sha256))
    except ValueError as error:
        raise FetchError(f"The {file.kind} that was fetched is not what the list says.") from error
