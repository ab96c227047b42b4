"""Statements with one thing changed, as a model or a hurried hand would change it.

Nothing here knows how the checks read a text: figures are changed digit by digit, names
and dates by lists of words. Every change is drawn from a generator with a fixed seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summ.model import Claim, Statement
from tests.eval.corpus_files import Case, CorpusArticle
from tests.eval.words import MAGNITUDES, MONTHS, NAMES, NEGATORS, SAID, WEEKDAYS

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?<![\w.,:/–-])\d[\d \u00a0\u202f'’]*(?:[.,]\d+)?(?![\w:/–-]|[.,]\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_INSIDE = r'[^“”„«»"]{25,300}'
_PAIRS = {"de": '“” „“ «» »« ""'}
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One changed statement.

    Attributes:
        statement: it, citing what the faithful one cites.
        what: what was changed, for people who read the misses.
    """

    statement: Statement
    what: str


Mutate = Callable[[CorpusArticle, Case, random.Random], Iterator[Mutation]]


def digits(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """Each number with one of its digits changed, up to three times."""
    for match in _DIGITS.finditer(case.text):
        for place in chance.sample(range(len(match[0])), min(3, len(match[0]))):
            lowest = 1 if place == 0 else 0
            others = [d for d in map(str, range(lowest, 10)) if d != match[0][place]]
            changed = match[0][:place] + chance.choice(others) + match[0][place + 1 :]
            yield _put(article, case, match.span(), changed)


def magnitudes(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """A million for a thousand, a billion for a million; and numbers ten times as large."""
    for match, word in _words(case.text, MAGNITUDES[article.language]):
        yield _put(article, case, match.span(), word)
    for match in _NUMBER.finditer(case.text):
        number = match[0].rstrip()
        place = (match.start(), match.start() + len(number))
        if _YEAR.fullmatch(number) or _is_date(article.language, case.text, place[1]):
            continue
        for larger in _larger(number):
            yield _put(article, case, place, larger)


def _larger(number: str) -> Iterator[str]:
    """A number ten times, and a thousand times, as large, in its own notation."""
    if re.fullmatch(r"[1-9]\d{1,5}", number):
        yield from (number + "0", number + "000")
    elif grouped := re.fullmatch(r"([1-9]\d{0,2})([ \u00a0\u202f'’.,])(\d{3})", number):
        whole = grouped[1] + grouped[3] + "0"
        yield f"{whole[:-3]}{grouped[2]}{whole[-3:]}"
    elif decimal := re.fullmatch(r"([1-9]\d*)([.,])(\d)", number):
        yield decimal[1] + decimal[3]


def dates(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """Another month, weekday, day or year."""
    for table, most in ((MONTHS, 4), (WEEKDAYS, 3)):
        forms = table[article.language]
        for form, column in forms.items():
            for match in re.finditer(rf"(?<!\w){form}(?!\w)", case.text):
                others = [other for other, at in forms.items() if at == column and other != form]
                for other in chance.sample(others, min(most, len(others))):
                    yield _put(article, case, match.span(), other)
                before = re.search(
                    r"(?<!\d)(\d{1,2})(?:\.|er|th|st|nd|rd)? $", case.text[: match.start()]
                )
                if before and table is MONTHS:
                    for day in chance.sample([d for d in range(1, 29) if d != int(before[1])], 3):
                        yield _put(article, case, before.span(1), str(day))
    for match in _YEAR.finditer(case.text):
        for step in chance.sample((-10, -2, -1, 1, 3, 10), 3):
            yield _put(article, case, match.span(), str(int(match[0]) + step))


def names(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """Each name replaced by three others that the article does not have."""
    pool = NAMES[article.language]
    for name in case.names:
        bare = name.strip("«»„“”\"'’‘")
        kind = "two" if len(bare.split()) > 1 else "one"
        free = [n for n in pool[kind] if n not in article.document.text]
        start = case.text.index(bare)
        for other in chance.sample(free, 3):
            yield _put(article, case, (start, start + len(bare)), other)


def negations(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """The variants in which a negation was added, or dropped where one is visible.

    Visible is a negator of `words.NEGATORS`. Where the evidence says "refused" and the
    statement "did not agree", none is visible that "agreed" could be seen to lack.
    """
    visible = NEGATORS[article.language]
    told = len(visible.findall(case.text))
    source = any(visible.search(article.document.sentence(number)) for number in case.evidence)
    for text in case.negated:
        count = len(visible.findall(text))
        if count > told or (count < told and source):
            yield Mutation(article.claim(case, text=text), text)


def denials(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """All variants in which a statement was turned round, however its evidence denies."""
    for text in case.negated:
        yield Mutation(article.claim(case, text=text), text)


def hedges(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """The variants of the corpus in which a hedge is gone."""
    for text in case.unhedged:
        yield Mutation(article.claim(case, text=text), text)


def speakers(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """Everybody else of the article in place of the one who speaks."""
    for person in article.persons if case.speaker else ():
        if person != case.speaker:
            changed = article.claim(case, speaker=person)
            yield Mutation(changed, f"{case.speaker} → {person}: {case.text}")


def told_speakers(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """Everybody else said to say it, in the statement's own words."""
    for person in article.persons if case.speaker else ():
        if person != case.speaker:
            yield Mutation(told(article, case, person), f"{case.speaker} → {person}: {case.text}")


def told(article: CorpusArticle, case: Case, person: str) -> Statement:
    """The statement, that person said to say it."""
    text = f"{person} {SAID[article.language]}: {case.text}"
    claim = article.claim(case, text=text)
    return Statement(claim.text, claim.evidence, claim.support)


def quotations(article: CorpusArticle, case: Case, chance: random.Random) -> Iterator[Mutation]:
    """Direct speech of the sentences cited, with one word of it changed, up to four times."""
    pool = _WORD.findall(article.document.text)
    pairs = _PAIRS.get(article.language, '“” „“ «» ""').split()
    pattern = re.compile("|".join(f"{pair[0]}{_INSIDE}{pair[1]}" for pair in pairs))
    for number in case.evidence:
        for match in pattern.finditer(article.document.sentence(number)):
            quoted = match[0][1:-1]
            words = list(_WORD.finditer(quoted))
            for word in chance.sample(words, min(4, len(words))):
                known = {w.casefold() for w in _WORD.findall(quoted)}
                other = chance.choice([w.lower() for w in pool if w.casefold() not in known])
                changed = quoted[: word.start()] + other + quoted[word.end() :]
                text = match[0][0] + changed.rstrip(" ,") + match[0][-1] + "."
                yield Mutation(article.claim(case, text=text), f"{word[0]} → {other}: {text}")


KINDS: Mapping[str, tuple[Mutate, tuple[str, ...]]] = {
    "digit": (digits, ("number-",)),
    "magnitude": (magnitudes, ("number-",)),
    "date": (dates, ("number-",)),
    "name": (names, ("name-",)),
    "negation": (negations, ("negation-",)),
    "negation, any": (denials, ("negation-",)),
    "hedge": (hedges, ("hedge-",)),
    "speaker": (speakers, ("speaker-",)),
    "speaker, in the text": (told_speakers, ("speaker-",)),
    "quotation": (quotations, ("quotation-",)),
}
"""What is changed → how, and the beginnings of the codes that have to find it."""


def mutations(
    kind: str, articles: Sequence[CorpusArticle]
) -> Iterator[tuple[CorpusArticle, Mutation]]:
    """Every mutation of a kind, each text once, always the same ones."""
    mutate, _ = KINDS[kind]
    for article in articles:
        for number, case in enumerate(article.cases):
            chance = random.Random(f"{kind} {article.name} {number}")
            seen = {_key(article.claim(case))}
            for mutation in mutate(article, case, chance):
                if _key(mutation.statement) not in seen:
                    seen.add(_key(mutation.statement))
                    yield article, mutation


def _key(statement: Statement) -> tuple[str, str | None]:
    return statement.text, statement.speaker if isinstance(statement, Claim) else None


def _put(article: CorpusArticle, case: Case, place: tuple[int, int], new: str) -> Mutation:
    """The statement with `new` at that place."""
    start, end = place
    text = case.text[:start] + new + case.text[end:]
    return Mutation(article.claim(case, text=text), f"{case.text[start:end]} → {new}: {text}")


def _words(text: str, table: Mapping[str, str]) -> Iterator[tuple[re.Match[str], str]]:
    """Words of the table with what replaces them, a capital kept."""
    for old, new in table.items():
        for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", text, re.IGNORECASE):
            yield match, new.capitalize() if match[0][0].isupper() else new


def _is_date(language: str, text: str, end: int) -> bool:
    """Whether the number that ends there is the day of a month."""
    following = re.match(r"(?:\.|er|th|st|nd|rd)? (\w+)", text[end:])
    return following is not None and following[1] in MONTHS[language]
