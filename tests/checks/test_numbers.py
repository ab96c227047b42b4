"""What of a statement's numbers is found missing from its evidence, and what isn't."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks.article import Article
from summ.checks.grounding import evidence_for
from summ.checks.numbers import checker
from summ.model import Document, Finding, Source, Statement
from summ.text.sentences import split_paragraphs, split_sentences


def article(text: str, language: str | None) -> Article:
    sentences = split_sentences(text)
    paragraphs = split_paragraphs(text, sentences)
    return Article(Document(Source("-", "text/plain", text), sentences, paragraphs, language))


def findings(text: str, statement: str, language: str | None, *cited: int) -> list[Finding]:
    of = article(text, language)
    evidence = tuple(evidence_for(of.document, number) for number in cited or (1,))
    return list(checker(of)(Statement(statement, evidence, "supported")))


def codes(text: str, statement: str, language: str | None, *cited: int) -> list[str]:
    return [finding.code for finding in findings(text, statement, language, *cited)]


SAME = [
    ("en", "It cost $1.234bn in all.", "The cost was $1.2 billion."),
    ("en", "It cost 1,500,000 euros.", "It cost €1.5m."),
    ("en", "Some 4,213 people came.", "About 4,200 people came."),
    ("en", "There were 497 of them.", "There were nearly 500 of them."),
    ("en", "There were 480 of them.", "There were more than 400 of them."),
    ("en", "Twelve people died.", "The dead number 12."),
    ("en", "A dozen people died.", "The dead number 12."),
    ("en", "Both sisters left.", "The two sisters left."),
    ("en", "It opens at 6 a.m. on 3 November 2026.", "It opens on November 3rd at 6:00."),
    ("en", "It opens on Tuesday, November 3, 2026.", "It opens on 03/11/2026, a Tuesday."),
    ("en", "The club won 4-1 at home.", "The club won the match 4:1."),
    ("en", "The club won 4-1 at home.", "The guests lost the match 1-4."),
    ("en", "Between 10 and 12 percent left.", "10-12% left."),
    ("en", "Sales of 5, 6 and 7 percent.", "Sales of 5 percent and 6 percent."),
    ("en", "They pay 2 or 3 million euros.", "They pay two million euros or three million euros."),
    ("en", "It fell by half a million.", "It fell by 500,000."),
    ("en", "They waited for half an hour.", "They waited for 30 minutes."),
    ("en", "A ban of three weeks.", "A ban of 21 days."),
    ("en", "One pays 190 million, the other pays 42.", "The other pays 42 million."),
    ("en", "In the 1990s Covid-19 and 5G were unknown.", "Covid-19 was unknown in the 90s."),
    ("en", "One of them is 30.", "She says one is 30 and no one else is."),
    ("en", "He was second in the race.", "He waited a second, then a third time."),
    ("en", "It began on 3 November. In 2026 it ended.", "It began on 3 November 2026."),
    ("en", "Profit rose from 79.2 to 87.6 million.", "Profit was 79.2 million, now 87.6 million."),
    ("en", "It opens at noon and closes at midnight.", "It is open from 12:00 to 00:00."),
    ("en", "The 2020/21 season.", "The season of 2020 to 2021."),
    ("en", "No cases were found.", "0 cases were found."),
    ("de", "Beginn ist um halb sieben.", "Beginn ist um 6.30 Uhr."),
    ("en", "It costs 99 cents.", "It costs $0.99."),
    ("en", "Half of them left, and two thirds came back.", "50% left and 67% came back."),
    ("uk", "Минуло тридцять років.", "Минуло три десятиліття."),
    ("de", "Es kostete 1,5 Mio. Euro.", "Es kostete 1.500.000 Euro."),
    ("de", "Es waren 22 Kinder.", "Es waren zweiundzwanzig Kinder."),
    ("de", "Zwölfjährige dürfen mit.", "Mit zwölf Jahren darf man mit."),
    ("de", "Fünf Jahre und sechs Monate Haft.", "Fünfeinhalb Jahre Haft."),
    ("de", "Die Sitzung am 3.11. begann um 18.30 Uhr.", "Am 3. November um 18:30 Uhr."),
    ("de", "Am Montagabend kam sie.", "Sie kam am Montag."),
    ("de", "Anderthalb Millionen fehlen.", "Es fehlen 1,5 Millionen."),
    ("fr", "Il y a 97 blessés.", "Quatre-vingt-dix-sept blessés."),
    ("fr", "Il y a 71 blessés.", "Soixante et onze blessés."),
    ("fr", "Le coût est de 2 500 000 euros.", "Le coût est de deux millions et demi d’euros."),
    ("fr", "Le 1er mars à 18h30.", "Le premier mars à 18 h 30."),
    ("fr", "La séance à 18 heures.", "La séance à 18 h."),
    ("uk", "Приїхало п’ять автобусів.", "Ідеться про 5 автобусів, про п'яти бракує даних."),
    ("uk", "Бюджет зріс на 2 млн 300 тис. гривень.", "Бюджет зріс на 2,3 млн грн."),
    ("uk", "Літр коштує 17 гривень 40 копійок.", "Літр коштує 17,40 грн."),
    ("uk", "Засідання 3 листопада 2026 року о 6:00.", "Засідання 03.11.2026 о 6 ранку."),
    ("uk", "Двадцятирічний водій і сорока свідків.", "Водієві 20 років, свідків 40."),
    ("uk", "У XXI столітті.", "У 21 столітті."),
    ("ru", "Погибли двадцать пять человек.", "Погибли 25 человек."),
    ("pl", "Zginęło dwadzieścia pięć osób.", "Zginęło 25 osób."),
    ("es", "Murieron treinta y dos personas.", "Murieron 32 personas."),
    ("ja", "約3万人が集まった。", "30000人が集まった。"),
    ("hi", "१२,५०० लोग आए।", "12,500 लोग आए।"),
    ("it", "Sono quindici persone e 1,5 milioni.", "Sono 15 persone e 1.500.000."),
    (None, "Es waren 1.500 Leute.", "There were 1500."),
    ("it", "Sono due milioni e mezzo.", "Sono 2,5 milioni."),
    ("it", "Sono 8.437.216 persone.", "Sono 8,4 milioni di persone."),
    ("it", "Il cinque per cento vince, il 7 per cento perde.", "Il 5% vince, il 7% perde."),
    ("it", "Sono dodici persone.", "Sono 12 persone."),
    ("it", "Costa 17 euro e 40 centesimi.", "Costa 17,40 euro."),
    (None, "Am 17. Dezember ist Schluss.", "Schluss ist am 17.12. um neun."),
    ("zh", "百分之二十五的人，增长百分之8.4。", "共25%的人，增长8.4%。"),
    ("it", "Comincia alle 18.30.", "Comincia alle 18:30."),
    ("nl", "Het begint om 18:30 uur.", "Het begint om 18.30 uur."),
    ("nl", "Vijf procent, dat is vijf euro.", "5%, dat is €5."),
    ("zh", "有8.437亿人。", "有8.4亿人。"),
    ("fr", "Pour 48 M€ et 3 milliards de dollars.", "Pour 48 millions d’euros et 3 Md$."),
    ("fr", "Pour 48 millions d'euros et de livres.", "Pour 48 000 000 d'euros, 48 millions."),
    ("es", "Son 48 M€.", "Son 48 millones de euros."),
    ("en", "The rate is 3.5.", "(The rate is 3.5.)"),
    ("en", "Its shares closed lower at €11.20.", "(Its shares closed lower at €11.20.)"),
    ("de", "Die Aktie schloss bei 11.20.", "(Die Aktie schloss bei 11.20.)"),
    ("de", "Am 3. Mai war Schluss.", "Schluss war (am 3.5.)."),
    ("en", "It is 5 km away.", "It is 5,000 metres away."),
    ("en", "It is 26 km.", "It is 26 long."),
    ("en", "It is 612 metres long.", "The 612-metre bridge."),
    ("de", "Es sind 12 Kilometer.", "Es sind 12 km."),
    ("uk", "Це 1,5 км.", "Це півтора кілометра."),
]

CHANGED = [
    ("en", "It cost $1.2 billion.", "It cost $1.2 million.", "$1.2 million"),
    ("en", "It cost $1.2 billion.", "It cost $1.234 billion.", "$1.234 billion"),
    ("en", "It cost $50.", "It cost €50.", "€50"),
    (
        "en",
        "Prices rose by 5 percent.",
        "Prices rose by 5 percentage points.",
        "5 percentage points",
    ),
    ("en", "There are 12 flats.", "12 percent are flats.", "12 percent"),
    ("en", "A 26-kilometre detour.", "The detour is 26 miles.", "26 miles"),
    ("en", "It took eight minutes.", "It took eight hours.", "eight hours"),
    ("en", "It weighs 40 tonnes.", "It weighs 40 kilograms.", "40 kilograms"),
    ("de", "Es sind 12 km.", "Es sind zwölf Meter.", "zwölf Meter"),
    ("fr", "À 12 kilomètres.", "À 12 mètres.", "12 mètres"),
    ("uk", "За 12 кілометрів.", "За 12 метрів.", "12 метрів"),
    ("uk", "Це тривало п'ять років.", "Це тривало п'ять місяців.", "п'ять місяців"),
    ("en", "It is on 3 November.", "It is on 4 November.", "4 November"),
    ("en", "It is on 3 November.", "It is on 3 October.", "3 October"),
    ("en", "It is on 3 November 2026.", "It is on 3 November 2027.", "3 November 2027"),
    ("en", "It is on Monday.", "It is on Tuesday.", "Tuesday"),
    ("en", "It opens at 6 a.m.", "It opens at 7 a.m.", "7 a.m."),
    ("en", "It opens at 6 a.m.", "It opens at 6 p.m.", "6 p.m."),
    ("en", "They won 4-1 with 2 goals late.", "They won 4-2.", "4-2"),
    ("en", "The second round is over.", "The third round is over.", "third"),
    ("en", "Twelve of 30 came.", "40% came.", "40%"),
    ("en", "He is 45.", "He is 54.", "54"),
    ("de", "Es fehlen 310 Mio. Euro.", "Es fehlen 310 Milliarden Euro.", "310 Milliarden Euro"),
    ("de", "Am 3. November.", "Am 13. November.", "13. November"),
    ("de", "Zwölf Kinder.", "Vierzehn Kinder.", "Vierzehn"),
    ("fr", "En hausse de 4,7 %.", "En hausse de 4,9 %.", "4,9 %"),
    ("fr", "Le 3 novembre.", "Le 3 décembre.", "3 décembre"),
    ("uk", "Витратили 1,5 млн грн.", "Витратили 1,5 млрд грн.", "1,5 млрд грн"),
    ("uk", "У понеділок почали.", "У вівторок почали.", "вівторок"),
    ("uk", "Загинули п'ятеро людей.", "Загинули 6 людей.", "6"),
    ("it", "Sono 250 persone.", "Sono 260 persone.", "260"),
    ("it", "Sono 8,4 milioni.", "Sono 9,4 milioni.", "9,4"),
    ("it", "Sono 8,4 milioni.", "Sono 8,5 milioni.", "8,5"),
    ("nl", "De winst steeg met 5%.", "De winst steeg met 6%.", "6%"),
    ("nl", "De winst steeg met 5,2%.", "De winst steeg met 5,7%.", "5,7%"),
    ("ar", "ارتفع بنسبة ٥٫٢٪.", "ارتفع بنسبة ٥٫٧٪.", "٥٫٧٪"),
    ("zh", "增长了8.4%。", "增长了9.4%。", "9.4%"),
    ("en", "The rate is 3.5.", "(The rate is 3.6.)", "3.6"),
    ("fr", "Pour 48 M€.", "Pour 48 millions de dollars.", "48 millions de dollars"),
    ("fr", "Pour 48 millions d’euros.", "Pour 48 M$.", "48 M$"),
    ("fr", "Pour 48 millions d'euros.", "Pour 48 millions $.", "48 millions $"),
    ("fr", "Pour 48 millions d'euros.", "Pour 48 millions de livres.", "48 millions de livres"),
    (
        "fr",
        "Pour 48 millions d'euros.",
        "Pour 48 millions de francs suisses.",
        "48 millions de francs suisses",
    ),
    ("es", "Son 48 millones de euros.", "Son 48 millones de dólares.", "48 millones de dólares"),
    ("de", "Es sind 48 Mio. Euro.", "Es sind 48 Mio. Pfund.", "48 Mio. Pfund"),
    ("uk", "Це 48 млн гривень.", "Це 48 млн доларів.", "48 млн доларів"),
    ("ru", "Это 48 млн рублей.", "Это 48 млн евро.", "48 млн евро"),
    ("pl", "To 48 mln zł.", "To 48 mln dol.", "48 mln dol"),
]


@pytest.mark.parametrize(("language", "text", "statement"), SAME)
def test_the_same_in_another_notation_is_no_finding(
    language: str | None, text: str, statement: str
) -> None:
    cited = range(1, len(split_sentences(text)) + 1)
    assert codes(text, statement, language, *cited) == []


@pytest.mark.parametrize(("language", "text", "statement", "words"), CHANGED)
def test_what_was_changed_is_named(
    language: str | None, text: str, statement: str, words: str
) -> None:
    (found,) = findings(text, statement, language)
    assert found.code == "number-not-in-source"
    assert f" {words} is not in the article." in found.message


@pytest.mark.parametrize(
    ("cited", "code", "sentence"),
    [(1, "number-in-neighbour", 2), (4, "number-not-in-evidence", 2)],
)
def test_a_number_elsewhere_is_told_with_its_sentence(cited: int, code: str, sentence: int) -> None:
    text = "The bridge is old. It cost 4,200 euros. Nobody paid. The town is sorry."
    (found,) = findings(text, "The bridge cost 4,200 euros.", "en", cited)
    assert found.code == code
    assert found.message == (
        f"The amount 4,200 euros is not in the sentences cited; it is in sentence {sentence}."
    )


def test_a_weekday_is_carried_on_from_before() -> None:
    text = "The council met on Thursday. It closed the pool."
    assert codes(text, "The council closed the pool on Thursday.", "en", 2) == []
    assert codes(text, "The council closed the pool on Friday.", "en", 2) != []


def test_a_weekday_beside_another_is_not_carried_on() -> None:
    text = "The council met on Thursday. On Friday it closed the pool."
    assert codes(text, "The council closed the pool on Thursday.", "en", 2) != []


def test_a_statement_without_evidence_has_no_finding() -> None:
    of = article("It cost 5 euros.", "en")
    assert list(checker(of)(Statement("It cost 6 euros.", (), "unsupported"))) == []


def test_each_number_is_told_once() -> None:
    assert len(findings("It is new.", "It cost 65 euros, really 65 euros.", "en")) == 1


def test_a_long_number_is_cut_in_the_message() -> None:
    statement = "It is " + ", ".join(["million"] * 3) + " and a hundred and five " + "9" * 30
    assert all(len(found.message) < 200 for found in findings("It is.", statement, "en"))


PIECES = [
    "3", "12", "1.5", "1,5", "2 500", "4-1", "6:00", "3.11.2026", "3.11.", "%", "$", "€", "Mio.",
    "million", "млн", "тис.", "twenty", "two", "hundred", "and", "zwei", "und", "zwanzig", "vier",
    "quatre", "vingt", "et", "un", "demi", "п'ять", "сорок", "двадцять", "листопада", "November",
    "Monday", "понеділок", "half", "a", "an hour", "May", "mars", "percent", "points", "Uhr", "um",
    "p.m.", "XXI", "5G", "A320", "Covid-19", "[12]", "1.", "-", "–", "to", "bis", "about", "12万",
    "١٢", "½", "euro", "грн", "копійок", "th", "third", "years", "\u0301", "\xa0", ",", "(", "'",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map(" ".join),
    st.sampled_from(["en", "de", "fr", "es", "uk", "ru", "pl", "ja", "it", "xx", ""]),
)
def test_a_sentence_that_cites_itself_never_has_a_finding(text: str, language: str) -> None:
    of = article(text, language)
    check = checker(of)
    for number in range(1, len(of.document.sentences) + 1):
        evidence = evidence_for(of.document, number)
        assert list(check(Statement(evidence.quote, (evidence,), "supported"))) == []


@pytest.mark.parametrize(
    "piece",
    ["1", "1-", "1 ", "1.", "12:", "quatre-", "und", "ein", "Monday, ", "hundred and ", "a\u0301",
     "3, 5 November ", "10m ", "X", "half ", "$", "1万", " "],
)  # fmt: skip
@pytest.mark.parametrize("language", ["de", "fr"])
def test_hostile_text_takes_time_in_line_with_its_length(piece: str, language: str) -> None:
    check = checker(article("Nothing.", language))
    evidence = evidence_for(article("Nothing.", language).document, 1)
    statement = Statement(piece * (10_000 // len(piece)), (evidence,), "supported")
    began = time.process_time()
    for found in check(statement):
        assert len(found.message) < 200
        break
    assert time.process_time() - began < 5
