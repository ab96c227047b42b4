"""What a dry run announces is what a run then does, where the model gives what is asked."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest

from summ.config import resolve
from summ.errors import ConfigError, InputError, SummError
from summ.model import Plan, Source
from summ.session import plan
from summ.text.tokens import counter_for
from tests.documents import EN, UK
from tests.fake_endpoint import FakeEndpoint, Scripted
from tests.long_texts import harbour, run_over
from tests.pseudo import to_ukrainian
from tests.scripted_model import Lines, ObedientModel, task_of, translated
from tests.test_pipeline import BOTH, report_on

TEXT = harbour(250)
PART = harbour(110)
EXACT = "gpt-4o"
"""A model whose tokenizer is known: its counts are exact."""

SUMMARY, CLAIMS = frozenset({"summary"}), frozenset({"claims"})


def plan_of(text: str, parts: frozenset[str] = BOTH, **flags: Any) -> Plan:
    """The plan for a text, with an endpoint that nobody could reach."""
    flags = {"base_url": "http://nowhere.invalid/v1", "model": EXACT, **flags}
    return plan(resolve(flags, {}, None).settings, Source("a.txt", "text/plain", text), parts)


class Counting(ObedientModel):
    """Counts the tokens of its replies."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: list[int] = []

    def __call__(self, body: Any) -> Any:
        reply = super().__call__(body)
        assert isinstance(reply, Scripted)
        content = json.loads(reply.body)["choices"][0]["message"]["content"]
        self.counts.append(counter_for(EXACT).count(content))
        return reply


def prompt_tokens(endpoint: FakeEndpoint) -> int:
    """Tokens of all prompts that came in."""
    counter = counter_for(EXACT)
    messages = (m["content"] for one in endpoint.requests for m in one.body["messages"])
    return sum(counter.count(content) for content in messages)


