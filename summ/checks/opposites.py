"""Does a statement have the opposite of a word that its evidence has in the same place?

Groups of words that exclude each other (rise and fall, north and south, before and after)
are data. A word of the statement is compared when no word that says the same is in the
sentences cited or beside them (or, among the same words, anywhere in the article), but one
that excludes it is, among the same words.

What it cannot see: opposites that aren't listed; one that is told of something else with
the same words around it; and any language without a file in `cues/opposites`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from summ.checks._wording.clauses import Clauses, clauses
from summ.checks._wording.denials import denials
from summ.checks._wording.opposition import Groups, Member, groups_of
from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement

_NEAR = 4
_SHOWN = 30
_MOST = 200
"""Words with opposites in one text: no sentence that can be judged has more."""
_TRIED = 8
"""Pairs of a statement that are looked at: one suffices for a finding."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text with those of its words that have an opposite."""

    source: str
    text: Clauses
    marks: tuple[tuple[int, Member], ...]
    sides: frozenset[tuple[int, int]]


def _marked(source: str, language: str, groups: Groups) -> _Marked:
    text = clauses(source, language)
    marks = tuple(
        (at, member) for at, word in enumerate(text.words) for member in groups.members(word)
    )[:_MOST]
    return _Marked(source, text, marks, frozenset((m.group, m.side) for _, m in marks))


def checker(article: Article) -> StatementCheck:
    """Look for opposites of a statement's words in its evidence."""
    language = article.language
    groups = groups_of(language)
    made: dict[int, _Marked] = {}

    def of(number: int) -> _Marked:
        if number not in made:
            sentence = article.document.sentence(number)
            made[number] = _marked(sentence, language, groups or Groups({}, {}, 1))
        return made[number]

    def check(statement: Statement) -> Iterable[Finding]:
        if groups is None or not statement.evidence:
            return ()
        told = _marked(statement.text, language, groups)
        cited = [of(number) for number in sorted({e.sentence for e in statement.evidence})]
        known = frozenset[tuple[int, int]]().union(*(sentence.sides for sentence in cited))
        for at, member, sentence, place in islice(_opposed(told, cited, known), _TRIED):
            others = (of(number) for number in range(1, len(article.document.sentences) + 1))
            near = {e.sentence for e in statement.evidence} | set(article.near(statement))
            if any((member.group, member.side) in of(number).sides for number in near) or any(
                _said(told.text, at, member, other) for other in others
            ):
                continue
            if _denied(told, at, language) == _denied(sentence, place, language):
                return (_finding(told.text.words[at], sentence.text.words[place]),)
        return ()

    return check


def _finding(word: str, other: str) -> Finding:
    return Finding(
        "opposite-word",
        f"The statement has “{word[:_SHOWN]}” where the sentences cited have “{other[:_SHOWN]}”.",
    )


def _opposed(
    told: _Marked, cited: Sequence[_Marked], known: frozenset[tuple[int, int]]
) -> Iterator[tuple[int, Member, _Marked, int]]:
    """Words of the statement with their opposites in the same place of the sentences cited."""
    for at, member in told.marks:
        if (member.group, member.side) in known:
            continue
        for sentence in cited:
            for place, other in sentence.marks:
                if (
                    other.group == member.group
                    and (other.group, other.side) not in told.sides
                    and _aligned(told.text, at, sentence.text, place, member)
                ):
                    yield at, member, sentence, place


def _said(told: Clauses, at: int, member: Member, other: _Marked) -> bool:
    """Whether another sentence has the word itself, or one that means it, in that place."""
    side = (member.group, member.side)
    return side in other.sides and any(
        (mark.group, mark.side) == side and _aligned(told, at, other.text, place, mark)
        for place, mark in other.marks
    )


def _aligned(told: Clauses, at: int, source: Clauses, place: int, member: Member) -> bool:
    """Whether two words stand among the same words."""
    before, after = (
        [told.stems[i] for i in side] for side in told.across(at, at + 1, _NEAR, _NEAR)
    )
    # Small words open a clause of their own.
    reach = source.across if member.section == "beside" else source.around
    earlier, later = (
        [source.stems[i] for i in side] for side in reach(place, place + 1, _NEAR, _NEAR)
    )
    shared = len({*before, *after} & {*earlier, *later})
    if member.section == "converse":
        return shared >= 2 and not set(before[:2]).isdisjoint(earlier)
    if member.section == "counted":
        # "Recent weeks" may be recent months; two weeks are not two months.
        count = told.words[at - 1] if min(at, place) > 0 else ""
        return (count in member.counts or count[:1].isdigit()) and count == source.words[place - 1]
    follows = bool(after and later) and after[0] == later[0]
    precedes = bool(before and earlier) and before[0] == earlier[0]
    if member.section == "beside":
        return follows and shared >= 2
    if member.section == "adjoining":
        return (follows or precedes) and shared >= 2
    return shared >= 2 or follows or precedes


def _denied(marked: _Marked, at: int, language: str) -> bool:
    """Whether something denies near the word at place `at`."""
    stem = marked.text.stems[at]
    before, after = marked.text.across(at, at + 1, 2, 2)
    scope = frozenset(marked.text.stems[i] for i in (*before, *after)) | ({stem} - {""})
    return any(
        denial.strength and stem not in denial.own and not denial.scope.isdisjoint(scope)
        for denial in denials(marked.source, language).found
    )
