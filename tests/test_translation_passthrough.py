"""A translation is the article again when the model's words are: all else is kept to the byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from summ.model import Source
from tests.eval.translation.faults_passthrough import (
    SCOTS,
    as_it_was,
    in_greek_letters,
    is_same,
    readmes,
)
from tests.eval.translation.faults_runs import Runner, runner

SOURCES = list(readmes(most=8_000))[:50]


@pytest.fixture(scope="module")
def scots() -> Iterator[Runner]:
    with runner(SCOTS) as run:
        yield run


@pytest.fixture(scope="module")
def greek() -> Iterator[Runner]:
    with runner("el") as run:
        yield run


def test_there_are_descriptions_of_packages_to_try() -> None:
    assert len(SOURCES) >= 30


@pytest.mark.parametrize("source", SOURCES, ids=[source.uri for source in SOURCES])
def test_a_model_that_changes_nothing_gives_the_article_back(source: Source, scots: Runner) -> None:
    translation = as_it_was(scots, source).translation
    assert translation is not None
    assert translation.text == source.text


@pytest.mark.parametrize("source", SOURCES, ids=[source.uri for source in SOURCES])
def test_letters_are_all_that_a_change_of_letters_changes(source: Source, greek: Runner) -> None:
    ran = in_greek_letters(greek, source)
    assert is_same(source, ran.translation)
    assert ran.translation is not None
    assert {segment.state for segment in ran.translation.segments} <= {"translated", "same"}
    assert ran.calls == ran.groups
