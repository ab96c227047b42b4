"""The prose of an article, and translations in its place."""

from __future__ import annotations

import pytest

from summ.text.segments import Prose, left_as_is, rebuild, segments

MARKDOWN, PLAIN = "text/markdown", "text/plain"

ARTICLE = """\
---
title: Not prose
---
# The *old* bridge {#bridge}

> [!NOTE]
> It is shut &amp; will
> stay shut.[^1]

- [ ] first item
- second item

  1. deeper

| Town | People |
|:-----|-------:|
| Ulm  | 12,000 |

```python
print("code")
```

<div>
Words in HTML
</div>

[![Build status](b.svg)](https://ci.example)

[town]: https://town.example "A title"

[^1]: Says the mayor.

***

Under
two lines
=========
"""


def found(text: str, media_type: str = MARKDOWN) -> list[tuple[str, str]]:
    return [(prose.kind, prose.text) for prose in segments(text, media_type)]


def only(text: str, media_type: str = MARKDOWN) -> Prose:
    (prose,) = segments(text, media_type)
    return prose


def put(text: str, target: str, media_type: str = MARKDOWN) -> str | None:
    """`text`, which is one segment, with `target` in its place."""
    prose = only(text, media_type)
    restored = prose.restore(target)
    return None if restored is None else rebuild(text, [prose], [restored])


def test_only_prose_of_markdown_is_found_with_its_kind() -> None:
    assert found(ARTICLE) == [
        ("heading", "The <g1>old</g1> bridge"),
        ("paragraph", "It is shut & will stay shut."),
        ("item", "first item"),
        ("item", "second item"),
        ("item", "deeper"),
        ("cell", "Town"),
        ("cell", "People"),
        ("cell", "Ulm"),
        ("caption", "Build status"),
        ("paragraph", "Says the mayor."),
        ("heading", "Under two lines"),
    ]


DEFINITIONS = """\
Harbour
: A place
  for ships
: The same for boats

The *quay*

:   Where they lie

> Tide
> : It comes and goes
"""


def test_a_list_of_definitions_keeps_its_marks() -> None:
    assert found(DEFINITIONS) == [
        ("item", "Harbour"),
        ("item", "A place for ships"),
        ("item", "The same for boats"),
        ("item", "The <g1>quay</g1>"),
        ("item", "Where they lie"),
        ("item", "Tide"),
        ("item", "It comes and goes"),
    ]
    proses = segments(DEFINITIONS, MARKDOWN)
    targets = [prose.restore(prose.text.replace("o", "0").replace("e", "3")) for prose in proses]
    assert rebuild(DEFINITIONS, proses, [target or "" for target in targets]) == (
        DEFINITIONS.replace("o", "0").replace("e", "3")
    )


def test_no_target_becomes_a_definition() -> None:
    text = "The first.\n\nThe second one\nof two lines."
    first, second = segments(text, MARKDOWN)
    assert second.restore(": le second") == "\\: le\nsecond"
    restored = second.restore("Le second : de deux") or ""
    assert rebuild(text, [second], [restored]).count("\n:") == 0
    assert first.restore("Le premier : le voici") == "Le premier : le voici"


