"""The JSON report: its shape, its schema, and back again."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from summ.errors import InputError
from summ.model import Report
from summ.render.json_format import from_dict, render_json, render_ndjson, schema, to_dict
from summ.render.safe import clean
from tests.render.test_safe import exact
from tests.reports import ARTICLE, MILL, bridge_report, mill_report, reports

VALIDATOR = Draft202012Validator(schema())
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_every_key_is_described_and_required() -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "properties" in node:
                assert node["additionalProperties"] is False
                assert node["required"] == [one for one in node["properties"] if one != "input"]
                for name, value in node["properties"].items():
                    assert value.get("description"), name
            for value in node.values():
                walk(value)

    walk(schema())


@some
@given(reports())
def test_any_report_is_valid_exact_and_safe(report: Report) -> None:
    data = to_dict(report)
    VALIDATOR.validate(data)
    for output in (render_json(report), render_ndjson(report)):
        assert clean(output) == output
        assert output.endswith("}\n")
        assert json.loads(output) == exact(data)
    assert render_ndjson(report).count("\n") == 1


@some
@given(reports())
def test_there_and_back(report: Report) -> None:
    back = from_dict(to_dict(report))
    assert back == replace(report, run=replace(report.run, small=False))
    assert to_dict(back) == to_dict(report)


def test_key_order_is_the_documented_one() -> None:
    data = to_dict(bridge_report())
    assert list(data) == [
        "schema_version", "source", "summary", "claims", "translations", "coverage", "findings",
        "run",
    ]  # fmt: skip
    assert list(data["source"]) == [
        "uri", "media_type", "title", "language", "characters", "tokens", "sentences", "sha256",
    ]  # fmt: skip
    assert list(data["claims"][0]) == [
        "text", "evidence", "support", "findings", "kind", "speaker", "speaker_as_written",
        "importance",
    ]  # fmt: skip
    assert list(data["run"]) == [
        "summ", "model", "endpoint", "prompts_sha256", "calls", "cached_calls", "prompt_tokens",
        "completion_tokens", "cached_tokens", "cost_usd", "seconds",
        "statements",
    ]  # fmt: skip
    for statement in (*data["summary"], *data["claims"]):
        for item in statement["evidence"]:
            assert ARTICLE[item["start"] : item["end"]] == item["quote"]


def test_a_report_of_a_record_starts_with_the_fields_of_it() -> None:
    report = bridge_report()
    record = {"id": "a\x1b]0;17", "desk": {"tags": ["x", None, 1.5]}}
    for output in (render_json(report, record), render_ndjson(report, record)):
        data = json.loads(output)
        assert [*data][:2] == ["input", "schema_version"]
        assert data["input"] == record
        assert clean(output) == output
        VALIDATOR.validate(data)
        assert to_dict(from_dict(data)) == to_dict(report)
    assert json.loads(render_json(report, {}))["input"] == {}


def test_what_stands_with_a_report_may_be_of_any_depth() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    report = bridge_report()
    assert to_dict(from_dict(to_dict(report) | {"input": {"x": deep}})) == to_dict(report)
    with pytest.raises(InputError, match="/input"):
        from_dict(to_dict(report) | {"input": [1]})


def test_a_whole_article_is_accounted_for_piece_by_piece() -> None:
    (translation,) = to_dict(mill_report())["translations"]
    assert list(translation) == [
        "language", "title", "summary", "claims", "text", "findings", "segments", "glossary",
    ]  # fmt: skip
    for segment in translation["segments"]:
        assert list(segment) == ["kind", "start", "end", "source", "target", "state", "findings"]
        assert MILL[segment["start"] : segment["end"]] == segment["source"]
    assert list(translation["glossary"][0]) == ["source", "target", "note", "language", "binding"]
    (none,) = to_dict(bridge_report())["translations"]
    assert none["segments"] == none["glossary"] == []


def _without(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def _with(value: object, *path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


MUTATIONS = {
    "/run": _without("run", "seconds"),
    "/source/sha256": _with("abc", "source", "sha256"),
    "/source": _with(1, "source", "extra"),
    "/summary/0/support": _with("true", "summary", 0, "support"),
    "/summary/0/evidence/0/sentence": _with(0, "summary", 0, "evidence", 0, "sentence"),
    "/summary/1/evidence/0/start": _with(-1, "summary", 1, "evidence", 0, "start"),
    "/claims/0/kind": _with("rumour", "claims", 0, "kind"),
    "/claims/1/importance": _with(4, "claims", 1, "importance"),
    "/claims/2/findings/0": _with([{"code": "x"}], "claims", 2, "findings"),
    "/translations/0/language": _with("../../etc", "translations", 0, "language"),
    "/coverage/chunks": _with(None, "coverage", "chunks"),
    "/findings": _with({}, "findings"),
    "/schema_version": _with(2, "schema_version"),
    "the document": _without("claims"),
}
OF_WHOLE_TEXTS = {
    "/translations/0": _without("translations", 0, "segments"),
    "/translations/0/glossary": _with(None, "translations", 0, "glossary"),
    "/translations/0/segments/1/kind": _with("poem", "translations", 0, "segments", 1, "kind"),
    "/translations/0/segments/2/state": _with("lost", "translations", 0, "segments", 2, "state"),
    "/translations/0/segments/0/start": _with(-1, "translations", 0, "segments", 0, "start"),
    "/translations/0/glossary/1/language": _with(
        "../x", "translations", 0, "glossary", 1, "language"
    ),
    "/translations/0/glossary/0/binding": _with(1, "translations", 0, "glossary", 0, "binding"),
}


@pytest.mark.parametrize("where", [*MUTATIONS, *OF_WHOLE_TEXTS])
def test_a_changed_report_is_refused_and_the_place_named(where: str) -> None:
    whole = where in OF_WHOLE_TEXTS
    data = copy.deepcopy(to_dict(mill_report() if whole else bridge_report()))
    (OF_WHOLE_TEXTS if whole else MUTATIONS)[where](data)
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(InputError, match=f"{where} is not valid"):
        from_dict(data)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}, {"schema_version": 1}])
def test_what_is_no_report_is_refused(data: object) -> None:
    with pytest.raises(InputError):
        from_dict(data)


def test_numbers_as_other_programs_write_them() -> None:
    data = to_dict(bridge_report())
    data["summary"][0]["evidence"][0]["end"] = 85.0
    data["run"]["seconds"] = 2
    back = from_dict(data)
    assert ARTICLE[: back.summary[0].evidence[0].end].endswith("Monday.")
    data["run"]["seconds"] = float("nan")
    with pytest.raises(InputError, match="/run"):
        from_dict(data)
