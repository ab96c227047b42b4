"""Figures as another language writes them: 412,600 is 412.600, and 3.5 is 3,5."""

from __future__ import annotations

import re

_SPACES = " \u00a0\u202f"
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[.,\u00a0\u202f ’'][0-9]{3})+(?![0-9]|[.,][0-9])")
_SIGNS = re.compile(r"[^0-9]")
_PLAIN = re.compile(r"[0-9]{4,}")


def without_groups(figure: str, language: str) -> str:
    """A whole number in figures without what parts its thousands; any other as it is.

    Args:
        figure: such as `412,600`.
        language: BCP 47 code of the text that has it.
    """
    whole, fraction = _parts(figure, language)
    return whole if whole and not fraction else figure


def in_own_form(figure: str, source: str, target: str) -> str:
    """A figure of one language with the separators of another.

    Args:
        figure: such as `412,600` or `3.5`.
        source: BCP 47 code of the text that has it.
        target: BCP 47 code of the language that it is for.

    Returns:
        The figure as it is where it is no number with separators, such as a version or a
        year, or where it isn't known how one of the languages writes numbers.
    """
    whole, fraction = _parts(figure, source)
    symbols = _symbols(target)
    if not whole or symbols is None:
        return figure
    decimal = symbols[1] + fraction if fraction else ""
    return _grouped(whole, target) + decimal if _is_grouped(figure, whole) else whole + decimal


def with_own_separators(text: str, out: str, source: str, target: str) -> str:
    """A translation with thousands parted as its language does, where they are read otherwise.

    Args:
        text: the original.
        out: the translation: 17,300 may have come through as it was, which is 17.3 here.
        source: BCP 47 code of the original.
        target: BCP 47 code of the translation.

    Returns:
        The translation, its digits the same.
    """
    theirs = {_SIGNS.sub("", one[0]): one[0] for one in _GROUPED.finditer(text)}

    def corrected(match: re.Match[str]) -> str:
        figure = theirs.get(_SIGNS.sub("", match[0]))
        if figure is None or _parts(match[0], target) == _parts(figure, source):
            return match[0]
        return in_own_form(figure, source, target)

    return _GROUPED.sub(corrected, out) if theirs else out


def _is_grouped(figure: str, whole: str) -> bool:
    return not figure.startswith(whole)


def _parts(figure: str, language: str) -> tuple[str, str]:
    """The whole number without separators, and its decimals; empty for what is no number."""
    symbols = _symbols(language)
    if symbols is None or _PLAIN.fullmatch(figure):
        return "", ""
    group, decimal = symbols
    groups = "".join({group, *_SPACES} - {decimal})
    number = rf"([1-9][0-9]{{0,2}}(?:[{re.escape(groups)}][0-9]{{3}})+|[0-9]+)"
    found = re.fullmatch(rf"{number}(?:{re.escape(decimal)}([0-9]+))?", figure)
    if found is None:
        return "", ""
    return _SIGNS.sub("", found[1]), found[2] or ""


def _grouped(whole: str, language: str) -> str:
    from babel.numbers import format_decimal

    # Python refuses numbers of thousands of digits, and no text has one of thirty.
    return format_decimal(int(whole), locale=_tag(language)) if len(whole) <= 30 else whole


def _symbols(language: str) -> tuple[str, str] | None:
    """What parts thousands and decimals; None for a language that isn't known."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol, get_group_symbol

    try:
        locale = Locale.parse(_tag(language))
    except (UnknownLocaleError, ValueError):
        return None
    return get_group_symbol(locale), get_decimal_symbol(locale)


def _tag(language: str) -> str:
    return language.replace("-", "_")
