"""What is known of well-known models beforehand: their context, and what they cost.

A table ages. It therefore holds little, each group says where its figures are from, and a
price that depends on more than the counts of a reply is left out: no cost is better than a
wrong one. All sources were seen on 2026-11-24; "LiteLLM" is the table in version 1.109.1 of
that package, which names the provider's page for each of its rows.

Prices are those of plain requests with prompts far below 100,000 tokens, the only ones that
summ sends: longer ones, batches and fast lanes cost something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summ.model import Price

OPENAI_HOST = "api.openai.com"

_DATED = r"(?:[-@]20\d\d-?[01]\d-?[0-3]\d)?"
_OPEN = r"(?![.\d]).*"  # sizes, tunings and quantisations; never another version


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A row of the table.

    Attributes:
        context: tokens of prompt and reply together; None when not known.
        price: what the model's own provider charges; None when not known.
    """

    context: int | None
    price: Price | None = None


# Contexts and prices: https://developers.openai.com/api/docs/models and …/docs/pricing, as in
# LiteLLM and https://models.dev (2026-05); the page of gpt-5-nano was seen itself and names
# the prices of gpt-5.4-mini and -nano, too. The "pro" models answer no chat completions.
_OPENAI = {
    # From 5.6 on, writing to the cache costs a quarter more than reading anew, and usage as
    # summ reads it does not tell (https://developers.openai.com/api/docs/guides/prompt-caching).
    r"gpt-6(?:\.1)?-(?:astra|sol|terra|luna)": KnownModel(1_050_000),
    r"gpt-5\.6(?:-(?:sol|terra|luna))?": KnownModel(1_050_000),
    r"gpt-5\.5": KnownModel(1_050_000, Price(5.00, 0.50, 30.00)),
    r"gpt-5\.4": KnownModel(1_050_000, Price(2.50, 0.25, 15.00)),
    r"gpt-5\.4-mini": KnownModel(400_000, Price(0.75, 0.075, 4.50)),
    r"gpt-5\.4-nano": KnownModel(400_000, Price(0.20, 0.02, 1.25)),
    r"gpt-5\.2": KnownModel(400_000, Price(1.75, 0.175, 14.00)),
    r"gpt-5(?:\.1)?": KnownModel(400_000, Price(1.25, 0.125, 10.00)),
    r"gpt-5-mini": KnownModel(400_000, Price(0.25, 0.025, 2.00)),
    r"gpt-5-nano": KnownModel(400_000, Price(0.05, 0.005, 0.40)),
    r"gpt-4\.1": KnownModel(1_047_576, Price(2.00, 0.50, 8.00)),
    r"gpt-4\.1-mini": KnownModel(1_047_576, Price(0.40, 0.10, 1.60)),
    r"gpt-4\.1-nano": KnownModel(1_047_576, Price(0.10, 0.025, 0.40)),
    # The first snapshot cost twice as much; it was shut down on 2026-10-23.
    r"gpt-4o(?!-2024-05-13)": KnownModel(128_000, Price(2.50, 1.25, 10.00)),
    r"gpt-4o-mini": KnownModel(128_000, Price(0.15, 0.075, 0.60)),
    r"o3": KnownModel(200_000, Price(2.00, 0.50, 8.00)),
    r"o4-mini": KnownModel(200_000, Price(1.10, 0.275, 4.40)),
}

# https://platform.claude.com/docs/en/about-claude/pricing and the overview page of each model;
# cached prices of the 5.5 models as in LiteLLM. Through its OpenAI-compatible endpoint the
# cache is not used (https://platform.claude.com/docs/en/api/openai-sdk). Routers write 5.5
# for 5-5.
_ANTHROPIC = {
    r"claude-fable-5": KnownModel(1_000_000, Price(10.00, 1.00, 50.00)),
    r"claude-fable-5[-.]1": KnownModel(1_000_000, Price(10.00, 0.25, 50.00)),
    r"claude-opus-5[-.]5": KnownModel(1_000_000, Price(4.00, 0.20, 20.00)),
    r"claude-opus-(?:5|4[-.][678])": KnownModel(1_000_000, Price(5.00, 0.50, 25.00)),
    r"claude-opus-4[-.]5": KnownModel(200_000, Price(5.00, 0.50, 25.00)),
    r"claude-sonnet-5[-.]5": KnownModel(1_000_000, Price(2.00, 0.10, 10.00)),
    r"claude-sonnet-5": KnownModel(1_000_000, Price(2.00, 0.20, 10.00)),
    r"claude-sonnet-4[-.]6": KnownModel(1_000_000, Price(3.00, 0.30, 15.00)),
    r"claude-sonnet-4[-.]5": KnownModel(200_000, Price(3.00, 0.30, 15.00)),
    r"claude-haiku-5[-.]5": KnownModel(1_000_000, Price(0.10, 0.01, 0.50)),
    r"claude-haiku-4[-.]5": KnownModel(200_000, Price(1.00, 0.10, 5.00)),
}

