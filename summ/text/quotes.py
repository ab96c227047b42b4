"""Double quotation marks: whether a text has any, without their shape, and in a language's."""

from __future__ import annotations

import re
from types import MappingProxyType

SHAPED = "“”„‟«»"
"""Double quotation marks that are not `"`."""

_ALL = re.compile(f"[\"{SHAPED}「」『』《》〝〞＂]|''|‹|›")
_SINGLE = re.compile(r"(?:^|[\s(\[—–])['‘‚](?=\w)")
_SPEECH, _DENSE = 4, 30
"""Words from which on it is no name or title; characters, in scripts without spaces."""
_SPACED = re.compile(r"(?<=«)[ \u00a0\u202f]+|[ \u00a0\u202f]+(?=»)")
_STRAIGHT = re.compile('"')
_TAG = re.compile(r"</?g\d+>")
_OPENS = re.compile(r"(?:^|[\s(\[{—–/-])$")

# CLDR's main delimiters; French with its no-break spaces.
_MARKS = MappingProxyType(
    {
        "de": "„“", "cs": "„“", "sk": "„“", "sl": "„“", "bg": "„“", "hr": "„“", "sr": "„“",
        "mk": "„“", "lt": "„“", "et": "„“", "is": "„“", "ka": "„“",
        "pl": "„”", "hu": "„”", "ro": "„”", "nl": "“”",
        "uk": "«»", "ru": "«»", "be": "«»", "el": "«»", "no": "«»", "nb": "«»", "nn": "«»",
        "es": "«»", "it": "«»", "sq": "«»", "hy": "«»", "fa": "«»",
        "sv": "””", "fi": "””", "he": "””",
        "ja": "「」", "zh-Hant": "「」",
    }
)  # fmt: skip
_FRENCH = "«\u00a0", "\u00a0»"


def quotes_words(text: str) -> bool:
    """Whether a text quotes somebody: more than a name, between double quotation marks."""
    parts = _ALL.split(text)
    return any(len(part.split()) >= _SPEECH or len(part) >= _DENSE for part in parts[1:-1])


def quotes(text: str) -> bool:
    """Whether a text has words in quotation marks, double or single ones."""
    return _ALL.search(text) is not None or _SINGLE.search(text) is not None


def straight(text: str) -> str:
    """A text whose double quotation marks are all `"`, without a space inside of them."""
    return re.sub(f"[{SHAPED}]", '"', _SPACED.sub("", text))


def shaped(text: str, language: str) -> str:
    """A text whose `"` open and close as is usual in a language, by its BCP 47 code.

    One that stands after a space, an opening bracket or nothing opens; any other closes.
    """
    base = language.split("-")[0]
    marks = _MARKS.get(language) or _MARKS.get(base) or "“”"
    first, last = _FRENCH if base == "fr" else (marks[0], marks[1])

    def mark(match: re.Match[str]) -> str:
        # Only a little of what is before decides; all of it again and again would be slow.
        before = _TAG.sub("", text[max(0, match.start() - 24) : match.start()])
        return first if _OPENS.search(before) else last

    return _STRAIGHT.sub(mark, text)
