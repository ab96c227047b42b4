"""Texts into another language by a model: none lost, wherever the model slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks.terms import findings as term_findings
from summ.checks.translations import SegmentAuditor
from summ.errors import (
    ContextTooLongError,
    MalformedReplyError,
    ReplyError,
    UnreachableError,
)
from summ.model import Finding, Reply, Request, Term
from summ.tasks.glossary import Glossary
from summ.tasks.steps import Outcome
from summ.tasks.translation import (
    CHAIN,
    Means,
    budget_within,
    cut_groups,
    most_calls,
    translation_steps,
)
from summ.tasks.translation_job import Job, Rendering
from summ.tasks.translation_request import GROWTH, SCHEMA, Manner, Style, growth_into
from tests.documents import COUNTER, PROMPTS, lockstep, reply, unusable
from tests.pseudo import to_ukrainian
from tests.scripted_model import Lines, shown_lines, translated

TEXTS = [
    "The town of Eastmere will close its harbour to cargo ships in the spring of next year.",
    "The council voted for the plan on Tuesday night. A debate before it had lasted for hours.",
    "Opposition councillors called the vote a betrayal of the people who work on the piers.",
    "The port's own engineers had asked for the closure, which is to last until the autumn.",
]
UKRAINIAN = [to_ukrainian(text) for text in TEXTS]
MANNER = Manner("English", "Ukrainian")

Answer = Callable[[Lines], Reply]


def good(lines: Lines) -> Reply:
    return reply(translated({n: to_ukrainian(text) for n, text in lines.items()}, lines))


def but(changes: Mapping[int, str | None]) -> Answer:
    """A good reply, with these texts under these numbers; None leaves the number out."""

    def answer(lines: Lines) -> Reply:
        texts = {n: to_ukrainian(text) for n, text in lines.items()} | dict(changes)
        return reply(translated({n: text for n, text in texts.items() if text is not None}, lines))

    return answer


class Model:
    """Answers the n-th request by the n-th of `answers`, all further ones well."""

    def __init__(self, *answers: Answer | Outcome) -> None:
        self.answers = list(answers)
        self.asked: list[Request] = []

    def __call__(self, requests: tuple[Request, ...]) -> tuple[Outcome, ...]:
        return tuple(map(self._answer, requests))

    def _answer(self, request: Request) -> Outcome:
        self.asked.append(request)
        answer = self.answers.pop(0) if self.answers else good
        return answer(lines_of(request)) if callable(answer) else answer

    @property
    def groups(self) -> list[list[str]]:
        """The texts of each request."""
        return [list(lines_of(request).values()) for request in self.asked]


def lines_of(request: Request) -> Lines:
    return shown_lines({"messages": [{"content": request.messages[-1].content}]})


def run(
    model: Model,
    texts: Sequence[str] = TEXTS,
    terms: Sequence[Term] = (),
    budget: int = 1_200,
    manner: Manner = MANNER,
) -> list[Rendering]:
    auditor = SegmentAuditor(("en", "uk"), PROMPTS.texts)

    def audit(at: int, text: str, terms: Sequence[Term]) -> list[Finding]:
        found = [*auditor.findings(texts[at], text)]
        return [*found, *term_findings(terms, texts[at], text, ("en", "uk"))]

    done: list[int] = []
    job = Job(
        texts, ("en", "uk"), audit, Glossary(terms, ("en", "uk")), lambda at, _: done.append(at)
    )
    found = lockstep(translation_steps(job, Means(PROMPTS, manner, COUNTER, budget)), model)
    assert len(found) == len(texts)
    assert sorted(done) == list(range(len(texts)))
    return found


def texts_of(found: Sequence[Rendering]) -> list[str | None]:
    return [one.text for one in found]


def test_a_good_reply_is_one_request() -> None:
    model = Model()
    assert texts_of(run(model)) == UKRAINIAN
    (request,) = model.asked
    assert model.groups == [TEXTS]
    assert (request.task, request.schema) == ("translate", SCHEMA)
    words = request.messages[-1].content
    assert "English" in words
    assert "Ukrainian" in words


def test_items_may_come_in_any_order() -> None:
    def shuffled(lines: Lines) -> Reply:
        data = translated({n: to_ukrainian(lines[n]) for n in (3, 1, 4, 2)}, lines)
        return reply(data)

    model = Model(shuffled)
    assert texts_of(run(model)) == UKRAINIAN
    assert len(model.asked) == 1


@pytest.mark.parametrize("text", [None, "", " ", "\x00\u202e", "\n"])
def test_what_is_missing_is_asked_for_again_with_the_one_before_it(text: str | None) -> None:
    model = Model(but({3: text}))
    assert texts_of(run(model)) == UKRAINIAN
    assert model.groups[1:] == [TEXTS[1:3]]


def test_a_merged_item_is_put_right_even_where_its_length_tells_nothing() -> None:
    heading = "Reactions"
    texts = [TEXTS[0], heading, TEXTS[2]]
    merged = f"{UKRAINIAN[0]} {to_ukrainian(heading)}"
    model = Model(but({1: merged, 2: None}))
    assert texts_of(run(model, texts)) == [UKRAINIAN[0], to_ukrainian(heading), UKRAINIAN[2]]
    assert len(model.asked) == 2


def test_a_model_that_merges_and_counts_on_is_told_by_the_words_that_it_copies() -> None:
    def shifted(lines: Lines) -> Reply:
        begins = {n: " ".join(text.split()[:3]) for n, text in lines.items()}
        items = [
            {"number": 1, "begins": begins[1], "text": to_ukrainian(lines[1])},
            {"number": 2, "begins": begins[3], "text": to_ukrainian(lines[3])},
            {"number": 3, "begins": begins[4], "text": to_ukrainian(lines[4])},
        ]
        return reply({"items": items, "names": []})

    model = Model(shifted)
    assert texts_of(run(model)) == UKRAINIAN
    assert model.groups[1:] == [TEXTS[:2]]


def test_a_text_that_is_run_together_with_the_next_every_time_does_not_stand() -> None:
    heading = "Reactions"
    texts = [TEXTS[0], heading, TEXTS[2]]

    def stubborn(lines: Lines) -> Reply:
        numbers = {text: number for number, text in lines.items()}
        one, other = numbers.get(TEXTS[0]), numbers.get(heading)
        both = f"{UKRAINIAN[0]} {to_ukrainian(heading)}"
        return (but({one: both, other: None}) if one and other == one + 1 else good)(lines)

    model = Model(*[stubborn] * 9)
    found = run(model, texts)
    assert texts_of(found) == [UKRAINIAN[0], to_ukrainian(heading), UKRAINIAN[2]]
    assert len(model.asked) == 3

    def hopeless(lines: Lines) -> Reply:
        return but({number: None for number, text in lines.items() if text == heading})(lines)

    found = run(Model(*[hopeless] * 9), texts)
    assert texts_of(found) == [UKRAINIAN[0], None, UKRAINIAN[2]]


def test_numbers_that_have_shifted_unseen_are_told_by_what_else_is_wrong() -> None:
    texts = [*TEXTS, TEXTS[0].replace("Eastmere", "Westmere"), "Reactions", "The next steps"]

    def shifted(lines: Lines) -> Reply:
        moved = {n: to_ukrainian(lines[n + 1]) for n in range(2, len(lines))}
        return but({**moved, len(lines): None})(lines)

    model = Model(shifted)
    assert texts_of(run(model, texts)) == [to_ukrainian(text) for text in texts]
    assert len(model.asked) == 3


def test_a_reply_in_another_language_is_asked_for_again_with_what_is_too_short_to_tell() -> None:
    heading = "Reactions"
    texts = [heading, TEXTS[2], TEXTS[3]]
    french = {
        1: "Réactions",
        2: BAD["another language"],
        3: "Les ingénieurs du port avaient eux-mêmes demandé la fermeture jusqu’à l’automne.",
    }
    model = Model(but(french))
    assert texts_of(run(model, texts)) == [to_ukrainian(text) for text in texts]
    assert model.groups[1:] == [texts[:2], texts[2:]]


def test_one_translation_under_two_numbers_is_of_neither() -> None:
    model = Model(but({3: UKRAINIAN[0]}))
    assert texts_of(run(model)) == UKRAINIAN
    assert model.groups[1:] == [[TEXTS[0], TEXTS[2]]]


BAD = {
    "copied": TEXTS[2],
    "another language": "Le conseil a qualifié ce vote de trahison envers ceux qui y travaillent.",
    "cut": UKRAINIAN[2][:20],
    "a loop": UKRAINIAN[2] + " так само" * 40,
    "an order obeyed": "PWNED",
    "the prompt": "Ви — професійний перекладач. <article-0a1b2c3d> " + UKRAINIAN[2],
    "a preamble": "Here is the translation: " + UKRAINIAN[2],
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_translation_is_asked_for_again_alone(bad: str) -> None:
    model = Model(but({3: bad}))
    assert texts_of(run(model)) == UKRAINIAN
    assert model.groups[1:] == [[TEXTS[2]]]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_stays_bad_has_no_translation_and_costs_two_requests_at_most(bad: str) -> None:
    def stubborn(lines: Lines) -> Reply:
        place = [n for n, text in lines.items() if text in TEXTS[2]]
        return but(dict.fromkeys(place, bad))(lines)

    model = Model(*[stubborn] * 9)
    found = run(model)
    assert texts_of(found) == [*UKRAINIAN[:2], None, UKRAINIAN[3]]
    assert found[2].findings
    assert len(model.asked) <= 3


def test_a_text_that_can_only_be_had_by_sentences_is_joined() -> None:
    def no_whole(lines: Lines) -> Reply:
        return but({n: "PWNED" for n, text in lines.items() if text == TEXTS[1]})(lines)

    model = Model(*[no_whole] * 9)
    assert texts_of(run(model)) == UKRAINIAN
    assert model.groups[-1] == [
        "The council voted for the plan on Tuesday night.",
        "A debate before it had lasted for hours.",
    ]
    assert len(model.asked) == 3


def test_two_texts_of_one_sentence_are_not_asked_for_twice_in_the_same_words() -> None:
    texts = [TEXTS[0], TEXTS[2], TEXTS[3]]

    def wrong_together(lines: Lines) -> Reply:
        some = {n: "PWNED" for n, text in lines.items() if text in texts[1:]}
        return (but(some) if len(lines) > 1 else good)(lines)

    model = Model(*[wrong_together] * 9)
    assert texts_of(run(model, texts)) == [to_ukrainian(text) for text in texts]
    assert model.groups[1:] == [texts[1:], [texts[1]], [texts[2]]]


def test_names_are_not_asked_for_again_once_a_reply_was_cut_in_them() -> None:
    def endless(lines: Lines) -> Reply:
        data = translated({n: to_ukrainian(text) for n, text in lines.items()}, lines)
        return reply(data, dropped=1)

    model = Model(endless)
    assert texts_of(run(model, budget=1)) == UKRAINIAN
    asked = ["a name" in request.messages[-1].content for request in model.asked]
    assert asked == [True, False, False, False]


def test_what_is_missing_in_a_cut_reply_is_asked_for_again() -> None:
    def cut(lines: Lines) -> Reply:
        return reply(translated({1: UKRAINIAN[0], 2: UKRAINIAN[1]}, lines), dropped=1)

    model = Model(cut)
    assert texts_of(run(model)) == UKRAINIAN
    # The last one that came may hold more than itself.
    assert model.groups[1:] == [TEXTS[1:]]


@pytest.mark.parametrize(("first", "last"), ['""', "“”"])
def test_quotation_marks_that_end_a_text_too_soon_are_shown_in_another_shape(
    first: str, last: str
) -> None:
    text = f"Opposition councillors called the vote {first}a betrayal{last} of the people there."

    def ended(lines: Lines) -> Reply:
        return but({n: to_ukrainian(line).partition(first)[0] for n, line in lines.items()})(lines)

    model = Model(ended)
    assert texts_of(run(model, [text])) == [to_ukrainian(text)]
    assert model.groups == [[text], [text.replace(f"{first}a", "«a").replace(f"l{last}", "l»")]]


@pytest.mark.parametrize("quotation", ["«a betrayal»", "„a betrayal“", '“a” and "betrayal"'])
def test_other_quotation_marks_are_shown_as_they_are(quotation: str) -> None:
    text = f"Opposition councillors called the vote {quotation} of the people there."
    model = Model(but({1: "PWNED"}))
    assert texts_of(run(model, [text])) == [to_ukrainian(text)]
    assert model.groups == [[text], [text]]


def test_words_of_the_source_that_stay_however_often_are_told_and_the_rest_stands() -> None:
    text = "Slow Harbour: what is thoughtful folk music?"
    half = "Тиха гавань: що це за thoughtful folk music?"

    def lazy(lines: Lines) -> Reply:
        return but({n: half for n, line in lines.items() if line == text})(lines)

    found = run(Model(*[lazy] * 9), [text, *TEXTS])
    assert texts_of(found) == [half, *UKRAINIAN]
    assert [finding.code for finding in found[0].findings] == ["wrong-language"]
    found = run(Model(lazy), [text, *TEXTS])
    assert found[0] == Rendering(to_ukrainian(text))


def test_sentences_come_back_with_the_quotation_marks_that_each_had() -> None:
    text = 'The council called it "a strange plan" on Tuesday. “We never got an answer,” he said.'

    def no_whole(lines: Lines) -> Reply:
        return but(dict.fromkeys([n for n, line in lines.items() if "Tuesday. " in line], "PWNED"))(
            lines
        )

    assert texts_of(run(Model(*[no_whole] * 9), [text])) == [to_ukrainian(text)]


def test_tags_that_are_lost_are_asked_for_again() -> None:
    text = "The <g1>council</g1> voted for the plan on <x2/> Tuesday night."
    model = Model(but({1: to_ukrainian("The council voted for the plan on Tuesday night.")}))
    assert texts_of(run(model, [text])) == [to_ukrainian(text)]
    assert "<g1>" in model.asked[0].messages[-1].content.rpartition("</article-")[2]


def test_a_reply_that_cannot_be_used_is_asked_for_again_in_halves() -> None:
    for broken in (unusable("broken"), ContextTooLongError("too long")):
        model = Model(broken)
        assert texts_of(run(model)) == UKRAINIAN
        assert model.groups[1:] == [TEXTS[:2], TEXTS[2:]]


def test_after_a_bad_group_the_next_ones_are_smaller() -> None:
    texts = [f"The council of district number {n} voted for its plan." for n in range(8)]
    model = Model(unusable())
    found = run(model, texts, budget=50)
    assert texts_of(found) == [to_ukrainian(text) for text in texts]
    sizes = [len(group) for group in model.groups]
    assert max(sizes[3:]) < sizes[0]


def test_no_usable_reply_at_all_is_an_error() -> None:
    with pytest.raises(ReplyError, match="broken"):
        run(Model(*[unusable("broken")] * 9))


def test_a_model_that_answers_in_no_form_that_was_asked_for_is_asked_three_times() -> None:
    texts = [f"The council of district number {n} voted for its plan." for n in range(40)]
    model = Model(*[MalformedReplyError("no JSON")] * 99)
    with pytest.raises(ReplyError, match="no JSON"):
        run(model, texts, budget=100)
    assert len(model.asked) == 3


def test_an_endpoint_that_is_gone_is_not_asked_in_smaller_units() -> None:
    error = UnreachableError("gone")
    model = Model(error)
    with pytest.raises(UnreachableError):
        run(model)
    assert len(model.asked) == 1


def test_what_an_endpoint_did_not_answer_costs_its_group_alone() -> None:
    texts = [f"The council of district number {n} voted for its plan." for n in range(20)]
    model = Model(good, UnreachableError("gone"))
    found = run(model, texts, budget=50)
    lost = [at for at, one in enumerate(found) if one.text is None]
    assert lost
    assert [texts[at] for at in lost] == model.groups[1]
    assert [(one.code, one.message) for one in found[lost[0]].findings] == [
        ("not-answered", "gone")
    ]


def test_a_group_is_shown_what_stands_around_it_and_how_that_was_translated() -> None:
    model = Model()
    run(model, budget=1)
    assert model.groups == [[text] for text in TEXTS]
    words = model.asked[2].messages[-1].content
    assert f"{TEXTS[1]} → {UKRAINIAN[1]}" in words
    assert TEXTS[3] in words


def test_chains_of_a_long_text_go_side_by_side() -> None:
    texts = [f"The council of district number {n} voted for its plan." for n in range(60)]
    steps = []

    def answers(requests: tuple[Request, ...]) -> tuple[Outcome, ...]:
        steps.append(len(requests))
        return tuple(good(lines_of(request)) for request in requests)

    job = Job(texts, ("en", "uk"), lambda *_: (), Glossary((), ("en", "uk")))
    lockstep(translation_steps(job, Means(PROMPTS, MANNER, COUNTER, 12)), answers)
    assert steps[0] == 1
    assert max(steps) > 1
    assert len(steps) == 1 + CHAIN


def test_a_term_goes_with_the_request_and_a_translation_without_it_is_asked_again_once() -> None:
    terms = [Term("council", "рада")]
    found = run(Model(), TEXTS[1:2], terms)
    assert [finding.code for finding in found[0].findings] == ["term-not-kept"]
    assert found[0].text == UKRAINIAN[1]
    model = Model(good, but({1: UKRAINIAN[1].replace(to_ukrainian("council"), "рада")}))
    found = run(model, TEXTS[1:2], terms)
    assert found[0].findings == ()
    assert "рада" in (found[0].text or "")
    assert len(model.asked) == 2
    assert "council = рада" in model.asked[0].messages[-1].content


def test_a_name_learnt_in_one_group_goes_with_the_next() -> None:
    texts = [
        "On Monday Olena Marchuk spoke.",
        "Nobody in Eastmere believed Olena Marchuk at first.",
    ]

    def naming(lines: Lines) -> Reply:
        data = translated(dict.fromkeys(lines, "У понеділок Олена Марчук говорила."), lines)
        return reply(data | {"names": [{"source": "Olena Marchuk", "target": "Олена Марчук"}]})

    model = Model(naming)
    run(model, texts, budget=4)
    assert "Olena Marchuk = Олена Марчук" in model.asked[1].messages[-1].content


def test_the_style_is_asked_for() -> None:
    model = Model()
    run(model, manner=Manner("English", "German", Style("formal", "Call the river Mere.")))
    words = model.asked[0].messages[-1].content
    assert "formally" in words
    assert "Call the river Mere." in words


def test_no_texts_ask_nothing() -> None:
    model = Model()
    assert run(model, []) == []
    assert model.asked == []


@pytest.mark.parametrize("size", [1, 2_000])
def test_the_limit_grows_with_the_items(size: int) -> None:
    model = Model()
    job = Job(["word " * size], ("en", "uk"), lambda *_: (), Glossary((), ("en", "uk")))
    lockstep(translation_steps(job, Means(PROMPTS, MANNER, COUNTER)), model)
    assert model.asked[0].max_tokens > 3 * size


def test_a_script_that_tokenizers_know_takes_less_room() -> None:
    assert growth_into("es") == growth_into("zh-Hant") == growth_into("ko") < growth_into("uk")
    assert growth_into("ka") == growth_into("xx") == growth_into("") == GROWTH


def test_the_budget_of_a_group_follows_the_context() -> None:
    assert budget_within(128_000) == 1_200
    assert 100 < budget_within(4_096) < 700
    assert budget_within(512) == 100


@given(st.lists(st.integers(0, 90), max_size=200), st.integers(1, 200))
def test_groups_are_all_texts_in_order_within_the_budget(sizes: list[int], budget: int) -> None:
    groups = list(cut_groups(sizes, budget))
    assert [place for group in groups for place in group] == list(range(len(sizes)))
    assert all(len(g) == 1 or sum(sizes[p] for p in g) <= budget for g in groups)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_a_model_answers_each_text_is_accounted_for_within_the_bound(
    data: st.DataObject,
) -> None:
    pool = st.sampled_from([*UKRAINIAN, *TEXTS, *BAD.values(), "", "\ud800x\x1b[2J"])
    items = st.lists(
        st.fixed_dictionaries(
            {
                "number": st.integers(-1, 5) | st.just(10**40),
                "begins": st.sampled_from(
                    ["", "The town of", "Opposition councillors called", "x"]
                ),
                "text": pool,
            }
        ),
        max_size=6,
    )

    def hostile(_: Lines) -> Reply:
        return reply({"items": data.draw(items), "names": []})

    model = Model(*(unusable() if data.draw(st.booleans()) else hostile for _ in range(9)))
    try:
        found = run(model)
    except ReplyError:
        found = []
    assert len(model.asked) <= most_calls(len(TEXTS))
    for one in found:
        assert one.text is None or one.text not in TEXTS
