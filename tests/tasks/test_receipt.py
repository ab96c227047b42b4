"""Which characters a model was shown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summ.model import Document, Source, Span
from summ.tasks.passage import document_passages
from summ.tasks.receipt import coverage
from tests.documents import COUNTER, article, document


def plain(text: str) -> Document:
    return Document(
        Source("-", "text/plain", text), (Span(0, len(text)),), (Span(0, len(text)),), None
    )


def test_the_passages_of_an_article_cover_it() -> None:
    made = article("uk")
    passages = document_passages(made, 100, COUNTER)
    spans = [passage.chunk.span for passage in passages if passage.chunk]
    receipt = coverage(made, spans, (), COUNTER)
    assert receipt.sent == receipt.characters == len(made.text)
    assert receipt.missing == ()
    assert [Span(c.start, c.end) for c in receipt.chunks] == spans
    assert [c.tokens for c in receipt.chunks] == [COUNTER.count(s.of(made.text)) for s in spans]


def test_two_tasks_over_the_same_passages_count_once() -> None:
    made = plain("abcdefghij")
    receipt = coverage(made, [Span(0, 5), Span(5, 10), Span(0, 5), Span(5, 10)], (), COUNTER)
    assert receipt.sent == 10
    assert [(c.start, c.end) for c in receipt.chunks] == [(0, 5), (5, 10)]


def test_spans_that_overlap_or_hold_each_other_become_one() -> None:
    made = plain("abcdefghij")
    receipt = coverage(made, [Span(4, 8), Span(0, 6), Span(1, 3)], (), COUNTER)
    assert [(c.start, c.end) for c in receipt.chunks] == [(0, 8)]
    assert receipt.missing == (Span(8, 10),)


def test_what_was_not_sent_is_named() -> None:
    made = plain("First part. Second part. Third part.")
    receipt = coverage(made, [Span(12, 25)], (), COUNTER)
    assert receipt.missing == (Span(0, 12), Span(25, 36))
    assert receipt.sent == 13


def test_nothing_sent_is_all_missing() -> None:
    made = plain("Words.")
    receipt = coverage(made, [], (), COUNTER)
    assert (receipt.sent, receipt.chunks, receipt.missing) == (0, (), (Span(0, 6),))


def test_white_space_is_not_missed() -> None:
    made = plain(" \n one \n\n two \t")
    receipt = coverage(made, [Span(3, 7), Span(10, 13)], (), COUNTER)
    assert receipt.missing == ()
    assert receipt.sent == 7
    assert coverage(document(" \n "), [], (), COUNTER).missing == ()


@settings(deadline=None)
@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8),
)
def test_every_character_is_sent_or_missing_or_blank(
    text: str, pairs: list[tuple[int, int]]
) -> None:
    size = len(text)
    spans = [Span(min(a, b, size), min(max(a, b), size)) for a, b in pairs]
    receipt = coverage(plain(text), spans, (), COUNTER)
    sent = {place for span in spans for place in range(span.start, span.end)}
    missing = {place for span in receipt.missing for place in range(span.start, span.end)}
    assert receipt.sent == len(sent)
    assert not sent & missing
    assert not "".join(c for place, c in enumerate(text) if place not in sent | missing).strip()
    covered = [place for c in receipt.chunks for place in range(c.start, c.end)]
    assert len(covered) == len(set(covered)) == len(sent)
