from __future__ import annotations

import dataclasses
import errno
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from summ.cli import folder_files
from summ.cli.destination import plan
from summ.cli.files import probe_files, write_file
from summ.cli.folder_files import BlockedError, LineFile, write_below
from summ.cli.output import Plan, Sink, Written
from summ.config import Settings, resolve
from summ.errors import OutputError, UsageError
from summ.model import Item, Report, Translation
from summ.sources import Choice, Listing, listing
from tests.reports import report


def settings(
    output: str | Path | None = None, form: str | None = None, **flags: object
) -> Settings:
    flags |= {"output": None if output is None else str(output), "formats": form and [form]}
    return resolve(flags, {}, None).settings


def listed(*specs: str, **choice: Any) -> Listing:
    return listing(specs, Choice(**choice), None)


def files(made: Plan) -> list[str] | None:
    return [path.as_posix() for path in made.foreseen] or None


def take(sink: Sink, inputs: Listing, reports: Mapping[int, Report]) -> list[Written]:
    """Let a sink take reports of some of the inputs."""
    items = [*inputs]
    for number, item in enumerate(items):
        sink.names(item, number)
    return [
        one for number, made in reports.items() for one in sink.take(items[number], number, made)
    ]


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("text", encoding="utf-8")
    assert files(plan(settings(f"{tmp_path}/"), listed(str(article), str(tmp_path / "b.txt")))) == [
        f"{tmp_path}/a-2.md", f"{tmp_path}/b.md",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="over the article"):
        plan(settings(article), listed(str(article)))


@pytest.mark.parametrize(
    ("output", "form", "specs", "expected"),
    [
        (None, None, ["a.txt"], ("md", None)),
        (None, "json", ["a.txt"], ("json", None)),
        (None, "ndjson", ["a.txt", "b.txt"], ("ndjson", None)),
        ("r.json", None, ["a.txt"], ("json", ["r.json"])),
        ("r.ndjson", None, ["a.txt"], ("ndjson", ["r.ndjson"])),
        ("r.txt", None, ["a.txt"], ("md", ["r.txt"])),
        ("r.md", "json", ["a.txt"], ("json", ["r.md"])),
        ("out/", None, ["a.txt"], ("md", ["out/a.md"])),
        ("out", "json", ["a.txt", "b.txt"], ("json", ["out/a.json", "out/b.json"])),
    ],
)
def test_where_reports_go(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    output: str | None,
    form: str | None,
    specs: list[str],
    expected: tuple[str, list[str] | None],
) -> None:
    monkeypatch.chdir(tmp_path)
    made = plan(settings(output, form), listed(*specs))
    assert (made.form, files(made)) == expected


def test_an_existing_folder_is_a_folder(tmp_path: Path) -> None:
    assert plan(settings(tmp_path), listed("a.txt")).foreseen == (tmp_path / "a.md",)


@pytest.mark.parametrize("name", ["there.txt", "new.json"])
def test_several_inputs_do_not_go_into_one_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "there.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="one file"):
        plan(settings(tmp_path / name), listed("a.txt", "b.txt"))


def test_several_json_documents_need_a_folder() -> None:
    with pytest.raises(UsageError, match="Several inputs") as caught:
        plan(settings(None, "json"), listed("a.txt", "b.txt"))
    assert "-f ndjson" in caught.value.hint


def test_a_probe_leaves_nothing_but_the_folder(tmp_path: Path) -> None:
    plan(settings(f"{tmp_path}/new/er/"), listed("a.txt")).probe()
    assert [path.name for path in tmp_path.rglob("*")] == ["new", "er"]


def test_a_probe_finds_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Can't write"):
        plan(settings(tmp_path / "none" / "r.md"), listed("a.txt")).probe()


def test_a_probe_finds_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        plan(settings(f"{tmp_path}/out/"), listed("a.txt")).probe()


def test_a_probe_finds_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        plan(settings(f"{tmp_path}/"), listed("a.txt")).probe()


def test_a_file_appears_whole_with_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    before = os.umask(0o027)
    try:
        write_file(path, "one\n")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"one\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o600)
    write_file(path, "two \ud800\n")
    assert path.read_bytes() == b"two ?\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_links_are_followed_for_a_file_and_replaced_in_a_folder(tmp_path: Path) -> None:
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_file(link, "new")
    assert (link.is_symlink(), target.read_text(encoding="utf-8")) == (True, "new")
    write_file(link, "newer", follow=False)
    assert (link.is_symlink(), target.read_text(encoding="utf-8")) == (False, "new")


