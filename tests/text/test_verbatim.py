"""What stands among words and is none goes around the translator, whole."""

from __future__ import annotations

import time

import pytest

from summ.text.segments import rebuild, segments
from summ.text.tags import without_tags

MARKDOWN, PLAIN = "text/markdown", "text/plain"
BOTH = pytest.mark.parametrize("media_type", [MARKDOWN, PLAIN])


def shown(text: str, media_type: str) -> str:
    """The only segment of an article."""
    (prose,) = segments(text, media_type)
    return prose.text


def kept(text: str, media_type: str) -> list[str]:
    """What a reader sees of an article that is not given to the translator."""
    return [
        mark.text or mark.source
        for prose in segments(text, media_type)
        for mark in prose._core.marks  # what the tags stand for has no other name
    ]


@BOTH
@pytest.mark.parametrize(
    "thing",
    [
        "@mayor_harrow",
        "@harrow@town.example",
        "@types/node",
        "#StopTheBridge",
        "#мості",
        "#ff00aa",
        "C#",
        "{{ site.name }}",
        "{% include x.html %}",
        "${NAME}",
        "{name}",
        "$HOME",
        "C:\\temp\\x.txt",
        "src\\app\\main.py",
        "./build/x",
        "../docs/guide",
        "/etc/hosts",
        "/index.html",
        "docs/guide.md",
        "--to",
        "--media-type=x",
        "snake_case",
        "read_all()",
        "report.json",
        "README.md",
        "archive.tar.gz",
        "x^2",
        "x^2 + y^2 = z^2",
        "2(a + b)^2",
        "10^6",
        "$E = mc^2$",
        "$x$",
        "$$\\int_0^1 x^2 dx$$",
        "\\(a_1 < b\\)",
        "\\[ \\sum_{i=1}^n i \\]",
    ],
)
def test_what_is_no_word_is_one_code(thing: str, media_type: str) -> None:
    text = f"The clerk, who wrote {thing}, went home ({thing}). Then came the rain."
    assert shown(text, media_type) == (
        "The clerk, who wrote <x1/>, went home (<x2/>). Then came the rain."
    )
    (prose,) = segments(text, media_type)
    target = "Der Schreiber (<x2/>) ging, der <x1/> schrieb."
    assert prose.restore(target) == f"Der Schreiber ({thing}) ging, der {thing} schrieb."


@BOTH
def test_a_path_at_home_is_kept(media_type: str) -> None:
    # Two of them would be struck through.
    assert shown("Look into ~/notes, please.", media_type) == "Look into <x1/>, please."


def test_tags_are_kept_in_plain_text() -> None:
    text = 'Write <b> or </b>, and <a href="x">, not <this way> or a<b and c>d.'
    assert shown(text, PLAIN) == "Write <x1/> or <x2/>, and <x3/>, not <this way> or a<b and c>d."


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "This and/or that, he/she, 24/7, 9/11, km/h, s/he.",
        "It cost 3,000 or 3.5, e.g. in the U.S. at 5.30 p.m., i.e. soon.",
        "Between $5 and $10, US$1.5m–$2m, or 5$ and 10$ a head.",
        "From $5/$6 up to $7-$8; $5 + tax for her, and then 10$ for him.",
        "The #1 song, no. #12; a well-known co-op - and so on -- at last.",
        "The bridge --the old one-- is shut.",
        "Meet @ 5, he said. A & B, R&D; 50% off!",
        "The end.But no space. See fig.A, Dr.Smith, town.example as well.",
        "An author (1999), the rest [sic], a {sic} b, 1 < 2 > 0.",
        "Rates of 5 %, 10 °C, ½ + ¼ = ¾, 2 + 2 = 4, x = 5.",
        "Ende gut... alles gut — он/она, та/або.",
    ],
)
def test_ordinary_prose_stays_prose(text: str, media_type: str) -> None:
    if "{sic}" in text:
        text = text.replace("{sic}", "{or so}")
    assert shown(text, media_type) == text


def test_escaped_brackets_are_no_formula() -> None:
    assert shown(r"See \(the map\) and \[sic\] or \$5, no \$6.", MARKDOWN) == (
        "See (the map) and [sic] or $5, no $6."
    )


def test_what_looks_like_emphasis_in_a_formula_is_a_part_of_it() -> None:
    text = "Then $a*b*c$ and {{ page *x* }} are *one* thing."
    assert shown(text, MARKDOWN) == "Then <x1/> and <x2/> are <g3>one</g3> thing."


def test_a_formula_may_have_several_lines() -> None:
    text = "> So we get $$\n> x^2 + y^2\n> = z^2 $$ in the end."
    (prose,) = segments(text, MARKDOWN)
    assert prose.text == "So we get <x1/> in the end."
    assert rebuild(text, [prose], [prose.restore("Am Ende ist <x1/> da.") or ""]) == (
        "> Am Ende ist $$\n> x^2 + y^2\n> = z^2 $$ da."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The `$x` and `$y` of old.",
        "A *price of $x* or $y* here.",
        "Of [$x](u) and [y$](u) too.",
    ],
)
def test_no_formula_reaches_over_other_markup(text: str) -> None:
    assert "$" not in "".join(kept(text, MARKDOWN)).replace("`$x`", "").replace("`$y`", "")


@BOTH
def test_a_formula_alone_is_no_segment(media_type: str) -> None:
    text = "$$\n\\int_0^1 x^2 dx \\quad = 1\n$$\n\n/etc/hosts\n\nsnake_case\n"
    assert segments(text, media_type) == ()


def test_escapes_in_what_is_kept_stay() -> None:
    (prose,) = segments(r"Call snake\_case and \@mayor now.", MARKDOWN)
    assert prose.text == "Call <x1/> and <x2/> now."
    assert prose.restore("<x2/>: <x1/> jetzt") == r"\@mayor: snake\_case jetzt"


N = 4_000
UNITS = (
    "@a", "@", "#a", "#1", "#", "{{", "{%", "{% ", "${", "{a", "$a", "$ a", "$$", "<a ", "<a =",
    "=", "\\a", "\\", "a\\", "/a", "/", "/.", "./", "../", "a.", "a.b/", ".", "a.md.", "--a",
    "-", "--", "a--", "_", "a_", "_a", "a^", "^", "a+", "x^2+", "(x^", "\\(", "\\[", "\\)",
    "~/", "~", "a/", "%", ":", "C:\\", "{:", "*$a", "$*a*", "$a$ ", "{x} ", "f(", "(", ")",
)  # fmt: skip


@BOTH
@pytest.mark.parametrize("unit", UNITS)
def test_signs_without_end_take_linear_time(unit: str, media_type: str) -> None:
    start = time.perf_counter()
    for prose in segments(f"word {unit * N}word", media_type):
        assert without_tags(prose.text)
    assert time.perf_counter() - start < 2
