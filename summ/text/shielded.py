"""Words that an engine can't write, kept out of its sight.

An engine knows the letters of its two languages. Others are lost without a word, with a name
that has them (Łódź), and a sign of a currency may become that of another. What is lost is shown
to the engine as a word that it copies, and put back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from types import MappingProxyType

import regex

from summ.text.language import is_in_script

_WORD = regex.compile(r"[^\s\p{P}]+(?:[-'’.·&_/][^\s\p{P}]+)*")
_CODES: MappingProxyType[str, str] = MappingProxyType(
    {
        "€": "EUR", "£": "GBP", "₴": "UAH", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY",
        "₪": "ILS", "₸": "KZT", "₾": "GEL", "₫": "VND", "₱": "PHP", "₦": "NGN", "₿": "BTC",
    }
)  # fmt: skip
_SIGN = regex.compile(rf"(?P<before>\d\s?)?(?P<sign>[{''.join(_CODES)}])(?P<after>\s?\d)?")


def lost(text: str, out: str, source: str) -> list[str]:
    """Characters of a sentence that are not in its translation and may be unknown to the engine.

    Args:
        text: the sentence.
        out: its translation.
        source: BCP 47 code of its language, whose own script is not asked about, but Latin.

    Returns:
        Letters with marks or of other scripts, signs, symbols; each once. A letter may as well
        have been translated; a symbol never is.
    """
    low = out.casefold()
    gone = [char for char in dict.fromkeys(text) if char.casefold() not in low]
    return [char for char in gone if is_symbol(char) or _is_foreign(char, source)]


def is_symbol(char: str) -> bool:
    """Whether a character is a symbol, a sign or a small figure, and no letter."""
    return not char.isascii() and unicodedata.category(char) in {"So", "Sm", "Sc", "No"}


def _is_foreign(char: str, source: str) -> bool:
    if char.isascii() or not char.isalpha():
        return False
    return "LATIN" in unicodedata.name(char, "") or is_in_script(char, source) is False


def probe(char: str) -> str:
    """A name that nobody has, with a letter in it: what comes back is a word if it is known."""
    return f"{char}ark" if char.isupper() else f"K{char}rk"


def with_codes(text: str) -> str:
    """A text with the codes of currencies in the place of their signs."""

    def code(match: regex.Match[str]) -> str:
        before, after = match["before"] or "", match["after"] or ""
        left = " " if before and not before[-1].isspace() else ""
        right = " " if after and not after[0].isspace() else ""
        return f"{before}{left}{_CODES[match['sign']]}{right}{after}"

    return _SIGN.sub(code, text)


def shielded(text: str, characters: Iterable[str], letter: str) -> tuple[str, list[str]]:
    """A sentence with a stand-in for each stretch of words that have one of some characters.

    A word in small letters with marks that it can do without (naïve) loses the marks.

    Args:
        text: the sentence.
        characters: that the engine does not know.
        letter: of the stand-ins, as in `summ.text.tagged`: no word begins with it and a digit.

    Returns:
        The sentence, and what the stand-ins stand for, in order from `1`.
    """
    odd = set(characters)
    spans: list[list[int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if odd.isdisjoint(match[0]) or _bare(match[0]):
            continue
        if spans and text[spans[-1][1] : start].isspace():
            spans[-1][1] = end
        else:
            spans.append([start, end])
    words = [text[start:end] for start, end in spans]
    pieces: list[str] = []
    done = 0
    for number, (start, end) in enumerate(spans, 1):
        pieces += [text[done:start], f"{letter}{number}"]
        done = end
    rest = "".join([*pieces, text[done:]])
    return _WORD.sub(lambda match: _without(odd, match[0]), rest), words


def _without(odd: Collection[str], word: str) -> str:
    """A word that was left, without marks if it has one of some characters."""
    return word if set(word).isdisjoint(odd) else _bare(word)


def _bare(word: str) -> str:
    """A common word without marks on its letters; empty for a name, and if some letter is left."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare if bare.isascii() and bare.islower() and bare.isalpha() else ""


def unshielded(out: str, words: Sequence[str], letter: str) -> str | None:
    """A translation with the words back; None when a stand-in is not there once."""
    pattern = regex.compile(rf"(?i)(?<![a-z0-9]){letter}([0-9]{{1,6}})(?![0-9])")
    found = sorted(int(match[1]) for match in pattern.finditer(out))
    if found != list(range(1, len(words) + 1)):
        return None
    return pattern.sub(lambda match: words[int(match[1]) - 1], out)
