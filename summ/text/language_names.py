"""Names of languages: what a user types for one, and what a reader is shown.

The names are CLDR's, through Babel. A code costs one locale (30 ms); a name in English
the same; a name in the language itself is looked for among the languages written in
that script.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from summ.errors import UsageError
from summ.text.language import script_of

if TYPE_CHECKING:
    from babel import Locale

_LONGEST = 60
"""Code points; no language has a longer name."""
_CODE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<territory>[a-z]{2}|\d{3}))?"
)
_QUALIFIED = re.compile(r"(?P<name>[^(),]+?)\s*(?:\(\s*(?P<inside>[^()]+?)\s*\)|,\s*(?P<after>.+))")
_NOT_LANGUAGES = frozenset({"und", "mul", "zxx", "root", "mis"})
_NO_TERRITORY = "ZZ"

_SLIPS = MappingProxyType(
    {
        "al": "sq", "by": "be", "cn": "zh", "cz": "cs", "dk": "da", "eg": "ar", "gb": "en",
        "gr": "el", "il": "he", "ir": "fa", "jp": "ja", "kz": "kk", "rs": "sr", "sp": "es",
        "ua": "uk", "us": "en", "vn": "vi",
    }
)  # fmt: skip
"""Codes of countries, written where the language's own is meant."""
_OTHER_NAMES = MappingProxyType(
    {
        "farsi": "fa", "mandarin": "zh", "castilian": "es", "dari": "fa-AF", "bengali": "bn",
        "panjabi": "pa", "sinhalese": "si", "myanmar": "my", "tagalog": "fil", "kirghiz": "ky",
        "uighur": "ug", "chinese simplified": "zh-Hans", "chinese traditional": "zh-Hant",
        "brasileiro": "pt-BR", "portugues brasileiro": "pt-BR", "ivrit": "he", "moldovan": "ro-MD",
        "简体": "zh-Hans", "繁體": "zh-Hant", "繁体": "zh-Hant", "汉语": "zh", "漢語": "zh",
        "普通话": "zh", "bahasa indonesia": "id", "bahasa melayu": "ms", "srpski": "sr-Latn",
        "brazilian": "pt-BR",
    }
)  # fmt: skip
"""Names in use that CLDR does not list, without case and accents."""
_FIRST = (
    "de fr es pt it nl pl cs sk sv da nb fi hu ro tr vi id lt lv et hr sl ca "
    "uk ru bg sr mk be kk ar fa ur he hi mr ne zh zh_Hant ja ko el th ka hy bn ta"
)
"""Tried before the others, as most names are among them."""


def parse_language(name: str) -> str:
    """The canonical BCP 47 code that `name` means.

    Args:
        name: a code (`uk`, `pt_br`, `zh-Hant`, `ukr`), a name in English (`Ukrainian`,
            `Brazilian Portuguese`, `Portuguese (Brazil)`) or in itself (`українська`,
            `Deutsch`, `中文`). Case, accents and `_` for `-` do not matter.

    Raises:
        UsageError: there is no such language; the hint names close ones.
    """
    # Full-width brackets and letters are what a Chinese or Japanese keyboard gives.
    wanted = unicodedata.normalize("NFKC", name[: 4 * _LONGEST]).strip()
    if not wanted:
        raise UsageError("the name of a language is empty.", "Write a code or a name, such as uk.")
    if len(wanted) <= _LONGEST:
        code = _from_code(wanted) or _from_name(wanted)
        if code:
            return code
    raise UsageError(f"{_printable(wanted)} is not a language that is known.", _advice(wanted))


def display_name(code: str, in_language: str) -> str:
    """The name of `code` in the language `in_language`, else in English, else `code`."""
    locales = (_locale(in_language), _locale("en"))
    names = (_name_in(locale, code) for locale in locales if locale)
    return next((name for name in names if name), code)


def english_name(code: str) -> str:
    """The name of `code` in English: `Ukrainian`, `Brazilian Portuguese`; else `code`."""
    return display_name(code, "en")


@lru_cache(maxsize=512)
def _locale(code: str) -> Locale | None:
    """Babel's locale for a code, without region where it has none for that."""
    from babel import Locale, UnknownLocaleError

    parts = code.replace("-", "_").split("_")
    for known in dict.fromkeys(("_".join(parts), parts[0])):
        try:
            return Locale.parse(known)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None


def _english() -> Locale:
    from babel import Locale

    return Locale("en")


def _name_in(locale: Locale, code: str) -> str | None:
    """The name of `code` in `locale`: of the whole code, or of its parts."""
    parts = code.replace("-", "_").split("_")
    whole = locale.languages.get("_".join(parts))
    if whole:
        return str(whole)
    name = locale.languages.get(parts[0])
    if not name or len(parts) == 1:
        return name
    details = [
        locale.scripts.get(part) or locale.territories.get(part) or part for part in parts[1:]
    ]
    return f"{name} ({', '.join(details)})"


