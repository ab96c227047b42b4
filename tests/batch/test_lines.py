"""Lines added to files and pipes, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summ.batch.failures import FailureLog, failure_line, failure_of
from summ.batch.lines import LineFile, LineStream, open_lines
from summ.errors import InputError, OutputError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def unasked() -> None:
    raise AssertionError("nothing is waited for")


def test_a_line_that_fits_only_in_part_leaves_what_others_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"old\n")
    file = open_lines(path, unasked)
    assert isinstance(file, LineFile)
    write = os.write
    monkeypatch.setattr(os, "write", lambda number, data: write(number, data[:2]))
    with pytest.raises(OSError, match="No space left"):
        file.add(b"new\n")
    monkeypatch.undo()
    file.add(b"newer\n")
    file.finish()
    assert path.read_bytes() == b"old\nnewer\n"


def test_a_file_that_may_be_written_only_is_written(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"old\n")
    path.chmod(0o200)
    file = open_lines(path, unasked)
    file.add(b"new\n")
    file.finish()
    path.chmod(0o600)
    assert path.read_bytes() == b"old\nnew\n"


def test_a_reader_that_sleeps_to_the_end_is_given_up() -> None:
    reader, writer = os.pipe()
    stream = LineStream(writer)
    stream.add(b"x" * 200_000)
    with pytest.raises(OSError, match="not taken all"):
        stream.finish(patience=0.01)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(writer)
    os.close(reader)


def test_a_descriptor_that_is_not_open_is_an_error() -> None:
    for name in ("/dev/fd/987654", "/proc/self/fd/987654"):
        with pytest.raises(OSError, match=r"No such file|Bad file"):
            open_lines(Path(name), unasked)


def test_failures_that_a_pipe_did_not_take_are_told_at_the_end() -> None:
    reader, writer = os.pipe()
    log = FailureLog(Path(f"/dev/fd/{writer}"), follow=True)
    log.add(failure_of(0, "x" * 200_000, InputError("x")))
    os.close(reader)
    with pytest.raises(OutputError, match="Broken pipe"):
        log.close()
    log.close()
    os.close(writer)


def test_failures_can_be_led_to_another_folder_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    path = tmp_path / "errors"
    path.symlink_to(tmp_path / "there" / "list")
    failure = failure_of(0, "a", InputError("x"))
    for _ in range(2):
        log = FailureLog(path, follow=True)
        log.add(failure)
        log.close()
        assert path.is_symlink()
        assert (tmp_path / "there" / "list").read_bytes() == failure_line(failure)
