"""Hard cases for the sentence splitter, invented for it; `¦` stands where a sentence ends.

White space before a `¦` belongs to the sentence before it. `read` turns a case into the
text and the offsets at which its sentences start, the first (always 0) left out.
"""

from __future__ import annotations

MARK = "¦"

CASES: dict[str, tuple[str, ...]] = {
    "en": (
        "Dr. Ada Quill met Mr. Brown on Main St. near the port. ¦They spoke briefly.",
        "The U.S. Senate voted at 5 p.m. on Monday. ¦The bill, filed in the U.S. ¦It failed.",
        "Shares of Foo Inc. rose 3.5 percent. ¦Bar Ltd. fell, i.e. by 2.1 points, vs. Baz Corp. ¦"
        "The market closed.",
        "“We are leaving,” she said. ¦“Why?” he asked. ¦“Because I must.” ¦He nodded.",
        "J. K. Rowan and B. F. Tull wrote it. ¦It sold well.",
        "Visit https://example.org/a.b?c=d. ¦Write to a.b@example.org! ¦Open report.v2.pdf now.",
        "It began at 5 p.m. ¦The crowd left... and then came back. ¦Odd… ¦Nobody knew why.",
        "The dam broke.[12] ¦Water rose.[3][4] ¦People fled (many on foot). ¦(Some stayed.) ¦"
        "It rained.",
        "See No. 5, p. 12 and Fig. 3. ¦He said no. ¦Then he left on Jan. 5 for Mt. Blue.",
        "“Is it over?” Jane Doe asked. ¦“No!” ¦Nobody (really?) believed Prof. Lee.",
        "Release 2.10.3 fixed it. ¦Python 3.11. ¦Is $5 enough? ¦$6 is. ¦iPhone sales rose.",
        "He works for the F.B.I. agency, e.g. in Washington, D.C., and for Gen. Poe. ¦"
        "World War II. ¦It ended in 1945. ¦25 states signed.",
        "Yahoo! shares fell. ¦What?! ¦You and I. ¦Then it was vitamin C. ¦The end.",
        "Lt. Gov. Kay Ross (D-Ohio) spoke on Sept. 12. ¦“It's done,” she said.",
        "He paid $3.5m. ¦"
        "The firm, est. 1999, is in St. Louis, Mo., and employs approx. 300 people.",
        "Sgt. Lee asked: “Where is Capt. Dunn?” ¦No one knew.",
        "“We won't go.” ¦But they did... ¦And then? ¦Silence.",
        "The meeting is at 10 a.m. Tuesday in Room 5. ¦Bring a pen.",
        "Smith et al. (2019) disagree. ¦So does Jones, cf. Brown v. Board.",
        "I met him in Washington, D.C. ¦He was tired.",
        "Apple Inc. ¦The company said no.",
        "Is this it?! she thought. ¦No way.",
        "The suspect, identified as J. Doe, fled. ¦Police (cf. p. 4) followed.",
        "They met on Fri. at noon. ¦Nothing happened.",
        "“Stop!” cried the man. ¦“Go!” ¦The E.U. Commission met.",
        "He scored 3. ¦She scored 5. ¦It was 8 in total.",
        "Visit www.example.com. ¦It's free.",
        "Mr. and Mrs. O'Neil left at 6 p.m. EST. ¦Dr. No stayed.",
    ),
    "de": (
        "Am 3. Mai traf Dr. Weiß den 2. Bürgermeister. ¦Es regnete.",
        "Das gilt z. B. für Äpfel, d. h. für Obst usw. und z.B. Birnen. ¦Danach war Schluss.",
        "Der 2. Weltkrieg endete im 20. Jahrhundert. ¦Die Stadt lag in Trümmern.",
        "„Wir gehen“, sagte sie. ¦„Warum?“, fragte er. ¦„Darum.“ ¦Er schwieg.",
        "Laut § 3 Abs. 2 Nr. 4 und Art. 5 GG ist das erlaubt. ¦Vgl. S. 12 ff. und Bd. 3.",
        "Es kostet 3,5 Mio. Euro, ca. 20 Prozent mehr. ¦Die Firma (u. a. Hr. Maier) zahlt.",
        "Papst Johannes XXIII. besuchte Köln. ¦Friedrich II. von Preußen nicht.",
        "Er kam um 18.30 Uhr. ¦Am 12. 5. 2020 ging er. ¦»Schön!«, rief sie. ¦»Ja.« ¦Stille.",
        "Die Müller GmbH & Co. KG sitzt in der Hauptstr. 5. ¦Sie hat 300 Mitarbeiter.",
        "Er wurde am 1. Januar bzw. am 2. Februar geboren, also ca. 1990. ¦Das ist lange her.",
        "Prof. Dr. h. c. Ilse Kern sprach im 3. Stock. ¦Sie sprach i. d. R. frei.",
        "Die 1. Bundesliga startet am 15. August. ¦Der FC gewann 3:1.",
        "Am Montag, dem 5. Juni, kam Hr. Dr. Voss. ¦Er blieb bis zum 7. ¦Danach reiste er ab.",
        "Die Fa. Krause & Söhne liefert Schrauben, Nägel usw. ¦Sie wurde 1890 gegründet.",
        "Geöffnet Mo. bis Fr. von 8 bis 18 Uhr. ¦Sonntags nie.",
        "„Ist das wahr?“ ¦„Ja!“, rief er. ¦Niemand glaubte ihm.",
        "Im Jahr 500 v. Chr. lebten dort Kelten. ¦Später kamen Römer.",
        "Der sog. Experte sprach von max. 20 Personen, d.h. von wenigen. ¦Wir warten.",
        "Kaiser Karl V. regierte lange. ¦Er starb 1558.",
        "Sie wohnt in der Goethestr. 12 in 10115 Berlin. ¦Tel. 030 1234.",
    ),
    "fr": (
        "M. Dupont et Mme. Roy ont vu le Dr. Petit. ¦Ils sont partis.",
        "« Pourquoi ? » demanda-t-elle. ¦« Parce que ! » ¦Il se tut.",
        "Voir art. 5, p. 12 et chap. 3, etc. ¦La suite est connue.",
        "Vers 50 av. J.-C. César arriva. ¦Quel succès ! ¦Vraiment ?",
        "M. Le Guen vit à St. Malo, c.-à-d. loin. ¦Il y est bien.",
        "Le 1er mai, M. X. Durand est venu. ¦Il a dit : « Bonjour. » ¦Puis il est parti.",
        "Mgr. Aupetit, né en 1951 apr. J.-C., parle. ¦C'est fini.",
        "L'entreprise S.A. Dupont (cf. p. 3) ferme. ¦Pourquoi ? ¦Nul ne sait.",
    ),
    "es": (
        "El Sr. Gómez y la Dra. Ruiz llegaron. ¦¿Por qué? ¦¡Nadie lo sabe!",
        "En EE. UU. viven 300 millones. ¦En EE. UU. ¦El dato es de 2020.",
        "—¿Vienes? —preguntó ella. ¦—Sí. ¦—Bien.",
        "Véase pág. 5, núm. 3 y cap. 2. ¦Fue en el s. V a. C. ¦Después cayó.",
        "«No quiero», dijo D. Juan. ¦Luego calló…  ¦Y se fue.",
        "El Dr. J. M. Pérez vive en la Av. Libertad, n.º 5. ¦Es médico.",
        "¡Vamos!, dijo. ¦¿Adónde? ¦A casa, Sra. Gil.",
        "La empresa Foo S.A. de C.V. cerró. ¦Nadie habló.",
    ),
    "pl": (
        "Dr. Nowak i prof. Lis mieszkają przy ul. Długiej. ¦To daleko.",
        "W 2020 r. Polska, m.in. Kraków, tj. południe, zyskała. ¦Nikt nie protestował.",
        "Św. Marcin i ks. Jan, np. w XIX w. Prusy. ¦Koniec.",
        "„Dlaczego?” – zapytała. ¦„Bo tak.” ¦Milczał. ¦Por. art. 5 ust. 2.",
        "Urodził się 3 maja 1990 r. ¦To był pan J. Kowal z os. Zielonego.",
        "Godz. 15. ¦Zaczyna się mecz.",
        "Prof. dr hab. inż. A. Nowak mieszka w woj. mazowieckim. ¦Uczy fizyki.",
        "W 1410 r. pod Grunwaldem, tzn. daleko, walczono. ¦Wygrali.",
    ),
    "pt": (
        "O Sr. Silva e a Dra. Reis moram na Av. Brasil. ¦Eles vivem bem.",
        "Ver pág. 3, p. ex. Custou R$ 3.500,50. ¦O Exmo. Juiz não veio.",
    ),
    "it": (
        "Il Sig. Rossi e la Dott.ssa Bianchi abitano a S. Marco. ¦È lontano.",
        "La ditta Foo S.p.A. di Milano, ecc. ¦Perché? ¦Vedi pag. 5 e art. 3.",
    ),
    "uk": (
        "Він живе на вул. Шевченка, буд. 5, у м. Київ. ¦Це далеко.",
        "Президент В. О. Зеленський і проф. Т. Коваль приїхали. ¦Їх чекали.",
        "Продавали яблука, груші і т. д. ¦Потім усе скінчилося.",
        "У 2014 р. Росія напала. ¦Це було у ХХІ ст. ¦Він народився 1990 р. ¦Вона теж.",
        "«Ми йдемо», — сказала вона. ¦«Чому?» — запитав він. ¦«Бо так.» ¦Він мовчав.",
        "Університет ім. Шевченка та НАН ім. Вернадського (див. рис. 3) відкрито. ¦Гості пішли.",
        "Ціна 3,5 тис. грн. за тонну, тобто 2 млн. доларів. ¦Це багато!",
        "Стаття 5 п. 3 ч. 2 ст. 10 Закону чинна. ¦Так воно і є. ¦Питань немає?! ¦Є.",
        "— Куди ти? — спитала мати. ¦— Туди. ¦— Добре…",
        "О 18.30 год. почалося. ¦Сайт kyiv.ua. ¦Лист на a@b.ua. ¦Версія 2.0.1. ¦Кінець.",
        "Т. зв. «ДНР», т. е. бойовики, зокрема й на Донбасі, та ін. ¦Армія відповіла.",
        "Це сказав я. ¦Він засміявся: «Невже?..» ¦Вона пішла... а потім повернулась.",
        "Народний депутат І. П. Бойко (фракція «Рух») виступив 5 трав. 2020 р. у Києві. ¦"
        "Зал мовчав.",
        "У с. Іванівка Львівської обл. згоріла школа. ¦Причина невідома.",
        "Зарплата — 20 тис. грн. ¦Це мало.",
        "Він сказав: «Прийду.» ¦І не прийшов.",
        "Див. табл. 2 та с. 15. ¦Далі буде.",
        "На пл. Ринок, 1 відбувся концерт гурту «Ой!». ¦Людей було багато.",
        "Акад. Б. Є. Патон очолив НАН у 1962 р. ¦Він керував нею довго.",
        "Що?! ¦Ні… ¦Так!",
        "ТОВ «Ромашка» зареєстроване за адресою: м. Одеса, вул. Садова, буд. 3, кв. 5. ¦"
        "Директор зник.",
    ),
    "ru": (
        "Он живёт на ул. Ленина, д. 5, в г. Тула. ¦Это далеко.",
        "Писатель А. С. Пушной и проф. И. Котов приехали. ¦Их ждали.",
        "Продавали яблоки, груши и т. д. ¦Потом всё кончилось.",
        "В 2014 г. Россия, т. е. власть, решила. ¦Это было в 2020 г. ¦Он уехал.",
        "«Мы идём», — сказала она. ¦«Почему?» — спросил он. ¦«Потому.» ¦Он молчал.",
        "Институт им. Павлова (см. рис. 3) открыт. ¦Гости ушли.",
        "Цена 3,5 тыс. руб. за тонну, т. к. курс упал. ¦Это много!",
        "Согласно ст. 5 п. 3 гл. 2, это так. ¦Вопросы есть?! ¦Нет.",
        "— Куда ты? — спросила мать. ¦— Туда. ¦— Ладно…",
        "В III в. до н. э. Рим рос. ¦Это был я. ¦Она ушла... а потом вернулась.",
        "Т. н. эксперты и др. ¦Компания ответила. ¦Версия 2.0.1. ¦Конец.",
        "Дом стоит на пр. Мира, корп. 2. ¦Рядом парк.",
        "В 1990-х гг. Россия менялась. ¦Многие уехали.",
        "Он родился в 1950 г. в г. Омске. ¦Учился в Москве.",
        "См. рис. 5 и табл. 3. ¦Там всё есть.",
        "Ген. Петров, полк. Сидоров и др. отказались. ¦Суд решил иначе.",
        "Это стоит 5 млн руб. ¦Дорого.",
    ),
    "el": (
        "Πού πας; ¦Δεν ξέρω. ¦Είπε «ναι». ¦Έφυγε.",
        "Ο κ. Παπάς και ο Δρ. Νίκου ήρθαν. ¦Γιατί; ¦Κανείς δεν ξέρει!",
        "«Τι θες;» ρώτησε. ¦Τίποτα, π.χ. Αθήνα.",
    ),
    "ar": (
        "وصل الرئيس أمس. ¦ثم غادر المدينة.",
        "هل وصل الوفد؟ ¦نعم، وصل اليوم! ¦انتهى الأمر.",
        "قال د. أحمد علي إن الوضع صعب. ¦وأضاف أنه سيعود.",
        "بلغت النسبة 3.5 في المئة. ¦وكانت ٢.١ قبل عام.",
        "«لن نغادر.» ¦هكذا قالت المتحدثة. ¦وصمت الجميع…",
        "كتب أ. د. سمير حداد المقال. ¦نشر في ص. 12 من الكتاب.",
        "زوروا example.org اليوم. ¦الموقع جديد.[3] ¦وهو مجاني.",
        "«هل ستأتي؟» سألت ليلى. ¦«لا!» ¦ثم خرجت.",
        "یہ پہلا جملہ ہے۔ ¦کیا یہ دوسرا ہے؟ ¦جی ہاں۔",
        "ارتفع السعر (بنسبة 5%). ¦ثم انخفض... ¦ولم يعد.",
        "التقى م. خالد والشيخ ج. سعيد. ¦دام اللقاء ساعتين.",
        "عنوان الخبر الأول\n¦وصلت القافلة صباحا. ¦عادت مساء.",
        "قال الرئيس: «سنعود غداً». ¦ثم غادر. ¦فهل يعود؟ ¦لا أحد يعلم.",
    ),
    "he": (
        "הוא הגיע אתמול. ¦היא נסעה היום. ¦מה קרה?",
        'הסופר א. ב. כהן וד"ר לוי נפגשו. ¦השיחה ארכה שעה.',
        '"מתי זה יקרה?" שאלה דנה. ¦"מחר." ¦הוא שתק.',
        "המחיר עלה ב-3.5 אחוזים. ¦זה הרבה!",
    ),
    "hi": (
        "वह कल आया। ¦फिर चला गया। ¦क्या हुआ?",
        "डॉ. शर्मा और प्रो. वर्मा मिले। ¦बैठक लंबी थी।",
        "एम. के. गांधी और पी. वी. राव आए। ¦सब खुश थे।",
        "कीमत 3.5 लाख रु. थी। ¦यह बहुत है!",
        "“हम जा रहे हैं।” ¦यह बात उसने कही। ¦सब चुप थे…",
        "“तुम कहाँ थे?” उसने पूछा। ¦“घर पर।” ¦वह हँसा।",
        "यह पहला वाक्य है।¦यह दूसरा है। ¦तीसरा यहाँ है।",
        "देखें पृ. 12 और सं. 5। ¦साइट example.org पर है। ¦धन्यवाद!",
        "श्लोक पूरा हुआ ॥१२॥ ¦अगला श्लोक शुरू हुआ।",
        "सरकार ने कहा (2020 में।) ¦लोग माने। ¦क्यों?! ¦पता नहीं।",
        "मौसम का हाल\n¦कल बारिश हुई। ¦आज धूप है।",
        "भारत ने 5 वि. 3 से जीत पाई।[2] ¦दर्शक झूम उठे।",
        "प्रधानमंत्री ने कहा, “हम तैयार हैं।” ¦विपक्ष ने विरोध किया। ¦अब क्या होगा?",
    ),
    "zh": (
        "他昨天到了。¦今天又走了！¦为什么？¦没人知道。",
        "“我们走吧！”他说。¦大家都同意。",
        "她说：“我不去。”¦他很生气。",
        "价格上涨3.5%。¦专家称“太高”。¦市场下跌……后来回升。",
        "他来了吗？！¦来了。¦（他没说话。）¦大家都笑了。",
        "请访问example.org。¦邮箱a.b@example.org。¦谢谢！",
        "会议在北京举行。[3]¦代表来自U.S.和其他国家。¦会议很成功。",
        "真的吗?¦我不信!¦他走了。",
        "「你去哪裡？」她問。¦「回家。」¦他笑了。",
        "标题没有句号\n¦正文从这里开始。¦第二句在这里。",
        "他说：“你好。¦再见。”¦然后走了。",
        "“价格会涨。”王先生表示，“但不会太多。”¦市场平静。",
        "“你为什么不去？”妈妈问道。¦小明低下头：“我怕。”¦妈妈笑了。",
        "2023年GDP增长5.2%，超过预期。¦“这很好。”他说。¦大家鼓掌！！！¦然后散会。",
    ),
    "ja": (
        "「行くよ！」 と彼は言った。¦みんな頷いた。",
        "彼は昨日来た。¦今日帰った！¦なぜ？¦誰も知らない。",
        "「行くよ。」と彼は言った。¦みんな頷いた。",
        "「どこへ？」と彼女は尋ねた。¦「家へ。」¦彼は笑った。",
        "価格は3.5%上がった。¦高すぎる……と専門家は言う。",
        "本当か？！¦本当だ。¦（彼は黙った。）¦皆が笑った。",
        "example.orgを見てください。¦ver.2.0が出た。¦以上です。",
        "会議は東京で開かれた。[3]¦成功だった。",
        "見出しには句点がない\n¦本文はここから始まる。¦二文目です。",
        "彼は「やめろ！」って叫んだ。¦止まった。",
        "『終わり。』¦それが題名だ。¦拍手が起きた。",
        "「雨だ。」　¦彼は空を見た。　¦風もあった。",
        "「本当ですか？」田中さんは聞いた。¦「はい。」¦そして沈黙が続いた……。¦終わり。",
        "株価は2.5%下がった（前日比）。¦原因は不明だ。",
    ),
    "ko": (
        "그는 어제 왔다. ¦오늘 떠났다! ¦왜? ¦아무도 모른다.",
        '"어디 가?"라고 그가 물었다. ¦"집." ¦그녀는 웃었다.',
        "물가가 3.5% 올랐다. ¦2020년의 일이다.",
        "“왜 그래?” 하고 그가 물었다. ¦대답은 없었다.",
    ),
    "th": (
        "เขามาถึงเมื่อวาน และกลับไปวันนี้\n¦ประชุมเสร็จแล้ว",
        "คุณไปไหนมาครับ ¦ผมไปตลาดมา",
        "ปี พ.ศ. 2563 ราคา 3.5 บาท ดร. สมชาย กล่าว",
        "รัฐบาลประกาศมาตรการใหม่เมื่อวานนี้ ¦อย่างไรก็ตาม ประชาชนยังไม่พอใจ",
        "จริงหรือ? ¦จริงสิ! ¦ไปกันเถอะ",
    ),
}

