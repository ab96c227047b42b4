"""summ: summaries, key claims and translations of articles that can be checked.

    import summ

    report = summ.summarize(text, to=["de"], model="gpt-5.4-mini")
    for statement in report.summary:
        print(statement.text, [evidence.quote for evidence in statement.evidence])

    print(summ.translate(text, to="uk", model="gpt-5.4-mini").text)  # all of it, kept whole

    for statement in summ.verify(summary, against=text):  # whoever wrote it; no model needed
        print(statement.support, statement.text, statement.findings)

    for chunk in summ.chunk_text(text, max_tokens=2_000):
        print(chunk.start, chunk.end, chunk.tokens)

Names are loaded when they are first used: `import summ` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summ._version import __version__

if TYPE_CHECKING:
    from summ.api import summarize, to_json, to_markdown, translate, verify
    from summ.errors import SummError
    from summ.model import (
        Chunk,
        Claim,
        Evidence,
        Finding,
        Report,
        Segment,
        Statement,
        Term,
        Translation,
    )
    from summ.text.chunking import chunk_text

_HOMES = {
    "Chunk": "summ.model",
    "Claim": "summ.model",
    "Evidence": "summ.model",
    "Finding": "summ.model",
    "Report": "summ.model",
    "Segment": "summ.model",
    "Statement": "summ.model",
    "SummError": "summ.errors",
    "Term": "summ.model",
    "Translation": "summ.model",
    "chunk_text": "summ.text.chunking",
    "summarize": "summ.api",
    "to_json": "summ.api",
    "to_markdown": "summ.api",
    "translate": "summ.api",
    "verify": "summ.api",
}

__all__ = [
    "Chunk",
    "Claim",
    "Evidence",
    "Finding",
    "Report",
    "Segment",
    "Statement",
    "SummError",
    "Term",
    "Translation",
    "__version__",
    "chunk_text",
    "summarize",
    "to_json",
    "to_markdown",
    "translate",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module 'summ' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
