"""The store of replies and finished reports, so that nothing is paid for twice.

A failure of the store never stops a run: it is told once, and the run goes on without what
failed. What a store holds is data of the user's own (articles are quoted in reports), so its
files are the user's alone; no key is ever in it.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summ.errors import OutputError
from summ.llm.cache_database import Database
from summ.llm.cache_tables import is_broken, reason

DEFAULT_LIMIT: Final = 1 << 30
"""Bytes that the database may have on disk."""

MAX_REPORT: Final = 256 << 20
"""Bytes of a report, at most; what would unpack to more was not written by us."""

_REPLY, _REPORT = 0, 1
_DAY_SECONDS: Final = 86_400
# How many uses are noted at once, and after how much that was written the size is looked at.
_NOTED_AT_ONCE: Final = 256
_WATCH_BYTES: Final = 1 << 18
# What a row takes beside its body, roughly: two indices, the key twice.
_ROW_BYTES: Final = 160
# Of what was written since the last look, so much may go: more than comes in, and never a stop.
_TRIM_FACTOR: Final = 4

_GET = "SELECT rowid, used, sum, body FROM kept WHERE kind = ? AND key = ?"
_PUT = (
    "INSERT INTO kept (kind, key, used, size, sum, body) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (kind, key) DO UPDATE SET "
    "used = excluded.used, size = excluded.size, sum = excluded.sum, body = excluded.body"
)
_LEAST_USED = "SELECT rowid, CAST(size AS INTEGER) FROM kept ORDER BY used"
_COUNT = (
    "INSERT INTO counted (name, number) VALUES ('hits', ?) "
    "ON CONFLICT (name) DO UPDATE SET number = number + excluded.number"
)
_STATS = (
    "SELECT count(*) FILTER (WHERE kind = 0), count(*) FILTER (WHERE kind = 1), "
    "CAST(min(used) AS REAL), CAST(max(used) AS REAL), "
    "(SELECT CAST(number AS INTEGER) FROM counted WHERE name = 'hits') "
    "FROM kept INDEXED BY by_use"
)


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in a store.

    Attributes:
        path: of the database.
        replies: how many there are.
        reports: how many there are.
        size: bytes on disk of all its files.
        limit: bytes that the database may have.
        oldest: when what was used least recently was last used, in seconds since 1970, to
            within a day; None: it is empty.
        newest: the same of what was used last.
        hits: how often something was found in it, in all runs that ended in good order.
    """

    path: Path
    replies: int
    reports: int
    size: int
    limit: int
    oldest: float | None
    newest: float | None
    hits: int


