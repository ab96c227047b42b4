"""What is known of well-known models beforehand: their context, and what they cost.

The figures, with their sources and dates, are in `known_models.toml`, which is read when they
are first asked for: that takes 2 ms.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from summ.model import Price

OPENAI_HOST = "api.openai.com"

_DATE = re.compile(r"[-@]20\d\d-?[01]\d-?[0-3]\d\Z")


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A row of the table.

    Attributes:
        context: tokens of prompt and reply together; None when not known.
        price: what the model's own provider charges; None when not known.
    """

    context: int | None
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and the host whose it is; an empty one: anybody's. No model: none is meant."""

    host: str
    model: KnownModel | None


@dataclass(frozen=True, slots=True)
class _Table:
    """All rows.

    Attributes:
        ids: by the whole id, without the date of a snapshot or with it.
        families: by an expression that fits the whole id; the first one counts.
    """

    ids: Mapping[str, _Row]
    families: tuple[tuple[re.Pattern[str], _Row], ...]

    def find(self, name: str) -> _Row | None:
        """The row of an id in small letters."""
        undated = _DATE.sub("", name)
        row = self.ids.get(name) or self.ids.get(undated)
        if row is not None:
            return row
        return next((row for like, row in self.families if like.fullmatch(undated)), None)


def known(model: str) -> KnownModel | None:
    """What the table says of `model`; None when it says nothing.

    Args:
        model: a model id, in any case; what routers put in front of it (`openai/`) and
            behind it (`:free`), Ollama's tags and the date of a snapshot do not matter.
    """
    found = _find(model)
    return found.model if found else None


def price_at(host: str, model: str) -> Price | None:
    """What `model` costs at `host`; None when that is not known.

    A price holds at the provider's own endpoint only, and for the id that it has there.

    Args:
        host: the base URL's, without a port.
        model: the model id that is sent.
    """
    found = _find(model)
    if found is None or found.host != host.lower() or "/" in model or ":" in model:
        return None
    return found.model.price if found.model else None


def own_price(price_in: float, price_out: float) -> Price:
    """The price that the user states; what comes from the server's cache is taken at the full one.

    Args:
        price_in: US dollars per 1,000,000 tokens read, 0 or more.
        price_out: the same of tokens written.
    """
    return Price(prompt=price_in, cached=price_in, completion=price_out)


def _find(model: str) -> _Row | None:
    """The row of a model."""
    return _table().find(model.lower().rpartition("/")[2].partition(":")[0])


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = (files("summ.llm") / "known_models.toml").read_text(encoding="utf-8")
    providers = tomllib.loads(text)["provider"]
    return _Table(
        ids=dict(pair for provider in providers for pair in _ids(provider)),
        families=tuple(pair for provider in providers for pair in _families(provider)),
    )


def _ids(provider: Mapping[str, Any]) -> Iterator[tuple[str, _Row]]:
    for entry in provider.get("models", ()):
        row = _row(provider, entry)
        yield from ((name, row) for name in entry["ids"])


def _families(provider: Mapping[str, Any]) -> Iterator[tuple[re.Pattern[str], _Row]]:
    for entry in provider.get("families", ()):
        yield re.compile(entry["like"]), _row(provider, entry)


def _row(provider: Mapping[str, Any], entry: Mapping[str, Any]) -> _Row:
    price = Price(*entry["price"]) if "price" in entry else None
    model = KnownModel(entry["context"], price) if "context" in entry else None
    return _Row(provider.get("host", ""), model)
