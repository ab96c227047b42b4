"""The values that travel through summ: frozen, validated where a wrong one would lie.

Offsets everywhere are half-open `[start, end)` in Unicode code points of
`Source.text`. Token counts are of the tokenizer named beside them. Sentence numbers
are those shown to the model, counted from 1 over the whole article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from summ.errors import InputError

Role = Literal["system", "user", "assistant"]
Support = Literal["supported", "partial", "unsupported"]
Kind = Literal["fact", "figure", "opinion", "prediction", "allegation"]
KINDS: tuple[Kind, ...] = ("fact", "figure", "opinion", "prediction", "allegation")
SegmentKind = Literal["paragraph", "heading", "item", "cell", "caption"]
SEGMENT_KINDS: tuple[SegmentKind, ...] = ("paragraph", "heading", "item", "cell", "caption")
SegmentState = Literal["translated", "same", "kept"]
SEGMENT_STATES: tuple[SegmentState, ...] = ("translated", "same", "kept")

KEPT_MARK = "⚠ "
"""Stands before a segment that is not translated, or not all of it, wherever texts are shown."""

# --- what is read ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text: half-open code-point offsets, `0 <= start <= end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece itself."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it was read, before anything is known about it.

    Attributes:
        uri: the path as given, or `-` for standard input.
        media_type: `text/plain` or `text/markdown`.
        text: the decoded text (BOM removed, CRLF and CR turned into LF).
        title: a title that the container gives (none for plain text), else None.
        notices: sentences for the user about how it was read (a guessed encoding …).
    """

    uri: str
    media_type: str
    text: str
    title: str | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One input of a run, before it is read.

    Attributes:
        name: what people and records call it: the path as given, `-` for standard input, or the
            `id` of a record. Two inputs may have the same.
        place: where its output goes in a folder, relative, with `/`, and with the suffix of the
            input where it has one: `news/2024/a.txt`. Cleaned and made unique by whoever
            writes: not to be trusted as a path.
        path: the file to read, `-` for standard input; None: `text` is the article.
        text: the article of a record, as it stands there.
        media_type: of a registered kind; None: by the suffix of `path`, else plain text.
        record: the fields of its record that are not the article, `id` among them; None: it is
            of no record.
        problem: why it can't be read, where that is known already.
    """

    name: str
    place: str
    path: str | None = None
    text: str | None = None
    media_type: str | None = None
    record: Mapping[str, Any] | None = None
    problem: InputError | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its structure.

    Attributes:
        source: what was read.
        sentences: spans that tile the text: the first starts at 0, each starts where
            the one before ends, the last ends at `len(text)`. Sentence number n is
            `sentences[n - 1]`. White space between two sentences belongs to the first.
        paragraphs: spans of whole sentences that tile the text likewise.
        language: BCP 47 code (`en`, `uk`, `zh-Hant`) or None when it can't be told.
    """

    source: Source
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    language: str | None

    @property
    def text(self) -> str:
        """The article's text."""
        return self.source.text

    def __reduce__(self) -> tuple[Any, ...]:
        """From process to process: spans tile the text, so their ends will do."""
        ends = ([span.end for span in spans] for spans in (self.sentences, self.paragraphs))
        return _document, (self.source, *ends, self.language)

    def sentence(self, number: int) -> str:
        """The words of sentence `number` (from 1), without white space around them."""
        return self.sentences[number - 1].of(self.source.text).strip()

    def sentences_in(self, span: Span) -> range:
        """Numbers of the sentences that overlap `span`."""
        first = bisect_right(self.sentences, span.start, key=lambda sentence: sentence.end)
        last = bisect_left(self.sentences, span.end, key=lambda sentence: sentence.start)
        return range(first + 1, max(first, last) + 1)


