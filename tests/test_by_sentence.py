"""The built-in translator on lines with markup."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.by_sentence import BySentence
from summ.model import Term
from summ.text.tagged import parents
from summ.text.tags import is_balanced, without_tags


class Engine:
    """A translator by a function, or by a list of what it says for what."""

    def __init__(self, says: Callable[[str], str] | Mapping[str, str]) -> None:
        self._says = says if callable(says) else lambda text: says.get(text, "")
        self.given: list[str] = []
        self.pairs: list[tuple[str, str]] = []

    async def prepare(self, source: str, target: str) -> None:
        self.pairs.append((source, target))

    async def translate(self, items: Sequence[str], source: str, target: str) -> list[str]:
        assert all(items)
        self.given += items
        return [self._says(item) for item in items]


def backwards(text: str) -> str:
    """Another order of words, and capitals."""
    end = text[-1:] if text[-1:] in ".!?" else ""
    return " ".join(reversed(text.rstrip(".!?").upper().split())) + end


def translate(
    says: Callable[[str], str] | Mapping[str, str],
    *items: str,
    to: str = "de",
    terms: Sequence[Term] = (),
) -> list[str | None]:
    return asyncio.run(BySentence(Engine(says)).translate(items, "en", to, terms))


# --- sentences -------------------------------------------------------------------------


def test_sentences_are_translated_one_by_one_and_joined() -> None:
    engine = Engine(str.upper)
    items = ["One fact. Another fact! A third?", "Alone.", "No full stop"]
    done = asyncio.run(BySentence(engine).translate(items, "en", "de"))
    assert done == ["ONE FACT. ANOTHER FACT! A THIRD?", "ALONE.", "NO FULL STOP"]
    assert engine.given == ["One fact.", "Another fact!", "A third?", "Alone.", "No full stop"]


def test_nothing_stands_between_chinese_sentences() -> None:
    assert translate(str.upper, "One fact. Another fact.", to="zh-Hant") == [
        "ONE FACT.ANOTHER FACT."
    ]


def test_a_space_stands_between_sentences_that_chinese_wrote_without() -> None:
    engine = BySentence(Engine({"第一句。": "One.", "第二句。": "Two.", "第三句。": "Three."}))
    items = ["第一句。第二句。", "第一句。<g1>第二句。第三句。</g1>"]
    done = asyncio.run(engine.translate(items, "zh", "en"))
    assert done == ["One. Two.", "One. <g1>Two. Three.</g1>"]


def test_as_many_come_back_even_of_nothing() -> None:
    assert translate(str.upper) == []
    assert translate(str.upper, " ", "One.", "", "<x1/>") == [" ", "ONE.", "", "<x1/>"]


def test_the_pair_is_made_ready_by_who_translates() -> None:
    engine = Engine({})
    asyncio.run(BySentence(engine).prepare("en", "pt"))
    assert engine.pairs == [("en", "pt")]


def test_what_occurs_twice_is_translated_once() -> None:
    engine = Engine(str.upper)
    asyncio.run(BySentence(engine).translate(["daily", "A fact. daily", "daily"], "en", "de"))
    assert engine.given.count("daily") == 1


def test_each_item_is_told_in_order_as_it_is_ready() -> None:
    told: list[tuple[int, str | None]] = []
    seen: list[int] = []

    def says(text: str) -> str:
        seen.append(len(told))
        return "" if text == "Two." else text.upper()

    work = BySentence(Engine(says)).translate(
        ["One.", "Two.", "Three."], "en", "de", (), lambda at, text: told.append((at, text))
    )
    done = asyncio.run(work)
    assert done == ["ONE.", None, "THREE."]
    assert told == list(enumerate(done))
    assert seen == [0, 1, 2], "an item is told before the next is translated"


# --- what an engine can't translate ----------------------------------------------------


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "   ",
        "the ferry was late, and nobody came",
        "die " * 30,
        "ja, " + "a" * 40,
        "x " * 400,
    ],
)
def test_a_sentence_that_came_to_nothing_is_translated_by_its_clauses(nothing: str) -> None:
    says = {
        "the ferry was late, and nobody came": nothing,
        "the ferry was late,": "die Fähre kam zu spät,",
        "and nobody came": "und niemand kam",
    }
    assert translate(says, "the ferry was late, and nobody came") == [
        "die Fähre kam zu spät, und niemand kam"
    ]
    assert translate({**says, "and nobody came": ""}, "the ferry was late, and nobody came") == [
        None
    ]


def test_names_may_come_back_as_they_are() -> None:
    assert translate(lambda text: text, "Upper Ashby", "COVID-19 in Dunmere") == [
        "Upper Ashby",
        "COVID-19 in Dunmere",
    ]


def test_a_repetition_of_the_source_is_no_loop() -> None:
    assert translate(str.upper, "no no no no no no no") == ["NO NO NO NO NO NO NO"]


# --- capitals and figures --------------------------------------------------------------


def test_a_sentence_in_capitals_is_translated_as_one_in_small_letters() -> None:
    says = {"Breaking news: mayor quits": "Eilmeldung: Bürgermeister geht", "NATO": "NATO"}
    assert translate(says, "BREAKING NEWS: MAYOR QUITS", "NATO") == [
        "EILMELDUNG: BÜRGERMEISTER GEHT",
        "NATO",
    ]
    assert translate({}, "BREAKING NEWS: MAYOR QUITS") == [None]


def test_a_term_is_in_capitals_in_a_sentence_in_capitals() -> None:
    says = {"The mayor quits": "Der Bürgermeister geht", "mayor": "Bürgermeister"}
    term = Term("mayor", "Stadtchef", "de")
    assert translate(says, "THE MAYOR QUITS", terms=[term]) == ["DER STADTCHEF GEHT"]


@pytest.mark.parametrize(
    ("says", "result"),
    [
        ({"412,600 sick": "42.600 Kranke", "412600 sick": "412600 Kranke"}, "412.600 Kranke"),
        ({"412,600 sick": "42.600 Kranke", "412600 sick": "412.600 Kranke"}, "412.600 Kranke"),
        (
            {"412,600 sick": "42.600 Kranke", "412600 sick": "4126 Kranke", "X1 sick": "X1 Kranke"},
            "412.600 Kranke",
        ),
        ({"412,600 sick": "412,600 Kranke"}, "412.600 Kranke"),
        ({"412,600 sick": "412 600 Kranke"}, "412 600 Kranke"),
        # nothing is better
        ({"412,600 sick": "42.600 Kranke", "412600 sick": "Kranke"}, "42.600 Kranke"),
        ({"412,600 sick": "42.600 Kranke", "X1 sick": "X1 X1 Kranke"}, "42.600 Kranke"),
        ({"412,600 sick": "42.600 Kranke"}, "42.600 Kranke"),
    ],
)
def test_a_figure_that_was_lost_is_translated_in_another_form(
    says: Mapping[str, str], result: str
) -> None:
    assert translate(says, "412,600 sick") == [result]


def test_times_and_short_figures_are_no_figures_lost() -> None:
    engine = Engine({"Here 12 came at 5.30 a.m.": "Aqui vieram doze às 5h30."})
    done = asyncio.run(BySentence(engine).translate(["Here 12 came at 5.30 a.m."], "en", "pt"))
    assert done == ["Aqui vieram doze às 5h30."]
    assert len(engine.given) == 1


# --- pairs -----------------------------------------------------------------------------


def test_a_pair_goes_where_its_words_went() -> None:
    assert translate(backwards, "the <g1>old bridge</g1> is <g2>closed</g2>.") == [
        "<g2>CLOSED</g2> IS <g1>BRIDGE OLD</g1> THE."
    ]


def test_pairs_in_pairs_stay_in_them() -> None:
    line = "we saw <g1>the <g2>old</g2> bridge</g1> there."
    assert translate(backwards, line) == ["THERE <g1>BRIDGE <g2>OLD</g2> THE</g1> SAW WE."]


def test_a_pair_over_several_sentences_holds_their_translations() -> None:
    line = "One fact. <g1>Another fact. A third.</g1> The <g2>fourth. And a</g2> fifth."
    assert translate(str.upper, line) == [
        "ONE FACT. <g1>ANOTHER FACT. A THIRD.</g1> THE <g2>FOURTH. AND A</g2> FIFTH."
    ]


def test_of_several_occurrences_the_pair_holds_its_own() -> None:
    line = "no dogs, no cats, <g1>no</g1> birds and no fish"
    assert translate(str.upper, line) == ["NO DOGS, NO CATS, <g1>NO</g1> BIRDS AND NO FISH"]


def test_brackets_show_what_the_words_became_in_their_sentence() -> None:
    says = {
        "He was read the letter.": "Ihm wurde der Brief verlesen.",
        "read": "lesen",
        "He was [read] the letter.": "Ihm wurde der Brief [verlesen].",
    }
    assert translate(says, "He was <g1>read</g1> the letter.") == [
        "Ihm wurde der Brief <g1>verlesen</g1>."
    ]


def test_another_form_of_the_words_will_do() -> None:
    says = {
        "It belongs to the old harbours.": "Es gehört den alten Häfen.",
        "the old harbours": "die alten Häfen",
    }
    assert translate(says, "It belongs to <g1>the old harbours</g1>.") == [
        "Es gehört <g1>den alten Häfen</g1>."
    ]


def test_a_sentence_that_kept_its_brackets_is_better_than_pieces() -> None:
    says = {
        "It is quite free.": "Es kostet nichts.",
        "quite free": "ziemlich frei",
        "It is [quite free].": "Es ist [völlig gratis].",
    }
    assert translate(says, "It is <g1>quite free</g1>.") == ["Es ist <g1>völlig gratis</g1>."]


def test_in_pieces_a_sentence_is_not_made_of_sentences() -> None:
    says = {"It is quite free.": "Kostenlos.", "It is": "Es ist.", "quite free": "Völlig gratis."}
    assert translate(says, "It is <g1>quite free</g1>.", to="nl") == [
        "Es ist <g1>völlig gratis</g1>."
    ]


def test_a_full_stop_in_the_last_pair_is_kept_in_pieces() -> None:
    says = {"No way": "Niemals", "it is late.": "Es ist spät.", "so": "also"}
    assert translate(says, "No way<x1/>so <g2>it is late.</g2>", to="nl") == [
        "Niemals<x1/>also <g2>es ist spät.</g2>"
    ]


# --- single tags -----------------------------------------------------------------------


def test_code_is_a_word_of_its_sentence() -> None:
    engine = Engine(backwards)
    line = "run <x1/> and then <x2/>."
    assert asyncio.run(BySentence(engine).translate([line], "en", "de")) == [
        "<x2/> THEN AND <x1/> RUN."
    ]
    assert engine.given == ["run X1 and then X2."]


def test_a_word_that_looks_like_a_stand_in_is_left_alone() -> None:
    line = "the BMW X1 has <x1/> on board"
    assert translate(str.upper, line) == ["THE BMW X1 HAS <x1/> ON BOARD"]


def test_a_stand_in_that_is_lost_cuts_the_sentence() -> None:
    says = {"run X1 now": "sofort", "run": "starte", "now": "jetzt"}
    assert translate(says, "run <x1/> now") == ["starte <x1/> jetzt"]
    says = {"run X1 now": "X1 X1 X2", "run": "starte", "now": "jetzt"}
    assert translate(says, "run <x1/> now") == ["starte <x1/> jetzt"]


def test_a_note_stays_with_its_word_and_its_full_stop() -> None:
    line = "It was cold.<x1/> The old<x2/> bridge, <g3>too</g3>,<x4/> was closed.<x5/>"
    assert translate(str.upper, line) == [
        "IT WAS COLD.<x1/> THE OLD<x2/> BRIDGE, <g3>TOO</g3>,<x4/> WAS CLOSED.<x5/>"
    ]
    assert translate(backwards, "the old<x2/> bridge.") == ["BRIDGE OLD<x2/> THE."]


def test_a_break_between_words_stays_between_them() -> None:
    assert translate(backwards, "Town Hall<x1/>High Street") == ["HALL TOWN<x1/>STREET HIGH"]


# --- terms -----------------------------------------------------------------------------


def test_a_term_takes_the_place_of_what_the_engine_has_for_it() -> None:
    says = {
        "The harbour authority met.": "Das Hafenamt tagte.",
        "harbour authority": "Hafenamt",
        "Harbour authorities met.": "Hafenamtes tagten.",
    }
    terms = [Term("harbour authority", "Seehafenbehörde")]
    line = "The <g1>harbour authority</g1> met."
    assert translate(says, line, terms=terms) == ["Das <g1>Seehafenbehörde</g1> tagte."]


def test_a_term_that_is_put_otherwise_is_asked_for_by_its_place() -> None:
    says = {
        "They closed the slip road today.": "Heute sperrten sie die Ausfahrt.",
        "slip road": "Zubringer",
        "They closed the QX today.": "Heute sperrten sie den QX.",
    }
    terms = [Term("slip road", "Auffahrt")]
    assert translate(says, "They closed the slip road today.", terms=terms) == [
        "Heute sperrten sie den Auffahrt."
    ]


def test_a_term_that_is_kept_or_for_another_language_changes_nothing() -> None:
    says = {"The ferry is late.": "Die Fähre ist spät."}
    terms = [Term("ferry", "Fähre"), Term("late", "tard", language="fr")]
    assert translate(says, "The ferry is late.", terms=terms) == ["Die Fähre ist spät."]


def test_a_term_at_the_beginning_has_a_capital() -> None:
    says = {"Ferries are late.": "Barcos atrasam.", "ferry": "barco"}
    terms = [Term("ferry", "balsa")]
    assert translate(says, "Ferries are late.", to="pt", terms=terms) == ["Balsa atrasam."]


# --- letters that the engine does not know ---------------------------------------------


def without_marks(text: str) -> str:
    """An engine for English and French, as far as letters go."""
    known = "éèêàâçïîôûù"
    return "".join(c if c.isascii() or c in known else "-" for c in text).replace("town", "ville")


def test_names_with_letters_that_the_engine_lacks_stay_whole() -> None:
    line = "the town of <g1>Łódź</g1> (北京 in Chinese), says Jürgen Müller-Škoda"
    assert translate(without_marks, line, to="fr") == [
        "the ville of <g1>Łódź</g1> (北京 in Chinese), says Jürgen Müller-Škoda"
    ]
    assert translate(without_marks, "Łódź", to="fr") == ["Łódź"]


def test_letters_that_the_engine_knows_may_be_translated() -> None:
    says = {"the café of Besançon": "the coffee of Besancon", "Kérk": "Kérk", "Kçrk": "Kçrk"}
    assert translate(says, "the café of Besançon", to="es") == ["the coffee of Besancon"]


def test_a_common_word_can_do_without_its_marks() -> None:
    assert translate(without_marks, "a naïve town of äpfel", to="fr") == ["a naïve ville of apfel"]


def test_signs_of_currencies_become_codes_and_symbols_stay() -> None:
    line = "£5.5 m, 300€ → 20 m² in town 🙂"
    assert translate(without_marks, line, to="fr") == ["GBP 5.5 m, 300 EUR → 20 m² in ville 🙂"]


def test_a_script_of_the_source_is_not_asked_about() -> None:
    engine = Engine({"Міст закрито.": "The bridge is closed."})
    done = asyncio.run(BySentence(engine).translate(["Міст закрито."], "uk", "en"))
    assert done == ["The bridge is closed."]
    assert len(engine.given) == 1


# --- whatever comes --------------------------------------------------------------------


@st.composite
def tagged_lines(draw: st.DrawFn) -> str:
    """Words, punctuation and tags in balance, in any arrangement."""
    random_ = draw(st.randoms(use_true_random=False))
    number = 0

    def some(depth: int) -> str:
        nonlocal number
        found = []
        for _ in range(random_.randint(0, 5)):
            kind = random_.randint(0, 9)
            if kind < 6 or depth > 4:
                words = [
                    "old bridge",
                    "no",
                    "It was cold.",
                    "X1",
                    "a, b",
                    "桥",
                    "é\u0301",
                    "[1]",
                    "<",
                ]
                found.append(random_.choice(words) + random_.choice(["", " ", ". ", ", "]))
                continue
            number += 1
            own = number
            found.append(f"<x{own}/>" if kind == 6 else f"<g{own}>{some(depth + 1)}</g{own}>")
        return random_.choice(["", " "]).join(found)

    return some(0)


@given(tagged_lines(), st.randoms(use_true_random=False))
def test_whatever_the_engine_says_tags_are_as_in_the_source(
    line: str, chance: random.Random
) -> None:
    def says(text: str) -> str:
        words = (
            backwards(text).split()
            + ["<g1>", "<x1/>", "[", "X1", "<g", "1>"][: chance.randint(0, 6)]
        )
        chance.shuffle(words)
        return " ".join(words[: chance.randint(0, len(words))])

    for result in translate(says, line):
        assert result is None or (parents(result) == parents(line) and is_balanced(line, result))


@given(tagged_lines())
def test_no_word_is_lost_or_added(line: str) -> None:
    (result,) = translate(str.upper, line)
    assert result is not None
    assert parents(result) == parents(line)
    ours, theirs = ("".join(without_tags(text).upper().split()) for text in (line, result))
    assert ours == theirs


NESTED = (
    "".join(f"<g{n}>" for n in range(20_000))
    + "a"
    + "".join(f"</g{n}>" for n in reversed(range(20_000)))
)


@pytest.mark.parametrize(
    "line",
    [
        "<g1>" * 20_000 + "a" + "</g1>" * 20_000,
        NESTED,
        "".join(f"word<x{n}/> " for n in range(5_000)),
        "".join(f"<g{n}>no</g{n}> " for n in range(5_000)),
        "a" * 100_000 + "<x1/>",
        "a <g1>" + "b " * 20_000 + "</g1> c <x2/>",
        "<g1>,</g1> " + "," * 100_000,
        "\ud800<g1>\u202e\x00</g1>\u2028x<x2/>",
    ],
)  # fmt: skip
def test_hostile_lines_take_no_time(line: str) -> None:
    start = time.monotonic()
    translate(str.upper, line)
    translate(lambda _: "ab " * 100, line)
    assert time.monotonic() - start < 5
