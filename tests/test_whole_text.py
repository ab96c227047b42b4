"""Whole articles in other languages: through the real backend, against a scripted endpoint."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from summ.config import resolve
from summ.errors import ConfigError, EndpointError, SummError
from summ.model import KEPT_MARK, Report, Source, Translation
from summ.render import FORMATS
from summ.render.schema import schema
from summ.session import Session
from tests.documents import EN, UK, ZH
from tests.fake_endpoint import Answer, FakeEndpoint, failing
from tests.long_texts import harbour
from tests.pseudo import to_greek, to_ukrainian
from tests.scripted_model import Lines, ScriptedModel, shown_lines, task_of, translated
from tests.test_pipeline import Told
from tests.text.test_writing import SR_CYRL

TEXT = frozenset({"text"})
ARTICLE = """\
---
title: The ferry
---
# The *ferry* returns

The council of Harbourton approved the new ferry, [the mayor](https://town.example/m) said.
It will carry `lorries` again before the summer.

- Boats for lorries and for walkers
- A pier for all of them

```
keep this
```

| Ticket | Price of it |
|:-------|------------:|
| Lorry  | 14 crowns   |

> “We waited long enough for this boat,” said a fisherman.[^1]

[^1]: He asked not to be named.
"""


BOATS = "\n\n".join(f"The office counted {n * 7} boats at pier {n % 9}." for n in range(90))


def run(
    articles: str | Sequence[Source],
    endpoint: FakeEndpoint,
    parts: frozenset[str] = TEXT,
    show: Callable[[str], None] | None = None,
    ui: Told | None = None,
    **flags: Any,
) -> list[Report]:
    """Reports of one session: of a text, or of several articles one after the other."""
    sources = [Source("a.txt", "text/plain", articles)] if isinstance(articles, str) else articles
    flags = {"base_url": endpoint.base_url, "model": "m", "retries": 0, "to": ["uk"], **flags}
    with Session(resolve(flags, {}, None).settings, ui or Told()) as session:

        async def make() -> list[Report]:
            try:
                return [await session.report(source, parts, show) for source in sources]
            finally:
                await session.aclose()

        reports = asyncio.run(make())
    for report in reports:
        jsonschema.validate(json.loads(FORMATS["json"](report)), schema())
    return reports


def translation(
    articles: str | Sequence[Source], endpoint: FakeEndpoint, **more: Any
) -> Translation:
    """The one translation of the one article."""
    (report,) = run(articles, endpoint, **more)
    (found,) = report.translations
    return found


def sent(endpoint: FakeEndpoint) -> list[str]:
    """Every line that was asked to be translated, in order."""
    bodies = [one.body for one in endpoint.requests]
    return [
        line
        for body in bodies
        if task_of(body) == "translate"
        for line in shown_lines(body).values()
    ]


def but(change: Callable[[str], str | None]) -> ScriptedModel:
    """A model of Ukrainian; `change` may give another translation of a line."""

    def translate(lines: Lines) -> dict[str, Any]:
        return translated(
            {number: change(line) or to_ukrainian(line) for number, line in lines.items()}, lines
        )

    return ScriptedModel(translate=translate)


# --- the text ----------------------------------------------------------------------


def test_the_structure_of_markdown_is_kept(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    found = translation([Source("a.md", "text/markdown", ARTICLE)], endpoint)
    lines, ours = (found.text or "").splitlines(), ARTICLE.splitlines()
    assert len(lines) == len(ours)
    for kept in ("---", "title: The ferry", "```", "keep this", "|:-------|------------:|", ""):
        places = [at for at, line in enumerate(ours) if line == kept]
        assert [at for at, line in enumerate(lines) if line == kept] == places
    for word in ("# ", "](https://town.example/m)", "`lorries`", "[^1]", "[^1]: ", "> "):
        assert (found.text or "").count(word) == ARTICLE.count(word)
    assert {one.state for one in found.segments} == {"translated"}
    for one in found.segments:
        assert ARTICLE[one.start : one.end] == one.source
    outside = {"keep this", "title: The ferry", "https://town.example/m", "lorries`"}
    assert not [line for line in sent(endpoint) if any(word in line for word in outside)]


def test_segments_say_of_which_kind_they_are(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    found = translation([Source("a.md", "text/markdown", ARTICLE)], endpoint)
    kinds = [one.kind for one in found.segments]
    assert kinds[:2] == ["heading", "paragraph"]
    assert (kinds.count("item"), kinds.count("cell")) == (2, 4)


def test_html_with_words_stands_as_it_is_and_is_told(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    text = "The ferry returns today.\n\n<div>\nWords in a box.\n</div>\n"
    found = translation([Source("a.md", "text/markdown", text)], endpoint)
    assert "<div>\nWords in a box.\n</div>\n" in (found.text or "")
    (finding,) = found.findings
    assert finding.code == "markup-kept"
    assert text[slice(finding.start, finding.end)].startswith("<div>")


def test_the_receipt_has_what_was_read_and_what_was_kept(endpoint: FakeEndpoint) -> None:
    endpoint.respond = but(lambda line: line if "close its harbour" in line else None)
    (report,) = run(EN, endpoint)
    (kept,) = (one for one in report.translations[0].segments if one.state == "kept")
    (missing,) = report.coverage.missing
    assert missing.start <= kept.start < kept.end <= missing.end
    assert report.coverage.sent < len(EN)
    assert (report.translations[0].text or "").count(kept.source) == 1
    assert "untranslated" in {one.code for one in kept.findings}
    assert (report.summary, report.claims) == ((), ())


# --- what is in the language already -----------------------------------------------


def test_segments_in_the_language_already_are_not_sent(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    quoted = "«Ми чекали на новий міст двадцять років, і ось він є», — сказала мерка міста."
    text = EN + "\n" + quoted + "\n"
    found = translation(text, endpoint)
    states = {one.source: one.state for one in found.segments}
    assert states.pop(quoted) == "same"
    assert set(states.values()) == {"translated"}
    assert (found.text or "").endswith(f"\n{quoted}\n")
    assert quoted not in sent(endpoint)


def test_an_article_in_the_language_already_makes_no_call(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel()
    shown: list[str] = []
    ui = Told()
    found = translation(UK, endpoint, show=shown.append, ui=ui)
    assert found.text == "".join(shown) == UK
    assert {one.state for one in found.segments} == {"same"}
    assert any("already" in notice for notice in ui.notices)
    assert endpoint.requests == []


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (ZH, {"to": ["zh-Hant"]}),
        (SR_CYRL, {"to": ["sr-Latn"], "from_language": "sr"}),
        (EN, {"to": ["en-GB"], "from_language": "en-US"}),
    ],
    ids=["Chinese", "Serbian", "English"],
)
def test_another_kind_of_the_language_is_translated_into(
    endpoint: FakeEndpoint, text: str, flags: dict[str, Any]
) -> None:
    endpoint.respond = ScriptedModel(translate=lambda lines: translated(dict(lines), lines))
    with suppress(SummError):  # Serbian in the same letters is no translation
        run(text, endpoint, **flags)
    assert sent(endpoint)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (SR_CYRL, {"to": ["sr-Cyrl"], "from_language": "sr"}),
        (EN, {"to": ["en-GB"]}),
        (ZH, {"to": ["zh"]}),
    ],
    ids=["Serbian", "English", "Chinese"],
)
def test_no_kind_that_the_article_may_be_of_makes_a_call(
    endpoint: FakeEndpoint, text: str, flags: dict[str, Any]
) -> None:
    assert translation(text, endpoint, **flags).text == text
    assert endpoint.requests == []


# --- as it grows -------------------------------------------------------------------


@pytest.mark.parametrize("article", [EN, BOATS])
def test_pieces_joined_are_the_text_with_marks(endpoint: FakeEndpoint, article: str) -> None:
    endpoint.respond = but(lambda line: line if "close its" in line or "pier 4." in line else None)
    shown: list[str] = []
    found = translation(article, endpoint, show=shown.append)
    marked = found.text or ""
    for one in found.segments:
        if one.state == "kept":
            marked = marked.replace(one.target, KEPT_MARK + one.target, 1)
    assert KEPT_MARK in marked
    assert "".join(shown) == marked
    assert len(shown) > 2


# --- names -------------------------------------------------------------------------


def names_model(line_of: Callable[[str], str] = to_ukrainian) -> ScriptedModel:
    """Tells of the name Eastmere where it is in a line."""

    def translate(lines: Lines) -> dict[str, Any]:
        found = translated({number: line_of(line) for number, line in lines.items()}, lines)
        if any("Eastmere" in line for line in lines.values()):
            found["names"] = [{"source": "Eastmere", "target": to_ukrainian("Eastmere")}]
        return found

    return ScriptedModel(translate=translate)


def translate_requests(endpoint: FakeEndpoint) -> list[str]:
    contents = [one.body["messages"][-1]["content"] for one in endpoint.requests]
    tasks = [task_of(one.body) for one in endpoint.requests]
    return [content for content, task in zip(contents, tasks, strict=True) if task == "translate"]


def test_summary_and_text_share_names(endpoint: FakeEndpoint) -> None:
    endpoint.respond = names_model()
    (report,) = run(EN, endpoint, frozenset({"summary", "claims", "text"}))
    first, *later = translate_requests(endpoint)
    name = to_ukrainian("Eastmere")
    assert name not in first
    assert later
    assert all(name in request for request in later)
    (term,) = report.translations[0].glossary
    assert (term.source, term.target, term.binding) == ("Eastmere", name, False)
    assert len(report.translations[0].summary) == len(report.summary)
    assert report.translations[0].text


def test_what_is_asked_about_an_article_depends_on_it_alone(endpoint: FakeEndpoint) -> None:
    endpoint.respond = names_model()
    second = "The fishing boats of Eastmere stay at the eastern pier this winter."
    sources = [Source(name, "text/plain", text) for name, text in (("a", EN), ("b", second))]
    run(sources, endpoint)
    after_another = translate_requests(endpoint)[-1]
    run(sources[1:], endpoint)
    assert translate_requests(endpoint)[-1] == after_another


# --- what the user wants -----------------------------------------------------------


def test_wishes_reach_every_request(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    endpoint.respond = ScriptedModel()
    glossary = tmp_path / "terms.csv"
    glossary.write_text(f"harbour,{to_ukrainian('harbour')},the port of a town\n", encoding="utf-8")
    run(
        harbour(90), endpoint, formality="informal", instructions="For children of ten.",
        glossary=glossary,
    )  # fmt: skip
    requests = translate_requests(endpoint)
    assert len(requests) > 1
    for request in requests:
        assert "informal" in request.lower()
        assert "For children of ten." in request
        assert to_ukrainian("harbour") in request
        assert "the port of a town" in request


@pytest.mark.parametrize("wish", [{"formality": "formal"}, {"instructions": "Be brief."}])
def test_the_built_in_translator_refuses_what_it_can_not_be_told(wish: dict[str, str]) -> None:
    settings = resolve({"model": "local", "to": ["uk"], **wish}, {}, None).settings
    with pytest.raises(ConfigError, match="can't be told"), Session(settings, Told()):
        pass


def test_languages_are_translated_side_by_side_and_told_in_order(endpoint: FakeEndpoint) -> None:
    def answer(body: Any) -> Answer:
        into = to_greek if "into Greek" in body["messages"][-1]["content"] else to_ukrainian
        return ScriptedModel(
            translate=lambda lines: translated({n: into(t) for n, t in lines.items()}, lines)
        )(body)

    endpoint.respond = answer
    (report,) = run(EN, endpoint, to=["el", "uk", "en"])
    assert [one.language for one in report.translations] == ["el", "uk", "en"]
    assert report.translations[2].text == EN
    for one, into in zip(report.translations, (to_greek, to_ukrainian), strict=False):
        assert into("Eastmere") in (one.text or "")
        assert len(one.segments) == 4


# --- an endpoint that fails --------------------------------------------------------


def dying(after: int) -> Callable[[Any], Answer]:
    """A model that answers so many requests, and is then gone."""
    model, asked = ScriptedModel(), []

    def answer(body: Any) -> Answer:
        asked.append(body)
        return model(body) if len(asked) <= after else failing(500, "it broke")

    return answer


def test_what_was_translated_before_the_endpoint_died_is_kept(endpoint: FakeEndpoint) -> None:
    endpoint.respond = dying(after=1)
    shown: list[str] = []
    text = harbour(130)
    found = translation(text, endpoint, show=shown.append)
    states = [one.state for one in found.segments]
    done = states.index("kept")
    assert done >= 20
    assert set(states[:done]) == {"translated"}
    assert set(states[done:]) == {"kept"}
    assert [one.code for one in found.findings] == ["not-answered"]
    assert f"{len(states) - done}" in found.findings[0].message
    assert (found.text or "").endswith(text[found.segments[done].start :])
    assert "".join(shown).replace(KEPT_MARK, "") == found.text
    assert len(endpoint.requests) < 12, "a dead endpoint is not asked in smaller units"


def test_an_endpoint_that_is_gone_from_the_start_is_the_error_that_it_is(
    endpoint: FakeEndpoint,
) -> None:
    endpoint.respond = dying(after=0)
    with pytest.raises(EndpointError):
        run(EN, endpoint)


def test_a_summary_is_not_lost_with_the_text(endpoint: FakeEndpoint) -> None:
    endpoint.respond = dying(after=2)
    (report,) = run(EN, endpoint, frozenset({"summary", "text"}), length=2)
    (found,) = report.translations
    assert len(found.summary) == len(report.summary) == 2
    assert found.text is None
    assert "untranslated" in {one.code for one in found.findings}


@pytest.mark.parametrize("reply", ["I would rather not.", {"items": []}, {"items": 7}])
def test_a_model_that_translates_nothing_is_an_error(
    endpoint: FakeEndpoint, reply: str | dict[str, Any]
) -> None:
    endpoint.respond = ScriptedModel(translate=lambda _: reply)
    with pytest.raises(SummError):
        run(EN, endpoint)
