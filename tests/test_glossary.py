"""Glossaries are read from what spreadsheets and people write, and written so that both can."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.errors import ConfigError, InputError, SummError
from summ.glossary import MAX_BYTES, glossary_text, read_glossary
from summ.model import Term


def _read(tmp_path: Path, content: str | bytes, name: str = "terms.csv") -> tuple[Term, ...]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_glossary(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "harbour,порт\nbank,банк,a firm\n"),
        ("a.csv", "Source,Target,Note\nharbour,порт,\nbank,банк,a firm\n"),
        ("a.csv", "\ufeffSOURCE;TARGET\r\nharbour;порт\r\nbank;банк;a firm\r\n"),
        ("a.tsv", "harbour\tпорт\nbank\tбанк\ta firm"),
        ("a.txt", "# mine\n\nharbour\tпорт\n  # more\nbank\tбанк\ta firm\n\n"),
        ("a.csv", '"harbour", "порт"\n bank , банк , a firm \n'),
        ("a.csv", "harbour,порт,,\nbank,банк,a firm,,\n"),
    ],
)
def test_a_glossary_is_read_however_its_cells_are_parted(
    tmp_path: Path, name: str, content: str
) -> None:
    expected = (Term("harbour", "порт"), Term("bank", "банк", "a firm"))
    assert _read(tmp_path, content, name) == expected


def test_a_quoted_cell_may_hold_what_parts_cells(tmp_path: Path) -> None:
    content = 'Larn; the port,Ларн,"a ""port"", not a river"\nOslo,Осло\n'
    assert _read(tmp_path, content)[0] == Term("Larn; the port", "Ларн", 'a "port", not a river')


def test_languages_are_read_by_code_or_name(tmp_path: Path) -> None:
    found = _read(tmp_path, "dock,док,,Ukrainian\ndock,doca,,pt_br\ndock,док,,\n")
    assert [term.language for term in found] == ["uk", "pt-BR", None]


def test_a_row_may_be_repeated(tmp_path: Path) -> None:
    assert _read(tmp_path, "dock,док\ndock,док\n") == (Term("dock", "док"),)


def test_an_empty_glossary_has_no_terms(tmp_path: Path) -> None:
    assert _read(tmp_path, "") == _read(tmp_path, "source,target\n# none\n,\n") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("dock,док\nbank\n", "Line 2 of"),
        ("# a\n\ndock,\n", "Line 3 of"),
        (",док\n", "has no source"),
        ("dock,док\ndock,пристань\n", "another translation of “dock”"),
        ("dock,док,,Klingonish\n", "is not a language"),
        ('dock,"док\n', "quotation marks"),
        ("dock,док,a,uk,more\n", "more than four columns"),
        ("d" * 201 + ",док\n", "too long"),
    ],
)
def test_a_row_that_cant_be_used_is_told_with_its_line(
    tmp_path: Path, content: str, said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        _read(tmp_path, content)
    assert said in caught.value.message
    assert "Line " in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\x00\x00", "is not text"),
        ("dock,док\nbank,банк".encode("cp1251"), "not in UTF-8 (line 1)"),
        (b"a,b\n" * (MAX_BYTES // 4 + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_glossary_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        _read(tmp_path, content)
    assert said in caught.value.message


def test_a_file_that_cant_be_opened_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path, Path("nul\0.csv")):
        with pytest.raises(InputError):
            read_glossary(path)


def test_no_cell_is_a_formula_in_a_spreadsheet() -> None:
    terms = [
        Term("=1+1", "-2"),
        Term("@cmd", "+3", "=HYPERLINK(1)"),
        Term("#tag", "'=x"),
        Term("＝1", "＠x"),
    ]
    rows = list(csv.reader(io.StringIO(glossary_text(terms))))
    assert rows[0] == ["source", "target", "note", "language"]
    assert not any(cell.startswith(tuple("=+-@#＝＋－＠")) for row in rows for cell in row)


_CELL = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30
).filter(lambda text: text.strip() and " ".join(text.split()) == text)


@given(
    st.lists(
        st.builds(Term, _CELL, _CELL, st.just("") | _CELL, st.sampled_from([None, "uk", "pt-BR"])),
        max_size=5,
        unique_by=lambda term: (term.source, term.language),
    )
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, terms: list[Term]
) -> None:
    path = tmp_path_factory.mktemp("glossary") / "terms.csv"
    path.write_text(glossary_text(terms), encoding="utf-8")
    assert read_glossary(path) == tuple(terms)


@given(st.binary(max_size=200))
def test_any_bytes_are_terms_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("glossary") / "terms.csv"
    path.write_bytes(data)
    with suppress(SummError):
        assert all(term.source and term.target for term in read_glossary(path))
