"""Names of results in a folder."""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.cli.naming import Namer, is_input


def names(
    places: Iterable[str],
    suffixes: Sequence[str] = (".md",),
    folder: Path = Path("/nowhere"),
    inputs: Sequence[str] = (),
) -> list[str]:
    namer = Namer(folder, lambda: inputs)
    return [name for place in places for name in namer.names(place, suffixes)]


PLACES = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=12),
        st.lists(st.sampled_from(["a", "A", "a.md", "..", ".", "", "é", "e\u0301", "a:b"])).map(
            "/".join
        ),
        st.sampled_from(
            [
                "a/x.txt", "b/x.txt", "X.md", "..", "/", "-", "x-2.txt", "../../etc/passwd",
                "a/\x1b[31m.txt", "con.txt", "\ud800.txt", "a\\b", "~/x", ".summ/journal", "",
            ]
        ),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


def folded(name: str) -> str:
    """The same for what some system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@given(PLACES, st.sampled_from([(".md",), (".md", ".json"), (".uk.txt", ".pt-BR.txt")]))
def test_names_are_distinct_and_stay_in_the_folder(
    places: list[str], suffixes: tuple[str, ...]
) -> None:
    found = names(places, suffixes)
    assert len({folded(name) for name in found}) == len(places) * len(suffixes)
    files, folders = {folded(name) for name in found}, set[str]()
    for name in found:
        parts = name.split("/")
        assert os.path.normpath(name) == name
        assert name.isprintable()
        for part in parts:
            assert 0 < len(part.encode("utf-8")) < 200
            assert not part.startswith(".")
        folders |= {folded("/".join(parts[:end])) for end in range(1, len(parts))}
    assert not files & folders
    assert names(places, suffixes) == found


def test_the_rule_for_names() -> None:
    places = ["a/x.txt", "x.txt", "X.html", "stdin.txt", "archive.tar.gz", "x-2.txt", ".profile"]
    assert names(places) == [
        "a/x.md", "x.md", "X-2.md", "stdin.md", "archive.tar.md", "x-2-2.md", "profile.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["a/b/c.txt", "a/b/c.md"], ["a/b/c.md", "a/b/c-2.md"]),
        (["News/a.txt", "news/A.txt"], ["News/a.md", "news/A-2.md"]),
        (["é.txt", "e\u0301.txt"], ["é.md", "e\u0301-2.md"]),
        (["STRASSE.txt", "straße.txt"], ["STRASSE.md", "straße-2.md"]),
        (["a.txt", "a.md/b.txt"], ["a.md", "a.md-2/b.md"]),
        (["a.md/b.txt", "a.txt", "a.md/c.txt"], ["a.md/b.md", "a-2.md", "a.md/c.md"]),
        (["a:b/x.txt", "a?b/x.txt"], ["a_b/x.md", "a_b/x-2.md"]),
        (["../x.txt", "a/../../y.txt"], ["article/x.md", "a/article/article/y.md"]),
        (["/etc/z", "C:\\x.txt", "./q//r.txt"], ["etc/z.md", "C_/x.md", "q/r.md"]),
        (["x\ny\x1b[31m.txt", "\u202egpj.txt"], ["x y.md", "gpj.md"]),
        (["errors.txt", "a/Errors.txt"], ["errors.md", "a/Errors.md"]),
    ],
)  # fmt: skip
def test_folders_and_alike_names(places: list[str], expected: list[str]) -> None:
    assert names(places) == expected


def test_the_file_of_errors_and_what_is_hidden_are_left_alone() -> None:
    assert names(["errors.txt", "Errors.txt", ".summ-journal"], [".ndjson"]) == [
        "errors-2.ndjson", "Errors-3.ndjson", "summ-journal.ndjson",
    ]  # fmt: skip


def test_all_files_of_an_input_have_one_number(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("text", encoding="utf-8")
    assert names(["a.md", "a.txt"], [".json", ".md"], tmp_path, [str(article)]) == [
        "a-2.json", "a-2.md", "a-3.json", "a-3.md",
    ]  # fmt: skip


def test_no_input_is_written_over_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    article = tmp_path / "in" / "a.md"
    article.write_text("text", encoding="utf-8")
    (tmp_path / "out").symlink_to("in")
    namer = Namer(tmp_path / "out", tuple, [str(tmp_path / "in" / "terms.md")])
    namer.keep(str(article))
    assert namer.names("a.txt", [".md"]) == ["a-2.md"]
    assert namer.names("Terms.txt", [".md"]) == ["Terms-2.md"]
    (tmp_path / "in" / "b.md").write_text("text", encoding="utf-8")
    namer.keep(str(tmp_path / "in" / "b.md"))
    assert namer.names("b.txt", [".md"]) == ["b-2.md"]
    assert is_input(tmp_path / "out" / "a.md", ["x", "-", "a\0b", str(article)])
    assert not is_input(tmp_path / "out" / "c.md", [str(article), str(tmp_path / "c.md")])


def test_files_of_an_earlier_run_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("earlier", encoding="utf-8")
    assert names(["x/a.txt", "a.txt"], folder=tmp_path, inputs=["x/a.txt"]) == ["x/a.md", "a.md"]


def test_many_inputs_of_one_name_take_linear_time() -> None:
    start = time.process_time()
    found = names(["x.txt"] * 5_000)
    assert found[-1] == "x-5000.md"
    assert time.process_time() - start < 2


def test_a_name_of_any_length_is_cut() -> None:
    start = time.process_time()
    (name,) = names(["é" * 5_000_000 + ".txt"])
    assert len(name.encode()) < 130
    assert time.process_time() - start < 1
