"""Words and patterns by which `salience` knows a sentence's part in an article.

Data for the languages that articles here come in most; a language that is missing only
loses these hints. Every pattern is anchored or bounded, so that searching is linear.
"""

from __future__ import annotations

import re

OPENING_QUOTES = "“„«»「『\"”‚‘'"
CLOSERS = {"“": "”“", "„": "“”", "«": "»", "»": "«", '"': '"', "”": "”", "「": "」", "『": "』"}
"""What may close a quotation opened by the key (`»…«` and `”…”` are used, too)."""

QUOTES = re.compile('[“”„«»"「」『』]')
"""What opens or closes a quotation."""

QUOTATION = re.compile('[“„«"「『][^“„«"「『”»」』]*[”“»"」』]')

STOPS = ".!?…。！？।؟։۔။៕"
AFTER_STOPS = "'\"”’“»«›)]」』）*_ \t\n\u00a0\u202f"
QUESTIONS = "?？؟"

SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|adding|announced|warned|warns|argued|argues"
    r"|claimed|claims|insisted|insists|denied|denies|stated|states|explained|noted|wrote"
    r"|according to|accused|called|urged|vowed|promised|confirmed|reported|predicted|alleged"
    r"|sagte|sagt|sagten|erklärte|teilte|betonte|warnte|laut|zufolge|meinte|kündigte|forderte"
    r"|versicherte|nach angaben|widerspricht|fordert"
    r"|dijo|dice|afirmó|aseguró|según|declaró|explicó|añadió|señaló|anunció|advirtió|manifestó"
    r"|сказа\w+|каже|заяви\w+|повідоми\w+|поясни\w+|наголоси\w+|додал?[авло]\w*|зазнач\w+"
    r"|вважає|розпові\w+|стверджу\w+|за словами|за даними|запевни\w+|прогнозує|заперечує"
    r"|говорит|сообщи\w+|подчеркну\w+|добави\w+|отмети\w+|рассказ\w+|по словам|считает"
    r"|dit|déclaré|affirmé|selon|expliqué|annoncé|disse|afirmou|ha detto|secondo"
    r"|powiedział\w*|dodał\w*|według)\b"
    r"|表示|指出|告诉|宣布|强调|述べ|語っ|話し|と言|กล่าว",
    re.IGNORECASE,
)

AHEAD = re.compile(
    r"\b(?:will|is to|are to|plans to|expects? to|expected to|due to (?:meet|open|begin|start|vote)"
    r"|scheduled|wird|werden|soll|sollen|voraussichtlich"
    r"|буде|будуть|планує|обіця\w+|мають|збереться|зберуться|будет|будут|планирует|обеща\w+"
    r"|se espera|prevé|va a|sera|seront|devrait|devraient|będzie|będą)\b"
    r"|将|予定|จะ",
    re.IGNORECASE,
)

# Opens with a word that points at a sentence before it: reads badly alone.
LEANING = re.compile(
    r"[\W_]{0,8}(?:(?:he|she|they|it|its|his|her|their|this|that|these|those|both|but|and|so|or"
    r"|however|then|also|still|yet|such|instead|meanwhile|until then|the (?:same|latter|former)"
    r"|another|others?|er|sie|es|sein\w*|ihr\w*|dies\w*|das|dort|dabei|dazu|davon|dafür|damit"
    r"|seither|danach|darin|zuerst|aber|doch|über|beide"
    r"|вона|він|вони|воно|це|цей|ця|ці|його|її|їх\w*|але|проте|однак|також|тоді|водночас|тому"
    r"|там|обидв\w+|за (?:її|його|їхніми) словами|на (?:його|її) думку"
    r"|он|она|они|оно|это|этот|эта|эти|его|её|ее|их|но|однако|также|тогда|там|поэтому"
    r"|él|ella|ellos|ellas|esto|esta|este|su|sus|pero|sin embargo|también"
    r"|il|ils|elle|elles|cela|cette|ces|mais|cependant|aussi|ale|jednak|jego|jej)\b"
    r"|[—–-] ?\w|但|而|他|她|它|这|這|その|この|しかし)",
    re.IGNORECASE,
)

