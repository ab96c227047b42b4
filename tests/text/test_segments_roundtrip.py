"""Whatever the article: the same prose gives the same bytes, hostile prose the same structure."""

from __future__ import annotations

import email
import importlib.metadata
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyromark
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summ.text.segments import Prose, left_as_is, rebuild, segments
from summ.text.tags import TAG, is_balanced, tags_of, without_tags

MARKDOWN, PLAIN = "text/markdown", "text/plain"
ROOT = Path(__file__).parents[2]

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARMENIAN = "".join(map(chr, range(0x561, 0x561 + len(_LATIN))))
THERE = str.maketrans(_LATIN + _LATIN.upper(), _ARMENIAN + _ARMENIAN.upper())
BACK = str.maketrans(_ARMENIAN + _ARMENIAN.upper(), _LATIN + _LATIN.upper())

_PIECES = [
    *(
        "a",
        "Word",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "    ",
        "é",
        "文",
        "字",
        "。",
        "（",
        "!",
        ":",
    ),
    *("*", "**", "_", "~~", "`", "``", "[", "]", "(", "](u)", '](u "t")', "![", "\\", "\\*", "|"),
    *("<b>", "</b>", "<br>", "<div>", "<!--", "-->", "<a@b.co>", "http://x.y", "a@b.c", "$"),
    *("&amp;", "&", "&nbsp;", "\u00a0", "\u2028", "\u200b", "\u00ad", "\ufeff", "\ud800", "\x85"),
    *("# ", "#", "- ", "1. ", "1986. ", "> ", "|-|-|\n", "---\n", "===", "+++\n", "...\n", "{#i}"),
    *("[^1]", "[^1]: ", "[r]", "[r]: /u\n", "[r][]", "]:", '"t"', "- [ ] ", "[!NOTE]"),
    *("<g1>", "</g1>", "<x1/>", "\\<x1/>", "&lt;g1>"),
]
texts = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map("".join)
media_types = st.sampled_from([MARKDOWN, PLAIN])
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_GFM
)


def mapped(text: str) -> str:
    """Other letters outside tags."""
    parts = re.split(f"({TAG.pattern})", text)
    parts[::2] = [part.translate(THERE) for part in parts[::2]]
    return "".join(parts)


def named(value: Any) -> tuple[str, Any]:
    return (value, None) if isinstance(value, str) else next(iter(value.items()))


def structure(text: str) -> tuple[list[str], list[str]]:
    """Blocks in order, and inline markup in any order."""
    blocks, inline = [], []
    for event in pyromark.events(re.sub("[\ud800-\udfff]", "\ufffd", text), options=OPTIONS):
        name, value = named(event)
        tag, data = named(value) if name in {"Start", "End"} else ("", value)
        if tag in {"Emphasis", "Strong", "Strikethrough"}:
            inline.append(tag)
        elif tag in {"Link", "Image"}:
            inline.append(f"{tag} {data['dest_url']} {data['title']}" if name == "Start" else tag)
        elif name in {"Code", "InlineHtml", "FootnoteReference", "HardBreak"}:
            inline.append(f"{name} {value}")
        elif name not in {"Text", "SoftBreak"}:
            blocks.append(f"{name} {tag} {data}")
    return blocks, sorted(inline)


@few
@given(texts, media_types)
def test_the_same_prose_gives_the_same_article(text: str, media_type: str) -> None:
    proses = segments(text, media_type)
    end = 0
    for prose in proses:
        assert end <= prose.span.start < prose.span.end <= len(text)
        assert len(prose.text.splitlines()) == 1
        assert prose.text == prose.text.strip()
        assert any(map(str.isalpha, without_tags(prose.text)))
        assert is_balanced(prose.text, prose.text)
        end = prose.span.end
    targets = [prose.restore(prose.text) or "" for prose in proses]
    assert rebuild(text, proses, targets) == text
    left_as_is(text, media_type)


