"""Counting tokens, with no network ever: the only module that knows the tokenizer.

The rank tables are shipped with summ (`summ/text/_ranks`), and an encoding is built from
them directly, so nothing is fetched and no cache folder is read or written.

For models whose tokenizer is shipped (OpenAI's) a count is exact. For any other model
it is an estimate on the safe side: the o200k_base count times a factor that depends on
the scripts in the text, since that is what tokenizers differ in. See `SCRIPT_FACTORS`.
"""

from __future__ import annotations

import hashlib
import math
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import regex

from summ.errors import ConfigError
from summ.text._seams import last_seam

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tiktoken import Encoding  # noqa: TID251 (this is the one module)

Encode: TypeAlias = Callable[[str], list[int]]

EXACT = "o200k_base"
OLDER = "cl100k_base"

SHA256 = MappingProxyType(
    {
        EXACT: "dce434c331e2b595eab34335423e5d1924359ebb49b6d2eae3c4539c0c0ed1c0",
        OLDER: "1b57c7f611a970e92cfb0d6b24bba94d62b107e2fdeb89a0ef76f248e6169b88",
    }
)
"""Of each packed file, as installed. Tests prove that the files hold what is published."""

# The two definitions below are OpenAI's, as tiktoken states them: they must be equal to
# the letter, or counts would differ.
_PATTERNS = MappingProxyType(
    {
        EXACT: "|".join(
            (
                r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
                r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
                r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
                r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
                r"\p{N}{1,3}",
                r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
                r"\s*[\r\n]+",
                r"\s+(?!\S)",
                r"\s+",
            )
        ),
        OLDER: r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
        r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
    }
)
_SPECIAL = MappingProxyType(
    {
        EXACT: MappingProxyType({"<|endoftext|>": 199999, "<|endofprompt|>": 200018}),
        OLDER: MappingProxyType(
            {
                "<|endoftext|>": 100257,
                "<|fim_prefix|>": 100258,
                "<|fim_middle|>": 100259,
                "<|fim_suffix|>": 100260,
                "<|endofprompt|>": 100276,
            }
        ),
    }
)

WINDOW = 1 << 16
"""Most code points handed to the tokenizer at once: it aborts on a million spaces."""

_CUT_SLACK = 2
"""Tokens added per cut at a place that is no seam. There the two parts were seen to count
up to one less than the whole; a count must not be below the truth."""

SCRIPT_FACTORS = MappingProxyType(
    {
        "digits": 2.6,
        "cyrillic": 1.6,
        "arabic": 1.4,
        "hebrew": 1.15,
        "east asian": 1.1,
        "other": 3.9,
    }
)
"""Tokens of a foreign tokenizer for one of o200k_base, by script; Latin is `LATIN_FACTOR`.

Measured against Qwen2.5's own tokenizer (that of the built-in model; 152,000 tokens) on
38 news documents of 10 to 25 sentences in each of twelve languages. Largest ratio of a
whole document: English 1.10, German 1.28, French 1.24, Spanish 1.29, Polish 1.17;
Ukrainian 1.51, Russian 1.39; Arabic 1.29; Hebrew 1.05; Hindi 3.24; Chinese 0.92,
Japanese 0.94. Single sentences elsewhere: Greek 2.3, Georgian and Armenian 3.5, Bengali
3.7; lone numbers 2.1, since Qwen spends a token on each digit. With these factors none
of the 456 documents was under-counted (the mean excess is 8 to 36 %); of single
sentences 2 % were, which is why budgets are held by chunks and not by sentences. Other
models may differ more (those with 32,000 tokens do): `TokenCounter.corrected` is for them.
"""
LATIN_FACTOR = 1.3
_SCRIPTS = MappingProxyType(
    {
        "cyrillic": regex.compile(r"\p{Cyrillic}+"),
        "arabic": regex.compile(r"\p{Arabic}+"),
        "hebrew": regex.compile(r"\p{Hebrew}+"),
        "east asian": regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]+"),
        "other": regex.compile(
            r"[^\p{Latin}\p{Common}\p{Inherited}\p{Cyrillic}\p{Arabic}\p{Hebrew}"
            r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Unknown}]+"
        ),
    }
)

_ASCII = re.compile(r"[\0-\x7f]+")

LARGEST_MARGIN = 8.0
"""A server that reports more than this is believed to be wrong about its own count."""
_TELLING_COUNT = 200
"""Below it, the chat template's own tokens would pass for a difference of tokenizers."""