def test_html_with_words_is_told_of() -> None:
    (span,) = left_as_is(ARTICLE, MARKDOWN)
    assert span.of(ARTICLE) == "<div>\nWords in HTML\n</div>\n"
    assert left_as_is("<!-- words -->\n\n<p><img alt='x'></p>\n", MARKDOWN) == ()
    assert left_as_is("<style>\np { color: red }\n</style>\n", MARKDOWN) == ()
    assert left_as_is(ARTICLE, PLAIN) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "See **the _old_ map** ~~now~~ here",
            "See <g1>the <g2>old</g2> map</g1> <g3>now</g3> here",
        ),
        ('Read [the *text*](u "t") soon', "Read <g1>the <g2>text</g2></g1> soon"),
        ("Call `f(x)` or see <https://a.example> now", "Call <x1/> or see <x2/> now"),
        ("Ask a.b@c.example or www.d.example, please", "Ask <x1/> or <x2/>, please"),
        ("At (https://e.example/a_(b)). Then", "At (<x1/>). Then"),
        ("An <b>old</b> <br> map <i>of", "An <g1>old</g1> <x2/> map <x3/>of"),
        ("A note[^n] here\n\n[^n]: 1", "A note<x1/> here"),
        ("One  \ntwo\\\nthree", "One <x1/> two <x2/> three"),
        ("An ![image](i.png) inside", "An <x1/> inside"),
        ("Cost of **5** and [`f`](u) here", "Cost of <g1>5</g1> and <x2/> here"),
        (r"\*not\* &lt;b&gt; a&nbsp;b", "*not* <x1/> a b"),
        ("soft\u00adly hid\u200bden", "softly hidden"),
        (r"Write \<g1> or &lt;x2/> here", "Write <x1/> or <x2/> here"),
        ("一行文字\n又一行", "一行文字又一行"),
    ],
)
def test_inline_markup_becomes_tags(text: str, shown: str) -> None:
    assert only(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**All of it bold**", "All of it bold"),
        ("[*A link*](u)", "A link"),
        ("![](i.png) After an image", "After an image"),
        ("The end.[^1]\n\n[^1]: 1", "The end."),
        ("- `--all`: everything", "everything"),
        ("`f` is a function", "<x1/> is a function"),  # part of its sentence
        ("**Note:** take care", "<g1>Note:</g1> take care"),
        ("<b>All</b> <i>of it</i>", "<g1>All</g1> <g2>of it</g2>"),
    ],
)
def test_what_is_no_part_of_a_sentence_is_left_outside(text: str, shown: str) -> None:
    assert only(text).text == shown


@pytest.mark.parametrize("text", ["", " \n", "12 + 3 = 15", "`code`", "- \n- *1*", "---", "# `f`"])
def test_what_has_no_letters_is_no_segment(text: str) -> None:
    assert segments(text, MARKDOWN) == ()


@pytest.mark.parametrize(
    ("text", "target", "result"),
    [
        # spellings of the source, where there are as many
        ("AT&amp;T has x\\_", "x_ hat AT&T", "x\\_ hat AT&amp;T"),
        ("a&nbsp;b c", "x y z", "x&nbsp;y z"),
        ("AT&amp;T", "AT&T & Co", "AT&T & Co"),
        # escapes where there would be markup, and only there
        ("Words", "2 * 3 * 4, a_b, R&D", "2 * 3 * 4, a_b, R&D"),
        ("Words", "*x* `y` <b> &copy; _z_", "\\*x\\* \\`y\\` \\<b> \\&copy; \\_z\\_"),
        ("Words", "# x", "\\# x"),
        ("Words", "1. x", "1\\. x"),
        ("Words", "- x", "\\- x"),
        ("- Words", "[ ] x", "- \\[ \\] x"),
        ("> Words", "[!NOTE]", "> \\[\\!NOTE\\]"),
        ("[d]: /u\nWords", '"x"', '[d]: /u\n\\"x"'),
        ("# Words", "x {#id}", "# x \\{\\#id\\}"),
        ("# Words", "x #", "# x \\#"),
        # white space and controls of any kind
        ("Words", "a\nb\u2028c\r\n\n# d\x00\u202e", "a b c # d"),
        ("Words", " « oui »\u00a0! ", "« oui »\u00a0!"),
        # links
        ("See [you](u)", "Da!<g1>du</g1>", "Da\\![du](u)"),
        (
            "See [the map] now\n\n[the map]: u",
            "<g1>die Karte</g1>",
            "[die Karte][the map]\n\n[the map]: u",
        ),
        ("See [the map] now\n\n[the map]: u", "<g1>the map</g1>!", "[the map]!\n\n[the map]: u"),
        # emphasis between letters and punctuation
        ("**Note:** this text", "<g1>注意：</g1>这段文字", "**注意**：这段文字"),
        ("A **word** here", "文<g1>（注）</g1>文", "文 **（注）** 文"),
        ("A _word_ here", "文<g1>字</g1>文", "文*字*文"),
        ("A **word** here", "Ein<g1> Wort </g1>da", "Ein **Wort** da"),
        # line breaks that are markup
        ("One  \ntwo", "eins<x1/>- zwei", "eins  \n\\- zwei"),
    ],
)
def test_a_target_is_spelled_for_markdown(text: str, target: str, result: str) -> None:
    assert put(text, target) == result


