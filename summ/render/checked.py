"""What an audit found, as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from summ.model import Finding, Statement
from summ.render.json_format import statement_dict
from summ.render.safe import dump_json, one_line

_MARKS = {"supported": "✓", "partial": "⚠", "unsupported": "✗"}


def statements_as_text(statements: Sequence[Statement]) -> str:
    """Each statement with its support, what the checks found, and its evidence."""
    first = statements[0].findings if statements else ()
    if first and first[0].code == "wrong-language" and all(s.findings == first for s in statements):
        return f"✗ {_findings(first)[0]}\n{_sum(statements)}\n"  # once, not for each sentence
    blocks = []
    for number, one in enumerate(statements, 1):
        lines = [f"{number}. {_MARKS[one.support]} {one.support}: {one_line(one.text)}"]
        lines += [f"     {line}" for line in _findings(one.findings)]
        lines += [
            f"     [{e.sentence}] “{one_line(e.quote)}” (characters {e.start}–{e.end})"
            for e in one.evidence
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, _sum(statements)]) + "\n"


def statements_as_json(statements: Sequence[Statement]) -> str:
    """The same as a JSON object with one key, `statements`."""
    data = {"statements": [statement_dict(one) for one in statements]}
    return dump_json(data, indent=2) + "\n"


def rows_as_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows in columns, the last as wide as it is."""
    table = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)][:-1]
    return "".join(
        "  ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]]) + "\n"
        for row in table
    )


def _findings(findings: Iterable[Finding]) -> list[str]:
    return [f"{one_line(finding.message)} ({finding.code})" for finding in findings]


def _sum(statements: Sequence[Statement]) -> str:
    counts: dict[str, int] = dict.fromkeys(_MARKS, 0)
    for one in statements:
        counts[one.support] += 1
    said = ", ".join(f"{count} {support}" for support, count in counts.items() if count)
    what = "1 sentence" if len(statements) == 1 else f"{len(statements)} sentences"
    return f"{what}: {said}."


def failures_as_json(failures: Iterable[Any], compared: bool) -> str:
    """Failures as a JSON object; `compared`: whether the article was there."""
    items = [{"pointer": f.pointer, "code": f.code, "message": f.message} for f in failures]
    return dump_json({"article_compared": compared, "failures": items}, indent=2) + "\n"
