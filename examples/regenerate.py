"""Make the reports beside the example articles again, with the built-in model.

    python examples/regenerate.py [ARTICLE.txt ...]

Writes ARTICLE.md and ARTICLE.json for each article (all of them by default). summ has to
be installed with the extra `local`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from summ.cli.console import Console
from summ.config import config_path, resolve
from summ.render import FORMATS
from summ.session import Session
from summ.sources import read_source

HERE = Path(__file__).resolve().parent
PARTS = frozenset({"summary", "claims"})


def regenerate(articles: Iterable[Path]) -> None:
    """Write both reports of each article."""
    os.chdir(HERE.parent)  # so that reports name `examples/…`, not a path of this machine
    for article in articles:
        name = article.relative_to(HERE.parent)
        flags = {"model": "local", "cache": False}
        settings = resolve(flags, os.environ, config_path(os.environ)).settings
        with Session(settings, Console()) as session:

            async def make(session: Session = session, name: Path = name):
                try:
                    return await session.report(read_source(str(name), None), PARTS)
                finally:
                    await session.aclose()

            report = asyncio.run(make())
        for form in ("md", "json"):
            article.with_suffix(f".{form}").write_text(FORMATS[form](report), encoding="utf-8")
        print(f"{name}: {report.run.calls} calls, {report.run.seconds:.1f} s")


if __name__ == "__main__":
    named = [Path(argument).resolve() for argument in sys.argv[1:]]
    regenerate(named or sorted(HERE.glob("*.txt")))
