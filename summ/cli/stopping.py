"""Ctrl-C and SIGTERM while many documents are under way: the first is kind, the second is not."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from summ.cli import streams

GRACE = 4.0
"""Seconds in which answers that are on their way may come; with writing them, below five."""

_CODES = {signal.SIGINT: streams.INTERRUPTED, signal.SIGTERM: streams.TERMINATED}


class Stopping:
    """Hears signals.

    Attributes:
        code: the exit code for the signal that came; None: none did.
    """

    def __init__(self, stop: Callable[[], None], last: Callable[[], None]) -> None:
        """Hear nothing yet.

        Args:
            stop: is called at the first signal.
            last: is called at the second, before the process ends.
        """
        self.code: int | None = None
        self._stop = stop
        self._last = last

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While it lasts, signals are heard; for the main thread, in its event loop."""
        loop = asyncio.get_running_loop()
        heard: dict[signal.Signals, Any] = {}
        for number in _CODES:
            # Whoever starts us with it ignored (nohup, a shell's &) means that.
            before = signal.getsignal(number)
            if before is signal.SIG_IGN:
                continue
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._hear, number)
                heard[number] = before
        try:
            yield
        finally:
            for number, before in heard.items():
                loop.remove_signal_handler(number)
                signal.signal(number, before)

    def _hear(self, number: signal.Signals) -> None:
        if self.code is not None:
            self._last()
            streams.leave(_CODES[number])
        self.code = _CODES[number]
        self._stop()
