"""Telling people things while work goes on: notices and progress on standard error."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, TextIO

from summ.cli.streams import as_utf8
from summ.render.safe import clean, one_line

if TYPE_CHECKING:
    from summ.model import Ui

REDRAW_SECONDS = 0.1
"""How long what is redrawn stands at least."""

_CLEAR = "\r\x1b[K"  # to the start of the line, and erase it
_CLEAR_ABOVE = "\x1b[A\x1b[K"  # the same of the line above


class Console:
    """A `summ.model.Ui` on standard error.

    Progress is one line, or a few rows about a whole run, redrawn, and only where a terminal is.
    No colours are used, so `NO_COLOR` has nothing to switch off. Safe to call from several
    threads.
    """

    def __init__(
        self,
        *,
        quiet: bool = False,
        stream: TextIO | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Start with nothing shown.

        Args:
            quiet: keep both notices and progress to yourself.
            stream: where to write; None: standard error, which may itself be closed.
            env: the environment; None: the process's own.
        """
        self._stream = sys.stderr if stream is None else stream
        self._quiet = quiet or self._stream is None
        self._live = not self._quiet and _is_capable(self._stream, env or os.environ)
        self._lock = threading.Lock()
        self._shown = 0
        self._rows: tuple[str, ...] = ()
        self._next = 0.0
        self._held: list[str] | None = None

    @property
    def live(self) -> bool:
        """Whether what is shown can be redrawn, and anything is."""
        return self._live

    def notice(self, text: str) -> None:
        """Say something worth knowing, on a line of its own."""
        self._say(f"summ: {one_line(as_utf8(text))}\n")

    def table(self, lines: Sequence[str]) -> None:
        """Say something in lines that belong together, with their blanks as they are."""
        self._say("".join(f"{clean(as_utf8(line), keep_newlines=False)}\n" for line in lines))

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Redraw the progress line; `done == total` takes it away.

        There is none while rows about the whole run are shown.
        """
        if not self._live:
            return
        with self._lock:
            now = time.monotonic()
            if self._held is not None or self._rows:
                return
            if done == total:
                self._write(self._cleared())
                self._next = 0.0
            elif now >= self._next:
                self._next = now + REDRAW_SECONDS
                self._write(self._redrawn([_progress_line(label, done, total)]))

    def show(self, rows: Sequence[str]) -> None:
        """Show rows of text below all else, in place of those before; no rows: nothing more.

        They are drawn at once: whoever calls this often waits `REDRAW_SECONDS` in between.
        """
        if not self._live:
            return
        with self._lock:
            self._rows = tuple(one_line(as_utf8(row)) for row in rows)
            if self._held is None:
                self._write(self._redrawn(self._rows))

    def _say(self, text: str) -> None:
        if self._quiet:
            return
        with self._lock:
            if self._held is not None:
                self._held.append(text)
            else:
                self._write(self._cleared() + text + self._drawn(self._rows))

    def hold(self) -> None:
        """Be silent, with no progress line, while a text grows on the same terminal."""
        with self._lock:
            if self._held is None:
                self._write(self._cleared())
                self._held = []

    def release(self) -> None:
        """Say what was held back, and speak as before."""
        with self._lock:
            held, self._held = self._held or [], None
            self._write(self._cleared() + "".join(held) + self._drawn(self._rows))

    def close(self) -> None:
        """Take away what can be redrawn, if it is left, and keep nothing back."""
        with self._lock:
            self._rows = ()
        self.release()

    def _cleared(self) -> str:
        """What removes the rows that are shown, when there are any."""
        shown, self._shown = self._shown, 0
        return (_CLEAR + _CLEAR_ABOVE * (shown - 1)) if shown else ""

    def _redrawn(self, rows: Sequence[str]) -> str:
        """What shows `rows` in place of those that are shown, or of what others left there."""
        return (self._cleared() or _CLEAR) + self._drawn(rows) if rows else self._cleared()

    def _drawn(self, rows: Sequence[str]) -> str:
        """What shows `rows`, each cut to the terminal; nothing is shown yet."""
        self._shown = len(rows)
        width = self._width() if rows else 0
        return "\n".join(_fit(row, width) for row in rows)

    def _width(self) -> int:
        """Columns of the terminal that is written to, which need not be standard output's."""
        import shutil

        with suppress(OSError, ValueError, AttributeError):
            columns = os.get_terminal_size(self._stream.fileno()).columns
            if columns > 0 and not os.environ.get("COLUMNS"):
                return columns
        return shutil.get_terminal_size().columns

    def _write(self, text: str) -> None:
        # Work goes on when there is no one to tell about it.
        with suppress(OSError, ValueError):
            if text and self._stream is not None:
                self._stream.write(text)
                self._stream.flush()


class Named:
    """A `summ.model.Ui` that puts the name of an input before notices about it.

    Inputs may be worked on at once, each in an asyncio task of its own. What another thread
    says, such as that a model is fetched, is about none of them.
    """

    def __init__(self, ui: Ui) -> None:
        """Pass everything on to `ui`."""
        self._ui = ui
        self._name: ContextVar[str] = ContextVar("input", default="")

    @contextmanager
    def about(self, name: str) -> Iterator[None]:
        """While it lasts, notices of this task and those that it starts are about `name`."""
        token = self._name.set(name)
        try:
            yield
        finally:
            self._name.reset(token)

    def notice(self, text: str) -> None:
        """Say something worth knowing, about which input if it is about one."""
        name = self._name.get()
        self._ui.notice(f"{name}: {text}" if name else text)

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Show how far it has come."""
        self._ui.progress(label, done, total)


def _is_capable(stream: TextIO, env: Mapping[str, str]) -> bool:
    """Whether a line on `stream` can be redrawn."""
    with suppress(OSError, ValueError):
        return stream.isatty() and env.get("TERM") != "dumb"
    return False


def _progress_line(label: str, done: int, total: int | None) -> str:
    label = one_line(as_utf8(label))
    if not total:
        return f"{label} …"
    share = min(max(done / total, 0.0), 1.0)
    count = f" {done}/{total}" if total < 10_000 else ""
    return f"{label} … {share:4.0%}{count}"


def _fit(line: str, width: int) -> str:
    """As much of `line` as one row of the terminal holds; a wrapped row can't be redrawn."""
    import unicodedata

    room = width - 1
    for index, character in enumerate(line):
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            return line[:index]
    return line