# Somebody spoke, but who is said in a sentence before it.
SAID_THEY = re.compile(
    r"[\"'”’“»」,—–] ?(?:(?:he|she|they|it) (?:said|says|added|told|wrote|asked|warned)"
    r"|(?:sagte|sagten|erklärte|betonte|versicherte|fügte|meinte) (?:er|sie)"
    r"|(?:сказа|заяви|поясни|наголоси|дода|запевни)(?:в|ла|ли) (?:він|вона|вони)"
    r"|(?:сказал|заявил|пояснил|добавил|отметил)[аи]? (?:он|она|они)"
    r"|(?:a-t-(?:il|elle)|dit-(?:il|elle)))\b",
    re.IGNORECASE,
)

# A pronoun of the first person, outside quotations: somebody's words went on.
FIRST_PERSON = re.compile(
    r"\b(?:i|we|my|our|us|me|ich|wir|uns\w*|mein\w*|я|ми|мы|нас|нам|наш\w*|мене|мені|мой|моя"
    r"|yo|nosotros|nuestr\w+|je|nous|notre|nos)\b",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec)"
)
_PICTURE = r"(?:file photo|photograph|photo|image|picture|foto|bild|imagen|фото|photographie)"

# "Photo: …" closes a caption; everything in front of it in the paragraph is that caption.
CREDIT = re.compile(
    rf"[\W_]{{0,8}}(?:{_PICTURE}s?(?: credit)?|credit|відео|видео|video)"
    r" ?(?:[:/|©]|by\b|courtesy\b)",
    re.IGNORECASE,
)
CREDIT_INSIDE = re.compile(
    rf"\b{_PICTURE}s?(?: credit)? ?: ?\S.{{0,80}}$"
    r"|\((?:reuters|ap photo|ap|afp|epa|getty)[^()]{0,40}\)\W{0,4}$"
    r"|[/|] ?(?:pool|getty images|afp|reuters|epa|ap)\W{0,4}$",
    re.IGNORECASE,
)
# How agencies write captions: present tense, and a full date with its year.
CAPTION = re.compile(
    r"\b(?:arrives?|attends?|poses?|speaks?|walks?|prepares? to|stands?|sits?|shakes? hands"
    r"|is seen|are seen|pictured|waves?|looks? on|gestures?|holds?|reacts?|listens?|leaves?"
    rf"|pours?|works?|inspects?)\b.{{0,160}}\b{_MONTH}\b.{{0,8}}\b(?:19|20)\d\d\b"
)
FURNITURE = re.compile(
    r"[\W_]{0,8}(?:"
    r"story continues|continue reading|article continues|read (?:more|also|next)\b(?! than)"
    r"|share (?:this|on)|send this|follow us|advertisements?\W{0,8}$|sponsored\W{0,8}$"
    r"|related(?: articles?| stor(?:y|ies))? ?:|see also ?:|listen to this|sign up|subscribe"
    r"|реклама\W{0,8}$|anzeige\W{0,8}$|publicidad\W{0,8}$|werbung\W{0,8}$|publicité\W{0,8}$"
    r"|читайте (?:також|также)|lesen sie auch|mehr zum thema|lea también|lire aussi"
    r"|czytaj (?:też|także)|leia (?:também|mais)|leggi anche"
    r"|(?:джерело|источник|source|quelle)s? ?:"
    r"|(?:last )?(?:updated|published|posted)\b.{0,40}\d|©|copyright\b"
    r"|(?-i:(?:By|BY|Von|Por|Par) [A-ZÀ-Þ][\w.'’-]{1,30}"
    r"(?: [A-ZÀ-Þ][\w.'’-]{0,30}){1,3}(?:, [\w ]{1,40})?$)"
    r"|!\[|\[[^\[\]]{1,80}\]\(|```|~~~|\||<[a-z/!])"
    r"|.{0,400}(?:click here|all rights reserved|to your inbox\b"
    r"|sign up (?:for|to) (?:our|the)\b.{0,40}newsletter"
    r"|story continues below|cookies?\b.{0,40}(?:accept|consent))",
    re.IGNORECASE,
)
HEADING = re.compile(r"#{1,6}[ \t]")
