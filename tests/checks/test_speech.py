"""Who speaks, in invented articles: patterns per language, narration, hostile text."""

from __future__ import annotations

import time
import tomllib
from dataclasses import fields
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks._speech.cues import Cues, is_known, speech_cues
from summ.checks.speech import Speaker, speakers
from summ.model import Document, Source, Span
from tests.documents import ARTICLES, article, document, texts

RUIZ = Speaker("Ana Ruiz", "Ana Ruiz")
SURNAME = Speaker("Ana Ruiz", "Ruiz")


def names(text: str, language: str | None) -> list[str | None]:
    """The speakers' names, sentence by sentence."""
    return [s.name if s else None for s in speakers(document(text, language))]


def last(text: str, language: str) -> Speaker | None:
    """The speaker of the last sentence."""
    return speakers(document(text, language))[-1]


NAMED = {
    "en": (
        "Ana Ruiz said the pier would close.",
        "The pier would close, Ana Ruiz said on Monday.",
        "“The pier will close,” said Ana Ruiz, the mayor of Larn.",
        "“The pier will close,” Ana Ruiz, the mayor of Larn, told reporters.",
        "Ana Ruiz, the mayor, said the pier would close.",
        "Ana Ruiz, who runs the town of Larn, has said that the pier would close.",
        "Mayor Ana Ruiz later confirmed that the pier would close.",
        "The pier would close, according to Dr. Ana Ruiz.",
        "In an interview on Sunday, Mayor Ana Ruiz, who lives in Larn, said the pier would close.",
        "His lawyer, Ana Ruiz, said the pier would close.",
        "Traffic has doubled since May, said its secretary, Ana Ruiz, and tolls will rise.",
        "Three weeks after the vote in Larn, councillor Ana Ruiz said the pier would close.",
        "The town was silent, with its mayor Ana Ruiz saying that the pier would close.",
        "Professor Ana Ruiz, of the college in Larn, Maryland, said the pier would close.",
        "Ana Ruiz: “The pier will close before the summer is over.”",
    ),
    "de": (
        "Ana Ruiz sagte, der Steg werde geschlossen.",
        "„Der Steg wird geschlossen“, sagte Ana Ruiz am Montag.",
        "„Der Steg wird geschlossen“, sagte Bürgermeisterin Ana Ruiz.",
        "„Der Steg wird geschlossen“, sagte die Leiterin der Behörde, Dr. Ana Ruiz, am Montag.",
        "Die Bürgermeisterin Ana Ruiz teilte mit, der Steg werde geschlossen.",
        "Laut Ana Ruiz wird der Steg im Mai geschlossen.",
        "Nach Angaben von Ana Ruiz wird der Steg im Mai geschlossen.",
        "Wie Ana Ruiz dem Sender sagte, wird der Steg geschlossen.",
        "Am Montag erklärte Bürgermeisterin Ana Ruiz, der Steg werde geschlossen.",
        "„Gegen solche Wellen“, sagte Ana Ruiz, „hilft kein Steg.“",
        "„Das ist eine gute Sache“, so Ana Ruiz.",
    ),
    "es": (
        "Ana Ruiz dijo que el muelle cerrará.",
        "“El muelle cerrará”, afirmó Ana Ruiz, alcaldesa de Larn.",
        "La alcaldesa Ana Ruiz ha anunciado que el muelle cerrará.",
        "El muelle cerrará en mayo, según Ana Ruiz.",
        "“El muelle cerrará”, señaló el lunes Ana Ruiz.",
    ),
    "fr": (
        "Ana Ruiz a déclaré que le quai fermerait.",
        "« Le quai fermera », a expliqué Ana Ruiz, maire de Larn.",
        "Selon Ana Ruiz, le quai fermera en mai.",
        "« Le quai fermera », affirme Mme Ana Ruiz.",
    ),
    "uk": (
        "Ана Руїс сказала, що причал закриють.",
        "«Причал закриють», — сказала мерка Ана Руїс.",
        "«Причал закриють», — сказала на брифінгу в четвер Ана Руїс.",
        "Ана Руїс, голова міської ради, повідомила, що причал закриють.",
        "Як учора повідомила Ана Руїс, причал закриють.",
        "— Причал закриють, — сказала Ана Руїс.",
        "Міська голова Ана Руїс заявила, що причал закриють.",
        "Міська голова прокоментувала Reuters рішення. «Причал закриють», — сказала Ана Руїс.",
    ),
    "ru": (
        "Ана Руис сказала, что причал закроют.",
        "«Причал закроют», — сообщила мэр Ана Руис.",
        "Ана Руис, глава совета, заявила, что причал закроют.",
        "Как рассказала Ана Руис, причал закроют.",
        "По словам Ана Руис, причал закроют в мае.",
    ),
}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in NAMED for text in NAMED[language]]
)
def test_a_name_beside_a_verb_of_saying(language: str, text: str) -> None:
    speaker = last(text, language)
    assert speaker is not None
    assert speaker.name in {"Ana Ruiz", "Ана Руїс", "Ана Руис"}
    assert speaker.as_written == speaker.name


