"""The built-in language model: llama.cpp in this process, spoken to over loopback HTTP.

The settings are the best of those measured on two cores. The listener is on 127.0.0.1
alone, wants a key made for this run, sends no CORS header and serves no web page.
"""

from __future__ import annotations

import atexit
import os
import secrets
import socket
import threading
from collections.abc import MutableMapping
from contextlib import ExitStack, suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summ.errors import ConfigError
from summ.local import machine
from summ.local.files import (
    Silent,
    locked,
    model_dir,
    private_dir,
    reason,
    size_text,
    write_private,
)
from summ.model import Ui

_EXTRA_MISSING = (
    "Install it with `pip install 'summ[local]'`, or set OPENAI_API_KEY for a model on the "
    "network, or name a local server with --base-url."
)
# Bytes of KV cache a token, for a 1.5B model at 16 bits; others are of this order.
_KV_BYTES_PER_TOKEN = 29_000
_WORK_BYTES = 300_000_000
# Repacked weights exist a second time, for the most part.
_REPACK_FACTOR = 1.6
_MAPPED_FACTOR = 1.1


class LocalEngine:
    """A llama.cpp server for one model, from `start` to `close`.

    `start` blocks for some seconds, and longer while another summ holds the machine: call
    it in a worker thread. `close`, from any thread, ends that wait, too. Requests go to
    `base_url` with `api_key`, as to any OpenAI-compatible endpoint.
    """

    def __init__(
        self,
        model_path: Path,
        *,
        parallel: int = 1,
        context: int = 8192,
        root: Path | None = None,
        ui: Ui | None = None,
    ) -> None:
        """Nothing is loaded yet.

        Args:
            model_path: a GGUF file, verified by the store or named by the user.
            parallel: requests that are worked on at the same time; 4 is best for batches.
            context: tokens of prompt and reply together, for each of them.
            root: the model store, for the lock and the note that the library runs here;
                None means the user's.
            ui: is told when another summ has to finish first.
        """
        self.model_path = model_path
        self.parallel = parallel
        self.context = context
        self.api_key = secrets.token_hex(16)
        self._root = root if root is not None else model_dir(os.environ)
        self._ui = ui if ui is not None else Silent()
        self._held = ExitStack()
        self._cancel = threading.Event()
        self._server: Any = None
        self._gate = threading.Lock()

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:PORT/v1`.

        Raises:
            RuntimeError: it has not been started.
        """
        if self._server is None:
            raise RuntimeError("the engine has not been started")
        return f"http://127.0.0.1:{self._port()}/v1"

    @staticmethod
    def require_library(root: Path | None = None) -> None:
        """See that llama.cpp can run here, before a gigabyte is fetched for it.

        Args:
            root: the model store, where the answer is noted; None means the user's.

        Raises:
            ConfigError: the extra or a system library is missing, or the processor does
                not do.
        """
        _library(private_dir(root if root is not None else model_dir(os.environ)))

    def start(self) -> None:
        """Load the model and listen. Does nothing when it has been started.

        Raises:
            ConfigError: the extra or a system library is missing, the processor or the
                memory does not do, or the file is not a model that can be loaded.
            FetchError: `close` was called meanwhile.
        """
        if self._server is not None:
            return
        library = _library(private_dir(self._root))
        waiting = "Another summ is using the built-in model; waiting for it."
        with ExitStack() as held:
            held.enter_context(locked(self._root / "engine.lock", self._ui, waiting, self._cancel))
            _require_memory(self.model_path, self.parallel, self.context)
            server = self._serve(library)
            with self._gate:
                if not self._cancel.is_set():
                    self._server = server
                    self._held = held.pop_all()
                    # Threads of the library outlive nothing, whatever way the program ends.
                    atexit.register(self.close)

    def close(self) -> None:
        """Stop listening, drop what is being worked on, free the memory. Safe to call twice."""
        self._cancel.set()
        atexit.unregister(self.close)
        with self._gate:
            if self._server is not None:
                _hang_up(int(self._port()))
            # The library stops its threads when the last reference goes.
            self._server = None
            self._held.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _port(self) -> str:
        return str(self._server.listening_address).rstrip("/").rpartition(":")[2]

    def _serve(self, library: Any) -> Any:
        settings = self._settings(library)
        try:
            return library.Server(settings)
        except (RuntimeError, ValueError) as error:
            raise ConfigError(
                f"The model {self.model_path} can't be loaded.",
                "It may be damaged, or of a kind that this llama.cpp does not know. "
                "`summ models rm local` and `summ models pull` fetch the built-in one anew.",
            ) from error

    def _settings(self, library: Any) -> Any:
        settings = library.CommonParams()
        settings.model.path = str(self.model_path)
        settings.n_parallel = self.parallel
        # The library shares one context out among the slots.
        settings.n_ctx = self.context * self.parallel
        threads = machine.quiet_cores()
        settings.cpuparams.n_threads = threads
        settings.cpuparams_batch.n_threads = threads
        # Repacked weights cost 0.6 GB and pay only with several requests at a time.
        settings.no_extra_bufts = self.parallel == 1
        # No speculation: drafts from n-grams pay where an answer copies at length, and cost
        # a fifth of the time where it is one short sentence, as here (measured).
        settings.cache_ram_mib = 0
        settings.warmup = False
        settings.verbosity = -1
        settings.offline = True
        settings.hostnames = ["127.0.0.1"]
        settings.port = 0
        settings.api_keys = [self.api_key]
        settings.ui = False
        settings.cors_origins = ""  # sent as an empty header, which no browser accepts
        settings.cors_credentials = False
        settings.endpoint_slots = False
        return settings


def _hang_up(port: int) -> None:
    """Break the connections between this process and its own server.

    The server stops working on a request when its connection breaks, and else writes on
    to the end before it stops: for a minute, when an abandoned client holds one open.
    """
    try:
        numbers = [int(name) for name in os.listdir("/dev/fd")]  # noqa: PTH208 - a device folder
    except OSError:  # Windows has none
        return
    for number in numbers:
        with suppress(OSError):
            # A copy, so that it stays what was looked at while other threads close theirs.
            copy = os.dup(number)
            try:
                connection = socket.socket(fileno=copy)
            except OSError:
                os.close(copy)
                continue
            with connection:
                if connection.family == socket.AF_INET and port in {
                    connection.getsockname()[1],
                    connection.getpeername()[1],
                }:
                    connection.shutdown(socket.SHUT_RDWR)


def calm_openmp(env: MutableMapping[str, str]) -> None:
    """Keep OpenMP's threads from spinning long, unless the user set them up.

    Long spinning collapses to a tenth of the speed when anything else runs. The library
    reads this once, when it is loaded.
    """
    if not any(name.startswith(("OMP_", "GOMP_")) for name in env):
        env["GOMP_SPINCOUNT"] = "1000"


def _library(root: Path) -> Any:
    """The llama.cpp bindings, imported only where that does not kill the process."""
    spec = find_spec("xllamacpp")
    if spec is None or spec.origin is None:
        raise ConfigError("The built-in model needs the `local` extra.", _EXTRA_MISSING)
    calm_openmp(os.environ)
    _require_processor(root, Path(spec.origin))
    try:
        import xllamacpp
    except (ImportError, OSError) as error:
        if "libgomp" in str(error):
            raise ConfigError(
                "The built-in model needs the system library libgomp.",
                "Install libgomp1 (Debian, Ubuntu: `apt-get install libgomp1`; "
                "Fedora: `dnf install libgomp`).",
            ) from error
        raise ConfigError(
            "The library of the built-in model (xllamacpp) can't be loaded here.", _EXTRA_MISSING
        ) from error
    return xllamacpp


def _require_processor(root: Path, origin: Path) -> None:
    """Try the library in a process of its own, once for each version of it.

    On a processor without AVX2 its code would end ours with no word.
    """
    note = root / "llama.ok"
    changed = f"{origin}:{origin.stat().st_mtime_ns}"
    try:
        if note.read_text(encoding="utf-8") == changed:
            return
    except (OSError, ValueError):
        pass
    if machine.lacks_avx2() or machine.dies_on("import xllamacpp; xllamacpp.get_system_info()"):
        raise ConfigError(
            "This processor lacks instructions (AVX2) that the built-in model needs.",
            "Set OPENAI_API_KEY for a model on the network, or name a server with --base-url.",
        )
    try:
        write_private(note, changed.encode())
    except OSError:
        return  # A read-only store: tried again next time.


def _require_memory(model: Path, parallel: int, context: int) -> None:
    """Refuse what would only swap."""
    try:
        size = model.stat().st_size
    except OSError as error:
        raise ConfigError(f"The model {model} can't be read: {reason(error)}.") from error
    factor = _MAPPED_FACTOR if parallel == 1 else _REPACK_FACTOR
    needed = int(size * factor) + _KV_BYTES_PER_TOKEN * context * parallel + _WORK_BYTES
    free = machine.available_memory()
    if free is not None and free < needed:
        raise ConfigError(
            f"The model needs about {size_text(needed)} of memory; {size_text(free)} is free.",
            "Close something, or use a model on the network: set OPENAI_API_KEY or --base-url.",
        )
