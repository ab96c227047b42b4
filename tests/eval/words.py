"""Words that mutations put in the place of others, by language."""

from __future__ import annotations

import re
from collections.abc import Mapping


def _table(*rows: str) -> dict[str, int]:
    """Each form with the number of its row: forms of one row replace each other."""
    return {form: number for number, row in enumerate(rows) for form in row.split()}


MONTHS: Mapping[str, Mapping[str, int]] = {
    "en": _table(
        "January February March April June July August September October November December"
    ),
    "de": _table(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    ),
    "fr": _table(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
    "uk": _table(
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад "
        "грудень",
    ),
}

WEEKDAYS: Mapping[str, Mapping[str, int]] = {
    "en": _table("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "de": _table("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
    "fr": _table("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    "uk": _table(
        "понеділок вівторок середу четвер п’ятницю суботу неділю",
        "понеділка вівторка середи четверга п’ятниці суботи неділі",
    ),
}

MAGNITUDES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "thousand": "million",
        "million": "billion",
        "billion": "million",
        "hundred": "thousand",
    },
    "de": {
        "Millionen": "Milliarden",
        "Milliarden": "Millionen",
        "Mio.": "Mrd.",
        "Mrd.": "Mio.",
        "Million": "Milliarde",
        "Milliarde": "Million",
    },
    "fr": {
        "mille": "millions",
        "millions": "milliards",
        "million": "milliard",
        "milliards": "millions",
        "milliard": "million",
    },
    "uk": {
        "тисяч": "мільйонів",
        "тисячі": "мільйони",
        "тис.": "млн",
        "млн": "млрд",
        "млрд": "млн",
        "мільйонів": "мільярдів",
        "мільйона": "мільярда",
        "мільйони": "мільярди",
        "мільйон": "мільярд",
        "мільярда": "мільйона",
        "мільярдів": "мільйонів",
    },
}

NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "one": (
            "Lisbon", "Warrender", "Keswick", "Okonjo", "Halvorsen", "Brazil", "Nairobi",
            "Delacourt", "Pemberley", "Zagreb", "Tanaka", "Vodafone", "Montrose", "Albania",
            "Whitcombe",
        ),
        "two": (
            "Marcus Ellingham", "Saint Piran", "Yasmin Farouk", "Lake Torrance", "Boris Petkov",
            "Crown Estates", "Elena Marchetti", "Northgate Hospital", "Hugh Penrose",
            "Cape Verde", "Simone Achterberg", "Wexford Mills",
        ),
    },
    "de": {
        "one": (
            "Lissabon", "Warnecke", "Hinterzarten", "Okonjo", "Halvorsen", "Brasilien",
            "Nairobi", "Kaltenbrunn", "Zagreb", "Tanaka", "Vodafone", "Rosenthaler", "Albanien",
            "Wittstock", "Pfaffinger",
        ),
        "two": (
            "Markus Ellinghaus", "Sankt Georgen", "Yasmin Faruk", "Boris Petkow",
            "Bad Wiesenau", "Elena Marchetti", "Hugo Brinkmann", "Kap Verde",
            "Simone Achterberg", "Hotel Alpenblick", "Jürgen Stolte", "Neue Warte",
        ),
    },
    "fr": {
        "one": (
            "Lisbonne", "Warnier", "Plougastel", "Okonjo", "Halvorsen", "Brésil", "Nairobi",
            "Delacourt", "Zagreb", "Tanaka", "Vodafone", "Montferrand", "Albanie", "Vauquelin",
            "Kerguelen",
        ),
        "two": (
            "Marc Ellingham", "Saint-Piran Nord", "Yasmine Farouk", "Boris Petkov",
            "Pont Mareuil", "Elena Marchetti", "Hugues Perrin", "Cap Vert",
            "Simone Achterberg", "Hôpital Saint-Roch", "Lionel Vasseur", "Port Grimaud",
        ),
    },
    "uk": {
        "one": (
            "Лісабон", "Варненко", "Тростянець", "Оконджо", "Гальворсен", "Бразилія",
            "Найробі", "Кременчук", "Загреб", "Танака", "Водафон", "Монтроз", "Албанія",
            "Яворницький", "Пирятин",
        ),
        "two": (
            "Марко Єлінський", "Нова Ушиця", "Ясміна Фарук", "Борис Петков",
            "Біла Криниця", "Олена Маркетті", "Гнат Перебийніс", "Кабо Верде",
            "Симона Ахтирська", "Велика Лепетиха", "Юрій Столяр", "Стара Синява",
        ),
    },
}  # fmt: skip

NEGATORS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|nowhere)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:nicht|kein\w*|nie|niemals|niemand\w*|nichts|weder|ohne|nirgend\w*)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:ne|non|jamais|aucune?|rien|personne|ni|sans|nulle?|guère)\b|\bn['’]",
        re.IGNORECASE,
    ),
    "uk": re.compile(
        r"\b(?:не|ні|ані|немає|нема|жодн\w+|ніхто|нікого|нікому|ніким|нічого|ніщо|нічим"
        r"|ніколи|ніде|без)\b",
        re.IGNORECASE,
    ),
}
"""Negators that stand by themselves: what makes a negation visible."""

SAID: Mapping[str, str] = {"en": "said", "de": "sagte", "fr": "a déclaré", "uk": "каже"}
"""A verb of saying in front of what is said."""
