"""What is in the store's database: its tables, and whether a file has them."""

from __future__ import annotations

import sqlite3
from typing import Final

VERSION: Final = 1
"""Of the tables; in the file as `user_version`."""

_APPLICATION: Final = 0x73756D6D
_TABLES: Final = (
    "CREATE TABLE kept (kind INTEGER NOT NULL, key BLOB NOT NULL, used REAL NOT NULL, "
    "size INTEGER NOT NULL, sum INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, key))",
    "CREATE INDEX by_use ON kept (used, kind, size)",
    "CREATE TABLE counted (name TEXT PRIMARY KEY, number INTEGER NOT NULL)",
)
_BROKEN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REASONS: Final = {
    sqlite3.SQLITE_BUSY: "another process keeps it locked",
    sqlite3.SQLITE_LOCKED: "another process keeps it locked",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it can't be written",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_NOTADB: "it is damaged",
}
_WAL_BYTES = 8 << 20


class UnfitError(Exception):
    """The file is damaged, or not of this version; the message says which."""


def is_broken(error: Exception) -> bool:
    """Whether `error` says that the file itself is damaged."""
    return _code(error) in _BROKEN


def reason(error: Exception) -> str:
    """Why the store refused, in a few words, without a path."""
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    if isinstance(error, ValueError):
        return "no folder can have that name"
    return _REASONS.get(_code(error), "SQLite failed")


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 where there is none."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def prepare(connection: sqlite3.Connection) -> None:
    """Set the connection up, and the tables in a new file.

    Raises:
        UnfitError: it is damaged or not of this version.
        sqlite3.Error: it can't be read or written.
    """
    try:
        _prepare(connection)
    except sqlite3.DatabaseError as error:
        if is_broken(error):
            raise UnfitError("is damaged") from error
        raise


def _prepare(connection: sqlite3.Connection) -> None:
    # Nothing that a file defines is run before its definitions were compared with ours.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = NORMAL")
    marks = tuple(
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    )
    if marks == (0, 0) and not _definitions(connection):
        # Pages of removed rows can be given back without copying the whole file.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        _create(connection)
    elif marks != (_APPLICATION, VERSION) or _definitions(connection) != set(_TABLES):
        raise UnfitError("is not of this version of summ")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process has just done so (where there are no locks)."""
    connection.execute("BEGIN IMMEDIATE")
    if not _definitions(connection):
        for table in _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _definitions(connection: sqlite3.Connection) -> set[object]:
    """How tables, indices and whatever else is in the file are defined."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {sql for (sql,) in rows}
