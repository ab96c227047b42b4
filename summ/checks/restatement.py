"""May a shortened sentence stand for the one it was made from? English only.

A small model that is asked to shorten one sentence mostly leaves things out; what it adds
or turns round is what these checks look for. They compare words, so they can't see that
"A hit B" became "B hit A". Whatever fails one is dropped, and the sentence itself stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from summ.checks._speech.cues import speech_cues
from summ.checks.grounding import content_terms

KEPT = 0.6
"""Least share of the words of a shortened sentence that its source must hold. With one
source sentence, all but a changed form or a joining word are its own."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
# "one" is left out: it is a pronoun more often than a number.
_NUMBER_WORDS = {word: n for n, word in enumerate(_UNITS.split(" ")) if n > 1} | {
    word: n for n, word in zip(range(20, 100, 10), _TENS.split(" "), strict=True)
}
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_GROUPING = re.compile(r"[,\u00a0\u202f](?=\d{3}(?:\D|$))")
_NAME = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'-]*")
_QUOTATION = re.compile(r"[“\"]([^“”\"]{1,600})[”\"]")
_FIRST_PERSON = re.compile(r"(?<![\w’'])(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)(?![\w])")
_DANGLING = re.compile(r"^\W*(?:they|it|this|these|those|them)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:He|She)\b(?! ?['’])")
_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|none|neither|cannot|without|den(?:y|ies|ied)|refus(?:e|es|ed)"
    r"|reject(?:s|ed)?|ruled out|unable|fail(?:s|ed)? to)\b|n['’]t\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|would|due to|expected|plan(?:s|ned)?|alleged\w*|report(?:ed|edly)"
    r"|suspected|likely|possibl[ey]|if|unless|intends?|wants?|hopes?|proposed?|apparently)\b",
    re.IGNORECASE,
)
# Words that keep an accusation from being told as a fact: each has to stay itself.
_ALLEGED = re.compile(
    r"\b(alleg|suspect|purport|reportedly|apparent|accus|claim)\w*", re.IGNORECASE
)
# Words of a description that name nobody: "the union", "two former managers".
_SMALL = frozenset({"the", "of", "and", "for", "in", "a", "an", "one", "two", "s"})
_ENDED = re.compile(r"[.!?…][”\"’')]{0,3}\Z")
# Also after a lead-in: "As such, if …", "But unless …".
_CONDITION = re.compile(
    r"\W*(?:[^,;.]{1,40},\s+)?(?:(?:and|but|so|or|yet)\s+)?(?:if|unless|should)\b", re.IGNORECASE
)
_BOUND = re.compile(
    r"\b(at the (?:earliest|latest)|(?:at (?:least|most)|up to|(?:more|less|fewer) than|nearly"
    r"|almost)(?=\s[^\s\d]{0,3}(\d[\d.,]*\d|\d)))",
    re.IGNORECASE,
)
_THAN = re.compile(r"\bthan (\S+)", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+")
_LABEL = re.compile(r"^(?:shortened|short|claim|sentence|answer)\s*:\s*", re.IGNORECASE)
_SPACED_INITIALS = re.compile(r"\b([A-Z])\. (?=[A-Z]\.)")


def faults(text: str, sentence: str, speaker: str | None = None) -> tuple[str, ...]:
    """Why `text` may not stand for `sentence`; empty when nothing speaks against it.

    Args:
        text: the shortened sentence.
        sentence: its source.
        speaker: who speaks in the source, if it is known.

    Codes: `thin` (says next to nothing), `long` (longer than its source), `fragment` (has
    no end), `overlap` (words that the source lacks), `order` (its words in another order,
    an attribution apart), `number`, `name` (one that the source lacks), `first-person`
    (outside of a quotation), `quotation` (not word for word), `pronoun` (opens with one
    that the source does not open with), `negation` (gained, or lost within what is told),
    `hedge` (a hedge, a condition or a bound lost), `subject` (the speaker does what the
    source says of somebody else).
    """
    told, known = _terms(text), _terms(sentence)
    outside = _QUOTATION.sub(" ", text)
    tests = {
        "thin": len(text.split()) < 4 or len(told) < min(4, len(known)),
        "long": len(text) > len(sentence),
        "fragment": _ENDED.search(sentence) is not None and _ENDED.search(text) is None,
        "overlap": not told or len(told & known) < KEPT * len(told),
        "order": _reordered(text, sentence),
        "number": bool(_numbers(text) - _numbers(sentence)),
        "name": bool(_new_names(text, sentence)),
        "first-person": _FIRST_PERSON.search(outside) is not None,
        "quotation": not _quotations_hold(text, sentence),
        "pronoun": bool(_DANGLING.match(text)) and not _DANGLING.match(sentence),
        "negation": _gained(_NEGATION, text, sentence) or _negation_lost(text, sentence),
        "hedge": _hedge_lost(text, sentence) or _told_as_fact(text, sentence),
        "subject": speaker is not None and _acts_instead(text, sentence, speaker),
    }
    return tuple(code for code, failed in tests.items() if failed)


def attributed(text: str, speaker: str | None) -> str:
    """`text` with its speaker in it: "He said …" gets the name, a bare claim ", … said".

    Unchanged where there is no speaker, where a part of their name is in it already, or
    where somebody is said to speak (outside quotations).
    """
    if not speaker:
        return text
    if _SUBJECT.match(text):
        return _SUBJECT.sub(lambda _: speaker[0].upper() + speaker[1:], text, count=1)
    words = set(re.findall(r"\w+", text.casefold()))
    outside = set(re.findall(r"\w+", _QUOTATION.sub(" ", text).casefold()))
    if words & (set(re.findall(r"\w+", speaker.casefold())) - _SMALL):
        return text
    return text if outside & speech_cues("en").verbs else f"{text.rstrip(' .')}, {speaker} said."


def tidied(text: str) -> str:
    """A reply on one line, without a label before it or gaps in initials ("U. S.")."""
    line = next((part.strip() for part in text.splitlines() if part.strip()), "")
    return _SPACED_INITIALS.sub(r"\1.", _LABEL.sub("", line))


def _terms(text: str) -> set[str]:
    """Terms with content: numbers, and words of more than three letters."""
    return {term for term in content_terms(text) if len(term) > 3 or term[0].isdigit()}


def _numbers(text: str) -> set[str]:
    """Numbers, in figures or in words up to ninety, written one way."""
    figures = {_GROUPING.sub("", number) for number in _NUMBER.findall(text)}
    words = re.findall(r"[a-z]+", text.casefold())
    return figures | {str(_NUMBER_WORDS[word]) for word in words if word in _NUMBER_WORDS}


def _new_names(text: str, sentence: str) -> set[str]:
    """Capitalised words that the sentence lacks; the first word may be any."""
    known = sentence.casefold()
    first = len(text) - len(text.lstrip("“\"' "))
    found = set()
    for match in _NAME.finditer(text):
        word = re.sub(r"['’]s$", "", match[0]).casefold()
        if match.start() > first and len(word) > 1 and word not in known:
            found.add(word)
    return found


def _quotations_hold(text: str, sentence: str) -> bool:
    """Marks are in pairs, and every quotation is in the sentence word for word."""
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return False
    source = _plain(sentence)
    return all(_plain(quotation) in source for quotation in _QUOTATION.findall(text))


def _plain(text: str) -> str:
    """Letters and figures only: marks and case at the edge of a quotation may differ."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _gained(marker: re.Pattern[str], text: str, sentence: str) -> bool:
    return marker.search(text) is not None and marker.search(sentence) is None


def _reordered(text: str, sentence: str) -> bool:
    """Whether the words of `text` that its source has come in another order there.

    Shortening is leaving out. A word that moved is most often a subject that changed:
    "It blocked the river, a survey found" must not become "The survey blocked the river".
    """
    places: dict[str, list[int]] = {}
    for place, term in enumerate(content_terms(sentence)):
        places.setdefault(term, []).append(place)
    # "more than we did two weeks ago" is not "more than two weeks ago".
    than = {match[1].casefold() for match in _THAN.finditer(sentence)}
    if any(match[1].casefold() not in than for match in _THAN.finditer(text)):
        return True
    last = -1
    for term in content_terms(_without_attribution(text)):
        if term in places and (len(term) > 3 or term[0].isdigit()):
            following = bisect_right(places[term], last)
            if following == len(places[term]):
                return True
            last = places[term][following]
    return False


def _without_attribution(text: str) -> str:
    """`text` without "Ann Roe said (that)" before or ", Ann Roe said" behind: it may move."""
    verbs = speech_cues("en").verbs
    words = text.split(" ")
    opening = next((i for i, word in enumerate(words[:12]) if word.strip(",:") in verbs), None)
    if opening is not None and opening + 3 < len(words):
        words = words[opening + 1 :]
    body = " ".join(words)
    clause = body.rpartition(", ")[2]
    if len(clause) <= 100 and verbs & set(clause.rstrip(".").split()) and clause != body:
        return body[: -len(clause)]
    return body


def _negation_lost(text: str, sentence: str) -> bool:
    """Whether a negation is gone that stands within what is told of the source."""
    if _NEGATION.search(text) or not _NEGATION.search(sentence):
        return False
    told = _terms(text)
    spans = [m.span() for m in _WORD.finditer(sentence) if told & set(content_terms(m[0]))]
    if not spans:
        return False
    start, end = spans[0][0], spans[-1][1]
    # Directly before the first word told, too: "will not | close the pier".
    return any(start - 24 <= m.start() < end for m in _NEGATION.finditer(sentence))


def _hedge_lost(text: str, sentence: str) -> bool:
    """Whether a hedge before a told word, a condition, or a bound of a told number is gone."""
    if _CONDITION.match(sentence) and not re.search(r"\b(?:if|unless|should)\b", text, re.I):
        return True
    low, numbers = text.casefold(), _numbers(text)
    for bound in _BOUND.finditer(sentence):
        number = _GROUPING.sub("", bound[2] or "")
        if (not number or number in numbers) and bound[1].casefold() not in low:
            return True
    if _HEDGE.search(text):
        return False
    told = _terms(text)
    # A window: the whole rest of the sentence for each marker would be quadratic.
    following = (sentence[m.end() : m.end() + 80] for m in _HEDGE.finditer(sentence))
    return any(_first_term(rest) in told for rest in following)


def _told_as_fact(text: str, sentence: str) -> bool:
    """Whether a word of alleging is gone while the word it governs is told."""
    kept = {stem.casefold() for stem in _ALLEGED.findall(text)}
    told = _terms(text)
    return any(
        match[1].casefold() not in kept
        and _first_term(sentence[match.end() : match.end() + 80]) in told
        for match in _ALLEGED.finditer(sentence)
    )


def _acts_instead(text: str, sentence: str, speaker: str) -> bool:
    """Whether `text` opens with the speaker and a verb that is not theirs in the source.

    "Records were stolen, the clinic said" must not become "The clinic stole records".
    """
    name = re.escape(speaker.split()[-1])
    opening = re.match(rf"(?:[\w.’'-]{{1,40}} ){{0,5}}?{name} (?:\w+ly )?([a-z]+)\b", text)
    if opening is None or opening[1] in speech_cues("en").verbs:
        return False
    own = rf"\b{name}(?:,[^,]{{1,160}},)?\s+(?:\w+ly\s+)?{opening[1]}\b"
    return re.search(own, sentence) is None


def _first_term(text: str) -> str | None:
    """The first term with content."""
    return next((t for t in content_terms(text) if len(t) > 3 or t[0].isdigit()), None)
