"""Reports that were finished before, found by the article and the settings they were made with."""

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
    """The reports of one kind in a store.

    Attributes:
        store: where they are.
        settings: hash, in hex, of all that a report depends on besides its article.
        languages: how many each is translated into.
    """

    store: ReportStore
    settings: str
    languages: int = 0

    def find(self, source: Source) -> Report | None:
        """The report of an article, its run told as what it takes now: nothing.

        None: there is none.
        """
        data = self.store.report(self._key(source))
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

    def keep(self, source: Source, report: Report) -> None:
        """Keep a report, if another run would hardly come to a better one.

        One for which no model was asked is made anew for nothing. Of one with fewer translations
        than were asked for, the user is told each time why there are not more.
        """
        whole = not missing_in(report) and len(report.translations) == self.languages
        asked = report.run.calls + report.run.cached_calls
        if whole and asked and (data := encode(report)) is not None:
            self.store.keep_report(self._key(source), data)

    def _key(self, source: Source) -> bytes:
        return bytes.fromhex(hash_of({"settings": self.settings, "source": source_hash(source)}))


_MISSING = frozenset({"summary-failed", "claims-failed", "untranslated"})
"""Codes of a part that was asked for, and is not there or knows nothing of a passage."""


def missing_in(report: Report) -> list[str]:
    """What is missing of a report, in sentences; empty where each part was made."""
    found = [one.message for one in report.findings if one.code in _MISSING]
    return found or ["A request got no answer."] * bool(report.run.unanswered)


def source_hash(source: Source) -> str:
    """The hash, in hex, of an article as it was read, without its name."""
    return hash_of([source.media_type, source.text, source.title, source.notices])


def hash_of(data: Mapping[str, Any] | list[Any]) -> str:
    """SHA-256, in hex, of plain data."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
