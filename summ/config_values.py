"""How the value of a setting is read, wherever it comes from: raw value in, value out.

Each reader takes what an argument, an environment variable or a TOML file may hold and
raises `UnfitError`, which says what is wanted and does not repeat what was given: it may
be a key in the wrong place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from summ.llm.model_list import MAX_CONTEXT, MIN_CONTEXT
from summ.llm.urls import check_base_url, check_key

LENGTHS: Mapping[str, int] = MappingProxyType({"short": 2, "medium": 4, "long": 8})
"""Names of summary lengths, in sentences."""

FORMATS = ("md", "json", "ndjson")
"""Names of output formats."""

FORMALITIES = ("formal", "informal")
"""How a translation may speak to its reader."""

BILINGUALS = ("table", "stack")
"""How a translation may stand beside its article."""

MAX_INSTRUCTIONS = 2_000
"""Characters of the user's own words to the translator; they are in every request."""

MAX_SECONDS = 86_400
"""The longest deadline of a call."""


class UnfitError(ValueError):
    """Not a value that the setting can have; the message says what is wanted."""


def text(value: object) -> str:
    """A text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise UnfitError("a text is wanted")
    return value


def flag(value: object) -> bool:
    """True or false, as a TOML value or in words."""
    if isinstance(value, bool):
        return value
    known = {"1": True, "true": True, "yes": True, "on": True}
    known |= {"0": False, "false": False, "no": False, "off": False}
    if isinstance(value, str) and value.strip().lower() in known:
        return known[value.strip().lower()]
    raise UnfitError("true or false is wanted")


def _number(value: object, low: float, high: float, *, whole: bool = True) -> float:
    wanted = f"a{' whole' if whole else ''} number from {low:.15g} to {high:.15g} is wanted"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise UnfitError(wanted)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise UnfitError(wanted) from None
    # The comparison is also False for NaN.
    if not low <= number <= high or (whole and number != int(number)):
        raise UnfitError(wanted)
    return number


def whole(low: int, high: int) -> Callable[[object], int]:
    """A reader of whole numbers from `low` to `high`."""
    return lambda value: int(_number(value, low, high))


def context(value: object) -> int:
    """Tokens that a model holds."""
    return int(_number(value, MIN_CONTEXT, MAX_CONTEXT))


def seconds(value: object) -> float:
    """Seconds, more than none and at most a day."""
    return _number(value, 0.001, MAX_SECONDS, whole=False)


def length(value: object) -> int:
    """Sentences, from a number or one of the `LENGTHS`."""
    if isinstance(value, str) and value.strip().lower() in LENGTHS:
        return LENGTHS[value.strip().lower()]
    try:
        return int(_number(value, 1, 50))
    except ValueError:
        raise UnfitError("short, medium, long, or sentences from 1 to 50 are wanted") from None


def _one_of(*names: str) -> Callable[[object], str]:
    """A reader of one of `names`."""

    def read(value: object) -> str:
        if value not in names:
            raise UnfitError(f"{', '.join(names[:-1])} or {names[-1]} is wanted")
        return str(value)

    return read


_output_format = _one_of(*FORMATS)
formality = _one_of(*FORMALITIES)
bilingual = _one_of(*BILINGUALS)


def output_formats(value: object) -> tuple[str, ...]:
    """Formats, each once, from a list or a text with commas."""
    items = value if isinstance(value, list | tuple) else [value]
    names = [part.strip() for item in items for part in text(item).split(",")]
    return tuple(dict.fromkeys(_output_format(name) for name in names))


def amount(value: object) -> float:
    """US dollars, none or more."""
    return _number(value, 0, 1_000_000_000, whole=False)


def mebibytes(value: object) -> int:
    """Bytes, from a whole number of MiB."""
    return int(_number(value, 1, 1_000_000)) * 2**20


def instructions(value: object) -> str:
    """Words to the translator."""
    words = text(value)
    if len(words) > MAX_INSTRUCTIONS:
        raise UnfitError(f"at most {MAX_INSTRUCTIONS:,} characters are wanted")
    return words


def language(value: object) -> str:
    """A BCP 47 code, from a code or a name."""
    # It brings the table of language names along: loaded only when one is to be read.
    from summ.text.language_names import parse_language

    return parse_language(text(value))


def languages(value: object) -> tuple[str, ...]:
    """BCP 47 codes, each once, from a list or a text with commas."""
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        raise UnfitError("a language, or a list of languages, is wanted")
    return tuple(dict.fromkeys(language(item) for item in items))


def url(value: object) -> str:
    """A base URL, without a trailing slash."""
    return check_base_url(text(value).strip())


def key(value: object) -> str:
    """An API key; white space around it is an accident of copying."""
    return check_key(text(value).strip())


def path(value: object) -> Path:
    """A path, with `~` opened out."""
    return Path(text(str(value) if isinstance(value, Path) else value)).expanduser()
