from __future__ import annotations

import fcntl
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.errors import ConfigError, OutputError
from summ.llm.cache import Stats, Store
from summ.llm.cache_port import NoStore, ReplyStore, ReportStore

KEY, OTHER = b"k" * 32, b"o" * 32
DAY = 86_400.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "replies"


@pytest.fixture
def new(folder: Path, told: list[str], clock: Clock) -> Callable[..., Store]:
    """Makes stores on the same folder."""

    def make(**fields: Any) -> Store:
        return Store(folder, **{"told": told.append, "clock": clock, "patience": 0.05, **fields})

    return make


def stats(store: Store) -> Stats:
    """What is in a store that nobody else has open any more."""
    with store:
        return store.stats()


def database(folder: Path) -> Path:
    return folder / "replies.sqlite"


def key(number: int) -> bytes:
    return number.to_bytes(32, "big")


# --- what goes in comes out --------------------------------------------------------


def test_what_was_kept_is_there_for_the_next_process(new: Callable[..., Store]) -> None:
    with new() as store:
        assert store.reply(KEY) is None
        assert store.report(KEY) is None
        store.keep_reply(KEY, '{"a": "їжак \\ud800"}')
        store.keep_report(KEY, b"\x00\xffreport")
    with new() as store:
        assert store.reply(KEY) == '{"a": "їжак \\ud800"}'
        assert store.report(KEY) == b"\x00\xffreport"
        assert store.reply(OTHER) is None
        assert store.report(OTHER) is None


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("store"), told=pytest.fail) as store:
        yield store


@given(text=st.text(st.characters(codec=None)), data=st.binary())
def test_any_text_and_any_bytes_come_back_as_they_were(
    one_store: Store, text: str, data: bytes
) -> None:
    one_store.keep_reply(KEY, text)
    one_store.keep_report(KEY, data)
    assert one_store.reply(KEY) == text
    assert one_store.report(KEY) == data


def test_a_later_reply_takes_the_place_of_an_earlier_one(new: Callable[..., Store]) -> None:
    with new() as store:
        store.keep_reply(KEY, "first")
        store.keep_reply(KEY, "second")
        assert store.reply(KEY) == "second"
        assert store.stats().replies == 1


def test_replies_are_forgotten_and_reports_are_not(new: Callable[..., Store]) -> None:
    with new() as store:
        for one in (KEY, OTHER):
            store.keep_reply(one, "x")
            store.keep_report(one, b"x")
        store.forget(iter([KEY, b"never kept"]))
        store.forget([])
        assert store.reply(KEY) is None
        assert store.reply(OTHER) == "x"
        assert store.report(KEY) == b"x"


def test_refreshing_finds_nothing_and_keeps_everything(new: Callable[..., Store]) -> None:
    with new() as store:
        store.keep_reply(KEY, "old")
        store.keep_report(KEY, b"old")
    with new(refresh=True) as store:
        assert store.reply(KEY) is None
        assert store.report(KEY) is None
        store.keep_reply(KEY, "new")
        store.keep_report(KEY, b"new")
        assert store.reply(KEY) is None
    with new() as store:
        assert store.reply(KEY) == "new"
        assert store.report(KEY) == b"new"


def test_no_store_has_nothing_and_serves_both_ports(new: Callable[..., Store]) -> None:
    nothing = NoStore()
    nothing.keep_reply(KEY, "x")
    nothing.keep_report(KEY, b"x")
    nothing.forget([KEY])
    assert (nothing.reply(KEY), nothing.report(KEY)) == (None, None)
    nothing.close()
    replies: list[ReplyStore] = [nothing, new()]
    reports: list[ReportStore] = [nothing, new()]
    assert len(replies) == len(reports)


