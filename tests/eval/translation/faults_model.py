"""A model that translates well but for one fault, and the faults it can have.

A fault is played on one item, the first time that it is asked for or, in its lasting form,
whenever it or a part of it is. Which item that is, the place of the fault in the article says.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from summ.text.quotes import straight
from summ.text.tags import TAG, tags_of, without_tags
from tests.eval.translation.faults_foreign import PREFACES, UKRAINIAN_POEM, foreign, with_tags_of
from tests.fake_endpoint import Answer, Scripted, chat, failing
from tests.pseudo import to_ukrainian
from tests.scripted_model import Lines, shown_lines, translated

Items = list[dict[str, Any]]
Change = Callable[["Case"], Items | Answer]

LONG = 40
"""Characters from which a segment is long: enough to judge its language and length by."""


@dataclass(frozen=True, slots=True)
class Case:
    """A request on which a fault is played.

    Attributes:
        items: the good reply.
        at: index of the item that the fault is on.
        lines: what was asked.
        chance: chooses among ways of the fault.
    """

    items: Items
    at: int
    lines: Lines
    chance: random.Random

    @property
    def line(self) -> str:
        """The text of the item."""
        return self.lines[self.items[self.at]["number"]]

    @property
    def text(self) -> str:
        """Its good translation."""
        return str(self.items[self.at]["text"])

    @property
    def next(self) -> int:
        """Index of the item after it; of the one before the last."""
        return self.at + 1 if self.at + 1 < len(self.items) else self.at - 1

    def saying(self, text: str) -> Items:
        """The reply with another text for the item."""
        return [one | {"text": text} if at == self.at else one for at, one in enumerate(self.items)]


@dataclass
class FaultyModel:
    """Callable on a request's body.

    Attributes:
        change: makes a bad reply of a good one.
        victim: the item's text; empty: the model has no fault.
        lasting: whether the fault comes again, on parts of the item too.
        seed: of what is chosen by chance, the same whenever the fault is played.
        played: how often it was.
    """

    change: Change
    victim: str
    lasting: bool = False
    seed: int = 0
    played: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, body: Any) -> Answer:
        lines = lines_asked(body)
        texts = {number: to_ukrainian(line) for number, line in lines.items()}
        data = translated(texts, lines)
        # From the last one on: a fault may take items away.
        for at in reversed(self._places(list(lines.values()))):
            changed = self.change(Case(data["items"], at, lines, random.Random(self.seed)))
            if not isinstance(changed, list):
                return changed
            data["items"] = changed
        return chat(json.dumps(data, ensure_ascii=False), usage=None)

    def _places(self, lines: Sequence[str]) -> list[int]:
        """Indices of the items to play the fault on, if it is the time."""
        with self._lock:
            if not self.victim or (self.played and not self.lasting):
                return []
            found = [at for at, line in enumerate(lines) if self._is_meant(line)]
            self.played += bool(found)
            return found

    def _is_meant(self, line: str) -> bool:
        # Asked again, quotation marks are shown in another shape.
        line, victim = straight(line), straight(self.victim)
        return line == victim or (self.lasting and line in victim)


def lines_asked(body: Any) -> Lines:
    """The numbered lines of a request, which an answer that was no good may follow."""
    for message in reversed(body["messages"]):
        if lines := shown_lines({"messages": [message]}):
            return lines
    return {}


# --- faults in the numbers ---------------------------------------------------------------


def dropped(case: Case) -> Items:
    return [item for at, item in enumerate(case.items) if at != case.at]


def merged(case: Case) -> Items:
    """Two texts under the first one's number; the second number is missing."""
    first, second = sorted((case.at, case.next))
    if len(case.items) < 2:
        return []
    both = f"{case.items[first]['text']} {case.items[second]['text']}"
    items = [item | {"text": both} if at == first else item for at, item in enumerate(case.items)]
    return [item for at, item in enumerate(items) if at != second]


def counted_on(case: Case) -> Items:
    """The same, and all numbers after it are one too low; the words copied go along."""
    return [item | {"number": at + 1} for at, item in enumerate(merged(case))]


def counted_on_blindly(case: Case) -> Items:
    """The same, with the copied words of the number: nothing tells but the texts."""
    begins = [item["begins"] for item in case.items]
    return [item | {"begins": begins[at]} for at, item in enumerate(counted_on(case))]


def twice(case: Case) -> Items:
    """The text is given for the next item, too."""
    return [item | {"text": case.text} if at == case.next else item
            for at, item in enumerate(case.items)]  # fmt: skip


def shuffled(case: Case) -> Items:
    return case.chance.sample(case.items, len(case.items))


def swapped(case: Case) -> Items:
    """Two texts in each other's place."""
    items, other = [dict(item) for item in case.items], case.next
    items[case.at]["text"], items[other]["text"] = items[other]["text"], items[case.at]["text"]
    return items