CASES: dict[str, tuple[str, frozenset[str], dict[str, Any]]] = {
    "short": (EN, BOTH, {}),
    "long": (TEXT, BOTH, {}),
    "levels of merges": (TEXT, BOTH, {"context": 2_800, "length": 4, "claims": 6}),
    "a long summary": (TEXT, BOTH, {"context": 6_000, "length": 24, "claims": 6}),
    "summary alone": (TEXT, SUMMARY, {"context": 3_000, "length": 3}),
    "claims alone": (TEXT, CLAIMS, {"context": 3_000, "claims": 5}),
    "no claims": (TEXT, BOTH, {"context": 3_000, "claims": 0, "length": 5}),
    "translated": (TEXT, BOTH, {"context": 3_000, "to": ["uk"], "length": 4, "claims": 5}),
    "translated in groups": (TEXT, BOTH, {"to": ["uk"], "length": 20, "claims": 40}),
    "into its own language": (UK, BOTH, {"to": ["uk"]}),
    "all of it": (PART, BOTH | {"text"}, {"to": ["uk"], "length": 4, "claims": 5}),
    "all of it alone": (PART, frozenset({"text"}), {"to": ["uk"]}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_run_takes_what_was_announced(endpoint: FakeEndpoint, case: str) -> None:
    text, parts, flags = CASES[case]
    announced = plan_of(text, parts, **flags)
    model = Counting()
    report, requests = run_over(text, endpoint, model, parts=parts, model_name=EXACT, **flags)
    assert dict(announced.calls) == Counter(one.task for one in requests)
    assert sum(announced.calls.values()) == report.run.calls
    least, most = announced.prompt_tokens
    assert least <= prompt_tokens(endpoint) <= most
    least, most = announced.completion_tokens
    assert least <= sum(model.counts) <= most
    chunks = report.coverage.chunks
    assert announced.chunks == chunks
    assert announced.tokens == report.source.tokens
    assert announced.sentences == report.source.sentences
    assert announced.characters == report.source.characters
    assert announced.language == report.source.language


@pytest.mark.parametrize("text", [EN, TEXT])
def test_where_nothing_is_merged_the_prompts_are_counted_to_the_token(
    endpoint: FakeEndpoint, text: str
) -> None:
    flags: dict[str, Any] = {"context": 3_000, "claims": 5}
    least, most = plan_of(text, CLAIMS, **flags).prompt_tokens
    run_over(text, endpoint, ObedientModel(), parts=CLAIMS, model_name=EXACT, **flags)
    assert least == most == prompt_tokens(endpoint)


def test_a_tokenizer_that_is_not_known_makes_a_range() -> None:
    least, most = plan_of(TEXT, CLAIMS, model="some-model", context=3_000).prompt_tokens
    assert least < most
    assert least > counter_for(EXACT).count(TEXT)


def test_a_context_that_is_named_makes_the_chunks() -> None:
    assert plan_of(TEXT).context == 128_000
    assert len(plan_of(TEXT).chunks) == 1
    small = plan_of(TEXT, context=3_000)
    assert small.context == 3_000
    assert len(small.chunks) > 5
    assert small.chunks[0].start == 0
    assert small.chunks[-1].end == len(TEXT)
    assert sum(small.calls.values()) > 2 * len(small.chunks)


@pytest.mark.parametrize(
    ("base_url", "model", "known"),
    [
        ("https://api.openai.com/v1", "gpt-4o", True),
        ("https://router.invalid/v1", "gpt-4o", False),
        ("https://api.openai.com/v1", "some-model", False),
    ],
)
def test_the_cost_is_told_where_a_price_is_known(base_url: str, model: str, known: bool) -> None:
    announced = plan_of(TEXT, base_url=base_url, model=model)
    if not known:
        assert announced.cost_usd is None
        return
    assert announced.cost_usd is not None
    low, high = announced.cost_usd
    (least, most), (fewest, longest) = announced.prompt_tokens, announced.completion_tokens
    assert low == pytest.approx((least * 2.5 + fewest * 10) / 1e6)
    assert high == pytest.approx((most * 2.5 + longest * 10) / 1e6)
    assert 0 < low < high


def test_the_built_in_model_costs_nothing_and_its_sentences_are_the_chunks() -> None:
    text = (
        "The harbour of Eastmere will be closed to every cargo ship from the first of March, the "
        "town council decided late on Tuesday night after a debate of more than four hours.\n\n"
    ) + EN
    settings = resolve({"model": "local", "length": 2, "claims": 2}, {}, None).settings
    announced = plan(settings, Source("-", "text/plain", text), BOTH)
    assert announced.cost_usd == (0.0, 0.0)
    assert announced.endpoint == "built-in"
    assert dict(announced.calls) == {"shorten": len(announced.chunks)}
    for chunk in announced.chunks:
        assert text[chunk.start : chunk.end].strip()
    ukrainian = plan(settings, Source("-", "text/plain", UK), BOTH)
    assert (dict(ukrainian.calls), ukrainian.chunks) == ({}, ())
    assert ukrainian.cost_usd == (0.0, 0.0)


def test_what_a_run_would_raise_is_raised() -> None:
    with pytest.raises(ConfigError, match="no room"):
        plan_of(TEXT, context=1_000)
    with pytest.raises(ConfigError, match="not on this machine"):
        plan_of(EN, base_url="https://api.example.invalid/v1", local_only=True)
    with pytest.raises(InputError, match="--from"):
        plan_of("12 34 56. 78 90.", to=["uk"])
    with pytest.raises(InputError, match="--from"):
        plan_of("12 34 56. 78 90.", to=["uk"], base_url=None, model="local")


def _copies(lines: Lines) -> dict[str, Any]:
    """Nothing is translated."""
    return translated(dict(lines), lines)


def _every_other(lines: Lines) -> dict[str, Any]:
    """Some are missing, some copied, the others translated."""
    texts = {n: line if n % 3 else to_ukrainian(line) for n, line in lines.items() if n % 4}
    return translated(texts, lines)


BOATS = "\n\n".join(
    f"In week {n} the office counted {n * 7} boats. The clerk signed list {n}." for n in range(60)
)


@pytest.mark.parametrize("answer", [_copies, _every_other, lambda _: "I would rather not."])
@pytest.mark.parametrize(
    ("text", "parts", "flags"),
    [
        (BOATS, frozenset({"text"}), {}),
        (BOATS, frozenset({"text"}), {"context": 3_000, "to": ["uk", "el"]}),
        (EN, BOTH | {"text"}, {"length": 4, "claims": 3}),
        (TEXT, BOTH, {"length": 40, "claims": 40}),
    ],
    ids=["text", "small groups", "all of it", "statements"],
)
def test_no_run_takes_more_than_the_bound_on_repairs(
    endpoint: FakeEndpoint, answer: Any, text: str, parts: frozenset[str], flags: dict[str, Any]
) -> None:
    flags = {"to": ["uk"], **flags}
    announced = plan_of(text, parts, **flags)
    model = ObedientModel(translate=answer)
    endpoint.respond = model
    with suppress(SummError):
        report_on(text, endpoint, None, parts, **{"model": EXACT, **flags})
    asked = Counter(task_of(one.body) for one in endpoint.requests)
    most = announced.calls["translate"] + announced.repairs
    # A model that keeps to no form is left alone.
    assert 1 < asked["translate"] <= most
