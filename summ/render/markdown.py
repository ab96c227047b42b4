"""A report as Markdown, for people.

Valid CommonMark with GFM footnotes. The article's part has headings in the article's
language, each translation has its own in its language; messages of checks are in English.
Texts are shown cleaned, on one line and escaped: the exact ones are in the JSON.

In a raw CommonMark reader without footnotes nothing may turn into a link either: a
footnote whose text were one word and a bracket would read as a link's definition there,
so each one ends with a full stop behind the bracket and stands in a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from summ.model import (
    Claim,
    Coverage,
    Evidence,
    Finding,
    Report,
    SourceInfo,
    Statement,
    Translation,
)
from summ.render.full_text import full_text
from summ.render.headings import Headings, headings_for
from summ.render.languages import language_name
from summ.render.markdown_escape import escape
from summ.render.safe import one_line

#: Footnote number of each evidence sentence, in the order of first use.
_Notes = dict[Evidence, int]


def render_markdown(report: Report) -> str:
    """`report` as Markdown, newline at the end.

    Title, metadata, warnings (among them what was not sent to the model, if anything),
    summary, key claims, translations, then the evidence as footnotes: one for each
    sentence of the article, numbered by first use. An empty part has no heading.
    """
    words = headings_for(report.source.language)
    notes = _number(report)
    blocks = [
        f"# {escape(_title(report.source, words))}",
        _metadata(report, words),
        *_making(report, words),
        *_warnings(report, words),
        *_summary(report.summary, notes, words),
        *_claims(report.claims, notes, words),
    ]
    for translation in report.translations:
        blocks += _translation(report, translation, notes)
    blocks += _footnotes(notes, words)
    return "\n\n".join(blocks) + "\n"


def _number(report: Report) -> _Notes:
    """Footnote numbers, from 1."""
    notes: _Notes = {}
    for statement in (*report.summary, *report.claims):
        for evidence in statement.evidence:
            notes.setdefault(evidence, len(notes) + 1)
    return notes


# --- the top -----------------------------------------------------------------------


def _title(source: SourceInfo, words: Headings) -> str:
    """The title, else the file's name, else a neutral word."""
    name = "" if source.uri == "-" else re.split(r"[/\\]", source.uri)[-1]
    for candidate in (source.title or "", name, "" if source.uri == "-" else source.uri):
        if one_line(candidate):
            return candidate
    return words.article


def _metadata(report: Report, words: Headings) -> str:
    """One line: language, size, model, and what to be wary of."""
    source = report.source
    facts = [
        (words.sentences, str(source.sentences)),
        (words.tokens, str(source.tokens)),
    ]
    if report.run.calls or report.run.cached_calls:  # else no model had a part in it
        facts.append((words.model, escape(report.run.model)))
    if source.language:
        name = language_name(source.language, source.language)
        facts.insert(0, (words.language, escape(name)))
    parts = [f"{label}{words.colon}{value}" for label, value in facts]
    if report.run.small:
        parts.append(f"⚠ {words.draft}")
    statements = (*report.summary, *report.claims)
    for support, label in (("unsupported", words.unsupported), ("partial", words.partial)):
        count = sum(statement.support == support for statement in statements)
        if count:
            parts.append(f"⚠ {label}{words.colon}{count} / {len(statements)}")
    return " · ".join(parts)


_BY_CODE = ("selected-by-code", "extracted")


def _making(report: Report, words: Headings) -> Iterator[str]:
    """How it was made, where code chose the sentences, and how much the model read."""
    texts = {"selected-by-code": words.selected, "extracted": words.extracted}
    said = dict.fromkeys(texts[f.code] for f in report.findings if f.code in texts)
    if said:
        coverage = report.coverage
        sent = f"({words.sent}{words.colon}{coverage.sent} / {coverage.characters})"
        yield f"*{_join(*said, sent if coverage.sent else '')}*"


def _warnings(report: Report, words: Headings) -> Iterator[str]:
    """What the reader should know before reading on."""
    by_code = any(finding.code in _BY_CODE for finding in report.findings)
    others = [finding for finding in report.findings if finding.code not in _BY_CODE]
    # Where code chose, what the model was not shown is no loss, and has been told above.
    not_sent = () if by_code else _not_sent(report.coverage, words)
    items = [*not_sent, *_messages(others, words)]
    if items:
        yield f"## {words.warnings}"
        yield _bullets(items)


def _not_sent(coverage: Coverage, words: Headings) -> Iterator[str]:
    """What the model was not shown, if anything."""
    if not coverage.missing and coverage.sent >= coverage.characters:
        return
    gaps = ", ".join(
        words.characters.format(start=gap.start, end=gap.end) for gap in coverage.missing
    )
    share = f"({words.sent}{words.colon}{coverage.sent} / {coverage.characters})"
    yield _join(f"**{words.not_sent}{words.colon.rstrip()}**", gaps, share)


