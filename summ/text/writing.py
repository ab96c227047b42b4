"""Is a text written as a language code says: the language, and its script or region if named?"""

from __future__ import annotations

from summ.text.language import same_language, script_of


def is_written_in(text: str, language: str | None, wanted: str) -> bool:
    """Whether a text in `language` needs no translation to be in `wanted`.

    Scripts differ where `wanted` names one that the text is not in (`sr-Latn` for Serbian in
    Cyrillic letters); Chinese whose kind is not named may be of either kind, and is not known
    to be `zh-Hant`. Regions differ where both are named (`pt-PT`, `pt-BR`).

    Args:
        text: the text.
        language: BCP 47 code of what it is in; None: not known.
        wanted: BCP 47 code.
    """
    if language is None or not same_language(language, wanted):
        return False
    script, region = _subtags(wanted)
    own_script, own_region = _subtags(language)
    if region and own_region and region != own_region:
        return False
    if not script or script == own_script:
        return True
    if own_script or script in {"Hans", "Hant"}:
        return False
    return script_of(text) == script


def has_region(code: str) -> bool:
    """Whether a BCP 47 code names a region, such as `pt-BR`."""
    return bool(_subtags(code)[1])


def _subtags(code: str) -> tuple[str, str]:
    """Script and region of a code; empty where it names none. Taiwan and Hong Kong are Hant."""
    parts = code.replace("_", "-").split("-")[1:]
    script = next((part.title() for part in parts if len(part) == 4), "")
    region = next((part.upper() for part in parts if len(part) in {2, 3}), "")
    if not script and code.lower().startswith("zh") and region:
        script = "Hant" if region in {"TW", "HK", "MO"} else "Hans"
    return script, region
