"""Which language a text is written in: script first, then letters, then langdetect.

langdetect answers confidently for languages that it does not know (Belarusian comes out
as Ukrainian, Georgian as Estonian). So the script decides where it can, letters that
only one language has decide next, and langdetect is asked only to choose among the
languages of that script that it knows (`_likeliest`). The profiles of one script only are
loaded, which takes a tenth of loading them all for Cyrillic or Arabic.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from types import MappingProxyType

import regex

from summ.text._likeliest import likeliest, profiles_of

_SAMPLE = 4096
"""Most code points looked at, taken from four places of a longer text."""
_PLACES = 4

_KNOWN_SCRIPTS = (
    "Latn|Cyrl|Grek|Arab|Hebr|Hani|Hira|Kana|Hang|Deva|Beng|Guru|Gujr|Orya|Taml|Telu|Knda|Mlym|"
    "Sinh|Thai|Laoo|Tibt|Mymr|Geor|Armn|Ethi|Khmr|Mong|Thaa|Cher|Syrc|Tfng|Nkoo|Olck"
)
_SCRIPT_PATTERN = regex.compile(
    "|".join(rf"(?P<{code}>\p{{Script={code}}})" for code in _KNOWN_SCRIPTS.split("|"))
)
_DENSE = frozenset({"Hani", "Hira", "Kana"})
_DENSE_WEIGHT = 3
"""Latin letters that say as much as one Chinese character or kana."""

_ONE_LANGUAGE = MappingProxyType(
    {
        "Grek": "el", "Hebr": "he", "Kore": "ko", "Jpan": "ja", "Hani": "zh", "Thai": "th",
        "Geor": "ka", "Armn": "hy", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Orya": "or",
        "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Laoo": "lo",
        "Khmr": "km", "Mymr": "my", "Thaa": "dv", "Tibt": "bo", "Mong": "mn", "Cher": "chr",
    }
)  # fmt: skip
"""Scripts that one language uses nearly alone. Not Ethiopic: Amharic or Tigrinya."""
_PROFILES = MappingProxyType(
    {
        "Latn": (
            "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw "
            "tl tr vi"
        ),
        "Cyrl": "bg mk ru uk",
        "Arab": "ar fa ur",
        "Deva": "hi mr ne",
    }
)
"""The languages of each script that langdetect knows."""

# Per script and in this order: a language, and sets of letters of each of which the text
# must hold its share. First come those that have letters of their neighbours too.
_LETTERS: MappingProxyType[str, tuple[tuple[str, tuple[str, ...]], ...]] = MappingProxyType(
    {
        "Cyrl": (
            ("uz", ("ў", "ҳқғ")),
            ("be", ("ў",)),
            ("tg", ("ҷӣӯ",)),
            ("ba", ("ҙҫҡ",)),
            ("kk", ("ұқғ", "әіңө")),
            ("tt", ("җә", "үө")),
            ("ky", ("ң", "үө")),
            ("mn", ("үө",)),
            ("sr", ("ђћ",)),
            ("mk", ("ѓќѕ",)),
        ),
        "Arab": (
            ("ps", ("ټډړښڼځڅ",)),
            ("ug", ("ېۇۆۈ", "ە")),
            ("ckb", ("ێۆڕڵ", "ە")),
            ("sd", ("ڄڃٻڀٿڙڦ",)),
            ("ur", ("ٹڈڑںے",)),
        ),
        "Hebr": (("yi", ("װױײ",)),),
        "Beng": (("as", ("ৰৱ",)),),
        "Latn": (
            ("az", ("ə",)),
            ("is", ("þð",)),
            ("mt", ("ħ", "żġċ")),
            ("eo", ("ĉĝĥĵŝ",)),
        ),
    }
)
_LETTER_SHARE = 0.004
"""Of the letters of the script; a rare letter of a language has about 1 %, a name less."""
_UKRAINIAN, _RUSSIAN = "іїєґ", "ыэёъ"

_UNDECIDED = MappingProxyType({"Cyrl": "јљњџүөқғңәҳ"})
"""Letters of several languages of which langdetect knows at most one."""

_DUTCH = regex.compile(r"\b(?:de|een|niet|zijn|naar|heeft)\b")

_FEW_LETTERS = 10
_LIKELY = 0.6
_SURE = 0.95
_RULED_OUT = 0.02
_TELLING = 60
_TELLING_DENSE = 20
"""Code points from which on a text tells its language; for Chinese and Japanese."""
_FOREIGN_SHARE = 0.2
_FOREIGN_LETTERS = 24

_SAME = MappingProxyType(
    {"nb": "no", "nn": "no", "iw": "he", "ji": "yi", "in": "id", "fil": "tl", "cmn": "zh",
     "mo": "ro", "arb": "ar", "pes": "fa", "prs": "fa", "sh": "sr"}
)  # fmt: skip
_NEAR = tuple(
    frozenset(group.split())
    for group in (
        "hr bs sr cnr sl", "id ms jv su", "no da sv", "cs sk", "bg mk", "hi mr ne bho mai sa",
        "es gl ast an ca", "pt gl", "ca oc fr", "nl af fy li", "de lb gsw nds", "it scn co sc",
        "tr az tk crh", "tl ceb", "ar fa ur", "en sco pcm",
    )
)  # fmt: skip
"""Languages that a few sentences don't tell apart with certainty."""
_TWO_SCRIPTS = MappingProxyType(
    {"sr": "Cyrl Latn", "uz": "Latn Cyrl", "az": "Latn Cyrl Arab", "kk": "Cyrl Latn Arab",
     "tg": "Cyrl Arab", "mn": "Cyrl Mong", "pa": "Guru Arab", "ku": "Latn Arab", "bs": "Latn Cyrl",
     "sd": "Arab Deva", "ks": "Arab Deva", "tk": "Latn Cyrl", "ug": "Arab Cyrl", "yue": "Hani"}
)  # fmt: skip
_PARTS = MappingProxyType(
    {"Jpan": "Hira Kana Hani", "Kore": "Hang Hani", "Hans": "Hani", "Hant": "Hani"}
)
"""The scripts that a writing system is made of."""


