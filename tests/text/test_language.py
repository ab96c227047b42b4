"""The language is found, or said to be unknown; a right text is never called wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summ.text.language import (
    detect_language,
    is_in_language,
    is_in_script,
    same_language,
    script_of,
)

TEXTS = {
    "en": "The council approved the new bridge on Tuesday after a debate of three hours.",
    "de": "Der Stadtrat hat am Dienstag nach dreistündiger Debatte die neue Brücke genehmigt.",
    "fr": "Le conseil municipal a approuvé mardi le nouveau pont après trois heures de débat.",
    "es": "El ayuntamiento aprobó el martes el nuevo puente después de tres horas de debate.",
    "pl": "Rada miasta zatwierdziła we wtorek nowy most po trzygodzinnej debacie w ratuszu.",
    "it": "Il consiglio comunale ha approvato martedì il nuovo ponte dopo tre ore di dibattito.",
    "pt": "A câmara municipal aprovou na terça-feira a nova ponte depois de três horas de debate.",
    "nl": "De gemeenteraad heeft dinsdag na een debat van drie uur de nieuwe brug goedgekeurd.",
    "tr": "Belediye meclisi üç saat süren tartışmanın ardından salı günü yeni köprüyü onayladı.",
    "uk": "Міська рада у вівторок після тригодинної дискусії схвалила будівництво нового мосту.",
    "ru": "Городской совет во вторник после трёхчасовых прений одобрил строительство нового моста.",
    "bg": "Общинският съвет одобри във вторник новия мост след тричасово обсъждане в кметството.",
    "be": "Гарадскі савет у аўторак пасля трохгадзінных спрэчак ухваліў будаўніцтва новага моста.",
    "sr": "Градско веће је у уторак после трочасовне расправе одобрило нови мост на Ћетињи.",
    "mk": "Градскиот совет во вторникот по тричасовна расправа ќе го одобри новиот мост кај Ѓорче.",
    "kk": "Қалалық кеңес сейсенбі күні үш сағаттық талқылаудан кейін жаңа көпір салуды мақұлдады.",
    "ar": "وافق مجلس المدينة يوم الثلاثاء على بناء الجسر الجديد بعد نقاش استمر ثلاث ساعات.",
    "fa": "شورای شهر روز سه‌شنبه پس از سه ساعت بحث، ساخت پل جدید را تصویب کرد.",
    "ur": "شہر کی کونسل نے منگل کو تین گھنٹے کی بحث کے بعد نئے پل کی منظوری دے دی ہے۔",
    "he": "מועצת העיר אישרה ביום שלישי את הגשר החדש לאחר דיון של שלוש שעות.",
    "hi": "नगर परिषद ने मंगलवार को तीन घंटे की बहस के बाद नए पुल को मंज़ूरी दे दी है।",
    "zh": "经过三个小时的辩论，市议会星期二批准了新桥的建设计划。",
    "ja": "市議会は火曜日、三時間の議論の末に新しい橋の建設を承認した。",
    "ko": "시의회는 화요일 세 시간의 토론 끝에 새 다리 건설을 승인했다.",
    "el": "Το δημοτικό συμβούλιο ενέκρινε την Τρίτη τη νέα γέφυρα μετά από τρίωρη συζήτηση.",
    "th": "สภาเทศบาลอนุมัติสะพานใหม่เมื่อวันอังคารหลังจากอภิปรายสามชั่วโมง",
    "ka": "საქალაქო საბჭომ სამშაბათს სამსაათიანი დებატების შემდეგ ახალი ხიდი დაამტკიცა.",
    "hy": "Քաղաքային խորհուրդը երեքշաբթի օրը հաստատեց նոր կամրջի կառուցումը։",
}
CONFUSABLE = {frozenset(pair) for pair in (("bg", "mk"), ("ar", "fa"), ("ar", "ur"), ("fa", "ur"))}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_tells_its_language(code: str) -> None:
    assert detect_language(TEXTS[code]) == code
    assert is_in_language(TEXTS[code], code) is True


@pytest.mark.parametrize("code", TEXTS)
def test_every_other_language_is_told_apart(code: str) -> None:
    for other, text in TEXTS.items():
        if other != code and frozenset((code, other)) not in CONFUSABLE:
            assert is_in_language(text * 2, code) is False, other


def test_the_same_text_always_gets_the_same_answer() -> None:
    text = "Кожна людина"
    assert len({detect_language(text) for _ in range(10)}) == 1


@pytest.mark.parametrize(
    "text", ["", "   \n", "12 345, 67 %", "!?…", "👩‍👩‍👧‍👦 🇺🇦", "https://", "OK", "\ud800", "\x00"]
)
def test_what_has_no_language_is_none(text: str) -> None:
    assert detect_language(text) is None
    assert is_in_language(text, "uk") is not True
    assert is_in_language(text, "en") is not False


def test_a_script_of_several_unknown_languages_is_none() -> None:
    assert detect_language("የከተማው ምክር ቤት ማክሰኞ ዕለት አዲሱን ድልድይ አጸደቀ።") is None


def test_serbian_without_its_own_letters_is_not_called_macedonian() -> None:
    assert detect_language("Реч је о новој расправи на седници у недељу.") != "mk"


def test_belarusian_without_its_own_letter_is_not_called_ukrainian() -> None:
    assert detect_language("Рэчка паднялася, і жыхары выехалі ў горад.".replace("ў", "у")) == "be"


def test_capitals_do_not_confuse() -> None:
    assert detect_language("DER STADTRAT HAT DIE NEUE BRÜCKE AM DIENSTAG GENEHMIGT") == "de"


def test_names_in_another_script_do_not_confuse() -> None:
    text = "Президент зустрівся з President Joe Biden та Emmanuel Macron у Києві у понеділок."
    assert detect_language(text) == "uk"
    assert is_in_language(text, "uk") is True
    text = "AppleとMicrosoftは火曜日、OpenAIとの提携を発表した。"
    assert detect_language(text) == "ja"


def test_the_sample_comes_from_the_whole_text() -> None:
    text = TEXTS["en"] * 30 + TEXTS["uk"] * 3000
    assert detect_language(text) == "uk"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Hello", "Latn"), ("Привіт", "Cyrl"), ("Γειά", "Grek"), ("नमस्ते", "Deva"),
        ("中文", "Hani"),
        ("日本語です", "Jpan"), ("한국어", "Kore"), ("שלום", "Hebr"), ("مرحبا", "Arab"),
        ("สวัสดี", "Thai"),
        ("123", None), ("", None),
    ],
)  # fmt: skip
def test_the_script(text: str, script: str | None) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NATO", "uk"), ("European Commission", "uk"), ("Volodymyr Zelensky", "ja"),
        ("Emmanuel Macron, 2026", "ar"), ("Nein.", "en"), ("Ja, das war gut.", "de"),
        ("安倍首相辞任", "ja"),
        ("Le Monde", "de"),
    ],
)  # fmt: skip
def test_names_and_short_texts_are_never_wrong(text: str, code: str) -> None:
    assert is_in_language(text, code) is not False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cheadaigh an chomhairle an droichead nua Dé Máirt tar éis trí huaire an chloig.", "ga"),
        ("Udalak zubi berria onartu zuen asteartean, hiru orduko eztabaidaren ondoren.", "eu"),
        ("O concello aprobou o martes a nova ponte despois de tres horas de debate.", "gl"),
        ("De Gemengerot huet en Dënschdeg no dräi Stonnen déi nei Bréck guttgeheescht.", "lb"),
        ("Bæjarstjórnin samþykkti nýju brúna á þriðjudaginn eftir þriggja tíma umræður.", "is"),
        ("Majlis bandaran meluluskan jambatan baharu pada hari Selasa selepas tiga jam.", "ms"),
        ("Gradsko vijeće odobrilo je u utorak novi most nakon tri sata rasprave u gradu.", "bs"),
        ("Gradsko veće je u utorak odobrilo novi most posle rasprave od tri sata.", "sr"),
        ("Bystyret godkjente tirsdag den nye broen etter en debatt som varte i tre timer.", "nb"),
        ("Halmashauri ya jiji iliidhinisha daraja jipya siku ya Jumanne baada ya mjadala.", "sw"),
    ],
)  # fmt: skip
def test_a_right_text_in_a_rarer_language_is_never_wrong(text: str, code: str) -> None:
    assert is_in_language(text, code) is not False


def test_english_instead_of_a_rarer_language_is_noticed() -> None:
    assert is_in_language(TEXTS["en"], "ga") is False
    assert is_in_language(TEXTS["en"], "is") is False


def test_region_and_script_are_understood() -> None:
    assert is_in_language(TEXTS["pt"], "pt-BR") is True
    assert is_in_language(TEXTS["zh"], "zh-Hant") is True
    assert is_in_language(TEXTS["sr"], "sr-Latn") is False
    assert is_in_language(TEXTS["ja"], "zh-CN") is False
    assert is_in_language(TEXTS["zh"], "ja") is False


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("pt", "pt-BR", True), ("zh_Hant", "zh-CN", True), ("EN", "en-gb", True),
        ("nb", "no", True),
        ("fil", "tl", True), ("iw", "he", True), ("uk", "ru", False), (None, "en", False),
        ("en", None, False), (None, None, False),
    ],
)  # fmt: skip
def test_same_language(a: str | None, b: str | None, same: bool) -> None:
    assert same_language(a, b) is same


@pytest.mark.parametrize(
    ("word", "code", "there"),
    [
        ("пристань", "uk", True),
        ("пристань", "de", False),
        ("Reuters", "zh-Hant", False),
        ("桟橋", "ja", True),
        ("mол", "uk", True),
        ("1,5", "uk", None),
        ("wort", "qqx", None),
    ],
)
def test_a_word_has_letters_of_a_language_or_none(word: str, code: str, there: bool | None) -> None:
    assert is_in_script(word, code) is there


@given(
    text=st.text(max_size=200), code=st.sampled_from(["uk", "en", "ja", "zh-Hant", "qq", "", "-"])
)
@settings(max_examples=200, deadline=None)
def test_any_text_gets_an_answer(text: str, code: str) -> None:
    detected = detect_language(text)
    assert detected is None or detected.isalpha()
    assert is_in_language(text, code) in {True, False, None}


def test_the_detector_is_loaded_only_when_the_script_does_not_decide() -> None:
    program = (
        "import sys\n"
        "from summ.text.language import detect_language\n"
        "print(detect_language('Καλημέρα'), detect_language('Привіт, світе'), "
        "'langdetect' in sys.modules, 'babel' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert run.stdout.split() == ["el", "uk", "False", "False"]