def test_a_device_stays_a_device() -> None:
    write_file(Path(os.devnull), "gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no such folder here")
def test_a_pipe_that_has_no_name_of_its_own_is_written_to() -> None:
    ours, theirs = os.pipe()
    pipe = Path(f"/dev/fd/{theirs}")
    probe_files([pipe])
    write_file(pipe, "text")
    os.close(theirs)
    with os.fdopen(ours) as reader:
        assert reader.read() == "text"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_device_is_an_output_error() -> None:
    with pytest.raises(OutputError, match="No space left"):
        write_file(Path("/dev/full"), "text")


def test_a_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    path.mkdir()
    (path / "x").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError):
        write_file(path / "x" / "y.md", "new")
    assert (path / "x").read_text(encoding="utf-8") == "kept"


def test_markdown_reports_are_separated(capsys: pytest.CaptureFixture[str]) -> None:
    inputs = listed("a.txt", "b.txt", "c.txt")
    take(Sink(plan(settings(), inputs)), inputs, {0: report(), 2: report()})
    text = capsys.readouterr().out
    assert text.count("\n\n---\n\n") == 1
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("output", "form", "specs", "expected"),
    [
        (None, None, ["a.txt", "b.txt"], ("text", None)),
        (None, "json", ["a.txt"], ("json", None)),
        ("all.json", None, ["a.txt"], ("json", ["all.json"])),
        ("out/", "json", ["a.txt", "-"], ("json", ["out/a.json", "out/stdin.json"])),
        (
            "out/", None, ["x/news.txt", "a.md", "-", "README"],
            ("text", [
                "out/news.uk.txt", "out/news.pt-BR.txt", "out/a.uk.md", "out/a.pt-BR.md",
                "out/stdin.uk.txt", "out/stdin.pt-BR.txt", "out/README.uk.txt",
                "out/README.pt-BR.txt",
            ]),
        ),
        (
            "out", None, ["a.txt", "b/a.txt"],
            ("text", [
                "out/a.uk.txt", "out/a.pt-BR.txt", "out/a-2.uk.txt", "out/a-2.pt-BR.txt",
            ]),
        ),
        ("out", None, ["a.txt"], ("text", ["out/a.uk.txt", "out/a.pt-BR.txt"])),
    ],
)  # fmt: skip
def test_where_translations_go(
    output: str | None, form: str | None, specs: list[str], expected: tuple[str, list[str] | None]
) -> None:
    made = plan(settings(output, form, to=["uk", "pt-BR"]), listed(*specs), texts=True)
    assert (made.form, files(made)) == expected


def test_one_translation_goes_into_one_file() -> None:
    one = settings("a.uk.txt", to=["uk"])
    assert plan(one, listed("a.txt"), texts=True).file == Path("a.uk.txt")
    with pytest.raises(UsageError, match="over the article"):
        plan(one, listed("a.uk.txt"), texts=True)
    for name in ("all.md", "all.txt"):
        with pytest.raises(UsageError, match="several languages") as caught:
            plan(settings(name, to=["uk", "de"]), listed("a.txt"), texts=True)
        assert "-o DIR/" in caught.value.hint


@pytest.mark.parametrize("form", ["table", "stack"])
@pytest.mark.parametrize("article", ["a.txt", "a.md"])
def test_two_columns_are_markdown_with_a_name_that_no_translation_has(
    tmp_path: Path, form: str, article: str
) -> None:
    two = settings(f"{tmp_path}/", to=["uk"], bilingual=form)
    made = plan(two, listed(article), texts=True)
    assert (made.form, made.foreseen) == (form, (tmp_path / "a.uk.bilingual.md",))


@pytest.mark.parametrize(("output", "form"), [(None, "json"), (None, "ndjson"), ("r.json", None)])
def test_two_columns_are_not_json(output: str | None, form: str | None) -> None:
    with pytest.raises(UsageError, match="--bilingual"):
        plan(settings(output, form, to=["uk"], bilingual="table"), listed("a.txt"), texts=True)


