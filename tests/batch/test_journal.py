"""What is finished in a folder: noted, found again, and torn ends dropped."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from summ.batch.journal import LOCK, Journal, digest
from summ.errors import OutputError
from summ.finished import hash_of
from summ.sources.folders import JOURNAL

KEY = hash_of(["source", "settings", "a.txt"])


def write(folder: Path, name: str, text: str) -> dict[str, str]:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return {name: digest(text.encode())}


def test_what_is_noted_is_found_by_the_next_run(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        assert not journal.find(KEY, ["news/a.md"])
        journal.note("a.txt", KEY, write(tmp_path, "news/a.md", "a report"), doubtful=False)
    with Journal(tmp_path) as journal:
        assert journal.find(KEY, ["news/a.md"])
        assert not journal.find(KEY, ["news/a.md", "news/a.json"]), "another format is missing"
        assert not journal.find(hash_of(["other"]), ["news/a.md"])


@pytest.mark.parametrize("change", ["edit", "empty", "remove"])
def test_a_file_that_is_not_as_it_was_written_is_not_finished(tmp_path: Path, change: str) -> None:
    with Journal(tmp_path) as journal:
        journal.note("a.txt", KEY, write(tmp_path, "a.md", "a report"), doubtful=False)
    path = tmp_path / "a.md"
    if change == "remove":
        path.unlink()
    else:
        path.write_text("" if change == "empty" else "a rapport", "utf-8")
    with Journal(tmp_path) as journal:
        assert not journal.find(KEY, ["a.md"])


def test_whether_checks_failed_is_remembered(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.note("a.txt", KEY, write(tmp_path, "a.md", "a report"), doubtful=True)
    with Journal(tmp_path) as journal:
        kept = journal.find(KEY, ["a.md"])
    assert kept is not None
    assert kept.doubtful


def test_the_last_word_on_a_document_counts(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.note_failure("a.txt")
        journal.note_failure("b.txt")
        journal.note("a.txt", KEY, write(tmp_path, "a.md", "a report"), doubtful=False)
    with Journal(tmp_path) as journal:
        assert journal.failed == {"b.txt"}


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_torn_end_is_dropped_and_the_rest_kept(tmp_path: Path, cut: int) -> None:
    with Journal(tmp_path) as journal:
        journal.note("a.txt", KEY, write(tmp_path, "a.md", "a report"), doubtful=False)
        journal.note("b.txt", KEY, write(tmp_path, "b.md", "another"), doubtful=False)
    path = tmp_path / JOURNAL
    path.write_bytes(path.read_bytes()[:-cut])
    with Journal(tmp_path) as journal:
        assert journal.find(KEY, ["a.md"])
        assert not journal.find(KEY, ["b.md"])
        journal.note("b.txt", KEY, write(tmp_path, "b.md", "another"), doubtful=False)
    with Journal(tmp_path) as journal:
        assert journal.find(KEY, ["b.md"])


def test_lines_that_are_none_of_ours_are_passed_over(tmp_path: Path) -> None:
    lines = [
        b"[]",
        b"1",
        b"{",
        b"\xff\xfe",
        b'{"done": "a", "key": 1}',
        b'{"done": [], "files": 1}',
    ]
    lines += [b'{"done": "a", "key": "zz", "files": {}}', b"[" * 100_000]
    (tmp_path / JOURNAL).write_bytes(b"\n".join(lines) + b"\n")
    with Journal(tmp_path) as journal:
        journal.note("a.txt", KEY, write(tmp_path, "a.md", "a report"), doubtful=False)
    with Journal(tmp_path) as journal:
        assert journal.find(KEY, ["a.md"])


def test_its_files_are_the_owners_alone(tmp_path: Path) -> None:
    with Journal(tmp_path):
        for name in (JOURNAL, LOCK):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_second_process_is_told_which_is_the_first(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from summ.batch.journal import Journal\n"
        "with Journal(Path(sys.argv[1])):\n    print('in', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "in\n"
        with pytest.raises(OutputError, match=rf"Another summ \(process {first.pid}\)"):
            Journal(tmp_path).__enter__()
        first.kill()
    with Journal(tmp_path):
        pass  # a process that was killed leaves nothing locked


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("precious\n", "utf-8")
    (tmp_path / JOURNAL).symlink_to(other)
    with pytest.raises(OutputError, match="Can't write"):
        Journal(tmp_path).__enter__()
    assert other.read_text("utf-8") == "precious\n"


@pytest.mark.parametrize("name", [JOURNAL, LOCK])
def test_what_stands_in_the_way_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(OutputError, match="Can't write") as caught, Journal(tmp_path):
        pass
    assert str(tmp_path / name) in caught.value.message


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / JOURNAL)
    with pytest.raises(OutputError, match="something else has its place"), Journal(tmp_path):
        pass


def test_a_full_disk_is_noticed_and_leaves_no_torn_line(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.note("a.txt", KEY, write(tmp_path, "a.md", "a report"), doubtful=False)
        size = (tmp_path / JOURNAL).stat().st_size
        files = write(tmp_path, "b.md", "another")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, before[1]))
        try:
            with pytest.raises(OutputError, match="Can't write"):
                journal.note("b.txt", KEY, files, doubtful=False)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert (tmp_path / JOURNAL).stat().st_size == size


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="Can't write"):
        Journal(tmp_path / "file").__enter__()
