"""The evaluation corpus keeps its format, and a file that breaks it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.corpus_files import CORPUS, CorpusError, load, read
from tests.eval.drill import LANGUAGES, load_drill

FILES = sorted((*CORPUS.glob("dev/*.toml"), *CORPUS.glob("held/*.toml")))

ARTICLE = """
language = "en"
persons = ["Ann Lee", "Bo Moe", "Cy Nye", "Di Orr"]
text = '''
Headline

Ann Lee met Bo Moe. Cy Nye and Di Orr came later. They came twice. They came back.
'''

[[statements]]
text = "Two more arrived after Lee."
evidence = ["Cy Nye and", "Ann Lee met"]
speaker = "Bo Moe"
names = ["Lee"]
negated = ["Two more didn't arrive after Lee."]
"""


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.stem}" for path in FILES])
def test_every_article_is_valid_and_has_ten_statements_half_of_them_with_a_speaker(
    path: Path,
) -> None:
    article = read(path)

    assert len(article.cases) == 10
    assert sum(case.speaker is not None for case in article.cases) >= 5


def test_no_article_is_in_both_parts() -> None:
    dev, held = (
        {path.name for path in FILES if path.parent.name == part} for part in ("dev", "held")
    )

    assert dev.isdisjoint(held)


def test_evidence_becomes_sentence_numbers_and_quotes_of_the_article(tmp_path: Path) -> None:
    (tmp_path / "en-a.toml").write_text(ARTICLE, encoding="utf-8")

    [article] = load(tmp_path, "en")
    [case] = article.cases
    claim = article.claim(case)

    assert case.evidence == (2, 3)
    assert [evidence.quote for evidence in claim.evidence] == [
        "Ann Lee met Bo Moe.",
        "Cy Nye and Di Orr came later.",
    ]
    for evidence in claim.evidence:
        assert article.document.text[evidence.start : evidence.end] == evidence.quote
    assert load(tmp_path, "de") == []


def test_a_claim_takes_a_variant_and_another_speaker_in_place_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "en-a.toml"
    path.write_text(ARTICLE, encoding="utf-8")
    article = read(path)

    claim = article.claim(article.cases[0], text=article.cases[0].negated[0], speaker="Di Orr")

    assert (claim.text, claim.speaker) == ("Two more didn't arrive after Lee.", "Di Orr")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"Cy Nye and"', '"Cy Nye ran"', "doesn't have 'Cy Nye ran'"),
        ('"Cy Nye and"', '"They came"', "has 'They came' 2 times"),
        ('"Cy Nye and"', '"came later"', "doesn't begin a sentence"),
        ('"Cy Nye and"', '"Ann Lee"', "two openings are of the same sentence"),
        ('["Cy Nye and", "Ann Lee met"]', "[]", "one to three pieces of evidence"),
        ('names = ["Lee"]', 'names = ["Orr"]', "doesn't have the name 'Orr'"),
        ('speaker = "Bo Moe"', 'speaker = "Ed Poe"', "'Ed Poe' is not one of the persons"),
        ('"Di Orr"]', '"Ed Poe"]', "doesn't have the person 'Ed Poe'"),
        (', "Di Orr"]', "]", "fewer than four persons"),
        ("didn't arrive", "arrived", "a variant equals its statement"),
        ("negated =", "negatd =", "unknown keys ['negatd']"),
        ("negated = [", 'unhedged = "', "not TOML"),
        ('language = "en"', 'language = "de"', "doesn't begin with its language"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_the_reason(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    assert old in ARTICLE
    path = tmp_path / "en-broken.toml"
    path.write_text(ARTICLE.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CorpusError) as caught:
        read(path)

    assert str(caught.value).startswith("en-broken.toml")
    assert reason in str(caught.value)


def test_every_item_of_the_drill_can_be_used() -> None:
    articles = load_drill()
    assert {article.language for article in articles} == set(LANGUAGES)
    for article in articles:
        (case,) = article.cases
        assert case.negated
        assert case.text not in {*case.negated, *case.unhedged}, article.name
