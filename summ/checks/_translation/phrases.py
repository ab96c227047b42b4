"""What models write around or instead of a translation: announcements, notes, refusals.

The phrases are in `cues/translation`, in lower case, without punctuation; what is in the
source in its own language may be in the translation, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from summ.checks._translation.common import base_of
from summ.checks._translation.words import is_dense
from summ.checks.cues import cues

_HEAD, _TAIL = 120, 300
_TITLE = 80
"""Most characters of an announcement before its colon."""
_APOSTROPHE = regex.compile(r"[’'ʼ`]")
_APART = regex.compile(r"[^\p{L}\p{M}\d]+")
_COLON = regex.compile(r"[:：]")
_QUOTE = regex.compile(
    r"[\p{Pi}\p{Pf}\"„「」『』`*״--[‘’]]|(?<!\p{L})[‘’']|[‘’'](?!\p{L})", regex.VERSION1
)
_EDGE = 3
_FENCE = "```"


def preamble(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """What `target` has around the translation, as it is written; None for nothing."""
    if _FENCE in target and _FENCE not in source:
        return _FENCE
    if _quoted(target) and not _quoted_itself(source, target):
        return f"{target[0]}…{target[-1]}"
    stems = _known(languages[0]).get("translation", ())
    if any(_says(stem, _plain(source), whole=False) for stem in stems):
        return None
    for language in dict.fromkeys(("en", base_of(languages[1]))):
        found = _announcement(target, _known(language)) or _note(target, _known(language))
        if found:
            return found
    return None


def refusal(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """The words with which `target` refuses or speaks of a model, if it does."""
    plain, own = _plain(target[:_TAIL]), _plain(source)
    if any(_says(phrase, own) for phrase in _known(languages[0]).get("refusals", ())):
        return None
    for language in dict.fromkeys(("en", base_of(languages[1]))):
        for phrase in _known(language).get("refusals", ()):
            if _says(phrase, plain) and not _says(phrase, own):
                return str(phrase)
    return None


def _plain(text: str) -> str:
    """Lower-case words with single spaces, one before and one behind."""
    return f" {_APART.sub(' ', _APOSTROPHE.sub('', text.casefold())).strip()} "


def _known(language: str | None) -> Mapping[str, Any]:
    return cues("translation", base_of(language))


def _says(phrase: str, plain: str, *, whole: bool = True) -> bool:
    """Whether a phrase is in a plain text: from a word's start, and to its end if `whole`."""
    if is_dense(phrase):
        return phrase in plain
    return f" {phrase}{' ' if whole else ''}" in plain


def _announcement(target: str, known: Mapping[str, Any]) -> str | None:
    """The first words of `target`, when they announce a translation."""
    head = _COLON.split(target[:_HEAD], maxsplit=1)[0].strip()
    plain = _plain(head)
    if not any(_says(stem, plain, whole=False) for stem in known.get("translation", ())):
        return None
    leads = any(plain.startswith(f" {lead}") for lead in known.get("leads", ()))
    titled = len(head) <= min(_TITLE, len(target[:_HEAD]) - 1)
    return head[:_TITLE] if leads or titled else None


def _note(target: str, known: Mapping[str, Any]) -> str | None:
    """The word with which `target` begins to speak of itself, near its end."""
    plain = _plain(target[-_TAIL:])
    for note in known.get("notes", ()):
        _, found, rest = plain.partition(f" {note}" if is_dense(note) else f" {note} ")
        stems = known.get("translation", ())
        if found and any(_says(stem, f" {note} {rest}", whole=False) for stem in stems):
            return str(note)
    return None


def _quoted(text: str) -> bool:
    """Whether a text begins and ends with quotation marks or the like."""
    return len(text) > 2 and all(_QUOTE.match(text, at) for at in (0, len(text) - 1))


def _quoted_itself(source: str, target: str) -> bool:
    """Whether quotation marks around `target` may be those of `source`: not if they are two."""
    if not (_QUOTE.search(source[:_EDGE]) or _QUOTE.search(source[-_EDGE:])):
        return False
    return _doubled(source) or not _doubled(target)


def _doubled(text: str) -> bool:
    """Whether two quotation marks stand at its beginning or its end."""
    return any(len(_QUOTE.findall(edge)) == 2 for edge in (text[:2], text[-2:]))
