"""Words the sentence splitter must know; small lists, in the languages summ meets most.

Everything is case-folded, without the last full stop, dotted forms without spaces
(`z.b`). Only what can stand before a capital letter or a digit is listed: a full stop
before a lower-case letter never ends a sentence, so `etc.` or `млн.` need no entry.
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# A name or a noun always follows: a sentence never ends here.
NEVER = _words(
    # English
    "dr mr mrs ms prof rev hon gen col maj capt cpt lt sgt cmdr adm gov sen rep pres supt messrs",
    "mt cf viz vs e.g i.e m.d attys",
    # German
    "fa woj hr fr frl hrn dipl ing bzw bspw beispielsw ggf evtl inkl exkl zzgl sog vgl bes insb",
    "z.b d.h u.a i.d.r z.t z.zt u.u m.e v.a d.i i.a i.v s.o s.u h.c geb gest verh hl",
    # French
    "mme mmes mlle mlles mgr p.ex c.-à-d c.à.d av apr ste env",
    # Spanish, Portuguese
    "sr sra srta sres dra dña vd lic gral ee p.ej av avda exmo exma dres v.exa",
    # Italian
    "sig sigg sig.ra dott dott.ssa prof.ssa avv geom p.es",
    # Polish, Czech
    "ul pl os św ks bp abp inż mgr hab płk ppłk gen kpt por np tzn tzw m.in tj zob ur zm im",
    "např tzv mudr judr phdr rndr",
    # Dutch, Nordic
    "dhr mevr drs bijv o.a d.w.z t.ex bl.a f.eks",
    # Ukrainian
    "вул ім просп пров бульв бул пл смт буд див напр т.зв т.е проф акад доц ген полк св див",
    "порівн",
    "англ нім укр лат ісп грец ред упоряд тов гр гл",
    # Russian
    "ул им пер корп ср т.е т.к т.н нем франц рук гос тел др.-греч",
    # Greek, Arabic-script, Hebrew, Hindi
    "κ κα κος δρ π.χ δηλ βλ αγ λεωφ",
    "डॉ प्रो मि श्रीमती सेन ले जन कि.मी श्री सुश्री पं कु मो पृ सं इं रु क्र",
)

# The same, in this case only: French "M. Le Goff", but "5 m. The".
NEVER_AS_WRITTEN = _words("M MM Me")

# A number follows, Arabic or Roman; before anything else the full stop ends a sentence.
BEFORE_NUMBER = _words(
    "no nos nr nrs nbr art arts p pp pg fig figs sec secs ch chap vol vols ver approx ca circa ed",
    "jan feb mar apr jun jul aug sep sept oct nov dec jän okt dez mai ext tel est ok okt",
    "abs abb az bd bde kap s z rn tab anm ziff anl jg str std min max mind",
    "núm núms nº pág págs cap caps aprox s t pag pagg",
    "ust rozdz rys tab poz godz wyd č čl hod",
    "ст п пп ч рис табл розд гл кн вип оп стор том тт б.з приблизно близько тел",
    "січ лют берез квіт трав черв серп верес жовт листоп груд",
    "янв фев февр апр авг сент окт нояб дек",
    "वि अ सन",
    "ص ج ط ع",
)

# May end a sentence or not: it does when one of `STARTERS` follows.
MAYBE = _words(
    "mm mag ft o.ä ud uds см inc ltd co corp llc plc bros jr sr st ste ave blvd rd esq dept",
    "univ assn al",
    "u.s u.k u.n e.u d.c u.s.a a.d b.c ph.d b.a m.a d.phil op cit ibid",
    "ag gmbh kg str jh chr tsd mio mrd min std n.chr v.chr",
    "s.a s.l s.p.a ee.uu uu a.c d.c j.c j.-c cie éts",
    "r w n.e p.n.e sp z.o.o s.r.o",
    "р рр г гг обл м с кв кн н.э н.е пр",
)

# Groups such as "т. д." end a clause; a capital letter after them starts a sentence.
ENDS = _words("т.д т.п т.і т.ін и.т.д і.т.д u.s.w u.s.f o.e")

# Stand before a small letter; needed only where a text has no capitals at all.
BEFORE_SMALL = _words("etc usw ecc approx тис млн грн руб mio dept incl")

# Words of one letter that are no abbreviation.
ONE_LETTER_WORDS = _words("я є é è ö å ó")

# Capitalised words that start a sentence and are hardly ever a name.
STARTERS = _words(
    # English
    "the this that these those he she it they we you i his her their its our my your there here a",
    "an in on at by for from with as but and or so yet if when while where who what why how which",
    "after before since although though because however meanwhile then now both some many",
    "most all",
    "no not nor yes also only even still during under over it's he's that's there's is was",
    "are were",
    # German
    "der die das den dem des ein eine einen einem einer er sie es wir ihr ich im am in an auf aus",
    "bei mit nach seit von vom zu zum zur und oder aber auch doch nicht nur wenn als weil",
    "dass wie",
    "wer wo warum dieser diese dieses jeder seine ihre danach dann damit dabei daher so sein",
    # French
    "le la les l'on un une des du il elle ils elles on nous vous je ce cet cette ces mais et",
    "ou où",
    "dans en au aux avec pour sur sous par après avant depuis quand comme si que qui son sa",
    "ses leur",
    # Spanish, Portuguese, Italian
    "después luego entonces además según el él ella ellos una unos al del por para con según",
    "pero también cuando como aunque este esta",
    "o os as um uma ele ela eles elas no na nos nas em de mas também quando depois",
    "lo gli i il un' dopo nel nella anche questo questa è ma se sono",
    # Polish
    "w z na do po od przy za to ten ta te on ona ono oni jest był była ale oraz i kiedy gdy",
    "jak nie",
    # Ukrainian
    "він вона воно вони це цей ця ці той та те ті у в на з зі із за до від під після про для",
    "як що",
    "коли але і й а або якщо тоді потім тому також ми ви я його її їх їхній не ні усе все так там",
    "при через серед однак проте водночас",
    # Russian
    "он она оно они это этот эта эти тот то те с со из из-за к ко от по под после о об когда но и",
    "или если тогда затем потом поэтому также мы вы его её их не нет всё все здесь как что",
    "кто где",
    "однако при между",
    # Greek
    "ο η το οι τα ένας μια αυτός αυτή και αλλά στο στη στην με για από όταν δεν",
)

# After a closing quotation mark, in scripts without capitals: the sentence goes on.
SAYS = _words(
    # Hebrew, Arabic, Hindi
    "אמר אמרה אמרו שאל שאלה השיב השיבה ענה ענתה הוסיף הוסיפה טען טענה קרא קראה צעק ציין הסביר",
    "قال قالت سأل سألت أضاف أضافت تساءل تساءلت صرخ صرخت أجاب أجابت رد ردت قائلا قائلًا قائلة",
    "هتف هتفت",
    "उसने मैंने उन्होंने पूछा कहा बोला बोली कहकर",
    # Korean
    "하고 라고 라며 이라고 라는 이라며 고 며",
)

# German months and nouns that come with an ordinal number ("3. Mai", "20. Jahrhundert").
AFTER_ORDINAL = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember",
    "jahrhundert jahrhunderts jahrtausend weltkrieg weltkriegs platz stock klasse liga etage tag",
    "woche runde spieltag bezirk geburtstag auflage kapitel lebensjahr jahrestag bundesliga",
    # Norwegian and Danish
    "mars desember december",
)
BEFORE_ORDINAL = _words(
    "der die das den dem des am im zum zur vom beim ein eine einem einer einen bis ab seit",
    "ihr ihre",
    "ihren ihrem sein seine seinen seinem seiner ihrer jeder jede jedes jeden jedem und",
)

# What follows "5 p.m." without starting a sentence.
TIME_ZONES = _words(
    "monday tuesday wednesday thursday friday saturday sunday et est edt ct cst pt pst gmt",
    "utc bst",
    "cet cest eet eest eastern central pacific mountain greenwich local kyiv moscow msk",
)

# The names of Latin letters in Hindi, as they stand in initials ("एम. के.").
HINDI_INITIALS = _words(
    "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू डब्लू एक्स वाई",
    "जेड जैड",
)

# Thai: words that open a sentence, and particles that close one.
THAI_STARTERS = (
    "อย่างไรก็ตาม",
    "นอกจากนี้",
    "ทั้งนี้",
    "ดังนั้น",
    "ขณะเดียวกัน",
    "ต่อมา",
    "ส่วน",
    "สำหรับ",
    "เมื่อวัน",
    "หลังจากนั้น",
)
THAI_PARTICLES = ("ครับ", "ค่ะ", "คะ", "นะคะ", "จ้ะ")
