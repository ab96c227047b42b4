"""`summ schema`."""

from __future__ import annotations

from summ.cli import streams
from summ.cli.parser import PlainCommand, new_app

app = new_app()


@app.command(cls=PlainCommand)
def schema() -> None:
    """Print the JSON Schema of a report."""
    from summ.render.safe import dump_json
    from summ.render.schema import schema as report_schema

    streams.write(dump_json(report_schema(), indent=2) + "\n")
