"""Names of languages for a reader, from CLDR."""

from __future__ import annotations

from functools import lru_cache

# CLDR would take "undetermined" for the likeliest language of all, which is English.
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis"})


@lru_cache(maxsize=256)
def language_name(code: str, reader: str | None = None) -> str:
    """The name of language `code` in the language `reader`, cased as within a sentence.

    Args:
        code: BCP 47, such as `uk`, `pt-BR`, `zh-Hant`.
        reader: BCP 47; None for the name in the language itself (`українська`).

    Returns:
        The name in English where `reader` is not known to CLDR, and `code` itself where
        the language is not.
    """
    return _look_up(code, reader or code) or _look_up(code, "en") or code


def _look_up(code: str, reader: str) -> str | None:
    """What CLDR calls `code` in the language `reader`, if it knows both."""
    from babel import Locale, UnknownLocaleError

    base, _, variant = code.partition("-")
    if base.lower() in _NO_LANGUAGE:
        return None
    try:
        language = Locale.parse(code, sep="-")
        locale = Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    if not variant:
        name: str | None = locale.languages.get(language.language)
        return name
    # CLDR has names of their own for some variants ("British English", 繁體中文).
    for part in (language.territory, language.script):
        own = locale.languages.get(f"{language.language}_{part}")
        if part and own:
            return str(own)
    return language.get_display_name(locale)
