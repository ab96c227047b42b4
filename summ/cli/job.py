"""One article in, one report out.

What talks to models is imported when there is an article to talk about.
"""

from __future__ import annotations

from summ.cli.console import Console
from summ.cli.inputs import read_input
from summ.cli.taking import Taking
from summ.config import Settings
from summ.model import Item


def run_one(item: Item, settings: Settings, taking: Taking, console: Console) -> None:
    """Make the report of the one input.

    Raises:
        SummError: it can't be read, the model can't be used, or there is no report.
    """
    # Before a model is fetched and loaded there should be something to read.
    source = read_input(item, console)
    import asyncio

    from summ.session import Session

    async def work(session: Session) -> None:
        show = taking.show if taking.sink.plan.live else None
        try:
            taking.take(item, 0, await session.report(source, taking.parts, show))
        finally:
            await session.aclose()

    try:
        with Session(settings, console) as session:
            asyncio.run(work(session))
    finally:
        taking.close(builtin=settings.builtin)