# https://ai.google.dev/gemini-api/docs/models, as in LiteLLM. No prices: thoughts are billed
# as output, and there are reports that `completion_tokens` leaves them out
# (https://github.com/Clarifai/clarifai-python/pull/978).
_GOOGLE = {
    r"gemini-(?:2\.5|3(?:\.\d)?)-(?:pro|flash|flash-lite)(?:-preview)?": KnownModel(1_048_576),
    r"gemini-(?:pro|flash|flash-lite)-latest": KnownModel(1_048_576),
}

# Model cards at https://docs.mistral.ai/models, as in LiteLLM; cached input as in
# https://docs.mistral.ai/inference/pricing (2026-09-29, quoted by models.dev). The sources
# differ about Small 4 and Large 4; what is behind `-latest` changes.
_MISTRAL = {
    r"mistral-medium-(?:3[-.]5|2604)": KnownModel(262_144, Price(1.50, 0.15, 7.50)),
    r"mistral-large-2512": KnownModel(262_144, Price(0.50, 0.05, 1.50)),
    r"mistral-large-4(?:-0)?": KnownModel(1_048_576),
    r"mistral-small-2603": KnownModel(262_144),
    r"mistral-(?:large|medium|small)-latest": KnownModel(262_144),
    r"ministral-(?:8b|14b)(?:-2512)?": KnownModel(262_144),
    r"ministral-3b(?:-2512)?": KnownModel(131_072),
}

# https://api-docs.deepseek.com/quick_start/pricing. No prices: they double at certain hours.
_DEEPSEEK = {
    r"deepseek-(?:v4-)?flash|deepseek-v4-pro": KnownModel(1_000_000),
}

# Open weights, as most providers in LiteLLM serve them; the models themselves may go further
# with settings that a server seldom has (YaRN). A server of one's own often holds less, and
# says so in its list, or by its errors. No prices: everybody has another.
_ANYWHERE = {
    r"gpt-oss" + _OPEN: KnownModel(131_072),
    r"(?:meta-)?llama-?3[.-][123]" + _OPEN: KnownModel(131_072),
    r"(?:meta-)?llama-?3(?![.-]\d(?!\d|b))" + _OPEN: KnownModel(8_192),
    r"qwen-?2\.5" + _OPEN: KnownModel(32_768),
    r"qwen-?3-(?:coder|next|.*2507).*": KnownModel(262_144),
    r"qwen-?3" + _OPEN: KnownModel(40_960),
    r"qwen-?3\.[5-9]" + _OPEN: KnownModel(262_144),
    r"gemma-?2" + _OPEN: KnownModel(8_192),
    r"gemma-?3" + _OPEN: KnownModel(131_072),
    r"(?:open-)?mistral-7b.*": KnownModel(32_768),
    r"(?:open-)?mistral-nemo.*": KnownModel(128_000),
    r"phi-?4(?:-q\d.*)?": KnownModel(16_384),
}

_PROVIDERS = {
    OPENAI_HOST: _OPENAI,
    "api.anthropic.com": _ANTHROPIC,
    "generativelanguage.googleapis.com": _GOOGLE,
    "api.mistral.ai": _MISTRAL,
    "api.deepseek.com": _DEEPSEEK,
    "": _ANYWHERE,
}
_ROWS = tuple(
    (host, re.compile(pattern if not host else f"(?:{pattern}){_DATED}"), row)
    for host, table in _PROVIDERS.items()
    for pattern, row in table.items()
)


def known(model: str) -> KnownModel | None:
    """What the table says of `model`; None when it says nothing.

    Args:
        model: a model id, in any case; what routers put in front of it (`openai/`) and
            behind it (`:free`), Ollama's tags and the date of a snapshot do not matter.
    """
    found = _find(model)
    return found[1] if found else None


def price_at(host: str, model: str) -> Price | None:
    """What `model` costs at `host`; None when that is not known.

    A price holds at the provider's own endpoint only, and for the id that it has there.

    Args:
        host: the base URL's, without a port.
        model: the model id that is sent.
    """
    found = _find(model)
    if found is None or found[0] != host.lower() or "/" in model or ":" in model:
        return None
    return found[1].price


def _find(model: str) -> tuple[str, KnownModel] | None:
    """The provider's host (empty: anybody's) and the row of a model."""
    name = model.lower().rpartition("/")[2].partition(":")[0]
    return next(((host, row) for host, pattern, row in _ROWS if pattern.fullmatch(name)), None)