def _messages(findings: Iterable[Finding], words: Headings) -> Iterator[str]:
    """Findings that belong to no statement, each with its code and place."""
    for finding in findings:
        place = [escape(finding.code)]
        if finding.start is not None and finding.end is not None:
            place.append(words.characters.format(start=finding.start, end=finding.end))
        yield f"{_shown(finding.message)} ({', '.join(place)})"


# --- the article's part ------------------------------------------------------------


def _summary(summary: Sequence[Statement], notes: _Notes, words: Headings) -> Iterator[str]:
    """The summary as one paragraph."""
    if summary:
        yield f"## {words.summary}"
        yield " ".join(
            _join(_marked(item.text, item, notes), _doubt(item, words)) for item in summary
        )


def _claims(claims: Sequence[Claim], notes: _Notes, words: Headings) -> Iterator[str]:
    """The claims as a numbered list."""
    if claims:
        yield f"## {words.claims}"
        yield _numbered(
            _join(
                _speaker(claim, words),
                _marked(claim.text, claim, notes),
                _kind(claim, words),
                _doubt(claim, words),
            )
            for claim in claims
        )


def _marked(text: str, statement: Statement | None, notes: _Notes) -> str:
    """A text and the marks of the footnotes that it rests on."""
    evidence = dict.fromkeys(statement.evidence) if statement else {}
    return _shown(text) + "".join(f"[^{notes[item]}]" for item in evidence)


def _speaker(claim: Claim | None, words: Headings) -> str:
    """Who says it, in bold, if it isn't the article itself."""
    name = escape(claim.speaker or "") if claim else ""
    if claim and claim.speaker and claim.text.casefold().startswith(claim.speaker.casefold()):
        return ""  # "Unions: Unions rejected …" says it twice
    return f"**{name}{words.colon.rstrip()}**" if name else ""


def _kind(claim: Claim | None, words: Headings) -> str:
    """What kind of claim it is, unless it is a plain fact."""
    kind = words.kind(claim.kind) if claim else ""
    return f"*({kind})*" if kind else ""


def _doubt(statement: Statement | None, words: Headings, *, reason: bool = True) -> str:
    """A sign where support is not full, and why."""
    if statement is None or statement.support == "supported":
        return ""
    label = words.partial if statement.support == "partial" else words.unsupported
    reasons = [_shown(finding.message) for finding in statement.findings]
    if not reasons and not statement.evidence:
        reasons = [words.no_evidence]
    because = f"{words.colon}{'; '.join(reasons)}" if reasons and reason else ""
    return f"⚠ *({label}{because})*"


# --- translations and evidence -----------------------------------------------------


def _translation(report: Report, translation: Translation, notes: _Notes) -> Iterator[str]:
    """One language: the same items in the same order, with the same footnotes."""
    words = headings_for(translation.language)
    name = language_name(translation.language)
    title = escape(name[:1].upper() + name[1:])
    if one_line(translation.title or ""):
        title += f"{words.colon}{escape(translation.title or '')}"
    yield f"## {title}"
    if translation.findings:
        yield _bullets(_messages(translation.findings, words))
    # Should a translation ever have too many or too few items, none is lost.
    if translation.summary:
        yield f"### {words.summary}"
        yield " ".join(
            _join(_marked(text, item, notes), _doubt(item, words, reason=False))
            for text, item in zip_longest(translation.summary, report.summary)
        )
    if translation.claims:
        yield f"### {words.claims}"
        yield _numbered(
            _join(
                _speaker(claim, words),
                _marked(text, claim, notes),
                _kind(claim, words),
                _doubt(claim, words, reason=False),
            )
            for text, claim in zip_longest(translation.claims, report.claims)
        )
    if translation.segments or translation.text is not None:
        yield f"### {words.full_text}"
    if translation.segments:
        yield from full_text(translation, report.source.media_type, words)
    elif translation.text is not None:
        yield from filter(None, map(escape, re.split(r"\n[ \t]*\n", translation.text)))


def _footnotes(notes: _Notes, words: Headings) -> Iterator[str]:
    """The evidence, word for word, and where it stands in the article."""
    for evidence, number in notes.items():
        quote = f"{words.opening}{escape(evidence.quote)}{words.closing}"
        place = words.receipt.format(
            sentence=evidence.sentence, start=evidence.start, end=evidence.end
        )
        yield f"[^{number}]: {quote} ({place})."


# --- small pieces ------------------------------------------------------------------


def _shown(text: str | None) -> str:
    """A text escaped; a dash where there is nothing to show."""
    return escape(text or "") or "—"


def _join(*parts: str) -> str:
    """The parts that are not empty, with spaces between."""
    return " ".join(filter(None, parts))


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- ⚠ {item}" for item in items)


def _numbered(items: Iterable[str]) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
