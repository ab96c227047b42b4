"""`Report` values for tests: two real ones with true offsets, and hypothesis strategies."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from hypothesis import strategies as st

from summ.model import (
    KINDS,
    SEGMENT_KINDS,
    SEGMENT_STATES,
    ChunkReceipt,
    Claim,
    Coverage,
    Evidence,
    Finding,
    Report,
    Run,
    Segment,
    SegmentKind,
    SegmentState,
    SourceInfo,
    Span,
    Statement,
    Support,
    Tally,
    Term,
    Translation,
)
from summ.tasks.receipt import left_out, position_profile

#: Texts that would act on a terminal, by what they do.
HOSTILE: Mapping[str, str] = {
    "osc 52 sets the clipboard": "a\x1b]52;c;ZXZpbA==\x07b",
    "osc 8 makes a link": "a\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\b",
    "sets the title": "a\x1b]0;owned\x9cb",
    "dcs": "a\x1bP+q544e\x1b\\b",
    "csi clears the screen": "a\x1b[2J\x1b[1;31mred\x1b[0mb",
    "c1 csi": "a\x9b2Jb\x9d0;owned\x07c",
    "bidi override": "a\u202egnp.exe\u202c\u2066b\u2069",
    "tag characters": "a\U000e0001\U000e0069\U000e0067\U000e007fb",
    "unterminated escapes": "a\x1b]0;half\nb\x1bPhalf\x1b[12;\x1b",
    "nul": "a\x00b",
    "bel and backspace": "a\x07\x08\x7fb",
    "cr overwrites the line": "safe\rEVIL\x0bb\x85c\u2028d",
}

#: Texts that would be markup in Markdown.
MARKUP: Sequence[str] = (
    "# heading", "## ", "#", "C #", "- item", "+ item", "* item", "1. one", "12) twelve",
    "-", "---", "- - -", "***", "___", "===", "> quote", "    code", "```", "~~~ x",
    "`code`", "*a* **b** _c_ __d__ ~~e~~", "[link](http://evil.example)", "![i](x.png)",
    "[ref]: http://evil.example 'x'", "[^1]: mine", "[^1]", "wow!", "<b>bold</b>",
    "<script>alert(1)</script>", "<!-- c -->", "<http://evil.example>", "&lt;b&gt; &#60; &amp",
    "&copy; &#x1F600; &CounterClockwiseContourIntegral;",
    "R&D at AT&T;", "a | b\n--|--\n1 | 2", "back\\slash\\", "snake_case_name _x_ a__b",
    "line one\nline two", "two\n\nparagraphs", "Title\n===", "- [ ] task", "x  \ny", "\tx",
    "\xa0\u3000spaced\xa0", "say \"hi\" (there)", "one", "word (x)", "1986\\. A year", "**a:**b",
)  # fmt: skip

SHA = hashlib.sha256(b"").hexdigest()


# --- a real report -----------------------------------------------------------------

ARTICLE = (
    "The old bridge over the Lenna will reopen on 12 May, the town council said on Monday. "
    "Repairs took 14 months and cost 3.2 million euros. "
    "“We kept every stone that could be kept,” said engineer Hanna Berg. "
    "Traders on the east bank say that they lost a third of their customers. "
    "Opposition leader Paul Roth accused the mayor of hiding the bill."
)


def evidence(text: str, *starts: str) -> tuple[Evidence, ...]:
    """The sentences of `text` that start with `starts`; a sentence ends before a blank."""
    sentences = [
        Evidence(number, quote, at := text.index(quote), at + len(quote))
        for number, quote in enumerate(_sentences(text), 1)
    ]
    return tuple(next(s for s in sentences if s.quote.startswith(start)) for start in starts)


def _sentences(text: str) -> list[str]:
    marked = text.replace(". ", ".\0").replace(".” ", ".”\0")
    return marked.split("\0")


def source_info(text: str = ARTICLE, language: str | None = "en", uri: str = "-") -> SourceInfo:
    """What a report says of `text`; a token is taken to be four characters."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    sentences = len(_sentences(text))
    count = len(text)
    return SourceInfo(uri, "text/plain", None, language, count, count // 4, sentences, digest)


def run(*, small: bool = False, model: str = "gpt-test") -> Run:
    """A run that took three calls."""
    url = "http://localhost/v1"
    tally = Tally(total=4, doubtful_before_repair=2, doubtful=1)
    return Run("0.1.0", model, url, SHA, 3, 0, 900, 120, 600, None, 1.5, tally, small)


def report(
    summary: Sequence[Statement] = (),
    claims: Sequence[Claim] = (),
    translations: Sequence[Translation] = (),
    **others: Any,
) -> Report:
    """A report of `ARTICLE`, read whole; `others` replaces its other fields."""
    profile = position_profile(len(ARTICLE), (*summary, *claims))
    chunk = ChunkReceipt(0, len(ARTICLE), 90)
    whole = Coverage(len(ARTICLE), len(ARTICLE), (chunk,), profile=profile)
    plain = Report(
        source_info(), tuple(summary), tuple(claims), tuple(translations), whole, (), run()
    )
    return replace(plain, **others)


def bridge_report() -> Report:
    """An English article with one doubtful claim, translated into Ukrainian."""
    opens, cost, stones, traders, roth = evidence(
        ARTICLE, "The old", "Repairs", "“We", "Traders", "Opposition"
    )
    wrong = Finding("number-not-in-evidence", "The number 15 is not in the cited sentence.")
    return report(
        summary=[
            Statement("The bridge over the Lenna reopens on 12 May.", (opens,), "supported"),
            Statement("Repairs took 14 months and cost €3.2m.", (opens, cost), "supported"),
        ],
        claims=[
            Claim("The repairs took 15 months.", (cost,), "partial", (wrong,), kind="figure"),
            Claim(
                "Every stone that could be kept was kept.", (stones,), "supported",
                speaker="Hanna Berg", speaker_as_written="engineer Hanna Berg", importance=3,
            ),
            Claim("A third of customers stayed away.", (traders,), "supported", speaker="Traders"),
            Claim(
                "The mayor hid the bill.", (roth,), "supported",
                kind="allegation", speaker="Paul Roth", speaker_as_written="Paul Roth",
            ),
            Claim("The bridge is the oldest in the country.", (), "unsupported"),
        ],
        translations=[
            Translation(
                "uk",
                None,
                (
                    "Міст через Ленну знову відкриють 12 травня.",
                    "Ремонт тривав 14 місяців і коштував 3,2 млн євро.",
                ),
                (
                    "Ремонт тривав 15 місяців.",
                    "Зберегли кожен камінь, який можна було зберегти.",
                    "Третина покупців перестала приходити.",
                    "Мер приховав рахунок.",
                    "Це найстаріший міст у країні.",
                ),
            )
        ],
        source=source_info(uri="articles/old_bridge.txt"),
        run=run(small=True, model="qwen2.5-coder-1.5b-instruct-q4_k_m"),
    )  # fmt: skip


MARKET = (
    "У суботу на площі Ринок відкрили нову бібліотеку. "
    "На її будівництво місто витратило 48 млн гривень. "
    "«Ми чекали на неї одинадцять років», — сказала директорка Олена Гнатюк. "
    "До кінця року тут обіцяють відкрити читальню для дітей. "
    "Скільки коштуватиме читальня, не повідомили."
)


def market_report() -> Report:
    """A Ukrainian article, the end of which was not sent."""
    opened, cost, waited, plan = evidence(MARKET, "У суботу", "На її", "«Ми", "До кінця")
    return report(
        summary=[
            Statement("На площі Ринок відкрили нову бібліотеку.", (opened,), "supported"),
            Statement("Вона коштувала 48 млн гривень.", (cost,), "supported"),
        ],
        claims=[
            Claim(
                "На бібліотеку чекали одинадцять років.", (waited,), "supported",
                speaker="Олена Гнатюк", speaker_as_written="директорка Олена Гнатюк",
            ),
            Claim("До кінця року відкриють читальню.", (plan,), "supported", kind="prediction"),
        ],
        source=replace(source_info(MARKET, "uk"), title="Бібліотека на площі Ринок"),
        coverage=Coverage(
            len(MARKET), plan.end, (ChunkReceipt(0, plan.end, 70),),
            (Span(plan.end, len(MARKET)),), (0.5, 0.25, 0.0, 0.25, 0.0),
        ),
        findings=(Finding("chunk-failed", "A chunk got no answer.", plan.end, len(MARKET)),),
    )  # fmt: skip


MILL = """\
# The mill *reopens*

The mill on the **Orla** turns again, [the parish](https://parish.example/mill) said.
It cost 412,600 euros.

- Tours on 12 May
- Bread | every Saturday

```
keep this
```

| Room | Price |
|------|-------|
| Loft | 30 |

![The wheel](wheel.png) has 24 blades, the miller said.
"""

_MILL: Sequence[tuple[SegmentKind, SegmentState, str, str]] = (
    ("heading", "translated", "The mill *reopens*", "Die Mühle *öffnet wieder*"),
    (
        "paragraph", "translated",
        "The mill on the **Orla** turns again, [the parish](https://parish.example/mill) said.\n"
        "It cost 412,600 euros.",
        "Die Mühle an der **Orla** dreht sich wieder, so [die Gemeinde]"
        "(https://parish.example/mill).\nSie hat 421.600 Euro gekostet.",
    ),
    ("item", "translated", "Tours on 12 May", "Führungen am 12. Mai"),
    ("item", "kept", "Bread | every Saturday", "Bread | every Saturday"),
    ("cell", "translated", "Room", "Raum"),
    ("cell", "translated", "Price", "Preis"),
    ("cell", "same", "Loft", "Loft"),
    ("caption", "translated", "The wheel", "Das Rad"),
    (
        "paragraph", "translated", "has 24 blades, the miller said.",
        "hat 24 Schaufeln, sagte der Müller.",
    ),
)  # fmt: skip


def mill_segments() -> tuple[Segment, ...]:
    """The prose of `MILL` in German: a figure differs in one piece, one could not be translated."""
    found = {
        1: (Finding("number-changed", "Not in the translation: 412,600."),),
        3: (Finding("untranslated", "The translation is the source."),),
    }
    segments: list[Segment] = []
    for place, (kind, state, source, target) in enumerate(_MILL):
        start = MILL.index(source, segments[-1].end if segments else 0)
        end = start + len(source)
        segments.append(Segment(kind, start, end, source, target, state, found.get(place, ())))
    return tuple(segments)


def in_place(text: str, segments: Sequence[Segment]) -> str:
    """The text with each segment's target in place of its source."""
    for segment in reversed(segments):
        text = text[: segment.start] + segment.target + text[segment.end :]
    return text


def mill_report() -> Report:
    """A whole article in German, without a summary."""
    segments = mill_segments()
    terms = (
        Term("mill", "Mühle", "the building", None),
        Term("Orla", "Orla", language="de", binding=False),
    )
    german = Translation(
        "de", None, (), (), in_place(MILL, segments), (), segments=segments, glossary=terms
    )
    spans = [Span(0, segments[3].end), Span(segments[4].start, segments[-1].end)]
    chunks = tuple(ChunkReceipt(span.start, span.end, 60) for span in spans)
    sent = sum(span.end - span.start for span in spans)
    info = replace(
        source_info(MILL, uri="mill.md"), media_type="text/markdown", title="The mill reopens"
    )
    return report(
        translations=[german],
        source=info,
        coverage=Coverage(len(MILL), sent, chunks, left_out(MILL, spans)),
        run=replace(run(), statements=Tally()),
    )


# --- any report --------------------------------------------------------------------

_ANY_TEXT = st.text(st.characters(codec=None), max_size=30)
_CODES = st.sampled_from(["unsupported", "number-not-in-evidence", "wrong-language"])
_LANGUAGES = st.sampled_from(["en", "uk", "de", "fr", "zh-Hant", "ja", "ar", "pt-BR", "tlh", "und"])
_OFFSETS = st.integers(0, 10**7)
_COUNTS = st.integers(0, 10**9)
_NUMBERS = st.floats(0, 1e6)


def hostile_texts() -> st.SearchStrategy[str]:
    """Anything at all, lone surrogates too, often with control sequences or markup in it."""
    bad = st.sampled_from([*HOSTILE.values(), *MARKUP])
    piece = st.one_of(bad, _ANY_TEXT)
    return st.one_of(bad, st.lists(piece, max_size=3).map(" ".join), st.lists(piece).map("".join))


def reports(texts: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Report]:
    """Reports that meet the schema, with `texts` (default: hostile) in every free field.

    Translations have as many items as the report. Offsets, quotes and counts are
    unrelated to each other.
    """
    free = hostile_texts() if texts is None else texts
    maybe = st.none() | free
    spans = st.builds(Span, _OFFSETS, _OFFSETS)
    found = st.lists(
        st.builds(Finding, _CODES, free, st.none() | _OFFSETS, st.none() | _OFFSETS), max_size=2
    ).map(tuple)
    proofs = st.lists(
        st.builds(Evidence, st.integers(1, 9), free, _OFFSETS, _OFFSETS), max_size=3
    ).map(tuple)
    support = st.sampled_from(get_args(Support))
    kinds, weights = st.sampled_from(KINDS), st.integers(1, 3)
    source = st.builds(
        SourceInfo, free, free, maybe, st.none() | _LANGUAGES, _COUNTS, _COUNTS, _COUNTS,
        st.just(SHA),
    )  # fmt: skip
    coverage = st.builds(
        Coverage, _COUNTS, _COUNTS,
        st.lists(st.builds(ChunkReceipt, _OFFSETS, _OFFSETS, _COUNTS), max_size=2).map(tuple),
        st.lists(spans, max_size=2).map(tuple),
        st.just(()) | st.tuples(*[st.floats(0, 1)] * 5),
    )  # fmt: skip
    runs = st.builds(
        Run, free, free, free, st.just(SHA), _COUNTS, _COUNTS, _COUNTS, _COUNTS, _COUNTS,
        st.none() | _NUMBERS, _NUMBERS, st.builds(Tally, _COUNTS, _COUNTS, _COUNTS), st.booleans(),
    )  # fmt: skip

    @st.composite
    def whole(draw: st.DrawFn) -> Report:
        said = free.filter(bool)  # no statement is empty, and no speaker
        named = st.none() | said
        statement = st.builds(Statement, said, proofs, support, found)
        claim = st.builds(Claim, said, proofs, support, found, kinds, named, named, weights)
        summary = tuple(draw(st.lists(statement, max_size=3)))
        claims = tuple(draw(st.lists(claim, max_size=3)))
        segment = st.builds(
            Segment, st.sampled_from(SEGMENT_KINDS), _OFFSETS, _OFFSETS, free, free,
            st.sampled_from(SEGMENT_STATES), found,
        )  # fmt: skip
        term = st.builds(Term, free, free, free, st.none() | _LANGUAGES, st.booleans())
        translation = st.builds(
            Translation, _LANGUAGES, maybe, st.tuples(*[free] * len(summary)),
            st.tuples(*[free] * len(claims)), maybe, found,
            st.lists(segment, max_size=2).map(tuple), st.lists(term, max_size=1).map(tuple),
        )  # fmt: skip
        translations = tuple(draw(st.lists(translation, max_size=2)))
        return Report(
            draw(source), summary, claims, translations, draw(coverage), draw(found), draw(runs)
        )

    return whole()