def test_a_translation_is_never_written_over_an_input(tmp_path: Path) -> None:
    (tmp_path / "news.uk.txt").write_text("text", encoding="utf-8")
    specs = [str(tmp_path / name) for name in ("news.txt", "news.uk.txt")]
    made = plan(settings(f"{tmp_path}/", to=["uk"]), listed(*specs), texts=True)
    names = [path.name for path in made.foreseen]
    assert names == ["news-2.uk.txt", "news.uk.uk.txt"]


def test_a_result_is_never_written_over_the_glossary(tmp_path: Path) -> None:
    glossary = tmp_path / "terms.uk.csv"
    glossary.write_text("bridge,міст", encoding="utf-8")
    for output in (glossary, tmp_path / "x" / ".." / "terms.uk.csv"):
        with pytest.raises(UsageError, match="over the glossary"):
            plan(settings(str(output), to=["uk"], glossary=glossary), listed("a.csv"), texts=True)
    folder = settings(f"{tmp_path}/", to=["uk"], glossary=glossary)
    made = plan(folder, listed("terms.csv"), texts=True)
    assert [path.name for path in made.foreseen] == ["terms-2.uk.csv"]


@pytest.mark.parametrize("suffix", ["", ".", ".\x1b[31m", ".a b", ".\ud800", "." + "x" * 99])
def test_an_odd_suffix_is_not_taken_over(suffix: str) -> None:
    made = plan(settings("out/", to=["uk"]), listed(f"x/news{suffix}"), texts=True)
    (path,) = made.foreseen
    assert path.name.endswith(".uk.txt")
    assert path.name.isprintable()


def in_languages(*texts: tuple[str, str]) -> Report:
    return report(translations=[Translation(code, None, (), (), text) for code, text in texts])


def test_translations_follow_each_other_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    inputs = listed("a.txt", "b.txt")
    sink = Sink(plan(settings(to=["uk", "de"]), inputs, texts=True))
    both, one = in_languages(("uk", "Один\t\x0c\n"), ("de", "Eins")), in_languages(("de", "Zwei"))
    assert take(sink, inputs, {0: both, 1: one}) == []
    sink.end_line()
    assert capsys.readouterr().out == "Один\t\x0c\n\n---\n\nEins\n\n---\n\nZwei"


def test_each_translation_goes_to_its_file(tmp_path: Path) -> None:
    inputs = listed("a.txt", "b.md")
    sink = Sink(plan(settings(f"{tmp_path}/", to=["uk", "de"]), inputs, texts=True))
    both, one = in_languages(("uk", "Один"), ("de", "Eins\n")), in_languages(("de", "Zwei\n"))
    written = take(sink, inputs, {0: both, 1: one})
    assert [one.name for one in written] == ["a.uk.txt", "a.de.txt", "b.de.md"]
    texts = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert texts == {"a.uk.txt": "Один", "a.de.txt": "Eins\n", "b.de.md": "Zwei\n"}


def titled(title: str) -> Report:
    one = report()
    return dataclasses.replace(one, source=dataclasses.replace(one.source, title=title))


def test_each_report_goes_to_the_file_of_its_input_in_any_order(tmp_path: Path) -> None:
    inputs = listed("a.txt", "b.txt", "x/a.txt", "a.txt")
    sink = Sink(plan(settings(f"{tmp_path}/"), inputs))
    take(sink, inputs, {3: titled("Three"), 0: titled("One"), 2: titled("Two")})
    texts = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert sorted(texts) == ["a-2.md", "a-3.md", "a.md"]
    assert "One" in texts["a.md"]
    assert "Two" in texts["a-2.md"]
    assert "Three" in texts["a-3.md"]


# --- folders and records -------------------------------------------------------------


def test_a_folder_is_mirrored_in_each_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.txt", "in/2024/05/a.txt", "in/2024/05/a.md"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("Text.", encoding="utf-8")
    inputs = listed("in", results="in/out")
    wanted = resolve({"output": "in/out/", "formats": ["md", "json"]}, {}, None).settings
    made = plan(wanted, inputs)
    made.probe()
    written = take(Sink(made), inputs, dict.fromkeys(range(3), report()))
    names = [
        "2024/05/a.md", "2024/05/a.json", "2024/05/a-2.md", "2024/05/a-2.json", "a.md", "a.json",
    ]  # fmt: skip
    assert [one.name for one in written] == names
    for one in written:
        assert one.path == Path("in/out") / one.name
        assert one.path.read_bytes() == one.data
    assert files(made) == [f"in/out/{name}" for name in names]
    left = {path for path in Path("in/out").rglob("*") if path.is_file()}
    assert left == {one.path for one in written}


