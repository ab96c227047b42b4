"""The public Python API."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

import summ
from tests.documents import EN
from tests.fake_endpoint import FakeEndpoint
from tests.scripted_model import ScriptedModel


def test_every_public_name_is_there() -> None:
    assert set(dir(summ)) == set(summ.__all__)
    for name in summ.__all__:
        assert getattr(summ, name) is not None
    with pytest.raises(AttributeError):
        _ = summ.nothing_of_the_kind


def test_importing_it_costs_next_to_nothing() -> None:
    script = "import sys, summ; print(sorted(m for m in sys.modules if m.startswith('summ')))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['summ', 'summ._version']"


def test_summarize_gives_the_report_of_a_text(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    text = EN.replace("\n", "\r\n")
    report = summ.summarize(text, to=["Ukrainian"], base_url=endpoint.base_url, model="m", claims=2)
    assert [translation.language for translation in report.translations] == ["uk"]
    assert len(report.claims) == 2
    for statement in report.summary:
        for evidence in statement.evidence:
            assert EN[evidence.start : evidence.end] == evidence.quote
    assert summ.to_markdown(report).startswith("# ")
    assert summ.to_json(report).startswith("{")


def test_summarize_refuses_what_can_not_be_meant(endpoint: FakeEndpoint) -> None:
    with pytest.raises(TypeError, match="lenght"):
        summ.summarize(EN, lenght=3)
    with pytest.raises(summ.SummError):
        summ.summarize("  \n ", base_url=endpoint.base_url)
    with pytest.raises(summ.SummError, match="blargish"):
        summ.summarize(EN, to=["blargish"], base_url=endpoint.base_url)
    assert not endpoint.requests


def test_chunks_joined_are_the_text() -> None:
    chunks = summ.chunk_text(EN, max_tokens=20)
    assert "".join(chunk.text for chunk in chunks) == EN
    assert all(chunk.tokens <= 20 for chunk in chunks)


def test_translate_gives_the_whole_text_of_a_language(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    found = summ.translate(
        EN.replace("\n", "\r\n"), to="Ukrainian", base_url=endpoint.base_url, model="m"
    )
    assert found.language == "uk"
    assert (found.text or "").count("\n") == EN.count("\n")
    assert {one.state for one in found.segments} == {"translated"}
    for one in found.segments:
        assert EN[one.start : one.end] == one.source
    assert (found.title, found.summary, found.claims) == (None, (), ())


def test_translate_keeps_markdown_where_it_is_told_that_it_is(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    text = "# The *ferry* returns\n\nRun `the code` at the pier today.\n"
    kwargs: dict[str, Any] = {"to": "uk", "base_url": endpoint.base_url, "model": "m"}
    as_markdown = summ.translate(text, markdown=True, **kwargs).text or ""
    assert as_markdown.startswith("# ")
    assert "`the code`" in as_markdown
    assert "the code" not in (summ.translate(text, **kwargs).text or "")


def test_translate_refuses_what_can_not_be_meant(endpoint: FakeEndpoint) -> None:
    with pytest.raises(TypeError, match="langth"):
        summ.translate(EN, to="uk", langth=3)
    with pytest.raises(summ.SummError, match="blargish"):
        summ.translate(EN, to="blargish", base_url=endpoint.base_url)
    with pytest.raises(summ.SummError, match="--from"):
        summ.translate("Zq 12.", to="uk", base_url=endpoint.base_url)
    assert summ.translate("12 34. 56.", to="uk", base_url=endpoint.base_url).text == "12 34. 56."
    assert summ.translate(EN, to="en", base_url=endpoint.base_url).text == EN
    assert not endpoint.requests
