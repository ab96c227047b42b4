from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.config import DEFAULT_BASE_URL, DEFAULT_MODEL
from summ.llm.known_models import known, own_price, price_at
from summ.model import Price


def providers() -> list[Mapping[str, Any]]:
    text = (files("summ.llm") / "known_models.toml").read_text(encoding="utf-8")
    found: list[Mapping[str, Any]] = tomllib.loads(text)["provider"]
    return found


@pytest.mark.parametrize("provider", providers(), ids=lambda one: one.get("host", "anybody"))
def test_each_group_tells_when_and_where_its_figures_were_seen(provider: Mapping[str, Any]) -> None:
    assert type(provider["seen"]) is date
    assert provider["sources"]
    assert all(source.startswith("https://") for source in provider["sources"])


def test_each_price_of_the_table_is_found_under_each_id_at_its_own_host() -> None:
    ids = [name for one in providers() for row in one.get("models", ()) for name in row["ids"]]
    assert len(ids) == len(set(ids))
    priced = [
        (provider["host"], name, row["price"])
        for provider in providers()
        for row in provider.get("models", ())
        for name in row["ids"]
        if "price" in row
    ]
    assert len(priced) > 30
    for host, name, (read, cached, written) in priced:
        assert 0 <= cached <= read < written
        assert price_at(host, name) == Price(read, cached, written)
        assert price_at(host, f"{name}-2026-03-17") == Price(read, cached, written)


def test_a_price_of_the_users_own_takes_what_was_cached_at_the_full_one() -> None:
    price = own_price(0.2, 1.5)
    assert price == Price(0.2, 0.2, 1.5)
    assert price.cost(1_000_000, 600_000, 0) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("model", "context"),
    [
        ("gpt-5.4-mini", 400_000),
        ("GPT-5.4-mini-2026-03-17", 400_000),
        ("openai/gpt-5.4-mini", 400_000),
        ("gpt-6.1-sol", 1_050_000),
        ("gpt-4o-2024-08-06", 128_000),
        ("gpt-4.1", 1_047_576),
        ("o4-mini", 200_000),
        ("openai/gpt-oss-120b:free", 131_072),
        ("gpt-oss:20b", 131_072),
        ("claude-haiku-4-5-20251001", 200_000),
        ("anthropic/claude-opus-5.5", 1_000_000),
        ("models/gemini-2.5-flash", 1_048_576),
        ("gemini-flash-latest", 1_048_576),
        ("mistral-large-latest", 262_144),
        ("deepseek-v4-pro", 1_000_000),
        ("llama3:8b", 8_192),
        ("meta-llama/Meta-Llama-3-8B-Instruct", 8_192),
        ("llama3.1:8b", 131_072),
        ("llama-3.3-70b-versatile", 131_072),
        ("qwen2.5-coder:7b", 32_768),
        ("Qwen/Qwen3-8B", 40_960),
        ("Qwen3-4B-Instruct-2507-Q4_K_M", 262_144),
        ("qwen3.8-27b", 262_144),
        ("gemma2:9b", 8_192),
        ("google/gemma-3-27b-it", 131_072),
    ],
)
def test_the_context_of_a_known_model(model: str, context: int) -> None:
    row = known(model)
    assert row is not None
    assert row.context == context


@pytest.mark.parametrize(
    "model",
    [
        "",
        "m",
        "gpt-5.4-pro",
        "gpt-5.45",
        "gpt-4o-audio-preview",
        "gpt-4o-2024-05-13",
        "o3-pro",
        "ft:gpt-4o-mini-2024-07-18:me",
        "llama-32",
        "llama4:scout",
        "qwen3000",
        "mistral-small:24b",
    ],
)
def test_what_only_looks_like_a_known_model(model: str) -> None:
    assert known(model) is None


@given(st.text(max_size=60))
def test_any_name_may_be_asked_for(model: str) -> None:
    row = known(model)
    assert row is None or row.context is None or row.context >= 8_192


def test_the_default_model_has_a_price_at_its_own_endpoint() -> None:
    host = DEFAULT_BASE_URL.split("/")[2]
    assert price_at(host, DEFAULT_MODEL) == Price(0.75, 0.075, 4.50)
    assert price_at(host.upper(), "gpt-5.4-mini-2026-03-17") == Price(0.75, 0.075, 4.50)


@pytest.mark.parametrize(
    ("host", "model"),
    [
        ("127.0.0.1", "gpt-5.4-mini"),
        ("eu.api.openai.com", "gpt-5.4-mini"),
        ("api.openai.com.example", "gpt-5.4-mini"),
        ("openrouter.ai", "openai/gpt-5.4-mini"),
        ("api.openai.com", "openai/gpt-5.4-mini"),
        ("api.openai.com", "claude-opus-5-5"),
        ("api.openai.com", "gpt-6.1-sol"),
        ("api.openai.com", "nobody-knows"),
        ("api.mistral.ai", "mistral-large-latest"),
        ("api.deepseek.com", "deepseek-flash"),
        ("generativelanguage.googleapis.com", "gemini-2.5-flash"),
        ("", "gpt-oss:20b"),
    ],
)
def test_elsewhere_and_otherwise_there_is_none(host: str, model: str) -> None:
    assert price_at(host, model) is None


def test_each_provider_with_prices() -> None:
    assert price_at("api.anthropic.com", "claude-opus-5-5") == Price(4.0, 0.2, 20.0)
    assert price_at("api.mistral.ai", "mistral-medium-2604") == Price(1.5, 0.15, 7.5)


def test_the_arithmetic_of_a_price() -> None:
    price = Price(0.75, 0.075, 4.50)
    assert price.cost(0, 0, 0) == 0.0
    assert price.cost(1_000_000, 0, 0) == pytest.approx(0.75)
    assert price.cost(1_000_000, 400_000, 100_000) == pytest.approx(0.45 + 0.03 + 0.45)
    # A server that claims more from the cache than was read.
    assert price.cost(1_000, 5_000, 0) == pytest.approx(0.000_075)
