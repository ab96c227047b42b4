"""Texts for benchmarks that anyone can get and this repository need not hold.

    python -m tests.benchmarks.corpora [--cache DIR]

builds two files in the cache folder, from the packages of a Debian or Ubuntu system (which
need not be installed: they are fetched and unpacked, and nothing of them is run):

- `english.txt`: essays, 1.4 MB of long paragraphs with quotations and citations;
- `mixed.txt`: articles of several paragraphs in eleven languages, up to 0.4 MB each,
  shuffled.

Paragraphs stand between blank lines, articles between two. A paragraph that its translators
left in English is left out, and so is one that occurs again. The seed and the order are
fixed, so the same versions of the packages give the same files.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import platformdirs

SEED = 20261
ENGLISH_BYTES = 1_200_000
LANGUAGE_BYTES = 400_000
_LEAST_PARAGRAPHS = 3
_LEAST_SHARE = 0.5  # of a paragraph's letters must be of its language's script


@dataclass(frozen=True, slots=True)
class Source:
    """Pages of one language in one package: `files` is a glob below its root."""

    package: str
    files: str


_GNOME = "usr/share/help/{}/**/*.page"
_BOOK = "usr/share/doc/debian-handbook/html/{}/*.html"
ENGLISH = (Source("anarchism", "usr/share/doc/anarchism/html/*.html"),)


def _manuals(gnome: str | None, book: str) -> tuple[Source, ...]:
    """The desktop's help and the Debian handbook in one language."""
    desktop = (Source("gnome-user-docs", _GNOME.format(gnome)),) if gnome else ()
    return (*desktop, Source("debian-handbook", _BOOK.format(book)))


MIXED = {
    "en": _manuals("C", "en-US"),
    "de": _manuals("de", "de-DE"),
    "fr": _manuals("fr", "fr-FR"),
    "es": _manuals("es", "es-ES"),
    "ru": _manuals("ru", "ru-RU"),
    "uk": (Source("gnome-user-docs", _GNOME.format("uk")),),
    "zh": _manuals("zh_CN", "zh-CN"),
    "ja": _manuals("ja", "ja-JP"),
    "ko": _manuals("ko", "ko-KR"),
    "ar": _manuals(None, "ar-MA"),
    "hi": (
        Source("libreoffice-help-hi", "usr/share/libreoffice/help/hi/text/**/*.html"),
        Source("gnome-user-docs", _GNOME.format("hi")),
    ),
}
"""The sources of each language; English comes first, to know what was not translated."""

_SCRIPTS = {
    "ru": "[Ѐ-ӿ]",
    "uk": "[Ѐ-ӿ]",
    "zh": "[㐀-鿿]",
    "ja": "[\u3040-ヿ㐀-鿿]",
    "ko": "[가-힣]",
    "ar": "[؀-ۿ]",
    "hi": "[ऀ-ॿ]",
}
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[.!?…。！？।؟]")


class _Prose(HTMLParser):
    """Collects paragraphs and headings; leaves out code, tables and what leads elsewhere."""

    _VOID = frozenset({"img", "br", "hr", "meta", "link", "input", "base", "col", "wbr"})
    _BLOCKS = frozenset({
        "p", "div", "h1", "h2", "h3", "h4", "li", "ul", "ol", "dl", "dt", "dd",
        "section", "blockquote", "body", "article", "main", "center",
    })  # fmt: skip
    _SKIPPED = frozenset({
        "head", "script", "style", "pre", "table", "header", "aside", "nav", "button",
        "noscript", "form", "footer",
    })  # fmt: skip
    _KEPT = frozenset({"p", "h1", "h2", "h3", "h4"})

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._buffer: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._VOID:
            self._buffer.append(" ")
        elif tag in self._SKIPPED:
            self._flush()
            self._skipping += 1
        elif tag in self._BLOCKS:
            self._flush()
            attributes = dict(attrs)
            prose = tag in self._KEPT and attributes.get("id") != "title"
            self._open.append((tag, prose or attributes.get("class") == "para"))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SKIPPED:
            self._buffer.clear()
            self._skipping = max(0, self._skipping - 1)
        elif tag in self._BLOCKS:
            self._flush()
            while any(tag == name for name, _ in self._open) and self._open.pop()[0] != tag:
                pass  # what was left open inside is closed with it

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._buffer.append(data)

    def _flush(self) -> None:
        paragraph = " ".join("".join(self._buffer).split())
        self._buffer.clear()
        if paragraph and self._open and self._open[-1][1]:
            self.paragraphs.append(paragraph)


