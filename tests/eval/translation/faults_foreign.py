"""What a model writes instead of a translation: other languages, poems, refusals, prefaces."""

from __future__ import annotations

import random
import re

from summ.text.tags import tags_of, without_tags
from tests.eval.translation.faults_articles import sentences

RUSSIAN = (
    "Совет города ещё весной обещал жителям, что старый мост через реку починят до осени.",
    "Однако подрядчик объявил, что эти работы займут больше года и будут стоить вдвое дороже.",
    "Мы узнали об этом из газет, сказала учительница, которая каждый день ездит этим путём.",
    "Чтобы объезд был короче, власти открыли дорогу вдоль лесных озёр, но зимой её заносит.",
    "Никто не пострадал, но рыбаки были вынуждены искать другую пристань для своих судов.",
    "Эксперты считают, что такие решения нужно объявлять раньше, чем подписаны все договоры.",
)
BULGARIAN = (
    "Общината обеща още през пролетта, че старият мост над реката ще бъде поправен до есента.",
    "Изпълнителят обаче съобщи, че работата ще продължи повече от година и ще струва двойно.",
    "Научихме за това от вестниците, каза учителката, която всеки ден минава по този път.",
    "За да бъде обходът по-къс, властите отвориха пътя край езерата, но през зимата е затрупан.",
    "Никой не пострада, но рибарите трябваше да търсят друго пристанище за своите лодки.",
)
POLISH = (
    "Rada miasta jeszcze wiosną obiecała mieszkańcom, że stary most zostanie naprawiony.",
    "Wykonawca ogłosił jednak, że prace potrwają ponad rok i będą kosztować dwa razy więcej.",
    "Dowiedzieliśmy się o tym z gazet, powiedziała nauczycielka, która codziennie tędy jeździ.",
    "Nikt nie ucierpiał, ale rybacy musieli szukać innej przystani dla swoich łodzi.",
)
POEM = (
    "The sea is wide, the sea is deep, it sings the sailors all to sleep, and when the moon is "
    "round and bright the waves are silver in the night, and nobody will ever know."
)
UKRAINIAN_POEM = (
    "Синє море, сині хвилі, вітер грає на вітрилі, місяць сяє над водою, кличе зірку за собою, "
    "а рибалка на світанні ловить рибу у тумані. "
) * 4
REFUSALS = (
    "I'm sorry, but I can't translate this text.",
    "I can't help with that request.",
    "На жаль, я не можу перекласти цей текст.",
)
PREFACES = (
    "Here is the translation: {}",
    "Translation: {}",
    "Ось переклад: {}",
    "Переклад українською: {}",
    "```\n{}\n```",
    "{} (Note: this is a literal translation.)",
    "{} (Примітка: переклад дослівний.)",
)


def foreign(language: str, item: str, chance: random.Random) -> str:
    """Words of `language`, as many as a translation of `item` has, with its tags."""
    pools = {"ru": RUSSIAN, "bg": BULGARIAN, "pl": POLISH}
    pool = list(pools.get(language) or sentences(language))
    words: list[str] = []
    wanted = len(without_tags(item))
    while len(" ".join(words)) < wanted:
        words += chance.choice(pool).split()
    while len(words) > 1 and len(" ".join(words[:-1])) >= wanted:
        words.pop()
    return with_tags_of(item, words)


def with_tags_of(item: str, words: list[str]) -> str:
    """Words with the tags of `item` between them, evenly and in their order."""
    tags = tags_of(item)
    if not tags:
        return " ".join(words)
    step = len(words) / (len(tags) + 1)
    places = [int(step * (at + 1)) for at in range(len(tags))]
    parts = list(words)
    for place, tag in reversed(list(zip(places, tags, strict=True))):
        parts.insert(place, tag)
    text = " ".join(parts)
    return re.sub(r"(<g\d+>) | (</g\d+>)", r"\1\2", text)