_O200K_MODELS = regex.compile(r"chatgpt-4o|gpt-(?:4o|4\.[15]|oss|[5-9])|o[1-9](?:$|-)")
_CL100K_MODELS = regex.compile(r"gpt-(?:4(?:$|-)|3\.?5)")


def _read_ranks(name: str) -> tuple[bytes, int]:
    """The rank table called `name`: the lengths of its tokens, then the tokens.

    Returns:
        The bytes, with the length of the token of each rank at that rank; and where the
        tokens begin, one after the other.

    Raises:
        ConfigError: the file is missing or is not the one that was shipped.
    """
    damaged = ConfigError(
        f"the tokenizer data {name} is missing or damaged.", "Install summ again."
    )
    try:
        packed = files("summ.text._ranks").joinpath(f"{name}.bin").read_bytes()
    except OSError as error:
        raise damaged from error
    if hashlib.sha256(packed).hexdigest() != SHA256[name]:
        raise damaged
    data = zlib.decompress(packed)
    return data[4:], int.from_bytes(data[:4], "big")


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoding, and what its tokens are made of.

    Attributes:
        encoding: the tokenizer.
        encode: tokens of a text, by rank; what looks like a special token is text.
        decode: the bytes that tokens stand for.
        lengths: bytes of each token, at its rank.
    """

    encoding: Encoding
    encode: Encode
    decode: Callable[[list[int]], bytes]
    lengths: bytes


@lru_cache(maxsize=2)
def load_codec(name: str) -> Codec:
    """The encoding `o200k_base` or `cl100k_base`, built once per process (0.4 s).

    Raises:
        ConfigError: no such encoding is shipped, or its data is damaged.
    """
    if name not in SHA256:
        raise ConfigError(f"there is no tokenizer data for {name!r}.")
    data, first = _read_ranks(name)
    from tiktoken import Encoding  # noqa: TID251 (this is the one module)

    lengths = data[:first]
    ends = accumulate(lengths, initial=first)
    encoding = Encoding(
        name=name,
        pat_str=_PATTERNS[name],
        mergeable_ranks={data[a:b]: rank for rank, (a, b) in enumerate(pairwise(ends))},
        special_tokens=dict(_SPECIAL[name]),
    )
    return Codec(encoding, encoding.encode_ordinary, encoding.decode_bytes, lengths)


def load_encoding(name: str) -> Encoding:
    """The tokenizer of `load_codec`."""
    return load_codec(name).encoding


def utf8_length(text: str) -> int:
    """Bytes of `text` in UTF-8; a lone surrogate counts 3, like the sign that replaces it."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _windows(text: str, size: int = WINDOW) -> Iterator[tuple[str, int]]:
    """Pieces of at most `size` code points, each with the slack for the cut after it."""
    start = 0
    while len(text) - start > size:
        seam = last_seam(text, start + 1, start + size)
        end = seam or start + size
        yield text[start:end], 0 if seam else _CUT_SLACK
        start = end
    yield text[start:], 0


def _script_factor(text: str) -> float:
    """Mean of the factors of the scripts in `text`, weighted by UTF-8 bytes."""
    total = utf8_length(text)
    if not total:
        return LATIN_FACTOR
    weights = {"digits": sum(map(text.count, "0123456789"))}
    if total > len(text):
        rest = _ASCII.sub("", text)  # of no such script, and most of a Latin text
        weights |= {
            script: utf8_length("".join(pattern.findall(rest)))
            for script, pattern in _SCRIPTS.items()
        }
    surplus = sum(
        weight * (SCRIPT_FACTORS[script] - LATIN_FACTOR) for script, weight in weights.items()
    )
    return LATIN_FACTOR + surplus / total


def _tokens(name: str, text: str) -> int:
    encoding = load_encoding(name)
    return sum(len(encoding.encode_ordinary(part)) + slack for part, slack in _windows(text))


