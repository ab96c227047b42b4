"""What stands among words and is none: addresses, handles, paths, names in code, formulas.

It is not translated, and many a translator would lose its signs without a word. Patterns err
towards prose: what is not seen here is translated like any other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

HIDDEN = "\0"
"""Stands for what no formula reaches across."""


class Verbatim(NamedTuple):
    """A stretch of a text that is kept as it is.

    Attributes:
        start: half-open offset.
        end: half-open offset.
        kind: `address` or `code`, as of a `Piece`.
    """

    start: int
    end: int
    kind: str


_ADDRESS = re.compile(
    r"(?:(?<![\w/])(?:https?|ftp)://|(?<![\w/.])www\.(?=\w))[^\s<>\"'`|^{}\\«»“”„‘’\u3000-\u303f\uff00-\uffef]+"
    r"|(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}+@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?![\w@])"
)
_AFTER = ".,;:!?*_~…"

_ENDINGS = (
    r"apk|avi|bak|bat|bib|bmp|bz2|cfg|conf|cpp|css|csv|deb|dll|docx?|env|epub|exe|gif|go|gz|hpp"
    r"|html?|ico|ini|ipynb|iso|jar|java|jpe?g|jsx?|json|log|lua|md|mkv|mov|mp[34]|od[st]|ogg|otf"
    r"|pdf|php|png|pot?|pptx?|ps1|psd|py[ci]?|rar|rb|rpm|rst|rtf|sh|sql|srt|svg|tar|tex|tgz|tiff"
    r"|tmp|toml|tsv|tsx?|ttf|txt|vtt|wav|web[mp]|whl|woff2|xlsx?|xml|xz|ya?ml|zip"
)
_ENDING = rf"\.(?:{_ENDINGS}|{_ENDINGS.upper()})(?!\w|[./-]\w)"
_STEP = r"(?:\.\.|[\w.@+~-]*[\w+~-])"
_OPERAND = (
    r"\(?(?:[0-9]{1,9}(?:\.[0-9]{1,9})?[A-Za-z]{0,2}|[A-Za-z]{1,2}|sin|cos|tan|log|exp|[^\W\d_])"
    r"(?:[\^_][({]?-?\w{1,9}[)}]?){0,4}(?:\)(?:\^[({]?-?\w{1,9}[)}]?)?)?"
)
_POWERS = re.compile(
    rf"(?<![\w^.]){_OPERAND}(?:(?: ?[=+*/<>≤≥≈±×·−-] ?|(?=\()){_OPERAND}){{0,30}}+(?![\w^])"
)

_TEMPLATES = (
    r"\{\{[^{}\0]{0,300}\}\}"  # {{ site.name }}
    r"|\{%(?:[^%{}\0]|%(?!\})){0,300}+%\}"  # {% include x.html %}
    r"|\{:[^{}\0]{1,200}\}"  # {: .wide}
    r"|\$\{[^{}\s\0]{1,100}\}"  # ${NAME}
    r"|(?<![{\w])\{\w{0,40}\}(?!\})"  # {name}
)
_SIGNED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("@", r"(?<![\w@./+-])@[^\W\d][\w-]{0,60}(?:[./@][\w-]{1,60}){0,6}"),
        ("#", r"(?<![\w&#/])#(?=\w{0,100}[^\W\d_])\w{1,100}#?"),
        ("#", r"(?<!\w)[A-Z]#(?![\w#])"),  # C#
        ("{", _TEMPLATES),
        ("$", r"(?<![\w$])\$[A-Z_][A-Z0-9_]{2,40}(?![\w$])"),
        ("<", r"</?[A-Za-z][\w:-]{0,40}(?:\s[^<>=]{1,60}=[^<>]{0,300})?\s?/?>"),
        ("\\", r"(?<![\w\\])[\w.:%$-]{0,64}+\\?(?:\\[\w.$%^{}-]{1,255}+)++\\?"),  # C:\temp\x.txt
        ("~/", r"(?<![\w~/])~(?:/[\w.@+~-]*)+"),
        ("/", rf"(?<![\w./])\.{{1,2}}(?:/{_STEP})+/?"),  # ./x
        ("/", rf"(?<![\w/.:<>)\]}}%~])(?:/{_STEP}){{2,}}/?"),  # /etc/hosts
        ("/", rf"(?<![\w/.:<>)\]}}%~])/[\w@+-][\w.@+-]*?{_ENDING}"),  # /index.html
        (".", rf"(?<![\w@./-])[\w@+-][\w.@+-]{{0,100}}?(?:/[\w.@+-]{{1,100}}?){{0,20}}?{_ENDING}"),
        ("_", r"(?<!\w)\w*?[^\W_]_++[^\W_]\w*(?:\.[a-z_]\w*)*(?:\(\))?"),  # snake_case
    )
)
_OPTION = re.compile(r"(?<![\w-])--[A-Za-z][\w-]*(?:=[^\s,;)\]]{1,100})?")
_DASHES = re.compile(r"\w--(?!\w|-)")
"""A dash as typewriters have it, with another one before it that would look like an option."""

_TAIL = re.compile(r"[.,;:!?…-]+\Z")

_DOLLARS = re.compile(
    r"(?<![\w$\\])\$\$((?:[^$\\\0]|\\[^\0])++)\$\$(?!\$)"
    r"|(?<![\w$\\])\$(?![\s$])((?:[^$\\\0]|\\[^\0])++)(?<!\s)\$(?![\w$])"
    r"|(?<!\\)\\\(((?:[^\\\0]|\\[^()\[\]\0])++)\\\)"
    r"|(?<!\\)\\\[((?:[^\\\0]|\\[^()\[\]\0])++)\\\]"
)
_COMMAND = re.compile(r"(?<![\w:])\\[A-Za-z]")
_LONG_WORD = re.compile(r"(?<![\\\w{])[^\W\d_]{4,}")
_FORMULA_SIGN = re.compile(r"[\\^_=+<>{}|]")
_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{2,}")
_SENTENCE = re.compile(r"(?<![\\\w])[^\W\d_]{2,}[,;.]? [^\W\d_]{2,}")
_TEMPLATE = re.compile(_TEMPLATES)


def verbatim(text: str) -> list[Verbatim]:
    """What of a text, as a reader sees it, is kept; disjoint, in its order."""
    found = [Verbatim(*span, "address") for span in _addresses(text)]
    for sign, pattern in _SIGNED:
        if sign in text:
            found += _of(text, pattern)
    if "--" in text and not _DASHES.search(text):
        found += _of(text, _OPTION)
    if "^" in text:
        found += _powers(text)
    if "\\" in text and _is_line_of_formula(text):
        found.append(Verbatim(0, len(text), "code"))
    return _disjoint(found)


def formulas(source: str) -> list[Verbatim]:
    """Formulas and marks of templates in the source of a block: markup in them is none.

    Args:
        source: with `HIDDEN` for each character that none of them reaches across.

    Returns:
        Disjoint stretches in the order of the source.
    """
    found = []
    if "$" in source or "\\" in source:
        for match in _DOLLARS.finditer(source):
            inner = source[match.start(match.lastindex or 0) : match.end(match.lastindex or 0)]
            if _is_formula(inner):
                found.append(Verbatim(*match.span(), "code"))
    if "{" in source:
        found += _of(source, _TEMPLATE)
    return _disjoint(found)


def _is_formula(inner: str) -> bool:
    """Whether what stands between signs of a formula is one, and no price and no words."""
    if not any(map(str.isalnum, inner)):
        return False
    if _COMMAND.search(inner):
        return True
    wordy = _SENTENCE if _FORMULA_SIGN.search(inner) else _WORD
    return wordy.search(inner) is None


def _is_line_of_formula(text: str) -> bool:
    """Whether a text is commands of mathematics, as in a line of a formula of several lines."""
    return bool(_COMMAND.search(text)) and _LONG_WORD.search(text) is None


def _powers(text: str) -> Iterator[Verbatim]:
    """Formulas with a power, without brackets that are around them or only at one end."""
    for match in _POWERS.finditer(text):
        start, end = match.span()
        if "^" not in match[0]:
            continue
        first, last = match[0].startswith("("), match[0].endswith(")")
        if match[0].count("(") - match[0].count(")") == first - last:
            start, end = start + first, end - last
        yield Verbatim(start, end, "code")


def _of(text: str, pattern: re.Pattern[str]) -> Iterator[Verbatim]:
    """Matches with more than punctuation at the end that belongs to the sentence."""
    for match in pattern.finditer(text):
        tail = _TAIL.search(match[0][-8:]) if match[0][-1:] in _AFTER else None
        end = match.end() - (len(tail[0]) if tail else 0)
        if end > match.start():
            yield Verbatim(match.start(), end, "code")


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where web and e-mail addresses stand in a text, without the punctuation after them."""
    if "@" not in text and "://" not in text and "www." not in text:
        return []
    return [(m.start(), m.start() + _address_end(m[0])) for m in _ADDRESS.finditer(text)]


def _address_end(address: str) -> int:
    """Length of an address without punctuation and brackets that belong to the sentence."""
    over = {
        ")": address.count(")") - address.count("("),
        "]": address.count("]") - address.count("["),
    }
    end = len(address)
    while end > 1 and (address[end - 1] in _AFTER or over.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in over:
            over[address[end]] -= 1
    return end


def _disjoint(found: list[Verbatim]) -> list[Verbatim]:
    """Stretches that meet as one, in order; an address with anything is an address."""
    done: list[Verbatim] = []
    for one in sorted(found):
        if done and one.start < done[-1].end:
            last = done.pop()
            kind = "address" if "address" in {last.kind, one.kind} else "code"
            one = Verbatim(last.start, max(last.end, one.end), kind)
        done.append(one)
    return done