DESCRIBED = (
    ("en", "The pier would close, the county council said.", "the county council"),
    ("en", "The union, which has 400 members, said it would sue.", "the union"),
    ("en", "Two former managers have alleged that money is missing.", "two former managers"),
    (
        "en",
        "The town’s tourism board warned that guests would stay away.",
        "the town’s tourism board",
    ),
    ("en", "Kaltera said it would build a smaller plant.", "Kaltera"),
    ("en", "The pier is unsafe, St. Odilia said.", "St. Odilia"),
    ("de", "Der Steg ist unsicher, teilte die Polizei mit.", "Polizei"),
    ("de", "Nach Angaben des Vereins ist der Steg unsicher. Das Haus bleibt offen.", "Vereins"),
    ("de", "Ein Sprecher sagte, der Steg sei unsicher.", "Sprecher"),
    ("es", "El muelle cerrará, según las autoridades.", "las autoridades"),
    ("es", "El muelle cerrará, informó la policía.", "la policía"),
    ("fr", "Selon les autorités, le quai fermera.", "les autorités"),
    ("uk", "Причал закриють, повідомила поліція.", "поліція"),
    ("ru", "В субботу местные власти сообщили, что причал закроют.", "местные власти"),
)


@pytest.mark.parametrize(("language", "text", "name"), DESCRIBED)
def test_a_description_where_there_is_no_name(language: str, text: str, name: str) -> None:
    assert names(text, language)[0] == name


NARRATED = {
    "en": (
        "The bridge was closed at 6 a.m. on Tuesday after inspectors found cracks.",
        "Traffic has grown by 22 per cent, according to county figures.",
        "It did not say how it had arrived at that figure.",
        "Ferrigan would not say in which country he lives.",
        "Ana Ruiz was told that the pier would close.",
        "The plan is expected to cost £8 million and said to be late.",
        "Many streets have become “ghost towns” since then.",
        "A report said that the pier was unsafe.",
        "The claim would come to nearly $600 million.",
        "The so-called coalition meets on Thursday.",
        "St. Odilia expects to finish by Nov. 25.",
        "His lawyer said so.",
        "Some said so, others did not.",
    ),
    "de": (
        "Der Steg wurde am Montag um 5.40 Uhr gesperrt.",
        "Die Fluggesellschaft antwortete nicht sofort auf Fragen.",
        "Laut einem Bericht ist der Steg unsicher.",
        "Viele gelten als „Geisterstädte“ in diesem Land.",
        "Einige Menschen blieben am Ufer.",
        "Das Haus gibt es seit zehn Jahren.",
    ),
    "es": (
        "El muelle se cerró el martes a las seis.",
        "Según el informe, el muelle es inseguro.",
        "El plan anunciado por la alcaldesa cuesta mucho.",
        "El dueño, que niega el permiso a los vecinos, vive lejos.",
    ),
    "fr": ("Le quai a fermé mardi à six heures.", "Le plan annoncé hier est cher."),
    "uk": (
        "Причал закрили у вівторок о шостій годині.",
        "Повідомляється, що причал закриють.",
        "За даними звіту, причал небезпечний.",
        "Мені сказали, що причал закриють.",
    ),
    "ru": ("Причал закрыли во вторник.", "Сообщается, что причал закроют."),
}


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text) for language in NARRATED for text in NARRATED[language]],
)
def test_narration_has_no_speaker(language: str, text: str) -> None:
    assert names(text, language) == [None] * len(document(text, language).sentences)


