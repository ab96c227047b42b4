"""Ctrl-C and SIGTERM while many documents are under way: the first is kind, the second is not."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from summ.cli import streams

GRACE = 4.0
"""Seconds in which answers that are on their way may come; with writing them, below five."""

PATIENCE = 4.9
"""Seconds that the event loop may be deaf: it reads a pipe that nobody writes to, or writes to one
that nobody reads."""

FAREWELL = "summ: Ended at once. The same command goes on from what is kept.\n"

_SECONDS = 0.5  # seconds that the terminal may take to be put in order

_CODES = {signal.SIGINT: streams.INTERRUPTED, signal.SIGTERM: streams.TERMINATED}


class Stopping:
    """Hears signals, even while the event loop can't.

    Attributes:
        code: the exit code for the signal that came; None: none did.
    """

    def __init__(
        self,
        stop: Callable[[], None],
        last: Callable[[], None],
        leave: Callable[[int], Any] = streams.leave_now,
        patience: float = PATIENCE,
    ) -> None:
        """Hear nothing yet.

        Args:
            stop: is called at the first signal, in the event loop.
            last: is called before the process ends at once.
            leave: ends the process.
            patience: see `PATIENCE`.
        """
        self.code: int | None = None
        self._stop = stop
        self._last = last
        self._leave = leave
        self._patience = patience
        self._over = threading.Event()

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
            # Not by the loop's own means: they hear nothing while it waits for a pipe.
            with suppress(ValueError):
                signal.signal(number, lambda number, _frame: self._hear(number, loop))
                heard[number] = before
        try:
            yield
        finally:
            self._over.set()
            for number, before in heard.items():
                signal.signal(number, before)

    def _hear(self, number: int, loop: asyncio.AbstractEventLoop) -> None:
        if self.code is not None:
            self._go()
            return
        self.code = _CODES[signal.Signals(number)]
        loop.call_soon_threadsafe(self._stop)
        threading.Thread(target=self._watch, args=(loop,), daemon=True, name="stopping").start()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """See that the loop gets to stopping."""
        alive = threading.Event()
        while True:
            alive.clear()
            with suppress(RuntimeError):  # it is closed: then this is over, too
                loop.call_soon_threadsafe(alive.set)
            if self._over.wait(self._patience):
                return
            if not alive.is_set():
                self._go()
                return

    def _go(self) -> None:
        """End the process, whatever it waits for."""
        assert self.code is not None
        # In a thread: what the signal came into may hold the lock of the terminal.
        last = threading.Thread(target=self._say_farewell, daemon=True, name="last")
        last.start()
        last.join(_SECONDS)
        self._leave(self.code)

    def _say_farewell(self) -> None:
        self._last()
        streams.tell(FAREWELL)
