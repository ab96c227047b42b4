"""The evaluation corpus as values: read, validated, evidence resolved to sentence numbers.

`tests/eval/corpus/FORMAT.md` tells what a file holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summ.model import Claim, Document, Evidence, Source
from summ.text.document import annotate

CORPUS = Path(__file__).parent / "corpus"

_ARTICLE_KEYS = frozenset({"language", "persons", "text", "statements"})
_STATEMENT_KEYS = frozenset({"text", "evidence", "speaker", "names", "negated", "unhedged"})


class CorpusError(ValueError):
    """A file of the corpus breaks the format; the message names file, statement and reason."""


@dataclass(frozen=True, slots=True)
class Case:
    """A faithful statement and its altered variants.

    Attributes:
        text: the statement.
        evidence: numbers of the sentences on which it rests, ascending.
        speaker: who says it, one of the article's persons; None where the article does.
        names: names that occur verbatim in `text`.
        negated: variants with a negation added or dropped; at least one.
        unhedged: variants without the hedge of `text`; mostly none.
    """

    text: str
    evidence: tuple[int, ...]
    speaker: str | None
    names: tuple[str, ...]
    negated: tuple[str, ...]
    unhedged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """An article of the corpus.

    Attributes:
        name: of the file, without its ending, such as `en-harbour`.
        language: primary language subtag.
        document: the article with its sentences.
        persons: full names of those who are quoted or reported, as in the article.
        cases: its statements, in the file's order.
    """

    name: str
    language: str
    document: Document
    persons: tuple[str, ...]
    cases: tuple[Case, ...]

    def claim(self, case: Case, *, text: str | None = None, speaker: str | None = None) -> Claim:
        """Make the claim that a report would hold.

        Args:
            case: one of `cases`.
            text: words to put in place of its own, such as one of its variants.
            speaker: a person of the article to put in place of its own speaker.
        """
        said_by = speaker or case.speaker
        return Claim(
            text=text or case.text,
            evidence=tuple(_evidence(self.document, number) for number in case.evidence),
            support="supported",
            speaker=said_by,
            speaker_as_written=said_by,
        )


def load(folder: Path, language: str | None = None) -> list[CorpusArticle]:
    """Read the articles of a folder, such as `CORPUS / "dev"`, in the order of their names.

    Args:
        folder: where the files are.
        language: read only those of this language; all when None.

    Raises:
        CorpusError: a file breaks the format.
    """
    return [read(path) for path in sorted(folder.glob(f"{language or '*'}-*.toml"))]


def read(path: Path) -> CorpusArticle:
    """Read one file.

    Raises:
        CorpusError: it breaks the format.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.name}: not TOML in UTF-8: {error}") from error
    _expect(
        table.keys() <= _ARTICLE_KEYS, path.name, f"unknown keys {_extra(table, _ARTICLE_KEYS)}"
    )
    language, text = _string(table, "language", path.name), _string(table, "text", path.name)
    _expect(
        path.name.startswith(f"{language}-"), path.name, "its name doesn't begin with its language"
    )
    persons = _strings(table, "persons", path.name)
    _expect(len(persons) > 3, path.name, "fewer than four persons")
    for person in persons:
        _expect(person in text, path.name, f"the article doesn't have the person {person!r}")
    document = annotate(Source("-", "text/plain", text), language)
    statements = table.get("statements", [])
    _expect(bool(statements), path.name, "no statements")
    cases = tuple(
        _case(statement, document, persons, f"{path.name}, statement {number}")
        for number, statement in enumerate(statements, 1)
    )
    return CorpusArticle(path.stem, language, document, persons, cases)


def _case(
    table: Mapping[str, Any], document: Document, persons: tuple[str, ...], where: str
) -> Case:
    """Validate one statement; `where` names it in errors."""
    text = _string(table, "text", where)
    where = f"{where} ({text[:40]!r})"
    _expect(
        table.keys() <= _STATEMENT_KEYS, where, f"unknown keys {_extra(table, _STATEMENT_KEYS)}"
    )
    _expect("\n" not in text, where, "its text has more than one line")
    speaker = _string(table, "speaker", where) if "speaker" in table else None
    _expect(speaker is None or speaker in persons, where, f"{speaker!r} is not one of the persons")
    names = _strings(table, "names", where)
    for name in names:
        _expect(name in text, where, f"its text doesn't have the name {name!r}")
    openings = _strings(table, "evidence", where)
    _expect(1 <= len(openings) <= 3, where, "needs one to three pieces of evidence")
    numbers = tuple(sorted(_sentence_number(document, opening, where) for opening in openings))
    _expect(len(set(numbers)) == len(numbers), where, "two openings are of the same sentence")
    negated = _strings(table, "negated", where)
    _expect(1 <= len(negated) <= 2, where, "needs one or two negated variants")
    unhedged = _strings(table, "unhedged", where) if "unhedged" in table else ()
    for variant in (*negated, *unhedged):
        _expect(variant != text, where, "a variant equals its statement")
    return Case(text, numbers, speaker, names, negated, unhedged)


def _sentence_number(document: Document, opening: str, where: str) -> int:
    """The number of the one sentence that begins with `opening`."""
    count = document.text.count(opening)
    _expect(count > 0, where, f"the article doesn't have {opening!r}")
    _expect(count == 1, where, f"the article has {opening!r} {count} times")
    for number in range(1, len(document.sentences) + 1):
        if document.sentence(number).startswith(opening):
            return number
    raise CorpusError(f"{where}: {opening!r} doesn't begin a sentence")


def _evidence(document: Document, number: int) -> Evidence:
    """Sentence `number` as a report cites it."""
    quote = document.sentence(number)
    start = document.text.index(quote, document.sentences[number - 1].start)
    return Evidence(number, quote, start, start + len(quote))


def _string(table: Mapping[str, Any], key: str, where: str) -> str:
    """A string that is not blank."""
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CorpusError(f"{where}: `{key}` must be a string that is not blank")
    return value


def _strings(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of strings, none of them blank or there twice."""
    value = table.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise CorpusError(f"{where}: `{key}` must be a list of strings that are not blank")
    _expect(len(set(value)) == len(value), where, f"`{key}` has a string twice")
    return tuple(value)


def _extra(table: Mapping[str, Any], known: frozenset[str]) -> list[str]:
    """The keys that the format doesn't have."""
    return sorted(table.keys() - known)


def _expect(holds: bool, where: str, reason: str) -> None:
    """Raise where a rule of the format doesn't hold.

    Raises:
        CorpusError: `holds` is false.
    """
    if not holds:
        raise CorpusError(f"{where}: {reason}")
