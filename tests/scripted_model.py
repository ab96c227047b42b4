"""A scripted endpoint's answers to summ's own prompts: a model that does its job.

    endpoint.respond = ScriptedModel()            # answers every prompt by its rules
    endpoint.respond = ScriptedModel(claims=…)    # another answer for one task
    endpoint.respond = ObedientModel()            # exactly as many items as are asked for

It reads the numbered lines of the prompt, as a model would, and never the test's article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fake_endpoint import Answer, chat
from tests.pseudo import to_ukrainian

Lines = dict[int, str]

_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_BLOCK = re.compile(r"<article-(\w{8})>\n(.*)\n</article-\1>", re.DOTALL)


def shown_lines(body: Mapping[str, Any]) -> Lines:
    """The numbered lines of the last user message."""
    block = _BLOCK.search(body["messages"][-1]["content"])
    return {int(number): text for number, text in _LINE.findall(block[2])} if block else {}


def task_of(body: Mapping[str, Any]) -> str:
    """Which prompt a request was made from."""
    words = body["messages"][-1]["content"]
    for task, mark in (
        ("translate", "numbered item"),
        ("merge", "numbered notes"),
        ("claims", "List the key claims"),
        ("repair", "Put each statement right"),
        ("summary", "Write a summary"),
    ):
        if mark in words:
            return task
    return "shorten"


def wanted_of(body: Mapping[str, Any]) -> int:
    """How many sentences or claims a request asks for."""
    words = body["messages"][-1]["content"].rpartition("</article-")[2]
    return int(re.findall(r": (\d+) sentences|at most (\d+):", words)[0][task_of(body) == "claims"])


def summarise(lines: Lines) -> dict[str, Any]:
    """Every third line word for word, each citing itself."""
    return {
        "summary": [
            {"sentences": [number], "text": text} for number, text in list(lines.items())[::3]
        ]
    }


def claim(lines: Lines) -> dict[str, Any]:
    """Every second line as a claim of its own."""
    return {
        "claims": [
            {
                "sentences": [number],
                "speaker": None,
                "claim": text,
                "kind": "fact",
                "importance": 1 + number % 3,
            }
            for number, text in list(lines.items())[::2]
        ]
    }


def translate(lines: Lines) -> dict[str, Any]:
    """A stand-in in Ukrainian for each item, with its figures, as a translation has them."""
    money = to_ukrainian("million pounds"), "млн фунтів"
    texts = {number: to_ukrainian(line).replace(*money) for number, line in lines.items()}
    return translated(texts, lines)


def translated(texts: Lines, lines: Lines) -> dict[str, Any]:
    """A reply with these texts for the items of these lines."""
    return {
        "items": [
            {"number": number, "begins": " ".join(lines[number].split()[:3]), "text": text}
            for number, text in texts.items()
        ],
        "names": [],
    }


@dataclass
class ScriptedModel:
    """Callable on a request's body; fields replace the answer to one task."""

    summary: Callable[[Lines], Any] = summarise
    merge: Callable[[Lines], Any] = summarise
    claims: Callable[[Lines], Any] = claim
    translate: Callable[[Lines], Any] = translate
    repair: Callable[[Lines], Any] = lambda _: {"repairs": []}
    shorten: Callable[[Lines], Any] = field(default=lambda _: "A shorter sentence.")
    usage: Callable[[Mapping[str, Any]], tuple[int, int] | None] = lambda _: None

    def __call__(self, body: Any) -> Answer:
        answer = getattr(self, task_of(body))(shown_lines(body))
        if not isinstance(answer, dict | str):
            return answer  # type: ignore[no-any-return]
        return self._reply(body, answer)

    def _reply(self, body: Any, answer: str | dict[str, Any]) -> Answer:
        content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        return chat(content, usage=self.usage(body))


class ObedientModel(ScriptedModel):
    """Gives as many items as are asked for, taken evenly from the lines that it is shown."""

    def __call__(self, body: Any) -> Answer:
        task, lines = task_of(body), shown_lines(body)
        if task not in {"summary", "merge", "claims"}:
            return super().__call__(body)
        count = wanted_of(body)
        numbers = list(lines)
        picked = [numbers[place * len(numbers) // count] for place in range(count)]
        if task == "claims":
            items = [claim({number: lines[number]})["claims"][0] for number in picked]
            return self._reply(body, {"claims": items})
        items = [{"sentences": [number], "text": lines[number]} for number in picked]
        return self._reply(body, {"summary": items})