REFERRED = (
    (
        "en",
        "Ana Ruiz called the plan optimistic.\n\n“In Larn something turns up,” she said.",
        RUIZ,
    ),
    ("en", "Ana Ruiz said no. “That,” she added, “is the reason.”", RUIZ),
    ("en", "Mayor Ana Ruiz was asked about it on Monday. She said no.", RUIZ),
    (
        "en",
        "“No,” said Ana Ruiz. “We have no money.\n\n“And we have no time.” She expects a vote.",
        RUIZ,
    ),
    ("en", "Ana Ruiz said no. Tom Ashby paid. “It is late,” Ruiz said.", SURNAME),
    ("en", "Ana Ruiz agreed, but then she said that it was late.", RUIZ),
    ("de", "Bürgermeisterin Ana Ruiz sagte Nein. Der Steg müsse bleiben.", RUIZ),
    ("de", "Bürgermeisterin Ana Ruiz sagte Nein. Man habe kein Geld, erklärte sie.", RUIZ),
    ("de", "Dr. Ana Ruiz sagte Nein. Die Kosten bezifferte Ruiz auf drei Millionen Euro.", SURNAME),
    ("de", "Ana Ruiz sagte Nein. Nach Worten Ruiz ist der Steg unsicher.", SURNAME),
    ("es", "“No”, dijo Ana Ruiz. Añadió que el muelle cerrará.", RUIZ),
    ("fr", "« Non », a dit Ana Ruiz. Le quai fermera, a-t-elle ajouté.", RUIZ),
    (
        "uk",
        "Про це сказала Оксана Гребенчак. За словами Гребенчак, ремонт триватиме.",
        Speaker("Оксана Гребенчак", "Гребенчак"),
    ),
    (
        "uk",
        "Оксана Гребенчак сказала ні. За словами Оксани Гребенчак, ремонт триватиме.",
        Speaker("Оксана Гребенчак", "Оксани Гребенчак"),
    ),
    (
        "uk",
        "Олег Коваль сказав так. Оксана Гребенчак сказала ні. Ремонт триватиме, додав він.",
        Speaker("Олег Коваль", "Олег Коваль"),
    ),
    (
        "uk",
        "Директорка водоканалу Оксана Гребенчак сказала ні. Директорка водоканалу вину заперечує.",
        Speaker("Оксана Гребенчак", "Директорка водоканалу"),
    ),
    (
        "uk",
        "Оксана Гребенчак сказала ні. За її словами, ремонт триватиме.",
        Speaker("Оксана Гребенчак", "Оксана Гребенчак"),
    ),
    (
        "ru",
        "Олег Иванов сообщил об этом. По словам Иванова, ремонт идёт.",
        Speaker("Олег Иванов", "Иванова"),
    ),
)


@pytest.mark.parametrize(("language", "text", "expected"), REFERRED)
def test_pronouns_surnames_and_cases(language: str, text: str, expected: Speaker | None) -> None:
    assert last(text, language) == expected


SPANNING = (
    ("en", "“We were late. We had no map,” Ana Ruiz said. “It was dark. We turned back.”"),
    ("en", '"We were late. We had no map. We turned back," said Ana Ruiz.'),
    ("en", "Ana Ruiz said: “We were late. We had no map. We turned back.”"),
    ("en", "“We were late,” Ana Ruiz said.\n\n“We had no map.\n\n“It was dark.”"),
    ("de", "„Wir kamen spät. Es war dunkel“, sagte Ana Ruiz. „Wir kehrten um. Es war kalt.“"),
    ("es", "“Llegamos tarde. No había luz”, dijo Ana Ruiz. “Volvimos”."),
    ("fr", "« Nous étions en retard. Il faisait nuit », a dit Ana Ruiz. « Et froid. »"),
)


@pytest.mark.parametrize(("language", "text"), SPANNING)
def test_every_sentence_of_a_quotation_has_its_speaker(language: str, text: str) -> None:
    assert set(speakers(document(text, language))) == {RUIZ}


def test_a_quotation_broken_by_dashes_belongs_to_one_speaker() -> None:
    text = "«Ми запізнилися, — сказала Ана Руїс. — Було темно. Ми повернулися»."
    assert set(names(text, "uk")) == {"Ана Руїс"}


BESIDE = (
    ("de", "„Es ist spät“, grinste Trainerin Ana Ruiz.", "Ana Ruiz"),
    ("de", "„Es ist spät“, das Haus von Ana Ruiz ist alt.", None),
    ("fr", "« Il est tard », s’est emportée Ana Ruiz.", "Ana Ruiz"),
    ("fr", "« Il est tard, a prévenu Mme Ana Ruiz, et il pleut. »", "Ana Ruiz"),
    ("uk", "«Пізно», — усміхається Ана Руїс.", "Ана Руїс"),
    ("uk", "«Пізно», — зітхає керівниця проєкту, геологиня Ана Руїс з Ларна.", "Ана Руїс"),
    ("uk", "Як повідомив речник служби з надзвичайних ситуацій Олег Коваль, пізно.", "Олег Коваль"),
    ("uk", "Олег Коваль сказав ні. На його переконання, вже пізно.", "Олег Коваль"),
    ("de", "Für Trainerin Ana Ruiz ist alles klar: „Es ist leider viel zu spät.“", "Ana Ruiz"),
    ("fr", "Pour Ana Ruiz, maire de Larn, rien ne va : « Il est bien trop tard. »", "Ana Ruiz"),
    ("en", "Mayor Ana Ruiz was furious: “It is far too late.”", "Ana Ruiz"),
    ("en", "The letter to Mayor Ana Ruiz was short: “It is far too late.”", None),
    ("en", "Mayor Ana Ruiz was furious. “It is far too late.”", "Ana Ruiz"),
    ("en", "Mayor Ana Ruiz met Tom Ashby. Tom Ashby left. “It is far too late.”", None),
    ("en", "‘It is late,’ said Ana Ruiz.", "Ana Ruiz"),
)