def script_of(text: str) -> str | None:
    """The writing system that most of `text` is in, as ISO 15924 (`Latn`, `Cyrl`, `Jpan`).

    Japanese is `Jpan`, Korean `Kore`, Chinese `Hani`, whichever kind. None without letters.
    """
    weights = _systems(_scripts(_sample(text)))
    return max(weights, key=lambda script: weights[script]) if weights else None


def detect_language(text: str) -> str | None:
    """The language of `text` as a BCP 47 code (`en`, `uk`, `zh`), or None when in doubt.

    The same text always gives the same answer. At most 4,096 code points are looked at.
    """
    ranked = _ranked(_sample(text))
    if not ranked or ranked[0][1] < _LIKELY:
        return None
    return ranked[0][0]


def same_language(a: str | None, b: str | None) -> bool:
    """Whether two codes name one language, whatever the region and script.

    Norwegian is one language here, and so are Filipino and Tagalog. None, an unknown
    language, is the same as no other.
    """
    return a is not None and b is not None and _base(a) == _base(b)


def is_in_language(text: str, code: str) -> bool | None:
    """Whether `text` is written in the language `code`; None when that can't be told.

    False means that it is clearly something else: nearly all letters are of a script
    that the language is not written in, or, in a text of 60 code points or more (20 for
    Chinese and Japanese), another language is certain and this one ruled out. Names and
    short correct texts are therefore never False.
    """
    sample = _sample(text.strip())
    scripts = _scripts(sample)
    letters = sum(scripts.values())
    expected = _expected_scripts(code)
    if expected and letters >= _FOREIGN_LETTERS:
        own = sum(scripts[script] for script in expected)
        if own < _FOREIGN_SHARE * letters:
            return False
    ranked = _ranked(sample)
    if not ranked:
        return None
    found, probability = ranked[0]
    if same_language(found, code):
        return True if probability >= _LIKELY else None
    dense = scripts["Hani"] + scripts["Hira"] + scripts["Kana"] > letters / 2
    if len(sample) < (_TELLING_DENSE if dense else _TELLING) or probability < _SURE:
        return None
    return None if _could_be(code, found, ranked) else False


def is_in_script(text: str, code: str) -> bool | None:
    """Whether `text` has a letter of a script that the language `code` is written in.

    Made for single words. None where the scripts of the language are not known, and without
    letters.
    """
    expected = _expected_scripts(code)
    scripts = {script for character in text if (script := _script(character))}
    if not expected or not scripts:
        return None
    return not scripts.isdisjoint(expected)


def _could_be(code: str, found: str, ranked: list[tuple[str, float]]) -> bool:
    """Whether a text surely found to be in `found` might still be in `code`."""
    base = _base(code)
    if any(base in group and _base(found) in group for group in _NEAR):
        return True
    if any(_base(other) == base and chance >= _RULED_OUT for other, chance in ranked):
        return True
    # A language that nothing here knows looks like some other one, but hardly English.
    return base not in _detectable() and found != "en"


