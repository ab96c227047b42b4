"""Words of the source in its translation: copied rather than translated."""

from __future__ import annotations

from summ.checks._translation.common import common_words, is_surely
from summ.checks._translation.words import is_dense, words_of
from summ.text.language import is_in_language, is_in_script, same_language

LONG = 40
"""Characters from which an equal text of more than names was not translated."""

_ALIKE = tuple(
    frozenset(group.split())
    for group in ("hr bs sr cnr sh", "id ms", "no nb nn da", "en sco", "fa prs tg", "ro mo")
)  # fmt: skip
"""Languages of which one sentence may be right in both."""
_CLOSE = tuple(
    frozenset(group.split())
    for group in (
        "es pt gl ca ast an", "uk ru be", "cs sk", "bg mk", "sv no nb nn da", "nl af fy", "hr sl",
        "tr az tk", "it co scn", "hi mr ne", "fr oc ca", "kk ky tt ba",
    )
)  # fmt: skip
_SHARE = 0.5
_SHARE_CLOSE = 0.85
_FEW = 4
"""Words in lower case that two languages may well share."""
_EQUAL_WORDS = 3
_EQUAL_DENSE = 10


def copied(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """What shows that `target` is its source, wholly or for the most part; None for nothing.

    Names, figures and addresses may stay as they are, and so may anything between languages
    that share whole sentences.
    """
    if same_language(*languages) or _together(_ALIKE, languages):
        return None
    how = _equal(source, target, languages[1]) or _shared(source, target, languages)
    # A quotation in the language of the translation stands in both as it is.
    return None if how and _is_already(target, languages) else how


def _is_already(text: str, languages: tuple[str | None, str]) -> bool:
    source, target = languages
    if is_surely(common_words(text), target):
        return True
    if len(text) < LONG or is_in_language(text, target) is not True:
        return False
    return source is None or is_in_language(text, source) is not True


def _equal(source: str, target: str, language: str) -> str | None:
    return "it equals the source" if source == target and _must_change(source, language) else None


def _shared(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """How much of the target's words in lower case the source has, if that is too much."""
    if source == target:
        return None
    have = {word.casefold() for word in words_of(source).plain}
    words = [word.casefold() for word in words_of(target).plain]
    kept = sum(word in have for word in words)
    share = _SHARE_CLOSE if _together(_CLOSE, languages) else _SHARE
    if kept >= max(_FEW, share * len(words)):
        return f"{kept / len(words):.0%} of its words are the source's"
    return None


def _must_change(text: str, target: str) -> bool:
    """Whether a text can't be right in its source's language and in `target`."""
    words = words_of(text)
    if words.only_names:
        return False
    if is_dense(text):
        return len(text) >= _EQUAL_DENSE
    if len(text) >= LONG:
        return True
    foreign = [word for word in words.plain if is_in_script(word, target) is False]
    return len(words.plain) >= _EQUAL_WORDS or len(foreign) >= _EQUAL_WORDS - 1


def _together(groups: tuple[frozenset[str], ...], languages: tuple[str | None, str]) -> bool:
    bases = {(code or "").replace("_", "-").casefold().partition("-")[0] for code in languages}
    return any(bases <= group for group in groups)
