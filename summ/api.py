"""The public Python API; `summ` re-exports it lazily."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from typing import Any

from summ.against import check_summary
from summ.config import Settings, config_path, resolve
from summ.config_fields import FIELDS
from summ.local.files import Silent
from summ.model import Report, Source, Statement, Translation
from summ.prompts import load_prompts
from summ.render import FORMATS
from summ.session import Session
from summ.sources.decode import decode
from summ.sources.registry import DEFAULT_MEDIA_TYPE, MARKDOWN, READERS
from summ.text.document import annotate


def summarize(text: str, *, to: str | Sequence[str] = (), **settings: Any) -> Report:
    """The report of one article, as `summ report --json` prints it.

    Must not be called inside a running event loop.

    Args:
        text: the article; CRLF and CR are turned into LF, as when it is read from a file.
        to: output language or languages, codes or names; none: the article's own.
        settings: fields of `summ.config.Settings`, such as `model`, `base_url`, `length`,
            `claims`, `full_text`, `markdown`, `from_language`, `timeout`. What is not given comes
            from the environment and the config file, as on the command line.

    Raises:
        SummError: one of its kinds, with a sentence that says what to do.
        TypeError: a setting that does not exist.
    """
    languages = [to] if isinstance(to, str) else list(to)
    resolved = _settings("summarize", {"to": languages, **settings})
    parts = {"summary", "claims"} | ({"text"} if resolved.full_text else set())
    return _report(text, resolved, frozenset(parts))


def translate(text: str, *, to: str, markdown: bool = False, **settings: Any) -> Translation:
    """All of an article in another language, as `summ translate` does it.

    `.text` is the translation in the article's own form, `.segments` account for all of its
    prose: the source and the target of each, and what checks found. Must not be called inside
    a running event loop.

    Args:
        text: the article; CRLF and CR are turned into LF, as when it is read from a file.
        to: the language, by its code or name.
        markdown: the text is Markdown, whose structure is to be kept.
        settings: fields of `summ.config.Settings`, such as `model`, `base_url`,
            `from_language`, `glossary`, `formality`, `instructions`; see `summarize`.

    Raises:
        SummError: one of its kinds, with a sentence that says what to do.
        TypeError: a setting that does not exist.
    """
    resolved = _settings("translate", {"to": [to], "markdown": markdown, **settings})
    (translation,) = _report(text, resolved, frozenset({"text"})).translations
    return translation


def _settings(function: str, given: Mapping[str, Any]) -> Settings:
    """The settings given to a function, and those from environment and config file."""
    unknown = sorted(set(given) - {field.name for field in FIELDS})
    if unknown:
        raise TypeError(f"{function}() has no setting named {unknown[0]!r}")
    return resolve(given, os.environ, config_path(os.environ)).settings


def _report(text: str, settings: Settings, parts: frozenset[str]) -> Report:
    """A report of a text that is in memory."""
    # The same rules as for a file: no byte order mark, LF alone, nothing binary.
    text, notices = decode(text.encode("utf-8", "replace"), "The text")
    source = READERS[MARKDOWN if settings.markdown else DEFAULT_MEDIA_TYPE]("-", text, notices)

    async def make(session: Session) -> Report:
        try:
            return await session.report(source, parts)
        finally:
            await session.aclose()

    with Session(settings, Silent()) as session:
        return asyncio.run(make(session))


def verify(summary: str, *, against: str, language: str | None = None) -> list[Statement]:
    """The sentences of a summary, each with its best evidence and what checks found.

    Needs no model, no key and no network.

    Args:
        summary: plain text or simple Markdown, whoever wrote it, in the article's language.
        against: the article; offsets of the evidence are of this text, once CRLF and CR are
            turned into LF.
        language: BCP 47 code of the article's language; None to detect it.

    Raises:
        InputError: one of the texts is not text.
    """
    (text, _), (article, _) = (
        decode(given.encode("utf-8", "replace"), name)
        for given, name in ((summary, "The summary"), (against, "The article"))
    )
    document = annotate(Source("-", "text/plain", article), language)
    return list(check_summary(text, document, load_prompts().texts))


def to_markdown(report: Report) -> str:
    """`report` as `summ` prints it."""
    return FORMATS["md"](report)


def to_json(report: Report) -> str:
    """`report` as `summ --json` prints it; `summ schema` describes it."""
    return FORMATS["json"](report)
