import re
from collections import Counter

TAG = re.compile(r"</?g\d+>|<x\d+/>")


def tags_of(text: str) -> list[str]:
    return TAG.findall(text)


def without_tags(text: str) -> str:
    return " ".join(TAG.sub("", text).split())


def is_balanced(source: str, target: str) -> bool:
    return Counter(tags_of(source)) == Counter(tags_of(target))