def _from_code(wanted: str) -> str | None:
    """The code in canonical form; None when it is not a code of a known language."""
    from babel.core import get_global

    match = _CODE.fullmatch(wanted.replace("_", "-").lower())
    if not match:
        return None
    english = _english()
    language, script, territory = match.group("language", "script", "territory")
    aliases = get_global("language_aliases")
    # An alias may carry a script (`sh` is `sr_Latn`), which one that is written overrides.
    language, _, alias_script = str(aliases.get(language, language)).partition("_")
    if language not in english.languages or language in _NOT_LANGUAGES:
        return None
    script = (script or alias_script).title()
    if script and script not in english.scripts:
        return None
    territory = (territory or "").upper()
    territory = (get_global("territory_aliases").get(territory) or [territory])[0]
    if territory and (territory == _NO_TERRITORY or territory not in english.territories):
        return None
    return "-".join(filter(None, (language, script, territory)))


def _from_name(wanted: str) -> str | None:
    """The code of a language by its name, in English or in itself."""
    key = _plain(wanted)
    known = _OTHER_NAMES.get(key) or _english_names().get(key) or _from_qualified(wanted)
    # What looks like a code is none: no language calls itself by three plain letters.
    return known if known or (key.isascii() and len(key) <= 3) else _own_name(key)


def _from_qualified(wanted: str) -> str | None:
    """`Portuguese (Brazil)` or `Serbian, Latin`: a language, and a region or script."""
    match = _QUALIFIED.fullmatch(wanted)
    if not match:
        return None
    base = _from_name(match["name"])
    if not base:
        return None
    detail = _plain(match["inside"] or match["after"])
    for locale in (_english(), _locale(base)):
        for codes in (locale.territories, locale.scripts) if locale else ():
            for code, name in codes.items():
                if _plain(name) == detail:
                    # `srpski` is sr-Latn already when `(latinica)` is read.
                    return _from_code(f"{base}-{code}") or _from_code(
                        f"{base.partition('-')[0]}-{code}"
                    )
    return _from_code(f"{base}-{detail}")


@lru_cache(maxsize=1)
def _english_names() -> MappingProxyType[str, str]:
    """Names in English, without case and accents, to codes."""
    return MappingProxyType(_names_in(_english(), ""))


def _names_in(locale: Locale, base: str) -> dict[str, str]:
    """Names that `locale` has for `base` and its variants (all languages if empty)."""
    return {
        # CLDR adds the dialect to some: `kurdî (kurmancî)`.
        _plain(variant): code.replace("_", "-")
        for code, name in locale.languages.items()
        if code not in _NOT_LANGUAGES and (not base or code.partition("_")[0] == base)
        for variant in ({name, name.partition("(")[0]} if code == base else {name})
    }


@lru_cache(maxsize=256)
def _own_name(key: str) -> str | None:
    """The code of the language whose own name is `key`."""
    script = script_of(key)
    for identifier in _identifiers(script):
        locale = _locale(identifier)
        if locale:
            code = _names_in(locale, identifier.partition("_")[0]).get(key)
            if code:
                return code
    return None


@lru_cache(maxsize=64)
def _identifiers(script: str | None) -> tuple[str, ...]:
    """Locales of the languages written in `script`, the best known first."""
    from babel.core import get_global
    from babel.localedata import locale_identifiers

    likely = get_global("likely_subtags")
    han = {"Hani": ("Hans", "Hant", "Jpan", "Kore"), "Jpan": ("Jpan",)}
    systems = han.get(script or "", (script,))
    first = _FIRST.split()
    rest = [name for name in locale_identifiers() if "_" not in name and name not in first]
    return tuple(
        name
        for name in (*first, *rest)
        if name == "zh_Hant" or str(likely.get(name, "")).split("_")[1:2] in [[s] for s in systems]
    )


def _plain(name: str) -> str:
    """`name` without case, accents, and more than one space at a time."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.split())


def _printable(text: str) -> str:
    """Safe to show: one line, short, no control characters."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:_LONGEST])
    return f"“{shown}”"


def _advice(wanted: str) -> str:
    """What the user may have meant."""
    slip = _SLIPS.get(wanted.lower())
    if slip:
        return f"Did you mean {slip} ({english_name(slip)})?"
    if len(wanted) <= _LONGEST:
        names = _english_names()
        close = difflib.get_close_matches(_plain(wanted), names, n=3, cutoff=0.7)
        if close:
            meant = [f"{english_name(names[name])} ({names[name]})" for name in close]
            return f"Did you mean {' or '.join(meant)}?"
    return "Write a code such as uk or pt-BR, or a name such as Ukrainian."