@lru_cache(maxsize=1)
def _detectable() -> frozenset[str]:
    """Codes that `detect_language` can answer."""
    codes = set(_ONE_LANGUAGE.values())
    codes.update(code for rules in _LETTERS.values() for code, _ in rules)
    codes.update(code for profiles in _PROFILES.values() for code in profiles.split())
    return frozenset(_base(code) for code in codes)


def _base(code: str) -> str:
    base = code.replace("_", "-").casefold().partition("-")[0]
    return _SAME.get(base, base)


@lru_cache(maxsize=64)
def _expected_scripts(code: str) -> tuple[str, ...]:
    """The scripts that the language is written in; empty when unknown."""
    from babel.core import get_global

    base, *rest = code.replace("_", "-").split("-")
    named = [part.title() for part in rest if len(part) == 4]
    if named:
        systems = named
    elif base.casefold() in _TWO_SCRIPTS:
        systems = _TWO_SCRIPTS[base.casefold()].split()
    else:
        likely = get_global("likely_subtags").get(base.casefold(), "").split("_")
        systems = likely[1:2]
    return tuple(part for system in systems for part in _PARTS.get(system, system).split())


def _sample(text: str) -> str:
    """The text, or pieces from its start, its end and two places between."""
    if len(text) <= _SAMPLE:
        return text
    size = _SAMPLE // _PLACES
    starts = [(len(text) - size) * place // (_PLACES - 1) for place in range(_PLACES)]
    return "\n".join(text[start : start + size - 1] for start in starts)


@lru_cache(maxsize=4096)
def _script(character: str) -> str | None:
    match = _SCRIPT_PATTERN.match(character)
    return match.lastgroup if match else None


def _scripts(sample: str) -> Counter[str]:
    """Letters of each script, weighted."""
    weights: Counter[str] = Counter()
    for character, count in Counter(sample).items():
        script = _script(character)
        if script:
            weights[script] += count * (_DENSE_WEIGHT if script in _DENSE else 1)
    return weights


def _systems(scripts: Counter[str]) -> Counter[str]:
    """Weights of writing systems: Han belongs to the kana or Hangul around it."""
    systems = Counter(scripts)
    han, kana = systems.pop("Hani", 0), systems.pop("Hira", 0) + systems.pop("Kana", 0)
    hangul = systems.pop("Hang", 0)
    # A twentieth: Japanese of any length has more kana, Chinese that names one thing less.
    if kana > 0.05 * (han + kana):
        systems["Jpan"], han = kana + han, 0
    if hangul > 0.3 * (han + hangul):
        systems["Kore"], han = hangul + han, 0
    if han:
        systems["Hani"] = han
    return systems


def _ranked(sample: str) -> list[tuple[str, float]]:
    """Languages with their probabilities, likeliest first; empty when nothing is known."""
    script = script_of(sample)
    if script is None:
        return []
    foreign = [ord(c) for c in set(sample) if (_script(c) or script) != script]
    letters = sample.translate(dict.fromkeys(foreign)).lower()
    counts = Counter(letters)
    total = sum(count for c, count in counts.items() if _script(c) == script)
    by_letter = _by_letter(script, counts, total)
    if by_letter:
        return [(by_letter, 1.0)]
    if script in _ONE_LANGUAGE:
        return [(_ONE_LANGUAGE[script], 1.0)]
    undecided = sum(counts[letter] for letter in _UNDECIDED.get(script, ""))
    if script not in _PROFILES or total < _FEW_LETTERS or undecided >= _LETTER_SHARE * total:
        return []
    return _guess(script, letters)


def _by_letter(script: str, counts: Counter[str], total: int) -> str | None:
    """The language that alone has letters found here, if any."""

    def share(letters: str) -> float:
        return sum(counts[letter] for letter in letters) / max(total, 1)

    for code, sets in _LETTERS.get(script, ()):
        if all(share(letters) >= _LETTER_SHARE for letters in sets):
            return code
    if script == "Cyrl":
        ukrainian, russian = share(_UKRAINIAN), share(_RUSSIAN)
        if ukrainian > 0.01 and ukrainian > 2 * russian:
            return "uk"
        # Belarusian is alone in having both kinds and no и.
        return "be" if ukrainian and russian and not counts["и"] else None
    return None


def _guess(script: str, letters: str) -> list[tuple[str, float]]:
    """What langdetect says of lower-case text in `script` (capitals confuse it)."""
    guesses = likeliest(letters, profiles_of(_PROFILES[script]))
    # It takes some Dutch for Afrikaans, where these words are rare (`de Klerk`).
    if guesses and guesses[0][0] == "af" and len(_DUTCH.findall(letters)) > 1:
        return [("nl", 1.0)]
    return guesses
