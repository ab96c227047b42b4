"""Claims of all passages in one pool: joined, ranked, and from all parts of the text."""

from __future__ import annotations

import time
from itertools import pairwise
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.model import Claim, Evidence, Finding, Support
from summ.tasks.pooling import LEAST_CLAIMS, claims_wanted, pool_claims, spread_order


def made(
    text: str,
    number: int,
    support: str = "supported",
    speaker: str | None = None,
    importance: int = 2,
) -> Claim:
    evidence = (Evidence(number, "Q", number, number + 1),) if support != "unsupported" else ()
    findings = () if support == "supported" else (Finding(support, "Something."),)
    kind = cast("Support", support)
    return Claim(text, evidence, kind, findings, "fact", speaker, speaker, importance)


def texts(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.text for claim in claims]


# --- joined -----------------------------------------------------------------------------

HARBOUR = "The harbour of Eastmere closes to cargo ships on 1 March"


def test_claims_that_say_the_same_become_one_with_the_evidence_of_all() -> None:
    groups = [[made(HARBOUR + ".", 9)], [made(HARBOUR + "!", 2)], [made(HARBOUR.upper(), 9)]]
    (one,) = pool_claims(groups, 8)
    assert [evidence.sentence for evidence in one.evidence] == [2, 9]
    assert one.text == HARBOUR + "."


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 3)), min_size=1, max_size=12))
def test_no_evidence_is_lost_however_many_are_joined(places: list[tuple[int, int]]) -> None:
    groups = [[made(HARBOUR, number, importance=weight)] for number, weight in places]
    (one,) = pool_claims(groups, 1)
    assert [e.sentence for e in one.evidence] == sorted({number for number, _ in places})
    assert one.importance == max(weight for _, weight in places)


def test_different_figures_or_speakers_make_different_claims() -> None:
    text = "The repairs of the old harbour pier in Eastmere will cost {} million pounds in all"
    assert len(pool_claims([[made(text.format(3), 1)], [made(text.format(5), 2)]], 8)) == 2
    two = [[made(text, 1, speaker="Calder")], [made(text, 2, speaker="Ashby")]]
    assert len(pool_claims(two, 8)) == 2
    # What the article itself says is not given to one of those who say it, too.
    assert len(pool_claims([[made(text, 1)], [made(text, 2, speaker="Ashby")]], 8)) == 2


def test_evidence_that_was_guessed_does_not_hide_behind_evidence_that_was_cited() -> None:
    groups = [[made(HARBOUR + ".", 9, "partial"), made(HARBOUR + "!", 2)]]
    assert [one.support for one in pool_claims(groups, 8)] == ["partial", "supported"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The council did not approve the plan.", "The council did approve the plan."),
        ("The court never found him guilty.", "The court found him guilty."),
        ("Inflation in the euro zone rose in March.", "Inflation in the euro zone fell in March."),
        ("Smith sued Jones over the contract.", "Jones sued Smith over the contract."),
        ("Three people were killed in the fire.", "Seven people were killed in the fire."),
        ("The minister denied that taxes will rise.", "The minister said that taxes will rise."),
        ("The firm allegedly paid bribes in Larn.", "The firm paid bribes in Larn."),
        ("Рада не ухвалила закон про річку.", "Рада ухвалила закон про річку."),
        ("Der Rat hat dem Plan nicht zugestimmt.", "Der Rat hat dem Plan zugestimmt."),
    ],
)
def test_what_says_something_else_stays_a_claim_of_its_own(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        assert len(pool_claims([[made(first, 1)], [made(second, 2)]], 8)) == 2


def test_a_few_words_more_make_no_other_claim() -> None:
    longer = "The harbour of Eastmere closes to foreign cargo ships on 1 March."
    (one,) = pool_claims([[made(HARBOUR, 1)], [made(longer, 2)]], 8)
    assert [evidence.sentence for evidence in one.evidence] == [1, 2]


def test_claims_without_words_are_not_joined() -> None:
    assert len(pool_claims([[made("!!!", 1), made("???", 2)]], 8)) == 2


# --- ranked -----------------------------------------------------------------------------


def test_ranking_takes_turns_among_equals() -> None:
    groups = [[made("a1", 1), made("a2", 2), made("a3", 3)], [], [made("b1", 4), made("b2", 5)]]
    assert texts(pool_claims(groups, 8)) == ["a1", "b1", "a2", "b2", "a3"]


def test_the_most_important_come_first_wherever_they_are() -> None:
    groups = [[made(f"c{n}", n)] for n in range(9)] + [
        [made("late", 9), made("top", 10, importance=3)]
    ]
    assert texts(pool_claims(groups, 1)) == ["top"]
    assert texts(pool_claims(groups, 8))[0] == "top"
    low = [[made("low", 1, importance=1)], [made("mid", 2)]]
    assert texts(pool_claims(low, 8)) == ["mid", "low"]


@pytest.mark.parametrize(("passages", "most"), [(30, 8), (100, 8), (7, 3), (12, 12), (50, 40)])
def test_equals_come_from_all_parts_of_the_text(passages: int, most: int) -> None:
    groups = [[made(f"p{n} says {a}", n) for a in "abcd"] for n in range(passages)]
    places = sorted(claim.evidence[0].sentence for claim in pool_claims(groups, most))
    assert len(places) == most
    edges = [-1, *places, passages]
    widest = max(b - a for a, b in pairwise(edges))
    assert widest <= 2 * -(-passages // most) + 1
    for fifth in range(5) if most >= 8 else ():
        start, end = passages * fifth // 5, passages * (fifth + 1) // 5
        assert any(start <= place < end for place in places)


groups_of_claims = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefghij"), st.integers(1, 3), st.sampled_from([None, "A", "B"])
        ),
        max_size=5,
    ),
    max_size=12,
)  # fmt: skip


