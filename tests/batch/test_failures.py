"""`errors.ndjson`: lines that are whole, safe and read back, whatever was in the way."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ import errors
from summ.batch.failures import (
    CODES,
    FailureLog,
    code_of,
    failure_line,
    failure_of,
    read_failures,
    written,
)
from summ.errors import InputError, OutputError, SummError, UnreachableError
from summ.render.safe import clean

ANY_TEXT = st.text(st.characters(categories=None))
GONE = UnreachableError("The endpoint can't be reached.", "Is it running?")


def _tree(root: type[SummError]) -> Iterator[type[SummError]]:
    yield root
    for one in root.__subclasses__():
        yield from _tree(one)


def test_every_error_has_a_word_of_its_own() -> None:
    ours = {one for one in _tree(SummError) if one.__module__ == errors.__name__}
    assert set(CODES) == ours
    assert len(set(CODES.values())) == len(CODES)


def test_an_error_of_another_room_goes_by_its_nearest_kind() -> None:
    class OddError(UnreachableError):
        pass

    assert code_of(OddError("x")) == "unreachable"


def test_a_line_is_as_documented() -> None:
    line = failure_line(failure_of(3, "news/a.txt", GONE, 17))
    assert line == (
        b'{"input":"news/a.txt","number":3,"error":"unreachable",'
        b'"message":"The endpoint can\'t be reached.","hint":"Is it running?","exit_code":4,'
        b'"record":17}\n'
    )
    assert "record" not in json.loads(failure_line(failure_of(3, "a", InputError("x"))))


@given(
    st.lists(
        st.tuples(
            ANY_TEXT,
            st.integers(0),
            ANY_TEXT,
            ANY_TEXT,
            st.none() | ANY_TEXT | st.integers() | st.floats() | st.booleans() | st.binary(),
        )
    ),
    st.binary(),
)
def test_what_is_noted_is_read_back_and_a_torn_tail_is_not(
    notes: list[tuple[str, int, str, str, object]], tail: bytes
) -> None:
    failures = [
        failure_of(number, name, InputError(message, hint), record)
        for name, number, message, hint, record in notes
    ]
    lines = [failure_line(one) for one in failures]
    assert read_failures(b"".join(lines)) == failures
    for line in lines:
        text = line.decode()
        assert text.endswith("\n")
        assert clean(text) == text
        assert text.count("\n") == 1
    torn = b"".join(line[: len(line) // 2] for line in lines[-1:])
    assert read_failures(b"".join(lines[:-1]) + torn) == failures[:-1]
    assert read_failures(tail) == []


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "null",
        "NaN",
        "{}",
        "[" * 100_000,
        "9" * 10_000,
        '{"input":"a","number":true,"error":"x","message":"x","hint":"","exit_code":3}',
        '{"input":"a","number":1.5,"error":"x","message":"x","hint":"","exit_code":3}',
        '{"input":["a"],"number":1,"error":"x","message":"x","hint":"","exit_code":3}',
    ],
)
def test_lines_that_are_none_of_ours_are_passed_over(line: str) -> None:
    failure = failure_of(0, "a", GONE)
    assert read_failures(line.encode() + b"\n" + failure_line(failure)) == [failure]


def test_the_last_line_counts_without_its_end_when_it_is_whole() -> None:
    failure = failure_of(0, "a", GONE)
    assert read_failures(failure_line(failure)[:-1]) == [failure]


def test_names_of_files_are_told_as_far_as_they_can_be() -> None:
    assert written("caf\udcc3\udca9.txt") == "café.txt"
    assert written("a\udcff\ud800b") == "a\ufffd\ufffdb"


def test_a_record_that_is_nothing_to_tell_is_left_out() -> None:
    for odd in (None, True, float("nan"), {"a": 1}, [1], b"a"):
        assert failure_of(0, "a", GONE, odd).record is None
    assert failure_of(0, "a", GONE, 0).record == 0


class TestLog:
    def test_it_is_there_only_if_something_failed(self, tmp_path: Path) -> None:
        path = tmp_path / "errors.ndjson"
        path.write_bytes(failure_line(failure_of(0, "old", GONE)))
        FailureLog(path).close()
        assert not path.exists()

    def test_failures_are_there_at_once_and_in_the_end_none_of_an_earlier_run(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "errors.ndjson"
        path.write_bytes(failure_line(failure_of(0, "old", GONE)))
        log = FailureLog(path)
        notes = [failure_of(number, "a", GONE) for number in range(3)]
        for at, one in enumerate(notes, 1):
            log.add(one)
            assert read_failures(path.read_bytes())[1:] == notes[:at]
        log.close()
        assert read_failures(path.read_bytes()) == notes

    def test_a_run_that_did_not_come_to_its_end_forgets_no_failure(self, tmp_path: Path) -> None:
        path = tmp_path / "errors.ndjson"
        old = [failure_of(number, name, GONE) for number, name in enumerate("abc")]
        path.write_bytes(b"".join(map(failure_line, old)) + b'{"input":"to')
        log = FailureLog(path)
        again = failure_of(1, "b", InputError("There is no file b."))
        log.add(again)
        log.settled("a")
        killed = path.read_bytes()
        assert read_failures(killed) == [*old, again]
        log.close(whole=False)
        assert read_failures(path.read_bytes()) == [old[2], again]
        path.write_bytes(killed)
        log = FailureLog(path)
        for name in "abc":
            log.settled(name)
        log.close(whole=False)
        assert not path.exists()
        assert not list(tmp_path.iterdir())

    @pytest.mark.skipif(not hasattr(os, "umask"), reason="there are no modes")
    def test_its_mode_is_that_of_any_new_file(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            log = FailureLog(tmp_path / "e")
            log.add(failure_of(0, "a", GONE))
            log.close()
        finally:
            os.umask(before)
        assert (tmp_path / "e").stat().st_mode & 0o777 == 0o640

    def test_a_disk_that_is_nearly_full_leaves_whole_lines(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "errors.ndjson"
        log = FailureLog(path)
        first = failure_of(0, "a", GONE)
        log.add(first)
        write = os.write
        monkeypatch.setattr(os, "write", lambda number, data: write(number, data[:20]))
        with pytest.raises(OutputError, match="No space left") as caught:
            log.add(failure_of(1, "b", GONE))
        assert str(path) in caught.value.message
        assert path.read_bytes() == failure_line(first)
        monkeypatch.undo()
        log.add(first)
        log.close()
        assert read_failures(path.read_bytes()) == [first, first]

    def test_a_disk_that_is_full_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_number: int, _data: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        log = FailureLog(tmp_path / "e")
        monkeypatch.setattr(os, "write", full)
        with pytest.raises(OutputError, match="No space left"):
            log.add(failure_of(0, "a", GONE))
        log.close()

    def test_a_link_is_replaced_and_leads_nowhere(self, tmp_path: Path) -> None:
        precious = tmp_path / "precious"
        precious.write_text("mine", encoding="utf-8")
        path = tmp_path / "errors.ndjson"
        path.symlink_to(precious)
        log = FailureLog(path)
        log.add(failure_of(0, "a", GONE))
        log.close()
        assert precious.read_text(encoding="utf-8") == "mine"
        assert not path.is_symlink()

    def test_what_comes_to_stand_there_meanwhile_is_not_written_to(self, tmp_path: Path) -> None:
        path = tmp_path / "errors.ndjson"
        log = FailureLog(path)
        path.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(OutputError, match="File exists"):
            log.add(failure_of(0, "a", GONE))
        assert not (tmp_path / "elsewhere").exists()

    def test_an_article_named_by_mistake_is_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "article.txt"
        path.write_text("The ferry is late.\n", encoding="utf-8")
        with pytest.raises(OutputError, match="lists no failures"):
            FailureLog(path, follow=True)
        assert path.read_text(encoding="utf-8") == "The ferry is late.\n"

    def test_a_list_torn_at_its_start_is_taken_away(self, tmp_path: Path) -> None:
        path = tmp_path / "errors.ndjson"
        for torn in (b"", b'{"inp'):
            path.write_bytes(torn)
            FailureLog(path).close()
            assert not path.exists()

    def test_a_folder_in_its_place_is_an_error(self, tmp_path: Path) -> None:
        for follow in (False, True):
            with pytest.raises(OutputError, match="Can't write"):
                FailureLog(tmp_path, follow=follow)

    def test_a_descriptor_can_be_named(self) -> None:
        if not Path("/dev/fd").exists():
            pytest.skip("there is no /dev/fd")
        reader, writer = os.pipe()
        log = FailureLog(Path(f"/dev/fd/{writer}"), follow=True)
        failure = failure_of(0, "a", GONE)
        log.add(failure)
        log.close()
        os.close(writer)
        with os.fdopen(reader, "rb") as stream:
            assert read_failures(stream.read()) == [failure]

    def test_a_full_device_is_an_error(self) -> None:
        full = Path("/dev/full")
        if not full.exists():
            pytest.skip("there is no such device")
        log = FailureLog(full, follow=True)
        with pytest.raises(OutputError, match="No space left"):
            log.add(failure_of(0, "a", GONE))
        assert full.exists()