@few
@given(texts.filter(lambda text: "\x00" not in text), media_types)
def test_other_letters_change_nothing_but_letters(text: str, media_type: str) -> None:
    for prose in segments(text, media_type):
        source = prose.span.of(text)
        restored = prose.restore(mapped(prose.text))
        if restored is not None and "][" not in restored:  # a link named by its words needs a name
            assert restored.translate(BACK) == source.translate(BACK)


@few
@given(texts, media_types, st.data())
def test_no_target_adds_markup_or_a_line(text: str, media_type: str, data: st.DataObject) -> None:
    proses = segments(text, media_type)
    targets = []
    for prose in proses:
        tags = data.draw(st.permutations(tags_of(prose.text)))
        parts = [part for tag in tags for part in (data.draw(texts), tag)]
        source = prose.span.of(text)
        restored = prose.restore("".join([*parts, data.draw(texts)]))
        targets.append(source if restored is None else restored)
        assert len(f"{targets[-1]}.".splitlines()) <= len(f"{source}.".splitlines())
    if media_type == MARKDOWN:
        assert structure(rebuild(text, proses, targets)) == structure(text)


def _descriptions() -> dict[str, str]:
    """Markdown of the packages that are installed, and of the project."""
    found = {str(path): path.read_text("utf-8") for path in ROOT.glob("*.md")}
    found |= {str(path): path.read_text("utf-8") for path in (ROOT / "examples").rglob("*.md")}
    for package in importlib.metadata.distributions():
        metadata = email.message_from_string(package.read_text("METADATA") or "")
        if "markdown" in metadata.get("Description-Content-Type", "").lower():
            found[metadata["Name"]] = str(metadata.get_payload())
        for file in package.files or []:
            path = Path(str(file.locate()))
            if file.suffix == ".md" and path.is_file():
                found[str(path)] = path.read_text("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def cut() -> dict[str, tuple[str, Sequence[Prose]]]:
    """Real articles by name, with their segments."""
    return {name: (text, segments(text, MARKDOWN)) for name, text in _descriptions().items()}


def test_real_articles_come_back_to_the_byte(cut: dict[str, tuple[str, Sequence[Prose]]]) -> None:
    assert len(cut) >= 50
    count = 0
    for name, (text, proses) in cut.items():
        count += len(proses)
        assert rebuild(text, proses, [p.restore(p.text) or "" for p in proses]) == text, name
    assert count > 1_000


def test_real_articles_come_back_from_other_letters(
    cut: dict[str, tuple[str, Sequence[Prose]]],
) -> None:
    count = refused = 0
    for name, (text, proses) in cut.items():
        restored = [prose.restore(mapped(prose.text)) for prose in proses]
        count += len(proses)
        refused += restored.count(None)
        targets = [one or p.span.of(text) for one, p in zip(restored, proses, strict=True)]
        there = rebuild(text, proses, targets)
        back = pyromark.html(there, options=OPTIONS).translate(BACK)
        assert back == pyromark.html(text, options=OPTIONS).translate(BACK), name
        if not re.search(r"\]\[", there):
            assert there.translate(BACK) == text.translate(BACK), name
    assert refused <= count / 500


N = 5_000


@pytest.mark.parametrize("media_type", [MARKDOWN, PLAIN])
@pytest.mark.parametrize(
    "text",
    [
        "[" * N + "a",
        "a" + "*" * N,
        "*a " * N,
        "> " * N + "a",
        "- " * N + "a",
        "|a" * N,
        "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|b\n" * 80,  # cells missing by the thousand
        "[a](" * N,
        "<b><i>" * N + "</b>a" * N,
        "*_" * N + "a" + "_*" * N,
        "[a]" * N + "\n\n[a]: b",
        "http://x.y/" + ")." * N,
        "a@" * N,
        "a\n" * N,
        "a\u200b \u00ad" * N,
        "\\<g1>a" * N,
        "word " * N,
    ],
    ids=lambda text: str(text[:8]),
)
def test_hostile_articles_take_linear_time(text: str, media_type: str) -> None:
    start = time.perf_counter()
    proses = segments(text, media_type)[:2_000]
    for prose in proses:
        prose.restore(mapped(prose.text))
    assert time.perf_counter() - start < 2
