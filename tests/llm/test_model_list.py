from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.llm.model_list import MAX_CONTEXT, MIN_CONTEXT, context_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["data", "models", "id", "meta", "n_ctx", "max_model_len", "aliases"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def said(*entries: Any, model: str = "m") -> int | None:
    return context_in(json.dumps({"object": "list", "data": list(entries)}), model)


@pytest.mark.parametrize(
    ("server", "entry", "context"),
    [
        ("vLLM", {"max_model_len": 8192, "root": "x", "parent": None}, 8192),
        ("llama.cpp", {"meta": {"n_ctx": 65536, "n_ctx_train": 262144, "size": 10**9}}, 65536),
        ("llama.cpp, old", {"meta": {"n_ctx_train": 32768}}, 32768),
        ("llama.cpp, router", {"meta": {"n_ctx": 0, "n_ctx_train": 32768}}, 32768),
        ("LM Studio", {"max_context_length": 131072, "loaded_context_length": 4096}, 4096),
        ("LM Studio, not loaded", {"max_context_length": 131072}, 131072),
        (
            "OpenRouter",
            {"context_length": 1_000_000, "top_provider": {"context_length": 128_000}},
            128_000,
        ),
        (
            "OpenRouter",
            {"context_length": 131_072, "top_provider": {"context_length": None}},
            131072,
        ),
        ("Groq", {"context_window": 131072, "max_completion_tokens": 65536}, 131072),
        ("Mistral", {"max_context_length": 262144, "capabilities": {"vision": True}}, 262144),
        ("TGI", {"max_total_tokens": 4096, "max_input_tokens": 3072}, 4096),
        ("OpenAI", {"owned_by": "openai", "created": 1_700_000_000}, None),
    ],
)
def test_each_server_says_it_in_its_own_way(
    server: str, entry: dict[str, Any], context: int | None
) -> None:
    assert said({"id": "other", "context_length": 999}, {"id": "m", **entry}) == context


def test_together_sends_a_bare_array() -> None:
    body = json.dumps([{"id": "a", "context_length": 2048}, {"id": "m", "context_length": 4096}])
    assert context_in(body, "m") == 4096


def test_llama_cpp_lists_its_model_twice_and_under_other_names() -> None:
    entry = {"id": "/models/x.gguf", "aliases": ["m"], "meta": {"n_ctx": 8192}}
    other = {"id": "y", "aliases": [], "meta": {"n_ctx": 2048}}
    listing = {"models": [{"name": "x", "model": "x"}], "data": [other, entry]}
    assert context_in(json.dumps(listing), "m") == 8192


def test_the_only_model_is_the_one_whatever_it_is_called() -> None:
    assert said({"id": "/models/x.gguf", "meta": {"n_ctx": 8192}}) == 8192


def test_of_several_models_only_the_same_name_counts() -> None:
    several = [{"id": "M", "max_model_len": 4096}, {"id": "m2", "max_model_len": 8192}]
    assert said(*several) is None
    assert said(*several, {"id": "m", "max_model_len": 2048}) == 2048


@pytest.mark.parametrize(
    "value",
    [None, True, "8192", -1, 0, MIN_CONTEXT - 1, MAX_CONTEXT + 1, 1e300, [8192], {"n": 8192}],
)
def test_a_number_that_can_not_be_meant_is_not_taken(value: Any) -> None:
    assert said({"id": "m", "max_model_len": value}) is None
    assert said({"id": "m", "max_model_len": value, "context_length": 4096}) == 4096


def test_the_bounds_and_a_float() -> None:
    assert said({"id": "m", "max_model_len": MIN_CONTEXT}) == MIN_CONTEXT
    assert said({"id": "m", "max_model_len": float(MAX_CONTEXT)}) == MAX_CONTEXT


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>",
        "{",
        "null",
        "3",
        '"m"',
        "[]",
        "{}",
        "[" * 100_000,
        '{"data": 3}',
        '{"data": [null, 1, "m"]}',
        '{"data": [{"id": "m", "meta": 5}]}',
        '{"data": [{"id": ["m"]}]}',
        '{"data": [{"id": "m", "n_ctx": NaN}]}',
        '{"data": [{"id": "m", "n_ctx": Infinity}]}',
        '{"data": [{"id": "m", "n_ctx": %s}]}' % ("9" * 5000),
    ],
)
def test_whatever_comes_nothing_is_raised(body: str) -> None:
    assert context_in(body, "m") is None


@given(JSON)
def test_no_json_does_harm(data: Any) -> None:
    found = context_in(json.dumps(data), "m")
    assert found is None or MIN_CONTEXT <= found <= MAX_CONTEXT
