"""Addresses in a translation are those of the article, whatever a model writes around them."""

from __future__ import annotations

import time

import pytest

from summ.text.segments import segments

MARKDOWN, PLAIN = "text/markdown", "text/plain"
BOTH = pytest.mark.parametrize("media_type", [MARKDOWN, PLAIN])


def restored(article: str, target: str, media_type: str = MARKDOWN) -> str | None:
    """What stands for the first segment of an article."""
    return segments(article, media_type)[0].restore(target)


@BOTH
@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("Див. <x1/>.evil.example далі", "Див. https://town.example .evil.example далі"),
        ("Див. <x1/>@evil.example далі", "Див. https://town.example @evil.example далі"),
        ("请访问<x1/>。evil.example", "请访问https://town.example 。evil.example"),
        ("请访问<x1/>中.evil.example", "请访问https://town.example 中.evil.example"),
    ],
)
def test_words_behind_an_address_do_not_lengthen_it(
    target: str, text: str, media_type: str
) -> None:
    assert restored("See https://town.example for more.", target, media_type) == text


@BOTH
@pytest.mark.parametrize(
    "target", ["«<x1/>».", "Див. <x1/>, далі", "请访问<x1/>。了解更多", "<x1/>에서 보기"]
)
def test_what_may_stand_behind_an_address_stays_beside_it(target: str, media_type: str) -> None:
    text = target.replace("<x1/>", "https://town.example")
    assert restored("See https://town.example for more.", target, media_type) == text


@BOTH
def test_an_address_between_chinese_words_may_be_translated(media_type: str) -> None:
    target = "Visit https://town.example to learn more."
    assert restored("请访问https://town.example了解更多。", target, media_type) == target


@BOTH
def test_words_before_an_address_do_not_become_its_start(media_type: str) -> None:
    mail = "Write to clerk@town.example today."
    assert restored(mail, "evil.<x1/> слово", media_type) == "evil. clerk@town.example слово"
    site = "See www.town.example for more."
    assert restored(site, "evil@<x1/> слово", media_type) == "evil@ www.town.example слово"


@BOTH
@pytest.mark.parametrize(
    "target",
    [
        "Слово HTTPS://EVIL.EXAMPLE",
        "Словоhttp://evil.example",
        "Слово ftp://evil.example/a",
        "Слово WWW.EVIL.EXAMPLE",
        "Слово тaa@evil.example٠",
        f"Слово {'a' * 90}@evil.example",
    ],
)
def test_a_segment_gets_no_address_of_its_own(target: str, media_type: str) -> None:
    assert restored("The boat sails at noon.", target, media_type) is None


def test_no_address_arises_where_markup_is_taken_off() -> None:
    assert restored("The *boat* sails.", "<g1>Слово http</g1>://evil.example") is None


@pytest.mark.parametrize(
    ("article", "target", "text"),
    [
        ("See **the https://a.example** now", "<g1>а <x2/></g1>й", "**а https://a.example** й"),
        ("See https://a.example, `b` now", "Див. <x1/><x2/> й", "Див. https://a.example `b` й"),
        ("See [https://a.example](x) now", "Див. <x1/>й", "Див. [https://a.example](x) й"),
        ("See <https://a.example> now", "Див. <x1/>й", "Див. <https://a.example> й"),
    ],
)
def test_markup_behind_an_address_is_no_part_of_it(article: str, target: str, text: str) -> None:
    assert restored(article, target) == text


def test_an_address_does_not_take_the_backslash_from_html() -> None:
    text = restored("See https://town.example for more.", "<x1/>,<script>слово</script>")
    assert text == "https://town.example ,\\<script>слово\\</script>"


@BOTH
@pytest.mark.parametrize("unit", ["www.", "://", "a@", "@a.", "www.<x1/>", "<x1/>"])
def test_addresses_without_end_are_looked_for_in_time(unit: str, media_type: str) -> None:
    start = time.perf_counter()
    restored("See https://town.example for more.", unit * 20_000, media_type)
    article = "See " + "https://town.example, " * 2_000 + "now"
    tags = "".join(f"<x{number}/>й" for number in range(1, 2_001))
    restored(article, tags, media_type)
    assert time.perf_counter() - start < 3
