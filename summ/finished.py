"""Reports that were finished before, found by a hash of all that they depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from summ.llm.cache_port import ReportStore
from summ.model import Report, Source
from summ.render.stored import decode, encode


@dataclass(frozen=True, slots=True)
class Finished:
    """The reports of a run's settings in a store.

    Attributes:
        store: where they are.
        languages: how many each is translated into.
    """

    store: ReportStore
    languages: int = 0

    def find(self, key: str, source: Source) -> Report | None:
        """The report of an article, its run told as what it takes now: nothing.

        Args:
            key: hash, in hex, of all that the report depends on.
            source: the article.

        Returns:
            None: there is none.
        """
        data = self.store.report(bytes.fromhex(key))
        report = decode(data) if data is not None else None
        if report is None:
            return None
        run = report.run
        return replace(
            report,
            source=replace(report.source, uri=source.uri),
            run=replace(
                run,
                calls=0,
                cached_calls=run.calls + run.cached_calls,
                prompt_tokens=0,
                completion_tokens=0,
                cached_tokens=0,
                cost_usd=None if run.cost_usd is None else 0.0,
                seconds=0.0,
            ),
        )

    def keep(self, key: str, report: Report) -> None:
        """Keep a report, if another run would hardly come to a better one.

        One for which no model was asked is made anew for nothing. Of one with fewer translations
        than were asked for, the user is told each time why there are not more.
        """
        whole = not missing_in(report) and len(report.translations) == self.languages
        asked = report.run.calls + report.run.cached_calls
        if whole and asked and (data := encode(report)) is not None:
            self.store.keep_report(bytes.fromhex(key), data)


_MISSING = frozenset({"summary-failed", "claims-failed", "untranslated"})
"""Codes of a part that was asked for, and is not there or knows nothing of a passage."""


def missing_in(report: Report) -> list[str]:
    """What is missing of a report, in sentences; empty where each part was made."""
    found = [one.message for one in report.findings if one.code in _MISSING]
    return found or ["A request got no answer."] * bool(report.run.unanswered)


def hash_of(data: Mapping[str, Any] | list[Any]) -> str:
    """SHA-256, in hex, of plain data."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