def test_a_cell_ends_where_it_ended() -> None:
    text = "| a | b |\n|---|---|\n| one |two|\n"
    proses = segments(text, MARKDOWN)
    targets = [prose.restore(t) for prose, t in zip(proses, ["x|y", "b", "1", "\\"], strict=True)]
    assert rebuild(text, proses, [t or "" for t in targets]) == (
        "| x\\|y | b |\n|---|---|\n| 1 |&#92;|\n"
    )


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("See `f` here", "Siehe hier"),  # a tag is missing
        ("See `f` here", "Siehe <x1/> <x1/> hier"),
        ("Words", " \u200b\n "),  # no words
        ("Words", "see https://evil.example now"),  # GitHub would make a link of it
        ("Words", "ask me@evil.example"),
        ("One  \ntwo", "eins zwei <x1/>"),  # no line break at the end of a paragraph
    ],
)
def test_a_target_that_can_not_stand_there_is_refused(text: str, target: str) -> None:
    assert only(text).restore(target) is None


def test_line_breaks_come_back_near_their_places() -> None:
    text = "> one two three\n> four five six\n> seven eight\n"
    target = "eins zwei - drei vier fünf sechs 1. sieben acht neun"
    assert put(text, target) == ("> eins zwei - drei\n> vier fünf sechs 1.\n> sieben acht neun\n")


def test_no_line_starts_like_a_block() -> None:
    restored = only("one two three\nfour five six").restore("a b c - + # > 1. === ||| ``` d e f")
    assert restored is not None
    assert "\n" in restored
    assert restored.split("\n")[1][0] in "\\abcdef"


def test_fewer_spaces_take_fewer_line_breaks() -> None:
    assert put("one\ntwo\nthree", "Dreizeiler hier") == "Dreizeiler\nhier"


def test_scripts_without_spaces_are_broken_anywhere_but_before_closing_marks() -> None:
    restored = only("one two three\nfour five six").restore("一二三四，五六七八")
    assert restored == "一二三四，\n五六七八"


def test_targets_of_an_image_and_of_its_paragraph_do_not_meet() -> None:
    text = "![a picture](i.png) of words\n"
    proses = segments(text, MARKDOWN)
    assert [prose.kind for prose in proses] == ["caption", "paragraph"]
    targets = [prose.restore(t) or "" for prose, t in zip(proses, ["[x `", "` y](z)"], strict=True)]
    assert rebuild(text, proses, targets) == "![\\[x &#96;](i.png) \\` y\\](z)\n"


def test_plain_text_keeps_the_shape_of_its_lines() -> None:
    text = "The title\n\n  - first *item*\n  2) second item\n\n\tA paragraph, see\thttp://a.example.\n\nUnder\n-----\n"
    assert found(text, PLAIN) == [
        ("heading", "The title"),
        ("item", "first *item*"),
        ("item", "second item"),
        ("paragraph", "A paragraph, see <x1/>."),
        ("heading", "Under"),
    ]
    proses = segments(text, PLAIN)
    targets = [prose.restore(prose.text.upper().replace("<X1/>", "<x1/>")) for prose in proses]
    assert rebuild(text, proses, [t or "" for t in targets]) == text.upper().replace(
        "HTTP://A.EXAMPLE", "http://a.example"
    )


def test_hard_wrapped_plain_text_is_a_segment_a_paragraph() -> None:
    line = "the river rose in the night and the old bridge was shut at six"
    text = "\n".join([line] * 4) + "\n\n" + "\n".join([line] * 3)
    assert found(text, PLAIN) == [("paragraph", " ".join([line] * n)) for n in (4, 3)]
    prose = segments(text, PLAIN)[0]
    restored = prose.restore(prose.text.replace("e", "*"))
    assert restored == "\n".join([line] * 4).replace("e", "*")


def test_plain_text_a_line_a_paragraph_is_a_segment_a_line() -> None:
    text = "The council met on Monday.\nIt voted for the bridge.\n"
    assert [prose.span.of(text) for prose in segments(text, PLAIN)] == text.splitlines()


def test_targets_and_proses_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="argument"):
        rebuild("Words", segments("Words", MARKDOWN), [])
