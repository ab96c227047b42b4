"""Items into another language by a model: none lost, wherever the model slips."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.errors import ReplyError, UnreachableError
from summ.model import Reply, Request
from summ.tasks.steps import Outcome
from summ.tasks.translation import GROUP, SCHEMA, translation_request, translation_steps
from tests.documents import PROMPTS, Script, answered, reply, unusable

ITEMS = [
    "The town of Eastmere will close its harbour to cargo ships in the spring of next year.",
    "The council voted for the plan on Tuesday night after a debate that lasted four hours.",
    "Opposition councillors called the vote a betrayal of the people who work on the piers.",
]
GERMAN = [
    "Die Stadt Eastmere wird ihren Hafen im Frühjahr nächsten Jahres für Frachtschiffe schließen.",
    "Der Gemeinderat stimmte dem Plan am Dienstagabend nach einer vierstündigen Debatte zu.",
    "Die Opposition nannte die Abstimmung einen Verrat an den Menschen, die dort arbeiten.",
]


def answer(*pairs: tuple[int | float, str]) -> Reply:
    return reply({"items": [{"number": number, "text": text} for number, text in pairs]})


def translate(
    *rounds: list[Outcome],
    items: list[str] | None = None,
    target: tuple[str, str] = ("de", "German"),
) -> tuple[list[str], list[tuple[Request, ...]]]:
    script = Script(*rounds)
    done = script.run(translation_steps(PROMPTS, items or ITEMS, "English", target))
    return done, script.asked


def shown(request: Request) -> list[str]:
    """The items in a request."""
    block = request.messages[-1].content.partition("\n</article-")[0]
    return [line.partition("] ")[2] for line in block.split("\n")[1:] if line]


def test_a_good_reply_is_one_request() -> None:
    done, asked = translate([answer(*enumerate(GERMAN, 1))])
    assert done == GERMAN
    ((request,),) = asked
    assert shown(request) == ITEMS
    assert (request.task, request.schema) == ("translate", SCHEMA)
    assert "English" in request.messages[-1].content
    assert "German" in request.messages[-1].content


def test_items_are_matched_by_number() -> None:
    done, _ = translate([answer((3, GERMAN[2]), (1, GERMAN[0]), (2, GERMAN[1]))])
    assert done == GERMAN


def test_the_first_of_a_number_wins_and_strange_numbers_are_nothing() -> None:
    done, _ = translate(
        [
            answer(
                (0, "null"), (-1, "minus"), (4, "vier"), (10**30, "viel"),
                (1.0, GERMAN[0]), (2, GERMAN[1]), (2, "Noch einmal, aber ganz anders."),
                (3, GERMAN[2]),
            )
        ]
    )  # fmt: skip
    assert done == GERMAN


def test_what_is_missing_is_asked_for_again_and_only_that() -> None:
    done, asked = translate([answer((2, GERMAN[1]))], [answer((1, GERMAN[0]), (2, GERMAN[2]))])
    assert done == GERMAN
    assert shown(asked[1][0]) == [ITEMS[0], ITEMS[2]]
    assert "Every translation is in German" in asked[1][0].messages[-1].content


@pytest.mark.parametrize("text", ["", "  ", "\x00\u202e", "\n"])
def test_an_empty_translation_is_a_missing_one(text: str) -> None:
    done, asked = translate(
        [answer((1, GERMAN[0]), (2, text), (3, GERMAN[2]))], [answer((1, GERMAN[1]))]
    )
    assert done == GERMAN
    assert shown(asked[1][0]) == [ITEMS[1]]


def test_a_short_item_that_is_missing_is_asked_for_again_too() -> None:
    done, asked = translate(
        [answer((1, GERMAN[0]))], [answer((1, "Wind"))], items=[ITEMS[0], "Wind"]
    )
    assert done == [GERMAN[0], "Wind"]
    assert shown(asked[1][0]) == ["Wind"]


def test_items_merged_into_one_are_asked_for_again() -> None:
    done, asked = translate(
        [answer((1, f"{GERMAN[0]} {GERMAN[1]}"), (3, GERMAN[2]))], [answer((1, GERMAN[1]))]
    )
    assert done[1:] == GERMAN[1:]
    assert shown(asked[1][0]) == [ITEMS[1]]


def test_an_item_in_another_language_is_asked_for_again() -> None:
    french = "Le conseil a voté pour le projet mardi soir après un débat qui a duré quatre heures."
    done, asked = translate(
        [answer((1, GERMAN[0]), (2, french), (3, ITEMS[2]))],
        [answer((1, GERMAN[1]), (2, GERMAN[2]))],
    )
    assert done == GERMAN
    assert shown(asked[1][0]) == ITEMS[1:]


def test_what_fails_twice_stays_as_it_was() -> None:
    french = "Le conseil a voté pour le projet mardi soir après un débat qui a duré quatre heures."
    first = answer((1, GERMAN[0]), (2, french), (3, GERMAN[2]))
    for second in (answer((1, french)), answer(), answer((1, ITEMS[1])), unusable()):
        done, asked = translate([first], [second])
        assert done == [GERMAN[0], ITEMS[1], GERMAN[2]]
        assert len(asked) == 2


def test_a_name_or_figure_may_stay_as_it_is() -> None:
    done, asked = translate([answer((1, "Tom Ashby"), (2, "2.3"))], items=["Tom Ashby", "2.3"])
    assert done == ["Tom Ashby", "2.3"]
    assert len(asked) == 1


def test_many_items_go_in_groups_side_by_side() -> None:
    items = [f"Number {n}." for n in range(2 * GROUP + 5)]
    sizes = [GROUP, GROUP, 5]
    replies: list[Outcome] = [answer(*((n + 1, f"Nr. {n}") for n in range(size))) for size in sizes]
    done, asked = translate(replies, items=items)
    assert len(done) == len(items)
    assert (done[0], done[GROUP], done[-1]) == ("Nr. 0", "Nr. 0", "Nr. 4")
    assert [len(shown(request)) for request in asked[0]] == sizes


def test_one_group_that_fails_is_asked_for_again() -> None:
    items = [f"Number {n}." for n in range(GROUP + 1)]
    good = answer(*((n + 1, f"Nr. {n}") for n in range(GROUP)))
    done, asked = translate([good, unusable()], [answer((1, "Nr. 40"))], items=items)
    assert done == [f"Nr. {n}" for n in range(GROUP + 1)]
    assert shown(asked[1][0]) == ["Number 40."]


def test_no_usable_reply_at_all_is_an_error() -> None:
    with pytest.raises(ReplyError, match="broken"):
        translate([unusable("broken")])
    error = UnreachableError("gone")
    items = [f"Number {n}." for n in range(GROUP + 1)]
    with pytest.raises(UnreachableError) as caught:
        translate([error, UnreachableError("still gone")], items=items)
    assert caught.value is error


def test_a_group_that_the_endpoint_did_not_answer_is_asked_for_again() -> None:
    items = [f"Number {n}." for n in range(GROUP + 1)]
    good = answer(*((n + 1, f"Nr. {n}") for n in range(GROUP)))
    gone = UnreachableError("gone")
    done, asked = translate([good, gone], [answer((1, "Nr. 40"))], items=items)
    assert done == [f"Nr. {n}" for n in range(GROUP + 1)]
    assert shown(asked[1][0]) == ["Number 40."]
    done, _ = translate([good, gone], [gone], items=items)
    assert done == [*(f"Nr. {n}" for n in range(GROUP)), "Number 40."]


def test_no_items_ask_nothing() -> None:
    steps = translation_steps(PROMPTS, [], "English", ("de", "German"))
    assert next(steps) == ()
    with pytest.raises(StopIteration) as end:
        steps.send(())
    assert end.value.value == []


@pytest.mark.parametrize("size", [1, 2_000])
def test_the_limit_grows_with_the_items(size: int) -> None:
    items = ["word " * size]
    request = translation_request(PROMPTS, items, ("English", "Ukrainian"))
    assert request.max_tokens > 5 * size


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-1, 5) | st.just(10**40),
            st.sampled_from([*GERMAN, *ITEMS, "", "Ja.", "Привіт, світе", "\ud800x\x1b[2J"]),
        ),
        max_size=6,
    )
)
def test_as_many_come_back_each_translated_or_as_it_was(pairs: list[tuple[int, str]]) -> None:
    steps = translation_steps(PROMPTS, ITEMS, "English", ("de", "German"))
    done, asked = answered(steps, lambda _: answer(*pairs))
    assert len(asked) <= 2
    assert len(done) == len(ITEMS)
    for item, text in zip(ITEMS, done, strict=True):
        assert text in {item, *GERMAN, "Ja.", "x[2J", "Привіт, світе"}
