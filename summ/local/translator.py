"""The built-in translator: Firefox Translations models, on this machine's processor."""

from __future__ import annotations

import asyncio
import os
import re
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from summ.errors import ConfigError, FetchError
from summ.local.files import Silent, model_dir
from summ.local.pairs import PairData, PairStore, cannot_serve
from summ.local.worker import Shelf, Worker
from summ.model import Ui

T = TypeVar("T")

_HUB = "en"
# Above about this length a sentence of the models' training is rare: clauses get lost,
# and beyond twice of it the engine cuts the text off without a word.
LIMIT = 350
# A character of Chinese, Japanese or Korean is about as much as three letters.
_WIDE_WEIGHT = 3
_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?")
_CLAUSE_ENDS = ";:,–—)，；：、。،؛।"
# Codes under which the service keeps what has several names.
_SAME = {"no": "nb", "iw": "he", "in": "id"}
_CHINESE = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans"}
_TRADITIONAL = {"zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant"}


class BuiltInTranslator:
    """Translates sentences through models of 20 to 45 MB a language pair.

    Implements `summ.model.Translator`. The library's engines belong to the thread that
    made them, so that all the work is done in one thread of this object's own; concurrent
    calls are served one after the other. A pair without English goes through English.
    """

    def __init__(
        self,
        root: Path | None = None,
        ui: Ui | None = None,
        *,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Nothing is loaded yet.

        Args:
            root: the model store; None means the user's.
            ui: is told what is fetched.
            env: see `PairStore`; None means the process's own.
        """
        env = os.environ if env is None else env
        self._pairs = PairStore(
            root if root is not None else model_dir(env), ui if ui is not None else Silent(), env
        )
        self._worker = Worker("summ-translator")

    def can_serve(self, source: str, target: str) -> bool:
        """Whether the pair is here, or pinned in summ. Asks no network.

        False does not mean that the models' delivery service lacks it.
        """
        if find_spec("fxtranslate") is None:
            return False
        try:
            return all(self._pairs.at_hand(pair) for pair in self._route(source, target))
        except ConfigError:
            return False

    async def prepare(self, source: str, target: str) -> None:
        """Fetch and load what the pair needs, so that its lack shows before other work.

        Raises:
            SummError: as `translate`.
        """

        def work(shelf: Shelf, cancel: threading.Event) -> None:
            self._load_all(source, target, shelf, cancel)

        await self._in_worker(work)

    async def translate(self, items: Sequence[str], source: str, target: str) -> list[str]:
        """Translate each item by itself: as many strings come back, in order.

        Args:
            items: sentences, none of them empty; a longer text is translated in pieces.
            source: BCP 47 code of what they are in.
            target: BCP 47 code of what they should be in.

        Raises:
            ConfigError: the extra is missing, or there is no such pair.
            FetchError: the pair could not be fetched or verified.
        """

        def work(shelf: Shelf, cancel: threading.Event) -> list[str]:
            engines = self._load_all(source, target, shelf, cancel)
            done = []
            for item in items:
                text = item
                for engine in engines:
                    text = _translate_item(engine, text, cancel)
                done.append(text)
            return done

        return await self._in_worker(work)

    async def aclose(self) -> None:
        """Free the models. Safe to call twice."""
        await asyncio.to_thread(self._worker.stop)

    async def _in_worker(self, work: Callable[[Shelf, threading.Event], T]) -> T:
        """Run in the worker thread; when the caller is cancelled, the work stops soon."""
        cancel = threading.Event()
        try:
            return await asyncio.wrap_future(self._worker.submit(lambda shelf: work(shelf, cancel)))
        except asyncio.CancelledError:
            cancel.set()
            raise

    def _route(self, source: str, target: str) -> list[str]:
        """The pairs to go through, none when nothing has to be done."""
        start, end = service_code(source), service_code(target)
        # A code becomes the name of a folder: nothing else than a code may.
        if not (_CODE.fullmatch(start) and _CODE.fullmatch(end)):
            raise ConfigError("The built-in translator needs language codes such as `pt-BR`.")
        if start == end:
            return []
        direct = f"{start}-{end}"
        if _HUB in {start, end} or self._pairs.at_hand(direct):
            return [direct]
        return [f"{start}-{_HUB}", f"{_HUB}-{end}"]

    def _load_all(
        self, source: str, target: str, shelf: Shelf, cancel: threading.Event
    ) -> list[_Engine]:
        route = self._route(source, target)
        if route:
            _require_library()
        try:
            return [self._engine(pair, shelf, cancel) for pair in route]
        except ConfigError as error:
            if len(route) > 1:
                raise cannot_serve(source, target) from error
            raise

    def _engine(self, pair: str, shelf: Shelf, cancel: threading.Event) -> _Engine:
        engine = shelf.get(pair)
        if not isinstance(engine, _Engine):
            engine = shelf[pair] = _Engine(pair, self._pairs.load(pair, cancel))
        return engine


class _Engine:
    """An engine of the library, which belongs to the thread that made it.

    Only this object holds it: a traceback that is kept elsewhere holds this at most.
    """

    def __init__(self, pair: str, data: PairData) -> None:
        """Build it; `ConfigError` where the files are no model."""
        import fxtranslate

        self._native: Any = None
        try:
            self._native = fxtranslate.Translator(
                data.model, data.source_vocab, data.target_vocab, data.shortlist
            )
        except BaseException as error:
            if not isinstance(error, ValueError) and not _is_panic(error):
                raise
            raise ConfigError(
                f"The translator's files for {pair} can't be used.",
                f"`summ models rm {pair}` removes them, so that they are fetched anew.",
            ) from error

    def translate(self, sentence: str) -> str:
        """One sentence; what is longer than the engine's limit would be cut off."""
        try:
            # Half of a surrogate pair is in no encoding that the library knows.
            whole = sentence.encode("utf-8", "replace").decode("utf-8")
            return str(self._native.translate(whole)).strip()
        except BaseException as error:
            if not _is_panic(error):
                raise
            raise ConfigError("The built-in translator failed on a sentence.") from error

    def free(self) -> None:
        """Let go of the library's object; in the thread that made it."""
        self._native = None


def _is_panic(error: BaseException) -> bool:
    """A panic of the library is no `Exception`, and would end the program."""
    return type(error).__name__ == "PanicException"


def service_code(language: str) -> str:
    """The models' code for a BCP 47 code: `pt-BR` → `pt`, `zh-TW` → `zh-Hant`.

    Regions are dropped, since the models know none; scripts that make another written
    language are kept.
    """
    low = language.replace("_", "-").lower()
    if low in _CHINESE or low in _TRADITIONAL:
        return (_CHINESE | _TRADITIONAL)[low]
    parts = low.split("-")
    base = _SAME.get(parts[0], parts[0])
    if len(parts) > 1 and len(parts[1]) == len("Hant") and parts[1].isalpha():
        script = parts[1].title()
        # A language's usual script adds nothing to its code, except for Chinese.
        return f"{base}-{script}" if base in {"zh", "sr"} else base
    return base


def pieces(text: str, limit: int = LIMIT) -> list[str]:
    """Cut `text` into pieces that the engine takes whole; joined, they are the text.

    Cuts behind the punctuation of a clause where there is one in the second half of a
    piece, else behind a space, else anywhere.
    """
    found = []
    start = 0
    while start < len(text):
        end = _reach(text, start, limit)
        if end < len(text):
            end = _cut(text, start, end)
        found.append(text[start:end])
        start = end
    return found


def _reach(text: str, start: int, limit: int) -> int:
    """How far a piece from `start` may go; at least one character."""
    weight = 0
    for index in range(start, len(text)):
        weight += _WIDE_WEIGHT if unicodedata.east_asian_width(text[index]) in "WF" else 1
        if weight > limit and index > start:
            return index
    return len(text)


def _cut(text: str, start: int, end: int) -> int:
    half = start + (end - start) // 2
    for index in range(end, half, -1):
        if text[index - 1] in _CLAUSE_ENDS and (text[index].isspace() or _is_wide(text[index - 1])):
            return index
    for index in range(end, half, -1):
        if text[index - 1].isspace():
            return index
    return end


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _translate_item(engine: _Engine, text: str, cancel: threading.Event) -> str:
    done = []
    for piece in pieces(text):
        if cancel.is_set():
            raise FetchError("The translation was stopped.")
        words = piece.strip()
        if words:
            done.append(engine.translate(words))
    # In scripts without spaces the pieces follow each other directly.
    return "".join(_spaced(done))


def _spaced(parts: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if part and joined and not _is_wide(joined[-1][-1]):
            joined.append(" ")
        if part:
            joined.append(part)
    return joined


def _require_library() -> None:
    if find_spec("fxtranslate") is None:
        raise ConfigError(
            "The built-in translator needs the `local` extra.",
            "Install it with `pip install 'summ[local]'`, or set OPENAI_API_KEY, or --base-url.",
        )