# An article is counted for its layout, for its report and for what was sent of it.
_SHORT = 20_000
_tokens_of_short = lru_cache(maxsize=64)(_tokens)


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """Counts tokens as one model does, or safely above.

    Attributes:
        encoding: `o200k_base` or `cl100k_base`.
        margin: what the encoding's count is multiplied by; at least 1.0, which means
            that the encoding is the model's own.
        by_script: the model has a tokenizer of its own: multiply by `SCRIPT_FACTORS` too.
    """

    encoding: str
    margin: float = 1.0
    by_script: bool = False

    def __post_init__(self) -> None:
        """Refuse a margin that would under-count."""
        if not 1.0 <= self.margin <= LARGEST_MARGIN:
            raise ValueError(f"margin must be within 1 and {LARGEST_MARGIN}")

    @property
    def plain(self) -> TokenCounter:
        """The encoding's own count, with no margin: what a reader is shown."""
        return replace(self, margin=1.0, by_script=False)

    def _factor(self, text: str) -> float:
        return self.margin * _script_factor(text) if self.by_script else self.margin

    def count(self, text: str) -> int:
        """Tokens of `text`: those of the encoding times the margin, rounded up.

        What looks like a special token is text. A text above `WINDOW` code points is
        counted in pieces; where it offers no space to cut at, the sum may be slightly
        too high (two a piece), never too low.
        """
        count = _tokens_of_short if len(text) <= _SHORT else _tokens
        return self.scaled(count(self.encoding, text), text)

    def scaled(self, tokens: int, text: str) -> int:
        """The count of `text`, of which the encoding itself makes `tokens`."""
        if self.margin == 1.0 and not self.by_script:
            return tokens
        # Rounding first: 10 * 1.1 must be 11, not 11.000000000000002 and so 12.
        return math.ceil(round(tokens * self._factor(text), 6))

    def most_tokens(self, budget: int, sample: str) -> int:
        """How many tokens of the encoding fit a budget, in text that is like `sample`."""
        if self.margin == 1.0 and not self.by_script:
            return budget
        return max(1, int(budget / self._factor(sample) + 1e-6))

    def fits(self, text: str, budget: int) -> bool:
        """Whether `count(text) <= budget`, found without the tokenizer where possible."""
        return self.surely_fits(text, budget) or self.count(text) <= budget

    def surely_fits(self, text: str, budget: int) -> bool:
        """Whether the length alone proves that `text` fits: no token is below one byte.

        Never loads the tokenizer.
        """
        return len(text) <= budget and self.upper_bound(text) <= budget

    def upper_bound(self, text: str) -> int:
        """A count that `count(text)` never exceeds, found without the tokenizer."""
        slack = _CUT_SLACK * (len(text) // WINDOW)
        return math.ceil(round((utf8_length(text) + slack) * self._factor(text), 6))

    def prefix(self, text: str, budget: int) -> int:
        """About how many code points at the start of `text` cost `budget` tokens.

        An estimate, within 1 and `len(text)` for a text that is not empty: verify what
        you cut with `count`.
        """
        encoding = load_encoding(self.encoding)
        wanted = int(budget / self._factor(text))
        length = 0
        for part, _ in _windows(text):
            ids = encoding.encode_ordinary(part)
            if len(ids) > wanted:
                kept = encoding.decode_bytes(ids[:wanted])
                length += len(kept.decode("utf-8", "ignore"))
                break
            length += len(part)
            wanted -= len(ids)
        return min(max(length, 1), len(text))

    def corrected(self, counted: int, reported: int) -> TokenCounter:
        """The counter to use after a server has told its own count of a prompt.

        Where the server counts more, the margin grows by that ratio. It never shrinks:
        one English prompt says nothing of the next Ukrainian one, and counting too many
        costs only somewhat smaller chunks, while counting too few costs a refused
        request. Counts below 200, where the chat template weighs more than the text, and
        reports beyond any tokenizer teach nothing.

        Args:
            counted: what this counter said of the whole prompt.
            reported: the server's `usage.prompt_tokens` for it.
        """
        if counted < _TELLING_COUNT or reported <= counted:
            return self
        margin = math.ceil(self.margin * reported / counted * 1000) / 1000
        return self if margin > LARGEST_MARGIN else replace(self, margin=margin)


def counter_for(model: str) -> TokenCounter:
    """The counter for a model id, with or without a `provider/` before it.

    OpenAI's models are counted exactly: gpt-4o, 4.1, 4.5, 5 and later, gpt-oss and the o
    series by o200k_base; gpt-4 and gpt-3.5 by cl100k_base. Every other model (Llama,
    Qwen, Mistral, Gemma, Claude, DeepSeek, the built-in one) by o200k_base times
    `SCRIPT_FACTORS`, until the server's own counts correct it.
    """
    name = model.casefold().rpartition("/")[2].removeprefix("openai:").removeprefix("ft:")
    if _O200K_MODELS.match(name):
        return TokenCounter(EXACT)
    if _CL100K_MODELS.match(name):
        return TokenCounter(OLDER)
    return TokenCounter(EXACT, by_script=True)