def _document(
    source: Source, sentences: Sequence[int], paragraphs: Sequence[int], language: str | None
) -> Document:
    """A document again, from where its spans end."""
    first, second = (
        tuple(Span(start, end) for start, end in zip((0, *ends), ends, strict=False))
        for ends in (sentences, paragraphs)
    )
    return Document(source, first, second, language)


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A piece of the text within a token budget; joined chunks are the text.

    Two are equal when all four are, whichever class they are of.

    Attributes:
        text: `source.text[start:end]`, exactly.
        start: half-open code-point offset.
        end: half-open code-point offset.
        tokens: what the token counter says of `text` by itself; never above the budget.
    """

    text: str
    start: int
    end: int
    tokens: int

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)

    def _key(self) -> tuple[int, int, int, str]:
        return self.start, self.end, self.tokens, self.text

    def __eq__(self, other: object) -> bool:
        """Whether the other is the same piece with the same count."""
        return self._key() == other._key() if isinstance(other, Chunk) else NotImplemented

    def __hash__(self) -> int:
        """As equal chunks have it."""
        return hash((self.start, self.end, self.text))


# --- what is asked and answered ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One call to a model.

    Attributes:
        task: the name of the prompt it was made from, for progress and errors.
        messages: the chat, system text first.
        max_tokens: the most the model may write, in its own tokens; above 0, always sent.
        schema: JSON Schema (an object at the root) that the reply must meet; None asks
            for free text.
        temperature: 0 for the most likely answer.
        again: a reply that can't be used may be asked for once more as it is; else whoever
            asks has a better way, and the complete items of a cut reply count.
    """

    task: str
    messages: tuple[Message, ...]
    max_tokens: int
    schema: Mapping[str, Any] | None = None
    temperature: float = 0.0
    again: bool = True


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls cost; all counts are the server's own, 0 where it says nothing.

    Attributes:
        calls: requests that were sent, retries included.
        prompt_tokens: tokens read, cached ones included.
        completion_tokens: tokens written.
        cached_tokens: those of `prompt_tokens` that came from the server's prefix cache.
        cached_calls: answers that came from a store of ours, and cost nothing; they are not
            among `calls`.
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cached_calls: int = 0

    def __add__(self, other: Usage) -> Usage:
        """Both together."""
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            self.cached_calls + other.cached_calls,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that counts (design: five conditions).

    Attributes:
        text: what the model wrote, without a `<think>` block; not empty.
        data: the parsed JSON, valid against the request's schema; None for free text.
        usage: what it took now, retries and re-asks included.
        dropped: incomplete items that were left off the end of a cut array.
        answers: what the answers to it took, whether they came now or from a store; `calls`
            counts them, without attempts that got no answer. None: it is as `usage`.
    """

    text: str
    data: Any = None
    usage: Usage = Usage()
    dropped: int = 0
    answers: Usage | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in US dollars per 1,000,000 tokens; none is negative.

    Attributes:
        prompt: tokens read.
        cached: tokens read that came from the server's prefix cache.
        completion: tokens written, hidden reasoning included.
    """

    prompt: float
    cached: float
    completion: float

    def cost(self, prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> float:
        """US dollars for these counts.

        Args:
            prompt_tokens: tokens read, cached ones included (as in `Usage`).
            cached_tokens: those of them that came from the cache; a server that claims
                more than all of them is taken to mean all.
            completion_tokens: tokens written.
        """
        cached = min(cached_tokens, prompt_tokens)
        return (
            (prompt_tokens - cached) * self.prompt
            + cached * self.cached
            + completion_tokens * self.completion
        ) / 1_000_000


@dataclass(frozen=True, slots=True)
class Profile:
    """What a backend can do, as far as tasks need to know.

    Attributes:
        model: model id, as shown in the report.
        endpoint: base URL without user info and query, or `built-in`.
        context: tokens of prompt and reply together, as far as is known beforehand;
            `Backend.context` asks the server.
        comfortable: prompt tokens up to which the model is trusted with one pass.
        group: selected sentences per request; None means all of them, and that the
            model chooses the important sentences itself.
        small: a small model: its output is labelled as a draft and held to stricter rules.
        price: what its tokens cost; None when that is not known.
    """

    model: str
    endpoint: str
    context: int
    comfortable: int
    group: int | None = None
    small: bool = False
    price: Price | None = None


# --- what is reported --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        code: stable and documented, such as `unsupported`.
        message: one sentence; says what was compared, never that something is true.
        start: half-open code-point offset into the article, or None.
        end: half-open code-point offset into the article, or None.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None


INFORMATION = frozenset(
    {
        "input-notice",
        "extracted",
        "selected-by-code",
        "instruction-like-text",
        "hidden-characters",
        "uncited-fifth",
        "markup-kept",
    }
)
"""Codes that tell how a report was made or what is in the article, not of a failed check."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the article, word for word: `text[start:end] == quote`.

    Attributes:
        sentence: its number, from 1.
        quote: its words, without white space around them.
        start: half-open code-point offset.
        end: half-open code-point offset.
    """

    sentence: int
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the summary, with its receipt.

    Attributes:
        text: one line.
        evidence: the sentences it rests on, in the article's order.
        support: `supported` when it cites evidence and no check failed.
        findings: what the checks found.
    """

    text: str
    evidence: tuple[Evidence, ...]
    support: Support
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim(Statement):
    """A key claim: a statement, who made it, and of what kind it is.

    Attributes:
        kind: one of `KINDS`.
        speaker: who says it, by name; None where the article itself does.
        speaker_as_written: the words of the article that name the speaker, else None.
        importance: 1 (least) to 3 (most).
    """

    kind: Kind = "fact"
    speaker: str | None = None
    speaker_as_written: str | None = None
    importance: int = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A term and how it is translated wherever it occurs.

    Attributes:
        source: as the article has it, in the form of a dictionary.
        target: the same in the other language; inflected as its sentence needs.
        note: for the translator, such as "the river, not the town"; may be empty.
        language: BCP 47 code of the target's language; None: any that is translated into.
        binding: given by the user; else a name as its first translation has it.
    """

    source: str
    target: str
    note: str = ""
    language: str | None = None
    binding: bool = True


_NOT_TRANSLATED = frozenset({"untranslated", "wrong-language"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of prose of the article, and what stands in its place in the translation.

    Attributes:
        kind: what it is of the article's structure.
        start: half-open code-point offset into the article.
        end: half-open code-point offset into the article.
        source: `text[start:end]`, exactly, with its markup.
        target: what takes its place, with the same markup.
        state: `translated`; `same`: nothing to translate in it, or in the language already;
            `kept`: it could not be translated, and the source stands.
        findings: what the checks found; of a kept one, why.
    """

    kind: SegmentKind
    start: int
    end: int
    source: str
    target: str
    state: SegmentState
    findings: tuple[Finding, ...] = ()

    @property
    def marked(self) -> bool:
        """Whether it is shown with `KEPT_MARK`: all of it or a part is not translated."""
        return self.state == "kept" or any(f.code in _NOT_TRANSLATED for f in self.findings)


@dataclass(frozen=True, slots=True)
class Translation:
    """Summary and claims in another language, item by item as in the report, or all the text.

    Attributes:
        language: BCP 47 code.
        title: the title, when there is one.
        summary: as many strings as the report's summary has statements.
        claims: as many strings as the report has claims.
        text: the whole article with every segment's target in its place; None when it was not
            asked for.
        findings: what the checks found in title, summary and claims, and of the whole.
        segments: of the whole article, in its order; empty when it was not asked for.
        glossary: the terms and names that were kept to, or found.
    """

    language: str
    title: str | None
    summary: tuple[str, ...]
    claims: tuple[str, ...]
    text: str | None = None
    findings: tuple[Finding, ...] = ()
    segments: tuple[Segment, ...] = ()
    glossary: tuple[Term, ...] = ()

    @property
    def starts(self) -> list[int]:
        """Where the target of each segment starts in `text`, in code points."""
        starts, shift = [], 0
        for segment in self.segments:
            starts.append(segment.start + shift)
            shift += len(segment.target) - (segment.end - segment.start)
        return starts


@dataclass(frozen=True, slots=True)
class ChunkReceipt:
    """A chunk that was sent: half-open code-point offsets, and its tokens (`SourceInfo`)."""

    start: int
    end: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of the article the model was shown.

    Attributes:
        characters: code points of the article.
        sent: code points that were in at least one answered request.
        chunks: the chunks that were sent and answered.
        missing: what was not.
        profile: share of all citations in each fifth of the text, first to last; empty
            where nothing is cited.
    """

    characters: int
    sent: int
    chunks: tuple[ChunkReceipt, ...] = ()
    missing: tuple[Span, ...] = ()
    profile: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What the report says of the article.

    `title` is the container's, else the headline that the text opens with;
    `sha256` is of the text in UTF-8, in hex; `tokens` are of the encoding that the model
    has, or of o200k_base for a model whose tokenizer is its own.
    """

    uri: str
    media_type: str
    title: str | None
    language: str | None
    characters: int
    tokens: int
    sentences: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements of a report passed its checks.

    Attributes:
        total: sentences of the summary, and claims.
        doubtful_before_repair: of what the model wrote first, those that were not
            `supported`, or that code did not let stand.
        doubtful: those that are not `supported` in the report.
    """

    total: int = 0
    doubtful_before_repair: int = 0
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """How the report was made.

    Attributes:
        summ: version of summ.
        model: model id.
        endpoint: base URL without user info and query, or `built-in`.
        prompts_sha256: hash of the prompts used, in hex.
        calls: requests sent.
        cached_calls: answers that came from a store of ours.
        prompt_tokens: see `Usage`.
        completion_tokens: see `Usage`.
        cached_tokens: see `Usage`.
        cost_usd: US dollars, or None when no price is known.
        seconds: wall time.
        statements: how the checks of the statements came out.
        small: a small model wrote it: shown as a draft. Not part of the JSON.
        unanswered: requests that got no answer, retries included. Not part of the JSON, where
            findings tell what is missing.
    """

    summ: str
    model: str
    endpoint: str
    prompts_sha256: str
    calls: int
    cached_calls: int
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    cost_usd: float | None
    seconds: float
    statements: Tally = field(default_factory=Tally)
    small: bool = False
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a report would take if nothing goes wrong, and the most that mending can add.

    Attributes:
        uri: of the source.
        language: BCP 47 code of the article's language; None when it can't be told.
        characters: code points of the text.
        tokens: of the text, as in `SourceInfo`.
        sentences: of the text.
        model: model id.
        endpoint: base URL without user info and query, or `built-in`.
        context: tokens that the model holds, as far as is known without asking it; 0 where no
            language model has a part in it.
        targets: BCP 47 codes of the languages that would be translated into.
        by_program: the translations would be made by the built-in translator.
        chunks: what would be sent; for a model that shortens single sentences, these.
        calls: requests by task, in the order of their first.
        repairs: further requests at most, for translations that have to be asked for again.
        prompt_tokens: tokens read, at least and at most.
        completion_tokens: tokens written, at least and at most.
        cost_usd: US dollars, at least and at most; None when no price is known.
    """

    uri: str
    language: str | None
    characters: int
    tokens: int
    sentences: int
    model: str
    endpoint: str
    context: int
    targets: tuple[str, ...]
    by_program: bool
    chunks: tuple[ChunkReceipt, ...]
    calls: Mapping[str, int]
    repairs: int
    prompt_tokens: tuple[int, int]
    completion_tokens: tuple[int, int]
    cost_usd: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Report:
    """What summ prints: Markdown and JSON are two views of it."""

    source: SourceInfo
    summary: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    translations: tuple[Translation, ...]
    coverage: Coverage
    findings: tuple[Finding, ...]
    run: Run
    schema_version: int = field(default=1)


# --- ports that more than one room serves ------------------------------------------


class Translator(Protocol):
    """Turns sentences of one language into another; two adapters serve it."""

    async def prepare(self, source: str, target: str) -> None:
        """Make sure that the pair can be served, before other work is done for it.

        Raises:
            SummError: it can't be; says what to use instead.
        """
        ...

    async def translate(self, items: Sequence[str], source: str, target: str) -> list[str]:
        """Translate each item by itself: as many strings come back, in order.

        Args:
            items: paragraphs or sentences, none of them empty.
            source: BCP 47 code of what they are in.
            target: BCP 47 code of what they should be in.

        Raises:
            SummError: the pair can't be served, or the work failed.
        """
        ...


class Ui(Protocol):
    """Where a person is told things while work goes on: standard error, or nowhere.

    Implementations remove control characters; callers need not.
    """

    def notice(self, text: str) -> None:
        """Say something worth knowing; one line."""
        ...

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Show how far `label` has come; `total` None when it is not known.

        Cheap to call often; shown on a terminal only. `done == total` ends the line.
        """
        ...