_WRAPPED = (
    "The harbour town had waited for the ferry since the early morning, and when\n"
    "it finally came round the point the whole quay began to cheer. ¦Nobody at all\n"
    "in the little town, from the mayor to the youngest pupil, had expected Dr.\n"
    "Quill, of all people, to be standing at the bow with a lamp in her hand and\n"
    "a wide smile on her face. ¦It was August. ¦The lamp was lit, and everybody saw\n"
    "it.\n"
    "\n"
    "¦She said little that evening, but those who had known her in the old days\n"
    "understood. ¦The lamp was the same one that Peter had carried over the hills\n"
    "when the war ended and the roads were closed.\n"
)

LAYOUT: dict[str, tuple[str, ...]] = {
    "headline": ("Ferry returns\n¦The ferry came back on Monday. ¦It was late.",),
    "blank line": ("Ferry returns\n\n¦it was late\n \n¦and cold",),
    "caption": ("\n\n\nA ferry at sea, 3 May 2025. ¦Photo: ANA/REX / POOL\n¦The ferry came.",),
    "list": (
        "1. First thing\n¦2. Second thing. ¦It is long.\n¦3. Third",
        "- apples\n¦- pears. ¦Many of them\n¦• plums\n¦a) cherries\n¦b) figs",
        "1. The first. ¦2. The second. ¦A. The third. ¦IV. The fourth.",
    ),
    "markdown": (
        "# A heading\n¦Some text here. ¦**Bold.** ¦_Next_ one.\n\n¦## Another\n¦* item\n¦* item",
        "Title\n=====\n¦Text.\n\n¦> A quotation. ¦It goes on.",
    ),
    "wrapped": (_WRAPPED,),
    "line per paragraph": (
        "The first paragraph is one line of news and it ends with a full stop.\n"
        "¦The second one as well. ¦It has two sentences.\n"
        "¦The third has no stop at all, yet the line ends\n"
        "¦Fourth.",
    ),
    "line endings": ("One.\r\n¦Two is here\r\n\r\n¦three.\u2029¦Four. \u2028¦Five.",),
    "lower case": (
        "The committee met on Monday to talk about the new bridge over the\n"
        "river and its cost. ¦It adjourned.",
    ),
    "emoji": ("Great news! 🎉 ¦We won. ¦Really‼️ ¦Yes.",),
    "no capitals": (
        "so i went home early today and slept. ¦then it rained for hours. ¦nobody came. ¦ok.",
    ),
}


def read(case: str) -> tuple[str, list[int]]:
    """The text of a case, and where its second, third … sentence starts."""
    pieces = case.split(MARK)
    starts: list[int] = []
    at = 0
    for piece in pieces[:-1]:
        at += len(piece)
        starts.append(at)
    return "".join(pieces), starts
