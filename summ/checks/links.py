"""Are the addresses of a statement in the article?

Web addresses, e-mail addresses, host names and @handles are told by their form alone, so
the language doesn't matter. What it can't see: a host name under a top-level domain that
news hardly names, since a full stop without a space behind it looks the same; an address
in words ("example dot org").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summ.checks.article import Article, StatementCheck
from summ.model import Finding, Statement

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{1,8}}"
_REST = r"[^\s<>\"«»“”„]{0,2000}"
_ADDRESS = re.compile(
    rf"(?P<scheme>(?:https?|ftps?)://)(?P<rest>{_REST})"
    rf"|(?<![\w.%+@/-])(?P<mail>[\w.%+-]{{1,64}}@{_HOST})"
    rf"|(?<![\w.@/-])(?P<host>{_HOST})(?![\w@-])(?P<path>/{_REST})?"
    r"|(?<![\w.@/%+-])(?P<handle>@[^\W\d_]\w{1,40})(?![\w@])",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\A[^\x00-\x7f]+(?=[\x00-\x7f])|(?<=[\x00-\x7f])[^\x00-\x7f].*", re.DOTALL)
_ENDS = ".,;:!?…'’”»*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}

_TOPS = frozenset(
    {"com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "eu", "uk", "us"}
    | {"ca", "au", "nz", "de", "at", "ch", "fr", "be", "nl", "lu", "es", "pt", "it", "pl", "cz"}
    | {"sk", "hu", "ro", "bg", "gr", "hr", "si", "rs", "ua", "ru", "by", "lt", "lv", "ee", "fi"}
    | {"se", "no", "dk", "ie", "il", "tr", "cn", "jp", "kr", "tw", "hk", "in", "br", "mx", "ar"}
    | {"cl", "co", "za", "ke", "ng", "eg", "ae", "ir", "tv", "me", "gl", "fm", "app", "dev"}
    | {"online", "shop", "site", "xyz", "club", "news", "cloud", "museum", "укр", "рф"}
)
_SHORT_NAMES = frozenset({"com", "co", "me", "org"})
"""Top-level domains with host names of one letter (x.com): elsewhere it is an abbreviation."""

_SHOWN = 60


def checker(article: Article) -> StatementCheck:
    """Find addresses that the article doesn't have.

    Args:
        article: its addresses are looked for when a statement first has one.

    Returns:
        What yields `address-not-in-source` for each address of a statement that is not in
        the article, whatever its scheme, "www.", the case of its host and the punctuation
        behind it; nothing for a statement that is in the article word for word.
    """
    known: set[str] = set()

    def check(statement: Statement) -> Iterator[Finding]:
        wanted = dict(_addresses(statement.text))
        if not wanted or statement.text.strip() in article.document.text:
            return
        if not known:
            known.add("")
            for address, _ in _addresses(article.document.text):
                known.update((address, _host(address)))
        for address, shown in wanted.items():
            if address not in known:
                shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
                yield Finding(
                    "address-not-in-source", f"The address “{shown}” is not in the article."
                )

    return check


def other_addresses(source: str, target: str) -> list[str]:
    """Latin addresses of a translation that its source does not have, as they are written.

    In other letters an address may be one of the source's that has been transliterated.

    Args:
        source: without tags.
        target: likewise; words of other scripts may stand right beside an address.
    """
    found = [(_latin(address), _latin(shown)) for address, shown in _addresses(target)]
    wanted = [one for one in found if one[0].isascii() and any(map(str.isalnum, one[0]))]
    if not wanted:
        return []
    known = {_latin(address) for address, _ in _addresses(source)}
    known |= {_host(address) for address in known}
    return list(dict.fromkeys(shown for address, shown in wanted if address not in known))


def _latin(address: str) -> str:
    """An address without what another script has put beside it."""
    return _BESIDE.sub("", address)


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    """Each address of a text as it is compared, and as it is written."""
    for match in _ADDRESS.finditer(text):
        shown = _trimmed(match[0])
        if match["mail"] or match["handle"]:
            yield shown.lower(), shown
        elif match["scheme"] or _is_host(match["host"]):
            yield _plain(shown), shown


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence around it."""
    end = len(address)
    while end:
        last = address[end - 1]
        opening = _PAIRS.get(last)
        if last not in _ENDS and (opening is None or opening in address):
            break
        end -= 1
    return address[:end]


def _plain(address: str) -> str:
    """A web address without scheme, "www." and a last slash; its host in small letters."""
    address = address.partition("://")[2] or address
    host, slash, path = address.partition("/")
    return host.lower().removeprefix("www.") + (slash + path).rstrip("/")


def _host(address: str) -> str:
    """The host of an address, without user and path."""
    return address.partition("/")[0].rpartition("@")[2]


def _is_host(name: str) -> bool:
    """Whether words joined by full stops are a host name, not the end of a sentence."""
    before, _, top = name.rpartition(".")
    if top.lower() not in _TOPS:
        return False
    if top != top.lower() and name != name.upper():
        return False  # "the end.In May": a sentence begins
    return len(before) > 1 or top.lower() in _SHORT_NAMES
