"""Is an article written as a language code says already?"""

from __future__ import annotations

import pytest

from summ.text.writing import is_written_in
from tests.documents import EN, UK, ZH

SR_CYRL = "Општина Храстово затвара мост за теретна возила од првог марта, рекао је градоначелник."
SR_LATN = "Opština Hrastovo zatvara most za teretna vozila od prvog marta, rekao je gradonačelnik."


@pytest.mark.parametrize(
    ("text", "language", "wanted", "is_written"),
    [
        (EN, "en", "en", True),
        (EN, "en", "uk", False),
        (UK, "uk", "uk-UA", True),
        # Regions differ where both are named.
        (EN, "en", "en-GB", True),
        (EN, "en-US", "en", True),
        (EN, "pt", "pt-BR", True),
        (EN, "pt-PT", "pt-BR", False),
        (EN, "pt-PT", "pt-PT", True),
        # A kind of Chinese is known only where the article's is named.
        (ZH, "zh", "zh", True),
        (ZH, "zh", "zh-Hant", False),
        (ZH, "zh", "zh-Hans", False),
        (ZH, "zh", "zh-TW", False),
        (ZH, "zh-Hans", "zh-Hans", True),
        (ZH, "zh-Hans", "zh-Hant", False),
        (ZH, "zh-TW", "zh-Hant", True),
        (ZH, "zh-CN", "zh-TW", False),
        # Other scripts show in the letters.
        (SR_CYRL, "sr", "sr", True),
        (SR_CYRL, "sr", "sr-Latn", False),
        (SR_CYRL, "sr", "sr-Cyrl", True),
        (SR_LATN, "sr", "sr-Latn", True),
        (SR_LATN, "sr", "sr-Cyrl", False),
        (SR_CYRL, "sr-Latn", "sr-Cyrl", False),  # the user says otherwise
        # One language under two codes.
        (EN, "nb", "no", True),
        (EN, "fil", "tl", True),
        # Nothing is known.
        (EN, None, "en", False),
        ("", "sr", "sr-Latn", False),
        ("\ud800\u202e", "en", "en", True),
    ],
)
def test_what_needs_no_translation(
    text: str, language: str | None, wanted: str, is_written: bool
) -> None:
    assert is_written_in(text, language, wanted) is is_written


@pytest.mark.parametrize("wanted", ["SR_latn", "sr-latn", "sr-Latn-RS"])
def test_codes_may_be_spelt_in_any_way(wanted: str) -> None:
    assert is_written_in(SR_LATN, "sr", wanted)
    assert not is_written_in(SR_CYRL, "sr", wanted)
