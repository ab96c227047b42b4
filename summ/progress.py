"""How far the work on one document has come, in words for a person."""

from __future__ import annotations

from collections.abc import Callable

from summ.model import Ui

_MINUTE = 60


class DocumentProgress:
    """Shows requests answered and, of a long article, passages and tokens read."""

    def __init__(self, ui: Ui, clock: Callable[[], float]) -> None:
        """Show on `ui`; `clock` gives seconds and never goes back."""
        self._ui = ui
        self._clock = clock
        self._asked = self._answered = 0
        self._passages = self._tokens = 0
        self._read = self._tokens_read = 0
        self._started = clock()

    def expect(self, passages: int, tokens: int) -> None:
        """There are so many passages to read, of so many tokens in all."""
        self._passages, self._tokens = passages, tokens
        self._read = self._tokens_read = 0
        self._started = self._clock()

    def asked(self, requests: int) -> None:
        """So many requests more are on their way."""
        self._asked += requests
        self._show()

    def answered(self) -> None:
        """One more has its answer, of whatever kind."""
        self._answered += 1
        self._show()

    def read(self, tokens: int) -> None:
        """A passage of so many tokens has been read."""
        self._read += 1
        self._tokens_read += tokens
        self._show()

    def _show(self) -> None:
        if self._passages > 1 and self._read < self._passages:
            read = f"read {self._tokens_read:,} of {self._tokens:,} tokens{self._left()}; passages"
            self._ui.progress(read, self._read, self._passages)
        else:
            self._ui.progress("asking the model", self._answered, self._asked)

    def _left(self) -> str:
        """How long reading the rest will take at the pace so far."""
        if not self._tokens_read:
            return ""
        pace = (self._clock() - self._started) / self._tokens_read
        seconds = pace * (self._tokens - self._tokens_read)
        if seconds < _MINUTE:
            return f", about {max(1, round(seconds))} s left"
        return f", about {round(seconds / _MINUTE)} min left"
