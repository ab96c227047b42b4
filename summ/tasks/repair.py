"""Statements in which checks found something go back to the model, once, and only they.

The model is shown the sentences that they cite, their neighbours, and what was found.
What it then says is checked like the first answer: a statement that passes takes the
place of the old one, any other keeps its finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from summ.checks.article import Article
from summ.checks.duplicates import repeated
from summ.checks.grounding import content_terms
from summ.checks.registry import Auditor, support_of
from summ.model import Claim, Finding, Reply, Request, Span, Statement, Tally
from summ.tasks.brief import BASE_TOKENS, CLAIM_TOKENS, ECHOES, Ask, read_statement, with_speaker
from summ.tasks.passage import notes_passage, numbered_block
from summ.tasks.prompting import items_schema
from summ.tasks.steps import Outcome, Steps
from summ.text.sentences import split_sentences
from summ.text.shown import shown
from summ.text.tokens import TokenCounter

GROUP = 10
"""Statements in one request: a reader of ten notes still does each of them justice."""

KEPT = 0.5
"""Least share of the old statement's words, as far as the article has them, in the new one."""

LONGER = 1.5
SLACK = 40
"""How much longer the new statement may be: a factor, and characters."""

_MARKUP = frozenset("<>`|#*_")

SCHEMA = items_schema(
    "repairs",
    {
        "number": {"type": "integer"},
        "sentences": {"type": "array", "items": {"type": "integer"}},
        "speaker": {"type": ["string", "null"]},
        "text": {"type": "string"},
    },
)

StatementT = TypeVar("StatementT", bound=Statement)


@dataclass(frozen=True, slots=True)
class Audited:
    """Summary and claims with what the checks found in them.

    Attributes:
        summary: its sentences.
        claims: the key claims.
        tally: how the checks came out.
        findings: what there is to say of the repair itself.
    """

    summary: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    tally: Tally
    findings: tuple[Finding, ...] = ()


def repair_steps(repairer: Repairer, first: Audited) -> Steps[Audited]:
    """Send what is doubtful of what a model wrote back once, and check what comes.

    Args:
        repairer: of the article.
        first: what `audited` says of what the model wrote.
    """
    second = yield from repairer.repair((*first.summary, *first.claims))
    count = len(first.summary)
    return _counted(
        _marked(second.statements[:count]),
        _marked([one for one in second.statements[count:] if isinstance(one, Claim)]),
        first.tally.doubtful,
        second.findings,
    )


def audited(auditor: Auditor, summary: Sequence[Statement], claims: Sequence[Claim]) -> Audited:
    """Summary and claims with what all checks find, none of them sent back."""
    checked = _marked([auditor.checked(one) for one in summary])
    checked_claims = _marked([auditor.checked(one) for one in claims])
    return _counted(checked, checked_claims, None)


def _counted(
    summary: Sequence[Statement],
    claims: Sequence[Claim],
    before: int | None,
    findings: tuple[Finding, ...] = (),
) -> Audited:
    doubtful = sum(map(is_doubtful, (*summary, *claims)))
    total = len(summary) + len(claims)
    tally = Tally(total, doubtful if before is None else before, doubtful)
    return Audited(tuple(summary), tuple(claims), tally, findings)


def _marked(statements: Sequence[StatementT]) -> list[StatementT]:
    """The statements of one list, those that repeat another marked."""
    marked = list(statements)
    for place, finding in repeated(statements).items():
        one = marked[place]
        findings = tuple(dict.fromkeys((*one.findings, finding)))
        marked[place] = replace(one, findings=findings, support=support_of(one.support, findings))
    return marked


def is_doubtful(statement: Statement) -> bool:
    """Whether a check found something, or nothing that it rests on."""
    return statement.support != "supported"


