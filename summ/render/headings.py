"""The words of summ's own in a Markdown report, by language.

None of them holds a character that Markdown acts on: they are written as they stand.
Counts and offsets follow a label (`Sentences: 24`), so no plural forms are needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from summ.model import Kind


@dataclass(frozen=True, slots=True)
class Headings:
    """The words of one language.

    Attributes:
        summary: heading of the summary.
        claims: heading of the key claims.
        full_text: heading of the translated article.
        warnings: heading of what the reader should know first.
        article: title of an article that has none.
        language: label of the article's language.
        sentences: label of the number of sentences.
        tokens: label of the number of tokens.
        model: label of the model's name.
        draft: says that a small local model wrote it.
        selected: says that code chose sentences and the model shortened them.
        extracted: says that the statements are sentences of the article itself.
        partial: says that not all of a statement has its evidence.
        unsupported: says that a statement has no evidence.
        no_evidence: the reason, where a statement cites nothing.
        not_sent: label of what the model was not shown.
        sent: label of how much it was shown.
        kept: says that something stands in the article's language; also a label.
        figure: kind of claim.
        opinion: kind of claim.
        prediction: kind of claim.
        allegation: kind of claim.
        receipt: place of a quotation; fields `sentence`, `start`, `end`.
        characters: place in the article; fields `start`, `end`.
        opening: opening quotation mark, with its space if it has one.
        closing: closing quotation mark, with its space if it has one.
        colon: colon after a label, with the spaces around it.
    """

    summary: str
    claims: str
    full_text: str
    warnings: str
    article: str
    language: str
    sentences: str
    tokens: str
    model: str
    draft: str
    selected: str
    extracted: str
    partial: str
    unsupported: str
    no_evidence: str
    not_sent: str
    sent: str
    kept: str
    figure: str
    opinion: str
    prediction: str
    allegation: str
    receipt: str
    characters: str
    opening: str
    closing: str
    colon: str

    def kind(self, kind: Kind) -> str:
        """The kind of a claim in words; empty for a plain fact, which needs none."""
        words: dict[Kind, str] = {
            "fact": "",
            "figure": self.figure,
            "opinion": self.opinion,
            "prediction": self.prediction,
            "allegation": self.allegation,
        }
        return words[kind]


def headings_for(language: str | None) -> Headings:
    """The words of `language` (BCP 47, any case), of its base language, else English."""
    parts = (language or "").replace("_", "-").lower().split("-")
    if parts[0] == "zh" and {"tw", "hk", "mo", "hant"} & set(parts):
        return HEADINGS["zh-hant"]
    return HEADINGS.get(parts[0], HEADINGS["en"])


#: Language code in lower case → its words.
HEADINGS: Mapping[str, Headings] = MappingProxyType(
    {
        "en": Headings(  # English
            summary="Summary",
            claims="Key claims",
            full_text="Full text",
            warnings="Warnings",
            article="Article",
            language="Language",
            sentences="Sentences",
            tokens="Tokens",
            model="Model",
            draft="draft by a small local model",
            selected="The sentences were chosen by code and shortened one by one by the model.",
            extracted="The statements are sentences of the article itself, chosen by code.",
            partial="partly supported",
            unsupported="not supported",
            no_evidence="no matching sentence in the article",
            not_sent="Not sent to the model",
            sent="sent",
            kept="Not translated",
            figure="figure",
            opinion="opinion",
            prediction="prediction",
            allegation="allegation",
            receipt="sentence {sentence}, characters {start}–{end}",
            characters="characters {start}–{end}",
            opening="“",
            closing="”",
            colon=": ",
        ),
        "uk": Headings(  # Ukrainian
            summary="Короткий зміст",
            claims="Головні твердження",
            full_text="Повний текст",
            warnings="Попередження",
            article="Стаття",
            language="Мова",
            sentences="Речень",
            tokens="Токенів",
            model="Модель",
            draft="чернетка малої локальної моделі",
            selected="Речення вибрав код, а модель скоротила їх по одному.",
            extracted="Твердження — це речення самої статті, вибрані кодом.",
            partial="частково підтверджено",
            unsupported="не підтверджено",
            no_evidence="немає відповідного речення в статті",
            not_sent="Не надіслано моделі",
            sent="надіслано",
            kept="Не перекладено",
            figure="показник",
            opinion="думка",
            prediction="прогноз",
            allegation="звинувачення",
            receipt="речення {sentence}, символи {start}–{end}",
            characters="символи {start}–{end}",
            opening="«",
            closing="»",
            colon=": ",
        ),
        "de": Headings(  # German
            summary="Zusammenfassung",
            claims="Kernaussagen",
            full_text="Vollständiger Text",
            warnings="Warnungen",
            article="Artikel",
            language="Sprache",
            sentences="Sätze",
            tokens="Tokens",
            model="Modell",
            draft="Entwurf eines kleinen lokalen Modells",
            selected="Die Sätze hat ein Programm ausgewählt, das Modell hat sie einzeln gekürzt.",
            extracted="Die Aussagen sind Sätze des Artikels selbst, von einem Programm ausgewählt.",
            partial="teilweise belegt",
            unsupported="nicht belegt",
            no_evidence="kein passender Satz im Artikel",
            not_sent="Nicht an das Modell gesendet",
            sent="gesendet",
            kept="Nicht übersetzt",
            figure="Zahl",
            opinion="Meinung",
            prediction="Prognose",
            allegation="Vorwurf",
            receipt="Satz {sentence}, Zeichen {start}–{end}",
            characters="Zeichen {start}–{end}",
            opening="„",
            closing="“",
            colon=": ",
        ),
        "fr": Headings(  # French
            summary="Résumé",
            claims="Affirmations clés",
            full_text="Texte intégral",
            warnings="Avertissements",
            article="Article",
            language="Langue",
            sentences="Phrases",
            tokens="Tokens",
            model="Modèle",
            draft="brouillon d’un petit modèle local",
            selected=(
                "Les phrases ont été choisies par le programme et "
                "raccourcies une à une par le modèle."
            ),
            extracted=(
                "Les énoncés sont des phrases de l’article lui-même, choisies par le programme."
            ),
            partial="partiellement étayé",
            unsupported="non étayé",
            no_evidence="aucune phrase correspondante dans l’article",
            not_sent="Non transmis au modèle",
            sent="transmis",
            kept="Non traduit",
            figure="chiffre",
            opinion="opinion",
            prediction="prévision",
            allegation="allégation",
            receipt="phrase {sentence}, caractères {start}–{end}",
            characters="caractères {start}–{end}",
            opening="«\u00a0",
            closing="\u00a0»",
            colon="\u00a0: ",
        ),
        "es": Headings(  # Spanish
            summary="Resumen",
            claims="Afirmaciones clave",
            full_text="Texto completo",
            warnings="Advertencias",
            article="Artículo",
            language="Idioma",
            sentences="Oraciones",
            tokens="Tokens",
            model="Modelo",
            draft="borrador de un modelo local pequeño",
            selected="El programa eligió las oraciones y el modelo las acortó una por una.",
            extracted="Los enunciados son oraciones del propio artículo, elegidas por el programa.",
            partial="con respaldo parcial",
            unsupported="sin respaldo",
            no_evidence="ninguna oración correspondiente en el artículo",
            not_sent="No enviado al modelo",
            sent="enviado",
            kept="Sin traducir",
            figure="cifra",
            opinion="opinión",
            prediction="predicción",
            allegation="acusación",
            receipt="oración {sentence}, caracteres {start}–{end}",
            characters="caracteres {start}–{end}",
            opening="«",
            closing="»",
            colon=": ",
        ),
        "pl": Headings(  # Polish
            summary="Streszczenie",
            claims="Najważniejsze stwierdzenia",
            full_text="Pełny tekst",
            warnings="Ostrzeżenia",
            article="Artykuł",
            language="Język",
            sentences="Zdania",
            tokens="Tokeny",
            model="Model",
            draft="szkic małego modelu lokalnego",
            selected="Zdania wybrał program, a model skrócił je jedno po drugim.",
            extracted="Stwierdzenia to zdania samego artykułu, wybrane przez program.",
            partial="częściowo potwierdzone",
            unsupported="niepotwierdzone",
            no_evidence="brak odpowiedniego zdania w artykule",
            not_sent="Nie wysłano do modelu",
            sent="wysłano",
            kept="Nie przetłumaczono",
            figure="liczba",
            opinion="opinia",
            prediction="prognoza",
            allegation="zarzut",
            receipt="zdanie {sentence}, znaki {start}–{end}",
            characters="znaki {start}–{end}",
            opening="„",
            closing="”",
            colon=": ",
        ),
        "ru": Headings(  # Russian
            summary="Краткое содержание",
            claims="Главные утверждения",
            full_text="Полный текст",
            warnings="Предупреждения",
            article="Статья",
            language="Язык",
            sentences="Предложений",
            tokens="Токенов",
            model="Модель",
            draft="черновик малой локальной модели",
            selected="Предложения выбрал код, а модель сократила их по одному.",
            extracted="Утверждения — это предложения самой статьи, выбранные кодом.",
            partial="частично подтверждено",
            unsupported="не подтверждено",
            no_evidence="нет соответствующего предложения в статье",
            not_sent="Не отправлено модели",
            sent="отправлено",
            kept="Не переведено",
            figure="показатель",
            opinion="мнение",
            prediction="прогноз",
            allegation="обвинение",
            receipt="предложение {sentence}, символы {start}–{end}",
            characters="символы {start}–{end}",
            opening="«",
            closing="»",
            colon=": ",
        ),
        "zh": Headings(  # Chinese, simplified characters
            summary="摘要",
            claims="关键陈述",
            full_text="全文",
            warnings="警告",
            article="文章",
            language="语言",
            sentences="句数",
            tokens="词元数",
            model="模型",
            draft="小型本地模型生成的草稿",
            selected="句子由程序选出，由模型逐句缩短。",
            extracted="以下陈述均为程序选出的原文句子。",
            partial="部分有依据",
            unsupported="无依据",
            no_evidence="文中没有相应的句子",
            not_sent="未发送给模型",
            sent="已发送",
            kept="未翻译",
            figure="数据",
            opinion="观点",
            prediction="预测",
            allegation="指控",
            receipt="第 {sentence} 句，字符 {start}–{end}",
            characters="字符 {start}–{end}",
            opening="“",
            closing="”",
            colon="：",
        ),
        "zh-hant": Headings(  # Chinese, traditional characters
            summary="摘要",
            claims="關鍵陳述",
            full_text="全文",
            warnings="警告",
            article="文章",
            language="語言",
            sentences="句數",
            tokens="詞元數",
            model="模型",
            draft="小型本地模型生成的草稿",
            selected="句子由程式選出，由模型逐句縮短。",
            extracted="以下陳述均為程式選出的原文句子。",
            partial="部分有依據",
            unsupported="無依據",
            no_evidence="文中沒有相應的句子",
            not_sent="未傳送給模型",
            sent="已傳送",
            kept="未翻譯",
            figure="數據",
            opinion="觀點",
            prediction="預測",
            allegation="指控",
            receipt="第 {sentence} 句，字元 {start}–{end}",
            characters="字元 {start}–{end}",
            opening="「",
            closing="」",
            colon="：",
        ),
        "ja": Headings(  # Japanese
            summary="要約",
            claims="主な主張",
            full_text="全文",
            warnings="警告",
            article="記事",
            language="言語",
            sentences="文の数",
            tokens="トークン数",
            model="モデル",
            draft="小型ローカルモデルによる下書き",
            selected="文はプログラムが選び、モデルが一文ずつ短くしました。",
            extracted="以下の記述は、プログラムが選んだ記事の文そのものです。",
            partial="一部のみ裏付けあり",
            unsupported="裏付けなし",
            no_evidence="記事に該当する文なし",
            not_sent="モデルに未送信",
            sent="送信済み",
            kept="未翻訳",
            figure="数値",
            opinion="意見",
            prediction="予測",
            allegation="疑惑",
            receipt="文 {sentence}、文字 {start}–{end}",
            characters="文字 {start}–{end}",
            opening="「",
            closing="」",
            colon="：",
        ),
        "ar": Headings(  # Arabic
            summary="الملخص",
            claims="أبرز النقاط",
            full_text="النص الكامل",
            warnings="تنبيهات",
            article="مقال",
            language="اللغة",
            sentences="عدد الجمل",
            tokens="عدد الرموز",
            model="النموذج",
            draft="مسودة من نموذج محلي صغير",
            selected="اختار البرنامج الجمل واختصرها النموذج واحدة تلو الأخرى.",
            extracted="هذه جمل من المقال نفسه اختارها البرنامج.",
            partial="مدعوم جزئيًا",
            unsupported="غير مدعوم",
            no_evidence="لا توجد جملة مطابقة في المقال",
            not_sent="لم يُرسل إلى النموذج",
            sent="أُرسل",
            kept="لم يُترجم",
            figure="رقم",
            opinion="رأي",
            prediction="توقع",
            allegation="اتهام",
            receipt="الجملة {sentence}، الأحرف {start}–{end}",
            characters="الأحرف {start}–{end}",
            opening="«",
            closing="»",
            colon=": ",
        ),
        "pt": Headings(  # Portuguese
            summary="Resumo",
            claims="Afirmações principais",
            full_text="Texto completo",
            warnings="Avisos",
            article="Artigo",
            language="Idioma",
            sentences="Frases",
            tokens="Tokens",
            model="Modelo",
            draft="rascunho de um modelo local pequeno",
            selected="As frases foram escolhidas pelo programa e encurtadas uma a uma pelo modelo.",
            extracted="Os enunciados são frases do próprio artigo, escolhidas pelo programa.",
            partial="com respaldo parcial",
            unsupported="sem respaldo",
            no_evidence="nenhuma frase correspondente no artigo",
            not_sent="Não enviado ao modelo",
            sent="enviado",
            kept="Não traduzido",
            figure="número",
            opinion="opinião",
            prediction="previsão",
            allegation="acusação",
            receipt="frase {sentence}, caracteres {start}–{end}",
            characters="caracteres {start}–{end}",
            opening="“",
            closing="”",
            colon=": ",
        ),
        "it": Headings(  # Italian
            summary="Riassunto",
            claims="Affermazioni principali",
            full_text="Testo completo",
            warnings="Avvisi",
            article="Articolo",
            language="Lingua",
            sentences="Frasi",
            tokens="Token",
            model="Modello",
            draft="bozza di un piccolo modello locale",
            selected=(
                "Le frasi sono state scelte dal programma e accorciate una per una dal modello."
            ),
            extracted="Gli enunciati sono frasi dell’articolo stesso, scelte dal programma.",
            partial="riscontro parziale",
            unsupported="senza riscontro",
            no_evidence="nessuna frase corrispondente nell’articolo",
            not_sent="Non inviato al modello",
            sent="inviato",
            kept="Non tradotto",
            figure="dato",
            opinion="opinione",
            prediction="previsione",
            allegation="accusa",
            receipt="frase {sentence}, caratteri {start}–{end}",
            characters="caratteri {start}–{end}",
            opening="«",
            closing="»",
            colon=": ",
        ),
        "he": Headings(  # Hebrew
            summary="תקציר",
            claims="טענות מרכזיות",
            full_text="הטקסט המלא",
            warnings="אזהרות",
            article="כתבה",
            language="שפה",
            sentences="משפטים",
            tokens="אסימונים",
            model="מודל",
            draft="טיוטה של מודל מקומי קטן",
            selected="המשפטים נבחרו בידי התוכנה וקוצרו אחד אחד בידי המודל.",
            extracted="הטענות הן משפטים מן הכתבה עצמה שנבחרו בידי התוכנה.",
            partial="נתמך חלקית",
            unsupported="ללא סימוכין",
            no_evidence="אין משפט תואם בכתבה",
            not_sent="לא נשלח למודל",
            sent="נשלח",
            kept="לא תורגם",
            figure="נתון",
            opinion="דעה",
            prediction="תחזית",
            allegation="האשמה",
            receipt="משפט {sentence}, תווים {start}–{end}",
            characters="תווים {start}–{end}",
            opening="“",
            closing="”",
            colon=": ",
        ),
        "hi": Headings(  # Hindi
            summary="सारांश",
            claims="मुख्य दावे",
            full_text="पूरा पाठ",
            warnings="चेतावनियाँ",
            article="लेख",
            language="भाषा",
            sentences="वाक्य",
            tokens="टोकन",
            model="मॉडल",
            draft="छोटे स्थानीय मॉडल का मसौदा",
            selected="वाक्य प्रोग्राम ने चुने और मॉडल ने उन्हें एक-एक करके छोटा किया।",
            extracted="ये कथन लेख के ही वाक्य हैं, जिन्हें प्रोग्राम ने चुना है।",
            partial="आंशिक रूप से समर्थित",
            unsupported="समर्थित नहीं",
            no_evidence="लेख में कोई मेल खाता वाक्य नहीं",
            not_sent="मॉडल को नहीं भेजा गया",
            sent="भेजा गया",
            kept="अनूदित नहीं",
            figure="आँकड़ा",
            opinion="राय",
            prediction="पूर्वानुमान",
            allegation="आरोप",
            receipt="वाक्य {sentence}, वर्ण {start}–{end}",
            characters="वर्ण {start}–{end}",
            opening="“",
            closing="”",
            colon=": ",
        ),
    }
)