class Store:
    """Replies and reports in a folder; a `ReplyStore` and a `ReportStore`.

    Any number of processes may have one on the same folder. Calls block, for some ten
    microseconds as a rule and for `patience` at worst; one thread at a time is let in.
    """

    def __init__(
        self,
        folder: Path,
        *,
        told: Callable[[str], None],
        limit: int = DEFAULT_LIMIT,
        refresh: bool = False,
        clock: Callable[[], float] = time.time,
        patience: float = 10.0,
    ) -> None:
        """Touch nothing yet.

        Args:
            folder: where the store is, or is to be; for its files alone.
            told: hears what is wrong with it, in sentences for the user.
            limit: bytes that the database may have; what was used least recently goes.
            refresh: nothing is found; what is kept takes the place of what was there.
            clock: seconds since 1970.
            patience: seconds to wait for another process that is writing.
        """
        self._database = Database(folder, patience, told)
        self._limit = limit
        self._refresh = refresh
        self._clock = clock
        self._lock = threading.RLock()
        self._used: dict[int, float] = {}
        self._hits = 0
        self._written = 0

    def __enter__(self) -> Store:
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def open(self) -> None:
        """Open it now, rather than when it is first used.

        Raises:
            ConfigError: its folder or a file in it belongs to another user, or is a link.
        """
        with self._lock:
            self._database.connection()

    def close(self) -> None:
        """Write down what was used, and close it for good. Safe to call twice."""
        with self._lock:
            self._database.hurry()
            self._note_uses()
            self._database.close()

    # --- replies and reports -------------------------------------------------------

    def reply(self, key: bytes) -> str | None:
        """The body that was kept under `key`; None: there is none."""
        body = self._get(_REPLY, key)
        try:
            return None if body is None else body.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return None

    def keep_reply(self, key: bytes, body: str) -> None:
        """Keep `body` under `key`, instead of what was there; it outlives the process."""
        self._put(_REPLY, key, body.encode("utf-8", "surrogatepass"))

    def forget(self, keys: Iterable[bytes]) -> None:
        """Drop the replies under `keys`, as far as they are there."""
        rows = [(_REPLY, key) for key in keys]
        if rows:
            with self._lock:
                self._database.change(
                    lambda connection: connection.executemany(
                        "DELETE FROM kept WHERE kind = ? AND key = ?", rows
                    )
                )

    def report(self, key: bytes) -> bytes | None:
        """The bytes that were kept under `key`; None: there are none."""
        packed = self._get(_REPORT, key)
        if packed is None:
            return None
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(packed, MAX_REPORT)
        except zlib.error:
            return None
        return data if unpacker.eof else None

    def keep_report(self, key: bytes, data: bytes) -> None:
        """Keep `data` under `key`, instead of what was there; it outlives the process."""
        if len(data) <= MAX_REPORT:
            self._put(_REPORT, key, zlib.compress(data, 1))

    # --- the store as a whole ------------------------------------------------------

    def stats(self) -> Stats:
        """What is in it. Creates nothing where there is no store yet."""
        rows: list[tuple[int, int, float | None, float | None, int | None]] = []
        with self._lock:
            if self._database.exists:
                self._note_uses()
                rows = self._database.query(_STATS)
            size = self._database.file.size()
        replies, reports, oldest, newest, hits = rows[0] if rows else (0, 0, None, None, 0)
        path = self._database.file.path
        return Stats(path, replies, reports, size, self._limit, oldest, newest, hits or 0)

    def clear(self, *, older_than: float | None = None) -> int:
        """Remove what is in it, and give the room back; how many replies and reports that were.

        Args:
            older_than: seconds; only what was not used for as long. None: everything, and
                files that were set aside as well.

        Raises:
            OutputError: it can't be done.
        """
        with self._lock:
            removed = self._remove(older_than) if self._database.exists else 0
            if older_than is None:
                try:
                    self._database.file.remove_old()
                except OSError as error:
                    raise _not_cleared(error) from error
            return removed

    def _remove(self, older_than: float | None) -> int:
        self._note_uses()
        connection = self._database.connection()
        if connection is None:
            raise _not_cleared(None)
        try:
            if older_than is None:
                removed = connection.execute("DELETE FROM kept").rowcount
                connection.execute("DELETE FROM counted")
            else:
                before = self._clock() - older_than
                removed = connection.execute("DELETE FROM kept WHERE used < ?", [before]).rowcount
            self._database.give_back()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            if not is_broken(error):
                raise _not_cleared(error) from error
            # There is a new file then, with nothing in it.
            self._database.failed(error)
            return 0
        return removed

    # --- one row -------------------------------------------------------------------

    def _get(self, kind: int, key: bytes) -> bytes | None:
        """A body as it was kept; None where there is none, or it is not what was kept."""
        if self._refresh:
            return None
        with self._lock:
            rows = self._database.query(_GET, (kind, key))
            if not rows:
                return None
            row, used, checksum, body = rows[0]
            if not isinstance(body, bytes) or checksum != _checksum(key, body):
                # A disk that turns bits must not turn figures.
                self._database.change(
                    lambda connection: connection.execute(
                        "DELETE FROM kept WHERE rowid = ?", [row]
                    ),
                    vital=False,
                )
                return None
            self._hits += 1
            now = self._clock()
            if not isinstance(used, float) or abs(now - used) > _DAY_SECONDS:
                self._used[row] = now
                if len(self._used) >= _NOTED_AT_ONCE:
                    self._note_uses()
            return body

    def _put(self, kind: int, key: bytes, body: bytes) -> None:
        if len(body) > self._limit:
            return
        row = (kind, key, self._clock(), len(body), _checksum(key, body), body)
        with self._lock:
            if not self._database.change(lambda connection: connection.execute(_PUT, row)):
                return
            self._written += len(body) + _ROW_BYTES
            if self._written >= min(_WATCH_BYTES, self._limit // 16):
                self._keep_within_limit()

    def _note_uses(self) -> None:
        """Write down when rows were used: once a day for each, many at once."""
        used, self._used = self._used, {}
        hits, self._hits = self._hits, 0
        rows = [(when, row) for row, when in used.items()]

        def note(connection: sqlite3.Connection) -> None:
            connection.executemany("UPDATE kept SET used = ? WHERE rowid = ?", rows)
            connection.execute(_COUNT, [hits])

        if hits:
            self._database.change(note, vital=False)

    def _keep_within_limit(self) -> None:
        """Remove what was used least recently, where the database has outgrown its limit."""
        written, self._written = self._written, 0
        self._note_uses()
        (state,) = self._database.query(
            "SELECT page_count, freelist_count, page_size FROM "
            "pragma_page_count, pragma_freelist_count, pragma_page_size"
        ) or [(0, 0, 1)]
        pages, free, page = state
        over = min((pages - free) * page - self._limit, _TRIM_FACTOR * written)
        if over > 0:
            self._database.change(lambda connection: _trim(connection, over), vital=False)
        if pages * page > self._limit:
            self._give_back(_TRIM_FACTOR * written // page + 1)

    def _give_back(self, pages: int) -> None:
        try:
            self._database.give_back(pages)
        except sqlite3.Error as error:
            if is_broken(error):
                self._database.failed(error)


def _trim(connection: sqlite3.Connection, size: int) -> None:
    """Remove rows of `size` bytes and little more, those that were used least recently."""
    rows = []
    for row, bytes_ in connection.execute(_LEAST_USED):
        rows.append([row])
        size -= bytes_ + _ROW_BYTES
        if size <= 0:
            break
    connection.executemany("DELETE FROM kept WHERE rowid = ?", rows)


def _checksum(key: bytes, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(key))


def _not_cleared(error: Exception | None) -> OutputError:
    why = f": {reason(error)}" if error else ""
    return OutputError(f"The cache can't be cleared{why}.", "Try again when no other summ runs.")
