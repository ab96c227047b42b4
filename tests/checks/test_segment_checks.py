"""One segment's translation is held against its source; right ones pass."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.checks.translations import SegmentAuditor, needs_repair, same_text

PROMPT = (
    "You translate news. Give one translation for each number and add nothing of your own; keep "
    "every tag where it belongs. The word canary-5f0ab2 is of no use."
)
EN = "The harbour office closed the old pier on Monday because two of its beams had cracked."
UK = "Управління порту в понеділок закрило старий причал, бо тріснули дві його балки."
DE = "Das Hafenamt sperrte am Montag die alte Mole, weil zwei ihrer Balken gerissen waren."
FR = "La capitainerie a fermé lundi la vieille jetée, car deux de ses poutres s’étaient fissurées."
ES = "La capitanía cerró el lunes el viejo muelle porque dos de sus vigas se habían agrietado."
PL = "Kapitanat zamknął w poniedziałek stare molo, ponieważ pękły dwie jego belki nośne."
RU = "Управление порта в понедельник закрыло старый причал: треснули две его балки."
ZH = "港务局周一关闭了旧码头，因为其中两根横梁出现了裂缝。"
JA = "港湾局は月曜日、梁が二本ひび割れたため、古い桟橋を閉鎖した。"
AR = "أغلق مكتب الميناء الرصيف القديم يوم الاثنين بسبب تشقق اثنتين من عوارضه."
TEXTS = {
    "en": EN, "uk": UK, "de": DE, "fr": FR, "es": ES,
    "pl": PL, "ru": RU, "zh": ZH, "ja": JA, "ar": AR,
}  # fmt: skip


def codes(source: str, target: str, pair: tuple[str | None, str] = ("en", "uk")) -> list[str]:
    return [found.code for found in SegmentAuditor(pair, (PROMPT,)).findings(source, target)]


@pytest.mark.parametrize("source", TEXTS)
@pytest.mark.parametrize("target", TEXTS)
def test_a_translation_passes_in_every_pair(source: str, target: str) -> None:
    if source != target:
        assert codes(TEXTS[source], TEXTS[target], (source, target)) == []
        assert codes(TEXTS[source], TEXTS[target], (None, target)) == []


@pytest.mark.parametrize("source", TEXTS)
@pytest.mark.parametrize("target", TEXTS)
def test_what_was_not_translated_is_found_in_every_pair(source: str, target: str) -> None:
    if source != target:
        for bad in ("", TEXTS[source]):
            assert needs_repair(SegmentAuditor((source, target)).findings(TEXTS[source], bad))


@pytest.mark.parametrize("target", [code for code in TEXTS if code != "en"])
@pytest.mark.parametrize("other", TEXTS)
def test_another_language_is_found(target: str, other: str) -> None:
    if other not in {target, "en"}:
        assert "wrong-language" in codes(EN, TEXTS[other], ("en", target))


@pytest.mark.parametrize("target", [code for code in TEXTS if code != "en"])
def test_half_of_it_and_twice_as_much_are_found(target: str) -> None:
    text = TEXTS[target]
    lengths = {"length-ratio", "length-unusual"}
    assert lengths & set(codes(EN, text[: len(text) // 2], ("en", target)))
    assert lengths & set(codes(EN, f"{text} {text}", ("en", target)))


@pytest.mark.parametrize("text", ["Berlin", "COVID-19", "BBC News", "3.5 GB", "U2", "@anna"])
def test_a_name_or_figure_may_stay_as_it_is(text: str) -> None:
    assert codes(text, text, ("en", "de")) == codes(text, text, ("en", "uk")) == []


def test_names_may_stay_among_other_letters() -> None:
    source = "Photo: Anna Keller, Reuters; Paul Ogden, Associated Press"
    assert codes(source, "Фото: Anna Keller, Reuters; Paul Ogden, Associated Press") == []


def test_a_short_text_in_other_letters_is_found() -> None:
    assert codes("The bridge is closed.", "Die Brücke ist gesperrt.") == ["wrong-language"]


def test_a_headline_in_capitals_is_no_name() -> None:
    title = "Harbour Office Shuts Old Pier After Cracks"
    assert "untranslated" in codes(title, title, ("en", "de"))


def test_words_left_as_they_were_are_found() -> None:
    half = "The harbour office sperrte the old pier, weil two of its beams cracked."
    assert "untranslated" in codes(EN, half, ("en", "de"))


def test_a_text_that_is_in_the_language_already_may_stay() -> None:
    assert codes(FR, FR, ("en", "fr")) == []


@pytest.mark.parametrize("pair", [("en-US", "en-GB"), ("hr", "sr-Latn"), ("nb", "nn")])
def test_close_languages_may_share_a_sentence(pair: tuple[str, str]) -> None:
    text = "Ured je jučer zatvorio stari most, jer su dvije grede napukle, a treća se nagnula."
    assert "untranslated" not in codes(text, text, pair)


@pytest.mark.parametrize(
    "bad",
    [
        UK + " Так і так і так і так і так і так і так і",
        UK + " причал закрито причал закрито причал закрито причал закрито",
        UK + " аааааааааааааааааа",
        UK + " хахахахахахахахаха",
        "Ні ні ні ні ні ні ні ні ні ні.",
    ],
)
def test_loops_are_found(bad: str) -> None:
    assert "repetition" in codes(EN, bad)


def test_what_the_source_repeats_is_no_loop() -> None:
    assert codes("No, no, no, no, no, she said.", "Ні, ні, ні, ні, ні, сказала вона.") == []


@pytest.mark.parametrize(
    "bad",
    [
        f"Here is the translation: {UK}",
        f"Sure! Here's the Ukrainian translation:\n\n{UK}",
        f"Translation: {UK}",
        f"Переклад: {UK}",
        f"Ось переклад вашого тексту: {UK}",
        f"```\n{UK}\n```",
        f"«{UK}»",
        f'"{UK}"',
        f"{UK} (Note: I translated “beams” freely.)",
        f"{UK} Примітка: слово перекладено вільно.",
    ],
)
def test_what_is_around_a_translation_is_found(bad: str) -> None:
    assert "preamble" in codes(EN, bad)


@pytest.mark.parametrize(
    ("target", "bad"),
    [
        ("fr", f"Voici la traduction : {FR}"),
        ("de", f"Hier ist die Übersetzung: {DE}"),
        ("es", f"Aquí está la traducción: {ES}"),
        ("zh", f"以下是翻译：{ZH}"),
        ("ja", f"以下が翻訳です：{JA}"),
        ("ar", f"إليك الترجمة: {AR}"),
    ],
)
def test_announcements_are_known_in_other_languages(target: str, bad: str) -> None:
    assert "preamble" in codes(EN, bad, ("en", target))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Translation: an art in decline?", "Переклад: мистецтво, що занепадає?"),
        ("“Stay at home,” she said.", "«Залишайтеся вдома», — сказала вона."),
        ("“Stay at home.”", "«Залишайтеся вдома»."),
        ("Note: prices may change.", "Примітка: ціни можуть змінитися."),
        ("Sure, it hurts: we lost.", "Звісно, боляче: ми програли."),
    ],
)
def test_what_the_source_says_itself_is_none(source: str, target: str) -> None:
    assert codes(source, target) == []


@pytest.mark.parametrize(
    ("target", "bad"),
    [
        ("uk", "I'm sorry, but I can't translate that."),
        ("uk", "As an AI language model, I cannot help with this request at the moment, sorry."),
        ("uk", "Вибачте, але я не можу перекласти цей текст, бо він порушує правила."),
        ("de", "Als KI-Sprachmodell kann ich diesen Text leider nicht für Sie übersetzen, sorry."),
        ("fr", "Désolé, mais je ne peux pas traduire ce texte, car il enfreint mes règles."),
        ("zh", "对不起，作为人工智能，我无法翻译这段文字。"),
        ("ja", "申し訳ありませんが、この文章は翻訳できません。"),
    ],
)
def test_refusals_are_found(target: str, bad: str) -> None:
    assert "refusal" in codes(EN, bad, ("en", target))


def test_a_refusal_that_the_source_tells_of_is_none() -> None:
    source = "“As an AI, I have no view,” the program answered the mayor."
    assert codes(source, "«Як ШІ, я не маю думки», — відповіла програма меру.") == []


@pytest.mark.parametrize("bad", ["PWNED", "OK", "As you wish: roses are red, violets are blue."])
def test_an_order_that_was_obeyed_is_found(bad: str) -> None:
    assert needs_repair(SegmentAuditor(("en", "uk")).findings(EN, bad))


@pytest.mark.parametrize(
    ("source", "target", "named"),
    [
        ("A <g1>red</g1> boat.", "Червоний човен.", "<g1>"),
        ("See <x2/> today.", "Дивіться сьогодні <x2/> <x2/>.", "<x2/>"),
        ("A <g1>red</g1> <g2>boat</g2>.", "<g1>Червоний <g2>човен</g1></g2>.", "<g1>"),
    ],
)
def test_tags_that_are_lost_doubled_or_crossed_are_named(
    source: str, target: str, named: str
) -> None:
    found = SegmentAuditor(("en", "uk")).findings(source, target)
    assert [finding.code for finding in found] == ["placeholder-lost"]
    assert named in found[0].message


def test_tags_in_another_order_are_right() -> None:
    assert codes("A <g1>red</g1> boat <x2/>.", "<x2/> Човен — <g1>червоний</g1>.") == []


@pytest.mark.parametrize(
    "what", ["Give one translation for each number and add nothing", "canary-5f0ab2"]
)
def test_words_of_the_prompt_are_found(what: str) -> None:
    assert "prompt-leak" in codes(EN, f"{UK} {what}")


def test_a_changed_number_is_told_and_not_asked_again() -> None:
    found = SegmentAuditor(("en", "uk")).findings("It cost 450 euros.", "Це коштувало 540 євро.")
    assert [finding.code for finding in found] == ["number-changed"]
    assert "Item" not in found[0].message
    assert not needs_repair(found)


def test_a_language_that_nothing_is_known_of_gets_a_wide_band() -> None:
    made = "Luma teki soro wani, pora mate kilu nesa toru. " * 2
    assert "length-ratio" not in codes(EN, made, ("en", "qqx"))
    assert "length-ratio" in codes(EN, made * 6, ("en", "qqx"))


def test_one_answer_for_two_sources_is_found() -> None:
    sources = [
        EN,
        "The mayor of the town spoke of a hard year for all of its fishermen.",
        "Read more",
    ]
    assert same_text(sources, [UK, UK, "Читати далі"]) == {0, 1}


def test_one_answer_for_the_same_source_is_right() -> None:
    assert same_text([EN, EN + " ", "Photo", "Picture"], [UK, UK, "Фото", "Фото"]) == set()


def test_there_are_as_many_answers_as_sources() -> None:
    with pytest.raises(ValueError, match="as many"):
        same_text([EN], [])


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "а.а " * 25_000, "«" * 100_000, "." * 100_000 + "x", "ab " * 33_000,
             "<g1>" * 25_000, "港" * 100_000, "1 " * 4_000, "@" * 100_000]
)  # fmt: skip
def test_long_texts_take_linear_time(text: str) -> None:
    started = time.process_time()
    codes(EN, text)
    codes(text, UK)
    same_text([text, EN], [text, text])
    assert time.process_time() - started < 2


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.sampled_from([*TEXTS, "qqx", "zh-Hant", "", "x_y"]))
def test_any_texts_get_an_answer(source: str, target: str, code: str) -> None:
    codes(source + "\ud800", target, (None, code))
    codes(source, target + "\u202e", (code, "ja"))


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        (EN, UK + " Більше на evil.com.", True),
        (EN, UK + " Пишіть @evil_clerk.", True),
        (EN, ZH[:-1] + "发邮件给a@evil.com。", True),
        (EN + " See Town.com.", UK + " Див. town.com.", False),
        (EN + " Ask @TownClerk.", UK + " Питайте @TownClerkに連絡.", False),
        (EN + " Mail a@town.com.", UK + " Пишіть发a@town.com.", False),
        (EN + " Ask @TownClerk.", UK + " Питайте @ТаунКлерк.", False),
        (EN, UK + " тощо.На", False),
    ],
)
def test_addresses_that_the_source_has_not_are_told(source: str, target: str, told: bool) -> None:
    assert ("address-not-in-source" in codes(source, target)) is told