def test_another_thread_may_use_it(new: Callable[..., Store]) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
        found: list[str | None] = []

        def use(number: int) -> None:
            store.keep_reply(key(number), str(number))
            found.append(store.reply(KEY))

        threads = [threading.Thread(target=use, args=[number]) for number in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert found == ["x"] * 4
        assert [store.reply(key(n)) for n in range(4)] == ["0", "1", "2", "3"]


# --- whose it is -------------------------------------------------------------------


def test_nothing_is_made_until_something_is_kept_or_looked_for(
    new: Callable[..., Store], folder: Path
) -> None:
    store = new()
    assert store.stats().replies == 0
    assert store.clear() == 0
    store.close()
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="no modes")
def test_all_its_files_are_the_users_alone(new: Callable[..., Store], folder: Path) -> None:
    before = os.umask(0)
    try:
        with new() as store:
            store.keep_reply(KEY, "x")
            names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(before)
    assert {"replies.sqlite", "replies.sqlite-wal", "replies.sqlite-shm"} < set(names)
    assert set(names.values()) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="no modes")
def test_a_file_that_others_could_read_is_closed_to_them(
    new: Callable[..., Store], folder: Path
) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
    database(folder).chmod(0o644)
    with new() as store:
        assert store.reply(KEY) == "x"
    assert stat.S_IMODE(database(folder).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["replies.sqlite", "replies.sqlite-wal", "lock"])
def test_a_link_in_place_of_a_file_is_refused(
    name: str, new: Callable[..., Store], folder: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"")
    folder.mkdir(parents=True, mode=0o700)
    (folder / name).symlink_to(precious)
    store = new()
    with pytest.raises(ConfigError, match="SUMM_CACHE_DIR"):
        store.open()
    # Whoever goes on all the same has no store.
    store.keep_reply(KEY, "x")
    assert store.reply(KEY) is None
    assert precious.read_bytes() == b""


def test_a_folder_that_anyone_may_write_in_is_refused(
    new: Callable[..., Store], folder: Path
) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    with pytest.raises(ConfigError, match="anyone may write"):
        new().open()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_belongs_to_another_user_is_refused(
    what: str, new: Callable[..., Store], folder: Path
) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
    os.chown(folder if what == "folder" else database(folder), 12345, 12345)
    with pytest.raises(ConfigError, match="another user"):
        new().open()


# --- damage ------------------------------------------------------------------------


def _fill(new: Callable[..., Store], count: int = 200) -> None:
    with new() as store:
        for number in range(count):
            store.keep_reply(key(number), f"reply {number} " * 50)


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _scribble(path: Path) -> None:
    path.write_bytes(b"this is no database" * 500)


def _other_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")


