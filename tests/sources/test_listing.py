"""What a run reads: files, folders, lists and records."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import InputError, UsageError
from summ.model import Item
from summ.sources import Choice, Listing, listing, read_item
from summ.sources import records as records_module
from summ.sources.folders import matcher
from summ.sources.records import Records

TEXT = "The ferry is back. It sails at noon."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(TEXT, encoding="utf-8")


def listed(*sources: str, stdin: bytes | None = None, **choice: Any) -> Listing:
    stream = None if stdin is None else io.BytesIO(stdin)
    return listing(sources, Choice(**choice), stream)


def places(items: Iterable[Item]) -> list[tuple[str, str]]:
    return [(item.name, item.place) for item in items]


def lines(*values: object) -> bytes:
    return b"".join(
        (value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n"
        for value in values
    )


def of_lines(*values: object) -> list[Item]:
    return [*listed("-", stdin=lines(*values), records=True)]


# --- files and folders ---------------------------------------------------------------


def test_named_files_stay_flat_and_may_be_missing() -> None:
    found = listed("x/news.txt", "-", "gone", "x/news.txt")
    assert places(found) == [
        ("x/news.txt", "news.txt"), ("-", "stdin.txt"), ("gone", "gone"), ("x/news.txt", "news.txt")
    ]  # fmt: skip
    assert (found.total, found.several) == (4, True)
    assert [*found.files()] == ["x/news.txt", "gone", "x/news.txt"]


def test_one_file_is_one_input() -> None:
    one = listed("x/news.txt")
    assert (one.total, one.several) == (1, False)
    (item,) = listed("-", markdown=True)
    assert (item.place, item.media_type) == ("stdin.md", "text/markdown")


def test_a_folder_is_read_in_the_order_of_its_names_all_the_way_down() -> None:
    make("in/b.txt", "in/a/z.md", "in/a/b/c.MD", "in/a.txt", "in/a-b/x.text")
    make("in/.hidden.txt", "in/.git/x.txt", "in/picture.png", "in/.summ-journal/x.txt")
    found = listed("in/")
    assert [item.place for item in found] == [
        "a/b/c.MD", "a/z.md", "a-b/x.text", "a.txt", "b.txt",
    ]  # fmt: skip
    assert [item.name for item in found][:2] == ["in/a/b/c.MD", "in/a/z.md"]
    assert (found.total, found.several) == (5, True)
    assert places(listed("in")) == places(found)
    assert all(read_item(item, None).text == TEXT for item in found)


def test_a_folder_with_one_file_may_have_more_next_time() -> None:
    make("in/a.txt")
    assert (listed("in").total, listed("in").several) == (1, True)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (None, ["a.txt", "sub/b.md", "sub/deep/c.txt"]),
        ("*.txt", ["a.txt", "sub/deep/c.txt"]),
        ("**/*.md", ["sub/b.md"]),
        ("**/*.txt", ["a.txt", "sub/deep/c.txt"]),
        ("sub/*", ["sub/b.md"]),
        ("sub/**", ["sub/b.md", "sub/deep/c.txt", "sub/deep/d.rst"]),
        ("./sub/*/?.rst", ["sub/deep/d.rst"]),
        ("**", ["a.txt", "sub/b.md", "sub/deep/c.txt", "sub/deep/d.rst"]),
        ("[ab].*", ["a.txt", "sub/b.md"]),
        ("**/deep/**/c.*", ["sub/deep/c.txt"]),
    ],
)
def test_a_pattern_chooses_of_a_folder(pattern: str | None, expected: list[str]) -> None:
    make("in/a.txt", "in/sub/b.md", "in/sub/deep/c.txt", "in/sub/deep/d.rst")
    make("in/errors.ndjson", "in/sub/.summ/x.txt")
    assert [item.place for item in listed("in", glob=pattern)] == expected


def test_a_pattern_with_many_stars_takes_no_time() -> None:
    wanted = matcher("/".join(["**", "*a*a*a*a*a*a*b"] * 6))
    assert not wanted("/".join(["a" * 200] * 30))


@given(st.text(max_size=20), st.text(max_size=30))
def test_any_pattern_can_be_held_against_any_path(pattern: str, path: str) -> None:
    assert matcher(pattern)(path) in {True, False}


def test_a_pattern_without_a_folder_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="--glob"):
        listed("a.txt", glob="*.md")


def test_nothing_to_read_says_what_was_looked_for() -> None:
    make("in/a.png", "b/x.txt")
    with pytest.raises(InputError, match=r"in in: no file named \*\.txt, ") as caught:
        listed("in")
    assert "--glob" in caught.value.hint
    with pytest.raises(InputError, match=r"like \*\.rst"):
        listed("in", "b", glob="*.rst")
    some = listed("in", "b")
    assert (some.total, some.notices) == (1, ("in: nothing in it is read.",))


def test_several_folders_are_kept_apart() -> None:
    make("one/a.txt", "two/a.txt", "x.txt")
    assert [item.place for item in listed("one", "x.txt", "two/")] == [
        "one/a.txt", "x.txt", "two/a.txt",
    ]  # fmt: skip


def test_what_two_folders_share_is_read_once_what_is_named_twice_is_not() -> None:
    make("in/a.txt", "in/sub/b.txt")
    assert [item.name for item in listed("in/sub", "in", "in/", "in/a.txt", "in/a.txt")] == [
        "in/sub/b.txt", "in/a.txt", "in/a.txt", "in/a.txt",
    ]  # fmt: skip


def test_links_are_not_followed_out_and_count_once_inside() -> None:
    make("in/real.txt", "in/sub/x.txt", "in/data.bin", "out/secret.txt", "out/deep/y.txt")
    for link, target in {
        "in/aside.txt": "real.txt",
        "in/bin.txt": "data.bin",
        "in/bin2.txt": "data.bin",
        "in/loop": ".",
        "in/sub/up": "..",
        "in/leak.txt": "../out/secret.txt",
        "in/leak": "../out",
        "in/dangling.txt": "nowhere",
        "in/self.txt": "self.txt",
    }.items():
        Path(link).symlink_to(target)
    found = listed("in")
    assert [item.place for item in found] == ["bin.txt", "real.txt", "sub/x.txt"]
    (notice,) = found.notices
    assert notice.startswith("in: 4 symbolic link(s)")
    Path("named").symlink_to("out")
    assert [item.place for item in listed("named")] == ["deep/y.txt", "secret.txt"]


def test_what_is_no_ordinary_file_is_passed_over() -> None:
    make("in/a.txt")
    os.mkfifo("in/pipe.txt")
    assert [item.place for item in listed("in")] == ["a.txt"]


def test_a_folder_that_can_not_be_read_is_an_input_with_a_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make("in/a.txt", "in/closed/b.txt", "in/z.txt")
    scandir = os.scandir

    def refused(path: str) -> Any:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    items = [*listed("in")]
    assert [item.place for item in items] == ["a.txt", "closed", "z.txt"]
    with pytest.raises(InputError, match="Can't read the folder in/closed: Permission denied"):
        read_item(items[1], None)


def test_results_in_a_folder_are_no_articles() -> None:
    make("in/a.txt", "in/reports/a.md", "in/reports/2024/b.md")
    assert [item.place for item in listed("in", results="in/reports/")] == ["a.txt"]


@pytest.mark.parametrize(
    ("sources", "results"),
    [(["in"], "in/"), (["in"], "./x/../in"), (["p/in", "p/b"], "p"), (["p/in"], "p")],
)
def test_results_do_not_go_where_the_next_run_reads(sources: list[str], results: str) -> None:
    make("in/a.txt", "p/in/in/a.txt", "p/b/b.txt", "x/y.txt")
    with pytest.raises(UsageError, match="next run"):
        listed(*sources, results=results)


def test_results_may_go_above_what_is_read() -> None:
    make("p/in/a.txt")
    assert listed("p/in", results="p").total == 1


def test_names_that_are_no_text_are_names() -> None:
    name = os.fsdecode(b"in/\xff\xfe.txt")
    make(name)
    (item,) = listed("in")
    assert read_item(item, None).text == TEXT


# --- lists ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf# mine\r\nx/a.txt\r\n\r\n  \r\ndir\r\n-\r\n",
        b"x/a.txt\ndir\n-",
        b"x/a.txt\0dir\0-\0",
    ],
)
@pytest.mark.parametrize("from_stdin", [True, False])
def test_a_list_names_files_and_folders(data: bytes, from_stdin: bool) -> None:
    make("x/a.txt", "dir/b.md", "dir/sub/c.txt")
    Path("list").write_bytes(data)
    found = listed(from_file="-", stdin=data) if from_stdin else listed(from_file="list")
    expected = [
        ("x/a.txt", "a.txt"), ("dir/b.md", "b.md"), ("dir/sub/c.txt", "sub/c.txt"), ("./-", "-"),
    ]  # fmt: skip
    assert places(found) == expected
    assert (found.total, found.several) == (4, True)
    assert ("list" in found.files()) != from_stdin


def test_between_nuls_a_name_may_be_anything() -> None:
    data = b"#a.txt\0b\n.txt\0\xff.txt\0"
    names = [item.name for item in listed(from_file="-", stdin=data)]
    assert names == ["#a.txt", "b\n.txt", os.fsdecode(b"\xff.txt")]


def test_a_list_goes_on_after_the_sources() -> None:
    Path("list").write_text("b.txt\n", encoding="utf-8")
    assert [item.name for item in listed("a.txt", from_file="list")] == ["a.txt", "b.txt"]


def test_a_list_of_nothing_is_an_error() -> None:
    Path("list").write_text("# none\n\n", encoding="utf-8")
    with pytest.raises(InputError, match="list names no inputs"):
        listed(from_file="list")
    with pytest.raises(InputError, match="no file gone"):
        listed(from_file="gone")
    with pytest.raises(UsageError, match="only once"):
        listed("-", from_file="-", stdin=b"")


# --- records -------------------------------------------------------------------------


def test_a_record_is_an_article_with_fields_of_its_own() -> None:
    Path("a.md").write_text("# Ferry\r\n\r\nIt is back.\r\n", encoding="utf-8")
    text, path, number, unnamed = of_lines(
        {"id": "a/17", "text": "\ufeffOne.\r\nTwo.", "desk": {"x": [1, None]}, "url": "https://a.example"},
        {"id": 18, "path": "a.md", "text": None},
        {"id": 1.5, "text": "# T\n\nA.", "media_type": "text/markdown; charset=utf-8"},
        {"text": "Four."},
    )  # fmt: skip
    assert (text.name, text.place) == ("a/17", "a_17.txt")
    assert text.record == {"id": "a/17", "desk": {"x": [1, None]}, "url": "https://a.example"}
    source = read_item(text, None)
    assert (source.uri, source.text, source.media_type) == ("a/17", "One.\nTwo.", "text/plain")
    source = read_item(path, None)
    assert (path.name, path.place, source.uri, source.title) == ("18", "18.md", "18", "Ferry")
    assert source.text == "# Ferry\n\nIt is back.\n"
    assert (number.name, number.place, number.media_type) == ("1.5", "1.5.md", "text/markdown")
    assert read_item(number, None).title == "T"
    assert (unnamed.name, unnamed.record) == ("line 4", {"id": "line 4"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[1]", "no JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"id": 1, "text": "\xff"}', "not UTF-8"),
        (b'{"text": NaN}', "NaN is not JSON"),
        (b'{"text": "a", "x": 1e999}', "too large"),
        (b'{"text": "a", "x": ' + b"9" * 5000 + b"}", "too long"),
        (b'{"text": "a", "x": ' + b"[" * 100 + b"]" * 100 + b"}", "nested too deeply"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        ({"id": 1}, "neither a text nor a path"),
        ({"id": 1, "text": "a", "path": "b"}, "a text and a path"),
        ({"id": 1, "url": "https://a.example"}, "not fetched"),
        ({"id": 1, "text": ["a"]}, "its text is no text"),
        ({"id": True, "text": "a"}, "its id"),
        ({"id": {}, "text": "a"}, "its id"),
        ({"id": "", "text": "a"}, "its id"),
        ({"id": "x" * 501, "text": "a"}, "its id"),
        ({"id": "one", "text": "a"}, "another record"),
        ({"id": 1, "text": "a", "media_type": "image/png"}, "none of text/plain, text/markdown"),
        ({"id": 1, "text": "a", "media_type": 3}, "media_type"),
    ],
)
def test_a_line_that_can_not_be_used_does_not_stop_the_others(line: object, reason: str) -> None:
    before, bad, after = of_lines(
        {"id": "one", "text": "One."}, b"", line, {"id": "two", "text": "Two."}
    )
    assert (before.problem, after.problem) == (None, None)
    with pytest.raises(InputError, match=reason) as caught:
        read_item(bad, None)
    assert caught.value.message.startswith("Can't use line 3 of standard input: ")
    assert bad.record is not None
    assert "text" not in bad.record
    assert isinstance(bad.record["id"], str | int)


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), (" \n", "white space"), ("a\0b", "NUL"), ("%PDF-1", "PDF")]
)
def test_the_text_of_a_record_is_held_to_the_rules_for_files(text: str, reason: str) -> None:
    (item,) = of_lines({"id": "x", "text": text})
    with pytest.raises(InputError, match=f"^x .*{reason}"):
        read_item(item, None)


def test_a_lone_surrogate_is_replaced() -> None:
    (item,) = of_lines(b'{"id": "\\ud800", "text": "A \\udfff b."}')
    assert read_item(item, None).text == "A ? b."


def test_a_file_of_records_is_known_by_its_name_and_paths_are_beside_it() -> None:
    make("data/news/a.txt", "b.txt")
    for name in ("data/all.ndjson", "data/all.JSONL"):
        Path(name).write_bytes(
            lines({"id": 1, "path": "news/a.txt"}, {"id": 2, "path": "../b.txt"})
        )
        found = listed(name)
        assert (found.total, found.several) == (None, True)
        assert [read_item(item, None).text for item in found] == [TEXT, TEXT]
        assert [item.name for item in found] == ["1", "2"]  # ids are new each time it is read
        assert [*found.files()] == [name]
    assert [item.name for item in listed("data", glob="*.ndjson")] == ["1", "2"]
    assert listed("data", glob="*.ndjson").total is None


def test_a_record_can_not_read_standard_input_or_wait_for_a_pipe() -> None:
    os.mkfifo("pipe")
    dash, pipe = of_lines({"path": "-"}, {"path": "pipe"})
    with pytest.raises(InputError, match="no file"):
        read_item(dash, io.BytesIO(b"secret"))
    with pytest.raises(InputError, match="not an ordinary file"):
        read_item(pipe, None)


def test_a_file_of_records_that_can_not_be_read_is_one_input() -> None:
    for name in ("gone.ndjson", "a\0.jsonl"):
        (item,) = listed(name)
        with pytest.raises(InputError, match="Can't read"):
            read_item(item, None)
    (item,) = listed("-", records=True)
    with pytest.raises(InputError, match="closed"):
        read_item(item, None)


def test_records_in_utf_16_are_told_once() -> None:
    (item,) = listed("-", stdin='{"text": "a"}\n{"text": "b"}\n'.encode("utf-16"), records=True)
    with pytest.raises(InputError, match="not UTF-8"):
        read_item(item, None)


def test_a_mark_of_utf_8_and_a_missing_line_break_are_no_trouble() -> None:
    items = [*listed("-", stdin=b'\xef\xbb\xbf{"text": "a"}\r\n{"text": "b"}', records=True)]
    assert [item.problem for item in items] == [None, None]


def test_a_line_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_module, "MAX_LINE", 100)
    long, short = of_lines({"text": "x" * 1000}, {"id": "s", "text": "y"})
    assert (long.name, short.name) == ("line 1", "s")
    with pytest.raises(InputError, match="longer than"):
        read_item(long, None)


def test_an_error_while_reading_is_the_last_input() -> None:
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().readline(size)

    items = [*Records("x").read(Broken(lines({"text": "a"}, {"text": "b"})))]
    assert [item.name for item in items] == ["line 1", "line 2"]
    assert "Input/output error" in str(items[1].problem)


def test_memory_holds_one_record_at_a_time() -> None:
    class Many(io.RawIOBase):
        left = 1000

        def readline(self, size: int | None = -1, /) -> bytes:
            self.left -= 1
            return lines({"id": self.left, "text": "x" * 20_000}) if self.left >= 0 else b""

    tracemalloc.start()
    try:
        assert len([item.name for item in Records("x").read(cast("BinaryIO", Many()))]) == 1000
        assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    finally:
        tracemalloc.stop()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(codec=None)),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=5,
)
NAMES = st.sampled_from(["id", "text", "path", "url", "media_type", "x"])


@settings(max_examples=60)
@given(st.lists(st.dictionaries(NAMES, JSON).map(json.dumps).map(str.encode) | st.binary()))
def test_no_line_is_a_crash(values: Sequence[bytes]) -> None:
    for item in of_lines(*values):
        if item.text is not None or item.problem is not None:
            try:
                read_item(item, None)
            except InputError:
                continue


def test_results_of_other_runs_in_a_folder_are_no_articles(tmp_path: Path) -> None:
    for name in ("in/a.txt", "in/old/a.md", "in/old/.summ-journal.ndjson"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The ferry is late.", encoding="utf-8")
    found = listing([str(tmp_path / "in")], Choice(), None)
    assert [item.place for item in found] == ["a.txt"]
    assert any("folder(s) of results" in notice for notice in found.notices)
    named = listing([str(tmp_path / "in" / "old")], Choice(), None)
    assert [item.place for item in named] == ["a.md"], "named, it is read"