@given(groups_of_claims, st.integers(0, 20))
def test_never_more_than_wanted_and_the_rest_was_less_important(
    groups: list[list[tuple[str, int, str | None]]], most: int
) -> None:
    claims = [
        [made(f"word{w} alone", 10 * n + k, speaker=who, importance=i)
         for k, (w, i, who) in enumerate(group)]
        for n, group in enumerate(groups)
    ]  # fmt: skip
    kept, everything = pool_claims(claims, most), pool_claims(claims, 10_000)
    assert len(kept) == min(most, len(everything))
    assert set(kept) <= set(everything)
    weights = [claim.importance for claim in kept]
    assert weights == sorted(weights, reverse=True)
    rest = [claim.importance for claim in everything if claim not in kept]
    assert not rest or not weights or max(rest) <= min(weights)
    # Nothing that a passage said is gone from the whole pool.
    assert {e for one in everything for e in one.evidence} == {
        e for group in claims for one in group for e in one.evidence
    }


@given(st.integers(1, 400))
def test_the_order_is_a_permutation_and_every_beginning_of_it_is_spread(count: int) -> None:
    ranks = spread_order(count)
    assert sorted(ranks) == list(range(count))
    by_rank = sorted(range(count), key=lambda place: ranks[place])
    for first in range(1, count + 1):
        places = sorted(by_rank[:first])
        edges = [*places, count]
        assert places[0] == 0
        # At most four times what even distances would be: powers of two are halved.
        widest = max(b - a for a, b in pairwise(edges))
        assert widest <= 4 * -(-count // first)


@given(st.integers(0, 60), st.integers(1, 500))
def test_each_passage_is_asked_for_twice_its_share_and_four_at_least(
    claims: int, passages: int
) -> None:
    wanted = claims_wanted(claims, passages)
    assert wanted <= claims
    assert wanted >= min(claims, LEAST_CLAIMS)
    assert wanted * passages >= min(2 * claims, claims * passages)


def test_the_claims_of_a_whole_book_are_pooled_in_seconds() -> None:
    random = Random(4)
    words = [f"word{n}" for n in range(3_000)]
    groups = [
        [made(" ".join(random.choices(words, k=14)), n) for _ in range(4)] for n in range(1_000)
    ]
    started = time.process_time()
    assert len(pool_claims(groups, 50)) == 50
    assert time.process_time() - started < 5