def _page_paragraphs(element: ElementTree.Element) -> Iterator[str]:
    """Paragraphs and titles of a Mallard page, without those about the page itself."""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in {"p", "title"}:
            paragraph = " ".join("".join(child.itertext()).split())
            if paragraph:
                yield paragraph
        elif name not in {"info", "table", "screen", "code"}:
            yield from _page_paragraphs(child)


def paragraphs_of(path: Path) -> list[str]:
    """The prose of one page, HTML or Mallard."""
    page = path.read_text("utf-8", errors="replace")
    if path.suffix == ".page":
        return list(_page_paragraphs(ElementTree.fromstring(page)))
    parser = _Prose()
    parser.feed(page)
    parser.close()
    return parser.paragraphs


def _unpacked(package: str, cache: Path) -> Path:
    """The folder with the package's files; fetched when it is not there."""
    folder = cache / "packages" / package
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        print(f"fetching {package}", file=sys.stderr)
        subprocess.run(["apt-get", "download", "-q", package], cwd=folder.parent, check=True)
        archive = max(folder.parent.glob(f"{package}_*.deb"))
        target = folder.with_suffix(".partial")
        subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)
        target.rename(folder)
    return folder


def _is_translated(paragraph: str, language: str) -> bool:
    script = _SCRIPTS.get(language)
    if script is None:
        return True
    letters = len(_LETTER.findall(paragraph))
    return len(re.findall(script, paragraph)) >= max(1, _LEAST_SHARE * letters)


def _articles(sources: tuple[Source, ...], language: str, cache: Path, seen: set[str]) -> list[str]:
    """The articles of a language; their paragraphs are added to `seen`, which none repeats."""
    articles = []
    for source in sources:
        for path in sorted(_unpacked(source.package, cache).glob(source.files)):
            kept = [
                paragraph
                for paragraph in dict.fromkeys(paragraphs_of(path))
                if paragraph not in seen and _is_translated(paragraph, language)
            ]
            seen.update(kept)
            prose = sum(1 for paragraph in kept if _SENTENCE.search(paragraph))
            if prose >= max(_LEAST_PARAGRAPHS, len(kept) / 2):  # not a list of labels
                articles.append("\n\n".join(kept))
    return articles


def _up_to(articles: list[str], limit: int) -> list[str]:
    """The first articles, of `limit` bytes of UTF-8 together or just above."""
    size = 0
    for number, article in enumerate(articles):
        if size >= limit:
            return articles[:number]
        size += len(article.encode())
    return articles


def build(cache: Path) -> tuple[Path, Path]:
    """The paths of the English and the mixed text, which are made where they are missing."""
    cache.mkdir(parents=True, exist_ok=True)
    english, mixed = cache / "english.txt", cache / "mixed.txt"
    if not english.exists():
        articles = _up_to(_articles(ENGLISH, "en", cache, set()), ENGLISH_BYTES)
        english.write_text("\n\n\n".join(articles) + "\n", "utf-8")
    if not mixed.exists():
        chance = random.Random(SEED)
        seen: set[str] = set()
        chosen = []
        for language, sources in MIXED.items():
            articles = _articles(sources, language, cache, seen)
            chance.shuffle(articles)
            articles = _up_to(articles, LANGUAGE_BYTES)
            size = sum(len(article.encode()) for article in articles)
            print(f"{language}: {len(articles)} articles, {size:,} bytes", file=sys.stderr)
            chosen += articles
        chance.shuffle(chosen)
        mixed.write_text("\n\n\n".join(chosen) + "\n", "utf-8")
    return english, mixed


def default_cache() -> Path:
    """`summ-bench` in the user's cache folder."""
    return platformdirs.user_cache_path("summ-bench")


def main() -> None:
    """Build the texts and tell where they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=default_cache(), metavar="DIR")
    for path in build(parser.parse_args().cache):
        print(f"{path}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
