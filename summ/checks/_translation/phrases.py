"""What models write around or instead of a translation: announcements, notes, refusals.

The phrases are in `cues/translation`, in lower case, without punctuation; what is in the
source in its own language may be in the translation, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from summ.checks.cues import cues

_HEAD = 120
_TAIL = 300
_APOSTROPHE = regex.compile(r"[’'ʼ`]")
_APART = regex.compile(r"[^\p{L}\p{M}\d]+")
_QUOTES = {
    "\"": "\"", "“": "”", "„": "“", "«": "»", "»": "«", "「": "」", "『": "』", "”": "”", "'": "'",
    "‘": "’", "`": "`", "*": "*",
}  # fmt: skip
_ANY_QUOTE = regex.compile(r"^[\p{Pi}\p{Pf}\"'„「『`*]|[\p{Pi}\p{Pf}\"'」』`*]$")
_FENCE = "```"


def _plain(text: str) -> str:
    """Lower-case words with single spaces, one before and one behind."""
    return f" {_APART.sub(' ', _APOSTROPHE.sub('', text.casefold())).strip()} "


def _known(language: str | None) -> Mapping[str, Any]:
    return cues("translation", (language or "").casefold().partition("-")[0])


def preamble(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """What `target` has around the translation, as it is written; None for nothing."""
    if _FENCE in target and _FENCE not in source:
        return _FENCE
    return (
        _announcement(source, target, languages)
        or _note(source, target, languages)
        or _quoted(source, target)
    )


def _announcement(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    head, colon, _ = target[:_HEAD].partition(":")
    if not colon:
        head, colon, _ = target[:_HEAD].partition("：")
    plain = _plain(head)
    own = _plain(source[:_HEAD])
    stems = _known(languages[0]).get("translation", ())
    if any(f" {stem}" in own for stem in stems):
        return None
    for language in ("en", languages[1]):
        known = _known(language)
        said = [stem for stem in known.get("translation", ()) if f" {stem}" in plain]
        if colon and said and len(head) <= 80:
            return head.strip()
        for lead in known.get("leads", ()):
            if plain.startswith(f" {lead} ") and said:
                return head.strip()
    return None


def _note(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    plain, own = _plain(target[-_TAIL:]), _plain(source)
    stems = _known(languages[0]).get("translation", ())
    if any(f" {stem}" in own for stem in stems):
        return None
    for language in ("en", languages[1]):
        known = _known(language)
        for note in known.get("notes", ()):
            _, found, rest = plain.partition(f" {note} ")
            if found and any(f" {stem}" in f" {rest}" for stem in known.get("translation", ())):
                return str(note)
    return None


def _quoted(source: str, target: str) -> str | None:
    """Quotation marks around the whole that the source has not."""
    close = _QUOTES.get(target[:1])
    if close is None or len(target) < 2 or target[-1] != close or _ANY_QUOTE.search(source):
        return None
    inner = target[1:-1]
    return None if target[0] in inner or close in inner else f"{target[0]}…{close}"


def refusal(source: str, target: str, languages: tuple[str | None, str]) -> str | None:
    """The words with which `target` refuses or speaks of a model, if it does."""
    plain, own = _plain(target[:_TAIL]), _plain(source)
    if any(f" {phrase} " in own for phrase in _known(languages[0]).get("refusals", ())):
        return None
    for language in ("en", languages[1]):
        for phrase in _known(language).get("refusals", ()):
            if f" {phrase} " in plain and f" {phrase} " not in own:
                return str(phrase)
    return None