def swapped_with_begins(case: Case) -> Items:
    """Two items under each other's number."""
    items, other = swapped(case), case.next
    words = items[case.at]["begins"], items[other]["begins"]
    items[other]["begins"], items[case.at]["begins"] = words
    return items


# --- faults in a text ----------------------------------------------------------------------


def looping(case: Case) -> Items:
    words = case.text.split()
    ways = (
        f"{case.text} {' '.join(words[-3:] * 8)}",
        " ".join([case.text] * 4),
        f"{case.text} {words[-1] * 20}",
        f"{' '.join(words[: len(words) // 2])} {' '.join(words[:2] * 30)}",
    )
    return case.saying(_balanced(case.line, case.chance.choice(ways)))


def _balanced(line: str, text: str) -> str:
    """`text` with the tags of `line` alone: so that not they tell the fault."""
    return with_tags_of(line, TAG.sub("", text).split())


def copied(case: Case) -> Items:
    return case.saying(case.line)


def in_other_language(*languages: str) -> Change:
    """The text in one of these languages."""

    def change(case: Case) -> Items:
        return case.saying(foreign(case.chance.choice(languages), case.line, case.chance))

    return change


def all_in_other_language(*languages: str) -> Change:
    """All texts of the reply in one of these languages."""

    def change(case: Case) -> Items:
        language = case.chance.choice(languages)
        return [item | {"text": foreign(language, case.lines[item["number"]], case.chance)}
                for item in case.items]  # fmt: skip

    return change


def tag_lost(case: Case) -> Items:
    tag = case.chance.choice(tags_of(case.text) or ["<g1>"])  # parts of an item may have none
    return case.saying(case.text.replace(tag, "", 1))


def tag_doubled(case: Case) -> Items:
    tag = case.chance.choice(tags_of(case.text))
    return case.saying(case.text.replace(tag, tag * 2, 1))


def tag_invented(case: Case) -> Items:
    tag = case.chance.choice(("<x9/>", "<g9>", "</g9>", "<g9>нове</g9>"))
    words = case.text.split(" ")
    words.insert(case.chance.randint(0, len(words)), tag)
    return case.saying(" ".join(words))


def tags_crossed(case: Case) -> Items:
    """A pair closes before it opens."""
    pair = case.chance.choice([tag for tag in tags_of(case.text) if tag.startswith("<g")])
    close = pair.replace("<", "</")
    text = case.text.replace(pair, "\0", 1).replace(close, pair, 1).replace("\0", close)
    return case.saying(text)


def prefaced(case: Case) -> Items:
    return case.saying(case.chance.choice(PREFACES).format(case.text))


def shortened(least: float, most: float) -> Change:
    """The text breaks off after a share of its words between these."""

    def change(case: Case) -> Items:
        words = TAG.sub("", case.text).split()
        kept = max(1, int(len(words) * case.chance.uniform(least, most)))
        return case.saying(with_tags_of(case.line, words[:kept]))

    return change


def obeying(*answers: str) -> Change:
    """One of these instead of the text."""

    def change(case: Case) -> Items:
        return case.saying(_balanced(case.line, case.chance.choice(answers)))

    return change


def poem_of_its_length(case: Case) -> Items:
    """Ukrainian words of a fitting length that are no translation at all."""
    words = UKRAINIAN_POEM.split()
    while len(" ".join(words)) > len(without_tags(case.line)) and len(words) > 1:
        words.pop()
    return case.saying(with_tags_of(case.line, words))


# --- faults of a whole reply ---------------------------------------------------------------


def _written(case: Case) -> str:
    return json.dumps({"items": case.items, "names": []}, ensure_ascii=False)


def announced(case: Case) -> Scripted:
    """JSON with words and a fence around it."""
    words = case.chance.choice(("Sure! Here is the JSON:", "Ось переклад:", ""))
    return chat(f"{words}\n```json\n{_written(case)}\n```\nI hope this helps!", usage=None)


def cut_at_the_limit(case: Case) -> Scripted:
    whole = _written(case)
    return chat(whole[: case.chance.randint(0, len(whole))], "length", usage=None)


def cut_in_silence(case: Case) -> Scripted:
    """Cut anywhere, and the server says that it is complete."""
    whole = _written(case)
    return chat(whole[: case.chance.randint(1, len(whole) - 1)], usage=None)


def no_json(case: Case) -> Scripted:
    whole = _written(case)
    at = case.chance.randint(1, len(whole) - 2)
    ways = (
        "I'm sorry, but I can't translate this.",
        whole.replace('"text":', '"translation":'),
        whole[:at] + '"}{' + whole[at:],
        "[]",
        '{"items": [{"number": "one"}]}',
        "",
    )
    return chat(case.chance.choice(ways), usage=None)


def server_error(case: Case) -> Scripted:
    return failing(case.chance.choice((500, 502, 503)), retry_after_ms="1")
