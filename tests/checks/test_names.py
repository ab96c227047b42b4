"""Names of statements must be in the article, in some form."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summ.checks.article import Article
from summ.checks.names import checker
from summ.model import Source, Statement
from summ.text.document import annotate

ARTICLES = {
    "en": (
        "The Harbour Board of Larn will close the Kestrel Bridge. "
        "Mayor Ana Ruiz said the National Transportation Safety Board (NTSB) had asked for it. "
        "Engineers from the European Union, Ukraine and the Netherlands agreed. "
        "“It is old,” said Owen Tresk of Veld-Bau, who flew in on an Airbus A320 from Oslo. "
        "Volodymyr Zelensky wrote to the Food and Drug Administration about CO2. "
        "Covid-19 delayed the Chinese firm Hao. Ms Ruiz's plan was read in L'Aquila."
    ),
    "de": (
        "Das Landeskriminalamt ermittelt gegen die Nordmark AG aus Lübeck. "
        "Bürgermeisterin Ana Ruiz lobte den Berliner Architekten Jonas Weidlich. "
        "Die Europäische Union und die französische Regierung zahlen den Steg. "
        "Der Deutsche Gewerkschaftsbund und Müller-Lüdenscheid widersprachen. "
        "„Das ist teuer“, sagte Grete Oßwald vom Technischen Hilfswerk in Großenhain."
    ),
    "fr": (
        "Le maire de Lyon, Éric Vauban, a reçu l'ambassadrice d'Oslo à l'Élysée. "
        "Selon l'Organisation mondiale de la santé, le Covid-19 recule en France. "
        "« C'est bien », a dit Ana Ruiz, de la Banque de Bretagne."
    ),
    "uk": (
        "Мер Києва Петро Марченко зустрів у Харкові послів Німеччини. "
        "Збройні сили України отримали літаки Су-27 і «Мостбуд-2». "
        "Олена Ткач з Варшави назвала угоду вигідною, а Ігоря Заболотного — другом. "
        "Празький завод на Запоріжжі працює."
    ),
    "ja": "市長のルイス氏はNASAとSpaceXの橋を「虹の橋」と呼んだ。映画《海の道》も見た。",
}


def _names(language: str, statement: str, article: str | None = None) -> list[str]:
    document = annotate(Source("-", "text/plain", article or ARTICLES[language]), language)
    findings = list(checker(Article(document))(Statement(statement, (), "supported")))
    assert {finding.code for finding in findings} <= {"name-not-in-source"}
    return [
        finding.message.removeprefix("The name “").removesuffix("” is not in the article.")
        for finding in findings
    ]


@pytest.mark.parametrize(
    ("language", "statement", "name"),
    [
        ("en", "The bridge in Dunmore will close.", "Dunmore"),
        ("en", "Hollowell said the bridge was old.", "Hollowell"),
        ("en", "Japan agreed to pay.", "Japan"),
        ("en", "Mayor Jane Ruiz said so.", "Jane"),
        ("en", "Ana Smith said so.", "Smith"),
        ("en", "The FBI had asked for it.", "FBI"),
        ("en", "He flew in on a Boeing.", "Boeing"),
        ("en", "He flew in on an Airbus A380.", "A380"),
        ("en", "The virus Covid-21 delayed it.", "Covid-21"),
        ("en", "Tindall, 57, read the plan.", "Tindall"),
        ("en", "The German firm Hao was late.", "German"),
        ("de", "Das Werk in Rosenheim schließt.", "Rosenheim"),
        ("de", "Bürgermeisterin Brosel lobte ihn.", "Brosel"),
        ("de", "Pfannenschmidt lobte den Architekten.", "Pfannenschmidt"),
        ("de", "Holger Weidlich ist Architekt.", "Holger"),
        ("de", "Nach Angaben von Krüger ist es teuer.", "Krüger"),
        ("de", "Die Kernwald GmbH zahlt.", "Kernwald"),
        ("de", "Auch Portugal zahlt den Steg.", "Portugal"),
        ("de", "Die SPD widersprach.", "SPD"),
        ("de", "In Mittenbruch gilt der Plan.", "Mittenbruch"),
        ("de", "Das zahlt die Volkner-Stiftung.", "Volkner-Stiftung"),
        ("de", "Es gilt ab sofort, auch in Tiefenwalden.", "Tiefenwalden"),
        ("de", "Den Steg plant Frau Töpfer.", "Töpfer"),
        ("de", "Laut Herrn Bauer ist es teuer.", "Bauer"),
        ("de", "Herr Bauer lobte den Steg.", "Bauer"),
        ("de", "Gestern sagte Frau Zimmermann, es sei teuer.", "Zimmermann"),
        ("fr", "Le maire de Nantes a reçu Éric Vauban.", "Nantes"),
        ("fr", "Kerbrat a reçu l'ambassadrice.", "Kerbrat"),
        ("fr", "L'ambassadrice d'Helsinki est venue.", "Helsinki"),
        ("fr", "Selon l'UNESCO, il recule.", "UNESCO"),
        ("uk", "Мер зустрів послів у Житомирі.", "Житомирі"),
        ("uk", "Гордієнко зустрів послів.", "Гордієнко"),
        ("uk", "Посли зустрілися з Петром Марчуком.", "Марчуком"),
        ("uk", "Сили отримали літаки Су-35.", "Су-35"),
        ("uk", "Дніпросталь, до якої звернувся мер, мовчить.", "Дніпросталь"),
        ("uk", "Португалія підписала угоду.", "Португалія"),
        ("en", "Larn Mayor Ana Ruiz met Emmanuel Tresk in Oslo.", "Emmanuel"),
        ("en", "Ana Ruiz met Owen Marlowe in Larn.", "Marlowe"),
        ("en", "Mayor Ana Ruiz met Owen Marlowe in Larn", "Marlowe"),
        ("fr", "Elle a vu Éric Moreau à Lyon.", "Moreau"),
        ("uk", "Мер Марченко зустрів Гордієнко в Києві", "Гордієнко"),
        ("uk", "Президент Марченко зустрів Меркель в Києві", "Меркель"),
        ("en", "The WHO USA office closed the bridge.", "WHO USA"),
        ("ja", "市長はBoeingの橋を見た。", "Boeing"),
        ("ja", "映画《山の道》も見た。", "山の道"),
    ],
)
def test_a_name_that_the_article_lacks_is_found(language: str, statement: str, name: str) -> None:
    assert _names(language, statement) == [name]


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        ("en", "Ruiz’s plan, the NTSB’s wish, is that Kestrel Bridge be closed."),
        ("en", "Officials from the E.U. and Dutch experts agreed."),
        ("en", "The FDA got a letter from Zelenskyy, the Ukrainian."),
        ("en", "China's Hao was late, Tresk of VELD-BAU said."),
        ("en", "Prime Minister Ruiz met Dr Tresk on Monday, 3 November."),
        ("en", "Local residents disagree. Ridership fell; Police said little."),
        ("en", "I've read that carbon dioxide was the topic."),
        ("en", "Larn's Harbor Board Closes Old Bridge For Years"),
        ("en", "Harbour Board Weighs Closing Bridge Over Decades of Neglect"),
        ("en", "THE OLD BRIDGE IS CLOSED FOREVER"),
        ("en", "ITS BRIDGE CLOSED 14.6% LOWER AT €11.20."),
        ("en", "“I AM SORRY."),
        ("en", "Tresk of Veld-Bau said: “I AM SORRY.”"),
        ("en", "Tresk flew on bus No. 5 to Oslo, then on No5."),
        ("de", "„ES TUT MIR LEID.“"),
        ("uk", "ВІН БУВ ТАМ."),
        ("uk", "Мер Києва Марченко видав указ № 5 і №7."),
        ("uk", "Мер Києва Марченко видав указ No 5, No. 6, No7 і No А."),
        ("de", "Das LKA prüft die Firma aus dem Lübecker Raum."),
        ("de", "Berlins Architekt Weidlich und der DGB streiten mit der EU."),
        ("de", "Frankreich zahlt, wie Osswald vom THW in Grossenhain sagt."),
        ("de", "Anwohner kritisieren die Kosten des Bauwerks und fordern einen Ausgleich."),
        ("de", "Mueller-Luedenscheid ist gegen das Vorhaben."),
        ("de", "Vertreter der EU-Staaten zahlen für die Sanierung der Anlage."),
        ("de", "Nach dem Wasserrohrbruch drohen Stromausfälle und Verspätungen im Bahnverkehr."),
        ("de", "Ermittelt wird wegen Betrugs; die Beschuldigten schweigen zum Vorwurf."),
        ("de", "Das sagte Frau Ruiz, auch Herr Weidlich und Frau Bürgermeisterin Ruiz."),
        ("de", "Er gab der Frau Geld, seiner alten Frau Brot und einem Herrn Brot."),
        ("fr", "Selon l’OMS, l’épidémie de Covid-19 faiblit chez les Français."),
        ("fr", "Le Premier ministre n'était pas à l'Elysée avec les Lyonnais."),
        ("fr", "Interrogé lundi, Vauban salue la banque bretonne d’Ana Ruiz."),
        ("uk", "Київський мер Марченко прийняв німецьких послів, сказала пані Ткач."),
        ("uk", "ЗСУ мають Су-27, а «Мостбуду-2» немає."),
        ("uk", "Прага й Запоріжжя пишуть Заболотному з Харкова."),
        ("uk", "Мешканці столиці чекають, Олену Ткач слухали в Варшаві."),
        ("ja", "ルイス市長はNasaと「虹の橋」を見た。"),
        ("hu", "Dunmore polgármestere Budapesten járt."),
    ],
)
def test_a_name_in_another_form_passes(language: str, statement: str) -> None:
    article = ARTICLES.get(language, ARTICLES["en"])
    assert _names(language, statement, article) == []


@pytest.mark.parametrize(
    ("language", "article", "statement", "name"),
    [
        ("en", "Anna Keller spoke.", "It was Anna Kelly who spoke.", "Kelly"),
        ("en", "Maria Fisher spoke.", "It was Maria Fishy who spoke.", "Fishy"),
        ("en", "Tom Carter spoke.", "It was Tom Cart who spoke.", "Cart"),
        ("en", "Anna Keller spoke.", "It was Anne Keller who spoke.", "Anne"),
        ("en", "Maria Fisher spoke.", "It was Mario Fisher who spoke.", "Mario"),
        ("en", "Paul Parker spoke.", "It was Paula Parker who spoke.", "Paula"),
        ("en", "Julia Parker spoke.", "It was Julian Parker who spoke.", "Julian"),
        ("en", "Robert Parker spoke.", "It was Tim Roberts who spoke to Parker.", "Tim Roberts"),
        ("en", "Troops left Niger.", "The troops left Nigeria.", "Nigeria"),
        ("en", "Troops left Niger.", "The Nigerian troops left.", "Nigerian"),
        ("fr", "Julien Moreau a parlé.", "C'est Julienne Moreau qui a parlé.", "Julienne"),
        ("fr", "Luc Moreau a parlé.", "C'est Lucien Moreau qui a parlé.", "Lucien"),
        ("es", "Habló Mario Serrano.", "Según dijo ayer Maria Serrano, llueve.", "Maria"),
        ("it", "Ha parlato Paolo Marini.", "Lo ha detto Paola Marini.", "Paola"),
        ("pt", "Falou Mario Serrano.", "Foi dito por Maria Serrano.", "Maria"),
        ("nl", "Jan Bakker sprak.", "Het was Janse Bakker die sprak.", "Janse"),
    ],
)
def test_a_name_with_another_ending_is_another_one(
    language: str, article: str, statement: str, name: str
) -> None:
    assert _names(language, statement, article) == [name]


@pytest.mark.parametrize(
    ("language", "article", "statement"),
    [
        ("en", "Anna Keller spoke.", "The Kellers spoke, as is Keller's way."),
        ("en", "Tom Jones and Ada Kelly spoke.", "We heard the Joneses and the Kellys."),
        ("en", "Serhiy Bondarenko and Sofiya met.", "It was Serhii Bondarenko who met Sofia."),
        ("en", "He left Austria for Nigeria.", "The Austrian met many Nigerians."),
        ("en", "The Iranian army and Texan firms.", "They came from Iran and from Texas."),
        ("en", "Kosovo, Gaza, Tuscany, Tibet.", "Kosovars, the Gazan, a Tuscan and Tibetans."),
        ("en", "Londoners and the people of Larn.", "They are from London, and Larnian."),
        ("fr", "Le club lyonnais et un Nantais.", "Il vient de Lyon, elle de Nantes."),
        ("fr", "Le maire de Bordeaux.", "C'est le maire des Bordelais."),
        ("es", "El equipo madrileño ganó.", "Ganó el equipo de Madrid."),
        ("it", "La squadra milanese ha vinto.", "Ha vinto la squadra di Milano."),
        ("nl", "De burgemeester van Utrecht.", "Het was de Utrechtse burgemeester."),
    ],
)
def test_what_is_derived_from_a_place_passes(language: str, article: str, statement: str) -> None:
    assert _names(language, statement, article) == []


@pytest.mark.parametrize(
    ("language", "statement", "name"),
    [
        ("en", "The plan is liked by Ana Tresk.", "Ana Tresk"),
        ("de", "Den Steg plant Jonas Ruiz.", "Jonas Ruiz"),
        ("fr", "Le projet est de Éric Ruiz.", "Éric Ruiz"),
        ("uk", "Угоду підписав Петро Ткач.", "Петро Ткач"),
    ],
)
def test_a_first_name_and_a_surname_of_two_persons_are_found(
    language: str, statement: str, name: str
) -> None:
    assert _names(language, statement) == [name]


def test_an_article_in_an_unknown_language_is_not_judged() -> None:
    document = replace(annotate(Source("-", "text/plain", ARTICLES["en"]), "en"), language=None)
    check = checker(Article(document))
    assert list(check(Statement("The bridge in Dunmore is old.", (), "supported"))) == []


def test_a_title_proves_a_name_that_the_article_has_only_as_a_noun() -> None:
    assert _names("de", "Das sagt Herr Bauer.", "Die Bauern bauen einen Zaun.") == ["Bauer"]
    assert _names("de", "Das sagt Frau Klug.", "Ein Zaun ist klug.") == ["Klug"]
    assert _names("de", "Das ist Herrn Bauers Zaun.", "Jonas Bauer baut einen Zaun.") == []


def test_a_middle_name_left_out_is_no_other_person() -> None:
    article = "Anna Maria Schmidt spoke. Ben Ruiz listened."
    assert _names("en", "It was Anna Schmidt who spoke.", article) == []


@pytest.mark.parametrize(
    ("article", "statement"),
    [
        ("The National Rail Council met.", "The NRC met."),
        ("The NRC met.", "The National Rail Council met."),
        ("The U.S. agreed.", "America agreed, as the United States does."),
        ("The United Kingdom agreed.", "Britain agreed; the British do."),
    ],
)
def test_an_acronym_and_its_words_stand_for_each_other(article: str, statement: str) -> None:
    assert _names("en", statement, article) == []


def test_each_name_is_told_once_and_shortened() -> None:
    long = " ".join(["Blatherwick"] * 6)
    assert _names("en", "We saw Dunmore and then Dunmore.") == ["Dunmore"]
    assert (
        len(
            _names(
                "en", f"In there we saw what was said to be {long} with some others in many places."
            )[0]
        )
        == 60
    )


@given(st.sampled_from(sorted(ARTICLES)), st.integers(1, 7))
def test_a_sentence_of_the_article_never_gets_a_finding(language: str, number: int) -> None:
    document = annotate(Source("-", "text/plain", ARTICLES[language]), language)
    sentence = document.sentence(min(number, len(document.sentences)))
    assert _names(language, sentence) == []


@given(
    st.sampled_from(["en", "de", "fr", "uk", "pl", "ja"]),
    st.text("ABCabcДдЄє ’'-.«»“”\n1I", max_size=80) | st.text(max_size=80),
)
def test_any_text_as_an_article_has_its_own_sentences(language: str, text: str) -> None:
    article = Article(annotate(Source("-", "text/plain", text), language))
    check = checker(article)
    for number in range(1, len(article.document.sentences) + 1):
        sentence = article.document.sentence(number)
        assert list(check(Statement(sentence, (), "supported"))) == []


@given(st.sampled_from(["en", "de", "uk", "ja"]), st.text(max_size=80), st.text(max_size=80))
def test_any_texts_are_taken(language: str, statement: str, article: str) -> None:
    _names(language, statement, article or ".")


@pytest.mark.parametrize("language", ["en", "de", "uk", "ja"])
@pytest.mark.parametrize(
    "piece", ["A", "Ab ", "A-", "A.", "Ab’s ", "AB ", "«", "A\u0301", "Ab1-", "Дд-", "Van van "]
)
def test_long_hostile_texts_take_linear_time(language: str, piece: str) -> None:
    text = piece * (60_000 // len(piece))
    document = annotate(Source("-", "text/plain", text), language)
    check = checker(Article(document))
    started = time.process_time()
    list(check(Statement(f"Zorn {text}", (), "supported")))
    assert time.process_time() - started < 3