@pytest.mark.parametrize(("language", "text", "name"), BESIDE)
def test_the_place_of_a_quotation_tells_who_speaks(
    language: str, text: str, name: str | None
) -> None:
    assert names(text, language)[-1] == name


def test_whether_a_speaker_is_surely_a_person_is_told() -> None:
    assert [s.person for s in speakers(document("Ana Ruiz said no. Ruiz said so.")) if s] == [
        True,
        True,
    ]
    for text in ("The council said no.", "Kaltera said no.", "The Bank of Larn said no."):
        assert [s.person for s in speakers(document(text)) if s] == [False]


def test_initials_are_part_of_a_name_and_titles_are_not() -> None:
    assert last("“No,” said Lt. J. R. Penhale.", "en") == Speaker("J. R. Penhale", "J. R. Penhale")
    assert last("«Ні», — сказав пан В. С. Лозинчук.", "uk") == Speaker(
        "В. С. Лозинчук", "В. С. Лозинчук"
    )


def test_a_name_is_not_taken_from_a_place_or_from_who_was_told() -> None:
    assert names("A teacher in New Larn said it was late.", "en") == ["a teacher"]
    assert names("Ana Ruiz told Tom Ashby that it was late.", "en") == ["Ana Ruiz"]
    assert names("The Larn Bridge closed. It was late, he said.", "en") == [None, None]


def test_with_a_quotation_the_speaker_beside_it_wins_over_the_agency() -> None:
    text = "“I do expect clarity,” Secretary General Ana Ruiz said, adding more, Reuters reported."
    assert names(text, "en") == ["Ana Ruiz"]


PARTICULAR = (
    ("en", "Tom Ashby welcomed the plan and said it was late.", "Tom Ashby"),
    ("en", "The council and the union said it was late.", None),
    ("en", "Tom Ashby and Ana Ruiz said it was late.", None),
    ("en", "District of Larn Attorney General Ana Ruiz said it was late.", "Ana Ruiz"),
    ("en", "The Bank of Larn said it was late.", "Bank of Larn"),
    ("en", "Klara von der Heide said it was late.", "Klara von der Heide"),
    ("en", "“It was late,” Ana Ruiz, a captain and teacher from Larn said.", "Ana Ruiz"),
    ("en", "The ferry, which sank, was old, Ruth Calder’s lawyer said.", "Ruth Calder’s lawyer"),
    ("en", "The council said no. The pier, it said, is old.", "the council"),
    ("en", "One farmer told the Herald no. “They are playful,” he said.", "one farmer"),
    ("en", "The mayor said no. “It is late,” she said.", "the mayor"),
    (
        "en",
        "Ana Ruiz said no. Tom Ashby paid the bill in Larn. “It is late,” he said.",
        "Tom Ashby",
    ),
    ("en", "Ana Ruiz said no. The bill of Tom Ashby was paid. “It is late,” she said.", None),
    ("en", "A knee injury kept striker Tom Ashby out, but he believes in Larn.", "Tom Ashby"),
    (
        "de",
        "„Es ist spät“, sagte Anfang der letzten Woche Ana Ruiz, Leiterin der Bank.",
        "Ana Ruiz",
    ),
    ("de", "Letzte Woche erklärte Ana Ruiz, es sei spät.", "Ana Ruiz"),
    ("de", "Der amerikanische Tischler Tom Ashby sagte, es sei spät.", "Tom Ashby"),
    ("de", "Die Ministerin Klara von der Heide sagte Nein.", "Klara von der Heide"),
    ("de", "Die Anwälte, die Tom Ashby vertreten, bezeichneten Ana Ruiz als müde.", "Anwälte"),
    ("de", "Es hieß, wie ein Beamter einem Mann sagte, dass es spät sei.", "Beamter"),
    ("de", "Dem Verein zufolge ist der Steg alt.", "Verein"),
    ("de", "Die Anwohner sagten Nein. „Es ist spät“, sagten sie.", None),
    ("es", "Tom Ashby, que vive en Larn, dijo que era tarde.", "Tom Ashby"),
    ("es", "El socorrista, el capitán Tom Ashby, comentó que era tarde.", "Tom Ashby"),
    ("es", "La Cruz Roja dijo que no. Añadió que era tarde.", "Cruz Roja"),
    ("fr", "« Non », dit-il.", None),
    ("uk", "Про це сказав мер Києва Олег Коваль.", "Олег Коваль"),
    ("uk", "Дипломат Північної Кореї Рі Йонг Хо сказав ні.", "Рі Йонг Хо"),
    ("uk", "«Ні», — сказав голова Іван Петрович Коваль.", "Іван Петрович Коваль"),
    ("uk", "«Ні», — прокоментував Reuters Олег Коваль.", "Олег Коваль"),
    ("uk", "Люди Олега Коваля заявили, що пізно.", None),
    ("uk", "Олег Коваль назвав це «ганьбою» і зазначив, що пізно.", "Олег Коваль"),
    ("uk", "Про це заявила поліція.", "поліція"),
    ("uk", "Ми бачили, що критикував і звинуватив демократів.", None),
)


