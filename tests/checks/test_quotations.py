"""Quotations of statements against the article: styles of marks, cuts, places, hostile text."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks.article import Article
from summ.checks.grounding import evidence_for
from summ.checks.quotations import checker, direct_speech
from summ.model import Claim, Statement
from tests.documents import document, texts

HARBOUR = (
    "The harbour of Larn will close in May.\n\n"
    "“We cannot pay for the dredging,” said Ana Ruiz, the mayor. “It has become too dear.” "
    "She said that the town would help the crews to find another berth.\n\n"
    "Tom Ashby called the plan “a betrayal of Larn”. The ferry company sent no answer."
)


def statement(text: str, numbers: list[int], article: Article) -> Statement:
    """A statement that cites these sentences."""
    return Statement(text, tuple(evidence_for(article.document, n) for n in numbers), "supported")


def codes(text: str, numbers: list[int], article: str = HARBOUR, language: str = "en") -> list[str]:
    """Codes of what is found in a statement."""
    made = Article(document(article, language))
    return [finding.code for finding in checker(made)(statement(text, numbers, made))]


def speech(text: str, language: str | None = "en") -> list[str]:
    """The direct speech of a text, without white space around it."""
    return [
        text[piece.start : piece.end].strip() for piece in direct_speech(document(text, language))
    ]


STYLES: tuple[tuple[str | None, str, list[str]], ...] = (
    ("en", "“It is late,” he said.", ["“It is late,”"]),
    ("en", '"It is late," he said. "So late."', ['"It is late,"', '"So late."']),
    (
        "en",
        "‘The boys’ club is shut,’ he said. ‘It’s late.’",
        ["‘The boys’ club is shut,’", "‘It’s late.’"],
    ),
    ("en", "It's the boys' club, isn't it? Rock 'n' roll and '90s tunes.", []),
    ("en", "They call it 'the old pier' in Larn.", ["'the old pier'"]),
    ("en", "“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
    ("en", '“He said "no" twice,” she said.', ['“He said "no" twice,”']),
    ("en", "“$5 is enough,” he said.", ["“$5 is enough,”"]),
    ("en", 'The pipe is 5" wide, the man 6\' 2" tall.', []),
    (
        "de",
        "„Es ist spät“, sagte er. »Ja«, sagte sie. ‚Gut‘, ›so‹.",
        ["„Es ist spät“", "»Ja«", "‚Gut‘", "›so‹"],
    ),
    ("fr", "« Il est tard, a-t-il dit, et il pleut. »", ["« Il est tard", "et il pleut. »"]),
    ("fr", "« Il est tard », a dit Ana. L’un et l’autre.", ["« Il est tard »"]),
    ("uk", "«Ні, — сказав він. — Уже пізно».", ["«Ні", "Уже пізно»"]),
    ("uk", "«Завод «Рось» стоїть», — сказав він.", ["«Завод «Рось» стоїть»"]),
    ("uk", "— Уже пізно, — сказав Коваль.", ["— Уже пізно"]),
    ("uk", "Об'єднання п’яти міст.", []),
    (
        "zh",
        "她说：“我们保留了旧砖。”他说：「不行」。『好』",
        ["“我们保留了旧砖。”", "「不行」", "『好』"],
    ),
    ("fi", "”Ei”, hän sanoi.", ["”Ei”"]),
    (None, "‹Oui›, dit-il.", ["‹Oui›"]),
)


@pytest.mark.parametrize(("language", "text", "found"), STYLES)
def test_direct_speech_is_found_in_every_style(
    language: str | None, text: str, found: list[str]
) -> None:
    assert speech(text, language) == found


FAITHFUL = (
    ("The mayor said: “We cannot pay for the dredging.”", [2]),
    ("The mayor said, 'we cannot pay for the dredging'.", [2]),
    ("«We cannot pay…» for it, she said.", [2]),
    ("The town “cannot pay”.", [2]),
    ("“We cannot pay for the dredging. It has become too dear,” the mayor said.", [2, 3]),
    ("“We cannot […] dredging”, she said.", [2]),
    ("“[The council] cannot pay for the [harbour] dredging”, she said.", [2]),
    ("“[w]e cannot pay … the dredging”, she said.", [2]),
    ("“We cannot pay,” said Ruiz, “for the dredging.”", [2]),
    ("Tom Ashby calls it “a betrayal”.", [5]),
    ("“Ana Ruiz” is the mayor.", [5]),
    ("The “harbour” closes.", [5]),
    ("The mayor said: “we can pay.", [2]),
    ("Nothing is quoted, the crews' berths aren't either.", [2]),
    ("“…”", [2]),
)


@pytest.mark.parametrize(("text", "numbers"), FAITHFUL)
def test_what_the_sentences_cited_say_may_be_quoted(text: str, numbers: list[int]) -> None:
    assert codes(text, numbers) == []


@pytest.mark.parametrize(
    "text",
    [
        "“We can pay for the dredging,” the mayor said.",
        "“We cannot pay for the the dredging,” the mayor said.",
        "“We cannot … dredging for pay,” the mayor said.",
        "“We cannot [pay] the dredging for,” the mayor said.",
        "The plan is “a disaster”.",
        "‘We cannot pay for the bridge,’ the mayor said.",
        "„We cannot pay for the bridge“, the mayor said.",
        "「We cannot pay for the bridge」",
    ],
)
def test_words_that_the_article_does_not_have_are_found(text: str) -> None:
    assert codes(text, [2]) == ["quotation-not-in-source"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“We will not sell the old ferry for €2.5m,” said Ana Ruiz."),
        ("de", "„Wir verkaufen die alte Fähre nicht für 2,5 Mio. €“, sagte Ana Ruiz."),
        ("fr", "« Nous ne vendrons pas l’ancien bac pour 2,5 M€ », a dit Ana Ruiz."),
        ("uk", "«Ми не продамо старий пором за 2,5 млн грн», — сказала Ана Руїс."),
        ("zh", "林晓梅说：“我们不会卖掉旧渡轮。”"),
    ],
)
def test_one_altered_word_is_caught_wherever_it_stands(language: str, text: str) -> None:
    made = Article(document(text, language))
    check = checker(made)
    (piece,) = direct_speech(made.document)
    words = (
        list(text[piece.start + 1 : piece.end - 1].strip())
        if language == "zh"
        else (text[piece.start + 1 : piece.end - 1].split())
    )
    joint = "" if language == "zh" else " "
    whole = statement(f"X: {text[piece.start : piece.end]}", [1], made)
    assert list(check(whole)) == []
    for at, word in enumerate(words):
        if not any(char.isalnum() or char == "€" for char in word):
            continue
        altered = joint.join([*words[:at], "zu" if joint else "鸟", *words[at + 1 :]])
        found = list(check(replace(whole, text=f"X: “{altered}”")))
        assert [finding.code for finding in found] == ["quotation-not-in-source"], altered


def test_a_quotation_from_a_sentence_that_is_not_cited_is_told_with_its_place() -> None:
    made = Article(document(HARBOUR))
    (finding,) = checker(made)(statement("“It has become too dear,” she said.", [2], made))
    assert finding.code == "quotation-not-in-evidence"
    assert finding.message.endswith("it is in sentence 3.")
    assert codes("“We cannot pay for the dredging. It has become too dear.”", [2]) == [
        "quotation-not-in-evidence"
    ]


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (HARBOUR, "The town’s “berth” is gone."),
        ("No one came. The film The Long Way to Larn is new.", "“The Long Way to Larn” failed."),
    ],
)
def test_terms_and_titles_may_be_quoted_from_anywhere(article: str, text: str) -> None:
    assert codes(text, [1], article) == []


def test_a_term_in_another_case_is_the_same_term() -> None:
    article = "На заводі «Новий промінь» спокійно. Директор «Нового променя» мовчить."
    assert codes("Завод «Новому променю» не допоміг.", [1], article, "uk") == []


def test_the_reporters_words_are_no_direct_speech() -> None:
    quoted = "She said: “The town would help the crews.”"
    assert codes(quoted, [4]) == ["quotation-not-direct-speech"]
    assert codes("“The town would help the crews” is the plan.", [4]) == []
    made = Article(document(HARBOUR))
    text = "“The town would help the crews.”"
    claim = Claim(text, (evidence_for(made.document, 4),), "supported", speaker="Ana Ruiz")
    assert [finding.code for finding in checker(made)(claim)] == ["quotation-not-direct-speech"]


@pytest.mark.parametrize(
    ("article", "language"),
    [
        ("She said that the town would help the crews.", "en"),
        ("“No,” she said.\n\nShe said this: the town would help the crews.", "en"),
        ("“No,” she said.\n\n— The town would help the crews.", "en"),
        ("“No,” she said.\n\nShe said that the town would help the crews.", "pl"),
    ],
)
def test_where_speech_may_be_marked_otherwise_nothing_is_said_of_it(
    article: str, language: str
) -> None:
    last = len(document(article, language).sentences)
    assert codes("She said: “the town would help the crews.”", [last], article, language) == []


def test_a_statement_that_joins_what_an_attribution_parts_is_faithful() -> None:
    article = "«Ми запізнилися, — сказала Ана Руїс. — Було темно»."
    joined = "Руїс: «Ми запізнилися. Було темно»."
    assert codes(joined, [1, 2], article, "uk") == []
    parted = "“We were late and it was dark,” said Ana Ruiz."
    assert codes("«We were late, — said Ruiz. — and it was dark».", [1], parted) == []


PIECES = (
    "“ ” „ « » \" ' ‘ ’ ‹ › 「 」 — – - … [ ] [a] a b said It сказав a-t-il dit , . : \n \n\n "
    "é \u0301 我 5 €"
)
WORDS = st.lists(st.sampled_from(PIECES.split(" ")), max_size=60).map(" ".join)


@given(
    text=texts() | WORDS | WORDS.map(lambda text: text.replace(" ", "")) | st.text(max_size=100),
    language=st.sampled_from(["en", "de", "fr", "uk", "ja", None]),
)
@settings(max_examples=200, deadline=None)
def test_a_sentence_of_the_article_that_cites_itself_has_no_finding(
    text: str, language: str | None
) -> None:
    made = Article(document(text, language))
    check = checker(made)
    for number in range(1, len(made.document.sentences) + 1):
        sentence = made.document.sentence(number)
        assert list(check(statement(sentence, [number], made))) == []
        assert list(check(statement(" ".join(sentence.split()), [number], made))) == []


@given(text=texts() | WORDS, language=st.sampled_from(["en", "fr", "uk", None]))
@settings(max_examples=150, deadline=None)
def test_direct_speech_lies_in_the_text_in_order(text: str, language: str | None) -> None:
    behind = 0
    for piece in direct_speech(document(text, language)):
        assert behind <= piece.start < piece.end <= len(text)
        behind = piece.end


HOSTILE = (
    "“a” " * 20_000,
    "“" * 50_000,
    "‘a " * 20_000,
    "‘as’ a " * 10_000,
    "'a " * 20_000,
    "« a, a dit " * 8_000,
    "“" + "a… " * 20_000 + "”",
    "“" + "[" * 50_000 + "”",
    "“a" + "\u0301" * 50_000 + "”",
    "“" + "a" * 100_000 + "”",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:10]))
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    made = Article(document(text, "fr"))
    prepared = time.process_time() - began
    list(checker(made)(statement("x " + text, [1], made)))
    other = Article(document(HARBOUR))
    list(checker(other)(statement(text, [2], other)))
    assert time.process_time() - began - prepared < 3


@pytest.mark.parametrize("mark", ["」", "』", "”", "’", "›", "»"])
def test_a_closing_mark_where_one_opens_is_no_crash(mark: str) -> None:
    text = f"The river {mark}rose “b”. It fell."
    article = Article(document(text, "en"))
    statement = Statement(f"It {mark}a “rose up now again” c", (), "supported")
    list(checker(article)(statement))
