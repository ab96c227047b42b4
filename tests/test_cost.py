"""What a report cost: told where the price is known, and not guessed where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.model import Price, Usage
from summ.pipeline import _cost
from tests.documents import EN
from tests.fake_endpoint import FakeEndpoint
from tests.scripted_model import ScriptedModel
from tests.test_pipeline import report_on

PRICE = Price(prompt=2.5, cached=1.25, completion=10.0)
_TOKENS = st.integers(0, 10**8)


def test_the_tokens_that_the_server_counted_at_their_prices() -> None:
    assert _cost(PRICE, Usage(2, 1_000_000, 100_000, 400_000)) == 600_000 * 2.5e-6 + 0.5 + 1.0
    assert _cost(PRICE, Usage(1, 1_000, 10, 0)) == pytest.approx(0.0026)


def test_what_is_not_known_is_not_told() -> None:
    assert _cost(None, Usage(2, 1_000, 100, 0)) is None
    assert _cost(PRICE, Usage(2, 0, 0, 0)) is None, "a server that counts nothing"
    assert _cost(PRICE, Usage()) == 0.0, "nothing was asked"


@given(_TOKENS, _TOKENS, _TOKENS)
def test_it_is_never_negative_and_the_cache_never_makes_it_dearer(
    prompt: int, completion: int, cached: int
) -> None:
    cost = _cost(PRICE, Usage(1, prompt + 1, completion, cached))
    plain = _cost(PRICE, Usage(1, prompt + 1, completion, 0))
    assert cost is not None
    assert plain is not None
    assert 0 <= cost <= plain


def test_an_endpoint_without_a_known_price_costs_nobody_knows_what(endpoint: FakeEndpoint) -> None:
    endpoint.respond = ScriptedModel(usage=lambda _: (500, 40))
    report = report_on(EN, endpoint, model="gpt-4o")
    assert report.run.prompt_tokens == 1_000
    assert report.run.cost_usd is None
