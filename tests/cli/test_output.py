from __future__ import annotations

import dataclasses
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.cli.files import probe_files, write_file
from summ.cli.naming import file_names
from summ.cli.output import Sink, plan
from summ.config import Settings, resolve
from summ.errors import OutputError, UsageError
from summ.model import Report, Translation
from tests.reports import report


def settings(
    output: str | Path | None = None, form: str | None = None, **flags: object
) -> Settings:
    flags |= {"output": None if output is None else str(output), "formats": form and [form]}
    return resolve(flags, {}, None).settings


SPECS = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=12),
        st.sampled_from(
            [
                "a/x.txt",
                "b/x.txt",
                "X.md",
                "..",
                "/",
                "-",
                "x-2.txt",
                "../../etc/passwd",
                "a/\x1b[31m.txt",
                "con.txt",
                "\ud800.txt",
            ]
        ),
    ),
    min_size=1,
    max_size=8,
)


@given(SPECS)
def test_names_are_distinct_and_stay_in_the_folder(specs: list[str]) -> None:
    folder = Path("/folder")
    names = file_names([(spec, ".md") for spec in specs], folder)
    assert len({name.casefold() for name in names}) == len(specs)
    for name in names:
        assert Path(os.path.normpath(folder / name)).parent == folder
        assert name.isprintable()
        assert len(name.encode("utf-8")) < 200
        assert not name.startswith(".")


def test_the_rule_for_names() -> None:
    specs = ["a/x.txt", "b/x.txt", "c/X.html", "-", "archive.tar.gz", "x-2.txt", ".profile"]
    assert file_names([(spec, ".md") for spec in specs], Path("/out")) == [
        "x.md", "x-2.md", "X-3.md", "stdin.md", "archive.tar.md", "x-2-2.md", "profile.md",
    ]  # fmt: skip


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("text", encoding="utf-8")
    specs = [str(article), str(tmp_path / "b.txt")]
    names = file_names([(spec, ".md") for spec in specs], tmp_path)
    assert names == ["a-2.md", "b.md"]
    with pytest.raises(UsageError, match="over the article"):
        plan(settings(article), [str(article)])


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
    made = plan(settings(output, form), specs)
    paths = None if made.paths is None else [path.as_posix() for path in made.paths.values()]
    assert (made.form, paths) == expected


def test_an_existing_folder_is_a_folder(tmp_path: Path) -> None:
    assert plan(settings(tmp_path), ["a.txt"]).paths == {(0, None): tmp_path / "a.md"}


@pytest.mark.parametrize("name", ["there.txt", "new.json"])
def test_several_inputs_do_not_go_into_one_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "there.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="one file"):
        plan(settings(tmp_path / name), ["a.txt", "b.txt"])


def test_several_json_documents_need_a_folder() -> None:
    with pytest.raises(UsageError, match="Several inputs") as caught:
        plan(settings(None, "json"), ["a.txt", "b.txt"])
    assert "-f ndjson" in caught.value.hint


def test_a_probe_leaves_nothing_but_the_folder(tmp_path: Path) -> None:
    plan(settings(f"{tmp_path}/new/er/"), ["a.txt"]).probe()
    assert [path.name for path in tmp_path.rglob("*")] == ["new", "er"]


def test_a_probe_finds_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Can't write"):
        plan(settings(tmp_path / "none" / "r.md"), ["a.txt"]).probe()


def test_a_probe_finds_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        plan(settings(f"{tmp_path}/out/"), ["a.txt"]).probe()


def test_a_probe_finds_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        plan(settings(f"{tmp_path}/"), ["a.txt"]).probe()


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
    specs = ["a.txt", "b.txt", "c.txt"]
    sink = Sink(plan(settings(), specs), specs)
    sink.take("a.txt", report())
    sink.take("c.txt", report())
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
    made = plan(settings(output, form, to=["uk", "pt-BR"]), specs, texts=True)
    paths = None if made.paths is None else [path.as_posix() for path in made.paths.values()]
    assert (made.form, paths) == expected


def test_one_translation_goes_into_one_file() -> None:
    one = settings("a.uk.txt", to=["uk"])
    assert plan(one, ["a.txt"], texts=True).paths == {(0, "uk"): Path("a.uk.txt")}
    with pytest.raises(UsageError, match="over the article"):
        plan(one, ["a.uk.txt"], texts=True)
    for name in ("all.md", "all.txt"):
        with pytest.raises(UsageError, match="several languages") as caught:
            plan(settings(name, to=["uk", "de"]), ["a.txt"], texts=True)
        assert "-o DIR/" in caught.value.hint