@dataclass(frozen=True, slots=True)
class Repaired:
    """Statements after their repair, and what there is to say of it."""

    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Repairer:
    """Sends doubtful statements of one article back.

    Attributes:
        ask: what is wanted of the article.
        auditor: every check, ready for the article.
        counter: counts tokens as the model does.
        budget: most tokens of the sentences that one request shows.
    """

    ask: Ask
    auditor: Auditor
    counter: TokenCounter
    budget: int

    def repair(self, statements: Sequence[Statement]) -> Steps[Repaired]:
        """The statements, those that could be put right replaced.

        Args:
            statements: of summary and claims together, checked.
        """
        doubtful = [place for place, one in enumerate(statements) if _can_be_put_right(one)]
        groups = list(self._groups(statements, doubtful))
        sent = sum(len(places) for places, _ in groups)
        findings = []
        if sent < len(doubtful):
            what = f"Not sent back, their sentences being too long: {len(doubtful) - sent}."
            findings.append(Finding("repair-failed", what))
        if not groups:
            return Repaired(tuple(statements), tuple(findings))
        outcomes = yield tuple(
            self.request([statements[place] for place in places], numbers)
            for places, numbers in groups
        )
        result = list(statements)
        for (places, numbers), outcome in zip(groups, outcomes, strict=True):
            if not isinstance(outcome, Reply):
                what = f"Statements that could not be put right: {len(places)}. {outcome.message}"
                findings.append(Finding("repair-failed", what))
            for place, mended in self._mended(statements, places, numbers, outcome):
                result[place] = mended
        return Repaired(tuple(result), tuple(dict.fromkeys(findings)))

    def request(self, statements: Sequence[Statement], numbers: Sequence[int]) -> Request:
        """Ask for statements to be put right by the sentences of these numbers."""
        variables = {
            "article": _block(self.auditor.article, numbers),
            "statements": notes_passage([_described(one) for one in statements]).block,
            "count": str(len(statements)),
            "language": self.ask.language or "the article's own language",
        }
        return Request(
            task="repair",
            messages=self.ask.prompts.render("repair", variables),
            max_tokens=BASE_TOKENS + CLAIM_TOKENS * len(statements),
            schema=SCHEMA,
        )

    def _groups(
        self, statements: Sequence[Statement], places: Sequence[int]
    ) -> Iterator[tuple[list[int], list[int]]]:
        """Places of statements that go together, and the sentences to show with them."""
        held: list[int] = []
        lines: dict[int, int] = {}  # number of a sentence → its tokens
        for place in places:
            own = self._lines(statements[place])
            if sum(own.values()) > self.budget:
                continue  # sentences longer than the model has room for
            together = lines | own
            if held and (len(held) == GROUP or sum(together.values()) > self.budget):
                yield held, sorted(lines)
                held, together = [], own
            held.append(place)
            lines = together
        if held:
            yield held, sorted(lines)

    def _lines(self, statement: Statement) -> dict[int, int]:
        """The sentences to show for a statement, with their tokens.

        Those that it cites, their neighbours, and those in which a check found what is missing.
        """
        article = self.auditor.article
        cited = [evidence.sentence for evidence in statement.evidence]
        found = [
            number
            for finding in statement.findings
            if finding.start is not None
            for number in article.original.sentences_in(Span(finding.start, finding.start + 1))
        ]
        numbers = {*cited, *article.near(statement), *found}
        if not numbers:
            numbers = set(article.index.best(statement.text))
        return {
            number: self.counter.count(f"[{number}] {article.document.sentence(number)}\n")
            for number in sorted(numbers)
        }

    def _mended(
        self,
        statements: Sequence[Statement],
        places: Sequence[int],
        numbers: Sequence[int],
        outcome: Outcome,
    ) -> Iterator[tuple[int, Statement]]:
        """What of a reply passes every check, with its place; the first of a number counts."""
        items = outcome.data["repairs"] if isinstance(outcome, Reply) else []
        left = dict(enumerate(places, 1))
        said = {statement.text for statement in statements}
        for item in items:
            place = left.get(item["number"])
            if place is None:
                continue
            old = statements[place]
            mended = self._read(old, item, numbers)
            if mended and not is_doubtful(mended) and mended.text not in said:
                del left[item["number"]]
                said.add(mended.text)
                yield place, mended

    def _read(
        self, old: Statement, item: Mapping[str, Any], numbers: Sequence[int]
    ) -> Statement | None:
        """The new statement in place of an old one, checked; None for what is no repair of it."""
        text = shown(item["text"])
        if not self._is_repair(old.text, text):
            return None
        index = self.auditor.article.index
        cited = {number for number in numbers if number in item["sentences"]}
        new = read_statement(index, text, cited, set(numbers))
        if isinstance(old, Claim):
            new = with_speaker(index, new, item["speaker"], old.kind, old.importance)
            if old.speaker and not new.speaker and self._is_said(new):
                return None  # somebody says it, and now the article itself would
        return self.auditor.checked(new)

    def _is_repair(self, old: str, new: str) -> bool:
        """Whether a text may be the old one put right, and not another one in its place."""
        index = self.auditor.article.index
        words = {term for term in content_terms(old) if index.has(term)}
        return (
            bool(new)
            and new not in ECHOES
            and len(new) <= LONGER * len(old) + SLACK
            and len(split_sentences(new)) <= len(split_sentences(old))
            and len(words & set(content_terms(new))) >= KEPT * len(words)
            and not (_MARKUP & set(new)) - set(old)
        )

    def _is_said(self, statement: Statement) -> bool:
        """Whether the article has somebody speak in a sentence that the statement cites."""
        speakers = self.auditor.article.speakers
        return any(speakers[evidence.sentence - 1] for evidence in statement.evidence)


def _can_be_put_right(statement: Statement) -> bool:
    """Whether something was found that is not only a repetition."""
    codes = {finding.code for finding in statement.findings}
    return is_doubtful(statement) and codes != {"duplicate"}


def _described(statement: Statement) -> str:
    """A statement on one line, with its speaker, what it cites and what was found."""
    speaker = statement.speaker if isinstance(statement, Claim) else None
    said = f" (speaker: {speaker})" if speaker else ""
    cited = ", ".join(str(evidence.sentence) for evidence in statement.evidence)
    said += f" (cites {cited})" if cited else ""
    found = " ".join(finding.message for finding in statement.findings)
    return f"{statement.text}{said} | found: {found or 'Nothing in the article supports it.'}"


def _block(article: Article, numbers: Sequence[int]) -> str:
    """Those sentences, a blank line where others are left out between."""
    runs: list[list[tuple[int, str]]] = []
    for number in numbers:
        if not runs or runs[-1][-1][0] != number - 1:
            runs.append([])
        runs[-1].append((number, article.document.sentence(number)))
    return numbered_block(runs)