@pytest.mark.parametrize("output", ["x" * 300, "x" * 300 + "/", "x" * 300 + ".ndjson"])
@pytest.mark.parametrize("inputs", [["a.txt"], ["a.txt", "b.txt"]])
def test_a_path_that_can_not_be_is_told_of(output: str, inputs: list[str]) -> None:
    with pytest.raises(OutputError, match="Can't write"):
        plan(settings(output, "ndjson"), listed(*inputs)).probe()


def test_a_folder_of_any_name_may_be_in_the_folder(tmp_path: Path) -> None:
    for name in ("summ", "result", ".summ-journal"):
        (tmp_path / name).mkdir()
    plan(settings(f"{tmp_path}/"), listed("a.txt", "b.txt")).probe()


def test_no_result_has_the_name_of_another_file_of_the_run(tmp_path: Path) -> None:
    wanted = settings(
        f"{tmp_path}/", to=["uk"], errors=tmp_path / "a.md", events=tmp_path / "b.MD",
        save_glossary=tmp_path / "c.md",
    )  # fmt: skip
    made = plan(wanted, listed("a.txt", "b.txt", "c.txt", "d.txt"))
    assert [path.name for path in made.foreseen] == ["a-2.md", "b-2.md", "c-2.md", "d.md"]


@pytest.mark.parametrize("output", [None, "r.md", "there"])
def test_several_formats_need_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").write_text("x", encoding="utf-8")
    both = resolve({"output": output, "formats": ["md", "json"]}, {}, None).settings
    with pytest.raises(UsageError, match="Several formats") as caught:
        plan(both, listed("a.txt"))
    assert "-o DIR/" in caught.value.hint
    new = resolve({"output": "new", "formats": ["md", "json"]}, {}, None).settings
    assert files(plan(new, listed("a.txt"))) == ["new/a.md", "new/a.json"]


def test_one_file_in_a_folder_has_a_folder_for_its_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text("Text.", encoding="utf-8")
    assert plan(settings("out"), listed("in")).folder == Path("out")
    with pytest.raises(UsageError, match="one file"):
        plan(settings("out.md"), listed("in"))


RECORDS = [
    Item("x/1", "x_1.txt", text="A.", record={"id": "x/1", "desk": "local"}),
    Item("2", "2.txt", text="B.", record={"id": 2}),
]


def test_a_report_of_a_record_has_its_fields(tmp_path: Path) -> None:
    (tmp_path / "r.ndjson").write_bytes(b'{"text": "A."}\n')
    inputs = listed(str(tmp_path / "r.ndjson"))
    formats = ["md", "json", "ndjson"]
    wanted = resolve({"output": f"{tmp_path}/out/", "formats": formats}, {}, None).settings
    made = plan(wanted, inputs)
    made.probe()
    sink = Sink(made)
    written = [*sink.take(RECORDS[0], 0, report()), *sink.take(RECORDS[1], 1, report())]
    assert [one.name for one in written] == [
        "x_1.md", "x_1.json", "x_1.ndjson", "2.md", "2.json", "2.ndjson",
    ]  # fmt: skip
    for place in (1, 2):
        assert json.loads(written[place].data)["input"] == RECORDS[0].record
    assert b"desk" not in written[0].data


def joined(tmp_path: Path, name: str = "all.ndjson", form: str | None = None) -> Sink:
    made = plan(settings(tmp_path / name, form), listed("a.txt", "b.txt"))
    made.probe()
    assert (made.lines, made.file) == (True, tmp_path / name)
    return Sink(made)


@pytest.mark.parametrize(
    ("name", "form"), [("all.ndjson", None), ("x.JSONL", None), ("old", "ndjson")]
)
def test_many_reports_go_into_one_file_as_lines(
    tmp_path: Path, name: str, form: str | None
) -> None:
    if form:
        (tmp_path / name).write_text("old", encoding="utf-8")
        (tmp_path / name).chmod(0o640)
    sink = joined(tmp_path, name, form)
    for number, item in enumerate(RECORDS):
        (written,) = sink.take(item, number, report())
        assert written.path == tmp_path / name
    before = (tmp_path / name).read_text(encoding="utf-8") if form else None
    assert before == ("old" if form else None)
    sink.close()
    lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["input"]["id"] for line in lines] == ["x/1", 2]
    assert [path.name for path in tmp_path.iterdir()] == [name]
    if form:
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o640


