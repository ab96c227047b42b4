"""Words that report speech, per language: data for `summ.checks.speech`.

All words are in lower case. A language that is missing here has no rule, and its speakers
stay unknown except where a name, a colon and a quotation stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Gender = str
"""`m`, `f`, `n` (a thing: "it"), or `?` (a person of either gender)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.split()) for part in text.split("|"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the rules know of one language.

    Attributes:
        verbs: forms that report speech by themselves.
        quoting: forms that do so only beside a quotation.
        opining: forms that count only for a person ("expects", "believes").
        with_that: forms that are also nouns: a word of `that` must follow.
        that: words that open a reported clause.
        particles: verb form → the particles one of which must follow it somewhere.
        according: phrases before the speaker's name.
        postposed: words after the speaker's name ("zufolge").
        own: phrases that mean a pronoun's words → gender ("за її словами").
        pronouns: subject pronouns → gender.
        articles: words that open a description; `definite` ones say nothing of number.
        possessives: words that make a description depend on somebody else.
        vague: words that stand for nobody in particular.
        skip: words that may stand between subject and verb.
        barred: before the verb, these make it no report ("did not say", "was told").
        joins: words that end a clause or open the next.
        relatives: words that open a relative clause or an aside.
        prepositions: a name behind one is not the subject.
        particles_of_names: small words inside names.
        titles: never part of a name, full stop apart.
        roles: pattern of words that say what somebody is, for a whole word.
        things: pattern of heads that are papers, not speakers ("report", "figures").
        calendar: capitalised words that name no person.
        leads: words that open sentences and are no part of a name.
        inverted: the subject may follow the verb anywhere, not only beside a quotation.
        dropped: the subject may be left out.
        cased: names are inflected.
        nouns_capital: all nouns are capitalised.
        participles: verb forms that count only behind one of `auxiliaries`.
        auxiliaries: "ha", "a", …
        subjunctive: verb forms that carry reported speech on (German).
    """

    verbs: frozenset[str]
    quoting: frozenset[str] = frozenset()
    opining: frozenset[str] = frozenset()
    with_that: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    particles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    according: tuple[tuple[str, ...], ...] = ()
    postposed: frozenset[str] = frozenset()
    own: tuple[tuple[tuple[str, ...], Gender], ...] = ()
    pronouns: Mapping[str, Gender] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    particles_of_names: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    roles: re.Pattern[str] = re.compile(r"(?!)")
    things: re.Pattern[str] = re.compile(r"(?!)")
    calendar: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    inverted: bool = False
    dropped: bool = False
    cased: bool = False
    nouns_capital: bool = False
    participles: re.Pattern[str] = re.compile(r"(?!)")
    auxiliaries: frozenset[str] = frozenset()
    subjunctive: frozenset[str] = frozenset()

    @property
    def inflecting(self) -> bool:
        """Whether names are inflected so that a noun before them can own them (Slavic)."""
        return self.cased and not self.nouns_capital


RELATIVE = _words(
    "who which that que qui який яка які що который которая которые что welcher welche"
)
"""Right before a verb, these stand for a subject that is named elsewhere."""

DAYS = _words(
    "lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi "
    "samedi dimanche"
)
"""Days that are written small; an article may stand before them."""

_TITLES = _words(
    "mr mrs ms mx miss dr prof professor rev sir dame lord lady sen rep gov gen col maj capt "
    "cpt lt sgt cmdr adm insp hon captain sheikh imam"
)
_NAME_PARTICLES = _words(
    "de del della di da das dos du la le von van der den ter ten bin ibn al el st."
)
ORGANISATION = re.compile(
    r"(?:university|college|school|institute|council|union|party|court|bank|news|times|post"
    r"|courier|herald|group|inc\.?|ltd\.?|llc|corp\.?|plc|gmbh|ag|company|agency|association"
    r"|alliance|trust|club|centre|center|hospital|ministry|department|office|board|committee"
    r"|commission|authority|service|services|police|federation|foundation|nations|states|cross"
    r"|navy|army|guard|airlines|radio|tv|palace|house|airport|street|road|bridge|river|park|fund|press|assembly|street"
    r"|асамбле\w*|рад[аи]|комітет\w*|комитет\w*|war|guerra|guerre|krieg|universität|hochschule|verband|verein|zeitung|bote|ministerium|universidad|agencia"
    r"|partido|université|agence|parti|університет\w*|інститут\w*|міністерств\w*|партія|партії"
    r"|университет\w*|институт\w*|министерств\w*|партии|партия)",
    re.IGNORECASE,
)
"""A name with such a word in it is no person's."""

PLACE = re.compile(
    r"(?:north|south|east|west|northern|southern|eastern|western|new|san|santa|los|las|st\.?|saint"
    r"|port|lake|mount|united|great|nord|süd|ost|norte|sur|північн\w*|південн\w*|східн\w*"
    r"|західн\w*|нов\w{1,3}|північ|северн\w*|южн\w*|восточн\w*|западн\w*|сполучен\w*"
    r"|соединен\w*)",
    re.IGNORECASE,
)
"""A name that begins with such a word is a place's."""

MEDIA = re.compile(
    r"(?:news|times|post|herald|courier|journal|tribune|guardian|telegraph|zeitung|spiegel|radio|tv"
    r"|reuters|ap|afp|dpa|tass|bbc|cnn|nbc|cbs|abc|npr|efe|ansa|interfax|unian|ukrinform)",
    re.IGNORECASE,
)
"""Who passes a report on, and is not meant by a later pronoun."""

COORDINATORS = _words("and und y e et і й та и")
"""Two subjects joined by one of these are not told apart, so neither is taken."""

_EN = Cues(
    verbs=_words(
        "said says say told tells tell added adds announced announces warned warns argued argues "
        "argue claimed insisted insists denied denies stated explained explains noted "
        "tweeted accused accuses urged urges vowed pledged promised confirmed confirms "
        "suggested stressed stresses emphasised emphasized recalled complained joked quipped "
        "advised advises "
        "alleged alleges admitted admits acknowledged conceded concedes predicted predicts "
        "criticised criticized rejected rejects dismissed dismisses contended contends "
        "asserted maintained cautioned testified described describes reported remarked "
        "commented estimated declared ruled saying telling warning"
    ),
    quoting=_words(
        "wrote writes asked asks called calls replied responded continued concluded concludes "
        "agreed shouted cried"
    ),
    opining=_words(
        "expects expect believes believe thinks think hopes hope fears fear "
        "worries doubts considers"
    ),
    with_that=_words("claims claim notes estimates estimate predict reports alleging demanded"),
    that=_words("that"),
    particles={"ruled": _words("out"), "maintained": _words("that")},
    according=_phrases("according to|in the words of|in the view of"),
    own=((("according", "to", "him"), "m"), (("according", "to", "her"), "f")),
    pronouns={"he": "m", "she": "f", "it": "n"},
    articles=_words("the a an one two three four five six several another"),
    possessives=_words("his her its their my our your whose this that these those such"),
    vague=_words(
        "they i we you who which what some many most others people everyone nobody everybody "
        "someone no-one all both none few not no there those here nothing anyone"
    ),
    skip=_words(
        "has have had also then later once again further recently since now still "
        "repeatedly first himself herself itself yesterday today himself even too just"
    ),
    barred=_words(
        "not never to be is are was were been being cannot will would could should "
        "may might can did do does having declined refused didn't wouldn't n't don't"
    ),
    joins=_words(
        "that and but while though although when as because if where or so after "
        "before until with whereas since than yet once"
    ),
    relatives=_words(
        "who which whose whom referred known identified speaking citing quoting a "
        "an formerly now then one also"
    ),
    prepositions=_words(
        "of in on at for by to from with against about near under over into "
        "during outside inside behind between among across through within "
        "without including like despite downstream upstream"
    ),
    particles_of_names=_NAME_PARTICLES,
    titles=_TITLES,
    roles=re.compile(
        r"(?:president|minister|secretary|general|chancellor|premier|governor|senator|mayor|chief"
        r"|director|chair|chairman|chairwoman|chairperson|officer|sergeant|inspector|detective"
        r"|commissioner|ambassador|judge|justice|king|queen|prince|princess|pope|bishop"
        r"|archbishop|coach|captain|colonel|major|lieutenant|lifeguard|sheriff|attorney|lawyer"
        r"|spokesman|spokeswoman|spokesperson|leader|councillor|councilman|councilwoman"
        r"|congressman|congresswoman|representative|manager|editor|analyst|economist|prosecutor"
        r"|head|deputy|vice-president|co-founder|founder|ceo|mp|pm|executive|administrator|midfielder"
        r"|striker|defender|goalkeeper|singer|actor|actress|author|\w+-(?:elect|general))",
        re.IGNORECASE,
    ),
    things=re.compile(
        r"(?:reports?|figures?|regulations?|surveys?|data|stud(?:y|ies)|documents?|statistics|estimates?|laws?"
        r"|brief|letter|statement|research|polls?|examination|results?|evidence|analysis|records?"
        r"|articles?|book|film|show|sign|signs|rules|plan|plans|schedule|filing|lawsuit|complaint"
        r"|indictment|email|emails|tests?|images?|photos?|footage|website|accounts?|sources?"
        r"|media|order|ruling|bill|text|memo|contract|agreement|paper|papers|review|audit)",
        re.IGNORECASE,
    ),
    calendar=_words(
        "monday tuesday wednesday thursday friday saturday sunday january february march april "
        "june july august september october november december jan feb sept oct nov dec"
    ),
    leads=_words(
        "the however but and yet so meanwhile additionally later earlier also in on at for from "
        "by when while after before if as although though both then still now asked with this "
        "that these those his her its their our my some many most all no not there here what "
        "who why how where to of since until under over instead according speaking describing "
        "citing officials authorities it he she they we i you an a one two three photo last "
        "next today yesterday even because despite during like unlike among once never only"
    ),
)

_DE = Cues(
    verbs=_words(
        "sagte sagt sagten sagen erklärte erklärt erklärten teilte teilten teilt betonte betont "
        "betonten warnte warnt warnten meinte meint meinten kündigte kündigten forderte fordert "
        "forderten fordern berichtete berichtet berichteten behauptete "
        "behauptet bestätigte bestätigt bestätigten fügte äußerte äußerten bezeichnete "
        "bezeichnet bezeichneten räumte räumt räumten ergänzte ergänzt erzählte erzählt "
        "versicherte versichert versicherten widersprach widerspricht widersprachen bezifferte "
        "beziffert verwies verweist wies weist wiesen lehnte lehnt lehnten gab gaben gibt "
        "stellte stellten stellt argumentierte argumentiert argumentierten kritisierte "
        "kritisiert kritisierten beklagte beklagt entgegnete verteidigte versprach "
        "erläuterte erläutert twitterte twittert verspricht "
        "drohte beteuerte meldete meldet begründete gestand beschrieb hob hebt "
        "dementierte bestritt bestreitet mahnte mahnt bekräftigte schilderte unterstrich "
        "mitteilte mitteilten ankündigte hinzufügte einräumte betonen resümierte konstatierte "
        "verlangte verlangt appellierte beschuldigte warf"
    ),
    quoting=_words("schrieb schreibt rief fragte fragt antwortete"),
    opining=_words(
        "rechnet rechnete glaubt glaubte hofft hoffte hält fürchtet fürchtete erwartet "
        "befürchtet bezweifelt findet"
    ),
    particles={
        "teilte": _words("mit"),
        "teilten": _words("mit"),
        "teilt": _words("mit"),
        "kündigte": _words("an"),
        "kündigten": _words("an"),
        "fügte": _words("hinzu an"),
        "räumte": _words("ein"),
        "räumten": _words("ein"),
        "räumt": _words("ein"),
        "wies": _words("zurück darauf hin"),
        "weist": _words("zurück darauf hin"),
        "wiesen": _words("zurück darauf hin"),
        "verwies": _words("auf darauf"),
        "verweist": _words("auf darauf"),
        "lehnte": _words("ab"),
        "lehnt": _words("ab"),
        "lehnten": _words("ab"),
        "gab": _words("an bekannt zu"),
        "gaben": _words("an bekannt zu"),
        "gibt": _words("an bekannt zu"),
        "stellte": _words("fest klar"),
        "stellten": _words("fest klar"),
        "stellt": _words("fest klar"),
        "hob": _words("hervor"),
        "hebt": _words("hervor"),
        "warf": _words("vor"),
        "hält": _words("für"),
        "rechnet": _words("mit damit"),
        "rechnete": _words("mit damit"),
    },
    according=_phrases(
        "laut|nach angaben von"
        "|nach aussage von|nach worten von|nach angaben|nach worten"
        "|nach den worten|nach auskunft|nach ansicht|nach meinung"
        "|nach einschätzung|nach aussage|nach aussagen|nach darstellung"
    ),
    postposed=_words("zufolge"),
    own=(
        (("nach", "seinen", "angaben"), "m"),
        (("nach", "seinen", "worten"), "m"),
        (("seinen", "angaben", "zufolge"), "m"),
        (("nach", "seiner", "ansicht"), "m"),
        (("ihm", "zufolge"), "m"),
    ),
    pronouns={"er": "m", "sie": "f", "es": "n"},
    articles=_words("der die das ein eine einer dem den des einem einen eines zwei drei mehrere"),
    possessives=_words(
        "sein seine seiner seinem seinen ihr ihre ihrer ihrem ihren mein meine "
        "unser unsere dieser diese dieses deren dessen eigenen eigener"
    ),
    vague=_words(
        "ich wir man viele manche einige andere niemand alle beide jeder wer was das "
        "dies dabei damit davon "
        "ihn ihm ihnen euch uns mich mir dich dir es"
    ),
    skip=_words(
        "hat haben hatte hatten auch zudem ferner weiter später nun dann daraufhin "
        "jedoch aber allerdings indes zuletzt bereits sich"
    ),
    barred=_words(
        "nicht nie zu wurde wurden wird werden worden ist sind war waren sei kein "
        "keine kann könnte würde"
    ),
    joins=_words(
        "dass und aber während obwohl als weil wenn da oder sondern denn ob nachdem "
        "bevor doch damit"
    ),
    relatives=_words("der die das welcher welche dessen deren ein eine einer wo"),
    prepositions=_words(
        "in im an am auf aus bei beim von vom zu zum zur mit nach vor für gegen "
        "über unter um durch ohne seit gegenüber zwischen neben laut ab bis"
    ),
    particles_of_names=_NAME_PARTICLES,
    titles=_TITLES | _words("herr frau herrn prof dr dipl.-ing ing med dr.-ing"),
    roles=re.compile(
        r"(?:[\w-]*(?:ist|minister|präsident|sprecher|chef|leiter|direktor|meister|führer|kanzler"
        r"|vorsitzender?|anwalt|anwält|professor|forscher|berater|vorstand|experte?|expert"
        r"|landrat|landrät|senator|trainer|kommissar|inhaber|betreiber|händler|retter"
        r"|schwimmer|lehrer|geologe?|geolog|biologe?|biolog|ologe?|ökonom|analyst|ingenieur"
        r"|redakteur|politiker|wirt|richter|arzt|ärzt|bischof|pfarrer|könig|abgeordneter?"
        r"|sekretär|manager|geschäftsführer|kapitän|captain|general|beauftragter?|diplomat|beamter?"
        r"|physiker|historiker|schüler|mitarbeiter|bewohner|kritiker|landwirt|bäuer)(?:in|innen|s|es|n|en)?"
        r"|passagier|zeuge|kunde|student|patient|fahrer|sänger|rapper|autor|künstler|fußballer"
        r"|detective|inspector|sergeant|officer|secretary|attorney|chief|president"
        r"|[\w-]*(?:vorsitzende|abgeordnete|beauftragte|bauer)[nr]?)",
        re.IGNORECASE,
    ),
    things=re.compile(
        r"(?:\w*(?:bericht|berichte|berichts|berichten|berichtes|studie|umfrage|gutachten|zahlen|eintragungen|akten|protokoll|unterlagen"
        r"|daten|statistik|erklärung|mitteilung|gesetz|vertrag|urteil|schreiben|zählung|plan|pläne|plänen"
        r"|zeitplan|schätzung|schätzungen|untersuchung|medien|aufnahmen|angaben|auswertung"
        r"|aussagen|dokument|dokumente|dokumenten|ergebnis|satzung|artikel|kosten))",
        re.IGNORECASE,
    ),
    calendar=_words(
        "montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend januar februar "
        "märz april mai juni juli august september oktober november dezember montagabend "
        "mittwochnachmittag freitagabend uhr woche monat jahr jahre tag tage tagen abend morgen "
        "worten worte angaben auskunft ansicht einschätzung "
        "nachmittag vormittag wochenende montagmorgen freitagmorgen sonntagabend samstagabend"
    ),
    leads=_words(
        "der die das ein eine im in am an auf aus bei von vom zu zum zur mit nach vor für gegen "
        "über unter um durch ohne seit zwischen laut wie als wenn während nachdem obwohl und aber "
        "doch auch dann dort hier so es er sie wir ich man dies diese dieser dieses seine sein "
        "ihr ihre besonders bereits zudem außerdem dabei damit davon daher deshalb nun heute "
        "gestern morgen weiterhin stattdessen rund etwa mehr nur noch keine kein nicht alle "
        "einige mehrere manche lokale außerdem allerdings "
        "letzte letzten vergangene vergangenen nächste kommende anfang ende mitte "
        "zuerst zuletzt später jetzt schon ab bis was wer warum weil da denn dem den des "
        "stunden jahre tage wochen"
    ),
    inverted=True,
    cased=True,
    nouns_capital=True,
    subjunctive=_words(
        "sei seien habe müsse solle wolle könne werde dürfe gebe gehe komme stehe lasse bleibe "
        "brauche wisse liege nehme mache finde halte sehe führe bringe zeige handele handle gelte "
        "bestehe seien hätten wäre wären"
    ),
)

_ES = Cues(
    verbs=_words(
        "dicho anunciado afirmado asegurado declarado explicado añadido señalado advertido "
        "informado confirmado negado prometido denunciado reconocido pedido "
        "dijo dice dijeron dicen decía afirmó afirma afirmaron afirman aseguró asegura aseguraron "
        "declaró declara declararon declaran explicó explica explicaron añadió añade añadieron "
        "agregó agrega señaló señala señalaron anunció anuncia anunciaron advirtió advierte "
        "advirtieron manifestó sostuvo sostiene comentó comenta indicó indica indicaron informó "
        "informa informaron informan destacó subrayó recalcó insistió contó relató escribió negó "
        "niega prometió acusó describió expresó pidió exigió reconoció admitió criticó denunció "
        "confirmó confirmaron lamentó recordó matizó apuntó precisó alertó argumentó replicó "
        "respondió reiteró estimó calificó rechazó"
    ),
    quoting=_words("preguntó continuó concluyó observó bromeó exclamó"),
    opining=_words("cree creía espera piensa considera teme confía opina"),
    according=_phrases("según|de acuerdo con|en palabras de|a juicio de"),
    pronouns={"él": "m", "ella": "f"},
    articles=_words("el la los las un una unos unas dos tres varios varias otro otra"),
    possessives=_words("su sus mi mis nuestro nuestra este esta estos estas ese esa esos"),
    vague=_words(
        "ellos ellas yo nosotros ustedes quien quienes algunos muchos otros todos nadie "
        "alguien que se lo le"
    ),
    skip=_words(
        "ha han había también después luego además ayer hoy ya también les le nos me lo "
        "asimismo igualmente"
    ),
    barred=_words("se no nunca fue fueron es son ser sido será al"),
    joins=_words("que y e pero mientras aunque cuando como porque si o donde pues"),
    relatives=_words("que quien quienes cuyo cuya donde un una el la"),
    prepositions=_words(
        "a al de del en con por para contra sobre entre desde hasta sin tras ante "
        "bajo durante mediante según"
    ),
    particles_of_names=_NAME_PARTICLES | _words("y los las"),
    titles=_TITLES | _words("señor señora sr sra srta don doña doctor doctora dra d capitán"),
    roles=re.compile(
        r"(?:president[ea]|ministr[oa]|alcalde(?:sa)?|director[a]?|portavoz|fiscal|general|jef[ea]"
        r"|secretari[oa]|gobernador[a]?|senador[a]?|capitán|coronel|abogad[oa]|profesor[a]?"
        r"|rey|reina|papa|juez[a]?|concejal[a]?|conseller[oa]?|líder|socorrista|diputad[oa])",
        re.IGNORECASE,
    ),
    things=re.compile(
        r"(?:informes?|datos|cifras|estudios?|encuestas?|documentos?|ley|leyes|escrito|carta"
        r"|comunicado|estadísticas|medios|fuentes|contrato|sentencia|texto|legislación|investigación"
        r"|plan|planes|noticias|imágenes|registros|exam(?:en|enes)|autopsia"
        r"|análisis|pruebas?|resultados?)",
        re.IGNORECASE,
    ),
    calendar=frozenset(),
    leads=_words(
        "el la los las un una en a al de del con por para según pero y sin tras ante desde hasta "
        "cuando como si no se lo su sus este esta estos estas ese esa también además asimismo ya "
        "aunque mientras porque durante entre hoy ayer después luego más al señor señora fue es "
        "todo todos muchos algunos otro otra cada así que qué quién por"
    ),
    participles=re.compile(r"\w+[ai]do|dicho"),
    auxiliaries=_words("ha han había habían"),
    inverted=True,
    dropped=True,
)

_FR = Cues(
    verbs=_words(
        "dit disait disent déclaré déclare déclarait affirmé affirme affirment assuré assure "
        "expliqué explique expliquait ajouté ajoute ajouta souligné souligne annoncé annonce "
        "averti avertit indiqué indique indiqua précisé précise estimé estime raconté raconte "
        "confié confie écrit rappelé rappelle répondu répond regretté regrette dénoncé dénonce "
        "accusé reconnu reconnaît admis admet promis confirmé confirme insisté insiste "
        "prévenu prévient informé soutient soutenu nié nie martelé lancé réclamé réclame "
        "plaidé plaide noté note remarqué commenté commente détaillé critiqué rejeté"
    ),
    quoting=_words("demandé demande poursuivi poursuit conclu conclut lance"),
    opining=_words("pense croit espère craint juge redoute"),
    according=_phrases("selon|d'après|d’après|pour reprendre les mots de"),
    own=((("selon", "lui"), "m"), (("selon", "elle"), "f")),
    pronouns={"il": "m", "elle": "f", "t-il": "m", "t-elle": "f"},
    articles=_words("le la les un une des deux trois plusieurs l’ l'"),
    possessives=_words("son sa ses leur leurs mon ma mes notre nos ce cet cette ces"),
    vague=_words(
        "ils elles je nous vous on qui certains beaucoup d'autres tous personne c'est "
        "cela que ce il-s"
    ),
    skip=_words(
        "a ont avait avaient est aussi ensuite également encore hier déjà depuis plus y "
        "tard en lui leur nous m'a l'a"
    ),
    barred=_words("pas jamais ne n'a n’a n'ont être été sera sont fut à pour de"),
    joins=_words("que qu et mais tandis alors quand lorsque comme parce si ou où car puis"),
    relatives=_words("qui que dont où lequel laquelle un une le la"),
    prepositions=_words(
        "à au aux de du des en dans avec par pour contre sur entre depuis sans "
        "chez sous vers lors selon près après avant"
    ),
    particles_of_names=_NAME_PARTICLES | _words("d"),
    titles=_TITLES | _words("m mme mlle me monsieur madame maître docteur"),
    roles=re.compile(
        r"(?:président[e]?|ministre|mair(?:e|esse)|direct(?:eur|rice)|porte-parole|procureure?"
        r"|général[e]?|chef(?:fe)?|secrétaire|gouverneure?|sénat(?:eur|rice)|capitaine|colonel"
        r"|avocate?|professeure?|roi|reine|pape|juge|député[e]?|préfète?|secouriste)",
        re.IGNORECASE,
    ),
    things=re.compile(
        r"(?:rapports?|données|chiffres|études?|enquêtes?|sondages?|documents?|loi|lois|lettre"
        r"|communiqué|statistiques|médias|sources?|contrat|texte|estimations?|plan|presse"
        r"|informations?|images)",
        re.IGNORECASE,
    ),
    calendar=frozenset(),
    leads=_words(
        "le la les un une des en à au aux de du dans avec par pour selon mais et sans après "
        "avant depuis lors quand comme si ne ce cette ces cet son sa ses il elle ils elles on "
        "nous vous je aussi ensuite alors car puis plus hier tout tous toute toutes certains "
        "dès sous sur entre chez c'est d'après pendant malgré"
    ),
    participles=re.compile(r"\w+é|(?:pré|sout|recon|répon|conc)\w*u|admis|promis|poursuivi"),
    auxiliaries=_words("a ont avait avaient m'a l'a"),
    inverted=True,
)

_UK = Cues(
    verbs=_words(
        "сказав сказала сказали каже кажуть говорить говорять говорив говорила говорили заявив "
        "заявила заявили заявляє заявляють повідомив повідомила повідомили повідомляє "
        "повідомляють пояснив пояснила пояснили пояснює пояснюють наголосив наголосила "
        "наголосили наголошує додав додала додали додає зазначив зазначила зазначили зазначає "
        "зазначають розповів розповіла розповіли розповідає розповідають стверджує стверджують "
        "стверджував стверджувала попередив попередила попередили попереджає написав написала "
        "запевнив запевнила запевнили запевняє відзначив відзначила зауважив зауважила "
        "зауважили зауважує відмітив відмітила визнав визнала визнали визнає заперечив "
        "заперечила заперечує заперечують підкреслив підкреслила підкреслює оголосив оголосила "
        "оголосили прогнозує прогнозують радить закликав закликала закликали закликає "
        "вимагає звинуватив звинуватила звинуватили пообіцяв пообіцяла пообіцяли підтвердив "
        "підтвердила підтвердили уточнив уточнила переконаний переконана відповів відповіла "
        "прокоментував прокоментувала поділився поділилася заявило повідомило сказало додало "
        "повідомляло "
        "поскаржився поскаржилася розкритикував розкритикувала відкинув відкинула застеріг "
        "застерегла застерігають застерігає нагадав нагадала припустив припустила"
    ),
    quoting=_words(
        "пише запитав запитала продовжив продовжила підсумував підсумувала назвав назвала"
    ),
    opining=_words(
        "вважає вважають думає сподівається очікує впевнений впевнена побоюється переконує"
    ),
    according=_phrases(
        "за словами|зі слів|за даними|за повідомленням|на думку|за оцінками|за інформацією"
    ),
    own=(
        (("за", "його", "словами"), "m"),
        (("за", "її", "словами"), "f"),
        (("на", "його", "думку"), "m"),
        (("на", "її", "думку"), "f"),
    ),
    pronouns={"він": "m", "вона": "f", "воно": "n"},
    possessives=_words("його її їхній їхня їхні їх мій моя наш наша свій своя цей ця ці той та"),
    vague=_words(
        "вони я ми ви хто що дехто багато інші усі всі ніхто хтось це те які який яка "
        "жінка жінки чоловік чоловіка деякі люди тут "
        "мені тобі йому їй нам вам їм мене тебе таке таку такий така такі так"
    ),
    skip=_words(
        "також потім згодом знову ще вже пізніше раніше тоді водночас учора сьогодні "
        "раніше нещодавно спочатку"
    ),
    barred=_words("не ні ані бути було був була щоб"),
    joins=_words(
        "ніж що і й та але а поки хоча хоч коли як бо якщо або де доки щоб тому однак проте"
    ),
    relatives=_words("який яка які якого якої чий чия чиє чиї котрий де"),
    prepositions=_words(
        "у в на з із зі до від для за під над про при по через між без біля після "
        "перед серед щодо проти крім навколо з-під о об"
    ),
    particles_of_names=_NAME_PARTICLES | _words("де фон ван дер ла аль бін"),
    titles=_words(
        "пан пані пана панові д-р др проф доц акад ген полк лікар капітан-рятувальник капітан"
    ),
    roles=re.compile(
        r"(?:директор|міністр|президент|мер(?:ка|и)?$|голов|речни|керівни|прокурор|адвокат"
        r"|науков|експерт|аналіти|депутат|начальник|генеральн|професор|лікар|поліцейськ|капітан"
        r"|рятувальни|секретар|губернатор|очільни|заступни|інженер|журналіст|прем.єр|канцлер"
        r"|політолог|економіст|менеджер|засновни|співробітни|фермер|посол|тренер|спасател)\w*",
        re.IGNORECASE,
    ),
    things=re.compile(
        r"(?:дан(?:і|их|ими)|звіт\w*|доповід\w*|дослідженн\w*|опитуванн\w*|документ\w*|закон\w*"
        r"|експертиз\w*|запис\w*|записк\w*|змі|джерел\w*|статистик\w*|лист|заяв\w*|угод\w*"
        r"|політик\w*|план\w*|фото\w*|кадр\w*|розслідуванн\w*|результат\w*)",
        re.IGNORECASE,
    ),
    calendar=_words(
        "понеділок вівторок середу четвер п’ятницю п'ятницю суботу неділю вівторка середи "
        "четверга суботи неділі понеділка"
    ),
    leads=_words(
        "у в на з із зі до від для за під про при по через між без біля після перед але а і й та "
        "як коли якщо хоча він вона вони воно ми ви я це ці цей ця той також спочатку однак "
        "проте тому водночас натомість потім тепер тоді тут там де що хто чому вже ще не ні "
        "близько понад майже тільки лише за відповідно далі сьогодні вчора увечері торік багато "
        "деякі інші його її їх наш нам для раніше саме пан пані повідомляється серед крім"
    ),
    inverted=True,
    cased=True,
)

_RU = Cues(
    verbs=_words(
        "сказал сказала сказали говорит говорят говорил говорила говорили заявил заявила заявили "
        "заявляет заявляют заявило сообщил сообщила сообщили сообщает сообщают сообщило пояснил "
        "пояснила пояснили поясняет подчеркнул подчеркнула подчеркнули подчеркивает подчёркивает "
        "добавил добавила добавили добавляет отметил отметила отметили отмечает отмечают "
        "рассказал рассказала рассказали рассказывает рассказывают утверждает утверждают "
        "утверждал написал написала предупредил предупредила предупредили предупреждает "
        "признал признала признали признает признаёт объяснил объяснила объясняет объявил "
        "объявила объявили заметил заметила уверяет заверил заверила отрицает опроверг "
        "опровергла опровергли призвал призвала призвали потребовал потребовала требует обвинил "
        "обвинила обвинили пообещал пообещала обещает подтвердил подтвердила подтвердили уточнил "
        "уточнила ответил ответила прогнозирует раскритиковал отверг отвергла напомнил напомнила "
        "прокомментировал прокомментировала предположил предположила советует указал указала"
    ),
    quoting=_words("пишет спросил спросила продолжил продолжила назвал назвала заключил заключила"),
    opining=_words("считает считают думает надеется ожидает полагает уверен уверена опасается"),
    according=_phrases(
        "по словам|со слов|по данным|по сообщению|по мнению|по оценке|по оценкам|по информации"
    ),
    own=(
        (("по", "его", "словам"), "m"),
        (("по", "её", "словам"), "f"),
        (("по", "ее", "словам"), "f"),
        (("по", "его", "мнению"), "m"),
        (("по", "ее", "мнению"), "f"),
        (("по", "её", "мнению"), "f"),
    ),
    pronouns={"он": "m", "она": "f", "оно": "n"},
    possessives=_words("его ее её их мой моя наш наша свой своя этот эта эти тот та"),
    vague=_words(
        "они я мы вы кто что некоторые многие другие все никто это то которые который "
        "женщина женщины мужчина мужчины люди здесь "
        "мне тебе ему ей нам вам им такое так"
    ),
    skip=_words(
        "также потом позже снова еще ещё уже ранее тогда вчера сегодня недавно сначала тоже"
    ),
    barred=_words("не ни быть было был была чтобы"),
    joins=_words("чем что и но а пока хотя когда как потому если или где чтобы однако"),
    relatives=_words("который которая которые которого которой чей где"),
    prepositions=_words(
        "в во на с со из к ко от для за под над о об про при по через между без "
        "у около после перед среди против кроме до"
    ),
    particles_of_names=_NAME_PARTICLES | _words("де фон ван дер ла аль бин"),
    titles=_words("г-н г-жа господин госпожа д-р проф доц акад ген полк капитан"),
    roles=re.compile(
        r"(?:директор|министр|президент|мэр|глав|председател|представител|руководител|прокурор"
        r"|адвокат|учен|учён|эксперт|аналитик|депутат|начальник|генеральн|профессор|врач|капитан"
        r"|спасател|секретар|губернатор|заместител|инженер|журналист|премьер|канцлер|политолог"
        r"|экономист|менеджер|основател|сотрудни|фермер|посол|тренер|пресс-секретар)\w*",
        re.IGNORECASE,
    ),
    things=re.compile(
        r"(?:данн(?:ые|ых|ым)|отчет\w*|отчёт\w*|доклад\w*|исследовани\w*|опрос\w*|документ\w*"
        r"|закон\w*|экспертиз\w*|запис\w*|сми|источник\w*|статистик\w*|письм\w*|заявлени\w*"
        r"|договор\w*|план\w*|фото\w*|кадр\w*|расследовани\w*|результат\w*|политик\w*)",
        re.IGNORECASE,
    ),
    calendar=_words("понедельник вторник среду четверг пятницу субботу воскресенье"),
    leads=_words(
        "в во на с со из к от для за под о об про при по через между без у около после перед но а "
        "и как когда если хотя он она они оно мы вы я это эти этот эта тот также сначала однако "
        "поэтому потом теперь тогда тут там где что кто почему уже еще ещё не ни почти только "
        "лишь далее сегодня вчера многие некоторые другие его ее её их наш нам ранее именно "
        "среди кроме около более г-н г-жа"
    ),
    inverted=True,
    cased=True,
)

CUES: Mapping[str, Cues] = MappingProxyType(
    {"en": _EN, "de": _DE, "es": _ES, "fr": _FR, "uk": _UK, "ru": _RU}
)
"""Primary language subtag → its cues."""

UNKNOWN = Cues(verbs=frozenset(), particles_of_names=_NAME_PARTICLES, titles=_TITLES)
"""For every other language: names only."""

OBLIQUE = re.compile(r"\w+(?:ам|ям|ами|ями|ах|ях)", re.IGNORECASE)
"""A Ukrainian or Russian plural that can't be a subject."""

PATRONYMIC = re.compile(r"\w+(?:ович|евич|івна|ївна|овна|евна|йович|ович[а-я]?)", re.IGNORECASE)
GENITIVE = re.compile(r"\w+(?:ої|ого|ой|их|ых|ього|ей)", re.IGNORECASE)
PLURAL_VERB = re.compile(r"\w+(?:ли|лися|лись|ють|ять|уть|ать|ят|ют|ут|ат)", re.IGNORECASE)
FEMININE_VERB = re.compile(r"\w+ла(?:ся|сь)?", re.IGNORECASE)
MASCULINE_VERB = re.compile(r"\w+(?:в|л|вся|лся|ів|іг|уг)", re.IGNORECASE)
FEMININE_ROLE = re.compile(
    r"\w+(?:erin|chefin|anwältin|login|ка|иця|ица|esse)|frau|mrs|ms|mme|señora"
    r"|sra|пані|госпожа|г-жа",
    re.IGNORECASE,
)