@pytest.mark.parametrize("form", ["table", "stack"])
@pytest.mark.parametrize("article", ["a.txt", "a.md"])
def test_two_columns_are_markdown_with_a_name_that_no_translation_has(
    tmp_path: Path, form: str, article: str
) -> None:
    two = settings(f"{tmp_path}/", to=["uk"], bilingual=form)
    made = plan(two, [article], texts=True)
    assert (made.form, made.paths) == (form, {(0, "uk"): tmp_path / "a.uk.bilingual.md"})


@pytest.mark.parametrize(("output", "form"), [(None, "json"), (None, "ndjson"), ("r.json", None)])
def test_two_columns_are_not_json(output: str | None, form: str | None) -> None:
    with pytest.raises(UsageError, match="--bilingual"):
        plan(settings(output, form, to=["uk"], bilingual="table"), ["a.txt"], texts=True)


def test_a_translation_is_never_written_over_an_input(tmp_path: Path) -> None:
    (tmp_path / "news.uk.txt").write_text("text", encoding="utf-8")
    specs = [str(tmp_path / name) for name in ("news.txt", "news.uk.txt")]
    made = plan(settings(f"{tmp_path}/", to=["uk"]), specs, texts=True)
    names = [path.name for path in (made.paths or {}).values()]
    assert names == ["news-2.uk.txt", "news.uk.uk.txt"]


def test_a_result_is_never_written_over_the_glossary(tmp_path: Path) -> None:
    glossary = tmp_path / "terms.uk.csv"
    glossary.write_text("bridge,міст", encoding="utf-8")
    for output in (glossary, tmp_path / "x" / ".." / "terms.uk.csv"):
        with pytest.raises(UsageError, match="over the glossary"):
            plan(settings(str(output), to=["uk"], glossary=glossary), ["a.csv"], texts=True)
    folder = settings(f"{tmp_path}/", to=["uk"], glossary=glossary)
    made = plan(folder, ["terms.csv"], texts=True)
    assert [path.name for path in (made.paths or {}).values()] == ["terms-2.uk.csv"]


@pytest.mark.parametrize("suffix", ["", ".", ".\x1b[31m", ".a b", ".\ud800", "." + "x" * 99])
def test_an_odd_suffix_is_not_taken_over(suffix: str) -> None:
    made = plan(settings("out/", to=["uk"]), [f"x/news{suffix}"], texts=True)
    (path,) = (made.paths or {}).values()
    assert path.name.endswith(".uk.txt")
    assert path.name.isprintable()


def in_languages(*texts: tuple[str, str]) -> Report:
    return report(translations=[Translation(code, None, (), (), text) for code, text in texts])


def test_translations_follow_each_other_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    specs = ["a.txt", "b.txt"]
    sink = Sink(plan(settings(to=["uk", "de"]), specs, texts=True), specs)
    sink.take("a.txt", in_languages(("uk", "Один\t\x0c\n"), ("de", "Eins")))
    sink.take("b.txt", in_languages(("de", "Zwei")))
    sink.end_line()
    assert capsys.readouterr().out == "Один\t\x0c\n\n---\n\nEins\n\n---\n\nZwei"


def test_each_translation_goes_to_its_file(tmp_path: Path) -> None:
    specs = ["a.txt", "b.md"]
    sink = Sink(plan(settings(f"{tmp_path}/", to=["uk", "de"]), specs, texts=True), specs)
    sink.take("a.txt", in_languages(("uk", "Один"), ("de", "Eins\n")))
    sink.take("b.md", in_languages(("de", "Zwei\n")))
    texts = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert texts == {"a.uk.txt": "Один", "a.de.txt": "Eins\n", "b.de.md": "Zwei\n"}


def test_each_report_goes_to_the_file_of_its_input(tmp_path: Path) -> None:
    specs = ["a.txt", "b.txt", "x/a.txt", "a.txt"]
    sink = Sink(plan(settings(f"{tmp_path}/"), specs), specs)
    for spec, title in [("a.txt", "One"), ("x/a.txt", "Two"), ("a.txt", "Three")]:
        one = report()
        sink.take(
            spec, dataclasses.replace(one, source=dataclasses.replace(one.source, title=title))
        )
    texts = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert sorted(texts) == ["a-2.md", "a-3.md", "a.md"]
    assert "One" in texts["a.md"]
    assert "Two" in texts["a-2.md"]
    assert "Three" in texts["a-3.md"]
