from __future__ import annotations

import errno
from collections.abc import Callable

import pytest
import typer

from summ.cli import guard, streams
from summ.errors import ChecksFailedError, InputError, OutputError, SummError

SECRET = "the article says so"


def raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


def every_kind(kind: type[SummError] = SummError) -> list[type[SummError]]:
    return [kind, *(one for below in kind.__subclasses__() for one in every_kind(below))]


@pytest.mark.parametrize("kind", every_kind())
def test_every_error_of_ours_has_its_code_and_one_line(
    kind: type[SummError], capsys: pytest.CaptureFixture[str]
) -> None:
    assert guard.run(raising(kind("It\nfailed.", "Do \x1b[1mthat.")), {}) == kind.exit_code
    assert capsys.readouterr().err == "summ: error: It failed. Do that.\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (typer.Exit(0), 0),
        (typer.Exit(5), 5),
        (SystemExit(), 0),
        (SystemExit(143), 143),
        (SystemExit("words"), 1),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(errno.EPIPE, "gone"), 141),
        (streams.ReaderGoneError(), 141),
        (OSError(errno.ENOSPC, "No space left on device"), 9),
        (OSError(errno.ENOSPC, "No space left on device", "file"), 1),
        (typer.BadParameter("no"), 2),
        (KeyError(SECRET), 1),
        (ExceptionGroup(SECRET, [ValueError(SECRET)]), 1),
        (RecursionError(), 1),
    ],
)
def test_every_end_has_a_code(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guard.run(raising(error), {}) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert SECRET not in shown.err
    assert "Traceback" not in shown.err


def test_nothing_is_said_about_a_reader_that_left(capsys: pytest.CaptureFixture[str]) -> None:
    guard.run(raising(BrokenPipeError()), {})
    assert capsys.readouterr().err == ""


def test_a_bug_says_where_and_only_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert guard.run(raising(KeyError(SECRET)), {}) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("summ: a bug in summ: KeyError at ")
    assert "-v" in line


def test_verbose_shows_the_way_to_a_bug_but_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert guard.run(raising(KeyError(SECRET)), {"verbose": True}) == 1
    err = capsys.readouterr().err
    assert "in action" in err
    assert SECRET not in err


def test_a_source_stands_before_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    guard.complain(InputError("It is empty."), about="a\x1b[1m.txt")
    assert capsys.readouterr().err == "summ: error: a.txt: It is empty.\n"


def test_codes_are_those_of_the_contract() -> None:
    assert OutputError.exit_code == 9
    assert ChecksFailedError.exit_code == 7