def _trapped(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON kept BEGIN DELETE FROM kept; END")


def _not_ours(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE diary (day TEXT)")


@pytest.mark.parametrize("spoil", [_cut, _scribble, _other_version, _trapped, _not_ours])
def test_a_file_that_is_of_no_use_is_set_aside_and_begun_anew(
    spoil: Callable[[Path], None], new: Callable[..., Store], folder: Path, told: list[str]
) -> None:
    _fill(new)
    spoil(database(folder))
    spoilt = database(folder).read_bytes()
    with new() as store:
        assert store.reply(key(1)) is None
        store.keep_reply(KEY, "new")
        assert store.reply(KEY) == "new"
    assert len(told) == 1
    assert "begun anew" in told[0]
    assert (folder / "replies.sqlite.old").read_bytes() == spoilt
    with new() as store:
        assert store.reply(KEY) == "new"
        store.clear()
    assert {path.name for path in folder.iterdir()} == {"replies.sqlite", "lock"}
    assert len(told) == 1


def test_an_empty_file_is_a_new_store(
    new: Callable[..., Store], folder: Path, told: list[str]
) -> None:
    folder.mkdir(parents=True, mode=0o700)
    database(folder).touch()
    with new() as store:
        store.keep_reply(KEY, "x")
        assert store.reply(KEY) == "x"
    assert told == []


def _rot(path: Path) -> None:
    """Spoil what holds rows and indices; the first page says that all is well."""
    size = path.stat().st_size
    with path.open("r+b") as handle:
        handle.seek(4096)
        handle.write(b"\xff" * (size - 4096))


def test_damage_that_shows_later_loses_no_later_reply(
    new: Callable[..., Store], folder: Path, told: list[str]
) -> None:
    _fill(new)
    _rot(database(folder))
    with new() as store:
        for number in range(200):
            store.reply(key(number))
        store.keep_reply(KEY, "new")
        assert store.reply(KEY) == "new"
    assert len(told) == 1
    assert "damaged" in told[0]


def test_a_file_that_is_damaged_again_is_left_alone(
    new: Callable[..., Store], folder: Path, told: list[str]
) -> None:
    _fill(new)
    _rot(database(folder))
    with new() as store:
        for number in range(200):
            store.keep_reply(key(number), "x" * 3_000)
        with closing(sqlite3.connect(database(folder))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _rot(database(folder))
        with closing(sqlite3.connect(database(folder), isolation_level=None)) as other:
            # Another's write makes it look at the file again.
            other.execute("PRAGMA user_version = 1")
        for number in range(200):
            store.keep_reply(key(number), "y" * 3_000)
            store.reply(key(number))
        assert store.reply(KEY) is None
    assert len(told) == 2
    assert "no longer used" in told[1]


def test_clearing_a_damaged_file(new: Callable[..., Store], folder: Path, told: list[str]) -> None:
    _fill(new)
    _rot(database(folder))
    with new() as store:
        assert store.clear() == 0
        store.keep_reply(KEY, "x")
        assert store.reply(KEY) == "x"
    assert not (folder / "replies.sqlite.old").exists()
    assert len(told) == 1


def test_a_damaged_file_that_another_process_has_open_is_left_to_it(
    new: Callable[..., Store], folder: Path, told: list[str]
) -> None:
    _fill(new)
    with new() as other:
        other.open()
        _scribble(database(folder))
        store = new()
        store.keep_reply(KEY, "x")
        assert store.reply(KEY) is None
        store.close()
    assert len(told) == 1
    assert "other processes" in told[0]
    assert not (folder / "replies.sqlite.old").exists()


def test_a_turned_bit_in_a_body_is_noticed(new: Callable[..., Store], folder: Path) -> None:
    with new() as store:
        store.keep_reply(KEY, "It cost 412,600 euros." * 20)
        store.keep_report(KEY, b"It cost 412,600 euros.")
    data = database(folder).read_bytes()
    assert b"412,600" in data
    database(folder).write_bytes(data.replace(b"412,600", b"412,601"))
    with closing(sqlite3.connect(database(folder))) as connection, connection:
        packed = zlib.compress(b"It cost 412,601 euros.", 1)
        connection.execute("UPDATE kept SET body = ? WHERE kind = 1", [packed])
    with new() as store:
        assert store.reply(KEY) is None
        assert store.report(KEY) is None
        assert (store.stats().replies, store.stats().reports) == (0, 0)


def test_a_row_of_another_key_is_no_answer(new: Callable[..., Store], folder: Path) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
    with closing(sqlite3.connect(database(folder))) as connection, connection:
        connection.execute("UPDATE kept SET key = ?", [OTHER])
    with new() as store:
        assert store.reply(OTHER) is None


def test_values_of_odd_types_do_not_crash(new: Callable[..., Store], folder: Path) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
        store.keep_report(KEY, b"x")
    with closing(sqlite3.connect(database(folder))) as connection, connection:
        connection.execute("UPDATE kept SET used = 'now', size = 'big', body = 'text'")
        connection.execute("INSERT INTO counted VALUES ('hits', 'many')")
    with new(limit=1) as store:
        store.keep_reply(OTHER, "y")
        assert isinstance(store.stats().oldest, float | None)
        assert store.reply(KEY) is None
        assert store.report(KEY) is None


@pytest.mark.parametrize(("kind", "body"), [(0, b"\xff\xfe"), (1, b"not packed"), (1, b"")])
def test_a_body_that_was_never_ours_is_none(
    kind: int, body: bytes, new: Callable[..., Store], folder: Path
) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
    row = (kind, OTHER, 0.0, len(body), zlib.crc32(body, zlib.crc32(OTHER)), body)
    with closing(sqlite3.connect(database(folder))) as connection, connection:
        connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?)", row)
    with new() as store:
        assert store.reply(OTHER) is None
        assert store.report(OTHER) is None


def test_a_report_that_unpacks_to_more_than_any_of_ours_is_none(
    new: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    with new() as store:
        store.keep_report(KEY, b"x" * 5_000)
        monkeypatch.setattr("summ.llm.cache.MAX_REPORT", 1_000)
        assert store.report(KEY) is None
        store.keep_report(OTHER, b"x" * 5_000)
        assert store.report(OTHER) is None


# --- a store that can't be used stops nothing --------------------------------------


def test_a_locked_store_is_told_once_and_still_read(
    new: Callable[..., Store], folder: Path, told: list[str]
) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
        other = sqlite3.connect(database(folder), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        store.keep_reply(OTHER, "y")
        store.keep_reply(OTHER, "y")
        assert store.reply(KEY) == "x"
        assert store.reply(OTHER) is None
        with pytest.raises(OutputError, match="locked"):
            store.clear()
        other.close()
    assert len(told) == 1
    assert "locked" in told[0]


def test_another_process_that_sets_up_the_store_is_not_waited_for_long(
    new: Callable[..., Store], folder: Path, told: list[str]
) -> None:
    with new() as store:
        store.keep_reply(KEY, "x")
    with (folder / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with new() as store:
            assert store.reply(KEY) is None
            with pytest.raises(OutputError):
                store.clear()
    assert len(told) == 1
    assert "another process keeps it locked" in told[0]


@pytest.mark.parametrize("name", ["file/cache", "a\0b", "\ud800"])
def test_a_folder_that_can_not_be_made_is_told_once(
    name: str, told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with Store(tmp_path / name, told=told.append) as store:
        store.keep_reply(KEY, "x")
        store.keep_report(KEY, b"x")
        assert store.reply(KEY) is None
        assert store.stats().replies == 0
    assert len(told) == 1
    assert "goes without it" in told[0]


FULL = """
import resource, signal, sys
from pathlib import Path
from summ.llm.cache import Store
told = []
store = Store(Path(sys.argv[1]), told=told.append)
store.keep_reply(b"first", "x")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for number in range(200):
    store.keep_reply(b"%d" % number, "y" * 3_000)
print(len(told), store.reply(b"first"), store.reply(b"1") is not None, *told)
store.close()
"""


def test_a_full_disk_is_told_once_and_what_was_kept_is_read(
    folder: Path, new: Callable[..., Store], told: list[str]
) -> None:
    assert resource.RLIM_INFINITY  # a limit of file size fails as a full disk does
    done = subprocess.run(
        [sys.executable, "-c", FULL, folder], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert done.stdout.startswith("1 x True Nothing more is kept in the cache")
    with new() as store:
        assert store.reply(b"first") == "x"
        assert store.reply(b"1") == "y" * 3_000
    assert told == []


# --- how large it gets -------------------------------------------------------------


def test_what_was_used_least_recently_goes(new: Callable[..., Store], clock: Clock) -> None:
    limit = 1 << 20
    with new(limit=limit) as store:
        for number in range(1_000):
            clock.now += 1
            store.keep_reply(key(number), "x" * 4_000)
            if number % 100 == 0:
                # Uses count by the day.
                clock.now += 2 * DAY
                assert store.reply(key(0)) is not None
        found = store.stats()
        assert found.size < 2 * limit + (8 << 20)
        assert 150 < found.replies < 270
        assert store.reply(key(0)) is not None
        assert store.reply(key(1)) is None
        assert store.reply(key(999)) is not None
    assert stats(new(limit=limit)).size < 1.3 * limit


def test_a_smaller_limit_shortens_the_file_by_and_by(new: Callable[..., Store]) -> None:
    with new() as store:
        for number in range(500):
            store.keep_reply(key(number), "x" * 4_000)
    before = stats(new()).size
    with new(limit=200_000) as store:
        for number in range(500, 800):
            store.keep_reply(key(number), "x" * 4_000)
    after = stats(new()).size
    assert before > 2_000_000
    assert after < 400_000


def test_the_uses_of_many_rows_are_written_down(new: Callable[..., Store], clock: Clock) -> None:
    with new() as store:
        for number in range(300):
            store.keep_reply(key(number), "x")
        clock.now += 2 * DAY
        for number in range(1, 300):
            store.reply(key(number))
        assert store.clear(older_than=DAY) == 1


def test_what_is_larger_than_the_limit_is_not_kept(new: Callable[..., Store]) -> None:
    with new(limit=1_000) as store:
        store.keep_reply(KEY, "x" * 2_000)
        assert store.reply(KEY) is None


def test_stats_tell_what_is_there(new: Callable[..., Store], folder: Path, clock: Clock) -> None:
    with new(limit=12_345_678) as store:
        first = clock.now
        store.keep_reply(KEY, "x")
        clock.now += 100
        store.keep_reply(OTHER, "x")
        store.keep_report(KEY, b"x")
        store.reply(KEY)
        store.reply(b"not there")
        store.report(KEY)
    found = stats(new(limit=12_345_678))
    assert (found.replies, found.reports, found.hits) == (2, 1, 2)
    assert (found.oldest, found.newest) == (first, clock.now)
    assert (found.path, found.limit) == (database(folder), 12_345_678)
    assert 4_096 <= found.size < 100_000


def test_clearing_takes_all_and_gives_the_room_back(
    new: Callable[..., Store], folder: Path
) -> None:
    _fill(new)
    with new() as store:
        store.keep_report(KEY, b"x")
        assert store.clear() == 201
        found = store.stats()
        assert (found.replies, found.reports, found.oldest, found.hits) == (0, 0, None, 0)
        store.keep_reply(KEY, "x")
        assert store.reply(KEY) == "x"
    assert database(folder).stat().st_size < 60_000
    assert b"reply 7" not in database(folder).read_bytes()


def test_clearing_what_was_not_used_for_days(new: Callable[..., Store], clock: Clock) -> None:
    with new() as store:
        store.keep_reply(KEY, "unused")
        store.keep_reply(OTHER, "used")
        clock.now += 5 * DAY
        store.reply(OTHER)
        store.keep_report(KEY, b"new")
        assert store.clear(older_than=3 * DAY) == 1
        assert store.reply(KEY) is None
        assert store.reply(OTHER) == "used"
        assert store.report(KEY) == b"new"


def test_a_closed_store_is_empty_for_good(new: Callable[..., Store], told: list[str]) -> None:
    store = new()
    store.keep_reply(KEY, "x")
    store.close()
    store.close()
    store.keep_reply(OTHER, "x")
    assert store.reply(KEY) is None
    assert told == []


# --- several processes -------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from summ.llm.cache import Store
folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = Store(folder, told=lambda text: sys.exit("told: " + text))
other = {"a": "b", "b": "a"}[name]
read = 0
for number in range(count):
    store.keep_reply(f"{name}{number}".encode(), f"{name} {number} " * 100)
    # Only now is it promised.
    print(number, flush=True)
    found = store.reply(f"{other}{number}".encode())
    read += found is not None
    assert found in (None, f"{other} {number} " * 100)
store.close()
"""


def _writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_write_and_read_at_once_and_one_is_killed(
    folder: Path, new: Callable[..., Store], told: list[str]
) -> None:
    victim, survivor = _writer(folder, "a", 100_000), _writer(folder, "b", 1_500)
    assert victim.stdout is not None
    promised = [victim.stdout.readline() for _ in range(700)]
    victim.send_signal(signal.SIGKILL)
    promised += victim.communicate()[0].splitlines()
    out, errors = survivor.communicate(timeout=60)
    assert (survivor.returncode, errors) == (0, "")
    assert len(out.splitlines()) == 1_500
    with new(patience=10.0) as store:
        for name, numbers in (("a", promised), ("b", out.splitlines())):
            for number in map(int, numbers):
                found = store.reply(f"{name}{number}".encode())
                assert found == f"{name} {number} " * 100
    assert told == []
    with closing(sqlite3.connect(database(folder))) as connection, connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_many_processes_may_begin_a_store_at_once(folder: Path, told: list[str]) -> None:
    begun = [_writer(folder, name, 20) for name in "abab"]
    for one in begun:
        out, errors = one.communicate(timeout=60)
        assert (one.returncode, errors) == (0, "")
        assert len(out.splitlines()) == 20
