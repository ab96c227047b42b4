"""Is an output in the language that was asked for?"""

from __future__ import annotations

from collections.abc import Sequence

from summ.model import Finding
from summ.text.language import is_in_language

LONG = 40
"""Characters from which a translation equal to its original is not a name or a figure."""


def wrong_items(items: Sequence[str], translated: Sequence[str], target: str) -> dict[int, Finding]:
    """Translations that are missing, copied, or confidently in another language.

    Args:
        items: the originals.
        translated: as many translations.
        target: BCP 47 code of the language asked for.

    Returns:
        A finding for each place (from 0) where something is wrong.
    """
    found: dict[int, Finding] = {}
    for place, (item, text) in enumerate(zip(items, translated, strict=True)):
        if not text.strip() or (text == item and len(item) >= LONG):
            found[place] = Finding(
                "untranslated", f"Item {place + 1} was not translated; the original is shown."
            )
        elif is_in_language(text, target) is False:
            found[place] = Finding(
                "wrong-language", f"Item {place + 1} does not read as the language asked for."
            )
    return found


def output_language(texts: Sequence[str], language: str | None) -> tuple[Finding, ...]:
    """A finding where the texts together are confidently not in `language`."""
    if language is None or is_in_language(" ".join(texts), language) is not False:
        return ()
    return (Finding("wrong-language", "The output does not read as the language of the article."),)
