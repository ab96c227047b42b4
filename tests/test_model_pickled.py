"""Documents go from process to process, and come out as they went in."""

from __future__ import annotations

import pickle

import pytest

from summ.checks.grounding import SentenceIndex
from summ.model import Source
from summ.text.document import annotate
from tests.documents import EN, UK


@pytest.mark.parametrize("text", [EN, UK, "One line.", "  \n\n A. B?\n\n\nC!\n", "no end"])
def test_a_document_and_its_index_come_out_as_they_went_in(text: str) -> None:
    document = annotate(Source("a.txt", "text/plain", text, notices=("guessed",)))
    index = SentenceIndex(document)
    again, index_again = pickle.loads(pickle.dumps((document, index)))
    assert again == document
    assert index_again.document == document
    assert index_again.score(text, [1]) == index.score(text, [1])
