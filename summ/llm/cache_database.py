"""The store's connection: opened when it is needed, and given up rather than let stop a run."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from summ.llm.cache_file import DatabaseFile
from summ.llm.cache_tables import UnfitError, is_broken, reason

_LAST_PATIENCE_MS: Final = 1_000


class Database:
    """A database that may fail: what is asked of it then comes to nothing.

    What is wrong is told once. A file that turns out to be damaged is replaced, once; after any
    other failure to write it is only read, and after a failure to read it is left alone. For
    one thread at a time.

    Attributes:
        file: what it is in.
    """

    def __init__(self, folder: Path, patience: float, told: Callable[[str], None]) -> None:
        """Touch nothing yet.

        Args:
            folder: of the file.
            patience: seconds to wait for another process.
            told: hears what is wrong, in sentences for the user.
        """
        self.file = DatabaseFile(folder, patience)
        self._told = told
        self._connection: sqlite3.Connection | None = None
        self._usable = self._writable = self._renewable = True

    @property
    def exists(self) -> bool:
        """Whether there is a file, usable or not; opens nothing."""
        return self._connection is not None or os.path.lexists(self.file.path)

    def connection(self) -> sqlite3.Connection | None:
        """The open connection; None where there is none, which has been told then.

        Raises:
            ConfigError: folder or files belong to another user; the next call gives None.
        """
        if self._connection is None and self._usable:
            self._connect(damaged=False)
        return self._connection

    def query(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows; none where they can't be had."""
        connection = self.connection()
        if connection is None:
            return []
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            self.failed(error)
            return []

    def change(self, work: Callable[[sqlite3.Connection], object], *, vital: bool = True) -> bool:
        """Do `work` in one transaction; whether it is done.

        Args:
            work: makes the changes.
            vital: the user is told if it fails, and nothing more is written then.
        """
        connection = self.connection()
        if connection is None or not self._writable:
            return False
        try:
            connection.execute("BEGIN IMMEDIATE")
            work(connection)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                connection.rollback()
            if vital or is_broken(error):
                self.failed(error, writing=True)
            return False
        return True

    def give_back(self, pages: int | None = None) -> None:
        """Shorten the file by pages that hold nothing, by so many at most; outside `change`.

        Raises:
            sqlite3.Error: it can't be done.
        """
        connection = self.connection()
        if connection is not None:
            # `execute` would take the first step only, which is one page.
            connection.executescript(f"PRAGMA incremental_vacuum({pages or 0})")

    def failed(self, error: sqlite3.Error, *, writing: bool = False) -> None:
        """Go on with what still works after `error`, and say so."""
        if is_broken(error) and self._renewable:
            self._renewable = False
            self._disconnect()
            self._connect(damaged=True)
        elif writing and not is_broken(error):
            self._writable = False
            self._told(f"Nothing more is kept in the cache in this run: {reason(error)}.")
        else:
            self._usable = False
            self._disconnect()
            self._told(f"The cache is no longer used in this run: {reason(error)}.")

    def hurry(self) -> None:
        """From now on, don't wait long for other processes."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute(f"PRAGMA busy_timeout = {_LAST_PATIENCE_MS}")

    def close(self) -> None:
        """Close it for good. Safe to call twice."""
        self._usable = False
        self._disconnect()

    def _connect(self, *, damaged: bool) -> None:
        # Should it fail, it is not tried again for each request.
        self._usable = False
        try:
            self._connection = self.file.open(self._told, damaged=damaged)
            self._usable = True
        except UnfitError as error:
            self._told(
                f"The cache {error}, and other processes have it open: this run goes without it."
            )
        except (OSError, ValueError, sqlite3.Error) as error:
            self._told(
                f"The cache in {self.file.folder} can't be used ({reason(error)}): "
                "this run goes without it."
            )

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
        self.file.release()