def test_without_a_report_the_file_of_lines_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "all.ndjson").write_text("old", encoding="utf-8")
    joined(tmp_path).close()
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_a_file_of_records_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "all.ndjson").write_bytes(b"{}")
    with pytest.raises(UsageError, match="over the article"):
        plan(settings(tmp_path / "all.ndjson"), listed(str(tmp_path / "all.ndjson")))


# --- links and disks -----------------------------------------------------------------


@pytest.mark.parametrize("by_descriptor", [True, False])
def test_results_do_not_follow_links_out_of_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_descriptor: bool
) -> None:
    monkeypatch.setattr(folder_files, "_BY_DESCRIPTOR", by_descriptor)
    out, aside = tmp_path / "out", tmp_path / "aside"
    (out / "real").mkdir(parents=True)
    aside.mkdir()
    (aside / "kept.md").write_text("kept", encoding="utf-8")
    (out / "link").symlink_to(aside)
    (out / "real" / "up").symlink_to("../..")
    (out / "a.md").symlink_to(aside / "kept.md")
    (out / "new.md").symlink_to(aside / "new.md")
    for name in ("link/a.md", "real/up/a.md", "link/x/y.md"):
        with pytest.raises(BlockedError, match="symbolic link"):
            write_below(out, name, "text")
    for name in ("a.md", "new.md", "real/x/y.md"):
        assert write_below(out, name, "text") == b"text"
        assert not (out / name).is_symlink()
        assert (out / name).read_bytes() == b"text"
    assert [(path.name, path.read_text(encoding="utf-8")) for path in aside.iterdir()] == [
        ("kept.md", "kept")
    ]
    (tmp_path / "named").symlink_to(out)
    write_below(tmp_path / "named", "z.md", "text")
    assert (out / "z.md").exists()


def test_what_has_the_place_of_one_result_is_in_the_way_of_that_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md" / "x").mkdir(parents=True)
    (tmp_path / "b").write_text("file", encoding="utf-8")
    for name in ("a.md", "b/x.md", "c" * 300):
        with pytest.raises(BlockedError, match="Can't write"):
            write_below(tmp_path, name, "text")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b"]


def short_of_room(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Let a disk take that many bytes more: first a part of what is written, then nothing."""
    write, left = os.write, [room]

    def limited(descriptor: int, data: Any) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = write(descriptor, bytes(data)[: left[0]])
        left[0] -= taken
        return taken

    monkeypatch.setattr(os, "write", limited)


@pytest.mark.parametrize("room", [0, 3])
def test_a_full_disk_leaves_no_part_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    (tmp_path / "old.md").write_text("old", encoding="utf-8")
    short_of_room(monkeypatch, room)
    with pytest.raises(OutputError, match="No space left"):
        write_file(tmp_path / "old.md", "newer text")
    for name in ("old.md", "new.md"):
        with pytest.raises(OutputError, match="No space left") as caught:
            write_below(tmp_path, name, "newer text")
        assert not isinstance(caught.value, BlockedError)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_lines_that_fitted_on_the_disk_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = LineFile(tmp_path / "all.ndjson")
    lines.add("one\n")
    short_of_room(monkeypatch, 6)
    lines.add("two\n")
    with pytest.raises(OutputError, match="No space left"):
        lines.add("three\n")
    lines.close()
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["one\ntwo\n"]


def test_lines_that_can_not_be_put_in_place_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "all.ndjson"
    lines = LineFile(path)
    lines.add("one\n")
    path.mkdir()
    (path / "x").touch()
    with pytest.raises(OutputError, match="Can't write") as caught:
        lines.close()
    kept = Path(caught.value.hint.removeprefix("What is finished is in ").removesuffix("."))
    assert kept.read_text(encoding="utf-8") == "one\n"


def test_lines_go_to_a_pipe_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    lines = LineFile(tmp_path / "pipe")
    lines.add("one\n")
    assert os.read(reader, 100) == b"one\n"
    lines.close()
    os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_many_files_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise AssertionError("a file was waited for")

    monkeypatch.setattr(os, "fsync", refuse)
    write_below(tmp_path, "a.md", "text")
    write_file(tmp_path / "b.md", "text", sync=False)
    with pytest.raises(AssertionError):
        write_file(tmp_path / "c.md", "text")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]
