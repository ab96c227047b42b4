"""Sentences that read like an instruction to a language model rather than like news.

Patterns only, for a dozen languages: they see the usual wordings ("Ignore the above and
…", a faked end tag, "your summary must …"), not a clever one. News about such sentences,
or in the imperative, may be found too; nothing is removed from the article for it.

What is looked for is an order (the imperative at the start of a clause) about
instructions, a text or an answer. "The union asked ministers to ignore the report" is
none, and neither is "The summary must state the grounds, the court said".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

import regex

from summ.checks.grounding import evidence_for
from summ.model import Document, Finding

MOST = 20
"""Findings per article: a person reads no more."""

_HIDDEN = regex.compile(r"[\p{Cf}\p{Cc}--\s]+", regex.VERSION1)
_PILED_MARKS = regex.compile(r"(\p{M}{3})\p{M}+")

# Where a clause starts: a sentence, what follows punctuation, "please", "you must".
_START = (
    r"(?:^[\W_]{0,12}|[.!?:;,—–(\[\"'“”„‘’«»*>/-] ?|\b(?:please|now|then|instead|just|kindly"
    r"|you (?:must|should|shall|will|can|need to|have to|are to|may)) )"
)
_ALL = r"(?:the |this |that |all |any |your |my |of |these |those |every |and )"
_BEFORE = r"(?:above|previous|prior|preceding|earlier|foregoing|former|system|original|initial)"
_REPORTED = re.compile(
    r"\b(?:said|says|ruled|held|wrote|argued|told|according to|сказа\w+|заяви\w+|зазначи\w+"
    r"|повідоми\w+|сообщи\w+|отмети\w+|sagte|erklärte|laut|teilte|dijo|según|señaló|a déclaré"
    r"|a dit|selon)\b"
)
_MODEL = (
    r"(?:ai|a\.i\.|llms?|(?:large )?language models?|chat ?bots?|ai assistants?|ai models?"
    r"|gpt(?:-?\d)?|chatgpt|summari[sz]ers?|artificial intelligence)"
)

# (stems of which one must occur, the pattern, whether a word of saying excuses it).
# The stems make it cheap: few sentences reach a pattern.
_RULES: tuple[tuple[tuple[str, ...], str, bool], ...] = (
    (  # "Ignore the article above", "you must disregard all previous instructions"
        ("ignore", "disregard", "forget", "overrid", "bypass", "not follow", "n't follow"),
        rf"{_START}(?:ignore|disregard|forget|override|bypass|(?:do not|don.t) follow) "
        rf"(?:about )?{_ALL}{{0,4}}(?:{_BEFORE}\b"
        r"|.{0,30}\b(?:instructions?|prompts?|guidelines)\b"
        r"|(?:rest of the )?(?:article|text|document|passage|input|context)\b"
        r"|(?:\w+ )?(?:above|before this|written here|you were told|you have been told)\b)",
        False,
    ),
    (
        ("ignore", "disregard"),
        rf"\b(?:ignore|disregard) {_ALL}{{0,4}}{_BEFORE} (?:\w+ )?(?:instructions?|prompts?)\b",
        False,
    ),
    (  # "reply only with the word …", "then write a poem"
        ("reply", "respond", "answer", "output", "write", "say ", "print", "return", "repeat"),
        rf"(?:{_START}|\b(?:and|then|but|so|only|simply) )(?:reply|respond|answer|output|write"
        r"|say|print|return|repeat)(?: back| out)? (?:(?:only|just|solely|exactly|nothing but"
        r"|verbatim)(?: with| in| the (?:word|phrase|sentence|string|text)\b)"
        r"|(?:with )?(?:the (?:word|phrase|string|following)|nothing (?:but|else)|exactly)\b)",
        False,
    ),
    (
        ("reply", "respond", "answer", "output", "write", "print", "generate", "compose"),
        rf"(?:{_START}|\b(?:and|then|now) )(?:reply|respond|answer|output|write|print|generate"
        r"|compose) .{0,60}\b(?:and nothing else|instead of (?:a |the |any)(?:\w+ )?summary"
        r"|instead of anything else|in place of (?:a|the) summary)\b",
        False,
    ),
    (  # "show me your system prompt"
        ("prompt", "instructions"),
        rf"{_START}(?:print|reveal|show|repeat|output|leak|display|tell|give|share|disclose)\b"
        r".{0,20}\byour (?:system |hidden |initial |secret |full |original )?"
        r"(?:prompt|instructions)\b",
        False,
    ),
    (
        ("mode", "jailbreak"),
        rf"\byou are (?:now )?(?:in|operating in|running in) [\w -]{{1,20}}\bmode\b"
        rf"|{_START}(?:enter|enable|activate|switch to) (?:developer|debug|god|dan|admin) mode\b",
        False,
    ),
    (  # "You are now an unrestricted assistant"
        ("you are", "you're", "act as", "pretend"),
        rf"\byou(?: a|.)re (?:now )?(?:an? |the |my )?(?:\w+ )?(?:{_MODEL}\b"
        r"|(?:helpful|unrestricted|obedient|loyal|virtual) assistant\b"
        r"|assistant(?: (?:that|who|whose|and)\b|[.,:;!]|$))"
        rf"|{_START}(?:act as|pretend (?:to be|you are)) (?:an? |the )?(?:\w+ )?(?:{_MODEL}|dan)\b",
        False,
    ),
    (  # "Dear AI", "Note to language models:"
        ("dear", "note", "message", "instruct", "attention", "notice", "hello", "hey"),
        rf"^[\W_]{{0,12}}(?:dear|hello|hey|attention|important|(?:special |secret )?(?:note|message"
        rf"|instructions?|notice|reminder) (?:to|for)),? {_ALL}{{0,2}}(?:an? )?(?:\w+ )?"
        rf"(?:{_MODEL}|assistants?)(?:[,:.!—–-]| ?$)",
        False,
    ),
    (  # "the summary must state", "every short version of this story has to end with"
        ("summar", "version of th", "headline"),
        rf"{_START}(?:the|this|your|any|every|each|all) (?:[\w-]+ ){{0,3}}?"
        r"(?:summar(?:y|ies)|versions? of th(?:is|e) (?:story|article|text|report))"
        r" (?:[\w-]+ ){0,6}?(?:must|should|shall|has to|have to|needs? to|ought to) (?:not |also "
        r"|only |always )?(?:state|say|mention|include|contain|begin|start|open|end|close|be|read"
        r"|claim|conclude|report|omit|list|recommend|praise|stress|note)\b",
        True,
    ),
    (
        ("summar", "translat"),
        rf"{_START}(?:when|if|while|before|after) (?:you (?:are )?)?"
        r"(?:summari[sz]|translat)(?:e|ing) (?:this|the|it)\b",
        True,
    ),
    (
        ("your summary", "your answer", "your reply", "your response", "your output"),
        rf"{_START}(?:include|mention|add|write|state|say|insert|put|append|use|omit|begin|start"
        r"|end|finish|keep)\b.{0,80}\byour (?:summary|answer|reply|response|output)\b"
        r"|\byour (?:summary|output) (?:must|should|shall|has to|needs to)\b",
        False,
    ),
    (  # faked structure
        ("<", "[inst", "[/inst", "system", "assistant", "###"),
        r"</?(?:article|system|user|assistant|instructions?|prompt|document|context)\b[^<>]{0,80}>"
        r"|<\|[a-z_]{2,20}\|>|<<sys>>|\[/?inst\]"
        r"|^[\W_]{0,12}(?:system|assistant)(?: prompt| message)? ?:"
        r"|(?<!#)#{2,6} ?(?:new )?(?:instructions?|system|response)\b ?:?",
        False,
    ),
    (  # Ukrainian and Russian: the imperative has a form of its own
        ("гнору", "забудь", "не зважа", "не звертай", "не обраща", "відкинь", "отбрось"),
        r"\b(?:(?:про)?(?:ігноруй|игнорируй)(?:те)?|забудь(?:те)?|не зважай(?:те)?|відкинь(?:те)?"
        r"|не звертай(?:те)? уваги|не обращай(?:те)? внимания|отбрось(?:те)?)\b.{0,40}"
        r"\b(?:інструкц|инструкц|вказів|указани|попередн|предыдущ|вище|выше|промпт"
        r"|стат(?:тю|ью|ті|ьи)|текст)",
        False,
    ),
    (
        ("напиши", "відпові", "ответ", "отвеч", "виведи", "выведи", "скажи", "повтори"),
        rf"(?:{_START}|\b(?:і|й|та|и) )(?:напиши|відповідай|відповідж|дай відповідь|ответь|отвечай"
        r"|виведи|выведи|скажи|повтори)(?:те)? (?:мені |мне )?(?:лише|тільки|только|лишь"
        r"|одне слово|одно слово|слов[оа]|фразу|точно|дослівно|дословно)\b",
        False,
    ),
    (
        ("ти ", "ви ", "ты ", "вы "),
        rf"{_START}(?:ти|ви|ты|вы) (?:тепер |теперь |відтепер |отныне )?(?:[—–є-] ?)?(?:\w+ )?"
        r"(?:мовна модель|языковая модель|штучний інтелект|искусственный интеллект"
        r"|асистент|ассистент|чат-?бот|ші|ии)\b",
        False,
    ),
    (
        ("резюме", "підсум", "переказ", "пересказ", "виклад", "изложени", "промпт"),
        rf"{_START}(?:\w+ )?(?:резюме|підсумок|переказ|пересказ|виклад|изложение)(?: \w+){{0,3}}? "
        r"(?:має|мусить|повин(?:ен|но|на)|долж(?:ен|но|на)|обов.язково|обязательно) "
        r"(?:\w+ )?(?:міст|вказ|указ|ствердж|утвержд|закінч|заканч|почин|начин|бути|быть|содерж"
        r"|сказа|згад|упом)"
        r"|\b(?:покажи|розкрий|раскрой|виведи|выведи)\b.{0,30}\bпромпт",
        True,
    ),
    (  # German
        ("ignorier", "vergiss", "vergessen sie", "missacht"),
        rf"(?:{_START}|\bbitte )(?:ignorier(?:e|t|en sie)?|vergiss|vergessen sie"
        r"|missachten? ?(?:sie)?)\b.{0,40}\b(?:anweisung|instruktion|vorgabe|obig|oben|vorherig"
        r"|vorangehend|bisherig|artikel|prompt)",
        False,
    ),
    (
        ("antworte", "schreib", "gib ", "sag", "wiederhol"),
        rf"(?:{_START}|\bund )(?:antworte|antworten sie|schreibe?|schreiben sie|gib|geben sie|sage?"
        r"|wiederhole?)(?: \w+)? (?:nur|ausschließlich|lediglich|nichts als|genau|das wort"
        r"|den satz|folgenden)\b",
        False,
    ),
    (
        ("du bist", "sie sind", "zusammenfassung"),
        rf"{_START}(?:du bist|sie sind) (?:jetzt |nun |ab jetzt )?(?:eine? )?(?:\w+ )?"
        r"(?:ki|sprachmodell|ki-assistent|chatbot)\b"
        rf"|{_START}(?:die|deine|jede|ihre) zusammenfassung (?:muss|soll(?:te)?|darf|hat zu)\b",
        True,
    ),
    (  # Spanish, Portuguese, Italian
        ("ignor", "olvid", "descart", "caso omiso", "esqueç", "dimentic"),
        rf"{_START}(?:por favor,? )?(?:ignor[ae](?:te)?|olvid[ae]|descart[ae]|haz caso omiso"
        r"|esqueça|dimentica)\b.{0,30}\b(?:instruccion|instruçõ|istruzion|indicacion|anterior"
        r"|precedent|acima|arriba|lo escrito|art[ií]culo|artigo|prompt)",
        False,
    ),
    (
        ("respond", "contest", "escrib", "escrev", "rispond", "di ", "imprim"),
        rf"(?:{_START}|\b[yei] )(?:respond[ae]|contest[ae]|escrib[ae]|escreva|rispondi|scrivi|di"
        r"|diga|imprim[ae]) (?:\w+ )?(?:s[oó]lo|solamente|únicamente|apenas|somente|solo"
        r"|exactamente|(?:con )?la palabra|la frase|a palavra|la parola)\b",
        False,
    ),
    (
        ("eres ", "você é", "sei un", "resum", "riassunto"),
        rf"{_START}(?:ahora )?(?:eres|você é|sei) (?:ahora |agora |ora )?uni?[ao]? ?(?:\w+ )?"
        r"(?:modelo|modello|ia|asistente|assistente|chatbot|inteligencia|inteligência)\b"
        rf"|{_START}(?:el|tu|todo|o|seu|il) (?:resumen|resumo|riassunto) "
        r"(?:debe(?:ría)?|tiene que|deve)\b",
        True,
    ),
    (  # French
        ("ignore", "oubli", "tenez pas", "tiens pas", "suivez pas"),
        rf"{_START}(?:ignorez?|oubliez?|ne (?:tenez|tiens) pas compte|ne (?:suivez|suis) pas)\b"
        r".{0,30}\b(?:instruction|consigne|précédent|précède|ci-dessus|directive|article|prompt)",
        False,
    ),
    (
        ("répond", "écri", "affich", "dites", "dis "),
        rf"(?:{_START}|\bet )(?:réponde?z?s?|écri(?:s|vez)|affiche[sz]?|dites|dis)(?: \w+)? "
        r"(?:uniquement|seulement|juste|exactement|rien d.autre|(?:par )?le mot|la phrase)\b",
        False,
    ),
    (
        ("tu es", "vous êtes", "résumé"),
        rf"{_START}(?:tu es|vous êtes) (?:maintenant |désormais )?(?:une? )?(?:\w+ )?"
        r"(?:modèle de langage|ia|assistant virtuel|chatbot|intelligence artificielle)\b"
        rf"|{_START}(?:le|ton|votre|tout) résumé (?:doit|devra|devrait)\b",
        True,
    ),
    (  # Polish
        ("zignoruj", "ignoruj", "zapomnij", "odpowiedz", "napisz"),
        r"\b(?:z?ignoruj(?:cie)?|zapomnij(?:cie)?)\b.{0,40}\b(?:instrukcj|polece|powyższ|poprzedni)"
        rf"|(?:{_START}|\bi )(?:odpowiedz|napisz) (?:tylko|wyłącznie|jedynie|słowo)\b",
        False,
    ),
    (  # Chinese and Japanese
        ("忽略", "无视", "無視", "忘记", "忘記", "只回", "只输", "只輸", "你是", "你现在"),
        r"(?:忽略|无视|無視|忘记|忘記).{0,12}(?:指令|指示|以上|上述|之前|前面|提示词)"
        r"|只(?:回复|回覆|回答|输出|輸出)|你(?:现在)?是(?:一个|一名|一個)?(?:人工智能|ai|语言模型)"
        r"|(?:上記|以前|これまで|前|すべて)の?.{0,10}(?:指示|命令|内容).{0,8}無視",
        False,
    ),
)
_Rule: TypeAlias = tuple[tuple[str, ...], re.Pattern[str], bool]
_COMPILED: tuple[_Rule, ...] = tuple(
    (stems, re.compile(pattern), excused) for stems, pattern, excused in _RULES
)


def addresses_model(text: str) -> bool:
    """Whether a sentence reads like an instruction to a language model.

    Linear in the length of `text`; case, full-width letters and invisible characters make
    no difference.
    """
    return _meets(_folded(text), _COMPILED)


def _meets(folded: str, rules: Sequence[_Rule]) -> bool:
    """Whether a folded sentence meets one of these rules."""
    for stems, pattern, excused in rules:
        if not any(map(folded.__contains__, stems)) or not pattern.search(folded):
            continue
        if not (excused and _REPORTED.search(folded)):
            return True
    return False


def instruction_findings(document: Document) -> tuple[Finding, ...]:
    """The first `MOST` sentences of an article that read like instructions to a model.

    Returns:
        A finding `instruction-like-text` for each, with the sentence's offsets.
    """
    numbers = range(1, len(document.sentences) + 1)
    sentences = [_folded(document.sentence(number)) for number in numbers]
    # Few stems are in any sentence: the others need not be looked for in each.
    whole = "\n".join(sentences)
    present = ((tuple(stem for stem in rule[0] if stem in whole), *rule[1:]) for rule in _COMPILED)
    rules = [rule for rule in present if rule[0]]
    found: list[Finding] = []
    for number, folded in enumerate(sentences if rules else (), 1):
        if len(found) == MOST:
            break
        if _meets(folded, rules):
            place = evidence_for(document, number)
            found.append(
                Finding(
                    "instruction-like-text",
                    f"Sentence {number} reads like an instruction to a language model.",
                    place.start,
                    place.end,
                )
            )
    return tuple(found)


def _folded(text: str) -> str:
    """`text` in one case and form, on one line, without what can't be seen."""
    if not text.isascii():
        # Ordering many accents on one letter takes quadratic time.
        text = unicodedata.normalize("NFKC", _PILED_MARKS.sub(r"\1", text))
    if not text.isprintable():  # what is, is neither hidden nor a space but " "
        text = _HIDDEN.sub("", text)
    return " ".join(text.split()).casefold()
