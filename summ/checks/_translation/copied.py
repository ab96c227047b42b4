"""Words of the source in its translation: copied rather than translated."""

from __future__ import annotations

from summ.checks._translation.words import is_dense, words_of
from summ.text.language import is_in_script, same_language

LONG = 40
"""Characters from which an equal text of more than names was not translated."""

_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "hr bs sr cnr sh",
        "id ms",
        "no nb nn da",
        "en sco",
        "fa prs tg",
        "ro mo",
        "hi ur",
    )
)
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
"""Words in lower case below which a share tells nothing."""
_EQUAL_WORDS = 3
_EQUAL_DENSE = 10


def copied(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """What shows that `target` is its source, wholly or for the most part; None for nothing.

    Names, figures and addresses may stay as they are, and so may anything between languages
    that share whole sentences.
    """
    first, second = languages
    if same_language(first, second) or _together(_ALIKE, languages):
        return None
    if source == target:
        return "it equals the source" if _must_change(source, second) else None
    have = {word.casefold() for word in words_of(source).plain}
    words = [word.casefold() for word in words_of(target).plain]
    if len(words) < _FEW:
        return None
    share = sum(word in have for word in words) / len(words)
    if share >= (_SHARE_CLOSE if _together(_CLOSE, languages) else _SHARE):
        return f"{share:.0%} of its words are the source's"
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
