"""What a cue file of `negation` tells of a language, made ready to be looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summ.checks._wording.clauses import Lexicon, grammar, lexicon
from summ.checks.cues import cues

_TOPIC = "negation"


@dataclass(frozen=True, slots=True)
class Rules:
    """The cue file of one language, made ready to be looked for.

    Attributes:
        hard: negators.
        lexical: verbs of denying and the like, lost only with the word they govern.
        denying: other words that deny in themselves.
        light: words that may say in another way what a negator says.
        neutral: phrases with a negator that deny nothing ("not only").
        forward: negators that deny only what follows ("without").
        lasting: words that make a negator say what has changed or not ("no longer", "not yet").
        determining: negators that deny a noun or stand for one ("no", "nobody").
        paired: words that deny only near one of `partner` ("ne … plus").
        partner: those.
        contrary: beginnings with which a word may be the contrary ("im").
        prefixes: those of them with which a word always is ("un").
        suffixes: endings that do ("less").
        plain: words with such a beginning or ending that deny nothing ("under", "unless").
        behind: a negator may stand behind what it denies.
        concord: several negators of a clause are one.
        bounds: words of measure, and the limits that say the same without a negator.
        parted: words that deny in two parts that stand apart.
    """

    hard: Lexicon
    lexical: Lexicon
    denying: Lexicon
    light: Lexicon
    neutral: Lexicon
    forward: frozenset[str]
    lasting: frozenset[str]
    determining: frozenset[str]
    paired: frozenset[str]
    partner: frozenset[str]
    contrary: tuple[str, ...]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    plain: Lexicon
    behind: bool
    concord: bool
    bounds: tuple[tuple[Lexicon, Lexicon], ...]
    parted: frozenset[tuple[str, ...]]


@lru_cache(maxsize=16)
def rules_of(language: str) -> Rules | None:
    """The rules of `language`, a primary subtag; None where they aren't known."""
    data = cues(_TOPIC, language)
    if not data or not grammar(language).known:
        return None
    return Rules(
        hard=lexicon(_TOPIC, language, "hard"),
        lexical=lexicon(_TOPIC, language, "lexical"),
        denying=lexicon(_TOPIC, language, "denying"),
        light=lexicon(_TOPIC, language, "light"),
        neutral=lexicon(_TOPIC, language, "neutral"),
        bounds=tuple(
            (Lexicon.of(bounds), Lexicon.of(limits)) for bounds, limits in data.get("bounds", ())
        ),
        parted=frozenset(tuple(entry.casefold().split()) for entry in data.get("parted", ())),
        forward=frozenset(str(data.get("forward", "")).split()),
        lasting=frozenset(str(data.get("lasting", "")).split()),
        determining=frozenset(str(data.get("determining", "")).split()),
        paired=frozenset(data.get("paired", ())),
        partner=frozenset(data.get("partner", ())),
        contrary=tuple(str(data.get("contrary", "")).split()),
        prefixes=tuple(str(data.get("prefixes", "")).split()),
        suffixes=tuple(str(data.get("suffixes", "")).split()),
        plain=lexicon(_TOPIC, language, "plain"),
        behind=bool(data.get("behind", False)),
        concord=bool(data.get("concord", False)),
    )