@pytest.mark.parametrize(("language", "text", "name"), PARTICULAR)
def test_who_is_meant_in_particular(language: str, text: str, name: str | None) -> None:
    assert names(text, language)[-1] == name


@pytest.mark.parametrize("language", ["pl", "zh", None])
def test_other_languages_know_only_a_name_a_colon_and_a_quotation(language: str | None) -> None:
    text = "Ana Ruiz: “Zamykamy most na zawsze.”\n\nTom Ashby powiedział, że nie wie."
    assert names(text, language) == ["Ana Ruiz", None]


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_there_is_one_entry_per_sentence(language: str) -> None:
    made = article(language)
    assert len(speakers(made)) == len(made.sentences)


def test_the_shared_articles() -> None:
    found = {
        language: [s.name if s else None for s in speakers(article(language))]
        for language in ARTICLES
    }
    assert [name for name in found["en"] if name] == ["Ruth Calder", "Tom Ashby"]
    assert [name for name in found["uk"] if name] == ["Олена Коваленко", "Петро Гнатюк"]
    assert [name for name in found["de"] if name] == ["Jana Vogt", "Karl Reuter"]
    assert not any(found["zh"])


PIECES = (
    "said Ana Ruiz , , . “ ” „ « » \" ' — – : ( ) she he the mayor of that and sagte Dr. er laut "
    "сказав За словами Коваля він dijo según J. St. \n \n\n И “We »"
)
WORDS = st.sampled_from(PIECES.split(" "))


@given(
    text=texts() | st.lists(WORDS, max_size=120).map(" ".join) | st.text(max_size=200),
    language=st.sampled_from([*NAMED, "pl", None]),
)
@settings(max_examples=200, deadline=None)
def test_any_text_has_verbatim_speakers_or_none(text: str, language: str | None) -> None:
    made = document(text, language)
    found = speakers(made)
    assert len(found) == len(made.sentences)
    assert found == speakers(made)
    for speaker in found:
        if speaker:
            assert speaker.as_written
            assert speaker.as_written in text
            assert speaker.name.strip() == speaker.name != ""


HOSTILE = (
    "A " * 20_000,
    "said " * 10_000,
    "“" * 20_000,
    '" ' * 20_000,
    "“a” said X. " * 4_000,
    "X, " * 10_000 + "said",
    "«a, — сказав " * 4_000,
    "— a — b\n" * 6_000,
    "( " * 20_000,
    'a." ' * 12_000,
    "“a\n\n" * 8_000,
    "Ana Ruiz said no. Bob Ruiz said no. Ruiz said. " * 1_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:14]))
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    speakers(document(text, "en"))
    whole = Span(0, len(text))
    speakers(Document(Source("-", "text/plain", text), (whole,), (whole,), "uk"))
    assert time.process_time() - began < 5


def test_every_list_of_words_is_one_that_the_rules_read() -> None:
    known = {entry.name for entry in fields(Cues)}
    for file in files("summ.checks.cues").joinpath("speech").iterdir():
        assert set(tomllib.loads(file.read_text(encoding="utf-8"))) <= known


def test_a_language_without_words_still_has_those_of_every_language() -> None:
    assert is_known("uk")
    assert not is_known("pl")
    assert "von" in speech_cues("pl").particles_of_names
