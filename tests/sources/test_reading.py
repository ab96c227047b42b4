from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.errors import InputError
from summ.sources import MAX_BYTES, MEDIA_TYPES, READERS, read_source
from summ.sources.markdown import first_heading
from summ.sources.registry import DEFAULT_MEDIA_TYPE


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffOne.\r\nTwo.".encode())
    source = read_source(str(path), None)
    assert (source.uri, source.media_type, source.text, source.title, source.notices) == (
        str(path), "text/plain", "One.\nTwo.", None, (),
    )  # fmt: skip


def test_standard_input() -> None:
    source = read_source("-", io.BytesIO(b"Hello."))
    assert (source.uri, source.text) == ("-", "Hello.")


def test_no_standard_input() -> None:
    with pytest.raises(InputError, match="closed"):
        read_source("-", None)


def test_a_file_named_dash_is_reached_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text("In a file.", encoding="utf-8")
    assert read_source("./-", io.BytesIO(b"x")).text == "In a file."


@pytest.mark.parametrize("suffix", [".md", ".MD", ".markdown"])
def test_markdown_has_a_title_and_its_text_unchanged(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text("intro\n\n# The *title* #\n\n# Other\n", encoding="utf-8")
    source = read_source(str(path), None)
    assert source.media_type == "text/markdown"
    assert source.title == "The *title*"
    assert source.text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A", "A"),
        ("#\tA", "A"),
        ("#A", None),
        ("## A", None),
        ("#", None),
        ("# ##\n# B", "B"),
        ("    # code\n", None),
        ("```\n# code\n```\n# B", "B"),
        ("~~~~\n# code", None),
        ("# C#", "C#"),
    ],
)
def test_first_heading(text: str, title: str | None) -> None:
    assert first_heading(text) == title


@given(st.text())
def test_a_heading_is_words_of_the_text_on_one_line(text: str) -> None:
    title = first_heading(text)
    assert title is None or (title in text and title == title.strip() != "")


def test_every_media_type_has_a_reader() -> None:
    assert {*MEDIA_TYPES.values(), DEFAULT_MEDIA_TYPE} == set(READERS)


@pytest.mark.parametrize(
    "url", ["http://example.org/a", "https://example.org", "HTTPS://EXAMPLE.ORG"]
)
def test_addresses_are_not_read_yet(url: str) -> None:
    with pytest.raises(InputError, match="web") as caught:
        read_source(url, None)
    assert "Save the page as text" in caught.value.hint


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        read_source(str(tmp_path / "missing.txt"), None)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        read_source(str(tmp_path), None)


@pytest.mark.parametrize("spec", ["a\0b", "x" * 5000, ""])
def test_impossible_paths(spec: str) -> None:
    with pytest.raises(InputError):
        read_source(spec, None)


def test_a_folder_in_the_way_of_the_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(InputError, match="Can't read"):
        read_source(str(tmp_path / "file" / "a.txt"), None)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(InputError, match="Can't read"):
        read_source(str(path), None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(b"From a pipe."))
    writer.start()
    assert read_source(str(path), None).text == "From a pipe."
    writer.join()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_that_never_ends_meets_the_cap() -> None:
    with pytest.raises(InputError, match="larger than 64 MiB"):
        read_source("/dev/zero", None)


def test_the_cap_is_inclusive(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"a" * MAX_BYTES)
    assert len(read_source(str(path), None).text) == MAX_BYTES
    with path.open("ab") as stream:
        stream.write(b"b")
    with pytest.raises(InputError, match="larger"):
        read_source(str(path), None)


def test_notices_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("The mayor spoke.".encode("utf-16-le"))
    (notice,) = read_source(str(path), None).notices
    assert notice.startswith(f"{path}: no byte order mark")
