"""Prompts as values: parsed from Markdown, filled in by a dumb template.

A prompt file is TOML front matter between `+++` lines, then one section a message:

    +++
    description = "What it asks for."
    system = "system"            # optional: take the system message of that prompt
    +++
    ## user
    $article

    Summarise the article above.

`$name` is replaced once, from the variables given; what is put in is never looked at
again, so text of the article can't smuggle a variable in. `$$` is a dollar sign.
"""

from __future__ import annotations

import hashlib
import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from summ.errors import PromptError
from summ.model import Message, Role

_FRONT = re.compile(r"\A\+\+\+\n(.*?)^\+\+\+\n", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^## (\w+)[ \t]*\n", re.MULTILINE)
_KEYS = {"description", "system"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt.

    Attributes:
        name: the file's stem.
        description: one line for `summ prompts list`.
        turns: role and template of each message, in order.
        system: name of the prompt whose system message opens this one, or None.
        text: the file as it is.
    """

    name: str
    description: str
    turns: tuple[tuple[Role, string.Template], ...]
    system: str | None
    text: str

    @property
    def variables(self) -> frozenset[str]:
        """Names of the variables that it uses."""
        return frozenset(name for _, turn in self.turns for name in turn.get_identifiers())


class PromptSet:
    """All prompts by name, and their hash.

    Attributes:
        sha256: hex hash over names and texts; part of every report.
    """

    def __init__(self, prompts: Sequence[Prompt]) -> None:
        """Check that the prompts fit together.

        Raises:
            PromptError: a prompt takes its system text from where there is none.
        """
        self._prompts = {prompt.name: prompt for prompt in prompts}
        for prompt in prompts:
            if prompt.system is not None and not self._system(prompt.system):
                raise PromptError(
                    f"Prompt {prompt.name} takes its system text from {prompt.system}, "
                    "which does not exist or has no section headed ## system."
                )
        joined = "\0".join(f"{p.name}\0{p.text}" for p in sorted(prompts, key=lambda p: p.name))
        self.sha256 = hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()

    @property
    def texts(self) -> tuple[str, ...]:
        """What the prompts say by themselves, message by message."""
        return tuple(turn.template for p in self._prompts.values() for _, turn in p.turns)

    def names(self) -> list[str]:
        """Names in alphabetical order."""
        return sorted(self._prompts)

    def get(self, name: str) -> Prompt:
        """The prompt of that name.

        Raises:
            PromptError: there is none.
        """
        try:
            return self._prompts[name]
        except KeyError:
            raise PromptError(
                f"There is no prompt named {name!r}.", f"Known: {', '.join(self.names())}."
            ) from None

    def _system(self, name: str) -> list[tuple[Role, string.Template]]:
        """The system turns of prompt `name`; none where there is no such prompt."""
        prompt = self._prompts.get(name)
        return [turn for turn in prompt.turns if turn[0] == "system"] if prompt else []

    def render(self, name: str, variables: Mapping[str, str]) -> tuple[Message, ...]:
        """The messages of prompt `name`, filled in.

        Raises:
            PromptError: the prompt uses a variable that isn't given.
        """
        prompt = self.get(name)
        turns = list(prompt.turns)
        if prompt.system is not None:
            turns = self._system(prompt.system) + turns
        try:
            return tuple(Message(role, template.substitute(variables)) for role, template in turns)
        except KeyError as error:
            raise PromptError(
                f"Prompt {name} uses ${error.args[0]}, which summ does not know.",
                f"It knows: {', '.join('$' + key for key in sorted(variables))}; "
                "a dollar sign is written $$.",
            ) from None


def parse_prompt(name: str, text: str) -> Prompt:
    """Read a prompt file.

    Raises:
        PromptError: front matter or sections are not as described above.
    """
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    if front is None:
        raise PromptError(f"Prompt {name} does not begin with front matter between +++ lines.")
    try:
        head = tomllib.loads(front[1])
    except tomllib.TOMLDecodeError as error:
        raise PromptError(f"The front matter of prompt {name} is not TOML: {error}.") from error
    unknown = sorted(set(head) - _KEYS)
    if unknown or not all(isinstance(value, str) for value in head.values()):
        what = f"an unknown key, {unknown[0]}" if unknown else "a value that is not a string"
        raise PromptError(f"The front matter of prompt {name} has {what}.")
    return Prompt(
        name=name,
        description=head.get("description", ""),
        turns=_sections(name, text[front.end() :]),
        system=head.get("system"),
        text=text,
    )


def items_schema(name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with one array of objects, in the form that strict modes accept."""
    item = {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {name: {"type": "array", "items": item}},
        "required": [name],
        "additionalProperties": False,
    }


def _sections(name: str, body: str) -> tuple[tuple[Role, string.Template], ...]:
    """The messages of a prompt's body."""
    parts = _HEADING.split(body)
    if parts[0].strip() or len(parts) < 3:
        raise PromptError(f"Prompt {name} needs its text in sections headed ## system or ## user.")
    turns: list[tuple[Role, string.Template]] = []
    for role, content in zip(parts[1::2], parts[2::2], strict=True):
        if role not in get_args(Role):
            raise PromptError(
                f"Prompt {name} has a section headed {role!r}.",
                "Sections are headed system, user or assistant.",
            )
        if not content.strip():
            raise PromptError(f"Prompt {name} has an empty section headed ## {role}.")
        template = string.Template(content.strip())
        if not template.is_valid():
            raise PromptError(
                f"Prompt {name} has a stray dollar sign.", "A dollar sign is written $$."
            )
        turns.append((cast("Role", role), template))
    return tuple(turns)
